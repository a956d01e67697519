"""The forecast says each March and September where most runs lie, and where it comes from."""

import json

import pandas as pd
import pytest

from simulation import load_scenario
from simulation.cli import main
from simulation.ensembles import Ensemble
from simulation.measures import MEASURES
from simulation.uncertainty import forecast

KEY = "assumptions.growth_over_line_per_year"
ENSEMBLE = Ensemble((KEY,), ((0.0,), (0.03,)), (1.0, 1.0), {"fitted_to": {"poverty_2024": 0.1376}})


def test_every_march_and_september_to_2027_is_kept():
    batch = forecast.forecast_batch(load_scenario("baseline", scale=0.005), ENSEMBLE, 4, 1)
    plan = batch.plans[0]
    dates = [str(plan.start.plus(month)) for month in batch.kept.months]
    assert dates == [f"{year}-{month}" for year in range(2024, 2028) for month in ("03", "09")]
    assert plan.months == batch.kept.months[-1] + 1
    assert set(forecast._measures()) <= set(MEASURES)


def test_the_table_holds_nine_of_ten_runs_and_counts_the_whole_city():
    frame = pd.DataFrame({name: range(101) for name in forecast._measures()})
    frame["date"] = pd.Timestamp("2024-03-01")
    table = forecast.forecast_table(frame, 0.1).set_index("measure")
    assert table.loc["poverty_headcount", ["low", "median", "high"]].tolist() == [5, 50, 95]
    assert table.loc["enrolled_families", "median"] == pytest.approx(500)


def test_one_command_writes_the_page(tmp_path, capsys):
    file, young, page = tmp_path / "e.json", tmp_path / "young.toml", tmp_path / "forecast.md"
    file.write_text(json.dumps(ENSEMBLE.to_dict()))
    young.write_text('extends = "baseline"\n[assumptions]\nhistory_months = 12\n[run]\nstart = "2024-01"\n')
    command = f"forecast {young} --ensemble {file} --replicates 2 --scale 0.005 --workers 0 --quiet".split()
    assert main([*command, "--out", str(tmp_path / "runs"), "--page", str(page)]) == 0
    text = page.read_text()
    assert "| 2024-03 |" in text
    assert "| 2027-09 |" in text
    assert "`poverty_2024`" in text
    assert str(tmp_path) not in text


def test_a_forecast_needs_an_ensemble_that_can_be_read(capsys):
    assert main(["forecast", "--ensemble", "nowhere.json"]) == 2
    assert "nowhere.json" in capsys.readouterr().err
