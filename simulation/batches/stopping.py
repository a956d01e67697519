"""When enough is known: the half-width of the paired differences, looked at after complete blocks of replicates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

import numpy as np

from simulation.batches.batch import BLOCK, Batch
from simulation.batches.manifest import Key
from simulation.experiments.paired import pair


def half_width(ours: np.ndarray, theirs: np.ndarray) -> float:
    """Return the half-width of the interval of a paired difference; endless for fewer than two pairs."""
    found = pair(ours[:, None], theirs[:, None])
    return float(np.nan_to_num((found.high - found.low)[0] / 2, nan=np.inf))


def stopping_point(batch: Batch, values: Mapping[Key, float], ended: int) -> int | None:
    """Return after how many replicates the batch may stop, None when it has to go on.

    Parameters
    ----------
    values : what the rule's measure comes to in every run. ended : replicates of which every run came to an end.

    Blocks are looked at in the order of their seeds, so the answer does not depend on which run came first.
    """
    for replicates in range(BLOCK, ended + 1, BLOCK):
        if widest(batch, values, replicates) <= batch.rule.until_half_width:
            return replicates
    return batch.replicates if ended >= batch.replicates else None


def widest(batch: Batch, values: Mapping[Key, float], replicates: int) -> float:
    """Return the largest half-width among the differences from the baseline over the first replicates.

    A scenario is compared with the baseline at the same point; in a batch of one scenario, a point with the first.
    """
    widths = []
    for name, point in ((name, point) for name in batch.scenarios for point in range(len(batch.design.points))):
        other = (batch.baseline, point) if len(batch.plans) > 1 else (name, 0)
        if other != (name, point):
            arms = (name, point), other
            ours, theirs = (np.array([values.get((*arm, one), np.nan) for one in range(replicates)]) for arm in arms)
            widths.append(half_width(ours, theirs))
    return max(widths)


class Stopper:
    """Hears of runs as they end, and knows when the batch may stop.

    Parameters
    ----------
    ended : keys of the runs that ended earlier. values : the rule's measure of those that gave one.
    """

    def __init__(self, batch: Batch, ended: Collection[Key], values: Mapping[Key, float]) -> None:
        self.batch = batch
        self.stop: int | None = None
        self._values = dict(values)
        self._ended = Counter(replicate for _, _, replicate in ended)
        self._cells = len(batch.plans) * len(batch.design.points)
        self._complete = 0
        self._look()

    def hear(self, key: Key, value: float | None) -> None:
        """Hear that a run ended, with a value or without."""
        if value is not None:
            self._values[key] = value
        self._ended[key[2]] += 1
        self._look()

    def _look(self) -> None:
        """See whether another block is complete, and whether it is enough."""
        before = self._complete
        while self._ended[self._complete] >= self._cells:
            self._complete += 1
        new_block = self._complete // BLOCK > before // BLOCK
        if self.stop is None and (new_block or self._complete >= self.batch.replicates):
            self.stop = stopping_point(self.batch, self._values, self._complete)
