"""Where money and goods are handed out: the banks, the post offices, the e-warong."""

import math

import mesa

from simulation.households import Account
from simulation.randomness import Luck, inverse_normal

AGENT_MONTH, BANK_MONTH = int(Luck.AGENT_MONTH), int(Luck.BANK_MONTH)
OPENING, TRANSACTION = int(Luck.OPENING), int(Luck.TRANSACTION)
NONE, IN_QUEUE, ACTIVE, FROZEN = (
    int(one) for one in (Account.NONE, Account.PROSES_BUREKOL, Account.AKTIF, Account.DIBEKUKAN)
)


def days_of_month(model, number: int, mean_days: float) -> float:
    """Return this month's mean days from order to account: good months and bad ones."""
    spread = model.assumptions.delay_batch_sd
    z = inverse_normal(model.draws.one(BANK_MONTH, number)[0])
    return mean_days * math.exp(spread * z - spread**2 / 2)


class RefBank(mesa.Agent):
    """One bank and the families whose account it keeps, or would keep."""

    def __init__(self, model, number: int, share: float, frozen_until: int) -> None:
        super().__init__(model)
        self.number = number
        self.share = share
        self.frozen_until = frozen_until
        self.customers = []
        self.days = 0.0

    def step(self) -> None:
        """Take in new customers, end a freeze or begin one, open accounts as far as hands reach, hand over cards."""
        model = self.model
        if model.policy.delivery_channel != "cash_post":
            for family in self.customers:
                family.ask_for_account()
        pending = [family for family in self.customers if family.account not in (NONE, ACTIVE)]
        if model.month == self.frozen_until:
            for family in pending:
                self.thaw(family)
        self.freeze_sometimes()
        for family in self.first_in_queue(pending):
            family.open_account()
        for family in pending:
            family.fetch_card()
        self.days = days_of_month(model, self.number, model.policy.bank_processing_days)

    def first_in_queue(self, pending: list) -> list:
        """Return who is next: after the lead time, the longest waiting first, by luck among equals."""
        model = self.model
        latest = model.month - model.assumptions.opening_lead_months
        queue = [family for family in pending if family.account == IN_QUEUE and family.account_month <= latest]
        capacity = model.whole(model.policy.openings_per_month * model.plan.scale * self.share)
        if len(queue) <= capacity:
            return queue
        queue.sort(key=lambda family: (family.account_month, model.draws.one(OPENING, family.luck_id, 1)[0]))
        return queue[:capacity]

    def freeze_sometimes(self) -> None:
        model, a = self.model, self.model.assumptions
        begins, length, _, _ = model.draws.one(BANK_MONTH, self.number, 1)
        if model.month < self.frozen_until or begins >= a.freeze_per_year / 12:
            return
        months = a.freeze_months_min + int(length * (a.freeze_months_max - a.freeze_months_min + 1))
        self.frozen_until = model.month + months
        for family in self.customers:
            if family.account == ACTIVE and model.draws.one(OPENING, family.luck_id, 2)[0] < a.freeze_accounts_share:
                family.account = FROZEN
                family.account_month = model.month

    def thaw(self, family) -> None:
        """Let a frozen account work again, or have it opened anew."""
        model = self.model
        if family.account == FROZEN:
            works = model.draws.one(OPENING, family.luck_id, 3)[0] < model.assumptions.freeze_recovered_share
            family.account = ACTIVE if works else IN_QUEUE
            family.account_month = model.month


class RefPost(mesa.Agent):
    """The post offices: cash over the counter, so many families a stage."""

    def __init__(self, model) -> None:
        super().__init__(model)
        self.queue = {"pkh": [], "sembako": []}

    def days(self) -> float:
        return days_of_month(self.model, len(self.model.banks), self.model.assumptions.post_processing_days)

    def step(self) -> None:
        """Pay out to who came first, PKH before Sembako, as far as the counters' capacity reaches."""
        a = self.model.assumptions
        per_stage = a.post_offices * a.post_families_per_day * a.post_days_per_stage
        capacity = max(int(per_stage * self.model.plan.scale), 1)
        for programme, queue in self.queue.items():
            queue.sort(key=lambda place: place[0])
            for _, family in queue[:capacity]:
                family.take_cash(getattr(family, programme))
            capacity = max(capacity - len(queue), 0)
            queue.clear()


class RefEWarong(mesa.Agent):
    """One food agent: it finances stock, serves who comes, and gives full value or not."""

    def __init__(self, model, number: int, **traits: float) -> None:
        super().__init__(model)
        self.number = number
        for name, value in traits.items():
            setattr(self, name, value)
        self.kind = "tied" if self.tied else "independent"
        self.inspected = False
        self.queue = []
        self.burden = 0.0
        self.sales_idr = self.value_idr = 0

    def be_known(self) -> None:
        """Let word go round of queue, value and quality, in minutes that families would walk to be rid of it."""
        a = self.model.assumptions
        self.burden = (
            a.choice_minutes_per_queue * self.queue_last
            - a.choice_minutes_per_value * self.value_last
            + a.choice_minutes_bad_quality * a[f"bad_quality_share_{self.kind}"]
        )

    def step(self) -> None:
        """Open, serve the queue as far as hands, network and stock reach, and learn from it."""
        model, a = self.model, self.model.assumptions
        network, finding, _, _ = model.draws.one(AGENT_MONTH, self.number)
        days_open = self.days_with_network(network)
        hands = int(self.families_per_day * days_open)
        self.queue.sort(key=lambda place: place[0])
        queue = [family for _, family in self.queue]
        self.queue.clear()
        served = queue[: min(hands, self.packages_in_stock(len(queue), days_open))]
        sell = self.sell_goods if model.policy.delivery_channel == "ewarong" else self.pay_cash
        self.sales_idr = sum(family.sembako.balance_idr for family in served)
        self.value_idr = sum(sell(family, place, hands // 2) for place, family in enumerate(served))
        if queue:
            self.queue_last += a.word_of_mouth_weight * (1 - len(served) / len(queue) - self.queue_last)
            if self.sales_idr > 0:
                self.value_last += a.word_of_mouth_weight * (self.value_idr / self.sales_idr - self.value_last)
        self.adapt(finding)

    def days_with_network(self, luck: float) -> int:
        """Return the days on which the network is up: a binomial number."""
        a = self.model.assumptions
        days, up, reached = a.agent_days_per_stage, 1 - a.agent_down_per_day, 0.0
        for down in range(days + 1):
            reached += math.comb(days, down) * up ** (days - down) * (1 - up) ** down
            if luck < reached:
                return days - down
        return 0

    def packages_in_stock(self, customers: int, days_open: int) -> int:
        """Return the purchases that can be financed: own capital turns over, a supplier gives credit."""
        model = self.model
        if self.tied and model.policy.delivery_channel == "ewarong":
            return customers
        turns = 1 + int(days_open / model.assumptions.agent_restock_days)
        return int(self.capital_idr * turns / max(model.package_idr, 1.0))

    def sell_goods(self, family, place: int, unhurried: int) -> int:
        """Sell goods for the whole balance, some short of face value; return the value handed over."""
        model, a = self.model, self.model.assumptions
        cheats, depth, quality, _ = model.draws.one(TRANSACTION, family.luck_id)
        chance = self.short_frequency * (1 - a.informed_shield * family.informed)
        if self.inspected:
            chance *= 1 - a.inspected_shield
        loss = 0.0
        if cheats < chance:
            loss = min(self.short_depth * (1 + a.short_depth_spread * (2 * depth - 1)), 1.0)
        value = round(family.sembako.balance_idr * (1 - loss))
        family.sembako_value_share = 1 - loss
        family.goods_received_idr += value
        family.empty(family.sembako)
        family.agent = self.number
        family.long_wait = place >= unhurried
        family.bad_quality = quality < a[f"bad_quality_share_{self.kind}"]
        return value

    def pay_cash(self, family, place: int, unhurried: int) -> int:
        """Pay out the whole balance, sometimes less an unofficial fee; return what the family has in hand."""
        model, a = self.model, self.model.assumptions
        chance = self.short_frequency * (1 - a.inspected_shield * self.inspected)
        charged = model.draws.one(TRANSACTION, family.luck_id, 1)[0] < chance
        fee = int((a.cash_fee_low_idr + a.cash_fee_high_idr) / 2) if charged else 0
        return family.take_cash(family.sembako, fee)

    def adapt(self, luck: float) -> None:
        """Give fuller value after an inspection that found something; drift back where nobody looks."""
        a = self.model.assumptions
        if self.inspected and luck < self.short_frequency:
            self.short_frequency -= a.short_frequency_drop_on_finding
        elif not self.inspected:
            self.short_frequency += a.short_frequency_rise_per_month
        self.short_frequency = min(max(self.short_frequency, 0.0), a[f"short_frequency_{self.kind}"])
