"""What a policy changes, with its interval, and in which words it may be said: the one place where that is decided."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from simulation.dashboard.digest import Digest
from simulation.dashboard.results import Results
from simulation.experiments.paired import pair

LEAST_FOR_WORDS = 3
"""Fewer replicates give no interval worth a word."""

LEVELS = (("certain", 0.99), ("likely", 0.95), ("perhaps", 0.80))
"""How sure a difference is called when the interval of that confidence leaves out zero."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A card: its measure, whether less or more of it is better, and what difference is too small to matter."""

    measure: str
    better: int
    kind: str
    worth: float
    beside: tuple[str, ...] = ()

    def value(self, run: Digest) -> float:
        """Return the value of one run: the mean of the last year, or what a year costs."""
        return run.yearly(self.measure) if self.kind == "money" else run.recent(self.measure)


HEADLINES = (
    Headline("poverty_headcount", -1, "share", 0.0002, ("poverty_headcount_before_transfers",)),
    Headline("exclusion_error", -1, "share", 0.0005),
    Headline("effective_exclusion_error", -1, "share", 0.0005),
    Headline("leakage_outside_deciles", -1, "share", 0.0005, ("leakage", "leakage_floor")),
    Headline("paid_on_time_share", 1, "share", 0.0005),
    Headline("cost_idr", 0, "money", 50e6),
)
"""The cards in their order; less cost is neither better nor worse but cheaper."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference between two policies on the same luck: its mean, its 95 % interval, and how it may be called.

    ``verdict`` is ``same`` (no family was touched), ``early`` (too few replicates), ``small`` (too small to matter),
    ``unclear`` (cannot be told apart), or one of ``perhaps``, ``likely``, ``certain``. ``way`` is 1 where it is better
    or, for money, dearer, and -1 for the opposite.
    """

    baseline: float
    chosen: float
    mean: float
    low: float
    high: float
    replicates: int
    verdict: str
    way: int


def difference(headline: Headline, results: Results) -> Difference:
    """Return the paired difference of a headline over replicates."""
    factor = results.enlarged(headline.measure)
    return difference_of(
        headline, *(np.array([headline.value(run) * factor for run in results.runs(side)]) for side in (0, 1))
    )


def difference_of(headline: Headline, before: np.ndarray, after: np.ndarray) -> Difference:
    """Return the paired difference of a headline, from its values by replicate."""
    gaps = after - before
    mean = float(gaps.mean())
    low, high = interval(gaps, 0.95)
    way = int(np.sign(mean)) * (headline.better or 1)
    return Difference(
        float(before.mean()), float(after.mean()), mean, low, high, len(gaps), judge(gaps, headline.worth), way
    )


def judge(gaps: np.ndarray, worth: float) -> str:
    """Return how a difference may be called, by its interval over replicates."""
    if not np.isfinite(gaps).all():
        return "unclear"
    if not gaps.any():
        return "same"
    if gaps.size < LEAST_FOR_WORDS:
        return "early"
    if max(map(abs, interval(gaps, 0.95))) < worth:
        return "small"
    for verdict, confidence in LEVELS:
        low, high = interval(gaps, confidence)
        if low > 0 or high < 0:
            return verdict
    return "unclear"


def interval(gaps: np.ndarray, confidence: float) -> tuple[float, float]:
    """Return Student's interval of a mean over replicates; without bounds for a single one."""
    if gaps.size < 2:
        return (-math.inf, math.inf) if gaps.any() else (0.0, 0.0)
    found = pair(gaps[:, None], np.zeros((gaps.size, 1)), confidence)
    return float(found.low[0]), float(found.high[0])
