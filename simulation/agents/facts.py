"""What decided a family's month, as plain numbers: what its explanation is written from.

Months are written ``2023-03``, amounts are rupiah, what never happened is ``None``. A key of ``inf`` means not in the
queue; a cut-off of ``inf`` means seats for all, of ``-inf`` none.
"""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np

from simulation.clock import Month
from simulation.context import Cutoffs
from simulation.geography import KELURAHAN
from simulation.households import COMPONENTS, NEVER, Account, Barred, Exit, Households, Stage
from simulation.measures.cascade import Status, status_of
from simulation.month.ordering import order_rule
from simulation.month.use import poverty_line_idr
from simulation.plan import Plan
from simulation.settings import Settings

USABLE = ("aktif", "gagal_omspan", "dibekukan")
"""States of an account to which money can be ordered."""


def status_of_family(model: Any, row: int) -> Status:
    """Return the cascade status of one family."""
    return _status(model, model.hh.take(np.array([row])))


def _status(model: Any, hh: Households) -> Status:
    channel = policy_of(model.plan, model.month - 1).delivery_channel
    return Status(int(status_of(hh, model.standing, model.plan.assumptions, channel, model.month - 1)[0]))


def policy_of(plan: Plan, month: int) -> Settings:
    """Return the policy of a month; before the start of the run that of its history."""
    return plan.policy_in(month) if month >= 0 else plan.history().opening


def line_of(plan: Plan, month: int) -> float:
    """Return the poverty line of a month, rupiah a head."""
    return poverty_line_idr(SimpleNamespace(date=plan.start.plus(month), assumptions=plan.assumptions))


def facts_of(model: Any, row: int) -> dict[str, Any]:
    """Return the facts of one family in the month last lived."""
    hh = model.hh.take(np.array([row]))
    one = SimpleNamespace(**{name: hh[name][0].item() for name in hh})
    when = _Calendar(model.plan.start, model.month - 1)
    channel = policy_of(model.plan, when.month).delivery_channel
    return {
        "row": row,
        "month": when.date(when.month),
        "in_city": one.active,
        "departed": when.date(one.departed_month),
        "family": _family(one),
        "welfare": _welfare(one, line_of(model.plan, when.month)),
        "record": _record(one, model.standing.regime, when),
        "pkh": _programme(model, one, "pkh", channel, when),
        "sembako": _programme(model, one, "sembako", channel, when),
        "account": _account(one, when),
        "left_list": Exit(one.exit_reason).name.lower() if one.exit_reason else None,
        "left_list_month": when.date(one.exit_month),
        "channel": channel,
        "full_value_share": model.plan.assumptions.full_value_share,
        "status": _status(model, hh).name,
    }


class _Calendar:
    """Turns months of the run into dates, and into months ago."""

    def __init__(self, start: Month, month: int) -> None:
        self.start, self.month = start, month

    def date(self, month: int) -> str | None:
        return None if month == NEVER else str(self.start.plus(month))

    def ago(self, month: int) -> int | None:
        return None if month == NEVER else self.month - month


def _family(one: SimpleNamespace) -> dict[str, Any]:
    place = KELURAHAN[one.kelurahan]
    members = {name: getattr(one, name) for name in (*COMPONENTS[1:5], "adults", "elderly", "disabled")}
    where = {"kelurahan": place.name, "kecamatan": place.kecamatan, "rt": one.rt}
    return {"members": one.size, **members, "pregnant": int(one.pregnant > 0), **where}


def _welfare(one: SimpleNamespace, line_idr: float) -> dict[str, Any]:
    return {
        "consumption_idr": one.consumption * line_idr,
        "support_idr": one.support_idr,
        "consumption_after_idr": one.consumption_after * line_idr,
        "line_idr": line_idr,
        "poor": one.log_consumption < 0.0,
    }


def _bar(one: SimpleNamespace, when: _Calendar) -> str | None:
    """Return what keeps the family off the lists: a bar, or that it left one lately; none where nothing does."""
    if one.barred:
        return Barred(one.barred).name.lower()
    return "away" if one.away_until > when.month else None


def _record(one: SimpleNamespace, regime: str, when: _Calendar) -> dict[str, Any]:
    return {
        "registry": regime.upper(),
        "listed": one.listed,
        "listed_since": when.date(one.listed_month),
        "age_months": when.ago(one.record_month) if one.listed else None,
        "score": one.record_score,
        "fresh_score": one.seen_welfare + one.record_error,
        "proposed": when.date(one.proposal_month),
        "proposal_wait_months": when.ago(one.proposal_month),
        "barred": _bar(one, when),
        "barred_since": when.date(one.barred_month if one.barred else one.exit_month) if _bar(one, when) else None,
        "nik_ok": one.nik_ok,
        "address_ok": one.address_ok,
        "duplicate": one.duplicate,
    }


def _account(one: SimpleNamespace, when: _Calendar) -> dict[str, Any]:
    state = Account(one.account).name.lower()
    since = {"since": when.date(one.account_month), "months": when.ago(one.account_month)}
    return {"state": state, **since, "usable": state in USABLE}


def _programme(model: Any, one: SimpleNamespace, name: str, channel: str, when: _Calendar) -> dict[str, Any]:
    """Return what one programme holds of the family: place in the queue, list, last due payment."""
    own = SimpleNamespace(**{key[len(name) + 1 :]: value for key, value in vars(one).items() if key.startswith(name)})
    enrolled = getattr(one, f"in_{name}")
    paperless = ("cash_post",) if name == "pkh" else ("cash_post", "in_kind")
    return {
        "enrolled": enrolled,
        "since": when.date(own.since) if enrolled else None,
        "months_enrolled": when.ago(own.since) if enrolled else None,
        **_queue(model, one, name, own.key, getattr(model.standing, name)),
        "needs_account": channel not in paperless,
        "stage": Stage(own.stage).name.lower(),
        "months_late": own.months_late,
        "waiting_idr": own.waiting_idr,
        "returned_idr": own.returned_idr,
        "balance_idr": own.balance_idr,
        "collected": own.collected,
        "idle_stages": own.idle_stages,
        **({"suspended": one.suspended, "entitlement_idr_per_year": one.pkh_entitlement_idr} if name == "pkh" else {}),
        **({"value_share": one.sembako_value_share} if name == "sembako" else {}),
    }


def _queue(model: Any, one: SimpleNamespace, name: str, key: float, cut: Cutoffs) -> dict[str, Any]:
    """Return the family's place in the queue of the last selection and what would have sufficed."""
    plan, month = model.plan, model.month - 1
    fresh_key = key + cut.score_weight * (one.seen_welfare + one.record_error - one.score_at_selection)
    selected = cut.month if cut.month != NEVER else month
    policy = policy_of(plan, selected)
    decile = policy.eligible_decile_max + (plan.assumptions.sembako_extra_deciles if name == "sembako" else 0)
    line_then, line_now = line_of(plan, selected), line_of(plan, month)
    return {
        "has_component": name == "sembako" or one.pkh_entitlement_idr > 0,
        "selected": None if cut.month == NEVER else str(plan.start.plus(cut.month)),
        "rule": order_rule(policy),
        "knows_all": cut.knows_all,
        "quota": cut.quota,
        "decile_limit": min(int(decile), 10) if math.isfinite(cut.score_limit) else None,
        "score_limit": cut.score_limit,
        "score": one.score_at_selection,
        "fresh_score": one.seen_welfare + one.record_error,
        "key": key,
        **_place(model.hh, name, key, cut.score_limit),
        "cut_off": cut.recorded,
        "score_weight": cut.score_weight,
        "fresh_key": fresh_key,
        "consumption_then_idr": math.exp(one.log_consumption_at_selection) * line_then,
        "needed_then_idr": math.exp(cut.true_log) * line_then,
        "consumption_now_idr": math.exp(one.log_consumption) * line_now,
        "needed_now_idr": math.exp(cut.true_log) * line_now,
    }


def _place(hh: Households, name: str, key: float, score_limit: float) -> dict[str, int | None]:
    """Return the family's place among those whom the last selection could admit, and how many they were."""
    keys = hh[f"{name}_key"][hh.score_at_selection <= score_limit]
    ahead = int((keys < key).sum()) if key < math.inf else None
    return {"place": None if ahead is None else ahead + 1, "queue": int((keys < math.inf).sum())}


def enough(facts: dict[str, Any], programme: str) -> dict[str, bool]:
    """Tell what would have given the family a seat: its record, a fresh one, its consumption then, and now."""
    own = facts[programme]
    may, within = own["has_component"], own["score_limit"]
    queued = may and own["key"] < math.inf
    fresh = queued and own["score_weight"] > 0 and own["fresh_key"] <= own["cut_off"]
    return {
        "record": queued and own["key"] <= own["cut_off"] and own["score"] <= within,
        "fresh_record": fresh and own["fresh_score"] <= within,
        "consumption_then": may and own["consumption_then_idr"] <= own["needed_then_idr"],
        "consumption_now": may and own["consumption_now_idr"] <= own["needed_now_idr"],
    }
