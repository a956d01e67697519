"""More pages in a real browser: scenarios side by side, results of batches, the months one by one, and the brief."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from batching import CASELOAD, half_done, run_here, small
from browser import served
from playwright.sync_api import Page, expect
from test_dashboard_page import check_all_changed, words_of

from simulation.evidence.targets import all_statements


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> str:
    """Serve a small city, and return its address."""
    results = tmp_path_factory.mktemp("results")
    run_here(small(sweep={CASELOAD: [150, 400]}, replicates=3, months=14), results / "swept")
    half_done(small(replicates=20), results / "running")
    options = ["--scale", "0.01", "--months", "18", "--replicates", "3", "--workers", "1", "--results", str(results)]
    with served(tmp_path_factory.mktemp("served"), options) as found:
        yield found


def check_axe(page: Page) -> None:
    for details in page.locator("details > summary").all():
        details.click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def check_english(page: Page, chart: str, words: str, alike: frozenset[str] = frozenset()) -> None:
    """Change to English, wait until a chart says the words, and find no text that stayed as it was."""
    indonesian = words_of(page)
    page.get_by_role("link", name="English").click()
    expect(page.locator(f"[data-chart={chart}] h3")).to_contain_text(words)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    check_all_changed(page, indonesian, alike)


def check_narrow(visit, link: str, selector: str) -> Page:
    """Look at a page on a telephone: nothing scrolls sideways, drawings fit, and axe finds nothing."""
    page = visit(link, width=390, ready=False)
    page.wait_for_selector(selector)
    drawn = "[...document.querySelectorAll('.chart-picture svg')].every((one) => one.viewBox.baseVal.width <= 356)"
    page.wait_for_function(drawn)
    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    return page


# Bandingkan ---------------------------------------------------------------------------------------------------------

COMPARED = "/bandingkan?v=1&with=cash-post&pkh_budget_bn_idr_per_year=80"


def test_scenarios_stand_side_by_side(visit):
    page = visit(COMPARED, ready=False)
    page.wait_for_selector("[data-state=done]")
    page.wait_for_selector("[data-chart=gains] svg")
    expect(page.locator("[data-scenario]")).to_have_count(2)
    expect(page.locator("figure")).to_have_count(5)
    expect(page.locator("[data-chart=differences] h3")).to_contain_text("dari 12 selisih dengan keadaan dasar")
    page.locator("#pick-scenario").select_option("caseload-150")
    page.get_by_role("button", name="Tambahkan", exact=True).click()
    page.wait_for_url("**with=cash-post%2Ccaseload-150**")
    expect(page.locator("[data-chart=differences] h3")).to_contain_text("dari 18 selisih")
    page.locator("#choice-gains").select_option("chosen")
    page.wait_for_url("**gains=chosen**")
    expect(page.locator("[data-chart=groups] h3")).to_contain_text("pilihan Anda")
    page.locator("[data-scenario=cash-post] button").click()
    expect(page.locator("[data-chart=differences] h3")).to_contain_text("dari 12 selisih")
    expect(page.locator("[data-scenario=cash-post]")).to_have_count(0)
    expect(page.locator(".fresh[aria-busy=false]")).to_have_count(1)
    check_axe(page)
    check_english(page, "cost", "Difference in the cost of a year")
    expect(page.locator(".picked")).to_contain_text("your choice")


def test_scenarios_on_a_telephone(visit):
    check_narrow(visit, COMPARED, "[data-chart=gains] svg")


def test_a_scenario_of_a_file_is_compared_in_this_session_alone(visit):
    page = visit("/bandingkan?v=1", ready=False)
    expect(page.locator(".compare")).to_contain_text("Belum ada yang dibandingkan")
    words = b"title.id = 'Punya <b>saya</b>'\ntitle.en = 'Mine'\n[policy]\ncaseload_per_pendamping = 100\n"
    bad = {"name": "../../salah.toml", "mimeType": "text/plain", "buffer": b"[policy]\ncaseload_per_pendampin = 1\n"}
    page.locator("#pick-file").set_input_files(bad)
    expect(page.locator(".picks [role=alert]")).to_contain_text("did you mean 'caseload_per_pendamping'")
    page.locator("#pick-file").set_input_files({**bad, "buffer": b"#" * 70_000})
    expect(page.locator(".picks [role=alert]")).to_contain_text("lebih besar dari 64 kB")
    check_axe(page)
    page.locator("#pick-file").set_input_files({"name": "saya.toml", "mimeType": "text/plain", "buffer": words})
    expect(page.locator("[data-scenario='file:saya']")).to_contain_text("Punya <b>saya</b>")
    page.wait_for_url("**with=file%3Asaya**")
    expect(page.locator("[data-chart=courses] svg")).to_contain_text("Punya <b>saya</b>")
    stranger = visit(re.sub(r"^https?://[^/]+", "", page.url), ready=False)
    expect(stranger.locator(".compare [role=alert]")).to_contain_text("berkas 'saya', yang tidak ada dalam sesi ini")


# Hasil batch --------------------------------------------------------------------------------------------------------


def test_results_of_batches_are_opened_and_filtered(visit):
    page = visit("/hasil?v=1&batch=swept", ready=False)
    page.wait_for_selector("[data-chart=gains] svg")
    expect(page.locator("[data-batch]")).to_contain_text("Selesai: 12 dari 12 simulasi.")
    expect(page.locator("[data-chart=differences] h3")).to_contain_text("dari 18 selisih")
    expect(page.locator("[data-chart=cost]")).to_contain_text("salur compare")
    page.locator("#choice-filter-1").select_option("400")
    page.wait_for_url("**where=policy.caseload_per_pendamping%3A400**")
    expect(page.locator("[data-chart=differences] h3")).to_contain_text("dari 12 selisih")
    page.wait_for_selector("[data-chart=gains] svg")
    check_axe(page)
    names = frozenset({"batch (running)", "batch (swept)"})
    check_english(page, "differences", "differences from baseline, 150 families", names)


def test_a_running_batch_says_how_far_it_is(visit):
    page = visit("/hasil?v=1&batch=running&lang=en", ready=False)
    page.wait_for_selector("[data-chart=gains] svg")
    expect(page.locator("[data-batch=unfinished]")).to_contain_text(re.compile(r"Not complete: \d+ of 40 runs"))


def test_results_on_a_telephone(visit):
    page = check_narrow(visit, "/hasil?v=1&batch=no-such", "[data-chart=gains] svg")
    expect(page.locator(".batch [role=alert]")).to_contain_text("Tidak ada batch 'no-such'")


# Amati --------------------------------------------------------------------------------------------------------------

WATCHED = "/amati?v=1&delivery_channel=cash_post"


def test_a_city_is_played_month_by_month(visit):
    page = visit(WATCHED, ready=False)
    page.get_by_role("button", name="Maju satu bulan").click()
    expect(page.locator("[data-month='1']")).to_contain_text("Maret 2023: bulan ke-1 dari 18.")
    page.get_by_role("button", name="Maju satu bulan").click()
    expect(page.locator("[data-month='2']")).to_be_visible()
    page.locator("#player-pace").select_option("fast")
    page.get_by_role("button", name="Putar", exact=True).click()
    expect(page.locator("[data-month='18']")).to_contain_text("Agustus 2024")
    expect(page.locator("[data-chart=headlines] h3")).to_contain_text("sampai Agustus 2024")
    expect(page.get_by_role("button", name="Putar", exact=True)).to_be_disabled()
    check_axe(page)
    check_english(page, "cascade", "Of 100 poor people")
    page.get_by_role("button", name="Back to the start").click()
    expect(page.locator("[data-month='0']")).to_contain_text("Press Play")
    expect(page.locator("figure")).to_have_count(0)


def test_playing_can_be_paused_on_a_telephone(visit):
    page = visit(WATCHED, width=390, ready=False)
    page.locator("#player-pace").select_option("slow")
    page.get_by_role("button", name="Putar", exact=True).click()
    expect(page.locator("[data-month='2']")).to_be_visible()
    page.get_by_role("button", name="Jeda").click()
    expect(page.get_by_role("button", name="Putar", exact=True)).to_be_enabled()
    page.wait_for_selector("[data-chart=headlines] svg")
    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert int(page.locator("[data-month]").get_attribute("data-month")) < 18


def test_the_researchers_page_steps_and_says_what_it_is(visit):
    page = visit("/solaraviz", ready=False)
    expect(page.get_by_text("For researchers, in English only")).to_be_visible()
    page.get_by_role("button", name="Step", exact=True).click()
    expect(page.get_by_text(re.compile("(Step|Time): 1"))).to_be_visible()  # newer Mesa tells the time
    expect(page.locator("img")).to_have_count(4)
    expect(page.get_by_text("Console", exact=False)).to_have_count(1)


# The brief ----------------------------------------------------------------------------------------------------------


def test_a_brief_is_taken_to_the_meeting(visit, tmp_path, browser):
    page = visit("/?lang=id&v=1&pkh_budget_bn_idr_per_year=80")
    taken = {}
    for kind in ("HTML", "PDF"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=f"Unduh sebagai {kind}").click()
        taken[kind] = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(taken[kind])
    assert taken["PDF"].read_bytes().startswith(b"%PDF-")
    html = taken["HTML"].read_text(encoding="utf-8")
    assert page.url.replace("&", "&amp;") in html
    for text in page.locator("[data-card=cost_idr] :is(.card-value, .card-verdict)").all_inner_texts():
        assert text in html
    alone = browser.new_page(viewport={"width": 390, "height": 900})
    asked = []
    alone.on("request", lambda one: asked.append(one.url))
    alone.goto(taken["HTML"].as_uri())
    found = Axe().run(alone)
    assert found.violations_count == 0, found.generate_report()
    assert alone.evaluate("document.documentElement.scrollWidth") <= 390
    assert asked == [taken["HTML"].as_uri()]
    alone.close()


# Tentang ------------------------------------------------------------------------------------------------------------


def test_the_evidence_is_told(visit):
    page = visit("/tentang?v=1", ready=False)
    expect(page.locator(".evidence")).to_contain_text("pernyataan yang diprediksi lolos")
    expect(page.locator(".evidence tbody tr")).to_have_count(len(all_statements()))
    page.locator(".evidence summary").first.click()
    expect(page.locator(".evidence td").first).to_be_visible()
