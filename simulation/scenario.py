"""Scenarios: files that extend each other, resolved into one plan; and the library that comes with Salur."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from simulation.errors import InputError, nearest
from simulation.microdata.layout import TAKEN, SurveyFile, SurveySource, build_layout
from simulation.parameters import ASSUMPTIONS, LEVERS, Text
from simulation.parameters.declaration import show
from simulation.plan import Plan
from simulation.scenario_file import Draft, is_file, parse_toml, read_draft, read_text, read_toml
from simulation.settings import POPULATION, RUN, START, Settings, check_setting

_NAME = re.compile(r"[A-Za-z0-9][\w-]*(/[A-Za-z0-9][\w-]*)*")
APART = ("batches", "surveys")
"""Folders of the library that are not listed: batch files, and scenarios whose survey does not come with Salur."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A scenario of the library."""

    name: str
    path: Path
    title: Text
    question: Text
    extends: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A setting in which two plans differ: for each its values by month, the first without one."""

    section: str
    key: str
    a: tuple[tuple[str, object], ...]
    b: tuple[tuple[str, object], ...]

    def __str__(self) -> str:
        return f"{self.section}.{self.key}: {_in_words(self.a)} | {_in_words(self.b)}"


def load_scenario(
    name_or_path: str | Path,
    *,
    overrides: Mapping[str, object] | None = None,
    months: int | None = None,
    seed: int | None = None,
    scale: float | None = None,
) -> Plan:
    """Read a scenario by name (from the library) or by path and return its plan.

    ``overrides`` holds settings such as ``{"policy.caseload_per_pendamping": "150"}``; texts are read as TOML values.
    """
    path = find_scenario(name_or_path)
    sets = {key: parse_value(value) if isinstance(value, str) else value for key, value in (overrides or {}).items()}
    draft = _resolve(path, (path,))
    _set_survey(draft, sets)
    plan = _plan(draft, _shown(path))
    return plan.override(sets).with_(months=months, seed=seed, scale=scale)


def read_scenario(content: bytes, name: str) -> Plan:
    """Return the plan of a scenario that is at hand as text, from somewhere that is not to reach any file.

    It may extend scenarios of the library alone, and name no survey.
    """
    where = f"{name}.toml"
    raw = parse_toml(content, where)
    population = raw.get("population")
    for key in ("microdata", "columns", "survey"):
        if isinstance(population, dict) and key in population:
            raise InputError(f"{where}, [population]: {key} is about a file of its own; leave it out here.")
    own = merged = read_draft(raw, Path(where), where)
    if "extends" in raw:
        parent = raw["extends"]
        if not isinstance(parent, str) or parent not in scenario_names():
            remedy = nearest(str(parent), scenario_names()) or "; write for example 'baseline'."
            raise InputError(f"{where}: extends is {show(parent)}, which is no scenario of the library{remedy}")
        path = library_folder() / f"{parent}.toml"
        merged = _merge(_resolve(path, (path,)), own)
    _check_dates(own, merged, where)
    return _plan(merged, where)


def parse_value(text: str) -> object:
    """Read a value as a TOML file would; what is no TOML value is taken as a text."""
    try:
        return text if "\n" in text else tomllib.loads(f"value = {text}")["value"]
    except (ValueError, RecursionError):
        return text


def parse_sets(sets: Iterable[str]) -> dict[str, str]:
    """Split settings written as ``policy.key=value``."""
    pairs = {}
    for one in sets:
        key, equals, value = one.partition("=")
        if not equals or not key.strip() or not value.strip():
            raise InputError(f"--set: '{one}' has no value; write for example policy.caseload_per_pendamping=150.")
        pairs[key.strip()] = value.strip()
    return pairs


def library_folder() -> Path:
    """Return the folder of the scenarios that come with Salur."""
    root = Path(__file__).parents[1]
    carried = Path(__file__).parent / "library"
    return root / "scenarios" if (root / "pyproject.toml").is_file() or not carried.is_dir() else carried


def scenario_names() -> tuple[str, ...]:
    """Return the names of the library's scenarios; batch files and those that want a survey of yours are none."""
    folder = library_folder()
    files = (path.relative_to(folder) for path in folder.rglob("*.toml"))
    return tuple(sorted(path.with_suffix("").as_posix() for path in files if path.parts[0] not in APART))


def list_scenarios() -> tuple[Listed, ...]:
    """Return the scenarios of the library with their titles."""
    return tuple(_listed(name) for name in scenario_names())


def find_scenario(name_or_path: str | Path) -> Path:
    """Return the file of a scenario given by name or by path."""
    text = str(name_or_path)
    known, path = library_folder() / f"{text}.toml", Path(text)
    if _NAME.fullmatch(text) and is_file(known):
        return known
    if is_file(path):
        return path
    if path.suffix == ".toml":
        raise InputError(f"{show(text)}: there is no such file{_nearest_file(path)}")
    remedy = nearest(text, scenario_names()) or f"; the library has {', '.join(scenario_names())}."
    raise InputError(f"{show(text)} is neither a scenario of the library nor a file{remedy}")


def diff_scenarios(a: str | Path | Plan, b: str | Path | Plan) -> tuple[Difference, ...]:
    """Return the settings in which two scenarios differ."""
    one, other = (plan if isinstance(plan, Plan) else load_scenario(plan) for plan in (a, b))
    rows = [Difference("policy", key, _steps(one, key), _steps(other, key)) for key in LEVERS]
    frames = one.to_dict(), other.to_dict()
    for section in ("assumptions", "population", "run"):
        ours, theirs = (frame[section] for frame in frames)
        rows += [Difference(section, key, (("", ours[key]),), (("", theirs[key]),)) for key in ours]
    return tuple(row for row in rows if row.a != row.b and row.key != "declared_months")


def _steps(plan: Plan, key: str) -> tuple[tuple[str, object], ...]:
    steps = [("", plan.changes[0][1][key])]
    for month, policy in plan.changes:
        if policy[key] != steps[-1][1]:
            steps.append((str(plan.start.plus(month)), policy[key]))
    return tuple(steps)


def _in_words(steps: tuple[tuple[str, object], ...]) -> str:
    return ", ".join(show(value) + (f" from {month}" if month else "") for month, value in steps)


def _listed(name: str) -> Listed:
    path = library_folder() / f"{name}.toml"
    where = _shown(path)
    raw = read_toml(path, where)
    texts = read_text(raw, "title", name, where), read_text(raw, "question", "", where)
    return Listed(name, path, *texts, raw.get("extends"))


def _shown(path: Path) -> str:
    library = library_folder()
    return path.relative_to(library.parent).as_posix() if path.is_relative_to(library) else str(path)


def _nearest_file(path: Path) -> str:
    try:
        return nearest(path.name, (one.name for one in path.parent.glob("*.toml"))) or "."
    except (OSError, ValueError):
        return "."


def _resolve(path: Path, chain: tuple[Path, ...]) -> Draft:
    where = _shown(path)
    raw = read_toml(path, where)
    own = merged = read_draft(raw, path, where)
    if "extends" in raw:
        parent = _parent(raw["extends"], path, chain)
        merged = _merge(_resolve(parent, (*chain, parent)), own)
    _check_dates(own, merged, where)
    return merged


def _check_dates(own: Draft, merged: Draft, where: str) -> None:
    start = merged.sections["run"].get("start", START)
    for month in own.dated:
        if month < start:
            raise InputError(f"{where}: [[change]] from {month} lies before the start of the run, which is {start}.")


def _parent(name: object, path: Path, chain: tuple[Path, ...]) -> Path:
    where, way = _shown(path), " > ".join([*(one.stem for one in chain), str(name)])
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise InputError(f"{where}: extends is {show(name)}, but it must be the name of a scenario such as 'baseline'.")
    places = path.parent / f"{name}.toml", library_folder() / f"{name}.toml"
    found = [one for one in places if is_file(one)]
    others = [one for one in found if not one.samefile(path)]
    if not found:
        names = {*scenario_names(), *(one.stem for one in path.parent.glob("*.toml") if not one.samefile(path))}
        remedy = nearest(name, sorted(names)) or f"; the library has {', '.join(scenario_names())}."
        raise InputError(f"{where}: extends names '{name}' ({way}), which is neither beside the file nor known{remedy}")
    if not others or any(others[0].samefile(one) for one in chain):
        raise InputError(f"{where}: extends goes in a circle, {way}; let one of them extend 'baseline'.")
    return others[0]


def _merge(parent: Draft, own: Draft) -> Draft:
    """Lay a file over what it extends: what its [policy] sets holds throughout, unless the file dates it again."""
    held = own.sections["policy"]
    dated = {month: {k: v for k, v in values.items() if k not in held} for month, values in parent.dated.items()}
    for month, values in own.dated.items():
        dated[month] = dated.get(month, {}) | values
    sections = {name: parent.sections[name] | own.sections[name] for name in parent.sections}
    return dataclasses.replace(own, sections=sections, dated=dated)


def _plan(draft: Draft, where: str) -> Plan:
    policy, assumptions, population, run = (draft.sections[k] for k in ("policy", "assumptions", "population", "run"))
    run = {key: one.default for key, one in RUN.items()} | {"start": START} | run
    population = {key: one.default for key, one in POPULATION.items()} | population
    microdata = _survey(population, where)
    taken = [key for key in assumptions if microdata and key in TAKEN]
    if taken:
        raise InputError(f"{where}, [assumptions]: {taken[0]} is what the survey {microdata.name} says; leave it out.")
    estimated = dict(microdata.estimated) if microdata else {}
    return Plan(
        draft.name, draft.title, draft.question, run["start"], run["months"], run["seed"],
        population["scale"], microdata,
        assumptions=Settings({key: one.default for key, one in ASSUMPTIONS.items()} | estimated | assumptions),
        opening=Settings({key: one.default for key, one in LEVERS.items()} | policy),
        dated=tuple((month, Settings(values)) for month, values in sorted(draft.dated.items()) if values),
        population_seed=population["seed"], expects=draft.expects,
    ).checked(where)


def _set_survey(draft: Draft, sets: dict[str, object]) -> None:
    """Take out of the settings what belongs to a survey, and lay it over what the file says of it."""
    for key in ("microdata", "columns", "survey"):
        if f"population.{key}" in sets:
            value = check_setting("population", key, sets.pop(f"population.{key}"), "--set")
            if key == "microdata" and value:
                value = SurveyFile.at(value, value, "--set")
            draft.sections["population"][key] = value


def _survey(population: Mapping[str, object], where: str) -> SurveySource | None:
    """Read the survey that a scenario names; none where it names none."""
    here, file = f"{where}, [population]", population.get("microdata")
    columns, survey = (dict(population.get(key, ())) for key in ("columns", "survey"))
    if "microdata" not in population and (columns or survey):
        said = "columns" if columns else "survey"
        raise InputError(f"{here}: {said} describes a survey, but microdata names none; write microdata = 'FILE'.")
    if file is None:
        return None
    if not is_file(Path(file.path)):
        place = "" if file.where == "--set" else " beside it"
        remedy = f"; its source is {survey['source']}." if survey.get("source") else "."
        raise InputError(f"{file.where}: microdata is {show(file.name)}, but there is no such file{place}{remedy}")
    from simulation.microdata.opening import describe_source

    return describe_source(file, build_layout(columns, survey, here))
