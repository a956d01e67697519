"""The city's social office: it keeps the register, sends operators and inspectors, helps, and pays for it all."""

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict

import mesa

from simulation.households import NEVER
from simulation.parameters import PARAMETERS
from simulation.randomness import Luck, normals, uniform

VERIFYING, AGENT_MONTH = int(Luck.VERIFYING), int(Luck.AGENT_MONTH)
EMPOWERMENT, EMERGENCY = int(Luck.EMPOWERMENT), int(Luck.EMERGENCY)
FULL_GRANT_IDR = PARAMETERS["empowerment_grant_idr"].default


class RefSocialOffice(mesa.Agent):
    """Dinas Sosial.

    Attributes
    ----------
    cost, share : by task, what the month's work costs and what of it the budget pays.
    positions : how far the operators of each kelurahan are on their round. visits_left : what they have left.
    match_chance, reach, open_share : how the month's register deals with families.
    """

    def __init__(self, model, standing) -> None:
        super().__init__(model)
        self.swept = standing.swept
        self.positions = standing.route_position.tolist()
        self.aid_stock = standing.aid_stock
        self.visits_left = defaultdict(int)
        self.cost, self.share = {}, {}
        self.to_check = []

    def plan_operations(self, posts: int) -> int:
        """Plan the month within the operations budget, in the order of tasks; return how many posts it pays."""
        model, policy, a, scale = self.model, self.model.policy, self.model.assumptions, self.model.plan.scale
        families = sum(family.active for family in model.households)
        operators = (
            a.operator_count * a.operator_honorarium_idr_per_month
            + a.tksk_count * a.tksk_honorarium_idr_per_month
            + a.operator_count * policy.operator_visits_per_month * a.visit_cost_idr
        )
        enumeration = families * a.enumeration_cost_idr_per_family if self.is_enumeration_due() else 0
        self.cost = {
            "staff": posts * policy.pendamping_pay_idr_per_month,
            "operators": scale * operators + enumeration,
            "inspections": scale * policy.ewarong_inspections_per_month * a.inspection_cost_idr,
            "information": families * policy.information_reach_share * a.information_cost_idr_per_family / 12,
            "empowerment": scale * policy.empowerment_places_per_year / 12 * policy.empowerment_grant_idr,
        }
        budget = policy.operations_budget_bn_idr_per_year
        left = math.inf if budget is None else budget * 1e9 / 12 * scale
        for task, cost in self.cost.items():
            self.share[task] = 1.0 if cost <= left else left / cost
            left = max(left - cost * self.share[task], 0.0)
        return int(posts * self.share["staff"] + 1e-9)

    def is_enumeration_due(self) -> bool:
        interval = self.model.policy.enumeration_interval_months
        return not self.swept or (interval is not None and self.model.is_due(interval))

    def prepare_register(self) -> None:
        """Put another list in force, or have the whole city enumerated, where that is ordered."""
        model, policy, a, ministry = self.model, self.model.policy, self.model.assumptions, self.model.ministry
        self.match_chance = 1 - (1 - a.match_reach_per_year) ** (1 / 12)
        self.reach = min(policy.information_reach_share * self.share["information"], 0.999)
        self.open_share = 1.0 if policy.on_demand_applications else a.proposals_without_applications_share
        if policy.registry_regime != ministry.regime:
            ministry.regime, ministry.regime_since = policy.registry_regime, model.month
            if ministry.regime == "dtsen":
                model.households.shuffle_do("enter_dtsen")
        if self.is_enumeration_due() and self.share["operators"] == 1:
            self.enumerate_city()

    def enumerate_city(self) -> None:
        """Collect the whole city anew: under DTKS the poorest by a noisy signal, under DTSEN nearly everybody."""
        model, policy, a = self.model, self.model.policy, self.model.assumptions
        here = [family for family in model.households if family.active]
        if policy.registry_regime == "dtsen":
            luck = model.draws.enumeration[0]
            chosen = {family for family in here if luck[family.row] < policy.registry_coverage_share}
        else:
            signal, noise = a.sweep_listing_signal, math.sqrt(1 - a.sweep_listing_signal**2)
            luck = model.draws.enumeration_noise
            here.sort(key=lambda family: signal * family.seen_welfare + noise * luck[family.row])
            share = min(a.sweep_listed_share_of_persons, policy.registry_coverage_share)
            most = share * sum(family.size for family in here)
            chosen, persons = set(), 0
            for family in here:
                persons += family.size
                if persons > most:
                    break
                chosen.add(family)
        for family in model.households:
            family.be_enumerated(family in chosen)
        self.swept = True

    def keep_register(self) -> None:
        """Let the operators of the kelurahan decide proposals and walk their round."""
        model, policy, a = self.model, self.model.policy, self.model.assumptions
        visits = policy.operator_visits_per_month * model.plan.scale * self.share["operators"]
        routine = model.whole(visits * a.routine_visit_share)
        for place in range(len(model.routes)):
            self.visits_left[place] = max(model.whole(visits) - routine, 0)
        self.decide_proposals()
        for family in self.families_on_round(routine):
            family.be_visited()

    def decide_proposals(self) -> None:
        """Decide first come first served, the poorer first in a month, as far as visits and the ceiling reach."""
        model = self.model
        queue, persons, on_list = [], 0, 0
        for family in model.households:
            if family.active:
                persons += family.size
                on_list += family.size if family.listed else 0
                if family.proposal_month != NEVER:
                    queue.append(family)
        room = max(model.policy.registry_coverage_share * persons - on_list, 0.0)
        queue.sort(key=lambda family: (family.proposal_month, family.welfare_index))
        accepted = []
        for family in queue:
            fits = family.listed or room >= family.size
            if self.visits_left[family.kelurahan] < 1 or not fits:
                continue
            self.visits_left[family.kelurahan] -= 1
            family.proposal_month = NEVER
            if model.draws.one(VERIFYING, family.luck_id)[0] >= model.assumptions.proposal_acceptance_share:
                family.barred_month = model.month
                continue
            family.barred = 0
            if not family.listed:
                family.listed = True
                family.listed_month = model.month
                room -= family.size
            accepted.append(family)
        for family in accepted:
            family.be_visited(new=True)

    def families_on_round(self, visits: int) -> list:
        """Return the next listed families that the operators of each kelurahan come by."""
        model, found = self.model, []
        if visits <= 0:
            return found
        for place, route in enumerate(model.routes):
            met, keys = 0, model.route_keys[place]
            first = bisect_right(keys, self.positions[place])
            for step in range(len(route)):
                if met == visits:
                    break
                stop = (first + step) % len(route)
                family = model.by_row[route[stop]]
                if family is not None and family.listed:
                    found.append(family)
                    self.positions[place] = keys[stop]
                    met += 1
        return found

    def inspect(self) -> None:
        """Send inspectors to some agents, chosen by luck."""
        model = self.model
        inspections = model.policy.ewarong_inspections_per_month * model.plan.scale * self.share["inspections"]
        count = model.whole(inspections)
        by_luck = sorted(model.ewarong, key=lambda agent: model.draws.one(AGENT_MONTH, agent.number, 1)[0])
        for place, agent in enumerate(by_luck):
            agent.inspected = place < count

    def plan_campaign(self, on_duty: list) -> None:
        """Hand out the month's ground check among those on duty."""
        model = self.model
        self.to_check = []
        wanted = model.policy.campaign_families_per_month * model.plan.scale
        if wanted > 0 and on_duty:
            since = max(model.ministry.regime_since, model.month - 12)
            enrolled = (family for family in model.households if family.in_pkh or family.in_sembako)
            self.to_check = [family for family in enrolled if family.checked_month < since]
        for agent in on_duty:
            agent.to_check = min(wanted, len(self.to_check)) / len(on_duty)

    def finish_campaign(self, on_duty: list) -> None:
        """Renew the records of the families that the campaign reached, along the route."""
        reached = int(sum(agent.done["campaign"] * agent.to_check for agent in on_duty))
        self.to_check.sort(key=lambda family: (family.rt, family.luck_id))
        for family in self.to_check[:reached]:
            family.be_visited()

    def meet_unlisted(self, wanted: dict[int, int]) -> None:
        """Propose poor-looking families without a record whom pendamping meet in their kelurahan."""
        model = self.model
        poor = model.assumptions.meeting_highest_score
        for place, route in enumerate(model.routes):
            met, keys = 0, model.route_keys[place]
            lowest, highest = keys[0] >> 32, keys[-1] >> 32
            luck = uniform(model.plan.seed, int(Luck.VISITS), model.month, place, 7)
            rt = lowest + int(luck * (highest - lowest + 1))
            first = bisect_left(keys, rt << 32)
            for step in range(len(route) if wanted[place] else 0):
                if met == wanted[place]:
                    break
                family = model.by_row[route[(first + step) % len(route)]]
                if family is None or not family.active or family.listed or family.seen_welfare >= poor:
                    continue
                if family.proposal_month == NEVER and family.barred == 0:
                    family.proposal_month = model.month
                    met += 1

    def help_others(self) -> list:
        """Return families without a pendamping whose failed payments operators and TKSK see to."""
        model, a = self.model, self.model.assumptions
        hours = a.tksk_count * a.tksk_hours_per_month * model.plan.scale
        tksk = model.whole(hours * self.share["operators"] / a.repair_hours)
        failed = [
            family
            for family in model.households
            if (family.in_sembako or family.in_pkh)
            and family.pendamping < 0
            and family.active
            and family.payment_failed
        ]
        failed.sort(key=lambda family: (family.account_month, family.lottery))
        helped = []
        for family in failed:
            if self.visits_left[family.kelurahan] > 0:
                self.visits_left[family.kelurahan] -= 1
                helped.append(family)
            elif tksk > 0:
                tksk -= 1
                helped.append(family)
        return helped

    def send_aid(self) -> None:
        """Order emergency aid for families hit this month, and hand over what has arrived."""
        model, month = self.model, self.model.month
        hit = [family for family in model.households if family.disaster_month == month and family.active]
        if hit:
            self.order_aid(hit)
        for family in model.households:
            if family.aid_due_idr > 0 and family.aid_due_month <= month:
                model.ledger["emergency"].credit(family.aid_due_idr)
                family.cash_left_idr += family.aid_due_idr
                family.aid_due_idr = 0

    def order_aid(self, hit: list) -> None:
        """Queue the families hit: the store first, then what has to be procured; on unjoined data the listed first."""
        model, a = self.model, self.model.assumptions
        joined = 1 - min(model.policy.civil_registry_lag_months / 12, 1.0)
        lag = model.policy.emergency_response_lag_months * (1 - a.emergency_joined_reduction * joined)
        if self.aid_stock < 0:
            self.aid_stock = a.emergency_stock_packages * model.plan.scale
        luck = {family: model.draws.one(EMERGENCY, family.luck_id)[0] for family in hit}
        hit.sort(key=lambda family: (joined < 0.5 and not family.listed, luck[family]))
        for place, family in enumerate(hit):
            wait = lag + (a.emergency_procurement_months if place >= int(self.aid_stock) else 0)
            family.aid_months_late = math.ceil(wait)
            family.aid_due_month = model.month + family.aid_months_late
            family.aid_due_idr += int(a.emergency_package_idr)
            model.ledger["emergency"].release(int(a.emergency_package_idr))
        self.aid_stock = max(self.aid_stock - len(hit), 0.0)

    def give_places(self) -> None:
        """Give the month's empowerment places to willing and able PKH families, by luck, and pay the grants."""
        model, policy, a = self.model, self.model.policy, self.model.assumptions
        places = model.whole(policy.empowerment_places_per_year / 12 * model.plan.scale * self.share["empowerment"])
        if places <= 0:
            return
        able = []
        for family in model.households:
            asked = family.in_pkh and family.active and family.participates and family.empowered_month == NEVER
            if asked and family.adults > 0 and family.welfare_rank > a.pena_minimum_rank:
                willing, order, _, _ = model.draws.one(EMPOWERMENT, family.luck_id)
                if willing < a.pena_willing_share:
                    able.append((order, family))
        able.sort(key=lambda one: one[0])
        for _, family in able[:places]:
            family.empowered_month = model.month
            z = normals(model.plan.seed, EMPOWERMENT, model.month, family.luck_id, 1)[0]
            if model.draws.one(EMPOWERMENT, family.luck_id, 2)[0] < a.pena_success_share:
                gain = max(a.pena_gain_log + a.pena_gain_sd * z, 0.0)
                family.gain_target_log += gain * (policy.empowerment_grant_idr / FULL_GRANT_IDR)
            model.ledger["empowerment"].release(int(policy.empowerment_grant_idr))
            model.ledger["empowerment"].credit(int(policy.empowerment_grant_idr))

    def close_books(self) -> None:
        """Book the month's running costs."""
        running = sum(round(self.cost[task] * self.share[task]) for task in self.cost if task != "empowerment")
        self.model.ledger["operations"].release(running)
        self.model.ledger["operations"].credit(running)
