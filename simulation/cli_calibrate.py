"""The command ``salur calibrate``: from plausible ranges to an ensemble of assumptions that fit what is known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.console import say
from simulation.errors import InputError, RunError
from simulation.options import Language, NoFigures, Processes, RootSeed, Scale, Scenario, whole

if TYPE_CHECKING:
    from simulation.ensembles import Ensemble
    from simulation.plan import Plan
    from simulation.uncertainty.calibrating import Wishes


def calibrate(
    scenario: Scenario = "baseline",
    particles: Annotated[
        int, typer.Option(parser=whole, metavar="N", help="Sets of assumptions a generation.", show_default="150")
    ] = 150,
    generations: Annotated[
        int, typer.Option(parser=whole, metavar="N", help="Generations in all.", show_default="5")
    ] = 5,
    seeds: Annotated[int, typer.Option(parser=whole, metavar="N", help="Seeds a trial.", show_default="2")] = 2,
    scale: Scale = 0.05,
    seed: RootSeed = 1,
    workers: Processes = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder of the calibration.")] = Path("results/calibration"),
    recover: Annotated[
        int | None,
        typer.Option(parser=whole, metavar="N", help="Fit the figures of so many known truths instead, as a test."),
    ] = None,
    no_figures: NoFigures = False,
    lang: Language = "id",
) -> None:
    """Fit the free assumptions to what is published; the same command goes on with what was interrupted."""
    from simulation.batches.engines import parse_workers
    from simulation.batches.files import write_text
    from simulation.scenario import load_scenario
    from simulation.uncertainty.calibrating import Wishes
    from simulation.uncertainty.calibrating import calibrate as run

    for name, value, least in (("particles", particles, 2), ("generations", generations, 1), ("seeds", seeds, 1)):
        if value < least:
            raise InputError(f"--{name} is {value}, but it must be {least} or more.")
    plan = load_scenario(scenario, scale=scale)
    wishes = Wishes(particles, generations, seeds, seed)
    processes = parse_workers(workers, None)[0]
    if recover is not None:
        _recover(plan, out, wishes, processes, recover, lang)
        return
    ensemble = run(plan, out, wishes, processes, hear=say)
    write_text(out / "ensemble.json", json.dumps(ensemble.to_dict(), indent=1, allow_nan=False) + "\n")
    if not no_figures:
        from simulation.uncertainty.marginals import marginals

        marginals(ensemble, plan, lang).write(out, "ensemble")
    _conclude(ensemble, out)


def _conclude(ensemble: Ensemble, out: Path) -> None:
    from simulation.ensembles import ENOUGH

    size = ensemble.effective_size
    print(f"{len(ensemble.draws)} sets of assumptions after {ensemble.about['trials']:,} trials, worth {size:.0f}.")
    print(f"Ensemble: {out / 'ensemble.json'}")
    if size <= ENOUGH:
        raise RunError(f"the effective sample size is {size:.0f} and should be above {ENOUGH}; give more --particles.")


def _recover(plan: Plan, out: Path, wishes: Wishes, workers: int, count: int, lang: str) -> None:
    from simulation.uncertainty.recovery import recover

    if count < 1:
        raise InputError(f"--recover is {count}, but it must be 1 or more truths.")
    out.mkdir(parents=True, exist_ok=True)
    table = recover(plan, out, wishes, workers, count, lang, say)
    table.to_csv(out / "recovery.csv", index=False, encoding="utf-8", lineterminator="\n")
    print(f"{table['inside'].sum()} of {len(table)} values lie in the middle 90 % of what was found.")
    print(f"Results: {out}")
