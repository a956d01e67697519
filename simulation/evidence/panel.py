"""What a survey that comes back to the same families after one, two and three years would find in the model.

Poor means what it means everywhere in the model: consumption before transfers below the line this month.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata, spearmanr

from simulation.context import Now


@dataclass(frozen=True, slots=True)
class Wave:
    """What is asked of every family in one year of the survey; rows are families, the same in each wave."""

    present: np.ndarray
    persons: np.ndarray
    consumption: np.ndarray
    """A head, in poverty lines, before transfers."""
    consumption_after: np.ndarray
    score: np.ndarray
    """What proxies see of welfare: the score of a survey without errors of its own."""

    @classmethod
    def of(cls, now: Now) -> Wave:
        """Ask the families of a month."""
        hh = now.hh
        return cls(
            present=hh.active.copy(),
            persons=hh.size.astype(float),
            consumption=hh.consumption.copy(),
            consumption_after=hh.consumption_after.copy(),
            score=hh.seen_welfare.copy(),
        )

    def take(self, rows: np.ndarray) -> Wave:
        """Return the answers of some of the families."""
        return Wave(*(getattr(self, name)[rows] for name in self.__slots__))


def stayers(first: Wave, later: Wave) -> tuple[Wave, Wave]:
    """Return the answers of the families who are there both times."""
    rows = np.flatnonzero(first.present & later.present[: first.present.size])
    return first.take(rows), later.take(rows)


def near_line_ratio(waves: Mapping[int, Wave]) -> float:
    """Return the persons below one and a half lines for each who is below the line, after transfers."""
    wave = waves[0].take(np.flatnonzero(waves[0].present))
    below = [wave.persons[wave.consumption_after < line].sum() for line in (1.5, 1.0)]
    return below[0] / below[1] if below[1] > 0 else np.nan


def score_r2(waves: Mapping[int, Wave]) -> float:
    """Return the share of the variance of log consumption that the score explains, over families."""
    wave = waves[0].take(np.flatnonzero(waves[0].present))
    return float(np.corrcoef(np.log(wave.consumption), wave.score)[0, 1] ** 2)


def missed_by_score(waves: Mapping[int, Wave], share: float) -> float:
    """Return the share of the poorest families, ``share`` of all, whom the lowest scores, as many, leave out."""
    wave = waves[0].take(np.flatnonzero(waves[0].present))
    count = max(round(share * wave.score.size), 1)
    poorest, chosen = (np.argpartition(values, count - 1)[:count] for values in (wave.consumption, wave.score))
    return 1 - np.intersect1d(poorest, chosen).size / count


def _poverty_of_both(waves: Mapping[int, Wave], years: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the persons of the stayers, whether they are poor at first, and whether they are poor later."""
    first, later = stayers(waves[0], waves[years])
    return first.persons, first.consumption < 1, later.consumption < 1


def new_poor_share(waves: Mapping[int, Wave]) -> float:
    """Return the share of the poor, persons, who were not poor a year before."""
    persons, before, now = _poverty_of_both(waves, 1)
    return _share(persons, now & ~before, now)


def poor_both_times(waves: Mapping[int, Wave]) -> float:
    """Return the share of persons who are poor at first and two years later."""
    persons, before, now = _poverty_of_both(waves, 2)
    return _share(persons, before & now, np.ones_like(now))


def left_poverty_share(waves: Mapping[int, Wave]) -> float:
    """Return the share of the poor, persons, who are not poor two years later."""
    persons, before, now = _poverty_of_both(waves, 2)
    return _share(persons, before & ~now, before)


def _share(persons: np.ndarray, part: np.ndarray, whole: np.ndarray) -> float:
    total = persons[whole].sum()
    return float(persons[part].sum() / total) if total > 0 else np.nan


def rank_correlation_fall(waves: Mapping[int, Wave]) -> float:
    """Return the rank correlation of consumption over one year less that over two."""
    pairs = [stayers(waves[0], waves[years]) for years in (1, 2)]
    one, two = (spearmanr(first.consumption, later.consumption).statistic for first, later in pairs)
    return float(one - two)


def _rank_moves(waves: Mapping[int, Wave]) -> tuple[np.ndarray, np.ndarray]:
    """Return the ranks among the stayers, between 0 and 1, at first and three years later."""
    first, later = stayers(waves[0], waves[3])
    ranks = [(rankdata(wave.consumption) - 0.5) / wave.consumption.size for wave in (first, later)]
    return ranks[0], ranks[1]


def risen_share(waves: Mapping[int, Wave]) -> float:
    """Return the share of families of the poorest three deciles who are above the fourth three years later."""
    before, now = _rank_moves(waves)
    return float((now[before < 0.3] > 0.4).mean())


def fallen_share(waves: Mapping[int, Wave]) -> float:
    """Return the share of families of the upper six deciles who are in the poorest three three years later."""
    before, now = _rank_moves(waves)
    return float((now[before > 0.4] < 0.3).mean())


@dataclass(frozen=True, slots=True)
class Question:
    """One figure of the panel: how it is worked out, and how many years after the first wave the last one comes."""

    answer: Callable[[Mapping[int, Wave]], float]
    years: int = 0


QUESTIONS: Mapping[str, Question] = {
    "near_line_ratio": Question(near_line_ratio),
    "score_r2": Question(score_r2),
    "missed_by_score_10": Question(lambda waves: missed_by_score(waves, 0.1)),
    "missed_by_score_20": Question(lambda waves: missed_by_score(waves, 0.2)),
    "missed_by_score_40": Question(lambda waves: missed_by_score(waves, 0.4)),
    "new_poor_share": Question(new_poor_share, 1),
    "poor_both_times": Question(poor_both_times, 2),
    "rank_correlation_fall": Question(rank_correlation_fall, 2),
    "left_poverty_share": Question(left_poverty_share, 2),
    "risen_share": Question(risen_share, 3),
    "fallen_share": Question(fallen_share, 3),
}
"""What the panel can be asked, by measure."""
