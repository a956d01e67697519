"""The PKH facilitator (pendamping): a month of hours and what they are spent on."""

from __future__ import annotations

import mesa
import numpy as np

from simulation.context import Now
from simulation.month.hours import Hours, Share, Workload, hours_available, hours_needed, next_motivation, spend


class Pendamping(mesa.Agent):
    """One facilitator: serves a stretch of neighbouring PKH families.

    Attributes
    ----------
    number : place among the city's facilitators, in the order of the families' places.
    motivation : from 0 to 1 (assumed). vacant_until : month in which a vacant post is filled again.
    caseload : rows of the families served this month.
    """

    def __init__(self, model: mesa.Model, number: int, motivation: float, vacant_until: int) -> None:
        super().__init__(model)
        self.number = number
        self.motivation = motivation
        self.vacant_until = vacant_until
        self.caseload = np.zeros(0, np.int64)
        self.hours: Hours | None = None
        self.share: Share | None = None
        self.families = self.visits = self.attended = 0

    def on_duty(self, month: int) -> bool:
        """Tell whether the post is filled."""
        return month >= self.vacant_until

    def consider_leaving(self, now: Now, luck: float) -> None:
        """Leave the job sometimes, more often with low motivation; the post stays vacant for some months."""
        if luck < now.assumptions.quit_per_month * (2 - self.motivation):
            self.vacant_until = now.month + now.assumptions.vacancy_months
            self.motivation = now.assumptions.motivation_start

    def plan_month(self, now: Now, work: Workload) -> None:
        """Spend the month's hours on the tasks that the caseload brings, as far as they reach."""
        available = hours_available(self.motivation, work.kelurahan, now.assumptions)
        self.hours = hours_needed(work, available, now.policy, now.assumptions)
        self.share = spend(self.hours)
        self.families = self.caseload.size
        per_month = self.share.visits * self.families * now.assumptions.visits_per_family_per_year / 12
        self.visits = min(now.whole(per_month), self.families)

    def end_month(self, now: Now, attended: int) -> None:
        """Take the month to heart: overload, pay and work done move motivation."""
        self.attended = attended
        self.motivation = next_motivation(
            self.motivation, self.hours, self.share, now.policy.pendamping_pay_idr_per_month, now.assumptions
        )

    def unlisted_met(self, now: Now) -> int:
        """Return how many families without a record can be written down in the hours that are left."""
        if self.share.left_hours <= 0 or not self.families:
            return 0
        in_time = self.share.left_hours / now.assumptions.proposal_hours
        return now.whole(min(in_time, self.families * now.assumptions.unlisted_met_share))

    def visit_quality(self, assumptions) -> float:
        """Return the chance that a visit puts the record right."""
        return assumptions.visit_quality_base + assumptions.visit_quality_motivation * self.motivation

    def report(self, now: Now) -> dict[str, object]:
        """Return what the month was like, for the table of agents."""
        duty = self.on_duty(now.month) and self.hours is not None
        return {
            "kind": "pendamping",
            "number": self.number,
            "on_duty": duty,
            "families": self.families if duty else 0,
            "hours_needed": float(self.hours.needed) if duty else np.nan,
            "hours_available": float(self.hours.available) if duty else np.nan,
            "visits": self.visits if duty else 0,
            "visits_share": float(self.share.visits) if duty else np.nan,
            "sessions_share": float(self.share.sessions) if duty else np.nan,
            "attended": self.attended if duty else 0,
            "motivation": float(self.motivation),
        }
