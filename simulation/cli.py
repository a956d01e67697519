"""The command line: run a scenario, look through the library, print the inputs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation import __version__
from simulation.cli_batches import batch
from simulation.cli_calibrate import calibrate
from simulation.cli_compare import compare
from simulation.cli_forecast import forecast
from simulation.cli_sensitivity import sensitivity
from simulation.cli_validate import validate
from simulation.console import (
    BAD_INPUT,
    FAILED,
    INTERRUPTED,
    exit_code,
    interruptible,
    number,
    progress_of,
    say,
    terminal,
    whole,
)
from simulation.dashboard.command import dashboard
from simulation.errors import InputError

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

    from simulation.ensembles import Ensemble
    from simulation.plan import Plan

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Salur: how social assistance reaches, or misses, the poor of Kota Bengkulu.",
)


class Language(StrEnum):
    """A language of figures and labels."""

    id = "id"
    en = "en"


class ListFormat(StrEnum):
    """How to print a list."""

    table = "table"
    json = "json"


class InputFormat(StrEnum):
    """How to print the inputs."""

    table = "table"
    md = "md"
    json = "json"


class Role(StrEnum):
    """What an input is."""

    lever = "lever"
    assumption = "assumption"
    constant = "constant"


def _version(wanted: bool) -> None:
    if wanted:
        print(f"salur {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def salur(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Show the help where no command is given."""
    if context.invoked_subcommand is None:
        print(context.get_help())


@app.command()
def run(
    scenario: Annotated[str, typer.Argument(help="Name of a scenario of the library, or path of a file.")],
    months: Annotated[int | None, typer.Option(parser=whole, metavar="N", help="Months to run.")] = None,
    seed: Annotated[int | None, typer.Option(parser=whole, metavar="N", help="Seed of the run's luck.")] = None,
    scale: Annotated[
        float | None, typer.Option(parser=number, metavar="X", help="Share of the city: 0.1 is a tenth.")
    ] = None,
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="K=V", help="Set an input, as in policy.caseload_per_pendamping=150."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder for the results.", show_default="results/...")
    ] = None,
    households: Annotated[
        int, typer.Option(parser=whole, metavar="N", help="Keep the monthly life of so many sampled families.")
    ] = 0,
    uncertainty: Annotated[
        str, typer.Option(metavar="[luck|ensemble]", help="Add the bands of many runs.", show_default="one run")
    ] = "luck",
    ensemble: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Assumptions to draw from, as salur calibrate wrote them.")
    ] = None,
    draws: Annotated[
        int, typer.Option(parser=whole, metavar="N", help="Draws behind the bands.", show_default="20")
    ] = 20,
    boundaries: Annotated[
        Path | None, typer.Option(metavar="FILE", help="GeoJSON file with the shapes of the kelurahan.")
    ] = None,
    no_figures: Annotated[bool, typer.Option("--no-figures", help="Leave the figures out.")] = False,
    lang: Annotated[Language, typer.Option(help="Language of the figures.")] = Language.id,
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
    draw = None if no_figures else lambda place: _draw(tables, plan, place, lang.value, boundaries)
    write_results(folder, tables, record, force=force, figures=draw)
    if not quiet:
        _summarise(plan, tables["months"], record["measured"]["wall_seconds"])
        if drawn:
            terminal().print(listings.bands_table(tables["bands"]))
    print(folder if quiet else f"Results: {folder}")


app.command()(batch)
app.command()(compare)
app.command()(sensitivity)
app.command()(calibrate)
app.command()(forecast)
app.command()(validate)
app.command()(dashboard)


@app.command()
def scenarios(
    check: Annotated[bool, typer.Option("--check", help="Read every scenario and say what is wrong.")] = False,
    diff: Annotated[
        tuple[str, str] | None, typer.Option(metavar="A B", help="Show in what two scenarios differ.")
    ] = None,
    format: Annotated[ListFormat, typer.Option(help="How to print.")] = ListFormat.table,
) -> None:
    """List the scenarios of the library, check them, or compare two."""
    from simulation import listings

    as_json = format is ListFormat.json
    if check and diff:
        raise InputError("--check and --diff are two questions; ask one at a time.")
    if check:
        _show_faults(listings.checked_rows(), as_json)
    elif diff:
        _show(listings.difference_rows(*diff) if as_json else listings.difference_table(*diff))
    else:
        _show(listings.scenario_rows() if as_json else listings.scenario_table())


@app.command()
def parameters(
    format: Annotated[InputFormat, typer.Option(help="How to print.")] = InputFormat.table,
    role: Annotated[Role | None, typer.Option(help="Print the inputs of one role only.")] = None,
    lang: Annotated[Language, typer.Option(help="Language of the labels in the table.")] = Language.en,
) -> None:
    """Print the inputs of the model: what they are, what they may be, and where they come from."""
    from simulation import documents, listings
    from simulation.parameters import assumed_headline

    chosen = role and role.value
    if format is InputFormat.md:
        print(documents.parameters_table(chosen))
    elif format is InputFormat.json:
        _show(listings.parameter_rows(chosen))
    else:
        _show(listings.parameter_table(chosen, lang.value))
        print(f"{assumed_headline(lang.value)}.")


@app.command()
def survey(
    scenario: Annotated[str, typer.Argument(help="A scenario with [population] microdata: a name or a path.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print all of it as JSON.")] = False,
    draws: Annotated[int, typer.Option(parser=whole, metavar="N", help="Samples behind each interval.")] = 400,
) -> None:
    """Read the survey of a scenario: how good its score is, what it sets, what the arms of an experiment chose."""
    from simulation import listings
    from simulation.scenario import load_scenario
    from simulation.trial import examine_survey

    plan = load_scenario(scenario)
    if plan.microdata is None:
        raise InputError(f"{scenario}: the scenario names no survey; write microdata = 'FILE' in [population].")
    if draws < 1:
        raise InputError(f"--draws is {draws}, but it must be 1 or more samples.")
    found = examine_survey(plan.microdata, draws=draws)
    if as_json:
        print(json.dumps(listings.without_nan(found), indent=2, ensure_ascii=False, allow_nan=False))
        return
    print(listings.survey_headline(found))
    for table in listings.survey_tables(found):
        _show(table)


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
    from simulation.experiments.run import simulate

    with progress_of(plan.months, quiet) as progress, interruptible(progress) as each_month:
        return simulate(plan, households=households, progress=each_month)


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


def _show(content: list | Table) -> None:
    """Print rows as JSON, or a table."""
    if isinstance(content, list):
        print(json.dumps(content, indent=2, ensure_ascii=False, default=str))
    else:
        terminal().print(content if content.row_count else "There is nothing to show.")


def _show_faults(rows: list, as_json: bool) -> None:
    """Print what is wrong with each scenario, and end with the code for bad input if anything is."""
    faults = [row["error"] for row in rows if row["error"]]
    if as_json:
        _show(rows)
    else:
        for fault in faults:
            say(f"Error: {fault}")
        print(f"{len(rows) - len(faults)} of {len(rows)} scenarios are sound.")
    if faults:
        raise typer.Exit(BAD_INPUT)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; no error escapes as a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = app(args=arguments, prog_name="salur", standalone_mode=False)
        if code == INTERRUPTED:
            raise KeyboardInterrupt
        sys.stdout.flush()
    except BrokenPipeError:
        return _reader_gone()
    except (KeyboardInterrupt, typer.Abort):
        return exit_code(KeyboardInterrupt())
    except Exception as error:
        return exit_code(error)
    return code or 0


def _reader_gone() -> int:
    """Go quietly when whoever read the output has closed it, as ``head`` does."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAILED
