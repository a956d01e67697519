"""What is counted of lists and cards beside the measures: ground checks, removals, cards, the weight of PKH."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from simulation.context import Now
from simulation.households import Account, Exit
from simulation.model import AssistanceModel

_CARD_IS_LATE_MONTHS = 3
"""Nearly all cards that will ever be handed over are by then."""


class ListBook:
    """Keeps, month by month, pairs of what happened and of all to whom it could have happened."""

    def __init__(self, model: AssistanceModel) -> None:
        self.model = model
        self.pairs: dict[str, list[tuple[float, float]]] = {}
        self._listed = model.hh.listed.copy()
        self._persons = model.hh.size.astype(float)

    def take(self, now: Now) -> None:
        """Count the month just lived."""
        for name, pair in (
            ("not_found_share", self._ground_check(now)),
            ("taken_off_share", (_taken_off(now), now.tally["campaign_checks"])),
            ("records_struck_share", self._struck(now)),
            ("sembako_removed_share", (now.tally["sembako_exits_removed"], now.hh.in_sembako.sum())),
            ("cards_waiting_share", _cards_waiting(now)),
            ("pkh_share_of_consumption", _weight_of_pkh(now)),
        ):
            self.pairs.setdefault(name, []).append((float(pair[0]), float(pair[1])))

    def value(self, measure: str, months: Iterable[int]) -> float:
        """Return a share over some months: of all visits, of one month's stock, or of the mean stock for removals."""
        happened, among = np.array([self.pairs[measure][month] for month in months]).T
        whole = among.mean() if measure.endswith(("struck_share", "removed_share")) else among.sum()
        return float(happened.sum() / whole) if whole > 0 else np.nan

    def _ground_check(self, now: Now) -> tuple[int, int]:
        """Return how many recipients the month's campaign did not find, and how many it looked for."""
        done = int(now.tally["campaign_checks"])
        if not done:
            return 0, 0
        hh, rows = now.hh, self.model.social_office.to_check
        checked = rows[np.lexsort((hh.luck_id[rows], hh.rt[rows]))][:done]
        return (hh.checked_month[checked] != now.month).sum(), done

    def _struck(self, now: Now) -> tuple[float, float]:
        """Return the persons struck off the registry this month, and those on it before."""
        hh = now.hh
        before, rows = self._listed, min(self._listed.size, hh.rows)
        struck = before[:rows] & ~hh.listed[:rows]
        pair = self._persons[:rows][struck].sum(), self._persons[before].sum()
        self._listed, self._persons = hh.listed.copy(), hh.size.astype(float)
        return pair


def _taken_off(now: Now) -> int:
    """Return how many families this month's decree takes off their last list for a decile above the limit."""
    hh = now.hh
    return ((hh.exit_month == now.month) & (hh.exit_reason == Exit.DECILE) & ~hh.in_pkh & ~hh.in_sembako).sum()


def _cards_waiting(now: Now) -> tuple[int, int]:
    hh, rows = now.hh, now.rows("enrolled")
    waiting = hh.account[rows] == Account.MENUNGGU_KARTU
    return (waiting & (now.month - hh.account_month[rows] >= _CARD_IS_LATE_MONTHS)).sum(), rows.size


def _weight_of_pkh(now: Now) -> tuple[float, float]:
    """Return what PKH families consume of a month's PKH, were it all paid, and what they consume before, in rupiah."""
    hh = now.hh
    rows = np.flatnonzero(hh.in_pkh & hh.active)
    paid = now.assumptions.mpc_cash * hh.pkh_entitlement_idr[rows].sum() * now.policy.benefit_multiplier / 12
    return paid, (hh.consumption[rows] * hh.size[rows]).sum() * now.line_idr
