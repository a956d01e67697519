"""Every input of the model, declared once: unit, bounds, default, source, grade and words in two languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from simulation.errors import InputError, nearest
from simulation.parameters import (
    accounts,
    channel,
    city,
    demography,
    levers,
    levers_delivery,
    money,
    people,
    registry,
    response,
    selection,
    sharing,
    use,
    welfare,
)
from simulation.parameters.declaration import Disaster, Parameter, Text

__all__ = ["ASSUMPTIONS", "LEVERS", "PARAMETERS", "Disaster", "Parameter", "Text", "assumed_headline", "lookup"]

_MODULES = (
    levers, levers_delivery, welfare, city, demography, registry, selection, money, accounts, channel, sharing, people,
    use, response,
)


def _declared() -> Iterable[Parameter]:
    for module in _MODULES:
        for name, value in vars(module).items():
            if name.isupper() and isinstance(value, tuple):
                yield from value


def _collect(parameters: Iterable[Parameter]) -> Mapping[str, Parameter]:
    table: dict[str, Parameter] = {}
    for parameter in parameters:
        if parameter.key in table:
            raise RuntimeError(f"parameter '{parameter.key}' is declared twice")
        table[parameter.key] = parameter
    return MappingProxyType(table)


PARAMETERS: Mapping[str, Parameter] = _collect(_declared())
"""All inputs by key, in the order of their declaration."""

LEVERS: Mapping[str, Parameter] = MappingProxyType({k: p for k, p in PARAMETERS.items() if p.role == "lever"})
"""What a policy sets."""

ASSUMPTIONS: Mapping[str, Parameter] = MappingProxyType({k: p for k, p in PARAMETERS.items() if p.role != "lever"})
"""What a policy does not set: uncertain numbers and constants."""


def lookup(key: str) -> Parameter:
    """Return the parameter of that key; raise ``InputError`` naming the nearest one."""
    if key not in PARAMETERS:
        raise InputError(f"'{key}' is not an input of the model{nearest(key, PARAMETERS) or '.'}")
    return PARAMETERS[key]


def assumed_headline(language: str = "en") -> str:
    """Say how many inputs are only assumed."""
    assumed = sum(parameter.grade == "assumed" for parameter in PARAMETERS.values())
    words = Text("{} dari {} masukan hanya berupa asumsi", "{} of {} inputs are only assumed")
    return words.of(language).format(assumed, len(PARAMETERS))
