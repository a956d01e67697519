"""Register: what the list believes about families, and how it is put right, or is not.

Records age by themselves. They are renewed by matching with the civil registry (late), by proposals that families and
kelurahan make, by visits, and by an enumeration of the whole city where one is ordered.
"""

from __future__ import annotations

import numpy as np

from simulation.compiled import rule
from simulation.context import Now
from simulation.households import NEVER, Barred
from simulation.randomness import Luck, inverse_normal, normal_of, uniform, uniforms


def register(now: Now, information_share: float = 1.0) -> None:
    """Let the registry learn, forget and err for a month; ``information_share`` of the information work is paid for."""
    policy = now.policy
    now.hh.address_ok[now.hh.damaged_month == now.month] = False
    if policy.registry_regime != now.standing.regime:
        _change_regime(now)
    if is_enumeration_due(now):
        enumerate_city(now)
    now.tally.add(
        "matched_records", now.apply(match_civil_registry, match_hazard=_monthly(now, "match_reach_per_year"))
    )
    rt_informed, rt_rank = now.apply(look_around, rts=now.places.rts)
    knowing, proposing, removing, doubling = now.lanes(Luck.REGISTER)
    now.apply(
        clean_list,
        removal_luck=removing,
        double_luck=doubling,
        listed_after_removal=policy.registry_regime == "dtsen",
        rt_rank=rt_rank,
    )
    reach = policy.information_reach_share * information_share
    if policy.registry_regime == "dtsen":
        _adopt_new_cards(now)
    now.apply(
        spread_information, luck=knowing, rt_informed=rt_informed, information_reach_share=reach
    )
    muskel = 1.0 if policy.on_demand_applications else now.assumptions.proposals_without_applications_share
    now.apply(propose, luck=proposing, open_share=muskel)


def is_enumeration_due(now: Now) -> bool:
    """Tell whether the whole city is enumerated this month: by order, or because it never was (the sweep of 2015)."""
    interval = now.policy.enumeration_interval_months
    return not now.standing.swept or (interval is not None and now.is_due(interval))


def _monthly(now: Now, name: str) -> float:
    """Return the monthly chance of what reaches a share of the cases within a year."""
    return 1 - (1 - now.assumptions[name]) ** (1 / 12)


@rule
def match_civil_registry(
    active, listed, departed_month, duplicate, record_month, luck_id, seed, month, match_hazard,
    civil_registry_lag_months,
):  # fmt: skip
    """Strike families that left and merge double records, once the civil registry knows and the news gets through.

    Returns
    -------
    Number of records put right.
    """
    right = 0
    for row in range(active.size):
        if not listed[row] or (active[row] and not duplicate[row]):
            continue
        known_since = departed_month[row] if not active[row] else record_month[row]
        if month - known_since < civil_registry_lag_months:
            continue
        if uniform(seed, Luck.MATCHING, month, luck_id[row]) < match_hazard:
            right += 1
            duplicate[row] = False
            if not active[row]:
                listed[row] = False
    return right


def _adopt_new_cards(now: Now) -> None:
    """Add family cards that the civil registry has and the list has not: under DTSEN the agencies' data flow in."""
    rows = now.apply(find_new_cards, match_hazard=_monthly(now, "match_reach_per_year"))
    now.hh.listed[rows] = True
    now.hh.listed_month[rows] = now.month
    renew(now, rows, new=True)


@rule
def find_new_cards(
    active, listed, barred, arrived_month, proposal_month, luck_id, seed, month, match_hazard,
    civil_registry_lag_months, registry_coverage_share,
):  # fmt: skip
    """Return unlisted families whose card the civil registry passes on; some cards never are."""
    rows = np.empty(active.size, np.int64)
    count = 0
    for row in range(active.size):
        if not active[row] or listed[row] or barred[row] != Barred.NO or proposal_month[row] != NEVER:
            continue
        if month - arrived_month[row] < civil_registry_lag_months:
            continue
        u0, _, _, _ = uniforms(seed, Luck.MATCHING, month, luck_id[row], 1)
        never, _, _, _ = uniforms(seed, Luck.REGIME, 0, luck_id[row], 1)
        if u0 < match_hazard and never < registry_coverage_share:
            rows[count] = row
            count += 1
    return rows[:count]


@rule
def clean_list(
    removal_luck, double_luck, active, listed, barred, barred_month, welfare_rank, in_pkh, in_sembako, rt, rt_rank, month,
    listed_after_removal, duplicate, duplicate_arising_per_year, objections_per_month, objection_upheld_share,
    resentment_rank_gap,
    removal_ineligible_per_year, removal_rule_per_year, removal_rule_above_rank,
):  # fmt: skip
    """Strike families found ineligible, the better off more often: civil servants, wages above the minimum, own wish.

    Some records come to exist twice. Neighbours object to recipients who are visibly better off than their RT (sanggah); some objections are upheld.
    """
    for row in range(active.size):
        if not listed[row] or not active[row] or barred[row] != Barred.NO:
            continue
        hazard = removal_ineligible_per_year * 2 * welfare_rank[row]
        if welfare_rank[row] > removal_rule_above_rank:
            hazard += removal_rule_per_year
        hazard /= 12
        if (in_pkh[row] or in_sembako[row]) and welfare_rank[row] > rt_rank[rt[row]] + resentment_rank_gap:
            hazard += objections_per_month * objection_upheld_share
        if double_luck[row] < duplicate_arising_per_year / 12:
            duplicate[row] = True
        if removal_luck[row] < hazard:
            barred[row] = Barred.INELIGIBLE
            barred_month[row] = month
            listed[row] = listed_after_removal


@rule
def look_around(rts, active, rt, informed, welfare_rank):
    """Return, for each RT, the share of families who know their entitlement, and the mean rank of welfare."""
    families, knowing, rank = np.zeros(rts), np.zeros(rts), np.zeros(rts)
    for row in range(active.size):
        if active[row]:
            families[rt[row]] += 1
            rank[rt[row]] += welfare_rank[row]
            if informed[row]:
                knowing[rt[row]] += 1
    return knowing / np.maximum(families, 1), rank / np.maximum(families, 1)


@rule
def spread_information(
    luck, active, informed, rt, rt_informed,
    information_reach_share, information_forget_per_month, information_from_neighbours_share,
):  # fmt: skip
    """Let families learn what they are entitled to, from the office and from neighbours, and forget.

    In the long run the share that knows is ``information_reach_share``.
    """
    reach = min(information_reach_share, 0.999)
    learning = information_forget_per_month * reach / (1 - reach)
    for row in range(active.size):
        if not active[row]:
            continue
        u = luck[row]
        if informed[row]:
            informed[row] = u >= information_forget_per_month
        else:
            neighbours = rt_informed[rt[row]] / max(reach, 1e-9)
            weight = 1 - information_from_neighbours_share + information_from_neighbours_share * min(neighbours, 3.0)
            informed[row] = u < learning * weight


@rule
def propose(
    luck, active, listed, barred, barred_month, welfare_index, informed, proposal_month, month, open_share,
    proposals_per_year, proposal_gradient, proposal_max_multiple, proposal_informed_factor, proposal_uninformed_factor,
    reapply_per_month, reapplication_wait_months,
):  # fmt: skip
    """Propose families that are not listed or were struck: the poorer and the informed sooner (usul)."""
    for row in range(active.size):
        if not active[row] or proposal_month[row] != NEVER or (listed[row] and barred[row] == Barred.NO):
            continue
        if barred[row] != Barred.NO and month - barred_month[row] < reapplication_wait_months:
            continue
        knows = proposal_informed_factor if informed[row] else proposal_uninformed_factor
        tilt = min(np.exp(-proposal_gradient * welfare_index[row]), proposal_max_multiple)
        hazard = proposals_per_year / 12 * tilt * knows * open_share
        if barred[row] == Barred.NOT_FOUND and informed[row]:
            hazard += reapply_per_month
        if luck[row] < hazard:
            proposal_month[row] = month


def propose_on_sight(now: Now, rows: np.ndarray) -> None:
    """Propose families whom a pendamping met on the way."""
    now.hh.proposal_month[rows] = now.month


@rule
def decide_proposals(
    rows, visits, room, kelurahan, size, listed, listed_month, barred, barred_month, proposal_month, luck_id, seed, month,
    proposal_acceptance_share,
):  # fmt: skip
    """Verify proposals in the order of the queue, as far as visits and the ceiling of the list reach.

    Parameters
    ----------
    rows : proposals in the order of the queue.
    visits : visits left in each kelurahan; used up here.
    room : persons that the list can still take, shape (1,); used up here.

    Returns
    -------
    accepted : bool for each row of ``rows``; proposals that were not reached stay in the queue.
    """
    accepted = np.zeros(rows.size, np.bool_)
    for place in range(rows.size):
        row = rows[place]
        if visits[kelurahan[row]] < 1 or (not listed[row] and room[0] < size[row]):
            continue
        visits[kelurahan[row]] -= 1
        proposal_month[row] = NEVER
        if uniform(seed, Luck.VERIFYING, month, luck_id[row]) >= proposal_acceptance_share:
            barred_month[row] = month
            continue
        accepted[place] = True
        barred[row] = Barred.NO
        if not listed[row]:
            listed[row] = True
            listed_month[row] = month
            room[0] -= size[row]
    return accepted


def verify_proposals(now: Now, visits: np.ndarray) -> None:
    """Let the operators of the kelurahan work off the queue: first come first served, the poorer first in a month."""
    hh = now.hh
    queue, persons, listed = now.apply(find_queue)
    order = np.lexsort((hh.welfare_index[queue], hh.proposal_month[queue]))
    room = np.array([max(now.policy.registry_coverage_share * persons - listed, 0.0)])
    rows = queue[order]
    accepted = now.apply(decide_proposals, rows=rows, visits=visits, room=room)
    renew(now, rows[accepted], new=True)


@rule
def find_queue(active, proposal_month, listed, size):
    """Return the open proposals, the persons of the city and those of them who are listed."""
    rows = np.empty(active.size, np.int64)
    count, persons, on_list = 0, 0, 0
    for row in range(active.size):
        if active[row]:
            persons += size[row]
            if listed[row]:
                on_list += size[row]
            if proposal_month[row] != NEVER:
                rows[count] = row
                count += 1
    return rows[:count], persons, on_list


def walk_route(now: Now, visits_per_kelurahan: int) -> np.ndarray:
    """Return the listed rows that operators meet on their round through the RT, and move the round on."""
    places, position = now.places, now.standing.route_position
    if visits_per_kelurahan <= 0:
        return np.zeros(0, np.int64)
    return next_on_route(places.route, places.route_start, position, now.hh.listed, visits_per_kelurahan)


@rule
def next_on_route(route, route_start, position, listed, visits):
    """Return the next ``visits`` listed rows of each kelurahan, going round and round."""
    found = np.empty(visits * position.size, np.int64)
    count = 0
    for place in range(position.size):
        length = route_start[place + 1] - route_start[place]
        met = 0
        for _ in range(length):
            if met == visits:
                break
            row = route[route_start[place] + position[place] % length]
            position[place] += 1
            if listed[row]:
                found[count] = row
                count += 1
                met += 1
    return found[:count]


def renew(
    now: Now, rows: np.ndarray, *, new: bool = False, known: bool = False, quality: float | np.ndarray = 1.0
) -> None:
    """Visit families of the list: strike those not found, write down the others as they are now.

    ``new``: families just listed, whose address is taken down. ``known``: families that the visitor serves and finds.
    """
    if rows.size == 0:
        return
    struck = now.apply(
        renew_records,
        rows=rows,
        quality=np.broadcast_to(quality, rows.shape).astype(float),
        address_found_share=now.assumptions.address_findable_share_new if new else 1.0,
        known=known,
        nik_repaired_share=now.assumptions.dtsen_nik_ok_share if new else now.assumptions.nik_repaired_by_visit_share,
    )
    now.tally.add("visits", rows.size)
    now.tally.add("not_found", struck)


@rule
def renew_records(
    rows, quality, address_found_share, known, nik_repaired_share,
    active, listed, barred, barred_month, record_score, record_month, record_error, seen_welfare, nik_ok, address_ok,
    checked_month, recordable, pregnant, young_children, sd_pupils, smp_pupils, sma_pupils, elderly,
    disabled, recorded_pregnant, recorded_young_children, recorded_sd_pupils, recorded_smp_pupils,
    recorded_sma_pupils, recorded_elderly, recorded_disabled, luck_id, seed, month,
):  # fmt: skip
    """Renew the records of ``rows``; return how many were not found and struck."""
    struck = 0
    for place in range(rows.size):
        row = rows[place]
        u0, u1, u2, _ = uniforms(seed, Luck.VISITS, month, luck_id[row])
        if address_found_share < 1.0:
            address_ok[row] = u2 < address_found_share
        elif not active[row] or not (address_ok[row] or known):
            struck += 1
            listed[row] = False
            address_ok[row] = active[row]
            if active[row]:
                barred[row] = Barred.NOT_FOUND
                barred_month[row] = month
            continue
        checked_month[row] = month
        if u0 >= quality[place]:
            continue
        record_score[row] = seen_welfare[row] + record_error[row]
        record_month[row] = month
        if not nik_ok[row]:
            nik_ok[row] = u1 < nik_repaired_share
        mask = recordable[row]
        recorded_pregnant[row] = 1 if pregnant[row] > 0 and mask & 1 else 0
        recorded_young_children[row] = young_children[row] if mask & 2 else 0
        recorded_sd_pupils[row] = sd_pupils[row] if mask & 4 else 0
        recorded_smp_pupils[row] = smp_pupils[row] if mask & 8 else 0
        recorded_sma_pupils[row] = sma_pupils[row] if mask & 16 else 0
        recorded_elderly[row] = elderly[row] if mask & 32 else 0
        recorded_disabled[row] = disabled[row] if mask & 64 else 0
    return struck


def enumerate_city(now: Now) -> None:
    """Collect the whole city anew: who is listed follows the regime, and every record is fresh.

    Under DTKS a pre-list of the poorest by a noisy signal fills the ceiling; under DTSEN everybody is collected but for
    those who are missed.
    """
    hh, assumptions = now.hh, now.assumptions
    lanes = now.lanes(Luck.ENUMERATION)
    if now.policy.registry_regime == "dtsen":
        chosen = hh.active & (lanes[0] < now.policy.registry_coverage_share)
    else:
        chosen = _prelist(now, lanes[1])
    hh.listed_month[chosen & ~hh.listed] = now.month
    hh.listed[:] = chosen
    hh.proposal_month[chosen] = NEVER
    hh.barred[chosen] = Barred.NO
    hh.nik_ok[chosen] = lanes[2, chosen] >= assumptions.nik_unmatchable_share_2015
    hh.duplicate[:] = chosen & (lanes[3] < assumptions.duplicate_share_2015)
    hh.address_ok[chosen] = True
    renew(now, np.flatnonzero(chosen))
    hh.address_ok[chosen] = lanes[0, chosen] / now.policy.registry_coverage_share < assumptions.address_findable_share
    now.standing.swept = True
    now.tally.add("enumerated_families", int(chosen.sum()))


def _prelist(now: Now, luck: np.ndarray) -> np.ndarray:
    """Return the families with the lowest noisy signal, until they make up the listed share of persons."""
    hh, signal = now.hh, now.assumptions.sweep_listing_signal
    noise = np.sqrt(1 - signal**2) * normal_of(luck)
    score = np.where(hh.active, signal * hh.seen_welfare + noise, np.inf)
    order = np.argsort(score)
    persons = np.cumsum(hh.size[order] * hh.active[order])
    share = min(now.assumptions.sweep_listed_share_of_persons, now.policy.registry_coverage_share)
    chosen = np.zeros(hh.rows, bool)
    chosen[order[persons <= share * persons[-1]]] = True
    return chosen & hh.active


def _change_regime(now: Now) -> None:
    """Replace DTKS by DTSEN (or back): the list is rebuilt from the socio-economic registration of late 2022."""
    standing = now.standing
    standing.regime, standing.regime_since = now.policy.registry_regime, now.month
    if standing.regime == "dtsen":
        now.apply(
            adopt_dtsen,
            match_hazard=_monthly(now, "match_reach_per_year"),
            own_weight=np.sqrt(1 - now.assumptions.seen_rt_share),
        )


@rule
def adopt_dtsen(
    active, departed_month, arrived_month, listed, listed_month, record_score, record_month, record_error, rt_seen, own_seen, nik_ok,
    address_ok, proposal_month, luck_id, seed, month, match_hazard, own_weight,
    registry_coverage_share, dtsen_record_age_months, dtsen_nik_ok_share, address_findable_share,
    seen_persistence_per_year,
):  # fmt: skip
    """List almost everybody, with what was true of them when the registration went from door to door."""
    age = dtsen_record_age_months
    keep = seen_persistence_per_year ** (age / 12)
    for row in range(active.size):
        u0, u1, u2, u3 = uniforms(seed, Luck.REGIME, month, luck_id[row])
        there = arrived_month[row] <= month and (active[row] or departed_month[row] > month - age)
        gone = 0 if active[row] else month - departed_month[row]
        if not there or u0 >= registry_coverage_share * (1 - match_hazard) ** gone:
            listed[row] = False
            continue
        was_listed = listed[row]
        listed[row] = True
        if record_month[row] < month - age or not was_listed:
            then = keep * own_seen[row] + np.sqrt(1 - keep**2) * inverse_normal(u3)
            record_score[row] = rt_seen[row] + own_weight * then + record_error[row]
            record_month[row] = month - age
        if not was_listed:
            listed_month[row] = month
            nik_ok[row] = u1 < dtsen_nik_ok_share
            address_ok[row] = u2 < address_findable_share
            proposal_month[row] = NEVER
