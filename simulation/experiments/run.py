"""One run of one plan: the model, a recorder, the tables."""

from __future__ import annotations

from collections.abc import Callable

import mesa
import pandas as pd

from simulation.experiments.recorder import Recorder
from simulation.model import AssistanceModel
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
    release(model)
    empty(model)
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


def empty(model: AssistanceModel) -> None:
    """Let go of the families of a model that nobody will look at again.

    A model and its agents refer to each other, so Python frees them when it next looks for such circles. That may be
    dozens of runs later, and each holds a whole city until then.
    """
    for name in ("hh", "now", "standing", "places", "agent_places"):
        setattr(model, name, None)


def release(model: AssistanceModel) -> None:
    """Let a finished model go: Mesa 3.3 keeps every model in a table of its own otherwise."""
    identities = getattr(mesa.Agent, "_ids", None)
    if hasattr(identities, "pop"):
        identities.pop(model, None)
