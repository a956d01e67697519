"""Every measure is right: what a run records is what pandas, SciPy and statsmodels count from the same families.

Closed forms, published examples and properties stand in ``test_measures_known_answers.py``.
"""

import ast
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import make_plan
from second_count import SecondCount
from test_measures_known_answers import BY_HAND

from simulation.experiments.recorder import Recorder
from simulation.measures import MEASURES
from simulation.model import AssistanceModel

WORLDS = {
    "the baseline": {"scale": 0.02, "months": 27},
    "a restless city with rice in kind": {
        "scale": 0.01, "months": 12, "delivery_channel": "in_kind", "turnover_per_year": 0.15,
        "disaster": [{"month": "2023-05", "kelurahan": "Betungan", "severity": 0.5}], "idle_share": 0.2,
        "empowerment_places_per_year": 3000.0, "graduation_own_wish_per_year": 0.4, "complaint_share": 0.7,
        "dropout_per_year": 0.4, "caseload_per_pendamping": 500.0, "conditionality_enforced": True,
    },
    "cash, and hardly a list": {
        "scale": 0.01, "months": 8, "delivery_channel": "cash_bank", "pkh_quota_families": 300,
        "sembako_quota_families": 500, "mismatch_per_month": 0.05, "civil_registry_lag_months": 24,
    },
}  # fmt: skip

BINNED = {
    **dict.fromkeys(("gini", "gini_before_transfers", "sen", "sen_before_transfers"), 2e-5),
    **dict.fromkeys((name for name in MEASURES if "_by_decile_" in name), 0.05),
    "cgh_ratio": 0.03, "concentration_coefficient": 2e-3, "registry_error": 0.02,
    "leakage_outside_deciles_by_record": 0.03,
}  # fmt: skip
"""Measures that the recorder takes from bins, and how far they may be from exact ranks among one or two thousand."""

LEFT_TWICE = {"admitted_families": 3, "graduated": 3, "graduated_natural": 3, "graduated_own": 3}
"""Entries, of which a family that leaves both lists, or leaves and returns, by one decree shows one less."""


@lru_cache
def counted(world: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what the recorder took and what was counted again, a row a month."""
    model = AssistanceModel(make_plan(**WORLDS[world]))
    recorder, second = Recorder(model), SecondCount(model)

    def both(now):
        recorder.take(now)
        second.take(now)

    model.measure = both
    while model.running:
        model.step()
    return pd.DataFrame(recorder.months).astype(float), pd.DataFrame(second.months).astype(float)


@pytest.mark.parametrize("world", WORLDS)
def test_a_run_records_what_is_counted_again(world):
    recorded, again = counted(world)
    for name in again:
        allowed = BINNED.get(name, LEFT_TWICE.get(name, 1e-9))
        close = np.isclose(recorded[name], again[name], rtol=1e-9, atol=allowed, equal_nan=True)
        assert close.all(), (name, recorded[name][~close].tolist(), again[name][~close].tolist())


def test_counts_of_entries_are_exact_in_most_months():
    recorded, again = counted("the baseline")
    for name in LEFT_TWICE:
        assert (recorded[name] == again[name]).mean() > 0.7, name


def test_no_measure_is_forgotten():
    """Each is counted again, or has an example by hand; whoever adds a measure adds one of the two."""
    again = set(counted("the baseline")[1])
    assert again | set(BY_HAND) == set(MEASURES)
    assert not again & set(BY_HAND)


def test_the_second_count_could_disagree():
    """In some world each measure takes more than one value, so that agreement is no accident of zeros."""
    still = {
        name
        for name in counted("the baseline")[1]
        if all(counted(world)[1][name].dropna().nunique() < 2 for world in WORLDS)
    }
    assert still == set()


def test_the_second_count_knows_nothing_of_the_first():
    tree = ast.parse((Path(__file__).parent / "second_count.py").read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not any(name.startswith(("simulation.measures", "simulation.experiments")) for name in imported)
    assert np.isfinite(counted("the baseline")[1]["poverty_headcount"]).all()
