"""Reading what became of every family: one byte a family and run, and where and who the families are."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from simulation.batches import rows, tables
from simulation.batches.reading import load
from simulation.batches.record import read_batch_record
from simulation.errors import InputError

if TYPE_CHECKING:
    import pandas as pd


def read_families(folder: str | Path) -> Families:
    """Return the families of a batch; raise ``InputError`` where it kept none."""
    record = read_batch_record(folder)
    if not record["batch"]["keep_families"]:
        raise InputError(f"{folder}: this batch kept no families, because it says keep_families = false.")
    return Families(Path(folder), record)


class Families:
    """The last status of every family in every run of a batch.

    A status is a number of ``measures.cascade.Status`` (-1 not poor, 13 reached), or -2 (``work.ABSENT``) where the
    family does not live in the city in the last month. A family is the same in two runs of one seed where its
    ``luck_id`` is.

    Attributes
    ----------
    runs : scenario, point, replicate, seed and city of every run, in canonical order.
    """

    def __init__(self, folder: Path, record: dict[str, object]) -> None:
        table = load(folder, "families", record)
        self._status = table["status"]
        self.runs: pd.DataFrame = table.drop_columns(["status"]).to_pandas()
        keys = zip(*(self.runs[name].tolist() for name in tables.KEYS["families"]), strict=True)
        self._row = {key: row for row, key in enumerate(keys)}
        cities = load(folder, "cities", record)
        self._cities = cities
        self._city_row = {name: row for row, name in enumerate(cities["city"].to_pylist())}
        self._described = lru_cache(maxsize=4)(self._describe)

    def of(self, scenario: str, replicate: int, point: int = 0) -> pd.DataFrame:
        """Return the families of one run by ``luck_id``.

        Columns: ``kelurahan`` (its place in ``geography.KELURAHAN``), ``decile`` of persons by consumption before
        transfers at the start (1 the poorest, 0 for families that came later), ``size`` and whether there are
        ``elderly``, ``disabled`` members and ``children`` at the start, and ``status`` at the end.
        """
        row = self._row_of(scenario, replicate, point)
        return self._described(self.runs["city"].iloc[row]).assign(status=self._bytes(row))

    def pair(
        self, scenario: str, baseline: str, replicate: int, point: int = 0, baseline_point: int | None = None
    ) -> pd.DataFrame:
        """Return the families of two runs of one replicate side by side, by ``luck_id``.

        Columns as in ``of``, with ``status`` in the scenario and ``status_baseline``. Families that one of the two
        cities never knew are left out, which happens only where the scenarios differ in their assumptions.
        """
        ours = self.of(scenario, replicate, point)
        theirs = self.of(baseline, replicate, point if baseline_point is None else baseline_point)["status"]
        if ours.index.equals(theirs.index):
            return ours.assign(status_baseline=theirs)
        return ours.join(theirs.rename("status_baseline"), how="inner")

    def _row_of(self, scenario: str, replicate: int, point: int) -> int:
        key = (scenario, point, replicate)
        if key not in self._row:
            raise InputError(f"there is no run of scenario '{scenario}', point {point}, replicate {replicate} here.")
        return self._row[key]

    def _bytes(self, row: int) -> np.ndarray:
        return np.frombuffer(self._status[row].as_buffer(), np.int8)

    def _describe(self, city: str) -> pd.DataFrame:
        import pandas as pd

        row = self._city_row[city]
        found = {name: self._cities[name][row] for name in rows.LISTS}
        return pd.DataFrame(rows.families_of(found)).set_index("luck_id")
