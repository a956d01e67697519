"""How figures look: one sheet with a title, panels and a source line, drawn once and written as PNG, SVG and CSV.

Sizes are in inches and points for a sheet eight inches wide, chosen to be read on a telephone as well as on a page.
Colours are told apart by colour-blind eyes (Okabe and Ito, darkened where they colour words).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from simulation import __version__
from simulation.analysis.words import SHORT_MONTHS, Words

INK, GREY, GRID, DOTS = "#1b1f24", "#59636b", "#d9dde1", "#8d979e"
BLUE, RED, GREEN, PURPLE = "#0072b2", "#b84a00", "#007a58", "#8e4585"
SKY, AMBER, OCHRE, PALE = "#56b4e9", "#e69f00", "#8a5a00", "#c3c9ce"

FONT = "DejaVu Sans"
WIDTH, DPI = 8.0, 150
TITLE, TEXT, SMALL = 17, 13, 11.5
_EDGE, _LINE = 0.3, 1.3 / 72
RC = {
    "font.family": [FONT],
    "font.size": TEXT,
    "svg.fonttype": "none",
    "svg.hashsalt": "salur",
    "text.hinting": "none",
    "text.parse_math": False,
    "text.color": INK,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.axisbelow": True,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "ytick.major.size": 0,
    "lines.solid_capstyle": "round",
}


@contextmanager
def drawing() -> Iterator[None]:
    """Let everything that is drawn and written within look alike, whatever the user has set up."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(RC)
        yield


@dataclass(frozen=True)
class Panel:
    """One set of axes: the line above it that names what is counted and its unit, and its size in inches."""

    heading: str
    height: float
    left: float = 0.9
    right: float = 2.45
    below: float = 0.75


@dataclass(repr=False)
class Sheet:
    """A figure: title, months and seeds, panels from top to bottom, notes, source; and the numbers behind it."""

    words: Words
    title: str
    months: pd.Series
    panels: Sequence[Panel]
    notes: Sequence[str] = ()
    numbers: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    def __post_init__(self) -> None:
        across = WIDTH - 2 * _EDGE
        title = wrap(self.title, across, TITLE, "bold")
        headings = [wrap(panel.heading, across) for panel in self.panels]
        foot = [line for text in (*self.notes, self.words.source()) for line in wrap(text, across, SMALL)]
        head = _EDGE + len(title) * TITLE * _LINE + TEXT * _LINE + 0.15
        heads = [len(lines) * TEXT * _LINE + 0.15 for lines in headings]
        body = sum(panel.height + panel.below for panel in self.panels) + sum(heads)
        self.height = head + body + len(foot) * SMALL * _LINE + _EDGE / 2
        self.figure = Figure(figsize=(WIDTH, self.height), dpi=DPI, facecolor="white")
        FigureCanvasAgg(self.figure)
        self._write("\n".join(title), _EDGE / 2 + 0.08, TITLE, weight="bold")
        subtitle = f"{self.words.span(self.months)} · {self.words.seeds()}"
        self._write(subtitle, head - TEXT * _LINE - 0.12, TEXT, color=GREY)
        self.axes = self._place_panels(head, headings, heads)
        self._write("\n".join(foot), self.height - _EDGE / 2 - len(foot) * SMALL * _LINE, SMALL, color=GREY)

    def _place_panels(self, top: float, headings: Sequence[list[str]], heads: Sequence[float]) -> list[Axes]:
        axes = []
        for panel, heading, head in zip(self.panels, headings, heads, strict=True):
            self._write("\n".join(heading), top, TEXT)
            bottom = top + head + panel.height
            width = WIDTH - panel.left - panel.right
            box = (panel.left / WIDTH, 1 - bottom / self.height, width / WIDTH, panel.height / self.height)
            axes.append(self.figure.add_axes(box))
            top = bottom + panel.below
        return axes

    def _write(self, text: str, top: float, size: float, **style: object) -> None:
        where = _EDGE / WIDTH, 1 - top / self.height
        self.figure.text(*where, text, fontsize=size, va="top", linespacing=1.25, **style)

    def write(self, folder: Path, name: str) -> list[Path]:
        """Write the figure as ``name.png`` and ``name.svg`` and the numbers behind it as CSV; return the paths."""
        png, svg = folder / f"{name}.png", folder / f"{name}.svg"
        about = self._about()
        more = {"Date": None, "Creator": f"Salur {__version__}", "Language": self.words.language}
        self.figure.savefig(svg, format="svg", metadata={**about, **more})
        self._write_png(png, about)
        paths = [png, svg]
        for suffix, table in self.numbers.items():
            paths.append(folder / f"{name}{suffix}.csv")
            table.to_csv(paths[-1], index=False, encoding="utf-8", date_format="%Y-%m-%d", lineterminator="\n")
        return paths

    def __repr__(self) -> str:
        """Name the figure, and say how to see it where pictures are not shown."""
        return f"<figure '{self.title}'; sheet.write(folder, name) puts it into files>"

    def _repr_png_(self) -> bytes:
        """Show the figure in a notebook."""
        buffer = io.BytesIO()
        self._write_png(buffer, self._about())
        return buffer.getvalue()

    def _about(self) -> dict[str, str]:
        return {"Title": self.title, "Description": self.words.provenance()}

    def _write_png(self, path: Path | io.BytesIO, about: Mapping[str, str]) -> None:
        """Write the picture in 128 colours: a quarter of the size, and no eye sees a difference."""
        canvas, info = self.figure.canvas, PngInfo()
        canvas.draw()
        for key, text in {**about, "Software": f"Salur {__version__}"}.items():
            info.add_itxt(key, text)
        picture = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba()).convert("RGB")
        picture = picture.quantize(128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        palette = np.array(picture.getpalette())
        picture.putpalette(np.where(palette >= 252, 255, palette).tolist())
        picture.save(path, "png", pnginfo=info, dpi=(DPI, DPI))


def draw_boxes(axes: Axes, left, right, bottom, top, colours: str | Sequence[str], **style: object) -> None:
    """Draw boxes with the given sides (numbers or arrays) as one artist."""
    left, right, bottom, top = np.broadcast_arrays(*(np.asarray(side, float) for side in (left, right, bottom, top)))
    corners = np.stack([left, bottom, right, bottom, right, top, left, top], axis=-1).reshape(-1, 4, 2)
    axes.add_collection(PolyCollection(corners, facecolors=colours, **style), autolim=False)


def percent_axis(axes: Axes, words: Words, low: float, high: float, *, of: str = "y") -> None:
    """Let an axis run over shares from ``low`` to ``high``, with round percentages and thin lines across."""
    value_axis(axes, words, low, high, of=of, factor=100, unit="%")


def value_axis(
    axes: Axes, words: Words, low: float, high: float, *, of: str = "y", factor: float = 1, unit: str = ""
) -> None:
    """Let an axis run from ``low`` to ``high``, with round values of ``factor`` times it and thin lines across."""
    ticks = round_ticks(low, high)
    shown = ticks * factor
    decimals = next((count for count in range(5) if np.allclose(shown, np.round(shown, count), atol=1e-9)), 5)
    labels = [words.number(value, decimals) + unit for value in shown]
    (axes.set_ylim if of == "y" else axes.set_xlim)(low, high)
    (axes.yaxis if of == "y" else axes.xaxis).set_ticks(ticks, labels)
    axes.grid(axis=of, color=GRID, linewidth=0.7)


def round_ticks(low: float, high: float, wanted: int = 4) -> np.ndarray:
    """Return about as many round values as wanted between two limits."""
    span = max(high - low, 1e-12) / wanted
    unit = 10.0 ** np.floor(np.log10(span))
    step = unit * next(times for times in (1, 2, 2.5, 5, 10) if times * unit >= span * 0.999)
    first, last = np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9)
    return np.arange(first, last + 1) * step


def room_above(*series: np.ndarray, least: float = 0.01) -> float:
    """Return an upper limit that leaves some air above the highest finite value."""
    highest = max((float(np.nanmax(one)) for one in series if np.isfinite(one).any()), default=0.0)
    return max(highest * 1.08, least)


def month_axis(axes: Axes, words: Words, months: pd.Series) -> None:
    """Let the horizontal axis run over the months, and mark where the scenario changes the policy."""
    count = len(months)
    axes.set_xlim(-0.5, count - 0.5)
    every = next((step for step in (1, 2, 3, 6, 12, 24, 60) if count / step <= 6), 120)
    wanted = [place for place, when in enumerate(months) if (when.year * 12 + when.month - 1) % every == 0]
    places = [place for place in wanted or [0] if place <= count]
    axes.set_xticks(places, [words.month(months.iloc[place], SHORT_MONTHS).replace(" ", "\n") for place in places])
    lines = {"color": DOTS, "linewidth": 0.8, "linestyle": (0, (2, 3)), "transform": axes.get_xaxis_transform()}
    axes.vlines(np.array(changes_of_policy(words, count)) - 0.5, 0, 1, zorder=0.5, **lines)


def changes_of_policy(words: Words, months: int) -> list[int]:
    """Return the months of the run, counted from its start, in which the scenario changes the policy."""
    return [month for month, _ in words.plan.changes if 0 < month < months]


def draw_lines(axes: Axes, lines: Sequence[tuple[np.ndarray, str, str, object]], size: float = TEXT) -> None:
    """Draw lines over the months, each with its words at its end; later ones lie on top.

    Parameters
    ----------
    lines : values, words, colour and dash pattern of each; limits of the axes must have been set.
    """
    ends = []
    for values, text, colour, dash in lines:
        marker = "o" if np.isfinite(values).sum() == 1 else ""
        axes.plot(values, color=colour, linewidth=2.4, linestyle=dash, marker=marker)
        known = np.flatnonzero(np.isfinite(values))
        if known.size:
            ends.append((float(values[known[-1]]), text, colour))
    label_ends(axes, ends, size)


def label_ends(axes: Axes, ends: Sequence[tuple[float, str, str]], size: float = TEXT) -> None:
    """Write words right of the axes at the given heights, moved apart where they would overlap."""
    low, high = axes.get_ylim()
    box = axes.get_position()
    inches, wide = box.height * axes.figure.get_figheight(), box.width * WIDTH
    order = sorted(range(len(ends)), key=lambda number: ends[number][0])
    beside = (1 - box.x1) * WIDTH - 0.35
    texts = ["\n".join(wrap(ends[number][1], beside, size)) for number in order]
    sizes = np.array([(text.count("\n") + 1) * size * _LINE + 0.06 for text in texts]) / inches
    wanted = np.array([(ends[number][0] - low) / (high - low) for number in order])
    for number, text, place, aim in zip(order, texts, spread(wanted, sizes), wanted, strict=True):
        style = {"color": ends[number][2], "fontsize": size, "va": "center", "linespacing": 1.2}
        axes.text(1 + 0.2 / wide, place, text, transform=axes.transAxes, **style)
        if abs(place - aim) > 0.02:
            points = {"color": ends[number][2], "linewidth": 0.8, "clip_on": False, "transform": axes.transAxes}
            axes.plot([1 + 0.02 / wide, 1 + 0.16 / wide], [aim, place], **points)


def spread(wanted: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return places near the wanted ones (ascending) that leave each its size and stay between 0 and 1 if they can."""
    places = wanted.astype(float).copy()
    gaps = (sizes[1:] + sizes[:-1]) / 2
    for _ in range(60):
        overlap = gaps - np.diff(places)
        worst = np.maximum(overlap, 0) / 2
        places[:-1] -= worst
        places[1:] += worst
        places = np.clip(places, sizes / 2 - 0.05, 1.05 - sizes / 2)
    return places


def wrap(text: str, width: float, size: float = TEXT, weight: str = "normal") -> list[str]:
    """Break a text into lines of at most so many inches, at its spaces."""
    lines, space = [], _advance(" ", weight)
    room = width * 72 / size
    left = -1.0
    for word in text.split():
        wide = sum(_advance(letter, weight) for letter in word)
        if lines and wide + space <= left:
            lines[-1] += f" {word}"
            left -= wide + space
        else:
            lines.append(word)
            left = room - wide
    return lines


@cache
def _advance(letter: str, weight: str) -> float:
    """Return how wide a letter is, in font sizes."""
    font = get_font(findfont(FontProperties(family=FONT, weight=weight)))
    font.set_size(100, 72)
    return font.load_char(ord(letter)).linearHoriAdvance / 65536 / 100
