"""The address holds the whole state of the page: a link shows the same view again, and a broken one is explained."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from urllib.parse import parse_qsl, quote, urlencode

from simulation.analysis.words import Words
from simulation.dashboard.levers import GROUPS, say_value
from simulation.dashboard.lives import ANY
from simulation.dashboard.text import fill
from simulation.dashboard.units import UNITS
from simulation.errors import InputError
from simulation.measures import MEASURES
from simulation.parameters import LEVERS, Parameter
from simulation.plan import Plan
from simulation.scenario import parse_value, scenario_names
from simulation.settings import RUN

VERSION = "1"
LANGUAGES = ("id", "en")
PAGES = {"": "explore", "bandingkan": "compare", "amati": "watch", "hasil": "batch", "keluarga": "family",
         "tentang": "about"}  # fmt: skip
"""Pages by their path."""

MAPS = ("difference", "chosen", "baseline")
UPLOADED = "file:"
"""Before the name of a scenario that a visitor brought along."""

MOST_SCENARIOS = 5
_NAME = re.compile(r"[A-Za-z0-9][\w/:.-]{0,79}")
LONGEST = 4000
"""Longer addresses are not read."""


@dataclass(frozen=True)
class Address:
    """Where somebody is: page, language, seed, the levers that differ from the baseline, and what is shown.

    ``status`` and ``family`` say whose life is told, ``month`` in which month, counted from 1; 0 is the last.
    ``scenarios`` are those that are compared, ``gains`` the one whose gains are shown.
    ``batch`` is the folder of results that is open, ``where`` what of it is shown: values by dimension.
    """

    page: str = "explore"
    language: str = "id"
    seed: int = 1
    sets: Mapping[str, object] = field(default_factory=dict)
    measure: str = "effective_exclusion_error"
    map: str = "difference"
    status: str = "not_registered"
    family: int = 0
    month: int = 0
    scenarios: tuple[str, ...] = ()
    gains: str = ""
    batch: str = ""
    where: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("sets", "where"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    def but(self, **changes: object) -> Address:
        """Return the address with something changed."""
        return replace(self, **changes)

    def setting(self, key: str, value: object) -> Address:
        """Return the address with one lever set."""
        return self.but(sets={**self.sets, key: value})

    def without(self, key: str) -> Address:
        """Return the address with one lever back at the baseline."""
        return self.but(sets={name: value for name, value in self.sets.items() if name != key})

    def link(self) -> str:
        """Return the path and query that lead here; what is as usual is left out."""
        path = next(path for path, page in PAGES.items() if page == self.page)
        usual = Address()
        query: dict[str, str] = {"lang": self.language, "v": VERSION}
        for name in ("seed", "measure", "map", "status", "family", "month", "gains", "batch"):
            if getattr(self, name) != getattr(usual, name):
                query[name] = str(getattr(self, name))
        if self.scenarios:
            query["with"] = ",".join(self.scenarios)
        if self.where:
            query["where"] = ";".join(f"{key}:{value}" for key, value in self.where.items())
        query |= {key: written(self.sets[key]) for key in LEVERS if key in self.sets}
        return f"/{path}?{urlencode(query, quote_via=quote)}"


Go = Callable[[Address], None]
"""What leads a visitor to an address."""


@cache
def library() -> tuple[str, ...]:
    """Return the names of the scenarios that can be compared with the baseline."""
    return tuple(name for name in scenario_names() if name != "baseline")


def read_address(path: str, query: str, baseline: Plan) -> tuple[Address, tuple[str, ...]]:
    """Return the address that a link means, and what in it could not be used, each in one sentence.

    What cannot be used is left as it usually is.
    """
    page = PAGES.get(path.strip("/"), "explore")
    given = dict(parse_qsl(query[:LONGEST], keep_blank_values=True))
    language = given.pop("lang", "id")
    address = Address(page=page, language=language if language in LANGUAGES else "id")
    say = address.language
    faults = [] if language in LANGUAGES else [fill(say, "link_language", given=_short(language))]
    if len(query) > LONGEST:
        return address, (*faults, fill(say, "link_long"))
    version = given.pop("v", VERSION)
    if version != VERSION:
        return address, (*faults, fill(say, "link_version", given=_short(version), ours=VERSION))
    named, unknown = _scenarios(given.pop("with", ""), say)
    address, faults = address.but(scenarios=named), [*faults, *unknown]
    for key, text in given.items():
        try:
            address = _taken(address, key, text, baseline)
        except _Fault as fault:
            faults.append(str(fault))
    plan = chosen_plan(baseline, address)
    if plan is None:
        return address.but(sets={}), (*faults, fill(say, "link_conflict"))
    return address.but(sets=_moved(baseline, address.sets)), tuple(faults)


def chosen_plan(baseline: Plan, address: Address) -> Plan | None:
    """Return the plan that the levers make; none where they contradict each other."""
    try:
        return baseline.override({f"policy.{key}": value for key, value in _moved(baseline, address.sets).items()})
    except InputError:
        return None


def check_lever(lever: Parameter, value: object, language: str, baseline: Plan) -> tuple[object, str]:
    """Return the value as the model takes it, or the sentence that says what may be set."""
    try:
        return lever.check(value, ""), ""
    except InputError:
        words = Words(baseline, language)
        label = lever.label.of(language)
        if lever.bounds:
            low, high = (say_value(lever, edge, words) for edge in lever.bounds)
            unit = UNITS[lever.unit].of(language)
            return None, fill(language, "lever_bounds", label=label, low=low, high=high, unit=unit)
        return None, fill(language, "lever_value", label=label)


def written(value: object) -> str:
    """Return a setting as it stands in a link or on the command line."""
    if value is None:
        return "none"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).lower() if isinstance(value, bool) else str(value)


class _Fault(Exception):
    """Something in a link that cannot be used."""


def _taken(address: Address, key: str, text: str, baseline: Plan) -> Address:
    """Return the address with one part of a link taken in."""
    say = address.language
    if key in ("seed", "family", "month"):
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else -1
        if not 0 <= number <= RUN["seed"].bounds[1]:
            raise _Fault(fill(say, f"link_{key}", given=_short(text)))
        return address.but(**{key: number})
    if key in ("measure", "map", "status"):
        if text not in _choices(key):
            raise _Fault(fill(say, "link_view", key=key, given=_short(text)))
        return address.but(**{key: text})
    if key in ("gains", "batch"):
        return address.but(**{key: text if _NAME.fullmatch(text) else ""})
    if key == "where":
        pairs = [part.split(":", 1) for part in text.split(";") if part]
        if not all(len(pair) == 2 and _NAME.fullmatch(pair[0]) for pair in pairs):
            raise _Fault(fill(say, "link_where", given=_short(text)))
        return address.but(where=dict(pairs))
    lever = LEVERS.get(key)
    if lever is None or lever.group not in GROUPS:
        raise _Fault(fill(say, "link_unknown", key=_short(key)))
    value, fault = check_lever(lever, _read(lever, text), say, baseline)
    if fault:
        raise _Fault(fill(say, "link_value", given=_short(text), fault=fault))
    return address.setting(key, value)


def _scenarios(text: str, language: str) -> tuple[tuple[str, ...], list[str]]:
    """Return the scenarios that a link names, each once, and what is wrong with the others."""
    names = list(dict.fromkeys(name for name in text.split(",") if name))
    known = [name for name in names if name in library() or (_NAME.fullmatch(name) and name.startswith(UPLOADED))]
    faults = [fill(language, "link_scenario", given=_short(name)) for name in names if name not in known]
    if len(known) > MOST_SCENARIOS:
        faults.append(fill(language, "too_many", most=MOST_SCENARIOS))
    return tuple(known[:MOST_SCENARIOS]), faults


def _choices(key: str) -> tuple[str, ...]:
    from simulation.measures.cascade import STATUSES

    return {"measure": tuple(MEASURES), "map": MAPS, "status": (*STATUSES, ANY)}[key]


def _read(lever: Parameter, text: str) -> object:
    return text if lever.kind == "choice" else parse_value(text)


def _moved(baseline: Plan, sets: Mapping[str, object]) -> dict[str, object]:
    """Return the settings that differ from the baseline in some month."""
    policies = [policy for _, policy in baseline.changes]
    return {key: value for key, value in sets.items() if any(policy[key] != value for policy in policies)}


def _short(text: str) -> str:
    plain = "".join(letter for letter in text if letter.isprintable())
    return plain if len(plain) <= 40 else f"{plain[:37]}..."
