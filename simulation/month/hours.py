"""Hours: what a pendamping's month is worth, what tasks take of it, and how far it reaches.

The order is fixed: a campaign that is ordered, reporting, failed payments and complaints, verification of conditions,
home visits, group sessions (P2K2), and with what is left the proposal of families seen on the way. Where there are too
many families the last ones do not happen. All hours are assumed: no study of them was found.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(slots=True)
class Workload:
    """What one pendamping finds to do this month.

    In a part of the city (scale below one) fewer pendamping cover the same kelurahan; ``kelurahan`` counts as many as
    one would have in the whole city.
    """

    families: float
    failed_payments: int
    complaints: int
    kelurahan: float
    campaign_families: float = 0.0


@dataclass(slots=True)
class ByTask:
    """One number for each task, in the order of precedence."""

    campaign: float
    report: float
    payment: float
    verification: float
    visits: float
    sessions: float


@dataclass(slots=True)
class Hours(ByTask):
    """The hours that each task would take this month, and those there are."""

    available: float

    @property
    def needed(self) -> float:
        """Return the hours that all tasks would take."""
        return self.campaign + self.report + self.payment + self.verification + self.visits + self.sessions


@dataclass(slots=True)
class Share(ByTask):
    """What share of each task the hours reach, and the hours left over."""

    left_hours: float


def hours_needed(work: Workload, available: float, policy, assumptions) -> Hours:
    """Return the hours that a month's tasks take for one pendamping."""
    digital = "digital" if policy.digital_reporting else "manual"
    fixed = assumptions[f"report_hours_{digital}"]
    per_family = assumptions[f"report_hours_{digital}_per_family"]
    joined = assumptions.verification_joined_factor if policy.civil_registry_lag_months == 0 else 1.0
    return Hours(
        campaign=assumptions.visit_hours * work.campaign_families,
        report=fixed + per_family * work.families if work.families else 0.0,
        payment=assumptions.payment_hours_per_family * work.families
        + assumptions.repair_hours * work.failed_payments
        + assumptions.complaint_hours * work.complaints,
        verification=assumptions.verification_hours_per_family * work.families * joined,
        visits=assumptions.visit_hours * work.families * assumptions.visits_per_family_per_year / 12,
        sessions=assumptions.session_hours
        * policy.p2k2_sessions_per_month
        * work.families
        / assumptions.families_per_group,
        available=available,
    )


def hours_available(motivation: float, kelurahan: float, assumptions) -> float:
    """Return a month's hours in the field: less leave and meetings, more with motivation, less with more kelurahan."""
    effort = assumptions.effort_base + assumptions.effort_motivation * motivation
    hours = assumptions.pendamping_hours_per_month * (1 - assumptions.pendamping_leave_share) * effort
    return max(hours - assumptions.kelurahan_overhead_hours * max(kelurahan - 1, 0.0), 0.0)


def spend(hours: Hours) -> Share:
    """Spend the hours on the tasks in their order; return the share of each that is done."""
    left = hours.available
    done = []
    for need in (hours.campaign, hours.report, hours.payment, hours.verification, hours.visits, hours.sessions):
        used = min(need, left)
        done.append(used / need if need > 0 else 1.0)
        left -= used
    return Share(*done, left)


def next_motivation(motivation: float, hours: Hours, share: Share, pay_idr: float, assumptions) -> float:
    """Move motivation towards where overload, pay and the work itself put it."""
    overload = max(0.0, hours.needed / max(hours.available, 1e-9) - 1) if hours.needed > 0 else 0.0
    goal = (
        assumptions.motivation_base
        - assumptions.motivation_overload * overload
        + assumptions.motivation_pay * float(np.log(max(pay_idr, 1.0) / assumptions.umk_idr_per_month))
        - assumptions.motivation_sessions * (1 - share.sessions)
    )
    goal = min(max(goal, assumptions.motivation_floor), 1.0)
    return motivation + assumptions.motivation_adjustment_per_month * (goal - motivation)
