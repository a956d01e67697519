"""Select: who is on the lists of PKH and Sembako, by exits, vacancies and the order of the queue.

A selection is a decree of the ministry. Families leave by reason; what the quota leaves free is filled by the rule in
force, smallest key first. Under DTKS the key is local judgement among the listed, under DTSEN the decile of the record;
``targeting_method`` puts another rule in its place.
"""

from __future__ import annotations

import numpy as np

from simulation.compiled import rule
from simulation.context import Cutoffs, Now
from simulation.households import LISTS, NEVER, Account, Barred, Exit
from simulation.month.ordering import (
    community_keys,
    decile_limits,
    individual_keys,
    knows_all,
    order_rule,
    score_weight,
)
from simulation.randomness import Luck, uniform
from simulation.rows import rows_where


def select(now: Now) -> None:
    """Make the lists of both programmes anew: PKH first, because its families are preferred for Sembako."""
    now.apply(price_entitlements, unconditional=knows_all(now.policy))
    limits = decile_limits(now)
    for programme in LISTS:
        before = now.hh[f"in_{programme}"].copy()
        _leave(now, programme, limits[programme])
        keys = _keys(now, programme)
        _fill(now, programme, keys, limits[programme], before)
    now.changed("enrolled", "pkh")
    now.apply(remember_selection)


@rule
def remember_selection(
    active, log_consumption, record_score, log_consumption_at_selection, score_at_selection
):  # fmt: skip
    """Keep what was true and what was recorded when the lists were made."""
    for row in range(active.size):
        log_consumption_at_selection[row] = log_consumption[row] if active[row] else np.inf
        score_at_selection[row] = record_score[row]


@rule
def price_entitlements(
    recorded_pregnant, recorded_young_children, recorded_sd_pupils, recorded_smp_pupils, recorded_sma_pupils,
    recorded_elderly, recorded_disabled, pkh_entitlement_idr, unconditional, pkh_amount_pregnant_idr_per_year,
    pkh_amount_early_child_idr_per_year, pkh_amount_sd_idr_per_year, pkh_amount_smp_idr_per_year,
    pkh_amount_sma_idr_per_year, pkh_amount_elderly_idr_per_year, pkh_amount_disability_idr_per_year,
    pkh_max_persons, pkh_max_pregnancies, pkh_max_early_children, pkh_max_elderly, pkh_payment_scale,
    pkh_mean_entitlement_idr_per_year,
):  # fmt: skip
    """Price the recorded components, the dearest first, up to four of a family.

    With ``unconditional`` a family without component gets the programme's mean.
    """
    for row in range(pkh_entitlement_idr.size):
        left = pkh_max_persons
        total = 0.0
        for count, most, amount in (
            (recorded_pregnant[row], pkh_max_pregnancies, pkh_amount_pregnant_idr_per_year),
            (recorded_young_children[row], pkh_max_early_children, pkh_amount_early_child_idr_per_year),
            (recorded_disabled[row], left, pkh_amount_disability_idr_per_year),
            (recorded_elderly[row], pkh_max_elderly, pkh_amount_elderly_idr_per_year),
            (recorded_sma_pupils[row], left, pkh_amount_sma_idr_per_year),
            (recorded_smp_pupils[row], left, pkh_amount_smp_idr_per_year),
            (recorded_sd_pupils[row], left, pkh_amount_sd_idr_per_year),
        ):
            paid = min(count, most, left)
            left -= paid
            total += paid * amount
        if unconditional and total == 0.0:
            total = pkh_mean_entitlement_idr_per_year
        pkh_entitlement_idr[row] = int(round(total * pkh_payment_scale))


def _leave(now: Now, programme: str, limit: float) -> None:
    """Take off the list who has to leave, with the reason."""
    policy = now.policy
    years = policy.max_years_in_programme if programme == "pkh" else None
    lost = now.apply(
        leave_list,
        rows=rows_where(now.hh[f"in_{programme}"]),
        enrolled=now.hh[f"in_{programme}"],
        since=now.hh[f"{programme}_since"],
        is_pkh=programme == "pkh",
        most_months=NEVER if years is None else int(round(years * 12)),
        score_limit=limit if now.standing.regime == "dtsen" else np.inf,
        checked_since=now.standing.regime_since,
        interval_months=policy.registry_update_interval_months,
    )
    for reason in Exit:
        now.tally.add(f"{programme}_exits_{reason.name.lower()}", int(lost[reason]))


@rule
def leave_list(
    rows, enrolled, since, is_pkh, most_months, score_limit, checked_since, interval_months, active, listed, barred,
    account, pkh_entitlement_idr, record_score, checked_month, welfare_rank, empowered_month, suspended_stages,
    exit_reason, exit_month, away_until, luck_id, seed, month, reapplication_wait_months,
    sanction_stages_before_removal, graduation_own_wish_per_year, graduation_above_rank, pena_exit_share,
    pena_maturity_months,
):  # fmt: skip
    """Take families off one list and note why; return how many left by each reason."""
    lost = np.zeros(16, np.int64)
    wish = 1 - (1 - graduation_own_wish_per_year) ** (interval_months / 12)
    for row in rows:
        reason = Exit.NONE
        if not active[row] and not listed[row]:
            reason = Exit.DEPARTED
        elif not listed[row] or barred[row] != Barred.NO or account[row] == Account.KARTU_TIDAK_TERDISTRIBUSI:
            reason = Exit.REMOVED
        elif is_pkh and pkh_entitlement_idr[row] == 0:
            reason = Exit.NATURAL
        elif is_pkh and suspended_stages[row] >= sanction_stages_before_removal:
            reason = Exit.SANCTION
        elif most_months > 0 and month - since[row] >= most_months:
            reason = Exit.TIME_LIMIT
        elif record_score[row] > score_limit and checked_month[row] >= checked_since:
            reason = Exit.DECILE
        elif is_pkh and _graduates(empowered_month[row], month, interval_months, pena_maturity_months):
            if uniform(seed, Luck.EXITS, month, luck_id[row]) < pena_exit_share:
                reason = Exit.EMPOWERED
        elif (
            welfare_rank[row] > graduation_above_rank
            and uniform(seed, Luck.EXITS, month, luck_id[row]) < wish  # drawn for these few alone
        ):
            reason = Exit.OWN_WISH
        if reason != Exit.NONE:
            enrolled[row] = False
            exit_reason[row] = reason
            exit_month[row] = month
            if reason == Exit.SANCTION or reason == Exit.OWN_WISH or reason == Exit.EMPOWERED:
                away_until[row] = month + reapplication_wait_months
            lost[reason] += 1
    return lost


@rule
def _graduates(empowered_month, month, interval_months, after_months):
    """Tell whether the check that follows an empowerment place falls between the last selection and this one."""
    since = month - empowered_month
    return empowered_month != NEVER and after_months <= since < after_months + interval_months


def _keys(now: Now, programme: str) -> np.ndarray:
    """Return every family's place in the queue of a programme; infinite for who may not enter by rule."""
    hh = now.hh
    other = hh.in_sembako if programme == "pkh" else hh.in_pkh
    keys = hh[f"{programme}_key"]
    name = order_rule(now.policy)
    if name in ("community", "hybrid"):
        keys[:] = community_keys(now, quota_of(now, programme), score_last=name == "hybrid")
    else:
        individual_keys(now, keys)
    if not knows_all(now.policy):
        pull = now.assumptions[f"pull_{programme}"]
        now.apply(admit, keys=keys, may_enter=_admissible(now, programme), preferred=other, pull=pull)
    return keys


@rule
def admit(keys, may_enter, preferred, pull):
    """Draw families with the other programme nearer, and keep out who may not enter by rule."""
    for row in range(keys.size):
        key = keys[row] - pull if preferred[row] else keys[row]
        keys[row] = key if may_enter[row] else np.inf


def _admissible(now: Now, programme: str) -> np.ndarray:
    """Tell who may enter by rule: a live, matched record, no bar, for PKH a component."""
    hh = now.hh
    may = hh.listed & hh.nik_ok & (hh.barred == int(Barred.NO)) & (hh.away_until <= now.month)
    if programme == "pkh":
        may &= hh.pkh_entitlement_idr > 0
        if now.policy.max_years_in_programme is not None:
            may &= hh.exit_reason != int(Exit.TIME_LIMIT)
    return may


def quota_of(now: Now, programme: str) -> int:
    """Return the seats of a programme, counted once a budget year and whenever the terms change."""
    policy = now.policy
    fixed, budget = policy[f"{programme}_quota_families"], policy[f"{programme}_budget_bn_idr_per_year"]
    terms = [now.date.year, budget, policy.benefit_multiplier, fixed]
    *old_terms, seats = now.standing.quotas.get(programme, [None])
    if terms != old_terms:
        seats = _count_seats(now, programme)
        now.standing.quotas[programme] = [*terms, seats]
    return seats


def _count_seats(now: Now, programme: str) -> int:
    """Return the seats that the programme can pay: the quota set, or the budget over the mean entitlement.

    There are never more seats than twice the city's families, however little a seat costs.
    """
    policy, hh = now.policy, now.hh
    most = round(2 * now.assumptions.families_start * now.scale)
    fixed = policy[f"{programme}_quota_families"]
    if fixed is not None:
        return min(round(fixed * now.scale), most)
    budget = policy[f"{programme}_budget_bn_idr_per_year"] * 1e9 * now.scale
    mean = 12.0 * now.assumptions.sembako_amount_idr_per_month
    if programme == "pkh":
        mean = now.assumptions.pkh_mean_entitlement_idr_per_year * now.assumptions.pkh_payment_scale
        enrolled = rows_where(hh.in_pkh)
        if enrolled.size:
            mean = hh.pkh_entitlement_idr[enrolled].mean()
    entitlement = mean * policy.benefit_multiplier
    return round(min(budget / entitlement, most)) if entitlement > 0 else 0


def _fill(now: Now, programme: str, keys: np.ndarray, limit: float, before: np.ndarray) -> None:
    """Fill the seats within the limit of deciles, and keep the cut-offs by which the list can be explained.

    Who was on this list ``before`` the decree, and is taken off and put on again by it, keeps the date of entry.
    """
    hh, enrolled, since = now.hh, now.hh[f"in_{programme}"], now.hh[f"{programme}_since"]
    name = order_rule(now.policy)
    quota = hh.rows if name == "universal" else quota_of(now, programme)
    may_enter = np.isfinite(keys)
    accepted = may_enter & (hh.record_score <= limit)
    within = rows_where(accepted)
    setattr(now.standing, programme, _cutoffs(now, keys[within], may_enter, quota, limit))
    if knows_all(now.policy) or now.policy.seats_redrawn:
        chosen = within[smallest(keys[within], quota)]
        outranked = np.flatnonzero(enrolled & ~_mask(chosen, hh.rows))
    else:
        stayers = rows_where(enrolled)
        outranked = _last_in_order(now, stayers, keys, limit, stayers.size - quota)
        free = rows_where(accepted & ~enrolled)
        chosen = free[smallest(keys[free], max(quota - stayers.size, 0))]
    enrolled[outranked] = False
    hh.exit_reason[outranked], hh.exit_month[outranked] = Exit.OUTRANKED, now.month
    now.tally.add(f"{programme}_exits_outranked", outranked.size)
    entering = chosen[~enrolled[chosen]]
    enrolled[entering] = True
    since[entering[~before[entering]]] = now.month
    if knows_all(now.policy):
        hh.exit_reason[entering] = Exit.NONE
    now.tally.add(f"{programme}_admitted", entering.size)


def _cutoffs(now: Now, keys: np.ndarray, may_enter: np.ndarray, quota: int, limit: float) -> Cutoffs:
    """Return what would have sufficed for a seat, by the records and by true consumption.

    ``keys`` are those of families whose score the programme accepts; ``may_enter`` tells who may by rule, whatever the
    score.
    """
    hh = now.hh
    sees_all = knows_all(now.policy)
    return Cutoffs(
        month=now.month,
        quota=quota,
        recorded=cutoff(keys, quota),
        true_log=-np.inf if sees_all else cutoff(hh.log_consumption[rows_where(may_enter & hh.active)], quota),
        score_weight=score_weight(now),
        score_limit=limit,
        knows_all=sees_all,
    )


def cutoff(values: np.ndarray, quota: int) -> float:
    """Return the largest of the ``quota`` smallest values: -inf without seats, inf with seats for all."""
    if quota <= 0:
        return -np.inf
    return np.inf if quota >= values.size else float(np.partition(values, quota - 1)[quota - 1])


def smallest(keys: np.ndarray, count: int) -> np.ndarray:
    """Return the rows of the ``count`` smallest finite keys."""
    finite = np.flatnonzero(np.isfinite(keys))
    if count >= finite.size:
        return finite
    return finite[np.argpartition(keys[finite], count)[:count]] if count > 0 else finite[:0]


def _last_in_order(now: Now, rows: np.ndarray, keys: np.ndarray, limit: float, count: int) -> np.ndarray:
    """Return the ``count`` rows with the largest keys, scores beyond the limit first; luck decides between equals."""
    if count <= 0:
        return rows[:0]
    standing = np.where(now.hh.record_score[rows] > limit, np.inf, keys[rows])
    return rows[np.lexsort((now.hh.lottery[rows], -standing))[:count]]


def _mask(rows: np.ndarray, size: int) -> np.ndarray:
    mask = np.zeros(size, bool)
    mask[rows] = True
    return mask
