"""Families as Mesa agents: every question that a set of agents can be asked, against Mesa's own set of plain agents."""

import copy
import operator
import pickle
from random import Random

import mesa
import numpy as np
import pytest
from mesa.agent import Agent, AgentSet
from mesa.datacollection import DataCollector

from simulation.agents.bank import Bank, PosOffice
from simulation.agents.ewarong import EWarong
from simulation.agents.household import FIRST_REGISTERED_ID, Household, as_stored
from simulation.agents.offices import Ministry, SocialOffice
from simulation.agents.pendamping import Pendamping
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


QUESTIONS = {
    "len": len,
    "iter": rows,
    "bool": bool,
    "first": lambda s: s[0].row,
    "last": lambda s: s[-1].row,
    "slice": lambda s: rows(s[5:300:7]),
    "slice_back": lambda s: rows(s[::-50]),
    "reversed": lambda s: rows(reversed(s))[:20] if isinstance(s, HouseholdSet) else rows(s)[::-1][:20],
    "contains": lambda s: [agent in s for agent in list(s)[:9]] + [None in s, 3 in s],
    "index": lambda s: (s.index(s[40]), s.index(s[40], 10), s.index(s[40], 10, 50), s.count(s[40]), s.count(1)),
    "copy": lambda s: rows(copy.copy(s)),
    "select_all": lambda s: rows(s.select()),
    "select_self": lambda s: s.select(inplace=True) is s,
    "select_another": lambda s: s.select() is s,
    "select_filter": selected,
    "select_few": lambda s: selected(s, at_most=3),
    "select_none": lambda s: selected(s, at_most=0),
    "select_negative": lambda s: selected(s, at_most=-1),
    "select_fraction_of_two": lambda s: selected(s, at_most=2.5),
    "select_share": lambda s: selected(s, at_most=0.01),
    "select_whole_share": lambda s: selected(s, at_most=1.0),
    "select_inplace": lambda s: selected(s, at_most=5, inplace=True),
    "select_inplace_self": lambda s: s.select(lambda agent: agent.size > 4, inplace=True) is s,
    "select_first": lambda s: rows(s.select(at_most=7)),
    "select_first_share": lambda s: rows(s.select(at_most=0.1)),
    "select_agents": lambda s: rows(s.select(agent_type=Agent)),
    "select_of_type": lambda s: rows(s.select(agent_type=(Household, Twin), at_most=4)),
    "select_banks": lambda s: rows(s.select(agent_type=Bank)),
    "select_twice": lambda s: rows(s.select(lambda a: a.listed).select(lambda a: a.size == 1)),
    "shuffle": lambda s: rows(s.shuffle()),
    "shuffle_keeps": lambda s: (s.shuffle() is s, rows(s)),
    "shuffle_inplace": lambda s: (s.shuffle(inplace=True) is s, rows(s)),
    "shuffle_of_few": lambda s: rows(s.select(lambda a: a.size > 4).shuffle().shuffle()),
    "sort": lambda s: rows(s.sort("record_score")),
    "sort_ascending": lambda s: rows(s.sort("record_score", ascending=True)),
    "sort_ties": lambda s: rows(s.sort("kelurahan")),
    "sort_ties_ascending": lambda s: rows(s.sort("size", ascending=True)),
    "sort_bool": lambda s: rows(s.sort("listed")),
    "sort_twice": lambda s: rows(s.sort("size").sort("kelurahan", ascending=True)),
    "sort_by_row": lambda s: rows(s.sort("row")),
    "sort_by_function": lambda s: rows(s.sort(lambda agent: (agent.size, -agent.row))),
    "sort_inplace": lambda s: (s.sort("size", inplace=True) is s, rows(s)),
    "sort_shuffled": lambda s: rows(s.shuffle().sort("size")),
    "do_function": lambda s: called(s, lambda t, f: t.do(f, 3, by=2)),
    "do_returns": lambda s: s.do("step") is s,
    "shuffle_do": lambda s: called(s, lambda t, f: t.shuffle_do(f, 3, by=2)),
    "shuffle_do_returns": lambda s: (s.shuffle_do("step") is s, rows(s)),
    "map_method": lambda s: s.map("__getattribute__", "size"),
    "map_function": lambda s: s.map(lambda agent, by: agent.size * by, by=3),
    "agg_sum": lambda s: s.agg("size", sum),
    "agg_max": lambda s: s.agg("record_score", max),
    "agg_len": lambda s: s.agg("size", len),
    "agg_own": lambda s: s.agg("size", lambda values: values[0] + 126 + values[-1]),
    "agg_sum_of_numpy": lambda s: s.agg("size", np.sum),
    "agg_mean_of_small": lambda s: s.agg("x_km", np.mean),
    "agg_of_bool": lambda s: s.agg("listed", np.mean),
    "agg_median": lambda s: s.agg("consumption", np.median),
    "agg_several": lambda s: s.agg("luck_id", [min, np.max, np.std]),
    "agg_by_object": lambda s: s.agg("row", np.sum),
    "get": lambda s: s.get("size"),
    "get_bool": lambda s: s.get("listed"),
    "get_types": lambda s: {type(value) for name in NAMES for value in s.get(name)},
    "get_several": lambda s: s.get(["size", "x_km", "row"]),
    "get_no_names": lambda s: s.get([]),
    "get_missing": lambda s: s.get("nothing", handle_missing="default", default_value=7),
    "get_missing_none": lambda s: s.get("nothing", handle_missing="default"),
    "get_some_missing": lambda s: s.get(["size", "nothing"], handle_missing="default", default_value=0),
    "groupby_counts": lambda s: list(s.groupby("size").count().items()),
    "groupby_keys": lambda s: {type(key) for key, _ in s.groupby("kelurahan")},
    "groupby_sets": lambda s: {key: rows(group) for key, group in s.groupby("kelurahan")},
    "groupby_function": lambda s: list(s.groupby(lambda agent: agent.size > 3).count().items()),
    "groupby_lists": lambda s: {key: rows(group) for key, group in s.groupby("size", result_type="list")},
    "groupby_list_type": lambda s: {type(group) for _, group in s.groupby("size", result_type="list")},
    "groupby_other": lambda s: list(s.groupby("row").count().items())[:3],
    "groupby_agg": lambda s: s.groupby("kelurahan").agg("size", sum),
    "groupby_agg_numpy": lambda s: s.groupby("kelurahan").agg("x_km", np.mean),
    "groupby_map": lambda s: s.groupby("size").map(len),
    "groupby_map_method": lambda s: s.groupby("size").map("agg", "size", max),
    "groupby_do": lambda s: len(s.groupby("size").do("do", "step")),
    "and": lambda s: rows(s.select(at_most=20) & s.select(lambda a: a.size > 2)),
    "or": lambda s: rows(s.select(at_most=5) | s.sort("size").select(at_most=5)),
    "minus": lambda s: rows(s.select(at_most=50) - s.select(at_most=20)),
    "xor": lambda s: sorted(rows(s.select(at_most=50) ^ s.sort("row").select(at_most=5))),
    "subset": lambda s: (s.select(at_most=5) <= s, s <= s.select(at_most=5), s == s.select(), s != s.select()),
    "disjoint": lambda s: s.select(at_most=5).isdisjoint(s.sort("row").select(at_most=5)),
    "random": lambda s: s.random.random(),
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


def test_values_that_a_column_cannot_hold(city):
    families = city.agents_by_type[Household].select(at_most=2)
    for error, name, value in (
        (AttributeError, "income", 3),
        (ValueError, "size", 2.5),
        (ValueError, "size", 300),
        (ValueError, "luck_id", -1),
        (ValueError, "listed", 2),
        (ValueError, "size", float("nan")),
        (TypeError, "size", [1, 2]),
        (TypeError, "size", "3"),
        (TypeError, "size", None),
    ):
        for change in (families.set, lambda name, value: setattr(families[0], name, value)):
            with pytest.raises(error, match=name):
                change(name, value)
    assert (as_stored("size", 3.0), as_stored("listed", 1), as_stored("x_km", 0.1)) == (3, True, np.float32(0.1))
    with pytest.raises(AttributeError, match="did you mean 'consumption'"):
        families.set("consumtion", 1.0)


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


def test_the_model_holds_agents_of_seven_types(city):
    assert city.agent_types[0] is Household
    assert set(city.agents_by_type) == {
        Household, Pendamping, EWarong, Bank, PosOffice, SocialOffice, Ministry
    } == set(city.agent_types)  # fmt: skip
    assert len(city.agents_by_type[Household]) == city.hh.active.sum()
    assert [len(city.agents_by_type[kind]) for kind in (Bank, PosOffice, SocialOffice, Ministry)] == [4, 1, 1, 1]
    assert city.agents_by_type[Pendamping][0] is city.pendamping[0]
    assert sum(len(agents) for agents in city.agents_by_type.values()) == len(city.agents) == len(list(city.agents))


def test_ids_are_unique_over_all_agents(city):
    ids = city.agents.get("unique_id")
    assert len(set(ids)) == len(ids)
    assert [one for one in ids if one < FIRST_REGISTERED_ID] == np.flatnonzero(city.hh.active).tolist()


def test_all_agents_together(city):
    everybody, bank = city.agents, city.banks[1]
    families = everybody.select(agent_type=Household)
    assert isinstance(families, HouseholdSet)
    assert families == city.agents_by_type[Household]
    assert list(everybody.select(agent_type=Bank)) == city.banks
    assert list(everybody.select(lambda agent: isinstance(agent, Bank), at_most=2)) == city.banks[:2]
    assert bank in everybody
    assert bank not in families
    assert bank not in everybody.select(agent_type=Pendamping)
    assert everybody.groupby(type).count() == {kind: len(agents) for kind, agents in city.agents_by_type.items()}
    assert everybody.get("size", handle_missing="default", default_value=0)[-1] == 0
    assert everybody.sort("unique_id", ascending=True)[0] == Household(city, 0)
    assert everybody.sort("unique_id")[0].unique_id > FIRST_REGISTERED_ID
    assert sorted(everybody.shuffle().get("unique_id")) == everybody.get("unique_id")
    assert everybody.map(operator.attrgetter("model")) == [city] * len(everybody)
    assert everybody.agg("unique_id", max) == max(agent.unique_id for agent in city.registered)
    assert next(reversed(everybody)) is list(city.registered)[-1]
    with pytest.raises(AttributeError, match="size"):
        everybody.get("size")


@pytest.mark.parametrize("flipped", [False, True])
def test_families_and_others_in_one_set(city, flipped):
    few, banks = city.agents_by_type[Household].select(at_most=3), city.agents_by_type[Bank]
    both = banks | few if flipped else few | banks
    assert len(both) == 7
    assert [type(agent) for agent in both][0] is (Bank if flipped else Household)
    assert set(both) == {*few, *banks}
    assert list(both - few) == city.banks
    assert rows(both & few) == rows(few)


def test_an_agent_that_is_removed_leaves_every_set():
    city = make_city(months=1)
    everybody, copied, officer = city.agents, city.agents.copy(), city.pendamping[0]
    assert officer in copied
    officer.remove()
    assert officer not in everybody
    assert officer not in copied
    assert len(copied) == len(everybody) == len(list(copied))


@pytest.mark.parametrize("kind", [Household, Pendamping, Agent])
def test_data_collector(kind):
    city = make_city(months=1)
    collector = DataCollector(
        model_reporters={
            "families": lambda model: len(model.agents_by_type[Household]),
            "agents": lambda model: len(model.agents),
            "persons": lambda model: model.agents_by_type[Household].agg("size", np.sum),
            "month": "month",
        },
        agent_reporters={"kind": lambda agent: type(agent).__name__, "id": "unique_id"},
        agenttype_reporters={
            Household: {"size": "size", "listed": "listed", "double": lambda family: 2 * family.size},
            Pendamping: {"motivation": "motivation"},
            Agent: {"id": "unique_id"},
        },
    )
    expected = {Household: 0, Pendamping: 0, Agent: 0}
    for _ in range(2):
        city.step()
        collector.collect(city)
        expected[Household] += int(city.hh.active.sum())
        expected[Pendamping] += len(city.pendamping)
        expected[Agent] += len(city.agents)
    months = collector.get_model_vars_dataframe()
    assert months.month.tolist() == [2, 3]
    assert months.families.tolist()[-1] == city.hh.active.sum()
    assert months.persons.tolist()[-1] == city.hh.size[city.hh.active].sum()
    everybody = collector.get_agent_vars_dataframe()
    assert len(everybody) == expected[Agent] == months.agents.sum()
    assert not everybody.index.duplicated().any()
    assert (everybody.index.get_level_values("AgentID") == everybody.id).all()
    frame = collector.get_agenttype_vars_dataframe(kind)
    assert len(frame) == expected[kind]
    if kind is Household:
        last = frame.loc[frame.index.get_level_values("Step").max()]
        assert last.index.tolist() == np.flatnonzero(city.hh.active).tolist()
        assert last["size"].tolist() == city.hh.size[city.hh.active].tolist()
        assert frame.dtypes.astype(str).tolist() == ["int64", "bool", "int64"]


def test_a_family_is_its_row():
    city = make_city()
    registered = len(city.registered)
    family, again, other = Household(city, 5), Household(city, np.int64(5)), Household(city, 6)
    assert family == again
    assert hash(family) == hash(again)
    assert family != other
    assert family != Household(make_city(), 5)
    assert family != 5
    assert {family, again, other} == {other, family}
    assert (family.unique_id, family.row, family.model) == (5, 5, city)
    assert family.pos == (family.x_km, family.y_km)
    assert family.random is city.random
    assert f"Household 5: family of {family.size} in " in repr(family)
    assert vars(family) == {"model": city, "row": 5}
    assert len(city.registered) == registered
    with pytest.raises(IndexError, match="there is no family"):
        Household(city, city.hh.rows)
    with pytest.raises(IndexError, match="there is no family -1"):
        Household(city, -1)


def test_every_column_is_an_attribute():
    city = make_city()
    family = Household(city, 7)
    for column in COLUMNS:
        value = getattr(family, column.name)
        assert type(value) in (bool, int, float)
        assert value == city.hh[column.name][7]
        assert getattr(Household, column.name).__doc__.lower().startswith(column.meaning.lower())
        setattr(family, column.name, 1)
        assert city.hh[column.name][7] == 1
        assert getattr(Household(city, 7), column.name) == 1
    taken = {name for name in dir(Agent) if not name.startswith("_")} | {"model", "pos", "unique_id", "row", "facts"}
    assert not taken & set(NAMES)


def test_a_family_keeps_nothing_else(city):
    family = Household(city, 0)
    for name in ("income", "row", "model", "unique_id", "pos"):
        with pytest.raises(AttributeError, match=name):
            setattr(family, name, 3)
    with pytest.raises(TypeError, match="cannot be removed"):
        family.remove()
    with pytest.raises(TypeError, match="rows are its families"):
        Household.create_agents(city, 3)
