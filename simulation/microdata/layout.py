"""How a survey is laid out: which of its columns mean what, and in which units; as a scenario file writes it."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from simulation.errors import InputError, nearest
from simulation.parameters.declaration import show

CURRENCIES = {"rupiah": 1.0, "thousand rupiah": 1e3, "million rupiah": 1e6}
PERIODS = {"day": 365 / 12, "week": 365 / 84, "month": 1.0, "year": 1 / 12}
"""How often a period fits into a month."""

MEMBERS = ("young_children", "sd_pupils", "smp_pupils", "sma_pupils", "elderly")
"""Groups of members that a survey may count; whom it does not count is drawn from the city's ages."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns of a survey mean (``[population.columns]``) and in which units (``[population.survey]``).

    Fields without a default must be written. ``arm`` is a column with the names of the arms of a targeting experiment,
    or pairs of an arm and its column of zeros and ones. ``poverty_line`` is a column or a number.
    """

    household: str
    hamlet: str
    consumption: str
    size: str
    predictors: tuple[str, ...]
    currency: str
    consumption_of: str
    consumption_period: str
    poverty_line: str | float
    categories: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    weight: str | None = None
    members: tuple[tuple[str, str], ...] = ()
    arm: str | tuple[tuple[str, str], ...] | None = None
    selected: str | None = None
    community_rank: str | None = None
    self_assessed: str | None = None
    incomplete_rows: str = "refuse"
    assistance_included: bool = True
    source: str = ""

    def named(self) -> tuple[str, ...]:
        """Return every column of the file that is named, each once."""
        arms = [self.arm] if isinstance(self.arm, str) else [column for _, column in self.arm or ()]
        line = [self.poverty_line] if isinstance(self.poverty_line, str) else []
        single = [self.weight, self.selected, self.community_rank, self.self_assessed]
        counted = [column for _, column in self.members]
        names = [self.household, self.hamlet, self.consumption, self.size, *self.predictors, *self.categories]
        return tuple(dict.fromkeys(name for name in [*names, *self.region, *counted, *arms, *line, *single] if name))

    def to_month(self) -> float:
        """Return rupiah a month in one unit of the survey's consumption."""
        return self.unit_idr() * PERIODS[self.consumption_period]

    def unit_idr(self) -> float:
        """Return rupiah in one unit of the survey's currency."""
        return CURRENCIES[self.currency]

    def to_dict(self) -> dict[str, object]:
        """Return all fields for a record, ready for JSON."""
        arm = self.arm if self.arm is None or isinstance(self.arm, str) else dict(self.arm)
        return dataclasses.asdict(self) | {"members": dict(self.members), "arm": arm}

    @classmethod
    def from_dict(cls, record: Mapping) -> Layout:
        """Rebuild the layout that ``to_dict`` wrote."""
        pairs = {key: record[key] for key in ("members", "arm") if isinstance(record[key], Mapping)}
        lists = {key: tuple(record[key]) for key in ("predictors", "categories", "region")}
        return cls(**{**record, "members": (), **lists, **{key: tuple(one.items()) for key, one in pairs.items()}})


@dataclass(frozen=True, slots=True)
class SurveySource:
    """The survey of a plan: the file as the scenario names it, its content by hash, and how it is laid out.

    ``path`` is where the file lies on this machine; it takes no part in comparisons or records. ``households`` are
    those read, ``complete`` those with nothing missing, ``estimated`` what they decide, by the key of the input.
    """

    name: str
    sha256: str
    layout: Layout
    households: int
    complete: int
    estimated: tuple[tuple[str, float], ...]
    path: str = field(compare=False)

    def to_dict(self) -> dict[str, object]:
        """Return what a record keeps."""
        fields = {key: getattr(self, key) for key in ("sha256", "households", "complete")}
        return {"file": self.name, **fields, "estimated": dict(self.estimated), "layout": self.layout.to_dict()}

    @classmethod
    def from_dict(cls, record: Mapping) -> SurveySource:
        """Rebuild the source that ``to_dict`` wrote; the file is then looked for in the folder of work."""
        return cls(
            record["file"], record["sha256"], Layout.from_dict(record["layout"]), record["households"],
            record["complete"], tuple(record["estimated"].items()), record["file"],
        )  # fmt: skip

    def describe(self) -> str:
        """Say in one sentence where the families come from and what the survey decides."""
        found = ", ".join(f"{key} {value:.3g}" for key, value in self.estimated)
        return f"The families come from {self.complete:,} households of the survey {self.name}, which sets {found}."


@dataclass(frozen=True, slots=True)
class SurveyFile:
    """A file that is named as a survey, where it lies on this machine, and where it is named."""

    name: str
    path: str
    where: str

    @classmethod
    def at(cls, written: str, path: str | os.PathLike, where: str) -> SurveyFile:
        """Return the file; one that is named by its whole path is called by its last part, wherever it lies."""
        return cls(os.path.basename(written) if os.path.isabs(written) else written, os.path.abspath(path), where)


TAKEN = (
    "poverty_headcount_target", "poverty_gap_target", "poverty_severity_target", "gini_target", "mean_family_size",
    "size_gradient_seen", "size_gradient_rest",
)  # fmt: skip
"""Inputs that nobody sets for a city from a survey: its households say themselves how poor and how large they are."""

_COLUMNS = (
    "household", "hamlet", "consumption", "size", "predictors", "categories", "region", "weight", "poverty_line",
    *MEMBERS, "arm", "selected", "community_rank", "self_assessed",
)  # fmt: skip
_CHOICES = {
    "currency": tuple(CURRENCIES),
    "consumption_of": ("person", "family"),
    "consumption_period": tuple(PERIODS),
    "incomplete_rows": ("refuse", "leave_out"),
}
_SURVEY = (*_CHOICES, "poverty_line", "assistance_included", "source")
_LISTS = ("predictors", "categories", "region")
_NEEDED = ("household", "hamlet", "consumption", "size", "predictors", *list(_CHOICES)[:3], "poverty_line")

Pairs = tuple[tuple[str, object], ...]


def check_columns(raw: object, where: str) -> Pairs:
    """Return the keys of ``[population.columns]`` in canonical form; raise ``InputError`` for what is none."""
    table = _table(raw, "columns", _COLUMNS, where)
    return tuple((key, _column(key, value, f"{where}, columns")) for key, value in table.items())


def check_survey(raw: object, where: str) -> Pairs:
    """Return the keys of ``[population.survey]`` in canonical form; raise ``InputError`` for what is none."""
    table = _table(raw, "survey", _SURVEY, where)
    return tuple((key, _setting(key, value, f"{where}, survey")) for key, value in table.items())


def build_layout(columns: Mapping[str, object], survey: Mapping[str, object], where: str) -> Layout:
    """Put both sections together, once checked; raise ``InputError`` where something is missing or said twice."""
    if "poverty_line" in columns and "poverty_line" in survey:
        raise InputError(f"{where}: poverty_line stands in [population.columns] and in [population.survey]; keep one.")
    said = {**columns, **survey}
    for key in _NEEDED:
        if key not in said:
            raise InputError(f"{where}: microdata needs {_example(key)}.")
    if ("arm" in said) != ("selected" in said):
        missing = "selected" if "arm" in said else "arm"
        raise InputError(f"{where}: {missing} is missing; arm and selected describe an experiment together.")
    members = tuple((key, said.pop(key)) for key in MEMBERS if key in said)
    _check_distinct(said, where)
    return Layout(**said, members=members)


def _table(raw: object, name: str, known: Iterable[str], where: str) -> Mapping[str, object]:
    if not isinstance(raw, Mapping):
        raise InputError(f"{where}: {name} is {show(raw)}, but it must be a table of key = value lines.")
    for key in raw:
        if key not in known:
            elsewhere = "survey" if name == "columns" else "columns"
            if key in (_SURVEY if name == "columns" else _COLUMNS):
                raise InputError(f"{where}: {key} does not belong in {name}; write it in [population.{elsewhere}].")
            raise InputError(f"{where}: {name} has no key {show(key)}{nearest(str(key), known) or _list(known)}")
    return raw


def _list(known: Iterable[str]) -> str:
    return f"; there are {', '.join(known)}."


def _column(key: str, value: object, where: str) -> object:
    """Return the name or names of columns that a key gives."""
    if key in _LISTS:
        names = [value] if isinstance(value, str) and key == "region" else value
        if not isinstance(names, list | tuple) or not names or not all(isinstance(one, str) and one for one in names):
            raise InputError(f"{where}: {key} is {show(value)}, but it must be a list of column names in quotes.")
        return tuple(names)
    if key == "arm" and isinstance(value, Mapping):
        if len(value) < 2 or not all(isinstance(one, str) and one for one in value.values()):
            raise InputError(f"{where}: arm is {show(value)}, but it must name a column for each of two or more arms.")
        return tuple(value.items())
    if not isinstance(value, str) or not value:
        raise InputError(f"{where}: {key} is {show(value)}, but it must be the name of a column in quotes.")
    return value


def _setting(key: str, value: object, where: str) -> object:
    if key in _CHOICES:
        if value not in _CHOICES[key]:
            allowed = ", ".join(_CHOICES[key]) + (nearest(str(value), _CHOICES[key]) or ".")
            raise InputError(f"{where}: {key} is {show(value)}, but it must be one of {allowed}")
        return value
    if key == "poverty_line":
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not 0 < value < float("inf"):
            raise InputError(
                f"{where}: poverty_line is {show(value)}, but it must be a number above 0: the line a person and "
                "month, in the survey's currency; a column of lines stands in [population.columns]."
            )
        return float(value)
    wanted, words = (bool, "true or false") if key == "assistance_included" else (str, "a text in quotes")
    if not isinstance(value, wanted):
        raise InputError(f"{where}: {key} is {show(value)}, but it must be {words}.")
    return value


def _example(key: str) -> str:
    """Say how to write a key that is missing."""
    if key in _CHOICES:
        return f"{key} in [population.survey]: one of {', '.join(_CHOICES[key])}"
    if key == "poverty_line":
        return "poverty_line: a column in [population.columns], or in [population.survey] a number a person and month"
    return f"{key} in [population.columns]: {'a list of columns' if key in _LISTS else 'the name of a column'}"


def _check_distinct(said: Mapping[str, object], where: str) -> None:
    """Refuse a predictor that is named twice, and consumption among its own predictors."""
    named = [*said["predictors"], *said.get("categories", ())]
    for place, name in enumerate(named):
        if name in named[:place]:
            raise InputError(f"{where}: {show(name)} stands twice among predictors and categories; keep one.")
        if name in (said["consumption"], said["poverty_line"], said["household"]):
            raise InputError(f"{where}: {show(name)} cannot predict consumption; leave it out of the predictors.")
