"""The page Bandingkan (Compare): several scenarios beside the baseline, on the same luck."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import solara

from simulation.analysis.words import Words
from simulation.comparison.compare import compare_study
from simulation.comparison.words import ComparisonWords
from simulation.dashboard.answering import FINISHED, Answered, StatusLine, seen_of, use_answer
from simulation.dashboard.chart_box import ChartBox
from simulation.dashboard.charts_gains import Gains, gains_map, groups_chart
from simulation.dashboard.charts_study import cost_chart, courses_chart, differences_chart
from simulation.dashboard.desk import Desk, Question
from simulation.dashboard.links import MOST_SCENARIOS, Address, Go, library
from simulation.dashboard.measure_choice import measure_choice
from simulation.dashboard.parts import Along, Choice, Picks, element, say_all
from simulation.dashboard.picking import CHOSEN, plans_of, titles
from simulation.dashboard.results import Chart, Results
from simulation.dashboard.shop import Shop
from simulation.dashboard.studies import LOOKS, RunFamilies, SideBySide, gains_of, study_of_answers
from simulation.dashboard.text import fill
from simulation.dashboard.uploads import UPLOAD_KILOBYTES, take_upload, the_uploads
from simulation.dashboard.wording import provenance_short
from simulation.plan import Plan


@solara.component
def Compare(shop: Shop, address: Address, narrow: bool, go: Go):
    """Show what is compared, and the comparison."""
    say = address.language
    plans, missing = plans_of(shop.baseline, address, the_uploads.value)
    lost = [element("p", fill(say, "file_missing", name=name), look="lever-error", role="alert") for name in missing]
    nothing = element("p", fill(say, "compare_nothing"), role="status", look="hint")
    shown = Compared(shop, address, plans, narrow, go) if plans else nothing
    return element(
        "section",
        element("h2", fill(say, "compare_heading")),
        element("p", fill(say, "compare_lead", most=MOST_SCENARIOS), look="lead"),
        element("div", element("div", PicksPanel(shop.baseline, address, plans, go), *lost), shown, look="beside"),
        look="compare",
    )


@solara.component
def PicksPanel(baseline: Plan, address: Address, plans: Sequence[Plan], go: Go):
    """Show what is compared, and take another scenario or a file."""
    fault, set_fault = solara.use_state("")
    say = address.language

    def drop(name: str) -> None:
        set_fault("")
        kept = tuple(one for one in address.scenarios if one != name)
        go(address.but(scenarios=kept))

    def add(name: str) -> None:
        if name in library() and name not in address.scenarios and len(address.scenarios) < MOST_SCENARIOS:
            set_fault("")
            go(address.but(scenarios=(*address.scenarios, name)))

    def upload(told: Mapping[str, object]) -> None:
        name, sentence = take_upload(told, baseline, say)
        set_fault(sentence)
        if not sentence:
            go(address.but(scenarios=tuple(dict.fromkeys((*address.scenarios, name)))))

    chosen = [_picked(plan, LOOKS[place], address) for place, plan in enumerate(plans)]
    options = [{"value": name, "text": title.of(say)} for name, (title, _) in titles().items() if
               name in library() and name not in address.scenarios]  # fmt: skip
    full = fill(say, "too_many", most=MOST_SCENARIOS) if len(address.scenarios) >= MOST_SCENARIOS else ""
    words = say_all(say, "picks", "add_scenario", "add", "remove", "change_choice", "add_file")
    words["file_help"] = fill(say, "file_help", kilobytes=UPLOAD_KILOBYTES)
    return Picks(words=words, options=options, chosen=chosen, error=fault, full=full, event_add=add, event_drop=drop,
                 event_upload=upload)  # fmt: skip


def _picked(plan: Plan, look: tuple[str, str], address: Address) -> dict[str, str]:
    say = address.language
    title, own = plan.title.of(say), plan.name == CHOSEN
    return {
        "key": plan.name, "title": title, "question": "" if own else plan.question.of(say), "colour": look[0],
        "dash": look[1], "drop": "" if own else fill(say, "remove_one", name=title),
        "link": address.but(page="explore").link() if own else "",
    }  # fmt: skip


@solara.component
def Compared(shop: Shop, address: Address, plans: Sequence[Plan], narrow: bool, go: Go):
    """Ask what the scenarios change, and show it as far as it is known."""
    say = address.language
    question = shop.question_of(address, plans)
    view, shown, cancel, resume = use_answer(shop.desk, question)
    side = solara.use_memo(
        lambda: side_of(shown, say, narrow) if shown else None, [shown and shown[0], seen_of(shown), say, narrow]
    )
    parts = [element("h2", fill(say, "compared")), StatusLine(say, view, cancel, resume)]
    if side is not None:
        stale = shown[0] != question
        body = Answer(shop, address, shown, side, go)
        parts.append(element("div", body, look="stale" if stale else "fresh", aria_busy=str(stale).lower()))
    return element("section", *parts, look="answer")


def side_of(shown: Answered, language: str, narrow: bool) -> SideBySide:
    """Return the comparison of what is known: of whole cities as soon as all scenarios have one."""
    question, view = shown
    answers, seeds = (view.whole, view.seeds) if view.whole else ((view.quick,), question.seeds[:1])
    plans = question.plans if view.whole else question.quick()
    comparison = compare_study(study_of_answers(plans, answers, seeds))
    return SideBySide(comparison, ComparisonWords(comparison, language), narrow, not view.whole)


@solara.component
def Answer(shop: Shop, address: Address, shown: Answered, side: SideBySide, go: Go):
    """Show the comparison: lines, differences, cost beside effect, and who gains."""
    say, (question, view) = address.language, shown
    results = Results(
        question.baseline, question.chosen, view.whole or (view.quick,), question.seeds[0], side.quick,
        side.study.scale, Words(question.baseline, say), side.narrow,
    )  # fmt: skip
    charts = solara.use_memo(
        lambda: [courses_chart(side, address.measure), differences_chart(side), cost_chart(side)],
        [side, address.measure],
    )
    lines, differences, cost = (Boxed(chart, results) for chart in charts)
    first = fill(say, "compare_lengths", months=side.axis.months, first=results.words.month(side.axis.start.date()))
    noted = f" {fill(say, 'interval_note')}" if len(results.pairs) > 1 else ""
    commands = [shop.command(plan.name, address) for plan in question.plans if plan.name != CHOSEN]
    commands += shop.commands(address).split("\n")[1:]
    return element(
        "div",
        element("p", f"{provenance_short(results)} {first}{noted}", look="provenance", id="ringkas"),
        measure_choice(address, side.study.measures, go), lines, differences, cost,
        GainsPart(shop.desk, address, shown, side, results, go),
        Along(words=say_all(say, "take_along", "copy_link", "copied") | {
            "commands": fill(say, "commands_each"), "copy_this": fill(say, "copy_this", link="{link}")},
            commands="\n".join(commands)),
    )  # fmt: skip


def Boxed(chart: Chart, results: Results):
    """Return a chart with its source."""
    return ChartBox(chart, results.words, (*chart.notes, provenance_short(results))).key(chart.key)


@solara.component
def GainsPart(desk: Desk, address: Address, shown: Answered, side: SideBySide, results: Results, go: Go):
    """Show who gains and who loses under one of the scenarios."""
    say = address.language
    names = [arm[0] for arm in side.others]
    picked = address.gains if address.gains in names else names[0]
    gains, failed = use_gains(desk, shown, picked)
    options = [{"value": arm[0], "text": side.name(arm)} for arm in side.others]
    pick = Choice(name="gains", label=fill(say, "gains_pick"), value=picked, options=options,
                  event_choose=lambda name: go(address.but(gains=name)))  # fmt: skip
    if gains is None or side.quick:
        sentence = fill(say, "gains_failed" if failed else "gains_later")
        return element("div", pick, element("p", sentence, role="status", look="provenance"))
    charts = [draw(side, (picked, 0), gains) for draw in (groups_chart, gains_map)]
    return element("div", pick, *(Boxed(chart, results) for chart in charts))


def use_gains(desk: Desk, shown: Answered, picked: str) -> tuple[Gains | None, bool]:
    """Count who gains and who loses, once the first whole city is known and again when all are.

    Return what was counted, if it is known by now, and whether counting failed.
    """
    known, set_known = solara.use_state(None)
    question, view = shown
    count = len(view.whole) if view.state in FINISHED else min(len(view.whole), 1)
    key = question, count, picked

    async def work() -> None:
        if not count:
            return
        cities = {
            plan.name: desk.families(plan) for plan in question.plans if plan.name in (picked, question.baseline.name)
        }
        while not all(told.done() for told in cities.values()):
            await asyncio.sleep(0.1)
        if any(told.exception() for told in cities.values()):
            set_known((key, None))
            return
        families = {name: told.result() for name, told in cities.items()}
        set_known((key, count_gains(question, view, count, picked, families)))

    solara.lab.use_task(work, dependencies=[question, count, picked], prefer_threaded=True)
    if known is None or known[0][::2] != key[::2]:
        return None, False
    return known[1], known[1] is None


def count_gains(question: Question, view, count: int, picked: str, cities: Mapping) -> Gains:
    """Return who gains and who loses under a scenario, over the first whole cities."""
    place = [plan.name for plan in question.plans].index(picked)
    plans = question.plans[0], question.plans[place]
    answers = [(digests[0], digests[place]) for digests in view.whole[:count]]
    status = {(plan.name, number): digests[side].status for side, plan in enumerate(plans) for number, digests in
              enumerate(answers)}  # fmt: skip
    study = study_of_answers(plans, answers, view.seeds[:count], RunFamilies(status, cities))
    return gains_of(study, (plans[0].name, 0), (picked, 0))
