"""The record of a batch: what was asked for, by which code, and which sessions of work it took."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from simulation.batches.batch import Batch
from simulation.batches.files import write_text
from simulation.errors import InputError
from simulation.experiments.record import code_revision, versions
from simulation.start import code_digest

RECORD, SOURCE = "record.json", "batch.toml"


@cache
def results_digest() -> str:
    """Return a hash of all code that decides the numbers of a run: city, rules, measures and what is kept."""
    digest = hashlib.sha256(code_digest().encode())
    root = Path(__file__).parents[1]
    rooms = ("measures/*", "experiments/recorder.py", "experiments/run.py", "batches/work.py")
    for path in sorted(path for room in rooms for path in root.glob(room) if path.suffix in (".py", ".csv")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def describe(batch: Batch) -> dict[str, object]:
    """Return all that decides the results of a batch, ready for JSON."""
    first = batch.plans[0]
    return {
        "scenarios": list(batch.scenarios),
        "baseline": batch.baseline,
        "seed": batch.root_seed,
        "replicates": batch.replicates,
        "rule": dataclasses.asdict(batch.rule) if batch.rule else None,
        "start": str(first.start),
        "months": first.months,
        "scale": first.scale,
        "measures": list(batch.kept.measures),
        "keep_months": list(batch.kept.months),
        "keep_families": batch.kept.families,
        "sweep": batch.design.to_dict(),
        "ensemble": batch.ensemble.fingerprint if batch.ensemble else None,
    }


def build_record(batch: Batch, earlier: Mapping[str, object] | None) -> dict[str, object]:
    """Return the record of a batch that begins, or goes on from an earlier record."""
    nothing = {"replicates": 0, "runs": 0, "failed": 0}
    return {
        "kind": "batch",
        "name": batch.name,
        "title": dataclasses.asdict(batch.title),
        "question": dataclasses.asdict(batch.question),
        "batch": describe(batch),
        "plans": {plan.name: plan.to_dict() for plan in batch.plans},
        "notes": list(dict.fromkeys(note for plan in batch.plans for note in plan.notes)),
        "results_sha256": results_digest(),
        "code": earlier["code"] if earlier else code_revision(),
        "versions": earlier["versions"] if earlier else versions(),
        "progress": (earlier["progress"] if earlier else nothing) | {"complete": False},
        "measured": earlier["measured"] if earlier else {"sessions": []},
    }


def write_record(folder: Path, record: Mapping[str, object]) -> None:
    """Write the record as a whole."""
    write_text(folder / RECORD, json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False) + "\n")


def read_batch_record(folder: str | Path) -> dict[str, object]:
    """Return the record of a folder of batch results."""
    record = stored_record(Path(folder))
    if record is None:
        raise InputError(f"{folder}: this is no folder of a batch; it has no {RECORD} of one.")
    return record


def stored_record(folder: Path) -> dict[str, object] | None:
    """Return the record in a folder; None where there is none, or one of something else."""
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) and record.get("kind") == "batch" else None
