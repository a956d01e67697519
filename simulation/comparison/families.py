"""Families at the end of a run, and which of them a scenario reaches or loses that the baseline did not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.context import Now
from simulation.measures.cascade import Status, status_of
from simulation.parameters import Text

NOT_POOR, FIRST_ENROLLED, REACHED = int(Status.not_poor), int(Status.awaiting_account), int(Status.reached)


@dataclass(frozen=True, slots=True)
class Families:
    """The families of one run after its last month, one value a family.

    ``luck_id`` names a family and is the same in every scenario of a seed. ``status`` is its place in the cascade
    (``Status``), ``kelurahan`` and ``group`` say where it lives and what kind of family it is.
    """

    luck_id: np.ndarray
    status: np.ndarray
    kelurahan: np.ndarray
    group: np.ndarray


GROUPS = {
    "disabled": Text("Dengan penyandang disabilitas berat", "With a severely disabled member"),
    "elderly_alone": Text("Lansia tanpa anggota lain", "Elderly without other members"),
    "young_children": Text("Dengan balita atau ibu hamil", "With small children or an expectant mother"),
    "pupils": Text("Dengan anak usia sekolah", "With children of school age"),
    "other": Text("Lainnya", "Others"),
}
"""Kinds of families, the first that holds."""

FLIPS = ("newly_reached", "newly_lost", "newly_enrolled", "no_longer_enrolled")
"""What a scenario can do to a family that is poor in both runs."""


def families_at(now: Now) -> Families:
    """Return the families who live in the city after a month."""
    hh = now.hh
    status = status_of(hh, now.standing, now.assumptions, now.policy.delivery_channel, now.month, now.rows("poor"))
    present = np.flatnonzero(hh.active)
    kinds = [
        hh.disabled > 0,
        (hh.elderly > 0) & (hh.elderly == hh.size),
        (hh.young_children > 0) | (hh.pregnant > 0),
        (hh.sd_pupils + hh.smp_pupils + hh.sma_pupils) > 0,
    ]
    group = np.select(kinds, range(len(kinds)), len(kinds)).astype(np.int8)
    return Families(hh.luck_id[present], status[present], hh.kelurahan[present], group[present])


def flips(ours: Families, theirs: Families) -> tuple[dict[str, np.ndarray], np.ndarray, np.ndarray]:
    """Return which families flip against the baseline, by kind of flip, and their kelurahan and groups.

    Only families count that are poor in both runs; the others are left out, so the arrays have one value for each
    family that is in both.
    """
    _, here, there = np.intersect1d(ours.luck_id, theirs.luck_id, assume_unique=True, return_indices=True)
    now, before = ours.status[here], theirs.status[there]
    poor = (now != NOT_POOR) & (before != NOT_POOR)
    here, now, before = here[poor], now[poor], before[poor]
    pairs = ((now == REACHED, before == REACHED), (now >= FIRST_ENROLLED, before >= FIRST_ENROLLED))
    found = [side for after, prior in pairs for side in (after & ~prior, prior & ~after)]
    return dict(zip(FLIPS, found, strict=True)), ours.kelurahan[here], ours.group[here]
