"""The map of the kelurahan: equal hexagons placed as the kelurahan lie, or the shapes of a boundary file."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.path import Path as Outline

from simulation.analysis import style
from simulation.analysis.boundaries import read_rings
from simulation.analysis.style import Panel, Sheet
from simulation.analysis.words import NOTHING, Words
from simulation.geography import KECAMATAN, KELURAHAN, kelurahan_names
from simulation.parameters import Text

Tables = Mapping[str, pd.DataFrame]

_TITLE = Text(
    "Di kelurahan simulasi, {low} sampai {high} penduduk miskin belum menerima penuh dan tepat waktu",
    "Across the simulated kelurahan, {low} to {high} of the poor were not served in full and on time",
)
_PLAIN = Text("Penduduk miskin yang belum dilayani, per kelurahan", "Poor people not served, by kelurahan")
_HEADING = Text(
    "Simulasi, bukan data. Penduduk miskin yang belum menerima penuh dan tepat waktu (persen), {}",
    "A simulation, not data. Poor people not served in full and on time (percent), {}",
)
_HEXAGONS_NOTE = Text(
    "Peta skematis: tiap segi enam satu kelurahan, diletakkan menurut titik tengahnya; garis tebal: kecamatan.",
    "Schematic map: each hexagon is one kelurahan, placed by its centroid; thick lines: kecamatan.",
)
_SHAPES_NOTE = Text(
    "Batas wilayah dari berkas yang diberikan; garis tebal: kecamatan.",
    "Boundaries from the file that was given; thick lines: kecamatan.",
)
_VOTERS_NOTE = Text(
    "Beda antarkelurahan bertumpu pada jumlah pemilih dan luas wilayah serta unsur acak; jangan dibaca sebagai "
    "peringkat kelurahan.",
    "Differences rest on counts of voters, on areas and on chance; do not read them as a ranking of kelurahan.",
)

STEPS = ("#fff4c7", "#fed480", "#fb9a3c", "#d85a13", "#8c2d04")
"""Colours of the classes from low to high, told apart by colour-blind eyes and in print."""

_ROWS: tuple[tuple[float, tuple[str, ...]], ...] = (
    (5, ("Beringin Raya", "Rawa Makmur Permai", "Kandang Limun")),
    (2.5, ("Kebun Keling", "Pondok Besi", "Pasar Bengkulu", "Kampung Kelawi", "Rawa Makmur", "Pematang Gubernur")),
    (2, ("Malabero", "Kebun Roos", "Bajak", "Kampung Bali", "Sukamerindu", "Bentiring Permai", "Bentiring")),
    (1.5, ("Sumur Meleleh", "Jitra", "Tengah Padang", "Pintu Batu", "Pengantungan", "Tanjung Agung", "Tanjung Jaya")),
    (2, ("Pasar Baru", "Pasar Melintang", "Kebun Geran", "Kebun Dahri", "Belakang Pondok", "Sawah Lebar Baru",
         "Semarang", "Surabaya")),
    (2.5, ("Berkas", "Anggut Atas", "Anggut Dalam", "Padang Jati", "Sawah Lebar", "Kebun Tebeng", "Panorama",
           "Dusun Besar")),
    (4, ("Anggut Bawah", "Penurunan", "Kebun Beler", "Kebun Kenanga", "Jembatan Kecil", "Padang Nangka",
         "Timur Indah")),
    (6.5, ("Nusa Indah", "Tanah Patah", "Lingkar Timur", "Sidomulyo", "Sumur Dewa")),
    (6, ("Lempuing", "Padang Harapan", "Jalan Gedang", "Cempaka Permai", "Pagar Dewa", "Sukarami")),
    (7.5, ("Lingkar Barat", "Muara Dua", "Bumi Ayu", "Pekan Sabtu")),
    (7, ("Teluk Sepang", "Kandang", "Kandang Mas", "Betungan")),
    (7.5, ("Sumber Jaya", "Padang Serai")),
)  # fmt: skip
"""Rows of hexagons from north to south, each with the place of its first: neighbours in the city stay neighbours."""


BESIDE: Mapping[str, tuple[float, float, str]] = {
    "Selebar": (10.6, 10, "left"),
    "Gading Cempaka": (6.9, 9, "right"),
    "Teluk Segara": (2.0, 0, "left"),
    "Muara Bangka Hulu": (7.6, 0, "left"),
    "Kampung Melayu": (6.4, 10, "right"),
    "Ratu Agung": (5.4, 8, "right"),
    "Ratu Samban": (3.4, 6, "right"),
    "Sungai Serut": (8.15, 3, "left"),
    "Singaran Pati": (10.1, 5, "left"),
}
"""Where the name of each kecamatan stands beside its hexagons: place, row and the side that touches them."""


@dataclass(frozen=True)
class Shapes:
    """The outlines of the 67 kelurahan in their order; each is a list of rings, the first of a part its outside."""

    rings: tuple[tuple[np.ndarray, ...], ...]
    schematic: bool

    def centre(self, number: int) -> np.ndarray:
        """Return the middle of a kelurahan's largest ring."""
        ring = max(self.rings[number], key=lambda one: abs(signed_area(one)))
        return (ring.min(axis=0) + ring.max(axis=0)) / 2


def hexagons() -> Shapes:
    """Return the kelurahan as equal hexagons, placed as they lie in the city."""
    angles = np.radians(30 + 60 * np.arange(7))
    outline = np.round(np.column_stack([np.cos(angles), np.sin(angles)]) / np.sqrt(3), 9)
    found = {
        name: outline + (first + place, -row * np.sqrt(3) / 2)
        for row, (first, names) in enumerate(_ROWS)
        for place, name in enumerate(names)
    }
    return Shapes(tuple((found[name],) for name in kelurahan_names()), schematic=True)


def read_boundaries(path: str | os.PathLike) -> Shapes:
    """Return the kelurahan in the shapes of a GeoJSON file; raise ``InputError`` where it does not hold them."""
    return Shapes(read_rings(path), schematic=False)


def signed_area(ring: np.ndarray) -> float:
    """Return the area of a closed ring, negative where it runs clockwise."""
    x, y = (ring - ring[0]).T
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) / 2)


def draw_map(tables: Tables, words: Words, shapes: Shapes) -> Sheet:
    """Draw the effective exclusion of the last twelve months by kelurahan."""
    months = tables["months"]["month"]
    span = min(12, len(months))
    numbers = unserved_by_kelurahan(tables["kelurahan"], months.iloc[-span])
    share = numbers["effective_exclusion_error"].to_numpy(float)
    known = share[np.isfinite(share)] if np.isfinite(share).any() else np.array([np.nan])
    title = words.title(_TITLE, _PLAIN, low=words.percent(known.min()), high=words.percent(known.max()))
    notes = [words.say(_HEXAGONS_NOTE if shapes.schematic else _SHAPES_NOTE), words.say(_VOTERS_NOTE)]
    side = 0.15 if shapes.schematic else 2.0
    panels = [
        Panel(words.say(_HEADING, words.recent(span)), 0.3, left=0.3, right=0.3, below=0.2),
        Panel("", map_height(shapes, side), left=side, right=side, below=0.15),
    ]
    sheet = Sheet(words, title, months, panels, notes, {"": numbers})
    edges = class_edges(known)
    _draw_key(sheet.axes[0], words, edges, bool(np.isnan(share).any()))
    _draw_shapes(sheet.axes[1], shapes, [colour_of(one, edges) for one in share])
    _draw_kecamatan(sheet.axes[1], shapes)
    _name_kecamatan(sheet.axes[1], shapes)
    if shapes.schematic:
        _write_values(sheet.axes[1], words, shapes, share, edges)
    return sheet


def unserved_by_kelurahan(table: pd.DataFrame, since: pd.Timestamp) -> pd.DataFrame:
    """Return the effective exclusion of each kelurahan since a month, over all its poor persons of those months."""
    recent = table[table["month"] >= since]
    missed = recent["effective_exclusion_error"].fillna(0) * recent["poor_persons"]
    sums = pd.DataFrame({"poor": recent["poor_persons"], "missed": missed}).groupby(recent["kelurahan"]).sum()
    sums = sums.reindex(kelurahan_names())
    share = sums["missed"] / sums["poor"].where(sums["poor"] > 0)
    codes = {"code": [one.code for one in KELURAHAN], "kelurahan": kelurahan_names()}
    return pd.DataFrame({**codes, "effective_exclusion_error": share.to_numpy()})


def class_edges(known: np.ndarray) -> np.ndarray:
    """Return round limits of at most five classes that hold the values."""
    low, high = float(known.min()), float(known.max())
    if not np.isfinite(low):
        return np.array([0.0, 1.0])
    for step in (0.01, 0.02, 0.05, 0.1, 0.2):
        first, last = np.floor(low / step + 1e-9), np.ceil(high / step - 1e-9)
        if last - first <= len(STEPS):
            first = min(first, last - 1) if high >= 1 else first
            return np.arange(first, max(last, first + 1) + 1) * step
    return np.linspace(0, 1, len(STEPS) + 1)


def colour_of(share: float, edges: np.ndarray) -> str:
    """Return the colour of the class that a share's whole percentage falls into, white where there is none."""
    if not np.isfinite(share):
        return "white"
    place = int(np.searchsorted(edges, round(share, 2) + 1e-9)) - 1
    return STEPS[min(max(place, 0), len(edges) - 2)]


def map_height(shapes: Shapes, side: float) -> float:
    """Return the height in inches that suits the shapes between two sides of that width."""
    low, high = _extent(shapes)
    width, height = high - low
    return float(np.clip((style.WIDTH - 2 * side) * height / width, 3.0, 9.0))


def _extent(shapes: Shapes) -> tuple[np.ndarray, np.ndarray]:
    """Return the corners of the city, by the largest part of each kelurahan: islands far off do not shrink the map."""
    largest = np.concatenate([max(rings, key=lambda one: abs(signed_area(one))) for rings in shapes.rings])
    low, high = largest.min(axis=0), largest.max(axis=0)
    return low - 0.02 * (high - low), high + 0.02 * (high - low)


def _draw_key(axes: Axes, words: Words, edges: np.ndarray, unknown: bool) -> None:
    """Draw a row of boxes with the limits of the classes."""
    colours = [*STEPS[: len(edges) - 1], *(["white"] if unknown else [])]
    labels = [f"{words.number(100 * low)}-{words.percent(high)}" for low, high in zip(edges, edges[1:], strict=False)]
    labels += [words.say(NOTHING)] if unknown else []
    axes.set_axis_off()
    axes.set_xlim(0, 6)
    axes.set_ylim(0, 1)
    places = np.arange(len(colours))
    style.draw_boxes(axes, places, places + 1, 0, 1, colours, edgecolors=style.GREY, linewidths=0.8, clip_on=False)
    for place, (label, colour) in enumerate(zip(labels, colours, strict=True)):
        axes.text(place + 0.5, 0.46, label, ha="center", va="center", color=_ink_on(colour))


def _draw_shapes(axes: Axes, shapes: Shapes, colours: Sequence[str]) -> None:
    low, high = _extent(shapes)
    axes.set_axis_off()
    axes.set_xlim(low[0], high[0])
    axes.set_ylim(low[1], high[1])
    axes.set_aspect(1.0 if shapes.schematic else 1 / np.cos(np.radians(np.clip(low[1], -60, 60))))
    outlines = [Outline.make_compound_path(*(Outline(ring, closed=True) for ring in rings)) for rings in shapes.rings]
    line = "white" if shapes.schematic else style.GREY
    axes.add_collection(PathCollection(outlines, facecolors=colours, edgecolors=line, linewidths=0.8))


def _draw_kecamatan(axes: Axes, shapes: Shapes) -> None:
    """Draw thick lines along the edges that only one kelurahan of a kecamatan has."""
    edges = []
    for kecamatan in KECAMATAN:
        members = [number for number, one in enumerate(KELURAHAN) if one.kecamatan == kecamatan.name]
        edges.append(outer_edges([ring for number in members for ring in shapes.rings[number]]))
    width = 2.6 if shapes.schematic else 1.8
    axes.add_collection(LineCollection(np.concatenate(edges), colors=style.INK, linewidths=width, capstyle="round"))


def _name_kecamatan(axes: Axes, shapes: Shapes) -> None:
    """Name the kecamatan beside their hexagons, or along the sides of the map with a line to each."""
    if shapes.schematic:
        for name, (x, row, side) in BESIDE.items():
            words = "\n".join(textwrap.wrap(name, 9 if x > 9 else 30))
            axes.text(x, -row * np.sqrt(3) / 2, words, ha=side, va="center", fontsize=style.TEXT, color=style.GREY)
        return
    centres = {one.name: _centre_of(shapes, one.name) for one in KECAMATAN}
    middle = np.median([x for x, _ in centres.values()])
    for side, outside in (("right", -0.03), ("left", 1.03)):
        names = [name for name in centres if (centres[name][0] <= middle) == (side == "right")]
        _name_along(axes, sorted(names, key=lambda name: centres[name][1]), centres, side, outside)


def _name_along(axes: Axes, names: Sequence[str], centres: Mapping[str, np.ndarray], side: str, outside: float) -> None:
    (low, high), (left, right) = axes.get_ylim(), axes.get_xlim()
    heights = np.array([(centres[name][1] - low) / (high - low) for name in names])
    for name, height in zip(names, style.spread(heights, np.full(len(names), 0.035)), strict=True):
        axes.text(outside, height, name, ha=side, va="center", transform=axes.transAxes)
        start = left + (right - left) * (outside + (0.01 if side == "right" else -0.01)), low + (high - low) * height
        x, y = zip(start, centres[name], strict=True)
        axes.plot(x, y, color=style.INK, linewidth=0.9, clip_on=False, marker="o", markersize=3.5, markevery=[1])


def _centre_of(shapes: Shapes, kecamatan: str) -> np.ndarray:
    """Return the middle of the kelurahan nearest to the mean of a kecamatan: a place that lies within it."""
    centres = [shapes.centre(number) for number, one in enumerate(KELURAHAN) if one.kecamatan == kecamatan]
    distance = np.linalg.norm(np.array(centres) - np.mean(centres, axis=0), axis=1)
    return centres[int(np.argmin(distance))]


def outer_edges(rings: Sequence[np.ndarray]) -> np.ndarray:
    """Return the edges that belong to one ring only, shape (edges, 2, 2)."""
    pieces = np.concatenate([np.stack([ring[:-1], ring[1:]], axis=1) for ring in rings])
    ends = np.round(pieces, 6)
    swap = (ends[:, 0, 0] > ends[:, 1, 0]) | ((ends[:, 0, 0] == ends[:, 1, 0]) & (ends[:, 0, 1] > ends[:, 1, 1]))
    ends[swap] = ends[swap][:, ::-1]
    _, first, times = np.unique(ends.reshape(-1, 4), axis=0, return_index=True, return_counts=True)
    return pieces[first[times == 1]]


def _write_values(axes: Axes, words: Words, shapes: Shapes, shares: np.ndarray, edges: np.ndarray) -> None:
    """Write each share into its hexagon, with the name below for those who look closely."""
    for number, (name, share) in enumerate(zip(kelurahan_names(), shares, strict=True)):
        x, y = shapes.centre(number)
        ink = {"ha": "center", "color": _ink_on(colour_of(share, edges))}
        axes.text(x, y + 0.16, words.number(100 * share), va="center", fontsize=style.TEXT, **ink)
        lines = "\n".join(textwrap.wrap(name, 10, break_long_words=False))
        axes.text(x, y + 0.02, lines, va="top", fontsize=6.5, linespacing=1.1, **ink)


def _ink_on(colour: str) -> str:
    return "white" if colour in STEPS[3:] else style.INK
