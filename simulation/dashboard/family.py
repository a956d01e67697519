"""The page Satu keluarga (One family): the life of one made-up family under the baseline and under the choice."""

from __future__ import annotations

import asyncio

import solara

from simulation.agents.explanation import tell
from simulation.analysis.words import STATUS, Words
from simulation.dashboard.chart_box import ChartBox
from simulation.dashboard.charts_life import life_chart
from simulation.dashboard.levers_panel import Press
from simulation.dashboard.links import Address, Go
from simulation.dashboard.lives import ANY, Facts, Life
from simulation.dashboard.parts import Choice, element
from simulation.dashboard.shop import Shop
from simulation.dashboard.text import fill
from simulation.dashboard.wording import say_changes, say_share

_EVERY_SECONDS = 0.05


@solara.component
def Family(shop: Shop, address: Address, narrow: bool, go: Go):
    """Show whose life is told, and tell it."""
    say = address.language
    wish = shop.wish(address)
    told, failed = use_life(shop, wish)
    options = [{"value": ANY, "text": fill(say, "family_any")}]
    options += [{"value": name, "text": text.of(say)} for name, text in STATUS.items()]
    pick = Choice(name="status", label=fill(say, "family_status"), value=address.status, options=options,
                  event_choose=lambda status: go(address.but(status=status, family=0)))  # fmt: skip
    parts = [element("h2", fill(say, "family_heading")), element("p", fill(say, "family_lead"), look="lead")]
    if address.sets:
        changes = say_changes(shop.baseline, wish.chosen, Words(shop.baseline, say))
        parts.append(element("p", changes, look="provenance"))
    parts.append(pick)
    if failed:
        parts.append(element("p", fill(say, "family_failed"), look="lever-error", role="alert"))
    elif told is None:
        parts.append(element("p", fill(say, "family_finding"), role="status", look="provenance"))
    elif told.row < 0:
        parts.append(element("p", fill(say, "family_none"), role="status"))
    else:
        parts.append(Told(shop, told, address, narrow, go))
    return element("section", *parts, look="family")


def use_life(shop: Shop, wish) -> tuple[Life | None, bool]:
    """Ask for a life and return it when it has been told; and whether that failed."""
    known, set_known = solara.use_state(None)

    async def follow() -> None:
        future = shop.desk.life(wish)
        while not future.done():
            await asyncio.sleep(_EVERY_SECONDS)
        set_known((wish, future.result() if future.exception() is None else None))

    solara.lab.use_task(follow, dependencies=[wish], prefer_threaded=True)
    mine = known is not None and known[0] == wish
    return (known[1], known[1] is None) if mine else (None, False)


@solara.component
def Told(shop: Shop, life: Life, address: Address, narrow: bool, go: Go):
    """Tell the life of a family."""
    say, words = address.language, Words(shop.baseline, address.language)
    same = not address.sets
    chart = solara.use_memo(lambda: life_chart(life, words, same, narrow), [life, say, same, narrow])
    share = say_share(shop.quick_scale, words)
    number = address.family % life.count
    which = fill(say, "family_which", number=words.number(number + 1), count=words.number(life.count), share=share,
                 seed=address.seed)  # fmt: skip
    walk = element(
        "div",
        Press(fill(say, "family_previous"), lambda: go(address.but(family=(number - 1) % life.count))),
        Press(fill(say, "family_next"), lambda: go(address.but(family=(number + 1) % life.count))),
        element("span", which, role="status"), look="walk",
    )  # fmt: skip
    count = len(life.baseline)
    shown = address.month if 0 < address.month <= count else count
    months = [{"value": str(place + 1), "text": words.month(shop.baseline.start.plus(place).date())} for place in
              range(count)]  # fmt: skip
    pick = Choice(name="month", label=fill(say, "family_month"), value=str(shown), options=months,
                  event_choose=lambda month: go(address.but(month=int(month))))  # fmt: skip
    columns = [told_month(fill(say, "baseline"), life.baseline[shown - 1], say)]
    columns.append(element("p", fill(say, "family_same"), look="provenance") if same else
                   told_month(fill(say, "chosen"), life.chosen[shown - 1], say))  # fmt: skip
    source = (*chart.notes, which)
    box = ChartBox(chart, words, source)
    return element("div", walk, box, pick, element("div", *columns, look="columns"))


def told_month(heading: str, facts: Facts, language: str):
    """Return a month of a family in words."""
    lines = (element("p", line) for line in tell(facts, language).split("\n"))
    return element("section", element("h3", heading), *lines, look="month", aria_label=heading)
