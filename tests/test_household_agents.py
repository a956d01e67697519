"""The agents of a city as Mesa sees them: a family is its row, and all agents stand in the model's sets."""

import operator

import numpy as np
import pytest
from mesa.agent import Agent
from mesa.datacollection import DataCollector

from simulation.agents.bank import Bank, PosOffice
from simulation.agents.ewarong import EWarong
from simulation.agents.household import FIRST_REGISTERED_ID, Household, as_stored
from simulation.agents.offices import Ministry, SocialOffice
from simulation.agents.pendamping import Pendamping
from simulation.agents.views import HouseholdSet
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


def rows(agents) -> list[int]:
    return [agent.row for agent in agents]


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
    assert bank not in city.agents_by_type[Household]
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
