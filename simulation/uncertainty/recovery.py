"""Does a calibration find what is known? Truths are drawn, the model makes their figures, and these are fitted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from simulation.ensembles import Ensemble
from simulation.plan import Plan
from simulation.uncertainty.calibrating import Wishes, calibrate
from simulation.uncertainty.fitting import Trial, fitted, prior
from simulation.uncertainty.marginals import marginals, quantiles

TRUTH_SEEDS = 16
"""So many seeds make the figures of a truth, which are then as good as published ones."""
_INNER = 0.7
"""Truths are drawn from this middle part of the plausible ranges, so that an interval has room on both sides."""


def draw_truths(count: int, root: int) -> list[dict[str, float]]:
    """Return so many sets of assumptions from the middle of the plausible ranges."""
    places = (1 - _INNER) / 2 + _INNER * np.random.default_rng(root).random((count, len(prior())))
    ends = list(prior().items())
    return [
        {key: low + place * (high - low) for (key, (low, high)), place in zip(ends, row, strict=True)}
        for row in places.tolist()
    ]


def recover(
    plan: Plan, folder: Path, wishes: Wishes, workers: int, count: int, language: str, hear: Callable[[str], None]
) -> pd.DataFrame:
    """Calibrate to the figures of known truths; draw each, and return a row for each truth and assumption.

    The column ``inside`` tells whether the middle 90 % of the ensemble hold the truth.
    """
    tables = []
    for number, truth in enumerate(draw_truths(count, wishes.root), 1):
        hear(f"Truth {number} of {count}.")
        place = folder / f"truth-{number}"
        figures = _figures(plan, truth, wishes, number)
        ensemble = calibrate(plan, place, wishes, workers, truth=figures, hear=hear)
        marginals(ensemble, plan, language, truth).write(folder, f"truth-{number}")
        tables.append(_judged(ensemble, truth, number))
    return pd.concat(tables, ignore_index=True)


def _figures(plan: Plan, truth: Mapping[str, float], wishes: Wishes, number: int) -> dict[str, float]:
    return Trial(plan, fitted(), TRUTH_SEEDS, wishes.root + 1000 + number).values(truth)


def _judged(ensemble: Ensemble, truth: Mapping[str, float], number: int) -> pd.DataFrame:
    table = quantiles(ensemble)
    table.insert(0, "truth", number)
    table["value"] = [truth[key] for key in table["assumption"]]
    table["inside"] = table["value"].between(table["q05"], table["q95"])
    return table
