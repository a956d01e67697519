"""The fast program against the slow one: begun alike and fed the same luck, they agree in every column, every month.

The slow program, ``tests/reference``, tells the month again as objects and loops; it shares no rule with the fast one.
Whole numbers, yes and no, and rupiah must be equal, other numbers within a billionth. Rules that were broken to see
these tests fail are listed in ``tests/mutations.md``.
"""

import ast
from pathlib import Path

import numpy as np
import pytest
from conftest import make_plan
from reference.model import ReferenceModel

from simulation.experiments.recorder import Recorder
from simulation.households import COLUMNS
from simulation.measures.cascade import INCLUSIONS, STATUSES
from simulation.model import AssistanceModel, live_through_history, release
from simulation.plan import Plan
from simulation.scenario import load_scenario
from simulation.start import cached_start

FAMILIES = {"scale": 0.01}
"""About 1,200 families."""

HEADER = """
title.id = "Uji"
title.en = "Test"
question.id = "?"
question.en = "?"
extends = "baseline"
"""

REFORM = """

[[change]]
from = "2023-04"
registry_regime = "dtsen"
registry_coverage_share = 0.97

[[change]]
from = "2023-05"
campaign_families_per_month = 12_500
"""

NO_PAY = """

[[change]]
from = "2023-04"
operations_budget_bn_idr_per_year = 0.0

[[change]]
from = "2023-06"
operations_budget_bn_idr_per_year = 100.0
"""

RESTLESS = {
    "agent_capital_median_idr": 1_500_000.0, "agent_down_per_day": 0.4, "agent_families_per_day": 1.0,
    "card_never_collected_share": 0.3, "card_return_months": 2, "caseload_per_pendamping": 25.0,
    "complaint_share": 0.7, "conditionality_enforced": True, "dropout_per_year": 0.4,
    "empowerment_places_per_year": 3000.0, "ewarong_inspections_per_month": 400.0, "families_per_ewarong": 20.0,
    "graduation_own_wish_per_year": 0.4, "idle_share": 0.2, "illness_per_year": 0.8, "inspected_shield": 0.9,
    "mismatch_per_month": 0.05, "objections_per_month": 0.05, "opening_failure_share": 0.3,
    "pena_maturity_months": 2, "pendamping_hours_per_month": 45.0, "pkh_payment_cycle_months": 1,
    "quit_per_month": 0.2, "return_to_school_per_year": 0.5, "sanction_stages_before_removal": 1,
    "turnover_per_year": 0.15,
}  # fmt: skip
"""A city in which rare things happen often: among 1,200 families they would otherwise hardly happen at all."""

DISASTER = [{"month": "2023-04", "kelurahan": "Betungan", "severity": 0.8}]

SHORT = {
    "cash from agents": {"delivery_channel": "cash_bank"},
    "cash from the post": {"delivery_channel": "cash_post", "post_offices": 1, "post_families_per_day": 1300.0},
    "rice": {"delivery_channel": "in_kind"},
    "lists redrawn by score": {"targeting_method": "pmt", "seats_redrawn": True},
    "perfect knowledge every month": {"targeting_method": "perfect", "registry_update_interval_months": 1},
    "meetings": {"targeting_method": "community"},
    "meetings and score": {"targeting_method": "hybrid", "seats_redrawn": True},
    "self-targeting": {"targeting_method": "self_targeting", "seats_redrawn": True},
    "categories": {"targeting_method": "categorical", "seats_redrawn": True},
    "lottery": {"targeting_method": "random"},
    "everybody": {"targeting_method": "universal"},
    "enumeration": {"enumeration_interval_months": 2},
    "little money": {"pkh_budget_bn_idr_per_year": 12.0, "operations_budget_bn_idr_per_year": 1.0},
    "conditions and time limits": {"conditionality_enforced": True, "max_years_in_programme": 2.0},
    "places and caseloads": {"empowerment_places_per_year": 5000.0, "caseload_per_pendamping": 40.0},
    "frozen accounts": {"freeze_per_year": 1.0, "freeze_months_min": 1, "openings_per_month": 100.0},
    "disaster": {"disaster": DISASTER, "emergency_response_lag_months": 1.0},
    "work reacts": {"labour_response_log": -0.05, "welfare_tails": "normal"},
}


def test_eight_months_of_the_baseline():
    live_side_by_side(make_plan(months=8, **FAMILIES))


def test_eight_months_with_another_registry_and_a_ground_check(tmp_path):
    path = tmp_path / "reform.toml"
    path.write_text(HEADER + REFORM, encoding="utf-8")
    live_side_by_side(load_scenario(path, months=8, **FAMILIES))


def test_five_months_with_posts_that_are_cut_and_filled_again(tmp_path):
    path = tmp_path / "no_pay.toml"
    path.write_text(HEADER + NO_PAY, encoding="utf-8")
    live_side_by_side(load_scenario(path, months=5, **FAMILIES))


@pytest.mark.parametrize("settings", SHORT.values(), ids=SHORT.keys())
def test_five_months_of(settings):
    live_side_by_side(make_plan(months=5, **FAMILIES, **settings))


def test_six_months_of_a_restless_city():
    live_side_by_side(make_plan(months=6, **FAMILIES, **RESTLESS))


def test_a_year_of_another_seed():
    live_side_by_side(make_plan(months=12, seed=3, city_seed=1, **FAMILIES))


def test_the_slow_program_borrows_no_rule():
    allowed = {"simulation.city.synthesis", "simulation.geography", "simulation.households", "simulation.parameters"}
    allowed |= {"simulation.compiled", "simulation.randomness"}
    for path in (Path(__file__).parent / "reference").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and node.level == 0 else []
            borrowed = {name for name in names if name.split(".")[0] == "simulation"} - allowed
            assert not borrowed, f"{path.name} imports {borrowed}"


def live_side_by_side(plan: Plan) -> None:
    """Live the months of a plan in both programs and compare all that they keep, month by month."""
    start = cached_start(plan, live_through_history)
    fast, slow = AssistanceModel(plan, start=start), ReferenceModel(plan, start)
    recorder = Recorder(fast)
    fast.measure = recorder.take
    for month in range(plan.months):
        fast.step()
        slow.step()
        found = [*columns_apart(fast, slow), *books_apart(fast, slow), *offices_apart(fast, slow)]
        found += measures_apart(recorder, slow)
        assert not found, f"month {month} of {plan.name}:\n" + "\n".join(found)
    release(fast)
    release(slow)


def columns_apart(fast: AssistanceModel, slow: ReferenceModel):
    """Yield every column in which some family differs."""
    families = [family for family in slow.by_row if family is not None]
    rows = np.array([family.row for family in families])
    if rows.size != fast.standing.next_spare_row:
        yield f"families: {fast.standing.next_spare_row} fast, {rows.size} slow"
    for column in COLUMNS:
        ours = fast.hh[column.name][rows]
        theirs = np.array([family.value(column.name) for family in families])
        apart = rows[~same(ours, theirs) if np.issubdtype(column.dtype, np.floating) else ours != theirs]
        if apart.size:
            first = apart[0]
            values = f"{fast.hh[column.name][first]} fast, {theirs[rows == first][0]} slow"
            yield f"{column.name}: {apart.size} families apart, the first is {first}: {values}"


def same(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    return np.isclose(ours, theirs, rtol=1e-9, atol=1e-9, equal_nan=True)


def books_apart(fast: AssistanceModel, slow: ReferenceModel):
    """Yield every account in which the books differ by a rupiah."""
    for row in fast.ledger.rows():
        programme = row.pop("programme")
        for account, idr in row.items():
            told = getattr(slow.ledger[programme], account)
            if told != idr:
                yield f"ledger, {programme}, {account}: {idr} fast, {told} slow"


def offices_apart(fast: AssistanceModel, slow: ReferenceModel):
    """Yield what agents and offices remember differently."""
    told = {
        "motivation": [agent.motivation for agent in slow.pendamping],
        "vacant_until": [agent.vacant_until for agent in slow.pendamping],
        "queue_last": [agent.queue_last for agent in slow.ewarong],
        "value_last": [agent.value_last for agent in slow.ewarong],
        "short_frequency": [agent.short_frequency for agent in slow.ewarong],
        "bank_frozen_until": [bank.frozen_until for bank in slow.banks],
    }
    for name, habit in fast.current_habits().items():
        if habit.shape != np.shape(told[name]) or not same(habit, np.array(told[name], float)).all():
            yield f"{name}: {habit} fast, {told[name]} slow"
    if fast.standing.route_position.tolist() != slow.social_office.positions:
        yield "the operators are elsewhere on their round"
    for name in ("pkh", "sembako"):
        ours, theirs = getattr(fast.standing, name), slow.ministry.cutoffs[name]
        for what in ("month", "recorded", "true_log", "score_weight", "score_limit", "knows_all"):
            if not same(getattr(ours, what), getattr(theirs, what)):
                yield f"cut-off of {name}, {what}: {getattr(ours, what)} fast, {getattr(theirs, what)} slow"


def measures_apart(recorder: Recorder, slow: ReferenceModel):
    """Yield every measure that a loop over agents finds to be another number."""
    told = {name: values[-1] for name, values in slow.datacollector.model_vars.items()}
    cascade, inclusion, coverage = (told.pop(name) for name in ("cascade", "inclusion", "coverage_by_decile"))
    told |= {f"coverage_by_decile_{number:02d}": value for number, value in enumerate(coverage, start=1)}
    told |= flows(slow.counts)
    for name, value in told.items():
        ours = recorder.months[-1][name]
        binned = 1e-6 if name.startswith("gini") else 1e-9
        if not np.isclose(ours, value, rtol=binned, atol=binned, equal_nan=True):
            yield f"{name}: {ours} fast, {value} slow"
    for number, status in enumerate(STATUSES):
        ours, theirs = tuple(recorder.cascade[-1][:, number]), cascade.get(status, (0, 0))
        if ours != theirs:
            yield f"cascade, {status}: {ours} fast, {theirs} slow (persons, families)"
    for number, kind in enumerate(INCLUSIONS):
        if recorder.inclusion[-1][number] != inclusion.get(kind, 0):
            yield f"inclusion, {kind}: {recorder.inclusion[-1][number]} fast, {inclusion.get(kind, 0)} slow"


def flows(counts) -> dict[str, float]:
    """Return the measures of what happened in the month, from what the slow program has counted."""
    exits = {name: counts[f"pkh_exits_{name}"] + counts[f"sembako_exits_{name}"] for name in ("natural", "own_wish")}
    empowered = counts["pkh_exits_empowered"] + counts["sembako_exits_empowered"]
    return {
        "record_visits": counts["visits"],
        "not_found_share": counts["not_found"] / counts["visits"] if counts["visits"] else 0.0,
        "admitted_families": counts["pkh_admitted"] + counts["sembako_admitted"],
        "graduated_natural": exits["natural"],
        "graduated_own": exits["own_wish"] + empowered,
        "unfunded_families": counts["unfunded_families"],
        "forfeited_idr": counts["forfeited_idr"],
        "goods_shared_idr": counts["goods_shared_idr"],
        "goods_diverted_idr": counts["goods_diverted_idr"],
        "disaster_hit_families": counts["disaster_hit_families"],
    }
