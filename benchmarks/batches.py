"""How well batches use a machine: two workers against one, overhead of a run, memory, and reading a thousand runs.

``python benchmarks/batches.py`` measures everything and prints it as JSON; see ``README.md``.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import pyarrow as pa

from simulation.batches import load_batch, read_results, run_batch
from simulation.batches.batch import Batch, Run
from simulation.batches.folder import held_store
from simulation.batches.manifest import plan_hash
from simulation.batches.store import Ended
from simulation.batches.work import Finished, Job, perform
from simulation.experiments.run import simulate
from simulation.start import fingerprint

PARTS = ("memory", "throughput", "overhead", "reading")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="measure these parts only")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the city of throughput and overhead")
    parser.add_argument("--runs", type=int, default=40, help="runs of throughput")
    parser.add_argument("--repeats", type=int, default=2, help="times that one and two workers take turns")
    options = parser.parse_args()
    found: dict[str, object] = {"load_average": os.getloadavg(), "processors": len(os.sched_getaffinity(0))}
    if "memory" in options.only:  # first, while this process is as light as a coordinator
        found |= memory()
    if "throughput" in options.only:
        found |= throughput(options.scale, options.runs, options.repeats)
    if "overhead" in options.only:
        found |= overhead(options.scale)
    if "reading" in options.only:
        found |= reading()
    print(json.dumps(found, indent=2))


def batch_of(replicates: int, months: int, scale: float, **more: object) -> Batch:
    """Return a batch of two scenarios in one city."""
    content = {"scenarios": ["baseline", "baseline-tunai"], "replicates": replicates, "months": months, "scale": scale}
    return load_batch(content | {"set": {"population.seed": 1}} | more)


@contextmanager
def scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "results"


def throughput(scale: float, runs: int, repeats: int) -> dict[str, object]:
    """Time the same batch with one worker and with two in turn; start-up of the workers included.

    Neighbours spoil seconds on the clock, so the CPU time of all processes stands beside them: what two workers would
    reach if both had a processor of their own.
    """
    batch = batch_of(runs // 2, 60, scale)
    perform(job_of(batch, Run(0, 0, 0)))  # builds and keeps the city
    pairs = [(timed(batch, 1), timed(batch, 2)) for _ in range(repeats)]
    return {
        "one_worker_seconds": [round(one[0], 2) for one, _ in pairs],
        "two_workers_seconds": [round(two[0], 2) for _, two in pairs],
        "throughput_ratio": round(statistics.median(one[0] / two[0] for one, two in pairs), 3),
        "one_worker_cpu_seconds": [round(one[1], 2) for one, _ in pairs],
        "two_workers_cpu_seconds": [round(two[1], 2) for _, two in pairs],
        "throughput_ratio_by_cpu": round(statistics.median(2 * one[1] / two[1] for one, two in pairs), 3),
        "throughput_runs": batch.size,
    }


def timed(batch: Batch, workers: int) -> tuple[float, float]:
    """Return the seconds on the clock and the CPU seconds of this process and its workers."""
    with scratch() as folder:
        clock, used = time.perf_counter(), cpu_of_all()
        run_batch(batch, out=folder, workers=workers)
        return time.perf_counter() - clock, cpu_of_all() - used


def cpu_of_all() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def overhead(scale: float, runs: int = 8) -> dict[str, object]:
    """Compare, run by run in turn, the CPU time of ``simulate`` and of a worker with all that the coordinator does."""
    batch = batch_of(runs, 60, scale)
    bare, kept = [], []
    with scratch() as folder, held_store(folder, batch) as store:
        store.begin({})
        perform(job_of(batch, Run(0, 0, 0)))
        for replicate in range(runs):
            run = Run(0, 0, replicate)
            bare.append(cpu(lambda run=run: simulate(batch.plan_of(run))))
            kept.append(cpu(lambda run=run: keep(store, job_of(batch, run))))
        putting_together = cpu(store.compact) / runs
    pairs = [after + putting_together - before for before, after in zip(bare, kept, strict=True)]
    return {
        "bare_run_seconds": round(statistics.median(bare), 4),
        "overhead_share": round(statistics.median(pairs) / statistics.median(bare), 4),
        "overhead_months_and_scale": [60, scale],
    }


def job_of(batch: Batch, run: Run, describe: bool = False) -> Job:
    from simulation.batches.record import results_digest

    plan = batch.plan_of(run)
    plan_hash(plan)
    return Job(run, plan, batch.kept, fingerprint(plan), True, describe, results_digest())


def keep(store, job: Job) -> None:
    store.commit([Ended(job, perform(dataclasses.replace(job, describe_city=not store.stock.done)), 1)])


def cpu(work) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def memory(runs: int = 600) -> dict[str, object]:
    """Take the memory of the coordinator while many tiny runs go by."""
    seen: list[tuple[int, float]] = []

    def report(progress) -> None:
        seen.append((progress.now, resident_mb()))

    with scratch() as folder:
        run_batch(batch_of(runs // 2, 1, 0.005), out=folder, workers=2, report=report)
    quarter = [value for now, value in seen if now >= runs // 4][0]
    growth = (seen[-1][1] - quarter) / (runs * 0.75)
    return {
        "coordinator_mb_at_a_quarter": round(quarter, 1),
        "coordinator_mb_at_the_end": round(seen[-1][1], 1),
        "coordinator_peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "coordinator_mb_of_10000_runs": round(quarter + 10_000 * max(growth, 0), 1),
    }


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def like(result: Finished, seed: int) -> Finished:
    """Return a result with other last digits in every share, so that files do not shrink because runs repeat."""
    rng = np.random.default_rng(seed)
    columns = {}
    for name, column in zip(result.months.column_names, result.months.columns, strict=True):
        if pa.types.is_floating(column.type):
            column = pa.array(column.to_numpy() * (1 + 1e-6 * rng.normal(size=len(column))))
        columns[name] = column
    return dataclasses.replace(result, months=pa.table(columns))


def reading(runs: int = 1000, months: int = 60) -> dict[str, object]:
    """Read a thousand runs of five years: one real run, written a thousand times by the store."""
    batch = batch_of(runs // 2, months, 0.02)
    first = perform(job_of(batch, Run(0, 0, 0), describe=True))
    with scratch() as folder, held_store(folder, batch) as store:
        store.begin({})
        jobs = [job_of(batch, Run(scenario, 0, one)) for scenario in (0, 1) for one in range(runs // 2)]
        results = [like(first, number) for number in range(100)]
        writing = cpu(lambda: [store.commit([Ended(job, results[n % 100], 1)]) for n, job in enumerate(jobs)])
        before = time.perf_counter()
        read_results(folder)
        parts_seconds = time.perf_counter() - before
        compacting = cpu(store.compact)
        seconds = []
        for _ in range(5):
            before = time.perf_counter()
            rows, columns = read_results(folder).shape
            seconds.append(time.perf_counter() - before)
        size = sum(path.stat().st_size for path in folder.glob("*.parquet"))
    return {
        "reading_seconds": round(statistics.median(seconds), 3),
        "reading_rows_and_columns": [rows, columns],
        "reading_uncompacted_seconds": round(parts_seconds, 3),
        "writing_ms_a_run": round(1000 * writing / runs, 2),
        "compacting_seconds": round(compacting, 2),
        "results_mb": round(size / 1e6, 1),
    }


if __name__ == "__main__":
    main()
