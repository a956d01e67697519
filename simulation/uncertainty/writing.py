"""The folder of an analysis: tables, record and figures beside the batches that they were made from."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from simulation.batches.files import aside, write_text
from simulation.experiments.record import code_revision, versions
from simulation.plan import Plan
from simulation.uncertainty.designs import Shaking
from simulation.uncertainty.sensitivity import Effort, Sensitivity


def write_sensitivity(
    folder: Path, found: Sensitivity, shaking: Shaking, effort: Effort, plan: Plan, runs: int, figures: str | None
) -> None:
    """Write the tables as CSV, ``record.json``, and the figures in a language unless that is None."""
    for name in ("screening", "sobol", "assumed"):
        with aside(folder / f"{name}.csv") as passing:
            getattr(found, name).to_csv(passing, index=False, encoding="utf-8", lineterminator="\n")
    record = {"kind": "sensitivity", "shaking": asdict(shaking), "effort": asdict(effort), "runs": runs}
    record |= {"code": code_revision(), "versions": versions(), "plan": plan.to_dict()}
    if figures:
        from simulation.uncertainty.sheets import draw_sensitivity

        (folder / "figures").mkdir(exist_ok=True)
        draw_sensitivity(found, plan, runs, folder / "figures", figures)
    write_text(folder / "record.json", json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False) + "\n")
