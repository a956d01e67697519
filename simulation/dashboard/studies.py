"""Several scenarios beside a baseline, as the page shows them: the study behind it, names, colours and differences."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from simulation.analysis.style import AMBER, BLUE, GREEN, OCHRE, PURPLE, RED, SKY
from simulation.analysis.words import Words
from simulation.comparison.compare import Comparison
from simulation.comparison.differences import end_values, over_replicates
from simulation.comparison.flips import flip_tables
from simulation.comparison.study import RUN, Arm, Study, shown
from simulation.comparison.words import ComparisonWords
from simulation.dashboard.compare import HEADLINES, Difference, Headline, difference_of
from simulation.dashboard.desk import Arms
from simulation.dashboard.digest import RECENT_MONTHS, Families
from simulation.dashboard.levers import say_with_unit
from simulation.dashboard.lines import Axis
from simulation.dashboard.results import enlarged
from simulation.dashboard.svg import BASELINE, NARROW, WIDE
from simulation.dashboard.text import fill
from simulation.parameters import ASSUMPTIONS, LEVERS
from simulation.plan import Plan
from simulation.settings import START

LOOKS = (
    (BLUE, ""), (RED, "8 3"), (GREEN, "2 3"), (PURPLE, "9 3 2 3"), (OCHRE, "5 2"), (SKY, ""), (AMBER, "3 2"),
)  # fmt: skip
"""Colour and dashes of the scenarios in their order, told apart by colour-blind eyes and in grey."""

MOST_ARMS = len(LOOKS)
"""So many scenarios beside the baseline can be told apart on a chart."""


@dataclass(frozen=True)
class SideBySide:
    """A comparison as the page shows it; ``quick`` says that its runs are of the small city that answers first."""

    comparison: Comparison
    words: ComparisonWords
    narrow: bool
    quick: bool = False

    @property
    def study(self) -> Study:
        """The study that is compared."""
        return self.comparison.study

    @property
    def baseline(self) -> Arm:
        """What the others are compared with."""
        return self.comparison.baseline

    @cached_property
    def others(self) -> tuple[Arm, ...]:
        """All that is compared with the baseline and drawn."""
        return tuple(arm for arm in self.study.arms if arm != self.baseline)[:MOST_ARMS]

    @property
    def arms(self) -> tuple[Arm, ...]:
        """The baseline and the others."""
        return self.baseline, *self.others

    @property
    def width(self) -> float:
        """The width of drawings."""
        return NARROW if self.narrow else WIDE

    @cached_property
    def axis(self) -> Axis:
        """The months of the runs."""
        plan = self.study.plans.get(self.baseline[0])
        start = plan.start if plan else START
        return Axis(start, self.study.months[-1] + 1, tuple(month for month, _ in plan.changes[1:]) if plan else ())

    @property
    def headlines(self) -> tuple[Headline, ...]:
        """The headlines that the results hold."""
        return tuple(one for one in HEADLINES if one.measure in self.study.measures)

    def say(self, key: str, /, **named: object) -> str:
        """Return words of the page in the language of the reader."""
        return fill(self.words.language, key, **named)

    def name(self, arm: Arm) -> str:
        """Return what an arm is called."""
        plan, settings = self.study.plans.get(arm[0]), self.study.settings(arm)
        title = self.say("baseline") if arm[0] == "baseline" else self.words.say(plan.title) if plan else arm[0]
        said = [say_setting(key, value, self.words, alone=len(settings) == 1) for key, value in settings.items()]
        return ", ".join(said if said and len(self.study.scenarios) == 1 else [title, *said])

    def look(self, arm: Arm) -> tuple[str, str]:
        """Return the colour and the dashes of an arm."""
        return (BASELINE, "5 4") if arm == self.baseline else LOOKS[self.others.index(arm)]

    def months(self, arm: Arm, measure: str) -> np.ndarray:
        """Return a measure for the whole city, shape (replicates, months); nan where no run or month was kept."""
        frame = self.study.frame
        mine = frame[(frame["scenario"] == arm[0]) & (frame["point"] == arm[1])]
        wide = mine.pivot(index="replicate", columns="month", values=measure)
        every = wide.reindex(self.study.replicates, columns=range(self.axis.months)).to_numpy(float)
        return every * enlarged(measure, self.study.scale)

    def values(self, headline: Headline, arm: Arm) -> np.ndarray:
        """Return a headline of every replicate, for the whole city; of money what a year costs."""
        ends = end_values(self.study, [headline.measure], RECENT_MONTHS)
        factor = enlarged(headline.measure, self.study.scale) * (12 if headline.kind == "money" else 1)
        return over_replicates(ends, arm, self.study.replicates)[:, 0] * factor

    def difference(self, headline: Headline, arm: Arm) -> Difference:
        """Return how an arm differs from the baseline, over the replicates in which both came to their end."""
        before, after = self.values(headline, self.baseline), self.values(headline, arm)
        both = np.isfinite(before) & np.isfinite(after)
        return difference_of(headline, before[both], after[both]) if both.any() else unknown(headline)


def say_setting(key: str, value: object, words: Words, *, alone: bool) -> str:
    """Return a swept setting in words; where it stands alone its value says enough."""
    name = key.rpartition(".")[2]
    lever = LEVERS.get(name) or ASSUMPTIONS.get(name)
    if lever is None or lever.kind == "events":
        return f"{name} {shown(value)}"
    said = say_with_unit(lever, value, words)
    return said if alone and lever.kind != "bool" else f"{words.say(lever.label)}: {said}"


def unknown(headline: Headline) -> Difference:
    """Return the difference of what has no value in any run."""
    return difference_of(headline, np.array([np.nan]), np.array([np.nan]))


class RunFamilies:
    """What became of every family in runs of the moment, as ``batches.Families`` says it of runs in a folder.

    Parameters
    ----------
    runs : scenario and replicate (from 0) with the bytes of the last status of every family.
    cities : where and who the families are, by scenario.
    """

    def __init__(self, runs: Mapping[tuple[str, int], bytes], cities: Mapping[str, Families]) -> None:
        self._status = runs
        self._cities = {name: pd.DataFrame(dict(city)).set_index("luck_id") for name, city in cities.items()}
        self.runs = pd.DataFrame([(name, 0, number) for name, number in runs], columns=RUN)

    def pair(self, scenario: str, baseline: str, replicate: int, point: int = 0, baseline_point: int = 0):
        """Return the families of two runs of one replicate side by side (see ``batches.Families.pair``)."""
        ours, theirs = (self._of(name, replicate) for name in (scenario, baseline))
        return ours.join(theirs["status"].rename("status_baseline"), how="inner")

    def _of(self, scenario: str, replicate: int) -> pd.DataFrame:
        city, status = self._cities[scenario], np.frombuffer(self._status[scenario, replicate], np.int8)
        return city.iloc[: status.size].assign(status=status[: len(city)])


def study_of_answers(
    plans: Sequence[Plan], answers: Sequence[Arms], seeds: Sequence[int], families: RunFamilies | None = None
) -> Study:
    """Return the study of runs that the desk answered with, one tuple of digests a replicate, in the order of plans."""
    runs = [(plan, number, digests[place]) for place, plan in enumerate(plans) for number, digests in
            enumerate(answers)]  # fmt: skip
    months = plans[0].months
    dates = pd.to_datetime([plans[0].start.plus(month).date() for month in range(months)])
    names = pd.Categorical(np.repeat([plan.name for plan, _, _ in runs], months), [plan.name for plan in plans])
    numbers = np.repeat([number for _, number, _ in runs], months)
    columns = {
        "scenario": names, "point": 0, "replicate": numbers, "seed": np.array(seeds)[numbers],
        "month": np.tile(np.arange(months), len(runs)), "date": np.tile(dates, len(runs)),
    }  # fmt: skip
    measures = {name: np.concatenate([run.months[name] for _, _, run in runs]) for name in answers[0][0].months}
    known = {plan.name: plan for plan in plans}
    return Study(pd.DataFrame(columns | measures), known, families, natural=plans[0].name).checked()


def gains_of(study: Study, baseline: Arm, arm: Arm) -> dict[str, pd.DataFrame]:
    """Return how many families one arm reaches and loses, in all, by group and by kelurahan (see ``flip_tables``)."""
    return flip_tables(replace(study, frame=rows_of(study, (baseline, arm))), baseline)


def rows_of(study: Study, arms: Collection[Arm]) -> pd.DataFrame:
    """Return the rows of some arms."""
    pairs = zip(study.frame["scenario"], study.frame["point"], strict=True)
    return study.frame[[(str(scenario), int(point)) in arms for scenario, point in pairs]]
