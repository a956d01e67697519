"""The folder of a comparison: its tables, its record, its figures; there as a whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

from simulation.comparison.compare import Comparison
from simulation.comparison.figures import draw_comparison
from simulation.comparison.report import comparison_data
from simulation.experiments.record import code_revision, versions
from simulation.experiments.results import FIGURES, RECORD, write_folder


def write_comparison(folder: str | Path, comparison: Comparison, language: str = "id", *, figures: bool = True) -> Path:
    """Write a comparison into a new folder and return its path.

    Every table is a CSV file, ``record.json`` says what was compared and by which code, ``figures`` holds the figures
    with the numbers behind each.
    """

    def fill(place: Path) -> None:
        for name, table in comparison.tables.items():
            if len(table):
                table.to_csv(place / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n")
        text = json.dumps(comparison_record(comparison), indent=2, ensure_ascii=False, allow_nan=False)
        (place / RECORD).write_text(text + "\n", encoding="utf-8")
        if figures:
            (place / FIGURES).mkdir()
            draw_comparison(comparison, place / FIGURES, language)

    return write_folder(folder, fill)


def comparison_record(comparison: Comparison) -> dict[str, object]:
    """Return what ``record.json`` of a comparison says: what was compared, by which code, and where it came from."""
    data = comparison_data(comparison)
    about = {key: value for key, value in data.items() if key not in comparison.tables}
    plans = {name: plan.to_dict() for name, plan in comparison.study.plans.items()}
    return {"kind": "comparison", **about, "code": code_revision(), "versions": versions(), "plans": plans}
