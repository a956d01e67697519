"""The command ``salur``: all its commands, those that print lists, and how every error becomes one sentence."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from simulation import __version__
from simulation.cli_batches import batch
from simulation.cli_calibrate import calibrate
from simulation.cli_compare import compare
from simulation.cli_forecast import forecast
from simulation.cli_run import run
from simulation.cli_sensitivity import sensitivity
from simulation.cli_validate import validate
from simulation.console import BAD_INPUT, FAILED, INTERRUPTED, exit_code, say, terminal
from simulation.dashboard.command import dashboard
from simulation.errors import InputError
from simulation.options import Language, whole

if TYPE_CHECKING:
    from rich.table import Table

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Salur: how social assistance reaches, or misses, the poor of Kota Bengkulu.",
)


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


app.command()(run)
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
    lang: Language = "en",
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
        _show(listings.parameter_table(chosen, lang))
        print(f"{assumed_headline(lang)}.")


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
