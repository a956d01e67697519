"""What a worker does: one run of one plan, from a starting state that it keeps in memory.

The module is light, because a worker reads it before the number of its threads is set.
"""

from __future__ import annotations

import os
import threading
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.batches.batch import Kept, Run
from simulation.plan import Plan

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    import numpy as np
    import pyarrow as pa

    from simulation.model import AssistanceModel
    from simulation.start import Start

ABSENT = -2
"""Status of a family that does not live in the city at the end; the others are those of the cascade."""

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "NUMBA_NUM_THREADS")
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Job:
    """One run to be done: its plan, what to keep of it, and how to treat its city.

    ``keep_city`` : other runs need the same starting state, so it goes to the cache. ``describe_city`` : nobody has
    yet said where and who its families are. ``code`` : the digest of the code that the results are of.
    """

    run: Run
    plan: Plan
    kept: Kept
    city: str
    keep_city: bool
    describe_city: bool
    code: str

    @property
    def key(self) -> tuple[str, int, int]:
        """Return what names the run in a store: scenario, point, replicate."""
        return self.plan.name, self.run.point, self.run.replicate


@dataclass(frozen=True, slots=True)
class Finished:
    """What a run gave: its measures by month, the last status of every family, and the families of its city."""

    months: pa.Table
    status: np.ndarray | None
    families: dict[str, np.ndarray] | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a run failed."""

    error: str
    traceback: str
    seconds: float


def perform(job: Job) -> Finished | Failure:
    """Do one run; a run that fails is a result too, so that nothing but the end of the process stops a batch."""
    with _one_at_a_time:
        started = time.perf_counter()
        try:
            months, status, families = _perform(job)
            return Finished(months, status, families, round(time.perf_counter() - started, 4))
        except Exception as error:
            words = f"{type(error).__name__}: {error}"
            return Failure(words, traceback.format_exc(), round(time.perf_counter() - started, 4))


def begin_worker(coordinator: Connection) -> None:
    """Set up a worker process: one thread for numeric libraries, deaf to Ctrl-C, gone when its coordinator is."""
    import signal

    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(coordinator,), daemon=True).start()


def _end_with(coordinator: Connection) -> None:
    """End the process at once when the other end of the pipe is closed, by will or by death."""
    with suppress(EOFError, OSError):
        coordinator.recv()
    os._exit(0)


def _perform(job: Job) -> tuple[pa.Table, np.ndarray | None, dict[str, np.ndarray] | None]:
    from simulation.batches.record import results_digest
    from simulation.experiments.run import record
    from simulation.model import AssistanceModel, discard

    if results_digest() != job.code:
        raise RuntimeError("this worker has another version of the model than the batch; install the same one.")
    model = AssistanceModel(job.plan, start=_start(job))
    try:
        families = describe_families(model) if job.kept.families and job.describe_city else None
        tables = record(model)
        status = last_status(model) if job.kept.families else None
    finally:
        discard(model)
    return kept_months(tables["months"], job.kept), status, families


def _start(job: Job) -> Start:
    """Return the starting state of a job: from memory, from the cache, or built anew."""
    from simulation.model import live_through_history
    from simulation.start import recent_start

    return recent_start(job.plan, live_through_history, keep=job.keep_city)


def last_status(model: AssistanceModel) -> np.ndarray:
    """Return the cascade status of every row at the end of the last month, int8; ``ABSENT`` for who is not there."""
    import numpy as np

    from simulation.measures.cascade import status_in

    now = model.now
    status = np.full(model.hh.rows, ABSENT, np.int8)
    placed = status_in(now)
    status[: placed.size] = np.where(now.hh.active, placed, ABSENT)
    return status


def describe_families(model: AssistanceModel) -> dict[str, np.ndarray]:
    """Say where and who the families of a city are before its first month, one entry a row.

    ``decile`` is that of persons by consumption before transfers, 1 the poorest, 0 for families that come later.
    """
    import numpy as np

    from simulation.measures.poverty import decile_of

    hh = model.hh
    return {
        "luck_id": hh.luck_id.astype(np.int64),
        "kelurahan": hh.kelurahan.astype(np.int16),
        "decile": decile_of(hh.consumption, hh.size * hh.active),
        "size": hh.size.copy(),
        "elderly": hh.elderly > 0,
        "disabled": hh.disabled > 0,
        "children": (hh.young_children + hh.sd_pupils + hh.smp_pupils + hh.sma_pupils) > 0,
    }


def kept_months(months, kept: Kept) -> pa.Table:
    """Return the chosen months and measures, the month as a number from 0 and as a date."""
    import numpy as np
    import pyarrow as pa

    chosen = np.array(kept.months)
    rows = months.iloc[chosen]
    columns = {
        "month": pa.array(chosen, pa.int32()),
        "date": pa.array(rows["month"].to_numpy(), pa.timestamp("ms")),
    }
    return pa.table(columns | {name: pa.array(rows[name].to_numpy()) for name in kept.measures})
