"""A study: the months of many runs as one table, and what is known of the scenarios behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.errors import InputError, nearest
from simulation.settings import START

if TYPE_CHECKING:
    import pandas as pd

    from simulation.batches.families import Families
    from simulation.plan import Plan

KEYS = ("scenario", "point", "replicate", "seed", "month")
"""The columns that say which month of which run a row is; swept settings stand between ``point`` and ``replicate``."""

RUN = ["scenario", "point", "replicate"]
Arm = tuple[str, int]
"""What is compared: a scenario at a point of the sweep."""


@dataclass(frozen=True)
class Study:
    """What is compared.

    ``frame`` is a table as ``read_results`` returns it, a row a month of a run. ``plans`` holds the plan of each
    scenario where it is known, ``families`` what became of every family where that was kept, ``natural`` the scenario
    that is the baseline unless another is named, ``origin`` where the results come from.
    """

    frame: pd.DataFrame
    plans: Mapping[str, Plan] = field(default_factory=dict)
    families: Families | None = None
    natural: str | None = None
    origin: Mapping[str, object] = field(default_factory=dict)

    @property
    def swept(self) -> list[str]:
        """Return the swept settings, by their full names."""
        columns = list(self.frame.columns)
        return columns[columns.index("point") + 1 : columns.index("replicate")]

    @cached_property
    def arms(self) -> list[Arm]:
        """Return all arms, in the order of the table."""
        pairs = self.frame[["scenario", "point"]].drop_duplicates().itertuples(index=False, name=None)
        return [(str(scenario), int(point)) for scenario, point in pairs]

    @property
    def scenarios(self) -> list[str]:
        """Return the scenarios, in the order of the table."""
        return list(dict.fromkeys(scenario for scenario, _ in self.arms))

    @property
    def measures(self) -> list[str]:
        """Return the measures that the table holds."""
        others = {*KEYS, *self.swept, "date"}
        return [name for name in self.frame.columns if name not in others]

    @property
    def replicates(self) -> list[int]:
        """Return the numbers of the replicates."""
        return sorted(int(number) for number in self.frame["replicate"].unique())

    @property
    def seeds(self) -> list[int]:
        """Return the seeds, in the order of the replicates."""
        pairs = self.frame[["replicate", "seed"]].drop_duplicates().sort_values("replicate")
        return [int(seed) for seed in pairs["seed"]]

    @property
    def months(self) -> list[int]:
        """Return the months that were kept, by number."""
        return sorted(int(month) for month in self.frame["month"].unique())

    @property
    def dates(self) -> pd.Series:
        """Return the kept months as dates; counted from the usual first month where nothing tells."""
        import pandas as pd

        if "date" in self.frame.columns:
            return self.frame.drop_duplicates("month").sort_values("month")["date"].reset_index(drop=True)
        start = next((plan.start for plan in self.plans.values()), START)
        return pd.Series(pd.to_datetime([start.plus(month).date() for month in self.months]))

    @property
    def has_every_month(self) -> bool:
        """Tell whether no month of the runs is missing, as sums over the run need."""
        return len(self.months) == self.months[-1] + 1

    @property
    def scale(self) -> float:
        """Return the part of the city that was run, 1 where it is not known."""
        return next((plan.scale for plan in self.plans.values()), 1.0)

    @cached_property
    def _points(self) -> dict[int, dict[str, object]]:
        first = self.frame.drop_duplicates("point").set_index("point")[self.swept]
        return {int(point): row for point, row in first.to_dict("index").items()}

    def settings(self, arm: Arm) -> dict[str, object]:
        """Return what the sweep sets at an arm, by full name."""
        return self._points[arm[1]]

    def label(self, arm: Arm) -> str:
        """Return the name of an arm: the scenario, and at a point of a sweep what is set there."""
        settings = ", ".join(f"{key.rpartition('.')[2]} {shown(value)}" for key, value in self.settings(arm).items())
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
        if name is None:
            fallback = "baseline" if "baseline" in self.scenarios else self.scenarios[0]
            return self._unchanged(self.natural if self.natural in self.scenarios else fallback)
        scenario, colon, point = (name, "", "") if name in self.scenarios else name.rpartition(":")
        if not colon and name not in self.scenarios:
            scenario = name
        if scenario not in self.scenarios:
            known = nearest(scenario, self.scenarios) or f"; there are {', '.join(self.scenarios)}."
            raise InputError(f"the results have no scenario '{scenario}'{known}")
        return self._point(scenario, point) if colon else self._unchanged(scenario)

    def _point(self, scenario: str, point: str) -> Arm:
        points = [number for name, number in self.arms if name == scenario]
        if not point.isdecimal() or int(point) not in points:
            raise InputError(
                f"'{scenario}' has no point '{point}' in the results; its points are {min(points)} to {max(points)}."
            )
        return scenario, int(point)

    def _unchanged(self, scenario: str) -> Arm:
        arms, plan = [arm for arm in self.arms if arm[0] == scenario], self.plans.get(scenario)
        same = (arm for arm in arms if plan and all(_leaves(plan, *one) for one in self.settings(arm).items()))
        return next(same, arms[0])


def study_of_frame(frame: pd.DataFrame, plans: Mapping[str, Plan] | None = None) -> Study:
    """Return the study of a table as ``read_results`` returns it.

    ``plans`` are looked up in the library by name where none are given; they bring titles, predictions and scale.
    """
    missing = [name for name in KEYS if name not in frame.columns]
    if missing:
        raise InputError(f"the results lack the column '{missing[0]}'; they need {', '.join(KEYS)} and measures.")
    if frame.empty:
        raise InputError("the results are empty: not a single run has come to its end.")
    study = Study(frame)
    return replace(study, plans=_known(study) if plans is None else plans).checked()


def study_of_folder(folder: str | Path) -> Study:
    """Return the study of a folder that ``salur batch`` wrote, whether it has come to its end or not."""
    from simulation.batches.families import read_families
    from simulation.batches.reading import read_results
    from simulation.batches.record import read_batch_record
    from simulation.plan import Plan

    record = read_batch_record(folder)
    asked = record["batch"]
    study = Study(
        read_results(folder),
        plans={name: Plan.from_dict(plan) for name, plan in record["plans"].items()},
        families=read_families(folder) if asked["keep_families"] else None,
        natural=asked["baseline"],
        origin={"batch": record["name"], "seed": asked["seed"], "code": record["code"], "versions": record["versions"]},
    )
    return study.checked()


def _known(study: Study) -> dict[str, Plan]:
    """Return the plans of scenarios of the library, at the length of the runs."""
    from simulation.scenario import load_scenario, scenario_names

    names = set(study.scenarios) & set(scenario_names())
    return {name: load_scenario(name, months=study.months[-1] + 1) for name in names}


def _check_lengths(frame: pd.DataFrame) -> None:
    months = frame["month"].nunique()
    rows = frame.groupby(RUN, sort=False, observed=True)["month"].agg(["size", "nunique"])
    short = rows[(rows["size"] != months) | (rows["nunique"] != months)]
    if len(short):
        scenario, point, replicate = short.index[0]
        raise InputError(
            f"the results of {scenario}, point {point}, replicate {replicate} have {short['size'].iloc[0]} rows, but "
            f"other runs have {months} months; compare runs of one length, with one row a month."
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


def shown(value: object) -> str:
    """Write a swept value."""
    return f"{value:g}" if isinstance(value, float) else str(value)
