"""Redeem: families collect, through the channel in force, what has been credited.

PKH is cash from the bank, or at the post office. Sembako is goods at an e-warong, cash from the same agents or at the
post office, or rice through the kelurahan. The rules take the rows whom an agent serves; the agent decides how many.
"""

from __future__ import annotations

import numpy as np

from simulation.compiled import rule
from simulation.context import Now
from simulation.households import LISTS
from simulation.randomness import Luck, uniform, uniforms
from simulation.rows import rows_where

_FINE = 2.0**-32
"""Second word of an order of arrival: with it no two families come at the same moment."""


def load_accounts(now: Now) -> None:
    """Put this month's credits on accounts and cards; take back what stayed untouched for three of its stages."""
    hh = now.hh
    hh.cash_received_idr[:] = 0
    hh.goods_received_idr[:] = 0
    for programme in LISTS:
        names = ("credited_idr", "balance_idr", "collected", "idle_stages")
        columns = {name: hh[f"{programme}_{name}"] for name in names}
        back = now.apply(load, rows=rows_where(columns["credited_idr"] > 0), **columns)
        getattr(now.ledger, programme).forfeit_paid(back)
        now.tally.add("forfeited_idr", back)


@rule
def load(rows, credited_idr, balance_idr, collected, idle_stages, idle_stages_before_return):
    """Load what a programme has paid, and take back what its payments have met untouched too often.

    There is no branch, because nothing foretells which family left its money untouched.

    Returns
    -------
    Rupiah taken back.
    """
    total = 0
    for row in rows:
        untouched = balance_idr[row]
        idle = idle_stages[row] + (untouched > 0)
        back = untouched if idle >= idle_stages_before_return else 0
        idle_stages[row] = 0 if back > 0 else idle
        balance_idr[row] = untouched - back + credited_idr[row]
        collected[row] = False
        total += back
    return total


def who_comes(now: Now, balance_idr: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the families with money who come for it this month, and the moment in which each arrives."""
    rows = rows_where(balance_idr > 0)
    coming, first, second, _ = now.lanes_of(Luck.COLLECTING, rows)
    come = now.apply(decide_to_come, rows=rows, luck=coming)
    came = rows_where(come)
    return rows[came], first[came] + second[came] * _FINE


@rule
def decide_to_come(rows, luck, active, idle_prone, idle_prone_rate):
    """Decide who comes; families that seldom use an account mostly stay away, those who left always do."""
    come = np.zeros(rows.size, np.bool_)
    for place in range(rows.size):
        row = rows[place]
        come[place] = active[row] & ~(idle_prone[row] & (luck[place] < idle_prone_rate))
    return come


@rule
def withdraw_cash(
    rows, balance_idr, collected, fee_share, fee_idr, instead_of_goods, sembako_value_share, bad_quality, long_wait,
    idle_stages, received_idr, luck_id, seed, month,
):  # fmt: skip
    """Pay out whole balances in cash; some families pay an unofficial fee.

    Returns
    -------
    Rupiah that reached the families.
    """
    total = 0
    for row in rows:
        fee = 0
        if fee_share > 0 and uniform(seed, Luck.TRANSACTION, month, luck_id[row], 1) < fee_share:
            fee = fee_idr
        received = max(balance_idr[row] - fee, 0)
        if instead_of_goods:
            bad_quality[row] = False
            long_wait[row] = False
            sembako_value_share[row] = received / balance_idr[row]
        received_idr[row] += received
        total += received
        balance_idr[row] = 0
        collected[row] = True
        idle_stages[row] = 0
    return total


@rule
def choose_agents(
    rows, luck, nearest, minutes, agent_queue, agent_value, agent_bad_quality,
    choice_minutes_per_queue, choice_minutes_per_value, choice_minutes_bad_quality, choice_noise_share,
):  # fmt: skip
    """Choose one of the three nearest e-warong: minutes on the way, queue and value last time, poor quality.

    Returns
    -------
    Number of the chosen agent for each of ``rows``.
    """
    chosen = np.empty(rows.size, np.int64)
    options = nearest.shape[1]
    queue, value = choice_minutes_per_queue * agent_queue, choice_minutes_per_value * agent_value
    poor = choice_minutes_bad_quality * agent_bad_quality
    for place in range(rows.size):
        row = rows[place]
        best, lowest = np.uint32(0), np.inf
        for option in range(options):
            agent = np.uint32(nearest[row, option])  # unsigned, because indices below zero would be looked for
            burden = minutes[row, option] + queue[agent] - value[agent] + poor[agent]
            is_better = burden < lowest
            best, lowest = agent if is_better else best, burden if is_better else lowest
        if luck[0, place] < choice_noise_share:
            best = nearest[row, min(int(luck[1, place] * options), options - 1)]
        chosen[place] = best
    return chosen


@rule
def queue_up(chosen, arrival_order, customers):
    """Return each family's place in the queue of its agent, the first 0, and count the customers of every agent."""
    queue_place = np.empty(chosen.size, np.int64)
    for place in arrival_order:
        queue_place[place] = customers[chosen[place]]
        customers[chosen[place]] += 1
    return queue_place


@rule
def sell_goods(
    rows, chosen, queue_place, luck, served, unhurried, short_depth, short_frequency, bad_quality_share, inspected,
    sembako_balance_idr, sembako_collected, sembako_value_share, agent, long_wait, bad_quality, sembako_idle_stages,
    goods_received_idr, informed, informed_shield, inspected_shield, short_depth_spread,
):  # fmt: skip
    """Sell goods for whole balances to the first of every agent's queue; some get less than they pay for.

    Parameters
    ----------
    rows, chosen, queue_place, luck : families, the agent of each, the place in the queue there, and four uniforms.
    served, unhurried : families that each agent serves, and serves without a long wait.
    short_depth, short_frequency, bad_quality_share, inspected : of each agent.

    Returns
    -------
    paid, received, shorted : by agent, rupiah taken from cards, value handed over, families who got less.
    """
    paid, received, shorted = np.zeros((3, served.size), np.int64)
    shield = np.where(inspected, 1 - inspected_shield, 1.0)
    for place in range(rows.size):
        row, number = rows[place], chosen[place]
        if queue_place[place] >= served[number]:
            continue
        chance = short_frequency[number] * (1 - informed_shield * informed[row]) * shield[number]
        less = min(short_depth[number] * (1 + short_depth_spread * (2 * luck[1, place] - 1)), 1.0)
        is_short = luck[0, place] < chance
        loss = less if is_short else 0.0
        value = int(round(sembako_balance_idr[row] * (1 - loss)))
        shorted[number] += is_short
        paid[number] += sembako_balance_idr[row]
        received[number] += value
        sembako_value_share[row] = 1 - loss
        goods_received_idr[row] += value
        sembako_balance_idr[row] = 0
        sembako_collected[row] = True
        sembako_idle_stages[row] = 0
        agent[row] = number
        long_wait[row] = queue_place[place] >= unhurried[number]
        bad_quality[row] = luck[2, place] < bad_quality_share[number]
    return paid, received, shorted


def share_rice(now: Now) -> None:
    """Hand out Sembako in kind through the kelurahan: some is diverted on the way, some is shared among neighbours."""
    rts = now.places.rts
    diverted, shared = now.apply(draw_rt_norms, rts=rts)
    informed = np.bincount(now.hh.rt, now.hh.informed & now.hh.in_sembako, minlength=rts)
    enrolled = np.maximum(np.bincount(now.hh.rt, now.hh.in_sembako, minlength=rts), 1)
    diverted *= 1 - now.assumptions.claim_strength * informed / enrolled
    tranche = np.bincount(now.hh.rt, now.hh.sembako_balance_idr * now.hh.active, minlength=rts)
    asking = now.apply(who_asks)
    parts = np.bincount(now.hh.rt, asking & now.hh.active, minlength=rts)
    pot = tranche * (1 - diverted) * shared / np.maximum(parts, 1)
    pot[parts == 0] = 0.0
    received, passed = now.apply(hand_out_rice, asking=asking, diverted=diverted, shared=shared, part_idr=pot)
    now.tally.add("goods_shared_idr", passed)
    now.tally.add("goods_diverted_idr", int(tranche.sum()) - received - passed)


@rule
def draw_rt_norms(rts, seed, month, diversion_none_share, sharing_none_share, sharing_all_share):
    """Draw what is diverted before each RT this time, and the lasting norm of how much is shared inside it.

    The diverted share is zero or Beta(2, 4), drawn as the second smallest of five uniforms.
    """
    diverted = np.zeros(rts)
    shared = np.zeros(rts)
    five = np.empty(5)
    for place in range(rts):
        u0, u1, u2, u3 = uniforms(seed, Luck.IN_KIND, month, place, 1)
        if u0 >= diversion_none_share:
            five[0], five[1], five[2] = u1, u2, u3
            five[3], five[4], _, _ = uniforms(seed, Luck.IN_KIND, month, place, 2)
            diverted[place] = np.sort(five)[1]
        v0, v1, _, _ = uniforms(seed, Luck.IN_KIND, 0, place, 3)
        if v0 >= sharing_none_share:
            shared[place] = 1.0 if v0 < sharing_none_share + sharing_all_share else v1
    return diverted, shared


@rule
def who_asks(active, in_sembako, luck_id, seed, month, asking_share):
    """Return who takes part where rice is shared: enrolled families, and neighbours who ask."""
    asking = np.zeros(active.size, np.bool_)
    for row in range(active.size):
        if active[row]:
            u = uniform(seed, Luck.IN_KIND, month, luck_id[row], 4)
            asking[row] = in_sembako[row] or u < asking_share
    return asking


@rule
def hand_out_rice(
    asking, diverted, shared, part_idr, rt, active, sembako_balance_idr, sembako_collected, sembako_value_share,
    goods_received_idr, sembako_idle_stages,
):  # fmt: skip
    """Give enrolled families what is left of their ration, and everybody who asks a part of what is shared.

    Returns
    -------
    received, passed : value that reached enrolled families, and that reached their neighbours.
    """
    received, passed = 0, 0
    for row in range(active.size):
        if not active[row]:
            continue
        ration = sembako_balance_idr[row]
        part = part_idr[rt[row]] if asking[row] else 0.0
        if ration > 0:
            value = int(ration * (1 - diverted[rt[row]]) * (1 - shared[rt[row]]) + part)
            sembako_value_share[row] = min(value / ration, 1.0)
            sembako_balance_idr[row] = 0
            sembako_collected[row] = True
            sembako_idle_stages[row] = 0
            received += value
        else:
            value = int(part)
            passed += value
        goods_received_idr[row] += value
    return received, passed
