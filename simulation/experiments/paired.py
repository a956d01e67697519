"""Paired differences: two scenarios that lived through the same luck, replicate by replicate.

The mean difference has an interval from Student's t over the replicates. Because luck is common, most of what varies
from replicate to replicate is the same on both sides and cancels; the correlation says how well that worked, and the
runs saved say what it was worth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LEVEL = 0.95
"""How often an interval is to hold the true difference."""


@dataclass(frozen=True, slots=True)
class Paired:
    """Paired differences of some measures, one value for each, nan where there is none.

    ``replicates`` counts those in which both sides have a value. ``low`` and ``high`` end the interval of the
    difference and need two replicates. ``runs_saved`` is how many runs more both sides together would have needed for
    the same interval, had they been drawn independently; infinite where the difference never varies.
    """

    replicates: np.ndarray
    mean: np.ndarray
    baseline_mean: np.ndarray
    difference: np.ndarray
    low: np.ndarray
    high: np.ndarray
    correlation: np.ndarray
    runs_saved: np.ndarray


def pair(ours: np.ndarray, theirs: np.ndarray, level: float = LEVEL) -> Paired:
    """Compare two scenarios.

    Parameters
    ----------
    ours, theirs : values, shape (replicates, measures), row for row of the same seed; nan where there is no value.
    level : how often the interval is to hold the true difference.
    """
    ours, theirs = np.asarray(ours, float), np.asarray(theirs, float)
    both = np.isfinite(ours) & np.isfinite(theirs)
    ours, theirs = np.where(both, ours, np.nan), np.where(both, theirs, np.nan)
    count = both.sum(axis=0)
    difference = _mean(ours - theirs, count)
    spread = _variance(ours - theirs, count)
    half = half_width(spread, count, level)
    means, variances = (_mean(ours, count), _mean(theirs, count)), (_variance(ours, count), _variance(theirs, count))
    with np.errstate(divide="ignore", invalid="ignore"):
        saved = 2.0 * count * (sum(variances) / spread - 1)
        correlation = (sum(variances) - spread) / (2 * np.sqrt(variances[0] * variances[1]))
    correlation = np.where(np.isfinite(correlation), np.clip(correlation, -1, 1), np.nan)
    return Paired(count, *means, difference, difference - half, difference + half, correlation, saved)


def half_width(variance: np.ndarray, count: np.ndarray, level: float = LEVEL) -> np.ndarray:
    """Return half the width of the interval of a mean of ``count`` values; nan for fewer than two."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return critical(count - 1, level) * np.sqrt(variance / count)


def critical(freedom: np.ndarray, level: float = LEVEL) -> np.ndarray:
    """Return the two-sided quantile of Student's t; nan without a degree of freedom."""
    from scipy.special import stdtrit

    freedom = np.asarray(freedom, float)
    return np.where(freedom > 0, stdtrit(np.maximum(freedom, 1), (1 + level) / 2), np.nan)


def _mean(values: np.ndarray, count: np.ndarray) -> np.ndarray:
    return np.where(count > 0, np.nansum(values, axis=0) / np.maximum(count, 1), np.nan)


def _variance(values: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Return the variance over replicates, nan for fewer than two; what is only rounding is no variance."""
    mean = _mean(values, count)
    squares = np.nansum((values - mean) ** 2, axis=0)
    variance = np.where(count > 1, squares / np.maximum(count - 1, 1), np.nan)
    return np.where(variance < (1e-12 * mean) ** 2, 0.0, variance)
