"""Sets of agents in which families are made only when asked for, so that Mesa's ways of looking at agents stay quick.

A set is an array of unique ids in order: a family's id is its row, all others have ids from ``FIRST_REGISTERED_ID`` on.
Who has left the city is in no set. Mesa's own sets would lose families at once, because they hold weak references.
"""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from random import Random
from typing import Any, NoReturn

import mesa
import numpy as np
from mesa.agent import Agent, AgentSet

from simulation.agents.household import FIRST_REGISTERED_ID, Household, as_stored
from simulation.households import COLUMN

try:
    from mesa.agentset import GroupBy
except ImportError:
    from mesa.agent import GroupBy


class CitySet(AgentSet):
    """Agents of the city in an order, families among them.

    Parameters
    ----------
    model : the city. ids : unique ids in order; by default everybody who is there at the time of asking.
    random : what shuffles; by default the model's.
    """

    def __init__(self, model: mesa.Model, ids: np.ndarray | None = None, random: Random | None = None) -> None:
        self.model = model
        self.random = model.random if random is None else random
        self._ids = ids
        self._members: set[int] | None = None

    @property
    def ids(self) -> np.ndarray:
        """Unique ids of those who are still there, in order."""
        return self._everybody() if self._ids is None else self._ids[self._present(self._ids)]

    def _everybody(self) -> np.ndarray:
        return np.concatenate([np.flatnonzero(self.model.hh.active), np.fromiter(self._others(), np.int64)])

    def _others(self) -> dict[int, Agent]:
        return {agent.unique_id: agent for agent in self.model.registered}

    def _present(self, ids: np.ndarray) -> np.ndarray:
        family = ids < FIRST_REGISTERED_ID
        if family.all():
            return self.model.hh.active[ids]
        present = np.isin(ids, list(self._others()))
        present[family] = self.model.hh.active[ids[family]]
        return present

    def _made(self, ids: np.ndarray) -> Iterator[Agent]:
        """Make one agent after the other, leaving out who has gone by the time of its turn."""
        others, registered, active = self._others(), self.model.registered, self.model.hh.active
        for one in ids.tolist():
            if one < FIRST_REGISTERED_ID:
                if active[one]:
                    yield Household(self.model, one)
            elif one in others and others[one] in registered:
                yield others[one]

    def _like(self, ids: Iterable[int]) -> CitySet:
        """Return another set of the same city: of families where there are none but families."""
        ids = ids if isinstance(ids, np.ndarray) else np.fromiter(ids, np.int64)
        kind = HouseholdSet if (ids < FIRST_REGISTERED_ID).all() else CitySet
        return kind(self.model, ids, self.random)

    def _reordered(self, ids: np.ndarray, inplace: bool) -> CitySet:
        if not inplace:
            return self._like(ids)
        self._ids, self._members = ids, None
        return self

    def _from_iterable(self, agents: Iterable[Agent]) -> CitySet:
        """Return the set of these agents; the operators ``& | - ^`` ask for it."""
        return self._like(dict.fromkeys(agent.unique_id for agent in agents))

    def _update(self, agents: Iterable[Agent]) -> CitySet:
        return self._reordered(self._from_iterable(agents).ids, inplace=True)

    def __len__(self) -> int:
        return self.ids.size

    def __iter__(self) -> Iterator[Agent]:
        return self._made(self.ids)

    def __reversed__(self) -> Iterator[Agent]:
        return self._made(self.ids[::-1])

    def __contains__(self, agent: object) -> bool:
        if not isinstance(agent, Agent) or agent.model is not self.model:
            return False
        if not isinstance(agent, Household) and agent not in self.model.registered:
            return False
        if self._ids is not None and self._members is None:
            self._members = set(self._ids.tolist())
        inside = self._members is None or agent.unique_id in self._members
        return inside and bool(self._present(np.array([agent.unique_id]))[0])

    def __getitem__(self, item: int | slice) -> Agent | list[Agent]:
        if isinstance(item, slice):
            return list(self._made(self.ids[item]))
        return next(self._made(self.ids[[operator.index(item)]]))

    def __ror__(self, other: Iterable[Agent]) -> CitySet:
        return self._from_iterable(chain(other, self))

    __getstate__ = object.__getstate__

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    def copy(self) -> CitySet:
        """Return a set that newcomers do not enter."""
        return self._like(self.ids)

    __copy__ = copy

    def to_list(self) -> list[Agent]:
        """Return the agents in order."""
        return list(self)

    def index(self, value: Agent, start: int = 0, stop: int | None = None) -> int:
        """Return the place of an agent; raise ``ValueError`` where it is not in the set."""
        return self.to_list().index(value, start, len(self) if stop is None else stop)

    def select(
        self,
        filter_func: Callable[[Agent], bool] | None = None,
        at_most: int | float = float("inf"),
        inplace: bool = False,
        agent_type: type[Agent] | None = None,
    ) -> CitySet:
        """Select agents by a filter, a type and a number (or share) of the first ones."""
        if filter_func is None and agent_type is None and at_most == float("inf"):
            return self if inplace else self.copy()
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self) * at_most)
        most = None if at_most == float("inf") else max(int(np.ceil(at_most)), 0)
        ids = self._of_type(agent_type) if agent_type else self.ids
        if filter_func:
            passing = (agent.unique_id for agent in self._made(ids) if filter_func(agent))
            ids = np.fromiter(islice(passing, most), np.int64)
        return self._reordered(ids[:most], inplace)

    def _of_type(self, agent_type: type[Agent]) -> np.ndarray:
        ids = self.ids
        kept = (ids < FIRST_REGISTERED_ID) & issubclass(Household, agent_type)
        others = [one for one, agent in self._others().items() if isinstance(agent, agent_type)]
        return ids[kept | np.isin(ids, others)]

    def shuffle(self, inplace: bool = False) -> CitySet:
        """Put the agents in an order of luck."""
        ids = self.ids.tolist()
        self.random.shuffle(ids)
        return self._reordered(np.array(ids, np.int64), inplace)

    def sort(self, key: Callable[[Agent], Any] | str, ascending: bool = False, inplace: bool = False) -> CitySet:
        """Sort by a name or a function, the largest first unless ``ascending``; equal ones keep their order."""
        return self._reordered(self.ids[self._order(key, ascending)], inplace)

    def _order(self, key: Callable[[Agent], Any] | str, ascending: bool) -> np.ndarray:
        read = operator.attrgetter(key) if isinstance(key, str) else key
        values = [read(agent) for agent in self]
        return np.array(sorted(range(len(values)), key=values.__getitem__, reverse=not ascending), np.int64)

    def do(self, method: str | Callable, *args: Any, **kwargs: Any) -> CitySet:
        """Call a method, or a function with the agent as its first argument, for one agent after the other."""
        self.map(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable, *args: Any, **kwargs: Any) -> CitySet:
        """Do the same in an order of luck; the order of the set stays."""
        self.shuffle().do(method, *args, **kwargs)
        return self

    def map(self, method: str | Callable, *args: Any, **kwargs: Any) -> list[Any]:
        """Do the same and return the results."""
        if isinstance(method, str):
            return [getattr(agent, method)(*args, **kwargs) for agent in self]
        return [method(agent, *args, **kwargs) for agent in self]

    def get(self, attr_names: str | list[str], handle_missing: str = "error", default_value: Any = None) -> list[Any]:
        """Return an attribute of every agent, or a list of several."""
        if handle_missing not in ("error", "default"):
            raise ValueError(f"Unknown handle_missing option: {handle_missing}, should be one of 'error' or 'default'")
        missing = () if handle_missing == "error" else (default_value,)
        if isinstance(attr_names, str):
            return self._values(attr_names, *missing)
        columns = [self._values(name, *missing) for name in attr_names]
        return [[values[place] for values in columns] for place in range(len(self))]

    def _values(self, name: str, *missing: Any) -> list[Any]:
        return [getattr(agent, name, *missing) for agent in self]

    def groupby(self, by: Callable | str, result_type: str = "agentset") -> GroupBy:
        """Group by a name or a function; the groups are sets, or lists if ``result_type`` says so."""
        values = self.map(by) if isinstance(by, Callable) else self._values(by)
        groups = defaultdict(list)
        for one, value in zip(self.ids.tolist(), values, strict=True):
            groups[value].append(one)
        sets = {value: self._like(ids) for value, ids in groups.items()}
        return Groups(sets) if result_type == "agentset" else GroupBy({name: list(one) for name, one in sets.items()})

    def add(self, agent: Agent) -> NoReturn:
        """Refuse: who is in the city is not for a set to say."""
        raise TypeError("a set of the city's agents is not changed one by one; select(...) returns another set")

    discard = remove = add


class HouseholdSet(CitySet):
    """Families in an order; what is a column is read and written as a column."""

    @property
    def rows(self) -> np.ndarray:
        """Rows of the families, to be used on the columns: ``model.hh.size[families.rows]``."""
        return self.ids

    def __contains__(self, agent: object) -> bool:
        return isinstance(agent, Household) and super().__contains__(agent)

    def _everybody(self) -> np.ndarray:
        return np.flatnonzero(self.model.hh.active)

    def _values(self, name: str, *missing: Any) -> list[Any]:
        return self.model.hh[name][self.rows].tolist() if name in COLUMN else super()._values(name, *missing)

    def agg(self, attribute: str, func: Callable | Iterable[Callable]) -> Any | list[Any]:
        """Return a function, or several, of a column; NumPy's functions get an array as wide as they would make it."""
        if not isinstance(func, Callable):
            return [self.agg(attribute, one) for one in func]
        if attribute not in COLUMN or not _is_numpy(func):
            return func(self._values(attribute))
        values = self.model.hh[attribute][self.rows]
        return func(values.astype({"f": float, "b": bool}.get(values.dtype.kind, np.int64)))

    def _order(self, key: Callable[[Agent], Any] | str, ascending: bool) -> np.ndarray:
        if key not in COLUMN:
            return super()._order(key, ascending)
        values = self.model.hh[key][self.rows]
        order = np.argsort(values if ascending else values[::-1], kind="stable")
        return order if ascending else values.size - 1 - order[::-1]

    def set(self, attr_name: str, value: Any) -> HouseholdSet:
        """Set a column of every family to one value."""
        self.model.hh[attr_name][self.rows] = as_stored(attr_name, value)
        return self


class Groups(GroupBy):
    """Groups of families or other agents, each a set."""

    def agg(self, attr_name: str, func: Callable) -> dict[Any, Any]:
        """Return a function of an attribute's values for each group."""
        return {name: group.agg(attr_name, func) for name, group in self.groups.items()}


def _is_numpy(func: Callable) -> bool:
    return isinstance(func, np.ufunc) or str(getattr(func, "__module__", "")).partition(".")[0] == "numpy"


class HouseholdViews(mesa.Model):
    """A model whose agents are the families of ``hh`` and those who registered with Mesa."""

    def register_agent(self, agent: Agent) -> None:
        """Register an agent under an id that is no family's."""
        super().register_agent(agent)
        agent.unique_id += FIRST_REGISTERED_ID

    @property
    def registered(self) -> AgentSet:
        """The agents that are objects: all but the families."""
        return super().agents

    @property
    def agents(self) -> CitySet:
        """All agents, the families first."""
        return CitySet(self)

    @property
    def agents_by_type(self) -> dict[type[Agent], AgentSet]:
        """Sets of agents by type, the families first."""
        return {Household: HouseholdSet(self), **super().agents_by_type}

    @property
    def agent_types(self) -> list[type[Agent]]:
        """Types of agents, the families first."""
        return [Household, *super().agent_types]
