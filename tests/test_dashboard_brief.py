"""The brief stands alone, says what the page says, and can be printed where there is a Chromium."""

import re

import pytest
from test_dashboard_answers import results

from simulation.dashboard import printing
from simulation.dashboard.brief import brief_html, brief_link
from simulation.dashboard.compare import HEADLINES, difference
from simulation.dashboard.text import fill
from simulation.dashboard.wording import say_gap, say_level, verdict_key


def brief(language: str = "id", **which) -> str:
    shown = results(language, **which)
    gaps = {one.measure: difference(one, shown) for one in HEADLINES}
    return brief_html(shown, gaps, "http://127.0.0.1:8765/?lang=id&v=1&x=<script>")


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_brief_says_what_the_page_says(language):
    html, shown = brief(language), results(language)
    for measure in ("effective_exclusion_error", "poverty_headcount", "cost_idr"):
        headline = next(one for one in HEADLINES if one.measure == measure)
        gap = difference(headline, shown)
        for words in (
            say_level(headline, gap.chosen, shown.words),
            say_gap(headline, gap.mean, shown.words),
            fill(language, verdict_key(headline, gap)),
        ):
            assert words in html
    assert html.count('class="number"') == 3
    assert fill(language, "brief_limits") in html
    assert "<svg" in html
    assert f'<html lang="{language}">' in html


def test_the_brief_needs_nothing_else():
    html = brief()
    links = re.findall(r"(?:href|src|url)\s*[=(]\s*[\"']?([^\"' >)]+)", html)
    assert links == ["http://127.0.0.1:8765/?lang=id&amp;v=1&amp;x=&lt;script&gt;"]
    assert "<script" not in html


def test_the_brief_of_the_baseline_has_no_differences():
    html = brief(same=True)
    assert "Keadaan dasar, tanpa perubahan." in html
    assert "Selang 95%: selisihnya" not in html


ORIGINS = {
    "http://127.0.0.1:8765": "http://127.0.0.1:8765/?v=1",
    "https://salur.example.id": "https://salur.example.id/?v=1",
    "javascript:alert(1)": "/?v=1",
    "http://a/b?c": "/?v=1",
    None: "/?v=1",
}


@pytest.mark.parametrize(("origin", "link"), ORIGINS.items())
def test_the_link_is_that_of_the_page(origin, link):
    assert brief_link(origin, "/?v=1") == link


def test_without_a_browser_there_is_no_paper(monkeypatch):
    monkeypatch.delenv(printing.NAMED, raising=False)
    monkeypatch.setattr(printing.shutil, "which", lambda _: None)
    assert printing.find_browser() is None
    assert printing.as_pdf("<p>") is None
    monkeypatch.setenv(printing.NAMED, "/no/such/browser")
    assert printing.as_pdf("<p>") is None


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_brief_is_one_sheet_of_paper(language):
    if printing.find_browser() is None:
        pytest.skip("no Chromium to print with")
    pdf = printing.as_pdf(brief(language))
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == 1
