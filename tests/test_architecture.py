"""The house: which rooms look at which, who writes which column, and that nothing lies about unread."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from simulation.households import COLUMN, COLUMNS
from simulation.measures import MEASURES
from simulation.parameters import ASSUMPTIONS, LEVERS, PARAMETERS

ROOT = Path(__file__).parents[1]
CODE = ROOT / "simulation"
FILES = sorted(CODE.rglob("*.py"))

ROOM_OF = {
    "month/proposals.py": "register",
    "month/records.py": "register",
    "month/ordering.py": "select",
}
"""Modules that belong to a step of another name."""

RUN_UP = {"model.py"}
"""Builds the starting state: there alone may columns of any writer be prepared."""


def name_of(path: Path) -> str:
    return path.relative_to(CODE).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def writer_of(path: Path) -> str:
    """Return the writer whose columns a module may change."""
    name = name_of(path)
    if name.startswith("city/"):
        return "city"
    return ROOM_OF.get(name, path.stem)


# Imports ------------------------------------------------------------------------------------------------------------


def test_imports_look_one_way():
    """The contracts of ``.importlinter`` hold."""
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Imports look one way KEPT" in done.stdout


def imported(path: Path) -> set[str]:
    """Return the modules that a file imports, however it does."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or ""} | {f"{node.module}.{one.name}" for one in node.names}
    return found


@pytest.mark.parametrize("room", ["month", "measures", "city", "parameters"])
def test_rules_know_nothing_of_mesa(room):
    for path in (CODE / room).rglob("*.py"):
        names = imported(path)
        assert not any(name.split(".")[0] == "mesa" for name in names), path
        assert not any(name.startswith("simulation.agents") for name in names), path


def test_measures_are_apart_from_what_happens():
    """Errors are counted on one path, the cascade on another, and neither takes part in the month."""
    for path in (CODE / "measures").glob("*.py"):
        assert not any(name.startswith("simulation.month") for name in imported(path)), path
    targeting = imported(CODE / "measures" / "targeting.py")
    assert not any("cascade" in name for name in targeting)


# Columns ------------------------------------------------------------------------------------------------------------


def written(path: Path) -> dict[str, set[int]]:
    """Return the columns that a file changes, and where: ``column[...] = `` and ``hh.column[...] += `` alike.

    Rules take columns as arguments of the same name, so a name says which column is meant.
    """
    found: dict[str, set[int]] = {}
    for node in ast.walk(tree_of(path)):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if not isinstance(node, ast.Assign | ast.AugAssign):
            continue
        for target in targets:
            for part in target.elts if isinstance(target, ast.Tuple) else [target]:
                name = column_of(part)
                if name in COLUMN:
                    found.setdefault(name, set()).add(node.lineno)
    return found


def column_of(target: ast.AST) -> str | None:
    """Return the column that a target such as ``hh.size[rows]``, ``hh["size"][:]`` or ``size[row]`` names."""
    if not isinstance(target, ast.Subscript):
        return None
    value = target.value
    if isinstance(value, ast.Name):
        return value.id
    if isinstance(value, ast.Attribute):
        return value.attr
    if isinstance(value, ast.Subscript) and isinstance(value.slice, ast.Constant):
        return value.slice.value
    return None


def test_every_column_is_written_by_its_writer_alone():
    strangers = [
        f"{name_of(path)}:{min(lines)} writes {name}, which belongs to {COLUMN[name].writer}"
        for path in FILES
        if name_of(path) not in RUN_UP
        for name, lines in written(path).items()
        if COLUMN[name].writer != writer_of(path) and writer_of(path) != "city"
    ]
    assert not strangers, "\n".join(strangers)


def test_every_column_is_written():
    """By name, or through a name made up of the programme's (``pkh_stage`` is ``stage`` in a rule for both)."""
    by_writer: dict[str, set[str]] = {}
    texts: dict[str, str] = {}
    for path in FILES:
        by_writer.setdefault(writer_of(path), set()).update(written(path))
        texts[writer_of(path)] = texts.get(writer_of(path), "") + path.read_text(encoding="utf-8")
    for column in COLUMNS:
        if column.name in by_writer.get(column.writer, set()):
            continue
        short = re.sub("^(pkh|sembako|recorded)_", "", column.name)
        assert re.search(rf"\b{short}\b", texts[column.writer]), f"nobody writes {column.name}"


def test_city_columns_do_not_change_once_the_city_stands():
    fixed = {column.name for column in COLUMNS if column.writer == "city"}
    for path in FILES:
        if writer_of(path) != "city":
            assert not fixed & set(written(path)), path


@cache
def read() -> frozenset[str]:
    """Return the names that the code looks at, not counting columns that it only changes.

    For names that are put together (``f"{programme}_key"``) the ending counts.
    """
    found = set()
    for path in FILES:
        if path.name == "households.py":
            continue
        changed = {
            id(node.value)
            for node in ast.walk(tree_of(path))
            if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store)
        }
        for node in ast.walk(tree_of(path)):
            if id(node) in changed:
                continue
            if isinstance(node, ast.Name):
                found.add(node.id)
            elif isinstance(node, ast.Attribute):
                found.add(node.attr)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value.lstrip("_"))
    return frozenset(found)


FOR_THE_RECORD = {"exogenous_log_consumption": "shows that a family's own path is the same in every scenario"}


@pytest.mark.parametrize("name", [column.name for column in COLUMNS if column.name not in FOR_THE_RECORD])
def test_every_column_is_read(name):
    """A column that nothing reads tells nobody anything."""
    assert {name, re.sub("^(pkh|sembako|recorded)_", "", name)} & read()


# Names --------------------------------------------------------------------------------------------------------------

MADE_UP = (
    "bank_share_", "report_hours_", "short_frequency_", "bad_quality_share_", "pull_", "recorded_share_", "age_share_",
    "poverty_line_idr_", "gb2_",
)  # fmt: skip
"""Beginnings of keys that the code puts together; each has to stand in the code as such."""

FAMILIES_OF_KEYS = {
    "_quota_families": ("pkh", "sembako"),
    "_budget_bn_idr_per_year": ("pkh", "sembako"),
    "_payment_cycle_months": ("pkh", "sembako"),
    "_target": ("poverty_headcount", "poverty_gap", "poverty_severity", "gini"),
}
"""Endings of keys that are put together with the name of a programme or of an index."""


@cache
def words_of_the_code() -> str:
    """Return the whole code but the declarations of parameters."""
    return "\n".join(path.read_text(encoding="utf-8") for path in FILES if not name_of(path).startswith("parameters/"))


@pytest.mark.parametrize("key", PARAMETERS)
def test_every_parameter_is_read(key):
    code = words_of_the_code()
    if re.search(rf"\b{key}\b", code):
        return
    begins = [start for start in MADE_UP if key.startswith(start)]
    ends = [end for end, names in FAMILIES_OF_KEYS.items() if key.endswith(end) and key.removesuffix(end) in names]
    assert begins or ends, f"nothing reads {key}"
    for part in begins:
        assert re.search(rf"f\"{part}{{|[\"']{part}[a-z0-9_]*[\"']", code), f"nothing puts a key together from {part}"
    for part in ends:
        assert f"}}{part}" in code, f"nothing puts a key together that ends in {part}"


def test_a_name_means_one_thing():
    """Rules get columns, parameters, ``month`` and ``seed`` by name, so no two may share one."""
    columns = set(COLUMN)
    assert not columns & set(PARAMETERS)
    assert not set(LEVERS) & set(ASSUMPTIONS)
    assert not {"month", "seed", "rows", "scale"} & (columns | set(PARAMETERS))
    assert set(LEVERS) | set(ASSUMPTIONS) == set(PARAMETERS)


def test_rules_use_names_that_exist():
    """Every argument of a compiled rule that is called through ``now.apply`` is a column, a parameter, or given."""
    calls = re.findall(r"now\.apply\(\s*(?:\w+\.)?(\w+)", words_of_the_code())
    rules = {
        node.name: [argument.arg for argument in node.args.args]
        for path in FILES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and any(getattr(one, "id", "") == "rule" for one in node.decorator_list)
    }
    assert len(set(calls) & set(rules)) > 30
    given = set(re.findall(r"\b(\w+)=", words_of_the_code())) | {"month", "seed"} | set(COLUMN) | set(PARAMETERS)
    unknown = {
        (name, argument) for name in set(calls) & set(rules) for argument in rules[name] if argument not in given
    }
    allowed = {"stage", "waiting_idr", "waiting_months", "credited_idr", "returned_idr", "months_late"}
    assert not {pair for pair in unknown if pair[1] not in allowed | set(welfare_map_fields())}


def welfare_map_fields() -> tuple[str, ...]:
    from simulation.context import WelfareMap

    return tuple(WelfareMap.__slots__)


def test_measures_are_named_apart_from_settings():
    assert not set(MEASURES) & set(PARAMETERS)


# Words --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_public_things_say_what_they_are(path):
    """Modules, public classes, functions and methods have a docstring."""
    tree = tree_of(path)
    assert ast.get_docstring(tree), path
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path}:{node.lineno} {node.name}"
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for method in node.body:
                public = isinstance(method, ast.FunctionDef) and not method.name.startswith("_")
                assert not public or ast.get_docstring(method), f"{path}:{method.lineno} {node.name}.{method.name}"
