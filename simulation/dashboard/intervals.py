"""Differences as dots on their intervals, a row each, with the number and its verdict beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from simulation.analysis.style import GREY
from simulation.dashboard.svg import NARROW, SMALL, Drawing, gridline

_LABEL, _PLOT = 236.0, 232.0
"""Widths of the name and of the plot on a desk; on a telephone they stand below each other."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One row: its name, the difference and the ends of its interval (nan where there is none), and how it is said."""

    name: str
    mean: float
    low: float
    high: float
    shown: str
    verdict: str
    colour: str


def draw_intervals(drawing: Drawing, top: float, heading: str, readings: Sequence[Reading]) -> float:
    """Draw a heading and its rows; return where they end."""
    narrow = drawing.width <= NARROW
    left, wide = (0.0, drawing.width - 2) if narrow else (_LABEL, _PLOT)
    low, high = _span(readings)

    def at(value: float) -> float:
        return left + 4 + (wide - 8) * (value - low) / (high - low)

    y = drawing.lines(0, top + 14, heading, 0.86 * drawing.width, bold=True) + 2
    begin = y - 6
    for one in readings:
        y = _draw_row(drawing, y, one, at, narrow)
    gridline(drawing, (at(0), begin), (at(0), y - 8))
    return y + 8


def _draw_row(drawing: Drawing, y: float, one: Reading, at, narrow: bool) -> float:
    if narrow:
        y = drawing.lines(0, y + 8, one.name, drawing.width) - 10
        middle = y + 6
        y = drawing.lines(0, y + 26, f"{one.shown} · {one.verdict}", drawing.width, size=SMALL, ink=GREY)
    else:
        middle = y + 6
        name_end = drawing.lines(0, y + 10, one.name, _LABEL - 12)
        words_end = drawing.lines(_LABEL + _PLOT + 14, y + 10, f"{one.shown} · {one.verdict}",
                                  drawing.width - _LABEL - _PLOT - 14, size=SMALL)  # fmt: skip
        y = max(name_end, words_end) + 2
    if math.isfinite(one.low) and math.isfinite(one.high):
        drawing.line([(at(one.low), middle), (at(one.high), middle)], one.colour, width=3)
    if math.isfinite(one.mean):
        drawing.dot(at(one.mean), middle, 5, one.colour)
    return y


def _span(readings: Sequence[Reading]) -> tuple[float, float]:
    """Return the ends of an axis that holds all intervals and zero."""
    ends = [end for one in readings for end in (one.mean, one.low, one.high) if math.isfinite(end)]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    room = (high - low) * 0.04 or 1.0
    return low - room, high + room
