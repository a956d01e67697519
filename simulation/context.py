"""What a step of the month sees: the families, the rules in force, the books, and the tally of what happens."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from simulation.clock import Month, is_due
from simulation.compiled import apply
from simulation.households import NEVER, Households
from simulation.ledger import Ledger
from simulation.plan import Settings
from simulation.randomness import Luck, uniform_lanes
from simulation.rows import rows_where


@dataclass(slots=True)
class WelfareMap:
    """From the latent index to a rank among persons and to consumption, on evenly spaced knots."""

    table_start: float
    table_step: float
    rank_table: np.ndarray
    log_quantile_table: np.ndarray


@dataclass(slots=True)
class Places:
    """What does not move: rows in the order of a walk through each kelurahan, and the tree of places."""

    route: np.ndarray
    """Rows sorted by kelurahan, RT, luck number."""
    route_key: np.ndarray
    """What the route is sorted by: RT and luck number in one, so that a place on it outlasts the rows."""
    route_start: np.ndarray
    """Where each kelurahan's rows begin in ``route``, one more at the end."""
    kecamatan_of_kelurahan: np.ndarray
    rts: int
    """Number of neighbourhoods."""

    @classmethod
    def of(cls, hh: Households, kecamatan_of_kelurahan: np.ndarray) -> Places:
        """Index the rows by place."""
        key = hh.rt.astype(np.int64) << 32 | hh.luck_id.astype(np.int64)
        route = np.argsort(key)
        counts = np.bincount(hh.kelurahan, minlength=kecamatan_of_kelurahan.size)
        start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        return cls(route, key[route], start, kecamatan_of_kelurahan, int(hh.rt.max()) + 1)


@dataclass(slots=True)
class Cutoffs:
    """What the last selection of one programme turned on; the cascade judges families against it."""

    month: int = NEVER
    quota: int = 0
    recorded: float = -np.inf
    """The key that would have sufficed had the whole list been drawn anew from the records."""
    true_log: float = -np.inf
    """The consumption that would have sufficed had consumption been known."""
    score_weight: float = 0.0
    """How much the key moves with the score of the record: 0 where the record's score plays no part."""
    score_limit: float = np.inf
    """The highest score of a record that the programme accepts."""
    knows_all: bool = False
    """The rule looks at families themselves, not at the registry (perfect, universal, random)."""


@dataclass(slots=True)
class Standing:
    """What the offices carry from month to month beside the families."""

    swept: bool = False
    regime: str = "dtks"
    regime_since: int = NEVER
    route_position: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    next_spare_row: int = 0
    next_luck_id: int = 0
    pkh: Cutoffs = field(default_factory=Cutoffs)
    sembako: Cutoffs = field(default_factory=Cutoffs)
    quotas: dict[str, list] = field(default_factory=dict)
    """Seats by programme, behind the terms (year, budget, multiplier, quota set) that they were counted for."""
    pkh_ordered_this_year_idr: int = 0
    sembako_ordered_this_year_idr: int = 0
    aid_stock: float = -1.0
    """Packages of emergency aid in store; negative before the first use."""

    def count_order(self, programme: str, amount: int) -> None:
        """Count an order against the budget year."""
        name = f"{programme}_ordered_this_year_idr"
        setattr(self, name, getattr(self, name) + int(amount))


class Tally(dict):
    """What happened this month, counted by the steps; a name that nobody counted is zero."""

    def __missing__(self, name: str) -> float:
        return 0

    def add(self, name: str, amount: float) -> None:
        """Count more of something."""
        self[name] = self[name] + amount


_GROUPS = {
    "enrolled": lambda hh: hh.in_pkh | hh.in_sembako,
    "pkh": lambda hh: hh.in_pkh,
    "poor": lambda hh: hh.active & (hh.log_consumption < 0),
    "assisted": lambda hh: hh.in_pkh | hh.in_sembako | (hh.support_idr > 0),
}


@dataclass(slots=True)
class Now:
    """One month of one run."""

    month: int
    date: Month
    seed: int
    scale: float
    hh: Households
    policy: Settings
    assumptions: Settings
    welfare_map: WelfareMap
    places: Places
    standing: Standing
    ledger: Ledger
    tally: Tally = field(default_factory=Tally)
    line_idr: float = 0.0
    """Poverty line of the month, rupiah a person and month."""

    _rows: dict[str, np.ndarray] = field(default_factory=dict)
    scope: dict[str, object] = field(init=False)
    """What a rule may ask for by name: columns, parameters, ``month``, ``seed``."""

    def __post_init__(self) -> None:
        self.scope = self.hh.by_name() | vars(self.policy) | vars(self.assumptions)
        self.scope |= {"month": self.month, "seed": self.seed}

    def apply(self, rule, **values):
        """Call a rule: its arguments are columns, parameters, ``month``, ``seed`` or the values given here."""
        return apply(rule, self.scope, **values)

    def rows(self, name: str) -> np.ndarray:
        """Return the rows of a group, looked up once: ``enrolled``, ``pkh``, ``poor`` or ``assisted``.

        A step that changes who belongs to a group calls ``changed`` afterwards.
        """
        if name not in self._rows:
            self._rows[name] = rows_where(_GROUPS[name](self.hh))
        return self._rows[name]

    def changed(self, *names: str) -> None:
        """Forget who belonged to these groups."""
        for name in names:
            self._rows.pop(name, None)

    def lanes(self, decision: Luck, block: int = 0) -> np.ndarray:
        """Return four uniforms for every row, shape (4, rows)."""
        return uniform_lanes(self.seed, int(decision), self.month, self.hh.luck_id, block)

    def lanes_of(self, decision: Luck, rows: np.ndarray, block: int = 0) -> np.ndarray:
        """Return four uniforms for each of ``rows``, shape (4, rows.size)."""
        return uniform_lanes(self.seed, int(decision), self.month, self.hh.luck_id[rows], block)

    def whole(self, per_month: float) -> int:
        """Return a monthly number in whole units that add up over the months to the fractional ones."""
        return math.floor((self.date.count + 1) * per_month) - math.floor(self.date.count * per_month)

    def is_due(self, interval: int) -> bool:
        """Tell whether something that happens every ``interval`` months is due."""
        return is_due(self.date, interval)
