"""Pay: the ministry orders, banks transfer, later or sooner; what fails is returned and repaired, or forfeited.

An order waits (``*_waiting_idr``) until it is credited, or fails and waits as returned money (``*_returned_idr``) for a
repair; what has not been repaired when the budget year ends goes back to the treasury. Orders of a programme that wait
together arrive together, when the first of them is due: a new order never delays an older one.
"""

from __future__ import annotations

import numpy as np

from simulation.compiled import rule
from simulation.context import Now
from simulation.households import LISTS, Account, Stage
from simulation.month.open_accounts import match_accounts
from simulation.randomness import Luck, normal_of, normals, uniform_lanes
from simulation.rows import rows_where


def start_budget_year(now: Now) -> None:
    """Begin to count the year's orders anew in January."""
    if now.date.number == 1:
        now.standing.pkh_ordered_this_year_idr = now.standing.sembako_ordered_this_year_idr = 0


def credit_arrivals(now: Now) -> None:
    """Let what was ordered in earlier months arrive."""
    for programme in LISTS:
        columns = _columns(now, programme)
        columns["credited_idr"][:] = 0
        arrived = now.apply(arrive, rows=np.flatnonzero(columns["waiting_idr"] > 0), **columns)
        getattr(now.ledger, programme).credit(arrived)


@rule
def arrive(rows, waiting_idr, waiting_months, credited_idr, stage, months_late):
    """Credit those orders of ``rows`` whose time has come, all of them late; return the rupiah credited."""
    total = 0
    for row in rows:
        waiting_months[row] -= 1
        if stage[row] == Stage.ORDERED:
            months_late[row] += 1
        if waiting_months[row] <= 0:
            credited_idr[row] = waiting_idr[row]
            total += waiting_idr[row]
            waiting_idr[row] = 0
            waiting_months[row] = 0
            if stage[row] == Stage.ORDERED:
                stage[row] = Stage.LATE
    return total


def is_payment_due(now: Now, programme: str) -> bool:
    """Tell whether the programme pays this month."""
    return now.is_due(now.policy[f"{programme}_payment_cycle_months"])


def order_payments(now: Now, programme: str, days_of_bank: np.ndarray) -> None:
    """Order the stage's payment for every enrolled family, and transfer what is fast.

    Parameters
    ----------
    days_of_bank : this month's mean days from order to account, by bank and last the post office.
    """
    policy, standing, account = now.policy, now.standing, getattr(now.ledger, programme)
    rows, due = _amounts_due(now, programme)
    left = _budget_idr(now, programme) - getattr(standing, f"{programme}_ordered_this_year_idr")
    funded = _within_budget(now, rows, due, left)
    block = 4 if programme == "pkh" else 5
    matched = np.ones(rows.size, bool)
    if _needs_account(policy, programme):
        luck = now.lanes_of(Luck.MISMATCH, rows[funded], block)[0]
        matched[funded] = now.apply(match_accounts, rows=rows[funded], luck=luck)
    ordered, credited, failed = now.apply(
        order_stage,
        **_columns(now, programme),
        rows=rows,
        due=due,
        funded=funded,
        matched=matched,
        at_once=programme == "sembako" and policy.delivery_channel == "in_kind",
        days_of_bank=days_of_bank,
        noise=normal_of(now.lanes_of(Luck.TRANSFER, rows, block)[0]),
    )
    standing.count_order(programme, ordered)
    account.release(ordered)
    account.credit(credited)
    account.fail(failed)
    now.tally.add(f"{programme}_unfunded_families", int((~funded).sum()))


def _amounts_due(now: Now, programme: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the families that are owed something for the stage, and the rupiah; others have no account or seat."""
    policy = now.policy
    cycle = policy[f"{programme}_payment_cycle_months"]
    enrolled = now.hh[f"in_{programme}"]
    rows = now.rows("pkh") if programme == "pkh" else rows_where(enrolled)
    due = now.apply(
        price_stage,
        **_columns(now, programme),
        rows=rows,
        enrolled=enrolled,
        is_pkh=programme == "pkh",
        stage_share=cycle / 12,
        flat_idr=now.assumptions.sembako_amount_idr_per_month * cycle * policy.benefit_multiplier,
        channel_needs_account=_needs_account(policy, programme),
    )
    owed = np.flatnonzero(due)
    return rows[owed], due[owed]


def _within_budget(now: Now, rows: np.ndarray, due: np.ndarray, money_left: int) -> np.ndarray:
    """Tell which due payments the year's money covers; where it does not cover all, luck decides who is paid."""
    funded = np.ones(rows.size, bool)
    if due.sum() > money_left:
        luck = uniform_lanes(now.seed, int(Luck.TRANSFER), now.month, now.hh.luck_id[rows], 1)[0]
        order = np.argsort(luck)
        funded[order] = np.cumsum(due[order]) <= money_left
    return funded


def _budget_idr(now: Now, programme: str) -> int:
    """Return what may be ordered in the budget year: the budget, with the revision that the treasury grants."""
    budget = now.policy[f"{programme}_budget_bn_idr_per_year"] * 1e9 * now.scale
    return int(budget * (1 + now.assumptions.budget_revision_share))


def _needs_account(policy, programme: str) -> bool:
    return not (
        policy.delivery_channel == "cash_post" or (programme == "sembako" and policy.delivery_channel == "in_kind")
    )


@rule
def price_stage(
    rows, enrolled, is_pkh, stage_share, flat_idr, channel_needs_account, stage, months_late,
    pkh_entitlement_idr, account, suspended, benefit_multiplier,
):  # fmt: skip
    """Return what each enrolled family is owed for the stage, and note why one is owed nothing."""
    for row in range(stage.size):
        stage[row] = stage[row] if enrolled[row] else Stage.NOTHING_DUE.value
    due = np.zeros(rows.size, np.int64)
    for place in range(rows.size):
        row = rows[place]
        months_late[row] = 0
        usable = account[row] == Account.AKTIF or account[row] == Account.GAGAL_OMSPAN
        if is_pkh and suspended[row]:
            stage[row] = Stage.SUSPENDED
        elif channel_needs_account and not usable:
            stage[row] = Stage.NO_ACCOUNT
        elif is_pkh:
            due[place] = int(round(pkh_entitlement_idr[row] * stage_share * benefit_multiplier))
        else:
            due[place] = int(flat_idr)
    return due


@rule
def order_stage(
    rows, due, funded, matched, waiting_idr, waiting_months, credited_idr, returned_idr, stage, at_once, days_of_bank,
    noise, bank, delay_family_sd, on_time_days,
):  # fmt: skip
    """Order what is due, let it arrive at once, wait or fail; where older money waits, both come when the first is due.

    Returns
    -------
    ordered, credited, failed : rupiah.
    """
    ordered, credited, failed = 0, 0, 0
    for place in range(rows.size):
        row = rows[place]
        if not funded[place]:
            stage[row] = Stage.UNFUNDED
            continue
        ordered += due[place]
        if not matched[place]:
            stage[row] = Stage.FAILED
            returned_idr[row] += due[place]
            failed += due[place]
            continue
        days = days_of_bank[bank[row]] * np.exp(delay_family_sd * noise[place] - delay_family_sd**2 / 2)
        if at_once or days < on_time_days:
            stage[row] = Stage.ON_TIME
            credited_idr[row] += due[place]
            credited += due[place]
        else:
            wait = int(days // on_time_days)
            stage[row] = Stage.ORDERED
            waiting_months[row] = min(wait, waiting_months[row]) if waiting_idr[row] > 0 else wait
            waiting_idr[row] += due[place]
    return ordered, credited, failed


def pay_repaired(now: Now, rows: np.ndarray) -> None:
    """Order the failed money of repaired families again; it arrives next month, with whatever else waits."""
    for programme in LISTS:
        amount = now.apply(order_again, rows=rows, **_columns(now, programme))
        getattr(now.ledger, programme).repair(amount)


@rule
def order_again(rows, waiting_idr, waiting_months, returned_idr, stage):
    """Move failed money back into the queue of orders; return the rupiah."""
    total = 0
    for row in rows:
        if returned_idr[row] > 0:
            waiting_idr[row] += returned_idr[row]
            waiting_months[row] = 1
            total += returned_idr[row]
            returned_idr[row] = 0
            if stage[row] == Stage.FAILED:
                stage[row] = Stage.ORDERED
    return total


def forfeit_at_year_end(now: Now) -> None:
    """Pay what could not be repaired back to the treasury when the budget year ends (setor ke kas negara)."""
    if now.date.number != 12:
        return
    for programme in LISTS:
        returned = now.hh[f"{programme}_returned_idr"]
        amount = int(returned.sum())
        getattr(now.ledger, programme).forfeit_returned(amount)
        now.tally.add("forfeited_idr", amount)
        returned[:] = 0


def suspend_for_conditions(now: Now) -> None:
    """Suspend PKH where conditions were verified as missed, if the rule is enforced; lift it where they are met."""
    now.apply(suspend, rows=np.flatnonzero(now.hh.in_pkh | now.hh.suspended))


@rule
def suspend(rows, in_pkh, suspended, suspended_stages, verified, attends, conditionality_enforced):
    """Set or lift the suspension of families whose conditions were verified; count suspended stages in a row."""
    for row in rows:
        if not in_pkh[row] or not conditionality_enforced:
            suspended[row] = False
        elif verified[row]:
            suspended[row] = not attends[row]
        suspended_stages[row] = suspended_stages[row] + 1 if suspended[row] else 0


@rule
def bank_days(seed, month, numbers, mean_days, delay_batch_sd):
    """Return this month's mean days from order to account, for each number of a bank: good months and bad ones."""
    days = np.empty(numbers.size)
    for place in range(numbers.size):
        z, _, _, _ = normals(seed, Luck.BANK_MONTH, month, numbers[place])
        days[place] = mean_days * np.exp(delay_batch_sd * z - delay_batch_sd**2 / 2)
    return days


def _columns(now: Now, programme: str) -> dict[str, np.ndarray]:
    names = ("waiting_idr", "waiting_months", "credited_idr", "returned_idr", "stage", "months_late")
    return {name: now.hh[f"{programme}_{name}"] for name in names}
