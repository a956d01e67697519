"""Settings: values by key that cannot change, and the check of every section that a scenario may write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from simulation.clock import Month
from simulation.errors import InputError, nearest
from simulation.microdata.layout import check_columns, check_survey
from simulation.parameters import ASSUMPTIONS, LEVERS, PARAMETERS, Parameter, Text
from simulation.parameters.declaration import show

_NOTHING = Text("", "")


class Settings(Mapping[str, object]):
    """Values by key that cannot change, read as ``settings.key`` or ``settings["key"]``."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self.__dict__.update(values)

    def __getitem__(self, key: str) -> object:
        return self.__dict__[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.__dict__)

    def __len__(self) -> int:
        return len(self.__dict__)

    def __getattr__(self, key: str) -> object:
        raise AttributeError(f"there is no setting '{key}'{'' if key[:2] == '__' else nearest(key, self.__dict__)}")

    def __setattr__(self, key: str, value: object) -> None:
        raise AttributeError(f"settings cannot change; make a plan with another {key}")

    def __delattr__(self, key: str) -> None:
        raise AttributeError(f"settings cannot change; {key} stays")

    def __hash__(self) -> int:
        return hash(frozenset(self.__dict__.items()))

    def __repr__(self) -> str:
        return f"Settings({self.__dict__})"

    def replace(self, values: Mapping[str, object]) -> Settings:
        """Return a copy with some values replaced."""
        return Settings({**self.__dict__, **values})


def _frame(key: str, default: object, unit: str, kind: str, bounds: tuple, **more) -> Parameter:
    return Parameter(key, default, unit, bounds, None, "", "", _NOTHING, _NOTHING, kind, "frame", "run", **more)


RUN: Mapping[str, Parameter] = {
    "months": _frame("months", 60, "months", "int", (1, 600)),
    "seed": _frame("seed", 1, "", "int", (0, 2**32 - 1)),
}
POPULATION: Mapping[str, Parameter] = {
    "scale": _frame("scale", 1.0, "times the city", "float", (0.005, 10.0)),
    "seed": _frame("seed", None, "", "int", (0, 2**32 - 1), optional=True),
}
START = Month(2023, 3)
_KNOWN = {
    "policy": tuple(LEVERS),
    "assumptions": tuple(key for key, one in ASSUMPTIONS.items() if one.role == "assumption"),
    "run": ("start", *RUN),
    "population": ("scale", "microdata", "columns", "survey", "seed"),
}


def check_setting(section: str, key: str, value: object, where: str) -> object:
    """Return the canonical value of ``section.key``; raise ``InputError`` naming what is wrong and what is right."""
    if section not in _KNOWN:
        raise InputError(f"{where}: there is no section '{section}'{nearest(section, _KNOWN) or _list(_KNOWN)}")
    if key not in _KNOWN[section]:
        raise InputError(f"{where}: {_misplaced(section, key)}")
    if key == "start":
        return check_month(value, "start", where)
    if key in _SURVEY:
        return _SURVEY[key](value, where)
    return {"run": RUN, "population": POPULATION}.get(section, PARAMETERS)[key].check(value, where)


def check_month(value: object, key: str, where: str) -> Month:
    """Return the month that a text such as ``2025-01`` means."""
    try:
        return value if isinstance(value, Month) else Month.parse(value)
    except ValueError:
        raise InputError(f"{where}: {key} is {show(value)}, but it must be a month: '2025-01' in quotes.") from None


def _check_path(value: object, where: str) -> str | None:
    if value is None or (isinstance(value, str) and value):
        return None if value == "none" else value
    raise InputError(f"{where}: microdata is {show(value)}, but it must be the path of a file in quotes.")


_SURVEY = {"microdata": _check_path, "columns": check_columns, "survey": check_survey}
"""What ``[population]`` says of a survey."""


def _list(known: Iterable[str]) -> str:
    return f"; there are {', '.join(known)}."


def _misplaced(section: str, key: str) -> str:
    if key in ASSUMPTIONS and ASSUMPTIONS[key].role == "constant":
        return f"{key} is a constant of the model and cannot be set."
    home = next((name for name, keys in _KNOWN.items() if key in keys), None)
    if home:
        return f"{key} does not belong in [{section}]; write it in [{home}]."
    return f"[{section}] has no setting '{key}'{nearest(key, _KNOWN[section]) or '.'}"


def full_name(key: str) -> str:
    """Say how to write a key with its section."""
    home = next((name for name, keys in _KNOWN.items() if key in keys), None)
    return f"write {home}.{key}." if home else "write for example policy.caseload_per_pendamping=150."
