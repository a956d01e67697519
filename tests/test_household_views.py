"""Families as Mesa agents: every question that a set of agents can be asked, against Mesa's own set of plain agents."""

import copy
import pickle
from random import Random

import mesa
import numpy as np
import pytest
from mesa.agent import Agent, AgentSet

from simulation.agents.bank import Bank
from simulation.agents.household import Household
from simulation.agents.views import CitySet, HouseholdSet
from simulation.households import COLUMNS
from simulation.model import AssistanceModel
from simulation.scenario import load_scenario

NAMES = [column.name for column in COLUMNS]


def make_city(months: int = 0) -> AssistanceModel:
    city = AssistanceModel(load_scenario("baseline", scale=0.01, months=6))
    for _ in range(months):
        city.step()
    return city


@pytest.fixture(scope="module")
def city() -> AssistanceModel:
    """Return a city that no test changes."""
    return make_city(months=2)


class Twin(Agent):
    """A plain agent with a family's columns as attributes."""

    def __init__(self, model: mesa.Model, row: int, values: dict) -> None:
        super().__init__(model)
        self.row = row
        self.__dict__.update(values)

    def grow(self, by: int = 1) -> int:
        self.size += by
        return self.size


def grow(family: Agent, by: int = 1) -> int:
    family.size += by
    return family.size


class Flat(mesa.Model):
    """Mesa's own way: an object for each family of a city."""

    def __init__(self, city: AssistanceModel) -> None:
        super().__init__(rng=1)
        for row in np.flatnonzero(city.hh.active).tolist():
            Twin(self, row, {name: city.hh[name][row].item() for name in NAMES})


@pytest.fixture(scope="module")
def flat(city: AssistanceModel) -> Flat:
    return Flat(city)


def rows(agents) -> list[int]:
    return [agent.row for agent in agents]


def called(agents, ask) -> list[int]:
    """Return the rows on which a set calls a function, in order."""
    seen = []
    ask(agents, lambda agent, *more, **named: seen.append((agent.row, more, tuple(named))))
    return seen


def selected(agents, **how) -> tuple[list[int], list[int], list[int]]:
    """Return the selection, who was asked for it, and what is left in the set."""
    asked = []

    def large(agent) -> bool:
        asked.append(agent.row)
        return agent.size > 4

    chosen = agents.select(large, **how)
    return rows(chosen), asked, rows(agents)


def members_after_a_change(agents) -> list[bool]:
    few = agents.select(at_most=50)
    before = list(few)
    inside = [agent in few for agent in before]
    few.select(lambda agent: agent.size > 4, inplace=True)
    return inside + [agent in few for agent in before]


QUESTIONS = {
    "len": len,
    "iter": rows,
    "first": lambda s: s[0].row,
    "last": lambda s: s[-1].row,
    "slice": lambda s: rows(s[5:300:7]),
    "reversed": lambda s: rows(reversed(s))[:20] if isinstance(s, HouseholdSet) else rows(s)[::-1][:20],
    "contains": lambda s: [agent in s for agent in list(s)[:9]] + [None in s, 3 in s],
    "contains_after_a_change": members_after_a_change,
    "index": lambda s: (s.index(s[40]), s.index(s[40], 10), s.index(s[40], 10, 50), s.count(s[40]), s.count(1)),
    "copy": lambda s: rows(copy.copy(s)),
    "select_all": lambda s: rows(s.select()),
    "select_self": lambda s: s.select(inplace=True) is s,
    "select_filter": selected,
    "select_few": lambda s: selected(s, at_most=3),
    "select_none": lambda s: selected(s, at_most=0),
    "select_fraction_of_two": lambda s: selected(s, at_most=2.5),
    "select_share": lambda s: selected(s, at_most=0.01),
    "select_inplace": lambda s: selected(s, at_most=5, inplace=True),
    "select_inplace_self": lambda s: s.select(lambda agent: agent.size > 4, inplace=True) is s,
    "select_first": lambda s: rows(s.select(at_most=7)),
    "select_first_share": lambda s: rows(s.select(at_most=0.1)),
    "select_of_type": lambda s: rows(s.select(agent_type=(Household, Twin), at_most=4)),
    "select_banks": lambda s: rows(s.select(agent_type=Bank)),
    "shuffle": lambda s: rows(s.shuffle()),
    "shuffle_keeps": lambda s: (s.shuffle() is s, rows(s)),
    "shuffle_inplace": lambda s: (s.shuffle(inplace=True) is s, rows(s)),
    "sort": lambda s: rows(s.sort("record_score")),
    "sort_ascending": lambda s: rows(s.sort("record_score", ascending=True)),
    "sort_ties": lambda s: rows(s.sort("kelurahan")),
    "sort_ties_ascending": lambda s: rows(s.sort("size", ascending=True)),
    "sort_by_row": lambda s: rows(s.sort("row")),
    "sort_by_function": lambda s: rows(s.sort(lambda agent: (agent.size, -agent.row))),
    "sort_inplace": lambda s: (s.sort("size", inplace=True) is s, rows(s)),
    "do_function": lambda s: called(s, lambda t, f: t.do(f, 3, by=2)),
    "do_returns": lambda s: s.do("step") is s,
    "shuffle_do": lambda s: called(s, lambda t, f: t.shuffle_do(f, 3, by=2)),
    "shuffle_do_returns": lambda s: (s.shuffle_do("step") is s, rows(s)),
    "map_method": lambda s: s.map("__getattribute__", "size"),
    "map_function": lambda s: s.map(lambda agent, by: agent.size * by, by=3),
    "agg_sum": lambda s: s.agg("size", sum),
    "agg_len": lambda s: s.agg("size", len),
    "agg_own": lambda s: s.agg("size", lambda values: values[0] + 126 + values[-1]),
    "agg_sum_of_numpy": lambda s: s.agg("size", np.sum),
    "agg_mean_of_small": lambda s: s.agg("x_km", np.mean),
    "agg_of_a_list": lambda s: s.agg("size", lambda values: values.count(2)),
    "agg_several": lambda s: s.agg("luck_id", [min, np.max, np.std]),
    "agg_by_object": lambda s: s.agg("row", np.sum),
    "get": lambda s: s.get("size"),
    "get_bool": lambda s: s.get("listed"),
    "get_types": lambda s: {type(value) for name in NAMES for value in s.get(name)},
    "get_several": lambda s: s.get(["size", "x_km", "row"]),
    "get_no_names": lambda s: s.get([]),
    "get_missing": lambda s: s.get("nothing", handle_missing="default", default_value=7),
    "get_some_missing": lambda s: s.get(["size", "nothing"], handle_missing="default", default_value=0),
    "groupby_counts": lambda s: list(s.groupby("size").count().items()),
    "groupby_sets": lambda s: {key: rows(group) for key, group in s.groupby("kelurahan")},
    "groupby_function": lambda s: list(s.groupby(lambda agent: agent.size > 3).count().items()),
    "groupby_lists": lambda s: {key: rows(group) for key, group in s.groupby("size", result_type="list")},
    "groupby_other": lambda s: list(s.groupby("row").count().items())[:3],
    "groupby_agg": lambda s: s.groupby("kelurahan").agg("size", sum),
    "groupby_agg_numpy": lambda s: s.groupby("kelurahan").agg("x_km", np.mean),
    "groupby_do": lambda s: len(s.groupby("size").do("do", "step")),
    "and": lambda s: rows(s.select(at_most=20) & s.select(lambda a: a.size > 2)),
    "or": lambda s: rows(s.select(at_most=5) | s.sort("size").select(at_most=5)),
    "minus": lambda s: rows(s.select(at_most=50) - s.select(at_most=20)),
    "xor": lambda s: sorted(rows(s.select(at_most=50) ^ s.sort("row").select(at_most=5))),
    "subset": lambda s: (s.select(at_most=5) <= s, s <= s.select(at_most=5), s == s.select(), s != s.select()),
    "disjoint": lambda s: s.select(at_most=5).isdisjoint(s.sort("row").select(at_most=5)),
}


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_a_set_of_families_answers_as_mesa_does(city, flat, name):
    ours = HouseholdSet(city, random=Random(5))
    plain = AgentSet(flat.agents, random=Random(5))
    assert QUESTIONS[name](ours) == QUESTIONS[name](plain)


WRONG = {
    "beyond": (IndexError, lambda s: s[10**6]),
    "no_number": (TypeError, lambda s: s["size"]),
    "stranger": (ValueError, lambda s: s.index(3)),
    "elsewhere": (ValueError, lambda s: s.index(s[40], 50)),
    "get": (AttributeError, lambda s: s.get("nothing")),
    "get_one_of_two": (AttributeError, lambda s: s.get(["size", "nothing"])),
    "get_wrongly": (ValueError, lambda s: s.get("size", handle_missing="ignore")),
    "agg": (AttributeError, lambda s: s.agg("nothing", sum)),
    "sort": (AttributeError, lambda s: s.sort("nothing")),
    "do": (AttributeError, lambda s: s.do("nothing")),
    "map": (AttributeError, lambda s: s.map("nothing")),
    "shuffle_do": (AttributeError, lambda s: s.shuffle_do("nothing")),
    "groupby": (AttributeError, lambda s: s.groupby("nothing")),
}


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_a_wrong_question_fails_as_in_mesa(city, flat, name):
    error, ask = WRONG[name]
    for agents in (HouseholdSet(city), AgentSet(flat.agents, random=Random(5))):
        with pytest.raises(error):
            ask(agents)


def test_changes_through_a_set_are_those_that_mesa_makes():
    city = make_city()
    flat = Flat(city)
    ours, plain = city.agents_by_type[Household], flat.agents
    for agents in (ours, plain):
        large = agents.select(lambda agent: agent.size > 3)
        assert large.set("self_view", 0.25) is large
        large.set("listed", False).do(grow, by=2)
        agents.map(grow)
    for name in ("self_view", "listed", "size"):
        assert ours.get(name) == plain.get(name)
        assert ours.get(name) == city.hh[name][city.hh.active].tolist()


def test_no_method_of_mesa_reads_a_store_that_is_not_there():
    resting_on_others = {"agg", "set"}
    for name in dir(AgentSet):
        owner = next((kind for kind in CitySet.__mro__ if name in vars(kind)), object)
        if name.startswith("__") and name not in ("__getstate__", "__setstate__", "__getitem__", "__iter__", "__len__"):
            continue
        if callable(getattr(AgentSet, name)) and name not in resting_on_others:
            assert not owner.__module__.startswith("mesa"), f"{name} is Mesa's own and would find no agents"


def test_columns_are_read_without_making_families(city, monkeypatch):
    families = city.agents_by_type[Household]
    few = families.select(at_most=10)

    def refuse(*_):
        raise AssertionError("a family was made")

    monkeypatch.setattr(Household, "__init__", refuse)
    groups = families.groupby("kelurahan")
    assert sum(groups.count().values()) == len(families) == sum(groups.agg("active", np.sum).values())
    assert families.agg("size", [sum, np.mean])[0] == city.hh.size[city.hh.active].sum()
    assert families.sort("size").get(["size", "rt"])[0][0] == city.hh.size[city.hh.active].max()
    assert len(families.shuffle().select(agent_type=Household, at_most=0.5)) == len(families) // 2
    few.copy().set("size", city.hh.size[few.rows[0]])
    with pytest.raises(AssertionError, match="was made"):
        families[0]


def test_who_leaves_and_who_comes():
    city = make_city()
    families, kept = city.agents_by_type[Household], city.agents_by_type[Household].copy()
    gone, spare = families[3], Household(city, city.hh.rows - 1)
    before = len(families)
    assert spare not in families
    assert repr(spare) == f"<Household {city.hh.rows - 1}: not in the city>"
    city.hh.active[gone.row] = False
    city.hh.active[spare.row] = True
    assert gone not in families
    assert gone not in kept
    assert spare in families
    assert spare not in kept
    assert (len(families), len(kept)) == (before, before - 1)
    assert gone.row not in kept.get("row")
    assert kept.select(lambda family: family == gone).get("row") == []


def test_a_family_that_leaves_during_a_round_is_left_out():
    city = make_city()
    families, seen = city.agents_by_type[Household], []

    def dissolve(family):
        seen.append(family.row)
        city.hh.active[family.row + 1] = False

    families.select(at_most=4).do(dissolve)
    assert seen == [0, 2]


def test_a_set_is_not_changed_one_by_one(city):
    families = city.agents_by_type[Household]
    one = families[0]
    for change in (families.add, families.discard, families.remove):
        with pytest.raises(TypeError, match="not changed one by one"):
            change(one)
    for change in (families.pop, families.clear):
        with pytest.raises(TypeError, match="not changed one by one"):
            change()
    with pytest.raises(TypeError, match="not changed one by one"):
        families -= {one}
    assert len(city.agents_by_type[Household]) == city.hh.active.sum()


def test_sets_can_be_pickled_and_updated():
    city = make_city()
    families = city.agents_by_type[Household].select(lambda family: family.size > 4)
    state = families.__getstate__()
    other = HouseholdSet(city)
    other.__setstate__(state)
    assert rows(other) == rows(families)
    other._update(families[2:4])
    assert rows(other) == rows(families[2:4])
    assert copy.copy(other) == other
    assert pickle.loads(pickle.dumps(families.rows)).tolist() == rows(families)
