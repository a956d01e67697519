"""What matters is found, luck is told apart from it, and what is only assumed is counted."""

import numpy as np
import pandas as pd
import pytest

from simulation.batches.batch import Batch
from simulation.batches.ranges import unit_points
from simulation.cli import main
from simulation.parameters import PARAMETERS
from simulation.uncertainty import designs, sheets
from simulation.uncertainty.designs import HEADLINES, Shaking
from simulation.uncertainty.indices import across, screen, variance_shares
from simulation.uncertainty.sensitivity import Effort, Sensitivity, assumed_table, screening_table, those_that_matter

MORRIS = {"samples": 40, "levels": 4, "seed": 3}
SOBOL = {"samples": 1024, "seed": 3}
PROBLEM = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0, 1]] * 3}


def noisy(units: np.ndarray, sd: float, seeds: int = 4) -> np.ndarray:
    """The Ishigami function on the unit cube, with luck on top."""
    a, b, c = (2 * np.pi * units - np.pi).T
    exact = np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a)
    return exact[:, None] + np.random.default_rng(5).normal(0, sd, (len(units), seeds))


def test_products_of_different_seeds_have_no_noise_in_them():
    luck = np.random.default_rng(1).normal(2.0, 1.0, (20_000, 2))
    assert across(luck, luck).mean() == pytest.approx(4.0, abs=0.05)
    assert (luck.mean(1) ** 2).mean() > 4.4


def test_without_luck_the_indices_are_those_of_salib():
    from SALib.analyze import morris, sobol

    units = unit_points("sobol", 3, SOBOL)
    values = noisy(units, 0.0)
    ours, theirs = variance_shares(values, 3), sobol.analyze(PROBLEM, values[:, 0], calc_second_order=False, seed=1)
    assert ours.first == pytest.approx(theirs["S1"], abs=0.02)
    assert ours.total == pytest.approx(theirs["ST"], abs=0.02)
    units = unit_points("morris", 3, MORRIS)
    values = noisy(units, 0.0)
    effects, known = screen(units, values), morris.analyze(PROBLEM, units, values[:, 0], num_levels=4)
    assert effects.mean == pytest.approx(known["mu"])
    assert effects.mu_star == pytest.approx(known["mu_star"])


@pytest.mark.parametrize("sd", [0.0, 4.0])
def test_luck_does_not_move_the_indices_of_ishigami(sd):
    found = variance_shares(noisy(unit_points("sobol", 3, SOBOL), sd), 3)
    assert found.first == pytest.approx([0.314, 0.442, 0.0], abs=0.08)
    assert found.total == pytest.approx([0.558, 0.442, 0.244], abs=0.08)
    assert found.luck == pytest.approx(sd**2, rel=0.05, abs=1e-9)
    assert (found.total_low < found.total).all()
    assert (found.total < found.total_high).all()


def test_luck_alone_is_no_effect():
    units = unit_points("morris", 6, {**MORRIS, "samples": 1000})
    found = screen(units, np.random.default_rng(2).normal(0, 1, (len(units), 2)))
    assert (found.size**2).mean() < 0.15  # the square of the mean effect of luck is 2.25
    assert found.noise == pytest.approx(np.full(6, 1.5), rel=0.1)


def test_a_failed_run_costs_its_trajectory_only():
    units = unit_points("morris", 3, MORRIS)
    values = noisy(units, 0.0)
    values[5, 1] = np.nan
    assert np.isfinite(screen(units, values).mean).all()


def test_all_inputs_that_can_move_are_shaken_within_their_plausible_range():
    keys = [*designs.shaken("assumption"), *designs.shaken("lever")]
    fixed = {one.key for one in PARAMETERS.values() if one.role == "constant"} | {"disaster"}
    assert {key.partition(".")[2] for key in keys} == set(PARAMETERS) - fixed
    batch = designs.screening(Shaking(months=2, scale=0.005), "assumption", 2)
    place = batch.design.keys.index("assumptions.turnover_per_year")
    values = [point[place] for point in batch.design.points]
    assert min(values) >= 0.015
    assert max(values) <= 0.04
    assert len(set(values)) > 1


def test_the_groups_are_moved_in_the_order_that_is_said():
    batch = designs.by_grade(Shaking(months=2, scale=0.005), 2)
    first, *mixed = batch.design.points[: len(designs.GROUPS) + 1]
    for group, point in zip(designs.group_order(), mixed, strict=True):
        moved = [key for key, one, other in zip(batch.design.keys, first, point, strict=True) if one != other]
        grades = {designs.input_of(key).grade == "assumed" for key in moved}
        assert grades == {group == "assumed"}


def answers(batch: Batch, of) -> pd.DataFrame:
    """Stand in for the results of a batch: each headline is a function of the point and of luck."""
    rng = np.random.default_rng(8)
    rows = [
        {"point": point, "replicate": replicate, **dict.fromkeys(HEADLINES, of(batch, point) + rng.normal(0, 0.1))}
        for point in range(len(batch.design.points))
        for replicate in range(batch.replicates)
    ]
    return pd.DataFrame(rows)


def test_an_input_that_decides_everything_leads_and_its_grade_takes_the_variance(monkeypatch):
    key = "assumptions.turnover_per_year"  # only assumed

    def turnover(batch: Batch, point: int) -> float:
        return 100 * batch.design.points[point][batch.design.keys.index(key)]

    shaking = Shaking(months=2, scale=0.005)
    batch = designs.screening(shaking, "assumption", 3)
    monkeypatch.setattr("simulation.batches.reading.read_results", lambda folder: answers(batch, turnover))
    table = screening_table(batch, None)
    assert those_that_matter(table)[0] == key
    leading = table[(table["input"] == key) & (table["measure"] == HEADLINES[0])].iloc[0]
    assert leading["mean"] == pytest.approx(2.5, abs=0.3)
    assert leading["share"] > 0.9
    grades = designs.by_grade(shaking, 64)
    monkeypatch.setattr("simulation.batches.reading.read_results", lambda folder: answers(grades, turnover))
    shares = assumed_table(grades, None)
    assert shares["total"].iloc[0] == pytest.approx(1.0, abs=0.25)
    assert shares["luck_share"].between(0.005, 0.1).all()


def test_few_runs_go_through_the_whole_analysis(tmp_path, monkeypatch):
    monkeypatch.setattr(designs, "shaken", lambda role: SHORT[role])
    out, young = tmp_path / "found", tmp_path / "young.toml"
    young.write_text('extends = "baseline"\n[assumptions]\nhistory_months = 12\n')
    command = f"sensitivity {young} --months 2 --scale 0.005 --index-scale 0.005 --trajectories 2 --samples 2".split()
    command += ["--workers", "0", "--out", str(out), "--no-figures", "--quiet"]
    assert main(command) == 0
    for name in ("screening.csv", "sobol.csv", "assumed.csv", "record.json"):
        assert (out / name).stat().st_size > 100
    before = (out / "screening.csv").read_bytes()
    assert main(command) == 0
    assert (out / "screening.csv").read_bytes() == before


def test_planners_see_a_tornado_and_a_heat_map(tmp_path):
    batch = designs.screening(Shaking(months=2, scale=0.005), "assumption", 2)
    rng = np.random.default_rng(4)
    rows = [{"measure": name, "input": key, "share": 1 / 255} for name in HEADLINES for key in batch.design.keys]
    table = pd.DataFrame(rows)
    about = [designs.input_of(key) for key in table["input"]]
    table["role"], table["grade"] = "assumption", [one.grade for one in about]
    table["label_id"], table["label_en"] = [one.label.id for one in about], [one.label.en for one in about]
    table["mean"] = table["size"] = rng.normal(0, 0.01, len(table))
    table["low"], table["high"] = table["mean"] - 0.01, table["mean"] + 0.01
    words = sheets.StudyWords(batch.plans[0], "id", 128)
    sheets.tornado(table, "exclusion_error", words).write(tmp_path, "tornado")
    sheets.heat_map(table, words).write(tmp_path, "heat-map")
    assert len(pd.read_csv(tmp_path / "tornado.csv")) == 10
    assert pd.read_csv(tmp_path / "heat-map.csv").shape == (sheets.ROWS, len(HEADLINES) + 1)


SHORT = {
    "assumption": ("assumptions.turnover_per_year", "assumptions.gini_target"),
    "lever": ("policy.caseload_per_pendamping",),
}


@pytest.mark.parametrize(
    ("option", "words"),
    [("--replicates=1", "2 or more"), ("--samples=12", "power of two"), ("--trajectories=1", "2 or")],
)
def test_numbers_that_cannot_answer_are_refused(option, words, capsys):
    assert main(["sensitivity", option]) == 2
    assert words in capsys.readouterr().err


def test_the_default_effort_is_that_of_the_command():
    assert Effort() == Effort(6, 64, 64, 0.1)
    assert Sensitivity.__dataclass_fields__.keys() == {"screening", "sobol", "assumed"}
