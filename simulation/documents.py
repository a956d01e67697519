"""Documents that are written from the code: tables of inputs, columns, measures, the month's schedule, and evidence.

``python -m simulation.documents docs`` writes ``parameters.md`` and fills the marked places of the other pages; a test
fails when they are stale. A marked place stands between ``<!-- generated: columns -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from simulation.errors import InputError, nearest
from simulation.listings import allowed_in, default_of, span
from simulation.parameters import PARAMETERS, Parameter, assumed_headline
from simulation.parameters.declaration import show

DOCS = Path(__file__).parents[1] / "docs"
VALIDATION = Path(__file__).parent / "evidence" / "validation.json"
"""What ``make validate`` found last; it stands with the code, so that an installed Salur has it."""
_MARKED = re.compile(r"(<!-- generated: ([\w-]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
_PARAMETER_HEADER = (
    "key", "default", "unit", "bounds", "plausible", "role", "decided by", "grade", "source",
    "label (Indonesian)", "label (English)", "note",
)  # fmt: skip
_INTRODUCTION = """# Inputs of the model

This page is generated from the declarations in `simulation/parameters/`; `make docs` renews it.

A **lever** is what a policy sets (`[policy]` of a scenario), an **assumption** an uncertain number that a scenario may
shake (`[assumptions]`), a **constant** a number that no scenario may set. *Bounds* are what may be set at all,
*plausible* is the range for sensitivity analysis. Grades: *found* in the source named, *derived* from found figures,
*recalled* and not read again, *assumed*. Sources are rows of [sources.md](sources.md).

## All inputs

"""


def parameters_table(role: str | None = None) -> str:
    """Return the inputs, or those of one role, as a headline and a Markdown table for each group."""
    groups: dict[str, list[Parameter]] = {}
    for one in PARAMETERS.values():
        if role in (None, one.role):
            groups.setdefault(one.group, []).append(one)
    parts = [f"**{assumed_headline('en')}**{_by_grade()}.\n"]
    for group, members in groups.items():
        parts.append(f"### {group.replace('_', ' ').capitalize()}\n")
        parts.append(_table(_PARAMETER_HEADER, map(_parameter_row, members)))
    return "\n".join(parts)


def columns_table() -> str:
    """Return the state variables of a family as a Markdown table."""
    from simulation.households import COLUMNS, NEVER

    def start(value: float) -> str:
        return "never" if value == NEVER else show(value)

    rows = (
        (f"`{c.name}`", c.dtype.__name__.rstrip("_"), c.unit, c.writer, start(c.initial), c.meaning) for c in COLUMNS
    )
    return _table(("column", "type", "unit", "written by", "at first", "meaning"), rows)


def measures_table() -> str:
    """Return the measures as a Markdown table."""
    from simulation.measures import MEASURES

    rows = ((f"`{m.name}`", m.kind, m.unit, m.label.id, m.label.en, m.definition, m.source) for m in MEASURES.values())
    return _table(("measure", "kind", "unit", "label (Indonesian)", "label (English)", "definition", "source"), rows)


def schedule_table() -> str:
    """Return the calls of one month in their order, read from the source of the model's step, as a Markdown table."""
    from simulation.model import AssistanceModel

    body = ast.parse(textwrap.dedent(inspect.getsource(AssistanceModel.step))).body[0].body
    rows = (
        (str(order), f"`{called.__qualname__}`", when, f"`{_place(called)}`", inspect.getdoc(called).splitlines()[0])
        for order, (called, when) in enumerate(_calls(body, "every month"), 1)
    )
    return _table(("order", "call", "when", "module", "what happens"), rows)


def statements_table(*kinds: str) -> str:
    """Return the statements of some kinds as a Markdown table: what is known, and what the last validation said."""
    from simulation.evidence.report import band_in_words, in_words, interval_in_words, verdict, wrong_model_in_words

    def cells(row: Mapping[str, object]) -> tuple[str, ...]:
        title, mean, passes = wrong_model_in_words(row)
        return (
            f"`{row['name']}`: {row['statement']}",
            row["pattern"],
            band_in_words(row),
            in_words(row["mean"], row["unit"]),
            interval_in_words(row),
            verdict(row),
            f"{title}: {mean}, {passes}" if title else "",
            row["source"],
        )

    header = ("statement", "pattern", "should be", "model", "nine of ten seeds", "passes", "wrong model", "source")
    return _table(header, (cells(row) for row in validated() if row["kind"] in kinds))


def doubt_table() -> str:
    """Return what part of the doubt about each headline is only assumed, as a Markdown table."""
    from simulation.experiments.doubt import doubts
    from simulation.measures import MEASURES

    rows = ((MEASURES[name].label.en, one.in_words(), f"{one.luck_share:.0%}") for name, one in doubts().items())
    return _table(("headline", "only assumed (95 % interval)", "luck in a single run of a twentieth of the city"), rows)


def validation_line() -> str:
    """Return what the last validation comes to, and on how many runs it rests."""
    from simulation.evidence.report import summary_lines

    return "\n".join(summary_lines(validated())) + "\n"


def validated(language: str = "en") -> list[dict[str, object]]:
    """Return the rows of the last validation in the words and the order that the statements have now."""
    from simulation.evidence.rows import read_rows
    from simulation.evidence.targets import all_statements

    rows = {row["name"]: row for row in read_rows(VALIDATION)}
    missing = [one.name for one in all_statements() if one.name not in rows]
    if missing:
        raise InputError(
            f"{VALIDATION.name}: the statement '{missing[0]}' was never tried; renew it with make validate."
        )
    return [rows[one.name] | {"statement": one.words.of(language)} for one in all_statements()]


def _calls(statements: Iterable[ast.stmt], when: str) -> Iterator[tuple[Callable, str]]:
    """Yield what the statements call for their own sake, and under which condition."""
    for one in statements:
        if isinstance(one, ast.If):
            condition = ast.unparse(one.test)
            interval = re.fullmatch(r"now\.is_due\(now\.policy\.(\w+)\)", condition)
            yield from _calls(one.body, f"every `{interval[1]}`" if interval else f"if `{condition}`")
            yield from _calls(one.orelse, f"unless `{condition}`")
        elif isinstance(getattr(one, "value", None), ast.Call):
            yield _called(one.value.func), when


def _called(name: ast.expr) -> Callable:
    """Return what the model calls ``live``, ``self.begin_month`` or ``self.ministry.decree``."""
    from simulation import model

    *of, method = ast.unparse(name).split(".")
    if not of:
        return getattr(model, method)
    owner = model.AssistanceModel
    if of != ["self"]:
        made = rf"self\.{of[-1]} = (\w+)\(self"
        owner = getattr(model, re.search(made, inspect.getsource(owner))[1])
    return getattr(owner, method)


def _place(called: Callable) -> str:
    return called.__module__.removeprefix("simulation.").replace(".", "/") + ".py"


TABLES: Mapping[str, Callable[[], str]] = {
    "columns": columns_table,
    "measures": measures_table,
    "parameters": parameters_table,
    "schedule": schedule_table,
    "doubt": doubt_table,
    "predictions": partial(statements_table, "predicted"),
    "fitted-and-input": partial(statements_table, "fitted", "input"),
    "validation": validation_line,
}
"""What a marked place may ask for."""


def fill(text: str, where: str = "text") -> str:
    """Return a text with what stands at its marked places generated anew."""

    def renewed(match: re.Match) -> str:
        if match[2] not in TABLES:
            raise InputError(f"{where}: there is no generated table '{match[2]}'{nearest(match[2], TABLES) or '.'}")
        return match[1] + TABLES[match[2]]() + match[4]

    return _MARKED.sub(renewed, text)


def documents(folder: Path = DOCS) -> Iterator[tuple[Path, str]]:
    """Yield each document with the text that it should hold."""
    yield folder / "parameters.md", _INTRODUCTION + parameters_table()
    for path in sorted(folder.glob("*.md")):
        if path.name != "parameters.md":
            yield path, fill(path.read_text(encoding="utf-8"), path.name)


def check_documents(folder: Path = DOCS) -> list[str]:
    """Return the names of the documents that no longer say what the code says."""
    return [path.name for path, text in documents(folder) if not path.is_file() or path.read_text("utf-8") != text]


def write_documents(folder: Path = DOCS) -> list[str]:
    """Write the documents that are stale and return their names."""
    stale = check_documents(folder)
    for path, text in documents(folder):
        if path.name in stale:
            path.write_text(text, encoding="utf-8", newline="\n")
    return stale


def _by_grade() -> str:
    grades = [one.grade for one in PARAMETERS.values()]
    return "".join(f", {grades.count(grade)} {grade}" for grade in ("found", "derived", "recalled"))


def _parameter_row(one: Parameter) -> tuple[str, ...]:
    return (
        f"`{one.key}`",
        default_of(one) + (f": {one.none_means.en}" if one.default is None else ""),
        one.unit,
        allowed_in(one),
        span(one.plausible),
        one.role,
        one.decided_by,
        one.grade,
        f"[{one.source}](sources.md)" if one.source else "",
        one.label.id,
        one.label.en,
        one.note,
    )


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    header = tuple(header)
    lines = [header, ("---",) * len(header), *rows]
    return "".join("| " + " | ".join(_cell(cell) for cell in line) + " |\n" for line in lines)


def _cell(text: object) -> str:
    return " ".join(str(text).replace("|", "\\|").split())


def main(arguments: list[str]) -> int:
    """Write the documents into the folder named, by default ``docs``."""
    folder = Path(arguments[0]) if arguments else DOCS
    if not folder.is_dir():
        print(f"Error: {folder} is not a folder.", file=sys.stderr)
        return 2
    try:
        for name in write_documents(folder):
            print(f"{folder / name} written")
    except InputError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
