"""Where assistance stops on its way to a poor family, and why a family that is not poor is on a list."""

import math

from simulation.households import NEVER

from .assisted import ACTIVE, FROZEN, MISMATCHED, NOTHING_DUE, ON_TIME, SUSPENDED
from .ranking import order_rule

STATUSES = (
    "not_registered", "awaiting_verification", "excluded_by_rule", "no_vacancy", "stale_record", "ranking_error",
    "fell_poor_since", "beyond_quota", "awaiting_account", "suspended", "payment_failed_or_late", "not_collected",
    "short_value", "reached",
)  # fmt: skip
INCLUSIONS = ("duplicate", "departed", "stale_record", "connection", "ranking_error", "true_error_of_rule")


def status_of(family) -> str:
    """Return the first stage at which assistance stops for a poor family."""
    if family.in_pkh or family.in_sembako:
        return delivery_of(family)
    if family.model.ministry.cutoffs["sembako"].knows_all:
        return rung_of(family)
    if family.proposal_month != NEVER:
        return "awaiting_verification"
    if not family.listed and family.barred == 0:
        return "not_registered"
    if family.barred != 0 or not family.nik_ok or family.away_until > family.model.month:
        return "excluded_by_rule"
    return rung_of(family)


def rung_of(family) -> str:
    """Return the first rung that would have put a listed, admissible family on a list."""
    cutoffs = family.model.ministry.cutoffs
    in_queue = math.isfinite(family.pkh_key) or math.isfinite(family.sembako_key)
    listed_since = family.listed_month >= cutoffs["sembako"].month
    if not in_queue and listed_since and not cutoffs["sembako"].knows_all:
        return "awaiting_verification"
    rungs = [rung_in(family, "sembako", cutoffs["sembako"])]
    if family.pkh_entitlement_idr > 0:
        rungs.append(rung_in(family, "pkh", cutoffs["pkh"]))
    return min(rungs, key=STATUSES.index)


def rung_in(family, programme: str, cut) -> str:
    """Return the rung in one programme."""
    key, score = getattr(family, f"{programme}_key"), family.score_at_selection
    if math.isfinite(key):
        if key <= cut.recorded and score <= cut.score_limit:
            return "no_vacancy"
        fresh = family.seen_welfare + family.record_error
        new_key = key + cut.score_weight * (fresh - score)
        if cut.score_weight > 0 and new_key <= cut.recorded and fresh <= cut.score_limit:
            return "stale_record"
    if family.log_consumption_at_selection <= cut.true_log:
        return "ranking_error"
    return "fell_poor_since" if family.log_consumption <= cut.true_log else "beyond_quota"


def delivery_of(family) -> str:
    """Return where delivery of the last due payments stopped, over both programmes."""
    ministry = family.model.ministry
    names = [name for name in ("pkh", "sembako") if getattr(family, f"in_{name}")]
    claims = [getattr(family, name) for name in names]
    usable = family.account in (ACTIVE, MISMATCHED, FROZEN)
    if any(ministry.needs_account(name) for name in names) and not usable:
        return "awaiting_account"
    if any(claim.stage == NOTHING_DUE for claim in claims):
        return "awaiting_account"
    if family.in_pkh and (family.suspended or family.pkh.stage == SUSPENDED):
        return "suspended"
    if any(claim.stage != ON_TIME for claim in claims):
        return "payment_failed_or_late"
    if any(claim.balance_idr > 0 for claim in claims):
        return "not_collected"
    if family.in_sembako and family.sembako_value_share < family.model.assumptions.full_value_share:
        return "short_value"
    return "reached"


def wrongly_on_list(family) -> str | None:
    """Return why a family is wrongly on a list; None where it is rightly, or on none."""
    if not (family.in_pkh or family.in_sembako) or (family.active and family.log_consumption < 0):
        return None
    if not family.active:
        return "departed"
    if family.duplicate:
        return "duplicate"
    model = family.model
    programme = "sembako" if family.in_sembako else "pkh"
    key, cut = getattr(family, f"{programme}_key"), model.ministry.cutoffs[programme]
    shift = cut.score_weight * (family.seen_welfare + family.record_error - family.score_at_selection)
    if cut.score_weight > 0 and key <= cut.recorded < key + shift:
        return "stale_record"
    bonus = model.assumptions.connected_bonus if order_rule(model.policy) == "dtks" else 0.0
    if family.connected and key <= cut.recorded < key + bonus:
        return "connection"
    return "ranking_error" if family.log_consumption_at_selection > cut.true_log else "true_error_of_rule"
