"""The ministry, which decides lists and orders payment, and the city's social office, which knows the families."""

from __future__ import annotations

from dataclasses import dataclass

import mesa
import numpy as np

from simulation.agents.ewarong import EWarong
from simulation.agents.pendamping import Pendamping
from simulation.context import Now
from simulation.households import LISTS
from simulation.month import pay, register, use
from simulation.month.accompany import find_failed, order_by_place
from simulation.month.open_accounts import repair_accounts
from simulation.month.proposals import verify_proposals, walk_route
from simulation.month.records import is_enumeration_due, visit
from simulation.month.select import select
from simulation.randomness import Luck, uniform_lanes


class Ministry(mesa.Agent):
    """Kemensos with BPS: quota, ranking, decree, payment orders."""

    def decree(self, now: Now) -> None:
        """Make the lists anew."""
        select(now)

    def order_payments(self, now: Now, days_of_bank: np.ndarray) -> None:
        """Order what is due, and pay back to the treasury what could not be paid by the end of the year."""
        for programme in LISTS:
            if pay.is_payment_due(now, programme):
                if programme == "pkh":
                    pay.suspend_for_conditions(now)
                pay.order_payments(now, programme, days_of_bank)
        pay.forfeit_at_year_end(now)


@dataclass(slots=True)
class Operations:
    """What the month's running costs come to, and what of it the budget pays."""

    cost_idr: dict[str, float]
    paid_share: dict[str, float]
    unmet_idr: float

    @property
    def paid_idr(self) -> dict[str, int]:
        """Return the rupiah paid by task."""
        return {task: int(round(cost * self.paid_share[task])) for task, cost in self.cost_idr.items()}


class SocialOffice(mesa.Agent):
    """Dinas Sosial: verifies, recommends, informs, inspects, helps; its money sets how much of that happens."""

    def __init__(self, model: mesa.Model) -> None:
        super().__init__(model)
        self.operations: Operations | None = None
        self.visits_left = np.zeros(0, np.int64)
        self._by_place: np.ndarray | None = None

    def plan_operations(self, now: Now, posts: int) -> int:
        """Plan the month within the operations budget, in the order of tasks; return how many posts it pays."""
        policy, assumptions, scale = now.policy, now.assumptions, now.scale
        operators = assumptions.operator_count
        families = np.count_nonzero(now.hh.active)
        cost = {
            "staff": posts * policy.pendamping_pay_idr_per_month,
            "operators": scale
            * (
                operators * assumptions.operator_honorarium_idr_per_month
                + assumptions.tksk_count * assumptions.tksk_honorarium_idr_per_month
                + operators * policy.operator_visits_per_month * assumptions.visit_cost_idr
            ),
            "inspections": scale * policy.ewarong_inspections_per_month * assumptions.inspection_cost_idr,
            "information": families * policy.information_reach_share * assumptions.information_cost_idr_per_family / 12,
            "empowerment": scale * policy.empowerment_places_per_year / 12 * policy.empowerment_grant_idr,
        }
        if is_enumeration_due(now):
            cost["operators"] += families * assumptions.enumeration_cost_idr_per_family
        budget = policy.operations_budget_bn_idr_per_year
        left = np.inf if budget is None else budget * 1e9 / 12 * scale
        share, unmet = {}, 0.0
        for task, idr in cost.items():
            share[task] = 1.0 if idr <= left else left / idr
            unmet += idr * (1 - share[task])
            left = max(left - idr * share[task], 0.0)
        self.operations = Operations(cost, share, unmet)
        return int(posts * share["staff"] + 1e-9)

    def keep_register(self, now: Now) -> None:
        """Keep the list for a month: match, hear proposals, verify them, walk the routine round."""
        share = self.operations.paid_share
        register.register(now, information_share=share["information"], operators_paid=share["operators"] == 1)
        per_kelurahan = now.policy.operator_visits_per_month * now.scale * share["operators"]
        routine = now.whole(per_kelurahan * now.assumptions.routine_visit_share)
        self.visits_left = np.full(now.places.kecamatan_of_kelurahan.size, max(now.whole(per_kelurahan) - routine, 0))
        verify_proposals(now, self.visits_left)
        visit(now, walk_route(now, routine))

    def inspect(self, now: Now, ewarong: list[EWarong]) -> None:
        """Send inspectors to some agents, chosen by luck."""
        count = now.whole(
            now.policy.ewarong_inspections_per_month * now.scale * self.operations.paid_share["inspections"]
        )
        numbers = np.array([agent.number for agent in ewarong], np.uint32)
        order = np.argsort(uniform_lanes(now.seed, int(Luck.AGENT_MONTH), now.month, numbers, 1)[0])
        chosen = set(order[:count].tolist())
        for place, agent in enumerate(ewarong):
            agent.inspected = place in chosen
        now.tally.add("inspections", min(count, len(ewarong)))

    def families_by_place(self, now: Now) -> np.ndarray:
        """Return the PKH families ordered by place: looked up anew when the list was."""
        if self._by_place is None or now.standing.pkh.month == now.month:
            self._by_place = order_by_place(now)
        return self._by_place

    def run_campaign(self, now: Now, pendamping: list[Pendamping]) -> list[float]:
        """Hand out the month's ground check among those on duty; return families to be checked by each."""
        if now.policy.campaign_families_per_month <= 0 or not pendamping:
            return [0.0] * len(pendamping)
        hh = now.hh
        since = max(now.standing.regime_since, now.month - 12)
        enrolled = now.rows("enrolled")
        self.to_check = enrolled[hh.checked_month[enrolled] < since]
        wanted = min(now.policy.campaign_families_per_month * now.scale, self.to_check.size)
        return [wanted / len(pendamping)] * len(pendamping)

    def finish_campaign(self, now: Now, done: list[float]) -> None:
        """Renew the records of the families that the campaign reached, along the route."""
        count = int(sum(done))
        if count:
            order = np.lexsort((now.hh.luck_id[self.to_check], now.hh.rt[self.to_check]))
            visit(now, self.to_check[order][:count])
            now.tally.add("campaign_checks", count)

    def help_sembako_families(self, now: Now) -> np.ndarray:
        """Let operators and TKSK see to failed payments of families without a pendamping; return whom they helped.

        First comes who has waited longest, then the lottery number.
        """
        hh, assumptions = now.hh, now.assumptions
        alone = (hh.in_pkh | hh.in_sembako) & (hh.pendamping < 0) & hh.active
        failed = np.flatnonzero(now.apply(find_failed) & alone)
        hours = assumptions.tksk_count * assumptions.tksk_hours_per_month * now.scale
        tksk = now.whole(hours * self.operations.paid_share["operators"] / assumptions.repair_hours)
        helped = []
        for row in failed[np.lexsort((hh.lottery[failed], hh.account_month[failed]))]:
            if self.visits_left[hh.kelurahan[row]] > 0:
                self.visits_left[hh.kelurahan[row]] -= 1
                helped.append(row)
            elif tksk > 0:
                tksk -= 1
                helped.append(row)
        return np.array(helped, np.int64)

    def repair_payments(self, now: Now, rows: np.ndarray) -> None:
        """Visit families whose payment failed, put their papers right and have them paid again."""
        if rows.size == 0:
            return
        repaired = now.apply(repair_accounts, rows=rows)
        pay.pay_repaired(now, rows[repaired])
        now.tally.add("payments_repaired", int(repaired.sum()))

    def give_places(self, now: Now) -> None:
        """Give the month's empowerment places and pay the grants."""
        places = now.whole(
            now.policy.empowerment_places_per_year / 12 * now.scale * self.operations.paid_share["empowerment"]
        )
        if places <= 0:
            return
        rows = use.choose_for_places(now, places)
        grant = now.policy.empowerment_grant_idr
        now.apply(use.empower, rows=rows, grant_share=grant / use.FULL_GRANT_IDR)
        now.ledger.empowerment.release(int(grant) * rows.size)
        now.ledger.empowerment.credit(int(grant) * rows.size)
        now.tally.add("places_given", rows.size)

    def close_books(self, now: Now) -> None:
        """Book the month's running costs, the ministry's and the city's apart."""
        paid = self.operations.paid_idr
        running = {task: idr for task, idr in paid.items() if task != "empowerment"}
        now.ledger.operations.release(sum(running.values()))
        now.ledger.operations.credit(sum(running.values()))
        now.tally.add("operations_apbn_idr", running["staff"])
        now.tally.add("operations_apbd_idr", sum(running.values()) - running["staff"])
        now.tally.add("operations_unmet_idr", round(self.operations.unmet_idr))
