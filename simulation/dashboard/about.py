"""The page Tentang (About): the model in ten sentences, how to read the page, what it cannot say, and every input."""

from __future__ import annotations

from collections.abc import Sequence

import solara

from simulation.analysis.words import Words
from simulation.dashboard.downloads import Column, Table, as_html
from simulation.dashboard.levers import say_value
from simulation.dashboard.links import Address, Go
from simulation.dashboard.parts import element, html
from simulation.dashboard.shop import Shop
from simulation.dashboard.text import fill
from simulation.dashboard.units import GRADES, INPUT_GROUPS, UNITS
from simulation.documents import validated
from simulation.evidence.report import (
    KIND_WORDS,
    band_in_words,
    in_words,
    interval_in_words,
    verdict,
    wrong_model_in_words,
)
from simulation.evidence.rows import Row
from simulation.evidence.targets import KINDS
from simulation.parameters import PARAMETERS, Parameter, assumed_headline

_TEN, _LIMITS, _WORDS = 10, 7, 6
"""How many sentences the model, its limits and the verdicts take."""


@solara.component
def About(shop: Shop, address: Address, narrow: bool, go: Go):
    """Say what the model is, how to read the page, and what stands behind it."""
    say = address.language
    words = Words(shop.baseline, say)
    first = [
        element("h2", fill(say, "about_model")), _listed("ol", say, "about_ten", _TEN),
        element("h2", fill(say, "about_reading")), _listed("ul", say, "about_word", _WORDS),
        element("h2", fill(say, "about_limits")), _listed("ul", say, "about_limit", _LIMITS),
    ]  # fmt: skip
    inputs = [
        element("h2", fill(say, "about_inputs")),
        element("p", f"{assumed_headline(say)}. {fill(say, 'about_sources')}"),
    ]  # fmt: skip
    tables = solara.use_memo(lambda: [(group, input_table(group, words)) for group in INPUT_GROUPS], [say])
    inputs += [_folded(INPUT_GROUPS[group].of(say), table) for group, table in tables]
    return element(
        "div", element("section", *first, look="about"), Evidence(words), element("section", *inputs, look="about")
    )


@solara.component
def Evidence(words: Words):
    """Show what is known beside what the model says, and what a wrong model says."""
    say = words.language
    rows = solara.use_memo(lambda: validated(say), [say])
    lines = [element("p", line) for line in (fill(say, "evidence_lead"), evidence_sum(rows, words), missed(rows, say))]
    parts = [element("h2", fill(say, "evidence")), *lines]
    for kind in KINDS:
        heading = KIND_WORDS[kind].of(say)
        table = evidence_table([row for row in rows if row["kind"] == kind], words, heading)
        parts.append(_folded(heading, table))
    return element("section", *parts, look="evidence")


def evidence_sum(rows: Sequence[Row], words: Words) -> str:
    """Say how many predictions pass, how many wrong models fail, and on how many runs this rests."""
    predicted = [row for row in rows if row["kind"] == "predicted"]
    named = [row for row in predicted if row["wrong_model"]]
    return fill(
        words.language, "evidence_sum", passed=sum(row["passed"] is True for row in predicted), count=len(predicted),
        failed=sum(row["wrong_model_passed"] is False for row in named), named=len(named), seeds=rows[0]["seeds"],
        share=words.percent(rows[0]["scale"]),
    )  # fmt: skip


def missed(rows: Sequence[Row], language: str) -> str:
    """Say which statements the model misses."""
    names = [str(row["statement"]) for row in rows if row["passed"] is False]
    return fill(language, "evidence_missed", names="; ".join(names)) if names else fill(language, "evidence_all")


def evidence_table(rows: Sequence[Row], words: Words, caption: str) -> str:
    """Return statements as a table of the page: what should be, what the model says, and what a wrong model does."""
    say = words.language
    names = ("statement", "band", "mean", "interval", "passes", "wrong", "wrong_mean", "wrong_passes")
    columns = tuple(Column(fill(say, f"evidence_{name}")) for name in names)
    cells = tuple(
        (str(row["statement"]), band_in_words(row, say), in_words(row["mean"], row["unit"], say),
         interval_in_words(row, say), verdict(row, say), *(one or "–" for one in wrong_model_in_words(row, say)))
        for row in rows
    )  # fmt: skip
    return as_html(Table(columns, cells), words, caption)


def _listed(tag: str, language: str, key: str, count: int):
    return element(tag, *(element("li", fill(language, f"{key}_{number}")) for number in range(1, count + 1)))


def _folded(heading: str, table: str):
    summary = element("summary", heading)
    return element("details", summary, html(table, look="chart-table", tabindex="0", role="region", label=heading))


def input_table(group: str, words: Words) -> str:
    """Return the inputs of a group as a table of the page: what they are, their values, ranges, grades and sources."""
    say = words.language
    columns = (Column(fill(say, f"input_{name}")) for name in ("name", "value", "range", "grade", "source"))
    rows = tuple(_row(one, words) for one in PARAMETERS.values() if one.group == group)
    return as_html(Table(tuple(columns), rows), words, INPUT_GROUPS[group].of(say))


def _row(one: Parameter, words: Words) -> tuple[str, ...]:
    return (
        words.say(one.label), _say(one, one.default, words), _range(one, words), words.say(GRADES[one.grade]),
        one.source or "–",
    )  # fmt: skip


def _say(one: Parameter, value: object, words: Words) -> str:
    if one.kind == "events":
        return fill(words.language, "input_no_event")
    unit = words.say(UNITS[one.unit]) if one.kind in ("int", "float") and value is not None else ""
    return f"{say_value(one, value, words)} {unit}".strip()


def _range(one: Parameter, words: Words) -> str:
    if one.plausible is None or one.kind == "events":
        return "–"
    low, high = (say_value(one, edge, words) for edge in one.plausible)
    return f"{low} – {high}"
