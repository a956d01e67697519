"""What the charts are drawn from: the runs of two policies that are known, and how to speak of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from simulation.analysis.words import Words
from simulation.dashboard.desk import Arms
from simulation.dashboard.digest import Digest
from simulation.dashboard.downloads import Table
from simulation.dashboard.svg import NARROW, WIDE
from simulation.dashboard.text import fill
from simulation.measures import MEASURES
from simulation.plan import Plan

_WITHOUT_SIZE = ("Rp a head and month", "Rp per Rp", "Rp per person", "months", "0 to 1")
"""Units of measures, other than shares, that are as large in a part of the city as in the whole."""


@dataclass(frozen=True)
class Results:
    """Runs of the baseline and of a chosen policy on the same luck, at least one pair.

    ``seed`` is the first of their seeds. ``quick`` says that they are of the small city that answers first, ``scale``
    what share of the city was run. What adds up, such as money, is written for the whole city.
    """

    baseline: Plan
    chosen: Plan
    pairs: tuple[Arms, ...]
    seed: int
    quick: bool
    scale: float
    words: Words
    narrow: bool

    @property
    def same(self) -> bool:
        """Whether nothing was chosen."""
        return self.baseline == self.chosen

    @property
    def sides(self) -> tuple[int, ...]:
        """The sides that are drawn: the baseline (0) and the choice (1), or one of them where both are the same."""
        return (0,) if self.same else (0, 1)

    @property
    def width(self) -> float:
        """The width of drawings."""
        return NARROW if self.narrow else WIDE

    def say(self, key: str, /, **named: object) -> str:
        """Return words of the page in the language of the reader."""
        return fill(self.words.language, key, **named)

    def name(self, side: int) -> str:
        """Return what a side is called."""
        return self.say("chosen" if side else "baseline")

    def runs(self, side: int) -> tuple[Digest, ...]:
        """Return the runs of one side."""
        return tuple(pair[side] for pair in self.pairs)

    def mean(self, side: int, value: Callable[[Digest], object]) -> np.ndarray:
        """Return the mean of something over the runs of one side, leaving out what is unknown."""
        return mean_known(np.array([value(run) for run in self.runs(side)], float))

    def recent(self, side: int, measure: str) -> float:
        """Return a measure over the last year, for the whole city."""
        return float(self.mean(side, lambda run: run.recent(measure))) * self.enlarged(measure)

    def yearly(self, side: int, measure: str) -> float:
        """Return what a flow adds up to in a year, for the whole city."""
        return 12 * self.recent(side, measure)

    def enlarged(self, measure: str) -> float:
        """Return by what a measure is multiplied to stand for the whole city."""
        return enlarged(measure, self.scale)


@dataclass(frozen=True)
class Chart:
    """A picture with its title, what it counts, notes, and the table behind it; ``key`` names its files.

    ``command`` gives the same numbers in the terminal, where there is one.
    """

    key: str
    title: str
    what: str
    picture: str
    notes: tuple[str, ...]
    table: Table
    command: str = ""


def enlarged(measure: str, scale: float) -> float:
    """Return by what a measure of a part of the city is multiplied to stand for the whole city."""
    declared = MEASURES[measure]
    return 1.0 if declared.kind == "share" or declared.unit in _WITHOUT_SIZE else 1 / scale


def mean_known(values: np.ndarray) -> np.ndarray:
    """Return the mean over the first axis of what is known, nan where nothing is."""
    known = np.isfinite(values)
    count = known.sum(axis=0)
    total = np.where(known, values, 0.0).sum(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
