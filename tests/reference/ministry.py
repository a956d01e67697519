"""The ministry: it decrees who is on the lists, and orders what the lists are owed."""

import math
from dataclasses import dataclass

import mesa

from simulation.households import Exit
from simulation.randomness import Luck

from .ranking import AT_RANDOM, BY_SCORE, formula_angle, meeting_keys, order_rule, queue_key, score_weight

PROGRAMMES = ("pkh", "sembako")
TRANSFER = int(Luck.TRANSFER)


@dataclass
class Cutoffs:
    """What would have sufficed for a seat at the last decree, for who asks why a family is on no list."""

    month: int
    recorded: float
    true_log: float
    score_weight: float
    score_limit: float
    knows_all: bool


class RefMinistry(mesa.Agent):
    """Kemensos with BPS.

    Attributes
    ----------
    cutoffs, seats, ordered_idr : by programme, of the last decree and of the budget year.
    due : programmes that pay this month. claimants : families to whom something is due.
    """

    def __init__(self, model, standing) -> None:
        super().__init__(model)
        self.regime = standing.regime
        self.regime_since = standing.regime_since
        self.seats = {name: list(terms) for name, terms in standing.quotas.items()}
        self.ordered_idr = {name: getattr(standing, f"{name}_ordered_this_year_idr") for name in PROGRAMMES}
        self.cutoffs = {}
        for name in PROGRAMMES:
            old = getattr(standing, name)
            self.cutoffs[name] = Cutoffs(
                old.month, old.recorded, old.true_log, old.score_weight, old.score_limit, old.knows_all
            )
        self.exit_limit = {}
        self.on_list_before = set()
        self.most_months = 0
        self.due = set()
        self.claimants = {name: [] for name in PROGRAMMES}
        self.sembako_stage_idr = 0

    def decree(self) -> None:
        """Make both lists anew: PKH first, because its families are preferred for Sembako."""
        model, policy = self.model, self.model.policy
        self.method, self.formula_angle = order_rule(policy), formula_angle(model)
        self.knows_all = policy.targeting_method in AT_RANDOM
        years = policy.max_years_in_programme
        self.most_months = 0 if years is None else round(years * 12)
        model.households.shuffle_do("price_entitlement", self.knows_all)
        limits = self.score_limits()
        for programme in PROGRAMMES:
            self.exit_limit[programme] = limits[programme] if self.regime == "dtsen" else math.inf
            self.on_list_before = {family for family in model.households if getattr(family, f"in_{programme}")}
            model.households.shuffle_do("leave_list", programme)
            self.rank(programme)
            self.fill(programme, limits[programme])
        for family in model.households:
            family.log_consumption_at_selection = family.log_consumption if family.active else math.inf
            family.score_at_selection = family.record_score

    def score_limits(self) -> dict[str, float]:
        """Return the highest recorded score that each programme accepts: the decile of listed persons that it names."""
        model = self.model
        if self.method not in BY_SCORE:
            return dict.fromkeys(PROGRAMMES, math.inf)
        decile = model.policy.eligible_decile_max
        deciles = {"pkh": decile, "sembako": min(decile + model.assumptions.sembako_extra_deciles, 10)}
        persons = [0] * 6000
        for family in model.households:
            if family.listed and family.active:
                persons[min(max(int((family.record_score + 6.0) * 500.0), 0), 5999)] += family.size
        return {name: quantile(persons, share / 10) for name, share in deciles.items()}

    def rank(self, programme: str) -> None:
        """Give every family its place in the queue; infinite for who may not enter by rule."""
        model = self.model
        if self.method in ("community", "hybrid"):
            keys = meeting_keys(model, self.quota(programme), self.method)
        else:
            keys = [queue_key(family, self.method) for family in model.households]
        pull = model.assumptions[f"pull_{programme}"]
        for family, key in zip(model.households, keys, strict=True):
            if not self.knows_all:
                on_other_list = family.in_sembako if programme == "pkh" else family.in_pkh
                key = key - pull * on_other_list if self.admissible(family, programme) else math.inf
            setattr(family, f"{programme}_key", key)

    def admissible(self, family, programme: str) -> bool:
        """Tell whether a family may enter: a live, matched record, no bar, for PKH a component."""
        may = family.listed and family.nik_ok and family.barred == 0 and family.away_until <= self.model.month
        if programme == "pkh":
            may = may and family.pkh_entitlement_idr > 0
            if self.most_months:
                may = may and family.exit_reason != Exit.TIME_LIMIT
        return may

    def quota(self, programme: str) -> int:
        """Return the seats of a programme, counted once a budget year and whenever the terms change."""
        model, policy = self.model, self.model.policy
        fixed, budget = policy[f"{programme}_quota_families"], policy[f"{programme}_budget_bn_idr_per_year"]
        terms = [model.date.year, budget, policy.benefit_multiplier, fixed]
        if terms != self.seats.get(programme, [None])[:-1]:
            self.seats[programme] = [*terms, self.count_seats(programme)]
        return self.seats[programme][-1]

    def count_seats(self, programme: str) -> int:
        """Return the quota set, or the budget over what a family gets in a year; at most twice the city's families."""
        model, policy, a = self.model, self.model.policy, self.model.assumptions
        fixed, most = policy[f"{programme}_quota_families"], round(2 * a.families_start * model.plan.scale)
        if fixed is not None:
            return min(round(fixed * model.plan.scale), most)
        mean = 12.0 * a.sembako_amount_idr_per_month
        if programme == "pkh":
            owed = [family.pkh_entitlement_idr for family in model.households if family.in_pkh]
            mean = sum(owed) / len(owed) if owed else a.pkh_mean_entitlement_idr_per_year * a.pkh_payment_scale
        budget = policy[f"{programme}_budget_bn_idr_per_year"] * 1e9 * model.plan.scale
        entitlement = mean * policy.benefit_multiplier
        return round(min(budget / entitlement, most)) if entitlement > 0 else 0

    def fill(self, programme: str, limit: float) -> None:
        """Give the seats to the smallest keys: vacant ones only, or all of them where the list is drawn anew."""
        model, name = self.model, f"{programme}_key"
        quota = model.rows if self.method == "universal" else self.quota(programme)
        ranked = [family for family in model.households if math.isfinite(getattr(family, name))]
        ranked.sort(key=lambda family: getattr(family, name))
        within = [family for family in ranked if family.record_score <= limit]
        self.cutoffs[programme] = Cutoffs(
            model.month,
            last_seat([getattr(family, name) for family in within], quota),
            -math.inf
            if self.knows_all
            else last_seat(sorted(family.log_consumption for family in ranked if family.active), quota),
            score_weight(model),
            limit,
            self.knows_all,
        )
        on_list = [family for family in model.households if getattr(family, f"in_{programme}")]
        if self.knows_all or model.policy.seats_redrawn:
            chosen = within[:quota]
            staying = set(chosen)
            outranked = [family for family in on_list if family not in staying]
        else:
            keys = {family: getattr(family, name) if family.record_score <= limit else math.inf for family in on_list}
            last_first = sorted(on_list, key=lambda family: (-keys[family], family.lottery))
            outranked = last_first[: max(len(on_list) - quota, 0)]
            vacant = max(quota - len(on_list), 0)
            chosen = [family for family in within if not getattr(family, f"in_{programme}")][:vacant]
        for family in outranked:
            family.be_taken_off(programme, Exit.OUTRANKED)
        for family in chosen:
            if not getattr(family, f"in_{programme}"):
                self.admit(family, programme)

    def admit(self, family, programme: str) -> None:
        """Put a family on a list; who was taken off this list by this very decree keeps the date of entry."""
        returns = family in self.on_list_before
        family.enrol(programme, getattr(family, f"{programme}_since") if returns else self.model.month)
        self.model.counts[f"{programme}_admitted"] += 1
        if self.knows_all:
            family.exit_reason = int(Exit.NONE)

    def needs_account(self, programme: str) -> bool:
        channel = self.model.policy.delivery_channel
        return channel != "cash_post" and not (programme == "sembako" and channel == "in_kind")

    def announce_payments(self) -> None:
        """Say which programmes pay this month."""
        model, policy = self.model, self.model.policy
        if model.date.number == 1:
            self.ordered_idr = dict.fromkeys(PROGRAMMES, 0)
        self.due = {name for name in PROGRAMMES if model.is_due(policy[f"{name}_payment_cycle_months"])}
        self.claimants = {name: [] for name in PROGRAMMES}
        monthly = model.assumptions.sembako_amount_idr_per_month
        self.sembako_stage_idr = int(monthly * policy.sembako_payment_cycle_months * policy.benefit_multiplier)

    def fund_payments(self) -> None:
        """Fund what is due from the year's budget; where it does not cover all, luck decides who is paid."""
        model = self.model
        for programme in self.due:
            claimants = self.claimants[programme]
            year = model.policy[f"{programme}_budget_bn_idr_per_year"] * 1e9 * model.plan.scale
            left = int(year * (1 + model.assumptions.budget_revision_share)) - self.ordered_idr[programme]
            if sum(getattr(family, programme).due_idr for family in claimants) > left:
                claimants.sort(key=lambda family: model.draws.one(TRANSFER, family.luck_id, 1)[0])
            for family in claimants:
                claim = getattr(family, programme)
                left -= claim.due_idr
                claim.funded = left >= 0
                if claim.funded:
                    self.ordered_idr[programme] += claim.due_idr
                else:
                    model.counts["unfunded_families"] += 1

    def close_year(self) -> None:
        """Take back in December what could not be repaired."""
        model = self.model
        if model.date.number != 12:
            return
        for family in model.households:
            for programme in PROGRAMMES:
                claim = getattr(family, programme)
                if claim is not None and claim.returned_idr > 0:
                    model.ledger[programme].forfeit_returned(claim.returned_idr)
                    model.counts["forfeited_idr"] += claim.returned_idr
                    claim.returned_idr = 0


def quantile(persons: list[int], share: float) -> float:
    """Return the score below which a share of listed persons lies, in steps of 0.002; infinite for all of them."""
    if share >= 1:
        return math.inf
    wanted, reached, place = share * sum(persons), 0, 0
    while place < 5999 and reached + persons[place] <= wanted:
        reached += persons[place]
        place += 1
    return -6.0 + place * 0.002


def last_seat(values: list[float], quota: int) -> float:
    """Return the value that takes the last seat: -inf without seats, inf with seats for all."""
    if quota <= 0:
        return -math.inf
    return math.inf if quota >= len(values) else values[quota - 1]
