"""What a survey says about welfare in the model: how much of it proxies see, how it clusters, how poor people are.

The model's latent index and its seen part are standard normal, so consumption and score enter by their normal scores:
the normal quantiles of their ranks among families.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from simulation.errors import InputError
from simulation.microdata.score import Score
from simulation.microdata.survey import Survey, in_groups, ranks
from simulation.parameters import ASSUMPTIONS
from simulation.parameters.declaration import show

_FEWEST_RANKS = 300


@dataclass(frozen=True, slots=True, eq=False)
class Latent:
    """The complete households on the model's scales: ``index`` of consumption, ``seen`` by the score, and their rest.

    ``rest`` is what the index has beside the curve on the seen part, in standard deviations.
    """

    index: np.ndarray
    seen: np.ndarray
    rest: np.ndarray
    slope: float
    convexity: float


def latent(survey: Survey, score: Score) -> Latent:
    """Put the complete households on the model's scales and fit ``index = slope * seen + convexity * (seen^2 - 1)``."""
    weight = score.weight
    index = ndtri(ranks(survey.lines[survey.complete], weight))
    seen = ndtri(ranks(score.predicted, weight))
    x = np.column_stack([np.ones(seen.size), seen, seen**2 - 1])
    root = np.sqrt(weight)
    level, slope, convexity = np.linalg.lstsq(x * root[:, None], index * root, rcond=None)[0]
    rest = index - level - slope * seen - convexity * (seen**2 - 1)
    return Latent(index, seen, rest / np.sqrt(np.average(rest**2, weights=weight)), float(slope), float(convexity))


def estimate_inputs(survey: Survey, score: Score) -> dict[str, float]:
    """Return the inputs of the model that the survey decides, by key.

    Raises
    ------
    InputError : where the survey is outside of what the model can be set to, as with a wrong poverty line.
    """
    found = latent(survey, score)
    seen_share = max(found.slope, 0.0) ** 2
    split = _default("welfare_share_unseen") / (_default("welfare_share_unseen") + _default("welfare_share_transitory"))
    size = survey.size[survey.complete]
    inputs = {
        "welfare_share_seen": seen_share,
        "welfare_share_unseen": split * (1 - seen_share),
        "welfare_share_transitory": (1 - split) * (1 - seen_share),
        "index_convexity": _clipped("index_convexity", found.convexity),
        "index_heteroskedasticity": _clipped("index_heteroskedasticity", _narrowing(found, score.weight)),
        "seen_rt_share": _clipped("seen_rt_share", likeness(found.seen, survey, score.weight)),
        "unseen_rt_share": _clipped("unseen_rt_share", likeness(found.rest, survey, score.weight) / split),
        "mean_family_size": float(np.average(size, weights=score.weight)),
        **_poverty(survey.lines[survey.complete], score.weight * size),
        **_meetings(survey, found),
    }
    _check_bounds(inputs, survey.name)
    return inputs


def likeness(values: np.ndarray, survey: Survey, weight: np.ndarray) -> float:
    """Return the share of the variance within regions that lies between hamlets (intraclass correlation, by ANOVA)."""
    hamlet, region = survey.hamlet[survey.complete], survey.region[survey.complete]
    values = values - _means(values, region, weight)
    counts = np.bincount(hamlet)
    counts = counts[counts > 0]
    means = _means(values, hamlet, np.ones(values.size))
    hamlets, families = counts.size, values.size
    between = np.sum((means - values.mean()) ** 2) / (hamlets - 1)
    within = np.sum((values - means) ** 2) / max(families - hamlets, 1)
    size = (families - np.sum(counts**2) / families) / (hamlets - 1)
    variance = (between - within) / size
    return float(variance / (variance + within)) if variance + within > 0 else 0.0


def _means(values: np.ndarray, group: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Return for each household the mean of its group."""
    total = np.bincount(group, weight)
    return (np.bincount(group, weight * values) / np.where(total > 0, total, 1))[group]


def _narrowing(found: Latent, weight: np.ndarray) -> float:
    """Return by how much the spread of the rest falls when the seen part rises by one, as a share of the spread."""
    root = np.sqrt(weight)
    x = np.column_stack([np.ones(found.seen.size), found.seen])
    level, slope = np.linalg.lstsq(x * root[:, None], np.abs(found.rest) * root, rcond=None)[0]
    return float(-slope / level)


def _poverty(lines: np.ndarray, persons: np.ndarray) -> dict[str, float]:
    """Return poverty and inequality over persons."""
    gap = np.clip(1 - lines, 0, None)
    rank = ranks(lines, persons)
    return {
        "poverty_headcount_target": float(np.average(lines < 1, weights=persons)),
        "poverty_gap_target": float(np.average(gap, weights=persons)),
        "poverty_severity_target": float(np.average(gap**2, weights=persons)),
        "gini_target": float(2 * np.sum(persons * lines * rank) / np.sum(persons * lines) - 1),
    }


def _meetings(survey: Survey, found: Latent) -> dict[str, float]:
    """Return how far the ranking by a community follows the seen part and the rest; nothing where nobody was ranked."""
    if survey.community_rank is None:
        return {}
    rank = survey.community_rank[survey.complete]
    known = np.isfinite(rank)
    if known.sum() < _FEWEST_RANKS:
        return {}
    hamlet = survey.hamlet[survey.complete][known]
    standing, within = np.empty(hamlet.size), np.empty(hamlet.size)
    for rows in in_groups(hamlet):
        standing[rows] = ndtri(ranks(rank[known][rows], np.ones(rows.size)))
        within[rows] = 1 - 1 / rows.size
    kink = np.minimum(0, found.index[known] - _default("community_kink_at"))
    one = np.ones(hamlet.size)
    seen, rest, kink = (v - _means(v, hamlet, one) for v in (found.seen[known], found.rest[known], kink))
    standing *= np.sqrt(np.mean(within) / np.mean(standing**2))
    weights = np.linalg.lstsq(np.column_stack([seen, rest, kink]), standing, rcond=None)[0]
    keys = "community_weight_seen", "community_weight_rest"
    return {key: _clipped(key, float(value)) for key, value in zip(keys, weights[:2], strict=True)}


def _default(key: str) -> float:
    return float(ASSUMPTIONS[key].default)


def _clipped(key: str, value: float) -> float:
    """Return the value, or the nearest that the model can be set to."""
    low, high = ASSUMPTIONS[key].bounds
    return float(min(max(value, low), high))


def _check_bounds(inputs: Mapping[str, float], name: str) -> None:
    for key, value in inputs.items():
        low, high = ASSUMPTIONS[key].bounds
        if low <= value <= high:
            continue
        if key == "poverty_headcount_target":
            raise InputError(
                f"{name}: {value:.1%} of persons are below the poverty line, but the model takes {low:.0%} to "
                f"{high:.0%}; check poverty_line, currency, consumption_of and consumption_period."
            )
        if key.endswith("_target"):
            cause = "check poverty_line, currency, consumption_of and consumption_period"
        elif key.startswith("welfare_share"):
            cause = "the predictors explain too little of consumption outside their own hamlet, or too much"
        else:
            cause = "the survey is outside of what the model can be set to"
        found = f"{key} {show(round(value, 4))}, not {show(low)} to {show(high)}"
        raise InputError(f"{name}: the survey gives {found}; {cause}.")
