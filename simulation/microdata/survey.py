"""The survey as arrays: every household that can be used, in rupiah and in poverty lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

NOTHING_KNOWN = "no consumption, line, weight or place"
"""Why a row is of no use at all."""


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """The households of a survey, one place each in every array.

    ``complete`` marks those with nothing missing that the score and the city need; ``left_out`` counts what was left
    out, by reason. ``hamlet`` and ``region`` are numbers. ``arm`` is a number into ``arms``, -1 for none.
    """

    name: str
    household: np.ndarray
    hamlet: np.ndarray
    region: np.ndarray
    weight: np.ndarray
    consumption_idr: np.ndarray
    """A head and month."""
    lines: np.ndarray
    """Consumption in poverty lines."""
    size: np.ndarray
    predictors: np.ndarray
    predictor_names: tuple[str, ...]
    members: dict[str, np.ndarray]
    complete: np.ndarray
    left_out: dict[str, int]
    arms: tuple[str, ...] = ()
    arm: np.ndarray | None = None
    selected: np.ndarray | None = None
    community_rank: np.ndarray | None = None
    self_assessed: np.ndarray | None = None

    @property
    def households(self) -> int:
        """Number of households with a known consumption."""
        return self.lines.size


def in_groups(group: np.ndarray) -> Iterator[np.ndarray]:
    """Return the places of each group's members, group by group."""
    order = np.argsort(group, kind="stable")
    ends = np.flatnonzero(np.diff(group[order])) + 1
    yield from np.split(order, ends) if group.size else ()


def ranks(values: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Return the weighted fractional rank of each value, between 0 and 1; equal values share theirs."""
    order = np.argsort(values, kind="stable")
    known, group = np.unique(values[order], return_inverse=True)
    of_group = np.bincount(group, weight[order], known.size)
    rank = np.empty(values.size)
    rank[order] = ((np.cumsum(of_group) - of_group / 2) / of_group.sum())[group]
    return rank
