"""The state in which a run begins: what the programme has become by the first month, kept by content in the cache."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from simulation.compiled import cache_folder
from simulation.context import Cutoffs, Standing, WelfareMap
from simulation.households import COLUMNS, LISTS, Households
from simulation.ledger import Account, Ledger
from simulation.plan import Plan

CACHE_LIMIT_BYTES = 10 * 10**9
"""What the cached states may take together; the state of a full city takes 58 MB."""

_STATES_IN_MEMORY = 4


@dataclass(slots=True)
class Start:
    """Families, lists, open orders and habits at the end of the month before the first."""

    hh: Households
    residents: int
    standing: Standing
    ledger: Ledger
    welfare_map: WelfareMap
    habits: dict[str, np.ndarray] = field(default_factory=dict)
    """What agents carry over, by name and number: motivation, vacancies, word of mouth, freezes."""

    def copy(self, hh: Households | None = None) -> Start:
        """Return an independent copy of all that a run changes, with other families where they are given."""
        rest = {name: deepcopy(getattr(self, name)) for name in ("standing", "ledger", "welfare_map", "habits")}
        return Start(self.hh.copy() if hh is None else hh, self.residents, **rest)


_recent: OrderedDict[str, Start] = OrderedDict()


def fingerprint(plan: Plan) -> str:
    """Return a hash of all that the starting state depends on: city, assumptions, first month, and the code."""
    parts = {
        "seed": plan.city_seed,
        "scale": plan.scale,
        "start": str(plan.start),
        "assumptions": {key: plan.assumptions[key] for key in sorted(plan.assumptions)},
        "survey": plan.microdata and [plan.microdata.sha256, plan.microdata.layout.to_dict()],
        "code": code_digest(),
        "numpy": np.__version__,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:24]


_WORDS = ("explanation", "facts", "household", "views", "words")
"""Modules that only look at families, so that a change there leaves the starting state what it is."""


@cache
def code_digest() -> str:
    """Return a hash of the code and tables that make the starting state."""
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    single = (
        "clock", "compiled", "context", "geography", "households", "ledger", "model", "randomness", "rows", "start",
    )  # fmt: skip
    whole = ("agents", "microdata", "month", "parameters")
    rooms = (*(f"{name}.py" for name in single), *(f"{name}/*.py" for name in whole), "city/**/*")
    for path in sorted(path for room in rooms for path in folder.glob(room) if path.suffix in (".py", ".csv")):
        if path.stem not in _WORDS:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def cached_start(plan: Plan, build: Callable[[Plan], Start], *, keep: bool = True) -> Start:
    """Return the starting state of a plan, from the cache where it is whole, otherwise built and, if so asked, kept."""
    path = _path(plan)
    start = _stored(path)
    if start is None:
        start = build(plan)
        if keep:
            _keep(start, path)
            _make_room(path.parent)
    return start


def recent_start(plan: Plan, build: Callable[[Plan], Start], *, keep: bool = True) -> Start:
    """Return the starting state of a plan as ``cached_start`` does, from memory where it was used of late.

    For workers that run many plans; whoever runs one takes a copy, so the state stays as it is.
    """
    key = fingerprint(plan)
    start = _recent.pop(key, None) or cached_start(plan, build, keep=keep)
    _recent[key] = start
    while len(_recent) > _STATES_IN_MEMORY:
        _recent.popitem(last=False)
    return start


def is_cached(plan: Plan) -> bool:
    """Tell whether the starting state of a plan lies in the cache."""
    return _path(plan).is_file()


def _path(plan: Plan) -> Path:
    return cache_folder() / "cities" / f"{fingerprint(plan)}.npz"


def _stored(path: Path) -> Start | None:
    """Return the state in a file, marked as just used; none where there is no file, or a damaged one."""
    try:
        with np.load(path) as arrays:
            start = _unpack(dict(arrays))
        with suppress(OSError):
            os.utime(path)
        return start
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _keep(start: Start, path: Path) -> None:
    """Write the state aside and rename it, so that no reader meets half a file; a full disk is no error."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, passing = tempfile.mkstemp(dir=path.parent, suffix=".part")
    except OSError:
        return
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, **_pack(start))
        os.replace(passing, path)
    except OSError:
        Path(passing).unlink(missing_ok=True)


def _make_room(folder: Path) -> None:
    """Remove the states that were not used for longest, where all together take more than the cache may hold."""
    with suppress(OSError):
        found = sorted(((path.stat(), path) for path in folder.glob("*.npz")), key=lambda one: -one[0].st_mtime)
        taken = 0
        for number, (stat, path) in enumerate(found):
            taken += stat.st_size
            if number and taken > CACHE_LIMIT_BYTES:
                path.unlink(missing_ok=True)


def _pack(start: Start) -> dict[str, np.ndarray]:
    arrays = {f"hh.{name}": start.hh[name] for name in start.hh}
    arrays |= {f"habit.{name}": array for name, array in start.habits.items()}
    arrays |= {"map.rank_table": start.welfare_map.rank_table, "map.log": start.welfare_map.log_quantile_table}
    standing = asdict(start.standing)
    arrays["route_position"] = np.asarray(standing.pop("route_position"))
    words = {
        "residents": start.residents,
        "standing": standing,
        "ledger": asdict(start.ledger),
        "map": [start.welfare_map.table_start, start.welfare_map.table_step],
    }
    arrays["words"] = np.array(json.dumps(words))
    return arrays


def _unpack(arrays: dict[str, np.ndarray]) -> Start:
    words = json.loads(str(arrays["words"]))
    standing = words["standing"]
    for programme in LISTS:
        standing[programme] = Cutoffs(**standing[programme])
    standing["route_position"] = arrays["route_position"]
    first, step = words["map"]
    return Start(
        hh=Households({column.name: arrays[f"hh.{column.name}"] for column in COLUMNS}),
        residents=words["residents"],
        standing=Standing(**standing),
        ledger=Ledger(**{name: Account(**account) for name, account in words["ledger"].items()}),
        welfare_map=WelfareMap(first, step, arrays["map.rank_table"], arrays["map.log"]),
        habits={name[6:]: array for name, array in arrays.items() if name.startswith("habit.")},
    )
