"""The folder of results: written as a whole or not at all, never over an earlier one unless told to."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.errors import InputError, RunError
from simulation.plan import Plan

if TYPE_CHECKING:
    import pandas as pd

TABLES = ("months", "kelurahan", "cascade", "inclusion", "ledger", "agents", "households", "bands")
RECORD, FIGURES = "record.json", "figures"
_NEW, _OLD = "new", "old"
_OURS = {RECORD, FIGURES, *(f"{name}.parquet" for name in TABLES)}


def default_folder(plan: Plan) -> Path:
    """Return ``results/<scenario>-<seed>-<date and time>``, with a number where that is taken."""
    name = f"{plan.name}-{plan.seed}-{datetime.now():%Y%m%d-%H%M%S}"
    folder, number = Path("results") / name, 1
    while os.path.lexists(folder):
        number += 1
        folder = Path("results") / f"{name}-{number}"
    return folder


def check_free(folder: str | Path, force: bool = False) -> Path:
    """Return the full path of a folder that results may be written to.

    Raise ``InputError`` when something stands there: an earlier result without ``force``, or with it anything else.
    Raise ``RunError`` when the place cannot be written to.
    """
    path = _full_path(folder)
    if os.path.lexists(path):
        _check_replaceable(path, folder, force)
    above = next(one for one in path.parents if os.path.lexists(one))
    if not above.is_dir():
        raise InputError(f"{folder}: {above} is a file, so no folder can stand in it; choose another folder.")
    if not os.access(above, os.W_OK | os.X_OK):
        raise RunError(f"{folder}: the results cannot be written, because {above} may not be written to.")
    return path


def write_results(
    folder: str | Path,
    tables: Mapping[str, pd.DataFrame],
    record: Mapping[str, object],
    *,
    force: bool = False,
    figures: Callable[[Path], object] | None = None,
) -> Path:
    """Write tables, record and figures and return the folder; upon any failure leave what was there before.

    ``figures`` is called with the folder to draw into.
    """
    return write_folder(folder, lambda place: _fill(place, tables, record, figures), force=force)


def write_folder(folder: str | Path, fill: Callable[[Path], object], *, force: bool = False) -> Path:
    """Let ``fill`` write into a new folder and put it in place as a whole; upon any failure leave what was there."""
    path = check_free(folder, force)
    try:
        with _parents_of(path), _workshop(path) as workshop:
            fill(workshop / _NEW)
            _put_in_place(workshop, path, folder, force)
    except OSError as error:
        raise RunError(f"{folder}: the results could not be written ({reason_of(error)}); nothing was kept.") from error
    return path


def read_tables(folder: str | Path) -> dict[str, pd.DataFrame]:
    """Return the tables of a result folder by name, in the order in which a run returns them."""
    import pandas as pd

    files = {name: Path(folder) / f"{name}.parquet" for name in TABLES}
    if not files["months"].is_file():
        raise InputError(f"{folder}: this is no result folder; it has no months.parquet.")
    return {name: pd.read_parquet(file) for name, file in files.items() if file.is_file()}


def read_record(folder: str | Path) -> dict[str, object]:
    """Return the record of a result folder."""
    try:
        return json.loads((Path(folder) / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise InputError(f"{folder}: this is no result folder; it has no readable {RECORD}.") from None


def _full_path(folder: str | Path) -> Path:
    """Resolve links, so that what is written, moved and removed lies side by side."""
    try:
        path = Path(folder).resolve()
        if not os.path.lexists(path):
            path.lstat()
    except FileNotFoundError:
        return path
    except PermissionError as error:
        raise RunError(f"{folder}: the results cannot be written ({reason_of(error)}).") from None
    except (OSError, ValueError, RuntimeError) as error:
        why = reason_of(error)
        raise InputError(f"{str(folder)[:60]!r} cannot be a folder ({why}); choose another name.") from None
    return path


def _check_replaceable(path: Path, shown: str | Path, force: bool) -> None:
    """Let ``force`` replace an earlier result or an empty folder, and nothing that Salur did not write."""
    if not path.is_dir():
        raise InputError(f"{shown}: there is a file of that name; choose another folder with --out.")
    if not force:
        raise InputError(f"{shown}: the folder exists; choose another with --out, or replace it with --force.")
    found = sorted(one.name for one in path.iterdir())
    foreign = [name for name in found if name not in _OURS]
    if foreign or (found and RECORD not in found):
        what = f"it holds {foreign[0]}" if foreign else f"it has no {RECORD}"
        raise InputError(f"{shown}: not a result folder ({what}), so --force does not replace it; choose another.")


@contextmanager
def _parents_of(path: Path) -> Iterator[None]:
    """Make the folders above, and take back the new ones when the results do not come to stand in them."""
    new = [one for one in path.parents if not one.exists()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for one in new:
            if one.is_dir() and not any(one.iterdir()):
                one.rmdir()
        raise


@contextmanager
def _workshop(path: Path) -> Iterator[Path]:
    """Make a folder beside the target for the new results and, for a moment, the old; it never outlives the block."""
    workshop = path.parent / f".salur-{secrets.token_hex(6)}.part"
    try:
        (workshop / _NEW).mkdir(parents=True)
        yield workshop
    finally:
        if (workshop / _OLD).exists() and not os.path.lexists(path):
            os.rename(workshop / _OLD, path)
        shutil.rmtree(workshop, ignore_errors=True)


def _fill(folder: Path, tables: Mapping[str, pd.DataFrame], record: Mapping[str, object], figures) -> None:
    for name in TABLES:
        if name in tables:
            tables[name].to_parquet(folder / f"{name}.parquet", engine="pyarrow", index=False)
    if figures is not None:
        (folder / FIGURES).mkdir()
        figures(folder / FIGURES)
    text = json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False)
    (folder / RECORD).write_text(text + "\n", encoding="utf-8")


def _put_in_place(workshop: Path, path: Path, shown: str | Path, force: bool) -> None:
    """Rename the new folder into place; what it replaces waits in the workshop until that is done."""
    if os.path.lexists(path):
        _check_replaceable(path, shown, force)
        os.rename(path, workshop / _OLD)
    os.rename(workshop / _NEW, path)


def reason_of(error: Exception) -> str:
    """Say briefly why something could not be written."""
    words = getattr(error, "strerror", None) or str(error).partition("\n")[0].rpartition("] ")[2]
    return (words or type(error).__name__)[:200].rstrip(".")
