"""Charts of several scenarios: any measure month by month, the differences of the headlines, and cost beside effect."""

from __future__ import annotations

import math

from simulation.comparison.cost import EFFECTS
from simulation.comparison.study import Arm
from simulation.dashboard.charts_reach import scale_of
from simulation.dashboard.compare import Difference, Headline
from simulation.dashboard.downloads import Cell, Column, Table
from simulation.dashboard.intervals import Reading, draw_intervals
from simulation.dashboard.lines import Line, draw_lines, line_rows
from simulation.dashboard.results import Chart, mean_known
from simulation.dashboard.studies import SideBySide
from simulation.dashboard.svg import Drawing
from simulation.dashboard.wording import say_doubt, say_gap, verdict_key
from simulation.measures import MEASURES


def courses_chart(side: SideBySide, measure: str) -> Chart:
    """Draw a measure month by month, a line for each scenario."""
    words, say = side.words, side.say
    factor, unit = scale_of(measure)
    lines = [Line(side.name(arm), side.months(arm, measure) * factor, *side.look(arm)) for arm in side.arms]
    means = {line.name: float(mean_known(line.values.T[-12:].reshape(-1))) for line in lines}
    known = {name: mean for name, mean in means.items() if math.isfinite(mean)}
    label, end = words.say(MEASURES[measure].label), "%" if unit == "unit_percent" else ""
    title = say("courses_title_none", label=label)
    if known:
        low, high = min(known, key=known.get), max(known, key=known.get)
        said = [f"{words.number(known[name], 1 if abs(known[name]) >= 1 else 3)}{end}" for name in (low, high)]
        title = say("courses_title", label=label, low=said[0], high=said[1], lowest=low, highest=high)
    first, last = side.axis.start, side.axis.start.plus(side.axis.months - 1)
    what = f"{say(unit)} · {words.month(first.date())} - {words.month(last.date())}"
    drawing = Drawing(side.width, title)
    height = draw_lines(drawing, words, side.axis, lines, narrow=side.narrow)
    columns = [Column(say(f"any_{part}", name=line.name, unit=say(unit)), "decimal") for line in lines
               for part in ("mean", "lowest", "highest")]  # fmt: skip
    table = Table((Column(say("month")), *columns), tuple(line_rows(side.axis, lines)))
    return Chart("courses", title, what, drawing.render(height), (say("lines_note"),), table)


def differences_chart(side: SideBySide) -> Chart:
    """Draw how each scenario differs from the baseline in the headlines, with intervals and in words."""
    say, found = side.say, [(one, arm, side.difference(one, arm)) for one in side.headlines for arm in side.others]
    clear = sum(gap.verdict in ("likely", "certain") for _, _, gap in found)
    title = say("differences_title", clear=clear, count=len(found), baseline=side.name(side.baseline))
    drawing, y = Drawing(side.width, title), 0.0
    for headline in side.headlines:
        readings = [_reading(side, *row) for row in found if row[0] is headline]
        heading = " · ".join((say(f"card_{headline.measure}"), *say_doubt(headline.measure, side.words.language)))
        y = draw_intervals(drawing, y, heading, readings)
    rows = tuple(_row(side, *row) for row in found)
    names = ("scenario", "measure", "baseline_value", "scenario_value", "gap", "gap_low", "gap_high", "verdict")
    kinds = ("text", "text", *("decimal",) * 5, "text")
    table = Table(tuple(Column(say(f"col_{name}"), kind) for name, kind in zip(names, kinds, strict=True)), rows)
    notes = (say("differences_note"),)
    return Chart("differences", title, say("differences_what"), drawing.render(y), notes, table)


def _reading(side: SideBySide, headline: Headline, arm: Arm, gap: Difference) -> Reading:
    shown = say_gap(headline, gap.mean, side.words)
    if math.isfinite(gap.low) and gap.verdict not in ("same", "early"):
        low, high = (say_gap(headline, end, side.words) for end in (gap.low, gap.high))
        shown = f"{shown} ({side.say('gap_between', low=low, high=high)})"
    return Reading(side.name(arm), gap.mean, gap.low, gap.high, shown, side.say(verdict_key(headline, gap)),
                   side.look(arm)[0])  # fmt: skip


def _row(side: SideBySide, headline: Headline, arm: Arm, gap: Difference) -> tuple[Cell, ...]:
    """Return a row of the table: shares in percent or points, money in billion rupiah."""
    factor, unit = (1e-9, "unit_billion") if headline.kind == "money" else (100.0, "unit_percent")
    numbers = (value * factor for value in (gap.baseline, gap.chosen, gap.mean, gap.low, gap.high))
    label = f"{side.say(f'card_{headline.measure}')} ({side.say(unit)})"
    return (side.name(arm), label, *numbers, side.say(verdict_key(headline, gap)))


def cost_chart(side: SideBySide) -> Chart:
    """Draw what each scenario costs more, and beside it how many more poor persons it serves, and at what price."""
    say = side.say
    costs = [row for row in side.comparison.costs.to_dict("records") if row["costs"]]
    costs = [row for row in costs if (row["scenario"], row["point"]) in side.others]
    effects = side.comparison.effects.to_dict("records")
    dear = [row["extra_bn_idr"] for row in costs]
    title = say("cost_title", low=words_of_money(side, min(dear)), high=words_of_money(side, max(dear)))
    drawing = Drawing(side.width, title)
    y = draw_intervals(drawing, 0, say("cost_extra"), [_cost_reading(side, row) for row in costs])
    for effect in (name for name in EFFECTS if any(row["effect"] == name for row in effects)):
        readings = [_effect_reading(side, row) for row in effects if row["effect"] == effect and _arm(row) in
                    side.others]  # fmt: skip
        y = draw_intervals(drawing, y, say(f"effect_{effect}"), readings)
    rows = tuple(_effect_row(side, row, costs) for row in effects if _arm(row) in side.others)
    columns = (
        Column(say("col_scenario")), Column(say("cost_extra"), "decimal"), Column(say("col_effect")),
        Column(say("col_gain"), "decimal"), Column(say("col_gap_low"), "decimal"),
        Column(say("col_gap_high"), "decimal"), Column(say("col_trade")), Column(say("col_price"), "decimal"),
        Column(say("col_price_low"), "decimal"), Column(say("col_price_high"), "decimal"),
    )  # fmt: skip
    return Chart("cost", title, say("cost_what"), drawing.render(y), (say("cost_note"),), Table(columns, rows))


def _arm(row: dict) -> Arm:
    return row["scenario"], row["point"]


def _cost_reading(side: SideBySide, row: dict) -> Reading:
    ends = [row[end] for end in ("extra_bn_idr", "extra_low", "extra_high")]
    shown = words_of_money(side, ends[0])
    return Reading(side.name(_arm(row)), *ends, shown, _cost_words(side, row), side.look(_arm(row))[0])


def _cost_words(side: SideBySide, row: dict) -> str:
    if not math.isfinite(row["extra_low"]):
        return side.say("early")
    return side.say(f"costs_{row['costs']}", low=words_of_money(side, row["extra_low"]),
                    high=words_of_money(side, row["extra_high"]))  # fmt: skip


def words_of_money(side: SideBySide, billions: float) -> str:
    """Write a difference of money with its sign."""
    sign = "+" if billions > 0 else "−" if billions < 0 else ""
    return sign + side.words.money(abs(billions) * 1e9)


def _effect_reading(side: SideBySide, row: dict) -> Reading:
    points = row["effect"] == "exclusion_points"
    shown = side.words.signed(row["gain"], 2 if points else 0) or "0"
    return Reading(side.name(_arm(row)), row["gain"], row["gain_low"], row["gain_high"], shown, _trade(side, row),
                   side.look(_arm(row))[0])  # fmt: skip


def _trade(side: SideBySide, row: dict) -> str:
    """Say what is traded, and at what price where there is one."""
    if not math.isfinite(row["gain_low"]):
        return side.say("early")
    said = side.say(f"trade_{row['trade'].replace(' ', '_')}")
    if not math.isfinite(row["idr_per_gain"]):
        return said
    return f"{said}, {side.say('price', price=side.words.money(row['idr_per_gain']))}"


def _effect_row(side: SideBySide, row: dict, costs: list[dict]) -> tuple[Cell, ...]:
    extra = next((one["extra_bn_idr"] for one in costs if _arm(one) == _arm(row)), math.nan)
    price = (row[key] / 1e6 for key in ("idr_per_gain", "price_low", "price_high"))
    gain = (row[key] for key in ("gain", "gain_low", "gain_high"))
    return side.name(_arm(row)), extra, side.say(f"effect_{row['effect']}"), *gain, _trade(side, row), *price
