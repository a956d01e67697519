"""A family's month in words: a reader who has nothing but the sentences comes to the same status."""

import json
import math
import re
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import Reader, decide

from simulation.agents import words
from simulation.agents.facts import enough
from simulation.agents.household import Household
from simulation.agents.words import Voice
from simulation.geography import KELURAHAN
from simulation.households import NEVER, Account, Barred, Exit, Stage
from simulation.measures.cascade import STATUSES, Status, status_of
from simulation.model import AssistanceModel
from simulation.scenario import load_scenario

LANGUAGES = ("id", "en")
CITIES = {
    "dtks": (12, {}),
    "dtsen": (27, {}),
    "conditions": (11, {"policy.conditionality_enforced": True, "assumptions.noncompliance_share": 0.2}),
    "small": (11, {"policy.sembako_quota_families": 2000, "policy.pkh_quota_families": 1000}),
    "pmt": (13, {"policy.targeting_method": "pmt", "policy.eligible_decile_max": 2}),
    "post": (6, {"policy.delivery_channel": "cash_post"}),
    "rice": (6, {"policy.delivery_channel": "in_kind"}),
    "perfect": (6, {"policy.targeting_method": "perfect"}),
    "before": (0, {}),
}


@cache
def lived(name: str) -> AssistanceModel:
    """Return a city after some months; no test changes it."""
    months, overrides = CITIES[name]
    city = AssistanceModel(load_scenario("baseline", overrides=overrides, scale=0.02, months=max(months, 1)))
    for _ in range(months):
        city.step()
    return city


def statuses(city: AssistanceModel) -> np.ndarray:
    """Return the statuses of all rows as the cascade of the months table has them."""
    channel = city.plan.policy_in(max(city.month - 1, 0)).delivery_channel
    return status_of(city.hh, city.standing, city.plan.assumptions, channel, city.month - 1)


def sample(city: AssistanceModel, each: int = 12) -> list[Household]:
    """Return families of every status that the city has."""
    status, active = statuses(city), city.hh.active
    found = [np.flatnonzero((status == one) & active)[:each] for one in Status]
    return [Household(city, row) for row in np.concatenate(found)]


@pytest.mark.parametrize("name", CITIES)
def test_the_facts_decide_the_status_of_every_family(name):
    city = lived(name)
    status = statuses(city)
    poor = np.flatnonzero(city.hh.active & (status >= 0))
    others = np.flatnonzero(city.hh.active & (status < 0))[:50]
    for row in [*poor.tolist(), *others.tolist()]:
        facts = Household(city, row).facts()
        assert decide(facts) == facts["status"] == Status(status[row]).name == Household(city, row).status


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CITIES)
def test_a_reader_of_the_words_comes_to_the_same_status(name, language):
    for family in sample(lived(name), each=40):
        text = family.explain(language)
        assert decide(Reader(text, language).facts()) == family.status, text
        assert text.split("\n")[-1].startswith(f"Status: {words.STATUS[family.status].of(language)}. "), text


def test_every_status_occurs():
    found = {family.status for name in CITIES for family in sample(lived(name), each=1)}
    assert found == {*STATUSES, "not_poor"}


@pytest.mark.parametrize("name", CITIES)
def test_no_blank_is_left_and_the_languages_differ(name):
    for family in sample(lived(name)):
        indonesian, english = family.explain(), family.explain("en")
        assert indonesian == family.explain("id")
        for own, other in zip(indonesian.split("\n"), english.split("\n"), strict=True):
            assert own != other
            assert own.endswith(".")
            assert not re.search(r"[{}]|\bNone\b|\bnan\b|\binf\b|  |\. \.|\.\.|,\.| \.", own + other)


def test_the_words_follow_the_official_ones():
    label = words.STATUS["no_vacancy"].id
    for name in CITIES:
        city = lived(name)
        for family in sample(city, each=5):
            text = family.explain("id").replace(label, "").replace(words.WHY["no_vacancy"].id, "")
            assert not re.search(r"penerima|lulus", text)
            assert text.count("Program Sembako (BPNT)") == 1
            assert ("DTSEN" in text, "DTKS" in text) == ((True, False) if name == "dtsen" else (False, True))
            assert ("e-warong" in text) == (name not in ("post", "rice"))


def test_every_label_is_in_two_languages():
    alike = {"e-warong", "April", "September", "November"}
    for table in (words.STATUS, words.WHY, words.BARRED, words.ACCOUNT, words.STAGE, words.EXIT, words.RULE,
                  words.CHANNEL, words.MEMBERS, dict(enumerate(words.MONTHS))):  # fmt: skip
        for text in table.values():
            if text.id != text.en:
                continue
            blanks = not re.sub(r"[{}. ]|reasons", "", text.id)
            assert blanks or text.id in alike, text
    assert set(words.STATUS) == set(words.WHY) == {*STATUSES, "not_poor"}
    for table, kinds in ((words.BARRED, Barred), (words.ACCOUNT, Account), (words.STAGE, Stage), (words.EXIT, Exit)):
        assert {kind.name.lower() for kind in kinds} - set(table) <= {"no", "none"}


def test_the_facts_are_those_of_the_columns():
    city = lived("dtsen")
    hh, now = city.hh, city.now
    renewed = np.flatnonzero(hh.active & hh.listed & (hh.record_score != hh.score_at_selection) & (hh.pkh_key < np.inf))
    assert renewed.size
    for family in [*sample(city, each=3), Household(city, renewed[0])]:
        facts, row = family.facts(), family.row
        assert facts["month"] == str(now.date)
        assert facts["family"]["members"] == hh.size[row]
        assert facts["family"]["kelurahan"] == KELURAHAN[hh.kelurahan[row]].name
        assert facts["welfare"]["line_idr"] == now.line_idr
        assert facts["welfare"]["consumption_after_idr"] == hh.consumption_after[row] * now.line_idr
        if hh.listed[row]:
            assert facts["record"]["age_months"] == now.month - hh.record_month[row]
        for name in ("pkh", "sembako"):
            own, cut = facts[name], getattr(city.standing, name)
            assert (own["key"], own["cut_off"], own["quota"]) == (hh[f"{name}_key"][row], cut.recorded, cut.quota)
            assert own["selected"] == str(city.plan.start.plus(cut.month))
            fresh = hh.seen_welfare[row] + hh.record_error[row] - hh.score_at_selection[row]
            assert own["fresh_key"] == own["key"] + cut.score_weight * fresh
            missing = cut.true_log - hh.log_consumption_at_selection[row]
            assert own["needed_then_idr"] == pytest.approx(own["consumption_then_idr"] * np.exp(missing))
            assert own["needed_now_idr"] == pytest.approx(np.exp(cut.true_log) * now.line_idr)
            assert own["decile_limit"] == {"pkh": 4, "sembako": 5}[name]
            if own["place"] and own["score"] <= own["score_limit"]:
                assert (own["place"] <= own["quota"]) == (own["key"] <= own["cut_off"])
            assert (own["since"] is None) == (not hh[f"in_{name}"][row])
        assert json.loads(json.dumps(facts)) == facts


def test_a_seat_that_something_would_have_given():
    rungs = {"no_vacancy": "record", "stale_record": "fresh_record", "ranking_error": "consumption_then",
             "fell_poor_since": "consumption_now"}  # fmt: skip
    seen = set()
    for family in sample(lived("dtsen"), each=20):
        facts = family.facts()
        if facts["status"] in rungs:
            lists = [name for name in ("pkh", "sembako") if enough(facts, name)[rungs[facts["status"]]]]
            assert lists
            titles = " dan ".join({"pkh": "PKH", "sembako": "Sembako"}[name] for name in lists)
            assert f"masuk {titles}" in family.explain("id").split("\n")[-1]
            seen.add(facts["status"])
    assert seen == set(rungs)


def test_families_that_are_not_in_the_city():
    city = lived("dtks")
    gone = Household(city, int(np.flatnonzero(~city.hh.active & (city.hh.departed_month != NEVER))[0]))
    spare = Household(city, city.hh.rows - 1)
    year = city.plan.start.plus(gone.departed_month).year
    assert re.fullmatch(rf"Simulated family {gone.row} left the city or dissolved in \w+ {year}\.", gone.explain("en"))
    assert gone.explain().startswith(f"Keluarga simulasi {gone.row} pindah atau bubar pada ")
    assert spare.explain("en") == f"Simulated family {spare.row} is not in the city yet."
    assert spare.explain() == f"Keluarga simulasi {spare.row} belum ada di kota."


def test_another_language():
    with pytest.raises(ValueError, match="language is 'jv', but a month is told in 'id' or 'en'"):
        Household(lived("dtks"), 0).explain("jv")


@given(st.integers(-500_000, 500_000), st.integers(-1000, 1000), st.integers(2, 12), st.sampled_from(LANGUAGES))
def test_two_numbers_are_written_so_that_the_smaller_can_be_told(a, step, digits, language):
    one, other = a / 1e5, a / 1e5 + step / 10**digits
    written = Voice(language).pair(one, other)
    first, second = (float(text.replace(",", ".")) for text in written)
    assert (first <= second) == (one <= other), written


def test_numbers_and_months_are_written_as_readers_expect():
    indonesian, english = Voice("id"), Voice("en")
    assert (indonesian.rupiah(1234567.4), english.rupiah(1234567.4)) == ("Rp 1.234.567", "Rp 1,234,567")
    assert (indonesian.number(-0.256), english.number(-0.256)) == ("-0,26", "-0.26")
    assert (indonesian.date("2024-05"), english.date("2024-05")) == ("Mei 2024", "May 2024")
    assert (english.months(1), english.months(2), indonesian.months(1)) == ("1 month", "2 months", "1 bulan")
    assert indonesian.pair(0.26049, 0.26012) == ("0,2605", "0,2601")
    assert english.pair(math.inf, -0.5) == ("unlimited", "-0.50")
