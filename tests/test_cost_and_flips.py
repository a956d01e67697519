"""What scenarios cost beside what they do, and which families flip: studies and families made by hand."""

import math

import pandas as pd
import pytest

from simulation import load_scenario
from simulation.comparison.compare import compare_study
from simulation.comparison.cost import cost_table, price_effects, yearly_values
from simulation.comparison.flips import FLIPS, GROUPS, flip, group_masks
from simulation.comparison.study import Study, study_of_frame
from simulation.measures.cascade import Status

# Money --------------------------------------------------------------------------------------------------------------


def costed_study(extra_idr: float, reached: float) -> Study:
    """Return a study of half the city: a second scenario costs more a month and leaves fewer of 1,000 poor unserved."""
    rows = []
    for name, cost, missed in (("baseline", 5e8, 0.8), ("more", 5e8 + extra_idr, 0.8 - reached)):
        for number in range(3):
            for month in range(12):
                rows.append({
                    "scenario": name, "point": 0, "replicate": number, "seed": number, "month": month,
                    "cost_idr": cost + 1e6 * number * (name == "more"), "transfers_paid_idr": 4e8,
                    "operations_idr": cost - 4e8, "poor_persons": 1000.0,
                    "effective_exclusion_error": missed - 0.001 * number, "exclusion_error": missed / 2,
                    "persons": 10_000.0, "poverty_headcount_before_transfers": 0.1, "poverty_headcount": 0.08,
                })  # fmt: skip
    plan = load_scenario("baseline", months=12, scale=0.5)
    return Study(pd.DataFrame(rows), {"baseline": plan, "more": plan})


def test_costs_and_counts_are_those_of_a_year_and_of_the_whole_city():
    study = costed_study(0.0, 0.0)
    row = cost_table(study, yearly_values(study), ("baseline", 0)).iloc[0]
    assert row["total_bn_idr"] == pytest.approx(5e8 * 12 / 0.5 / 1e9)  # Rp 12 bn
    assert row["reached_persons"] == pytest.approx(1000 * 0.201 / 0.5)
    assert row["lifted_persons"] == pytest.approx(10_000 * 0.02 / 0.5)
    assert row["idr_per_reached_person"] == pytest.approx(12e9 / 402)
    assert row["idr_per_lifted_person"] == pytest.approx(12e9 / 400)


def test_a_gain_has_a_price_and_a_scenario_that_costs_more_is_flagged():
    study = costed_study(5e7, 0.1)
    values = yearly_values(study)
    assert cost_table(study, values, ("baseline", 0))["costs"].tolist() == ["", "more"]
    effects = price_effects(study, values, ("baseline", 0)).set_index("effect")
    reached, points = effects.loc["reached_persons"], effects.loc["exclusion_points"]
    extra = (5e7 + 1e6) * 12 / 0.5
    assert reached["gain"] == pytest.approx(200)
    assert reached["trade"] == "more for more"
    assert reached["idr_per_gain"] == pytest.approx(extra / 200)
    assert reached["price_low"] < reached["idr_per_gain"] < reached["price_high"]
    assert points["gain"] == pytest.approx(5)
    assert points["idr_per_gain"] == pytest.approx(extra / 5)
    assert effects.loc["poor_after_persons", "trade"] == "no certain effect"
    assert math.isnan(effects.loc["poor_after_persons", "idr_per_gain"])


def test_without_all_months_or_measures_of_money_nothing_is_said_of_cost():
    frame = costed_study(5e7, 0.1).frame
    assert compare_study(study_of_frame(frame.drop(columns="cost_idr"))).costs.empty
    assert compare_study(study_of_frame(frame[frame["month"] > 0])).costs.empty
    fewer = compare_study(study_of_frame(frame.drop(columns="poor_persons")))
    assert set(fewer.effects["effect"]) == {"exclusion_points", "poor_after_persons"}


# Families -----------------------------------------------------------------------------------------------------------

FATES = [
    # status in the scenario, in the baseline, and what the family counts as
    ("reached", "no_vacancy", {"newly_reached", "newly_enrolled"}),
    ("reached", "short_value", {"newly_reached"}),
    ("short_value", "reached", {"newly_lost"}),
    ("beyond_quota", "reached", {"newly_lost", "no_longer_enrolled"}),
    ("awaiting_account", "beyond_quota", {"newly_enrolled"}),
    ("not_registered", "suspended", {"no_longer_enrolled"}),
    ("reached", "reached", set()),
    ("reached", "not_poor", set()),
    ("not_poor", "reached", set()),
]


@pytest.mark.parametrize(("now", "before", "counts"), FATES)
def test_a_family_flips_by_where_it_stands_in_both_runs(now, before, counts):
    families = pd.DataFrame({"status": [Status[now]], "status_baseline": [Status[before]]})
    found = {kind for kind, side in zip(FLIPS, flip(families), strict=True) if side[0]}
    assert found == counts


def test_a_family_that_lives_in_one_of_the_cities_only_does_not_flip():
    absent = pd.DataFrame({"status": [-2, Status.reached], "status_baseline": [Status.reached, -2]})
    assert not flip(absent).any()


def test_families_belong_to_one_decile_and_to_any_number_of_other_groups():
    families = pd.DataFrame({"decile": [1, 10, 0], "elderly": [1, 0, 1], "disabled": [1, 0, 0], "children": [0, 0, 1]})
    masks = dict(zip(GROUPS, group_masks(families), strict=True))
    assert masks["decile_01"].tolist() == [True, False, False]
    assert masks["decile_10"].tolist() == [False, True, False]
    assert masks["arrived_later"].tolist() == [False, False, True]
    assert masks["elderly"].tolist() == [True, False, True]
