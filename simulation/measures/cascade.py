"""The delivery cascade: one status for every poor family, the first that holds, and its mirror for wrong entries.

The first eight statuses are of families on no list, in the order of a ladder on which each rung changes one thing more:
the record, its age, what the rule can see, the months since. Nobody else is ranked anew. The cascade is bookkeeping
(which stage comes first), not a claim about causes.

Rules find the last status first, and those before override it: nothing here can be predicted, and branches cost time.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from simulation.compiled import apply, rule
from simulation.context import Cutoffs, Now, Standing
from simulation.households import NEVER, Account, Barred, Households, Stage
from simulation.rows import rows_where, split_rows


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
    scope = hh.by_name() | vars(assumptions) | {"status": status, "month": month}
    poor = rows_where(hh.active & (hh.log_consumption < 0)) if rows is None else rows
    on_lists, on_none = split_rows(poor, hh.in_pkh | hh.in_sembako)
    apply(
        place_on_delivery,
        scope,
        rows=on_lists,
        pkh_needs_account=channel != "cash_post",
        sembako_needs_account=channel not in ("cash_post", "in_kind"),
    )
    judged = on_none if standing.sembako.knows_all else apply(place_on_registry, scope, rows=on_none)
    apply(
        place_on_ladder,
        scope,
        rows=judged,
        pkh_cutoff=_cutoff(standing.pkh),
        sembako_cutoff=_cutoff(standing.sembako),
        selected_month=standing.sembako.month,
        knows_all=standing.sembako.knows_all,
    )
    return status


def status_in(now: Now) -> np.ndarray:
    """Return the cascade status of every row in the month just lived, int8."""
    channel = now.policy.delivery_channel
    return status_of(now.hh, now.standing, now.assumptions, channel, now.month, now.rows("poor"))


def inclusion_of(
    hh: Households, standing: Standing, assumptions, local_judgement: bool, rows: np.ndarray | None = None
) -> np.ndarray:
    """Return for every row why it is wrongly on a list, int8 (see ``Inclusion``).

    ``rows`` are the entries of the lists that are not poor families, if known.
    """
    kind = np.full(hh.rows, Inclusion.rightly, np.int8)
    if rows is None:
        rows = rows_where((hh.in_pkh | hh.in_sembako) & ~(hh.active & (hh.log_consumption < 0)))
    on_sembako, only_pkh = split_rows(rows, hh.in_sembako)
    bonus = assumptions["connected_bonus"] if local_judgement else 0.0
    scope = hh.by_name() | {"kind": kind, "bonus": bonus}
    apply(place_on_mirror, scope, rows=on_sembako, key=hh.sembako_key, cutoff=_cutoff(standing.sembako))
    apply(place_on_mirror, scope, rows=only_pkh, key=hh.pkh_key, cutoff=_cutoff(standing.pkh))
    return kind


def _cutoff(one: Cutoffs) -> tuple[float, float, float, float]:
    """Return what the last selection of one programme turned on, as rules take it."""
    return float(one.recorded), float(one.true_log), float(one.score_weight), float(one.score_limit)


@rule
def place_on_registry(rows, status, month, listed, proposal_month, barred, nik_ok, away_until):
    """Write the status of families on no list whom the registry or a rule holds back; return the rows of the others."""
    judged, count = np.empty_like(rows), 0
    for row in rows:
        proposed = proposal_month[row] != NEVER
        free = barred[row] == Barred.NO
        excluded = (not free) | (not nik_ok[row]) | (away_until[row] > month)
        found = Status.excluded_by_rule if excluded else Status.beyond_quota
        found = Status.awaiting_verification if proposed else found
        found = Status.not_registered if (not listed[row]) & (not proposed) & free else found
        status[row] = found
        judged[count] = row
        count += found == Status.beyond_quota
    return judged[:count]


@rule
def place_on_ladder(
    rows, status, pkh_cutoff, sembako_cutoff, selected_month, knows_all, log_consumption, listed_month, pkh_key,
    sembako_key, score_at_selection, seen_welfare, record_error, pkh_entitlement_idr, log_consumption_at_selection,
):  # fmt: skip
    """Write the first rung that would have put a listed, admissible family on a list."""
    for row in rows:
        fresh, score = seen_welfare[row] + record_error[row], score_at_selection[row]
        true_then, true_now = log_consumption_at_selection[row], log_consumption[row]
        pkh_rung = _rung(pkh_key[row], score, fresh, true_then, true_now, pkh_cutoff)
        rung = _rung(sembako_key[row], score, fresh, true_then, true_now, sembako_cutoff)
        rung = pkh_rung if (pkh_entitlement_idr[row] > 0) & (pkh_rung < rung) else rung
        queued = np.isfinite(pkh_key[row]) | np.isfinite(sembako_key[row])
        late = (not knows_all) & (not queued) & (listed_month[row] >= selected_month)
        status[row] = Status.awaiting_verification if late else rung


@rule
def _rung(key, score, fresh, true_then, true_now, cutoff):
    """Return the first rung that would have sufficed for the list of one programme, or that none would."""
    recorded, true_log, weight, limit = cutoff
    queues = np.isfinite(key)
    stale = queues & (weight > 0) & (key + weight * (fresh - score) <= recorded) & (fresh <= limit)
    rung = Status.fell_poor_since if true_now <= true_log else Status.beyond_quota
    rung = Status.ranking_error if true_then <= true_log else rung
    rung = Status.stale_record if stale else rung
    return Status.no_vacancy if queues & (key <= recorded) & (score <= limit) else rung


@rule
def place_on_delivery(
    rows, status, in_pkh, in_sembako, account, suspended, pkh_stage, sembako_stage, pkh_balance_idr,
    sembako_balance_idr, sembako_value_share, full_value_share, pkh_needs_account, sembako_needs_account,
):  # fmt: skip
    """Write where delivery of the last due payments stopped, over both programmes of a family: the first that holds."""
    for row in rows:
        pkh, sembako = in_pkh[row], in_sembako[row]
        on_pkh, on_sembako = pkh_stage[row], sembako_stage[row]
        usable = (account[row] == Account.AKTIF) | (account[row] == Account.GAGAL_OMSPAN)
        usable |= account[row] == Account.DIBEKUKAN
        needs = (pkh & pkh_needs_account) | (sembako & sembako_needs_account)
        first = (pkh & (on_pkh == Stage.NOTHING_DUE)) | (sembako & (on_sembako == Stage.NOTHING_DUE))
        late = (pkh & (on_pkh != Stage.ON_TIME)) | (sembako & (on_sembako != Stage.ON_TIME))
        idle = (pkh & (pkh_balance_idr[row] > 0)) | (sembako & (sembako_balance_idr[row] > 0))
        short = sembako & (sembako_value_share[row] < full_value_share)
        found = Status.short_value if short else Status.reached
        found = Status.not_collected if idle else found
        found = Status.payment_failed_or_late if late else found
        found = Status.suspended if pkh & (suspended[row] | (on_pkh == Stage.SUSPENDED)) else found
        status[row] = Status.awaiting_account if (needs & (not usable)) | first else found


@rule
def place_on_mirror(
    rows, kind, key, cutoff, bonus, active, duplicate, connected, score_at_selection, seen_welfare, record_error,
    log_consumption_at_selection,
):  # fmt: skip
    """Write why families that are not poor are on a list, by the key and the cut-off of that list."""
    recorded, true_log, weight, _ = cutoff
    for row in rows:
        place, shift = key[row], 0.0
        if weight > 0:
            shift = weight * (seen_welfare[row] + record_error[row] - score_at_selection[row])
        within = place <= recorded
        misjudged = log_consumption_at_selection[row] > true_log
        found = Inclusion.ranking_error if misjudged else Inclusion.true_error_of_rule
        found = Inclusion.connection if connected[row] & within & (place + bonus > recorded) else found
        found = Inclusion.stale_record if within & (place + shift > recorded) else found
        found = Inclusion.duplicate if duplicate[row] else found
        kind[row] = found if active[row] else Inclusion.departed


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
