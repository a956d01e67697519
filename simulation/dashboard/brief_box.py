"""The brief on the page: made when somebody wants it, as HTML or as PDF."""

from __future__ import annotations

import base64
from collections.abc import Mapping

import solara

from simulation.dashboard.brief import brief_html, brief_link, brief_name
from simulation.dashboard.compare import Difference
from simulation.dashboard.links import Address
from simulation.dashboard.parts import Brief, say_all
from simulation.dashboard.printing import as_pdf, find_browser
from simulation.dashboard.results import Results
from simulation.dashboard.text import fill

_TYPES = {"html": "text/html;charset=utf-8", "pdf": "application/pdf"}


@solara.component
def BriefBox(results: Results, gaps: Mapping[str, Difference], address: Address):
    """Show the buttons that make the brief."""
    wish, set_wish = solara.use_state(None)
    file, set_file = solara.use_state(None)
    fault, set_fault = solara.use_state("")
    say = address.language
    able = solara.use_memo(lambda: find_browser() is not None, [])

    async def make() -> None:
        if wish is None:
            return
        number, kind, origin = wish
        html = brief_html(results, gaps, brief_link(origin, address.link()))
        content = html.encode() if kind == "html" else as_pdf(html)
        set_fault("" if content else "brief_no_paper")
        if content:
            set_file({"number": number, "name": brief_name(say, kind), "type": _TYPES[kind],
                      "content": base64.b64encode(content).decode()})  # fmt: skip

    solara.lab.use_task(make, dependencies=[wish], prefer_threaded=True)

    def take(event: Mapping[str, object]) -> None:
        kind = "pdf" if event.get("kind") == "pdf" else "html"
        set_wish(((wish[0] if wish else 0) + 1, kind, event.get("origin")))

    return Brief(words=say_all(say, "brief_heading", "brief_lead", "brief_html", "brief_pdf"), able=able,
                 note="" if able else fill(say, "brief_no_browser"), fault=fill(say, fault) if fault else "", file=file,
                 event_take=take)  # fmt: skip
