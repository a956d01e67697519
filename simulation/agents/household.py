"""A family as a Mesa agent: a view on one row of the columns, without a state of its own."""

from __future__ import annotations

import operator
from typing import Any, NoReturn

import mesa
import numpy as np

from simulation.agents.explanation import tell
from simulation.agents.facts import facts_of, status_of_family
from simulation.errors import nearest
from simulation.geography import KELURAHAN
from simulation.households import COLUMN, COLUMNS, Column

FIRST_REGISTERED_ID = 1_000_000_000
"""Agents that are objects have ids from here on; the id of a family is its row."""


class Household(mesa.Agent):
    """One family, seen through its row; every column is an attribute, and setting it writes to the column.

    A view is made whenever somebody asks for it and is not registered with Mesa. Two views on one row are equal.

    Parameters
    ----------
    model : the city. row : the family's place in every column.
    """

    def __init__(self, model: mesa.Model, row: int) -> None:
        row = operator.index(row)
        if not 0 <= row < model.hh.rows:
            raise IndexError(f"there is no family {row}; the city has the rows 0 to {model.hh.rows - 1}")
        self.__dict__.update(model=model, row=row)

    def __setattr__(self, name: str, value: object) -> None:
        if name not in COLUMN:
            raise AttributeError(_no_column(name))
        super().__setattr__(name, value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Household) and other.model is self.model and other.row == self.row

    def __hash__(self) -> int:
        return hash((id(self.model), self.row))

    def __repr__(self) -> str:
        if not self.active:
            return f"<Household {self.row}: not in the city>"
        place = KELURAHAN[self.kelurahan]
        return f"<Household {self.row}: family of {self.size} in {place.name}, {place.kecamatan}>"

    @property
    def unique_id(self) -> int:
        """The row."""
        return self.row

    @property
    def pos(self) -> tuple[float, float]:
        """Where the family lives: kilometres east and north of the city's centre."""
        return self.x_km, self.y_km

    @property
    def status(self) -> str:
        """Where assistance stops on its way to this family (see ``simulation.measures.cascade.Status``)."""
        return status_of_family(self.model, self.row).name

    def facts(self) -> dict[str, Any]:
        """Return the family's month in numbers: all that ``explain`` says and all that decided its status."""
        return facts_of(self.model, self.row)

    def explain(self, language: str = "id") -> str:
        """Return the family's month in words, in ``"id"`` or ``"en"``."""
        return tell(self.facts(), language)

    def remove(self) -> NoReturn:
        """Refuse: families leave the city by living, not by being removed."""
        raise TypeError("a family cannot be removed; it leaves the city when its row turns inactive")

    @classmethod
    def create_agents(cls, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: the families of the city are its rows."""
        raise TypeError("families are not created one by one; the city's rows are its families")


def as_stored(name: str, value: object) -> np.generic:
    """Return a value as its column stores it; raise where there is no such column or it cannot hold the value."""
    if name not in COLUMN:
        raise AttributeError(_no_column(name))
    given = np.asarray(value)
    if given.ndim or given.dtype.kind not in "biuf":
        raise TypeError(f"{name} takes one number, not {value!r}")
    with np.errstate(invalid="ignore"):
        stored = given.astype(COLUMN[name].dtype)
    if stored.dtype.kind != "f" and stored != given:
        raise ValueError(f"{name} is of type {stored.dtype} and cannot hold {value!r}")
    return stored[()]


def _no_column(name: str) -> str:
    return f"a family keeps nothing but its columns, and none is called '{name}'{nearest(name, COLUMN)}"


def _as_property(column: Column) -> property:
    name = column.name

    def read(family: Household) -> bool | int | float:
        return family.model.hh[name][family.row].item()

    def write(family: Household, value: object) -> None:
        family.model.hh[name][family.row] = as_stored(name, value)

    unit = f" ({column.unit})" if column.unit else ""
    return property(read, write, doc=f"{column.meaning[0].upper()}{column.meaning[1:]}{unit}.")


for _column in COLUMNS:
    setattr(Household, _column.name, _as_property(_column))
