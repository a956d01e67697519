"""What is owed to a family, how it comes to its account, and how the family collects it."""

import math

from simulation.households import Account, Stage
from simulation.randomness import Luck

OPENING, CARDS, MISMATCH = int(Luck.OPENING), int(Luck.CARDS), int(Luck.MISMATCH)
AGENT_CHOICE, VISITS = int(Luck.AGENT_CHOICE), int(Luck.VISITS)
NONE, IN_QUEUE, OPENING_FAILED, WAITS_FOR_CARD = (int(one) for one in tuple(Account)[:4])
ACTIVE, MISMATCHED, FROZEN, UNCOLLECTED = (int(one) for one in tuple(Account)[4:])
NOTHING_DUE, ORDERED, ON_TIME, LATE, FAILED, UNFUNDED, NO_ACCOUNT, SUSPENDED = (int(one) for one in Stage)


class Claim:
    """A family's claim on one programme: the last due payment, and the money on its way or on the account."""

    __slots__ = (
        "balance_idr", "collected", "credited_idr", "due_idr", "funded", "idle_stages", "months_late", "returned_idr",
        "stage", "waiting_idr", "waiting_months",
    )  # fmt: skip

    def __init__(self) -> None:
        self.stage = NOTHING_DUE
        self.months_late = self.waiting_months = self.idle_stages = 0
        self.waiting_idr = self.returned_idr = self.credited_idr = self.balance_idr = self.due_idr = 0
        self.collected = False
        self.funded = True

    @property
    def failed(self) -> bool:
        return self.stage == FAILED

    def arrive(self, account) -> None:
        """Be credited when the time has come: late."""
        self.credited_idr = 0
        if self.waiting_idr == 0:
            return
        self.waiting_months -= 1
        if self.stage == ORDERED:
            self.months_late += 1
        if self.waiting_months <= 0:
            self.credited_idr = self.waiting_idr
            account.credit(self.waiting_idr)
            self.waiting_idr = self.waiting_months = 0
            if self.stage == ORDERED:
                self.stage = LATE

    def order(self, account, matched: bool, months: int) -> None:
        """Order what is due: it is credited at once, waits or fails; it never delays older money."""
        due = self.due_idr
        if not self.funded:
            self.stage = UNFUNDED
            return
        account.release(due)
        if not matched:
            self.stage = FAILED
            self.returned_idr += due
            account.fail(due)
        elif months == 0:
            self.stage = ON_TIME
            self.credited_idr += due
            account.credit(due)
        else:
            self.stage = ORDERED
            self.waiting_months = min(months, self.waiting_months or months)
            self.waiting_idr += due

    def order_again(self, account) -> None:
        """Order what had failed once more, after a repair."""
        if self.returned_idr > 0:
            account.repair(self.returned_idr)
            self.waiting_idr += self.returned_idr
            self.waiting_months = 1
            self.returned_idr = 0
            if self.stage == FAILED:
                self.stage = ORDERED


class Assisted:
    """A family as banks, post and agents know it."""

    __slots__ = ()

    @property
    def claims(self) -> list[Claim]:
        return [one for one in (self.pkh, self.sembako) if one is not None]

    @property
    def payment_failed(self) -> bool:
        """Tell whether a helper is needed: the bank and the records disagree."""
        return self.account in (OPENING_FAILED, MISMATCHED) or any(one.failed for one in self.claims)

    def ask_for_account(self) -> None:
        """Join the bank's queue if on a list and without an account."""
        if (self.in_pkh or self.in_sembako) and self.account in (NONE, UNCOLLECTED):
            self.account = IN_QUEUE
            self.account_month = self.model.month

    def open_account(self) -> bool:
        """Have the account opened; tell whether name and number agreed."""
        self.account_month = self.model.month
        agreed = self.model.draws.one(OPENING, self.luck_id)[0] >= self.model.assumptions.opening_failure_share
        self.account = WAITS_FOR_CARD if agreed else OPENING_FAILED
        return agreed

    def fetch_card(self) -> None:
        """Come for the card sooner or later, or never; after a year the account is closed."""
        model, a = self.model, self.model.assumptions
        if self.account != WAITS_FOR_CARD or self.account_month >= model.month:
            return
        never = model.draws.one(CARDS, self.luck_id, 1, month=self.account_month)[0]
        if never < a.card_never_collected_share:
            if model.month - self.account_month >= a.card_return_months:
                self.account = UNCOLLECTED
                self.account_month = model.month
        elif model.draws.one(CARDS, self.luck_id)[0] < a.card_handover_per_month:
            self.account = ACTIVE
            self.account_month = self.matched_month = model.month

    def expect_payment(self) -> None:
        """See orders of earlier months arrive; where a stage is due, be owed its amount or nothing, and know why."""
        self.cash_received_idr = self.goods_received_idr = 0
        model = self.model
        ministry = model.ministry
        if self.pkh is not None:
            self.pkh.arrive(model.ledger["pkh"])
            if "pkh" in ministry.due:
                self.be_suspended_or_not()
                self.price_stage("pkh", self.pkh)
        if self.sembako is not None:
            self.sembako.arrive(model.ledger["sembako"])
            if "sembako" in ministry.due:
                self.price_stage("sembako", self.sembako)

    def be_suspended_or_not(self) -> None:
        """Have PKH suspended where conditions were verified as missed and the rule is enforced."""
        if not self.in_pkh or not self.model.policy.conditionality_enforced:
            self.suspended = False
        elif self.verified:
            self.suspended = not self.attends
        self.suspended_stages = self.suspended_stages + 1 if self.suspended else 0

    def price_stage(self, programme: str, claim: Claim) -> None:
        ministry, policy = self.model.ministry, self.model.policy
        pkh = programme == "pkh"
        claim.due_idr, claim.funded = 0, True
        if not (self.in_pkh if pkh else self.in_sembako):
            claim.stage = NOTHING_DUE
            return
        claim.months_late = 0
        if pkh and self.suspended:
            claim.stage = SUSPENDED
        elif ministry.needs_account(programme) and self.account not in (ACTIVE, MISMATCHED):
            claim.stage = NO_ACCOUNT
        else:
            if pkh:
                share = policy.pkh_payment_cycle_months / 12
                claim.due_idr = round(self.pkh_entitlement_idr * share * policy.benefit_multiplier)
            else:
                claim.due_idr = ministry.sembako_stage_idr
            if claim.due_idr:
                ministry.claimants[programme].append(self)

    def collect(self) -> None:
        """Have what is due ordered, find credits on the account, fetch cash, and go where Sembako is to be had."""
        pkh, sembako = self.pkh, self.sembako
        if pkh is None and sembako is None:
            return
        due = self.model.ministry.due
        if pkh is not None and "pkh" in due and pkh.due_idr:
            self.be_ordered("pkh", pkh, 4)
        if sembako is not None and "sembako" in due and sembako.due_idr:
            self.be_ordered("sembako", sembako, 5)
        self.load_account()
        if self.comes_for_money():
            self.fetch_money()

    def be_ordered(self, programme: str, claim: Claim, block: int) -> None:
        """Have the account checked where money goes to one, and the payment ordered."""
        model, a = self.model, self.model.assumptions
        checked = claim.funded and model.ministry.needs_account(programme)
        matched = self.check_account(block) if checked else True
        noise = a.delay_family_sd * model.draws.delay[programme][self.row]
        days = model.bank_days[self.bank] * math.exp(noise - a.delay_family_sd**2 / 2)
        at_once = programme == "sembako" and model.policy.delivery_channel == "in_kind"
        months = 0 if at_once else int(days // a.on_time_days)
        claim.order(model.ledger[programme], matched, months)

    def check_account(self, block: int) -> bool:
        """Tell whether name and number agree with the bank: likelier not where the record has changed since."""
        model, a = self.model, self.model.assumptions
        if self.account == MISMATCHED:
            return False
        chance = 1 - (1 - a.mismatch_per_month) ** (model.month - self.matched_month)
        if self.record_month > self.matched_month:
            chance = min(chance * a.mismatch_changed_record_factor, 1.0)
        if model.draws.one(MISMATCH, self.luck_id, block)[0] < chance:
            self.account = MISMATCHED
            self.account_month = model.month
            return False
        self.matched_month = model.month
        return True

    def load_account(self) -> None:
        """Find this month's credits on account and card; lose what three stages of its programme met untouched."""
        model = self.model
        for programme, claim in (("pkh", self.pkh), ("sembako", self.sembako)):
            if claim is None or claim.credited_idr == 0:
                continue
            claim.idle_stages += claim.balance_idr > 0
            if claim.idle_stages >= model.assumptions.idle_stages_before_return:
                model.ledger[programme].forfeit_paid(claim.balance_idr)
                model.counts["forfeited_idr"] += claim.balance_idr
                claim.balance_idr = claim.idle_stages = 0
            claim.balance_idr += claim.credited_idr
            claim.collected = False

    def comes_for_money(self) -> bool:
        luck = self.model.draws.collecting[0][self.row]
        return self.active and not (self.idle_prone and luck < self.model.assumptions.idle_prone_rate)

    def fetch_money(self) -> None:
        """Draw PKH in cash and go shopping with the Sembako card, or queue at the post office for both."""
        model, channel = self.model, self.model.policy.delivery_channel
        arrival = model.draws.collecting[1][self.row]
        if self.pkh is not None and self.pkh.balance_idr > 0:
            if channel == "cash_post":
                model.post.queue["pkh"].append((arrival, self))
            else:
                self.take_cash(self.pkh)
        if self.sembako is not None and self.sembako.balance_idr > 0:
            if channel == "cash_post":
                model.post.queue["sembako"].append((arrival, self))
            elif channel != "in_kind":
                self.choose_agent().queue.append((arrival, self))

    def take_cash(self, claim: Claim, fee_idr: int = 0) -> int:
        """Take the whole balance in cash, less a fee; return what is left in hand."""
        received = max(claim.balance_idr - fee_idr, 0)
        if claim is self.sembako:
            self.sembako_value_share = received / claim.balance_idr
            self.bad_quality = self.long_wait = False
            self.goods_received_idr += received
        else:
            self.cash_received_idr += received
        self.empty(claim)
        return received

    def empty(self, claim: Claim) -> None:
        claim.balance_idr = 0
        claim.collected = True
        claim.idle_stages = 0

    def choose_agent(self):
        """Choose one of the nearest e-warong: minutes on the way, queue and value last time, poor quality."""
        model, a = self.model, self.model.assumptions
        if self.shops is None:
            self.shops = model.nearest_agents(self)
        u0, u1, _, _ = model.draws.one(AGENT_CHOICE, self.luck_id)
        if u0 < a.choice_noise_share:
            return self.shops[min(int(u1 * len(self.shops)), len(self.shops) - 1)][1]
        return min(self.shops, key=lambda shop: shop[0] + shop[1].burden)[1]

    def be_repaired(self) -> bool:
        """Have papers put right with the bank; tell whether it worked."""
        model = self.model
        if model.draws.one(VISITS, self.luck_id, 1)[0] >= model.assumptions.mismatch_repair_success_share:
            return False
        self.matched_month = self.account_month = model.month
        if self.account == OPENING_FAILED:
            self.account = IN_QUEUE
        elif self.account == MISMATCHED:
            self.account = ACTIVE
        for programme, claim in (("pkh", self.pkh), ("sembako", self.sembako)):
            if claim is not None:
                claim.order_again(model.ledger[programme])
        return True
