"""The desk where questions wait: who is served next, what is known already, and what nobody waits for any more.

One desk serves all who have the page open. A question asks what a policy changes against the baseline on the same luck:
first by a small city, which takes a second, then by the whole city once for each seed. Those who have been served least
come first, so that four people on two cores all move on. Answers are kept, so the baseline is run once for everybody.
"""

from __future__ import annotations

import itertools
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field

from simulation.dashboard import worker
from simulation.dashboard.digest import Digest, Families
from simulation.dashboard.lane import Lane
from simulation.dashboard.lives import Life, Wish
from simulation.dashboard.worker import Stopped
from simulation.plan import Plan
from simulation.start import fingerprint

KEPT = 600
"""Answers that are kept; each takes some 180 kB, most of it one byte a family."""

LIVES_KEPT = 100
"""Lives of families that are kept; each takes some 200 kB."""

CITIES_KEPT = 6
"""Cities whose families are kept; each takes some 2 MB."""

_TRIES = 2

logger = logging.getLogger("salur.dashboard")

Arms = tuple[Digest, ...]
"""The baseline, the chosen policy and the others on the same luck."""


@dataclass(frozen=True)
class Question:
    """What does a policy change, and what do the ``others`` that are compared with the same baseline?

    ``quick_scale`` is the share of the city that gives the first answer.
    """

    baseline: Plan
    chosen: Plan
    seeds: tuple[int, ...]
    quick_scale: float
    others: tuple[Plan, ...] = ()

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The baseline and all that is compared with it."""
        return self.baseline, self.chosen, *self.others

    def quick(self) -> tuple[Plan, ...]:
        """Return the plans of the first answer."""
        return tuple(plan.with_(seed=self.seeds[0], scale=self.quick_scale) for plan in self.plans)

    def whole(self) -> tuple[tuple[Plan, ...], ...]:
        """Return the plans of every replicate."""
        return tuple(tuple(plan.with_(seed=seed) for plan in self.plans) for seed in self.seeds)


@dataclass(frozen=True)
class View:
    """What is known of a question now.

    ``seeds`` are those of ``whole``. ``state`` is ``waiting``, ``running``, ``done``, ``stopped`` or ``failed``.
    ``others`` counts the people who wait for answers as well. ``progress`` is the share of the months that have been
    lived.
    """

    quick: Arms | None
    whole: tuple[Arms, ...]
    seeds: tuple[int, ...]
    wanted: int
    progress: float
    others: int
    state: str


@dataclass(eq=False)
class Job:
    """A question at the desk. ``patient`` jobs are for the time when nobody waits."""

    question: Question
    number: int
    patient: bool = False
    served: int = 0
    closed: str = ""
    quick_plans: tuple[Plan, ...] = field(init=False)
    replicates: tuple[tuple[Plan, ...], ...] = field(init=False)

    def __post_init__(self) -> None:
        self.quick_plans = self.question.quick()
        self.replicates = self.question.whole()

    def plans(self, quick: bool) -> Iterator[Plan]:
        """Return the plans that the job needs in their order, of the small city or of the whole one."""
        yield from self.quick_plans if quick else itertools.chain.from_iterable(self.replicates)


class Desk:
    """All questions, the workers who answer them, and the answers.

    Parameters
    ----------
    baseline : the plan that is compared with; its scale is that of the whole city.
    workers : processes for the whole city. quick_scale : share of the city for first answers.
    """

    def __init__(self, baseline: Plan, *, workers: int, quick_scale: float) -> None:
        self._lock = threading.RLock()
        self._jobs: list[Job] = []
        self._numbers = itertools.count()
        self._known: OrderedDict[Plan, Digest] = OrderedDict()
        self._lives: OrderedDict[Wish, Future[Life]] = OrderedDict()
        self._families: OrderedDict[str, Future[Families]] = OrderedDict()
        self._tries: dict[Plan, int] = {}
        self.lanes = {True: Lane(baseline.with_(scale=quick_scale), 1, patient=False)}
        self.lanes[False] = Lane(baseline, workers, patient=True)

    def open(self) -> None:
        """Start the workers and return when they are warm; the quick one first, so that rules are compiled once."""
        for quick in (True, False):
            self.lanes[quick].start()

    def close(self) -> None:
        """Stop all runs and end the workers."""
        with self._lock:
            self._jobs.clear()
            for lane in self.lanes.values():
                lane.stop_all_but(frozenset())
        for lane in self.lanes.values():
            lane.close()

    def ask(self, question: Question, *, patient: bool = False) -> Job:
        """Take a question in and return its job."""
        with self._lock:
            job = Job(question, next(self._numbers), patient)
            self._jobs.append(job)
            for plan in (plan for quick in (True, False) for plan in job.plans(quick) if plan in self._known):
                self._known.move_to_end(plan)
            self._serve()
            return job

    def stop(self, job: Job) -> None:
        """Forget a question; workers stop within a month what nobody else waits for."""
        with self._lock:
            if job in self._jobs:
                self._jobs.remove(job)
                job.closed = "stopped"
                for quick, lane in self.lanes.items():
                    wanted = {plan for other in self._jobs for plan in other.plans(quick)}
                    lane.stop_all_but(wanted)

    def life(self, wish: Wish) -> Future[Life]:
        """Ask for the life of one family in the small city; the quick worker tells it."""
        return self._told(self._lives, wish, LIVES_KEPT, lambda: self.lanes[True].call(worker.tell_life, wish))

    def families(self, plan: Plan) -> Future[Families]:
        """Ask where and who the families of a plan's city are; a worker that holds the city tells it."""
        lane = self.lanes[plan.scale < self.lanes[False].plan.scale]
        return self._told(self._families, fingerprint(plan), CITIES_KEPT, lambda: lane.call(worker.tell_families, plan))

    def _told(self, kept: OrderedDict, key: object, most: int, ask: Callable[[], Future]) -> Future:
        """Return what was told before, or ask where nobody has or the answer failed; the latest are kept."""
        with self._lock:
            told = kept.get(key)
            if told is None or (told.done() and (told.cancelled() or told.exception() is not None)):
                told = kept[key] = ask()
                kept.move_to_end(key)
                while len(kept) > most:
                    kept.popitem(last=False)
            return told

    def view(self, job: Job) -> View:
        """Return what is known of a job's question now."""
        with self._lock:
            done = [plans for plans in job.replicates if self._has(*plans)]
            whole = tuple(tuple(map(self._known.get, plans)) for plans in done)
            quick = tuple(map(self._known.get, job.quick_plans)) if self._has(*job.quick_plans) else None
            others = sum(1 for other in self._jobs if other is not job and not other.patient)
            seeds = tuple(plans[0].seed for plans in done)
            return View(quick, whole, seeds, len(job.replicates), self._progress(job), others, self._state(job))

    def _has(self, *plans: Plan) -> bool:
        return all(plan in self._known for plan in plans)

    def _state(self, job: Job) -> str:
        if job.closed:
            return job.closed
        busy = any(self.lanes[quick].runs(plan) for quick in (True, False) for plan in job.plans(quick))
        return "running" if busy or job.served else "waiting"

    def _progress(self, job: Job) -> float:
        plans = list(dict.fromkeys(job.plans(False)))
        lane = self.lanes[False]
        lived = sum(plan.months if plan in self._known else lane.months_done(plan) for plan in plans)
        return lived / sum(plan.months for plan in plans)

    def _serve(self) -> None:
        """Close what is answered, and give every free worker the next run."""
        for job in [job for job in self._jobs if all(self._has(*job.plans(quick)) for quick in (True, False))]:
            self._jobs.remove(job)
            job.closed = "done"
        for quick, lane in self.lanes.items():
            while lane.free:
                job, plan = self._next(quick)
                if plan is None:
                    break
                job.served += not quick
                lane.submit(plan, lambda future, plan=plan, quick=quick: self._listen(future, plan, quick))

    def _next(self, quick: bool) -> tuple[Job | None, Plan | None]:
        """Return who is served next and with which run: who waits before who is patient, the least served first."""
        lane = self.lanes[quick]
        for job in sorted(self._jobs, key=lambda job: (job.patient, job.served, job.number)):
            for plan in self._in_turn(job, quick):
                if plan not in self._known and not lane.holds(plan):
                    return job, plan
        return None, None

    def _in_turn(self, job: Job, quick: bool) -> Iterable[Plan]:
        """Return the plans of a job that may be run now: the first replicate has no others beside it to slow it."""
        first = job.replicates[0]
        if quick or job.patient or self._has(*first):
            return job.plans(quick)
        return first

    def _listen(self, future: Future, plan: Plan, quick: bool) -> None:
        """Hear at once; but apart where workers died, because their pool holds a lock of its own while it says so."""
        if not future.cancelled() and isinstance(future.exception(), BrokenProcessPool):
            threading.Thread(target=self._hear, args=(future, plan, quick), daemon=True).start()
        else:
            self._hear(future, plan, quick)

    def _hear(self, future: Future, plan: Plan, quick: bool) -> None:
        """Take an answer, or what became of it, and go on."""
        with self._lock:
            self.lanes[quick].release(plan)
            error = None if future.cancelled() else future.exception()
            if future.cancelled() or isinstance(error, Stopped):
                pass
            elif error is None:
                self._keep(plan, future.result())
            else:
                self._fail(plan, quick, error)
            self._serve()

    def _keep(self, plan: Plan, answer: Digest) -> None:
        self._known[plan] = answer
        while len(self._known) > KEPT:
            self._known.popitem(last=False)

    def _fail(self, plan: Plan, quick: bool, error: BaseException) -> None:
        """Try again where a worker died; otherwise tell those who wait that it failed."""
        self._tries[plan] = self._tries.get(plan, 0) + 1
        if isinstance(error, BrokenProcessPool) and self._tries[plan] < _TRIES:
            return
        del self._tries[plan]
        logger.error("a run failed", exc_info=error)
        for job in [job for job in self._jobs if plan in job.plans(quick)]:
            self._jobs.remove(job)
            job.closed = "failed"
