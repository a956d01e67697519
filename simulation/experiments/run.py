"""One run of one plan: the model, a recorder, the tables."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from simulation.experiments.recorder import Recorder
from simulation.model import AssistanceModel, discard
from simulation.plan import Plan


def simulate(
    plan: Plan,
    seed: int | None = None,
    *,
    households: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, pd.DataFrame]:
    """Run a plan to its end and return its tables.

    Parameters
    ----------
    plan : the scenario. seed : in place of the plan's. households : families whose monthly life is kept.
    progress : called after each month with the months done and the months in all.

    Returns
    -------
    ``months``, ``kelurahan``, ``cascade``, ``inclusion``, ``ledger``, ``agents`` and, where asked for, ``households``.
    """
    model = AssistanceModel(plan, rng=seed)
    tables = record(model, households, progress)
    discard(model)
    return tables


def record(
    model: AssistanceModel, households: int = 0, progress: Callable[[int, int], None] | None = None
) -> dict[str, pd.DataFrame]:
    """Let a model live to the end of its plan and return its tables; for the rest see ``simulate``."""
    recorder = Recorder(model, households)
    model.measure = recorder.take
    while model.running:
        model.step()
        if progress:
            progress(model.month, model.plan.months)
    return recorder.tables()
