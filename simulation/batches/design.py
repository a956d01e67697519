"""The points of a sweep: every combination, a list, a file, or a sample of ranges."""

from __future__ import annotations

import csv
import dataclasses
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulation.batches.ranges import SAMPLED, read_range, unit_points
from simulation.errors import InputError, nearest
from simulation.parameters import PARAMETERS
from simulation.parameters.declaration import show
from simulation.scenario import parse_value
from simulation.settings import check_setting, full_name

MOST_POINTS = 100_000
SECTIONS = ("policy", "assumptions", "population", "run")
METHODS = ("grid", "list", *SAMPLED)
_OPTIONS = {
    "grid": (), "list": ("points", "file"), "latin_hypercube": ("samples", "seed"),
    "sobol": ("samples", "seed", "second_order"), "morris": ("samples", "seed", "levels"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Design:
    """Points of a sweep: for each the values of ``keys``, such as ``policy.caseload_per_pendamping``.

    ``options`` says how a sample was drawn, ``ranges`` from what, so that its points can be drawn again on the unit
    cube. Without a sweep there is one point and no key.
    """

    method: str = "none"
    keys: tuple[str, ...] = ()
    points: tuple[tuple[object, ...], ...] = ((),)
    options: tuple[tuple[str, object], ...] = ()
    ranges: tuple[tuple[object, ...], ...] = ()

    def settings_at(self, point: int) -> dict[str, object]:
        """Return the settings of a point."""
        return dict(zip(self.keys, self.points[point], strict=True))

    def to_dict(self) -> dict[str, object]:
        """Return the design for a record, ready for JSON."""
        return {
            "method": self.method,
            "keys": list(self.keys),
            "points": [[plain(value) for value in point] for point in self.points],
            "options": dict(self.options),
            "ranges": [list(one) for one in self.ranges],
        }

    def numbered_like(self, earlier: Sequence[Sequence[object]]) -> Design:
        """Return the design with the points of an earlier one first, in their order, so that each keeps its number."""
        ours = {_as_key(point): point for point in self.points}
        waiting = Counter(_as_key(point) for point in earlier)
        later = []
        for key, point in ((_as_key(point), point) for point in self.points):
            if waiting[key]:
                waiting[key] -= 1
            else:
                later.append(point)
        return dataclasses.replace(self, points=(*(ours[_as_key(point)] for point in earlier), *later))


def missing_points(design: Design, earlier: Sequence[Sequence[object]]) -> list[Sequence[object]]:
    """Return the points of an earlier design that this one lacks."""
    here = Counter(_as_key(point) for point in design.points)
    here.subtract(_as_key(point) for point in earlier)
    return [point for point in earlier if here[_as_key(point)] < 0]


def plain(value: object) -> object:
    """Return a value of a setting as JSON has it."""
    return [dataclasses.asdict(one) for one in value] if isinstance(value, tuple) else value


def flat(table: Mapping[str, object]) -> dict[str, object]:
    """Return a table with full keys, whether written ``"policy.key" = 1`` or, without quotes, ``policy.key = 1``."""
    found: dict[str, object] = {}
    for name, value in table.items():
        inner = value if name in SECTIONS and isinstance(value, dict) else None
        found |= {name: value} if inner is None else {f"{name}.{key}": one for key, one in inner.items()}
    return found


def _as_key(point: Sequence[object]) -> tuple[str, ...]:
    return tuple(repr(plain(value)) for value in point)


def read_design(table: Mapping[str, object], folder: Path, root_seed: int, where: str) -> Design:
    """Read the table ``[sweep]``; raise ``InputError`` with one sentence where it is wrong.

    ``folder`` is where files lie that it names, ``root_seed`` the seed of a sample without its own.
    """
    here, table = f"{where}, [sweep]", flat(table)
    swept = {key: value for key, value in table.items() if "." in key}
    options = {key: value for key, value in table.items() if "." not in key}
    method = _method(options, swept, here)
    for key in swept:
        _check_key(key, here)
    if method == "grid":
        return _grid(swept, here)
    if method == "list":
        return _listed(options, folder, here)
    return _sampled(method, swept, options, root_seed, here)


def _method(options: Mapping[str, object], swept: Mapping[str, object], where: str) -> str:
    """Return the method, and see to it that only its options are given."""
    listed = "points" in options or "file" in options
    method = options.get("method", "list" if listed else "grid")
    if method not in METHODS:
        raise InputError(f"{where}: method is {show(method)}, but it must be one of {', '.join(METHODS)}.")
    for key in options:
        if key != "method" and key not in _OPTIONS[method]:
            raise InputError(f"{where}: {_stray(key, method)}")
    if method == "list" and (swept or ("points" in options) == ("file" in options)):
        raise InputError(f"{where}: a list of points is given either by points = [...] or by file = '....csv' alone.")
    if method != "list" and not swept:
        raise InputError(f"{where}: there is nothing to sweep; add for example 'policy.caseload_per_pendamping' = ...")
    return method


def _stray(key: str, method: str) -> str:
    if any(key in options for options in _OPTIONS.values()):
        return f"{key} does not belong to method '{method}'."
    if key in PARAMETERS:
        return f"'{key}' lacks its section; {full_name(key)}"
    known = ("method", *_OPTIONS[method])
    return f"there is no option '{key}'{nearest(key, known) or '; there are ' + ', '.join(known) + '.'}"


def _check_key(key: str, where: str) -> None:
    section, _, name = key.partition(".")
    if section not in ("policy", "assumptions"):
        raise InputError(f"{where}: '{key}' cannot be swept; a sweep is over [policy] and [assumptions].")
    known = [one.key for one in PARAMETERS.values() if (one.role == "lever") == (section == "policy")]
    if name not in known or PARAMETERS[name].role == "constant":
        raise InputError(f"{where}: '{key}' is not an input that can be swept{nearest(name, known) or '.'}")


def _checked(key: str, value: object, where: str) -> object:
    section, _, name = key.partition(".")
    return check_setting(section, name, value, where)


def _grid(swept: Mapping[str, object], where: str) -> Design:
    """Return every combination; the last key varies fastest."""
    axes = [_axis(key, values, where) for key, values in swept.items()]
    return _made("grid", swept, itertools.product(*axes), where)


def _axis(key: str, values: object, where: str) -> tuple[object, ...]:
    if not isinstance(values, list) or not values:
        raise InputError(f"{where}: '{key}' is {show(values)}, but a grid needs a list of values such as [1, 2].")
    axis = tuple(_checked(key, value, where) for value in values)
    twice = next((value for number, value in enumerate(axis) if value in axis[:number]), None)
    if twice is not None:
        raise InputError(f"{where}: '{key}' has {show(twice)} twice; keep one.")
    return axis


def _listed(options: Mapping[str, object], folder: Path, where: str) -> Design:
    rows = _csv_rows(options["file"], folder, where) if "file" in options else _table_rows(options["points"], where)
    keys, points = None, []
    for place, row in rows:
        if keys is None:
            keys = tuple(row)
            for key in keys:
                _check_key(key, place)
        if set(row) != set(keys):
            odd = min(set(row) ^ set(keys))
            raise InputError(f"{place}: every point must set the same keys, and '{odd}' is not in all of them.")
        points.append(tuple(_checked(key, row[key], place) for key in keys))
    if not keys:
        raise InputError(f"{where}: the list has no point.")
    return _made("list", keys, points, where)


def _table_rows(points: object, where: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    if not isinstance(points, list) or not all(isinstance(one, dict) for one in points):
        raise InputError(
            f"{where}: points is {show(points)}, but it must be a list of tables such as "
            "[{'policy.caseload_per_pendamping' = 150}]."
        )
    for number, point in enumerate(points):
        yield f"{where}, points[{number}]", flat(point)


def _csv_rows(name: object, folder: Path, where: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Read a CSV file with full keys in its first line."""
    path = folder / str(name)
    try:
        lines = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, ValueError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or "it is not a CSV file in UTF-8"
        raise InputError(f"{where}: file is {show(str(name))}, which cannot be read ({reason}).") from None
    header = [one.strip() for one in lines[0]] if lines else []
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        place = f"{name}, line {number}"
        if len(cells) != len(header) or not all(cell.strip() for cell in cells):
            raise InputError(f"{place}: there must be one value for each of {', '.join(header)}.")
        yield place, {key: parse_value(cell.strip()) for key, cell in zip(header, cells, strict=True)}


def _sampled(method: str, swept: Mapping, options: Mapping, root_seed: int, where: str) -> Design:
    ranges = [read_range(key, value, where) for key, value in swept.items()]
    taken = {key: value for key, value in options.items() if key not in ("method", "seed")}
    taken["seed"] = options.get("seed", root_seed)
    units = unit_points(method, len(ranges), taken, where)
    points = (tuple(one.at(share) for one, share in zip(ranges, row, strict=True)) for row in units.tolist())
    made = _made(method, swept, points, where)
    return dataclasses.replace(made, options=tuple(taken.items()), ranges=tuple(one.ends() for one in ranges))


def _made(method: str, keys: Iterable[str], points: Iterable[tuple[object, ...]], where: str) -> Design:
    found = tuple(itertools.islice(points, MOST_POINTS + 1))
    if len(found) > MOST_POINTS:
        raise InputError(f"{where}: the sweep has more than {MOST_POINTS:,} points; take fewer values.")
    return Design(method, tuple(keys), found)
