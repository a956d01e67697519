"""What a survey says about targeting: how often a score errs, and what the arms of an experiment chose.

Errors and incidence are taken by the same functions that measure the simulated city (``measures/targeting.py``). The
unit is the family, as in the published results of such experiments; weights are those of the survey.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np

from simulation.measures.poverty import bin_of, decile_of_bins, histogram, rank_of_bins
from simulation.measures.targeting import (
    cgh_ratio,
    concentration,
    exclusion_error,
    incidence,
    inclusion_error,
    leakage,
)
from simulation.microdata.layout import SurveySource
from simulation.microdata.opening import Opened, open_survey
from simulation.microdata.score import Score, moments
from simulation.microdata.survey import Survey, in_groups, ranks
from simulation.parameters import ASSUMPTIONS

QUOTAS = (0.1, 0.2, 0.3, 0.4)
GROUPS = ("very_poor", "near_poor", "middle", "rich")
"""The poorer and the richer half of the poor, the poorer and the richer half of the others (evidence T1-07)."""

_FEWEST_IN_HAMLET = 5


@dataclass(frozen=True, slots=True)
class Interval:
    """A value and its 95 % interval, from samples of whole hamlets."""

    value: float
    low: float
    high: float


def examine_survey(source: SurveySource, *, draws: int = 400, seed: int = 1) -> dict[str, object]:
    """Return what a survey says of its score, of the model's inputs, and of an experiment if it holds one.

    Parameters
    ----------
    source : the survey of a plan. draws : samples of hamlets behind each interval. seed : of these samples.

    Returns
    -------
    ``survey``, ``score``, ``curve`` (exclusion at each quota), ``inputs`` (estimated, default, range), ``arms`` and
    ``differences`` (by arm and measure: value, low, high), ``agreement`` (rank correlations within hamlets). All of it
    can be written as JSON.
    """
    opened = open_survey(source)
    survey, score = opened.survey, opened.score
    arms, differences = measure_arms(survey, draws=draws, seed=seed)
    return {
        "survey": source.to_dict() | {"left_out": survey.left_out, "hamlets": int(np.unique(score.hamlet).size)},
        "score": {
            "r2_in_sample": score.r2_in_sample,
            "r2_out_of_hamlet": score.r2_out_of_hamlet,
            **moments(score),
            "intercept": score.intercept,
            "coefficients": score.coefficients,
        },
        "curve": [{"quota": quota, "exclusion_error": curve_at(score, quota)} for quota in QUOTAS],
        "inputs": dict(_inputs(opened)),
        "arms": _plain(arms),
        "differences": _plain(differences),
        "agreement": measure_agreement(survey, score),
    }


def _plain(table: dict[str, dict[str, Interval]]) -> dict[str, dict[str, dict[str, float]]]:
    return {name: {key: asdict(one) for key, one in row.items()} for name, row in table.items()}


def _inputs(opened: Opened) -> Iterator[tuple[str, dict[str, object]]]:
    for key, value in opened.inputs.items():
        declared = ASSUMPTIONS[key]
        yield key, {"estimated": value, "default": declared.default, "plausible": declared.plausible}


def curve_at(score: Score, quota: float) -> float:
    """Return the exclusion error of a score when as many are poor as places are given (evidence P2-02)."""
    weight = score.weight
    poor = ranks(score.log_consumption, weight) <= quota
    chosen = ranks(score.predicted, weight) <= quota
    return float(exclusion_error(weight[poor].sum(), weight[poor & ~chosen].sum()))


def measure_arms(
    survey: Survey, *, draws: int = 400, seed: int = 1
) -> tuple[dict[str, dict[str, Interval]], dict[str, dict[str, Interval]]]:
    """Return the measures of each arm of an experiment, and their differences from the first arm (evidence T1).

    Both are empty where the survey holds no experiment. Poor are those below the survey's line; deciles and groups are
    those of all families of the survey, the ranks behind incidence those of the arm.
    """
    if survey.arm is None:
        return {}, {}
    luck = np.random.default_rng(seed)
    families = histogram(bin_of(survey.lines), survey.lines, survey.weight)[0]
    decile, group = decile_of_bins(families), _groups(survey)
    values, samples = {}, {}
    for number, name in enumerate(survey.arms):
        arm = _Arm.of(survey, survey.arm == number, decile, group)
        values[name] = arm.measure(arm.weight)
        taken = [arm.measure(arm.sampled(luck)) for _ in range(draws)]
        samples[name] = {key: np.array([one[key] for one in taken]) for key in values[name]}
    first = survey.arms[0]
    arms = {name: {key: _interval(values[name][key], samples[name][key]) for key in values[name]} for name in values}
    differences = {
        name: {
            key: _interval(values[name][key] - values[first][key], samples[name][key] - samples[first][key])
            for key in values[name]
        }
        for name in survey.arms[1:]
    }
    return arms, differences


@dataclass(frozen=True, slots=True, eq=False)
class _Arm:
    """The families of one arm; ``decile`` is that of each bin of consumption."""

    lines: np.ndarray
    bins: np.ndarray
    weight: np.ndarray
    selected: np.ndarray
    group: np.ndarray
    hamlet: np.ndarray
    decile: np.ndarray

    @classmethod
    def of(cls, survey: Survey, rows: np.ndarray, decile: np.ndarray, group: np.ndarray) -> _Arm:
        lines = survey.lines[rows]
        hamlet = np.unique(survey.hamlet[rows], return_inverse=True)[1]
        chosen = survey.selected[rows] == 1
        return cls(lines, bin_of(lines), survey.weight[rows], chosen, group[rows], hamlet, decile)

    def sampled(self, luck: np.random.Generator) -> np.ndarray:
        """Return the weights of a sample of as many whole hamlets, drawn with replacement."""
        hamlets = int(self.hamlet.max()) + 1
        times = np.bincount(luck.integers(hamlets, size=hamlets), minlength=hamlets)
        return self.weight * times[self.hamlet]

    def measure(self, weight: np.ndarray) -> dict[str, float]:
        """Return all measures of the arm under these weights."""
        chosen, poor = self.selected, self.lines < 1
        sum_poor, missed = weight[poor].sum(), weight[poor & ~chosen].sum()
        not_poor, wrong = weight[~poor].sum(), weight[~poor & chosen].sum()
        right = sum_poor - missed
        row = {
            "coverage": (right + wrong) / weight.sum(),
            "mistargeting": (missed + wrong) / weight.sum(),
            "exclusion_error": exclusion_error(sum_poor, missed),
            "inclusion_error": inclusion_error(not_poor, wrong),
            "leakage": leakage(right + wrong, wrong),
        }
        row["targeting_differential"] = 1 - row["exclusion_error"] - row["inclusion_error"]
        return row | self._incidence(weight) | self._by_group(weight)

    def _incidence(self, weight: np.ndarray) -> dict[str, float]:
        """Return incidence and coverage by decile, each chosen family getting the same."""
        everybody, nobody = np.arange(weight.size), np.zeros(weight.size, bool)
        people = histogram(self.bins, self.lines, weight)[0]
        of_decile = np.bincount(self.decile, people, 10)
        chosen = weight * self.selected
        counts, benefit = incidence(everybody, self.bins, self.decile, weight, self.selected, nobody, chosen)
        rank = rank_of_bins(people)
        row = {"cgh_ratio": cgh_ratio(benefit, rank), "concentration_coefficient": concentration(benefit, rank)}
        for number, families in enumerate(of_decile):
            row[f"coverage_by_decile_{number + 1:02d}"] = counts[0, number] / families if families else float("nan")
        row["coverage_poorest_two_deciles"] = counts[0, :2].sum() / max(of_decile[:2].sum(), 1e-12)
        return row

    def _by_group(self, weight: np.ndarray) -> dict[str, float]:
        """Return the share of each group that is treated wrongly: poor and missed, or not poor and chosen."""
        wrong = (self.lines < 1) != self.selected
        total = np.bincount(self.group, weight, len(GROUPS))
        shares = np.bincount(self.group, weight * wrong, len(GROUPS)) / np.where(total > 0, total, np.nan)
        return {f"mistargeting_{name}": float(share) for name, share in zip(GROUPS, shares, strict=True)}


def _groups(survey: Survey) -> np.ndarray:
    """Return the group of each family, a number into ``GROUPS``."""
    group = np.empty(survey.lines.size, np.int64)
    for first, rows in ((0, survey.lines < 1), (2, survey.lines >= 1)):
        group[rows] = first + (ranks(survey.lines[rows], survey.weight[rows]) > 0.5)
    return group


def _interval(value: float, samples: np.ndarray) -> Interval:
    known = samples[np.isfinite(samples)]
    low, high = np.quantile(known, [0.025, 0.975]) if known.size else (float("nan"), float("nan"))
    return Interval(float(value), float(low), float(high))


def measure_agreement(survey: Survey, score: Score) -> dict[str, float]:
    """Return mean rank correlations within hamlets of five or more (evidence T1-13, T1-14).

    Between the ranking by the community, consumption, the score and how families see themselves, as far as the survey
    has them; by arm where it has arms.
    """
    predicted = np.full(survey.lines.size, np.nan)
    predicted[survey.complete] = score.predicted
    columns = {
        "community_rank": survey.community_rank,
        "score": predicted,
        "consumption": survey.lines,
        "self_assessed": survey.self_assessed,
    }
    known = {name: values for name, values in columns.items() if values is not None}
    found = {}
    for one, other in (
        ("community_rank", "consumption"),
        ("community_rank", "self_assessed"),
        ("score", "self_assessed"),
        ("consumption", "self_assessed"),
    ):
        if one in known and other in known:
            for name, rows in _parts(survey):
                value = _mean_rank_correlation(known[one][rows], known[other][rows], survey.hamlet[rows])
                if value is not None:
                    found[f"{one}, {other}{name}"] = value
    return found


def _parts(survey: Survey) -> Iterator[tuple[str, np.ndarray]]:
    if survey.arm is None:
        yield "", np.ones(survey.lines.size, bool)
    for number, name in enumerate(survey.arms):
        yield f" ({name})", survey.arm == number


def _mean_rank_correlation(a: np.ndarray, b: np.ndarray, hamlet: np.ndarray) -> float | None:
    known = np.isfinite(a) & np.isfinite(b)
    a, b, hamlet = a[known], b[known], hamlet[known]
    correlations = []
    for rows in in_groups(hamlet):
        one = np.ones(rows.size)
        ranks_a, ranks_b = ranks(a[rows], one), ranks(b[rows], one)
        if rows.size >= _FEWEST_IN_HAMLET and ranks_a.std() > 0 and ranks_b.std() > 0:
            correlations.append(np.corrcoef(ranks_a, ranks_b)[0, 1])
    return float(np.mean(correlations)) if correlations else None
