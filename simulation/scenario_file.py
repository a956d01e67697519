"""One scenario file: TOML in, a checked draft out, and one sentence for everything that can be wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from simulation.clock import Month
from simulation.errors import InputError, nearest
from simulation.microdata.layout import SurveyFile
from simulation.parameters import ASSUMPTIONS, LEVERS, Text
from simulation.parameters.declaration import show
from simulation.plan import Expectation
from simulation.settings import check_month, check_setting

_TOP = ("title", "question", "expects", "extends", "policy", "change", "assumptions", "population", "run")
_LARGEST = 1_000_000


@dataclass(slots=True)
class Draft:
    """What a file sets, by section, and by month; before defaults are filled in."""

    name: str
    title: Text
    question: Text
    expects: tuple[Expectation, ...]
    sections: dict[str, dict[str, object]]
    dated: dict[Month, dict[str, object]] = field(default_factory=dict)


def read_toml(path: Path, where: str) -> dict[str, object]:
    """Read a TOML file; raise ``InputError`` when it cannot be read or is not TOML."""
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(f"{where}: the file is larger than 1 MB, which no scenario is.")
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{where}: the file cannot be read ({error.strerror}).") from None
    return parse_toml(content, where)


def parse_toml(content: bytes, where: str) -> dict[str, object]:
    """Read what a TOML file holds; raise ``InputError`` when it is not TOML."""
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(f"{where}: byte {error.start} is not UTF-8; save the file as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{where}: not TOML, {str(error)[:1].lower()}{str(error)[1:]}.") from None
    except RecursionError:
        raise InputError(f"{where}: tables or lists are nested too deep; a scenario needs two levels.") from None
    except ValueError as error:
        raise InputError(f"{where}: a value cannot be read ({str(error).split(':')[0].split(';')[0]}).") from None


def read_draft(raw: dict[str, object], path: Path, where: str) -> Draft:
    """Check every key and value of a file and return them in canonical form."""
    for key in raw:
        if key not in _TOP:
            raise InputError(f"{where}: {_unknown(key)}")
    sections = {name: _section(raw, name, where) for name in ("policy", "assumptions", "population", "run")}
    microdata = sections["population"].get("microdata")
    if microdata:
        file = SurveyFile.at(microdata, path.parent / microdata, f"{where}, [population]")
        sections["population"]["microdata"] = file
    expects = tuple(_expectations(raw.get("expects", []), where))
    title, question = read_text(raw, "title", path.stem, where), read_text(raw, "question", "", where)
    return Draft(path.stem, title, question, expects, sections, _dated(raw.get("change", []), where))


def read_text(raw: dict[str, object], key: str, default: str, where: str) -> Text:
    """Return the words of ``key.id`` and ``key.en``; one stands for the other where it is missing."""
    table = _table(raw.get(key, {}), key, where)
    for language, words in table.items():
        if language not in ("id", "en") or not isinstance(words, str):
            raise InputError(f"{where}: {key}.{language} is {show(words)}; write {key}.id and {key}.en as texts.")
    return Text(table.get("id", table.get("en", default)), table.get("en", table.get("id", default)))


def _unknown(key: str) -> str:
    if key in LEVERS or key in ASSUMPTIONS:
        return f"{key} stands outside a section; write it below [{'policy' if key in LEVERS else 'assumptions'}]."
    return f"there is no section or key '{key}'{nearest(key, _TOP) or '; there are ' + ', '.join(_TOP) + '.'}"


def _section(raw: dict[str, object], name: str, where: str) -> dict[str, object]:
    table = _table(raw.get(name, {}), f"[{name}]", where)
    return {key: check_setting(name, key, value, f"{where}, [{name}]") for key, value in table.items()}


def _table(value: object, what: str, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise InputError(f"{where}: {what} is {show(value)}, but it must be a table of key = value lines.")
    return value


def _expectations(raw: object, where: str) -> Iterable[Expectation]:
    for one in raw if isinstance(raw, list) else [raw]:
        fits = isinstance(one, dict) and set(one) == {"measure", "sign"} and isinstance(one["measure"], str)
        if not fits or one["sign"] not in ("+", "-", "0"):
            raise InputError(
                f"{where}: expects is {show(one)}, but it must be like {{measure = 'exclusion_error', sign = '-'}} "
                "with a sign of '+', '-' or '0'."
            )
        yield Expectation(**one)


def _dated(raw: object, where: str) -> dict[Month, dict[str, object]]:
    if not isinstance(raw, list):
        raise InputError(f"{where}: change must be written as [[change]] with two brackets, once for each month.")
    dated: dict[Month, dict[str, object]] = {}
    for one in raw:
        month, values = _change(one, where)
        twice = dated.setdefault(month, {}).keys() & values
        if twice:
            raise InputError(f"{where}: two [[change]] tables set {min(twice)} in {month}; keep one of them.")
        dated[month].update(values)
    return dated


def _change(raw: object, where: str) -> tuple[Month, dict[str, object]]:
    table = dict(_table(raw, "[[change]]", where))
    if "from" not in table:
        raise InputError(f"{where}: a [[change]] has no month; add from = '2025-01'.")
    month = check_month(table.pop("from"), "from", f"{where}, [[change]]")
    here = f"{where}, [[change]] from {month}"
    return month, {key: check_setting("policy", key, value, here) for key, value in table.items()}


def is_file(path: Path) -> bool:
    """Tell whether a path is a file; names that no system allows are none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
