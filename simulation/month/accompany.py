"""Accompany: whom the pendamping serve, and to whom their hours go.

What the hours are worth, and in which order they are spent, stands in ``hours``.
"""

from __future__ import annotations

import numpy as np

from simulation.compiled import rule
from simulation.context import Now
from simulation.households import Account, Stage
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
def _unvisited_longest(rows, visits, pendamping, visited_month, month):
    """Return the families who can be among the ``visits`` of each post visited longest ago: these and some more.

    Returns
    -------
    found, start : the families, unordered, and where those of each post begin, one more at the end.
    """
    longest = 63
    families = np.zeros((visits.size, longest + 1), np.int64)
    months_since = np.empty(rows.size, np.int64)
    for place in range(rows.size):
        months_since[place] = min(month - visited_month[rows[place]], longest)
        families[pendamping[rows[place]], months_since[place]] += 1
    least = np.full(visits.size, longest)
    start = np.zeros(visits.size + 1, np.int64)
    for post in range(visits.size):
        count = families[post, longest]
        while count < visits[post] and least[post] > 0:
            least[post] -= 1
            count += families[post, least[post]]
        start[post + 1] = start[post] + count
    found = np.empty(start[-1], np.int64)
    free = start[:-1].copy()
    for place in range(rows.size):
        post = pendamping[rows[place]]
        if months_since[place] >= least[post]:
            found[free[post]] = rows[place]
            free[post] += 1
    return found, start


@rule
def choose_for_visits(rows, visits, visited_month, record_month, record_score, lottery):
    """Return those of ``rows`` whose turn it is, the first first: a short list is kept in order, not all sorted."""
    chosen = np.empty(min(visits, rows.size), np.int64)
    found = 0
    for row in rows:
        place = found
        while place > 0 and _is_due_before(row, chosen[place - 1], visited_month, record_month, record_score, lottery):
            place -= 1
            if place + 1 < chosen.size:
                chosen[place + 1] = chosen[place]
        if place < chosen.size:
            chosen[place] = row
            found = min(found + 1, chosen.size)
    return chosen


@rule
def do_rounds(
    rows, luck, visits, verified_share, session_share, handled_share, pendamping, participates, verified,
    visited_month, session_month, complaint_handled_month, complaint_month, record_month, record_score, lottery, month,
    p2k2_sessions_per_month,
):  # fmt: skip
    """Let every pendamping visit, verify conditions, hold sessions and settle complaints among its families.

    Parameters
    ----------
    rows, luck : PKH families, and four uniforms for each.
    visits, verified_share, session_share, handled_share : what each post does, one number a post.

    Returns
    -------
    chosen : rows of the families visited, post after post. attended : families in sessions, by post.
    settled : complaints.
    """
    attended_share = session_share * p2k2_sessions_per_month
    if p2k2_sessions_per_month > 1:
        for post in range(visits.size):
            attended_share[post] = 1 - (1 - session_share[post]) ** p2k2_sessions_per_month
    attended = np.zeros(visits.size, np.int64)
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
    found, start = _unvisited_longest(rows, visits, pendamping, visited_month, month)
    chosen = np.empty(rows.size, np.int64)
    count = 0
    for post in range(visits.size):
        mine = found[start[post] : start[post + 1]]
        first = choose_for_visits(mine, visits[post], visited_month, record_month, record_score, lottery)
        chosen[count : count + first.size] = first
        count += first.size
    for row in chosen[:count]:
        visited_month[row] = month
    return chosen[:count], attended, settled


@rule
def meet_unlisted(wanted, route, route_key, route_start, seems_poor, seed, month):
    """Return families whom pendamping with time to spare meet in their kelurahan and write down.

    Parameters
    ----------
    wanted : how many families can be written down in each kelurahan; the walk starts at another RT each month.
    seems_poor : whether a family is one to be written down, for every row in use.
    """
    found = np.empty(wanted.sum() + 1, np.int64)
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


@rule
def luck_of_posts(seed, month, numbers):
    """Return one uniform for each post: who leaves the job this month."""
    u = np.empty(numbers.size)
    for place in range(numbers.size):
        u[place] = uniform(seed, Luck.STAFF, month, numbers[place])
    return u
