"""The distribution of welfare: from the latent index to a rank, and from the rank to consumption in poverty lines.

Consumption before transfers follows a generalised beta of the second kind (GB2). Its four numbers are fitted once, so
that consumption after the baseline's transfers meets the poverty indices and the Gini of the first month.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.optimize import brentq, least_squares
from scipy.special import betaincinv, ndtr

from simulation.context import WelfareMap

_START, _STEP, _KNOTS = -6.0, 0.02, 651
_TOLERANCES = np.array([0.0005, 0.0005, 0.0005, 0.005])


def knots() -> np.ndarray:
    """Return the values of the index at which the map is tabulated."""
    return _START + _STEP * np.arange(_KNOTS)


def rank_table(index: np.ndarray, persons: np.ndarray) -> np.ndarray:
    """Return the share of persons below each knot, always strictly between 0 and 1 and growing."""
    order = np.argsort(index)
    below = np.cumsum(persons[order]) - persons[order] / 2
    rank = np.interp(knots(), index[order], below / persons.sum())
    slope = 1e-9 * np.arange(1, _KNOTS + 1)
    return np.clip(rank, 0.5 / persons.sum(), 1 - 0.5 / persons.sum()) * (1 - 2e-6) + slope


def log_gb2_quantile(rank: np.ndarray, a: float, b: float, p: float, q: float) -> np.ndarray:
    """Return the logarithm of the GB2 quantile: ``b * (v / (1 - v)) ** (1 / a)`` with ``v`` the beta quantile."""
    v = betaincinv(p, q, rank)
    rest = betaincinv(q, p, 1 - rank)
    return np.log(b) + (np.log(v) - np.log(rest)) / a


def default_map(index: np.ndarray, persons: np.ndarray, assumptions: Mapping) -> WelfareMap:
    """Return the map with the GB2 that the fit starts from."""
    ranks = rank_table(index, persons)
    shape = [assumptions[f"gb2_{name}"] for name in "abpq"]
    return WelfareMap(_START, _STEP, ranks, log_gb2_quantile(ranks, *shape))


def fit_map(
    ranks: np.ndarray,
    rank: np.ndarray,
    events_log: np.ndarray,
    support: np.ndarray,
    persons: np.ndarray,
    assumptions: Mapping,
) -> WelfareMap:
    """Fit the GB2 so that consumption after support meets P0, P1, P2 and the Gini of the first month.

    Parameters
    ----------
    ranks : the table of ranks that the map keeps.
    rank, events_log, support, persons : of every family in the first month: rank among persons, what events add to log
        consumption, support a head in poverty lines, and members.
    """
    target = np.array(
        [assumptions[f"{name}_target"] for name in ("poverty_headcount", "poverty_gap", "poverty_severity", "gini")]
    )
    start = np.log([assumptions[f"gb2_{name}"] for name in "abpq"])
    grid = ndtr(np.linspace(-5.5, 5.5, 1101))

    def after(log_shape: np.ndarray) -> np.ndarray:
        log_quantile = np.interp(rank, grid, log_gb2_quantile(grid, *np.exp(log_shape)))
        return np.exp(log_quantile + events_log) + support

    def misses(log_shape: np.ndarray) -> np.ndarray:
        pull = 0.02 * (log_shape - start)
        return np.concatenate([(indices(after(log_shape), persons) - target) / _TOLERANCES, pull])

    fitted = least_squares(misses, start, diff_step=2e-3, max_nfev=30).x
    fitted[1] += brentq(lambda shift: _headcount(after(fitted + [0, shift, 0, 0]), persons) - target[0], -0.3, 0.3)
    return WelfareMap(_START, _STEP, ranks, log_gb2_quantile(ranks, *np.exp(fitted)))


def indices(consumption: np.ndarray, persons: np.ndarray) -> np.ndarray:
    """Return headcount, gap, severity and Gini; the headcount is interpolated so that a fit can move it."""
    gap = np.clip(1 - consumption, 0, None)
    total = persons.sum()
    order = np.argsort(consumption)
    weight, income = persons[order], (consumption * persons)[order]
    below = np.cumsum(weight) - weight / 2
    gini = 2 * np.sum(income * below) / (income.sum() * total) - 1
    return np.array(
        [_headcount(consumption, persons), (persons * gap).sum() / total, (persons * gap**2).sum() / total, gini]
    )


def _headcount(consumption: np.ndarray, persons: np.ndarray) -> float:
    """Return the share of persons below one, smooth within a hundredth around it."""
    share = np.clip((1.005 - consumption) / 0.01, 0, 1)
    return float((persons * share).sum() / persons.sum())
