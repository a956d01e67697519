"""The folder of a batch while runs come in: results are appended, never rewritten, and survive a sudden end.

A run counts once its tables are on the disk and its line stands in the manifest. Parts without such a line are of runs
that were under way; they are done again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from simulation.batches import manifest, rows, tables
from simulation.batches.batch import Batch
from simulation.batches.files import write_text
from simulation.batches.manifest import DONE, FAILED, Entry, Key
from simulation.batches.record import SOURCE, build_record, write_record
from simulation.batches.recovery import Stock, mend, take_stock
from simulation.batches.work import Failure, Finished, Job
from simulation.errors import RunError

FAILURES = "failures"


@dataclass(frozen=True, slots=True)
class Ended:
    """A job and how it ended, after how many attempts."""

    job: Job
    result: Finished | Failure
    attempts: int

    @property
    def failed(self) -> bool:
        """Tell whether the run failed."""
        return isinstance(self.result, Failure)


class Store:
    """The results of one batch in one folder, held by one coordinator.

    Attributes
    ----------
    stock : which runs came to an end. set_aside : names of files that were found damaged.
    """

    def __init__(self, folder: Path, batch: Batch, record: Mapping[str, object] | None) -> None:
        self.folder, self.batch = folder, batch
        self.record: dict[str, object] = {}
        self._earlier = record
        self._in_order: set[Key] | None = None
        self.stock = Stock()
        self.set_aside: list[str] = []
        self.kinds = ("months", "families", "cities") if batch.kept.families else ("months",)
        self._next_part = 1

    def begin(self, session: Mapping[str, object]) -> None:
        """Write down what is asked for, mend what an earlier session left, and take stock of what is done."""
        self.record = build_record(self.batch, self._earlier)
        self.record["measured"]["sessions"].append(dict(session))
        (self.folder / tables.PARTS).mkdir(exist_ok=True)
        write_text(self.folder / SOURCE, self.batch.source)
        write_record(self.folder, self.record)
        self.set_aside = mend(self.folder, self.kinds)
        self.stock = take_stock(self.folder, self.batch, self.kinds)
        self._next_part = max(tables.part_numbers(self.folder), default=0) + 1
        if self._earlier and self._earlier["batch"]["scenarios"] == list(self.batch.scenarios):
            self._in_order = set(self.stock.done)
        self.compact()

    def commit(self, ended: Sequence[Ended]) -> None:
        """Keep what came in: tables first, then a line for each run."""
        finished = [one for one in ended if not one.failed]
        if finished:
            self._write_part(finished)
        for one in ended:
            if one.failed:
                self._write_failure(one)
        manifest.append_entries(self.folder, [_entry(one) for one in ended])
        for one in ended:
            self._count(one)

    def compact(self, replicates: int | None = None) -> None:
        """Put all parts into one file of each kind, in canonical order, and leave out replicates beyond so many."""
        limit = self.batch.replicates if replicates is None else replicates
        done = {key for key in self.stock.done if key[2] < limit}
        failed = {key for key in self.stock.failed if key[2] < limit}
        if (done, failed) == (self._in_order, self.stock.failed) and not tables.part_numbers(self.folder):
            return
        entries = manifest.read_entries(self.folder)
        cities = {(entries[key].city,) for key in done}
        for kind in self.kinds:
            self._merge(kind, cities if kind == "cities" else done)
        kept = sorted(done | failed, key=self._rank)
        manifest.rewrite_entries(self.folder, (entries[key] for key in kept))
        for path in (self.folder / tables.PARTS).glob("*.parquet"):
            path.unlink()
        self.stock = Stock(done, failed, {city for (city,) in cities})
        self._in_order = set(done)

    def end(self, *, complete: bool, replicates: int, measured: Mapping[str, object]) -> None:
        """Write down how far the batch came."""
        runs, failed = len(self.stock.done), len(self.stock.failed)
        self.record["progress"] = {"complete": complete, "replicates": replicates, "runs": runs, "failed": failed}
        self.record["measured"]["sessions"][-1] |= measured
        write_record(self.folder, self.record)

    def _rank(self, key: Key) -> tuple:
        return self.batch.scenarios.index(key[0]), *key[1:]

    def _merge(self, kind: str, kept: Collection[tuple]) -> None:
        files = tables.source_files(self.folder, kind)
        if not files:
            return
        try:
            places = tables.in_order(tables.index_of(files, kind), self.batch.scenarios, kept)
            whole = tables.whole_file(self.folder, kind)
            tables.write_table(whole, tables.in_groups(places), tables.schema_of(files))
        except pa.ArrowException as error:
            raise RunError(
                f"{self.folder}: a part is damaged ({error}); the same command sets it aside and repeats its runs."
            ) from error

    def _write_part(self, finished: Sequence[Ended]) -> None:
        content = {"months": [rows.months_of(one.job, one.result) for one in finished]}
        if self.batch.kept.families:
            described = {one.job.city: one for one in finished if one.result.families is not None}
            new = [one for city, one in described.items() if city not in self.stock.cities]
            content["families"] = [rows.status_of(one.job, one.result) for one in finished]
            content["cities"] = [rows.city_of(one.job, one.result) for one in new]
        for kind, found in content.items():
            if found:
                table = tables.joined(found)
                tables.write_table(tables.part_file(self.folder, kind, self._next_part), [table], table.schema)
        self._next_part += 1

    def _write_failure(self, one: Ended) -> None:
        (self.folder / FAILURES).mkdir(exist_ok=True)
        content = dict(zip(("scenario", "point", "replicate"), one.job.key, strict=True)) | {
            "attempts": one.attempts,
            "error": one.result.error,
            "traceback": one.result.traceback,
            "plan": one.job.plan.to_dict(),
        }
        write_text(self._failure_file(one), json.dumps(content, indent=2, ensure_ascii=False) + "\n")

    def _failure_file(self, one: Ended) -> Path:
        return self.folder / FAILURES / f"{'-'.join(map(str, one.job.key))}.json"

    def _count(self, one: Ended) -> None:
        key = one.job.key
        if one.failed:
            self.stock.failed.add(key)
            return
        self.stock.done.add(key)
        self.stock.cities |= {one.job.city} if one.result.families is not None else set()
        self._failure_file(one).unlink(missing_ok=True)


def _entry(one: Ended) -> Entry:
    job, result = one.job, one.result
    return Entry(
        *job.key,
        seed=job.plan.seed,
        plan_sha256=manifest.plan_hash(job.plan),
        city=job.city,
        status=FAILED if one.failed else DONE,
        seconds=result.seconds,
        attempts=one.attempts,
        error=result.error if one.failed else None,
        traceback=result.traceback if one.failed else None,
    )
