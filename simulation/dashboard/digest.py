"""What the page keeps of a run: a few small arrays, made where the run was made, so that little travels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from simulation.plan import Plan

RECENT_MONTHS = 12
"""Headline values are means or sums of so many last months, because one bad month of a bank moves delivery by half."""


Families = Mapping[str, np.ndarray]
"""Where and who the families of a city are at the start, as ``batches.work.describe_families`` says it."""


@dataclass(frozen=True, slots=True)
class Digest:
    """One run in short.

    ``months`` holds every measure by month. ``persons_by_status`` counts poor persons, shape (months, statuses).
    ``unserved`` is the effective exclusion of the 67 kelurahan in the last year. ``hours_needed`` and
    ``hours_available`` are those of each pendamping in the last year, from the smallest workload to the largest.
    ``status`` is the last status of every family, one byte each, as batches keep it.
    """

    months: Mapping[str, np.ndarray]
    persons_by_status: np.ndarray
    unserved: np.ndarray
    hours_needed: np.ndarray
    hours_available: np.ndarray
    families: int
    seconds: float
    status: bytes = b""

    def recent(self, measure: str) -> float:
        """Return the mean of a measure over the last months in which it is known."""
        values = self.months[measure][-RECENT_MONTHS:]
        known = values[np.isfinite(values)]
        return float(known.mean()) if known.size else float("nan")

    def yearly(self, measure: str) -> float:
        """Return what a flow adds up to in a year, by its last months."""
        return 12 * self.recent(measure)

    def recent_status_shares(self) -> np.ndarray:
        """Return the share of poor persons in each status of the cascade, over the last months together."""
        persons = self.persons_by_status[-RECENT_MONTHS:].sum(axis=0).astype(float)
        total = persons.sum()
        return persons / total if total else np.full(persons.size, np.nan)


def digest(plan: Plan, tables: Mapping[str, pd.DataFrame], seconds: float, status: bytes = b"") -> Digest:
    """Return the digest of a run from its tables and what became of its families."""
    from simulation.analysis.delivery import officers_since
    from simulation.analysis.maps import unserved_by_kelurahan
    from simulation.measures import MEASURES
    from simulation.measures.cascade import STATUSES

    months = tables["months"]
    since = months["month"].iloc[-min(RECENT_MONTHS, len(months))]
    officers = officers_since(tables["agents"], since)
    persons = tables["cascade"]["persons"].to_numpy(np.int64).reshape(plan.months, len(STATUSES))
    return Digest(
        months={name: months[name].to_numpy(float) for name in MEASURES},
        persons_by_status=persons,
        unserved=unserved_by_kelurahan(tables["kelurahan"], since)["effective_exclusion_error"].to_numpy(float),
        hours_needed=officers["hours_needed"].to_numpy(float),
        hours_available=officers["hours_available"].to_numpy(float),
        families=int(months["families"].iloc[-1]),
        seconds=seconds,
        status=status,
    )
