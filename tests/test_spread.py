"""Draws of an ensemble are the same in all scenarios, and what they do is told apart from luck."""

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest
from batching import run_here, small

from simulation.batches import load_batch, run_batch
from simulation.batches.batch import Run
from simulation.cli import main
from simulation.comparison.spread import split
from simulation.ensembles import Ensemble
from simulation.errors import InputError

KEY = "assumptions.poverty_headcount_target"
ENSEMBLE = Ensemble((KEY,), ((0.14,), (0.15,), (0.16,)), (1.0, 1.0, 1.0), {"scenario": "baseline"})
YOUNG = {"assumptions.history_months": 12}


def drawing(**changes: object):
    return dataclasses.replace(load_batch(small(**changes)), ensemble=ENSEMBLE)


def test_every_scenario_has_the_same_draw_and_the_same_luck_in_a_replicate():
    batch = drawing(replicates=8)
    for replicate in range(8):
        plans = [batch.plan_of(Run(scenario, 0, replicate)) for scenario in (0, 1)]
        assert len({(plan.seed, plan.assumptions.poverty_headcount_target) for plan in plans}) == 1
    drawn = {batch.plan_of(Run(0, 0, replicate)).assumptions.poverty_headcount_target for replicate in range(8)}
    assert len(drawn) > 1
    assert drawing(replicates=20).draws[:8] == batch.draws


def test_a_sweep_sets_what_it_sets_whatever_was_drawn():
    batch = drawing(sweep={KEY: [0.13]})
    assert batch.plan_of(Run(0, 0, 1)).assumptions.poverty_headcount_target == 0.13


def test_a_folder_keeps_to_its_ensemble(tmp_path):
    batch = drawing(replicates=1, months=1, scenarios=["baseline"], set=YOUNG)
    run_batch(batch, out=tmp_path / "b", workers=0)
    with pytest.raises(InputError, match="the ensemble is another one"):
        run_here(small(replicates=1, months=1, scenarios=["baseline"], set=YOUNG), tmp_path / "b")


def test_variances_add_up():
    rng = np.random.default_rng(1)
    luck = rng.normal(0, 1.0, 20_000)
    found = split(luck + rng.normal(0, 2.0, luck.size), luck)
    assert found["luck_sd"] == pytest.approx(1.0, abs=0.03)
    assert found["inputs_sd"] == pytest.approx(2.0, abs=0.05)
    assert found["high"] == pytest.approx(1.645 * np.sqrt(5), abs=0.1)
    assert found["luck_high"] == pytest.approx(1.645, abs=0.05)


def test_compare_shows_luck_and_assumptions_apart(tmp_path, capsys):
    file, young = tmp_path / "e.json", tmp_path / "young.toml"
    file.write_text(json.dumps(ENSEMBLE.to_dict()))
    young.write_text('extends = "baseline"\n[assumptions]\nhistory_months = 12\n')
    tunai = tmp_path / "tunai.toml"
    tunai.write_text('extends = "baseline-tunai"\n[assumptions]\nhistory_months = 12\n')
    command = f"compare {young} {tunai} --replicates 3 --months 2 --scale 0.005 --measure poverty_headcount".split()
    command += ["--uncertainty", "ensemble", "--ensemble", str(file), "--out", str(tmp_path / "out"), "--no-figures"]
    assert main(command) == 0
    assert "luck and assumptions" in capsys.readouterr().out
    table = pd.read_csv(tmp_path / "out" / "spread.csv")
    assert table["kind"].tolist() == ["level", "level", "difference"]
    assert table["inputs_sd"].notna().all()


def test_run_adds_bands(tmp_path, capsys):
    file, young = tmp_path / "e.json", tmp_path / "young.toml"
    file.write_text(json.dumps(ENSEMBLE.to_dict()))
    young.write_text('extends = "baseline"\n[assumptions]\nhistory_months = 12\n')
    out = tmp_path / "out"
    command = f"run {young} --months 2 --scale 0.005 --draws 2 --no-figures --uncertainty ensemble".split()
    assert main([*command, "--ensemble", str(file), "--out", str(out)]) == 0
    assert "luck and assumptions" in capsys.readouterr().out
    bands = pd.read_parquet(out / "bands.parquet")
    months = pd.read_parquet(out / "months.parquet")["month"]
    assert bands["month"].drop_duplicates().tolist() == months.tolist()
    assert (bands["low"] <= bands["high"]).all()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--ensemble", "x.json"], "goes with --uncertainty"),
        (["--uncertainty", "inputs"], "must be luck or ensemble"),
        (["--uncertainty", "ensemble", "--ensemble", "x.json"], "cannot be read"),
    ],
)
@pytest.mark.parametrize("command", [["compare", "baseline", "cash-post"], ["batch", "caseload"], ["run", "baseline"]])
def test_options_that_do_not_go_together_are_refused(command, options, words, capsys):
    assert main([*command, *options]) == 2
    assert words in capsys.readouterr().err
