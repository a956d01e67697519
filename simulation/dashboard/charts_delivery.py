"""Charts about the work and the money: facilitators' hours and what a year costs, before and after."""

from __future__ import annotations

import numpy as np

from simulation.analysis.style import AMBER, BLUE, GREEN, GREY, PURPLE, SKY, round_ticks
from simulation.dashboard.digest import RECENT_MONTHS, Digest
from simulation.dashboard.downloads import Column, Table
from simulation.dashboard.results import Chart, Results
from simulation.dashboard.svg import SMALL, Drawing, gridline, legend
from simulation.measures import MEASURES

_SPENDING = {
    "transfers": (SKY, "transfers_paid_idr"),
    "staff": (PURPLE, "operations_apbn_idr"),
    "city": (AMBER, "operations_apbd_idr"),
}
"""What the yearly cost is made of; the rest is empowerment and emergency aid."""

_MONEY = (
    "cost_idr", "transfers_paid_idr", "operations_apbn_idr", "operations_apbd_idr", "received_idr", "unpaid_idr",
    "forfeited_idr", "goods_diverted_idr", "operations_unmet_idr",
)  # fmt: skip
"""The rows of the table about money."""

_BAR_HEIGHT = 150.0


def workload_chart(results: Results) -> Chart:
    """Draw the hours that each facilitator needs and has, before and after, in the first replicate."""
    words, say = results.words, results.say
    teams = results.pairs[0]
    short = [_short_share(team) for team in teams]
    key = "workload_title_same" if results.same else "workload_title"
    title = say(key, before=words.percent(short[0]), after=words.percent(short[1]))
    drawing = Drawing(results.width, title)
    y = legend(drawing, 14, [(say("hours_needed"), AMBER, "box"), (say("hours_available"), BLUE, "line")]) + 14
    top = max(float(np.max([*team.hours_needed, *team.hours_available, 1.0])) for team in teams) * 1.02
    beside = len(results.sides) == 2 and not results.narrow
    width = (drawing.width - 36) / 2 if beside else drawing.width
    for side in results.sides:
        x = side * (width + 36) if beside else 0.0
        height = _draw_team(drawing, results, side, (x, y, width), top)
        y += 0 if beside and side == 0 else height
    notes = (say("workload_note"), _say_done(results))
    return Chart("workload", title, say("workload_what"), drawing.render(y), notes, _hours_table(results))


def _draw_team(drawing: Drawing, results: Results, side: int, where: tuple[float, float, float], top: float) -> float:
    """Draw a bar for each facilitator and return the height taken."""
    team, (x, y, width) = results.pairs[0][side], where
    count = team.hours_needed.size
    heading = results.say("officers_of", side=results.name(side), count=results.words.number(count))
    drawing.text(x, y + 4, heading, bold=True)
    left, foot = x + 38, y + 16 + _BAR_HEIGHT
    for tick in round_ticks(0, top):
        level = foot - _BAR_HEIGHT * tick / top
        gridline(drawing, (left, level), (x + width, level))
        drawing.text(left - 6, level + 4, results.words.number(tick), at="end", ink=GREY, size=SMALL)
    wide = (x + width - left) / max(count, 1)
    for number, (needed, available) in enumerate(zip(team.hours_needed, team.hours_available, strict=True)):
        start, tall, level = left + number * wide, _BAR_HEIGHT * needed / top, foot - _BAR_HEIGHT * available / top
        drawing.box(start, foot - tall, wide * 0.8, tall, AMBER)
        drawing.line([(start - wide * 0.1, level), (start + wide * 0.9, level)], BLUE, width=2.4)
    return _BAR_HEIGHT + 44


def _hours_table(results: Results) -> Table:
    say, names = results.say, ("hours_needed", "hours_available")
    columns = [Column(say(f"{name}_of_{side}"), "decimal") for side in ("baseline", "chosen") for name in names]
    hours = [getattr(team, name) for team in results.pairs[0] for name in names]
    longest = max(values.size for values in hours)
    rows = [[float(values[row]) if row < values.size else None for values in hours] for row in range(longest)]
    numbered = tuple((float(row + 1), *cells) for row, cells in enumerate(rows))
    return Table((Column(say("officer"), "number"), *columns), numbered)


def _short_share(team: Digest) -> float:
    """Return the share of facilitators who need more hours than they have."""
    return float((team.hours_needed > team.hours_available).mean()) if team.hours_needed.size else float("nan")


def _say_done(results: Results) -> str:
    """Say how many visits and sessions take place, before and after."""
    words = results.words
    visits, sessions = ([words.percent(results.recent(side, name)) for side in (0, 1)]
                        for name in ("visits_done_share", "sessions_held_share"))  # fmt: skip
    named = {"visits": visits[1], "sessions": sessions[1], "visits_before": visits[0], "sessions_before": sessions[0]}
    months = min(RECENT_MONTHS, results.baseline.months)
    return results.say("done_note_same" if results.same else "done_note", months=months, **named)


def money_chart(results: Results) -> Chart:
    """Draw what a year costs and what of it is assistance, staff and checks, before and after."""
    words, say = results.words, results.say
    totals = [results.yearly(side, "cost_idr") for side in (0, 1)]
    key = "money_title_same" if results.same else "money_title"
    title = say(key, before=words.money(totals[0]), after=words.money(totals[1]))
    drawing = Drawing(results.width, title)
    colours = {name: colour for name, (colour, _) in _SPENDING.items()} | {"aid": GREEN}
    y = legend(drawing, 14, [(say(f"spend_{name}"), colour, "box") for name, colour in colours.items()]) + 10
    for side in results.sides:
        drawing.text(0, y + 12, f"{results.name(side)}: {words.money(totals[side])}", bold=True)
        _draw_spending(drawing, results, side, colours, y + 20, drawing.width / max(*totals, 1.0))
        y += 66
    return Chart("money", title, say("money_what"), drawing.render(y), (say("money_note"),), _money_table(results))


def _draw_spending(drawing: Drawing, results: Results, side: int, colours: dict[str, str], y: float,
                   scale: float) -> None:  # fmt: skip
    """Draw one year's spending as a bar of its parts."""
    parts = {name: results.yearly(side, measure) for name, (_, measure) in _SPENDING.items()}
    parts["aid"] = max(results.yearly(side, "cost_idr") - sum(parts.values()), 0.0)
    x = 0.0
    for name, amount in parts.items():
        wide, money = amount * scale, results.words.money(amount)
        drawing.box(x, y, wide, 30, colours[name], tip=f"{results.say(f'spend_{name}')}: {money}")
        if wide > 8 * len(money):
            drawing.text(
                x + 6, y + 20, money, size=SMALL, ink="white" if colours[name] in (PURPLE, GREEN) else "#1b1f24"
            )
        x += wide


def _money_table(results: Results) -> Table:
    say, rows = results.say, []
    for name in _MONEY:
        take = results.yearly if MEASURES[name].kind == "flow" else results.recent
        before, after = take(0, name), take(1, name)
        rows.append((results.words.say(MEASURES[name].label), before, after, after - before))
    columns = (Column(say(f"{name}_billion"), "money") for name in ("baseline", "chosen", "difference"))
    return Table((Column(say("item")), *columns), tuple(rows))
