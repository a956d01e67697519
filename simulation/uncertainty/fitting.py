"""What is fitted to what: the free assumptions, the published figures, and how far a trial is from them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.evidence.observe import IN_RUNS, observe
from simulation.evidence.targets import Statement, all_statements
from simulation.model import live_through_history
from simulation.parameters import PARAMETERS
from simulation.plan import Plan

FREE: Mapping[str, tuple[str, ...]] = {
    "growth_over_line_per_year": ("poverty_2024",),
    "transitory_persistence_per_month": ("new_poor", "rank_keeps"),
    "seen_persistence_per_year": ("poor_both_times", "left_poverty"),
    "sweep_listed_share_of_persons": ("listed",),
    "match_reach_per_year": ("unmatched",),
    "duplicate_arising_per_year": ("doubled",),
    "proposals_per_year": ("proposals_waiting",),
    "removal_rule_per_year": ("records_struck",),
    "removal_ineligible_per_year": ("sembako_removed",),
}
"""The free assumptions, each with the fitted figures that it moves most; none of them is found in a source."""

FAR = 1e6
"""The distance of a trial that gave no answer."""


@dataclass(frozen=True)
class Trial:
    """What a trial needs: the plan, the keys of the free assumptions, how many seeds, and the root of all seeds."""

    plan: Plan
    statements: tuple[Statement, ...]
    seeds: int
    root: int

    def values(self, settings: Mapping[str, float]) -> dict[str, float]:
        """Run some seeds with these settings of assumptions, and return the mean of each figure.

        The seeds follow from the settings, so that a trial gives the same wherever and whenever it is run, and no two
        trials share their luck.
        """
        sets = {f"assumptions.{key}": float(value) for key, value in settings.items()}
        found = [self._one(sets, seed) for seed in self._seeds(sets.values())]
        return {one.name: float(np.mean([values[one.name] for values in found])) for one in self.statements}

    def _one(self, sets: Mapping[str, float], seed: int) -> dict[str, float]:
        plan = self.plan.override(sets, "a trial").with_(seed=seed)
        return observe(plan, self.statements, live_through_history(plan))

    def _seeds(self, values: Iterable[float]) -> list[int]:
        words = np.frombuffer(np.array(list(values), float).tobytes(), np.uint32).tolist()
        return np.random.SeedSequence([self.root, *words]).generate_state(self.seeds).tolist()


def fitted() -> tuple[Statement, ...]:
    """Return the statements that a calibration may use: of kind ``fitted``, with a band, read off a run."""
    return tuple(
        one
        for one in all_statements()
        if one.kind == "fitted" and one.instrument in IN_RUNS and math.isfinite(one.high - one.low)
    )


def prior() -> dict[str, tuple[float, float]]:
    """Return the plausible range of each free assumption; before any figure is looked at, all of it is as likely."""
    return {key: tuple(map(float, PARAMETERS[key].plausible)) for key in FREE}


def widths(statements: Sequence[Statement], noise: Mapping[str, float]) -> dict[str, float]:
    """Return in what unit the distance of each figure counts: half its band, widened by the luck of a trial."""
    return {one.name: math.hypot((one.high - one.low) / 2, noise[one.name]) for one in statements}


def distance(
    values: Mapping[str, float], names: Sequence[str], figures: Mapping[str, float], width: Mapping[str, float]
) -> float:
    """Return the root mean square of the deviations, each in its width; ``FAR`` where a figure is missing."""
    away = [(values[name] - figures[name]) / width[name] for name in names]
    far = math.sqrt(sum(one * one for one in away) / len(away))
    return far if math.isfinite(far) else FAR


def noise_of(trial: Trial, trials: int) -> dict[str, float]:
    """Return the standard deviation that luck gives to each figure of a trial, at the scenario's own assumptions."""
    found = []
    for number in range(trials):
        again = Trial(trial.plan, trial.statements, trial.seeds, trial.root + 1 + number)
        found.append(again.values({key: trial.plan.assumptions[key] for key in FREE}))
    return {one.name: float(np.std([values[one.name] for values in found], ddof=1)) for one in trial.statements}
