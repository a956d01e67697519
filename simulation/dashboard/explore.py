"""The page Jelajah (Explore): move a lever and see what it changes, first quickly, then surely."""

from __future__ import annotations

import solara

from simulation.analysis.words import Words
from simulation.dashboard.answering import StatusLine, seen_of, use_answer
from simulation.dashboard.brief_box import BriefBox
from simulation.dashboard.chart_box import ChartBox
from simulation.dashboard.charts_delivery import money_chart, workload_chart
from simulation.dashboard.charts_reach import cascade_chart, lines_chart
from simulation.dashboard.compare import HEADLINES, difference
from simulation.dashboard.desk import Question, View
from simulation.dashboard.hexmap import map_chart
from simulation.dashboard.levers_panel import LeversPanel
from simulation.dashboard.links import MAPS, Address, Go
from simulation.dashboard.measure_choice import measure_choice
from simulation.dashboard.parts import Along, Cards, Choice, element, say_all
from simulation.dashboard.results import Chart, Results
from simulation.dashboard.shop import Shop
from simulation.dashboard.text import fill
from simulation.dashboard.wording import card_of, provenance, provenance_short, summary
from simulation.measures import MEASURES


@solara.component
def Explore(shop: Shop, address: Address, narrow: bool, go: Go):
    """Show the levers on one side and what they change on the other."""
    question = shop.question(address)
    view, shown, cancel, resume = use_answer(shop.desk, question)
    say = address.language
    results = solara.use_memo(
        lambda: results_of(*shown, say, narrow) if shown else None, [shown and shown[0], seen_of(shown), say, narrow]
    )
    answer = [element("h2", fill(say, "results")), StatusLine(say, view, cancel, resume)]
    if results is not None:
        stale = shown[0] != question
        body = Answer(shop, results, address, go)
        answer.append(element("div", body, look="stale" if stale else "fresh", aria_busy=str(stale).lower()))
    panel = LeversPanel(shop.baseline, address, go)
    return element("div", panel, element("section", *answer, look="answer"), look="explore")


def results_of(question: Question, view: View, language: str, narrow: bool) -> Results:
    """Return what the charts are drawn from: whole cities as soon as there is one, before that the small one."""
    pairs = view.whole or (view.quick,)
    words = Words(question.chosen, language)
    scale = question.chosen.scale if view.whole else question.quick_scale
    return Results(question.baseline, question.chosen, pairs, question.seeds[0], not view.whole, scale, words, narrow)


@solara.component
def Answer(shop: Shop, results: Results, address: Address, go: Go):
    """Show what changes: a sentence, the cards, the charts, and how to take it along."""
    say = address.language
    gaps = {headline.measure: difference(headline, results) for headline in HEADLINES}

    def charts() -> list[Chart]:
        return [cascade_chart(results), lines_chart(results, address.measure), map_chart(results, address.map),
                workload_chart(results), money_chart(results)]  # fmt: skip

    drawn = solara.use_memo(charts, [results, address.measure, address.map])
    show = {
        chart.key: ChartBox(chart, results.words, (*chart.notes, provenance_short(results))).key(chart.key)
        for chart in drawn
    }
    pick = measure_choice(address, tuple(MEASURES), go)
    views = [{"value": name, "text": fill(say, f"map_view_{name}")} for name in MAPS]
    map_pick = [] if results.same else [
        Choice(name="map", label=fill(say, "map_pick"), value=address.map, options=views,
               event_choose=lambda name: go(address.but(map=name)))
    ]  # fmt: skip
    cards = [card_of(headline, gaps[headline.measure], results) for headline in HEADLINES]
    return element(
        "div",
        element("div", *(element("p", one) for one in summary(results, gaps)), look="summary", id="ringkas"),
        element("p", provenance(results), look="provenance"),
        Cards(words=say_all(say, "by_month"), cards=cards, event_pick=lambda name: go(address.but(measure=name))),
        show["cascade"], pick, show["months"], *map_pick, show["map"], show["workload"], show["money"],
        BriefBox(results, gaps, address),
        Along(words=say_all(say, "take_along", "copy_link", "copied", "commands") | {
            "copy_this": fill(say, "copy_this", link="{link}")}, commands=shop.commands(address)),
    )  # fmt: skip
