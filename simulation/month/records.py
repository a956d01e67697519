"""Records: what the registry holds of each family, how it is renewed, and where whole lists of it come from.

A record repeats the family's lasting error of enumeration whenever it is renewed; only its age goes away.
"""

from __future__ import annotations

import numpy as np

from simulation.compiled import rule
from simulation.context import Now
from simulation.households import NEVER, Barred
from simulation.randomness import Luck, inverse_normal, normal_of, uniform_lanes, uniforms
from simulation.rows import rows_where


def visit(now: Now, rows: np.ndarray, **how: object) -> None:
    """Send somebody to families of the list, and renew their records; see ``renew``."""
    now.tally.add("visits", rows.size)
    renew(now, rows, **how)


def renew(
    now: Now, rows: np.ndarray, *, new: bool = False, known: bool = False, quality: float | np.ndarray = 1.0
) -> None:
    """Renew records: strike families that are not found, write down the others as they are now.

    ``new``: families just listed, whose address is taken down. ``known``: families that the visitor serves and finds.
    """
    if rows.size == 0:
        return
    struck, renewed = now.apply(
        renew_records,
        rows=rows,
        quality=np.broadcast_to(quality, rows.shape).astype(float),
        new=new,
        known=known,
        nik_repaired_share=now.assumptions.dtsen_nik_ok_share if new else now.assumptions.nik_repaired_by_visit_share,
    )
    now.apply(record_components, rows=renewed)
    now.tally.add("not_found", struck)


@rule
def renew_records(
    rows, quality, new, known, nik_repaired_share, address_findable_share_new,
    active, listed, barred, barred_month, record_score, record_month, record_error, seen_welfare, nik_ok, address_ok,
    checked_month, luck_id, seed, month,
):  # fmt: skip
    """Renew the records of ``rows``.

    Returns
    -------
    struck : families not found. renewed : rows whose record now says what is true.
    """
    struck, count = 0, 0
    renewed = np.empty(rows.size, np.int64)
    luck = uniform_lanes(seed, Luck.VISITS, month, luck_id[rows])
    for place in range(rows.size):
        row = rows[place]
        u0, u1, u2 = luck[0, place], luck[1, place], luck[2, place]
        if new:
            address_ok[row] = u2 < address_findable_share_new
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
        renewed[count] = row
        count += 1
        if not nik_ok[row]:
            nik_ok[row] = u1 < nik_repaired_share
    return struck, renewed[:count]


@rule
def record_components(
    rows, recordable, pregnant, young_children, sd_pupils, smp_pupils, sma_pupils, elderly, disabled, recorded_pregnant,
    recorded_young_children, recorded_sd_pupils, recorded_smp_pupils, recorded_sma_pupils, recorded_elderly,
    recorded_disabled,
):  # fmt: skip
    """Write down the members for whom PKH pays, as far as a visit finds them out."""
    for row in rows:
        mask = recordable[row]
        recorded_pregnant[row] = (pregnant[row] > 0) & (mask & 1 > 0)
        recorded_young_children[row] = young_children[row] * (mask & 2 > 0)
        recorded_sd_pupils[row] = sd_pupils[row] * (mask & 4 > 0)
        recorded_smp_pupils[row] = smp_pupils[row] * (mask & 8 > 0)
        recorded_sma_pupils[row] = sma_pupils[row] * (mask & 16 > 0)
        recorded_elderly[row] = elderly[row] * (mask & 32 > 0)
        recorded_disabled[row] = disabled[row] * (mask & 64 > 0)


def is_enumeration_due(now: Now) -> bool:
    """Tell whether the whole city is enumerated this month: by order, or because it never was (the sweep of 2015)."""
    interval = now.policy.enumeration_interval_months
    return not now.standing.swept or (interval is not None and now.is_due(interval))


def enumerate_city(now: Now) -> None:
    """Collect the whole city anew: who is listed follows the regime, and every record is fresh.

    Under DTKS a pre-list of the poorest by a noisy signal fills the ceiling; under DTSEN everybody is collected but for
    those who are missed. Identity numbers, doubles and addresses are as bad as in 2015 the first time only.
    """
    hh, assumptions = now.hh, now.assumptions
    lanes, more = now.lanes(Luck.ENUMERATION), now.lanes(Luck.ENUMERATION, 1)
    first = not now.standing.swept
    unmatchable = assumptions.nik_unmatchable_share_2015 if first else 1 - assumptions.dtsen_nik_ok_share
    findable = assumptions.address_findable_share if first else assumptions.address_findable_share_new
    if now.policy.registry_regime == "dtsen":
        chosen = hh.active & (lanes[0] < now.policy.registry_coverage_share)
    else:
        chosen = _prelist(now, lanes[1])
    hh.listed_month[chosen & ~hh.listed] = now.month
    hh.listed[:] = chosen
    hh.proposal_month[chosen] = NEVER
    hh.barred[chosen] = Barred.NO
    hh.nik_ok[chosen] = lanes[2, chosen] >= unmatchable
    hh.duplicate[:] = chosen & (lanes[3] < assumptions.duplicate_share_2015) & first
    hh.address_ok[chosen] = True
    renew(now, np.flatnonzero(chosen))
    hh.address_ok[chosen] = more[0, chosen] < findable
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


def change_regime(now: Now) -> None:
    """Replace DTKS by DTSEN (or back): the list is rebuilt from the socio-economic registration of late 2022."""
    standing = now.standing
    standing.regime, standing.regime_since = now.policy.registry_regime, now.month
    if standing.regime == "dtsen":
        renewed = now.apply(
            adopt_dtsen,
            match_hazard=monthly_chance(now, "match_reach_per_year"),
            own_weight=np.sqrt(1 - now.assumptions.seen_rt_share),
        )
        now.apply(record_components, rows=renewed)


@rule
def adopt_dtsen(
    active, departed_month, arrived_month, listed, listed_month, record_score, record_month, record_error, rt_seen,
    own_seen, nik_ok, address_ok, proposal_month, luck_id, seed, month, match_hazard, own_weight,
    registry_coverage_share, dtsen_record_age_months, dtsen_nik_ok_share, address_findable_share,
    seen_persistence_per_year,
):  # fmt: skip
    """List almost everybody, with what was true of them when the registration went from door to door.

    Families that came later are listed as far as the civil registry has passed their cards on.

    Returns
    -------
    Rows that got a new record.
    """
    age = dtsen_record_age_months
    keep = seen_persistence_per_year ** (age / 12)
    renewed = np.empty(active.size, np.int64)
    count = 0
    for row in range(active.size):
        u0, u1, u2, u3 = uniforms(seed, Luck.REGIME, month, luck_id[row])
        visited = arrived_month[row] <= month - age and (active[row] or departed_month[row] > month - age)
        since = month - arrived_month[row] if active[row] else month - departed_month[row]
        chance = registry_coverage_share
        if not active[row]:
            chance *= (1 - match_hazard) ** since
        elif not visited:
            chance *= 1 - (1 - match_hazard) ** since
        known = visited or (active[row] and arrived_month[row] != NEVER)
        if not known or u0 >= chance:
            listed[row] = listed[row] and active[row] and not visited
            continue
        date = month - age if visited else arrived_month[row]
        if not listed[row]:
            listed_month[row] = month
            nik_ok[row] = u1 < dtsen_nik_ok_share
            address_ok[row] = u2 < address_findable_share
            proposal_month[row] = NEVER
        if record_month[row] < date or not listed[row]:
            then = keep * own_seen[row] + np.sqrt(1 - keep**2) * inverse_normal(u3) if visited else own_seen[row]
            record_score[row] = rt_seen[row] + own_weight * then + record_error[row]
            record_month[row] = date
            renewed[count] = row
            count += 1
        listed[row] = True
    return renewed[:count]


def adopt_new_cards(now: Now) -> None:
    """Add family cards that the civil registry has and the list has not: under DTSEN the agencies' data flow in."""
    rows = now.apply(find_new_cards, match_hazard=monthly_chance(now, "match_reach_per_year"))
    now.hh.listed[rows] = True
    now.hh.listed_month[rows] = now.month
    renew(now, rows, new=True)


@rule
def find_new_cards(
    active, listed, barred, arrived_month, proposal_month, luck_id, seed, month, match_hazard,
    civil_registry_lag_months, registry_coverage_share,
):  # fmt: skip
    """Return unlisted families whose card the civil registry passes on; some cards never are."""
    without = np.empty(active.size, np.bool_)
    for row in range(active.size):
        unknown = active[row] & (not listed[row]) & (barred[row] == Barred.NO) & (proposal_month[row] == NEVER)
        without[row] = unknown & (month - arrived_month[row] >= civil_registry_lag_months)
    rows = rows_where(without)
    passed_on = uniform_lanes(seed, Luck.MATCHING, month, luck_id[rows], 1)[0] < match_hazard
    rows = rows[passed_on]
    ever = uniform_lanes(seed, Luck.REGIME, 0, luck_id[rows], 1)[0] < registry_coverage_share
    return rows[ever]


def monthly_chance(now: Now, name: str) -> float:
    """Return the monthly chance of what reaches a share of the cases within a year."""
    return 1 - (1 - now.assumptions[name]) ** (1 / 12)
