"""The command ``salur forecast``: what the model expects, written down before it is published."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulation.cli_batches import Screen
from simulation.console import say
from simulation.errors import InputError, RunError
from simulation.options import EnsembleFile, RootSeed, Scale, Scenario, Workers, whole


def forecast(
    scenario: Scenario = "baseline",
    ensemble: EnsembleFile = None,
    replicates: Annotated[int, typer.Option(parser=whole, metavar="N", help="Runs.", show_default="200")] = 200,
    scale: Scale = 0.1,
    seed: RootSeed = 1,
    workers: Workers = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder of the runs.")] = Path("results/forecast"),
    page: Annotated[Path, typer.Option(metavar="FILE", help="The page to write.")] = Path("docs/forecast.md"),
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but the page's path.")] = False,
) -> None:
    """Run an ensemble forward from March 2024 and write a page; the same command goes on with what was interrupted."""
    from simulation.batches.reading import read_results
    from simulation.batches.runner import run_batch
    from simulation.ensembles import ENOUGH, ensemble_of
    from simulation.scenario import load_scenario
    from simulation.uncertainty.forecast import forecast_batch, forecast_page, forecast_table, write_page

    if replicates < 2:
        raise InputError(f"--replicates is {replicates}, but an interval needs 2 runs or more.")
    drawn = ensemble_of("ensemble", ensemble)
    if drawn.effective_size <= ENOUGH:
        say(
            f"Note: the ensemble is worth {drawn.effective_size:.0f} sets of assumptions and should be worth more than "
            f"{ENOUGH}; the intervals are rough."
        )
    batch = forecast_batch(load_scenario(scenario, scale=scale), drawn, replicates, seed)
    with Screen(batch) as screen:
        outcome = run_batch(batch, out=out, workers=workers, extend=True, report=None if quiet else screen.show)
    if outcome.failed:
        raise RunError(f"{outcome.failed} of {batch.size} runs failed, so no page was written; {out / 'failures'}.")
    table = forecast_table(read_results(out), batch.plans[0].scale)
    write_page(page, forecast_page(table, batch))
    print(page if quiet else f"Forecast: {page}")
