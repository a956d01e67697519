"""The delivery cascade: one status for every poor family, the first that holds, and its mirror for wrong entries.

The first eight statuses are of families on no list, in the order of a ladder on which each rung changes one thing more:
the record, its age, what the rule can see, the months since. Nobody else is ranked anew. The cascade is bookkeeping
(which stage comes first), not a claim about causes.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from simulation.compiled import apply, rule
from simulation.context import Now, Standing
from simulation.households import NEVER, Account, Barred, Households, Stage


class Status(IntEnum):
    """Where assistance stops on its way to a poor family; ``reached`` where it does not."""

    not_poor = -1
    not_registered = 0
    awaiting_verification = 1
    excluded_by_rule = 2
    no_vacancy = 3
    stale_record = 4
    ranking_error = 5
    fell_poor_since = 6
    beyond_quota = 7
    awaiting_account = 8
    suspended = 9
    payment_failed_or_late = 10
    not_collected = 11
    short_value = 12
    reached = 13


class Inclusion(IntEnum):
    """Why a family that is not poor is on a list."""

    rightly = -1
    duplicate = 0
    departed = 1
    stale_record = 2
    connection = 3
    ranking_error = 4
    true_error_of_rule = 5


STATUSES = tuple(status.name for status in Status if status >= 0)
NOT_ENROLLED = STATUSES[: Status.awaiting_account]
INCLUSIONS = tuple(kind.name for kind in Inclusion if kind >= 0)


def status_of(
    hh: Households, standing: Standing, assumptions, channel: str, month: int, rows: np.ndarray | None = None
) -> np.ndarray:
    """Return the cascade status of every row, int8 (see ``Status``); ``rows`` are the poor families, if known."""
    status = np.full(hh.rows, Status.not_poor, np.int8)
    apply(
        place_on_cascade,
        hh.by_name() | vars(assumptions),
        rows=np.flatnonzero(hh.active & (hh.log_consumption < 0)) if rows is None else rows,
        status=status,
        month=month,
        pkh_needs_account=channel != "cash_post",
        sembako_needs_account=channel not in ("cash_post", "in_kind"),
        **_cutoff_arrays(standing),
    )
    return status


def status_in(now: Now) -> np.ndarray:
    """Return the cascade status of every row in the month just lived, int8."""
    channel = now.policy.delivery_channel
    return status_of(now.hh, now.standing, now.assumptions, channel, now.month, now.rows("poor"))


def inclusion_of(hh: Households, standing: Standing, assumptions, local_judgement: bool) -> np.ndarray:
    """Return for every row why it is wrongly on a list, int8 (see ``Inclusion``)."""
    kind = np.full(hh.rows, Inclusion.rightly, np.int8)
    bonus = assumptions["connected_bonus"] if local_judgement else 0.0
    rows = np.flatnonzero(hh.in_pkh | hh.in_sembako)
    apply(
        place_on_mirror, hh.by_name() | vars(assumptions), rows=rows, kind=kind, bonus=bonus, **_cutoff_arrays(standing)
    )
    return kind


def _cutoff_arrays(standing: Standing) -> dict[str, np.ndarray]:
    """Return the cut-offs of both programmes as arrays, PKH first."""
    both = (standing.pkh, standing.sembako)
    return {
        "cut_recorded": np.array([one.recorded for one in both]),
        "cut_true": np.array([one.true_log for one in both]),
        "cut_weight": np.array([one.score_weight for one in both]),
        "cut_limit": np.array([one.score_limit for one in both]),
        "selected": np.array([one.month for one in both]),
        "knows_all": standing.sembako.knows_all,
    }


@rule
def place_on_cascade(
    rows, status, month, pkh_needs_account, sembako_needs_account, cut_recorded, cut_true, cut_weight, cut_limit,
    selected, knows_all, active, log_consumption, in_pkh, in_sembako, listed, proposal_month, barred, nik_ok,
    away_until, listed_month, pkh_key, sembako_key, score_at_selection, seen_welfare, record_error,
    pkh_entitlement_idr, log_consumption_at_selection, account, suspended, pkh_stage, sembako_stage,
    pkh_balance_idr, sembako_balance_idr, sembako_value_share, full_value_share,
):  # fmt: skip
    """Write the status of every poor family."""
    for row in rows:
        if in_pkh[row] or in_sembako[row]:
            status[row] = _delivery(
                in_pkh[row], in_sembako[row], account[row], suspended[row], pkh_stage[row], sembako_stage[row],
                pkh_balance_idr[row], sembako_balance_idr[row], sembako_value_share[row], full_value_share,
                pkh_needs_account, sembako_needs_account,
            )  # fmt: skip
        elif not knows_all and not listed[row] and proposal_month[row] == NEVER and barred[row] == Barred.NO:
            status[row] = Status.not_registered
        elif not knows_all and proposal_month[row] != NEVER:
            status[row] = Status.awaiting_verification
        elif not knows_all and (barred[row] != Barred.NO or not nik_ok[row] or away_until[row] > month):
            status[row] = Status.excluded_by_rule
        else:
            fresh = seen_welfare[row] + record_error[row]
            status[row] = _ladder(
                pkh_key[row], sembako_key[row], score_at_selection[row], fresh, listed_month[row],
                pkh_entitlement_idr[row] > 0, log_consumption_at_selection[row], log_consumption[row],
                cut_recorded, cut_true, cut_weight, cut_limit, selected, knows_all,
            )  # fmt: skip


@rule
def _ladder(
    pkh_key, sembako_key, score, fresh, listed_month, has_component, true_then, true_now,
    cut_recorded, cut_true, cut_weight, cut_limit, selected, knows_all,
):  # fmt: skip
    """Return the first rung that would have put a listed, admissible family on a list."""
    queued = np.isfinite(pkh_key) or np.isfinite(sembako_key)
    if not knows_all and not queued and listed_month >= selected[1]:
        return Status.awaiting_verification
    rung = Status.beyond_quota
    for programme in range(2):
        if programme == 0 and not has_component:
            continue
        key = pkh_key if programme == 0 else sembako_key
        new_key = key + cut_weight[programme] * (fresh - score)
        queues = np.isfinite(key)
        if queues and key <= cut_recorded[programme] and score <= cut_limit[programme]:
            return Status.no_vacancy
        if (
            queues
            and cut_weight[programme] > 0
            and new_key <= cut_recorded[programme]
            and fresh <= cut_limit[programme]
        ):
            rung = Status.stale_record if rung > Status.stale_record else rung
        elif true_then <= cut_true[programme]:
            rung = Status.ranking_error if rung > Status.ranking_error else rung
        elif true_now <= cut_true[programme]:
            rung = Status.fell_poor_since if rung > Status.fell_poor_since else rung
    return rung


@rule
def _delivery(
    in_pkh, in_sembako, account, suspended, pkh_stage, sembako_stage, pkh_balance_idr, sembako_balance_idr,
    sembako_value_share, full_value_share, pkh_needs_account, sembako_needs_account,
):  # fmt: skip
    """Return where delivery of the last due payments stopped, over both programmes of the family."""
    usable = account == Account.AKTIF or account == Account.GAGAL_OMSPAN or account == Account.DIBEKUKAN
    needs = (in_pkh and pkh_needs_account) or (in_sembako and sembako_needs_account)
    first = (in_pkh and pkh_stage == Stage.NOTHING_DUE) or (in_sembako and sembako_stage == Stage.NOTHING_DUE)
    if (needs and not usable) or first:
        return Status.awaiting_account
    if in_pkh and (suspended or pkh_stage == Stage.SUSPENDED):
        return Status.suspended
    if (in_pkh and pkh_stage != Stage.ON_TIME) or (in_sembako and sembako_stage != Stage.ON_TIME):
        return Status.payment_failed_or_late
    if (in_pkh and pkh_balance_idr > 0) or (in_sembako and sembako_balance_idr > 0):
        return Status.not_collected
    if in_sembako and sembako_value_share < full_value_share:
        return Status.short_value
    return Status.reached


@rule
def place_on_mirror(
    rows, kind, bonus, cut_recorded, cut_true, cut_weight, cut_limit, selected, knows_all,
    active, log_consumption, in_pkh, in_sembako, duplicate, connected, pkh_key, sembako_key, score_at_selection,
    seen_welfare, record_error, log_consumption_at_selection,
):  # fmt: skip
    """Write for every list entry that is not a poor family why it is on the list."""
    for row in rows:
        if active[row] and log_consumption[row] < 0.0:
            continue
        programme = 1 if in_sembako[row] else 0
        key = sembako_key[row] if in_sembako[row] else pkh_key[row]
        fresh_shift = cut_weight[programme] * (seen_welfare[row] + record_error[row] - score_at_selection[row])
        if not active[row]:
            kind[row] = Inclusion.departed
        elif duplicate[row]:
            kind[row] = Inclusion.duplicate
        elif cut_weight[programme] > 0 and key <= cut_recorded[programme] < key + fresh_shift:
            kind[row] = Inclusion.stale_record
        elif connected[row] and key <= cut_recorded[programme] < key + bonus:
            kind[row] = Inclusion.connection
        elif log_consumption_at_selection[row] > cut_true[programme]:
            kind[row] = Inclusion.ranking_error
        else:
            kind[row] = Inclusion.true_error_of_rule


@rule
def count_statuses(rows, status, size, kelurahan, consumption_after, statuses, places):
    """Count the poor families ``rows`` by status and kelurahan.

    Returns
    -------
    counts : persons and households, shape (2, statuses, places). lifted : persons not poor after transfers.
    """
    counts = np.zeros((2, statuses, places), np.int64)
    lifted = 0
    for row in rows:
        counts[0, status[row], kelurahan[row]] += size[row]
        counts[1, status[row], kelurahan[row]] += 1
        if consumption_after[row] >= 1.0:
            lifted += size[row]
    return counts, lifted
