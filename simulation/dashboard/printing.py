"""Paper from a page: a Chromium of this computer prints HTML to PDF, asking nobody for anything."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NAMED = "SALUR_CHROMIUM"
"""The variable that names a browser elsewhere."""

QUIET = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
"""How a Chromium is started so that it asks nobody anything."""

_SECONDS = 60


def find_browser() -> str | None:
    """Return the path of a Chromium of this computer, the one that is named before others; none where there is none."""
    return os.environ.get(NAMED) or next((path for path in map(shutil.which, BROWSERS) if path), None)


def as_pdf(html: str) -> bytes | None:
    """Return a page as PDF; none where no Chromium can be found or it does not print."""
    browser = find_browser()
    if browser is None:
        return None
    with TemporaryDirectory(prefix="salur-") as folder:
        page, paper = Path(folder) / "brief.html", Path(folder) / "brief.pdf"
        page.write_text(html, encoding="utf-8")
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        options = ["--headless", *QUIET, "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer",
                   f"--user-data-dir={folder}/profile", *(["--no-sandbox"] if root else [])]  # fmt: skip
        command = [browser, *options, f"--print-to-pdf={paper}", page.as_uri()]
        try:
            subprocess.run(command, timeout=_SECONDS, check=False, capture_output=True)
        except (OSError, subprocess.TimeoutExpired):
            return None
        return paper.read_bytes() if paper.is_file() else None
