"""Luck as the families read it: a list for each decision of the month, in the order of the families' rows."""

from functools import cached_property

import numpy as np

from simulation.randomness import Luck, normal_of, uniform_lanes, uniforms


class Draws:
    """The draws of one month, made for all families when the first of them asks.

    The numbers come from the generator of the fast program, because the two are compared number by number.
    """

    def __init__(self, seed: int, month: int, luck_ids: np.ndarray) -> None:
        self.seed = seed
        self.month = month
        self.luck_ids = luck_ids

    def lanes(self, decision: Luck, block: int = 0) -> np.ndarray:
        return uniform_lanes(self.seed, int(decision), self.month, self.luck_ids, block)

    def one(self, decision: int, luck_id: int, block: int = 0, month: int | None = None) -> tuple:
        """Return the four uniforms of one family, bank or facilitator: for what happens to few."""
        return uniforms(self.seed, decision, self.month if month is None else month, luck_id, block)

    @cached_property
    def _welfare(self) -> np.ndarray:
        return self.lanes(Luck.WELFARE)

    @cached_property
    def transitory(self) -> list[float]:
        return normal_of(self._welfare[0]).tolist()

    @cached_property
    def work(self) -> list[float]:
        return self._welfare[1].tolist()

    @cached_property
    def other(self) -> list[float]:
        return self._welfare[2].tolist()

    @cached_property
    def family(self) -> list[float]:
        return self._welfare[3].tolist()

    @cached_property
    def slow(self) -> list[list[float]]:
        """Two normals: what moves the seen and the unseen part of slow welfare."""
        return [normal_of(lane).tolist() for lane in self.lanes(Luck.WELFARE, 1)[:2]]

    @cached_property
    def school_year(self) -> list[list[float]]:
        return self.lanes(Luck.SCHOOL_YEAR).tolist()

    @cached_property
    def register(self) -> list[list[float]]:
        """Four uniforms: for knowing, for proposing, for being struck, for being written down twice."""
        return self.lanes(Luck.REGISTER).tolist()

    @cached_property
    def enumeration(self) -> list[list[float]]:
        return self.lanes(Luck.ENUMERATION).tolist()

    @cached_property
    def enumeration_noise(self) -> list[float]:
        return normal_of(self.lanes(Luck.ENUMERATION)[1]).tolist()

    @cached_property
    def delay(self) -> dict[str, list[float]]:
        """A normal for each programme: the family's own part in how long a transfer takes."""
        blocks = {"pkh": 4, "sembako": 5}
        return {name: normal_of(self.lanes(Luck.TRANSFER, block)[0]).tolist() for name, block in blocks.items()}

    @cached_property
    def collecting(self) -> list[list[float]]:
        """Two uniforms: whether the family comes for its money, and when, so finely that no two come at once."""
        comes, when, finer, _ = self.lanes(Luck.COLLECTING)
        return [comes.tolist(), (when + finer * 2.0**-32).tolist()]

    @cached_property
    def conditions(self) -> list[list[float]]:
        """Three uniforms: attendance, dropping out, coming back."""
        return self.lanes(Luck.CONDITIONS)[:3].tolist()
