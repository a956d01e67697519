"""The coordinator of a batch: hands out jobs, takes in what they give, and keeps it before it goes on.

However many runs a batch has, only a few are under way at a time, and nothing of a run stays in memory but its name.
"""

from __future__ import annotations

import traceback
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass

from simulation.batches.engines import Engine
from simulation.batches.manifest import Key
from simulation.batches.reading import measure_by_run
from simulation.batches.schedule import Schedule
from simulation.batches.stopping import Stopper
from simulation.batches.store import Ended, Store
from simulation.batches.work import Failure, Finished, Job
from simulation.errors import RunError
from simulation.experiments.ending import end_value

DEATHS = 2
"""So often may a run be alone with a worker that dies before it is recorded as failed."""

_TICK_SECONDS = 1.0
_RECENT = 200


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is: runs ended and in all, those of now, and the seconds that are left by what runs took."""

    done: int
    failed: int
    total: int
    now: int
    workers: int
    seconds_left: float | None


class Coordinator:
    """Brings a batch to its end on an engine.

    Parameters
    ----------
    retry_failed : repeat the runs that failed earlier. report : called whenever something came in, and every second.

    Attributes
    ----------
    now : how many runs came to an end by this coordinator.
    """

    def __init__(
        self, store: Store, engine: Engine, *, retry_failed: bool, report: Callable[[Progress], None] | None
    ) -> None:
        self.store, self.engine, self.batch = store, engine, store.batch
        self.now = 0
        self._report = report
        if retry_failed:
            store.stock.failed.clear()
        ended = store.stock.done | store.stock.failed
        self._before = len(ended)
        self._schedule = Schedule(self.batch, ended, lambda city: city in store.stock.cities)
        self._stopper = Stopper(self.batch, ended, _values(store)) if self.batch.rule else None
        self._under_way: dict[Future, Job] = {}
        self._suspects: deque[Job] = deque()
        self._tries: Counter[Key] = Counter()
        self._deaths: Counter[Key] = Counter()
        self._seconds: deque[float] = deque(maxlen=_RECENT)

    @property
    def replicates(self) -> int:
        """Return how many replicates the batch has: those it asks for, or those after which its rule stopped it."""
        return (self._stopper and self._stopper.stop) or self.batch.replicates

    @property
    def _stopped(self) -> bool:
        return self._stopper is not None and self._stopper.stop is not None

    def run(self) -> None:
        """Do all runs that are missing."""
        while self._hand_out():
            self._tell()
            self._take_in()
        self._tell()

    def rescue(self) -> None:
        """Keep what has come in and is not yet kept, when the batch is about to stop."""
        came = [one for one in self._under_way if one.done() and not one.cancelled() and not one.exception()]
        self._keep([self._ended(self._under_way.pop(future), future.result()) for future in came])

    def _hand_out(self) -> bool:
        """Hand out as many jobs as the engine can use, and tell whether anything is under way.

        Jobs that a worker may have died of are done one by one, to find out which it was.
        """
        if self._stopped:
            return False
        if self._suspects:
            if not self._under_way:
                self._submit(self._suspects.popleft())
            return True
        slots = max(self.engine.slots(), 1)
        while len(self._under_way) < slots + (slots + 1) // 2:
            job = self._schedule.next()
            if job is None:
                break
            self._submit(job)
        return bool(self._under_way)

    def _submit(self, job: Job) -> None:
        self._tries[job.key] += 1
        try:
            future = self.engine.submit(job)
        except self.engine.lost as error:
            future = Future()
            future.set_exception(error)
        self._under_way[future] = job

    def _take_in(self) -> None:
        """Wait for something to come in and keep it."""
        alone = len(self._under_way) == 1
        came, _ = wait(self._under_way, _TICK_SECONDS, FIRST_COMPLETED)
        if not self.engine.tries_itself and any(self._is_lost(future) for future in came):
            came, _ = wait(self._under_way)
            self.engine.renew()
        ended, lost = [], []
        for future in came:
            job = self._under_way.pop(future)
            if self._is_lost(future):
                lost.append((job, future.exception()))
            else:
                ended.append(self._ended(job, _result(future)))
        for job, error in lost:
            self._deaths[job.key] += alone
            if self.engine.tries_itself or self._deaths[job.key] >= DEATHS:
                ended.append(self._ended(job, self._death(job, error)))
            else:
                self._suspects.append(job)
        self._keep(ended)

    def _is_lost(self, future: Future) -> bool:
        return not future.cancelled() and isinstance(future.exception(), self.engine.lost)

    def _death(self, job: Job, error: BaseException) -> Failure:
        """Say that a run was lost with its worker, time and again."""
        self._tries[job.key] += getattr(error, "allowed_failures", 0)
        words = f"the worker died in each of {self._tries[job.key]} attempts, perhaps for lack of memory"
        return Failure(words, "".join(traceback.format_exception(error)), 0.0)

    def _ended(self, job: Job, result: Finished | Failure) -> Ended:
        return Ended(job, result, self._tries.pop(job.key, 1))

    def _keep(self, ended: list[Ended]) -> None:
        if not ended:
            return
        self.store.commit(ended)
        self.now += len(ended)
        for one in ended:
            self._schedule.built(one.job)
            self._seconds.append(one.result.seconds)
            if self._stopper:
                self._stopper.hear(one.job.key, self._value(one))

    def _value(self, one: Ended) -> float | None:
        """Return what the stopping rule looks at."""
        if one.failed:
            return None
        months, measure = one.result.months, self.batch.rule.measure
        return end_value(measure, months["month"].to_numpy(), months[measure].to_numpy())

    def _tell(self) -> None:
        if self._report is None:
            return
        workers = self.engine.slots()
        total = self.replicates * len(self.batch.plans) * len(self.batch.design.points)
        stock = self.store.stock
        self._report(Progress(
            len(stock.done), len(stock.failed), total, self.now, workers, self._seconds_left(total, workers)
        ))  # fmt: skip

    def _seconds_left(self, total: int, workers: int) -> float | None:
        if not self._seconds or not workers:
            return None
        mean = sum(self._seconds) / len(self._seconds)
        return max(total - self._before - self.now, 0) * mean / workers


def _values(store: Store) -> dict[Key, float]:
    """Return what the stopping rule looks at of every run that is there."""
    return measure_by_run(store.folder, store.record, store.batch.rule.measure)


def _result(future: Future) -> Finished | Failure:
    """Return what a future gave; an error outside the run itself, such as a worker without the model, is a failure."""
    try:
        return future.result()
    except CancelledError:
        raise RunError("the connection to the workers was lost.") from None
    except Exception as error:
        return Failure(f"{type(error).__name__}: {error}", "".join(traceback.format_exception(error)), 0.0)
