"""Running a batch into a folder, or going on with what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from simulation.batches.batch import Batch
from simulation.batches.batch_file import load_batch
from simulation.batches.coordinator import Coordinator, Progress
from simulation.batches.engines import Engine, open_engine
from simulation.batches.folder import default_folder, held_store
from simulation.batches.manifest import DONE, read_entries
from simulation.batches.recovery import DAMAGED
from simulation.batches.store import Store
from simulation.errors import Interrupted, RunError
from simulation.experiments.record import Watch, versions
from simulation.experiments.results import reason_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """What has become of a batch: runs done and failed, those of them that ended now, and of how many replicates."""

    folder: Path
    done: int
    failed: int
    now: int
    replicates: int
    seconds: float
    notes: tuple[str, ...]


def run_batch(
    file: str | Path | Mapping[str, object] | Batch,
    *,
    out: str | Path | None = None,
    workers: int | str | None = None,
    scheduler: str | None = None,
    extend: bool = False,
    retry_failed: bool = False,
    report: Callable[[Progress], None] | None = None,
) -> Outcome:
    """Run a batch into a folder, or go on with what is there.

    Parameters
    ----------
    file : path or name of a batch file, its content as a mapping, or a batch. out : by default ``results/<name>``.
    workers : number of processes (0 for none but this one), or ``"dask:4"``. scheduler : address of a Dask scheduler.
    extend : accept scenarios, points and replicates that have come to the batch. retry_failed : repeat failed runs.
    report : called with the progress, about every second.

    Raises
    ------
    InputError where the batch, the folder or the workers are not as they must be; RunError where results cannot be
    kept; Interrupted upon Ctrl-C. What is done by then is safe, and the same call goes on with it.
    """
    batch = file if isinstance(file, Batch) else load_batch(file)
    folder = default_folder(batch) if out is None else Path(out)
    with held_store(folder, batch, extend=extend) as store, _opened(workers, scheduler) as engine:
        return _run(store, engine, retry_failed, report)


def _run(store: Store, engine: Engine, retry_failed: bool, report: Callable[[Progress], None] | None) -> Outcome:
    watch = Watch()
    with _safe(store):
        store.begin({"started": _now(), "workers": engine.name, "versions": versions()})
        coordinator = Coordinator(store, engine, retry_failed=retry_failed, report=report)
        try:
            coordinator.run()
        except KeyboardInterrupt:
            coordinator.rescue()
            raise
        finally:
            engine.close()
            measured = watch.measured() | {"runs": coordinator.now}
            with suppress(OSError):
                store.end(complete=False, replicates=0, measured=measured)
        store.compact(coordinator.replicates)
        store.end(complete=True, replicates=coordinator.replicates, measured=measured)
    stock = store.stock
    return Outcome(
        store.folder, len(stock.done), len(stock.failed), coordinator.now, coordinator.replicates,
        measured["wall_seconds"], tuple(_notes(store)),
    )  # fmt: skip


@contextmanager
def _opened(workers: int | str | None, scheduler: str | None) -> Iterator[Engine]:
    engine = open_engine(workers, scheduler)
    try:
        yield engine
    finally:
        engine.close()


@contextmanager
def _safe(store: Store) -> Iterator[None]:
    """Turn what stops a batch into one sentence that says what is kept and how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        raise Interrupted(_kept(store)) from None
    except BrokenPipeError:
        raise
    except RunError as error:
        raise RunError(f"{str(error).rstrip('.')}; {_kept(store)}") from error
    except OSError as error:
        why = reason_of(error)
        raise RunError(f"{store.folder}: the results cannot be written ({why}); {_kept(store)}") from error


def _kept(store: Store) -> str:
    done = sum(entry.status == DONE for entry in read_entries(store.folder).values())
    return f"{done} of {store.batch.size} runs are kept in {store.folder}, and the same command goes on with them."


def _notes(store: Store) -> Iterator[str]:
    """Say what a reader of the results should know of how they came about."""
    if store.set_aside:
        yield f"damaged files were set aside in {store.folder / DAMAGED}: {', '.join(store.set_aside)}."
    began = store.record["versions"]
    other = [f"{name} {began[name]} and {new}" for name, new in versions().items() if began.get(name, new) != new]
    if other:
        yield f"runs were made with {', '.join(other)}, so the last digits of numbers may differ between them."


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
