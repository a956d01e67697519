"""A few worker processes of one kind, the runs that they are at, and the flags by which they are stopped."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Set
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field

from simulation.dashboard import worker
from simulation.errors import RunError
from simulation.plan import Plan

_WAIT_SECONDS = 900.0
"""How long the first start may take: rules are compiled and the city is built."""


@dataclass(eq=False)
class Lane:
    """Workers that keep the city of one plan ready; ``patient`` ones let other processes go first."""

    plan: Plan
    workers: int
    patient: bool
    free: list[int] = field(init=False)
    _slots: dict[Plan, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._context = context
        self._flags = context.Array("i", self.workers, lock=False)
        self._months = context.Array("i", self.workers, lock=False)
        self.free = list(range(self.workers))
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPoolExecutor:
        self._ready = self._context.Value("i", 0)
        given = self._flags, self._months, self._ready, self.plan, self.patient
        return ProcessPoolExecutor(self.workers, self._context, worker.settle, given)

    def start(self) -> None:
        """Start the workers and return when all are warm."""
        first = [self._pool.submit(int) for _ in range(self.workers)]
        for one in first:
            try:
                one.result(timeout=_WAIT_SECONDS)
            except Exception as error:
                raise RunError(f"the workers of the page could not start ({type(error).__name__}).") from error
        until = time.monotonic() + _WAIT_SECONDS
        while self._ready.value < self.workers and time.monotonic() < until:
            time.sleep(0.05)

    def submit(self, plan: Plan, heard: Callable[[Future], None]) -> None:
        """Give a run to a free worker; ``heard`` is called when it is over; workers that died are replaced."""
        slot = self.free.pop()
        self._slots[plan] = slot
        self._flags[slot], self._months[slot] = worker.RUNNING, 0
        self.call(worker.answer, plan, slot).add_done_callback(heard)

    def call(self, function: Callable, *given: object) -> Future:
        """Let a worker do something short that nobody stops."""
        try:
            return self._pool.submit(function, *given)
        except BrokenProcessPool:
            self._renew()
            return self._pool.submit(function, *given)

    def release(self, plan: Plan) -> None:
        """Say that a run is over."""
        self.free.append(self._slots.pop(plan))

    def holds(self, plan: Plan) -> bool:
        """Return whether a worker has this plan, even one that has been told to stop."""
        return plan in self._slots

    def runs(self, plan: Plan) -> bool:
        """Return whether a worker is at this plan and has not been told to stop."""
        return plan in self._slots and self._flags[self._slots[plan]] == worker.RUNNING

    def months_done(self, plan: Plan) -> int:
        """Return how many months of a plan have been lived, 0 where nobody is at it."""
        return self._months[self._slots[plan]] if self.runs(plan) else 0

    def stop_all_but(self, wanted: Set[Plan]) -> None:
        """Tell the workers to stop the runs that are not wanted."""
        for plan, slot in self._slots.items():
            if plan not in wanted:
                self._flags[slot] = worker.STOP

    def _renew(self) -> None:
        """Replace workers that died."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._new_pool()

    def close(self) -> None:
        """End the workers and wait until they are gone: who leaves before meets their pool half taken down."""
        self._pool.shutdown(wait=True, cancel_futures=True)
