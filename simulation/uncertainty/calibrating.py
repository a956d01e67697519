"""Calibration by pyABC: from the plausible ranges to an ensemble, generation by generation, kept after each.

Trials are done by the worker processes of batches. pyABC writes each finished generation into an SQLite file; the same
call goes on after the last of them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from simulation.batches.engines import Processes, main_left_alone
from simulation.batches.files import write_text
from simulation.batches.lock import FolderLock
from simulation.batches.record import results_digest
from simulation.ensembles import Ensemble
from simulation.errors import InputError
from simulation.experiments.record import code_revision, versions
from simulation.plan import Plan
from simulation.uncertainty.fitting import Trial, distance, fitted, noise_of, prior, widths

if TYPE_CHECKING:
    import pyabc

HISTORY, RECORD = "history.db", "calibration.json"


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a calibration is made: particles a generation, generations in all, seeds a trial, root of the seeds."""

    particles: int = 150
    generations: int = 5
    seeds: int = 2
    root: int = 1
    noise_trials: int = 12


class Pool(Processes):
    """The worker processes of batches, doing what pyABC hands them."""

    def submit(self, function: Callable, /, *arguments: object) -> Future:
        """Hand a function to a worker."""
        with main_left_alone():
            return self._executor.submit(function, *arguments)


def calibrate(
    plan: Plan,
    folder: Path,
    wishes: Wishes,
    workers: int,
    *,
    truth: Mapping[str, float] | None = None,
    hear: Callable[[str], None] = lambda words: None,
) -> Ensemble:
    """Calibrate a plan into a folder, or go on there, and return the ensemble of the last generation.

    Parameters
    ----------
    plan : scenario and scale. workers : processes, 0 for this one alone.
    truth : figures to fit in place of the published ones, by the names of statements; for recovery.
    hear : is told what is going on.
    """
    _check_pyabc()
    folder.mkdir(parents=True, exist_ok=True)
    with FolderLock(folder):
        trial = Trial(plan, fitted(), wishes.seeds, wishes.root)
        record = _record(folder, trial, wishes, truth, hear)
        engine = Pool(workers) if workers else None
        try:
            abc = _abc(folder, trial, record, wishes, engine, workers)
            left = wishes.generations - abc.history.n_populations
            if left > 0:
                hear(f"{abc.history.n_populations} of {wishes.generations} generations are done.")
                abc.run(max_nr_populations=left)
        finally:
            if engine:
                engine.close()
        return _ensemble(abc.history, trial, record, wishes)


def _check_pyabc() -> None:
    try:
        import pyabc  # noqa: F401
    except ImportError:
        raise InputError(
            "salur calibrate needs pyABC, which is not installed; install the extra 'calibration' of this package."
        ) from None


def _record(
    folder: Path, trial: Trial, wishes: Wishes, truth: Mapping[str, float] | None, hear: Callable[[str], None]
) -> dict:
    """Return what the folder says of its calibration, or begin one; refuse another plan or other code."""
    own = {
        "plan": trial.plan.to_dict(), "results_sha256": results_digest(), "seeds": wishes.seeds, "root": wishes.root,
        "particles": wishes.particles, "prior": {key: list(ends) for key, ends in prior().items()},
        "figures": dict(truth) if truth else {one.name: one.found for one in trial.statements},
    }  # fmt: skip
    own = json.loads(json.dumps(own))
    path = folder / RECORD
    if path.exists():
        held = json.loads(path.read_text(encoding="utf-8"))
        other = next((key for key in own if held.get(key) != own[key]), None)
        if other:
            raise InputError(
                f"{folder}: a calibration with another {other} was begun here; choose another folder with --out."
            )
        return held
    hear("Measuring how much luck there is in a trial.")
    noise = noise_of(trial, wishes.noise_trials)
    record = own | {"noise": noise, "widths": widths(trial.statements, noise)}
    write_text(path, json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False) + "\n")
    return record


def _abc(
    folder: Path, trial: Trial, record: Mapping, wishes: Wishes, engine: Pool | None, workers: int
) -> pyabc.ABCSMC:
    """Return pyABC's calibration, with what earlier calls have kept."""
    import pyabc
    from pyabc.sampler import ConcurrentFutureSampler, SingleCoreSampler

    ranges = {key: pyabc.RV("uniform", low, high - low) for key, (low, high) in record["prior"].items()}
    figures, width = record["figures"], record["widths"]
    sampler = ConcurrentFutureSampler(engine, client_max_jobs=2 * workers) if engine else SingleCoreSampler()
    abc = pyabc.ABCSMC(
        models=_Model(trial),
        parameter_priors=pyabc.Distribution(**ranges),
        distance_function=_Distance(trial, figures, width),
        population_size=wishes.particles,
        transitions=pyabc.MultivariateNormalTransition(bandwidth_selector=_step),
        eps=pyabc.MedianEpsilon(),
        sampler=sampler,
    )
    store = f"sqlite:///{(folder / HISTORY).resolve()}"
    if (folder / HISTORY).exists() and pyabc.History(store, create=False).all_runs():
        abc.load(store, 1)
    else:
        abc.new(store, dict(figures))
    return abc


def _step(sample_size: float, dimension: int) -> float:
    """Return how wide proposals spread, in standard deviations of the last generation.

    Twice the variance (Beaumont and others 2009): narrower steps, such as density estimates take, accept more, but give
    a few sets of assumptions nearly all the weight once there are more than some three of them.
    """
    return math.sqrt(2.0)


class _Model:
    """A trial as pyABC calls it."""

    __name__ = "city"

    def __init__(self, trial: Trial) -> None:
        self.trial = trial

    def __call__(self, settings: Mapping[str, float]) -> dict[str, float]:
        return self.trial.values({key: settings[key] for key in prior()})


class _Distance:
    """The distance of a trial from the figures as pyABC calls it."""

    def __init__(self, trial: Trial, figures: Mapping[str, float], width: Mapping[str, float]) -> None:
        self.names, self.figures, self.width = [one.name for one in trial.statements], figures, width

    def __call__(self, ours: Mapping[str, float], theirs: Mapping[str, float]) -> float:
        return distance(ours, self.names, theirs, self.width)


def _ensemble(history: pyabc.History, trial: Trial, record: Mapping, wishes: Wishes) -> Ensemble:
    """Return the last generation as an ensemble with its provenance."""
    table, weights = history.get_distribution()
    populations = history.get_all_populations()
    keys = tuple(record["prior"])
    about = {
        "scenario": trial.plan.name, "scale": trial.plan.scale, "seeds_a_trial": wishes.seeds,
        "fitted_to": {name: record["figures"][name] for name in record["figures"]},
        "prior": record["prior"], "noise": record["noise"],
        "generations": int(history.n_populations), "trials": int(history.total_nr_simulations),
        "distance_at_most": [float(one) for one in populations["epsilon"][1:] if np.isfinite(one)],
        "code": code_revision(), "versions": versions(),
    }  # fmt: skip
    draws = tuple(tuple(float(f"{value:.6g}") for value in row) for row in table[list(keys)].to_numpy())
    shares = tuple(float(f"{weight:.6g}") for weight in np.asarray(weights) / np.sum(weights))
    return Ensemble(tuple(f"assumptions.{key}" for key in keys), draws, shares, about)
