"""The scenarios that a visitor compares: from the library, from a file of their own, and their own choice of levers."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache, lru_cache

from simulation.dashboard.links import UPLOADED, Address, chosen_plan, library
from simulation.errors import InputError
from simulation.parameters import Text
from simulation.plan import Plan
from simulation.scenario import list_scenarios, load_scenario

CHOSEN = "chosen"
"""The name of the plan that the visitor's levers make; no scenario of the library is called so."""

MOST_TIMES_FAMILIES = 2
"""The city of a visitor's file has at most so many times the families of the page's own."""

_CHOICE = Text("pilihan Anda", "your choice")


@cache
def titles() -> Mapping[str, tuple[Text, Text]]:
    """Return the title and the question of every scenario of the library."""
    return {one.name: (one.title, one.question) for one in list_scenarios()}


@lru_cache(maxsize=64)
def library_plan(name: str, months: int, scale: float, city_seed: int) -> Plan:
    """Return a scenario of the library at the length and size of the page, in its city."""
    plan = load_scenario(name, months=months, scale=scale).override({"population.seed": city_seed})
    return dataclasses.replace(plan, name=name)


def fitted(plan: Plan, baseline: Plan) -> Plan:
    """Return a plan at the length and size of the page, in its city; raise ``InputError`` where it begins elsewhere."""
    if plan.start != baseline.start:
        raise InputError(f"{plan.name}: run.start is {plan.start}, but it must be {baseline.start} to be compared.")
    most = MOST_TIMES_FAMILIES * baseline.assumptions.families_start
    if plan.assumptions.families_start > most:
        raise InputError(
            f"{plan.name}: families_start is {plan.assumptions.families_start:,}, but here it must be at most {most:,}."
        )
    return plan.with_(months=baseline.months, scale=baseline.scale).override({"population.seed": baseline.city_seed})


def plans_of(baseline: Plan, address: Address, uploads: Mapping[str, Plan]) -> tuple[tuple[Plan, ...], list[str]]:
    """Return what is compared with the baseline, and the names of files that this visitor has not brought along."""
    plans, missing = [], []
    for name in address.scenarios:
        if name in uploads:
            plans.append(dataclasses.replace(fitted(uploads[name], baseline), name=name))
        elif name in library():
            plans.append(library_plan(name, baseline.months, baseline.scale, baseline.city_seed))
        else:
            missing.append(name.removeprefix(UPLOADED))
    if address.sets:
        choice = chosen_plan(baseline, address) or baseline
        plans.append(dataclasses.replace(choice, name=CHOSEN, title=_CHOICE))
    return tuple(plans), missing
