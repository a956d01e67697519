"""What the page says of a comparison: verdicts by their rule, charts that can be read, downloads that are safe."""

import csv
import io
import re
from functools import cache
from xml.etree import ElementTree

import numpy as np
import pytest
from conftest import make_plan, tables_of
from openpyxl import load_workbook

from simulation.analysis.words import Words
from simulation.dashboard.charts_delivery import money_chart, workload_chart
from simulation.dashboard.charts_reach import cascade_chart, lines_chart
from simulation.dashboard.compare import HEADLINES, Difference, Headline, difference, interval, judge
from simulation.dashboard.digest import Digest, digest
from simulation.dashboard.downloads import Column, Table, as_csv, as_html, as_xlsx, plain_text
from simulation.dashboard.hexmap import map_chart
from simulation.dashboard.results import Results
from simulation.dashboard.wording import card_of, provenance, say_gap, summary, verdict_key
from simulation.geography import KELURAHAN
from simulation.measures import MEASURES

SEEDS = (1, 2, 3)
SET = {"delivery_channel": "cash_bank", "caseload_per_pendamping": 400.0, "pkh_budget_bn_idr_per_year": 80.0}


@cache
def run(seed: int, chosen: bool) -> Digest:
    plan = make_plan(months=18, scale=0.01, seed=seed, city_seed=1, **(SET if chosen else {}))
    return digest(plan, tables_of(plan), 1.0)


def results(language: str = "id", *, same: bool = False, seeds=SEEDS, narrow: bool = False) -> Results:
    baseline = make_plan(months=18, scale=0.01, city_seed=1)
    chosen = baseline if same else make_plan(months=18, scale=0.01, city_seed=1, **SET)
    pairs = tuple((run(seed, False), run(seed, not same)) for seed in seeds)
    return Results(baseline, chosen, pairs, seeds[0], False, 0.01, Words(chosen, language), narrow)


# Verdicts -----------------------------------------------------------------------------------------------------------

VERDICTS = {
    "no family was touched": ([0.0] * 5, "same"),
    "two replicates only": ([0.1, 0.1], "early"),
    "far from zero": ([0.10, 0.11, 0.09, 0.10], "certain"),
    "95 but not 99 percent": ([0.10, 0.05, 0.13, 0.04], "likely"),
    "80 but not 95 percent": ([0.10, -0.01, 0.12, 0.05], "perhaps"),
    "around zero": ([0.10, -0.08, 0.03, -0.06], "unclear"),
    "certain and too small to matter": ([0.0001, 0.00011, 0.00009], "small"),
    "something is unknown": ([0.1, float("nan"), 0.1], "unclear"),
    "always the same": ([0.02] * 4, "certain"),
}


@pytest.mark.parametrize(("gaps", "verdict"), VERDICTS.values(), ids=VERDICTS)
def test_words_follow_from_the_interval(gaps, verdict):
    assert judge(np.array(gaps), 0.0005) == verdict


def test_the_interval_is_students():
    low, high = interval(np.array([1.0, 2.0, 3.0, 4.0]), 0.95)
    half = 3.182446 * 1.290994 / 2
    assert (low, high) == pytest.approx((2.5 - half, 2.5 + half), abs=1e-5)


RAISED = {
    "poverty_headcount": "likely_worse", "exclusion_error": "likely_worse", "effective_exclusion_error": "likely_worse",
    "leakage_outside_deciles": "likely_worse", "paid_on_time_share": "likely_better", "cost_idr": "likely_dearer",
}  # fmt: skip
LOWERED = {"likely_worse": "likely_better", "likely_better": "likely_worse", "likely_dearer": "likely_cheaper"}


@pytest.mark.parametrize("headline", HEADLINES, ids=lambda one: one.measure)
def test_better_is_what_a_planner_calls_better(headline):
    """Less exclusion and more punctuality are better; more cost is dearer, not worse."""
    for gap, words in ((0.2, RAISED[headline.measure]), (-0.2, LOWERED[RAISED[headline.measure]])):
        way = int(np.sign(gap)) * (headline.better or 1)
        assert verdict_key(headline, Difference(0.5, 0.5 + gap, gap, gap, gap, 5, "likely", way)) == words
    shown = results()
    found = difference(headline, shown)
    assert found.way == np.sign(found.mean) * (headline.better or 1)
    assert found.mean == pytest.approx(found.chosen - found.baseline)


def test_with_nothing_chosen_nothing_differs():
    for headline in HEADLINES:
        gap = difference(headline, results(same=True))
        assert (gap.verdict, gap.mean) == ("same", 0)
    assert summary(results(same=True), {})[0].startswith("Inilah keadaan dasar.")


def test_the_sentence_names_the_choice_and_sorts_the_findings():
    shown = results()
    gaps = {headline.measure: difference(headline, shown) for headline in HEADLINES}
    said = " ".join(summary(shown, gaps))
    assert "Jumlah KPM dampingan per pendamping PKH: 400 keluarga" in said
    assert "Kanal penyaluran: tunai lewat bank-agen" in said
    parts = said.split("Berbeda: ")
    for headline in HEADLINES:
        name = {"cost_idr": "biaya", "paid_on_time_share": "tepat waktu"}.get(headline.measure)
        if name and gaps[headline.measure].verdict in ("likely", "certain"):
            assert f"{name} {say_gap(headline, gaps[headline.measure].mean, shown.words)}" in parts[1]


def test_money_of_a_part_stands_for_the_whole_city():
    cost = Headline("cost_idr", 0, "money", 1.0)
    gap = difference(cost, results())
    yearly = np.mean([run(seed, False).yearly("cost_idr") for seed in SEEDS])
    assert gap.baseline == pytest.approx(100 * yearly)
    assert results().enlarged("exclusion_error") == 1
    assert results().enlarged("enrolled_families") == pytest.approx(100)
    assert results().enlarged("poverty_line_idr") == 1


def test_cards_say_less_with_fewer_replicates():
    few, more = results(seeds=(1,)), results()
    cost = HEADLINES[-1]
    one, three = (card_of(cost, difference(cost, shown), shown) for shown in (few, more))
    assert (one["between"], one["verdict"]) == ("", "arah sementara")
    assert three["between"].startswith("antara ")
    assert card_of(HEADLINES[1], difference(HEADLINES[1], results(same=True)), results(same=True))["was"] == ""
    assert "Selang 95%" in provenance(more)
    assert "Selang 95%" not in provenance(few)


# Charts -------------------------------------------------------------------------------------------------------------

UNKNOWN_NUMBER = re.compile(r"[\"', ](nan|inf)[\"', ]")

CHARTS = {
    "cascade": cascade_chart, "months": lambda shown: lines_chart(shown, "paid_on_time_share"),
    "map": lambda shown: map_chart(shown, "difference"), "workload": workload_chart, "money": money_chart,
}  # fmt: skip


@pytest.mark.parametrize("narrow", [False, True], ids=["desk", "telephone"])
@pytest.mark.parametrize("same", [False, True], ids=["choice", "baseline"])
@pytest.mark.parametrize("name", CHARTS)
def test_charts_are_pictures_with_words_in_both_languages(name, same, narrow):
    charts = {language: CHARTS[name](results(language, same=same, narrow=narrow)) for language in ("id", "en")}
    for chart in charts.values():
        picture = ElementTree.fromstring(chart.picture)
        assert picture.get("role") == "img"
        assert picture.get("aria-label") == chart.title
        assert not UNKNOWN_NUMBER.search(chart.picture)
        width, height = (float(one) for one in picture.get("viewBox").split()[2:])
        for text in picture.iter("{http://www.w3.org/2000/svg}text"):
            assert -1 <= float(text.get("x")) <= width + 1
            assert 0 <= float(text.get("y")) <= height + 1, text.text
        assert chart.table.rows
    indonesian, english = charts["id"], charts["en"]
    assert indonesian.title != english.title
    assert indonesian.what != english.what
    assert [column.label for column in indonesian.table.columns] != [column.label for column in english.table.columns]


@pytest.mark.parametrize("measure", MEASURES)
def test_any_measure_can_be_drawn(measure):
    chart = lines_chart(results(), measure)
    ElementTree.fromstring(chart.picture)
    assert len(chart.table.rows) == 18
    assert not UNKNOWN_NUMBER.search(chart.picture)


def test_the_cascade_adds_up_and_agrees_with_the_measure():
    shown = results()
    chart = cascade_chart(shown)
    for column in (1, 2):
        assert sum(row[column] for row in chart.table.rows) == pytest.approx(1)
    reached = chart.table.rows[-1][2]
    assert reached == pytest.approx(1 - shown.recent(1, "effective_exclusion_error"), abs=0.01)


def test_the_map_counts_only_clear_differences():
    title = map_chart(results(seeds=(1,)), "difference").title
    assert "sementara" in title
    rows = map_chart(results(), "chosen").table.rows
    assert [row[0] for row in rows] == [one.name for one in KELURAHAN]
    assert rows[3][4] == pytest.approx(rows[3][3] - rows[3][2])


# Downloads ----------------------------------------------------------------------------------------------------------

TABLE = Table(
    (
        Column("=nama"),
        Column("Bagian (persen)", "share"),
        Column("Uang (miliar rupiah)", "money"),
        Column("n", "number"),
    ),
    (("=HYPERLINK(1)", 0.12345, -1.5e9, 1234.0), ("@SUM(1)", None, 0.0, float("nan")), ("-5", 1.0, 2e6, -3.0)),
)


def test_csv_speaks_the_language_and_runs_no_formula():
    indonesian = as_csv(TABLE, Words(make_plan(), "id")).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(indonesian), delimiter=";"))
    assert rows[0] == ["'=nama", "Bagian (persen)", "Uang (miliar rupiah)", "n"]
    assert rows[1] == ["'=HYPERLINK(1)", "12,345", "-1,5", "1234"]
    assert rows[2] == ["'@SUM(1)", "", "0", ""]
    assert rows[3] == ["'-5", "100", "0,002", "-3"]
    english = list(csv.reader(io.StringIO(as_csv(TABLE, Words(make_plan(), "en")).decode("utf-8-sig"))))
    assert english[1] == ["'=HYPERLINK(1)", "12.345", "-1.5", "1234"]


def test_xlsx_holds_numbers_and_no_formula():
    book = load_workbook(io.BytesIO(as_xlsx(TABLE, "=judul", ["sumber"])))
    sheet = book["data"]
    assert [cell.value for cell in sheet[2]] == ["'=HYPERLINK(1)", 12.345, -1.5, 1234]
    assert all(cell.data_type != "f" for row in sheet for cell in row)
    assert book["info"]["A1"].value == "'=judul"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_looks_like_a_formula_is_made_text(start):
    assert plain_text(f"{start}1") == f"'{start}1"
    assert plain_text(f"a{start}1") == f"a{start}1"


def test_html_tables_escape_what_they_show():
    table = Table((Column("<b>"), Column("x", "share")), (("<script>", 0.5),))
    html = as_html(table, Words(make_plan(), "id"), '"judul" & <i>')
    assert "<script>" not in html
    assert "<i>" not in html
    assert "50,0" in html
