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
    by_list = totals(cells, POVERTY, PKH, SEMBAKO, PLACE)
    everybody = by_list.sum(axis=(2, 3))
    enrolled = everybody - by_list[:, :, 0, 0]
    after = totals(cells, POVERTY, POOR_AFTER, PLACE)[0, :GONE, 1].sum(axis=0)
    listed = totals(cells, POVERTY, LISTED, PLACE)[1, :GONE, 1].sum(axis=0)
    living = everybody[:, :GONE].sum(axis=1)
    missed = everybody[:, POOR] - enrolled[:, POOR]
    entries = enrolled[1].sum(axis=0)
    wrong = enrolled[1, NOT_POOR] + enrolled[1, GONE]
    with np.errstate(invalid="ignore", divide="ignore"):
        return {
            "families": living[1].astype(np.int64),
            "persons": living[0].astype(np.int64),
            "poor_persons": everybody[0, POOR].astype(np.int64),
            "enrolled_families": entries.astype(np.int64),
            "missed_poor_families": missed[1].astype(np.int64),
            "wrongly_enrolled_families": wrong.astype(np.int64),
            "listed_families": listed.astype(np.int64),
            "poverty_headcount": after / living[0],
            "poverty_headcount_before_transfers": everybody[0, POOR] / living[0],
            "exclusion_error": missed[0] / everybody[0, POOR],
            "effective_exclusion_error": 1 - reached_persons / everybody[0, POOR],
            "leakage": wrong / entries,
        }
