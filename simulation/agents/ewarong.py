"""The food agent (e-warong): finances stock, opens, serves who comes, and gives full value or not.

Where the channel is cash the same agents pay out cash, with a queue and sometimes an unofficial fee.
"""

from __future__ import annotations

import mesa
import numpy as np

from simulation.context import Now
from simulation.month.redeem import withdraw_cash


class EWarong(mesa.Agent):
    """One agent of the food programme.

    Attributes
    ----------
    x_km, y_km : place. capital_idr : stock it can finance. tied : stock comes on credit from one supplier.
    families_per_day : whom it can serve a day. short_frequency : how often a transaction is short of face value.
    unhurried : families served without a long wait.
    queue_last, value_last : what families say of it: share not served, value for each rupiah.
    """

    def __init__(self, model: mesa.Model, number: int, **traits: float) -> None:
        super().__init__(model)
        self.number = number
        self.x_km = traits["x_km"]
        self.y_km = traits["y_km"]
        self.kelurahan = int(traits["kelurahan"])
        self.capital_idr = traits["capital_idr"]
        self.tied = bool(traits["tied"])
        self.families_per_day = traits["families_per_day"]
        self.short_depth = traits["short_depth"]
        self.short_frequency = traits["short_frequency"]
        self.queue_last = traits["queue_last"]
        self.value_last = traits["value_last"]
        self.inspected = False
        self.customers = self.served = self.unhurried = self.shorted = 0
        self.sales_idr = self.value_idr = self.days_open = 0

    def open(self, now: Now, customers: int, luck: float, package_idr: float) -> None:
        """Open for the month's days, and see how many of the queue hands, network and stock can serve.

        Parameters
        ----------
        customers : families who came. luck : uniform for the month. package_idr : what a family's purchase costs.
        """
        self.customers = customers
        self.days_open = self.days_with_network(now, luck)
        hands = int(self.families_per_day * self.days_open)
        self.unhurried = hands // 2
        self.served = min(customers, hands, self.packages_in_stock(now, package_idr))

    def days_with_network(self, now: Now, luck: float) -> int:
        """Return the days on which the agent is open and the network is up."""
        days = now.assumptions.agent_days_per_stage
        up = 1 - now.assumptions.agent_down_per_day
        ways, reached = 1.0, 0.0
        for down in range(days + 1):
            reached += ways * up ** (days - down) * (1 - up) ** down
            if luck < reached:
                return days - down
            ways *= (days - down) / (down + 1)
        return 0

    def packages_in_stock(self, now: Now, package_idr: float) -> int:
        """Return the packages that can be financed: own capital turns over, a supplier gives credit."""
        if self.tied and now.policy.delivery_channel == "ewarong":
            return self.customers
        turns = 1 + int(self.days_open / now.assumptions.agent_restock_days)
        return int(self.capital_idr * turns / max(package_idr, 1.0))

    def pay_out(self, now: Now, customers: np.ndarray) -> None:
        """Pay out cash to the customers that it serves, sometimes less an unofficial fee."""
        hh = now.hh
        self.sales_idr = int(hh.sembako_balance_idr[customers].sum())
        low, high = now.assumptions.cash_fee_low_idr, now.assumptions.cash_fee_high_idr
        self.value_idr = now.apply(
            withdraw_cash,
            rows=customers,
            balance_idr=hh.sembako_balance_idr,
            received_idr=hh.goods_received_idr,
            collected=hh.sembako_collected,
            idle_stages=hh.sembako_idle_stages,
            fee_share=self.short_frequency * (1 - now.assumptions.inspected_shield * self.inspected),
            fee_idr=int((low + high) / 2),
            instead_of_goods=True,
        )
        self.shorted = 0

    def end_month(self, now: Now, finding_luck: float) -> None:
        """Let word get round about the agent, and the agent draw its lesson from an inspection."""
        if self.customers:
            self.remember(now)
        self.adapt(now, finding_luck)

    def remember(self, now: Now) -> None:
        """Let word of mouth follow what customers met this month."""
        weight = now.assumptions.word_of_mouth_weight
        self.queue_last += weight * (1 - self.served / self.customers - self.queue_last)
        if self.sales_idr > 0:
            self.value_last += weight * (self.value_idr / self.sales_idr - self.value_last)

    def adapt(self, now: Now, finding_luck: float) -> None:
        """Give fuller value after an inspection that found something; drift back to old habits where nobody looks."""
        if self.inspected and finding_luck < self.short_frequency:
            self.short_frequency -= now.assumptions.short_frequency_drop_on_finding
        elif not self.inspected:
            self.short_frequency += now.assumptions.short_frequency_rise_per_month
        kind = "tied" if self.tied else "independent"
        habit = now.assumptions[f"short_frequency_{kind}"]
        self.short_frequency = min(max(self.short_frequency, 0.0), habit)

    def report(self, now: Now) -> dict[str, object]:
        """Return what the month was like, for the table of agents."""
        return {
            "kind": "ewarong",
            "number": self.number,
            "kelurahan": self.kelurahan,
            "tied": self.tied,
            "inspected": self.inspected,
            "customers": self.customers,
            "served": self.served,
            "shorted": self.shorted,
            "days_open": self.days_open,
            "sales_idr": self.sales_idr,
            "value_idr": self.value_idr,
            "short_frequency": self.short_frequency,
        }
