"""Compare scenarios on the same luck: the question that a study is made for."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.comparison.cost import cost_table, price_effects, yearly_values
from simulation.comparison.differences import check_measures, check_name, compare_arms, end_values, window
from simulation.comparison.expectations import expectation_table
from simulation.comparison.flips import flip_tables
from simulation.comparison.runs import Scenarios, run_study
from simulation.comparison.study import Arm, Study, study_of_folder, study_of_frame
from simulation.errors import InputError
from simulation.experiments.paired import LEVEL

if TYPE_CHECKING:
    import pandas as pd

MEASURES = (
    "exclusion_error", "leakage_outside_deciles", "effective_exclusion_error", "poverty_headcount", "poverty_gap",
    "record_age_months", "paid_on_time_share", "value_received_share", "visits_done_share", "motivation", "cost_idr",
)  # fmt: skip
"""The measures that are compared unless others are asked for."""


@dataclass(frozen=True)
class Comparison:
    """Scenarios against a baseline.

    ``table`` has a row for each measure and arm, ``costs`` one for each arm, ``effects`` one for each arm and effect;
    ``flips``, ``flips_by_group`` and ``flips_by_kelurahan`` stand in ``families`` where families were kept, and
    ``expectations`` has a row for each prediction that the results can check. Tables that the results cannot fill are
    empty. ``spread`` tells apart what luck and what an ensemble of assumptions do, where runs drew from one.
    ``averaged`` is the number of months at the end over which shares and flows are averaged.
    """

    study: Study
    baseline: Arm
    measures: tuple[str, ...]
    averaged: int
    level: float
    table: pd.DataFrame
    costs: pd.DataFrame
    effects: pd.DataFrame
    families: dict[str, pd.DataFrame]
    expectations: pd.DataFrame
    spread: pd.DataFrame | None = None

    def row(self, measure: str, scenario: str) -> pd.Series:
        """Return the row of ``table`` for a measure and a scenario, or one at a point as in ``baseline:2``."""
        return self.row_of(measure, self.study.arm(scenario))

    def row_of(self, measure: str, arm: Arm) -> pd.Series:
        """Return the row of ``table`` for a measure and an arm."""
        if measure not in self.measures:
            raise InputError(f"'{measure}' was not compared; it was {', '.join(self.measures)}.")
        table = self.table
        found = (table["measure"] == measure) & (table["scenario"] == arm[0]) & (table["point"] == arm[1])
        return table[found].iloc[0]

    def tell(self, measure: str, scenario: str, language: str = "en") -> str:
        """Say in one sentence how a scenario differs from the baseline in a measure, and how sure that is."""
        from simulation.comparison.words import ComparisonWords

        return ComparisonWords(self, language).tell(measure, scenario)

    def judge(self, measure: str, scenario: str, low: float = -math.inf, high: float = math.inf) -> str:
        """Return whether a prediction held that the difference lies between ``low`` and ``high``.

        ``held`` where the whole interval lies between them, ``did not hold`` where all of it lies outside, otherwise
        ``undecided``. Units are those of the measure: shares, not percent.
        """
        row = self.row(measure, scenario)
        if low <= row["low"] and row["high"] <= high:
            return "held"
        return "did not hold" if row["high"] < low or row["low"] > high else "undecided"

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Return all tables by name."""
        own = {"differences": self.table, "costs": self.costs, "effects": self.effects}
        spread = {} if self.spread is None else {"spread": self.spread}
        return own | self.families | {"expectations": self.expectations} | spread


def compare(
    results: str | os.PathLike | pd.DataFrame | Scenarios,
    *,
    baseline: str | None = None,
    measures: Sequence[str] | None = None,
    last: int | None = None,
    level: float = LEVEL,
    replicates: int | None = None,
    months: int | None = None,
    scale: float | None = None,
    seed: int | None = None,
    workers: int | str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Comparison:
    """Compare scenarios with a baseline, replicate by replicate on the same luck.

    Parameters
    ----------
    results : the folder of a batch, a table as ``read_results`` returns it, or scenarios (names, paths or plans, or a
        mapping of names to them), which are then run here.
    baseline : a scenario, or one at a point of the sweep as in ``baseline:2``; by default the one named baseline.
    measures : what to compare; by default the headlines. last : months at the end over which shares and flows are
        averaged, by default a year (stocks are those of the last month). level : confidence of the intervals.
    replicates, months, scale, seed, workers, progress : how to run scenarios that are run here (see ``run_study``).
    """
    runs = {"replicates": replicates, "months": months, "scale": scale, "seed": seed}
    runs |= {"workers": workers, "progress": progress}
    check_wishes(measures, last, level)
    study = study_of(results, {key: value for key, value in runs.items() if value is not None}, baseline)
    return compare_study(study, baseline=baseline, measures=measures, last=last, level=level)


def study_of(
    results: str | os.PathLike | pd.DataFrame | Scenarios, runs: dict[str, object], baseline: str | None = None
) -> Study:
    """Return the study of results that are there, or run the scenarios."""
    made = isinstance(results, str | os.PathLike) or hasattr(results, "columns")
    if made and runs:
        raise InputError(f"{min(runs)} is for scenarios that are run here; these results have been run already.")
    if hasattr(results, "columns"):
        return study_of_frame(results)
    if made:
        return study_of_folder(results)
    return run_study(results, baseline=baseline, **runs)


def compare_study(
    study: Study,
    *,
    baseline: str | None = None,
    measures: Sequence[str] | None = None,
    last: int | None = None,
    level: float = LEVEL,
) -> Comparison:
    """Compare the arms of a study with a baseline (see ``compare``)."""
    import pandas as pd

    check_wishes(measures, last, level)
    arm = study.arm(baseline)
    names = check_measures(study, measures or [name for name in MEASURES if name in study.measures])
    if not names:
        raise InputError("the results hold none of the headline measures; name those to compare.")
    yearly = yearly_values(study)
    costed = "total_bn_idr" in yearly.columns and study.has_every_month
    return Comparison(
        study=study,
        baseline=arm,
        measures=tuple(names),
        averaged=window(study.months[-1] + 1, last),
        level=level,
        table=compare_arms(study, end_values(study, names, last), arm, level),
        costs=cost_table(study, yearly, arm, level) if costed else pd.DataFrame(),
        effects=price_effects(study, yearly, arm, level) if costed else pd.DataFrame(),
        families=flip_tables(study, arm, level),
        expectations=expectation_table(study, last, level),
    )


def check_wishes(measures: Sequence[str] | None, last: int | None = None, level: float = LEVEL) -> None:
    """Raise ``InputError`` for a measure that does not exist, or numbers that make no sense."""
    for name in measures or ():
        check_name(name)
    if last is not None and last < 1:
        raise InputError(f"--last is {last}, but it must be 1 or more months.")
    if not 0 < level < 1:
        raise InputError(f"level is {level:g}, but it must lie between 0 and 1, as 0.95 does.")
