"""Drawing by hand: a picture as SVG text, small, sharp, printable, and readable by a screen reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from simulation.analysis.style import BLUE, GREY, GRID, INK, wrap

FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"
TEXT, SMALL = 13, 12
WIDE, NARROW = 760, 356
"""Widths of a drawing in pixels: for a desk, and for a telephone."""

CHOSEN, BASELINE = BLUE, "#6b747c"
"""The chosen policy is blue, the baseline grey, everywhere."""

Point = tuple[float, float]


class Drawing:
    """A picture that grows by its parts; coordinates are pixels from the upper left corner."""

    def __init__(self, width: float, words: str) -> None:
        self.width, self.words = width, words
        self.parts: list[str] = []

    def text(self, x: float, y: float, words: str, *, at: str = "start", size: float = TEXT, ink: str = INK,
             bold: bool = False) -> None:  # fmt: skip
        """Write a line of words; ``at`` says which of its points lies at x: start, middle or end."""
        weight = ' font-weight="600"' if bold else ""
        self.parts.append(
            f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{ink}" text-anchor="{at}"{weight}>'
            f"{escape(words)}</text>"
        )

    def lines(self, x: float, y: float, words: str, width: float, **look: object) -> float:
        """Write words over several lines of a width and return where the next line would stand."""
        size = float(look.get("size", TEXT))
        for line in wrap(words, width / 72, size):
            self.text(x, y, line, **look)
            y += size * 1.3
        return y

    def box(self, x: float, y: float, width: float, height: float, fill: str, *, edge: str = "", tip: str = "") -> None:
        """Draw a box; ``tip`` is shown where a pointer rests on it."""
        line = f' stroke="{edge}"' if edge else ""
        size = f'width="{_n(max(width, 0))}" height="{_n(height)}"'
        self._shape(f'rect x="{_n(x)}" y="{_n(y)}" {size} fill="{fill}"{line}', "rect", tip)

    def line(self, points: Sequence[Point], ink: str, *, width: float = 2.2, dash: str = "") -> None:
        """Draw a line through points."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<polyline points="{_points(points)}" fill="none" stroke="{ink}" stroke-width="{_n(width)}"'
            f' stroke-linejoin="round"{dashes}/>'
        )

    def area(
        self, points: Sequence[Point], fill: str, *, edge: str = "none", opacity: float = 1, tip: str = ""
    ) -> None:
        """Fill the area within points."""
        clear = f' fill-opacity="{_n(opacity)}"' if opacity < 1 else ""
        self._shape(f'polygon points="{_points(points)}" fill="{fill}" stroke="{edge}"{clear}', "polygon", tip)

    def dot(self, x: float, y: float, radius: float, fill: str) -> None:
        """Draw a dot."""
        self.parts.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{fill}"/>')

    def _shape(self, start: str, name: str, tip: str) -> None:
        self.parts.append(f"<{start}><title>{escape(tip)}</title></{name}>" if tip else f"<{start}/>")

    def render(self, height: float) -> str:
        """Return the picture as SVG text."""
        size = f"{_n(self.width)} {_n(height)}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{_n(self.width)}"'
            f' height="{_n(height)}" role="img" aria-label="{escape(self.words)}" font-family="{escape(FONT)}">'
            f'<rect width="100%" height="100%" fill="white"/>{"".join(self.parts)}</svg>'
        )


def legend(drawing: Drawing, y: float, entries: Iterable[tuple[str, str, str]]) -> float:
    """Write a legend as a row of marks and words, over several lines where needed, and return where it ends.

    Each entry is words, colour and kind of mark: ``box``, ``empty``, ``line`` or ``dash``.
    """
    x = 0.0
    for words, colour, mark in entries:
        wide = 26 + 0.56 * TEXT * len(words)
        if x and x + wide > drawing.width:
            x, y = 0.0, y + 20
        if mark in ("box", "empty"):
            drawing.box(x, y - 10, 16, 11, colour, edge=GREY if mark == "empty" else "")
        else:
            drawing.line([(x, y - 4), (x + 16, y - 4)], colour, dash="4 3" if mark == "dash" else "")
        if wide > drawing.width:
            y = drawing.lines(22, y, words, drawing.width - 22) - 1.3 * TEXT
        else:
            drawing.text(x + 22, y, words)
        x += wide + 14
    return y + 10


def gridline(drawing: Drawing, start: Point, end: Point) -> None:
    """Draw a thin line behind everything."""
    drawing.line([start, end], GRID, width=1)


def change_line(drawing: Drawing, x: float, top: float, bottom: float) -> None:
    """Draw where the policy of the scenario changes."""
    drawing.line([(x, top), (x, bottom)], GREY, width=1, dash="2 3")


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
