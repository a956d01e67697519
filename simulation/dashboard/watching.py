"""The page Amati (Watch): the small city under the chosen policy, month by month, at one's own pace."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import solara

from simulation.analysis.words import Words
from simulation.dashboard.chart_box import ChartBox
from simulation.dashboard.charts_reach import cascade_chart, scale_of
from simulation.dashboard.downloads import Column, Table
from simulation.dashboard.lines import Axis, Line, draw_lines, line_rows
from simulation.dashboard.links import Address, Go
from simulation.dashboard.living import Frame, LivingCity
from simulation.dashboard.measure_choice import measure_choice
from simulation.dashboard.parts import Player, element, say_all
from simulation.dashboard.results import Chart, Results, enlarged
from simulation.dashboard.shop import Shop
from simulation.dashboard.svg import BASELINE, CHOSEN, NARROW, WIDE, Drawing
from simulation.dashboard.text import fill
from simulation.dashboard.wording import say_changes, say_share
from simulation.measures import MEASURES
from simulation.plan import Plan

PACES = {"slow": 1.2, "middle": 0.5, "fast": 0.05}
"""Seconds that a month takes at the least, by pace."""

_LINES = ("effective_exclusion_error", "exclusion_error", "poverty_headcount", "paid_on_time_share")


@solara.component
def Watch(shop: Shop, address: Address, narrow: bool, go: Go):
    """Show the controls, and what has become of the city so far."""
    say = address.language
    baseline, chosen = shop.question(address).quick()
    plans = (baseline, chosen) if chosen != baseline else (baseline,)
    words = Words(baseline, say)
    share = say_share(shop.quick_scale, words)
    parts = [
        element("h2", fill(say, "watch_heading")),
        element("p", fill(say, "watch_lead", share=share, seed=address.seed), look="lead"),
    ]
    if address.sets:
        parts.append(element("p", say_changes(shop.baseline, shop.question(address).chosen, words), look="provenance"))
    parts += [Live(plans, address, narrow, go).key(f"live-{hash(plans)}"), researcher_note(say)]
    return element("section", *parts, look="watch")


def researcher_note(language: str):
    """Return the link to the researcher's page."""
    link = element("a", fill(language, "watch_researcher"), href="/solaraviz", hreflang="en")
    return element("p", f"{fill(language, 'watch_researcher_note')} ", link, look="provenance")


@solara.component
def Live(plans: tuple[Plan, ...], address: Address, narrow: bool, go: Go):
    """Let the city live and show it."""
    say = address.language
    city = solara.use_ref(None)
    frame, set_frame = solara.use_state(None)
    playing, set_playing = solara.use_state(False)
    pace, set_pace = solara.use_state("middle")
    steps, set_steps = solara.use_state(0)
    lost, set_lost = solara.use_state(False)
    stepped, pace_now = solara.use_ref(0), solara.use_ref(pace)
    pace_now.current = pace

    async def live() -> None:
        if not playing and steps == stepped.current:
            return
        stepped.current = steps
        if city.current is None:
            city.current = LivingCity(plans)
        going = True
        while going:
            now = city.current.step()
            if now is None:
                set_lost(city.current.closed)
                break
            set_frame(now)
            going = playing and now.done < plans[0].months
            await asyncio.sleep(PACES[pace_now.current] if going else 0)
        if playing:
            set_playing(False)

    solara.lab.use_task(live, dependencies=[playing, steps], prefer_threaded=True)

    def close() -> None:
        if city.current is not None:
            city.current.close()
            city.current = None

    solara.use_effect(lambda: close, [])

    def again() -> None:
        set_playing(False)
        set_steps(0)
        stepped.current = 0
        close()
        set_frame(None)
        set_lost(False)

    done, total = frame.done if frame else 0, plans[0].months
    month = Words(plans[0], say).month(plans[0].start.plus(done - 1).date()) if done else ""
    named = {"month": month, "done": done, "total": total}
    controls = Player(
        words=say_all(say, "watch_play", "watch_pause", "watch_step", "watch_again", "watch_pace", "watch_progress"),
        playing=playing, done=done, total=total, pace=pace,
        shown=fill(say, "watch_lost" if lost else "watch_month" if done else "watch_begin", **named),
        paces=[{"value": name, "text": fill(say, f"pace_{name}")} for name in PACES],
        event_play=lambda *_: set_playing(not playing), event_step=lambda *_: set_steps(steps + 1),
        event_again=lambda *_: again(), event_pace=set_pace,
    )  # fmt: skip
    body = [Seen(plans, frame, address, narrow, go)] if frame else []
    return element("div", controls, *body)


@solara.component
def Seen(plans: tuple[Plan, ...], frame: Frame, address: Address, narrow: bool, go: Go):
    """Show the city after its last month."""
    words = Words(plans[0], address.language)
    charts = solara.use_memo(lambda: charts_of(plans, frame, words, narrow, address.measure),
                             [frame, address.language, narrow, address.measure])  # fmt: skip
    share = say_share(plans[0].scale, words)
    source = fill(words.language, "watch_source", families=words.number(frame.families), share=share,
                  seed=plans[0].seed)  # fmt: skip
    boxes = [ChartBox(chart, words, (*chart.notes, source)).key(chart.key) for chart in charts]
    pick = measure_choice(address, tuple(MEASURES), go)
    return element("div", boxes[0], pick, *boxes[1:], element("p", source, look="provenance"))


def charts_of(plans: tuple[Plan, ...], frame: Frame, words: Words, narrow: bool, measure: str) -> list[Chart]:
    """Return the cascade of the last month, the measure that was picked, and the headlines."""
    digests = frame.digests()
    pair = digests if len(digests) == 2 else digests * 2
    results = Results(plans[0], plans[-1], (pair,), plans[0].seed, True, plans[0].scale, words, narrow)
    month = words.month(plans[0].start.plus(frame.done - 1).date())
    cascade = replace(cascade_chart(results), what=results.say("watch_cascade_what", month=month))
    picked = growing_chart(plans, frame, words, narrow, (measure,), "months")
    others = tuple(name for name in _LINES if name != measure)
    return [cascade, picked, growing_chart(plans, frame, words, narrow, others, "headlines")]


def growing_chart(
    plans: tuple[Plan, ...], frame: Frame, words: Words, narrow: bool, measures: tuple[str, ...], key: str
) -> Chart:
    """Draw measures month by month as far as the city has lived, a panel each."""
    axis = Axis(plans[0].start, plans[0].months, tuple(month for month, _ in plans[0].changes[1:]))
    looks = ((BASELINE, "5 4"), (CHOSEN, "")) if len(plans) == 2 else ((BASELINE, "5 4"),)
    names = [fill(words.language, name) for name in ("baseline", "chosen")]
    month = words.month(axis.start.plus(frame.done - 1).date())
    label = ", ".join(words.say(MEASURES[name].label) for name in measures[:1])
    title = fill(words.language, "watch_lines_title" if len(measures) == 1 else "watch_headlines_title", label=label,
                 month=month)  # fmt: skip
    drawing, y, rows, columns = Drawing(NARROW if narrow else WIDE, title), 0.0, [], [Column(words_of("month", words))]
    for name in measures:
        factor, unit = scale_of(name)
        factor *= enlarged(name, plans[0].scale)
        lines = [Line(names[side], frame.months[side][name][None] * factor, *look) for side, look in enumerate(looks)]
        heading = f"{words.say(MEASURES[name].label)} ({words_of(unit, words)})"
        if len(measures) > 1:
            y = drawing.lines(0, y + 14, heading, 0.86 * drawing.width, bold=True) - 8
        y = draw_lines(drawing, words, axis, lines, narrow=narrow, top=y, tall=None if len(measures) == 1 else 110) + 10
        rows.append([row[1::3] for row in line_rows(axis, lines)])
        columns += [Column(f"{heading}, {line.name}", "decimal") for line in lines]
    months = (str(axis.start.plus(month)) for month in range(frame.done))
    table = tuple((month, *(cell for part in parts for cell in part)) for month, parts in
                  zip(months, zip(*rows, strict=True), strict=False))  # fmt: skip
    what = f"{words_of(scale_of(measures[0])[1], words)} · {month}" if len(measures) == 1 else month
    return Chart(key, title, what, drawing.render(y), (words_of("watch_note", words),), Table(tuple(columns), table))


def words_of(key: str, words: Words) -> str:
    """Return words of the page in a language."""
    return fill(words.language, key)
