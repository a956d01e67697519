"""A batch: which plans at which points, how often, with which luck, and what is kept of every run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulation.batches.design import Design
from simulation.ensembles import Ensemble
from simulation.parameters import Text
from simulation.plan import Plan

BLOCK = 10
"""A stopping rule looks at the results after so many complete replicates, and again after as many more."""


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """One run of a batch: the place of its scenario, its point, its replicate; in canonical order when sorted."""

    scenario: int
    point: int
    replicate: int


@dataclass(frozen=True, slots=True)
class StoppingRule:
    """Go on until every paired difference of a measure is known to so much, or until ``most`` replicates are done."""

    until_half_width: float
    measure: str
    most: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a run: measures by name, months from 0, and whether the last status of every family."""

    measures: tuple[str, ...]
    months: tuple[int, ...]
    families: bool


@dataclass(frozen=True)
class Batch:
    """Everything that decides a batch; two equal batches give the same results in any order on any workers.

    ``plans`` are the scenarios with everything set that all runs share; a run adds its point and its seed. With an
    ``ensemble`` every replicate has a draw of it, the same in all scenarios and at all points, as it has a seed.
    """

    name: str
    title: Text
    plans: tuple[Plan, ...]
    baseline: str
    root_seed: int
    replicates: int
    kept: Kept
    question: Text = Text("", "")
    rule: StoppingRule | None = None
    design: Design = Design()
    source: str = ""
    ensemble: Ensemble | None = None

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Return the names of the scenarios."""
        return tuple(plan.name for plan in self.plans)

    @property
    def size(self) -> int:
        """Return the number of runs, at most."""
        return len(self.plans) * len(self.design.points) * self.replicates

    @cached_property
    def seeds(self) -> tuple[int, ...]:
        """Return the seed of each replicate: the same in every scenario and at every point."""
        return replicate_seeds(self.root_seed, self.replicates)

    @cached_property
    def draws(self) -> tuple[int, ...]:
        """Return the draw of the ensemble that each replicate has; more replicates leave those before as they are."""
        return tuple(self.ensemble.chosen(self.replicates, self.root_seed).tolist()) if self.ensemble else ()

    @property
    def one_city(self) -> bool:
        """Tell whether all replicates live in one city."""
        return self.plans[0].population_seed is not None and self.ensemble is None

    def cells(self) -> Iterator[tuple[int, int]]:
        """Yield every scenario and point, by number."""
        for scenario in range(len(self.plans)):
            for point in range(len(self.design.points)):
                yield scenario, point

    def plan_of(self, run: Run) -> Plan:
        """Return the plan of a run."""
        drawn = self.ensemble.settings(self.draws[run.replicate]) if self.ensemble else {}
        sets = drawn | self.design.settings_at(run.point) | {"run.seed": self.seeds[run.replicate]}
        return self.plans[run.scenario].override(sets, self.words_of(run))

    def words_of(self, run: Run) -> str:
        """Name a run for people."""
        point = f", point {run.point}" if self.design.keys else ""
        return f"{self.plans[run.scenario].name}{point}, replicate {run.replicate}"


def replicate_seeds(root: int, count: int) -> tuple[int, ...]:
    """Return the seeds of the first replicates, all different; more replicates leave those before as they are."""
    drawn = np.random.SeedSequence(root).generate_state(2 * count + 8)
    return tuple(dict.fromkeys(drawn.tolist()))[:count]
