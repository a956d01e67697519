"""The page in a real browser: what a planner does with it, by mouse, keyboard and telephone, in both languages."""

import csv
import io
import re
import urllib.error
import urllib.request
from collections.abc import Set
from pathlib import Path
from xml.etree import ElementTree

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import served, until
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Page, expect

from simulation.geography import KECAMATAN, KELURAHAN
from simulation.parameters import PARAMETERS

REPLICATES = 3


@pytest.fixture(scope="session")
def address(tmp_path_factory) -> str:
    """Serve a small city on a free port, as a user would, and return its address."""
    options = ["--scale", "0.02", "--months", "24", "--replicates", str(REPLICATES), "--workers", "1"]
    with served(tmp_path_factory.mktemp("served"), options) as found:
        yield found


def lever(page: Page, key: str):
    return page.locator(f"[data-lever={key}]")


def card(page: Page, measure: str) -> str:
    return page.locator(f"[data-card={measure}]").inner_text()


def unfold(page: Page) -> None:
    """Unfold all levers that are folded away."""
    folded = page.locator("button[aria-expanded=false]")
    for left in range(folded.count(), 0, -1):
        folded.first.click()
        expect(folded).to_have_count(left - 1)


CHOICE = "/?lang=id&v=1&caseload_per_pendamping=400&delivery_channel=cash_bank"


# Levers and answers -------------------------------------------------------------------------------------------------


def test_the_page_opens_in_indonesian_with_the_baseline(visit):
    page = visit()
    assert page.locator("html").get_attribute("lang") == "id"
    assert page.title() == "Jelajah · Salur"
    expect(page.locator("#ringkas")).to_contain_text("Inilah keadaan dasar")
    assert page.locator(".card").count() == 6
    assert page.locator("figure").count() == 5
    assert page.locator(".card-verdict").count() == 0
    assert re.search(r"\d,\d%", card(page, "exclusion_error"))


def test_a_lever_that_is_moved_by_keyboard_changes_the_answer(visit):
    page = visit()
    before = card(page, "cost_idr")
    slider = lever(page, "caseload_per_pendamping").locator("input[type=range]")
    slider.focus()
    for _ in range(12):
        page.keyboard.press("ArrowLeft")
    expect(lever(page, "caseload_per_pendamping").locator(".lever-exact")).to_have_value("135")
    page.wait_for_url("**caseload_per_pendamping=135**")
    page.wait_for_selector(".card-gap")
    page.wait_for_selector("[data-state=done]")
    expect(page.locator("#ringkas")).to_contain_text("Jumlah KPM dampingan per pendamping PKH: 135 keluarga")
    assert card(page, "cost_idr") != before
    assert re.search(r"\+Rp .*(hampir pasti|sangat mungkin|cenderung) lebih mahal", card(page, "cost_idr"), re.DOTALL)
    lever(page, "caseload_per_pendamping").get_by_role("button", name="Kembalikan").click()
    page.wait_for_selector(".card-gap", state="detached")
    assert "caseload" not in page.url


def test_an_exact_value_is_taken_and_a_wrong_one_explained(visit):
    page = visit()
    box = lever(page, "pkh_budget_bn_idr_per_year").locator(".lever-exact")
    box.fill("60,5")
    box.press("Enter")
    page.wait_for_url("**pkh_budget_bn_idr_per_year=60.5**")
    for wrong, sentence in (("banyak", "'banyak' bukan bilangan"), ("900", "harus antara 0 dan 500")):
        box.fill(wrong)
        box.press("Enter")
        expect(lever(page, "pkh_budget_bn_idr_per_year").locator("[role=alert]")).to_contain_text(sentence)
        assert "pkh_budget_bn_idr_per_year=60.5" in page.url


def test_the_last_answer_stays_until_the_next_is_there(visit):
    """Nobody looks at an empty page: what was shown stays, marked as old, and gives way at once."""
    page = visit()
    page.evaluate("""() => {
        window.empty = 0;
        new MutationObserver(() => { if (!document.querySelector('.card')) window.empty += 1; })
            .observe(document.querySelector('.salur'), { childList: true, subtree: true });
    }""")
    lever(page, "benefit_multiplier").locator(".lever-exact").fill("1,37")
    lever(page, "benefit_multiplier").locator(".lever-exact").press("Enter")
    page.wait_for_selector(".card-gap")
    page.wait_for_selector(".fresh[aria-busy=false]")
    assert page.evaluate("window.empty") == 0


def test_lists_switches_and_folded_levers(visit):
    page = visit()
    lever(page, "delivery_channel").locator("select").select_option("cash_post")
    page.wait_for_url("**delivery_channel=cash_post**")
    lever(page, "digital_reporting").locator("input").check()
    page.wait_for_url("**digital_reporting=true**")
    assert lever(page, "pkh_quota_families").count() == 0
    page.get_by_role("button", name="3 pengaturan lain").first.click()
    quota = lever(page, "pkh_quota_families")
    expect(quota).to_contain_text("anggaran yang menentukan")
    quota.locator("input[type=checkbox]").check()
    page.wait_for_url("**pkh_quota_families=**")
    expect(quota.locator("input[type=range]")).to_be_visible()
    page.get_by_role("button", name="Semua kembali ke dasar").click()
    page.wait_for_url(re.compile(r"\?lang=id&v=1$"))
    expect(page.locator("#ringkas")).to_contain_text("Inilah keadaan dasar")


MUCH = "/bandingkan?v=1&with=caseload-150,cash-post,monthly-updates,targeting-pmt,perfect-knowledge&seed="
"""A question that takes long enough to be stopped, or waited for by somebody else."""


def test_a_computation_can_be_stopped_and_resumed(visit):
    page = visit(f"{MUCH}30", ready=False)
    page.get_by_role("button", name="Hentikan").click()
    page.wait_for_selector("[data-state=stopped]")
    expect(page.locator(".status-words")).to_contain_text("Dihentikan setelah")
    page.get_by_role("button", name="Lanjutkan").click()
    page.wait_for_selector("[data-state=done]")
    expect(page.locator(".status-words")).to_contain_text(f"Selesai: {REPLICATES} ulangan.")


def test_a_seed_is_taken_and_a_wrong_one_explained(visit):
    page = visit()
    page.locator("#seed").fill("7")
    page.locator("#seed").press("Enter")
    page.wait_for_url("**seed=7**")
    expect(page.locator(".provenance")).to_contain_text("mulai dari 7")
    page.locator("#seed").fill("tujuh")
    page.locator("#seed").press("Enter")
    expect(page.locator(".seed [role=alert]")).to_contain_text("bukan bilangan bulat")


# The other pages ----------------------------------------------------------------------------------------------------


def test_one_family_is_followed_under_both_policies(visit):
    page = visit("/keluarga?v=1&status=any&pkh_budget_bn_idr_per_year=60", ready=False)
    page.wait_for_selector("[data-chart=life] svg")
    told = page.locator(".month").all_inner_texts()
    assert len(told) == 2
    assert all("Keluarga simulasi" in text and "garis kemiskinan" in text for text in told)
    expect(page.locator(".walk")).to_contain_text("Keluarga 1 dari")
    seen = page.locator("[data-chart=life] h3, .month")
    first = seen.all_inner_texts()
    page.get_by_role("button", name="Keluarga berikutnya").click()
    page.wait_for_url("**family=1**")
    expect(page.locator(".walk")).to_contain_text("Keluarga 2 dari")
    until(page, lambda: seen.all_inner_texts() == first)
    page.locator("#choice-month").select_option("3")
    page.wait_for_url("**month=3**")
    expect(page.locator(".month").first).to_contain_text("Mei 2023")
    page.locator("#choice-status").select_option("beyond_quota")
    page.wait_for_url("**status=beyond_quota**")


def test_a_family_is_found_by_what_became_of_it(visit):
    page = visit("/keluarga?v=1&lang=en&status=reached", ready=False)
    page.wait_for_selector("[data-chart=life] svg")
    expect(page.locator(".month").first).to_contain_text("Reached in full")
    expect(page.locator(".family")).to_contain_text("No policy has been changed")


def test_the_model_is_told_in_ten_sentences_with_every_input(visit):
    page = visit("/tentang?v=1", ready=False)
    expect(page.locator(".about ol li")).to_have_count(10)
    assert page.locator(".about tbody tr").count() == len(PARAMETERS)
    page.locator(".about summary", has_text="Uang").click()
    expect(page.get_by_text("Pengali indeks bantuan")).to_be_visible()


def test_a_choice_goes_along_from_page_to_page(visit):
    page = visit("/?v=1&delivery_channel=cash_bank")
    page.get_by_role("link", name="Satu keluarga").click()
    page.wait_for_url("**/keluarga?**delivery_channel=cash_bank**")
    expect(page.locator(".family")).to_contain_text("Kanal penyaluran: tunai lewat bank-agen")
    page.get_by_role("link", name="Jelajah").click()
    expect(lever(page, "delivery_channel").locator("select")).to_have_value("cash_bank")


# Links, languages, sessions -----------------------------------------------------------------------------------------


def test_a_link_shows_the_same_view_to_somebody_else(visit):
    first = visit(CHOICE)
    first.locator("#choice-measure").select_option("hours_short_share")
    first.locator("#choice-map").select_option("baseline")
    first.wait_for_url("**map=baseline**")
    expect(first.locator("[data-chart=map] h3")).to_contain_text("Keadaan dasar")
    second = visit(first.url[first.url.index("/", 8) :])
    for place in (".cards", "#ringkas", "[data-chart=months] h3", "[data-chart=map] h3"):
        assert first.locator(place).inner_text() == second.locator(place).inner_text()


def test_back_undoes_a_move(visit):
    page = visit()
    lever(page, "delivery_channel").locator("select").select_option("cash_bank")
    page.wait_for_selector(".card-gap")
    page.go_back()
    page.wait_for_selector(".card-gap", state="detached")
    expect(lever(page, "delivery_channel").locator("select")).to_have_value("ewarong")


def test_a_broken_link_is_explained(visit):
    page = visit("/?bogus=1&caseload_per_pendamping=99999&digital_reporting=true&v=1")
    faults = page.locator(".faults").inner_text()
    assert "pengaturan 'bogus' yang tidak ada" in faults
    assert "harus antara 25 dan 1.000 keluarga" in faults
    expect(lever(page, "digital_reporting").locator("input")).to_be_checked()


def words_of(page: Page) -> set[str]:
    """Return every text on the page, those for screen readers and pointers included."""
    found = page.evaluate("""() => {
        const found = [], walk = document.createTreeWalker(document.querySelector('.salur'), NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) found.push(walk.currentNode.textContent.trim());
        for (const one of document.querySelectorAll('.salur [aria-label], .salur [aria-valuetext]'))
            found.push(one.getAttribute('aria-label') || one.getAttribute('aria-valuetext'));
        return found.filter((text) => /[A-Za-z]{2}/.test(text));
    }""")
    return set(found)


NAMES = {one.name for one in (*KELURAHAN, *KECAMATAN)}
NAME_PARTS = {word for name in NAMES for word in name.split()}
ALIKE = {"SVG", "PNG", "CSV", "XLSX", "e-warong", "Gini", "Sembako", "Kelurahan", "Kecamatan", "PKH", "rupiah"}
"""Words that are the same in both languages."""


def is_alike(text: str) -> bool:
    """Return whether a text may be the same in both languages: names, abbreviations, commands."""
    if re.fullmatch(r".+, .+: \d+ %", text):
        return set(text.split(":")[0].split(", ")) <= NAMES
    if re.fullmatch(r"(April|September|November) \d{4}", text):
        return True
    return text in ALIKE or text.startswith("salur ") or set(text.split()) <= NAME_PARTS or text in NAMES


def check_all_changed(page: Page, before: set[str], alike: Set[str] = frozenset(), least: int = 40) -> None:
    """Change to English is over: many texts, and none of those before but what is alike in both languages."""
    alike = alike | {"Bahasa Indonesia"}
    until(page, lambda: {text for text in before & words_of(page) if not is_alike(text) and text not in alike})
    assert len(words_of(page)) > least


OTHERS = ("/keluarga?v=1&pkh_budget_bn_idr_per_year=60&status=any", "/tentang?v=1")


@pytest.mark.parametrize("link", OTHERS, ids=["family", "about"])
def test_the_other_pages_speak_english_to_the_last_label(visit, link):
    page = visit(link, ready=False)
    page.wait_for_selector("[data-chart=life] svg" if "keluarga" in link else ".about table", state="attached")
    indonesian = words_of(page)
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("footer")).to_contain_text("The figures come from")
    check_all_changed(page, indonesian, {one.source for one in PARAMETERS.values()})


@pytest.mark.parametrize(("link", "width"), list(zip(OTHERS, (390, 1280), strict=True)), ids=["family", "about"])
def test_axe_finds_nothing_on_the_other_pages(visit, link, width):
    page = visit(link, width=width, ready=False)
    page.wait_for_selector("[data-chart=life] svg" if "keluarga" in link else ".about table", state="attached")
    for details in page.locator("details > summary").all()[:6]:  # the tables of inputs are all alike
        details.click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("link", ["/?v=1&bogus=1", CHOICE], ids=["baseline", "choice"])
def test_english_is_one_click_away_to_the_last_label(visit, link):
    page = visit(link)
    unfold(page)
    indonesian = words_of(page)
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("link", name="Bahasa Indonesia")).to_be_visible()
    page.wait_for_selector("[data-state=done]")
    expect(page.locator("[data-chart=money] h3")).to_contain_text("A year costs")
    check_all_changed(page, indonesian, least=250)
    assert page.title() == "Explore · Salur"
    assert re.search(r"\d\.\d%", card(page, "exclusion_error"))


def test_choices_of_one_visitor_never_show_to_another(visit):
    """Four people at once, each with a choice of their own; everybody finds their own answer."""
    budgets = (15, 30, 50, 60)
    pages = [visit(f"/?v=1&pkh_budget_bn_idr_per_year={budget}", ready=False) for budget in budgets]
    for page in pages:
        page.wait_for_selector(".card-gap")
    plain = visit()
    for page, budget in zip(pages, budgets, strict=True):
        expect(page.locator("#ringkas")).to_contain_text(f": {budget} miliar rupiah setahun")
        expect(lever(page, "pkh_budget_bn_idr_per_year").locator(".lever-exact")).to_have_value(str(budget))
    expect(plain.locator("#ringkas")).to_contain_text("Inilah keadaan dasar")
    costs = {card(page, "cost_idr") for page in pages}
    assert len(costs) == len(budgets)


def test_who_waits_is_told_so(visit):
    first, second = (visit(f"{MUCH}{seed}", ready=False) for seed in (50, 70))
    expect(first.locator(".status-words")).to_contain_text("1 orang lain")
    expect(second.locator(".status-words")).to_contain_text("1 orang lain")


# Downloads ----------------------------------------------------------------------------------------------------------


def taken(page: Page, chart: str, kind: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.locator(f"[data-chart={chart}]").get_by_role("button", name=f"Unduh {kind}").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_every_chart_can_be_taken_along(visit, tmp_path):
    page = visit(CHOICE)
    for chart in ("cascade", "months", "map", "workload", "money"):
        check_downloads(page, chart, tmp_path)


def check_downloads(page: Page, chart: str, tmp_path: Path) -> None:
    title = page.locator(f"[data-chart={chart}] h3").inner_text()
    svg = taken(page, chart, "SVG", tmp_path)
    assert svg.name == f"salur-{chart}-id.svg"
    words = " ".join(text for text in ElementTree.parse(svg).getroot().itertext())
    assert title.split(":")[0].split()[0] in words
    assert "Salur" in words
    png = Image.open(taken(page, chart, "PNG", tmp_path))
    assert png.width > 1500
    assert len(png.convert("RGB").resize((200, 200)).getcolors(40_000)) > 20
    rows = list(csv.reader(io.StringIO(taken(page, chart, "CSV", tmp_path).read_text("utf-8-sig")), delimiter=";"))
    sheet = load_workbook(taken(page, chart, "XLSX", tmp_path))["data"]
    assert [cell.value for cell in sheet[1]] == rows[0]
    assert sheet.max_row == len(rows) > 1
    shown = page.locator(f"[data-chart={chart}] tbody tr").count()
    assert shown == len(rows) - 1


# Everybody ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "width"), [(CHOICE, 390), (CHOICE.replace("lang=id", "lang=en&bogus=1"), 1280)], ids=["narrow", "english"]
)
def test_axe_finds_nothing(visit, link, width):
    page = visit(link, width=width)
    unfold(page)
    for details in page.locator("details > summary").all():
        details.click()
    box = lever(page, "caseload_per_pendamping").locator(".lever-exact")
    box.fill("x")
    box.press("Enter")
    page.wait_for_selector("[role=alert].lever-error")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_telephone_shows_all_without_scrolling_sideways(visit):
    page = visit(CHOICE, width=390)
    page.wait_for_function("""() => {
        const all = (of) => [...document.querySelectorAll(of)];
        return document.documentElement.scrollWidth <= 390
            && all('.chart-picture svg').every((one) => one.clientWidth <= 370)
            && all('[data-chart=cascade] svg text').every((one) => one.getBoundingClientRect().height > 11);
    }""")
    page.get_by_role("link", name="Lihat hasil").click()
    expect(page.locator("#ringkas")).to_be_in_viewport()


def test_the_keyboard_reaches_everything(visit):
    page = visit()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    reached = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("""() => {
            const at = document.activeElement;
            return at.id || at.getAttribute('aria-label') || at.textContent.trim().slice(0, 40);
        }"""))  # fmt: skip
    keys = page.locator("[data-lever]").evaluate_all("(all) => all.map((one) => one.dataset.lever)")
    for key in keys:
        kinds = page.locator(f"[data-lever={key}] :is(input[type=range], select, input[type=checkbox])")
        name = kinds.first.get_attribute("id") or kinds.first.get_attribute("aria-labelledby")
        assert name in reached or kinds.first.evaluate("(one) => one.tabIndex") == 0, key
    assert "choice-measure" in reached
    assert any(text.startswith("Unduh XLSX") for text in reached)


def test_charts_have_words_for_those_who_do_not_see_them(visit):
    page = visit(CHOICE)
    for chart in page.locator("figure").all():
        picture = chart.locator("svg")
        assert picture.get_attribute("role") == "img"
        assert picture.get_attribute("aria-label") == chart.locator("h3").inner_text()
        assert chart.locator("tbody tr").count() > 0


# The frame ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/nowhere", "/..%2f..%2fetc%2fpasswd", "/_solara/cdn/../serve.py", "/static/nothing.js"]
)
def test_addresses_reach_no_other_file(address, path, browser):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(address + path, timeout=20)
    assert refused.value.code == 404
    assert "root:" not in refused.value.read().decode()


def test_answers_forbid_strangers(address, browser):
    with urllib.request.urlopen(address + "/?lang=en", timeout=20) as answer:
        policy, html = answer.headers["Content-Security-Policy"], answer.read().decode()
    assert "default-src 'self'" in policy
    assert '<html lang="en">' in html
    assert not re.search(r"(src|href)=\"(https?:)?//", html)


STRANGERS = {
    "another name": {"Host": "evil.example"},
    "another page": {"Origin": "http://evil.example"},
}


@pytest.mark.parametrize("headers", STRANGERS.values(), ids=STRANGERS)
@pytest.mark.parametrize("path", ["/", "/jupyter/api/kernels/abc/channels?session_id=1"])
def test_strangers_are_turned_away(address, browser, headers, path):
    """Another site that a visitor has open cannot talk to the page through the visitor's browser."""
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "x" * 22 + "==",
    }
    asked = urllib.request.Request(address + path, headers=headers | (upgrade if "jupyter" in path else {}))
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked, timeout=20)
    assert refused.value.code == 403
