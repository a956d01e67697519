"""Files that are whole or not there: written aside, forced to the disk, renamed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PASSING = ".part"


@contextmanager
def aside(path: Path) -> Iterator[Path]:
    """Give a name to write to; afterwards the file is on the disk under ``path``, and upon a failure nothing is."""
    passing = path.with_name(f".{path.name}{PASSING}")
    try:
        yield passing
        with open(passing, "rb+") as file:
            os.fsync(file.fileno())
        os.replace(passing, path)
        flush_folder(path.parent)
    finally:
        passing.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a text file as a whole."""
    with aside(path) as passing:
        passing.write_text(text, encoding="utf-8")


def flush_folder(folder: Path) -> None:
    """Force the names in a folder to the disk, where the system knows how."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
