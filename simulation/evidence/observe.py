"""Living through a run and reading off it what statements ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from simulation.context import Now
from simulation.evidence.lists import ListBook
from simulation.evidence.panel import QUESTIONS, Wave
from simulation.evidence.targets import Statement
from simulation.experiments.recorder import Recorder
from simulation.model import AssistanceModel, discard
from simulation.plan import Plan
from simulation.start import Start

IN_RUNS = ("months", "panel", "lists")
"""The instruments that read a run; the others hold their own."""


def months_needed(statements: Sequence[Statement], plan: Plan) -> int:
    """Return how many months a run must last for these statements."""
    return max((_last_month(one, plan) for one in statements), default=-1) + 1


def _last_month(statement: Statement, plan: Plan) -> int:
    if statement.instrument == "panel":
        return 12 * QUESTIONS[statement.measure].years
    return statement.last.minus(plan.start)


def observe(plan: Plan, statements: Sequence[Statement], start: Start) -> dict[str, float]:
    """Live from the start as long as the statements need, and return the value of each by its name.

    A value is nan where the plan gives no answer: its months lie elsewhere, or what is asked for does not happen in it.
    """
    months = months_needed(statements, plan)
    if months < 1:
        return dict.fromkeys((one.name for one in statements), np.nan)
    model = AssistanceModel(plan.with_(months=months), start=start)
    watch = Watch(model, statements)
    model.measure = watch.take
    while model.running:
        model.step()
    discard(model)
    return {one.name: watch.value(one) for one in statements}


class Watch:
    """Keeps of each month what the statements of a run will ask for."""

    def __init__(self, model: AssistanceModel, statements: Sequence[Statement]) -> None:
        asked = {one.instrument for one in statements}
        self.plan = model.plan
        self.recorder = Recorder(model) if "months" in asked else None
        self.lists = ListBook(model) if "lists" in asked else None
        self.waves: dict[int, Wave] = {}
        self.with_panel = "panel" in asked

    def take(self, now: Now) -> None:
        """Take down the month just lived."""
        if self.recorder:
            self.recorder.take(now)
        if self.lists:
            self.lists.take(now)
        if self.with_panel and now.month % 12 == 0:
            self.waves[now.month // 12] = Wave.of(now)

    def value(self, statement: Statement) -> float:
        """Return what the run says on a statement, counts of families as those of the whole city."""
        if statement.instrument == "panel":
            return float(QUESTIONS[statement.measure].answer(self.waves))
        first, last = (date.minus(self.plan.start) for date in (statement.first, statement.last))
        if first < 0 or last < first:
            return np.nan
        if statement.instrument == "lists":
            return self.lists.value(statement.measure, range(first, last + 1))
        value = _mean(self.recorder.months[first : last + 1], statement.measure)
        return value / self.plan.scale if statement.unit == "families" else value


def _mean(months: Sequence[Mapping[str, float]], measure: str) -> float:
    """Return the mean of a measure over the months in which it is a number."""
    values = np.array([month[measure] for month in months], float)
    return float(np.nanmean(values)) if np.isfinite(values).any() else np.nan
