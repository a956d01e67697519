"""Surveys: read in any names and units, scored out of hamlet, made into families; and what is wrong with a survey."""

import gzip
import json
import pickle
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from surveys import (
    HAMLETS,
    HOUSEHOLDS,
    LINE_IDR,
    OTHER_COLUMNS,
    OTHER_SURVEY,
    PLAIN_COLUMNS,
    PLAIN_SURVEY,
    in_other_words,
    make_survey,
    plain_scenario,
    write_scenario,
)

from simulation.city.distribution import fit_survey_map, indices, knots, survey_map
from simulation.city.synthesis import first_index, synthesise
from simulation.errors import InputError
from simulation.experiments.record import build_record, inputs_hash
from simulation.microdata.layout import Layout, SurveySource
from simulation.microdata.opening import open_survey
from simulation.microdata.reading import read_survey
from simulation.microdata.score import estimate_score
from simulation.microdata.shape import estimate_inputs
from simulation.microdata.survey import ranks
from simulation.model import AssistanceModel
from simulation.parameters import ASSUMPTIONS
from simulation.plan import Plan
from simulation.scenario import load_scenario
from simulation.start import fingerprint


@pytest.fixture
def plan(tmp_path) -> Plan:
    return load_scenario(plain_scenario(tmp_path), months=2, scale=0.02)


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """Return the plain survey, opened; nobody changes it."""
    return open_survey(load_scenario(plain_scenario(tmp_path_factory.mktemp("plain"))).microdata)


# Reading ------------------------------------------------------------------------------------------------------------


def test_a_survey_is_read_with_its_weights_and_units(opened):
    survey, table = opened.survey, make_survey()
    assert survey.households == HOUSEHOLDS
    assert survey.complete.all()
    assert survey.left_out == {}
    np.testing.assert_array_equal(survey.household, table["id"])
    np.testing.assert_array_equal(survey.weight, table["weight"])
    np.testing.assert_allclose(survey.consumption_idr, table["consumption"])
    np.testing.assert_allclose(survey.lines, table["consumption"] / LINE_IDR)
    assert np.unique(survey.hamlet).size == HAMLETS


@pytest.mark.parametrize("file", ["other.csv", "other.csv.gz", "other.parquet", "semicolons.csv", "tabs.csv"])
def test_the_same_households_in_other_names_and_units_say_the_same(tmp_path, plan, file):
    other = in_other_words(make_survey())
    if file.endswith("parquet"):
        other.to_parquet(tmp_path / file)
    else:
        separator = {"semicolons.csv": ";", "tabs.csv": "\t"}.get(file, ",")
        other.to_csv(tmp_path / file, index=False, sep=separator, encoding="utf-8-sig")
    theirs = load_scenario(write_scenario(tmp_path, file, OTHER_COLUMNS, OTHER_SURVEY, name="other")).microdata
    one, same = open_survey(plan.microdata), open_survey(theirs)
    np.testing.assert_allclose(same.survey.lines, one.survey.lines, rtol=1e-12)
    np.testing.assert_allclose(same.score.predicted, one.score.predicted, rtol=1e-9)
    np.testing.assert_array_equal(same.donors.size, one.donors.size)
    assert dict(theirs.estimated) == pytest.approx(dict(plan.microdata.estimated), rel=1e-9)


@pytest.mark.parametrize(
    ("period", "times", "currency", "unit"),
    [
        ("day", 365 / 12, "rupiah", 1),
        ("week", 365 / 84, "thousand rupiah", 1e3),
        ("year", 1 / 12, "million rupiah", 1e6),
    ],
)
def test_periods_and_currencies_come_down_to_rupiah_a_month(tmp_path, period, times, currency, unit):
    table = make_survey()
    table["consumption"] = table["consumption"] / times / unit
    survey = PLAIN_SURVEY.replace('"month"', f'"{period}"').replace('"rupiah"', f'"{currency}"')
    path = plain_scenario(tmp_path, table, survey=survey.replace(str(LINE_IDR), str(LINE_IDR / unit)))
    found = open_survey(load_scenario(path).microdata).survey
    np.testing.assert_allclose(found.consumption_idr, make_survey()["consumption"])
    np.testing.assert_allclose(found.lines, make_survey()["consumption"] / LINE_IDR)


def test_names_with_leading_zeros_and_blank_lines_do_not_disturb(tmp_path):
    text = make_survey().to_csv(index=False).replace("\n00010,", "\n\n00010,") + "\n\n"
    (tmp_path / "survey.csv").write_text(text)
    survey = open_survey(load_scenario(write_scenario(tmp_path)).microdata).survey
    assert survey.households == HOUSEHOLDS
    assert survey.household[1] == "00001"


def test_incomplete_rows_are_left_out_where_that_is_wished(tmp_path):
    table = make_survey().astype({"rooms": float, "consumption": float})
    table.loc[[3, 4], "rooms"] = np.nan
    table.loc[9, "consumption"] = np.nan
    table.loc[[20, 21], "id"] = None
    path = plain_scenario(tmp_path, table, survey=PLAIN_SURVEY + 'incomplete_rows = "leave_out"')
    source = load_scenario(path).microdata
    assert (source.households, source.complete) == (HOUSEHOLDS - 3, HOUSEHOLDS - 5)
    survey = open_survey(source).survey
    assert survey.left_out == {"no consumption, line, weight or place": 3, "no rooms": 2}
    assert open_survey(source).score.predicted.size == HOUSEHOLDS - 5


def test_weights_count_like_copies(tmp_path):
    """A household of weight 40 says as much as two of weight 20."""
    table = make_survey()
    heavy = table[table["weight"] == 40]
    twice = pd.concat([table, heavy.assign(id="copy" + heavy["id"])]).assign(weight=20)
    once = load_scenario(plain_scenario(tmp_path / "a", table)).microdata
    copied = load_scenario(plain_scenario(tmp_path / "b", twice)).microdata
    one, two = open_survey(once).score, open_survey(copied).score
    assert two.r2_out_of_hamlet == pytest.approx(one.r2_out_of_hamlet, rel=1e-9)
    assert two.coefficients == pytest.approx(one.coefficients, rel=1e-9)
    for key in ("welfare_share_seen", "poverty_headcount_target", "gini_target", "mean_family_size"):
        assert dict(copied.estimated)[key] == pytest.approx(dict(once.estimated)[key], rel=1e-4), key


def test_ranks_are_shares_and_equals_share_theirs():
    np.testing.assert_allclose(
        ranks(np.array([5.0, 1.0, 1.0, 9.0]), np.array([1.0, 1.0, 1.0, 1.0])), [5 / 8, 1 / 4, 1 / 4, 7 / 8]
    )
    np.testing.assert_allclose(ranks(np.array([2.0, 1.0]), np.array([1.0, 3.0])), [7 / 8, 3 / 8])


# The score ----------------------------------------------------------------------------------------------------------


def test_the_score_is_least_squares(opened):
    """A second library finds the same coefficients and the same share explained."""
    statsmodels = pytest.importorskip("statsmodels.api")
    survey, score = opened.survey, opened.score
    fit = statsmodels.WLS(
        np.log(survey.consumption_idr), statsmodels.add_constant(survey.predictors), weights=survey.weight
    ).fit()
    np.testing.assert_allclose(fit.params, [score.intercept, *score.coefficients.values()], rtol=1e-8)
    assert score.r2_in_sample == pytest.approx(fit.rsquared, rel=1e-9)


def test_households_are_scored_by_the_other_hamlets_only(opened):
    survey, score = opened.survey, opened.score
    y, root = np.log(survey.consumption_idr), np.sqrt(survey.weight)
    x = np.column_stack([np.ones(y.size), survey.predictors])
    for hamlet in (0, 17, HAMLETS - 1):
        inside = survey.hamlet == hamlet
        beta = np.linalg.lstsq((x * root[:, None])[~inside], (y * root)[~inside], rcond=None)[0]
        np.testing.assert_allclose(score.predicted[inside], x[inside] @ beta, rtol=1e-9)
    assert score.r2_out_of_hamlet < score.r2_in_sample


def test_a_predictor_that_names_the_hamlet_explains_nothing_outside(tmp_path):
    """What is known only inside a hamlet inflates the fit in the sample, and not the score that counts."""
    table = make_survey(240, 40, seed=11)
    path = plain_scenario(
        tmp_path, table, columns=PLAIN_COLUMNS.replace('"schooling"]', '"schooling"]\ncategories = ["hamlet"]')
    )
    with_names = open_survey(load_scenario(path).microdata).score
    without = open_survey(load_scenario(plain_scenario(tmp_path / "b", table)).microdata).score
    assert with_names.r2_in_sample > without.r2_in_sample + 0.03
    assert with_names.r2_out_of_hamlet < without.r2_out_of_hamlet + 0.005


def test_the_survey_says_what_was_put_into_it(opened):
    """The made-up survey has half of its variance in the predictors, and poorer families are larger."""
    inputs, table = opened.inputs, make_survey()
    assert inputs["welfare_share_seen"] == pytest.approx(0.55, abs=0.08)
    assert sum(inputs[f"welfare_share_{part}"] for part in ("seen", "unseen", "transitory")) == pytest.approx(1)
    assert inputs["seen_rt_share"] == pytest.approx(0, abs=0.06)
    persons = table["weight"] * table["size"]
    assert inputs["poverty_headcount_target"] == pytest.approx(
        np.average(table["consumption"] < LINE_IDR, weights=persons)
    )
    assert inputs["mean_family_size"] == pytest.approx(np.average(table["size"], weights=table["weight"]))


def test_communities_that_rank_are_learned_from(tmp_path):
    """Where the community's rank follows consumption to the letter, its meetings see the rest of welfare too."""
    table = make_survey()
    table["rank"] = table["consumption"]
    blind = np.random.default_rng(3).random(HOUSEHOLDS)
    columns = PLAIN_COLUMNS + 'community_rank = "rank"'
    sees = load_scenario(plain_scenario(tmp_path / "a", table, columns=columns)).assumptions
    blunt = load_scenario(plain_scenario(tmp_path / "b", table.assign(rank=blind), columns=columns)).assumptions
    assert sees.community_weight_rest > 0.4
    assert blunt.community_weight_seen < 0.15
    assert blunt.community_weight_rest < 0.15


# Families -----------------------------------------------------------------------------------------------------------


def test_households_are_drawn_by_their_weight(opened):
    donors = opened.donors
    grid = (np.arange(1_500) + 0.5) / 1_500
    chosen = donors.choose(np.repeat(grid, grid.size), np.tile(grid, grid.size))
    drawn = np.bincount(chosen, minlength=HOUSEHOLDS) / chosen.size
    weight = opened.survey.weight
    np.testing.assert_allclose(drawn, donors.weight, rtol=0.12)
    np.testing.assert_allclose(np.sort(drawn), np.sort(weight / weight.sum()), rtol=0.12)
    assert drawn @ donors.size == pytest.approx(donors.weight @ donors.size, rel=2e-3)


def test_a_family_is_a_household_of_the_survey_when_the_city_is_founded(plan):
    """Its consumption, its score and its size are those of one household."""
    donors, assumptions = open_survey(plan.microdata).donors, plan.assumptions
    city = synthesise(np.arange(4_000, dtype=np.uint32), 4_000, 1, assumptions, donors)
    table = survey_map(donors).log_quantile_table
    consumed = np.interp(first_index(city, assumptions), knots(), table)
    for number in (0, 1_234, 3_999):
        same = np.flatnonzero(
            (np.abs(donors.seen - city.seen_welfare[number]) < 1e-9) & (donors.size == city.size[number])
        )
        assert np.abs(np.exp(donors.log_lines[same]) - np.exp(consumed[number])).min() < 0.01
    city.check()


def test_the_founded_city_repeats_the_survey(plan):
    opened = open_survey(plan.microdata)
    donors = opened.donors
    city = synthesise(np.arange(60_000, dtype=np.uint32), 60_000, 3, plan.assumptions, donors)
    consumed = np.interp(first_index(city, plan.assumptions), knots(), survey_map(donors).log_quantile_table)
    assert np.mean(consumed < 0) == pytest.approx(donors.weight @ (donors.log_lines < 0), abs=0.012)
    assert city.size.mean() == pytest.approx(donors.weight @ donors.size, rel=0.02)
    agreement = np.corrcoef(city.seen_welfare, consumed)[0, 1]
    assert agreement == pytest.approx(np.corrcoef(donors.seen, donors.log_lines)[0, 1], abs=0.02)
    for part in ("own_seen", "own_unseen", "transitory"):
        assert city[part].std() == pytest.approx(1, abs=0.06), part


def test_a_family_is_the_same_whichever_others_are_asked_for(plan):
    donors = open_survey(plan.microdata).donors
    many = synthesise(np.arange(3_000, dtype=np.uint32), 2_000, 1, plan.assumptions, donors)
    few = np.array([5, 1_999, 2_500], np.uint32)
    alone = synthesise(few, 2_000, 1, plan.assumptions, donors)
    for name in alone:
        np.testing.assert_array_equal(alone[name], many[name][few], err_msg=name)


def test_members_whom_the_survey_counts_are_taken_over(tmp_path):
    table = make_survey()
    table["sd"] = np.minimum(np.arange(HOUSEHOLDS) % 3, table["size"] - 1)
    table["old"] = np.minimum(np.arange(HOUSEHOLDS) % 2, table["size"] - table["sd"])
    columns = PLAIN_COLUMNS + 'sd_pupils = "sd"\nelderly = "old"'
    plan = load_scenario(plain_scenario(tmp_path, table, columns=columns))
    donors = open_survey(plan.microdata).donors
    city = synthesise(np.arange(20_000, dtype=np.uint32), 20_000, 1, plan.assumptions, donors)
    city.check()
    assert city.sd_pupils.mean() == pytest.approx(donors.weight @ donors.members["sd_pupils"], rel=0.04)
    assert city.elderly.mean() == pytest.approx(donors.weight @ donors.members["elderly"], rel=0.04)
    assert city.young_children.mean() > 0.1


def test_the_fit_gives_the_survey_its_distribution_back(opened):
    """Whatever shocks and support do to families, consumption in the first month is distributed as in the survey."""
    luck, donors = np.random.default_rng(1), opened.donors
    index, persons = luck.normal(0.1, 1.05, 8_000), luck.integers(1, 8, 8_000).astype(float)
    events = np.where(luck.random(8_000) < 0.06, -0.35, 0.0)
    support = np.where(luck.random(8_000) < 0.2, 0.1, 0.0)
    fitted = fit_survey_map(donors, index, events, support, persons)
    after = np.exp(np.interp(index, knots(), fitted.log_quantile_table) + events) + support
    wanted = indices(np.exp(donors.log_lines), donors.weight * donors.size)
    np.testing.assert_allclose(indices(after, persons), wanted, atol=0.003)
    assert (np.diff(fitted.log_quantile_table) > 0).all()
    assert (np.diff(fitted.rank_table) > 0).all()


def test_a_run_starts_as_poor_as_its_survey(plan):
    model = AssistanceModel(plan)
    model.step()
    hh = model.now.hh
    persons, after = hh.size[hh.active].astype(float), hh.consumption_after[hh.active]
    donors = open_survey(plan.microdata).donors
    wanted = indices(np.exp(donors.log_lines), donors.weight * donors.size)
    np.testing.assert_allclose(indices(after, persons), wanted, atol=0.006)
    share = np.corrcoef(hh.seen_welfare[hh.active], hh.welfare_index[hh.active])[0, 1] ** 2
    assert share == pytest.approx(plan.assumptions.welfare_share_seen, abs=0.06)
    assert hh.rows > 2_000


# The plan -----------------------------------------------------------------------------------------------------------


def test_the_survey_sets_assumptions_and_the_scenario_has_the_last_word(tmp_path):
    path = plain_scenario(tmp_path)
    plan = load_scenario(path)
    assert plan.assumptions.welfare_share_seen == dict(plan.microdata.estimated)["welfare_share_seen"]
    assert plan.assumptions.mpc_cash == ASSUMPTIONS["mpc_cash"].default
    own = plain_scenario(tmp_path, head="[assumptions]\nwelfare_share_seen = 0.49\n", name="own")
    assert load_scenario(own).assumptions.welfare_share_seen == 0.49
    assert plan.override({"assumptions.welfare_share_seen": 0.3}).assumptions.welfare_share_seen == 0.3
    assert "households of the survey survey.csv, which sets welfare_share_seen" in plan.notes[0]


def test_a_scenario_inherits_a_survey_and_can_do_without_it(tmp_path):
    plain_scenario(tmp_path)
    for name, text in (("child", "[population]\nscale = 0.01\n"), ("none", '[population]\nmicrodata = "none"\n')):
        (tmp_path / f"{name}.toml").write_text(f'extends = "mine"\n{text}')
    assert load_scenario(tmp_path / "child.toml").microdata.name == "survey.csv"
    without = load_scenario(tmp_path / "none.toml")
    assert without.microdata is None
    assert without.assumptions == load_scenario("baseline").assumptions


def test_another_file_can_be_set_from_the_command_line(tmp_path):
    path = plain_scenario(tmp_path)
    other = tmp_path / "elsewhere" / "later.csv"
    other.parent.mkdir()
    make_survey(seed=8).to_csv(other, index=False)
    plan = load_scenario(path, overrides={"population.microdata": str(other)})
    assert plan.microdata.name == "later.csv"
    assert plan.microdata.sha256 != load_scenario(path).microdata.sha256
    assert load_scenario(path, overrides={"population.microdata": "none"}).microdata is None


def test_a_plan_with_a_survey_survives_json_and_pickle(plan):
    again = Plan.from_dict(json.loads(json.dumps(plan.to_dict())))
    assert again == plan
    assert hash(again) == hash(plan)
    assert pickle.loads(pickle.dumps(plan)).microdata.path == plan.microdata.path
    assert Layout.from_dict(plan.microdata.layout.to_dict()) == plan.microdata.layout
    assert SurveySource.from_dict(plan.microdata.to_dict()) == plan.microdata


def test_the_record_holds_the_hash_and_no_path_of_this_machine(plan, tmp_path):
    record = build_record(plan)
    survey = record["plan"]["population"]["microdata"]
    assert survey["file"] == "survey.csv"
    assert survey["sha256"] == plan.microdata.sha256
    assert survey["estimated"]["welfare_share_seen"] == plan.assumptions.welfare_share_seen
    assert str(tmp_path) not in json.dumps(record)
    absolute = load_scenario("baseline", overrides={
        "population.microdata": str(tmp_path / "survey.csv"),
        "population.columns": _table(PLAIN_COLUMNS),
        "population.survey": _table(PLAIN_SURVEY),
    })  # fmt: skip
    assert absolute.microdata == plan.microdata
    assert str(tmp_path) not in json.dumps(build_record(absolute))


def _table(text: str) -> dict:
    import tomllib

    return tomllib.loads(text)


def test_start_and_hash_follow_the_content_and_not_the_place(tmp_path):
    marks = []
    for folder, seed in (("a", 7), ("b", 7), ("c", 8)):
        plan = load_scenario(plain_scenario(tmp_path / folder, make_survey(seed=seed)))
        marks.append((fingerprint(plan), inputs_hash(plan)))
    assert marks[0] == marks[1]
    assert len({start for start, _ in marks}) == 2
    assert len({inputs for _, inputs in marks}) == 2
    noted = load_scenario(plain_scenario(tmp_path / "d", make_survey().assign(note="of no use")))
    assert fingerprint(noted) not in {start for start, _ in marks}
    baseline = load_scenario("baseline")
    assert fingerprint(baseline) not in {start for start, _ in marks}
    line = PLAIN_SURVEY.replace(str(LINE_IDR), "500_000")
    richer = load_scenario(plain_scenario(tmp_path / "a", survey=line, name="richer"))
    assert fingerprint(richer) not in {start for start, _ in marks}


def test_a_survey_that_changed_since_it_was_read_stops_the_run(tmp_path):
    plan = load_scenario(plain_scenario(tmp_path, make_survey(seed=21)))
    import simulation.microdata.opening as opening

    opening._KEPT.clear()
    make_survey(seed=22).to_csv(tmp_path / "survey.csv", index=False)
    with pytest.raises(InputError, match="the survey has changed since the plan was made"):
        AssistanceModel(plan)
    (tmp_path / "survey.csv").unlink()
    with pytest.raises(InputError, match="survey.csv: the file cannot be read"):
        AssistanceModel(plan)


# What is wrong ------------------------------------------------------------------------------------------------------


def changed(column: str, value: object, *rows: int):
    """Return what puts a value into a column of the plain survey; rows count as in a spreadsheet."""

    def change(table: pd.DataFrame) -> pd.DataFrame:
        table = table.astype({column: object})
        table.loc[[row - 2 for row in rows], column] = value
        return table

    return change


def scaled(factor: float, *rows: int):
    def change(table: pd.DataFrame) -> pd.DataFrame:
        table = table.astype({"consumption": float})
        chosen = [row - 2 for row in rows] if rows else table.index
        table.loc[chosen, "consumption"] *= factor
        return table

    return change


BAD_ROWS = {
    "missing predictor": (
        changed("rooms", None, 18), "survey.csv, row 18 (household 00016): rooms is empty; fill it in, or write "
        "incomplete_rows = 'leave_out'",
    ),
    "missing in several rows": (changed("size", None, 40, 30, 50), "row 30 (household 00028): size is empty"),
    "counted": (changed("size", None, 40, 30, 50), "(so in 2 more rows)."),
    "missing consumption": (changed("consumption", None, 7), "row 7 (household 00005): consumption is empty"),
    "missing name": (changed("id", None, 9), "survey.csv, row 9: id is empty"),
    "missing hamlet": (changed("hamlet", ".", 2), "row 2 (household 00000): hamlet is empty"),
    "missing weight": (changed("weight", "NA", 3), "row 3 (household 00001): weight is empty"),
    "household twice": (
        changed("id", "00003", 12), "row 5 (household 00003): id '00003' stands in row 12 too; every household needs a",
    ),
    "negative consumption": (
        changed("consumption", -5, 20), "row 20 (household 00018): consumption is -5, but it must be above 0.",
    ),
    "no consumption": (changed("consumption", 0, 20), "consumption is 0, but it must be above 0."),
    "infinite": (changed("consumption", "inf", 20), "consumption is inf, but it must be a finite number."),
    "a word": (
        changed("consumption", "1.234,5", 33),
        "row 33 (household 00031): consumption is '1.234,5', but it must be a number written with digits and a point.",
    ),
    "a word among predictors": (changed("fridge", "Yes", 4), "fridge is 'Yes', but it must be a number"),
    "weight 0": (changed("weight", 0, 6), "row 6 (household 00004): weight is 0, but it must be above 0."),
    "nobody": (changed("size", 0, 6), "size is 0, but it must be a whole number from 1 to 50."),
    "half a person": (changed("size", 2.5, 6), "size is 2.5, but it must be a whole number"),
    "everything in thousands": (
        scaled(1e-3),
        "row 2 (household 00000): consumption means Rp",
    ),
    "units to correct": (scaled(1e-3), "if its unit is rupiah a person and month, but Rp 10,000 to 100,000,000 is"),
    "one row in millions": (scaled(1e-6, 25), "survey.csv, row 25 (household 00023): consumption means Rp"),
    "one row too rich": (scaled(1e4, 25), "row 25 (household 00023): consumption means Rp"),
    "a year for a month": (scaled(1 / 18), "the household in the middle of the survey: consumption means Rp"),
    "a line above everybody": (scaled(0.2), "of persons are below the poverty line, but the model takes 2% to 60%"),
    "a line below everybody": (scaled(6), "survey.csv: 0.0% of persons are below the poverty line"),
    "too few": (lambda table: table.head(90), "90 complete households in 80 hamlets are too few; a score needs"),
    "one hamlet": (changed("hamlet", "a", *range(2, 642)), "640 complete households in 1 hamlets are too few"),
    "no rows": (lambda table: table.head(0), "survey.csv: the survey has no rows."),
    "blind predictors": (
        lambda table: table.assign(rooms=1, motorcycle=0, fridge=0, schooling=np.arange(len(table)) % 2),
        "the predictors explain too little of consumption",
    ),
    "column misspelt": (
        lambda table: table.rename(columns={"consumption": "consumtion"}),
        "survey.csv: the survey has no column 'consumption'; did you mean 'consumtion'?",
    ),
    "column unknown": (
        lambda table: table.rename(columns={"weight": "zzz"}),
        "the survey has no column 'weight'; it has id, hamlet, zzz, consumption,",
    ),
    "column twice": (
        lambda table: table.rename(columns={"arm": "size"}), "the column 'size' stands in the header twice; rename one",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "sentence"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_bad_survey_gets_one_sentence(tmp_path, change, sentence):
    refused(plain_scenario(tmp_path, change(make_survey())), sentence)


def refused(path: Path, sentence: str, **options) -> str:
    """Check that a scenario is refused in one sentence, and return it."""
    with pytest.raises(InputError) as caught:
        load_scenario(path, **options)
    message = str(caught.value)
    assert sentence in message
    assert message[-1] in ".?"
    assert "\n" not in message
    return message


def test_rows_of_parquet_are_counted_from_one(tmp_path):
    make_survey().assign(rooms=lambda table: table["rooms"].where(table.index != 4)).to_parquet(tmp_path / "s.parquet")
    refused(write_scenario(tmp_path, "s.parquet"), "s.parquet, row 5 (household 00004): rooms is empty")


BAD_BYTES = {
    "not UTF-8": ("survey.csv", b"id,hamlet\n\xff,1\n", "survey.csv: byte 10 is not UTF-8; save the file as UTF-8."),
    "empty": ("survey.csv", b"", "survey.csv: the survey has no column 'id'"),
    "ragged": (
        "survey.csv",
        b"1,2,3,4,5,6,7,8,9,10,11,12\n",
        "survey.csv, row 642: the row has more cells than the header; is a decimal comma",
    ),
    "not gzip": ("survey.csv.gz", b"id,hamlet", "survey.csv.gz: this is not a gzip file."),
    "half of a gzip": ("survey.csv.gz", gzip.compress(b"id,hamlet\n" * 99)[:30], "this is not a gzip file."),
    "not Parquet": ("survey.parquet", b"id,hamlet", "survey.parquet: this is not a Parquet file."),
    "another kind": ("survey.dta", b"", "survey.dta: a survey is a file whose name ends in .csv, .csv.gz or .parquet."),
}


@pytest.mark.parametrize(("file", "content", "sentence"), BAD_BYTES.values(), ids=BAD_BYTES)
def test_a_file_that_cannot_be_read_gets_one_sentence(tmp_path, file, content, sentence):
    begin = make_survey().to_csv(index=False).encode() if "ragged" in sentence or "row 642" in sentence else b""
    (tmp_path / file).write_bytes(begin + content)
    refused(write_scenario(tmp_path, file), sentence)


BAD_LAYOUTS = {
    "no columns": ('microdata = "survey.csv"\n', "microdata needs household in [population.columns]: the name of"),
    "no file": ("[population.columns]\nhousehold = 'id'\n", "columns describes a survey, but microdata names none"),
    "unknown key": ("[population.columns]\nconsumtion = 'x'\n", "columns has no key 'consumtion'; did you mean 'cons"),
    "key of the other section": (
        "[population.columns]\ncurrency = 'rupiah'\n",
        "currency does not belong in columns; write it in [population.survey].",
    ),
    "columns no table": ("columns = 3\n", "columns is 3, but it must be a table of key = value lines."),
    "column no text": ("[population.columns]\nsize = 3\n", "columns: size is 3, but it must be the name of a column"),
    "predictors no list": ("[population.columns]\npredictors = 'x'\n", "predictors is 'x', but it must be a list of"),
    "no predictors": ("[population.columns]\npredictors = []\n", "predictors is [], but it must be a list of column"),
    "one arm": ("[population.columns]\narm = {a = 'x'}\n", "it must name a column for each of two or more arms."),
    "unit unknown": (
        "[population.survey]\ncurrency = 'thousand rupia'\n",
        "must be one of rupiah, thousand rupiah, million rupiah; did you mean 'thousand rupiah'?",
    ),
    "line no number": ("[population.survey]\npoverty_line = 'gk'\n", "poverty_line is 'gk', but it must be a number"),
    "line negative": ("[population.survey]\npoverty_line = -1\n", "poverty_line is -1, but it must be a number above"),
    "assistance no bool": ("[population.survey]\nassistance_included = 1\n", "assistance_included is 1, but it"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), BAD_LAYOUTS.values(), ids=BAD_LAYOUTS)
def test_a_bad_layout_gets_one_sentence(tmp_path, text, sentence):
    plain_scenario(tmp_path)
    path = tmp_path / "bad.toml"
    path.write_text(text if text.startswith("[population.nothing]") else f"[population]\n{text}")
    assert refused(path, sentence).startswith(str(path))


BAD_COMBINATIONS = {
    "two lines": (PLAIN_COLUMNS + 'poverty_line = "size"', PLAIN_SURVEY, "poverty_line stands in [population.columns]"),
    "no unit": (PLAIN_COLUMNS, PLAIN_SURVEY.replace("currency", "#"), "microdata needs currency in [population"),
    "no line": (PLAIN_COLUMNS, PLAIN_SURVEY.replace("poverty_line", "#"), "microdata needs poverty_line: a column in"),
    "arm alone": (PLAIN_COLUMNS + 'arm = "arm"', PLAIN_SURVEY, "selected is missing; arm and selected describe an"),
    "consumption predicts itself": (
        PLAIN_COLUMNS.replace('"rooms"', '"consumption"'), PLAIN_SURVEY, "'consumption' cannot predict consumption",
    ),
    "predictor twice": (PLAIN_COLUMNS.replace('"fridge"', '"rooms"'), PLAIN_SURVEY, "'rooms' stands twice among predi"),
    "too many levels": (
        PLAIN_COLUMNS + 'categories = ["code"]', PLAIN_SURVEY, "category code has 640 levels, but at most 100",
    ),
    "nobody in an arm": (
        PLAIN_COLUMNS + 'arm = "code"\nselected = "nothing"', PLAIN_SURVEY, "no household with a known nothing stands",
    ),
    "more children than members": (
        PLAIN_COLUMNS + 'sd_pupils = "schooling"', PLAIN_SURVEY, "members are counted by group in a family of",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("columns", "survey", "sentence"), BAD_COMBINATIONS.values(), ids=BAD_COMBINATIONS)
def test_a_layout_that_does_not_fit_gets_one_sentence(tmp_path, columns, survey, sentence):
    table = make_survey().assign(code=lambda one: "c" + one["id"], nothing=None)
    refused(plain_scenario(tmp_path, table, columns=columns, survey=survey), sentence)


def test_a_household_stands_in_one_arm(tmp_path):
    table = make_survey().assign(a=1, b=lambda one: (one.index == 5).astype(int))
    columns = PLAIN_COLUMNS + 'arm = {a = "a", b = "b"}\nselected = "chosen"'
    refused(
        plain_scenario(tmp_path, table, columns=columns), "row 7 (household 00005): the household stands in two arms."
    )


def test_what_the_survey_says_itself_cannot_be_set(tmp_path):
    path = plain_scenario(tmp_path, head="[assumptions]\ngini_target = 0.4\n")
    refused(path, "[assumptions]: gini_target is what the survey survey.csv says; leave it out.")
    plan = load_scenario(plain_scenario(tmp_path))
    with pytest.raises(InputError, match="size_gradient_seen is what the survey survey.csv says; leave it out"):
        plan.override({"assumptions.size_gradient_seen": -0.2})
    with pytest.raises(InputError, match="population.microdata is read together with the scenario"):
        plan.override({"population.microdata": "none"})


def test_a_city_far_larger_than_its_survey_is_refused(tmp_path):
    plan = load_scenario(plain_scenario(tmp_path))
    with pytest.raises(InputError, match="more than 250 of each; the largest scale for it is 1.34."):
        AssistanceModel(plan.with_(scale=2))
    plan.with_(scale=1.3).check_size()


def test_a_survey_can_be_read_by_itself(tmp_path, plan):
    survey = read_survey(tmp_path / "survey.csv", plan.microdata.layout)
    assert estimate_inputs(survey, estimate_score(survey)) == dict(plan.microdata.estimated)


# The page -----------------------------------------------------------------------------------------------------------


def test_the_example_of_the_page_works(tmp_path):
    """The survey that docs/microdata.md describes is read by that description."""
    page = (Path(__file__).parents[1] / "docs" / "microdata.md").read_text(encoding="utf-8")
    example, experiment = re.findall(r"^```toml\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    names = {
        "id": "urut", "hamlet": "psu", "weight": "fwt", "consumption": "kapita", "size": "art", "rooms": "luas_lantai",
        "motorcycle": "motor", "fridge": "kulkas", "chosen": "treated",
    }  # fmt: skip
    table = make_survey().rename(columns=names)
    table["kabupaten"], table["gk"] = np.where(table.index % HAMLETS < 40, "a", "b"), LINE_IDR
    table["dinding"], table["ijazah_krt"] = np.where(table.index % 2, "kayu", "bata"), table["schooling"] // 6
    table["anak_sd"] = np.minimum(table["art"] - 1, 1)
    table["pmt"], table["wealth"] = (table["arm"] == "need").astype(int), np.arange(HOUSEHOLDS) % 6 + 1
    table["community"], table["rank"] = 1 - table["pmt"], table["kapita"]
    table.to_csv(tmp_path / "susenas2024.csv", index=False)
    path = tmp_path / "example.toml"
    path.write_text(example.replace("[population.survey]", f"{experiment}\n[population.survey]"), encoding="utf-8")
    survey = open_survey(load_scenario(path).microdata).survey
    assert survey.households == HOUSEHOLDS
    assert survey.arms == ("pmt", "community")
    assert len(survey.predictor_names) == 4 + 1 + 2
    assert np.unique(survey.region).size == 2
