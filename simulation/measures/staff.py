"""How far the hours of the pendamping reach; arrays of one number for each pendamping on duty."""

from __future__ import annotations

import numpy as np


def measure_staff(
    families: np.ndarray,
    needed_hours: np.ndarray,
    available_hours: np.ndarray,
    visits_share: np.ndarray,
    sessions_share: np.ndarray,
    motivation: np.ndarray,
) -> dict[str, float]:
    """Return workload, the work that is dropped, and motivation.

    ``hours_short_share``: hours of work that nobody has time for, of all hours needed. Shares of visits and sessions
    are weighted by families.
    """
    if families.size == 0 or families.sum() == 0:
        names = ("pendamping_families", "hours_short_share", "visits_done_share", "sessions_held_share", "motivation")
        return {"pendamping": float(families.size)} | dict.fromkeys(names, np.nan)
    short = np.clip(needed_hours - available_hours, 0, None).sum()
    return {
        "pendamping": float(families.size),
        "pendamping_families": float(families.mean()),
        "hours_short_share": float(short / needed_hours.sum()) if needed_hours.sum() > 0 else 0.0,
        "visits_done_share": float(np.average(visits_share, weights=families)),
        "sessions_held_share": float(np.average(sessions_share, weights=families)),
        "motivation": float(motivation.mean()),
    }
