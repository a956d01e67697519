"""The parts that the page is put together from: each a small template that the browser fills, without a request."""

from __future__ import annotations

from collections.abc import Callable

import reacton.ipyvuetify as v
import solara

from simulation.dashboard.text import fill


@solara.component_vue("bar.vue", vuetify=False)
def Bar(language, title, words, pages, other, event_go: Callable, event_narrow: Callable):
    """Show the head of the page; tell when the window is narrow, as on a telephone."""


@solara.component_vue("lever.vue", vuetify=False)
def Lever(language, words, lever, event_slide: Callable, event_type: Callable, event_choose: Callable,
          event_fix: Callable, event_reset: Callable):  # fmt: skip
    """Show one lever."""


@solara.component_vue("cards.vue", vuetify=False)
def Cards(words, cards, event_pick: Callable):
    """Show the headline cards."""


@solara.component_vue("chart.vue", vuetify=False)
def Picture(words, chart, file, event_take: Callable):
    """Show a chart with its numbers and its downloads."""


@solara.component_vue("status.vue", vuetify=False)
def Status(words, message, state, busy, share, event_cancel: Callable, event_resume: Callable):
    """Show how far a computation is, and the button that stops it."""


@solara.component_vue("choice.vue", vuetify=False)
def Choice(name, label, value, options, event_choose: Callable):
    """Show a list to choose from."""


@solara.component_vue("seed.vue", vuetify=False)
def Seed(words, seed, error, event_choose: Callable):
    """Show the seed of luck."""


@solara.component_vue("along.vue", vuetify=False)
def Along(words, commands):
    """Show how to take a view along: its link, and the commands that repeat it."""


@solara.component_vue("picks.vue", vuetify=False)
def Picks(words, options, chosen, error, full, event_add: Callable, event_drop: Callable, event_upload: Callable):
    """Show the scenarios that are compared, and how to add one from the library or from a file."""


@solara.component_vue("player.vue", vuetify=False)
def Player(words, playing, done, total, pace, shown, paces, event_play: Callable, event_step: Callable,
           event_again: Callable, event_pace: Callable):  # fmt: skip
    """Show the buttons that play, pause and step, and how far it is."""


@solara.component_vue("brief.vue", vuetify=False)
def Brief(words, able, note, fault, file, event_take: Callable):
    """Show the buttons that download the brief."""


def say_all(language: str, *keys: str) -> dict[str, str]:
    """Return the words that a part needs."""
    return {key: fill(language, key) for key in keys}


def element(tag: str, *children: object, look: str = "", **attributes: str):
    """Return an element of the page around others."""
    named = {name.replace("_", "-"): value for name, value in attributes.items()}
    return v.Html(tag=tag, children=list(children), class_=look, attributes=named)


def html(content: str, *, look: str, label: str, **attributes: str):
    """Return a part of the page from HTML that we made ourselves."""
    return Raw(content=content, look=look, label=label, **attributes)


@solara.component_vue("raw.vue", vuetify=False)
def Raw(content, look, label, tabindex, role):
    """Show HTML that we made ourselves."""
