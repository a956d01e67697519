"""A city that lives a month at a time while somebody watches: the baseline and the chosen policy on the same luck."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulation.dashboard.digest import Digest
from simulation.experiments.recorder import Recorder
from simulation.measures import MEASURES
from simulation.measures.cascade import STATUSES
from simulation.model import AssistanceModel, discard, live_through_history
from simulation.plan import Plan
from simulation.start import recent_start

MOST_LIVES = 8
"""So many cities live at once; the one that nobody has moved for longest makes room."""


@dataclass(frozen=True)
class Frame:
    """What is known after some months, for the baseline and the chosen policy.

    ``months`` holds every measure, nan in months to come, ``persons`` the poor by status in the last month.
    """

    done: int
    months: tuple[dict[str, np.ndarray], ...]
    persons: tuple[np.ndarray, ...]
    families: int

    def digests(self) -> tuple[Digest, ...]:
        """Return the last month of both as digests, for charts that are drawn of digests."""
        nothing = np.zeros(0)
        return tuple(
            Digest({}, persons[None], nothing, nothing, nothing, self.families, 0.0) for persons in self.persons
        )


class LivingCity:
    """Two small cities that take their steps together.

    Parameters
    ----------
    plans : the baseline and the chosen policy; one of them alone where both are the same.
    """

    def __init__(self, plans: Sequence[Plan]) -> None:
        self.plans, self.closed = tuple(plans), False
        self._lock = threading.Lock()
        self._models = [AssistanceModel(plan, start=recent_start(plan, live_through_history)) for plan in plans]
        self._recorders = [Recorder(model) for model in self._models]
        for model, recorder in zip(self._models, self._recorders, strict=True):
            model.measure = recorder.take
        _make_room(self)

    @property
    def done(self) -> int:
        """The months that have been lived."""
        return len(self._recorders[0].months)

    def step(self) -> Frame | None:
        """Live a month and return what is known now; none where the city is gone or has come to its end."""
        with self._lock:
            if self.closed or self.done >= self.plans[0].months:
                return None
            for model in self._models:
                model.step()
            _moved(self)
            return self._frame()

    def _frame(self) -> Frame:
        total, months = self.plans[0].months, []
        for recorder in self._recorders:
            rows = {name: [row[name] for row in recorder.months] for name in MEASURES}
            rest = np.full(total - self.done, np.nan)
            months.append({name: np.concatenate([np.array(values, float), rest]) for name, values in rows.items()})
        persons = tuple(recorder.cascade[-1][0, : len(STATUSES)].astype(float) for recorder in self._recorders)
        return Frame(self.done, tuple(months), persons, int(self._recorders[0].months[-1]["families"]))

    def close(self) -> None:
        """Let the cities go."""
        with self._lock:
            if not self.closed:
                self.closed = True
                for model in self._models:
                    discard(model)
        with _living_lock:
            if self in _living:
                _living.remove(self)


_living: list[LivingCity] = []
_living_lock = threading.Lock()


def _make_room(city: LivingCity) -> None:
    with _living_lock:
        _living.append(city)
        gone = _living[:-MOST_LIVES]
    for one in gone:
        one.close()


def _moved(city: LivingCity) -> None:
    with _living_lock:
        if city in _living:
            _living.remove(city)
            _living.append(city)
