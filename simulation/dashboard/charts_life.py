"""The chart of one family: its months as boxes, and its consumption against the poverty line."""

from __future__ import annotations

from simulation.agents.words import STATUS
from simulation.analysis.reach import GROUPS, STATUS_COLOUR
from simulation.analysis.style import BLUE, GREY, INK, RED
from simulation.analysis.words import Words
from simulation.dashboard.downloads import Column, Table
from simulation.dashboard.lives import Facts, Life
from simulation.dashboard.results import Chart
from simulation.dashboard.svg import NARROW, SMALL, WIDE, Drawing, gridline, legend
from simulation.dashboard.text import fill

_NOT_POOR = "#f1f3f5"
_HEIGHT = 170.0


def life_chart(life: Life, words: Words, same: bool, narrow: bool) -> Chart:
    """Draw the months of a family under the baseline and under the choice."""

    def say(key: str, **named: object) -> str:
        return fill(words.language, key, **named)

    sides = (life.baseline,) if same else (life.baseline, life.chosen)
    reached = [sum(month["status"] == "reached" for month in side) for side in (life.baseline, life.chosen)]
    poor = sum(month["in_city"] and month["welfare"]["poor"] for month in life.baseline)
    title = say("life_title_same" if same else "life_title", poor=poor, months=len(life.baseline), before=reached[0],
                after=reached[1])  # fmt: skip
    drawing = Drawing(NARROW if narrow else WIDE, title)
    looks = [(words.say(text), colour, "box") for text, colour, _ in GROUPS]
    y = legend(drawing, 14, [*looks, (say("life_not_poor"), _NOT_POOR, "empty")]) + 8
    for number, side in enumerate(sides):
        drawing.text(0, y + 12, say("chosen" if number else "baseline"), bold=True)
        _draw_months(drawing, words, side, y + 18)
        y += 54
    y = _draw_consumption(drawing, sides, say, y + 4)
    return Chart(
        "life", title, say("life_what"), drawing.render(y), (say("life_note"),), _table(life, words, say, same)
    )


def _draw_months(drawing: Drawing, words: Words, months: tuple[Facts, ...], y: float) -> None:
    left, wide = 54.0, (drawing.width - 54) / len(months)
    for place, month in enumerate(months):
        colour = STATUS_COLOUR.get(month["status"], _NOT_POOR) if month["in_city"] else "white"
        tip = f"{month['month']}: {_status(month, words)}"
        drawing.box(
            left + place * wide, y, wide - 0.8, 22, colour, edge="#c9d0d6" if colour == _NOT_POOR else "", tip=tip
        )


def _draw_consumption(drawing: Drawing, sides: tuple[tuple[Facts, ...], ...], say, top: float) -> float:
    """Draw consumption before and after assistance as a share of the poverty line; return the height used."""
    last = sides[-1]
    looks = [(say("life_line"), INK, "line"), (say("life_before"), RED, "dash"), (say("life_after"), BLUE, "line")]
    top = legend(drawing, top + 14, looks) + 8
    before, after = ([month["welfare"][name] / month["welfare"]["line_idr"] for month in last]
                     for name in ("consumption_idr", "consumption_after_idr"))  # fmt: skip
    high = min(max(*before, *after, 1.2) * 1.05, 4.0)
    left, foot = 54.0, top + _HEIGHT
    wide = (drawing.width - left) / len(last)

    def points(values: list[float]) -> list[tuple[float, float]]:
        return [(left + (place + 0.5) * wide, foot - _HEIGHT * min(value, high) / high) for place, value in
                enumerate(values)]  # fmt: skip

    step = 50 if high <= 2.5 else 100
    for share in range(0, int(high * 100) + 1, step):
        level = foot - _HEIGHT * share / 100 / high
        gridline(drawing, (left, level), (drawing.width, level))
        drawing.text(left - 8, level + 4, f"{share}%", at="end", ink=GREY, size=SMALL)
    drawing.line([(left, foot - _HEIGHT / high), (drawing.width, foot - _HEIGHT / high)], INK, width=1.4)
    drawing.line(points(before), RED, dash="5 4")
    drawing.line(points(after), BLUE)
    for place, month in enumerate(last):
        if month["month"].endswith("-01"):
            drawing.text(left + (place + 0.5) * wide, foot + 18, month["month"][:4], at="middle", ink=GREY, size=SMALL)
    return foot + 26


def _table(life: Life, words: Words, say, same: bool) -> Table:
    columns = [Column(say("month")), Column(say("life_status_baseline")), Column(say("life_poverty_line"), "number"),
               Column(say("life_consumption"), "number"), Column(say("life_after_baseline"), "number")]  # fmt: skip
    if not same:
        columns += [Column(say("life_status_chosen")), Column(say("life_after_chosen"), "number")]
    rows = []
    for one, other in zip(life.baseline, life.chosen, strict=True):
        welfare = one["welfare"]
        row = [one["month"], _status(one, words), welfare["line_idr"], welfare["consumption_idr"],
               welfare["consumption_after_idr"]]  # fmt: skip
        rows.append((*row, *(() if same else (_status(other, words), other["welfare"]["consumption_after_idr"]))))
    return Table(tuple(columns), tuple(rows))


def _status(month: Facts, words: Words) -> str:
    return words.say(STATUS[month["status"]]) if month["in_city"] else "–"
