"""Where runs are done: in this process, in processes of this machine, or on a cluster; each behind one interface.

An engine gives futures of ``concurrent.futures``. How many runs it does at once never changes what comes out.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import types
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Protocol

from simulation.batches.work import Failure, Finished, Job, begin_worker, perform
from simulation.errors import InputError

MOST_WORKERS = 1024


class Engine(Protocol):
    """Does jobs.

    ``lost`` are the exceptions of a future whose worker died; ``tries_itself`` tells whether the engine has by then
    given the job to other workers. Where it has not, the death of one worker takes all jobs that are under way.
    """

    name: str
    lost: tuple[type[BaseException], ...]
    tries_itself: bool

    def submit(self, job: Job) -> Future:
        """Hand over a job; its future gives ``Finished`` or ``Failure``."""

    def slots(self) -> int:
        """Return how many jobs are done at once."""

    def renew(self) -> None:
        """Be ready for jobs again after a worker died."""

    def close(self) -> None:
        """Let go of everything, without waiting for jobs that are under way."""


class Here(Executor):
    """An executor that does every job at once, in this process."""

    def submit(self, function: Callable, /, *arguments: object, **named: object) -> Future:
        """Do it and return a finished future."""
        future: Future = Future()
        try:
            future.set_result(function(*arguments, **named))
        except Exception as error:
            future.set_exception(error)
        return future


class InProcess:
    """Runs one after the other in this process: for a look, for a debugger, for tests."""

    name, lost, tries_itself = "this process", (), True

    def __init__(self) -> None:
        self._executor = Here()

    def submit(self, job: Job) -> Future[Finished | Failure]:
        """Do the job."""
        return self._executor.submit(perform, job)

    def slots(self) -> int:
        """Return one."""
        return 1

    def renew(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


class Processes:
    """Worker processes on this machine, started afresh ("spawn"), each with one thread.

    They hold one end of a pipe; when the other end closes, because the batch is over or its coordinator died, they end.
    """

    lost, tries_itself = (BrokenExecutor,), False

    def __init__(self, workers: int) -> None:
        self.name = f"{workers} worker{'s' if workers > 1 else ''}"
        self._workers = workers
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        theirs, self._ours = context.Pipe(duplex=False)
        self._executor = ProcessPoolExecutor(
            self._workers, mp_context=context, initializer=begin_worker, initargs=(theirs,)
        )

    def submit(self, job: Job) -> Future[Finished | Failure]:
        """Hand the job to a worker."""
        with main_left_alone():
            return self._executor.submit(perform, job)

    def slots(self) -> int:
        """Return the number of workers."""
        return self._workers

    def renew(self) -> None:
        """Start new workers."""
        self.close()
        self._start()

    def close(self) -> None:
        """End the workers at once."""
        self._ours.close()
        self._executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def main_left_alone() -> Iterator[None]:
    """Start processes without running the user's script in each of them, as "spawn" does with ``__main__``.

    So ``run_batch`` can stand in a script without the usual guard.
    """
    script = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


def open_engine(workers: int | str | None = None, scheduler: str | None = None) -> Engine:
    """Return the engine for ``workers`` (a number, ``"dask:4"``, or 0 for this process) or a Dask ``scheduler``.

    By default there is a worker for each processor that this process may use. Raise ``InputError`` where the words make
    no sense or nobody answers.
    """
    count, dask = parse_workers(workers, scheduler)
    if dask:
        from simulation.batches.cluster import Cluster

        return Cluster(scheduler, local_workers=count)
    return Processes(count) if count else InProcess()


def parse_workers(workers: int | str | None, scheduler: str | None) -> tuple[int, bool]:
    """Return the number of workers on this machine, and whether Dask has them."""
    if scheduler is not None:
        if workers is not None:
            raise InputError("--scheduler brings its own workers; leave --workers out.")
        return 0, True
    word = str(processors() if workers is None else workers).strip()
    kind, colon, number = word.rpartition(":")
    fits = number.isascii() and number.isdecimal() and int(number) <= MOST_WORKERS
    if not fits or kind not in ("", "dask") or (colon and not (kind and int(number))):
        raise InputError(f"--workers is '{word}', but it must be a number of processes such as 4, or 'dask:4'.")
    return int(number), kind == "dask"


def processors() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
