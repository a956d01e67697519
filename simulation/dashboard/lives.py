"""One family's life under two policies on the same luck: found by what became of it, told month by month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from simulation.model import AssistanceModel
    from simulation.plan import Plan
    from simulation.start import Start

ANY = "any"
"""Asks for any poor family, whatever became of it."""

Facts = dict[str, Any]


@dataclass(frozen=True)
class Life:
    """The months of one family under the baseline and under a chosen policy.

    ``count`` is the number of families of that kind, ``row`` the one that is told; with no such family ``row`` is -1
    and the months are empty.
    """

    row: int
    count: int
    baseline: tuple[Facts, ...] = ()
    chosen: tuple[Facts, ...] = ()


@dataclass(frozen=True)
class Wish:
    """Whose life is asked for: the ``number``-th family that ends the baseline's run with this status."""

    baseline: Plan
    chosen: Plan
    status: str
    number: int


def live_again(wish: Wish, start: Start) -> Life:
    """Find the family that is asked for and live its months under both policies."""
    rows = _candidates(wish, start)
    if not rows.size:
        return Life(-1, 0)
    row = int(rows[wish.number % rows.size])
    before, after = (_months(plan, start, row) for plan in (wish.baseline, wish.chosen))
    return Life(row, int(rows.size), before, after)


def _candidates(wish: Wish, start: Start) -> np.ndarray:
    """Return the rows of families present from the start to the end that have the status in the last month."""
    from simulation.measures.cascade import Status, status_in

    found: list[np.ndarray] = []

    def look(model: AssistanceModel) -> None:
        if not model.running:
            hh, was = model.now.hh, start.hh
            present = np.flatnonzero(was.active & hh.active[: was.rows])
            ends = status_in(model.now)[present]
            found.append(present[ends != Status.not_poor if wish.status == ANY else ends == Status[wish.status]])

    _live(wish.baseline, start, look)
    return found[0]


def _months(plan: Plan, start: Start, row: int) -> tuple[Facts, ...]:
    """Return the facts of one family in every month of a run."""
    from simulation.agents.facts import facts_of

    found: list[Facts] = []
    _live(plan, start, lambda model: found.append(facts_of(model, row)))
    return tuple(found)


def _live(plan: Plan, start: Start, watch: Callable[[AssistanceModel], None]) -> None:
    """Run a plan to its end without measuring; ``watch`` is called with the model after each month."""
    from simulation.model import AssistanceModel, discard

    model = AssistanceModel(plan, start=start)
    model.measure = lambda _: None
    try:
        while model.running:
            model.step()
            watch(model)
    finally:
        discard(model)
