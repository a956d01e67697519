"""Levers as the page shows them: their groups, which come first, where sliders run, and how values are said."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from simulation.analysis.words import SHORT_MONTHS, Words
from simulation.dashboard.units import INPUT_GROUPS, UNITS
from simulation.parameters import LEVERS, Parameter, Text
from simulation.plan import Plan

GROUPS: Mapping[str, Text] = {
    name: INPUT_GROUPS[name] for name in ("money", "list", "people", "channel", "empowerment")
}
"""The groups of levers in their order. Emergencies are left out: they matter only where a scenario dates a disaster."""

FIRST = (
    "pkh_budget_bn_idr_per_year", "sembako_budget_bn_idr_per_year", "benefit_multiplier",
    "targeting_method", "registry_update_interval_months", "seats_redrawn", "registry_coverage_share",
    "information_reach_share", "caseload_per_pendamping", "digital_reporting", "delivery_channel",
    "families_per_ewarong", "bank_processing_days", "empowerment_places_per_year",
)  # fmt: skip
"""The levers that most people ask for; the others are folded away."""

YES, NO = Text("ya", "yes"), Text("tidak", "no")
_SINCE = Text("{}, sejak {} {}", "{}, from {} {}")
_STEPS = 100


@dataclass(frozen=True, slots=True)
class Span:
    """Over what a slider runs, in the units in which the value is shown, and how many decimals it needs."""

    low: float
    high: float
    step: float
    decimals: int


def levers_of(group: str, first: bool) -> tuple[Parameter, ...]:
    """Return the levers of a group, those shown first or those folded away."""
    return tuple(one for one in LEVERS.values() if one.group == group and (one.key in FIRST) == first)


def factor_of(lever: Parameter) -> float:
    """Return by what a value is multiplied for people: shares become percentages."""
    return 100.0 if lever.unit.startswith("share") else 1.0


def span_of(lever: Parameter, value: object) -> Span:
    """Return the span of a slider: what is plausible, widened to the value, in about a hundred round steps."""
    factor = factor_of(lever)
    known = [float(one) * factor for one in (*lever.plausible, value, lever.default) if _is_number(one)]
    step = _round_step((max(known) - min(known)) / _STEPS)
    step = max(step, 1.0) if lever.kind == "int" else step
    low, high = math.floor(min(known) / step + 1e-9) * step, math.ceil(max(known) / step - 1e-9) * step
    if lever.bounds:
        low, high = max(low, lever.bounds[0] * factor), min(high, lever.bounds[1] * factor)
    return Span(low, high, step, max(0, -math.floor(math.log10(step) + 1e-9)))


def middle_of(lever: Parameter) -> object:
    """Return a value to start from where a lever that stood at none is set: the middle of what is plausible."""
    span = span_of(lever, None)
    return as_value(lever, round((span.low + span.high) / 2 / span.step) * span.step)


def as_value(lever: Parameter, shown: float) -> object:
    """Return the value of a lever from the number that was shown for it."""
    value = round(shown / factor_of(lever), 10)
    return round(value) if lever.kind == "int" else float(value)


def say_value(lever: Parameter, value: object, words: Words) -> str:
    """Return a value in words, without its unit."""
    if value is None:
        return words.say(lever.none_means)
    if lever.kind == "bool":
        return words.say(YES if value else NO)
    if lever.kind == "choice":
        return words.say(lever.choice_labels[lever.choices.index(value)])
    shown = float(value) * factor_of(lever)
    return words.number(shown, _decimals(shown))


def say_with_unit(lever: Parameter, value: object, words: Words) -> str:
    """Return a value in words, with its unit where it has one."""
    text = say_value(lever, value, words)
    return f"{text} {words.say(UNITS[lever.unit])}".strip() if _is_number(value) else text


def say_baseline(lever: Parameter, plan: Plan, words: Words) -> str:
    """Return what a plan sets in words, with the months from which it sets something else."""
    text, last = "", None
    for month, policy in plan.changes:
        value = policy[lever.key]
        if month == 0:
            text = say_value(lever, value, words)
        elif value != last:
            when = words.month(plan.start.plus(month).date(), SHORT_MONTHS)
            text = words.say(_SINCE, text, when, say_value(lever, value, words))
        last = value
    return text


def read_number(text: str, language: str) -> float | None:
    """Return the number that somebody typed: ``1.234,5`` in Indonesian, ``1,234.5`` in English; none if it is none."""
    plain = text.strip().removesuffix("%").removeprefix("Rp").strip().replace(" ", "").replace("\u00a0", "")
    group, point = (".", ",") if language == "id" else (",", ".")
    whole, _, rest = plain.partition(point)
    if group in whole:
        head, *threes = whole.split(group)
        if all(len(three) == 3 for three in threes) and head:
            whole = head + "".join(threes)
        elif not rest and len(threes) == 1 and group == ".":
            whole, rest = head, threes[0]
        else:
            return None
    try:
        number = float(f"{whole}.{rest}" if rest else whole)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _decimals(value: float) -> int:
    return next((count for count in range(4) if abs(round(value, count) - value) < 1e-9 * max(1.0, abs(value))), 3)


def _round_step(least: float) -> float:
    """Return the smallest of 1, 2 or 5 times a power of ten that is not below a number."""
    unit = 10.0 ** math.floor(math.log10(max(least, 1e-9)))
    return next(times * unit for times in (1, 2, 5, 10) if times * unit >= least * (1 - 1e-9))
