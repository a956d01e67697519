"""The main measures by kelurahan."""

from __future__ import annotations

import numpy as np

from simulation.measures.crosstab import GONE, LISTED, NOT_POOR, PKH, PLACE, POOR, POOR_AFTER, POVERTY, SEMBAKO, totals


def measure_places(cells: np.ndarray, reached_persons: np.ndarray) -> dict[str, np.ndarray]:
    """Return the main measures, one array of the kelurahan each.

    Parameters
    ----------
    cells : ``crosstab.count_city``. reached_persons : poor persons of each kelurahan whom assistance reached.
    """
    by_list = totals(cells, PLACE, POVERTY, PKH, SEMBAKO)
    everybody = by_list.sum(axis=(3, 4))
    enrolled = everybody - by_list[:, :, :, 0, 0]
    after = totals(cells, PLACE, POVERTY, POOR_AFTER)[0, :, [NOT_POOR, POOR], 1].sum(axis=0)
    listed = totals(cells, PLACE, POVERTY, LISTED)[1, :, [NOT_POOR, POOR], 1].sum(axis=0)
    living = everybody[:, :, [NOT_POOR, POOR]].sum(axis=2)
    missed = everybody[:, :, POOR] - enrolled[:, :, POOR]
    entries = enrolled[1].sum(axis=1)
    wrong = enrolled[1, :, NOT_POOR] + enrolled[1, :, GONE]
    with np.errstate(invalid="ignore", divide="ignore"):
        return {
            "families": living[1].astype(np.int64),
            "persons": living[0].astype(np.int64),
            "poor_persons": everybody[0, :, POOR].astype(np.int64),
            "enrolled_families": entries.astype(np.int64),
            "missed_poor_families": missed[1].astype(np.int64),
            "wrongly_enrolled_families": wrong.astype(np.int64),
            "listed_families": listed.astype(np.int64),
            "poverty_headcount": after / living[0],
            "poverty_headcount_before_transfers": everybody[0, :, POOR] / living[0],
            "exclusion_error": missed[0] / everybody[0, :, POOR],
            "effective_exclusion_error": 1 - reached_persons / everybody[0, :, POOR],
            "leakage": wrong / entries,
        }
