"""The map of the 67 kelurahan: a hexagon each, in the place that it has in the city."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from functools import cache

import numpy as np

from simulation.analysis.maps import BESIDE, STEPS, Shapes, class_edges, colour_of, hexagons, outer_edges
from simulation.analysis.style import GREY, INK
from simulation.dashboard.compare import LEAST_FOR_WORDS, interval
from simulation.dashboard.downloads import Column, Table
from simulation.dashboard.results import Chart, Results
from simulation.dashboard.svg import NARROW, SMALL, Drawing
from simulation.geography import KECAMATAN, KELURAHAN

WAYS = ("#0072b2", "#7fbde6", "#eef0f2", "#f2b366", "#b84a00")
"""Colours of differences from much less (blue) to much more (orange), told apart by colour-blind eyes."""

_LIGHT_ON = {"#0072b2", "#b84a00", *STEPS[3:]}
"""Colours dark enough for white words."""


def map_chart(results: Results, view: str) -> Chart:
    """Draw the effective exclusion of each kelurahan: of the chosen policy, of the baseline, or their difference."""
    view = "baseline" if results.same else view
    before, after = (results.mean(side, lambda run: run.unserved) for side in (0, 1))
    shares = {"difference": after - before, "chosen": after, "baseline": before}[view]
    colours, key = _colours(shares, view == "difference", results)
    title = _title(results, view, shares)
    drawing = Drawing(results.width, title)
    words, gaps = results.words, view == "difference"
    labels = [words.signed(100 * share, 1) if gaps else words.number(100 * share) for share in shares]
    y = draw_key(drawing, key)
    height = draw_city(drawing, y + 14, labels, colours, results.say("unit_points") if gaps else "%")
    columns = (
        Column(results.say("kelurahan")),
        Column("Kecamatan"),
        *(Column(results.say(name), "share") for name in ("baseline_percent", "chosen_percent", "points")),
    )
    rows = tuple((one.name, one.kecamatan, float(a), float(b), float(b - a))
                 for one, a, b in zip(KELURAHAN, before, after, strict=True))  # fmt: skip
    notes = (results.say("map_note"),)
    return Chart("map", title, results.say("map_what"), drawing.render(height), notes, Table(columns, rows))


def _title(results: Results, view: str, shares: np.ndarray) -> str:
    """Say what the map shows; a difference counts where its interval over replicates leaves out zero."""
    words, known = results.words, shares[np.isfinite(shares)]
    if view != "difference":
        low, high = (words.percent(value) for value in ((known.min(), known.max()) if known.size else (np.nan, np.nan)))
        return results.say(f"map_title_{view}", low=low, high=high)
    if len(results.pairs) < LEAST_FOR_WORDS:
        return results.say("map_title_early")
    gaps = np.array([chosen.unserved - baseline.unserved for baseline, chosen in results.pairs])
    clear = [interval(gap, 0.99) for gap in gaps.T if np.isfinite(gap).all()]
    better, worse = sum(high < 0 for _, high in clear), sum(low > 0 for low, _ in clear)
    if not better and not worse:
        return results.say("map_title_unclear")
    return results.say("map_title_difference", better=better, worse=worse, rest=len(KELURAHAN) - better - worse)


def _colours(shares: np.ndarray, gaps: bool, results: Results) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the colour of each kelurahan and the key: colours and words."""
    words = results.words
    if gaps:
        limits = gap_limits(shares, (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3))
        colours = [WAYS[int(np.searchsorted(limits, share))] if np.isfinite(share) else "white" for share in shares]
        ends = [words.number(100 * limit, 1).replace("-", "−") for limit in limits]
        labels = [f"< {ends[0]}", f"{ends[0]} – {ends[1]}", f"{ends[1]} – {ends[2]}", f"{ends[2]} – {ends[3]}",
                  f"> {ends[3]}"]  # fmt: skip
        return colours, list(zip(WAYS, labels, strict=True))
    known = shares[np.isfinite(shares)]
    edges = class_edges(known if known.size else np.array([np.nan]))
    labels = [f"{words.number(100 * low)}–{words.percent(high)}" for low, high in zip(edges, edges[1:], strict=False)]
    return [colour_of(share, edges) for share in shares], list(zip(STEPS, labels, strict=False))


def gap_limits(gaps: np.ndarray, steps: Sequence[float]) -> np.ndarray:
    """Return the four limits of the classes of differences: round, and the same on both sides of zero."""
    widest = float(np.nanmax(np.abs(gaps), initial=0.0)) if np.isfinite(gaps).any() else 0.0
    step = next((step for step in steps if widest <= 6 * step), steps[-1])
    return np.array([-3 * step, -step, step, 3 * step])


def draw_key(drawing: Drawing, key: Sequence[tuple[str, str]]) -> float:
    """Draw colours and what they mean in a row; return the height taken."""
    wide = drawing.width / max(len(key), 5)
    for place, (colour, label) in enumerate(key):
        drawing.box(place * wide, 0, wide, 24, colour, edge=GREY)
        ink = "white" if colour in _LIGHT_ON else INK
        size = SMALL if drawing.width > NARROW else 9.5
        drawing.text((place + 0.5) * wide, 16, label, at="middle", size=size, ink=ink)
    return 24


def draw_city(drawing: Drawing, top: float, labels: Sequence[str], colours: Sequence[str], unit: str) -> float:
    """Draw the hexagons with their values, the kecamatan around them and their names; return where it all ends."""
    shapes, narrow = _shapes(), drawing.width <= NARROW
    rings = np.concatenate([rings[0] for rings in shapes.rings])
    low, high = rings.min(axis=0), rings.max(axis=0)
    scale = (drawing.width - 8) / (high[0] - low[0])

    def at(points: np.ndarray) -> np.ndarray:
        return np.column_stack([4 + (points[:, 0] - low[0]) * scale, top + (high[1] - points[:, 1]) * scale])

    for number, one in enumerate(KELURAHAN):
        tip = f"{one.name}, {one.kecamatan}: {labels[number]} {unit}".rstrip()
        drawing.area(at(shapes.rings[number][0]).tolist(), colours[number], edge="white", tip=tip)
        _write(drawing, one.name, labels[number], at(shapes.centre(number)[None])[0], scale, colours[number])
    for edge in _kecamatan_edges():
        drawing.line(at(edge).tolist(), INK, width=2 if narrow else 2.6)
    for name, (x, row, side) in BESIDE.items():
        place = at(np.array([[x, -row * np.sqrt(3) / 2]]))[0]
        for line, part in enumerate(textwrap.wrap(name, 9 if x > 9 else 30)):
            size = 9 if narrow else TEXT_BESIDE
            drawing.text(place[0], place[1] + 4 + line * size * 1.2, part, at={"left": "start", "right": "end"}[side],
                         size=size, ink=GREY)  # fmt: skip
    return top + (high[1] - low[1]) * scale + 6


TEXT_BESIDE = 13
"""Size of the names of the kecamatan."""


def _write(drawing: Drawing, name: str, value: str, centre: np.ndarray, scale: float, colour: str) -> None:
    """Write the value into a hexagon, and the name below it where there is room."""
    ink = "white" if colour in _LIGHT_ON else INK
    if scale < 45:
        drawing.text(centre[0], centre[1] + 3.5, value, at="middle", size=9.5, ink=ink)
        return
    drawing.text(centre[0], centre[1] - 4, value, at="middle", ink=ink, bold=True)
    for line, part in enumerate(textwrap.wrap(name, 11, break_long_words=False)):
        drawing.text(centre[0], centre[1] + 8 + line * 9.5, part, at="middle", size=8.5, ink=ink)


@cache
def _shapes() -> Shapes:
    return hexagons()


@cache
def _kecamatan_edges() -> tuple[np.ndarray, ...]:
    """Return the edges around each kecamatan."""
    shapes, found = _shapes(), []
    for kecamatan in KECAMATAN:
        members = [number for number, one in enumerate(KELURAHAN) if one.kecamatan == kecamatan.name]
        found.extend(outer_edges([shapes.rings[number][0] for number in members]))
    return tuple(found)
