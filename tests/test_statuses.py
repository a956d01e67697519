"""The fourteen statuses of the delivery cascade: each occurs, each has a cause, and they add up to all the poor."""

import pytest
from conftest import make_plan, months_of, persons_by_status, tables_of

from simulation.measures.cascade import INCLUSIONS, NOT_ENROLLED, STATUSES

ONLY_ELSEWHERE = {
    "suspended": "conditions are not enforced in the baseline",
    "beyond_quota": "the baseline has seats for more families than are poor, so perfect knowledge would reach them all",
}
DTSEN = {"registry_regime": "dtsen", "registry_coverage_share": 0.97, "campaign_families_per_month": 0}
SCORED = DTSEN | {"targeting_method": "pmt", "seats_redrawn": True}
SCARCE = {"pkh_quota_families": 500, "sembako_quota_families": 1_500}

CAUSES = {
    # status: settings on both sides, the change that makes it, months
    "not_registered": (DTSEN | {"proposals_per_year": 0.0}, {"registry_coverage_share": 0.5}, 12),
    "awaiting_verification": ({}, {"operator_visits_per_month": 0.0, "information_reach_share": 0.9}, 18),
    "excluded_by_rule": (DTSEN, {"dtsen_nik_ok_share": 0.5}, 12),
    "no_vacancy": (SCORED, {"seats_redrawn": False}, 12),
    "stale_record": (SCORED | {"operations_budget_bn_idr_per_year": 0.0}, {"seen_persistence_per_year": 0.7}, 24),
    "ranking_error": (SCORED, {"record_reliability": 0.3}, 12),
    "fell_poor_since": (
        SCORED
        | {
            "registry_update_interval_months": 1,
            "delivery_channel": "cash_post",
            "pkh_quota_families": 0,
            "sembako_quota_families": 9_000,
        },
        {"registry_update_interval_months": 24},
        22,
    ),
    "beyond_quota": ({}, SCARCE, 12),
    "awaiting_account": (
        {},
        {"openings_per_month": 0.0, "pkh_quota_families": 20_000, "sembako_quota_families": 30_000},
        12,
    ),
    "suspended": ({"noncompliance_share": 0.3}, {"conditionality_enforced": True}, 12),
    "payment_failed_or_late": ({}, {"bank_processing_days": 90.0}, 12),
    "not_collected": ({}, {"idle_share": 0.4}, 12),
    "short_value": ({}, {"delivery_channel": "in_kind"}, 12),
    "reached": ({}, {"delivery_channel": "cash_post", "post_processing_days": 1.0}, 12),
}


def test_every_status_occurs_in_the_city_at_full_scale():
    persons = persons_by_status(months=27, scale=1.0)
    occurring = {status for status in STATUSES if (persons[status] > 0).any()}
    assert occurring == set(STATUSES) - set(ONLY_ELSEWHERE)
    assert (persons[["reached", "not_registered", "ranking_error", "excluded_by_rule"]] > 0).all(axis=None)


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_has_a_plan_that_makes_mainly_it_grow(status):
    """Of all statuses its share of the poor grows most, over the last eight months."""
    given, change, months = CAUSES[status]
    without, made = (
        persons_by_status(months=months, **settings).iloc[-8:] for settings in (given, {**given, **change})
    )
    grown = (made.div(made.sum(axis=1), axis=0) - without.div(without.sum(axis=1), axis=0)).mean()
    assert grown[status] > 0.005
    assert grown.idxmax() == status, grown.sort_values().iloc[-3:].to_dict()
    rising = grown[grown > 0].sum()
    assert grown[status] > 0.5 * rising, grown.sort_values().iloc[-3:].to_dict()


WORLDS = {
    "baseline": {"months": 30},
    "the whole city": {"months": 27, "scale": 1.0},
    "few seats": {"months": 12, **SCARCE},
    "goods": {"months": 12, "delivery_channel": "in_kind", "conditionality_enforced": True},
    "everybody": {"months": 12, "targeting_method": "universal"},
    "a perfect list": {"months": 12, "targeting_method": "perfect"},
}


@pytest.mark.parametrize("world", WORLDS)
def test_statuses_add_up(world):
    """To all poor persons and families; those of nobody's list, over all, to the exclusion error."""
    tables = tables_of(make_plan(**WORLDS[world]))
    months, cascade = tables["months"], tables["cascade"]
    assert (cascade.groupby("month")["status"].agg(tuple) == STATUSES).all()
    persons, families = (
        cascade.pivot(index="month", columns="status", values=unit) for unit in ("persons", "households")
    )
    assert (persons.sum(axis=1).to_numpy() == months["poor_persons"].to_numpy()).all()
    assert (families.sum(axis=1).to_numpy() == months["poor_families"].to_numpy()).all()
    for counts, suffix in ((persons, ""), (families, "_families")):
        missed = counts[list(NOT_ENROLLED)].sum(axis=1) / counts.sum(axis=1)
        assert missed.to_numpy() == pytest.approx(months[f"exclusion_error{suffix}"].to_numpy(), abs=1e-12)
    assert (families[list(NOT_ENROLLED)].sum(axis=1).to_numpy() == months["missed_poor_families"].to_numpy()).all()
    reached = 1 - persons["reached"] / persons.sum(axis=1)
    assert reached.to_numpy() == pytest.approx(months["effective_exclusion_error"].to_numpy(), abs=1e-12)


@pytest.mark.parametrize("world", WORLDS)
def test_wrong_entries_add_up(world):
    """Every list entry that is not a poor family is wrong for one reason."""
    tables = tables_of(make_plan(**WORLDS[world]))
    inclusion = tables["inclusion"].pivot(index="month", columns="status", values="households")
    assert set(inclusion) == set(INCLUSIONS)
    assert (inclusion.sum(axis=1).to_numpy() == tables["months"]["wrongly_enrolled_families"].to_numpy()).all()


def test_every_reason_of_a_wrong_entry_occurs():
    inclusion = tables_of(make_plan(months=27, scale=1.0))["inclusion"].groupby("status")["households"].max()
    assert (inclusion > 0).all(), inclusion.to_dict()


def test_the_kelurahan_add_up_to_the_city():
    tables = tables_of(make_plan(months=30))
    months, places = tables["months"].set_index("month"), tables["kelurahan"].groupby("month").sum(numeric_only=True)
    for name in ("families", "persons", "poor_persons", "enrolled_families", "missed_poor_families",
                 "wrongly_enrolled_families"):  # fmt: skip
        assert (places[name] == months[name]).all(), name
    assert months_of(months=30)["families"].equals(months["families"])
