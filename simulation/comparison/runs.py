"""Run scenarios side by side in this process, on the same luck; larger studies are batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.comparison.families import Families, families_at
from simulation.comparison.study import Study
from simulation.errors import InputError
from simulation.plan import Plan
from simulation.scenario import load_scenario

if TYPE_CHECKING:
    import pandas as pd

Scenarios = Iterable[str | Path | Plan] | Mapping[str, str | Path | Plan]
REPLICATES = 8


def run_study(
    scenarios: Scenarios,
    *,
    replicates: int = REPLICATES,
    months: int | None = None,
    scale: float | None = None,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Study:
    """Run every scenario with the same seeds and return the study.

    Parameters
    ----------
    scenarios : names, paths or plans; or a mapping that gives each a name of its own.
    replicates : runs of each, with seeds ``seed``, ``seed + 1``, ... months, scale : in place of the scenario's.
    progress : called after each run with the runs done and the runs in all.
    """
    import pandas as pd

    if replicates < 1:
        raise InputError(f"replicates is {replicates}, but it must be 1 or more.")
    plans = _plans(scenarios, months, scale)
    jobs = [(name, number) for number in range(replicates) for name in plans]
    families, frames = {}, {}
    for done, (name, number) in enumerate(jobs, 1):
        frames[name, number], families[name, number] = _run(plans[name].with_(seed=seed + number))
        if progress:
            progress(done, len(jobs))
    rows = [_keyed(frames[name, number], name, number, seed) for name in plans for number in range(replicates)]
    kept = {(name, 0, number): one for (name, number), one in families.items()}
    return Study(pd.concat(rows, ignore_index=True), plans, lambda *run: kept.get(run)).checked()


def _plans(scenarios: Scenarios, months: int | None, scale: float | None) -> dict[str, Plan]:
    named = scenarios if isinstance(scenarios, Mapping) else {_name(one): one for one in scenarios}
    if not named:
        raise InputError("there is no scenario to compare; name at least one.")
    plans = {
        name: (one if isinstance(one, Plan) else load_scenario(one)).with_(months=months, scale=scale)
        for name, one in named.items()
    }
    if len({(plan.scale, plan.start, plan.months) for plan in plans.values()}) > 1:
        raise InputError("the scenarios differ in start, months or scale; give months and scale for all of them.")
    return plans


def _name(one: str | Path | Plan) -> str:
    return one.name if isinstance(one, Plan) else Path(one).with_suffix("").as_posix()


def _run(plan: Plan) -> tuple[pd.DataFrame, Families]:
    """Return the months of a run and its families at the end."""
    from simulation.experiments.recorder import Recorder
    from simulation.experiments.run import release
    from simulation.model import AssistanceModel

    model = AssistanceModel(plan)
    recorder = Recorder(model)
    model.measure = recorder.take
    while model.running:
        model.step()
    release(model)
    return recorder.tables()["months"], families_at(model.now)


def _keyed(months: pd.DataFrame, name: str, number: int, seed: int) -> pd.DataFrame:
    """Return the months of a run with the keys of a study before the measures."""
    keys = {"scenario": name, "point": 0, "replicate": number, "seed": seed + number, "month": range(len(months))}
    return months.drop(columns="month").assign(**keys)[[*keys, *months.columns[1:]]]
