"""The banks and the post office: queues, capacity, good months and bad ones, freezes."""

from __future__ import annotations

import mesa
import numpy as np

from simulation.context import Now
from simulation.households import Account
from simulation.month.open_accounts import (
    BANKS,
    first_in_queue,
    freeze_accounts,
    hand_over_cards,
    open_rows,
    thaw_accounts,
)
from simulation.month.pay import bank_days
from simulation.month.redeem import withdraw_cash
from simulation.randomness import Luck, uniforms


class Bank(mesa.Agent):
    """One bank: opens accounts, hands over cards, transfers with a delay, freezes accounts now and then.

    Attributes
    ----------
    number : place among the banks. share : of the city's families. frozen_until : month in which a freeze ends.
    days : this month's mean days from order to account.
    """

    def __init__(self, model: mesa.Model, number: int, share: float, frozen_until: int) -> None:
        super().__init__(model)
        self.number = number
        self.name = BANKS[number]
        self.share = share
        self.frozen_until = frozen_until
        self.days = 0.0
        self.queue = self.opened = self.failed = self.cards = 0

    def process_queue(self, now: Now, rows: np.ndarray) -> None:
        """Open accounts as far as capacity reaches and hand over cards.

        Parameters
        ----------
        rows : this bank's families whose account is not in order.
        """
        capacity = now.whole(now.policy.openings_per_month * now.scale * self.share)
        first = first_in_queue(now, rows, capacity)
        self.queue = int((now.hh.account[rows] == int(Account.PROSES_BUREKOL)).sum())
        self.failed = now.apply(open_rows, rows=first)
        self.opened = first.size - self.failed
        self.cards = now.apply(hand_over_cards, rows=rows)

    def transfer(self, now: Now) -> float:
        """Return how long transfers take this month, in days: set by the habits of the bank and its luck."""
        self.days = float(
            now.apply(bank_days, numbers=np.array([self.number]), mean_days=now.policy.bank_processing_days)[0]
        )
        return self.days

    def end_freeze(self, now: Now, rows: np.ndarray) -> None:
        """Let the accounts among ``rows`` that are frozen until this month work again, or have them opened anew."""
        if now.month == self.frozen_until:
            now.apply(thaw_accounts, rows=rows)

    def freeze_sometimes(self, now: Now) -> None:
        """Freeze a part of the accounts for some months, rarely (seen in a neighbouring district in 2022).

        One freeze at a time: a bank that ends one this month has done so before.
        """
        luck = uniforms(now.seed, int(Luck.BANK_MONTH), now.month, self.number, 1)
        if now.month < self.frozen_until or luck[0] >= now.assumptions.freeze_per_year / 12:
            return
        low, high = now.assumptions.freeze_months_min, now.assumptions.freeze_months_max
        self.frozen_until = now.month + low + int(luck[1] * (high - low + 1))
        active = np.flatnonzero((now.hh.bank == self.number) & (now.hh.account == int(Account.AKTIF)))
        now.tally.add("frozen_accounts", now.apply(freeze_accounts, rows=active))

    def report(self, now: Now) -> dict[str, object]:
        """Return what the month was like, for the table of agents."""
        return {
            "kind": "bank",
            "number": self.number,
            "days": self.days,
            "queue": self.queue,
            "opened": self.opened,
            "failed": self.failed,
            "cards": self.cards,
            "frozen": now.month < self.frozen_until,
        }


class PosOffice(mesa.Agent):
    """The post offices of the city: pay cash over the counter, so many families a day."""

    def __init__(self, model: mesa.Model) -> None:
        super().__init__(model)
        self.days = 0.0
        self.capacity = self.queue = self.served = 0

    def transfer(self, now: Now) -> float:
        """Return how long it takes until money can be collected at the counter, in days."""
        days = now.assumptions.post_processing_days
        self.days = float(now.apply(bank_days, numbers=np.array([len(BANKS)]), mean_days=days)[0])
        return self.days

    def open_counters(self, now: Now) -> None:
        """Begin a month: so many families can be paid before the counters close."""
        assumptions = now.assumptions
        per_stage = assumptions.post_offices * assumptions.post_families_per_day * assumptions.post_days_per_stage
        self.capacity = max(int(per_stage * now.scale), 1)
        self.queue = self.served = 0

    def serve(self, now: Now, programme: str, customers: np.ndarray) -> int:
        """Pay out to the queue as far as the counters' capacity reaches; return the rupiah paid out."""
        hh = now.hh
        served = min(customers.size, self.capacity)
        self.capacity -= served
        self.queue += customers.size
        self.served += served
        return now.apply(
            withdraw_cash,
            rows=customers[:served],
            balance_idr=hh[f"{programme}_balance_idr"],
            received_idr=hh.cash_received_idr if programme == "pkh" else hh.goods_received_idr,
            collected=hh[f"{programme}_collected"],
            idle_stages=hh[f"{programme}_idle_stages"],
            fee_share=0.0,
            fee_idr=0,
            instead_of_goods=programme == "sembako",
        )

    def report(self, now: Now) -> dict[str, object]:
        """Return what the month was like, for the table of agents."""
        return {"kind": "post", "number": 0, "days": self.days, "queue": self.queue, "served": self.served}
