"""Who is posted where: facilitators by caseload, e-warong by quota, and the tree of places."""

import math
from bisect import bisect_left

import numpy as np

from simulation.geography import KECAMATAN, KELURAHAN
from simulation.randomness import Luck, normal_lanes, uniform_lanes

from .counters import RefEWarong
from .pendamping import RefPendamping

_NUMBER = {one.name: number for number, one in enumerate(KECAMATAN)}
KECAMATAN_OF = [_NUMBER[place.kecamatan] for place in KELURAHAN]


def kelurahan_shares(exponent: float) -> list[float]:
    """Return each kelurahan's share of the families: voters by kecamatan, inside it by area to a power."""
    areas = [place.area_km2**exponent for place in KELURAHAN]
    within = [sum(area for area, home in zip(areas, KECAMATAN_OF, strict=True) if home == k) for k in _NUMBER.values()]
    voters = [one.voters_2024 for one in KECAMATAN]
    return [area / within[home] * voters[home] / sum(voters) for area, home in zip(areas, KECAMATAN_OF, strict=True)]


def post_pendamping(model) -> None:
    """Fill the posts that the caseload calls for and the budget pays."""
    families = sum(family.in_pkh for family in model.households)
    wanted = max(round(families / model.policy.caseload_per_pendamping), 1) if families else 0
    posts = model.social_office.plan_operations(wanted)
    while len(model.pendamping) > posts:
        model.pendamping.pop().remove()
    while len(model.pendamping) < posts:
        number = len(model.pendamping)
        motivation, vacant_until = model.assumptions.motivation_start, model.month
        if model.month == 0:
            motivation = model.habit("motivation", number, motivation)
            vacant_until = model.habit("vacant_until", number, vacant_until)
        model.pendamping.append(RefPendamping(model, number, motivation, vacant_until))


def share_out_caseloads(model, on_duty: list[RefPendamping]) -> None:
    """Give every post the same stretch of neighbours, that of a vacant post in halves to those on either side."""
    families = []
    for family in model.households:
        family.pendamping = -1
        if family.in_pkh:
            families.append(family)
    families.sort(key=lambda family: (KECAMATAN_OF[family.kelurahan], family.rt, family.luck_id))
    first = 0
    for place, agent in enumerate(on_duty):
        last = len(families)
        if place + 1 < len(on_duty):
            between = agent.number + 1 + on_duty[place + 1].number
            last = between * len(families) // (2 * len(model.pendamping))
        agent.caseload = families[first:last]
        first = last
        for family in agent.caseload:
            family.pendamping = agent.number


def place_ewarong(model) -> None:
    """Have as many e-warong as the Sembako quota calls for."""
    wanted = max(round(model.ministry.quota("sembako") / model.policy.families_per_ewarong), 1)
    if wanted == len(model.ewarong):
        return
    while len(model.ewarong) > wanted:
        model.ewarong.pop().remove()
    homes = home_kelurahan(model, wanted)
    while len(model.ewarong) < wanted:
        model.ewarong.append(new_ewarong(model, len(model.ewarong), homes))
    for family in model.households:
        family.shops = None


def home_kelurahan(model, count: int) -> list[int]:
    """Return the kelurahan of each agent: the next goes where most families are for the agents there."""
    shares = kelurahan_shares(model.assumptions.settlement_density_exponent)
    agents, homes = [0] * len(shares), []
    for _ in range(count):
        homes.append(max(range(len(shares)), key=lambda place: shares[place] / (agents[place] + 0.5)))
        agents[homes[-1]] += 1
    return homes


def new_ewarong(model, number: int, homes: list[int]) -> RefEWarong:
    """Open an e-warong at the door of some family."""
    a, seed = model.assumptions, model.plan.city_seed
    one = np.array([number], np.uint32)
    door, tied, _, _ = uniform_lanes(seed, int(Luck.AGENT_TRAITS), 0, one, 0)[:, 0].tolist()
    money, hands, _, _ = normal_lanes(seed, int(Luck.AGENT_TRAITS), 1, one, 0)[:, 0].tolist()
    route, keys = model.routes[homes[number]], model.route_keys[homes[number]]
    lowest, highest = keys[0] >> 32, keys[-1] >> 32
    first = bisect_left(keys, lowest + int(door * (highest - lowest + 1)) << 32)
    x_km, y_km = model.doors[route[min(first, len(route) - 1)]]
    is_tied = tied < a.tied_share
    frequency = a.short_frequency_tied if is_tied else a.short_frequency_independent
    return RefEWarong(
        model,
        number,
        x_km=x_km,
        y_km=y_km,
        tied=is_tied,
        capital_idr=a.agent_capital_median_idr * math.exp(a.agent_capital_log_sd * money),
        families_per_day=a.agent_families_per_day * math.exp(0.2 * hands),
        short_depth=a.short_depth,
        short_frequency=model.habit("short_frequency", number, frequency),
        queue_last=model.habit("queue_last", number, 0.0),
        value_last=model.habit("value_last", number, 1 - a.short_depth * frequency),
    )


def nearest_agents(model, family) -> list[tuple[float, RefEWarong]]:
    """Return the agents that a family considers, each with the minutes on the way."""
    a = model.assumptions
    x_km, y_km = family.x_km, family.y_km
    far = [(math.hypot(agent.x_km - x_km, agent.y_km - y_km), agent.number) for agent in model.ewarong]
    far.sort()
    luck = model.draws.one(int(Luck.AGENT_CHOICE), family.luck_id, 1, month=0)[0]
    found = []
    for km, number in far[: a.choice_agents_considered]:
        walks = luck < math.exp(-km / a.walk_decay_km)
        speed = a.walk_km_per_hour if walks else a.motorcycle_km_per_hour
        minutes = a.travel_fixed_minutes + 60 * km * a.travel_detour_factor / speed
        found.append((minutes, model.ewarong[number]))
    return found
