"""How a family lives: who belongs to it, what it earns, and what it makes of the assistance it gets."""

import math

from simulation.households import SLOW_STEP_MONTHS
from simulation.randomness import Luck

DISASTER, PARTICIPATION, SATISFACTION = int(Luck.DISASTER), int(Luck.PARTICIPATION), int(Luck.SATISFACTION)


class Rates:
    """Chances and weights of one month that are the same for every family."""

    def __init__(self, model) -> None:
        a, policy, date = model.assumptions, model.policy, model.date
        self.leaving = a.turnover_per_year / 12
        self.conceiving = self.leaving + a.pregnancy_per_year / 12
        self.dying = a.death_elderly_per_year / 12
        self.ageing = a.ageing_per_adult_per_year / 12
        self.parting = a.leaving_home_per_year / 12
        yearly = a.death_elderly_per_year + a.ageing_per_adult_per_year
        self.any_change = self.conceiving + yearly * 8 / 12 + a.leaving_home_per_year / 12
        self.keep_seen = a.seen_persistence_per_year ** (SLOW_STEP_MONTHS / 12)
        self.keep_unseen = a.unseen_persistence_per_year ** (SLOW_STEP_MONTHS / 12)
        self.new_seen = math.sqrt(1 - self.keep_seen**2)
        self.new_unseen = math.sqrt(1 - self.keep_unseen**2)
        self.new_transitory = math.sqrt(1 - a.transitory_persistence_per_month**2)
        self.own_seen = math.sqrt(1 - a.seen_rt_share)
        self.own_unseen = math.sqrt(1 - a.unseen_rt_share)
        self.seen = math.sqrt(a.welfare_share_seen)
        self.unseen = math.sqrt(a.welfare_share_unseen)
        self.transitory = math.sqrt(a.welfare_share_transitory)
        self.job_loss = a.job_loss_per_year / 12
        self.windfall = a.windfall_per_year / 12
        self.illness = 0.5 + a.illness_per_year / 12
        self.growth_log = model.month / 12 * math.log1p(a.growth_over_line_per_year)
        self.gain_kept = (1 - a.pena_gain_decay_per_year) ** (1 / 12)
        self.pkh_months = policy.pkh_payment_cycle_months - date.count % policy.pkh_payment_cycle_months
        self.sembako_months = policy.sembako_payment_cycle_months - date.count % policy.sembako_payment_cycle_months
        self.food_idr = a.food_share_of_line * model.line_idr
        self.mpc_sembako = a.mpc_goods if policy.delivery_channel in ("ewarong", "in_kind") else a.mpc_cash
        self.disasters = [one for one in policy.disaster if one.month == str(date)]


class Living:
    """What happens to a family whether it is assisted or not, and how it uses what it gets."""

    __slots__ = ()

    def grow(self) -> None:
        """Have children, and at most one of: leave the city, conceive, lose or age a member, see one move out."""
        if not self.active:
            return
        rates = self.model.rates
        if self.pregnant > 0:
            self.pregnant -= 1
            if self.pregnant == 0:
                self.young_children += 1
                self.size += 1
        u = self.model.draws.family[self.row]
        if u >= rates.any_change:
            return
        dying = rates.conceiving + rates.dying * self.elderly
        ageing = dying + rates.ageing * self.adults
        if u < rates.leaving:
            self.leave_city()
        elif u < rates.conceiving:
            if self.pregnant == 0 and self.adults > 0:
                self.pregnant = self.model.assumptions.pregnancy_months
        elif u < dying:
            if self.size > 1:
                self.elderly -= 1
                self.lose_member()
            else:
                self.leave_city()
        elif u < ageing:
            self.adults -= 1
            self.elderly += 1
        elif u < ageing + rates.parting and self.adults > 2:
            self.adults -= 1
            self.lose_member()

    def leave_city(self) -> None:
        self.active = False
        self.departed_month = self.model.month

    def lose_member(self) -> None:
        self.size -= 1
        self.disabled = min(self.disabled, self.size)

    def step(self) -> None:
        """Live a month: move up at school, do better or worse, meet neighbours."""
        if self.active:
            if self.model.date.number == 7:
                self.start_school_year()
            self.drift()
            for disaster in self.model.rates.disasters:
                self.meet_disaster(disaster)
            self.price_consumption()
            self.neighbourhood.count(self)
        if self.arrived_month == self.model.month:
            self.consumption_year = self.consumption
        else:
            self.consumption_year += (self.consumption - self.consumption_year) / 12

    def start_school_year(self) -> None:
        a, luck = self.model.assumptions, self.model.draws.school_year
        to_sd = whole_children(self.young_children / a.early_child_years, luck[0][self.row])
        to_smp = whole_children(self.sd_pupils / a.sd_years, luck[1][self.row])
        to_sma = whole_children(self.smp_pupils / a.smp_years, luck[2][self.row])
        grown_up = whole_children(self.sma_pupils / a.sma_years, luck[3][self.row])
        self.young_children -= to_sd
        self.sd_pupils += to_sd - to_smp
        self.smp_pupils += to_smp - to_sma
        self.sma_pupils += to_sma - grown_up
        self.adults += grown_up

    def drift(self) -> None:
        """Move the passing part of welfare each month and the slow parts twice a year; find and lose work, fall ill."""
        model, row = self.model, self.row
        a, rates, draws = model.assumptions, model.rates, model.draws
        self.transitory = (
            a.transitory_persistence_per_month * self.transitory + rates.new_transitory * draws.transitory[row]
        )
        if self.turn == model.month % SLOW_STEP_MONTHS:
            self.own_seen = rates.keep_seen * self.own_seen + rates.new_seen * draws.slow[0][row]
            self.own_unseen = rates.keep_unseen * self.own_unseen + rates.new_unseen * draws.slow[1][row]
            self.seen_welfare = self.rt_seen + rates.own_seen * self.own_seen
        work, other = draws.work[row], draws.other[row]
        self.out_of_work = work >= a.job_recovery_per_month if self.out_of_work else work < rates.job_loss
        self.better_work = other >= a.windfall_end_per_month if self.better_work else other < rates.windfall
        if self.ill_months > 0:
            self.ill_months -= 1
        elif 0.5 <= other < rates.illness:
            self.ill_months = a.illness_months
        seen = self.seen_welfare
        unseen = rates.unseen * (self.rt_unseen + rates.own_unseen * self.own_unseen)
        noise = unseen + rates.transitory * self.transitory
        if a.welfare_tails == "fat":
            spread = 1 - a.index_heteroskedasticity * seen
            spread = min(max(spread, a.index_spread_floor), a.index_spread_ceiling)
            self.welfare_index = rates.seen * seen + a.index_convexity * (seen * seen - 1) + spread * noise
        else:
            self.welfare_index = rates.seen * seen + noise

    def meet_disaster(self, disaster) -> None:
        model, a = self.model, self.model.assumptions
        if model.kelurahan_names[self.kelurahan] != disaster.kelurahan:
            return
        whole_rt = model.draws.one(DISASTER, self.rt, 1)[0]
        u0, u1, u2, _ = model.draws.one(DISASTER, self.luck_id)
        if u0 < min(disaster.severity * 2 * whole_rt, 1.0):
            self.disaster_months = 1 + int(u1 * a.disaster_loss_months_max)
            self.disaster_month = model.month
            model.counts["disaster_hit_families"] += 1
            if u2 < a.disaster_house_damage_share:
                self.damaged_month = model.month
                self.address_ok = False

    def price_consumption(self) -> None:
        """Turn the index into a rank among persons and into consumption a head, in poverty lines."""
        a, (start, step, ranks, logs) = self.model.assumptions, self.model.welfare_map
        position = (self.welfare_index - start) / step
        knot = min(max(math.floor(position), 0), len(ranks) - 2)
        part = position - knot
        rank = ranks[knot] + min(max(part, 0.0), 1.0) * (ranks[knot + 1] - ranks[knot])
        own = logs[knot] + part * (logs[knot + 1] - logs[knot])
        if self.out_of_work:
            own += a.job_loss_log
        if self.better_work:
            own += a.windfall_log
        if self.ill_months > 0 and rank < a.illness_poorest_share:
            own += a.illness_log
        if self.disaster_months > 0:
            own += a.disaster_loss_log
            self.disaster_months -= 1
        self.welfare_rank = rank
        self.exogenous_log_consumption = own + self.model.rates.growth_log
        self.log_consumption = self.exogenous_log_consumption + self.programme_gain_log
        self.consumption = math.exp(self.log_consumption)

    def use(self) -> None:
        """Live with what was received: eat, learn, take part, judge the service."""
        if self.active:
            self.consume()
            self.go_to_school()
            self.participates = self.in_pkh and self.wants_to_take_part()
            self.grow_gain()
            if self.in_pkh or self.in_sembako:
                self.judge_service()
        else:
            self.consumption_after = self.support_idr = 0.0
            self.participates = False
            self.grow_gain()

    def consume(self) -> None:
        """Spread PKH and Sembako evenly until their next payments; goods beyond the food needed count as cash."""
        self.cash_left_idr += self.cash_received_idr
        self.goods_left_idr += self.goods_received_idr
        if self.cash_left_idr + self.goods_left_idr <= 0:
            self.support_idr = 0.0
            self.consumption_after = self.consumption
            return
        model, rates, mpc_cash = self.model, self.model.rates, self.model.assumptions.mpc_cash
        cash = self.cash_left_idr / rates.pkh_months
        goods = self.goods_left_idr / rates.sembako_months
        self.cash_left_idr -= cash
        self.goods_left_idr -= goods
        self.support_idr = cash + goods
        need = rates.food_idr * self.size
        worth = mpc_cash * cash + rates.mpc_sembako * min(goods, need) + mpc_cash * max(goods - need, 0.0)
        self.consumption_after = self.consumption + worth / (self.size * model.line_idr)

    def go_to_school(self) -> None:
        """Attend school and health checks or not; drop out and come back."""
        pupils = self.sd_pupils + self.smp_pupils + self.sma_pupils
        self.out_of_school = min(self.out_of_school, pupils)
        model, a = self.model, self.model.assumptions
        attending, dropping, returning = model.draws.conditions
        if self.in_pkh:
            self.learning *= 1 - a.learning_decay_per_month
            if self.session_month == model.month:
                sessions = max(model.policy.p2k2_sessions_per_month, 1.0)
                self.learning = min(self.learning + a.learning_per_session * sessions, 1.0)
            missing = a.noncompliance_share * (1 - self.learning)
            if model.policy.conditionality_enforced:
                left = a.enforcement_effect_share
                missing *= left**2 if self.suspended else left
            self.attends = attending[self.row] >= missing
        if pupils == 0:
            return
        poor_factor = a.dropout_poor_factor if self.welfare_rank < a.dropout_poor_rank else 1.0
        hazard = a.dropout_per_year / 12 * pupils * poor_factor
        if self.in_pkh:
            grown = min((model.month - self.pkh_since) / (12 * a.dropout_effect_years), 1.0)
            hazard *= 1 - (1 - a.dropout_participation_factor) * grown
        if dropping[self.row] < hazard and self.out_of_school < pupils:
            self.out_of_school += 1
        if self.out_of_school and returning[self.row] < a.return_to_school_per_year / 12 * self.out_of_school:
            self.out_of_school -= 1

    def wants_to_take_part(self) -> bool:
        """Tell whether a PKH family takes part: years on the list without a session make it less likely."""
        month, a = self.model.month, self.model.assumptions
        passive_years = min((month - max(self.session_month, self.pkh_since)) / 12, 10.0)
        pull = a.participation_intercept + float(a.dependency) * a.participation_passive_year * passive_years
        pull += a.participation_informed * self.informed + a.participation_satisfied * self.satisfied
        pull += a.participation_session_held * (month - self.session_month <= 1)
        pull += a.participation_works * (not self.out_of_work)
        luck = self.model.draws.one(PARTICIPATION, self.luck_id, month=month // 3)
        return luck[0] < 1 / (1 + math.exp(-pull))

    def grow_gain(self) -> None:
        """Let what the programme added to welfare mature over months and fade over years."""
        a = self.model.assumptions
        if self.gain_target_log == 0 and self.programme_gain_log == 0 and a.labour_response_log == 0:
            return
        self.gain_target_log *= self.model.rates.gain_kept
        response = a.labour_response_log if self.in_pkh or self.in_sembako else 0.0
        goal = self.gain_target_log + response
        self.programme_gain_log += (goal - self.programme_gain_log) / a.pena_maturity_months

    def judge_service(self) -> None:
        """Be satisfied or not when a payment has come or should have come, and complain or not."""
        failed = any(one.failed for one in self.claims)
        if not (failed or any(one.credited_idr > 0 for one in self.claims)):
            return
        month, a = self.model.month, self.model.assumptions
        pull = a.satisfaction_intercept + a.satisfaction_month_late * max(one.months_late for one in self.claims)
        if self.in_sembako:
            pull += a.satisfaction_short_value * (1 - self.sembako_value_share) / 0.1
            pull += a.satisfaction_bad_quality * self.bad_quality + a.satisfaction_long_wait * self.long_wait
        pull += a.satisfaction_payment_failed * failed + a.satisfaction_visited * (month - self.visited_month < 3)
        u0, u1, _, _ = self.model.draws.one(SATISFACTION, self.luck_id)
        self.satisfied = u0 < 1 / (1 + math.exp(-pull))
        if not self.satisfied and u1 < a.complaint_share:
            self.complaint_month = month


def whole_children(expected: float, luck: float) -> int:
    """Return a whole number of children who move up: the expected number, rounded by luck."""
    return int(expected) + (luck < expected - int(expected))
