"""What became of the money and of the people who deliver it: the registry's state, payments, agents, hours, books."""

from __future__ import annotations

import numpy as np

from simulation.compiled import rule
from simulation.context import Now
from simulation.households import LISTS, NEVER, Stage
from simulation.measures.crosstab import GONE, LISTED, POOR, POVERTY, totals
from simulation.rows import rows_where

GRADUATIONS = ("natural", "own_wish", "empowered")


def measure_registry(now: Now, cells: np.ndarray) -> dict[str, float]:
    """Return what is wrong with the list: age, doubles, leavers, and the poor it does not know.

    ``cells`` is ``crosstab.count_city``.
    """
    age, doubles, unmatched = now.apply(count_records)
    persons, families = totals(cells, POVERTY, LISTED)
    records, living = families[:, 1].sum(), families[:GONE, 1].sum()
    waits, queue = now.apply(count_queue)
    return {
        "record_age_months": age / living if living else np.nan,
        "duplicate_share": doubles / records if records else np.nan,
        "listed_departed_share": families[GONE, 1] / records if records else np.nan,
        "unmatchable_share": unmatched / records if records else np.nan,
        "unlisted_poor_share": persons[POOR, 0] / persons[POOR].sum() if persons[POOR].sum() else np.nan,
        "listed_share": persons[:GONE, 1].sum() / persons[:GONE].sum(),
        "proposal_queue": queue,
        "proposal_wait_months": waits / queue if queue else 0.0,
        "not_found_share": now.tally["not_found"] / now.tally["visits"] if now.tally["visits"] else 0.0,
        "record_visits": now.tally["visits"],
    }


@rule
def count_records(listed, active, record_month, duplicate, nik_ok, month):
    """Count live records by their faults: months of age of families who live there, doubles, unmatched."""
    age, doubles, unmatched = 0, 0, 0
    for row in range(listed.size):
        doubles += listed[row] & duplicate[row]
        unmatched += listed[row] & (not nik_ok[row])
        age += month - record_month[row] if listed[row] & active[row] else 0
    return age, doubles, unmatched


@rule
def count_queue(active, proposal_month, month):
    """Return the months that open proposals have waited in all, and how many they are."""
    waits, queue = 0, 0
    for row in range(active.size):
        waiting = active[row] & (proposal_month[row] != NEVER)
        queue += waiting
        waits += month - proposal_month[row] if waiting else 0
    return waits, queue


def measure_payments(now: Now) -> dict[str, float]:
    """Return whether the last due payments came, when, and how much of them reached the families."""
    due, on_time, late, months_late, credited, idle, value, buyers = now.apply(
        count_payments, rows=now.rows("enrolled")
    )
    unpaid = sum(getattr(now.ledger, name).waiting_idr + getattr(now.ledger, name).returned_idr for name in LISTS)
    entitled, recorded = now.apply(count_entitlement, rows=now.rows("pkh"))
    return {
        "paid_on_time_share": on_time / due if due else np.nan,
        "months_late": months_late / late if late else 0.0,
        "unredeemed_share": idle / credited if credited else np.nan,
        "value_received_share": value / buyers if buyers else np.nan,
        "unpaid_idr": unpaid,
        "forfeited_idr": now.tally["forfeited_idr"],
        "unfunded_families": now.tally["pkh_unfunded_families"] + now.tally["sembako_unfunded_families"],
        "entitlement_recorded_share": recorded / entitled if entitled else np.nan,
        "goods_shared_idr": now.tally["goods_shared_idr"],
        "goods_diverted_idr": now.tally["goods_diverted_idr"],
    }


@rule
def count_payments(
    rows, in_pkh, in_sembako, pkh_stage, sembako_stage, pkh_months_late, sembako_months_late, sembako_collected,
    pkh_balance_idr, sembako_balance_idr, sembako_value_share,
):  # fmt: skip
    """Count the last due payments of both programmes by what became of them."""
    due, on_time, late, months_late, credited, idle, value, buyers = 0, 0, 0, 0, 0, 0, 0.0, 0
    for row in rows:
        for programme in range(2):
            enrolled = in_pkh[row] if programme == 0 else in_sembako[row]
            stage = pkh_stage[row] if programme == 0 else sembako_stage[row]
            if not enrolled or stage == Stage.NOTHING_DUE:
                continue
            due += 1
            if stage == Stage.ON_TIME:
                on_time += 1
            if stage == Stage.LATE or stage == Stage.ORDERED:
                late += 1
                months_late += pkh_months_late[row] if programme == 0 else sembako_months_late[row]
            if stage == Stage.ON_TIME or stage == Stage.LATE:
                credited += 1
                balance = pkh_balance_idr[row] if programme == 0 else sembako_balance_idr[row]
                idle += balance > 0
        if in_sembako[row] and sembako_collected[row]:
            value += sembako_value_share[row]
            buyers += 1
    return due, on_time, late, months_late, credited, idle, value, buyers


@rule
def count_entitlement(
    rows, active, pregnant, young_children, sd_pupils, smp_pupils, sma_pupils, elderly, disabled, recorded_pregnant,
    recorded_young_children, recorded_sd_pupils, recorded_smp_pupils, recorded_sma_pupils, recorded_elderly,
    recorded_disabled,
):  # fmt: skip
    """Count the members of PKH families whom PKH could pay for, and those of them whom the record knows."""
    entitled, recorded = 0, 0
    for row in rows:
        if not active[row]:
            continue
        entitled += (pregnant[row] > 0) + young_children[row] + sd_pupils[row] + smp_pupils[row] + sma_pupils[row]
        entitled += elderly[row] + disabled[row]
        recorded += min(recorded_pregnant[row], 1 if pregnant[row] > 0 else 0)
        recorded += min(recorded_young_children[row], young_children[row]) + min(
            recorded_sd_pupils[row], sd_pupils[row]
        )
        recorded += min(recorded_smp_pupils[row], smp_pupils[row]) + min(recorded_sma_pupils[row], sma_pupils[row])
        recorded += min(recorded_elderly[row], elderly[row]) + min(recorded_disabled[row], disabled[row])
    return entitled, recorded


def measure_lists(now: Now) -> dict[str, float]:
    """Return how many families are on the lists, for how long, and who left them for good."""
    left = {reason: now.tally[f"pkh_exits_{reason}"] + now.tally[f"sembako_exits_{reason}"] for reason in GRADUATIONS}
    families, persons, pkh, sembako, both, living, tenure, taking_part = now.apply(count_lists)
    return {
        "families": families,
        "persons": persons,
        "pkh_families": pkh,
        "sembako_families": sembako,
        "enrolled_families": pkh + sembako - both,
        "both_programmes_families": both,
        "admitted_families": now.tally["pkh_admitted"] + now.tally["sembako_admitted"],
        "graduated": sum(left.values()),
        "graduated_natural": left["natural"],
        "graduated_own": left["own_wish"] + left["empowered"],
        "tenure_months": tenure / living if living else np.nan,
        "participation_share": taking_part / living if living else np.nan,
        "places_given": now.tally["places_given"],
    }


@rule
def count_lists(active, size, in_pkh, in_sembako, pkh_since, participates, month):
    """Count families, persons, list entries, and of PKH families who live in the city the months and who takes part."""
    families, persons, pkh, sembako, both, living, tenure, taking_part = 0, 0, 0, 0, 0, 0, 0, 0
    for row in range(active.size):
        families += active[row]
        persons += size[row] * active[row]
        pkh += in_pkh[row]
        sembako += in_sembako[row]
        both += in_pkh[row] & in_sembako[row]
        served = in_pkh[row] & active[row]
        living += served
        tenure += month - pkh_since[row] if served else 0
        taking_part += served & participates[row]
    return families, persons, pkh, sembako, both, living, tenure, taking_part


def measure_lives(now: Now) -> dict[str, float]:
    """Return what families live through: school, conditions, satisfaction, complaints, emergency aid, information."""
    enrolled, satisfied, complaints, pupils, out, pkh, attending, informed, families = now.apply(count_lives)
    expecting = rows_where(now.hh.aid_due_month >= now.month)  # what was due before has been handed out
    waiting, late, aided = now.apply(count_aid, rows=expecting)
    return {
        "satisfied_share": satisfied / enrolled if enrolled else np.nan,
        "complaints_open": complaints,
        "out_of_school_share": out / pupils if pupils else np.nan,
        "conditions_met_share": attending / pkh if pkh else np.nan,
        "informed_share": informed / families if families else np.nan,
        "emergency_waiting_families": waiting,
        "emergency_months_late": late / aided if aided else 0.0,
        "disaster_hit_families": now.tally["disaster_hit_families"],
    }


@rule
def count_lives(
    active, in_pkh, in_sembako, satisfied, complaint_month, complaint_handled_month, sd_pupils, smp_pupils, sma_pupils,
    out_of_school, attends, informed,
):  # fmt: skip
    """Count families and children by what they live through."""
    enrolled, content, complaints, pupils, out, pkh, attending, knows, families = 0, 0, 0, 0, 0, 0, 0, 0, 0
    for row in range(active.size):
        lives = active[row]
        families += lives
        knows += lives & informed[row]
        pupils += (sd_pupils[row] + smp_pupils[row] + sma_pupils[row]) * lives
        out += out_of_school[row] * lives
        recipient = lives & (in_pkh[row] | in_sembako[row])
        enrolled += recipient
        content += recipient & satisfied[row]
        complaints += recipient & (complaint_month[row] > complaint_handled_month[row])
        pkh += lives & in_pkh[row]
        attending += lives & in_pkh[row] & attends[row]
    return enrolled, content, complaints, pupils, out, pkh, attending, knows, families


@rule
def count_aid(rows, active, aid_due_idr, aid_due_month, aid_months_late, month):
    """Count families that wait for emergency aid, and the months it took to those whom it reached this month."""
    waiting, late, aided = 0, 0, 0
    for row in rows:
        helped = active[row] & (aid_due_month[row] == month)
        waiting += active[row] & (aid_due_idr[row] > 0)
        aided += helped
        late += aid_months_late[row] * helped
    return waiting, late, aided


@rule
def add_support(rows, support_idr):
    """Return the sum in the order of the rows, so that rows in wait for newcomers change no digit of it."""
    total = 0.0
    for row in rows:
        total += support_idr[row]
    return total


def measure_money(now: Now, lifted_persons: float, paid_before: dict[str, int]) -> dict[str, float]:
    """Return what the month cost and what a rupiah or a person lifted out of poverty costs.

    Parameters
    ----------
    lifted_persons : persons poor before transfers and not after. paid_before : paid by programme before this month.
    """
    paid = {name: getattr(now.ledger, name).paid_idr - paid_before[name] for name in paid_before}
    transfers = paid["pkh"] + paid["sembako"]
    cost = sum(paid.values())
    received = int(now.hh.cash_received_idr.sum() + now.hh.goods_received_idr.sum())
    return {
        "cost_idr": cost,
        "transfers_paid_idr": transfers,
        "received_idr": received,
        "operations_idr": paid["operations"],
        "operations_apbn_idr": now.tally["operations_apbn_idr"],
        "operations_apbd_idr": now.tally["operations_apbd_idr"],
        "operations_unmet_idr": now.tally["operations_unmet_idr"],
        "support_idr": now.apply(add_support, rows=now.rows("assisted")),
        "cost_per_rupiah_delivered": cost / received if received > 0 else np.nan,
        "cost_per_poor_person_lifted": cost / lifted_persons if lifted_persons > 0 else np.nan,
        "poverty_line_idr": now.line_idr,
    }
