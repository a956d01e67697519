"""Draw the figures of a run: each as PNG and SVG with the numbers behind it as CSV, in Indonesian or English."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from simulation.analysis.delivery import draw_delays, draw_facilitators, draw_money
from simulation.analysis.maps import draw_map, hexagons, read_boundaries
from simulation.analysis.reach import draw_cascade, draw_coverage, draw_errors, draw_poverty
from simulation.analysis.style import Sheet, drawing
from simulation.analysis.words import Words
from simulation.plan import Plan

Tables = Mapping[str, pd.DataFrame]

FIGURES: Mapping[str, Callable[[Tables, Words], Sheet]] = {
    "poverty": draw_poverty,
    "errors": draw_errors,
    "coverage": draw_coverage,
    "cascade": draw_cascade,
    "facilitators": draw_facilitators,
    "delays": draw_delays,
    "money": draw_money,
}
"""The figures by the name of their files; the map, which needs shapes, comes beside them."""

MAP = "map"


def draw_all(
    tables: Tables, plan: Plan, folder: str | Path, language: str = "id", boundaries: str | os.PathLike | None = None
) -> list[Path]:
    """Draw all figures of a run into an existing folder and return the paths of what was written.

    Parameters
    ----------
    tables : the tables of the run by name. language : ``"id"`` or ``"en"``.
    boundaries : GeoJSON file with the shapes of the kelurahan; without it the map is one of hexagons.
    """
    shapes = hexagons() if boundaries is None else read_boundaries(boundaries)
    words, folder = Words(plan, language), Path(folder)
    with drawing():
        sheets = ((name, draw(tables, words)) for name, draw in FIGURES.items())
        paths = [path for name, sheet in sheets for path in sheet.write(folder, name)]
        return paths + draw_map(tables, words, shapes).write(folder, MAP)
