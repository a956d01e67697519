"""The main measures by kelurahan."""

from __future__ import annotations

import numpy as np

from simulation.compiled import rule
from simulation.context import Now
from simulation.measures.cascade import Status

COUNTS = (
    "families", "persons", "poor_persons_after", "poor_persons", "missed_persons", "reached_persons",
    "enrolled_families", "wrongly_enrolled_families", "missed_poor_families", "listed_families",
)  # fmt: skip


def measure_places(now: Now, status: np.ndarray) -> dict[str, np.ndarray]:
    """Return the main measures, one array of the kelurahan each."""
    counts = now.apply(count_places, status=status, places=now.places.kecamatan_of_kelurahan.size)
    by_name = dict(zip(COUNTS, counts, strict=True))
    with np.errstate(invalid="ignore", divide="ignore"):
        return {
            "families": by_name["families"].astype(np.int64),
            "persons": by_name["persons"].astype(np.int64),
            "poor_persons": by_name["poor_persons"].astype(np.int64),
            "enrolled_families": by_name["enrolled_families"].astype(np.int64),
            "missed_poor_families": by_name["missed_poor_families"].astype(np.int64),
            "wrongly_enrolled_families": by_name["wrongly_enrolled_families"].astype(np.int64),
            "listed_families": by_name["listed_families"].astype(np.int64),
            "poverty_headcount": by_name["poor_persons_after"] / by_name["persons"],
            "poverty_headcount_before_transfers": by_name["poor_persons"] / by_name["persons"],
            "exclusion_error": by_name["missed_persons"] / by_name["poor_persons"],
            "effective_exclusion_error": 1 - by_name["reached_persons"] / by_name["poor_persons"],
            "leakage": by_name["wrongly_enrolled_families"] / by_name["enrolled_families"],
        }


@rule
def count_places(
    status, places, active, kelurahan, size, consumption_after, log_consumption, in_pkh, in_sembako, listed
):  # fmt: skip
    """Count families and persons by kelurahan, shape (10, places), in the order of ``COUNTS``."""
    counts = np.zeros((10, places))
    for row in range(active.size):
        place = kelurahan[row]
        enrolled = in_pkh[row] or in_sembako[row]
        if enrolled:
            counts[6, place] += 1
        if not active[row]:
            if enrolled:
                counts[7, place] += 1
            continue
        persons = size[row]
        counts[0, place] += 1
        counts[1, place] += persons
        if consumption_after[row] < 1.0:
            counts[2, place] += persons
        if listed[row]:
            counts[9, place] += 1
        if log_consumption[row] < 0.0:
            counts[3, place] += persons
            if not enrolled:
                counts[4, place] += persons
                counts[8, place] += 1
            if status[row] == Status.reached:
                counts[5, place] += persons
        elif enrolled:
            counts[7, place] += 1
    return counts
