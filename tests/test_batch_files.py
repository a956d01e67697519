"""Batch files: which runs they ask for, with which seeds, and the one sentence for everything that is wrong."""

import numpy as np
import pytest
from batching import CASELOAD, small

from simulation.batches import load_batch
from simulation.batches.batch import Run, replicate_seeds
from simulation.batches.batch_file import read_batch
from simulation.batches.ranges import read_range, unit_points
from simulation.cli import main
from simulation.errors import InputError
from simulation.measures import MEASURES
from simulation.scenario import library_folder, list_scenarios, scenario_names

GAIN = "assumptions.mpc_cash"


def points_of(sweep: dict) -> tuple:
    return load_batch(small(sweep=sweep)).design.points


# Points -------------------------------------------------------------------------------------------------------------


def test_a_grid_has_every_combination_the_last_key_fastest():
    points = points_of({CASELOAD: [150, 400], "policy.digital_reporting": [False, True]})
    assert points == ((150.0, False), (150.0, True), (400.0, False), (400.0, True))


def test_keys_may_stand_without_quotes():
    assert points_of({"policy": {"caseload_per_pendamping": [150, 400]}}) == ((150.0,), (400.0,))


def test_a_list_gives_each_point(tmp_path):
    rows = [
        {CASELOAD: 150, "policy.max_years_in_programme": "none"},
        {CASELOAD: 400, "policy.max_years_in_programme": 5},
    ]
    assert points_of({"points": rows}) == ((150.0, None), (400.0, 5))
    (tmp_path / "points.csv").write_text(f"{CASELOAD}, policy.max_years_in_programme\n150,none\n\n400, 5\n")
    (tmp_path / "mine.toml").write_text('scenarios = ["baseline"]\n[sweep]\nfile = "points.csv"\n')
    assert load_batch(tmp_path / "mine.toml").design.points == ((150.0, None), (400.0, 5))


def test_a_latin_hypercube_has_one_point_in_every_slice():
    points = np.array(points_of({"method": "latin_hypercube", "samples": 10, CASELOAD: [100, 400], GAIN: [0.5, 0.7]}))
    assert sorted(np.floor((points[:, 0] - 100) / 30)) == list(range(10))
    assert sorted(np.floor((points[:, 1] - 0.5) / 0.02 + 1e-9)) == list(range(10))


def test_sobol_points_of_a_smaller_sample_are_the_first_of_a_larger_one():
    sweep = {"method": "sobol", CASELOAD: [100, 400], GAIN: "plausible"}
    few, many = points_of(sweep | {"samples": 4}), points_of(sweep | {"samples": 8})
    assert len(few) == 4 * (2 + 2)
    assert many[: len(few)] == few
    assert len(points_of(sweep | {"samples": 4, "second_order": True})) == 4 * (2 * 2 + 2)


def test_morris_moves_one_input_at_a_time():
    points = points_of({"method": "morris", "samples": 3, CASELOAD: [100, 400], GAIN: [0.5, 0.7]})
    for start in range(0, 9, 3):
        for before, after in zip(points[start : start + 2], points[start + 1 : start + 3], strict=True):
            assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


def test_another_seed_draws_other_points_and_the_same_seed_the_same():
    sweep = {"method": "latin_hypercube", "samples": 5, CASELOAD: [100, 400]}
    assert points_of(sweep) == points_of(sweep)
    assert points_of(sweep | {"seed": 9}) != points_of(sweep)


def test_a_sample_can_be_drawn_again_on_the_unit_cube():
    design = load_batch(small(sweep={"method": "morris", "samples": 3, CASELOAD: [100, 400]})).design
    units = unit_points(design.method, 1, dict(design.options))
    assert [100 + 300 * share for share in units[:, 0]] == [value for (value,) in design.points]


def test_whole_numbers_and_choices_are_equally_likely():
    shares = (np.arange(1000) + 0.5) / 1000
    span = read_range("policy.registry_update_interval_months", [1, 4], "")
    assert np.unique([span.at(one) for one in shares], return_counts=True)[1].tolist() == [250] * 4
    assert (span.at(0.0), span.at(1.0)) == (1, 4)
    choice = read_range("policy.digital_reporting", "plausible", "")
    assert [choice.at(one) for one in (0.0, 0.49, 0.51, 1.0)] == [False, False, True, True]


# Runs ---------------------------------------------------------------------------------------------------------------


def test_a_run_has_its_scenario_its_point_and_its_seed():
    batch = load_batch(small(sweep={CASELOAD: [150, 400]}, seed=5))
    plan = batch.plan_of(Run(1, 1, 2))
    assert (plan.name, plan.months, plan.scale, plan.population_seed) == ("baseline-tunai", 2, 0.005, 1)
    assert (plan.opening.caseload_per_pendamping, plan.opening.delivery_channel) == (400.0, "cash_bank")
    assert plan.seed == replicate_seeds(5, 3)[2]
    assert batch.size == 2 * 2 * 3


def test_scenarios_and_points_share_the_seeds_of_replicates():
    batch = load_batch(small(sweep={CASELOAD: [150, 400]}))
    for replicate in range(3):
        assert len({batch.plan_of(Run(*cell, replicate)).seed for cell in batch.cells()}) == 1


def test_seeds_are_all_different_and_more_replicates_keep_the_first():
    many = replicate_seeds(1, 20_000)
    assert len(set(many)) == 20_000
    assert replicate_seeds(1, 10) == many[:10]
    assert not set(replicate_seeds(2, 1000)) & set(many[:1000])


@pytest.mark.parametrize(
    ("given", "months"),
    [("all", range(26)), ("last", [25]), ("yearly", [11, 23]), ([0, 12, 3], [0, 3, 12])],
)
def test_months_to_keep(given, months):
    assert load_batch(small(months=26, keep_months=given)).kept.months == tuple(months)


def test_all_measures_are_kept_unless_some_are_named():
    assert load_batch(small()).kept.measures == tuple(MEASURES)
    assert load_batch(small(measures=["leakage", "gini"])).kept.measures == ("gini", "leakage")


def test_a_scenario_may_lie_beside_the_batch(tmp_path):
    (tmp_path / "lighter.toml").write_text('extends = "baseline"\n[policy]\ncaseload_per_pendamping = 100\n')
    (tmp_path / "b.toml").write_text('scenarios = ["baseline", "lighter"]\nmonths = 2\n')
    batch = load_batch(tmp_path / "b.toml")
    assert (batch.name, batch.scenarios, batch.baseline) == ("b", ("baseline", "lighter"), "baseline")
    assert batch.plans[1].opening.caseload_per_pendamping == 100


@pytest.mark.parametrize("path", sorted((library_folder() / "batches").glob("*.toml")), ids=lambda one: one.stem)
def test_the_batches_of_the_library_are_sound(path):
    batch = load_batch(path.stem)
    assert batch.title.id != batch.title.en
    assert batch.question.id
    assert batch.size > 1


def test_batches_are_no_scenarios(capsys):
    assert not any(name.startswith("batches") for name in scenario_names())
    assert len(list_scenarios()) == len(scenario_names())
    assert main(["scenarios", "--check"]) == 0


# Faults -------------------------------------------------------------------------------------------------------------

FAULTS = [
    ({"scenarios": None}, "scenarios is missing; write for example scenarios = ['baseline']"),
    ({"scenarios": "baseline"}, "scenarios is 'baseline', but it must be a list"),
    ({"scenarios": ["baselin"]}, "did you mean 'baseline'?"),
    ({"scenarios": ["baseline", "baseline"]}, "scenarios has 'baseline' twice"),
    ({"baseline": "limits"}, "baseline is 'limits', which is not among the scenarios"),
    ({"replicates": 0}, "replicates is 0, but it must be a whole number from 1 to 100,000"),
    ({"replicates": 2.5}, "replicates is 2.5"),
    ({"replicates": {"max": 20}}, "{until_half_width = 0.002, measure = 'exclusion_error', max = 200}"),
    ({"replicates": {"until_half_width": 0, "measure": "gini", "max": 20}}, "until_half_width is 0"),
    ({"replicates": {"until_half_width": 1, "measure": "ginny", "max": 20}}, "did you mean 'gini'?"),
    ({"replicates": {"until_half_width": 1, "measure": "gini", "max": 9}}, "max is 9"),
    ({"scenarios": ["baseline"], "replicates": {"until_half_width": 1, "measure": "gini", "max": 20}}, "differences"),
    ({"measures": ["leakage"], "replicates": {"until_half_width": 1, "measure": "gini", "max": 20}}, "leaves out"),
    ({"months": 0}, "months is 0"),
    ({"scale": 99}, "scale is 99"),
    ({"seed": -1}, "seed is -1"),
    ({"measures": ["exclusion"]}, "measures names 'exclusion', which is no measure; did you mean"),
    ({"measures": []}, "measures is []"),
    ({"keep_months": [2]}, "a list of months from 0 to 1"),
    ({"keep_families": "no"}, "keep_families is 'no', but it must be true or false"),
    ({"replicas": 3}, "there is no key 'replicas' in a batch; did you mean 'replicates'?"),
    ({"set": {"run.seed": 3}}, "every replicate has a seed of its own"),
    ({"set": {CASELOAD: "many"}}, "caseload_per_pendamping is 'many'"),
    ({"set": {CASELOAD: 100}, "sweep": {CASELOAD: [150]}}, "stands in [set] and in [sweep]"),
    ({"sweep": {}}, "there is nothing to sweep"),
    ({"sweep": {CASELOAD: 150}}, "a grid needs a list of values"),
    ({"sweep": {CASELOAD: [150, 150]}}, "has 150 twice"),
    ({"sweep": {CASELOAD: [1]}}, "the nearest allowed is 25"),
    ({"sweep": {CASELOAD + "s": [150]}}, "did you mean 'caseload_per_pendamping'?"),
    ({"sweep": {"caseload_per_pendamping": [150]}}, "write policy.caseload_per_pendamping"),
    ({"sweep": {"run.seed": [1]}}, "a sweep is over [policy] and [assumptions]"),
    ({"sweep": {"method": "lhs", CASELOAD: [1, 2]}}, "must be one of grid, list, latin_hypercube, sobol, morris"),
    ({"sweep": {"method": "sobol", CASELOAD: [100, 200]}}, "samples is missing"),
    ({"sweep": {"method": "sobol", "samples": 10, CASELOAD: [100, 200]}}, "power of two such as 8"),
    ({"sweep": {"method": "sobol", "samples": 8, CASELOAD: [200, 100]}}, "the lower number first"),
    ({"sweep": {"method": "morris", "samples": 8, "levels": 3, CASELOAD: [100, 200]}}, "an even number"),
    ({"sweep": {"samples": 8, CASELOAD: [100, 200]}}, "samples does not belong to method 'grid'"),
    ({"sweep": {"points": []}}, "the list has no point"),
    ({"sweep": {"points": [{CASELOAD: 150}, {GAIN: 0.5}]}}, "every point must set the same keys"),
    ({"sweep": {"points": [{CASELOAD: 150}], "file": "x.csv"}}, "by points = [...] or by file"),
    ({"sweep": {"file": "missing.csv"}}, "missing.csv', which cannot be read"),
    ({"sweep": {CASELOAD: list(range(25, 1000)), GAIN: [n / 1000 for n in range(500, 700)]}}, "more than 100,000"),
    (
        {"sweep": {"policy.targeting_method": ["universal"], "policy.max_years_in_programme": ["none", 5]}},
        "baseline, point 1: max_years_in_programme is 5",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "sentence"), FAULTS, ids=[sentence[:40] for _, sentence in FAULTS])
def test_what_is_wrong_is_said_before_the_first_run(changes, sentence):
    content = {key: value for key, value in small(**changes).items() if value is not None}
    with pytest.raises(InputError) as caught:
        load_batch(content)
    assert sentence in str(caught.value)
    assert str(caught.value).startswith("batch")
    assert "\n" not in str(caught.value)


def test_scenarios_of_different_length_cannot_be_compared(tmp_path):
    (tmp_path / "short.toml").write_text('extends = "baseline"\n[run]\nmonths = 5\n')
    (tmp_path / "b.toml").write_text('scenarios = ["baseline", "short"]\n')
    with pytest.raises(InputError, match="months is 60 in 'baseline' and 5 in 'short'.*give months in the batch"):
        load_batch(tmp_path / "b.toml")


def test_a_line_of_a_csv_file_is_named(tmp_path):
    (tmp_path / "p.csv").write_text(f"{CASELOAD},{GAIN}\n150,0.5\n150\n")
    with pytest.raises(InputError, match=r"p.csv, line 3: there must be one value for each"):
        read_batch(small(sweep={"file": "p.csv"}), "batch", tmp_path, "batch", "")


def test_an_unknown_batch_has_a_nearest_one():
    with pytest.raises(InputError, match="did you mean 'caseload'"):
        load_batch("caselod")
