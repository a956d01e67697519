"""Accompany: whom the pendamping serve, and to whom their hours go.

What the hours are worth, and in which order they are spent, stands in ``hours``.
"""

from __future__ import annotations

import numpy as np

from simulation.compiled import rule
from simulation.context import Now
from simulation.households import NEVER, Account, Barred, Stage
from simulation.randomness import Luck, uniform


def order_by_place(now: Now) -> np.ndarray:
    """Return the PKH families kecamatan by kecamatan, neighbours together."""
    rows = now.rows("pkh")
    kecamatan = now.places.kecamatan_of_kelurahan[now.hh.kelurahan[rows]].astype(np.int64)
    place = kecamatan * now.places.rts + now.hh.rt[rows]
    return rows[np.argsort(place << 32 | now.hh.luck_id[rows].astype(np.int64))]


def assign_caseloads(now: Now, rows: np.ndarray, on_duty: np.ndarray) -> np.ndarray:
    """Begin a month: share the PKH families out, every post the same stretch of neighbours; nobody is verified yet.

    The stretch of a vacant post goes in halves to the next posts on duty on either side.

    Parameters
    ----------
    rows : PKH families ordered by place. on_duty : bool for each post, in the order of places.

    Returns
    -------
    start : where the families of each post begin in ``rows``, one more at the end; none for vacant posts.
    """
    numbers = np.flatnonzero(on_duty)
    start = np.zeros(on_duty.size + 1, np.int64)
    now.hh.pendamping[:] = -1
    now.hh.verified[:] = False
    if numbers.size == 0:
        return start
    between = (numbers[:-1] + 1 + numbers[1:]) * rows.size // (2 * on_duty.size)
    first = np.concatenate([[0], between, [rows.size]])
    counts = np.zeros(on_duty.size, np.int64)
    counts[numbers] = np.diff(first)
    start[1:] = np.cumsum(counts)
    now.hh.pendamping[rows] = np.repeat(np.arange(on_duty.size), counts)
    return start


@rule
def find_failed(account, pkh_stage, sembako_stage):
    """Tell of every family whether a helper is needed with a payment: the bank and the records disagree."""
    failed = np.empty(account.size, np.bool_)
    for row in range(account.size):
        failed[row] = (
            (account[row] == Account.GAGAL_BUREKOL)
            | (account[row] == Account.GAGAL_OMSPAN)
            | (pkh_stage[row] == Stage.FAILED)
            | (sembako_stage[row] == Stage.FAILED)
        )
    return failed


@rule
def count_work(rows, posts, pendamping, kelurahan, failed, complaint_open):
    """Count, for each of ``posts``, failed payments, open complaints and kelurahan among its families."""
    failures, complaints, places = np.zeros((3, posts), np.int64)
    seen = np.zeros((posts, 256), np.bool_)
    for row in rows:
        post = pendamping[row]
        failures[post] += failed[row]
        complaints[post] += complaint_open[row]
        seen[post, kelurahan[row]] = True
    for post in range(posts):
        places[post] = seen[post].sum()
    return failures, complaints, places


@rule
def _is_due_before(one, other, visited_month, record_month, record_score, lottery):
    """Tell which family is visited first: longest ago or never, then oldest record or none, poorest by it, lottery."""
    if visited_month[one] != visited_month[other]:
        return visited_month[one] < visited_month[other]
    if record_month[one] != record_month[other]:
        return record_month[one] < record_month[other]
    if record_score[one] != record_score[other]:
        return record_score[one] < record_score[other]
    return lottery[one] < lottery[other]


@rule
def choose_for_visits(rows, start, visits, visited_month, record_month, record_score, lottery, month):
    """Visit the families whose turn it is, in every caseload, and return them: post after post, the first first.

    A short list is kept in order, not the whole caseload sorted.

    Parameters
    ----------
    rows, start : the caseloads, one after the other, and where each begins. visits : how many there are in each.
    """
    chosen = np.empty(rows.size, np.int64)
    count = 0
    for post in range(visits.size):
        mine = rows[start[post] : start[post + 1]]
        first = chosen[count : count + min(visits[post], mine.size)]
        found = 0
        for row in mine:
            place = found
            while place > 0 and _is_due_before(
                row, first[place - 1], visited_month, record_month, record_score, lottery
            ):
                place -= 1
                if place + 1 < first.size:
                    first[place + 1] = first[place]
            if place < first.size:
                first[place] = row
                found = min(found + 1, first.size)
        count += first.size
    for row in chosen[:count]:
        visited_month[row] = month
    return chosen[:count]


@rule
def do_rounds(
    rows, luck, verified_share, session_share, handled_share, pendamping, participates, verified, session_month,
    complaint_handled_month, complaint_month, month, p2k2_sessions_per_month,
):  # fmt: skip
    """Let every pendamping verify conditions, hold sessions and settle complaints among its families.

    Parameters
    ----------
    rows, luck : PKH families, and four uniforms for each.
    verified_share, session_share, handled_share : what each post does, one number a post.

    Returns
    -------
    attended : families in sessions, by post. settled : complaints.
    """
    attended_share = session_share * p2k2_sessions_per_month
    if p2k2_sessions_per_month > 1:
        attended_share = 1 - (1 - session_share) ** p2k2_sessions_per_month
    attended = np.zeros(session_share.size, np.int64)
    settled = 0
    for place in range(rows.size):
        row = rows[place]
        post = pendamping[row]
        verified[row] = luck[0, place] < verified_share[post]
        if participates[row] and luck[1, place] < attended_share[post]:
            session_month[row] = month
            attended[post] += 1
        if complaint_month[row] > complaint_handled_month[row] and luck[2, place] < handled_share[post]:
            complaint_handled_month[row] = month
            settled += 1
    return attended, settled


def who_seems_poor(now: Now) -> np.ndarray:
    """Tell of every family whether it is to be written down when met: poor to look at, without record or proposal."""
    hh = now.hh
    unknown = hh.active & ~hh.listed & (hh.barred == int(Barred.NO)) & (hh.proposal_month == NEVER)
    return unknown & (hh.seen_welfare < now.assumptions.meeting_highest_score)


@rule
def meet_unlisted(wanted, route, route_key, route_start, seems_poor, seed, month):
    """Return families whom pendamping with time to spare meet in their kelurahan and write down.

    Parameters
    ----------
    wanted : how many families can be written down in each kelurahan; the walk starts at another RT each month.
    seems_poor : see ``who_seems_poor``.
    """
    found = np.empty(wanted.sum(), np.int64)
    count = 0
    for place in range(wanted.size):
        begin, end = route_start[place], route_start[place + 1]
        enough = count + wanted[place]
        if count == enough or begin == end:
            continue
        lowest, highest = route_key[begin] >> 32, route_key[end - 1] >> 32
        rt = lowest + int(uniform(seed, Luck.VISITS, month, place, 7) * (highest - lowest + 1))
        first = begin + np.searchsorted(route_key[begin:end], rt << 32)
        for part in (route[first:end], route[begin:first]):
            for row in part:
                if count == enough:
                    break
                found[count] = row
                count += row < seems_poor.size and seems_poor[row]
    return found[:count]
