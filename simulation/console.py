"""What the terminal shows beside results: progress, one sentence for every failure, and the exit code it means."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.errors import InputError, Interrupted, RunError, nearest

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from rich.console import Console

BAD_INPUT, FAILED, INTERRUPTED = 2, 1, 130
Progress = Callable[[int, int], None]


def say(message: str) -> None:
    """Write one line to the error stream."""
    print(" ".join(message.split()), file=sys.stderr, flush=True)


def terminal() -> Console:
    """Return the console for results: as wide as the terminal, or so wide in a file or a pipe that no line breaks."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else 1000)


def exit_code(error: BaseException) -> int:
    """Say in one sentence what went wrong and return the exit code: 2 bad input, 1 a failed run, 130 interrupted."""
    if isinstance(error, KeyboardInterrupt):
        say("Interrupted; no results were written.")
        return INTERRUPTED
    if isinstance(error, Interrupted):
        say(f"Interrupted; {error}")
        return INTERRUPTED
    if isinstance(error, InputError):
        say(f"Error: {error}")
        return BAD_INPUT
    if hasattr(error, "format_message"):
        say(f"Error: {_usage(error)}")
        return BAD_INPUT
    if isinstance(error, RunError):
        say(f"Error: {error}")
        return FAILED
    say(f"Error: {_failure(error)} {_logged(error)}")
    return FAILED


def _usage(error: Exception) -> str:
    """Put what the command line parser found wrong into one sentence, with the nearest option or command."""
    message = error.format_message().partition(" (Possible options")[0].partition(" Did you mean")[0]
    message = message.replace("Value error, ", "").strip()
    context = getattr(error, "ctx", None)
    wrong, known = getattr(error, "option_name", None), []
    if wrong and message.startswith("No such option") and context:
        known = [name for parameter in context.command.params for name in parameter.opts if name.startswith("-")]
    elif message.startswith("No such command") and context:
        wrong, known = message.split("'")[1], context.command.commands
    return message.rstrip(".") + ((nearest(wrong, known) if wrong and known else "") or ".")


def _failure(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "there is not enough memory for this run; use a smaller --scale."
    if isinstance(error, OSError):
        place = f" ({error.filename})" if error.filename else ""
        return f"{error.strerror or error}{place}."
    return f"the run failed because of a bug ({type(error).__name__})."


def _logged(error: BaseException) -> str:
    """Write the traceback to a log file and say where it is."""
    from simulation.compiled import cache_folder

    text = "".join([f"salur {' '.join(sys.argv[1:])}\n", *traceback.format_exception(error)])
    name = f"{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.log"
    for folder in (cache_folder() / "logs", Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        except OSError:
            continue
        return f"Details are in {folder / name}."
    return "No log of it could be written."


def progress_of(total: int, quiet: bool, noun: str = "month") -> AbstractContextManager[Progress | None]:
    """Return what shows months going by: a bar on a terminal, a line for every twelve elsewhere, or nothing.

    ``noun`` names what goes by, if it is not months.
    """
    if quiet:
        return nullcontext()
    return _bar(total, noun) if sys.stderr.isatty() else nullcontext(partial(_by_dozens, noun))


@contextmanager
def interruptible(progress: Progress | None) -> Iterator[Progress]:
    """Make sure that Ctrl-C ends a run: where compiled code swallows it, the next month hears of it again."""
    before = signal.getsignal(signal.SIGINT)
    heard = []

    def hear(number: int, frame: object) -> None:
        heard.append(number)
        signal.default_int_handler(number, frame)

    def each_month(done: int, total: int) -> None:
        if heard:
            raise KeyboardInterrupt
        if progress:
            progress(done, total)

    ours = before is signal.default_int_handler and threading.current_thread() is threading.main_thread()
    if ours:
        signal.signal(signal.SIGINT, hear)
    try:
        yield each_month
    finally:
        if ours:
            signal.signal(signal.SIGINT, before)


def _by_dozens(noun: str, done: int, total: int) -> None:
    if done and (done % 12 == 0 or done == total):
        say(f"{noun} {done} of {total}")


@contextmanager
def _bar(total: int, noun: str) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Settling the city", total=total)
        yield lambda done, whole: bar.update(task, completed=done, total=whole, description=f"{noun.capitalize()}s")
