"""Several scenarios beside each other: numbers are those of ``salur compare``; files brought along are safe."""

import base64
import dataclasses
import re
import time
from functools import cache

import numpy as np
import pytest
from conftest import lived, make_plan, tables_of

from simulation import AssistanceModel
from simulation.batches.work import describe_families, last_status
from simulation.comparison.compare import compare_study
from simulation.comparison.runs import run_study
from simulation.comparison.study import Study
from simulation.comparison.words import ComparisonWords
from simulation.dashboard.charts_gains import gains_map, groups_chart
from simulation.dashboard.charts_study import cost_chart, courses_chart, differences_chart
from simulation.dashboard.compare import HEADLINES
from simulation.dashboard.desk import Desk, Question
from simulation.dashboard.digest import digest
from simulation.dashboard.links import Address, library, read_address
from simulation.dashboard.picking import CHOSEN, plans_of, titles
from simulation.dashboard.studies import RunFamilies, SideBySide, gains_of, study_of_answers
from simulation.dashboard.uploads import UPLOAD_KILOBYTES, stem_of, take_upload, the_uploads
from simulation.measures import MEASURES
from simulation.parameters import Text

MONTHS, SCALE = 18, 0.01
SETS = {"post": {"delivery_channel": "cash_post"}, "more": {"pkh_budget_bn_idr_per_year": 80.0}}


def plan_of(name: str, seed: int = 1):
    plan = make_plan(months=MONTHS, scale=SCALE, city_seed=1, seed=seed, **SETS.get(name, {}))
    return dataclasses.replace(plan, name=name, title=Text(f"{name} <b>", f"{name} <i>"))


NAMES = ("baseline", *SETS)


@cache
def reference() -> Study:
    """Return the study that ``salur compare`` makes of the same scenarios."""
    return run_study({name: plan_of(name) for name in NAMES}, replicates=3, seed=1)


@cache
def answered() -> Study:
    """Return the study that the page makes of the answers of its desk."""
    seeds = reference().seeds
    answers, status = [], {}
    for number, seed in enumerate(seeds):
        row = []
        for name in NAMES:
            plan = plan_of(name, seed)
            status[name, number] = last_status(lived(plan)).tobytes()
            row.append(digest(plan, tables_of(plan), 1.0, status[name, number]))
        answers.append(tuple(row))
    city = describe_families(AssistanceModel(plan_of("baseline")))
    families = RunFamilies(status, dict.fromkeys(NAMES, city))
    return study_of_answers([plan_of(name) for name in NAMES], answers, seeds, families)


@cache
def side(language: str = "id", narrow: bool = False) -> SideBySide:
    comparison = compare_study(dataclasses.replace(answered(), families=None))
    return SideBySide(comparison, ComparisonWords(comparison, language), narrow)


def test_the_page_compares_as_the_command_does():
    ours, theirs = compare_study(answered()), compare_study(reference())
    for table in ("table", "costs", "effects"):
        one, other = getattr(ours, table), getattr(theirs, table)
        assert len(one) == len(other) > 0
        for column in other.columns:
            if other[column].dtype == float:
                np.testing.assert_allclose(one[column], other[column], rtol=1e-9, atol=1e-12, err_msg=column)
            else:
                assert one[column].astype(str).tolist() == other[column].astype(str).tolist(), column


def test_who_gains_is_counted_as_the_command_does():
    theirs = compare_study(reference()).families
    for name in SETS:
        gains = gains_of(answered(), ("baseline", 0), (name, 0))
        for kind, table in theirs.items():
            other = table[table["scenario"] == name].reset_index(drop=True)
            numbers = other.select_dtypes("number").columns
            np.testing.assert_allclose(gains[kind][numbers], other[numbers])
    assert gains["flips"]["newly_reached"].iloc[0] > 0


def test_the_desk_answers_for_several_scenarios_at_once():
    """One question runs all of them on the same seeds, the baseline once, and tells where and who the families are."""
    plans = [plan_of(name) for name in NAMES]
    desk = Desk(plans[0], workers=1, quick_scale=SCALE / 2)
    desk.open()
    try:
        job = desk.ask(Question(plans[0], plans[1], (1, 2), SCALE / 2, tuple(plans[2:])))
        until = time.monotonic() + 120
        while desk.view(job).state != "done" and time.monotonic() < until:
            time.sleep(0.05)
        view = desk.view(job)
        assert (view.state, view.seeds, len(view.quick)) == ("done", (1, 2), 3)
        for seed, digests in zip(view.seeds, view.whole, strict=True):
            for name, found in zip(NAMES, digests, strict=True):
                months = tables_of(plan_of(name, seed))["months"]
                np.testing.assert_array_equal(found.months["cost_idr"], months["cost_idr"])
                assert found.status == last_status(lived(plan_of(name, seed))).tobytes()
        told = desk.families(plans[1]).result(timeout=60)
        for key, values in describe_families(AssistanceModel(plans[1])).items():
            np.testing.assert_array_equal(told[key], values)
        assert desk.families(plans[2]) is desk.families(plans[0]), "scenarios share a city"
    finally:
        desk.close()


def test_headlines_are_those_of_explore():
    """The difference of a headline is that of its means over the last year, for the whole city."""
    for headline in HEADLINES:
        gap = side().difference(headline, ("more", 0))
        last = [side().months(arm, headline.measure)[:, -12:].mean(axis=1) for arm in (("baseline", 0), ("more", 0))]
        times = 12 if headline.kind == "money" else 1
        assert gap.mean == pytest.approx(float((last[1] - last[0]).mean()) * times)
        assert gap.replicates == 3


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("narrow", [False, True])
def test_charts_can_be_read(language, narrow):
    shown = side(language, narrow)
    gains = gains_of(answered(), ("baseline", 0), ("post", 0))
    charts = [courses_chart(shown, name) for name in ("cost_idr", "exclusion_error", "queue_last_month")
              if name in MEASURES]  # fmt: skip
    charts += [differences_chart(shown), cost_chart(shown), groups_chart(shown, ("post", 0), gains)]
    charts.append(gains_map(shown, ("post", 0), gains))
    for chart in charts:
        assert chart.title
        assert "<b>" not in chart.picture
        assert "&lt;" in chart.picture or chart.key in ("groups", "gains")
        assert not re.search(r"[\"> ,(]-?(nan|inf)[\"< ,)]", chart.picture)
        assert chart.table.rows
        assert all(len(row) == len(chart.table.columns) for row in chart.table.rows)


# What is compared ---------------------------------------------------------------------------------------------------


def test_every_scenario_of_the_library_can_be_compared():
    baseline = make_plan(months=24, scale=SCALE, city_seed=1)
    for name in library():
        (plan,), missing = plans_of(baseline, Address(scenarios=(name,)), {})
        assert not missing
        assert (plan.months, plan.scale, plan.city_seed, plan.start) == (24, SCALE, 1, baseline.start)
        assert plan.name == name
        assert titles()[name][0].id != titles()[name][0].en


def test_the_own_choice_comes_along():
    baseline = make_plan(months=24, scale=SCALE, city_seed=1)
    address = Address(scenarios=("cash-post", "file:lost"), sets={"caseload_per_pendamping": 150.0})
    plans, missing = plans_of(baseline, address, {})
    assert [plan.name for plan in plans] == ["cash-post", CHOSEN]
    assert plans[1].opening.caseload_per_pendamping == 150
    assert missing == ["lost"]


def test_links_hold_the_scenarios():
    baseline = make_plan(months=24, scale=SCALE, city_seed=1)
    address = Address(page="compare", scenarios=("cash-post", "limits/frictionless", "file:mine"), gains="cash-post")
    path, _, query = address.link().partition("?")
    assert read_address(path, query, baseline) == (address, ())
    there, faults = read_address("/bandingkan", "with=cash-post,no-such,../../etc/passwd&lang=en", baseline)
    assert there.scenarios == ("cash-post",)
    assert [fault.split("'")[1] for fault in faults] == ["no-such", "../../etc/passwd"]
    many, faults = read_address("/bandingkan", f"with={','.join(library()[:9])}", baseline)
    assert len(many.scenarios) == 5
    assert len(faults) == 1


# Files --------------------------------------------------------------------------------------------------------------


def bring(file: bytes | str, name: str = "mine.toml", **told: object) -> tuple[str, str]:
    the_uploads.value = {}
    raw = file.encode() if isinstance(file, str) else file
    sent = {"name": name, "size": len(raw), "content": base64.b64encode(raw).decode()} | told
    return take_upload(sent, make_plan(months=24, scale=SCALE, city_seed=1), "en")


GOOD = "extends = 'cash-post'\ntitle.id = 'Punya saya'\n[policy]\ncaseload_per_pendamping = 150\n"


def test_a_good_file_is_taken_for_this_session():
    assert bring(GOOD) == ("file:mine", "")
    plan = the_uploads.value["file:mine"]
    assert (plan.opening.caseload_per_pendamping, plan.opening.delivery_channel) == (150, "cash_post")
    assert plan.title.id == "Punya saya"
    assert read_address("/bandingkan", "with=file:mine", plan)[0].scenarios == ("file:mine",)


BAD_FILES = {
    "no TOML": ("caseload = = 3", "not TOML"),
    "not UTF-8": (b"title.id = '\xff'", "not UTF-8"),
    "nested 10,000 levels": ("x = " + "[" * 10_000, "nested too deep"),
    "number without end": ("[policy]\ncaseload_per_pendamping = " + "9" * 9000, "cannot be read"),
    "typing mistake": ("[policy]\ncaseload_per_pendampin = 3", "did you mean 'caseload_per_pendamping'"),
    "out of bounds": ("[policy]\ncaseload_per_pendamping = 3", "from 25 to 1,000"),
    "extends a path": ("extends = '../../etc/passwd'", "no scenario of the library"),
    "extends an absolute path": ("extends = '/etc/passwd'", "no scenario of the library"),
    "extends no name": ("extends = ['baseline']", "no scenario of the library"),
    "extends a survey": ("extends = 'surveys/alatas2012'", "no scenario of the library"),
    "microdata": ("[population]\nmicrodata = '/etc/passwd'", "microdata is about a file of its own"),
    "columns": ("[population.columns]\nsize = 'x'", "columns is about a file of its own"),
    "another start": ("[run]\nstart = '2024-01'", "run.start is 2024-01, but it must be 2023-03"),
    "a change too early": ("[[change]]\nfrom = '2020-01'\ndigital_reporting = true", "before the start"),
    "a city too large": ("[assumptions]\nfamilies_start = 4000000", "must be at most"),
}


@pytest.mark.parametrize(("content", "sentence"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_explained_and_not_kept(content, sentence):
    name, fault = bring(content)
    assert name == ""
    assert sentence in fault
    assert "mine.toml" in fault
    assert len(fault) < 500
    assert not the_uploads.value


LARGE = {
    "told": {"size": 10**9, "content": ""},
    "sent": {"size": 10, "content": "QUFB" * (UPLOAD_KILOBYTES * 400)},
    "no number": {"size": "1", "content": ""},
    "no text": {"content": ["QUFB"]},
}


@pytest.mark.parametrize("told", LARGE.values(), ids=LARGE)
def test_a_large_file_is_not_read(told):
    name, fault = bring("", **told)
    assert name == ""
    assert f"larger than {UPLOAD_KILOBYTES} kB" in fault


def test_what_is_no_base64_is_refused():
    assert "no scenario that can be used" in bring("", content="%%%", size=3)[1]


NAMES_OF_FILES = {
    "../../etc/passwd": "passwd", "C:\\windows\\x.toml": "x", "a\0b.toml": "a-b", ".toml": "skenario", "": "skenario",
    "=1+1.toml": "1-1", "ü ä.TOML": "skenario", "x" * 300: "x" * 40, "<svg onload=1>.toml": "svg-onload-1",
}  # fmt: skip


@pytest.mark.parametrize(("name", "stem"), NAMES_OF_FILES.items())
def test_names_of_files_become_plain(name, stem):
    assert stem_of(name) == stem
    assert bring(GOOD, name)[0] == f"file:{stem}"


def test_a_visitor_keeps_few_files():
    the_uploads.value = {}
    baseline = make_plan(months=24, scale=SCALE, city_seed=1)
    content = base64.b64encode(GOOD.encode()).decode()
    for number in range(9):
        take_upload({"name": f"a{number}.toml", "size": 9, "content": content}, baseline, "id")
    assert list(the_uploads.value) == [f"file:a{number}" for number in range(4, 9)]
