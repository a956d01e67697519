"""How many families a scenario reaches or loses against the baseline, in all, by group and by kelurahan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from simulation.comparison.differences import arm_columns
from simulation.comparison.study import Arm, Study
from simulation.experiments.paired import LEVEL, pair
from simulation.geography import kelurahan_names
from simulation.measures.cascade import Status

if TYPE_CHECKING:
    import pandas as pd

FLIPS = ("newly_reached", "newly_lost", "newly_enrolled", "no_longer_enrolled")
"""What a scenario can do to a family that is poor in both runs."""

GROUPS = (*(f"decile_{number:02d}" for number in range(1, 11)), "arrived_later", "elderly", "disabled", "children")
"""Groups of families, as they are at the start: deciles of persons by consumption, and families with such members."""


MOST_ARMS = 40
"""Beyond so many scenarios and points families are left out: these are samples, and each pair takes a tenth second."""


def flip_tables(study: Study, baseline: Arm, level: float = LEVEL) -> dict[str, pd.DataFrame]:
    """Return the tables ``flips`` (with intervals), ``flips_by_group`` and ``flips_by_kelurahan``.

    Numbers are families of the whole city after the last month, means over the replicates in which both runs came to
    their end. There are no tables where nothing was kept of families, or for more than ``MOST_ARMS``.
    """
    import pandas as pd

    others = [arm for arm in study.arms if arm != baseline]
    wanted = study.families is not None and len(others) < MOST_ARMS
    counted = {arm: list(_counts(study, arm, baseline)) for arm in others} if wanted else {}
    totals, groups, places = [], [], []
    for arm, counts in counted.items():
        if counts:
            named = arm_columns(study, arm)
            every, by_group, by_place = (np.array(part) / study.scale for part in zip(*counts, strict=True))
            totals.append({**named, "replicates": len(counts), **_ends(every, level)})
            groups += _rows(named, "group", GROUPS, by_group.mean(axis=0))
            places += _rows(named, "kelurahan", kelurahan_names(), by_place.mean(axis=0))
    tables = {"flips": totals, "flips_by_group": groups, "flips_by_kelurahan": places}
    return {name: pd.DataFrame(rows) for name, rows in tables.items() if rows}


def flip(families: pd.DataFrame) -> np.ndarray:
    """Return which families flip, shape (flips, families): those that are poor in both runs and end up elsewhere.

    ``families`` has the columns ``status`` and ``status_baseline``, as numbers of ``Status``.
    """
    now, before = families["status"].to_numpy(), families["status_baseline"].to_numpy()
    poor = (now > Status.not_poor) & (before > Status.not_poor)
    found = []
    for first in (Status.reached, Status.awaiting_account):
        inside, was = poor & (now >= first), poor & (before >= first)
        found += [inside & ~was, was & ~inside]
    return np.array(found)


def group_masks(families: pd.DataFrame) -> np.ndarray:
    """Return which families belong to each of ``GROUPS``, shape (groups, families); deciles exclude each other."""
    decile = families["decile"].to_numpy()
    masks = [decile == number for number in (*range(1, 11), 0)]
    return np.array([*masks, *(families[name].to_numpy(bool) for name in ("elderly", "disabled", "children"))])


def _counts(study: Study, arm: Arm, baseline: Arm) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Yield for each replicate the families that flip: in all, by group, by kelurahan."""
    runs = study.families.runs
    known = set(zip(runs["scenario"], runs["point"], runs["replicate"], strict=True))
    places = len(kelurahan_names())
    for replicate in study.replicates:
        if (*arm, replicate) in known and (*baseline, replicate) in known:
            families = study.families.pair(arm[0], baseline[0], replicate, arm[1], baseline[1])
            flips = flip(families)
            kelurahan = families["kelurahan"].to_numpy()
            by_place = np.array([np.bincount(kelurahan[one], minlength=places) for one in flips])
            yield flips.sum(axis=1), flips.astype(np.int64) @ group_masks(families).T, by_place


def _ends(counts: np.ndarray, level: float) -> dict[str, float]:
    paired = pair(counts, np.zeros_like(counts), level)
    columns = {}
    for place, kind in enumerate(FLIPS):
        ends = (paired.difference, paired.low, paired.high)
        columns |= {f"{kind}{end}": one[place].item() for end, one in zip(("", "_low", "_high"), ends, strict=True)}
    return columns


def _rows(named: dict, key: str, names: tuple[str, ...], counts: np.ndarray) -> list[dict]:
    rows = zip(names, counts.T.tolist(), strict=True)
    return [{**named, key: name, **dict(zip(FLIPS, values, strict=True))} for name, values in rows]
