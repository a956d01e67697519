"""The golden run: a small baseline whose every number is kept, so that a change of results never goes unseen."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from simulation import load_scenario, simulate

FOLDER = Path(__file__).parent / "golden"
TABLES = ("months", "cascade", "inclusion", "ledger")


def run() -> dict[str, pd.DataFrame]:
    """Run the baseline for 30 months (the change of registry among them) at a fiftieth of the city."""
    tables = simulate(load_scenario("baseline", scale=0.02, months=30, seed=1))
    return {name: tables[name] for name in TABLES}


def stored(name: str) -> pd.DataFrame:
    """Return a table as it was stored."""
    return pd.read_csv(FOLDER / f"{name}.csv", parse_dates=["month"])
