"""The page in a real browser: a Chromium where one can be had, a served city, and visits that watch every request."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from simulation.dashboard.printing import find_browser

REQUIRED = "SALUR_REQUIRE_BROWSER"
"""Set to 1 where a missing browser is a failure and not a reason to skip."""

NONE_FOUND = (
    "NO BROWSER: the page was not tested. Install Chromium (on Debian: apt-get install chromium), or name one in "
    "SALUR_CHROMIUM."
)


def chromium() -> str | None:
    """Return the path of a Chromium: the one that is named, one of the system, or Playwright's own."""
    return find_browser() or _of_playwright()


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


PATIENCE = int(os.environ.get("SALUR_PATIENCE", 60_000))
"""Milliseconds that a slow machine may take for an answer; nothing is asserted about speed."""


def until(page, found: Callable[[], object]) -> None:
    """Wait until nothing wrong is found any more: a page changes its parts one after another."""
    end = time.monotonic() + PATIENCE / 1000
    while wrong := found():
        assert time.monotonic() < end, wrong
        page.wait_for_timeout(50)


@contextmanager
def served(folder: Path, options: Sequence[str]) -> Iterator[str]:
    """Serve the page from an empty folder on a free port; afterwards it failed nowhere and wrote nothing."""
    command = [sys.executable, "-m", "simulation", "dashboard", "--port", "0", *options]
    root = str(Path(__file__).parents[1])
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=log, text=True,
                                   env=os.environ | {"PYTHONPATH": root})  # fmt: skip
    try:
        line = process.stdout.readline()
        assert "Salur is at" in line, (folder / "log").read_text()
        yield re.search(r"http://[\d.:]+", line)[0]
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE / 1000)
    told = (folder / "log").read_text()
    assert "Traceback" not in told, told
    assert os.listdir(folder) == ["log"], "the page wrote into the folder in which it was started"


class Visits:
    """Opens the page for visitors of a browser, and remembers who was asked for something and which scripts failed."""

    def __init__(self, browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.contexts, self.strangers, self.errors = [], [], []

    def __call__(self, link: str = "/", *, width: int = 1280, ready: bool = True):
        """Open a link and return its page, by default once the answer is whole."""
        from playwright.sync_api import expect

        context = self.browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True)
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.on("request", lambda one: self.strangers.append(one.url) if self.is_strange(one.url) else None)
        page.on("pageerror", lambda one: self.errors.append(str(one)))
        page.on("console", lambda one: self.errors.append(one.text) if one.type == "error" else None)
        page.goto(self.address + link)
        if ready:
            page.wait_for_selector("[data-state=done]")
            page.wait_for_selector("[data-chart=money] svg")
        return page

    def is_strange(self, url: str) -> bool:
        """Tell whether a request goes elsewhere."""
        return not url.startswith((self.address, "data:", "blob:", self.address.replace("http", "ws", 1)))

    def close(self) -> None:
        """End all visits; no request may have left the machine, and no script may have failed."""
        for context in self.contexts:
            context.close()
        assert not self.strangers
        assert not self.errors
