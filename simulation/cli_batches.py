"""The command ``salur batch``: many runs from one file, their progress, and what has become of them."""

from __future__ import annotations

import dataclasses
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.console import say
from simulation.options import EnsembleFile, Uncertainty, Workers

if TYPE_CHECKING:
    from simulation.batches.batch import Batch
    from simulation.batches.coordinator import Progress
    from simulation.batches.runner import Outcome

_LINE_SECONDS, _WAITING_SECONDS = 10, 60


def batch(
    file: Annotated[str, typer.Argument(help="Batch file, or name of one of the library.")],
    workers: Workers = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Dask scheduler, as in tcp://192.168.1.5:8786.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder for the results.", show_default="results/<name>")
    ] = None,
    uncertainty: Uncertainty = "luck",
    ensemble: EnsembleFile = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would take, and run nothing.")] = False,
    extend: Annotated[
        bool, typer.Option("--extend", help="Add scenarios, points or replicates that have come to the file.")
    ] = False,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Repeat the runs that failed.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but the folder of results.")] = False,
) -> None:
    """Run many plans from one file, or go on with a batch that was interrupted."""
    from simulation.batches.batch_file import load_batch
    from simulation.batches.folder import default_folder
    from simulation.batches.runner import run_batch
    from simulation.ensembles import ensemble_of

    asked = dataclasses.replace(load_batch(file), ensemble=ensemble_of(uncertainty, ensemble))
    folder = default_folder(asked) if out is None else out
    if dry_run:
        _show_estimate(asked, folder, workers, scheduler, extend)
        return
    with Screen(asked) as screen:
        outcome = run_batch(
            asked, out=folder, workers=workers, scheduler=scheduler, extend=extend, retry_failed=retry_failed,
            report=None if quiet else screen.show,
        )  # fmt: skip
    _conclude(outcome, quiet)


def _introduce(asked: Batch) -> None:
    print(f"{asked.title.en}: {_shape(asked)}.", flush=True)
    notes = list(dict.fromkeys(note for plan in asked.plans for note in plan.notes))
    if notes:
        more = f" ({_counted(len(notes) - 1, 'more note')} of this kind in record.json.)" if notes[1:] else ""
        say(f"Note: {notes[0]}{more}")


def _shape(asked: Batch) -> str:
    """Say how a batch is made up."""
    scenarios, points = len(asked.plans), len(asked.design.points)
    parts = [_counted(scenarios, "scenario")]
    if asked.design.keys:
        parts.append(_counted(points, "point"))
    most = "at most " if asked.rule else ""
    parts.append(most + _counted(asked.replicates, "replicate"))
    first = asked.plans[0]
    return f"{' x '.join(parts)} = {most}{_counted(asked.size, 'run')} of {_counted(first.months, 'month')}"


def _conclude(outcome: Outcome, quiet: bool) -> None:
    """Say what has become of the batch; failed runs end the command with the code for a failed run."""
    from simulation.errors import RunError

    for note in outcome.notes:
        say(f"Note: {note}")
    if not quiet:
        took = f" in {duration(outcome.seconds)}" if outcome.now else "; all were there already"
        print(f"{_counted(outcome.now, 'run')} ended now{took}; {_counted(outcome.replicates, 'replicate')} in all.")
    print(outcome.folder if quiet else f"Results: {outcome.folder}")
    if outcome.failed:
        raise RunError(
            f"{outcome.failed} of {outcome.done + outcome.failed} runs failed; {outcome.folder / 'failures'} says why, "
            "and --retry-failed repeats them."
        )


def _show_estimate(asked: Batch, folder: Path, workers: str | None, scheduler: str | None, extend: bool) -> None:
    from simulation.batches.engines import parse_workers, processors
    from simulation.batches.estimate import estimate

    count = min(parse_workers(workers, scheduler)[0] or (processors() if scheduler else 1), processors())
    found = estimate(asked, folder, count, extend=extend)
    if found is None:
        print(f"{asked.title.en}: {_shape(asked)}; the batch is complete.\nNothing was run.")
        return
    done = f"; {found.ended} of them are done" if found.ended else ""
    print(f"{asked.title.en}: {_shape(asked)}{done}.")
    print(
        f"Time: about {duration(found.seconds)} with {_counted(count, 'worker')} "
        f"({duration(found.seconds_a_run)} a run, {duration(found.seconds_a_city)} to build each new city)."
    )
    print(
        f"Disk: about {size(found.result_bytes)} in {folder}, and for a moment at the end twice that; "
        f"{size(found.cache_bytes)} in the cache for new cities; {size(found.free_bytes)} are free."
    )
    if 2 * found.result_bytes + found.cache_bytes > found.free_bytes:
        say("Note: that is more than is free; keep fewer measures or months, or choose another disk with --out.")
    print("Nothing was run.")


class Screen:
    """Shows a batch going by, once its first progress tells that it has begun: a bar on a terminal, else lines."""

    def __init__(self, asked: Batch) -> None:
        self._asked = asked
        self._open_end = asked.rule is not None
        self._stack = ExitStack()
        self._draw: Callable[[Progress], None] | None = None

    def __enter__(self) -> Screen:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def show(self, progress: Progress) -> None:
        """Show how far the batch is."""
        if self._draw is None:
            _introduce(self._asked)
            self._draw = self._stack.enter_context(_bar()) if sys.stderr.isatty() else Lines(self._open_end)
        self._draw(progress)


class Lines:
    """Progress in lines, for a log: the first result, then about every ten seconds, and the last."""

    def __init__(self, open_end: bool = False) -> None:
        self._open_end = open_end
        self._shown, self._when = -1, 0.0

    def __call__(self, progress: Progress) -> None:
        """Print a line where enough has changed."""
        ended, passed = progress.done + progress.failed, time.monotonic() - self._when
        if not progress.workers and passed > _WAITING_SECONDS:
            self._say("no worker is there; waiting for one", ended)
        elif ended != self._shown and (passed > _LINE_SECONDS or ended == progress.total):
            self._say(in_words(progress, self._open_end), ended)

    def _say(self, words: str, ended: int) -> None:
        say(words)
        self._shown, self._when = ended, time.monotonic()


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}")
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting")
        yield lambda now: bar.update(
            task, total=now.total, completed=now.done + now.failed, description=in_words(now).partition(", ")[2]
        )


def in_words(progress: Progress, open_end: bool = False) -> str:
    """Say how far a batch is."""
    parts = [f"{progress.done + progress.failed} of {'at most ' if open_end else ''}{progress.total} runs"]
    if progress.failed:
        parts.append(f"{progress.failed} failed")
    if not progress.workers:
        parts.append("no worker is there")
    elif progress.seconds_left is None and progress.done + progress.failed < progress.total:
        parts.append("starting")
    elif progress.seconds_left:
        parts.append(f"about {duration(progress.seconds_left)} left")
    return ", ".join(parts)


def duration(seconds: float) -> str:
    """Say how long something takes, in its two largest units."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"


def size(count: float) -> str:
    """Say how much room something takes."""
    unit, name = next((one for one in ((1e3, "kB"), (1e6, "MB")) if count < 999.5 * one[0]), (1e9, "GB"))
    return f"{count / unit:{'.2g' if count < 9.95 * unit else ',.0f'}} {name}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
