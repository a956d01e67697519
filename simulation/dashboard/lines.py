"""Lines over the months: the mean over replicates, and the band from the lowest to the highest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.analysis.style import GREY, round_ticks
from simulation.analysis.words import Words
from simulation.clock import Month
from simulation.dashboard.downloads import Cell
from simulation.dashboard.svg import SMALL, Drawing, change_line, gridline, legend

Place = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Line:
    """One line: what it is called, its values (replicates, months; nan where unknown), and how it is drawn."""

    name: str
    values: np.ndarray
    colour: str
    dash: str = ""


@dataclass(frozen=True)
class Axis:
    """The months that lines run over, and the months in which the policy behind them changes."""

    start: Month
    months: int
    changes: tuple[int, ...] = ()

    def marked(self) -> list[int]:
        """Return the months that are named: each January, the first month where there is none."""
        return [month for month in range(self.months) if self.start.plus(month).number == 1] or [0]


def draw_lines(
    drawing: Drawing,
    words: Words,
    axis: Axis,
    lines: Sequence[Line],
    *,
    narrow: bool,
    top: float = 0.0,
    tall: float | None = None,
) -> float:
    """Draw the key, the axes, bands and lines from ``top`` down, the axes so ``tall``; return where they end."""
    looks = [(line.name, line.colour, "dash" if line.dash else "line") for line in lines]
    top = legend(drawing, top + 14, looks) + 12
    left, right, bottom = 54.0, drawing.width - 14, top + (tall or (200 if narrow else 260))
    low, high = _limits(np.concatenate([line.values[np.isfinite(line.values)] for line in lines]))
    across, along = right - left, (bottom - top) / (high - low)

    def place(month: float, value: float) -> tuple[float, float]:
        return left + across * month / max(axis.months - 1, 1), bottom - along * (value - low)

    ticks = round_ticks(low, high)
    digits = next((count for count in range(5) if np.allclose(ticks, np.round(ticks, count), atol=1e-9)), 5)
    for tick in ticks:
        y = place(0, tick)[1]
        gridline(drawing, (left, y), (right, y))
        drawing.text(left - 8, y + 4, words.number(tick, digits), at="end", ink=GREY, size=SMALL)
    for month in axis.marked():
        x = place(month, low)[0]
        drawing.text(x, bottom + 18, str(axis.start.plus(month).year), at="middle", ink=GREY, size=SMALL)
        gridline(drawing, (x, bottom), (x, bottom + 5))
    for month in axis.changes:
        change_line(drawing, place(month, low)[0], top, bottom)
    for line in lines:
        _draw_line(drawing, line, place, band=len(lines) < 4)
    return bottom + 26


def line_rows(axis: Axis, lines: Sequence[Line]) -> Iterator[tuple[Cell, ...]]:
    """Yield for each month its name, and the mean, lowest and highest value of every line."""
    for month in range(axis.months):
        row: list[Cell] = [str(axis.start.plus(month))]
        for line in lines:
            known = line.values[:, month][np.isfinite(line.values[:, month])]
            row += [float(known.mean()), float(known.min()), float(known.max())] if known.size else [None] * 3
        yield tuple(row)


def _draw_line(drawing: Drawing, line: Line, place: Place, *, band: bool) -> None:
    """Draw a line through the months in which something is known, and its band."""
    months = [month for month in range(line.values.shape[1]) if np.isfinite(line.values[:, month]).any()]
    if len(line.values) > 1:
        lowest = [place(month, np.nanmin(line.values[:, month])) for month in months]
        highest = [place(month, np.nanmax(line.values[:, month])) for month in months]
        drawing.area([*lowest, *reversed(highest)], line.colour, opacity=0.16 if band else 0.08)
    means = [place(month, np.nanmean(line.values[:, month])) for month in months]
    drawing.line(means, line.colour, dash=line.dash)


def _limits(known: np.ndarray) -> tuple[float, float]:
    """Return limits of an axis that holds all values; it begins at zero unless that would flatten everything."""
    if not known.size:
        return 0.0, 1.0
    low, high = float(known.min()), float(known.max())
    low = 0.0 if 0 <= low < 0.6 * high else low
    room = (high - low) * 0.06 or max(abs(high) * 0.05, 0.01)
    return low - room if low else low, high + room
