"""A study: the months of many runs as one table, and what is known of the scenarios behind them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from simulation.comparison.families import Families
from simulation.errors import InputError, nearest

if TYPE_CHECKING:
    import pandas as pd

    from simulation.plan import Plan

KEYS = ("scenario", "point", "replicate", "seed", "month")
"""The columns that say which month of which run a row is; swept settings stand between ``point`` and ``replicate``."""

RUN = ["scenario", "point", "replicate"]
Arm = tuple[str, int]
"""What is compared: a scenario at a point of the sweep."""


@dataclass(frozen=True)
class Study:
    """What is compared.

    ``frame`` has the columns of ``KEYS``, a column for each swept setting and the measures; one row is a month of a
    run. ``plans`` holds the plan of each scenario where it is known. ``families`` returns the families at the end of
    a run by scenario, point and replicate, or None where they were not kept; it is None where no run kept them.
    """

    frame: pd.DataFrame
    plans: Mapping[str, Plan] = field(default_factory=dict)
    families: Callable[[str, int, int], Families | None] | None = None

    @property
    def swept(self) -> list[str]:
        """Return the swept settings, by their full names."""
        columns = list(self.frame.columns)
        return columns[columns.index("point") + 1 : columns.index("replicate")]

    @property
    def arms(self) -> list[Arm]:
        """Return all arms, in the order of the table."""
        return list(self.frame[["scenario", "point"]].drop_duplicates().itertuples(index=False, name=None))

    @property
    def measures(self) -> list[str]:
        """Return the measures that the table holds."""
        others = {*KEYS, *self.swept}
        return [name for name in self.frame.columns if name not in others]

    @property
    def replicates(self) -> int:
        """Return how many replicates there are."""
        return self.frame["replicate"].nunique()

    @property
    def months(self) -> int:
        """Return the length of the runs."""
        return self.frame["month"].nunique()

    @property
    def scale(self) -> float:
        """Return the part of the city that was run, 1 where it is not known."""
        return next((plan.scale for plan in self.plans.values()), 1.0)

    def settings(self, arm: Arm) -> dict[str, object]:
        """Return what the sweep sets at an arm, by full name."""
        return self.frame.loc[self.frame["point"] == arm[1], self.swept].iloc[0].to_dict() if self.swept else {}

    def label(self, arm: Arm) -> str:
        """Return the name of an arm: the scenario, and at a point of a sweep what is set there."""
        settings = ", ".join(f"{key.rpartition('.')[2]} {_shown(value)}" for key, value in self.settings(arm).items())
        return f"{arm[0]} ({settings})" if settings else arm[0]

    def checked(self) -> Study:
        """Return the study; raise ``InputError`` where its runs cannot be compared."""
        _check_lengths(self.frame)
        _check_seeds(self.frame)
        return self

    def arm(self, name: str | None) -> Arm:
        """Return the arm that a name such as ``baseline`` or ``baseline:2`` means; without one the natural baseline.

        A scenario without a point stands for the point of the sweep that leaves it as it is, or else for the first.
        """
        scenarios = list(dict.fromkeys(scenario for scenario, _ in self.arms))
        if name is None:
            return self._unchanged("baseline" if "baseline" in scenarios else scenarios[0])
        scenario, colon, point = (name, "", "") if name in scenarios else name.rpartition(":")[::1]
        if scenario not in scenarios:
            raise InputError(
                f"--baseline: there is no scenario '{name}' in the results"
                f"{nearest(name, scenarios) or '; there are ' + ', '.join(scenarios) + '.'}"
            )
        return self._point(scenario, point) if colon else self._unchanged(scenario)

    def _point(self, scenario: str, point: str) -> Arm:
        points = [number for name, number in self.arms if name == scenario]
        if not point.isdecimal() or int(point) not in points:
            raise InputError(
                f"--baseline: '{scenario}' has no point '{point}'; its points are {min(points)} to {max(points)}."
            )
        return scenario, int(point)

    def _unchanged(self, scenario: str) -> Arm:
        arms = [arm for arm in self.arms if arm[0] == scenario]
        plan = self.plans.get(scenario)
        same = (arm for arm in arms if plan and all(_leaves(plan, *one) for one in self.settings(arm).items()))
        return next(same, arms[0])


def study_of_frame(frame: pd.DataFrame, plans: Mapping[str, Plan] | None = None) -> Study:
    """Return the study of a table as ``read_results`` returns it; plans are looked up by name where none are given."""
    missing = [name for name in KEYS if name not in frame.columns]
    if missing:
        raise InputError(f"the results lack the column '{missing[0]}'; they need {', '.join(KEYS)} and measures.")
    if frame.empty:
        raise InputError("the results are empty: not a single run has finished.")
    study = Study(frame.assign(scenario=frame["scenario"].astype(str)))
    return replace(study, plans=_known(study) if plans is None else plans).checked()


def _known(study: Study) -> dict[str, Plan]:
    """Return the plans of scenarios of the library, at the length of the runs."""
    from simulation.scenario import load_scenario, scenario_names

    names = {scenario for scenario, _ in study.arms} & set(scenario_names())
    return {name: load_scenario(name, months=study.months) for name in names}


def _check_lengths(frame: pd.DataFrame) -> None:
    months = frame["month"].nunique()
    rows = frame.groupby(RUN, sort=False, observed=True)["month"].agg(["size", "nunique"])
    short = rows[(rows["size"] != months) | (rows["nunique"] != months)]
    if len(short):
        scenario, point, replicate = short.index[0]
        raise InputError(
            f"{scenario}, point {point}, replicate {replicate} has {short['size'].iloc[0]} rows for {months} months; "
            "compare runs of one length, with one row a month."
        )


def _check_seeds(frame: pd.DataFrame) -> None:
    seeds = frame.groupby("replicate")["seed"].nunique()
    if (seeds > 1).any():
        raise InputError(
            f"replicate {seeds[seeds > 1].index[0]} ran with different seeds in different scenarios, so nothing pairs "
            "them; run all scenarios with the same seeds."
        )


def _leaves(plan: Plan, key: str, value: object) -> bool:
    """Tell whether a swept setting is what the plan sets anyway."""
    section, _, name = key.partition(".")
    held = {"policy": plan.opening, "assumptions": plan.assumptions}.get(section, {})
    return name in held and held[name] == value and not any(name in dated for _, dated in plan.dated)


def _shown(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
