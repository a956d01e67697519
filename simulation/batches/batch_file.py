"""One batch file: TOML in, a checked batch out, and one sentence for everything that can be wrong with it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path

from simulation.batches.batch import BLOCK, Batch, Kept, Run, StoppingRule
from simulation.batches.design import Design, flat, read_design
from simulation.errors import InputError, nearest
from simulation.measures import MEASURES
from simulation.parameters.declaration import show
from simulation.plan import Plan
from simulation.scenario import find_scenario, library_folder, load_scenario, scenario_names
from simulation.scenario_file import is_file, read_text, read_toml

_TOP = (
    "title", "question", "scenarios", "baseline", "replicates", "months", "scale", "seed", "measures", "keep_months",
    "keep_families", "set", "sweep",
)  # fmt: skip
_RULE = ("until_half_width", "measure", "max")
MOST_REPLICATES = 100_000


def load_batch(file: str | Path | Mapping[str, object]) -> Batch:
    """Read a batch by path, by name (from ``scenarios/batches``), or from a mapping with the content of such a file."""
    if isinstance(file, Mapping):
        source = "".join(f"{key} = {_toml(value)}\n" for key, value in file.items())
        return read_batch(tomllib.loads(source), "batch", Path(), "batch", source)
    path = find_batch(file)
    where = _shown(path)
    raw = read_toml(path, where)
    return read_batch(raw, path.stem, path.parent, where, path.read_text(encoding="utf-8-sig"))


def find_batch(name_or_path: str | Path) -> Path:
    """Return the file of a batch given by name or by path."""
    folder = library_folder() / "batches"
    for path in (Path(name_or_path), folder / f"{name_or_path}.toml"):
        if is_file(path):
            return path
    known = sorted(path.stem for path in folder.glob("*.toml"))
    remedy = nearest(Path(name_or_path).stem, known) or (f"; the library has {', '.join(known)}." if known else ".")
    raise InputError(f"{show(str(name_or_path))} is neither a batch of the library nor a file{remedy}")


def read_batch(raw: Mapping[str, object], name: str, folder: Path, where: str, source: str) -> Batch:
    """Check the content of a batch file and return the batch.

    ``folder`` is where files lie that it names, ``source`` the text that a folder of results keeps.
    """
    for key in raw:
        if key not in _TOP:
            known = nearest(key, _TOP) or f"; there are {', '.join(_TOP)}."
            raise InputError(f"{where}: there is no key '{key}' in a batch{known}")
    plans = _plans(raw, folder, where)
    seed = _whole(raw, "seed", 1, 0, 2**32 - 1, where)
    design = read_design(_table(raw, "sweep", where), folder, seed, where) if "sweep" in raw else Design()
    for key in set(design.keys) & set(_table(raw, "set", where)):
        raise InputError(f"{where}: '{key}' stands in [set] and in [sweep]; keep one of them.")
    rule = _rule(raw, where)
    replicates = rule.most if rule else _whole(raw, "replicates", BLOCK, 1, MOST_REPLICATES, where)
    title, question = read_text(raw, "title", name, where), read_text(raw, "question", "", where)
    baseline = _baseline(raw, plans, where)
    kept = _kept(raw, plans[0].months, where)
    batch = Batch(name, title, plans, baseline, seed, replicates, kept, question, rule, design, source)
    _check(batch, where)
    return batch


def _plans(raw: Mapping, folder: Path, where: str) -> tuple[Plan, ...]:
    if "scenarios" not in raw:
        raise InputError(f"{where}: scenarios is missing; write for example scenarios = ['baseline'].")
    names = raw["scenarios"]
    if not isinstance(names, list) or not names or not all(isinstance(one, str) for one in names):
        raise InputError(f"{where}: scenarios is {show(names)}, but it must be a list such as ['baseline'].")
    sets = _table(raw, "set", where)
    if "run.seed" in sets:
        raise InputError(f"{where}, [set]: every replicate has a seed of its own; give seed = N for the whole batch.")
    frame = {"months": raw.get("months"), "scale": raw.get("scale")}
    plans = tuple(_plan(name, folder, sets, frame, where) for name in names)
    _check_alike(plans, where)
    return plans


def _plan(name: str, folder: Path, sets: Mapping, frame: Mapping, where: str) -> Plan:
    given = {f"{'run' if key == 'months' else 'population'}.{key}": v for key, v in frame.items() if v is not None}
    plan = load_scenario(_scenario(name, folder, where))
    return plan.override({**sets, **given}, f"{where}, scenario '{plan.name}'")


def _scenario(name: str, folder: Path, where: str) -> Path:
    """Return the file of a scenario: of the library, or beside the batch file."""
    beside = folder / (name if name.endswith(".toml") else f"{name}.toml")
    if name not in scenario_names() and is_file(beside):
        return beside
    try:
        return find_scenario(name)
    except InputError as error:
        raise InputError(f"{where}, scenarios: {error}") from None


def _check_alike(plans: tuple[Plan, ...], where: str) -> None:
    """Runs are compared month by month and family by family, so they must be of one city and one time."""
    names = [plan.name for plan in plans]
    twice = next((name for number, name in enumerate(names) if name in names[:number]), None)
    if twice:
        raise InputError(f"{where}: scenarios has '{twice}' twice; each needs a name of its own.")
    for key, remedy in (
        ("months", "give months in the batch"), ("scale", "give scale in the batch"),
        ("start", "let both start in the same month"), ("population_seed", "let both have the same city"),
        ("microdata", "let both have the same city"),
    ):  # fmt: skip
        for plan in plans[1:]:
            ours, theirs = getattr(plans[0], key), getattr(plan, key)
            if ours != theirs:
                raise InputError(
                    f"{where}: {key} is {ours} in '{names[0]}' and {theirs} in '{plan.name}', so they cannot be "
                    f"compared; {remedy}."
                )


def _baseline(raw: Mapping, plans: tuple[Plan, ...], where: str) -> str:
    names = [plan.name for plan in plans]
    baseline = raw.get("baseline", names[0])
    if baseline not in names:
        remedy = nearest(str(baseline), names) or f"; it must be one of {', '.join(names)}."
        raise InputError(f"{where}: baseline is {show(baseline)}, which is not among the scenarios{remedy}")
    return baseline


def _rule(raw: Mapping, where: str) -> StoppingRule | None:
    given = raw.get("replicates")
    if not isinstance(given, dict):
        return None
    if set(given) != set(_RULE):
        raise InputError(
            f"{where}: replicates is {show(given)}, but it must be a whole number or like "
            "{until_half_width = 0.002, measure = 'exclusion_error', max = 200}."
        )
    here = f"{where}, replicates"
    width = given["until_half_width"]
    if isinstance(width, bool) or not isinstance(width, int | float) or not 0 < width < float("inf"):
        raise InputError(f"{here}: until_half_width is {show(width)}, but it must be a number above 0.")
    _check_measure(given["measure"], "measure", here)
    return StoppingRule(float(width), given["measure"], _whole(given, "max", None, BLOCK, MOST_REPLICATES, here))


def _kept(raw: Mapping, months: int, where: str) -> Kept:
    measures = raw.get("measures", "all")
    if measures == "all":
        measures = list(MEASURES)
    if not isinstance(measures, list) or not measures:
        raise InputError(f"{where}: measures is {show(measures)}, but it must be 'all' or a list of names.")
    for name in measures:
        _check_measure(name, "measures", where)
    chosen = tuple(name for name in MEASURES if name in measures)
    families = raw.get("keep_families", True)
    if not isinstance(families, bool):
        raise InputError(f"{where}: keep_families is {show(families)}, but it must be true or false.")
    return Kept(chosen, _months(raw.get("keep_months", "all"), months, where), families)


def _months(given: object, months: int, where: str) -> tuple[int, ...]:
    """Return the months to keep: all, the last, the last of every twelve, or those listed, from 0."""
    if given in ("all", "last", "yearly"):
        named = {"all": range(months), "last": range(months - 1, months), "yearly": range(11, months, 12)}
        return tuple(named[given]) or (months - 1,)
    numbers = given if isinstance(given, list) else []
    if not numbers or not all(type(one) is int and 0 <= one < months for one in numbers):
        raise InputError(
            f"{where}: keep_months is {show(given)}, but it must be 'all', 'yearly', 'last' or a list of months from "
            f"0 to {months - 1}."
        )
    return tuple(sorted(set(numbers)))


def _check_measure(name: object, key: str, where: str) -> None:
    if not isinstance(name, str) or name not in MEASURES:
        remedy = nearest(str(name), MEASURES) or "; docs/results.md lists all of them."
        raise InputError(f"{where}: {key} names {show(name)}, which is no measure{remedy}")


def _check(batch: Batch, where: str) -> None:
    """Find before the first run what would stop a later one."""
    rule = batch.rule
    if rule and len(batch.plans) * len(batch.design.points) < 2:
        raise InputError(f"{where}: until_half_width is about differences; give a second scenario or a [sweep].")
    if rule and rule.measure not in batch.kept.measures:
        raise InputError(f"{where}: the stopping rule looks at {rule.measure}, which measures leaves out; add it.")
    for scenario, point in batch.cells():
        run = Run(scenario, point, 0)
        sets = batch.design.settings_at(point)
        batch.plans[scenario].override(sets, f"{where}, {batch.words_of(run).rpartition(',')[0]}")


def _table(raw: Mapping, key: str, where: str) -> Mapping[str, object]:
    table = raw.get(key, {})
    if not isinstance(table, dict):
        raise InputError(f"{where}: {key} is {show(table)}, but it must be a table of key = value lines.")
    return flat(table)


def _whole(raw: Mapping, key: str, default: int | None, least: int, most: int, where: str) -> int:
    value = raw.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise InputError(f"{where}: {key} is {show(value)}, but it must be a whole number from {least} to {most:,}.")
    return value


def _toml(value: object) -> str:
    """Write a value as TOML has it."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(str(key))} = {_toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple | range):
        return "[" + ", ".join(map(_toml, value)) + "]"
    try:
        return json.dumps(value.item() if hasattr(value, "item") else value)
    except TypeError:
        raise InputError(f"batch: {show(value)} is no value that a batch file can hold.") from None


def _shown(path: Path) -> str:
    library = library_folder()
    return path.relative_to(library.parent).as_posix() if path.is_relative_to(library) else str(path)
