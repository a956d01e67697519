"""How long families are on the way to their e-warong, in the whole city whatever the scale of a validation.

A tenth of the city has a tenth of the agents on the same ground, so ways would be three times as long. Where families
live and agents stand does not depend on the years before, so a year of history is enough.
"""

from __future__ import annotations

import numpy as np

from simulation.model import AssistanceModel, discard, live_through_history
from simulation.plan import Plan

_WHOLE_CITY = {"population.scale": 1.0, "assumptions.history_months": 12}
_MONTHS = 2


def measure_travel(plan: Plan) -> dict[str, float]:
    """Return the median minutes from home to the agent of the last transaction; nan where agents play no part."""
    city = plan.override(_WHOLE_CITY).with_(months=_MONTHS)
    model = AssistanceModel(city, start=live_through_history(city))
    while model.running:
        model.step()
    minutes = _minutes_to_agent(model)
    discard(model)
    return {"median_minutes": float(np.median(minutes)) if minutes.size else np.nan}


def _minutes_to_agent(model: AssistanceModel) -> np.ndarray:
    """Return the minutes of the families on the Sembako list who know their agent and the way to it."""
    hh, places = model.hh, model.agent_places
    rows = np.flatnonzero(hh.in_sembako & hh.active & (hh.agent >= 0))
    rows = rows[places.asked[rows]]
    at = places.nearest[rows] == hh.agent[rows, None]
    return places.minutes[rows][at]
