"""Charts about the poor: at which stage assistance stops, and any measure month by month, before and after."""

from __future__ import annotations

import numpy as np

from simulation.analysis.reach import GROUPS, STATUS_COLOUR
from simulation.analysis.style import GREY
from simulation.analysis.words import STATUS
from simulation.dashboard.downloads import Column, Table
from simulation.dashboard.lines import Axis, Line, draw_lines, line_rows
from simulation.dashboard.results import Chart, Results
from simulation.dashboard.svg import BASELINE, CHOSEN, Drawing, legend
from simulation.measures import MEASURES
from simulation.measures.cascade import STATUSES

_REACHED = STATUSES.index("reached")
_UNITS = {
    "months": "unit_months", "families": "unit_families", "persons": "unit_persons", "visits": "unit_visits",
    "Rp per Rp": "unit_rupiah", "Rp per person": "unit_rupiah", "Rp a head and month": "unit_rupiah",
}  # fmt: skip
"""Units of measures that are neither shares nor amounts."""


def cascade_chart(results: Results) -> Chart:
    """Draw the share of the poor at whom each stage of assistance stops, before and after."""
    words, say = results.words, results.say
    before, after = (results.mean(side, lambda run: run.recent_status_shares()) for side in (0, 1))
    named = {"reached": words.number(100 * after[_REACHED], 1), "before": words.number(100 * before[_REACHED], 1)}
    title = say("cascade_title_same" if results.same else "cascade_title", **named)
    labels = [words.say(STATUS[status]) for status in STATUSES]
    drawing = Drawing(results.width, title)
    looks = [(words.say(text), colour, "box") for text, colour, _ in GROUPS]
    y = legend(drawing, 14, looks if results.same else [(say("baseline"), BASELINE, "box"), *looks]) + 8
    top = float(np.nanmax([*before, *after, 0.01]))
    for number, label in enumerate(labels):
        shares = before[number], after[number]
        y = _draw_status(drawing, results, y, label, STATUS_COLOUR[STATUSES[number]], shares, top)
    columns = Column(say("status")), *(Column(say(f"{one}_percent"), "share") for one in ("baseline", "chosen"))
    rows = zip(labels, before.tolist(), after.tolist(), (after - before).tolist(), strict=True)
    table = Table((*columns, Column(say("points"), "share")), tuple(rows))
    return Chart("cascade", title, say("cascade_what"), drawing.render(y), (say("cascade_note"),), table)


def _draw_status(drawing: Drawing, results: Results, y: float, label: str, colour: str, shares: tuple[float, float],
                 top: float) -> float:  # fmt: skip
    """Draw one status: its name, the bars, the numbers; return where the next begins."""
    words, (before, after) = results.words, shares
    left = 0.0 if results.narrow else 232.0
    if results.narrow:
        drawing.text(0, y + 12, label)
        y += 18
    else:
        drawing.text(left - 10, y + 15, label, at="end")
    full = drawing.width - left - 104
    drawing.box(left, y + 8, full * after / top, 12, colour)
    drawing.text(drawing.width - 50, y + 18, words.percent(after, 1), at="end", bold=True)
    if not results.same:
        drawing.box(left, y, full * before / top, 7, BASELINE)
        drawing.text(drawing.width, y + 18, words.signed(100 * (after - before), 1), at="end", ink=GREY)
    return y + (30 if results.narrow else 27)


def lines_chart(results: Results, measure: str) -> Chart:
    """Draw a measure month by month: the means over replicates, and the band from the lowest to the highest."""
    words, say = results.words, results.say
    factor, unit = scale_of(measure)
    factor *= results.enlarged(measure)
    series = [np.array([run.months[measure] for run in results.runs(side)]) * factor for side in (0, 1)]
    means = [float(results.mean(side, lambda run: run.recent(measure))) * factor for side in (0, 1)]
    end = "%" if unit == "unit_percent" else ""
    shown = [words.number(value, 1 if abs(value) >= 1 else 3) + end for value in means]
    plain = results.same or not np.isfinite(means[0])
    label = words.say(MEASURES[measure].label)
    title = say("lines_title_same" if plain else "lines_title", label=label, before=shown[0], after=shown[1])
    start, last = results.baseline.start, results.baseline.start.plus(results.baseline.months - 1)
    what = f"{say(unit)} · {words.month(start.date())} - {words.month(last.date())}"
    axis = Axis(start, results.baseline.months, tuple(month for month, _ in results.baseline.changes[1:]))
    looks = ((BASELINE, "5 4"), (CHOSEN, ""))
    lines = [Line(results.name(side), series[side], *looks[side]) for side in results.sides]
    drawing = Drawing(results.width, title)
    height = draw_lines(drawing, words, axis, lines, narrow=results.narrow)
    columns = [Column(say(f"{('baseline', 'chosen')[side]}_{part}", unit=say(unit)), "decimal")
               for side in results.sides for part in ("mean", "lowest", "highest")]  # fmt: skip
    table = Table((Column(say("month")), *columns), tuple(line_rows(axis, lines)))
    return Chart("months", title, what, drawing.render(height), (say("lines_note"),), table)


def scale_of(measure: str) -> tuple[float, str]:
    """Return by what a measure is multiplied for people, and the key of its unit in words."""
    declared = MEASURES[measure]
    if declared.kind == "share" and declared.unit.startswith("share"):
        return 100.0, "unit_percent"
    return (1e-9, "unit_billion") if declared.unit == "Rp" else (1.0, _UNITS.get(declared.unit, "unit_index"))
