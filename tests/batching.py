"""What the tests of batches share: a small batch, a folder of its results, the bytes of what was kept."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from simulation.batches import load_batch, run_batch
from simulation.batches.runner import Outcome
from simulation.errors import Interrupted

SMALL = {
    "scenarios": ["baseline", "baseline-tunai"],
    "replicates": 3,
    "months": 2,
    "scale": 0.005,
    "set": {"population.seed": 1},
}
"""Six runs of two months in one small city, some hundredths of a second each."""

CASELOAD = "policy.caseload_per_pendamping"
TABLES = ("months", "families", "cities")


def small(**changes: object) -> dict[str, object]:
    """Return the small batch with some keys replaced."""
    return {**SMALL, **changes}


def run_here(content: Mapping[str, object], folder: Path, **options: object) -> Outcome:
    """Run a batch in this process."""
    return run_batch(content, out=folder, **{"workers": 0, **options})


def kept_bytes(folder: Path) -> dict[str, bytes]:
    """Return the compacted tables of a folder, byte by byte."""
    return {kind: (folder / f"{kind}.parquet").read_bytes() for kind in TABLES}


def lines_of(folder: Path) -> int:
    """Return how many lines the manifest has by now."""
    try:
        return (folder / "manifest.jsonl").read_bytes().count(b"\n")
    except FileNotFoundError:
        return 0


def half_done(content: Mapping[str, object], folder: Path, runs: int = 5) -> Path:
    """Run some of a batch and stop as Ctrl-C does; its parts are not put together."""

    def stop(progress) -> None:
        if progress.done >= runs:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted, match="are kept in"):
        run_here(content, folder, report=stop)
    assert 0 < lines_of(folder) < load_batch(content).size
    return folder
