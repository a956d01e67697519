"""The command ``salur sensitivity``: what the headlines hang on, and how much of it is only assumed."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli_batches import duration
from simulation.console import say, terminal
from simulation.errors import InputError
from simulation.options import Language, NoFigures, RootSeed, Scenario, Workers, number, whole

if TYPE_CHECKING:
    from rich.table import Table

    from simulation.batches.batch import Batch
    from simulation.uncertainty.designs import Shaking
    from simulation.uncertainty.sensitivity import Effort, Sensitivity

OUT = Path("results/sensitivity")


def sensitivity(
    scenario: Scenario = "baseline",
    trajectories: Annotated[
        int, typer.Option(parser=whole, metavar="N", help="Trajectories of the screening.", show_default="6")
    ] = 6,
    samples: Annotated[
        int, typer.Option(parser=whole, metavar="N", help="Base samples of the indices.", show_default="64")
    ] = 64,
    replicates: Annotated[
        int, typer.Option(parser=whole, metavar="N", help="Seeds at every point.", show_default="2")
    ] = 2,
    months: Annotated[int, typer.Option(parser=whole, metavar="N", help="Months of a run.", show_default="24")] = 24,
    scale: Annotated[
        float, typer.Option(parser=number, metavar="X", help="Share of the city in the screening.", show_default="0.05")
    ] = 0.05,
    index_scale: Annotated[
        float, typer.Option(parser=number, metavar="X", help="Share of the city for the indices.", show_default="0.1")
    ] = 0.1,
    seed: RootSeed = 1,
    workers: Workers = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for batches, tables and figures.")] = OUT,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would take, and run nothing.")] = False,
    no_figures: NoFigures = False,
    lang: Language = "id",
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but the folder of results.")] = False,
) -> None:
    """Find out what the headlines hang on; the same command goes on with what was interrupted."""
    from simulation.uncertainty.designs import Shaking
    from simulation.uncertainty.sensitivity import Effort

    if replicates < 2:
        raise InputError(f"--replicates is {replicates}, but it must be 2 or more: one seed cannot tell luck apart.")
    if trajectories < 2:
        raise InputError(f"--trajectories is {trajectories}, but it must be 2 or more.")
    if samples < 2 or samples & (samples - 1):
        raise InputError(f"--samples is {samples}, but Sobol' points need a power of two such as 64.")
    shaking = Shaking(scenario, months, scale, replicates, seed)
    effort = Effort(trajectories, samples, samples, index_scale)
    if dry_run:
        _estimate(shaking, effort, out, workers)
        return
    _analyse(shaking, effort, out, workers, None if no_figures else lang, quiet)


def _analyse(
    shaking: Shaking, effort: Effort, out: Path, workers: str | None, figures: str | None, quiet: bool
) -> None:
    from simulation.uncertainty.sensitivity import analyse
    from simulation.uncertainty.writing import write_sensitivity

    done: list[Batch] = []

    def run(batch: Batch) -> Path:
        done.append(batch)
        return _run(batch, out / batch.name, workers, quiet)

    found = analyse(shaking, effort, run)
    runs = sum(batch.size for batch in done)
    write_sensitivity(out, found, shaking, effort, done[0].plans[0], runs, figures)
    if not quiet:
        for table in (_leading(found), _assumed(found)):
            terminal().print(table)
    print(out if quiet else f"Results: {out}")


def _run(batch: Batch, folder: Path, workers: str | None, quiet: bool) -> Path:
    from simulation.batches.runner import run_batch
    from simulation.cli_batches import Screen

    with Screen(batch) as screen:
        outcome = run_batch(batch, out=folder, workers=workers, report=None if quiet else screen.show)
    if outcome.failed:
        say(f"Note: {outcome.failed} of {batch.size} runs failed and are left out; {folder / 'failures'} says why.")
    return outcome.folder


def _estimate(shaking: Shaking, effort: Effort, out: Path, workers: str | None) -> None:
    from simulation.batches.engines import parse_workers
    from simulation.batches.estimate import estimate
    from simulation.uncertainty.sensitivity import batches_of

    count, total = parse_workers(workers, None)[0] or 1, 0.0
    for batch in batches_of(shaking, effort):
        took = estimate(batch, out / f"{batch.name}-estimate", count)
        total += took.seconds
        print(f"{batch.name}: {batch.size:,} runs, about {duration(took.seconds)}.")
    print(f"In all about {duration(total)} with {count} worker{'s' if count > 1 else ''}.")


def _leading(found: Sensitivity) -> Table:
    from rich import box
    from rich.table import Table

    from simulation.measures import MEASURES

    table = Table("headline", "hangs most on", "of variance, in all", "95% interval", "grade", box=box.SIMPLE_HEAD)
    for measure, rows in found.sobol.groupby("measure", sort=False):
        for place, row in enumerate(rows.sort_values("total", ascending=False).head(3).to_dict("records")):
            name = "" if place else MEASURES[measure].label.en
            if not (math.isfinite(row["total"]) and row["total_high"] - row["total_low"] <= 1):
                table.add_row(name, "cannot be told: these inputs hardly move it", "", "", "")
                break
            ends = f"{row['total_low']:.0%} to {row['total_high']:.0%}"
            table.add_row(name, row["label_en"], f"{row['total']:.0%}", ends, row["grade"])
    return table


def _assumed(found: Sensitivity) -> Table:
    from rich import box
    from rich.table import Table

    from simulation.measures import MEASURES

    heads = ("headline", "of variance from what is only assumed", "95% interval", "luck in one run")
    table = Table(*heads, box=box.SIMPLE_HEAD)
    for row in found.assumed.to_dict("records"):
        ends = f"{row['total_low']:.0%} to {row['total_high']:.0%}"
        table.add_row(MEASURES[row["measure"]].label.en, f"{row['total']:.0%}", ends, f"{row['luck_share']:.0%}")
    return table
