"""Rows: which of the families a rule is about.

A rule that befalls few first asks of everybody, several families at a time, whether it may, and then looks at those
few only: branches for all would cost more than the rule, because luck cannot be foretold.
"""

from __future__ import annotations

import numpy as np

from simulation.compiled import rule


@rule
def rows_where(mask):
    """Return the rows where ``mask`` holds, found without a branch."""
    rows = np.empty(mask.size, np.int64)
    count = 0
    for row in range(mask.size):
        rows[count] = row
        count += mask[row]
    return rows[:count]
