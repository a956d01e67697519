"""Proposals (usul): who is proposed for the list, and how the kelurahan operators' visits decide about it."""

from __future__ import annotations

import numpy as np

from simulation.compiled import rule
from simulation.context import Now
from simulation.households import NEVER, Barred
from simulation.month.records import visit
from simulation.randomness import Luck, uniform
from simulation.rows import rows_where


@rule
def propose(
    luck, active, listed, barred, barred_month, welfare_index, informed, proposal_month, month, open_share,
    proposals_per_year, proposal_gradient, proposal_max_multiple, proposal_informed_factor, proposal_uninformed_factor,
    reapply_per_month, reapplication_wait_months,
):  # fmt: skip
    """Propose families that are not listed or were struck: the poorer and the informed sooner (usul)."""
    most = max(proposal_informed_factor, proposal_uninformed_factor) * proposal_max_multiple
    highest = proposals_per_year / 12 * most * open_share + reapply_per_month
    concerned = np.empty(active.size, np.bool_)
    for row in range(active.size):
        wants = active[row] & ((not listed[row]) | (barred[row] != Barred.NO)) & (proposal_month[row] == NEVER)
        may = month - barred_month[row] >= reapplication_wait_months
        concerned[row] = wants & may & (luck[row] < highest)
    for row in rows_where(concerned):
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
    rows, visits, room, kelurahan, size, listed, listed_month, barred, barred_month, proposal_month, luck_id, seed,
    month, proposal_acceptance_share,
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
    order = np.argsort(hh.proposal_month[queue] * 64.0 + np.clip(hh.welfare_index[queue], -30, 30))
    room = np.array([max(now.policy.registry_coverage_share * persons - listed, 0.0)])
    rows = queue[order]
    accepted = now.apply(decide_proposals, rows=rows, visits=visits, room=room)
    visit(now, rows[accepted], new=True)


@rule
def find_queue(active, proposal_month, listed, size):
    """Return the open proposals, the persons of the city and those of them who are listed."""
    persons, on_list = 0, 0
    waits = np.empty(active.size, np.bool_)
    for row in range(active.size):
        members = size[row] * active[row]
        persons += members
        on_list += members * listed[row]
        waits[row] = active[row] & (proposal_month[row] != NEVER)
    return rows_where(waits), persons, on_list


def walk_route(now: Now, visits_per_kelurahan: int) -> np.ndarray:
    """Return the listed rows that operators meet on their round through the RT, and move the round on."""
    if visits_per_kelurahan <= 0:
        return np.zeros(0, np.int64)
    places, position = now.places, now.standing.route_position
    return now.apply(
        next_on_route,
        route=places.route,
        route_key=places.route_key,
        route_start=places.route_start,
        position=position,
        visits=visits_per_kelurahan,
    )


@rule
def next_on_route(route, route_key, route_start, position, listed, visits):
    """Return the next ``visits`` listed rows of each kelurahan, going round and round.

    ``position`` is the key of the family met last; rows that wait for newcomers are passed by.
    """
    found = np.empty(visits * position.size, np.int64)
    count = 0
    for place in range(position.size):
        begin, end = route_start[place], route_start[place + 1]
        length = end - begin
        first = np.searchsorted(route_key[begin:end], position[place], side="right")
        met = 0
        for step in range(length):
            if met == visits:
                break
            stop = begin + (first + step) % length
            row = route[stop]
            if row < listed.size and listed[row]:
                found[count] = row
                position[place] = route_key[stop]
                count += 1
                met += 1
    return found[:count]
