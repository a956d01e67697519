"""Comparing scenarios: tables made by hand, invariants of the arithmetic, and a small study that is really run."""

import json

import numpy as np
import pandas as pd
import pytest
from conftest import make_plan
from studies import study_of

from simulation import compare, load_scenario
from simulation.comparison.compare import MEASURES as HEADLINES
from simulation.comparison.compare import compare_study
from simulation.comparison.differences import compare_arms, end_values, monthly
from simulation.comparison.flips import FLIPS
from simulation.comparison.report import comparison_data
from simulation.comparison.runs import run_study
from simulation.comparison.study import study_of_frame
from simulation.errors import InputError
from simulation.geography import kelurahan_names

MONTHS = 24


def make_frame(values: dict[str, list[float]], measure: str = "exclusion_error", months: int = MONTHS) -> pd.DataFrame:
    """Return results in which a measure rises by a hundredth a month from a value for each scenario and replicate."""
    rows = [
        {"scenario": name, "point": 0, "replicate": number, "seed": 40 + number, "month": month,
         measure: value + month / 100}
        for name, replicates in values.items()
        for number, value in enumerate(replicates)
        for month in range(months)
    ]  # fmt: skip
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def result():
    """Return a comparison that was really run: more money, and cash at the post office."""
    return compare(["baseline", "budget-quarter-more", "cash-post"], replicates=3, months=14, scale=0.02)


# Means and differences ----------------------------------------------------------------------------------------------


def test_differences_are_paired_replicate_by_replicate():
    """By replicate 0.1, 0.2 and 0.3 below: mean 0.2, half-width 4.3027 * 0.1 / sqrt(3)."""
    frame = make_frame({"baseline": [0.5, 0.7, 0.9], "more": [0.4, 0.5, 0.6]})
    row = compare(frame, measures=["exclusion_error"]).row("exclusion_error", "more")
    assert row["difference"] == pytest.approx(-0.2)
    assert (row["low"], row["high"]) == pytest.approx((-0.2 - 0.2484, -0.2 + 0.2484), abs=1e-4)
    assert row["replicates"] == 3
    assert row["verdict"] == "unclear"


@pytest.mark.parametrize(
    ("measure", "months", "expected"),
    [
        ("exclusion_error", 24, 0.175),  # a share: the mean of months 12 to 23
        ("cost_idr", 24, 0.175),  # a flow as well
        ("record_age_months", 24, 0.23),  # a stock: the last month
        ("exclusion_error", 6, 0.04),  # a short run: the mean of its second half
        ("exclusion_error", 1, 0.0),
    ],
)
def test_shares_and_flows_are_averaged_and_stocks_are_those_of_the_last_month(measure, months, expected):
    study = study_of_frame(make_frame({"baseline": [0.0]}, measure, months))
    assert end_values(study, [measure])[measure].tolist() == pytest.approx([expected])


def test_months_that_were_left_out_do_not_stretch_the_last_year():
    frame = make_frame({"baseline": [0.0]}, months=36)
    yearly = frame[frame["month"].isin([11, 23, 35])]
    assert end_values(study_of_frame(yearly), ["exclusion_error"])["exclusion_error"].tolist() == pytest.approx([0.35])


def test_any_scenario_can_be_the_baseline():
    frame = make_frame({"baseline": [0.5, 0.7, 0.9], "more": [0.4, 0.5, 0.6], "less": [0.6, 0.6, 0.6]})
    there, back = (compare(frame, baseline=name, measures=["exclusion_error"]) for name in ("baseline", "more"))
    one, other = there.row("exclusion_error", "more"), back.row("exclusion_error", "baseline")
    assert one["difference"] == pytest.approx(-other["difference"])
    assert (one["low"], one["high"]) == pytest.approx((-other["high"], -other["low"]))
    assert one["correlation"] == pytest.approx(other["correlation"])
    assert list(back.table["scenario"]) == ["more", "baseline", "less"]
    assert back.table["verdict"].iloc[0] == ""


def test_scenarios_without_a_difference_are_told_so():
    frame = make_frame({"baseline": [0.5, 0.7], "copy": [0.5, 0.7]})
    comparison = compare(frame, measures=["exclusion_error"])
    assert comparison.row("exclusion_error", "copy")["verdict"] == "same"
    assert "no difference" in comparison.tell("exclusion_error", "copy")
    assert "tidak ada perbedaan" in comparison.tell("exclusion_error", "copy", "id")


def test_a_missing_run_costs_its_pair_and_nothing_else():
    frame = make_frame({"baseline": [0.5, 0.7, 0.9], "more": [0.4, 0.5, 0.6]})
    frame = frame[~((frame["scenario"] == "more") & (frame["replicate"] == 1))]
    row = compare(frame, measures=["exclusion_error"]).row("exclusion_error", "more")
    assert row["replicates"] == 2
    assert row["difference"] == pytest.approx(-0.2)


def test_month_by_month_the_differences_are_those_of_the_months():
    study = study_of_frame(make_frame({"baseline": [0.5, 0.7], "more": [0.4, 0.4]}, months=3))
    table = monthly(study, "exclusion_error", ("baseline", 0)).set_index(["scenario", "month"])
    assert table.loc[("more", 2), "difference"] == pytest.approx(-0.2)
    assert table.loc[("more", 2), "mean"] == pytest.approx(0.42)
    assert table.loc["baseline", "difference"].tolist() == [0, 0, 0]


# What is compared ---------------------------------------------------------------------------------------------------


def swept_frame() -> pd.DataFrame:
    frames = []
    for point, caseload in enumerate((150, 194, 400)):
        frame = make_frame({"baseline": [0.5 + point / 10, 0.6], "monthly-updates": [0.3, 0.4]}, months=2)
        frame["point"] = point
        frame.insert(2, "policy.caseload_per_pendamping", caseload)
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def test_the_natural_baseline_of_a_sweep_is_the_point_that_changes_nothing():
    comparison = compare(swept_frame(), measures=["exclusion_error"])
    assert comparison.baseline == ("baseline", 1)
    assert comparison.study.label(("baseline", 2)) == "baseline (caseload_per_pendamping 400)"
    assert len(comparison.table) == 6
    assert set(comparison.table.columns) >= {"policy.caseload_per_pendamping"}
    assert compare(swept_frame(), baseline="baseline:2").baseline == ("baseline", 2)
    assert compare(swept_frame(), baseline="monthly-updates:0").baseline == ("monthly-updates", 0)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("basline", "no scenario 'basline'; did you mean 'baseline'"),
        ("baseline:7", "'baseline' has no point '7' in the results; its points are 0 to 2"),
        ("baseline:x", "has no point 'x'"),
        ("monthly", "did you mean 'monthly-updates'"),
    ],
)
def test_a_wrong_baseline_is_explained(name, words):
    with pytest.raises(InputError, match=words):
        compare(swept_frame(), baseline=name)


WRONG = {
    "no seed": (lambda frame: frame.drop(columns="seed"), {}, "lack the column 'seed'"),
    "nothing": (lambda frame: frame.iloc[:0], {}, "not a single run"),
    "a row short": (lambda frame: frame.iloc[1:], {}, "have 23 rows, but other runs have 24 months"),
    "a row twice": (lambda frame: pd.concat([frame, frame.iloc[:1]]), {}, "have 25 rows"),
    "other seeds": (
        lambda frame: frame.assign(seed=np.where(frame["scenario"] == "more", 7, frame["seed"])),
        {},
        "different seeds in different scenarios",
    ),
    "no such measure": (lambda frame: frame, {"measures": ["exclusion"]}, "no measure 'exclusion'; did you mean"),
    "not kept": (lambda frame: frame, {"measures": ["motivation"]}, "do not hold the measure 'motivation'"),
    "no window": (lambda frame: frame, {"last": 0}, "--last is 0"),
    "no level": (lambda frame: frame, {"level": 1.0}, "between 0 and 1"),
    "run again": (lambda frame: frame, {"replicates": 3}, "replicates is for scenarios that are run here"),
}


@pytest.mark.parametrize(("change", "options", "words"), WRONG.values(), ids=WRONG)
def test_results_that_cannot_be_compared_are_explained(change, options, words):
    frame = change(make_frame({"baseline": [0.5, 0.7], "more": [0.4, 0.5]}))
    with pytest.raises(InputError, match=words):
        compare(frame, **options)


@pytest.mark.parametrize(
    ("scenarios", "options", "words"),
    [
        (["baselin"], {}, "did you mean 'baseline'"),
        ([], {}, "no scenario to compare"),
        (["baseline", "baseline"], {}, "the same name"),
        (["baseline", "list-redrawn"], {}, "the scenarios differ in months: 23, 60"),
        (["baseline", "cash-post"], {"baseline": "cash"}, "no scenario 'cash' among these; did you mean 'cash-post'"),
        (["baseline", "cash-post"], {"replicates": 0}, "replicates is 0"),
    ],
)
def test_scenarios_that_cannot_be_run_are_explained_before_anything_is_run(scenarios, options, words):
    with pytest.raises(InputError, match=words):
        compare(scenarios, **options)


# A study that is really run -----------------------------------------------------------------------------------------


def test_what_is_run_here_is_what_a_batch_of_the_same_root_would_be(result):
    study = result.study
    assert study.scenarios == ["baseline", "budget-quarter-more", "cash-post"]
    assert (len(study.replicates), len(study.months), study.scale) == (3, 14, 0.02)
    again = run_study(["baseline"], replicates=2, months=14, scale=0.02)
    mine = study.frame[(study.frame["scenario"] == "baseline") & (study.frame["replicate"] < 2)]
    pd.testing.assert_frame_equal(
        mine[again.measures].reset_index(drop=True), again.frame[again.measures], check_exact=True
    )
    assert study.seeds[:2] == again.seeds


def test_the_numbers_are_those_of_single_runs(result):
    from conftest import tables_of

    seed = result.study.seeds[1]
    table = tables_of(make_plan("cash-post", months=14, seed=seed, scale=0.02))["months"]
    values = end_values(result.study, ["exclusion_error", "record_age_months", "cost_idr"])
    found = values.loc[("cash-post", 0, 1)]
    assert found["exclusion_error"] == pytest.approx(table["exclusion_error"].tail(7).mean())
    assert found["cost_idr"] == pytest.approx(table["cost_idr"].tail(7).mean())
    assert found["record_age_months"] == pytest.approx(table["record_age_months"].iloc[-1])


def test_more_money_reaches_more_and_costs_more(result):
    row = result.row("exclusion_error", "budget-quarter-more")
    assert row["verdict"] == "lower"
    assert row["correlation"] > 0.5
    costs = result.costs.set_index("scenario")["costs"]
    assert costs["budget-quarter-more"] == "more"
    effects = result.effects.set_index(["scenario", "effect"])
    assert effects.loc[("budget-quarter-more", "exclusion_points"), "trade"] == "more for more"
    assert set(result.expectations["scenario"]) == {"budget-quarter-more", "cash-post"}
    assert (result.expectations["holds"] != "no").all()


def test_flips_add_up_over_places_and_deciles(result):
    totals = result.families["flips"].set_index("scenario")[list(FLIPS)]
    places = result.families["flips_by_kelurahan"]
    groups = result.families["flips_by_group"]
    deciles = groups[groups["group"].str.startswith(("decile", "arrived"))]
    for table in (places, deciles):
        summed = table.groupby("scenario", sort=False)[list(FLIPS)].sum()
        pd.testing.assert_frame_equal(summed, totals, check_names=False)
    assert set(places["kelurahan"]) == set(kelurahan_names())
    assert totals.loc["budget-quarter-more", "newly_enrolled"] > totals.loc["budget-quarter-more", "no_longer_enrolled"]


def test_flips_are_the_change_in_poor_families_on_a_list(result):
    """Newly enrolled less no longer enrolled is the fall in poor families on no list, but for those poor in one run."""
    flips = result.families["flips"].set_index("scenario")
    last = result.study.frame[result.study.frame["month"] == 13].groupby("scenario", observed=True)
    missed = last["missed_poor_families"].mean() / result.study.scale
    change = flips["newly_enrolled"] - flips["no_longer_enrolled"]
    for scenario in ("budget-quarter-more", "cash-post"):
        assert change[scenario] == pytest.approx(missed["baseline"] - missed[scenario], abs=20)


def test_mirrored_flips_when_the_baseline_is_the_other(result):
    back = compare_study(result.study, baseline="cash-post")
    there = result.families["flips"].set_index("scenario").loc["cash-post"]
    here = back.families["flips"].set_index("scenario").loc["baseline"]
    assert there["newly_reached"] == here["newly_lost"]
    assert there["no_longer_enrolled"] == here["newly_enrolled"]


def test_a_table_alone_gives_the_same_differences_as_the_folder(result):
    alone = compare(result.study.frame)
    pd.testing.assert_frame_equal(alone.table, result.table)
    assert alone.families == {}
    assert alone.measures == HEADLINES


def test_everything_can_be_written_as_json(result):
    data = json.loads(json.dumps(comparison_data(result), allow_nan=False))
    assert data["replicates"] == 3
    assert data["seeds"] == result.study.seeds
    assert {row["measure"] for row in data["differences"]} == set(HEADLINES)
    assert data["differences"][0]["difference"] is None  # the baseline's own


def test_predictions_are_judged_by_the_whole_interval(result):
    row = result.row("exclusion_error", "budget-quarter-more")
    assert result.judge("exclusion_error", "budget-quarter-more", high=row["high"]) == "held"
    assert result.judge("exclusion_error", "budget-quarter-more", low=0.0) == "did not hold"
    middle = (row["low"] + row["high"]) / 2
    assert result.judge("exclusion_error", "budget-quarter-more", high=middle) == "undecided"


def test_a_sentence_says_how_much_and_how_sure(result):
    english = result.tell("exclusion_error", "budget-quarter-more")
    indonesian = result.tell("exclusion_error", "budget-quarter-more", "id")
    row = result.row("exclusion_error", "budget-quarter-more")
    assert f"{-100 * row['difference']:.1f}"[:3] in english
    assert "percentage points lower than Kota Bengkulu as the study describes it (95% interval" in english
    assert "poin persen lebih rendah daripada Kota Bengkulu" in indonesian
    assert "," in indonesian.partition(": ")[2]
    with pytest.raises(InputError, match="the baseline itself"):
        result.tell("exclusion_error", "baseline")
    with pytest.raises(InputError, match="was not compared"):
        result.tell("gini", "cash-post")


def test_mapping_and_plans_give_scenarios_names_of_their_own():
    few, many = (load_scenario("baseline", overrides={"policy.caseload_per_pendamping": n}) for n in (150, 400))
    study = run_study({"few": few, "many": many}, replicates=2, months=3, scale=0.02)
    assert study.scenarios == ["few", "many"]
    assert study.arm(None) == ("few", 0)
    table = compare_arms(study, end_values(study, ["pendamping_families"]), ("few", 0))
    assert table["verdict"].tolist() == ["", "higher"]  # two facilitators, and one


def test_scenarios_of_the_library_bring_plans_to_a_table():
    study = study_of_frame(study_of("baseline", "cash-post", months=23).frame)
    assert study.plans["cash-post"].title.en == "Cash through the post office"
    assert str(study.dates.iloc[0].date()) == "2023-03-01"
    assert study.dates.iloc[-1] == pd.Timestamp("2025-01-01")
