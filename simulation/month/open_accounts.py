"""Open: banks open accounts and hand over cards; freezes and mismatches come undone.

Each bank works off its own queue, first come first served, as far as its capacity reaches. The rules here take the rows
that a bank works on; which rows, and how many, the bank decides.
"""

from __future__ import annotations

import numpy as np

from simulation.compiled import rule
from simulation.context import Now
from simulation.households import Account
from simulation.randomness import Luck, uniform, uniforms
from simulation.rows import rows_where

BANKS = ("BRI", "BNI", "Mandiri", "BTN")


def queue_entrants(now: Now) -> np.ndarray:
    """Put newly enrolled families into the account queue; return all rows that a bank may have to work on."""
    if now.policy.delivery_channel != "cash_post":
        now.apply(join_queue, rows=now.rows("enrolled"))
    state = now.hh.account
    return rows_where((state != int(Account.NONE)) & (state != int(Account.AKTIF)))


@rule
def join_queue(rows, account, account_month, month):
    """Queue the enrolled families that have no account, or whose card was never collected and returned."""
    for row in rows:
        if account[row] == Account.NONE or account[row] == Account.KARTU_TIDAK_TERDISTRIBUSI:
            account[row] = Account.PROSES_BUREKOL
            account_month[row] = month


def first_in_queue(now: Now, rows: np.ndarray, capacity: int) -> np.ndarray:
    """Return the rows that a bank can open this month: in the queue for the lead time, the longest waiting first."""
    hh = now.hh
    queue = rows[
        (hh.account[rows] == int(Account.PROSES_BUREKOL))
        & (hh.account_month[rows] <= now.month - now.assumptions.opening_lead_months)
    ]
    if queue.size > capacity:
        ties = now.lanes_of(Luck.OPENING, queue, 1)[0]
        queue = queue[np.lexsort((ties, hh.account_month[queue]))][:capacity]
    return queue


@rule
def open_rows(rows, account, account_month, luck_id, seed, month, opening_failure_share):
    """Open accounts for ``rows``; some fail because name or identity number differ. Return the number of failures."""
    failed = 0
    for row in rows:
        account_month[row] = month
        if uniform(seed, Luck.OPENING, month, luck_id[row]) < opening_failure_share:
            account[row] = Account.GAGAL_BUREKOL
            failed += 1
        else:
            account[row] = Account.MENUNGGU_KARTU
    return failed


@rule
def hand_over_cards(
    rows, account, account_month, matched_month, luck_id, seed, month,
    card_handover_per_month, card_never_collected_share, card_return_months,
):  # fmt: skip
    """Hand over cards to who comes for them; close accounts whose cards nobody collects for a year.

    Returns
    -------
    Number of cards handed over.
    """
    handed = 0
    for row in rows:
        if account[row] != Account.MENUNGGU_KARTU or account_month[row] >= month:
            continue
        never, _, _, _ = uniforms(seed, Luck.CARDS, account_month[row], luck_id[row], 1)
        if never < card_never_collected_share:
            if month - account_month[row] >= card_return_months:
                account[row] = Account.KARTU_TIDAK_TERDISTRIBUSI
                account_month[row] = month
        elif uniform(seed, Luck.CARDS, month, luck_id[row]) < card_handover_per_month:
            account[row] = Account.AKTIF
            account_month[row] = month
            matched_month[row] = month
            handed += 1
    return handed


@rule
def freeze_accounts(rows, account, account_month, luck_id, seed, month, freeze_accounts_share):
    """Freeze a share of a bank's active accounts; return how many."""
    frozen = 0
    for row in rows:
        u = uniform(seed, Luck.OPENING, month, luck_id[row], 2)
        if account[row] == Account.AKTIF and u < freeze_accounts_share:
            account[row] = Account.DIBEKUKAN
            account_month[row] = month
            frozen += 1
    return frozen


@rule
def thaw_accounts(rows, account, account_month, luck_id, seed, month, freeze_recovered_share):
    """End a freeze: some accounts work again at once, the others are opened anew."""
    for row in rows:
        if account[row] == Account.DIBEKUKAN:
            recovered = uniform(seed, Luck.OPENING, month, luck_id[row], 3) < freeze_recovered_share
            account[row] = Account.AKTIF if recovered else Account.PROSES_BUREKOL
            account_month[row] = month


@rule
def match_accounts(
    rows, luck, account, account_month, matched_month, record_month, month,
    mismatch_per_month, mismatch_changed_record_factor,
):  # fmt: skip
    """Compare names and numbers of ``rows`` with the bank before an order (cek rekening).

    Mismatches accrue since the last match, and more where the record was renewed since.

    Returns
    -------
    matched : bool for each of ``rows``.
    """
    matched = np.ones(rows.size, np.bool_)
    for place in range(rows.size):
        row = rows[place]
        chance = 1 - (1 - mismatch_per_month) ** (month - matched_month[row])
        after_change = min(chance * mismatch_changed_record_factor, 1.0)
        chance = after_change if record_month[row] > matched_month[row] else chance
        if account[row] == Account.GAGAL_OMSPAN:
            matched[place] = False
        elif luck[place] < chance:
            account[row] = Account.GAGAL_OMSPAN
            account_month[row] = month
            matched[place] = False
        else:
            matched_month[row] = month
    return matched


@rule
def repair_accounts(rows, account, account_month, matched_month, luck_id, seed, month, mismatch_repair_success_share):
    """Put names and numbers right with the bank: who helped visits the family, and most visits succeed.

    Returns
    -------
    repaired : bool for each of ``rows``.
    """
    repaired = np.zeros(rows.size, np.bool_)
    for place in range(rows.size):
        row = rows[place]
        if uniform(seed, Luck.VISITS, month, luck_id[row], 1) >= mismatch_repair_success_share:
            continue
        repaired[place] = True
        matched_month[row] = month
        account_month[row] = month
        if account[row] == Account.GAGAL_BUREKOL:
            account[row] = Account.PROSES_BUREKOL
        elif account[row] == Account.GAGAL_OMSPAN:
            account[row] = Account.AKTIF
    return repaired
