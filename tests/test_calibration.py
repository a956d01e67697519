"""An ensemble comes from fitted figures only, is kept as a file, and finds again what is known."""

import dataclasses
import json

import numpy as np
import pytest
from conftest import make_plan

from simulation.ensembles import ENOUGH, Ensemble, ensemble_of, read_ensemble
from simulation.errors import InputError
from simulation.evidence.targets import all_statements
from simulation.parameters import PARAMETERS
from simulation.uncertainty import calibrating, fitting, recovery
from simulation.uncertainty.calibrating import Wishes, calibrate
from simulation.uncertainty.marginals import quantiles, weighted_quantile

KEYS = ("assumptions.proposals_per_year", "assumptions.gini_target")
SOME = Ensemble(KEYS, ((0.1, 0.40), (0.12, 0.41), (0.14, 0.42)), (1.0, 2.0, 1.0), {"scenario": "baseline"})


def test_what_is_predicted_is_never_fitted():
    kinds = {one.name: one.kind for one in all_statements()}
    names = {one.name for one in fitting.fitted()}
    assert names
    assert {kinds[name] for name in names} == {"fitted"}
    assert "predicted" in kinds.values()


def test_each_free_assumption_moves_a_figure_that_is_fitted():
    names = {one.name for one in fitting.fitted()}
    assert len(fitting.FREE) >= 6
    for key, moved in fitting.FREE.items():
        assert PARAMETERS[key].role == "assumption"
        assert PARAMETERS[key].grade != "found"
        assert moved
        assert set(moved) <= names


def test_seeds_follow_from_the_settings_and_differ_between_them():
    trial = fitting.Trial(make_plan(), (), 3, 1)
    assert trial._seeds([0.1, 0.2]) == trial._seeds([0.1, 0.2])
    assert not set(trial._seeds([0.1, 0.2])) & set(trial._seeds([0.1, 0.2000001]))


def test_a_trial_lives_through_the_city_and_answers_every_figure():
    plan = make_plan(scale=0.005, history_months=12)
    statements = tuple(one for one in fitting.fitted() if one.name in ("poverty_2023", "listed"))
    found = fitting.Trial(plan, statements, 2, 1).values({"sweep_listed_share_of_persons": 0.34})
    assert set(found) == {"poverty_2023", "listed"}
    assert all(0 < value < 1 for value in found.values())


def test_distance_is_the_root_mean_square_in_widths():
    figures, width = {"a": 1.0, "b": 2.0}, {"a": 0.5, "b": 1.0}
    assert fitting.distance({"a": 1.5, "b": 2.0}, ["a", "b"], figures, width) == pytest.approx(np.sqrt(0.5))
    assert fitting.distance({"a": np.nan, "b": 2.0}, ["a", "b"], figures, width) == fitting.FAR


def test_an_ensemble_is_written_and_read_as_it_was(tmp_path):
    path = tmp_path / "e.json"
    path.write_text(json.dumps(SOME.to_dict()))
    read = read_ensemble(path)
    assert read == SOME
    assert read.effective_size == pytest.approx(16 / 6)
    assert read.fingerprint == SOME.fingerprint


def test_draws_are_chosen_by_weight_and_more_leave_the_first_as_they_are():
    chosen = SOME.chosen(4000, 7)
    assert (chosen[:10] == SOME.chosen(10, 7)).all()
    assert np.bincount(chosen) / 4000 == pytest.approx([0.25, 0.5, 0.25], abs=0.03)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "batch"}, "no ensemble"),
        ({"weights": [1, 2]}, "3 draws and 2 weights"),
        ({"weights": [0, 0, 0]}, "all weights are 0"),
        ({"weights": [1, -1, 1]}, "0 or more"),
        ({"keys": ["assumptions.gini_targt", KEYS[0]]}, "did you mean"),
        ({"draws": [[0.1], [0.1], [0.1]]}, "one value for each"),
        ({"draws": [[0.1, 9.0], [0.1, 0.4], [0.1, 0.4]]}, "draw 0"),
    ],
)
def test_a_file_that_is_no_ensemble_is_refused(tmp_path, change, words):
    path = tmp_path / "e.json"
    path.write_text(json.dumps({**SOME.to_dict(), **change}))
    with pytest.raises(InputError, match=words):
        read_ensemble(path)


def test_weighted_quantiles():
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([1.0, 1.0, 2.0])
    assert weighted_quantile(values, weights, [0.5]) == pytest.approx([2.0])


def straight(trial: fitting.Trial, settings: dict) -> dict[str, float]:
    """Answer without a city: each figure grows with the assumption that moves it, and there is a little luck."""
    rng = np.random.default_rng(trial._seeds(settings.values()))
    moved = {name: key for key, names in fitting.FREE.items() for name in names}
    place = {key: (settings[key] - low) / (high - low) for key, (low, high) in fitting.prior().items()}
    return {
        one.name: one.found + (place[moved[one.name]] - 0.3 if one.name in moved else 0) + rng.normal(0, 0.01)
        for one in trial.statements
    }


@pytest.fixture
def no_city(monkeypatch):
    pytest.importorskip("pyabc")
    monkeypatch.setattr(fitting.Trial, "values", straight)
    monkeypatch.setattr(calibrating, "widths", lambda statements, noise: dict.fromkeys(noise, 0.1))
    np.random.seed(1)  # noqa: NPY002  pyABC draws from it


def places(table) -> np.ndarray:
    return ((table["q50"] - table["prior_low"]) / (table["prior_high"] - table["prior_low"])).to_numpy()


def test_the_figures_lead_to_the_assumptions_and_a_calibration_goes_on(tmp_path, no_city):
    plan, wishes = make_plan(scale=0.005), Wishes(particles=50, generations=2)
    calibrate(plan, tmp_path, wishes, 0)
    ensemble = calibrate(plan, tmp_path, dataclasses.replace(wishes, generations=4), 0)
    assert ensemble.about["generations"] == 4
    assert places(quantiles(ensemble)) == pytest.approx(np.full(len(fitting.FREE), 0.3), abs=0.25)
    assert 25 < ensemble.effective_size <= 50
    assert calibrate(plan, tmp_path, dataclasses.replace(wishes, generations=4), 0) == ensemble
    with pytest.raises(InputError, match="another seeds"):
        calibrate(plan, tmp_path, dataclasses.replace(wishes, seeds=3), 0)


def test_known_truths_are_found_again(tmp_path, no_city):
    wishes = Wishes(particles=40, generations=3)
    table = recovery.recover(make_plan(scale=0.005), tmp_path, wishes, 0, 1, "en", lambda words: None)
    assert table["inside"].mean() >= 0.75
    assert (tmp_path / "truth-1.png").exists()


def test_without_pyabc_one_sentence_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyabc", None)
    with pytest.raises(InputError, match="extra 'calibration'"):
        calibrate(make_plan(scale=0.005), tmp_path, Wishes(), 0)


def test_the_library_has_an_ensemble_of_the_city():
    own = ensemble_of("ensemble", None)
    assert own.effective_size > ENOUGH
    assert {key.partition(".")[2] for key in own.keys} == set(fitting.FREE)
    assert set(own.about["fitted_to"]) == {one.name for one in fitting.fitted()}
