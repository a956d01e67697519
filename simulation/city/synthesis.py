"""The families of the city, synthesised from sourced margins: place, welfare, members, traits.

Every row gets all its attributes from its own luck, spare rows too, so that a newcomer is the same family whenever the
run ends and whatever the policy.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from scipy.special import ndtri

from simulation.city.places import KECAMATAN_OF_KELURAHAN, kelurahan_shares, settle
from simulation.city.surveyed import adopt, count_known_members
from simulation.compiled import rule
from simulation.geography import KECAMATAN
from simulation.households import COMPONENTS, SLOW_STEP_MONTHS, Households
from simulation.microdata.donors import Donors
from simulation.parameters import LEVERS
from simulation.randomness import Luck, normal_lanes, uniform_lanes, uniforms

AGE_GROUPS = ("young_children", "sd_pupils", "smp_pupils", "sma_pupils", "adults", "elderly")
_LARGEST_FAMILY = 14
_LOG_SPREAD = 0.66
"""Standard deviation of log consumption that goes with one of the index (evidence P2-09)."""
_RECORDED_SHARE = {
    "pregnant": "recorded_share_pregnancy",
    "young_children": "recorded_share_early_child",
    "sd_pupils": "recorded_share_school",
    "smp_pupils": "recorded_share_school",
    "sma_pupils": "recorded_share_school",
    "elderly": "recorded_share_elderly",
    "disabled": "recorded_share_elderly",
}


def synthesise(
    luck_ids: np.ndarray, residents: int, seed: int, assumptions: Mapping, donors: Donors | None = None
) -> Households:
    """Return the families of these numbers; those below ``residents`` live there when history begins.

    The same seed and assumptions give a family the same bits, whichever others are asked for. With ``donors`` each is a
    household of a survey, as far as the survey tells; the rest is synthesised all the same.
    """
    hh = Households.empty(luck_ids.size)
    hh.luck_id[:] = luck_ids
    hh.turn[:] = luck_ids % SLOW_STEP_MONTHS
    kelurahan_of_rt = settle(hh, residents, seed, assumptions)
    give_welfare(hh, kelurahan_of_rt, seed, assumptions)
    if donors is None:
        draw_sizes(hh, seed, assumptions)
        known = np.zeros(hh.rows, np.int64)
    else:
        known = count_known_members(hh, donors, adopt(hh, donors, assumptions))
    groups_known = () if donors is None else tuple(donors.members)
    give_members(hh, hh.size - known, seed, assumptions, groups_known)
    give_traits(hh, seed, assumptions)
    hh.active[:] = luck_ids < residents
    return hh


def give_welfare(hh: Households, kelurahan_of_rt: np.ndarray, seed: int, assumptions: Mapping) -> None:
    """Draw the three parts of latent welfare, clustered by neighbourhood and kecamatan."""
    rts = np.arange(kelurahan_of_rt.size, dtype=np.uint32)
    rt_luck = normal_lanes(seed, int(Luck.RT_WELFARE), 0, rts)
    effect = _kecamatan_effect(assumptions)
    district = effect[KECAMATAN_OF_KELURAHAN[kelurahan_of_rt]]
    between = np.sum(kelurahan_shares(assumptions["settlement_density_exponent"]) * effect[KECAMATAN_OF_KELURAHAN] ** 2)
    within = assumptions["seen_rt_share"] - between
    hh.rt_seen[:] = (district + np.sqrt(max(within, 0.0)) * rt_luck[0])[hh.rt]
    hh.rt_unseen[:] = (np.sqrt(assumptions["unseen_rt_share"]) * rt_luck[1])[hh.rt]
    own = normal_lanes(seed, int(Luck.CITY_WELFARE), 0, hh.luck_id)
    hh.own_seen[:], hh.own_unseen[:], hh.transitory[:] = own[0], own[1], own[2]
    hh.seen_welfare[:] = hh.rt_seen + np.sqrt(1 - assumptions["seen_rt_share"]) * hh.own_seen


def _kecamatan_effect(assumptions: Mapping) -> np.ndarray:
    """Return the kecamatan's mean of seen welfare: low where PKH families are many for the voters."""
    voters = np.array([kecamatan.voters_2024 for kecamatan in KECAMATAN], float)
    pkh = np.array([kecamatan.pkh_families_2021 for kecamatan in KECAMATAN], float)
    effect = assumptions["kecamatan_gradient"] * np.log(pkh / voters / (pkh.sum() / voters.sum()))
    return effect - np.average(effect, weights=voters)


def draw_sizes(hh: Households, seed: int, assumptions: Mapping) -> None:
    """Draw family size, larger where welfare is low."""
    unseen = hh.rt_unseen + np.sqrt(1 - assumptions["unseen_rt_share"]) * hh.own_unseen
    shares = assumptions["welfare_share_unseen"], assumptions["welfare_share_transitory"]
    rest = (np.sqrt(shares[0]) * unseen + np.sqrt(shares[1]) * hh.transitory) / np.sqrt(sum(shares))
    by_seen, by_rest = assumptions["size_gradient_seen"], assumptions["size_gradient_rest"]
    tilt = np.exp(by_seen * hh.seen_welfare + by_rest * rest - (by_seen**2 + by_rest**2) / 2)
    mean_others = (assumptions["mean_family_size"] - 1) * tilt
    count_members(uniform_lanes(seed, int(Luck.CITY_MEMBERS), 0, hh.luck_id)[0], mean_others, hh.size)


def give_members(
    hh: Households, members: np.ndarray, seed: int, assumptions: Mapping, known: Collection[str] = ()
) -> None:
    """Draw the age group of so many members of each family, none of the ``known`` groups, and their conditions."""
    head, member = _age_shares(assumptions, known)
    groups = [hh[name] for name in AGE_GROUPS]
    draw_ages(seed, hh.luck_id, members, head, member, *groups)
    draw_conditions(
        seed, hh.luck_id, hh.size, hh.adults, hh.disabled, hh.pregnant,
        assumptions["severe_disability_share"], assumptions["pregnancy_per_year"],
    )  # fmt: skip


def _age_shares(assumptions: Mapping, known: Collection[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return cumulative age shares of the head and of other members that together meet the city's age structure.

    Groups that are known already get nobody.
    """
    names = ("early_child", "sd", "smp", "sma", "elderly")
    young, sd, smp, sma, elderly = (assumptions[f"age_share_{name}"] for name in names)
    shares = np.array([young, sd, smp, sma, 1 - young - sd - smp - sma - elderly, elderly])
    old_heads = 0.0 if "elderly" in known else assumptions["elderly_head_share"]
    head = np.array([0, 0, 0, 0, 1 - old_heads, old_heads])
    member = np.maximum(shares * assumptions["mean_family_size"] - head, 0)
    member[[name in known for name in AGE_GROUPS]] = 0
    return np.cumsum(head), np.cumsum(member / member.sum())


@rule
def count_members(luck, mean_others, size):
    """Count the members of each family: a head, and as many others as the Poisson quantile of its luck, up to a limit.

    Written out because the library's quantile costs a fifth of a second for the newcomers of five years.
    """
    for row in range(size.size):
        others = 0
        chance = np.exp(-mean_others[row])
        reached = chance
        while luck[row] > reached and others < _LARGEST_FAMILY - 1:
            others += 1
            chance *= mean_others[row] / others
            reached += chance
        size[row] = 1 + others


@rule
def draw_ages(seed, luck_id, size, head, member, young_children, sd_pupils, smp_pupils, sma_pupils, adults, elderly):
    """Draw the age group of each member: the head is grown up, the others follow the city's age structure."""
    for row in range(size.size):
        for number in range(size[row]):
            u = uniforms(seed, Luck.CITY_MEMBERS, 1, luck_id[row], number)[0]
            group = np.searchsorted(head if number == 0 else member, u)
            if group == 0:
                young_children[row] += 1
            elif group == 1:
                sd_pupils[row] += 1
            elif group == 2:
                smp_pupils[row] += 1
            elif group == 3:
                sma_pupils[row] += 1
            elif group == 4:
                adults[row] += 1
            else:
                elderly[row] += 1


@rule
def draw_conditions(
    seed, luck_id, size, adults, disabled, pregnant, severe_disability_share, pregnancy_per_year
):  # fmt: skip
    """Draw who is severely disabled and whether somebody is pregnant, and for how long."""
    for row in range(size.size):
        u, v, w, _ = uniforms(seed, Luck.CITY_MEMBERS, 2, luck_id[row])
        disabled[row] = 1 if u < 1 - (1 - severe_disability_share) ** size[row] else 0
        if adults[row] > 0 and v < pregnancy_per_year * 9 / 12:
            pregnant[row] = 1 + int(w * 9)


def give_traits(hh: Households, seed: int, assumptions: Mapping) -> None:
    """Draw what lasts: how neighbours see the family, errors of its record, connections, its bank."""
    first = normal_lanes(seed, int(Luck.CITY_TRAITS), 0, hh.luck_id)
    hh.self_view[:] = first[0]
    hh.record_error[:] = np.sqrt(1 / assumptions["record_reliability"] - 1) * first[1]
    hh.formula_direction[:] = first[2]
    loading = _connected_loading(assumptions)
    closeness = loading * hh.seen_welfare + np.sqrt(1 - loading**2) * first[3]
    hh.connected[:] = closeness > ndtri(1 - assumptions["connected_share"])
    second = uniform_lanes(seed, int(Luck.CITY_TRAITS), 1, hh.luck_id)
    banks = [assumptions[f"bank_share_{name}"] for name in ("bri", "bni", "mandiri", "btn")]
    hh.bank[:] = np.searchsorted(np.cumsum(banks) / sum(banks), second[0])
    hh.idle_prone[:] = second[1] < assumptions["idle_share"] / assumptions["idle_prone_rate"]
    hh.informed[:] = second[2] < LEVERS["information_reach_share"].default
    hh.judgement_noise[:], hh.meeting_noise[:] = normal_lanes(seed, int(Luck.JUDGEMENT), 0, hh.luck_id)[:2]
    hh.lottery[:], hh.application_luck[:] = uniform_lanes(seed, int(Luck.SELECTION), 0, hh.luck_id)[:2]
    for block in range(2):
        lanes = uniform_lanes(seed, int(Luck.RECORDED_COMPONENTS), 0, hh.luck_id, block)
        for lane, name in enumerate(COMPONENTS[4 * block : 4 * block + 4]):
            share = assumptions[_RECORDED_SHARE[name]]
            hh.recordable[:] |= np.where(lanes[lane] < share, 1 << (4 * block + lane), 0).astype(np.int16)


def _connected_loading(assumptions: Mapping) -> float:
    """Return how much seen welfare makes for connections, so that connected families are richer by the share found."""
    tail = assumptions["connected_share"]
    threshold = ndtri(1 - tail)
    density = np.exp(-(threshold**2) / 2) / np.sqrt(2 * np.pi)
    gap = density / tail + density / (1 - tail)
    return assumptions["connected_richer_log"] / (_LOG_SPREAD * np.sqrt(assumptions["welfare_share_seen"]) * gap)


def first_index(hh: Households, assumptions: Mapping) -> np.ndarray:
    """Return the index of the families as they are drawn, from which the ranks are tabulated."""
    seen = hh.seen_welfare
    unseen = hh.rt_unseen + np.sqrt(1 - assumptions["unseen_rt_share"]) * hh.own_unseen
    noise = np.sqrt(assumptions["welfare_share_unseen"]) * unseen
    noise += np.sqrt(assumptions["welfare_share_transitory"]) * hh.transitory
    index = np.sqrt(assumptions["welfare_share_seen"]) * seen
    if assumptions["welfare_tails"] == "normal":
        return index + noise
    spread = np.clip(
        1 - assumptions["index_heteroskedasticity"] * seen,
        assumptions["index_spread_floor"],
        assumptions["index_spread_ceiling"],
    )
    return index + assumptions["index_convexity"] * (seen**2 - 1) + spread * noise
