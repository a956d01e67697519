"""The record of a run: the plan, the versions and the inputs that made it, and beside them what the run took."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from simulation import __version__
from simulation.parameters import assumed_headline
from simulation.plan import Plan
from simulation.start import code_digest

PACKAGES = ("numpy", "pandas", "mesa", "numba", "pyarrow")


class Watch:
    """Take the time and the memory of a run, from the moment it is made."""

    def __init__(self) -> None:
        self.started = datetime.now(UTC)
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def measured(self) -> dict[str, object]:
        """Return what has been used up to now; the peak of memory is that of the whole process."""
        return {
            "started": self.started.isoformat(timespec="seconds"),
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            "wall_seconds": round(time.perf_counter() - self._wall, 3),
            "cpu_seconds": round(time.process_time() - self._cpu, 3),
            "peak_mb": _peak_mb(),
        }


def build_record(plan: Plan, *, households: int = 0, measured: dict[str, object] | None = None) -> dict[str, object]:
    """Return the content of ``record.json``; all but ``measured`` is the same for the same plan, code and machine."""
    return {
        "name": plan.name,
        "seed": plan.seed,
        "plan": plan.to_dict(),
        "households": households,
        "inputs_sha256": inputs_hash(plan),
        "code": code_revision(),
        "versions": versions(),
        "notes": list(plan.notes),
        "assumed_headline": assumed_headline("en"),
        "measured": measured or {},
    }


def inputs_hash(plan: Plan) -> str:
    """Return a hash of all that decides the numbers: the plan, the content of its survey, the code of the city."""
    inputs = {"plan": plan.to_dict(), "code": code_digest()}
    if plan.microdata:
        del inputs["plan"]["population"]["microdata"]["file"]
    text = json.dumps(inputs, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def versions() -> dict[str, str]:
    """Return the versions of Salur, of Python and of the packages that the numbers rest on, and the platform."""
    found = {name: importlib.metadata.version(name) for name in PACKAGES}
    return {"salur": __version__, "python": platform.python_version(), **found, "platform": platform.platform()}


def code_revision() -> dict[str, object] | None:
    """Return the commit of the checkout and whether its code has since been changed; None outside a checkout."""
    root = Path(__file__).parents[2]
    if not (root / ".git").exists():
        return None
    try:
        revision = _git(root, "rev-parse", "HEAD")
        changed = _git(root, "--no-optional-locks", "status", "--porcelain", "--", "simulation", "scenarios")
    except (OSError, subprocess.SubprocessError):
        return None
    return {"revision": revision, "dirty": bool(changed)}


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=10).stdout.strip()


def _peak_mb() -> float | None:
    try:
        import resource
    except ImportError:  # Windows has no such count
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024**2 if sys.platform == "darwin" else 1024), 1)
