"""What a run says in one screen: the headline measures at its start and at its end."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.experiments.doubt import MEANING, doubt_in_words
from simulation.experiments.ending import window
from simulation.parameters import assumed_headline
from simulation.plan import Plan

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Group
    from rich.table import Table

    from simulation.measures import Measure

HEADLINES: Mapping[str, tuple[str, ...]] = {
    "Poverty": ("poverty_headcount_before_transfers", "poverty_headcount", "poverty_gap"),
    "Whom the lists miss and hold": (
        "exclusion_error", "leakage", "leakage_outside_deciles", "leakage_floor", "record_age_months",
    ),
    "Whom assistance reaches": (
        "effective_exclusion_error", "paid_on_time_share", "value_received_share", "unredeemed_share",
        "visits_done_share",
    ),
    "Money": ("transfers_paid_idr", "cost_idr"),
}  # fmt: skip
"""The measures of the summary by group; the two yardsticks of leakage and its floor always stand together."""

SWINGING = "Whom assistance reaches"
"""The group of measures that one bad month of a bank moves by half."""

CAUTION = (
    "The figures are of a stylised Kota Bengkulu, fitted to what is published of it: compare scenarios by them, and do "
    "not read them as a forecast or as a count of real families."
)


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of the summary, in words."""

    label: str
    start: str
    end: str
    change: str
    unit: str
    doubt: str


def summarise(months: pd.DataFrame) -> dict[str, list[Line]]:
    """Return the headline measures by group.

    Shares and stocks are those of the first and of the last month. Flows, and shares of delivery, which swing with the
    good and bad months of a bank, are means over the first and over the last year, or over the halves of a run shorter
    than two years.
    """
    from simulation.measures import MEASURES

    return {
        group: [_line(MEASURES[name], months, averaged=group == SWINGING) for name in names]
        for group, names in HEADLINES.items()
    }


def show_summary(plan: Plan, months: pd.DataFrame, seconds: float) -> Group:
    """Return the summary of a run for a terminal: the table, what was run, what it rests on, and how to take it."""
    from rich.console import Group
    from rich.text import Text

    return Group(_table(plan, summarise(months)), Text("\n".join(_closing(plan, months, seconds))))


def _table(plan: Plan, groups: Mapping[str, list[Line]]) -> Table:
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    last = plan.start.plus(plan.months - 1)
    table = Table(box=box.SIMPLE_HEAD, title=escape(plan.title.en), title_justify="left", pad_edge=False)
    table.add_column("")
    for heading in (f"start\n{plan.start}", f"end\n{last}", "change"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("unit")
    table.add_column("only assumed", justify="right", no_wrap=True)
    for group, lines in groups.items():
        table.add_row(f"[bold]{group}[/bold]")
        for line in lines:
            table.add_row(f"  {escape(line.label)}", line.start, line.end, line.change, escape(line.unit), line.doubt)
    return table


def _closing(plan: Plan, months: pd.DataFrame, seconds: float) -> Iterator[str]:
    families = int(months["families"].iloc[-1])
    lived = f"{len(months)} month{'s' if len(months) > 1 else ''}"
    scale = "" if plan.scale == 1 else f" (scale {plan.scale:g})"
    yield f"{families:,} families{scale}, {lived}, seed {plan.seed}, in {seconds:.1f} seconds."
    yield f"{assumed_headline('en')}. The last column is {MEANING.en}."
    yield CAUTION
    yield from plan.notes


def _line(measure: Measure, months: pd.DataFrame, *, averaged: bool = False) -> Line:
    values = months[measure.name].to_numpy(float)
    unit, flow = _unit(measure), measure.kind == "flow"
    span = window(len(values)) if flow or averaged else 1
    if flow:
        unit += " a month" if span > 1 else " in the month"
    if span > 1:
        unit += f", mean of {span}"
    return _in_words(measure, float(values[:span].mean()), float(values[-span:].mean()), unit)


def _in_words(measure: Measure, start: float, end: float, unit: str) -> Line:
    factor, decimals, suffix = _scale(measure)
    shown = [_number(value * factor, decimals) for value in (start, end)]
    change = _number((end - start) * factor, decimals, "+") + suffix if math.isfinite(end - start) else ""
    return Line(measure.label.en, *shown, change, unit, doubt_in_words(measure.name))


def _unit(measure: Measure) -> str:
    if measure.kind == "share":
        return measure.unit.replace("share", "%", 1) if measure.unit.startswith("share") else f"{measure.unit} x 100"
    return measure.unit.replace("Rp", "Rp bn", 1)


def _scale(measure: Measure) -> tuple[float, int, str]:
    if measure.kind == "share":
        return 100.0, 1, " points" if measure.unit.startswith("share") else ""
    return (1e-9, 2, "") if measure.unit.startswith("Rp") else (1.0, 1, "")


def _number(value: float, decimals: int, sign: str = "") -> str:
    if not math.isfinite(value):
        return "none"
    rounded = round(value, decimals) + 0.0
    return format(rounded, f"{sign if rounded else ''},.{decimals}f")
