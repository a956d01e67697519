"""Who is posted where: facilitators by caseload, e-warong by quota, and the tree of places."""

import math

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


def split(shares: list[float], total: int) -> list[int]:
    """Split a number into whole numbers in proportion, the largest remainders first."""
    exact = [share / sum(shares) * total for share in shares]
    parts = [math.floor(one) for one in exact]
    order = sorted(range(len(parts)), key=lambda place: parts[place] - exact[place])
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return parts


def post_pendamping(model) -> None:
    """Fill the posts that the caseload calls for and the budget pays, kecamatan by kecamatan."""
    families = [0] * len(KECAMATAN)
    for family in model.households:
        if family.in_pkh:
            families[KECAMATAN_OF[family.kelurahan]] += 1
    in_all = sum(families)
    wanted = max(round(in_all / model.policy.caseload_per_pendamping), 1) if in_all else 0
    posts = model.social_office.plan_operations(wanted)
    while len(model.pendamping) > posts:
        model.pendamping.pop().remove()
    while len(model.pendamping) < posts:
        number = len(model.pendamping)
        motivation = model.habit("motivation", number, model.assumptions.motivation_start)
        vacant_until = model.habit("vacant_until", number, model.month)
        model.pendamping.append(RefPendamping(model, number, motivation, vacant_until))
    if posts:
        homes = [k for k, count in enumerate(split(families, posts)) for _ in range(count)]
        for agent, home in zip(model.pendamping, homes, strict=True):
            agent.kecamatan = home


def share_out_caseloads(model, on_duty: list[RefPendamping]) -> None:
    """Share the PKH families out among those on duty, kecamatan by kecamatan, neighbours together.

    Where nobody is on duty, those of the nearest kecamatan in order take over.
    """
    staffed = sorted({agent.kecamatan for agent in on_duty})
    places = {kecamatan: [] for kecamatan in staffed}
    for family in model.households:
        family.pendamping = -1
        if family.in_pkh and staffed:
            own = KECAMATAN_OF[family.kelurahan]
            places[min(staffed, key=lambda kecamatan: abs(kecamatan - own))].append(family)
    for kecamatan, families in places.items():
        staff = [agent for agent in on_duty if agent.kecamatan == kecamatan]
        families.sort(key=lambda family: (KECAMATAN_OF[family.kelurahan], family.rt, family.luck_id))
        each, more = divmod(len(families), len(staff))
        first = 0
        for place, agent in enumerate(staff):
            last = first + each + (place < more)
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
    route = model.routes[homes[number]]
    x_km, y_km = model.doors[route[int(door * len(route))]]
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
