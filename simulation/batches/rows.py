"""The rows that a finished run adds to the tables of its batch."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from simulation.batches.work import Finished, Job

LISTS = {
    "luck_id": pa.int64(), "kelurahan": pa.int16(), "decile": pa.int8(), "size": pa.int8(), "elderly": pa.bool_(),
    "disabled": pa.bool_(), "children": pa.bool_(),
}  # fmt: skip
"""What the table of cities says of every family, with its type."""


def months_of(job: Job, result: Finished) -> pa.Table:
    """Return a row for each kept month: whose run, the month from 0, its date, the measures."""
    return pa.table({**_owner(job, result.months.num_rows), **_columns(result.months)})


def status_of(job: Job, result: Finished) -> pa.Table:
    """Return one row: whose run, in which city, and one byte a family."""
    return pa.table({**_owner(job, 1), "city": [job.city], "status": pa.array([result.status.tobytes()], pa.binary())})


def city_of(job: Job, result: Finished) -> pa.Table:
    """Return one row: the city and lists of what its families are, in the order of the bytes of ``status_of``."""
    lists = {name: pa.array([result.families[name]], pa.list_(kind)) for name, kind in LISTS.items()}
    return pa.table({"city": [job.city], **lists})


def families_of(row: Mapping[str, pa.Scalar]) -> dict[str, np.ndarray]:
    """Return what a row of the table of cities says, as arrays."""
    return {name: row[name].values.to_numpy(zero_copy_only=False) for name in LISTS}


def _owner(job: Job, rows: int) -> dict[str, pa.Array]:
    run = job.run
    return {
        "scenario": pa.repeat(pa.scalar(job.plan.name, pa.string()), rows),
        "point": pa.repeat(pa.scalar(run.point, pa.int32()), rows),
        "replicate": pa.repeat(pa.scalar(run.replicate, pa.int32()), rows),
        "seed": pa.repeat(pa.scalar(job.plan.seed, pa.int64()), rows),
    }


def _columns(table: pa.Table) -> dict[str, pa.ChunkedArray]:
    return dict(zip(table.column_names, table.columns, strict=True))
