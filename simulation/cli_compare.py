"""The command ``salur compare``: scenarios against a baseline, from the folder of a batch or run for the moment."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.console import interruptible, progress_of, say, terminal
from simulation.errors import InputError, nearest
from simulation.options import EnsembleFile, Language, NoFigures, Uncertainty, number, whole

if TYPE_CHECKING:
    from simulation.comparison.compare import Comparison
    from simulation.comparison.study import Study

QUICK = {"replicates": 8, "months": 24, "scale": 0.1}
"""How scenarios are run that are compared for the moment, unless options say otherwise."""


def compare(
    results: Annotated[
        list[str], typer.Argument(metavar="RESULTS", help="Folder of a batch; or scenarios, to be run for the moment.")
    ],
    baseline: Annotated[
        str | None, typer.Option(metavar="NAME", help="Scenario to compare with; name:2 is its point 2.")
    ] = None,
    measure: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A measure to compare; may be given again.")
    ] = None,
    last: Annotated[
        int | None, typer.Option(parser=whole, metavar="N", help="Months at the end to average.", show_default="12")
    ] = None,
    replicates: Annotated[
        int | None, typer.Option(parser=whole, metavar="N", help="Runs of each scenario.", show_default="8")
    ] = None,
    months: Annotated[
        int | None, typer.Option(parser=whole, metavar="N", help="Months of each run.", show_default="24")
    ] = None,
    scale: Annotated[
        float | None, typer.Option(parser=number, metavar="X", help="Share of the city.", show_default="0.1")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(parser=whole, metavar="N", help="Root of all seeds.", show_default="1")
    ] = None,
    workers: Annotated[str | None, typer.Option(metavar="N", help="Processes to run in.", show_default="none")] = None,
    uncertainty: Uncertainty = "luck",
    ensemble: EnsembleFile = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder for tables and figures.")] = None,
    no_figures: NoFigures = False,
    lang: Language = "id",
    as_json: Annotated[bool, typer.Option("--json", help="Print the comparison as JSON.")] = False,
) -> None:
    """Compare scenarios: paired differences with intervals, costs, and families that flip."""
    from simulation.comparison.compare import check_wishes, compare_study
    from simulation.comparison.spread import spread_table
    from simulation.ensembles import ensemble_of

    _check_out(out)
    check_wishes(measure, last)
    runs = {"replicates": replicates, "months": months, "scale": scale, "seed": seed, "workers": workers}
    given = {key: value for key, value in runs.items() if value is not None}
    drawn = ensemble_of(uncertainty, ensemble)
    study = _study(results, given | ({"ensemble": drawn} if drawn else {}), baseline)
    comparison = compare_study(study, baseline=baseline, measures=measure, last=last)
    if drawn:
        luck = compare_study(_study(results, given, baseline), baseline=baseline, measures=measure, last=last)
        comparison = dataclasses.replace(comparison, spread=spread_table(comparison, luck, last))
    if as_json:
        _print_json(comparison)
    else:
        from simulation.comparison.report import show_comparison

        terminal().print(show_comparison(comparison))
    if out is not None:
        from simulation.comparison.writing import write_comparison

        write_comparison(out, comparison, lang, figures=not no_figures)
        (say if as_json else print)(f"Results: {out}")


def _check_out(out: Path | None) -> None:
    """Find before anything is run that the folder is taken or cannot be written to."""
    from simulation.experiments.results import check_free

    if out is not None and os.path.lexists(out):
        raise InputError(f"{out}: the folder exists; choose another with --out.")
    if out is not None:
        check_free(out)


def _study(results: Sequence[str], runs: dict[str, object], baseline: str | None) -> Study:
    """Return the study of a folder, or of scenarios that are run now."""
    from simulation.comparison.runs import run_study
    from simulation.comparison.study import study_of_folder

    folder = _folder(results)
    if folder:
        if runs:
            raise InputError(f"--{min(runs)} is for scenarios that are run now; {folder} has been run already.")
        return study_of_folder(folder)
    with progress_of(0, quiet=False, noun="run") as progress, interruptible(progress) as each_run:
        return run_study(results, **{**QUICK, **runs}, baseline=baseline, progress=each_run)


def _folder(results: Sequence[str]) -> Path | None:
    """Return the folder that is meant; None where scenarios are."""
    from simulation.scenario import scenario_names

    folders = [one for one in results if Path(one).is_dir() and one not in scenario_names()]
    if folders and results[1:]:
        raise InputError(f"'{folders[0]}' is a folder; give one folder alone, or the names of scenarios.")
    if folders:
        return Path(folders[0])
    if not results[1:]:
        remedy = nearest(results[0], scenario_names()) or "."
        known = results[0] in scenario_names()
        raise InputError(
            f"'{results[0]}' is a scenario; name another beside it to compare them."
            if known
            else f"'{results[0]}' is neither a folder of results nor a scenario to compare with another{remedy}"
        )
    return None


def _print_json(comparison: Comparison) -> None:
    from simulation.comparison.report import comparison_data

    print(json.dumps(comparison_data(comparison), indent=2, ensure_ascii=False, allow_nan=False))
