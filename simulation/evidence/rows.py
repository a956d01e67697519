"""The rows of a validation: one a statement, as they are written to a file and read again."""

from __future__ import annotations

import json
import math
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from simulation.errors import InputError, RunError
from simulation.evidence.targets import Statement

if TYPE_CHECKING:
    from simulation.evidence.validate import Validation

Row = Mapping[str, object]
INTERVAL = (0.05, 0.95)
"""Between these shares of the seeds lies the interval: nine of ten."""
_NOTHING = {"mean": None, "interval": None, "holds": None, "passed": None}


def rows_of(validation: Validation, language: str = "en") -> list[dict[str, object]]:
    """Return one row a statement, ready for JSON; what could not be measured is None."""
    return [_row(validation, one, language) for one in validation.statements]


def _row(validation: Validation, statement: Statement, language: str) -> dict[str, object]:
    right, wrong = _outcome(statement, validation.of(statement)), _NOTHING
    if statement.wrong_model:
        wrong = _outcome(statement, validation.of(statement, statement.wrong_model))
    return {
        "pattern": statement.pattern,
        "name": statement.name,
        "statement": statement.words.of(language),
        "kind": statement.kind,
        "form": statement.form,
        "found": _plain(statement.found),
        "band": [_plain(statement.low), _plain(statement.high)],
        "unit": statement.unit,
        "source": "; ".join(statement.source),
        "grade": statement.grade,
        **right,
        "wrong_model": statement.wrong_model or None,
        **{f"wrong_model_{name}": value for name, value in wrong.items()},
        "scenario": validation.plan.name,
        "first_seed": validation.seeds[0],
        "seeds": len(validation.seeds),
        "scale": validation.plan.scale,
    }


def _outcome(statement: Statement, values: np.ndarray) -> dict[str, object]:
    """Return mean, interval, share of seeds within the band, and whether the statement passes."""
    if not np.isfinite(values).all():
        return _NOTHING
    return {
        "mean": float(values.mean()),
        "interval": np.quantile(values, INTERVAL).tolist(),
        "holds": float(statement.within(values).mean()),
        "passed": statement.passes(values),
    }


def _plain(value: float) -> float | None:
    return value if math.isfinite(value) else None


def check_writable(path: Path) -> None:
    """Find before the runs what would keep the rows from being written; nothing but older rows is ever replaced."""
    try:
        if path.is_dir():
            raise InputError(f"--json: {path} is a folder; give the name of a file.")
        if not path.parent.is_dir():
            raise InputError(f"--json: there is no folder {path.parent} to write {path.name} into.")
        if path.exists() and path.stat().st_size:
            read_rows(path, "choose another name with --json")
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"--json: {str(path)[:60]!r} cannot be a file; choose another name.") from error
    if not os.access(path.parent, os.W_OK):
        raise RunError(f"{path}: the rows cannot be written, because {path.parent} may not be written to.")


def write_rows(path: Path, rows: Sequence[Row]) -> None:
    """Write the rows as JSON, whole or not at all."""
    text = json.dumps(rows, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    passing = None
    try:
        handle, passing = tempfile.mkstemp(dir=path.parent, prefix=".salur-", suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(passing, 0o644)
        os.replace(passing, path)
    except OSError as error:
        if passing:
            Path(passing).unlink(missing_ok=True)
        raise RunError(f"{path}: the rows could not be written ({error.strerror or error}).") from error


def read_rows(path: Path, remedy: str = "renew it with make validate") -> list[dict[str, object]]:
    """Return the rows that a validation wrote; raise ``InputError`` where the file holds something else."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        if rows and isinstance(rows, list) and all({"pattern", "name", "passed"} <= set(row) for row in rows):
            return rows
    except (OSError, ValueError, TypeError):
        pass
    raise InputError(f"{path}: this is no result of a validation; {remedy}.")
