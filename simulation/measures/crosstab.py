"""One count of the city that many measures read: families by place, poverty, lists, component and record."""

from __future__ import annotations

import numpy as np

from simulation.compiled import rule
from simulation.context import Now

POVERTY, POOR_AFTER, PKH, SEMBAKO, COMPONENT, LISTED, PLACE = range(1, 8)
"""Axes of the table; the first, axis 0, is persons and families. The longest is the last, so that sums are fast."""

NOT_POOR, POOR, GONE = range(3)
"""Along ``POVERTY``: before transfers, and records or list entries of families that have left."""


def count_city(now: Now) -> np.ndarray:
    """Return persons and families by all axes, shape (2, 3, 2, 2, 2, 2, 2, places)."""
    places = now.places.kecamatan_of_kelurahan.size
    cell = now.apply(find_cells, places=places)
    return now.apply(count_cells, cell=cell, cells=96 * places).reshape(2, 3, 2, 2, 2, 2, 2, places)


@rule
def find_cells(
    places, active, kelurahan, log_consumption, consumption_after, in_pkh, in_sembako, pkh_entitlement_idr, listed
):  # fmt: skip
    """Return the cell of each row; apart from counting, so that many rows are looked at at once."""
    cell = np.empty(active.size, np.uint16)
    for row in range(active.size):
        poverty = POOR * (log_consumption[row] < 0.0) if active[row] else GONE
        found = poverty * 2 + (consumption_after[row] < 1.0)
        found = (found * 2 + in_pkh[row]) * 2 + in_sembako[row]
        found = (found * 2 + (pkh_entitlement_idr[row] > 0)) * 2 + listed[row]
        cell[row] = found * places + kelurahan[row]
    return cell


@rule
def count_cells(cell, cells, active, size, in_pkh, in_sembako, listed):
    """Count persons and families by cell; a family that has left counts where a list or the registry still holds it."""
    count = np.zeros((2, cells))
    for row in range(cell.size):
        count[0, cell[row]] += size[row] * active[row]
        count[1, cell[row]] += active[row] | in_pkh[row] | in_sembako[row] | listed[row]
    return count


def totals(cells: np.ndarray, *axes: int) -> np.ndarray:
    """Return the counts by some of the axes, summed over the others; axis 0 (persons, families) always stays."""
    others = tuple(axis for axis in range(1, cells.ndim) if axis not in axes)
    return cells.sum(axis=others)
