"""Run scenarios on the same luck for a comparison of the moment; what should last is a batch in a folder of its own."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.comparison.study import Study, study_of_folder
from simulation.errors import InputError, Interrupted, RunError, nearest
from simulation.plan import Plan
from simulation.scenario import load_scenario

if TYPE_CHECKING:
    from simulation.batches.batch import Batch
    from simulation.ensembles import Ensemble

Scenarios = Iterable[str | Path | Plan] | Mapping[str, str | Path | Plan]
REPLICATES = 8


def run_study(
    scenarios: Scenarios,
    *,
    replicates: int = REPLICATES,
    months: int | None = None,
    scale: float | None = None,
    seed: int = 1,
    baseline: str | None = None,
    workers: int | str = 0,
    ensemble: Ensemble | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Study:
    """Run every scenario with the same seeds, as a batch with that root seed would, and return the study.

    Parameters
    ----------
    scenarios : names, paths or plans; or a mapping that gives each a name of its own.
    replicates : runs of each. months, scale : in place of the scenario's. seed : the root of all seeds.
    baseline : what to compare with; by default the one called baseline, or else the first.
    ensemble : draws of assumptions, one a replicate, the same in every scenario.
    workers : processes, 0 for this one. progress : called with the runs done and the runs in all.
    """
    from simulation.batches.runner import run_batch

    batch = _batch(_plans(scenarios, months, scale), replicates, seed, baseline, ensemble)
    with tempfile.TemporaryDirectory(prefix="salur-") as folder:
        try:
            report = None if progress is None else lambda now: progress(now.done + now.failed, now.total)
            outcome = run_batch(batch, out=Path(folder) / "study", workers=workers, report=report)
        except Interrupted:
            raise KeyboardInterrupt from None
        if outcome.failed:
            raise RunError(f"{outcome.failed} of {batch.size} runs failed: {_reason(outcome.folder)}")
        return study_of_folder(outcome.folder)


def _plans(scenarios: Scenarios, months: int | None, scale: float | None) -> tuple[Plan, ...]:
    named = scenarios.items() if isinstance(scenarios, Mapping) else ((None, one) for one in scenarios)
    plans = []
    for name, one in named:
        plan = (one if isinstance(one, Plan) else load_scenario(one)).with_(months=months, scale=scale)
        plans.append(plan if name is None else dataclasses.replace(plan, name=str(name)))
    _check(plans)
    return tuple(plans)


def _check(plans: list[Plan]) -> None:
    names = [plan.name for plan in plans]
    if not plans:
        raise InputError("there is no scenario to compare; name at least one.")
    if len(set(names)) < len(names):
        raise InputError("two scenarios have the same name; give a mapping with a name for each.")
    for key in ("months", "scale", "start", "city_seed"):
        values = {getattr(plan, key) for plan in plans if key != "city_seed" or plan.population_seed is not None}
        if len(values) > 1:
            raise InputError(f"the scenarios differ in {key}: {', '.join(sorted(map(str, values)))}; make them agree.")


def _batch(
    plans: tuple[Plan, ...], replicates: int, seed: int, baseline: str | None, ensemble: Ensemble | None = None
) -> Batch:
    from simulation.batches.batch import Batch, Kept
    from simulation.batches.batch_file import MOST_REPLICATES
    from simulation.measures import MEASURES
    from simulation.parameters import Text

    if not 1 <= replicates <= MOST_REPLICATES:
        raise InputError(f"replicates is {replicates}, but it must be from 1 to {MOST_REPLICATES:,}.")
    names = [plan.name for plan in plans]
    natural = baseline or ("baseline" if "baseline" in names else names[0])
    if natural not in names:
        raise InputError(f"there is no scenario '{natural}' among these{nearest(natural, names) or '.'}")
    kept = Kept(tuple(MEASURES), tuple(range(plans[0].months)), families=True)
    return Batch(
        name="study",
        title=Text(", ".join(names), ", ".join(names)),
        plans=plans,
        baseline=natural,
        root_seed=seed,
        replicates=replicates,
        kept=kept,
        ensemble=ensemble,
    )


def _reason(folder: Path) -> str:
    from simulation.batches.manifest import read_entries

    return next((entry.error for entry in read_entries(folder).values() if entry.error), "no reason was noted.")
