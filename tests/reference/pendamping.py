"""The facilitators of PKH: a month of hours, spent on tasks in a fixed order until none are left."""

import math

import mesa

from simulation.randomness import Luck

STAFF, SESSIONS = int(Luck.STAFF), int(Luck.SESSIONS)
TASKS = ("campaign", "report", "payment", "verification", "visits", "sessions")


class RefPendamping(mesa.Agent):
    """One facilitator with a stretch of neighbouring PKH families.

    Attributes
    ----------
    hours : hours that each task takes this month. done : what share of each task is done.
    """

    def __init__(self, model, number: int, motivation: float, vacant_until: int) -> None:
        super().__init__(model)
        self.number = number
        self.motivation = motivation
        self.vacant_until = vacant_until
        self.caseload = []
        self.to_check = 0.0
        self.available = 0.0
        self.hours = {}
        self.done = {}

    @property
    def on_duty(self) -> bool:
        return self.model.month >= self.vacant_until

    def consider_leaving(self) -> None:
        """Leave the job sometimes, sooner with low motivation; a successor comes after some months."""
        model, a = self.model, self.model.assumptions
        if self.on_duty and model.draws.one(STAFF, self.number)[0] < a.quit_per_month * (2 - self.motivation):
            self.vacant_until = model.month + a.vacancy_months
            self.motivation = a.motivation_start

    def step(self) -> None:
        """Plan the month, see to the families as far as the hours reach, and be tired or content."""
        self.plan_hours()
        self.spend_hours()
        self.see_families()
        self.feel()

    def plan_hours(self) -> None:
        model, a, policy = self.model, self.model.assumptions, self.model.policy
        families = len(self.caseload)
        places = len({family.kelurahan for family in self.caseload})
        spread = 1 + (places - 1) * min(model.plan.scale, 1.0)
        effort = a.effort_base + a.effort_motivation * self.motivation
        hours = a.pendamping_hours_per_month * (1 - a.pendamping_leave_share) * effort
        self.available = max(hours - a.kelurahan_overhead_hours * max(spread - 1, 0.0), 0.0)
        way = "digital" if policy.digital_reporting else "manual"
        report = a[f"report_hours_{way}"] + a[f"report_hours_{way}_per_family"] * families
        failed = sum(family.payment_failed for family in self.caseload)
        complaints = sum(family.complaint_month > family.complaint_handled_month for family in self.caseload)
        joined = a.verification_joined_factor if policy.civil_registry_lag_months == 0 else 1.0
        self.hours = {
            "campaign": a.visit_hours * self.to_check,
            "report": report if families else 0.0,
            "payment": a.payment_hours_per_family * families + a.repair_hours * failed + a.complaint_hours * complaints,
            "verification": a.verification_hours_per_family * families * joined,
            "visits": a.visit_hours * families * a.visits_per_family_per_year / 12,
            "sessions": a.session_hours * policy.p2k2_sessions_per_month * families / a.families_per_group,
        }

    def spend_hours(self) -> None:
        self.left = self.available
        for task in TASKS:
            used = min(self.hours[task], self.left)
            self.done[task] = used / self.hours[task] if self.hours[task] > 0 else 1.0
            self.left -= used

    def see_families(self) -> None:
        """Visit who was visited longest ago, verify conditions, hold sessions, settle complaints."""
        model, a = self.model, self.model.assumptions
        month, done = model.month, self.done
        planned = model.policy.p2k2_sessions_per_month
        sessions = 1 - (1 - done["sessions"]) ** planned if planned > 1 else done["sessions"] * planned
        visits = model.whole(done["visits"] * len(self.caseload) * a.visits_per_family_per_year / 12)
        self.visited = sorted(self.caseload, key=turn)[:visits]
        for family in self.visited:
            family.visited_month = month
        for family in self.caseload:
            verifying, attending, settling, _ = model.draws.one(SESSIONS, family.luck_id)
            family.verified = verifying < done["verification"]
            if family.participates and attending < sessions:
                family.session_month = month
            if family.complaint_month > family.complaint_handled_month and settling < done["payment"]:
                family.complaint_handled_month = month

    def feel(self) -> None:
        """Move motivation towards where overload, pay and the work itself put it."""
        model, a = self.model, self.model.assumptions
        needed = sum(self.hours.values())
        overload = max(0.0, needed / max(self.available, 1e-9) - 1) if needed > 0 else 0.0
        pay = max(model.policy.pendamping_pay_idr_per_month, 1.0) / a.umk_idr_per_month
        goal = a.motivation_base - a.motivation_overload * overload + a.motivation_pay * math.log(pay)
        goal -= a.motivation_sessions * (1 - self.done["sessions"])
        goal = min(max(goal, a.motivation_floor), 1.0)
        self.motivation += a.motivation_adjustment_per_month * (goal - self.motivation)

    def write_down(self) -> None:
        """Renew the records of the families visited; the motivated write down better."""
        a = self.model.assumptions
        quality = a.visit_quality_base + a.visit_quality_motivation * self.motivation
        for family in self.visited:
            family.be_visited(known=True, quality=quality)

    def families_to_help(self) -> list:
        """Return the families with failed payments for whom there is time."""
        failed = [family for family in self.caseload if family.payment_failed]
        return failed[: math.ceil(self.done["payment"] * len(failed))]

    def families_to_meet(self) -> int:
        """Return how many unlisted families can be written down with the time that is left."""
        if self.left <= 0 or not self.caseload:
            return 0
        a = self.model.assumptions
        return self.model.whole(min(self.left / a.proposal_hours, len(self.caseload) * a.unlisted_met_share))


def turn(family) -> tuple:
    """Return what families are sorted by for a visit: longest not visited, oldest record, poorest by it, lottery."""
    return family.visited_month, family.record_month, family.record_score, family.lottery
