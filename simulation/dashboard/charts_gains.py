"""Who gains and who loses under one scenario: families by decile and group, and by kelurahan."""

from __future__ import annotations

import numpy as np
import pandas as pd

from simulation.analysis.style import BLUE, GREY, RED
from simulation.comparison.flips import GROUPS
from simulation.comparison.study import Arm
from simulation.dashboard.downloads import Column, Table
from simulation.dashboard.hexmap import WAYS, draw_city, draw_key, gap_limits
from simulation.dashboard.results import Chart
from simulation.dashboard.studies import SideBySide
from simulation.dashboard.svg import Drawing, gridline, legend
from simulation.geography import KELURAHAN

Gains = dict[str, pd.DataFrame]
_STEPS = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0)


def groups_chart(side: SideBySide, arm: Arm, gains: Gains) -> Chart:
    """Draw the families that assistance newly reaches, and those that it no longer reaches, by decile and group."""
    words, say = side.words, side.say
    table = gains["flips_by_group"].set_index("group").loc[list(GROUPS)]
    totals = gains["flips"].iloc[0]
    named = {kind: words.number(totals[f"newly_{kind}"]) for kind in ("reached", "lost")}
    title = say("groups_title", name=side.name(arm), **named)
    drawing = Drawing(side.width, title)
    y = legend(drawing, 14, [(say("newly_reached"), BLUE, "box"), (say("newly_lost"), RED, "box")]) + 6
    y = _draw_groups(drawing, side, y, table)
    names = ("newly_reached", "newly_lost", "newly_enrolled", "no_longer_enrolled")
    columns = (Column(say("col_group")), *(Column(say(name), "decimal") for name in names))
    rows = tuple((say(f"group_{group}"), *table.loc[group, list(names)].tolist()) for group in GROUPS)
    return Chart("groups", title, say("groups_what"), drawing.render(y), (say("groups_note"),), Table(columns, rows))


def _draw_groups(drawing: Drawing, side: SideBySide, y: float, table: pd.DataFrame) -> float:
    words, left = side.words, 0.0 if side.narrow else 250.0
    top = max(float(table[["newly_reached", "newly_lost"]].to_numpy().max()), 1.0)
    middle, half = left + (drawing.width - left) / 2, (drawing.width - left) / 2 - 56
    begin = y
    for group, row in table.iterrows():
        label = side.say(f"group_{group}")
        if side.narrow:
            drawing.text(0, y + 12, label)
            y += 18
        else:
            drawing.text(left - 12, y + 14, label, at="end")
        lost, reached = half * row["newly_lost"] / top, half * row["newly_reached"] / top
        drawing.box(middle - lost, y + 3, lost, 14, RED)
        drawing.box(middle, y + 3, reached, 14, BLUE)
        drawing.text(middle - lost - 6, y + 15, words.number(row["newly_lost"]), at="end", ink=GREY)
        drawing.text(middle + reached + 6, y + 15, words.number(row["newly_reached"]), ink=GREY)
        y += 24
    gridline(drawing, (middle, begin), (middle, y))
    return y + 4


def gains_map(side: SideBySide, arm: Arm, gains: Gains) -> Chart:
    """Draw by kelurahan how many more families assistance reaches in full and on time: those gained less those lost."""
    words, say = side.words, side.say
    table = gains["flips_by_kelurahan"].set_index("kelurahan").loc[[one.name for one in KELURAHAN]]
    net = (table["newly_reached"] - table["newly_lost"]).to_numpy(float)
    title = say("gains_map_title", name=side.name(arm), more=int((net >= 0.5).sum()), fewer=int((net <= -0.5).sum()))
    limits = gap_limits(net, _STEPS)
    ends = [words.number(limit).replace("-", "−") for limit in limits]
    between = [f"{low} – {high}" for low, high in zip(ends, ends[1:], strict=False)]
    key = list(zip(WAYS[::-1], [f"< {ends[0]}", *between, f"> {ends[3]}"], strict=True))
    drawing = Drawing(side.width, title)
    y = draw_key(drawing, key)
    labels = [words.signed(value) or "0" for value in net]
    colours = [WAYS[::-1][int(np.searchsorted(limits, value))] for value in net]
    height = draw_city(drawing, y + 14, labels, colours, say("unit_families"))
    names = ("newly_reached", "newly_lost")
    columns = (Column(say("kelurahan")), Column("Kecamatan"), *(Column(say(name), "decimal") for name in names),
               Column(say("col_net"), "decimal"))  # fmt: skip
    rows = tuple((one.name, one.kecamatan, *table.loc[one.name, list(names)].tolist(), float(value))
                 for one, value in zip(KELURAHAN, net, strict=True))  # fmt: skip
    notes = (say("groups_note"), say("map_note"))
    return Chart("gains", title, say("gains_map_what"), drawing.render(height), notes, Table(columns, rows))
