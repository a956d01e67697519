"""The command ``salur validate``: hold the model and its wrong models against what is known."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulation.console import progress_of, terminal
from simulation.errors import InputError
from simulation.options import Language, Processes, Scale, Scenario, Sets, whole

SEEDS, SCALE = 20, 0.25
_MOST_SEEDS = 10_000
_LAST_SEED = 2**32 - 1


def validate(
    scenario: Scenario = "baseline",
    seeds: Annotated[int, typer.Option(parser=whole, metavar="N", help="How many seeds to run.")] = SEEDS,
    first_seed: Annotated[int, typer.Option(parser=whole, metavar="N", help="The first of them.")] = 1,
    scale: Scale = SCALE,
    sets: Sets = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Ask only this statement or pattern, as C2.")
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the rows to this file as well.")
    ] = None,
    workers: Processes = None,
    lang: Language = "en",
    quiet: Annotated[bool, typer.Option("--quiet", help="Print no table and no progress.")] = False,
) -> None:
    """Hold the model, and models that are wrong in one point, against what is known of the city and the country."""
    from simulation.batches.engines import processors
    from simulation.evidence import report, rows
    from simulation.evidence.targets import chosen_statements
    from simulation.evidence.validate import count_tasks
    from simulation.evidence.validate import validate as run_all
    from simulation.scenario import load_scenario, parse_sets

    _check(seeds, first_seed, workers)
    plan = load_scenario(scenario, overrides=parse_sets(sets or ()), scale=scale)
    statements = chosen_statements(only or ())
    if json_file:
        rows.check_writable(json_file)
    wanted = range(first_seed, first_seed + seeds)
    total = count_tasks(plan, statements) * seeds
    with progress_of(total, quiet, "run") as progress:
        done = run_all(plan, statements, wanted, workers=workers or processors(), progress=progress)
    outcome = rows.rows_of(done, lang)
    if json_file:
        rows.write_rows(json_file, outcome)
    if not quiet:
        terminal().print(report.show_report(outcome, lang))
    if json_file:
        print(json_file if quiet else f"Rows: {json_file}")


def _check(seeds: int, first_seed: int, workers: int | None) -> None:
    """Refuse numbers of seeds and processes that mean nothing."""
    if not 1 <= seeds <= _MOST_SEEDS:
        raise InputError(f"--seeds is {seeds}, but it must be 1 to {_MOST_SEEDS:,} seeds; 20 or more are a validation.")
    if not 0 <= first_seed <= _LAST_SEED - seeds:
        raise InputError(f"--first-seed is {first_seed}, but it must be 0 to {_LAST_SEED - seeds:,}.")
    if workers is not None and not 1 <= workers <= 1024:
        raise InputError(f"--workers is {workers}, but it must be 1 to 1,024 processes.")
