"""The command ``salur run``: one scenario, its summary, and a folder of results."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.console import interruptible, progress_of, terminal
from simulation.errors import InputError
from simulation.options import EnsembleFile, Language, NoFigures, Scenario, Sets, number, whole

if TYPE_CHECKING:
    import pandas as pd

    from simulation.ensembles import Ensemble
    from simulation.plan import Plan


def run(
    scenario: Scenario,
    months: Annotated[int | None, typer.Option(parser=whole, metavar="N", help="Months to run.")] = None,
    seed: Annotated[int | None, typer.Option(parser=whole, metavar="N", help="Seed of the run's luck.")] = None,
    scale: Annotated[
        float | None, typer.Option(parser=number, metavar="X", help="Share of the city: 0.1 is a tenth.")
    ] = None,
    sets: Sets = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder for the results.", show_default="results/...")
    ] = None,
    households: Annotated[
        int, typer.Option(parser=whole, metavar="N", help="Keep the monthly life of so many sampled families.")
    ] = 0,
    uncertainty: Annotated[
        str, typer.Option(metavar="[luck|ensemble]", help="Add the bands of many runs.", show_default="one run")
    ] = "luck",
    ensemble: EnsembleFile = None,
    draws: Annotated[
        int, typer.Option(parser=whole, metavar="N", help="Draws behind the bands.", show_default="20")
    ] = 20,
    boundaries: Annotated[
        Path | None, typer.Option(metavar="FILE", help="GeoJSON file with the shapes of the kelurahan.")
    ] = None,
    no_figures: NoFigures = False,
    lang: Language = "id",
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier result of the same name.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but the folder of results.")] = False,
) -> None:
    """Run a scenario, print a summary and write a folder of results."""
    from simulation import listings
    from simulation.experiments.record import Watch, build_record
    from simulation.experiments.results import check_free, default_folder, write_results
    from simulation.scenario import load_scenario, parse_sets

    watch = Watch()
    plan = load_scenario(scenario, overrides=parse_sets(sets or ()), months=months, seed=seed, scale=scale)
    _check_run(households, boundaries, no_figures)
    drawn = _drawn(uncertainty, ensemble, draws)
    folder = default_folder(plan) if out is None else out
    check_free(folder, force)
    tables = _simulate(plan, households, quiet)
    if drawn:
        tables["bands"] = _bands(plan, drawn, draws, quiet)
    record = build_record(plan, households=households, measured=watch.measured())
    draw = None if no_figures else lambda place: _draw(tables, plan, place, lang, boundaries)
    write_results(folder, tables, record, force=force, figures=draw)
    if not quiet:
        _summarise(plan, tables["months"], record["measured"]["wall_seconds"])
        if drawn:
            terminal().print(listings.bands_table(tables["bands"]))
    print(folder if quiet else f"Results: {folder}")


def _check_run(households: int, boundaries: Path | None, no_figures: bool) -> None:
    """Find before a run what would spoil it after."""
    if households < 0:
        raise InputError(f"--households is {households}, but it must be 0 or more families.")
    if boundaries and no_figures:
        raise InputError("--boundaries is for the map, which --no-figures leaves out; drop one of the two.")
    if boundaries:
        from simulation.analysis.maps import read_boundaries

        read_boundaries(boundaries)


def _simulate(plan: Plan, households: int, quiet: bool) -> dict[str, pd.DataFrame]:
    with uncollected(), progress_of(plan.months, quiet) as progress, interruptible(progress) as each_month:
        from simulation.experiments.run import simulate

        return simulate(plan, households=households, progress=each_month)


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: libraries and one run make little of it, and looking takes a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _drawn(uncertainty: str, file: Path | None, draws: int) -> Ensemble | None:
    from simulation.ensembles import ensemble_of

    if not 2 <= draws <= 10_000:
        raise InputError(f"--draws is {draws}, but it must be 2 to 10,000.")
    return ensemble_of(uncertainty, file)


def _bands(plan: Plan, ensemble: Ensemble, draws: int, quiet: bool) -> pd.DataFrame:
    """Run the plan with assumptions drawn and with its own, on the same seeds, and return the bands of both."""
    from simulation.batches.engines import processors
    from simulation.comparison.compare import MEASURES
    from simulation.comparison.runs import run_study
    from simulation.comparison.spread import monthly_bands

    options = {"replicates": draws, "seed": plan.seed, "workers": processors()}
    with progress_of(0, quiet, noun="run") as progress, interruptible(progress) as each_run:
        studies = [run_study([plan], **options, ensemble=one, progress=each_run) for one in (ensemble, None)]
    return monthly_bands(*studies, MEASURES)


def _draw(tables: dict[str, pd.DataFrame], plan: Plan, folder: Path, language: str, boundaries: Path | None) -> None:
    from simulation.analysis.figures import draw_all

    draw_all(tables, plan, folder, language, boundaries)


def _summarise(plan: Plan, months: pd.DataFrame, seconds: float) -> None:
    from simulation.experiments.summary import show_summary

    terminal().print(show_summary(plan, months, seconds))
