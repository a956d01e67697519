"""Asking the desk and following its answer: what is known by now, and how far the computation is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import solara

from simulation.dashboard.desk import Desk, Question, View
from simulation.dashboard.parts import Status, say_all
from simulation.dashboard.text import fill

FINISHED = ("done", "stopped", "failed")
_EVERY_SECONDS = 0.1

Answered = tuple[Question, View]


def use_answer(
    desk: Desk, question: Question
) -> tuple[View | None, Answered | None, Callable[[], None], Callable[[], None]]:
    """Ask the desk and follow its answer.

    Return what is known of the question, what can be shown (the answer to the last question as long as there is none
    to this one), how to stop, and how to go on.
    """
    view, set_view = solara.use_state(None)
    again, set_again = solara.use_state(0)
    job, shown = solara.use_ref(None), solara.use_ref(None)

    async def follow() -> None:
        job.current = mine = desk.ask(question)
        seen = None
        try:
            while True:
                now = desk.view(mine)
                if seen_of((question, now)) != seen:
                    seen = seen_of((question, now))
                    set_view((question, now))
                if now.state in FINISHED:
                    break
                await asyncio.sleep(_EVERY_SECONDS)
        finally:
            desk.stop(mine)

    solara.lab.use_task(follow, dependencies=[question, again], prefer_threaded=True)
    if view and (view[1].whole or view[1].quick):
        shown.current = view
    known = view[1] if view and view[0] == question else None
    return known, shown.current, lambda: desk.stop(job.current), lambda: set_again(again + 1)


def seen_of(answered: Answered | None) -> tuple | None:
    """Return what of an answer shows on the page."""
    if answered is None:
        return None
    view = answered[1]
    return view.quick is not None, len(view.whole), view.state, view.others, round(view.progress, 2)


@solara.component
def StatusLine(language: str, view: View | None, cancel: Callable[[], None], resume: Callable[[], None]):
    """Say how far the computation is."""
    busy = view is None or view.state not in FINISHED
    return Status(
        words=say_all(language, "cancel", "resume", "computing", "to_results"), message=status_words(language, view),
        state="running" if view is None else view.state, busy=busy, share=0 if view is None else view.progress,
        event_cancel=lambda *_: cancel(), event_resume=lambda *_: resume(),
    )  # fmt: skip


def status_words(language: str, view: View | None) -> str:
    """Return in a sentence how far a computation is and who else waits."""
    if view is None:
        return fill(language, "preparing")
    named = {"done": len(view.whole), "wanted": view.wanted, "others": view.others}
    if view.state == "waiting" and view.others:
        return fill(language, "waiting", **named)
    key = {"done": "finished", "stopped": "stopped", "failed": "failed"}.get(view.state)
    if key:
        return fill(language, key, **named)
    said = fill(language, "running" if view.whole else "running_first", **named)
    return said + (fill(language, "queue", **named) if view.others else "")
