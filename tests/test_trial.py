"""Targeting in a survey: an experiment that can be counted by hand, and the published one where its survey is here."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
from surveys import PLAIN_COLUMNS, make_survey, plain_scenario

from simulation.city.synthesis import first_index, synthesise
from simulation.cli import main
from simulation.microdata.opening import open_survey
from simulation.microdata.survey import Survey, ranks
from simulation.scenario import library_folder, load_scenario
from simulation.trial import QUOTAS, curve_at, examine_survey, measure_agreement, measure_arms

EXPERIMENT = PLAIN_COLUMNS + 'arm = "arm"\nselected = "chosen"\n'


def ten_families(selected: tuple[int, ...], weight: tuple[float, ...] = (1.0,) * 10) -> Survey:
    """Return ten families with consumption 0.6 to 1.5 lines, four of them poor, in five hamlets of one arm."""
    nothing = np.zeros((10, 0))
    return Survey(
        name="ten", household=np.arange(10).astype(str), hamlet=np.arange(10) // 2, region=np.zeros(10, np.int64),
        weight=np.array(weight), consumption_idr=np.linspace(600_000, 1_500_000, 10), lines=np.linspace(0.6, 1.5, 10),
        size=np.ones(10), predictors=nothing, predictor_names=(), members={}, complete=np.ones(10, bool), left_out={},
        arms=("all",), arm=np.zeros(10, np.int64), selected=np.isin(np.arange(10), selected).astype(float),
    )  # fmt: skip


BY_HAND = {
    # The poorest two of four, and one of six who are not poor.
    "two and one": ((0, 1, 5), {
        "coverage": 3 / 10, "mistargeting": 3 / 10, "exclusion_error": 2 / 4, "inclusion_error": 1 / 6,
        "leakage": 1 / 3, "targeting_differential": 1 / 2 - 1 / 6, "cgh_ratio": (2 / 3) / 0.4,
        "mistargeting_very_poor": 0.0,
        "mistargeting_near_poor": 1.0, "mistargeting_middle": 1 / 3, "mistargeting_rich": 0.0,
        "concentration_coefficient": 2 * (0.05 + 0.15 + 0.55) / 3 - 1, "coverage_by_decile_01": 1.0,
        "coverage_by_decile_03": 0.0, "coverage_by_decile_06": 1.0, "coverage_poorest_two_deciles": 1.0,
    }),
    "perfect": ((0, 1, 2, 3), {"mistargeting": 0.0, "exclusion_error": 0.0, "leakage": 0.0, "cgh_ratio": 2.5}),
    "everybody": (tuple(range(10)), {
        "exclusion_error": 0.0, "inclusion_error": 1.0, "leakage": 0.6, "targeting_differential": 0.0, "cgh_ratio": 1.0,
        "concentration_coefficient": 0.0,
    }),
    "upside down": ((6, 7, 8, 9), {"exclusion_error": 1.0, "leakage": 1.0, "inclusion_error": 4 / 6, "cgh_ratio": 0.0}),
}  # fmt: skip


@pytest.mark.parametrize(("selected", "expected"), BY_HAND.values(), ids=BY_HAND)
def test_an_experiment_that_can_be_counted_by_hand(selected, expected):
    arms, differences = measure_arms(ten_families(selected), draws=1)
    assert {key: arms["all"][key].value for key in expected} == pytest.approx(expected)
    assert differences == {}


def test_weights_count_families():
    arms, _ = measure_arms(ten_families((0,), (3.0, *(1.0,) * 9)), draws=1)
    assert arms["all"]["exclusion_error"].value == pytest.approx(3 / 6)
    assert arms["all"]["coverage"].value == pytest.approx(3 / 12)


def test_nobody_chosen_has_no_leakage_and_no_incidence():
    row = measure_arms(ten_families(()), draws=3)[0]["all"]
    assert row["exclusion_error"].value == 1
    for key in ("leakage", "cgh_ratio", "concentration_coefficient"):
        assert np.isnan(row[key].value), key


def test_intervals_cover_the_truth_and_shrink_with_the_sample():
    """Hamlets that are all alike leave nothing to luck; hamlets that differ do."""
    luck = np.random.default_rng(5)
    widths = []
    for hamlets in (20, 320):
        rows = hamlets * 10
        lines, chosen = luck.lognormal(0, 0.5, rows), (luck.random(rows) < 0.4).astype(float)
        survey = ten_families(())
        fields = {
            "household": np.arange(rows).astype(str), "hamlet": np.arange(rows) // 10, "region": np.zeros(rows, int),
            "weight": np.ones(rows), "consumption_idr": lines, "lines": lines, "size": np.ones(rows),
            "predictors": np.zeros((rows, 0)), "complete": np.ones(rows, bool), "arm": np.zeros(rows, int),
            "selected": chosen,
        }  # fmt: skip
        wide = Survey(**{name: fields.get(name, getattr(survey, name)) for name in Survey.__slots__})
        coverage = measure_arms(wide, draws=200)[0]["all"]["coverage"]
        assert coverage.low < coverage.value < coverage.high
        assert coverage.low < 0.4 < coverage.high
        widths.append(coverage.high - coverage.low)
    assert 2.5 < widths[0] / widths[1] < 6.5


def test_the_better_arm_is_found(tmp_path):
    plan = load_scenario(plain_scenario(tmp_path, make_survey(1_600, 160), columns=EXPERIMENT))
    arms, differences = measure_arms(open_survey(plan.microdata).survey, draws=100)
    assert set(arms) == {"need", "lottery"}
    assert list(differences) == ["lottery"]
    assert arms["need"]["leakage"].value < arms["lottery"]["leakage"].value
    assert differences["lottery"]["exclusion_error"].low > 0
    assert arms["lottery"]["targeting_differential"].low < 0 < arms["lottery"]["targeting_differential"].high


def test_arms_may_be_columns_of_their_own(tmp_path):
    table = make_survey()
    named = load_scenario(plain_scenario(tmp_path / "a", table, columns=EXPERIMENT)).microdata
    first, other = table["arm"][0], "lottery"
    table = table.assign(first=(table["arm"] == first).astype(int), other=(table["arm"] == other).astype(int))
    columns = EXPERIMENT.replace('arm = "arm"', f'arm = {{ {first} = "first", {other} = "other" }}')
    apart = load_scenario(plain_scenario(tmp_path / "b", table, columns=columns)).microdata
    one, same = (measure_arms(open_survey(source).survey, draws=5) for source in (named, apart))
    assert one == same


def test_a_survey_without_an_experiment_has_no_arms(tmp_path):
    found = examine_survey(load_scenario(plain_scenario(tmp_path)).microdata, draws=5)
    assert found["arms"] == found["differences"] == found["agreement"] == {}
    assert [row["quota"] for row in found["curve"]] == [0.1, 0.2, 0.3, 0.4]
    errors = [row["exclusion_error"] for row in found["curve"]]
    assert errors == sorted(errors, reverse=True)


def test_ranks_are_compared_within_hamlets():
    survey = ten_families(())
    lines = np.tile([0.5, 0.7, 0.9, 1.1, 1.3], 2)
    fields = {"lines": lines, "hamlet": np.repeat([0, 1], 5), "community_rank": np.concatenate([lines[:5], -lines[5:]])}
    two = Survey(**{name: fields.get(name, getattr(survey, name)) for name in Survey.__slots__})

    class Blind:
        predicted = np.zeros(10)

    assert measure_agreement(two, Blind())["community_rank, consumption (all)"] == pytest.approx(0)
    same = Survey(
        **{name: {**fields, "community_rank": lines}.get(name, getattr(survey, name)) for name in Survey.__slots__}
    )
    assert measure_agreement(same, Blind())["community_rank, consumption (all)"] == pytest.approx(1)


# The command --------------------------------------------------------------------------------------------------------


def test_the_command_prints_tables_or_json(tmp_path, capsys):
    path = str(plain_scenario(tmp_path, columns=EXPERIMENT))
    assert main(["survey", path, "--draws", "5"]) == 0
    printed = capsys.readouterr().out
    for words in (
        "survey.csv: 640 households in 80 hamlets, 0 of them",
        "in hamlets that it has not seen.",
        "need less",
    ):
        assert words in printed or words.replace("need less", "lottery less") in printed
    assert main(["survey", path, "--draws", "5", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"survey", "score", "curve", "inputs", "arms", "differences", "agreement"}
    assert set(found["score"]["coefficients"]) == {"rooms", "motorcycle", "fridge", "schooling"}
    assert str(tmp_path) not in json.dumps(found)


BAD_CALLS = {
    "no survey": (["survey", "baseline"], "baseline: the scenario names no survey; write microdata = 'FILE' in"),
    "no scenario": (["survey", "baselin"], "did you mean 'baseline'?"),
    "no draws": (["survey", "MINE", "--draws", "0"], "--draws is 0, but it must be 1 or more samples."),
    "draws no number": (["survey", "MINE", "--draws", "x"], "'x' is not a whole number."),
}


@pytest.mark.parametrize(("arguments", "sentence"), BAD_CALLS.values(), ids=BAD_CALLS)
def test_a_bad_call_gets_one_sentence_and_code_2(tmp_path, capsys, arguments, sentence):
    path = str(plain_scenario(tmp_path))
    assert main([path if one == "MINE" else one for one in arguments]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("Error: ")
    assert sentence in told.err
    assert len(told.err.splitlines()) == 1


def test_a_city_from_a_survey_runs_from_the_command_line(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = str(plain_scenario(tmp_path))
    assert main(["run", path, "--scale", "0.005", "--months", "2", "--out", "mine", "--no-figures"]) == 0
    printed = capsys.readouterr().out
    assert "The families come from 640 households of the survey survey.csv" in printed
    record = json.loads((tmp_path / "mine" / "record.json").read_text())
    assert len(record["plan"]["population"]["microdata"]["sha256"]) == 64
    assert str(tmp_path) not in json.dumps(record)
    assert main(["run", path, "--scale", "9", "--months", "2"]) == 2
    assert "the largest scale for it is 1.34." in capsys.readouterr().err


# The study ----------------------------------------------------------------------------------------------------------

STUDY = "alatas2012_households.csv"


@pytest.fixture(scope="session")
def study():
    """Return the survey of the targeting experiment of 2008, opened; skipped where the file is not at hand."""
    path = Path(os.environ.get("SALUR_SURVEYS") or library_folder() / "surveys") / STUDY
    if not path.is_file():
        pytest.skip(f"{STUDY} is not here; docs/microdata.md says where to get it and where to put it")
    source = load_scenario("surveys/alatas2012", overrides={"population.microdata": str(path)}).microdata
    return open_survey(source), examine_survey(source, draws=400)


def test_the_scenario_of_the_study_is_well_written(tmp_path):
    """All but its survey is there, and it says where to get the survey."""
    text = (library_folder() / "surveys" / "alatas2012.toml").read_text(encoding="utf-8")
    (tmp_path / "alatas2012.toml").write_text(text, encoding="utf-8")
    assert main(["run", str(tmp_path / "alatas2012.toml")]) == 2


def test_the_study_is_read(study):
    opened, found = study
    assert found["survey"]["households"] == 5_753
    assert found["survey"]["complete"] == 5_080
    assert found["survey"]["left_out"]["no consumption, line, weight or place"] == 3
    assert np.unique(opened.survey.hamlet).size == 640
    assert np.mean(opened.survey.lines < 1) == pytest.approx(0.3525, abs=0.0005)


def test_the_score_of_the_study_explains_what_was_found(study):
    """Evidence P2-01: 0.504 in the sample, 0.493 out of hamlet; P2-09 and P2-10: moments of score and residual."""
    score = study[1]["score"]
    assert score["r2_in_sample"] == pytest.approx(0.504, abs=0.002)
    assert score["r2_out_of_hamlet"] == pytest.approx(0.493, abs=0.002)
    published = {
        "sd_log_consumption": 0.659, "sd_score": 0.469, "sd_residual": 0.470, "skew_residual": 0.39,
        "excess_kurtosis_residual": 0.85, "mean_residual_poorest_decile": -0.56, "mean_residual_richest_decile": 0.62,
    }  # fmt: skip
    for key, value in published.items():
        assert score[key] == pytest.approx(value, abs=0.1 if "kurtosis" in key else 0.02), key


@pytest.mark.parametrize(
    ("quota", "value", "low", "high"),
    [(0.1, 0.623, 0.58, 0.66), (0.2, 0.459, 0.43, 0.49), (0.3, 0.380, 0.36, 0.40), (0.4, 0.297, 0.28, 0.32)],
)
def test_the_error_curve_of_the_study(study, quota, value, low, high):
    """Evidence P2-02, with its intervals."""
    found = curve_at(study[0].score, quota)
    assert low < found < high
    assert found == pytest.approx(value, abs=0.005)


ARMS = ("pmt", "community", "hybrid")
PUBLISHED = {
    # row of the evidence, measure: values of the three arms, intervals of the three arms
    ("T1-02", "mistargeting"): ((0.301, 0.327, 0.332), ((0.280, 0.324), (0.306, 0.351), (0.308, 0.355))),
    ("T1-04", "exclusion_error"): ((0.525, 0.532, 0.535), ((0.48, 0.57), (0.49, 0.57), (0.49, 0.58))),
    ("T1-05", "inclusion_error"): ((0.177, 0.221, 0.218), ((0.15, 0.21), (0.19, 0.25), (0.19, 0.25))),
    ("T1-06", "leakage"): ((0.402, 0.476, 0.457), ((0.35, 0.45), (0.43, 0.52), (0.41, 0.51))),
}
POINTS = {
    # rows without published intervals: values of the three arms, and how they are rounded
    ("T1-07", "mistargeting_very_poor"): ((0.50, 0.46, 0.47), 0.006),
    ("T1-07", "mistargeting_near_poor"): ((0.55, 0.60, 0.61), 0.006),
    ("T1-07", "mistargeting_middle"): ((0.23, 0.29, 0.305), 0.006),
    ("T1-07", "mistargeting_rich"): ((0.12, 0.15, 0.13), 0.006),
    ("T1-11", "cgh_ratio"): ((1.61, 1.46, 1.48), 0.015),
    ("T1-12", "concentration_coefficient"): ((-0.31, -0.26, -0.28), 0.006),
    ("T1-12", "targeting_differential"): ((0.30, 0.25, 0.25), 0.006),
}


@pytest.mark.parametrize(
    ("row", "published"), PUBLISHED.items(), ids=lambda one: one[0] if one[0] in dict(PUBLISHED) else ""
)
def test_the_arms_of_the_study_lie_in_their_intervals(study, row, published):
    values, intervals = published
    for arm, value, (low, high) in zip(ARMS, values, intervals, strict=True):
        found = study[1]["arms"][arm][row[1]]
        assert low < found["value"] < high, arm
        assert found["value"] == pytest.approx(value, abs=0.001), arm
        assert found["low"] == pytest.approx(low, abs=0.012), arm
        assert found["high"] == pytest.approx(high, abs=0.012), arm


@pytest.mark.parametrize(("row", "published"), POINTS.items(), ids=["-".join(row) for row in POINTS])
def test_the_arms_of_the_study_repeat_what_was_found(study, row, published):
    values, rounding = published
    for arm, value in zip(ARMS, values, strict=True):
        assert study[1]["arms"][arm][row[1]]["value"] == pytest.approx(value, abs=rounding), arm


DECILES = {
    "pmt": (0.54, 0.45, 0.46, 0.38, 0.26, 0.19, 0.20, 0.17, 0.12, 0.07),
    "community": (0.66, 0.42, 0.36, 0.37, 0.31, 0.28, 0.25, 0.21, 0.15, 0.09),
}


@pytest.mark.parametrize("arm", DECILES)
def test_coverage_by_decile_in_the_study(study, arm):
    """Evidence T1-08 and T1-09; families at the edge of a decile fall to either side of it."""
    found = [study[1]["arms"][arm][f"coverage_by_decile_{number:02d}"]["value"] for number in range(1, 11)]
    np.testing.assert_allclose(found, DECILES[arm], atol=0.012)


def test_the_community_finds_the_poorest_and_not_more_of_the_poor(study):
    """Evidence T1-03 and T1-10, with their intervals."""
    less_score = study[1]["differences"]["community"]
    poorest, two = less_score["coverage_by_decile_01"], less_score["coverage_poorest_two_deciles"]
    assert 0.009 < poorest["value"] < 0.209
    assert poorest["low"] > 0
    assert -0.039 < two["value"] < 0.106
    assert two["low"] < 0 < two["high"]
    assert less_score["mistargeting"]["value"] == pytest.approx(0.026, abs=0.002)
    assert study[1]["differences"]["hybrid"]["mistargeting"]["value"] == pytest.approx(0.031, abs=0.002)


def test_communities_agree_with_consumption_as_far_as_was_found(study):
    """Evidence T1-13."""
    agreement = study[1]["agreement"]
    assert agreement["community_rank, consumption (community)"] == pytest.approx(0.39, abs=0.012)
    assert agreement["community_rank, consumption (hybrid)"] == pytest.approx(0.35, abs=0.012)


def test_what_the_study_sets_is_plausible(study):
    """The defaults were derived from the same study: what is estimated here has to come close to them."""
    inputs = study[1]["inputs"]
    for key, one in inputs.items():
        if not key.endswith("_target") and key != "mean_family_size":
            low, high = one["plausible"]
            assert low <= one["estimated"] <= high, key


def test_a_city_founded_from_the_study_has_its_error_curve(study):
    """Evidence P2-02: the score of the city's families misses as many of the poor as that of the households does."""
    opened, _ = study
    assumptions = load_scenario("baseline").assumptions.replace(opened.inputs)
    missed = np.zeros((3, len(QUOTAS)))
    for seed in range(3):
        city = synthesise(np.arange(40_000, dtype=np.uint32), 40_000, seed, assumptions, opened.donors)
        one = np.ones(city.rows)
        index, seen = (ranks(values, one) for values in (first_index(city, assumptions), city.seen_welfare))
        missed[seed] = [np.mean(seen[index <= quota] > quota) for quota in QUOTAS]
    np.testing.assert_allclose(missed.mean(0), [curve_at(opened.score, quota) for quota in QUOTAS], atol=0.015)
