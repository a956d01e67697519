"""The panel of levers: what is set, what the baseline sets, and what becomes of a move."""

from __future__ import annotations

from collections.abc import Callable

import solara

from simulation.analysis.words import Words
from simulation.dashboard.levers import (
    GROUPS,
    as_value,
    factor_of,
    levers_of,
    middle_of,
    read_number,
    say_baseline,
    say_value,
    span_of,
)
from simulation.dashboard.links import Address, Go, check_lever, chosen_plan
from simulation.dashboard.parts import Lever, Seed, element, say_all
from simulation.dashboard.text import fill
from simulation.dashboard.units import UNITS
from simulation.parameters import LEVERS, Parameter
from simulation.plan import Plan
from simulation.settings import RUN

_LEVER_WORDS = ("changed", "reset", "help", "unlikely", "fixed")


@solara.component
def LeversPanel(baseline: Plan, address: Address, go: Go):
    """Show all levers in their groups, the most used first, and the seed."""
    faults, set_faults = solara.use_state({})
    opened, set_opened = solara.use_state(frozenset())
    say = address.language

    def attempt(key: str, value: object) -> None:
        checked, fault = check_lever(LEVERS[key], value, say, baseline)
        there = address.setting(key, checked)
        if not fault and chosen_plan(baseline, there) is None:
            fault = fill(say, "lever_conflict")
        set_faults({key: fault} if fault else {})
        if not fault:
            go(there)

    def typed(event: dict) -> None:
        lever = LEVERS[event["key"]]
        number = read_number(event["text"], say)
        if number is None:
            example = say_value(lever, _value(baseline, address, lever), Words(baseline, say))
            set_faults({lever.key: fill(say, "lever_number", given=event["text"][:40], example=example)})
        else:
            shown = number / factor_of(lever)
            attempt(lever.key, round(shown) if lever.kind == "int" and shown == round(shown) else shown)

    def reset(key: str) -> None:
        set_faults({})
        go(address.without(key))

    moves = {
        "event_slide": lambda event: attempt(event["key"], as_value(LEVERS[event["key"]], event["place"])),
        "event_type": typed,
        "event_choose": lambda event: attempt(event["key"], event["value"]),
        "event_fix": lambda event: attempt(event["key"], middle_of(LEVERS[event["key"]]) if event["on"] else None),
        "event_reset": reset,
    }

    def show(lever: Parameter):
        shown = describe(lever, baseline, address, faults.get(lever.key, ""))
        return Lever(language=say, words=say_all(say, *_LEVER_WORDS), lever=shown, **moves).key(lever.key)

    def toggle(group: str) -> None:
        set_opened(opened ^ {group})

    parts = [element("h2", fill(say, "levers")), element("p", fill(say, "levers_lead"), look="lead")]
    if address.sets:
        parts.append(Press(fill(say, "reset_all"), lambda: (set_faults({}), go(address.but(sets={})))).key("reset"))
    parts.append(SeedBox(address, go).key("seed"))
    for group, label in GROUPS.items():
        rest = levers_of(group, first=False)
        unfolded = group in opened or any(one.key in address.sets for one in rest)
        levers = [*levers_of(group, first=True), *(rest if unfolded else ())]
        more = Unfold(say, len(rest), unfolded, group, toggle).key(f"{group}-more")
        heading = element("h3", label.of(say))
        parts.append(element("section", heading, *map(show, levers), more, look="group").key(f"{group}-group"))
    return element("section", *parts, look="levers", aria_label=fill(say, "levers"))


@solara.component
def Unfold(language: str, count: int, unfolded: bool, group: str, toggle: Callable[[str], None]):
    """Show the button that unfolds the other levers of a group."""
    words = fill(language, "fewer") if unfolded else fill(language, "more", count=count)
    button = element("button", words, look="plain", type="button", aria_expanded=str(unfolded).lower())
    solara.v.use_event(button, "click", lambda *_: toggle(group))
    return element("div", button)


@solara.component
def Press(words: str, pressed: Callable[[], object]):
    """Show a button."""
    button = element("button", words, look="small", type="button")
    solara.v.use_event(button, "click", lambda *_: pressed())
    return button


@solara.component
def SeedBox(address: Address, go: Go):
    """Show the seed of luck, and take another."""
    fault, set_fault = solara.use_state("")
    say = address.language

    def choose(text: str) -> None:
        plain = text.strip().replace(".", "").replace(",", "")
        if plain.isascii() and plain.isdigit() and int(plain) <= RUN["seed"].bounds[1]:
            set_fault("")
            go(address.but(seed=int(plain)))
        else:
            set_fault(fill(say, "seed_wrong", given=text[:40]))

    words = say_all(say, "seed", "seed_help", "same_luck", "help")
    return Seed(words=words, seed=str(address.seed), error=fault, event_choose=choose)


def describe(lever: Parameter, baseline: Plan, address: Address, fault: str) -> dict[str, object]:
    """Return all that the page shows of a lever."""
    say = address.language
    words = Words(baseline, say)
    value = _value(baseline, address, lever)
    label = lever.label.of(say)
    shown: dict[str, object] = {
        "key": lever.key, "label": label, "help": lever.help.of(say), "changed": lever.key in address.sets,
        "kind": "number" if lever.kind in ("int", "float") else lever.kind, "value": value, "none": value is None,
        "optional": lever.optional, "none_text": lever.none_means.of(say) if lever.none_means else "",
        "shown": say_value(lever, value, words), "unit": UNITS[lever.unit].of(say), "error": fault,
        "base": fill(say, "at_baseline", value=say_baseline(lever, baseline, words)),
        "reset": fill(say, "reset_one", label=label), "exact": fill(say, "exact", label=label), "unlikely": False,
        "place": 0, "low": 0, "high": 1, "step": 1, "decimals": 0, "tick": None,
        "choices": [{"value": one, "text": text.of(say)} for one, text in
                    zip(lever.choices or (), lever.choice_labels, strict=True)],
    }  # fmt: skip
    return shown | _slider(lever, baseline, value) if shown["kind"] == "number" and value is not None else shown


def _slider(lever: Parameter, baseline: Plan, value: float) -> dict[str, object]:
    """Return where the slider stands, where it runs, and where the baseline's mark is."""
    span, factor = span_of(lever, value), factor_of(lever)
    low, high = (edge * factor for edge in lever.plausible)
    usual = baseline.changes[-1][1][lever.key]
    tick = None if usual is None else (usual * factor - span.low) / (span.high - span.low)
    return {
        "place": value * factor, "low": span.low, "high": span.high, "step": span.step, "decimals": span.decimals,
        "unlikely": not low <= value * factor <= high, "tick": tick if tick is None or 0 <= tick <= 1 else None,
    }  # fmt: skip


def _value(baseline: Plan, address: Address, lever: Parameter) -> object:
    """Return what is set, or what the baseline comes to in its last month."""
    return address.sets.get(lever.key, baseline.changes[-1][1][lever.key])
