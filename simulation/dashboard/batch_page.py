"""The page Hasil batch (Batch results): what batches found, read from their folders and never run again."""

from __future__ import annotations

import asyncio
import logging
import shlex
from dataclasses import dataclass, replace

import solara

from simulation import __version__
from simulation.analysis.words import Words
from simulation.comparison.compare import Comparison
from simulation.comparison.study import Study, shown
from simulation.comparison.words import ComparisonWords
from simulation.dashboard.chart_box import ChartBox
from simulation.dashboard.charts_gains import gains_map, groups_chart
from simulation.dashboard.charts_study import cost_chart, courses_chart, differences_chart
from simulation.dashboard.links import Address, Go
from simulation.dashboard.measure_choice import measure_choice
from simulation.dashboard.parts import Along, Choice, element, say_all
from simulation.dashboard.results import Chart
from simulation.dashboard.shelf import SCENARIO, Batch, compared, dimensions, filtered, read_study
from simulation.dashboard.shop import Shop
from simulation.dashboard.studies import SideBySide, gains_of, say_setting
from simulation.dashboard.text import fill
from simulation.dashboard.wording import say_share
from simulation.errors import InputError
from simulation.parameters import LEVERS

logger = logging.getLogger("salur.dashboard")

_EVERY_SECONDS = 2.0


@dataclass(frozen=True)
class Found:
    """What was read of a batch: all of it, and the comparison of what the filter leaves; or why nothing was."""

    study: Study | None = None
    comparison: Comparison | None = None
    fault: str = ""


@solara.component
def Batches(shop: Shop, address: Address, narrow: bool, go: Go):
    """Show which batches there are, and what one of them found."""
    say = address.language
    batches = use_batches(shop)
    parts = [element("h2", fill(say, "batch_heading")), element("p", fill(say, "batch_lead"), look="lead")]
    if shop.shelf.root is None:
        parts += _explained(say, "batch_no_folder", "salur dashboard --results results")
    elif not batches:
        parts += _explained(say, "batch_empty", f"salur batch caseload --out {_quoted(shop.shelf.root / 'caseload')}")
    else:
        parts.append(Opened(shop, batches, address, narrow, go))
    return element("section", *parts, look="batch")


def _explained(language: str, key: str, command: str) -> list:
    return [element("p", fill(language, key), look="hint"), element("pre", command, tabindex="0")]


def _quoted(path: object) -> str:
    return shlex.quote(str(path))


def use_batches(shop: Shop) -> dict[str, Batch]:
    """Look at the shelf, and again every other second."""
    first = solara.use_memo(shop.shelf.batches, [])
    batches, set_batches = solara.use_state(first)

    async def look() -> None:
        while shop.shelf.root is not None:
            await asyncio.sleep(_EVERY_SECONDS)
            set_batches(shop.shelf.batches())

    solara.lab.use_task(look, dependencies=[], prefer_threaded=True)
    return batches


@solara.component
def Opened(shop: Shop, batches: dict[str, Batch], address: Address, narrow: bool, go: Go):
    """Show one batch: which one, how far it is, its filters and charts."""
    say = address.language
    batch = batches.get(address.batch) or next(iter(batches.values()))
    found = use_study(batch, address.where)
    options = [{"value": name, "text": f"{one.title.of(say)} ({name})"} for name, one in batches.items()]
    parts = [
        Choice(name="batch", label=fill(say, "batch_pick"), value=batch.name, options=options,
               event_choose=lambda name: go(address.but(batch=name, where={}, gains=""))),
        Progress(batch, say),
    ]  # fmt: skip
    if address.batch and address.batch != batch.name:
        parts.insert(0, element("p", fill(say, "batch_unknown", name=address.batch), look="lever-error", role="alert"))
    if found is None:
        parts.append(element("p", fill(say, "batch_reading"), role="status", look="provenance"))
    elif found.fault:
        parts.append(element("p", fill(say, "batch_broken", fault=found.fault), look="lever-error", role="alert"))
    elif found.comparison is None:
        parts.append(element("p", fill(say, "batch_nothing_yet"), role="status", look="hint"))
    else:
        parts.append(Shown(batch, found, address, narrow, go))
    return element("div", *parts)


@solara.component
def Progress(batch: Batch, language: str):
    """Say how far a batch is."""
    words = fill(
        language, "batch_complete" if batch.complete else "batch_running", done=batch.done, wanted=batch.wanted
    )
    words += fill(language, "batch_failed", failed=batch.failed) if batch.failed else ""
    question = element("p", batch.question.of(language), look="picked-question")
    bar = element("progress", max="1", value=str(batch.done / max(batch.wanted, 1)),
                  aria_label=fill(language, "batch_progress"))  # fmt: skip
    shown = [] if batch.complete else [bar]
    state = "complete" if batch.complete else "unfinished"
    return element("div", question, element("p", words, role="status"), *shown, look="how-far", data_batch=state)


def use_study(batch: Batch, where) -> Found | None:
    """Read a batch and compare what the filter leaves; again when the batch has gone on."""
    known, set_known = solara.use_state(None)
    key = batch.path, tuple(sorted(where.items()))
    stamp = batch.stamp

    async def work() -> None:
        set_known((key, read(batch, stamp, dict(where))))

    solara.lab.use_task(work, dependencies=[*key, stamp], prefer_threaded=True)
    return known[1] if known is not None and known[0] == key else None


def read(batch: Batch, stamp: tuple[float, ...], where: dict[str, str]) -> Found:
    """Return what a batch found, or why it cannot be read."""
    if not batch.done:
        return Found()
    try:
        study = read_study(batch.path, stamp)
        return Found(study, compared(filtered(study, where)))
    except InputError as error:
        return Found(fault=str(error))
    except Exception as error:
        logger.exception("%s cannot be read", batch.path)
        return Found(fault=f"{type(error).__name__}.")


@solara.component
def Shown(batch: Batch, found: Found, address: Address, narrow: bool, go: Go):
    """Show the filters and the charts of a batch."""
    say = address.language
    words = ComparisonWords(found.comparison, say)
    side = solara.use_memo(lambda: SideBySide(found.comparison, words, narrow), [found, say, narrow])
    charts = solara.use_memo(lambda: charts_of(side, batch, address.measure), [side, batch.name, address.measure])
    source = source_of(side, batch)
    count = len(side.study.arms)
    parts = [element("p", source, look="provenance"), Filters(found.study, side, address, go)]
    if count > len(side.arms):
        parts.append(element("p", fill(say, "batch_many", drawn=len(side.arms), count=count), look="hint"))
    if count == 1:
        parts.append(element("p", fill(say, "batch_only" if address.where else "batch_alone"), look="hint"))
    parts.append(measure_choice(address.but(measure=measure_of(side, address)), side.study.measures, go))
    parts += [boxed(chart, side, source) for chart in charts]
    if found.study.families is not None and side.others:
        parts.append(Gains(batch, found.study, side, address, source, go))
    commands = f"salur batch {_quoted(batch.path / 'batch.toml')} --out {_quoted(batch.path)}"
    words_along = say_all(say, "take_along", "copy_link", "copied") | {
        "commands": fill(say, "batch_commands"), "copy_this": fill(say, "copy_this", link="{link}")}  # fmt: skip
    return element("div", *parts, Along(words=words_along, commands=commands))


def boxed(chart: Chart, side: SideBySide, source: str):
    """Return a chart with its source."""
    return ChartBox(chart, side.words, (*chart.notes, source)).key(chart.key)


def measure_of(side: SideBySide, address: Address) -> str:
    """Return the measure that is drawn: the one asked for where the batch kept it."""
    return address.measure if address.measure in side.study.measures else side.study.measures[0]


def charts_of(side: SideBySide, batch: Batch, measure: str) -> list[Chart]:
    """Return the charts of a batch, each with the command that gives its numbers."""
    drawn = measure if measure in side.study.measures else side.study.measures[0]
    baseline = side.study.label(side.baseline) if not side.study.swept else ":".join(map(str, side.baseline))
    command = f"salur compare {_quoted(batch.path)} --baseline {_quoted(baseline)}"
    charts = [replace(courses_chart(side, drawn), command=f"{command} --measure {drawn}")]
    if side.others and side.headlines:
        measures = "".join(f" --measure {one.measure}" for one in side.headlines)
        charts.append(replace(differences_chart(side), command=command + measures))
    if side.others and len(side.comparison.costs) and len(side.comparison.effects):
        charts.append(replace(cost_chart(side), command=command))
    return charts


def source_of(side: SideBySide, batch: Batch) -> str:
    """Say from which runs the numbers come."""
    study, words = side.study, side.words
    return side.say(
        "batch_source", name=batch.name, baseline=side.name(side.baseline), runs=len(study.replicates),
        months=study.months[-1] + 1, share=say_share(study.scale, words),
        seed=study.origin.get("seed", "–"), version=__version__,
    )  # fmt: skip


@solara.component
def Filters(study: Study, side: SideBySide, address: Address, go: Go):
    """Show a list for every dimension that can be filtered."""
    say = address.language

    def choose(key: str, value: str) -> None:
        kept = {name: one for name, one in address.where.items() if name != key}
        go(address.but(where=kept | ({key: value} if value else {}), gains=""))

    lists = []
    for number, (key, values) in enumerate(dimensions(study).items()):
        options = [{"value": "", "text": fill(say, "filter_all")}]
        options += [{"value": value, "text": _value(study, key, value, side.words)} for value in values]
        label = fill(say, "filter_scenario") if key == SCENARIO else _label(key, say)
        lists.append(Choice(name=f"filter-{number}", label=label, value=address.where.get(key, ""), options=options,
                            event_choose=lambda value, key=key: choose(key, value)))  # fmt: skip
    if not lists:
        return element("div")
    return element("section", element("h3", fill(say, "filter_heading")), *lists, look="filters",
                   aria_label=fill(say, "filter_heading"))  # fmt: skip


def _label(key: str, language: str) -> str:
    name = key.rpartition(".")[2]
    return LEVERS[name].label.of(language) if name in LEVERS else name


def _value(study: Study, key: str, value: str, words: Words) -> str:
    """Return a value of a dimension in words: titles of scenarios, numbers in the format of the language."""
    if key == SCENARIO:
        plan = study.plans.get(value)
        return words.say(plan.title) if plan else value
    held = next(study.settings(arm)[key] for arm in study.arms if shown(study.settings(arm)[key]) == value)
    return say_setting(key, held, words, alone=True)


@solara.component
def Gains(batch: Batch, study: Study, side: SideBySide, address: Address, source: str, go: Go):
    """Show who gains and who loses under one of the arms."""
    known, set_known = solara.use_state(None)
    names = {":".join(map(str, arm)): arm for arm in side.others}
    picked = address.gains if address.gains in names else next(iter(names))
    arm, say, key = names[picked], address.language, (batch.path, batch.stamp, picked)

    async def work() -> None:
        gains = gains_of(study, side.baseline, arm)
        set_known((key, gains, arm))

    solara.lab.use_task(work, dependencies=list(key), prefer_threaded=True)
    options = [{"value": name, "text": side.name(one)} for name, one in names.items()]
    pick = Choice(name="gains", label=fill(say, "gains_pick"), value=picked, options=options,
                  event_choose=lambda name: go(address.but(gains=name)))  # fmt: skip
    if known is None or known[0] != key:
        return element("div", pick, element("p", fill(say, "batch_reading"), role="status", look="provenance"))
    if "flips" not in known[1]:
        return element("div")
    command = f"salur compare {_quoted(batch.path)} --json"
    charts = [replace(draw(side, arm, known[1]), command=command) for draw in (groups_chart, gains_map)]
    return element("div", pick, *(boxed(chart, side, source) for chart in charts))
