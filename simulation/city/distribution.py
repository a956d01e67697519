"""The distribution of welfare: from the latent index to a rank, and from the rank to consumption in poverty lines.

Consumption before transfers follows a generalised beta of the second kind (GB2). Its four numbers are fitted once, so
that consumption after the baseline's transfers meets the poverty indices and the Gini of the first month.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np
from scipy.special import betaincinv, ndtr

from simulation.context import WelfareMap
from simulation.errors import InputError
from simulation.microdata.donors import Donors

_START, _STEP, _KNOTS = -6.0, 0.02, 651
_TURNS = 4
_FARTHEST = 5.0
_TARGETS = ("poverty_headcount_target", "poverty_gap_target", "poverty_severity_target", "gini_target")
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
    return np.log(b) + log_beta_odds(rank, p, q) / a


def log_beta_odds(rank: np.ndarray, p: float, q: float) -> np.ndarray:
    """Return the logarithm of ``v / (1 - v)`` with ``v`` the beta quantile."""
    return np.log(betaincinv(p, q, rank)) - np.log(betaincinv(q, p, 1 - rank))


def default_map(index: np.ndarray, persons: np.ndarray, assumptions: Mapping) -> WelfareMap:
    """Return the map with the GB2 that the fit starts from."""
    ranks = rank_table(index, persons)
    shape = [assumptions[f"gb2_{name}"] for name in "abpq"]
    return WelfareMap(_START, _STEP, ranks, log_gb2_quantile(ranks, *shape))


def survey_map(donors: Donors) -> WelfareMap:
    """Return the map by which the index of every household of a survey means what the household consumes."""
    persons = donors.weight * donors.size * donors.size.size
    return WelfareMap(_START, _STEP, rank_table(donors.index, persons), _tabulated(donors.index, donors.log_lines))


def fit_survey_map(
    donors: Donors, index: np.ndarray, events_log: np.ndarray, support: np.ndarray, persons: np.ndarray
) -> WelfareMap:
    """Fit the map so that consumption in the first month is distributed over persons as in the survey.

    After support, where the survey's consumption includes assistance; otherwise before it. What a share of persons
    consumes at most is moved, in turns, by what the city misses of the survey at that share; at last all is moved a
    little so that the headcount is met.

    Parameters
    ----------
    index, events_log, support, persons : of every family in the first month, as for ``fit_map``; the map is made for
        the index as it has become.
    """
    from scipy.optimize import isotonic_regression

    ranks = rank_table(index, persons)
    wanted = log_quantiles(donors.log_lines, donors.weight * donors.size, ranks)
    inside = (knots() >= index.min()) & (knots() <= index.max())
    density = np.gradient(ranks)
    added = support if donors.assistance_included else 0.0
    table = wanted.copy()

    def reached(table: np.ndarray, shift: float = 0.0) -> np.ndarray:
        return np.exp(np.interp(index, knots(), table) + events_log + shift) + added

    for _ in range(_TURNS):
        table += wanted - log_quantiles(np.log(reached(table)), persons, ranks)
        table = _tabulated(knots()[inside], isotonic_regression(table[inside], weights=density[inside]).x)
    poor = _headcount(np.exp(donors.log_lines), donors.weight * donors.size)
    failure = f"no city of the survey's households has their headcount of {poor:.1%}; is their poverty line right?"
    table += shift_that_meets(lambda shift: _headcount(reached(table, shift), persons), poor, 1.0, failure)
    return WelfareMap(_START, _STEP, ranks, table)


def log_quantiles(log: np.ndarray, persons: np.ndarray, ranks: np.ndarray) -> np.ndarray:
    """Return what persons at each rank consume."""
    order = np.argsort(log, kind="stable")
    below = np.cumsum(persons[order]) - persons[order] / 2
    return np.interp(ranks * persons.sum(), below, log[order])


def _tabulated(index: np.ndarray, log: np.ndarray) -> np.ndarray:
    """Return log consumption at the knots: as given in between, growing steadily beyond both ends."""
    order = np.argsort(index, kind="stable")
    index, log = index[order], log[order]
    at, last = knots(), index.size - 1
    edge = max(index.size // 50, 1)
    table = np.interp(at, index, log)
    for end, inner, beyond in ((0, edge, at < index[0]), (last, last - edge, at > index[last])):
        slope = (log[end] - log[inner]) / (index[end] - index[inner])
        table[beyond] = log[end] + max(slope, 0.1) * (at[beyond] - index[end])
    return table + 1e-9 * np.arange(at.size)


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
    from scipy.interpolate import CubicSpline
    from scipy.optimize import least_squares

    targets = {name: assumptions[name] for name in _TARGETS}
    target = np.array(list(targets.values()))
    start = np.log([assumptions[f"gb2_{name}"] for name in "abpq"])
    coarse, fine = np.linspace(-5.5, 5.5, 111), np.linspace(-5.5, 5.5, 1101)
    grid = ndtr(fine)

    # Beta quantiles are most of the work; two of the four numbers that are fitted do not move them.
    @lru_cache(2)
    def odds(p: float, q: float) -> np.ndarray:
        return CubicSpline(coarse, log_beta_odds(ndtr(coarse), p, q))(fine)

    def after(log_shape: np.ndarray) -> np.ndarray:
        a, b, p, q = np.exp(log_shape)
        log_quantile = np.interp(rank, grid, np.log(b) + odds(p, q) / a)
        return np.exp(log_quantile + events_log) + support

    def misses(log_shape: np.ndarray) -> np.ndarray:
        pull = 0.02 * (log_shape - start)
        return np.concatenate([(indices(after(log_shape), persons) - target) / _TOLERANCES, pull])

    fitted = least_squares(misses, start, diff_step=2e-3, max_nfev=30).x
    wanted = ", ".join(f"{name} {value:g}" for name, value in targets.items())
    failure = f"[assumptions]: no distribution meets {wanted} at once; set them nearer to their defaults."
    fitted[1] += shift_that_meets(
        lambda shift: _headcount(after(fitted + [0, shift, 0, 0]), persons), target[0], 0.3, failure
    )
    return WelfareMap(_START, _STEP, ranks, log_gb2_quantile(ranks, *np.exp(fitted)))


def shift_that_meets(headcount: Callable[[float], float], wanted: float, near: float, failure: str) -> float:
    """Return the shift of log consumption that gives a headcount, looked for nearby first and then far away.

    Raises
    ------
    InputError : with the sentence ``failure``, where no shift does.
    """
    from scipy.optimize import brentq

    for reach in (near, _FARTHEST):
        if headcount(reach) <= wanted <= headcount(-reach):
            return brentq(lambda shift: headcount(shift) - wanted, -reach, reach)
    raise InputError(failure)


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
