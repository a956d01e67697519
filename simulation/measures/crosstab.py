"""One count of the city that many measures read: families by place, poverty, lists, component and record."""

from __future__ import annotations

import numpy as np

from simulation.compiled import rule
from simulation.context import Now

PLACE, POVERTY, POOR_AFTER, PKH, SEMBAKO, COMPONENT, LISTED = range(1, 8)
"""Axes of the table; the first, axis 0, is persons and families."""

NOT_POOR, POOR, GONE = range(3)
"""Along ``POVERTY``: before transfers, and records or list entries of families that have left."""


def count_city(now: Now) -> np.ndarray:
    """Return persons and families by all axes, shape (2, places, 3, 2, 2, 2, 2, 2)."""
    places = now.places.kecamatan_of_kelurahan.size
    return now.apply(tabulate, places=places).reshape(2, places, 3, 2, 2, 2, 2, 2)


@rule
def tabulate(
    places, active, size, kelurahan, log_consumption, consumption_after, in_pkh, in_sembako, pkh_entitlement_idr, listed
):  # fmt: skip
    """Count persons and families by cell; a family that has left counts where a list or the registry still holds it."""
    cells = np.zeros((2, places * 96))
    for row in range(active.size):
        on_lists = in_pkh[row] * 8 + in_sembako[row] * 4 + listed[row]
        poverty = POOR * (log_consumption[row] < 0.0) if active[row] else GONE
        after = consumption_after[row] < 1.0
        component = pkh_entitlement_idr[row] > 0
        cell = (kelurahan[row] * 3 + poverty) * 32 + after * 16 + on_lists + component * 2
        cells[0, cell] += size[row] * active[row]
        cells[1, cell] += active[row] or on_lists > 0
    return cells


def totals(cells: np.ndarray, *axes: int) -> np.ndarray:
    """Return the counts by some of the axes, summed over the others; axis 0 (persons, families) always stays."""
    others = tuple(axis for axis in range(1, cells.ndim) if axis not in axes)
    return cells.sum(axis=others)
