"""Reading the results of a batch: one row a scenario, point, replicate and month, also while the batch is under way."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from simulation.batches import manifest, tables
from simulation.batches.manifest import DONE, Key
from simulation.batches.record import read_batch_record
from simulation.errors import InputError
from simulation.experiments.ending import end_value

if TYPE_CHECKING:
    import pandas as pd

_TRIES = 3


def read_results(folder: str | Path) -> pd.DataFrame:
    """Return the measures of a batch by scenario, sweep point, replicate and month.

    Parameters
    ----------
    folder : where ``salur batch`` wrote, whether it has come to its end or not.

    Returns
    -------
    A table with ``scenario`` (categories in the order of the batch), ``point`` (0 without a sweep), a column for each
    swept setting such as ``policy.caseload_per_pendamping``, ``replicate``, ``seed``, ``month`` (from 0), ``date``, and
    the measures; sorted by scenario, point, replicate and month. Runs that failed are left out.
    """
    import pandas as pd

    record = read_batch_record(folder)
    table = load(Path(folder), "months", record)
    frame = _categorical(table, record["batch"]["scenarios"]).to_pandas()
    point = frame["point"].to_numpy()
    swept = pd.DataFrame({key: values[point] for key, values in _swept(record)}, index=frame.index)
    return pd.concat([frame.iloc[:, :2], swept, frame.iloc[:, 2:]], axis=1)


def measure_by_run(folder: Path, record: Mapping[str, object], measure: str) -> dict[Key, float]:
    """Return what a measure comes to in every run that is there."""
    if not tables.source_files(folder, "months"):
        return {}
    names = [*tables.KEYS["months"], "month", measure]
    table = load(folder, "months", record, names)
    columns = {name: table[name].to_numpy() for name in names}
    owned = _rows_by_owner(columns)
    return {owner: end_value(measure, columns["month"][rows], columns[measure][rows]) for owner, rows in owned}


def load(folder: Path, kind: str, record: Mapping[str, object], columns: list[str] | None = None) -> pa.Table:
    """Return a kind of table in canonical order, from the compacted file and the parts that are not yet in it.

    ``columns`` are those to read, by default all; what names the owners of rows must be among them.
    """
    for left in reversed(range(_TRIES)):
        try:
            return _load(folder, kind, record["batch"]["scenarios"], columns)
        except FileNotFoundError:  # the parts have just been put together
            if not left:
                raise
    raise AssertionError


def _load(folder: Path, kind: str, scenarios: list[str], columns: list[str] | None) -> pa.Table:
    files = tables.source_files(folder, kind)
    if files == [tables.whole_file(folder, kind)]:
        return pq.read_table(files[0], columns=columns)
    entries = manifest.read_entries(folder).values()
    done = {entry.key for entry in entries if entry.status == DONE}
    found = tables.in_memory(_readable(files, columns), kind, scenarios, None if kind == "cities" else done)
    if found is None:
        raise InputError(f"{folder}: no run of this batch has come to its end yet; start it with salur batch.")
    return found


def _readable(files: Iterable[Path], columns: list[str] | None) -> Iterator[pa.Table]:
    for path in files:
        try:
            with pq.ParquetFile(path, page_checksum_verification=True) as file:
                yield file.read(columns, use_threads=False)
        except FileNotFoundError:
            raise
        except tables.DAMAGES:
            warnings.warn(f"{path} is damaged and was left out; salur batch repeats its runs", stacklevel=5)


def _categorical(table: pa.Table, scenarios: list[str]) -> pa.Table:
    """Return the table with its scenarios as categories, in the order of the batch."""
    numbers = pc.index_in(table["scenario"].combine_chunks(), pa.array(scenarios)).cast(pa.int32())
    return table.set_column(0, "scenario", pa.DictionaryArray.from_arrays(numbers, pa.array(scenarios)))


def _swept(record: Mapping[str, object]) -> Iterator[tuple[str, np.ndarray]]:
    """Yield every swept key with its value at each point."""
    sweep = record["batch"]["sweep"]
    for number, key in enumerate(sweep["keys"]):
        yield key, _column([point[number] for point in sweep["points"]])


def _column(values: list[object]) -> np.ndarray:
    """Return values of a setting as a column: numbers where all are, ``none`` among numbers as nan, events as JSON."""
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {int, float} and kinds:
        missing = None in values
        return np.array([np.nan if value is None else value for value in values], float if missing else None)
    if kinds == {bool} and None not in values:
        return np.array(values)
    shown = [value if isinstance(value, str) else json.dumps(value) for value in values]
    return np.array(shown, object)


def _rows_by_owner(columns: Mapping[str, np.ndarray]) -> Iterator[tuple[Key, slice]]:
    owners = list(zip(*(columns[name].tolist() for name in tables.KEYS["months"]), strict=True))
    for owner, first, rows in tables.stretches(owners):
        yield owner, slice(first, first + rows)
