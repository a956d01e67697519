"""What a comparison shows: figures with their numbers and origin, the folder, the command."""

import json
import re

import numpy as np
import pandas as pd
import pytest
from matplotlib.image import imread
from PIL import Image

from simulation import compare, draw_costs, draw_course, draw_differences
from simulation.cli import main
from simulation.comparison.figures import MOST_LINES, draw_comparison
from simulation.comparison.words import ComparisonWords, look_of
from simulation.comparison.writing import write_comparison
from simulation.errors import InputError, RunError
from simulation.measures import MEASURES

SHOWN = ["exclusion_error", "record_age_months", "poverty_gap"]


@pytest.fixture(scope="module")
def result():
    return compare(["baseline", "cash-post", "more-ewarong"], measures=SHOWN, replicates=2, months=6, scale=0.02)


@pytest.fixture(scope="module")
def drawn(result, tmp_path_factory):
    """Return the folder of the figures in each language."""
    folders = {}
    for language in ("id", "en"):
        folders[language] = tmp_path_factory.mktemp(language)
        draw_comparison(result, folders[language], language)
    return folders


def text_of(path) -> str:
    return " ".join(re.findall(r"<(?:text|tspan)[^>]*>([^<]+)</", path.read_text("utf-8")))


NAMES = ("differences", "costs", *(f"course-{name}" for name in SHOWN))


def test_every_figure_comes_as_png_svg_and_csv(drawn):
    for folder in drawn.values():
        assert {path.name for path in folder.iterdir()} == {
            f"{name}.{kind}" for name in NAMES for kind in ("png", "svg", "csv")
        } | {"costs_effects.csv"}
        for name in NAMES:
            picture = imread(folder / f"{name}.png")
            assert picture.shape[1] == 1200
            assert picture.std() > 0.02


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_says_when_how_many_replicates_and_from_what(drawn, name):
    indonesian, english = (text_of(drawn[language] / f"{name}.svg") for language in ("id", "en"))
    assert "March 2023 - August 2023 · 2 replicates on the same luck" in english
    assert "Maret 2023 - Agustus 2023 · 2 ulangan dengan undian yang sama" in indonesian
    assert "3 scenarios, root seed 1, scale 0.02" in english
    assert "3 skenario, benih induk 1, skala 0,02" in indonesian
    for title in ("Cash through the post office", "Kota Bengkulu as the study describes it"):
        assert title in english.replace("  ", " ") or name == "costs", title
    assert "Tunai lewat PT Pos" in indonesian


@pytest.mark.parametrize("name", NAMES)
def test_the_origin_stands_in_the_metadata(drawn, name, result):
    svg = (drawn["en"] / f"{name}.svg").read_text("utf-8")
    about = Image.open(drawn["en"] / f"{name}.png").text
    for words in ("scenarios: baseline, cash-post, more-ewarong", "baseline: baseline", "replicates: 2", "code: "):
        assert words in about["Description"]
        assert words in svg
    assert about["Software"].startswith("Salur ")


def test_the_numbers_beside_a_figure_are_those_of_the_comparison(drawn, result):
    course = pd.read_csv(drawn["en"] / "course-poverty_gap.csv")
    frame = result.study.frame
    means = frame.groupby(["scenario", "month"], observed=True)["poverty_gap"].mean()
    assert course["mean"].to_numpy() == pytest.approx(means.to_numpy())
    assert course["month"].iloc[0] == "2023-03-01"
    apart = course.pivot(index="month", columns="scenario", values="difference")
    assert (apart["baseline"] == 0).all()
    assert apart["cash-post"].to_numpy() == pytest.approx((means["cash-post"] - means["baseline"]).to_numpy())
    costs = pd.read_csv(drawn["en"] / "costs.csv").fillna({"costs": ""})
    pd.testing.assert_frame_equal(costs, result.costs, check_dtype=False)
    differences = pd.read_csv(drawn["en"] / "differences.csv")
    assert differences["difference"].to_numpy() == pytest.approx(result.table["difference"].to_numpy(), nan_ok=True)


def test_one_figure_holds_all_scenarios(result):
    sheet = draw_course(result, "exclusion_error", "en")
    levels, apart, _ = sheet.axes
    assert len(levels.lines) == len(apart.lines) == 3
    assert len(levels.collections) >= 3  # bands
    assert len({line.get_color() for line in levels.lines}) == 3
    assert sheet._repr_png_()[:4] == b"\x89PNG"
    assert sheet.title in repr(sheet)
    assert len(repr(sheet)) < 300


def test_too_many_scenarios_for_one_figure_are_refused(result):
    frame = result.study.frame
    baseline = frame[frame["scenario"] == "baseline"].assign(scenario="baseline")
    many = pd.concat([baseline.assign(scenario=f"s{number}") for number in range(MOST_LINES + 1)])
    comparison = compare(many.reset_index(drop=True), measures=["exclusion_error"])
    with pytest.raises(InputError, match="too many lines for one figure"):
        draw_course(comparison, "exclusion_error")
    draw_differences(comparison, "en")


def test_costs_that_are_not_known_are_not_drawn(result):
    fewer = compare(result.study.frame.drop(columns="cost_idr"), measures=SHOWN)
    with pytest.raises(InputError, match="cannot tell what scenarios cost"):
        draw_costs(fewer)


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_has_units_in_both_languages(name):
    look = look_of(MEASURES[name])
    assert np.isfinite(look.factor)
    assert look.unit.id
    assert look.unit.en


def test_a_sweep_of_one_scenario_is_named_by_what_it_sets(result):
    frame = result.study.frame[result.study.frame["scenario"] == "baseline"]
    frame = frame.assign(scenario="baseline")
    frame.insert(2, "policy.caseload_per_pendamping", 150)
    words = ComparisonWords(compare(frame, measures=["exclusion_error"]), "en")
    assert words.title_of(("baseline", 0)) == "Families per PKH facilitator 150"


# The folder and the command -----------------------------------------------------------------------------------------


def test_the_folder_holds_tables_record_and_figures(result, tmp_path):
    folder = write_comparison(tmp_path / "new" / "comparison", result, figures=False)
    assert {path.name for path in folder.iterdir()} == {
        "differences.csv", "costs.csv", "effects.csv", "flips.csv", "flips_by_group.csv", "flips_by_kelurahan.csv",
        "expectations.csv", "record.json",
    }  # fmt: skip
    record = json.loads((folder / "record.json").read_text("utf-8"))
    assert record["kind"] == "comparison"
    assert record["scenarios"] == ["baseline", "cash-post", "more-ewarong"]
    assert record["plans"]["cash-post"]["policy"]["delivery_channel"] == "cash_post"
    assert "differences" not in record
    with pytest.raises(InputError, match="the folder exists"):
        write_comparison(folder, result)


def test_nothing_is_left_behind_when_writing_fails(result, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("simulation.comparison.writing.draw_comparison", full)
    with pytest.raises(RunError, match="No space left"):
        write_comparison(tmp_path / "comparison", result)
    assert not list(tmp_path.iterdir())


def test_the_command_compares_scenarios_for_the_moment(capsys, tmp_path):
    out = tmp_path / "comparison"
    quick = ["--replicates", "2", "--months", "6", "--scale", "0.02"]
    wanted = ["--measure", "effective_exclusion_error", "--measure", "cost_idr"]
    assert main(["compare", "baseline", "cash-post", *quick, *wanted, "--out", str(out), "--lang", "en"]) == 0
    shown = capsys.readouterr()
    for words in (
        "Baseline: baseline. March 2023 - August 2023 (6 months), 2 replicates on the same luck, scale 0.02.",
        "Effective exclusion (percent)", "runs saved", "Cost of a year (Rp bn)", "What it buys", "newly reached",
        "What the authors expected", "stocks those of the last month", "Student's t", f"Results: {out}",
    ):  # fmt: skip
        assert words in shown.out
    assert "run 4 of 4" in shown.err
    assert (out / "figures" / "course-effective_exclusion_error.svg").is_file()


def test_the_command_reads_the_folder_of_a_batch(capsys, tmp_path):
    from simulation import run_batch

    batch = {
        "scenarios": ["baseline", "cash-post"], "replicates": 2, "months": 4, "scale": 0.02, "baseline": "cash-post",
        "sweep": {"policy.caseload_per_pendamping": [150, 194]},
    }  # fmt: skip
    folder = run_batch(batch, out=tmp_path / "batch", workers=0).folder
    assert main(["compare", str(folder), "--json", "--measure", "exclusion_error"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["baseline"] == "cash-post (caseload_per_pendamping 194)"
    assert len(data["differences"]) == 4
    assert {row["scenario"] for row in data["flips"]} == {"baseline", "cash-post"}
    assert data["origin"]["batch"] == "batch"
    assert main(["compare", str(folder), "--baseline", "baseline:0"]) == 0
    assert "Baseline: baseline (caseload_per_pendamping 150)." in capsys.readouterr().out
    wrong = {
        ("--baseline", "baselin"): "did you mean 'baseline'",
        ("--seed", "3"): "--seed is for scenarios that are run now",
    }
    for options, words in wrong.items():
        assert main(["compare", str(folder), *options]) == 2
        assert words in capsys.readouterr().err


WRONG = {
    "one scenario": (["baseline"], "'baseline' is a scenario; name another beside it"),
    "misspelt": (["baselin"], "neither a folder of results nor a scenario to compare with another; did you mean"),
    "no measure": (["baseline", "cash-post", "--measure", "gin"], "no measure 'gin'; did you mean 'gini'"),
    "no number": (["baseline", "cash-post", "--months", "x"], "'x' is not a whole number"),
    "no language": (["baseline", "cash-post", "--lang", "fr"], "'fr' is no language"),
    "no window": (["baseline", "cash-post", "--last", "0"], "--last is 0"),
    "nothing": ([], "Missing argument"),
}


@pytest.mark.parametrize(("arguments", "words"), WRONG.values(), ids=WRONG)
def test_wrong_input_is_one_sentence_and_exit_code_two(arguments, words, capsys):
    assert main(["compare", *arguments]) == 2
    shown = capsys.readouterr()
    assert words in shown.err
    assert shown.err.startswith("Error: ")
    assert shown.err.count("\n") == 1
    assert not shown.out


def test_a_folder_that_is_taken_or_of_something_else_is_refused_before_anything_is_run(capsys, tmp_path):
    taken = tmp_path / "taken"
    taken.mkdir()
    assert main(["compare", "baseline", "cash-post", "--out", str(taken)]) == 2
    assert "the folder exists; choose another" in capsys.readouterr().err
    assert main(["compare", str(taken)]) == 2
    assert "no folder of a batch" in capsys.readouterr().err
    assert main(["compare", str(taken), "baseline"]) == 2
    assert "give one folder alone" in capsys.readouterr().err
