"""Poverty and inequality over persons, consumption in poverty lines.

Gini, Sen and deciles rest on a histogram of consumption with 256 bins an octave (error of the Gini below 1e-6).
"""

from __future__ import annotations

import numpy as np

from simulation.compiled import rule

_BINS_PER_OCTAVE_SHIFT = 15
_FIRST = (127 - 8) << (23 - _BINS_PER_OCTAVE_SHIFT)
BINS = 20 << (23 - _BINS_PER_OCTAVE_SHIFT)
"""From 1/256 to 4,096 poverty lines; what lies outside falls into the first or the last bin."""


def measure_poverty(
    consumption: np.ndarray, persons: np.ndarray, bins: np.ndarray, poor: np.ndarray, suffix: str
) -> tuple[dict, np.ndarray]:
    """Return the poverty and inequality measures of one consumption, and the persons in each bin.

    Parameters
    ----------
    consumption : a head, in poverty lines. persons : weight of each family. bins : ``bin_of(consumption)``.
    poor : rows among which all the poor are.
    """
    people, income = histogram(bins, consumption, persons)
    headcount, gap, severity, watts = poverty_indices(consumption, persons, poor, people.sum())
    row = {
        "poverty_headcount": headcount,
        "poverty_gap": gap,
        "poverty_severity": severity,
        "watts": watts,
        "sen": sen_index(headcount, gap, people, income),
        "gini": gini(people, income),
    }
    return {f"{name}{suffix}": value for name, value in row.items()}, people


@rule
def poverty_indices(consumption, persons, rows, total):
    """Return headcount, gap, severity (Foster, Greer, Thorbecke 1984) and the Watts index.

    Parameters
    ----------
    consumption : a head, in poverty lines; a family at the line is not poor. persons : weight of each family.
    rows : families among which all the poor are. total : persons in all, those of families left out included.
    """
    poor, gap, severity, watts = 0.0, 0.0, 0.0, 0.0
    for row in rows:  # without a branch, because who is poor after transfers cannot be predicted
        weight, capped = persons[row], min(consumption[row], 1.0)
        missing = 1.0 - capped
        poor += weight * (missing > 0.0)
        gap += weight * missing
        severity += weight * missing * missing
        watts -= weight * np.log(max(capped, 1e-12))
    if total == 0.0:
        return np.nan, np.nan, np.nan, np.nan
    return poor / total, gap / total, severity / total, watts / total


@rule
def bin_of(consumption):
    """Return the bin of each consumption: exponent and leading bits of its single-precision form."""
    bins = np.empty(consumption.size, np.uint16)
    for row in range(consumption.size):
        bits = np.float32(consumption[row]).view(np.int32) >> _BINS_PER_OCTAVE_SHIFT
        bins[row] = min(max(bits - _FIRST, 0), BINS - 1)
    return bins


@rule
def histogram(bins, consumption, persons):
    """Return persons and consumption in each bin."""
    people = np.zeros(BINS)
    income = np.zeros(BINS)
    for row in range(bins.size):
        people[bins[row]] += persons[row]
        income[bins[row]] += persons[row] * consumption[row]
    return people, income


@rule
def gini(people, income):
    """Return the Gini coefficient: twice the covariance of consumption and fractional rank over its mean."""
    everybody, total = people.sum(), income.sum()
    below, ranked = 0.0, 0.0
    for place in range(people.size):
        ranked += income[place] * (below + people[place] / 2)
        below += people[place]
    if everybody == 0 or total == 0:
        return np.nan
    return 2 * ranked / everybody / total - 1


def sen_index(headcount: float, gap: float, people: np.ndarray, income: np.ndarray) -> float:
    """Return the Sen index (1976, large population): ``P0 * (I + (1 - I) * G)`` with the Gini G among the poor.

    I is the mean gap of the poor. The bin that holds the line is the last that counts as poor.
    """
    if not headcount > 0:
        return headcount
    line = bin_of(np.array([1.0]))[0]
    mean_gap = gap / headcount
    among_poor = gini(people[:line], income[:line])
    return float(headcount * (mean_gap + (1 - mean_gap) * (0.0 if np.isnan(among_poor) else among_poor)))


def rank_of_bins(people: np.ndarray) -> np.ndarray:
    """Return the fractional rank among persons of the middle of each bin."""
    return (np.cumsum(people) - people / 2) / max(people.sum(), 1.0)


def decile_of_bins(people: np.ndarray) -> np.ndarray:
    """Return the decile of persons that each bin lies in, 0 the poorest to 9."""
    return decile_of_rank(rank_of_bins(people))


def decile_of_rank(rank: np.ndarray) -> np.ndarray:
    """Return the decile that each rank lies in, 0 the poorest to 9."""
    return np.minimum((rank * 10).astype(np.int64), 9)


def decile_of(consumption: np.ndarray, persons: np.ndarray) -> np.ndarray:
    """Return the decile of persons that each family lies in, int8, 1 the poorest; 0 for families without persons."""
    bins = bin_of(consumption)
    people, _ = histogram(bins, consumption, persons.astype(float))
    return np.where(persons > 0, decile_of_bins(people)[bins] + 1, 0).astype(np.int8)
