"""Taking hold of a folder for a batch: a new one, or one with earlier results of the same batch."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from simulation.batches.batch import Batch
from simulation.batches.changes import settle
from simulation.batches.files import PASSING
from simulation.batches.lock import LOCK, FolderLock
from simulation.batches.record import RECORD, SOURCE, stored_record
from simulation.batches.store import Store
from simulation.errors import InputError, RunError

_FIRST = {LOCK, SOURCE, "parts"}
"""What stands in a folder whose batch died before it had written its record."""


def default_folder(batch: Batch) -> Path:
    """Return where a batch goes by default: always the same place, so that the same command goes on with it."""
    return Path("results") / batch.name


@contextmanager
def held_store(folder: str | Path, batch: Batch, *, extend: bool = False) -> Iterator[Store]:
    """Hold a folder for a batch; leave nothing behind where nothing was begun.

    Raise ``InputError`` where it holds something else, where another writes to it, or where the batch has changed.
    """
    path = Path(folder)
    record = check_folder(path, batch, extend=extend)[1]
    new = [one for one in (path, *path.parents) if not one.exists()]
    try:
        _make(path)
        with FolderLock(path):
            batch, record = check_folder(path, batch, extend=extend)
            yield Store(path, batch, record)
    finally:
        _take_back(path, new)


def check_folder(path: Path, batch: Batch, *, extend: bool = False) -> tuple[Batch, Mapping[str, object] | None]:
    """Return the batch, its points numbered as in the folder, and the record there, if there is one."""
    record = stored_record(path)
    if record is not None:
        return settle(batch, record, path, extend), record
    if os.path.lexists(path):
        _check_empty(path)
    return batch, None


def _make(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
        writable = os.access(path, os.W_OK | os.X_OK)
    except (OSError, ValueError) as error:
        raise RunError(f"{path}: the folder cannot be made ({getattr(error, 'strerror', None) or error}).") from None
    if not writable:
        raise RunError(f"{path}: the results cannot be written, because the folder may not be written to.")


def _check_empty(path: Path) -> None:
    if not path.is_dir():
        raise InputError(f"{path}: there is a file of that name; choose another folder with --out.")
    foreign = sorted(one.name for one in path.iterdir() if one.name not in _FIRST and not one.name.endswith(PASSING))
    if foreign:
        what = f"it has no readable {RECORD} of a batch" if RECORD in foreign else f"it holds {foreign[0]}"
        raise InputError(f"{path}: the folder is not that of a batch ({what}); choose another with --out.")


def _take_back(path: Path, new: list[Path]) -> None:
    """Remove the folders that were made for a batch that did not begin."""
    if path not in new or (path / RECORD).exists():
        return
    (path / LOCK).unlink(missing_ok=True)
    for one in new:
        if one.is_dir() and not any(one.iterdir()):
            one.rmdir()
