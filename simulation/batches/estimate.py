"""What a batch will take before it is run: how many runs, how long, how much disk."""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from simulation.batches import manifest, rows, tables
from simulation.batches.batch import Batch, Kept, Run
from simulation.batches.changes import changes_since
from simulation.batches.folder import check_folder
from simulation.batches.manifest import DONE
from simulation.batches.schedule import cells_by_city
from simulation.batches.work import Finished, Job, describe_families, kept_months, last_status
from simulation.plan import Plan
from simulation.start import CACHE_LIMIT_BYTES, fingerprint, is_cached

_MONTHS = 6
_NUMBER_BYTES = 8
_SCALES = (0.01, 0.1)
"""Trials of two small cities tell what one of any size takes: beyond a fixed part everything grows with families."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a batch takes; ``seconds`` is for what is left to do, on the workers given."""

    ended: int
    seconds_a_run: float
    seconds_a_city: float
    seconds: float
    result_bytes: float
    cache_bytes: float
    free_bytes: int


@dataclass(frozen=True, slots=True)
class Costs:
    """What a run of some months and a city take, in seconds of a processor and in bytes.

    ``bytes_a_column`` is what a measure takes in a part beside its numbers.
    """

    run_seconds: float
    city_seconds: float
    bytes_a_column: float
    status_bytes: float
    city_bytes: float
    start_bytes: float

    def towards(self, other: Costs, share: float) -> Costs:
        """Return the costs so far along the straight line to others."""
        pairs = zip(dataclasses.astuple(self), dataclasses.astuple(other), strict=True)
        return Costs(*(max(mine + share * (theirs - mine), 0.0) for mine, theirs in pairs))


def estimate(batch: Batch, folder: Path, workers: int, *, extend: bool = False) -> Estimate | None:
    """Estimate what the rest of a batch will take, from its own runs or else from trials; None where it is complete.

    Raise ``InputError`` where the folder does not go with the batch.
    """
    batch, record = check_folder(folder, batch, extend=extend)
    entries = manifest.read_entries(folder).values() if record else ()
    done = [entry.seconds for entry in entries if entry.status == DONE]
    if record is not None and record["progress"]["complete"] and not list(changes_since(record, batch)):
        return None
    left = batch.size - len(done)
    costs, cities = _costs(batch.plans[0], batch.kept), _cities(batch)
    new = sum(not is_cached(plan) for plan, _ in cities)
    to_keep = sum(shared and not is_cached(plan) for plan, shared in cities)
    a_run = sum(done) / len(done) if done else costs.run_seconds * batch.plans[0].months / _MONTHS
    building = 0.0 if done else new * costs.city_seconds
    return Estimate(
        ended=len(done),
        seconds_a_run=a_run,
        seconds_a_city=costs.city_seconds,
        seconds=(left * a_run + building) / max(workers, 1),
        result_bytes=_result_bytes(batch, len(cities), costs),
        cache_bytes=min(to_keep * costs.start_bytes, CACHE_LIMIT_BYTES),
        free_bytes=shutil.disk_usage(next(one for one in (folder, *folder.resolve().parents) if one.is_dir())).free,
    )


def _result_bytes(batch: Batch, cities: int, costs: Costs) -> float:
    months = batch.size * len(batch.kept.measures) * (costs.bytes_a_column + _NUMBER_BYTES * len(batch.kept.months))
    return months + (batch.size * costs.status_bytes + cities * costs.city_bytes if batch.kept.families else 0)


def _cities(batch: Batch) -> list[tuple[Plan, bool]]:
    """Return a plan for every city of a batch, and whether several runs need it."""
    groups = cells_by_city(batch)
    return [
        (batch.plan_of(Run(*cells[0], replicate)), batch.one_city or len(cells) > 1)
        for replicate in range(1 if batch.one_city else batch.replicates)
        for cells in groups
    ]


def _costs(plan: Plan, kept: Kept) -> Costs:
    """Return what a run of six months takes at the scale of the plan."""
    small, large = _SCALES
    _trial(plan, small, kept)  # reads and compiles all code, which is not what runs take
    return _trial(plan, small, kept).towards(_trial(plan, large, kept), (plan.scale - small) / (large - small))


def _trial(plan: Plan, scale: float, kept: Kept) -> Costs:
    """Build a small city, live a few months in it, and write what a run writes."""
    from simulation.experiments.run import record
    from simulation.model import AssistanceModel, discard, live_through_history

    plan = plan.with_(scale=scale, months=_MONTHS)
    began = time.process_time()
    start = live_through_history(plan)
    built = time.process_time()
    model = AssistanceModel(plan, start=start)
    families, months = describe_families(model), record(model)["months"]
    lived = time.process_time()
    kept = Kept(kept.measures, tuple(range(_MONTHS)), True)
    result = Finished(kept_months(months, kept), last_status(model), families, 0.0)
    discard(model)
    job = Job(Run(0, 0, 0), plan, kept, fingerprint(plan), False, True, "")
    sizes = [
        _size(table) for table in (rows.months_of(job, result), rows.status_of(job, result), rows.city_of(job, result))
    ]
    start_bytes = sum(start.hh[name].nbytes for name in start.hh)
    around = max(sizes[0] / len(kept.measures) - _NUMBER_BYTES * _MONTHS, 0)
    return Costs(lived - built, built - began, around, *sizes[1:], start_bytes)


def _size(table: pa.Table) -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        tables.write_table(path, [table], table.schema)
        return path.stat().st_size
