"""How many pendamping and e-warong there are, and where: what caseload and quota call for."""

from __future__ import annotations

import mesa
import numpy as np

from simulation.agents.acting import AgentPlaces
from simulation.agents.ewarong import EWarong
from simulation.agents.pendamping import Pendamping
from simulation.city.places import kelurahan_shares
from simulation.context import Now, Places
from simulation.month.select import quota_of
from simulation.randomness import Luck, normal_lanes, uniform_lanes


def post_pendamping(model: mesa.Model, now: Now) -> None:
    """Fill the posts that the caseload calls for and the budget pays."""
    staff = model.pendamping
    wanted = posts_for(now.rows("pkh").size, now.policy.caseload_per_pendamping)
    posts = model.social_office.plan_operations(now, wanted)
    while len(staff) > posts:
        staff.pop().remove()
    while len(staff) < posts:
        staff.append(_hire(model, len(staff), now))


def posts_for(families: int, caseload: float) -> int:
    """Return the facilitators for so many families: whole people, one at the least."""
    return max(round(families / caseload), 1) if families else 0


def _hire(model: mesa.Model, number: int, now: Now) -> Pendamping:
    """Hire for a post: in the first month who held it before the start, as motivated as then; later somebody new."""
    motivation = model.habits.get("motivation", ())
    vacant = model.habits.get("vacant_until", ())
    known = model.now is None and number < len(motivation)
    return Pendamping(
        model,
        number,
        float(motivation[number]) if known else now.assumptions.motivation_start,
        int(vacant[number]) if known else now.month,
    )


def place_ewarong(model: mesa.Model, now: Now) -> None:
    """Open or close e-warong until there is one for so many Sembako families, one at the least."""
    wanted = max(round(quota_of(now, "sembako") / now.policy.families_per_ewarong), 1)
    if wanted == len(model.ewarong):
        return
    while len(model.ewarong) > wanted:
        model.ewarong.pop().remove()
    numbers = np.arange(len(model.ewarong), wanted)
    for number, traits in zip(numbers, _traits(model, now, numbers), strict=True):
        model.ewarong.append(EWarong(model, int(number), **traits))
    model.agent_places = AgentPlaces(model.ewarong, model.hh.rows, now.assumptions.choice_agents_considered)


def _traits(model: mesa.Model, now: Now, numbers: np.ndarray) -> list[dict[str, float]]:
    """Draw what each agent is like, and where: kelurahan in turn by their families, at a family's door."""
    assumptions = now.assumptions
    u = uniform_lanes(model.plan.city_seed, int(Luck.AGENT_TRAITS), 0, numbers.astype(np.uint32))
    z = normal_lanes(model.plan.city_seed, int(Luck.AGENT_TRAITS), 1, numbers.astype(np.uint32))
    home = _homes(assumptions, numbers)
    row = _first_of_rt(now.places, home, u[0])
    tied = u[1] < assumptions.tied_share
    frequency = np.where(tied, assumptions.short_frequency_tied, assumptions.short_frequency_independent)
    capital = assumptions.agent_capital_median_idr * np.exp(assumptions.agent_capital_log_sd * z[0])
    habits = model.habits
    return [
        {
            "x_km": float(model.hh.x_km[row[place]]),
            "y_km": float(model.hh.y_km[row[place]]),
            "kelurahan": int(home[place]),
            "capital_idr": float(capital[place]),
            "tied": bool(tied[place]),
            "families_per_day": float(assumptions.agent_families_per_day * np.exp(0.2 * z[1, place])),
            "short_depth": float(assumptions.short_depth),
            "short_frequency": _habit(habits, "short_frequency", number, frequency[place]),
            "queue_last": _habit(habits, "queue_last", number, 0.0),
            "value_last": _habit(habits, "value_last", number, 1.0 - assumptions.short_depth * frequency[place]),
        }
        for place, number in enumerate(numbers)
    ]


def _first_of_rt(places: Places, home: np.ndarray, luck: np.ndarray) -> np.ndarray:
    """Return the first family of an RT of each kelurahan ``home``, the RT chosen by luck."""
    begin, end = places.route_start[home], places.route_start[home + 1]
    lowest, highest = places.route_key[begin] >> 32, places.route_key[end - 1] >> 32
    rt = lowest + (luck * (highest - lowest + 1)).astype(np.int64)
    return places.route[np.minimum(np.searchsorted(places.route_key, rt << 32), end - 1)]


def _homes(assumptions, numbers: np.ndarray) -> np.ndarray:
    """Return the kelurahan of each agent: the next always goes where most families are for the agents there."""
    shares = kelurahan_shares(assumptions.settlement_density_exponent)
    agents = np.zeros(shares.size)
    homes = np.empty(int(numbers.max(initial=-1)) + 1, np.int64)
    for number in range(homes.size):
        homes[number] = np.argmax(shares / (agents + 0.5))
        agents[homes[number]] += 1
    return homes[numbers]


def _habit(habits: dict[str, np.ndarray], name: str, number: int, otherwise: float) -> float:
    known = habits.get(name, ())
    return float(known[number]) if number < len(known) else float(otherwise)
