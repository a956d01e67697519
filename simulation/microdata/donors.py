"""The survey's households as donors: which of them a family of the city is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.microdata.score import Score
from simulation.microdata.shape import latent
from simulation.microdata.survey import Survey


@dataclass(frozen=True, slots=True, eq=False)
class Donors:
    """The complete households of a survey, on the model's scales.

    ``seen`` and ``index`` are the normal scores of the proxy score and of consumption, ``log_lines`` is log consumption
    in poverty lines. They are ordered in strips of similar score, and within a strip by consumption; ``strip_edge`` and
    ``edge`` are the cumulated weights at the end of each strip and of each household, 1 at the last.
    """

    seen: np.ndarray
    index: np.ndarray
    log_lines: np.ndarray
    size: np.ndarray
    members: dict[str, np.ndarray]
    strip_edge: np.ndarray
    edge: np.ndarray
    assistance_included: bool

    @property
    def weight(self) -> np.ndarray:
        """Share of the families that each household stands for."""
        return np.diff(self.edge, prepend=0.0)

    def choose(self, seen_rank: np.ndarray, rest_rank: np.ndarray) -> np.ndarray:
        """Return the household that each family is.

        The rank of the family's score finds the strip, the rank of the rest of its welfare a household within it. Where
        both ranks are uniform, every household is chosen in proportion to its weight.
        """
        strip = np.minimum(np.searchsorted(self.strip_edge, seen_rank), self.strip_edge.size - 1)
        begin = np.concatenate([[0.0], self.strip_edge])[strip]
        place = begin + rest_rank * (self.strip_edge[strip] - begin)
        return np.minimum(np.searchsorted(self.edge, place), self.edge.size - 1)


def make_donors(survey: Survey, score: Score, *, assistance_included: bool = True) -> Donors:
    """Order the complete households of a survey in about as many strips as each strip has households."""
    found = latent(survey, score)
    strips = max(int(np.sqrt(found.seen.size)), 1)
    by_score = np.argsort(found.seen, kind="stable")
    strip = np.empty(by_score.size, np.int64)
    strip[by_score] = np.arange(by_score.size) * strips // by_score.size
    order = np.lexsort((found.index, strip))
    edge = np.cumsum(score.weight[order]) / score.weight.sum()
    edge[-1] = 1.0
    rows = np.flatnonzero(survey.complete)[order]
    return Donors(
        seen=found.seen[order],
        index=found.index[order],
        log_lines=np.log(survey.lines[rows]),
        size=survey.size[rows],
        members={group: counts[rows] for group, counts in survey.members.items()},
        strip_edge=edge[np.cumsum(np.bincount(strip)) - 1],
        edge=edge,
        assistance_included=assistance_included,
    )
