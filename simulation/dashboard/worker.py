"""What happens in a worker process: it keeps cities ready, runs one plan at a time, and stops when it is told to."""

from __future__ import annotations

import multiprocessing
import os
import time
from typing import TYPE_CHECKING, Any

from simulation.dashboard.digest import Digest, digest
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
    from simulation.experiments.run import simulate

    flags, months_done = _shared["flags"], _shared["months_done"]

    def each_month(done: int, _: int) -> None:
        months_done[slot] = done
        if flags[slot] == STOP:
            raise Stopped

    began = time.perf_counter()
    tables = simulate(plan, progress=each_month, start=_start_of(plan))
    return digest(plan, tables, time.perf_counter() - began)


def tell_life(wish: Wish) -> Life:
    """Live the months of one family again, under both policies."""
    return live_again(wish, _start_of(wish.baseline))


def _start_of(plan: Plan) -> Start:
    """Return the starting state of a plan's city, from memory where it was needed before."""
    from simulation.model import live_through_history
    from simulation.start import recent_start

    return recent_start(plan, live_through_history)
