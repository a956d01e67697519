"""Validation: the statements are sound data, runs answer them, bands are kept, and wrong calls get one sentence."""

import json
import math
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conftest import make_plan
from scipy.stats import spearmanr
from test_sources import source_rows

from simulation.cli import main
from simulation.errors import InputError, RunError
from simulation.evidence import experiment, panel, rows
from simulation.evidence.lists import ListBook
from simulation.evidence.observe import months_needed, observe
from simulation.evidence.report import band_in_words, in_words, summary_lines
from simulation.evidence.targets import KINDS, Statement, all_statements, chosen_statements
from simulation.evidence.validate import Validation, validate
from simulation.evidence.wrong_models import wrong_models
from simulation.model import AssistanceModel, live_through_history
from simulation.parameters import ASSUMPTIONS, LEVERS

STATEMENTS = all_statements()
NAMES = [one.name for one in STATEMENTS]
ASKED_FOR = {"normal_error", "plain_ar1", "noisier_score", "frictionless", "perfect_registry"}
"""The wrong models that a referee is sure to think of."""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """Write in a folder of its own."""
    monkeypatch.chdir(tmp_path)


# The table of statements --------------------------------------------------------------------------------------------


def test_there_is_enough_to_fail_at():
    predicted = [one for one in STATEMENTS if one.kind == "predicted"]
    assert len(predicted) >= 10
    assert all(one.wrong_model for one in predicted)
    assert {one.wrong_model for one in predicted} >= ASKED_FOR
    assert {one.pattern for one in STATEMENTS} >= {"city", *(f"C{number}" for number in range(1, 8)), "T1-04", "T1-21"}
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("statement", STATEMENTS, ids=NAMES)
def test_a_statement_is_whole(statement):
    grades = {row["id"]: row["grade"] for row in source_rows()}
    assert set(statement.source) <= set(grades), "a source is no row of docs/sources.md"
    assert statement.grade in {grades[source] for source in statement.source}
    assert statement.kind in KINDS
    assert statement.form in ("level", "order")
    assert statement.low < statement.high
    assert math.isfinite(statement.low) or math.isfinite(statement.high)
    assert math.isnan(statement.found) or statement.within(statement.found), "the band leaves out what was found"
    assert statement.wrong_model in {"", *wrong_models()}
    assert statement.words.id != statement.words.en
    assert (statement.first is None) == (statement.instrument in ("panel", "experiment", "travel"))


def test_every_wrong_model_is_wrong_in_something_that_can_be_set():
    plan = make_plan(months=2)
    for name, wrong in wrong_models().items():
        assert any(one.wrong_model == name for one in STATEMENTS), f"no statement is held against {name}"
        made = wrong.of(plan)
        assert made != plan
        changed = {key for key in ASSUMPTIONS if made.assumptions[key] != plan.assumptions[key]}
        changed |= {key for key in LEVERS if made.opening[key] != plan.opening[key]}
        assert changed
        assert changed <= {full.partition(".")[2] for full in wrong.settings}
        assert wrong.title.id != wrong.title.en


def statement_of(low: float, high: float, form: str = "level") -> Statement:
    return replace(STATEMENTS[0], low=low, high=high, form=form)


@pytest.mark.parametrize(
    ("form", "low", "high", "values", "passes"),
    [
        ("level", 0.1, 0.2, [0.05, 0.25], True),  # the mean lies inside, no single seed does
        ("level", 0.1, 0.2, [0.15, 0.26], False),
        ("level", 0.1, 0.2, [0.1, 0.1], True),  # the edge belongs to the band
        ("level", -math.inf, 0.2, [-5.0, 0.1], True),
        ("order", 0.0, math.inf, [1.0] * 9 + [-1.0], True),  # nine of ten
        ("order", 0.0, math.inf, [9.0] * 8 + [-1.0] * 2, False),  # eight of ten, however large
        ("order", 0.0, 0.06, [0.05] * 8 + [0.07] * 2, False),
    ],
)
def test_a_level_passes_by_its_mean_and_an_order_in_nine_of_ten_seeds(form, low, high, values, passes):
    assert statement_of(low, high, form).passes(np.array(values)) is passes


# Running it ---------------------------------------------------------------------------------------------------------

TINY = {"scale": 0.03, "months": 60}
FEW = ("C1", "poverty_2023", "not_redeemed", "doubled", "pkh_in_consumption", "sembako_families")


@pytest.fixture(scope="module")
def tiny() -> Validation:
    return validate(make_plan(**TINY), chosen_statements(FEW), (1, 2))


def test_rows_say_what_was_asked_and_what_came_out(tiny):
    found = rows.rows_of(tiny)
    assert [row["name"] for row in found] == [one.name for one in STATEMENTS if one.name in NAMES_OF_FEW]
    for row, statement in zip(found, tiny.statements, strict=True):
        assert {"pattern", "statement", "kind", "band", "mean", "interval", "passed", "wrong_model",
                "wrong_model_passed"} <= set(row)  # fmt: skip
        values = tiny.of(statement)
        assert row["mean"] == pytest.approx(values.mean())
        assert values.min() <= row["interval"][0] <= row["mean"] <= row["interval"][1] <= values.max()
        assert row["passed"] is bool(statement.passes(values))
        assert (row["wrong_model"] is None) == (row["wrong_model_passed"] is None)
        assert (row["seeds"], row["scale"], row["scenario"]) == (2, 0.03, "baseline")
    assert json.loads(json.dumps(found, allow_nan=False)) == found


NAMES_OF_FEW = {one.name for one in chosen_statements(FEW)}


def test_wrong_models_answer_otherwise(tiny):
    """Even in a small part of the city these are told from the model."""
    for name in ("near_the_line", "not_redeemed", "doubled", "pkh_in_consumption"):
        (statement,) = chosen_statements([name])
        wrong = tiny.of(statement, statement.wrong_model)
        assert not statement.passes(wrong), name
        assert abs(wrong.mean() - tiny.of(statement).mean()) > 0.01, name


def test_other_seeds_give_other_means_and_the_same_seeds_the_same(tiny):
    (asked,) = (replace(one, wrong_model="") for one in chosen_statements(["not_redeemed"]))
    other = validate(make_plan(**TINY), (asked,), (3, 2))
    assert other.of(asked)[1] == tiny.of(asked)[1], "what else is asked changes what comes out"
    assert other.of(asked)[0] not in tiny.of(asked)
    assert rows.rows_of(other)[0]["mean"] != tiny.of(asked).mean()


def test_counts_are_those_of_the_whole_city(tiny):
    (statement,) = chosen_statements(["sembako_families"])
    assert tiny.of(statement) == pytest.approx(17_852, rel=0.01)


def test_a_broken_band_fails(tiny):
    (statement,) = chosen_statements(["near_the_line"])
    elsewhere = replace(statement, low=9.0, high=10.0)
    moved = Validation(tiny.plan, (elsewhere,), tiny.seeds, tiny.values)
    (before,), (after,) = rows.rows_of(replace(moved, statements=(statement,))), rows.rows_of(moved)
    assert before["passed"] is True
    assert after["passed"] is False
    assert "Missed: near_the_line." in summary_lines([after])


def test_what_a_scenario_does_not_contain_is_not_measured():
    """A run from 2025 on knows nothing of March 2023."""
    plan = make_plan(scale=0.01, months=3, start="2025-06")
    asked = tuple(replace(one, wrong_model="") for one in chosen_statements(["poverty_2023", "doubled"]))
    found = rows.rows_of(validate(plan, asked, (1,)))
    assert [(row["mean"], row["passed"]) for row in found] == [(None, None)] * 2
    assert months_needed(asked, plan) < 1


def test_processes_change_nothing():
    asked = chosen_statements(["poverty_2023"])
    plan = make_plan(scale=0.005, months=1)
    alone, together = (validate(plan, asked, (1, 2), workers=workers) for workers in (1, 2))
    assert alone.values.keys() == together.values.keys()
    for key, values in alone.values.items():
        assert (values == together.values[key]).all(), key


def test_progress_counts_tasks():
    heard = []
    asked = chosen_statements(["near_the_line"])
    validate(make_plan(scale=0.005, months=1), asked, (1,), progress=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 2), (2, 2)]


# Instruments --------------------------------------------------------------------------------------------------------


def wave(*families) -> panel.Wave:
    """Return a wave of families, each (persons, consumption, score); None for one that is away."""
    answers = [(0, 1.0, 0.0) if one is None else one for one in families]
    persons, consumption, score = (np.array(column, float) for column in zip(*answers, strict=True))
    return panel.Wave(np.array([one is not None for one in families]), persons, consumption, consumption, score)


def test_a_panel_of_five_families():
    first = wave((2, 0.5, -1), (3, 0.9, 1), (1, 1.2, 0), (4, 2.0, 2), None)
    later = wave((2, 0.6, 0), (3, 1.3, 0), (1, 0.8, 0), None, (9, 0.1, 0))
    waves = {0: first, 1: later, 2: later}
    assert panel.new_poor_share(waves) == pytest.approx(1 / 3)  # one of three poor persons is newly poor
    assert panel.poor_both_times(waves) == pytest.approx(2 / 6)
    assert panel.left_poverty_share(waves) == pytest.approx(3 / 5)
    assert panel.near_line_ratio(waves) == pytest.approx(6 / 5)
    assert panel.rank_correlation_fall(waves) == 0
    assert panel.missed_by_score(waves, 0.25) == 0
    assert panel.missed_by_score(waves, 0.5) == 0.5  # the second lowest score is not the second poorest


def test_moves_over_three_years():
    before, after = np.arange(1.0, 11), np.array([10.0, 2, 3, 4, 1, 6, 7, 8, 9, 5])
    waves = {0: wave(*((1, c, 0) for c in before)), 3: wave(*((1, c, 0) for c in after))}
    assert panel.risen_share(waves) == pytest.approx(1 / 3)
    assert panel.fallen_share(waves) == pytest.approx(1 / 6)


@pytest.fixture(scope="module")
def hamlets() -> experiment.Hamlets:
    return experiment.settle_hamlets(make_plan(scale=0.02, months=1))


def test_hamlets_are_those_of_the_study(hamlets):
    design = experiment.design()
    poor = hamlets.hh.log_consumption < 0
    assert poor.mean() == pytest.approx(design["poor_share"], abs=1e-3)
    quota = hamlets.seats / np.bincount(hamlets.hh.rt)[hamlets.hh.rt]
    by_hamlet = np.array([quota[hamlets.hh.rt == place][0] for place in np.unique(hamlets.hh.rt)])
    assert by_hamlet.mean() == pytest.approx(design["quota_share"], abs=0.06)
    assert by_hamlet.std() == pytest.approx(design["quota_sd"], abs=0.05)
    assert sum(design["self_assessment"]["steps"]) == pytest.approx(1)


def test_every_hamlet_fills_its_seats_with_the_smallest_keys(hamlets):
    key = np.random.default_rng(1).permutation(hamlets.hh.rows).astype(float)
    chosen = experiment.fill_seats(hamlets, key)
    for place in np.unique(hamlets.hh.rt)[::7]:
        here = hamlets.hh.rt == place
        assert chosen[here].sum() == pytest.approx(hamlets.seats[here][0], abs=0.51)
        if chosen[here].any() and not chosen[here].all():
            assert key[here & chosen].max() < key[here & ~chosen].min()


def test_an_arm_is_measured_by_the_models_measures(hamlets):
    perfect = experiment.measure_arm(hamlets, hamlets.hh.log_consumption < 0)
    assert perfect["mistargeted"] == perfect["exclusion_error"] == perfect["leakage"] == perfect["very_poor"] == 0
    nobody = experiment.measure_arm(hamlets, np.zeros(hamlets.hh.rows, bool))
    assert nobody["mistargeted"] == pytest.approx(experiment.design()["poor_share"], abs=1e-3)
    assert nobody["exclusion_error"] == nobody["very_poor"] == nobody["near_poor"] == 1


def test_rank_correlations_inside_groups_are_those_of_scipy():
    dice = np.random.default_rng(2)
    group, one = np.repeat(np.arange(5), 9), dice.integers(0, 6, 45).astype(float)
    other = one + dice.normal(size=45)
    each = [spearmanr(one[group == place], other[group == place]).statistic for place in range(5)]
    assert experiment.rank_correlation_within(group, one, other) == pytest.approx(np.mean(each))


def test_capture_costs_nothing_without_favour(hamlets):
    fair = replace(hamlets, plan=hamlets.plan.override({"assumptions.connected_bonus": 0.0}))
    assert experiment.gain_forgone_by_capture(fair) == 0
    assert experiment.gain_forgone_by_capture(hamlets) > 0


def test_who_is_not_found_at_the_ground_check_is_who_the_month_did_not_find():
    """Where nobody else visits, what the book reads off the families is what the steps counted."""
    plan = make_plan(scale=0.02, months=26, operator_visits_per_month=0.0, caseload_per_pendamping=400.0)
    model = AssistanceModel(plan, start=live_through_history(plan))
    book, counted = ListBook(model), []

    def take(now):
        book.take(now)
        if now.tally["campaign_checks"] and not now.tally["home_visits"]:
            counted.append((now.month, now.tally["not_found"] / now.tally["visits"]))

    model.measure = take
    while model.running:
        model.step()
    assert counted
    for month, share in counted:
        assert book.value("not_found_share", [month]) == pytest.approx(share)
        assert 0 < share < 1


def test_a_run_lasts_as_long_as_its_statements_need():
    plan = make_plan(scale=0.005)
    assert months_needed(chosen_statements(["near_the_line"]), plan) == 1
    assert months_needed(chosen_statements(["risen"]), plan) == 37
    assert months_needed(chosen_statements(["poverty_2024"]), plan) == 13
    (asked,) = chosen_statements(["near_the_line"])
    (value,) = observe(plan, [asked], live_through_history(plan)).values()
    assert 1 < value < 6


# Words and files ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "unit", "english", "indonesian"),
    [
        (0.1234, "share", "12.3 %", "12,3 %"), (0.00631, "small share", "0.63 %", "0,63 %"),
        (17852.2, "families", "17,852", "17.852"), (-0.0004, "points", "0.0", "0,0"), (None, "share", "", ""),
        (2.345, "ratio", "2.35", "2,35"),
    ],
)  # fmt: skip
def test_values_in_words(value, unit, english, indonesian):
    assert in_words(value, unit) == english
    assert in_words(value, unit, "id") == indonesian


def test_bands_in_words():
    row = {"unit": "ratio", "band": [1, 2]}
    assert band_in_words(row) == "1.00 to 2.00"
    assert band_in_words(row | {"band": [None, 2]}, "id") == "paling banyak 2,00"
    assert band_in_words(row | {"band": [0, None]}) == "above 0.00"


def test_rows_are_written_whole_and_read_again(tiny, tmp_path):
    file = tmp_path / "rows.json"
    rows.check_writable(file)
    rows.write_rows(file, rows.rows_of(tiny))
    rows.check_writable(file)  # its own result may be renewed
    assert rows.read_rows(file) == rows.rows_of(tiny)
    assert os.listdir(tmp_path) == ["rows.json"]


@pytest.mark.parametrize("content", ["", "[]", "{}", "[1]", '[{"pattern": 1}]', "not json"])
def test_what_is_no_result_is_neither_read_nor_replaced(tmp_path, content):
    file = tmp_path / "mine.json"
    file.write_text(content)
    with pytest.raises(InputError, match="no result of a validation"):
        rows.read_rows(file)
    if content:
        with pytest.raises(InputError, match="choose another name"):
            rows.check_writable(file)


def test_a_failed_write_leaves_what_was_there(tmp_path, tiny, monkeypatch):
    file = tmp_path / "rows.json"
    rows.write_rows(file, rows.rows_of(tiny))
    before = file.read_text()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(RunError, match="No space left"):
        rows.write_rows(file, [])
    assert file.read_text() == before
    assert os.listdir(tmp_path) == ["rows.json"]


# The command --------------------------------------------------------------------------------------------------------

SMALL = ["validate", "--seeds", "1", "--scale", "0.005", "--workers", "1"]
QUICK = [*SMALL, "--only", "poverty_2023"]


def test_the_command_prints_a_table_and_writes_rows(capsys):
    assert main([*SMALL, "--only", "C1", "--seeds", "2", "--first-seed", "5", "--json", "rows.json"]) == 0
    out, err = capsys.readouterr()
    assert "Persons below 1.5 poverty lines for each who is poor" in out
    assert "of 1 predicted statements pass" in out
    assert "this is a look, not a validation" in out
    assert "Rows: rows.json" in out
    assert "run 4 of 4" in err
    (row,) = rows.read_rows(Path("rows.json"))
    assert (row["pattern"], row["kind"], row["first_seed"], row["seeds"]) == ("C1", "predicted", 5, 2)


def test_the_command_speaks_indonesian_and_can_be_quiet(capsys):
    assert main([*QUICK, "--lang", "id", "--json", "rows.json", "--quiet"]) == 0
    assert capsys.readouterr() == ("rows.json\n", "")
    assert "Maret 2023: persentase penduduk miskin" in Path("rows.json").read_text(encoding="utf-8")


def test_a_setting_changes_what_comes_out(capsys):
    means = []
    for more in ([], ["--set", "assumptions.poverty_headcount_target=0.2"]):
        assert main([*QUICK, "--quiet", "--json", "rows.json", *more]) == 0
        means.append(rows.read_rows(Path("rows.json"))[0]["mean"])
    assert means[0] != means[1]
    capsys.readouterr()


BAD_CALLS = {
    "no seeds": (["--seeds", "0"], "--seeds is 0, but it must be 1 to 10,000 seeds"),
    "seeds no number": (["--seeds", "many"], "'many' is not a whole number."),
    "first seed negative": (["--first-seed", "-1"], "--first-seed is -1, but it must be 0 to"),
    "no workers": (["--workers", "0"], "--workers is 0, but it must be 1 to 1,024 processes."),
    "scale out of bounds": (["--scale", "0.001"], "the nearest allowed is 0.005."),
    "scale no number": (["--scale", "all"], "'all' is not a number."),
    "unknown scenario": (["baselin"], "did you mean 'baseline'?"),
    "unknown statement": (["--only", "not_redemed"], "is no statement and no pattern; did you mean 'not_redeemed'?"),
    "nothing like a statement": (["--only", "zzz"], "write a pattern such as C2 or a name such as not_redeemed."),
    "a folder for a file": (["--json", "."], "is a folder; give the name of a file."),
    "no folder": (["--json", "none/rows.json"], "there is no folder none to write rows.json into."),
    "a name that cannot be": (["--json", "a\0b"], "embedded null"),
    "unknown setting": (["--set", "policy.caseload=1"], "[policy] has no setting 'caseload'"),
    "unknown language": (["--lang", "fr"], "'fr' is no language of Salur; write id or en."),
}


@pytest.mark.parametrize(("arguments", "sentence"), BAD_CALLS.values(), ids=BAD_CALLS)
def test_a_bad_call_gets_one_sentence_and_code_2(capsys, arguments, sentence):
    assert main(["validate", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Error: ")
    assert err.count("\n") == 1
    assert sentence in err
    assert os.listdir() == []


def test_somebodys_file_is_never_overwritten(capsys):
    Path("mine.json").write_text('{"mine": true}', encoding="utf-8")
    assert main([*QUICK, "--json", "mine.json"]) == 2
    assert "mine.json: this is no result of a validation; choose another name" in capsys.readouterr().err
    assert Path("mine.json").read_text(encoding="utf-8") == '{"mine": true}'


def test_the_summary_stands_in_both_languages():
    nothing = {"kind": "predicted", "name": "x", "passed": None, "wrong_model": None, "seeds": 20, "scale": 1.0}
    assert summary_lines([nothing], "en")[0].startswith("0 of 1 predicted statements pass")
    assert summary_lines([nothing], "id")[0].startswith("0 dari 1 pernyataan yang diprediksi lolos")
