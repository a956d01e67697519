"""The written pages are whole, name nothing that does not exist, and agree with the code where they repeat it."""

import ast
import re
import tomllib
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

from simulation import documents, load_scenario, simulate
from simulation.agents import words
from simulation.experiments.results import TABLES
from simulation.households import COLUMN
from simulation.ledger import ACCOUNTS
from simulation.measures import MEASURES
from simulation.measures.cascade import INCLUSIONS, STATUSES
from simulation.parameters import PARAMETERS
from simulation.settings import POPULATION, RUN

ROOT = Path(__file__).parents[1]
PAGES = ("odd", "architecture", "results", "findings", "evidence")

ELEMENTS = {
    "Purpose and patterns": ("Purpose", "Patterns"),
    "Entities, state variables, and scales": ("Entities", "State variables", "Scales"),
    "Process overview and scheduling": ("Process overview", "Scheduling"),
    "Design concepts": (
        "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing", "Interaction",
        "Stochasticity", "Collectives", "Observation",
    ),
    "Initialization": (),
    "Input data": (),
    "Submodels": (),
}  # fmt: skip
"""The elements of ODD 2020 (Grimm et al. 2020, checklist S1) with the parts that they must have."""

GENERATED = {
    "odd": {"columns", "schedule", "measures"},
    "results": {"measures"},
    "evidence": {"validation", "predictions", "fitted-and-input"},
}
SENTENCES_LEAST = 3
SYMBOL = re.compile(r"[a-z]{1,2}_\w+")
"""A letter or two with an index, such as ``sd_b``: explained where it stands."""


@cache
def page(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def prose(text: str) -> str:
    """Return what is written by hand: no headings, tables, equations or generated parts."""
    text = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    return "\n".join(line for line in text.splitlines() if not line.startswith(("#", "|", "<!--")))


def sentences(text: str) -> int:
    return len(re.findall(r"[.!?](?=\s|$)", prose(text)))


def sections(text: str, level: int) -> dict[str, str]:
    """Return the sections of a level by their titles without numbers; each with all that stands below it."""
    found = re.split(rf"^{'#' * level} (.+)$", text, flags=re.MULTILINE)[1:]
    ends = [re.split(rf"^#{{1,{level - 1}}} ", body, flags=re.MULTILINE)[0] for body in found[1::2]]
    titles = [re.sub(r"^[\d.]+ ", "", title) for title in found[0::2]]
    return dict(zip(titles, ends, strict=True))


def by_hand(name: str) -> str:
    return re.sub(r"<!-- generated: .*?<!-- end -->", "", page(name), flags=re.DOTALL)


def named(name: str) -> list[str]:
    """Return what a page writes as code within its text and its own tables."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", by_hand(name), flags=re.DOTALL | re.MULTILINE))


def test_all_seven_elements_stand_in_their_order():
    assert [title for title in sections(page("odd"), 2) if title in ELEMENTS] == list(ELEMENTS)


@pytest.mark.parametrize("element", ELEMENTS)
def test_every_element_and_all_its_parts_are_told(element):
    text = sections(page("odd"), 2)[element]
    assert sentences(text) >= SENTENCES_LEAST
    parts = sections(text, 3)
    assert list(parts)[: len(ELEMENTS[element])] == list(ELEMENTS[element])
    told = {title: sentences(body) for title, body in parts.items()}
    assert {title: count for title, count in told.items() if count < SENTENCES_LEAST} == {}


def test_every_submodel_is_told_and_every_module_of_the_month_has_one():
    submodels = sections(sections(page("odd"), 2)["Submodels"], 3)
    for title, text in submodels.items():
        below = {part: sentences(body) for part, body in sections(text, 4).items()}
        assert min(below.values(), default=SENTENCES_LEAST) >= SENTENCES_LEAST, (title, below)
    code_lines = " ".join(
        match for text in submodels.values() for match in re.findall(r"^Code: .*", text, re.MULTILINE)
    )
    modules = {f"month/{path.name}" for path in (ROOT / "simulation" / "month").glob("*.py")} - {"month/__init__.py"}
    assert modules - set(re.findall(r"`([^`]+)`", code_lines)) == set()


def test_generated_tables_are_there_and_fresh():
    for name, tables in GENERATED.items():
        assert set(re.findall(r"<!-- generated: (\S+) -->", page(name))) == tables
    assert {f"{name}.md" for name in PAGES} & set(documents.check_documents()) == set(), "stale; say: make docs"


def test_the_schedule_tells_the_whole_step():
    rows = re.findall(
        r"^\| (\d+) \| `([\w.]+)` \| ([^|]+) \| `([\w/]+\.py)` \| (.+) \|$", documents.schedule_table(), re.M
    )
    calls = [call for _, call, *_ in rows]
    assert [int(order) for order, *_ in rows] == list(range(1, len(calls) + 1))
    steps = [
        "live",
        "SocialOffice.keep_register",
        "Ministry.decree",
        "open_accounts",
        "pay",
        "redeem",
        "accompany",
        "use",
    ]
    assert [call for call in calls if call in steps] == steps
    assert {when for _, call, when, *_ in rows if call == "Ministry.decree"} == {
        "every `registry_update_interval_months`"
    }
    assert all(exists(f"{module}:{call}") for _, call, _, module, _ in rows)


@cache
def defined(path: Path) -> set[str]:
    """Return the functions, classes, methods and constants that a module defines."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{one.name}" for one in node.body if isinstance(one, ast.FunctionDef)}
        targets = getattr(node, "targets", [getattr(node, "target", None)])
        found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def exists(reference: str) -> bool:
    """Tell whether a file, a folder or ``file.py:name`` exists, in the repository or below ``simulation/``."""
    place, _, name = reference.partition(":")
    for root in (ROOT, ROOT / "simulation"):
        path = root / place
        if (path.is_file() and (not name or name in defined(path))) or (not name and path.is_dir()):
            return True
    return False


@pytest.mark.parametrize("name", PAGES)
def test_every_place_in_the_code_exists(name):
    files_of_a_run = {f"{table}.parquet" for table in TABLES} | {"record.json", "figures/"}
    places = [
        one for one in named(name) if re.fullmatch(r"\.?[\w./-]*(/|\.(py|csv|md|toml|json|parquet))(:[\w.]+)?", one)
    ]
    assert [one for one in places if one not in files_of_a_run and not exists(one)] == []
    links = re.findall(r"\]\(([^)#]+)\)", by_hand(name))
    assert [one for one in links if not (ROOT / "docs" / one).exists()] == []


@cache
def known() -> set[str]:
    """Return the names that the pages may use: inputs, columns, measures, statuses, tables, functions."""
    choices = {choice for one in PARAMETERS.values() for choice in one.choices or ()}
    modules = list((ROOT / "simulation").rglob("*.py"))
    functions = {name.rpartition(".")[2] for path in modules for name in defined(path)} | {
        path.stem for path in modules
    }
    return {
        *PARAMETERS,
        *COLUMN,
        *MEASURES,
        *STATUSES,
        *INCLUSIONS,
        *TABLES,
        *ACCOUNTS,
        *RUN,
        *POPULATION,
        *choices,
        *functions,
    }


@pytest.mark.parametrize("name", ["odd", "findings", "results"])
def test_every_name_exists(name):
    """What is written as code and looks like a key is one: of an input, a column, a measure, a status, a function."""
    plain = [one for one in named(name) if re.fullmatch(r"[a-z][a-z0-9*]*_[a-z0-9_*]+", one)]
    columns = set() if name != "results" else {column for table in a_short_run().values() for column in table.columns}
    keys = known() | columns
    unknown = [one for one in plain if not any(fnmatch(key, one) for key in keys) and not SYMBOL.fullmatch(one)]
    assert unknown == []
    assert len(plain) > 20


def test_every_name_in_an_equation_exists():
    equations = "\n".join(re.findall(r"^```text$(.*?)^```$", page("odd"), re.DOTALL | re.MULTILINE))
    keys = {key for key in re.findall(r"\b[a-z]\w*_\w+\b", equations) if not SYMBOL.fullmatch(key)}
    assert keys - known() == set()
    assert len(keys) > 50


@cache
def a_short_run() -> dict:
    return simulate(load_scenario("baseline", scale=0.01, months=2), households=2)


def columns_told(title: str) -> list[str]:
    """Return the names in the first column of the table of a section of the page on results."""
    lines = [line for line in sections(page("results"), 2)[title].splitlines() if line.startswith("| `")]
    return [one for line in lines for one in re.findall(r"`([^`]+)`", line.split("|")[1])]


def test_the_tables_of_a_run_have_the_columns_that_are_told():
    run = a_short_run()
    assert columns_told("The kelurahan") == list(run["kelurahan"].columns)
    assert set(columns_told("The agents")) == set(run["agents"].columns)
    assert ["month", "programme", *columns_told("The ledger")] == list(run["ledger"].columns)
    for title, table in (("The cascade", "cascade"), ("The mirror: wrong entries", "inclusion")):
        told = re.search(r"^Columns: ([^.]+)\.", sections(page("results"), 2)[title], re.MULTILINE)[1]
        assert re.findall(r"`(\w+)`", told) == list(run[table].columns)
    assert columns_told("The folder")[: len(TABLES)] == [f"{table}.parquet" for table in TABLES]


def test_the_statuses_are_told_in_their_order_with_their_labels():
    rows = re.findall(r"^\| (\d+) \| `(\w+)` \| ([^|]+) \| ([^|]+) \|$", page("results"), re.MULTILINE)
    assert [(int(order), status, label) for order, status, label, _ in rows] == [
        (order, status, words.STATUS[status].id) for order, status in enumerate(STATUSES, 1)
    ]
    assert all(sentence.endswith(".") for *_, sentence in rows)
    assert set(columns_told("The mirror: wrong entries")) == set(INCLUSIONS)


def test_every_room_of_the_house_is_told_from_the_top_down():
    layers = re.search(r"^layers =\n((?:    .+\n)+)", (ROOT / ".importlinter").read_text(), re.MULTILINE)[1]
    rooms = [{room.strip() for room in floor.split("|")} for floor in layers.splitlines()]
    told = re.findall(r"\*\*`(\w+)`\*\*", page("architecture"))
    assert sorted(told) == sorted(room for floor in rooms for room in floor)
    floors = [next(number for number, floor in enumerate(rooms) if room in floor) for room in told]
    assert floors == sorted(floors)


def test_what_the_pages_show_as_code_is_sound(tmp_path):
    text = page("architecture")
    rule = re.search(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)[1]
    assert rule in (ROOT / "simulation" / "month" / "pay.py").read_text(encoding="utf-8")
    scenario = re.search(r"^```toml\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)[1]
    (tmp_path / "my-question.toml").write_text(scenario, encoding="utf-8")
    plan = load_scenario(tmp_path / "my-question.toml")
    assert plan.opening.caseload_per_pendamping == tomllib.loads(scenario)["policy"]["caseload_per_pendamping"]


def test_every_finding_has_a_mechanism_levers_measures_and_a_figure():
    findings = sections(page("findings"), 2)
    assert len(findings) == 12
    for title, text in findings.items():
        flat = " ".join(text.split())
        for part in ("The study:", "Mechanism:", "Levers:", "Measures:", "The baseline:"):
            assert f"*{part}*" in flat, (title, part)
        if not title.startswith("Five"):
            assert re.search(r"`month/\w+\.py:\w+`", text), title
        levers = flat.partition("*Levers:*")[2].partition("*Measures:*")[0]
        assert any(one in PARAMETERS for one in re.findall(r"`(\w+)`", levers)), title
        assert sentences(flat.partition("*The baseline:*")[2]) >= 2, title
