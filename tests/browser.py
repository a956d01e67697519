"""A Chromium for the tests of the page, where one can be had; and how it is started so that it asks nobody anything."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
REQUIRED = "SALUR_REQUIRE_BROWSER"
"""Set to 1 where a missing browser is a failure and not a reason to skip."""

NONE_FOUND = (
    "NO BROWSER: the page was not tested. Install Chromium (on Debian: apt-get install chromium), or name one in "
    "SALUR_CHROMIUM."
)


def chromium() -> str | None:
    """Return the path of a Chromium: the one that is named, one of the system, or Playwright's own."""
    named = os.environ.get("SALUR_CHROMIUM")
    found = named or next((path for path in map(shutil.which, NAMES) if path), None)
    return found or _of_playwright()


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None
