"""What a run comes to: for each measure one number, over the end of the run."""

from __future__ import annotations

import numpy as np

YEAR = 12
"""Months at the end over which shares and flows are averaged: one bad month of a bank moves delivery by half."""


def window(months: int, last: int | None = None) -> int:
    """Return over how many months at the end to average: a year, or half of a run shorter than two, if not told."""
    return min(YEAR, max(months // 2, 1)) if last is None else min(last, months)


def end_value(measure: str, months: np.ndarray, values: np.ndarray) -> float:
    """Return what a measure comes to: a stock in the last month, any other as the mean over the ``window``.

    Parameters
    ----------
    months : numbers of the months, from 0, the run's last among them. values : the measure in these months.
    """
    from simulation.measures import MEASURES

    end = months.max()
    span = 1 if MEASURES[measure].kind == "stock" else window(int(end) + 1)
    return float(values[months > end - span].mean())
