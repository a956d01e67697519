"""Rows: which of the families a rule is about."""

from __future__ import annotations

import numpy as np

from simulation.compiled import rule


@rule
def rows_where(mask):
    """Return the rows where ``mask`` holds, found without a branch: what holds for a family cannot be foretold."""
    rows = np.empty(mask.size, np.int64)
    count = 0
    for row in range(mask.size):
        rows[count] = row
        count += mask[row]
    return rows[:count]
