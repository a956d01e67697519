"""Every measure counted a second time: from the families as a table, by pandas, SciPy and statsmodels.

Nothing here knows ``simulation.measures``. Where the fast measures use bins, ranks here are exact; where they take a
count that a step kept, the columns and the books before and after the month are compared.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.integrate import trapezoid
from statsmodels.stats.weightstats import DescrStatsW

from simulation.households import COLUMNS, NEVER, Account, Exit, Stage
from simulation.ledger import PROGRAMMES

PUPILS = ["sd_pupils", "smp_pupils", "sma_pupils"]
MEMBERS = [*PUPILS, "young_children", "elderly", "disabled"]
PAYMENTS = ["stage", "months_late", "balance_idr"]
GRADUATIONS = (Exit.NATURAL, Exit.OWN_WISH, Exit.EMPOWERED)


def table_of(hh) -> pd.DataFrame:
    """Return the families as a table."""
    return pd.DataFrame({column.name: hh[column.name] for column in COLUMNS})


class SecondCount:
    """Counts the measures of each month of one model again.

    ``take`` is called after each month; ``months`` holds a dictionary of measures for each.
    """

    def __init__(self, model) -> None:
        self.model, self.months = model, []
        self._remember(model.hh, model.ledger)

    def _remember(self, hh, ledger) -> None:
        self.before = table_of(hh)
        self.books = {name: getattr(ledger, name).row() for name in PROGRAMMES}

    def take(self, now) -> None:
        table = table_of(now.hh)
        before = self.before.reindex(table.index)
        books = {name: getattr(now.ledger, name).row() for name in PROGRAMMES}
        moved = {name: pd.Series(books[name]) - pd.Series(self.books[name]) for name in PROGRAMMES}
        row = (
            poverty(table)
            | errors(table, now.policy.delivery_channel)
            | yardsticks(table)
            | deciles(table)
            | registry(table, now.month)
        )
        row |= payments(table, books, moved) | lists(table, before, now.month) | lives(table, now.month)
        row |= in_kind(table, before, moved, now) | staff(self.model, now) | money(table, moved, self.model, now)
        self.months.append(row)
        self._remember(now.hh, now.ledger)


# Poverty ------------------------------------------------------------------------------------------------------------


def mean_of(values, weights) -> float:
    """Return a weighted mean, nan over nobody."""
    values, weights = np.asarray(values, float), np.asarray(weights, float)
    return float(DescrStatsW(values, weights=weights).mean) if weights.sum() > 0 else np.nan


def gini_of(consumption: pd.Series, weights: pd.Series) -> float:
    """Return one less twice the area under the Lorenz curve."""
    order = consumption.argsort()
    people = np.concatenate([[0], weights.iloc[order].cumsum()]) / weights.sum()
    income = np.concatenate([[0], (weights * consumption).iloc[order].cumsum()]) / (weights * consumption).sum()
    return float(1 - 2 * trapezoid(income, people))


def poverty(table: pd.DataFrame) -> dict[str, float]:
    here = table[table.active]
    row = {}
    for suffix, name in (("", "consumption_after"), ("_before_transfers", "consumption")):
        gap = (1 - here[name]).clip(lower=0)
        poor = here[here[name] < 1]
        headcount, depth = mean_of(gap > 0, here["size"]), mean_of(gap, here["size"])
        intensity = depth / headcount
        row[f"poverty_headcount{suffix}"], row[f"poverty_gap{suffix}"] = headcount, depth
        row[f"poverty_severity{suffix}"] = mean_of(gap**2, here["size"])
        row[f"watts{suffix}"] = mean_of(-np.log(here[name].clip(upper=1)), here["size"])
        row[f"gini{suffix}"] = gini_of(here[name], here["size"])
        among_poor = gini_of(poor[name], poor["size"])
        row[f"sen{suffix}"] = headcount * (intensity + (1 - intensity) * among_poor)
    return row


# Lists --------------------------------------------------------------------------------------------------------------


def marked(table: pd.DataFrame) -> pd.DataFrame:
    """Add who is poor and who is on a list."""
    return table.assign(
        poor=table.active & (table.log_consumption < 0),
        enrolled=table.in_pkh | table.in_sembako,
        persons=table["size"].where(table.active, 0),
    )


def share(part: float, whole: float) -> float:
    return part / whole if whole else np.nan


def errors(table: pd.DataFrame, channel: str) -> dict[str, float]:
    table = marked(table)
    row = {}
    for suffix, on_list in (("", "enrolled"), ("_pkh", "in_pkh"), ("_sembako", "in_sembako")):
        among = table[(table.pkh_entitlement_idr > 0) | table.in_pkh] if suffix == "_pkh" else table
        here = among[among.active]
        for unit, weight in (("", here["size"]), ("_families", pd.Series(1, here.index))):
            by = pd.crosstab(here.poor, here[on_list], values=weight, aggfunc="sum").fillna(0)
            by = by.reindex(index=[False, True], columns=[False, True], fill_value=0)
            row[f"exclusion_error{suffix}{unit}"] = share(by.loc[True, False], by.loc[True].sum())
            row[f"inclusion_error{suffix}{unit}"] = share(by.loc[False, True], by.loc[False].sum())
        entries = among[among[on_list]]
        row[f"leakage{suffix}"] = mean_of(~entries.poor, np.ones(len(entries)))
        row[f"leakage{suffix}_persons"] = mean_of(~entries.poor, entries.persons)
    here = table[table.active]
    covered = here.groupby("poor").apply(lambda part: mean_of(part.enrolled, part["size"]), include_groups=False)
    row["targeting_differential"] = covered.get(True, np.nan) - covered.get(False, np.nan)
    row["poor_persons"], row["poor_families"] = table.persons[table.poor].sum(), table.poor.sum()
    row["missed_poor_families"] = (table.poor & ~table.enrolled).sum()
    row["wrongly_enrolled_families"] = (table.enrolled & ~table.poor).sum()
    row["effective_exclusion_error"] = mean_of(~reached(table, channel)[table.poor], table.persons[table.poor])
    return row


def reached(table: pd.DataFrame, channel: str) -> pd.Series:
    """Tell who got all that was due in full, on time and in hand; rice in kind needs no account."""
    usable = table.account.isin([Account.AKTIF, Account.GAGAL_OMSPAN, Account.DIBEKUKAN])
    usable |= ~table.in_pkh & (channel == "in_kind")
    fine = (table.in_pkh | table.in_sembako) & usable
    fine &= ~table.in_pkh | ((table.pkh_stage == Stage.ON_TIME) & (table.pkh_balance_idr == 0) & ~table.suspended)
    in_hand = (table.sembako_balance_idr == 0) & (table.sembako_value_share >= 0.975)
    return fine & (~table.in_sembako | ((table.sembako_stage == Stage.ON_TIME) & in_hand))


def yardsticks(table: pd.DataFrame) -> dict[str, float]:
    table = marked(table)
    here, entries = table[table.active], table[table.enrolled]
    poor_year = here[here.consumption_year < 1]
    records = here[here.listed].sort_values("record_score")
    below = records["size"].cumsum()
    poorest = records[below <= table.persons[table.poor].sum()]
    known = records[records.enrolled]
    outside = known.record_score > records.record_score[below <= 0.4 * below.max()].max() if len(records) else []
    return {
        "exclusion_error_yearly": mean_of(~poor_year.enrolled, poor_year["size"]),
        "leakage_floor": max(1 - table.poor.sum() / len(entries), 0) if len(entries) else np.nan,
        "leakage_outside_deciles": mean_of(~entries.active | (entries.welfare_rank >= 0.4), np.ones(len(entries))),
        "leakage_outside_deciles_by_record": mean_of(outside, np.ones(len(known))),
        "registry_error": mean_of(~poorest.enrolled, poorest["size"]),
    }


def deciles(table: pd.DataFrame) -> dict[str, float]:
    here = marked(table)[table.active].sort_values("consumption")
    rank = (here["size"].cumsum() - here["size"] / 2) / here["size"].sum()
    decile = np.minimum(np.floor(rank * 10), 9).astype(int) + 1
    persons = here["size"].groupby(decile).sum()
    covered = here["size"].where(here.enrolled, 0).groupby(decile).sum() / persons
    both = here["size"].where(here.in_pkh & here.in_sembako, 0).groupby(decile).sum() / persons
    benefit = here.support_idr.groupby(decile).sum()
    total = benefit.sum()
    row = {}
    for number in range(1, 11):
        row[f"coverage_by_decile_{number:02d}"] = covered.get(number, 0.0)
        row[f"both_programmes_by_decile_{number:02d}"] = both.get(number, 0.0)
        row[f"benefit_share_by_decile_{number:02d}"] = share(benefit.get(number, 0.0), total)
    row["cgh_ratio"] = share(here.support_idr[rank < 0.4].sum(), total) / 0.4
    ahead = DescrStatsW(np.column_stack([here.support_idr / here["size"], rank]), weights=here["size"])
    row["concentration_coefficient"] = 2 * ahead.cov[0, 1] / ahead.mean[0] if total else np.nan
    return row


# The registry, payments, lives ----------------------------------------------------------------------------------------


def registry(table: pd.DataFrame, month: int) -> dict[str, float]:
    table = marked(table)
    records, here = table[table.listed], table[table.active]
    waiting = here.proposal_month[here.proposal_month != NEVER]
    poor = table[table.poor]
    return {
        "record_age_months": (month - records.record_month[records.active].astype(int)).mean(),
        "duplicate_share": records.duplicate.mean(),
        "listed_departed_share": 1 - records.active.mean(),
        "unmatchable_share": 1 - records.nik_ok.mean(),
        "unlisted_poor_share": mean_of(~poor.listed, poor["size"]),
        "listed_share": mean_of(here.listed, here["size"]),
        "proposal_queue": len(waiting),
        "proposal_wait_months": (month - waiting.astype(int)).mean() if len(waiting) else 0.0,
    }


def payments(table: pd.DataFrame, books: dict, moved: dict) -> dict[str, float]:
    parts = [
        table.loc[table[f"in_{name}"], [f"{name}_{one}" for one in PAYMENTS]].set_axis(PAYMENTS, axis=1)
        for name in ("pkh", "sembako")
    ]
    due = pd.concat(parts).query("stage != @Stage.NOTHING_DUE")
    late = due[due.stage.isin([Stage.LATE, Stage.ORDERED])]
    credited = due[due.stage.isin([Stage.ON_TIME, Stage.LATE])]
    buyers = table[table.in_sembako & table.sembako_collected]
    pkh = table[table.in_pkh & table.active]
    there = pkh[MEMBERS].assign(pregnant=(pkh.pregnant > 0).astype(int)).astype(int)
    known = pkh[[f"recorded_{name}" for name in there]].set_axis(there.columns, axis=1).astype(int)
    return {
        "paid_on_time_share": (due.stage == Stage.ON_TIME).mean(),
        "months_late": late.months_late.mean() if len(late) else 0.0,
        "unredeemed_share": (credited.balance_idr > 0).mean(),
        "value_received_share": buyers.sembako_value_share.mean(),
        "unpaid_idr": sum(books[name]["waiting_idr"] + books[name]["returned_idr"] for name in ("pkh", "sembako")),
        "forfeited_idr": sum(moved[name].forfeited_idr for name in ("pkh", "sembako")),
        "entitlement_recorded_share": share(np.minimum(there, known).sum().sum(), there.sum().sum()),
    }


def lists(table: pd.DataFrame, before: pd.DataFrame, month: int) -> dict[str, float]:
    both, pkh = table.in_pkh & table.in_sembako, table[table.in_pkh & table.active]
    lost = [table.loc[before[name].eq(True) & ~table[name], "exit_reason"] for name in ("in_pkh", "in_sembako")]
    left = pd.concat(lost).value_counts()
    return {
        "families": table.active.sum(),
        "persons": table["size"][table.active].sum(),
        "pkh_families": table.in_pkh.sum(),
        "sembako_families": table.in_sembako.sum(),
        "enrolled_families": (table.in_pkh | table.in_sembako).sum(),
        "both_programmes_families": both.sum(),
        "admitted_families": sum((table[name] & ~before[name].eq(True)).sum() for name in ("in_pkh", "in_sembako")),
        "graduated": sum(left.get(reason, 0) for reason in GRADUATIONS),
        "graduated_natural": left.get(Exit.NATURAL, 0),
        "graduated_own": left.get(Exit.OWN_WISH, 0) + left.get(Exit.EMPOWERED, 0),
        "tenure_months": (month - pkh.pkh_since.astype(int)).mean(),
        "participation_share": pkh.participates.mean(),
        "places_given": (table.empowered_month == month).sum(),
    }


def lives(table: pd.DataFrame, month: int) -> dict[str, float]:
    here = table[table.active]
    enrolled, pkh = here[here.in_pkh | here.in_sembako], here[here.in_pkh]
    aided = here[here.aid_due_month == month]
    return {
        "satisfied_share": enrolled.satisfied.mean(),
        "complaints_open": (enrolled.complaint_month > enrolled.complaint_handled_month).sum(),
        "out_of_school_share": here.out_of_school.sum() / here[PUPILS].sum().sum(),
        "conditions_met_share": pkh.attends.mean(),
        "informed_share": here.informed.mean(),
        "emergency_waiting_families": (here.aid_due_idr > 0).sum(),
        "emergency_months_late": aided.aid_months_late.mean() if len(aided) else 0.0,
        "disaster_hit_families": (here.disaster_month == month).sum(),
    }


def in_kind(table: pd.DataFrame, before: pd.DataFrame, moved: dict, now) -> dict[str, float]:
    """Return what neighbours got of the rice, and what is missing of it, where Sembako comes in kind."""
    if now.policy.delivery_channel != "in_kind":
        return {"goods_shared_idr": 0, "goods_diverted_idr": 0}
    brought = before.sembako_balance_idr.fillna(0).sum() + moved["sembako"].paid_idr
    left, got = table.sembako_balance_idr.sum(), table.goods_received_idr
    shared = got[~(table.in_sembako | (before.sembako_balance_idr > 0) | (table.sembako_credited_idr > 0))].sum()
    return {"goods_shared_idr": shared, "goods_diverted_idr": brought - left - got.sum()}


# Staff and money ----------------------------------------------------------------------------------------------------


def staff(model, now) -> dict[str, float]:
    reports = [agent.report(now) for agent in model.pendamping]
    duty = pd.DataFrame([one for one in reports if one["on_duty"]], columns=list(reports[0]) if reports else None)
    names = ("pendamping_families", "hours_short_share", "visits_done_share", "sessions_held_share", "motivation")
    if duty.empty or not duty.families.sum():
        return {"pendamping": len(duty)} | dict.fromkeys(names, np.nan)
    missing = (duty.hours_needed - duty.hours_available).clip(lower=0)
    values = (
        duty.families.mean(), missing.sum() / duty.hours_needed.sum(), mean_of(duty.visits_share, duty.families),
        mean_of(duty.sessions_share, duty.families), duty.motivation.mean(),
    )  # fmt: skip
    return {"pendamping": len(duty)} | dict(zip(names, values, strict=True))


def money(table: pd.DataFrame, moved: dict, model, now) -> dict[str, float]:
    cost = sum(one.paid_idr for one in moved.values())
    received = table.cash_received_idr.sum() + table.goods_received_idr.sum()
    table = marked(table)
    lifted = table.persons[table.poor & (table.consumption_after >= 1)].sum()
    pay = len(model.pendamping) * now.policy.pendamping_pay_idr_per_month
    return {
        "cost_idr": cost,
        "transfers_paid_idr": moved["pkh"].paid_idr + moved["sembako"].paid_idr,
        "received_idr": received,
        "operations_idr": moved["operations"].paid_idr,
        "operations_apbn_idr": pay,
        "operations_apbd_idr": moved["operations"].paid_idr - pay,
        "support_idr": table.support_idr.sum(),
        "cost_per_rupiah_delivered": share(cost, received),
        "cost_per_poor_person_lifted": share(cost, lifted),
    }
