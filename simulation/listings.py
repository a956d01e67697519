"""Lists for the command line: the scenarios of the library, what differs between two, and the inputs."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from simulation.errors import InputError, nearest
from simulation.microdata.survey import NOTHING_KNOWN
from simulation.parameters import PARAMETERS, Parameter, Text
from simulation.parameters.declaration import show
from simulation.scenario import diff_scenarios, list_scenarios, load_scenario, scenario_names

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

Row = Mapping[str, object]


def scenario_rows() -> list[Row]:
    """Return name, words and parent of every scenario of the library."""
    return [dataclasses.asdict(one) | {"path": str(one.path)} for one in list_scenarios()]


def checked_rows() -> list[Row]:
    """Return for every scenario of the library what is wrong with it, None when nothing is."""
    return [{"name": name, "error": _fault(name)} for name in scenario_names()]


def difference_rows(a: str, b: str) -> list[Row]:
    """Return each setting in which two scenarios differ, with its values by month, the first without a month."""
    return [{"setting": f"{one.section}.{one.key}", a: _steps(one.a), b: _steps(one.b)} for one in diff_scenarios(a, b)]


def parameter_rows(role: str | None = None) -> list[Row]:
    """Return the inputs, or those of one role, with all that is declared of them."""
    return [dataclasses.asdict(one) for one in PARAMETERS.values() if role in (None, one.role)]


def scenario_table() -> Table:
    """Return the library as a table."""
    rows = ((one.name, one.title.en, one.extends or "", one.question.en) for one in list_scenarios())
    return _table(("scenario", "what", "extends", "question"), rows)


def difference_table(a: str, b: str) -> Table:
    """Return the differences of two scenarios as a table."""
    rows = ((f"{one.section}.{one.key}", _in_words(one.a), _in_words(one.b)) for one in diff_scenarios(a, b))
    return _table(("setting", a, b), rows)


def parameter_table(role: str | None, language: str) -> Table:
    """Return the inputs, or those of one role, as a table with labels in one language."""
    header = Text("kunci|nilai|satuan|boleh diisi|peran|dasar|sebutan", "key|default|unit|may be|role|grade|label")
    chosen = (one for one in PARAMETERS.values() if role in (None, one.role))
    rows = ((one.key, *_values(one), one.role, one.grade, one.label.of(language)) for one in chosen)
    return _table(header.of(language).split("|"), rows)


def survey_headline(found: Row) -> str:
    """Say in a few lines what was read, and how good the score is."""
    survey, score = found["survey"], found["score"]
    lost = survey["left_out"].get(NOTHING_KNOWN, 0)
    missing = survey["households"] - survey["complete"]
    left_out = f"; {lost:,} rows left out for {NOTHING_KNOWN}" if lost else ""
    return (
        f"{survey['file']}: {survey['households']:,} households in {survey['hamlets']:,} hamlets, {missing:,} of them "
        f"with something missing{left_out}.\n"
        f"The score explains {score['r2_in_sample']:.3f} of the variance of log consumption, "
        f"{score['r2_out_of_hamlet']:.3f} in hamlets that it has not seen."
    )


def survey_tables(found: Row) -> Iterator[Table]:
    """Return what a survey says: the error curve, the inputs of the model, and the arms of an experiment."""
    curve = ((f"{row['quota']:.0%}", f"{row['exclusion_error']:.1%}") for row in found["curve"])
    yield _table(("places = poverty", "poor families missed by the score"), curve)
    inputs = found["inputs"].items()
    yield _table(
        ("input", "from the survey", "default", "plausible"),
        ((key, f"{one['estimated']:.4g}", show(one["default"]), span(one["plausible"])) for key, one in inputs),
    )
    arms, differences = found["arms"], found["differences"]
    if arms:
        first = next(iter(arms))
        header = ("measure, over families", *arms, *(f"{name} less {first}" for name in differences))
        rows = ((key, *_intervals(arms, key), *_intervals(differences, key, "+")) for key in arms[first])
        yield _table(header, rows)
    if found["agreement"]:
        agreement = ((key, f"{value:.2f}") for key, value in found["agreement"].items())
        yield _table(("rank correlation within hamlets", "mean"), agreement)


def _intervals(table: Row, key: str, sign: str = "") -> list[str]:
    """Return value and 95 % interval of a measure in each column."""
    cells = (row[key] for row in table.values())
    return [f"{one['value']:{sign}.3f} ({one['low']:{sign}.3f} to {one['high']:{sign}.3f})" for one in cells]


def without_nan(content: object) -> object:
    """Return content with None in the place of numbers that are none, as JSON wants it."""
    if isinstance(content, Mapping):
        return {key: without_nan(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [without_nan(value) for value in content]
    return None if isinstance(content, float) and not math.isfinite(content) else content


def default_of(parameter: Parameter) -> str:
    """Return the default of an input in words."""
    if parameter.default is None or parameter.default == ():
        return "none"
    return parameter.default if isinstance(parameter.default, str) else show(parameter.default)


def allowed_in(parameter: Parameter) -> str:
    """Return briefly what an input may be."""
    choices = ("true", "false") if parameter.kind == "bool" else parameter.choices
    return ", ".join(choices) if choices else span(parameter.bounds)


def span(ends: tuple[object, object] | None) -> str:
    """Return a range in words."""
    return " to ".join(end if isinstance(end, str) else show(end) for end in ends or ())


def _values(one: Parameter) -> tuple[str, str, str]:
    return default_of(one), one.unit, allowed_in(one)


def _fault(name: str) -> str | None:
    from simulation.measures import MEASURES

    try:
        plan = load_scenario(name)
    except InputError as error:
        return str(error)
    for one in plan.expects:
        if one.measure not in MEASURES:
            remedy = nearest(one.measure, MEASURES) or "."
            return f"scenarios/{name}.toml: expects names '{one.measure}', which is no measure{remedy}"
    return None


def _steps(steps: Iterable[tuple[str, object]]) -> list[list[object]]:
    return [[month or None, _plain(value)] for month, value in steps]


def _plain(value: object) -> object:
    return [dataclasses.asdict(one) for one in value] if isinstance(value, tuple) else value


def _in_words(steps: Iterable[tuple[str, object]]) -> str:
    return ", ".join(
        (value if isinstance(value, str) else show(value)) + (f" from {m}" if m else "") for m, value in steps
    )


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> Table:
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for number, name in enumerate(header):
        table.add_column(escape(name), no_wrap=number == 0, overflow="fold")
    for row in rows:
        table.add_row(*map(escape, row))
    return table


def bands_table(bands: pd.DataFrame) -> Table:
    """Return the bands of the last month of a run: with assumptions drawn, by luck alone, and how much each does."""
    from rich import box
    from rich.table import Table

    from simulation.measures import MEASURES

    heads = ("last month, 90 % of runs", "luck and assumptions", "luck alone", "sd of luck", "sd of assumptions")
    table = Table(*heads, box=box.SIMPLE_HEAD)
    for row in bands[bands["month"] == bands["month"].max()].to_dict("records"):
        found = [f"{row[a]:,.4g} to {row[b]:,.4g}" for a, b in (("low", "high"), ("luck_low", "luck_high"))]
        table.add_row(MEASURES[row["measure"]].label.en, *found, f"{row['luck_sd']:,.2g}", f"{row['inputs_sd']:,.2g}")
    return table
