"""Use: assistance is consumed, children go to school, families learn, take up places, are satisfied or complain.

What the programme adds to welfare stands in a column of its own (``programme_gain_log``), apart from the family's own
path. Work does not react to transfers by default (evidence E5-10).
"""

from __future__ import annotations

import numpy as np

from simulation.clock import months_to_next
from simulation.compiled import rule
from simulation.context import Now
from simulation.households import NEVER, Stage
from simulation.parameters import PARAMETERS
from simulation.randomness import Luck, normals, uniform, uniform_lanes
from simulation.rows import rows_where

FULL_GRANT_IDR = PARAMETERS["empowerment_grant_idr"].default
"""The grant that the gain of an empowerment place was measured with."""


def use(now: Now) -> None:
    """Let families live with what they received."""
    now.apply(
        consume,
        months_to_next_pkh=months_to_next(now.date, now.policy.pkh_payment_cycle_months),
        months_to_next_sembako=months_to_next(now.date, now.policy.sembako_payment_cycle_months),
        line_idr=now.line_idr,
        mpc_sembako=_mpc_sembako(now),
    )
    luck = now.lanes(Luck.CONDITIONS)
    now.apply(meet_conditions, rows=now.rows("pkh"), luck=luck[0])
    now.apply(go_to_school, luck=luck[1], return_luck=luck[2])
    rows = np.flatnonzero(now.hh.in_pkh | now.hh.participates)
    quarterly = uniform_lanes(now.seed, int(Luck.PARTICIPATION), now.month // 3, now.hh.luck_id[rows])[0]
    now.apply(take_part, rows=rows, luck=quarterly, dependency_weight=float(now.assumptions.dependency))
    now.apply(grow_gains)
    enrolled = now.rows("enrolled")
    now.apply(judge_service, rows=enrolled, luck=now.lanes_of(Luck.SATISFACTION, enrolled))
    deliver_aid(now)


def _mpc_sembako(now: Now) -> float:
    """Return what is consumed of a rupiah of Sembako: all of it as food, less of it as cash."""
    in_goods = now.policy.delivery_channel in ("ewarong", "in_kind")
    return now.assumptions.mpc_goods if in_goods else now.assumptions.mpc_cash


def poverty_line_idr(now: Now) -> float:
    """Return the poverty line of the month, rupiah a person and month: published each March, interpolated between."""
    assumptions = now.assumptions
    found = [(year, PARAMETERS[f"poverty_line_idr_{year}_03"].default) for year in (2023, 2024, 2025)]
    years = now.date.year + (now.date.number - 3) / 12
    growth = 1 + assumptions.poverty_line_growth_per_year
    if years >= found[-1][0]:
        return found[-1][1] * growth ** (years - found[-1][0])
    if years < found[0][0]:
        return found[0][1] * growth ** (years - found[0][0])
    return float(np.exp(np.interp(years, [year for year, _ in found], np.log([line for _, line in found]))))


@rule
def consume(
    active, size, consumption, cash_received_idr, goods_received_idr, cash_left_idr, goods_left_idr, support_idr,
    consumption_after, months_to_next_pkh, months_to_next_sembako, line_idr, mpc_cash, mpc_sembako, food_share_of_line,
):  # fmt: skip
    """Consume cash and goods evenly until the next payment, and add them to consumption a head.

    Goods beyond the food that the family needs are worth as much as cash. Families without either go through the same
    sums: several at a time take less than finding out who has something.
    """
    for row in range(active.size):
        cash_held = cash_left_idr[row] + cash_received_idr[row]
        goods_held = goods_left_idr[row] + goods_received_idr[row]
        cash = cash_held / months_to_next_pkh
        goods = goods_held / months_to_next_sembako
        need = food_share_of_line * line_idr * size[row]
        eaten = mpc_sembako * min(goods, need) + mpc_cash * max(goods - need, 0.0)
        after = consumption[row] + (mpc_cash * cash + eaten) / (size[row] * line_idr)
        lives = active[row]
        support_idr[row] = cash + goods if lives else 0.0
        consumption_after[row] = after if lives else 0.0
        if lives:
            cash_left_idr[row] = cash_held - cash
            goods_left_idr[row] = goods_held - goods


@rule
def meet_conditions(
    rows, luck, active, attends, session_month, suspended, learning, month, conditionality_enforced,
    p2k2_sessions_per_month, enforcement_effect_share, noncompliance_share, learning_per_session,
    learning_decay_per_month,
):  # fmt: skip
    """Let PKH families attend or miss school and health checks: sessions and enforcement raise attendance."""
    enforced = enforcement_effect_share if conditionality_enforced else 1.0
    learned = learning_per_session * max(p2k2_sessions_per_month, 1.0)
    for row in rows:
        known = learning[row] * (1 - learning_decay_per_month)
        known = min(known + learned, 1.0) if session_month[row] == month else known
        missing = noncompliance_share * (1 - known)
        missing *= enforced**2 if suspended[row] else enforced
        learning[row] = known if active[row] else learning[row]
        attends[row] = luck[row] >= missing if active[row] else attends[row]


@rule
def go_to_school(
    luck, return_luck, active, in_pkh, out_of_school, sd_pupils, smp_pupils, sma_pupils, welfare_rank, pkh_since, month,
    dropout_poor_rank, dropout_per_year, dropout_poor_factor, dropout_participation_factor, dropout_effect_years,
    return_to_school_per_year,
):  # fmt: skip
    """Let children drop out and come back; PKH lowers drop-out, fully after some years (evidence E5-05)."""
    highest = dropout_per_year / 12 * max(dropout_poor_factor, 1.0)
    concerned = np.empty(active.size, np.bool_)
    for row in range(active.size):
        pupils = sd_pupils[row] + smp_pupils[row] + sma_pupils[row]
        out = min(out_of_school[row], pupils)
        concerned[row] = active[row] & ((out > 0) | (luck[row] < highest * pupils))
        if active[row]:
            out_of_school[row] = out
    for row in rows_where(concerned):
        pupils, out = sd_pupils[row] + smp_pupils[row] + sma_pupils[row], out_of_school[row]
        if luck[row] < highest * pupils:
            poor = welfare_rank[row] < dropout_poor_rank
            hazard = dropout_per_year / 12 * pupils * (dropout_poor_factor if poor else 1.0)
            if in_pkh[row]:
                grown = min((month - pkh_since[row]) / (12 * dropout_effect_years), 1.0)
                hazard *= 1 - (1 - dropout_participation_factor) * grown
            out += (luck[row] < hazard) & (out < pupils)
        out -= (out > 0) & (return_luck[row] < return_to_school_per_year / 12 * out)
        out_of_school[row] = out


@rule
def take_part(
    rows, luck, active, in_pkh, pkh_since, session_month, informed, out_of_work, satisfied, participates, month,
    dependency_weight, participation_intercept, participation_informed, participation_session_held,
    participation_passive_year, participation_works, participation_satisfied,
):  # fmt: skip
    """Decide who takes part in sessions and empowerment; years on the list without a session make it less likely."""
    for place in range(rows.size):
        row = rows[place]
        if not in_pkh[row] or not active[row]:
            participates[row] = False
            continue
        last = max(session_month[row], pkh_since[row])
        passive_years = min((month - last) / 12, 10.0)
        pull = (
            participation_intercept
            + participation_informed * informed[row]
            + participation_session_held * (month - session_month[row] <= 1)
            + dependency_weight * participation_passive_year * passive_years
            + participation_works * (not out_of_work[row])
            + participation_satisfied * satisfied[row]
        )
        participates[row] = luck[place] < 1 / (1 + np.exp(-pull))


def choose_for_places(now: Now, places: int) -> np.ndarray:
    """Return the PKH families that get an empowerment place, in the order of luck."""
    rows = now.rows("pkh")
    willing_luck, order, _, _ = now.lanes_of(Luck.EMPOWERMENT, rows)
    willing = now.apply(who_is_willing, rows=rows, luck=willing_luck)
    return rows[willing][np.argsort(order[willing])][:places]


@rule
def who_is_willing(
    rows, luck, active, participates, empowered_month, welfare_rank, adults, pena_willing_share, pena_minimum_rank
):  # fmt: skip
    """Tell which of the PKH families ``rows`` are willing and able to take a place, and not destitute."""
    willing = np.empty(rows.size, np.bool_)
    for place in range(rows.size):
        row = rows[place]
        able = active[row] & participates[row] & (empowered_month[row] == NEVER) & (adults[row] > 0)
        willing[place] = able & (welfare_rank[row] > pena_minimum_rank) & (luck[place] < pena_willing_share)
    return willing


@rule
def empower(
    rows, empowered_month, gain_target_log, luck_id, seed, month, grant_share, pena_success_share, pena_gain_log,
    pena_gain_sd,
):  # fmt: skip
    """Give empowerment places: some businesses take root and raise consumption, in proportion to the grant."""
    for row in rows:
        empowered_month[row] = month
        z, _, _, _ = normals(seed, Luck.EMPOWERMENT, month, luck_id[row], 1)
        if uniform(seed, Luck.EMPOWERMENT, month, luck_id[row], 2) < pena_success_share:
            gain_target_log[row] += max(pena_gain_log + pena_gain_sd * z, 0.0) * grant_share


@rule
def grow_gains(
    in_pkh, in_sembako, programme_gain_log, gain_target_log, pena_maturity_months, pena_gain_decay_per_year,
    labour_response_log,
):  # fmt: skip
    """Let gains mature over months and fade over years; add the labour response where that switch is not zero."""
    keep = (1 - pena_gain_decay_per_year) ** (1 / 12)
    pace = 1 / pena_maturity_months
    for row in range(in_pkh.size):
        target = gain_target_log[row] * keep
        response = labour_response_log * (in_pkh[row] | in_sembako[row])
        gain_target_log[row] = target
        programme_gain_log[row] += pace * (target + response - programme_gain_log[row])


@rule
def judge_service(
    rows, active, in_sembako, pkh_stage, sembako_stage, pkh_months_late, sembako_months_late, pkh_credited_idr,
    sembako_credited_idr, sembako_value_share, bad_quality, long_wait, visited_month, satisfied, complaint_month,
    luck, month,
    satisfaction_intercept, satisfaction_short_value, satisfaction_month_late, satisfaction_bad_quality,
    satisfaction_long_wait, satisfaction_payment_failed, satisfaction_visited, complaint_share,
):  # fmt: skip
    """Let recipients judge a payment when it has come or should have come, and complain or not."""
    for place in range(rows.size):
        row = rows[place]
        if not active[row]:
            continue
        failed = pkh_stage[row] == Stage.FAILED or sembako_stage[row] == Stage.FAILED
        if not (failed or pkh_credited_idr[row] + sembako_credited_idr[row] > 0):
            continue
        late = max(pkh_months_late[row], sembako_months_late[row])
        pull = satisfaction_intercept + satisfaction_month_late * late
        if in_sembako[row]:
            pull += satisfaction_short_value * (1 - sembako_value_share[row]) / 0.1
            pull += satisfaction_bad_quality * bad_quality[row] + satisfaction_long_wait * long_wait[row]
        pull += satisfaction_payment_failed * failed + satisfaction_visited * (month - visited_month[row] < 3)
        satisfied[row] = luck[0, place] < 1 / (1 + np.exp(-pull))
        if not satisfied[row] and luck[1, place] < complaint_share:
            complaint_month[row] = month


def deliver_aid(now: Now) -> None:
    """Order emergency aid for families hit this month, and hand over what has arrived."""
    if not now.tally["disaster_hit_families"] and now.ledger.emergency.waiting_idr == 0:
        return
    joined = 1 - min(now.policy.civil_registry_lag_months / 12, 1.0)
    lag = now.policy.emergency_response_lag_months * (1 - now.assumptions.emergency_joined_reduction * joined)
    hit = np.flatnonzero((now.hh.disaster_month == now.month) & now.hh.active)
    if hit.size:
        _order_aid(now, hit, lag, joined)
    due = np.flatnonzero((now.hh.aid_due_idr > 0) & (now.hh.aid_due_month <= now.month))
    if due.size:
        now.ledger.emergency.credit(int(now.hh.aid_due_idr[due].sum()))
        now.hh.cash_left_idr[due] += now.hh.aid_due_idr[due]
        now.hh.aid_due_idr[due] = 0


def _order_aid(now: Now, hit: np.ndarray, lag: float, joined: float) -> None:
    """Give every hit family a place in the queue for packages: the store first, then what has to be procured.

    Where data are not joined, listed families come first: a fast order that may be the wrong one.
    """
    hh, standing, assumptions = now.hh, now.standing, now.assumptions
    if standing.aid_stock < 0:
        standing.aid_stock = assumptions.emergency_stock_packages * now.scale
    luck = now.lanes_of(Luck.EMERGENCY, hit)[0]
    first = hit[np.lexsort((luck, ~hh.listed[hit] if joined < 0.5 else luck))]
    wait = np.full(first.size, lag)
    wait[int(standing.aid_stock) :] += assumptions.emergency_procurement_months
    standing.aid_stock = max(standing.aid_stock - first.size, 0.0)
    months = np.ceil(wait).astype(np.int64)
    hh.aid_months_late[first] = months
    hh.aid_due_month[first] = now.month + months
    hh.aid_due_idr[first] += int(assumptions.emergency_package_idr)
    now.ledger.emergency.release(int(assumptions.emergency_package_idr) * first.size)
