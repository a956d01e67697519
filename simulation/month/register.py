"""Register: what the list believes about families, and how it is put right, or is not.

Records age by themselves. They are renewed by matching with the civil registry (late), by proposals that families and
kelurahan make, by visits, and by an enumeration of the whole city where one is ordered.
"""

from __future__ import annotations

import numpy as np

from simulation.compiled import rule
from simulation.context import Now
from simulation.households import Barred
from simulation.month.proposals import propose
from simulation.month.records import (
    adopt_new_cards,
    change_regime,
    enumerate_city,
    is_enumeration_due,
    monthly_chance,
)
from simulation.randomness import Luck, uniform_lanes
from simulation.rows import rows_where


def register(now: Now, information_share: float = 1.0, *, operators_paid: bool = True) -> None:
    """Let the registry learn, forget and err for a month.

    ``information_share`` of the information work is paid for; an enumeration takes operators who are paid in full.
    """
    hh, policy = now.hh, now.policy
    if now.tally["disaster_hit_families"]:
        hh.address_ok[hh.damaged_month == now.month] = False
    if policy.registry_regime != now.standing.regime:
        change_regime(now)
    if is_enumeration_due(now) and operators_paid:
        enumerate_city(now)
    knowing, proposing, removing, doubling = now.lanes(Luck.REGISTER)
    rt_informed, rt_rank = now.apply(look_around, rts=now.places.rts)
    _match(now)
    now.apply(
        clean_list,
        removal_luck=removing,
        double_luck=doubling,
        listed_after_removal=policy.registry_regime == "dtsen",
        rt_rank=rt_rank,
    )
    if policy.registry_regime == "dtsen":
        adopt_new_cards(now)
    reach = policy.information_reach_share * information_share
    now.apply(spread_information, luck=knowing, rt_informed=rt_informed, information_reach_share=reach)
    meetings_only = now.assumptions.proposals_without_applications_share
    open_share = 1.0 if policy.on_demand_applications else meetings_only
    now.apply(propose, luck=proposing, open_share=open_share)


def _match(now: Now) -> None:
    """Hold records of leavers and double records against the civil registry."""
    chance = monthly_chance(now, "match_reach_per_year")
    now.tally.add("matched_records", now.apply(match_civil_registry, match_hazard=chance))


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
    known = np.empty(active.size, np.bool_)
    for row in range(active.size):
        since = record_month[row] if active[row] else departed_month[row]
        faulty = listed[row] & ((not active[row]) | duplicate[row])
        known[row] = faulty & (month - since >= civil_registry_lag_months)
    rows = rows_where(known)
    rows = rows[uniform_lanes(seed, Luck.MATCHING, month, luck_id[rows])[0] < match_hazard]
    for row in rows:
        duplicate[row] = False
        listed[row] = active[row]
    return rows.size


@rule
def clean_list(
    removal_luck, double_luck, active, listed, barred, barred_month, welfare_rank, in_pkh, in_sembako, rt,
    rt_rank, month, listed_after_removal, duplicate, duplicate_arising_per_year, objections_per_month,
    objection_upheld_share, resentment_rank_gap, removal_ineligible_per_year, removal_rule_per_year,
    removal_rule_above_rank,
):  # fmt: skip
    """Strike families found ineligible, the better off more often: civil servants, high wages, own wish.

    Some records come to exist twice. Neighbours object to recipients
    who are visibly better off than their RT (sanggah); some objections are upheld.
    """
    objected = objections_per_month * objection_upheld_share
    highest = (removal_ineligible_per_year * 2 + removal_rule_per_year) / 12 + objected
    doubling = duplicate_arising_per_year / 12
    concerned = np.empty(listed.size, np.bool_)
    for row in range(listed.size):
        lucky = (removal_luck[row] >= highest) & (double_luck[row] >= doubling)
        concerned[row] = listed[row] & active[row] & (barred[row] == Barred.NO) & (not lucky)
    for row in rows_where(concerned):
        rank = welfare_rank[row]
        hazard = removal_ineligible_per_year * 2 * rank + removal_rule_per_year * (rank > removal_rule_above_rank)
        hazard /= 12
        visibly_better_off = rank > rt_rank[rt[row]] + resentment_rank_gap
        if (in_pkh[row] | in_sembako[row]) & visibly_better_off:
            hazard += objected
        if double_luck[row] < doubling:
            duplicate[row] = True
        if removal_luck[row] < hazard:
            barred[row] = Barred.INELIGIBLE
            barred_month[row] = month
            listed[row] = listed_after_removal


@rule
def look_around(rts, active, rt, informed, welfare_rank):
    """Return, for each RT, the share of families who know their entitlement, and the mean rank of welfare.

    Neighbours mostly stand in a row, so an RT's sums are put down where another RT begins and not with every family.
    """
    families, knowing, rank = np.zeros(rts, np.int64), np.zeros(rts, np.int64), np.zeros(rts)
    here, living, informed_here, ranks = 0, 0, 0, 0.0
    for row in range(active.size):
        place = rt[row]
        if place != here:
            families[here], knowing[here], rank[here] = living, informed_here, ranks
            living, informed_here, ranks = families[place], knowing[place], rank[place]
            here = place
        living += active[row]
        informed_here += active[row] & informed[row]
        ranks += welfare_rank[row] * active[row]
    families[here], knowing[here], rank[here] = living, informed_here, ranks
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
    neighbours = np.minimum(rt_informed / max(reach, 1e-9), 3.0)
    weight = 1 - information_from_neighbours_share + information_from_neighbours_share * neighbours
    learning = information_forget_per_month * reach / (1 - reach) * weight
    widest = max(information_forget_per_month, learning.max())
    concerned = np.empty(active.size, np.bool_)
    for row in range(active.size):
        concerned[row] = active[row] & (luck[row] < widest)
    for row in rows_where(concerned):
        keeps = luck[row] >= information_forget_per_month
        learns = luck[row] < learning[rt[row]]
        informed[row] = keeps if informed[row] else learns
