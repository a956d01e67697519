"""What happens in a worker process: it keeps cities ready, runs one plan at a time, and stops when it is told to."""

from __future__ import annotations

import multiprocessing
import os
import time
from typing import TYPE_CHECKING, Any

from simulation.dashboard.digest import Digest, Families, digest
from simulation.dashboard.lives import Life, Wish, live_again

if TYPE_CHECKING:
    from simulation.plan import Plan
    from simulation.start import Start

RUNNING, STOP = 0, 1
_PATIENT = 10
"""How far workers of the whole city step back (``nice``), so that the page and the quick answers go first."""

_shared: dict[str, Any] = {}


class Stopped(Exception):
    """The run was stopped because nobody waits for it."""


def settle(flags: Any, months_done: Any, ready: Any, plan: Plan, patient: bool) -> None:
    """Prepare a new worker: hear of stops, load or build the city, and live a month so that all rules are compiled."""
    import signal
    import threading

    from simulation.experiments.run import simulate

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _shared.update(flags=flags, months_done=months_done)
    if patient and hasattr(os, "nice"):
        os.nice(_PATIENT)
    first = plan.with_(months=1)
    simulate(first, start=_start_of(first))
    with ready.get_lock():
        ready.value += 1


def _leave_with_parent() -> None:
    """End this worker when the page that started it is gone, however it went."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def answer(plan: Plan, slot: int) -> Digest:
    """Run a plan and return its digest; raise ``Stopped`` within a month of being told to stop."""
    from simulation.batches.work import last_status
    from simulation.experiments.run import record
    from simulation.model import AssistanceModel, discard

    flags, months_done = _shared["flags"], _shared["months_done"]

    def each_month(done: int, _: int) -> None:
        months_done[slot] = done
        if flags[slot] == STOP:
            raise Stopped

    began = time.perf_counter()
    model = AssistanceModel(plan, start=_start_of(plan))
    try:
        tables = record(model, progress=each_month)
        return digest(plan, tables, time.perf_counter() - began, last_status(model).tobytes())
    finally:
        discard(model)


def tell_life(wish: Wish) -> Life:
    """Live the months of one family again, under both policies."""
    return live_again(wish, _start_of(wish.baseline))


def tell_families(plan: Plan) -> Families:
    """Say where and who the families of a plan's city are."""
    from simulation.batches.work import describe_families
    from simulation.model import AssistanceModel, discard

    model = AssistanceModel(plan, start=_start_of(plan))
    try:
        return describe_families(model)
    finally:
        discard(model)


def _start_of(plan: Plan) -> Start:
    """Return the starting state of a plan's city, from memory where it was needed before."""
    from simulation.model import live_through_history
    from simulation.start import recent_start

    return recent_start(plan, live_through_history)
