"""The page as Solara serves it: every address leads here, and each visitor has a state of their own."""

from __future__ import annotations

import logging

import reacton
import solara

from simulation import __version__
from simulation.dashboard import researcher
from simulation.dashboard.about import About
from simulation.dashboard.batch_page import Batches
from simulation.dashboard.comparing import Compare
from simulation.dashboard.explore import Explore
from simulation.dashboard.family import Family
from simulation.dashboard.links import PAGES, Address, read_address
from simulation.dashboard.parts import Bar, element, say_all
from simulation.dashboard.shop import the_shop
from simulation.dashboard.text import fill
from simulation.dashboard.watching import Watch
from simulation.parameters import assumed_headline

logger = logging.getLogger("salur.dashboard")

SHOWN = {"explore": Explore, "compare": Compare, "watch": Watch, "batch": Batches, "family": Family, "about": About}
"""The pages that exist, by name."""


@solara.component
def App():
    """Show the page, or one sentence in its place should it fail."""
    fault, _ = reacton.use_exception()
    router = solara.use_router()
    seen = solara.use_ref(None)
    if fault is None:
        return Frame()
    if seen.current is not fault:
        seen.current = fault
        logger.error("the page failed", exc_info=fault)
    return broken(the_language(router.search or ""))


def the_language(query: str) -> str:
    """Return the language that a query asks for, read without a chance to fail."""
    return "en" if "lang=en" in query.split("&") else "id"


def broken(language: str):
    """Return what is shown in place of a page that failed."""
    again = element("a", fill(language, "start_again"), href=f"/?lang={language}")
    words = element("p", fill(language, "broken"))
    return element("div", element("main", element("h1", "Salur"), words, element("p", again)), look="salur")


@solara.component
def Frame():
    """Show the page that the address asks for, between a head and a foot."""
    shop = the_shop()
    router = solara.use_router()
    address, faults = read_address(router.path, router.search or "", shop.baseline)
    narrow, set_narrow = solara.use_state(False)
    say = address.language

    def go(there: Address) -> None:
        router.push(there.link())

    body = SHOWN[address.page](shop, address, narrow, go)
    main = element(
        "main", element("h1", fill(say, address.page), look="unseen"), *fault_box(say, faults), body, id="isi"
    )
    bar = Bar(
        language=say, title=f"{fill(say, address.page)} · Salur", words=say_all(say, "skip", "brand", "pages"),
        pages=[{"link": address.but(page=page).link(), "label": fill(say, page), "here": page == address.page}
               for page in PAGES.values() if page in SHOWN],
        other=other_language(address), event_go=router.push, event_narrow=set_narrow,
    )  # fmt: skip
    foot = fill(say, "footer", assumed=assumed_headline(say))
    version = fill(say, "version", version=__version__)
    return element("div", bar, main, element("footer", element("p", foot), element("p", version)), look="salur")


def other_language(address: Address) -> dict[str, str]:
    """Return the link to the same view in the other language."""
    other = "en" if address.language == "id" else "id"
    label = fill(address.language, "other_language")
    return {"link": address.but(language=other).link(), "label": label, "language": other}


def fault_box(language: str, faults: tuple[str, ...]) -> list:
    """Return what says which parts of a link could not be used."""
    if not faults:
        return []
    heading = element("h2", fill(language, "link_heading"))
    lines = element("ul", *(element("li", fault) for fault in faults))
    return [element("div", heading, lines, look="faults", role="alert")]


@solara.component
def Layout(children):
    """Show a page as it is, without Solara's own frame."""
    return element("div", *children)


routes = [
    *(solara.Route(path or "/", component=App, layout=Layout if not path else None) for path, page in PAGES.items() if
      page in SHOWN),
    solara.Route(researcher.PATH, component=researcher.Researcher, layout=researcher.Frame),
]  # fmt: skip
