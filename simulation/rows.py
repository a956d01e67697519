"""Rows: which of the families a rule is about.

A rule that befalls few first asks of everybody, several families at a time, whether it may, and then looks at those
few only: branches for all would cost more than the rule, because luck cannot be foretold.
"""

from __future__ import annotations

import numpy as np

from simulation.compiled import rule


@rule
def rows_where(mask):
    """Return the rows where ``mask`` holds.

    They have no sign, so that no rule need ask whether a row counts from the end.
    """
    rows = np.empty(mask.size, np.uint32)
    count = 0
    for row in range(mask.size):
        rows[count] = row
        count += mask[row]
    return rows[:count]


@rule
def split_rows(rows, mask):
    """Return those of ``rows`` where ``mask`` holds, and the others."""
    these, others = np.empty(rows.size, np.uint32), np.empty(rows.size, np.uint32)
    count, left = 0, 0
    for row in rows:
        these[count], others[left] = row, row
        count += mask[row]
        left += not mask[row]
    return these[:count], others[:left]
