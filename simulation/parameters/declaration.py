"""What an input of the model is: its unit, bounds, source and words, and how a value is checked against them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from numbers import Real

from simulation.errors import InputError, nearest

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_YES_NO = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Indonesian and in English."""

    id: str
    en: str

    def of(self, language: str) -> str:
        """Return the words in ``"id"`` or ``"en"``."""
        return self.id if language == "id" else self.en


@dataclass(frozen=True, slots=True)
class Disaster:
    """A disaster that a scenario dates: the share of families hit in one kelurahan in one month."""

    month: str
    kelurahan: str
    severity: float


@dataclass(frozen=True, slots=True)
class Parameter:
    """One input: a lever that a policy sets, an uncertain assumption, or a constant.

    ``plausible`` is the range for sampling and sensitivity; ``bounds`` is what a scenario may set at all.
    ``scales`` marks a number that counts for the whole city and shrinks with the share of it that is simulated.
    """

    key: str
    default: object
    unit: str
    bounds: tuple[float, float] | None
    plausible: tuple[object, object] | None
    grade: str
    source: str
    label: Text
    help: Text
    kind: str
    role: str
    group: str
    decided_by: str = ""
    choices: tuple[str, ...] | None = None
    choice_labels: tuple[Text, ...] = ()
    optional: bool = False
    none_means: Text | None = None
    note: str = ""
    scales: bool = False

    def check(self, value: object, where: str) -> object:
        """Return the value in its canonical type, or raise ``InputError`` with one sentence that says what to write."""
        if self.optional and (value is None or value == "none"):
            return None
        return _CHECKS[self.kind](self, value, where)

    def allowed(self) -> str:
        """Say in words what may be set."""
        if self.kind == "bool":
            words = "true or false"
        elif self.kind == "choice":
            words = "one of " + ", ".join(self.choices)
        elif self.kind == "events":
            words = "a list of tables {month, kelurahan, severity}"
        else:
            words = self._range()
        return f'{words}, or "none"' if self.optional else words

    def _range(self) -> str:
        noun = "a whole number" if self.kind == "int" else "a number"
        span = f" from {show(self.bounds[0])} to {show(self.bounds[1])}" if self.bounds else ""
        return f"{noun}{span} ({self.unit})"

    def _refuse(self, value: object, where: str, remedy: str = ".") -> InputError:
        return InputError(f"{where}: {self.key} is {show(value)}, but it must be {self.allowed()}{remedy}")


def show(value: object) -> str:
    """Write a value for people to read, shortened when long."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Real) and abs(value) < 10**15:
        return format(float(value), ",.10g")
    words = repr(value)
    return words if len(words) <= 60 else words[:57] + "..."


def _as_number(text: object) -> float | None:
    try:
        return float(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _check_number(parameter: Parameter, value: object, where: str) -> float | int:
    if isinstance(value, bool) or not isinstance(value, Real):
        number = _as_number(value)
        hint = f"; write {show(number)} without quotes." if number is not None and math.isfinite(number) else "."
        raise parameter._refuse(value, where, hint)
    if value != value or abs(value) == math.inf:
        raise parameter._refuse(value, where, ", and finite.")
    if parameter.kind == "int" and value != int(value):
        raise parameter._refuse(value, where, f"; the nearest is {show(round(value))}.")
    if parameter.bounds and not parameter.bounds[0] <= value <= parameter.bounds[1]:
        edge = min(max(value, parameter.bounds[0]), parameter.bounds[1])
        raise parameter._refuse(value, where, f"; the nearest allowed is {show(edge)}.")
    return int(value) if parameter.kind == "int" else float(value)


def _check_bool(parameter: Parameter, value: object, where: str) -> bool:
    if not isinstance(value, bool):
        meant = _YES_NO.get(str(value).strip().lower())
        raise parameter._refuse(value, where, "." if meant is None else f"; write {show(meant)} without quotes.")
    return value


def _check_choice(parameter: Parameter, value: object, where: str) -> str:
    if not isinstance(value, str) or value not in parameter.choices:
        raise parameter._refuse(value, where, nearest(str(value), parameter.choices) or ".")
    return value


def _check_events(parameter: Parameter, value: object, where: str) -> tuple[Disaster, ...]:
    tables = [value] if isinstance(value, dict | Disaster) else value
    if not isinstance(tables, list | tuple):
        raise parameter._refuse(value, where)
    return tuple(one if isinstance(one, Disaster) else _disaster(parameter, one, where) for one in tables)


def _disaster(parameter: Parameter, table: object, where: str) -> Disaster:
    if not isinstance(table, dict):
        raise parameter._refuse(table, where)
    known = ("month", "kelurahan", "severity")
    for key in table:
        if key not in known:
            remedy = nearest(str(key), known) or f"; allowed are {', '.join(known)}."
            raise InputError(f"{where}: {parameter.key} has the unknown key {show(key)}{remedy}")
    for key in known:
        if key not in table:
            raise InputError(f"{where}: {parameter.key} lacks {key}; write {{month, kelurahan, severity}}.")
    month, kelurahan, severity = (table[key] for key in known)
    if not isinstance(month, str) or not _MONTH.fullmatch(month):
        raise InputError(f"{where}: {parameter.key}.month is {show(month)}, but it must be a month such as '2025-05'.")
    if not isinstance(kelurahan, str):
        raise InputError(f"{where}: {parameter.key}.kelurahan is {show(kelurahan)}, but it must be a name in quotes.")
    if isinstance(severity, bool) or not isinstance(severity, Real) or not 0 <= severity <= 1:
        raise InputError(f"{where}: {parameter.key}.severity is {show(severity)}, but it must be a number from 0 to 1.")
    return Disaster(month, kelurahan, float(severity))


_CHECKS = {
    "float": _check_number,
    "int": _check_number,
    "bool": _check_bool,
    "choice": _check_choice,
    "events": _check_events,
}


def _kind(default: object) -> str:
    if isinstance(default, bool):
        return "bool"
    return {int: "int", float: "float", str: "choice", tuple: "events"}.get(type(default), "float")


def lever(key, default, unit, bounds, plausible, by, grade, source, label, help, **more) -> Parameter:
    """Declare something that a policy sets; ``by`` says who decides it."""
    more = {"kind": _kind(default), "role": "lever", "decided_by": by} | more
    return Parameter(key, default, unit, bounds, plausible, grade, source, label, help, **more)


def assumption(key, default, unit, bounds, plausible, grade, source, label, help, **more) -> Parameter:
    """Declare an uncertain number that sensitivity analysis shakes."""
    more = {"kind": _kind(default), "role": "assumption"} | more
    return Parameter(key, default, unit, bounds, plausible, grade, source, label, help, **more)


def constant(key, default, unit, grade, source, label, help, **more) -> Parameter:
    """Declare a number that no scenario may set."""
    more = {"kind": _kind(default), "role": "constant"} | more
    return Parameter(key, default, unit, None, None, grade, source, label, help, **more)
