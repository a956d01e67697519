"""Elementary effects and variance shares with the noise of luck taken out.

Every point is run with the same few seeds. What differs between the seeds of one point is luck; what differs between
points is the effect of inputs. A square of an effect is therefore estimated by the product of two *different* seeds,
whose luck is independent, so that noise adds nothing to it on average: with one seed a square, noise would look like an
effect. An estimate may come out a little below zero, which means that no effect can be told from none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

LEVEL = 0.95
_DRAWS = 400

Interval = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, slots=True)
class Effects:
    """Elementary effects of inputs on one measure, each of shape (inputs,), for the whole way from low to high.

    ``mean`` is the mean effect with its interval ``low`` to ``high``; ``size`` the root mean square without noise,
    ``noise`` the standard deviation that luck gives to one effect, ``share`` the part of all squares, with
    ``share_low`` and ``share_high``; ``mu_star`` and ``sigma`` are those of Morris, with noise in them.
    """

    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray
    size: np.ndarray
    noise: np.ndarray
    share: np.ndarray
    share_low: np.ndarray
    share_high: np.ndarray
    mu_star: np.ndarray
    sigma: np.ndarray


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of the variance of one measure, each of shape (inputs,): alone and in all, with intervals.

    ``variance`` is that of the inputs without luck, ``luck`` the variance that luck gives to a single run.
    """

    first: np.ndarray
    first_low: np.ndarray
    first_high: np.ndarray
    total: np.ndarray
    total_low: np.ndarray
    total_high: np.ndarray
    variance: float
    luck: float


def across(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """Return the mean product of values of two different seeds, which stand on the last axis; two are needed."""
    seeds = ours.shape[-1]
    return (ours.sum(-1) * theirs.sum(-1) - (ours * theirs).sum(-1)) / (seeds * (seeds - 1))


def elementary_effects(units: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return the effect of each input on each trajectory, shape (trajectories, inputs, seeds).

    Parameters
    ----------
    units : points on the unit cube as Morris draws them, shape (trajectories x (inputs + 1), inputs).
    values : what came out, shape (points, seeds). A trajectory with a missing value is left out.
    """
    inputs = units.shape[1]
    ways, found = units.reshape(-1, inputs + 1, inputs), values.reshape(-1, inputs + 1, values.shape[1])
    whole = np.isfinite(found).all(axis=(1, 2))
    steps, rises = np.diff(ways[whole], axis=1), np.diff(found[whole], axis=1)
    moved = np.abs(steps).argmax(axis=2)
    sizes = np.take_along_axis(steps, moved[..., None], axis=2)
    effects = np.empty_like(rises)
    np.put_along_axis(effects, moved[..., None], rises / sizes, axis=1)
    return effects


def screen(units: np.ndarray, values: np.ndarray, seed: int = 0) -> Effects:
    """Return what a Morris sample says of one measure (see ``elementary_effects`` for the shapes)."""
    effects = elementary_effects(units, values)
    middle, seeds = effects.mean(-1), effects.shape[-1]
    low, high = _bootstrap(lambda rows: middle[rows].mean(0), len(effects), seed)
    share_low, share_high = _bootstrap(lambda rows: _parts(effects[rows]), len(effects), seed)
    return Effects(
        mean=middle.mean(0),
        low=low,
        high=high,
        size=np.sqrt(np.maximum(across(effects, effects).mean(0), 0)),
        noise=np.sqrt(effects.var(-1, ddof=1).mean(0) / seeds),
        share=_parts(effects),
        share_low=share_low,
        share_high=share_high,
        mu_star=np.abs(middle).mean(0),
        sigma=middle.std(0, ddof=1) if len(middle) > 1 else np.full(middle.shape[1], np.nan),
    )


def _parts(effects: np.ndarray) -> np.ndarray:
    """Return the share of each input in the sum of squared effects; clipping the squares would let luck add up."""
    squares = across(effects, effects).mean(0)
    return squares / squares.sum() if squares.sum() > 0 else np.zeros_like(squares)


def variance_shares(values: np.ndarray, inputs: int, seed: int = 0) -> Shares:
    """Return first-order and total indices of inputs, or of groups of them.

    Parameters
    ----------
    values : shape (base samples x (inputs + 2), seeds), in the order of SALib's Sobol' sample without second order: the
        first matrix, that matrix with one input from the second for each input, the second matrix. A base sample with
        a missing value is left out.
    """
    found = values.reshape(-1, inputs + 2, values.shape[1])
    found = found[np.isfinite(found).all(axis=(1, 2))]
    first, total = _first_and_total(found)
    ends = [_bootstrap(lambda rows, of=of: _first_and_total(found[rows])[of], len(found), seed) for of in (0, 1)]
    centred = found - found.mean(axis=(0, 1))
    luck = float((centred.var(-1, ddof=1)).mean())
    return Shares(first, *ends[0], total, *ends[1], variance=_variance(found), luck=luck)


def _variance(found: np.ndarray) -> float:
    pool = found[:, [0, -1]].reshape(-1, found.shape[2])
    pool = pool - pool.mean(0)
    return float(across(pool, pool).sum() / max(len(pool) - 1, 1))


def _first_and_total(found: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    one, mixed, other = found[:, :1], found[:, 1:-1], found[:, -1:]
    variance = _variance(found)
    if variance <= 0:
        nothing = np.full(mixed.shape[1], np.nan)
        return nothing, nothing
    rises = mixed - one
    first = across(np.broadcast_to(other - other.mean(0), rises.shape), rises).mean(0)
    return first / variance, 0.5 * across(rises, rises).mean(0) / variance


def _bootstrap(statistic: Callable[[np.ndarray], np.ndarray], count: int, seed: int) -> Interval:
    """Return the interval of a statistic over samples drawn again; rows are base samples or trajectories."""
    rng = np.random.default_rng(seed)
    drawn = np.array([statistic(rng.integers(count, size=count)) for _ in range(_DRAWS)])
    tail = (1 - LEVEL) / 2
    drawn = drawn[np.isfinite(drawn).all(axis=1)]
    if not len(drawn):
        nothing = np.full(statistic(np.arange(count)).shape, np.nan)
        return nothing, nothing
    return np.quantile(drawn, tail, axis=0), np.quantile(drawn, 1 - tail, axis=0)
