"""The lock on a folder of results: one coordinator writes at a time, and the system frees it when that one dies.

Workers do not hold it: an open file is not handed on to a process that is started afresh.
"""

from __future__ import annotations

import os
from pathlib import Path

from simulation.errors import InputError, RunError

LOCK = ".lock"


class FolderLock:
    """Hold a folder from entering the block to leaving it; raise ``InputError`` where another holds it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = None

    def __enter__(self) -> FolderLock:
        self._file = open(self.folder / LOCK, "a+", encoding="utf-8")  # noqa: SIM115
        try:
            _take(self._file.fileno())
        except BlockingIOError:
            holder = self._holder()
            self._file.close()
            raise InputError(
                f"{self.folder}: another salur batch{holder} is writing to this folder; wait for it, or choose another "
                "folder with --out."
            ) from None
        except OSError as error:
            self._file.close()
            raise RunError(
                f"{self.folder}: the folder cannot be locked ({error.strerror}); use a local disk."
            ) from None
        self._file.truncate(0)
        self._file.write(f"{os.getpid()}\n")
        self._file.flush()
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _holder(self) -> str:
        try:
            self._file.seek(0)
            number = self._file.read().strip()
        except OSError:
            return ""
        return f" (process {number})" if number else ""


def _take(handle: int) -> None:
    try:
        import fcntl
    except ImportError:
        import msvcrt

        try:
            os.lseek(handle, 0, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error
        return
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
