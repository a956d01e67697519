"""The manifest: one line for every run that came to an end, with the hash of its plan and its seed."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.batches.files import write_text
from simulation.errors import InputError
from simulation.plan import Plan

if TYPE_CHECKING:
    import pandas as pd

MANIFEST = "manifest.jsonl"
DONE, FAILED = "done", "failed"
Key = tuple[str, int, int]
"""Scenario, point, replicate."""


@dataclass(frozen=True, slots=True)
class Entry:
    """How one run ended: ``done`` or ``failed``, after how many attempts, in how many seconds, and why it failed."""

    scenario: str
    point: int
    replicate: int
    seed: int
    plan_sha256: str
    city: str
    status: str
    seconds: float
    attempts: int
    error: str | None = None
    traceback: str | None = None

    @property
    def key(self) -> Key:
        """Return what names the run."""
        return self.scenario, self.point, self.replicate


def plan_hash(plan: Plan) -> str:
    """Return a hash of a run's plan and seed; words about it do not count."""
    settings = {key: value for key, value in plan.to_dict().items() if key not in ("title", "question", "expects")}
    text = json.dumps(settings, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def append_entries(folder: Path, entries: Iterable[Entry]) -> None:
    """Add lines at the end and force them to the disk; upon a failure take back what was half-written."""
    lines = "".join(_line(entry) for entry in entries)
    with open(folder / MANIFEST, "ab") as file:
        end = file.tell()
        try:
            file.write(lines.encode())
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            os.truncate(folder / MANIFEST, end)
            raise


def rewrite_entries(folder: Path, entries: Iterable[Entry]) -> None:
    """Replace the manifest as a whole."""
    write_text(folder / MANIFEST, "".join(_line(entry) for entry in entries))


def read_entries(folder: Path) -> dict[Key, Entry]:
    """Return the last entry of every run; a line that was cut off when its writer died counts for nothing."""
    return {entry.key: entry for entry in _entries(folder / MANIFEST)}


def mend(folder: Path) -> None:
    """Cut off a last line without an end, so that the next one does not run into it."""
    path = folder / MANIFEST
    if path.is_file():
        content = path.read_bytes()
        whole = content.rfind(b"\n") + 1
        if whole < len(content):
            os.truncate(path, whole)


def read_manifest(folder: str | Path) -> pd.DataFrame:
    """Return the manifest of a batch as a table, one row a run: plan hash, seed, status, seconds, attempts, error."""
    import pandas as pd

    if not (Path(folder) / MANIFEST).is_file():
        raise InputError(f"{folder}: this is no folder of a batch; it has no {MANIFEST}.")
    columns = [field.name for field in dataclasses.fields(Entry)]
    return pd.DataFrame([dataclasses.astuple(entry) for entry in read_entries(Path(folder)).values()], columns=columns)


def _entries(path: Path) -> Iterator[Entry]:
    if not path.is_file():
        return
    with open(path, "rb") as file:
        for line in file:
            entry = _parsed(line)
            if entry:
                yield entry


def _parsed(line: bytes) -> Entry | None:
    try:
        values: Mapping[str, object] = json.loads(line)
        return Entry(**values)
    except (ValueError, TypeError):
        return None


def _line(entry: Entry) -> str:
    return json.dumps(dataclasses.asdict(entry), ensure_ascii=False) + "\n"
