"""Every lever moves something: from its low to its high plausible end, same city, same luck, named measure, named sign.

A lever that moves nothing is a bug. Where a lever acts only under another setting the row says which (``given``).
"""

from dataclasses import replace
from itertools import combinations

import pytest
from conftest import make_plan, tables_of

from simulation.measures import MEASURES
from simulation.parameters import LEVERS
from simulation.settings import Settings

DTSEN = {"registry_regime": "dtsen", "registry_coverage_share": 0.97}
SCORED = DTSEN | {"targeting_method": "pmt", "seats_redrawn": True}
LARGE = {"scale": 0.25, "growth_over_line_per_year": 0.0}
FIXED_SEATS = {
    "pkh_quota_families": 12_000,
    "sembako_quota_families": 18_000,
    "pkh_budget_bn_idr_per_year": 500.0,
    "sembako_budget_bn_idr_per_year": 500.0,
}
QUAKE = {"disaster": [{"month": "2023-05", "kelurahan": "Betungan", "severity": 0.5}]}

ROWS = [
    # lever, months, measure, sign, given
    ("pkh_budget_bn_idr_per_year", 12, "pkh_families", "+", {}),
    ("pkh_budget_bn_idr_per_year", 12, "exclusion_error", "-", {}),
    ("sembako_budget_bn_idr_per_year", 12, "sembako_families", "+", {}),
    ("sembako_budget_bn_idr_per_year", 12, "exclusion_error", "-", {}),
    ("pkh_quota_families", 12, "exclusion_error_pkh", "-", {}),
    ("sembako_quota_families", 12, "exclusion_error_sembako", "-", {}),
    ("benefit_multiplier", 12, "enrolled_families", "-", {}),  # the same money for fewer families
    ("benefit_multiplier", 12, "poverty_gap", "-", FIXED_SEATS),
    ("operations_budget_bn_idr_per_year", 12, "operations_unmet_idr", "-", {}),
    ("operations_budget_bn_idr_per_year", 12, "record_visits", "+", {}),
    ("registry_regime", 24, "unlisted_poor_share", "-", {"registry_coverage_share": 0.97}),
    ("targeting_method", 12, "exclusion_error", "-", {}),
    ("eligible_decile_max", 18, "inclusion_error_pkh", "+", DTSEN),
    ("registry_update_interval_months", 24, "exclusion_error_pkh", "+", {}),
    ("seats_redrawn", 24, "coverage_by_decile_10", "-", {}),
    ("seats_redrawn", 24, "tenure_months", "-", {}),
    ("enumeration_interval_months", 30, "record_age_months", "+", {}),
    ("formula_age_months", 12, "exclusion_error", "+", SCORED | LARGE),  # a quarter of a point
    ("registry_coverage_share", 24, "unlisted_poor_share", "-", {}),
    ("registry_coverage_share", 24, "listed_share", "+", DTSEN),
    ("operator_visits_per_month", 18, "proposal_queue", "-", {}),
    ("operator_visits_per_month", 18, "record_age_months", "-", {}),
    ("campaign_families_per_month", 12, "record_visits", "+", {}),
    ("campaign_families_per_month", 12, "leakage_outside_deciles_by_record", "-", DTSEN),
    ("civil_registry_lag_months", 24, "listed_departed_share", "+", {}),
    ("on_demand_applications", 18, "unlisted_poor_share", "-", {}),
    ("information_reach_share", 18, "informed_share", "+", {}),
    ("information_reach_share", 18, "effective_exclusion_error", "-", {}),
    ("caseload_per_pendamping", 18, "sessions_held_share", "-", {}),
    ("caseload_per_pendamping", 18, "record_visits", "-", {}),
    ("pendamping_pay_idr_per_month", 18, "motivation", "+", {}),
    ("digital_reporting", 12, "sessions_held_share", "+", {"caseload_per_pendamping": 294.0}),
    ("p2k2_sessions_per_month", 18, "participation_share", "+", {}),
    ("pkh_payment_cycle_months", 18, "support_idr", "-", {}),  # new families wait longer for the first payment
    ("sembako_payment_cycle_months", 18, "support_idr", "-", {}),
    ("bank_processing_days", 12, "paid_on_time_share", "-", {}),
    ("openings_per_month", 18, "paid_on_time_share", "+", {}),
    ("delivery_channel", 12, "value_received_share", "+", {}),
    ("families_per_ewarong", 18, "unredeemed_share", "+", {}),
    ("ewarong_inspections_per_month", 12, "value_received_share", "+", {}),
    ("empowerment_places_per_year", 24, "graduated_own", "+", {}),
    ("empowerment_grant_idr", 24, "poverty_gap_before_transfers", "-", {"empowerment_places_per_year": 20_000.0}),
    ("max_years_in_programme", 18, "tenure_months", "+", {}),
    ("conditionality_enforced", 18, "conditions_met_share", "+", {}),
    ("emergency_response_lag_months", 12, "emergency_waiting_families", "+", QUAKE),
    ("emergency_response_lag_months", 12, "emergency_months_late", "+", QUAKE),
    ("disaster", 28, "disaster_hit_families", "+", {}),
    ("disaster", 28, "poverty_headcount_before_transfers", "+", {}),
]


@pytest.mark.parametrize(("lever", "months", "measure", "sign", "given"), ROWS, ids=lambda one: str(one)[:40])
def test_a_lever_moves_its_measure(lever, months, measure, sign, given):
    """Every seed moves with the sign, in the mean over the months."""
    low, high = LEVERS[lever].plausible
    for seed in (1, 2):
        ends = [
            tables_of(make_plan(months=months, seed=seed, **{**given, lever: end}))["months"][measure].mean()
            for end in (low, high)
        ]
        moved = ends[1] - ends[0]
        assert moved > 0 if sign == "+" else moved < 0, f"{lever}: {measure} goes from {ends[0]:.5g} to {ends[1]:.5g}"


def test_every_lever_has_a_row():
    assert {row[0] for row in ROWS} == set(LEVERS)
    assert {row[2] for row in ROWS} <= set(MEASURES)


@pytest.mark.parametrize("lever", [key for key, lever in LEVERS.items() if lever.kind == "choice"])
def test_every_choice_is_another(lever):
    """No two choices of a lever give the same two years."""
    months = {
        choice: tables_of(make_plan(months=24, **{lever: choice}))["months"].drop(columns="month")
        for choice in LEVERS[lever].choices
    }
    for one, other in combinations(months, 2):
        assert not months[one].equals(months[other]), f"{one} is {other}"


@pytest.mark.parametrize("lever", [key for key, lever in LEVERS.items() if lever.kind != "events"])
def test_a_lever_may_be_moved_in_the_middle_of_a_run(lever):
    """Down after three months and up after six: staff, agents and lists follow."""
    plan = make_plan(months=9, scale=0.02)
    low, high = LEVERS[lever].plausible
    moved = ((plan.start.plus(3), Settings({lever: low})), (plan.start.plus(6), Settings({lever: high})))
    months = tables_of(replace(plan, dated=(*moved, *plan.dated)))["months"]
    assert len(months) == 9
    assert months["poverty_headcount"].between(0, 1).all()


def test_agents_close_and_open_as_families_for_each_change():
    plan = make_plan(months=9, scale=0.02)
    dated = [(plan.start.plus(month), Settings({"families_per_ewarong": of})) for month, of in ((3, 400.0), (6, 100.0))]
    agents = tables_of(replace(plan, dated=(*dated, *plan.dated)))["agents"]
    open_in = agents[agents["kind"] == "ewarong"].groupby("month").size()
    assert open_in.iloc[3] < open_in.iloc[0] / 1.5
    assert open_in.iloc[6] > open_in.iloc[3] * 2


def test_a_city_that_shrinks_has_room_for_those_who_move_in():
    months = tables_of(make_plan(scale=0.02, families_growth_per_year=-0.05, turnover_per_year=0.2))["months"]
    assert months["families"].iloc[-1] < months["families"].iloc[0]
