"""A family's month in words: the reader who has nothing but the sentences comes to the same status."""

import json
import math
import re
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.agents import words
from simulation.agents.facts import USABLE, enough
from simulation.agents.household import Household
from simulation.agents.words import Voice
from simulation.geography import KELURAHAN
from simulation.households import NEVER, Account, Barred, Exit, Stage
from simulation.measures.cascade import STATUSES, Status, status_of
from simulation.model import AssistanceModel
from simulation.parameters import Text
from simulation.scenario import load_scenario

LANGUAGES = ("id", "en")
CITIES = {
    "dtks": (12, {}),
    "dtsen": (27, {}),
    "conditions": (11, {"policy.conditionality_enforced": True}),
    "small": (
        11,
        {"policy.sembako_quota_families": 2000, "policy.pkh_quota_families": 1000, "policy.seats_redrawn": True},
    ),
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
    return status_of(city.hh, city.standing, city.plan.assumptions, channel)


def sample(city: AssistanceModel, each: int = 12) -> list[Household]:
    """Return families of every status that the city has."""
    status, active = statuses(city), city.hh.active
    found = [np.flatnonzero((status == one) & active)[:each] for one in Status]
    return [Household(city, row) for row in np.concatenate(found)]


def decide(facts: dict) -> str:
    """Decide the status from facts alone, by the definitions and not by the model's code."""
    record, programmes = facts["record"], {name: facts[name] for name in ("pkh", "sembako")}
    if not facts["welfare"]["consumption_idr"] < facts["welfare"]["line_idr"]:
        return "not_poor"
    mine = {name: own for name, own in programmes.items() if own["enrolled"]}
    if mine:
        return _delivered(mine, facts)
    if not facts["sembako"]["knows_all"]:
        if record["proposed"]:
            return "awaiting_verification"
        if record["barred"] or (record["listed"] and not record["nik_ok"]):
            return "excluded_by_rule"
        if not record["listed"]:
            return "not_registered"
        nowhere = all(own["key"] == math.inf for own in programmes.values())
        if nowhere and record["listed_since"] and record["listed_since"] >= facts["sembako"]["selected"]:
            return "awaiting_verification"
    return min((_rung(own) for own in programmes.values() if own["has_component"]), key=STATUSES.index)


def _rung(own: dict) -> str:
    if own["key"] < math.inf:
        if own["key"] <= own["cut_off"] and own["score"] <= own["score_limit"]:
            return "no_vacancy"
        if own["score_weight"] and own["fresh_key"] <= own["cut_off"] and own["fresh_score"] <= own["score_limit"]:
            return "stale_record"
    if own["consumption_then_idr"] <= own["needed_then_idr"]:
        return "ranking_error"
    return "fell_poor_since" if own["consumption_now_idr"] <= own["needed_now_idr"] else "beyond_quota"


def _delivered(mine: dict, facts: dict) -> str:
    if any(own["needs_account"] for own in mine.values()) and not facts["account"]["usable"]:
        return "awaiting_account"
    stages = [own["stage"] for own in mine.values()]
    if "nothing_due" in stages:
        return "awaiting_account"
    if "pkh" in mine and (mine["pkh"]["suspended"] or mine["pkh"]["stage"] == "suspended"):
        return "suspended"
    if set(stages) != {"on_time"}:
        return "payment_failed_or_late"
    if any(own["balance_idr"] for own in mine.values()):
        return "not_collected"
    if "sembako" in mine and mine["sembako"]["value_share"] < facts["full_value_share"]:
        return "short_value"
    return "reached"


READ = {
    "id": {
        "welfare": r"sebelum bantuan Rp ([\d.]+) per orang sebulan, garis kemiskinan Rp ([\d.]+):",
        "enrolled": "KPM sejak", "no_component": "Tidak ada komponen", "no_record": "belum terdata",
        "rule": r"menurut (.+?), kuota", "selected": r"Penetapan terakhir (\w+ \d+)",
        "key": r"KPM\. Nilai urut (\S+), batas (\S+|tak terbatas|tidak ada)\.(?: |$)",
        "score": r"Skor waktu itu (\S+), batas skor (\S+) ",
        "fresh": r"Dengan data baru nilai urut (\S+), batas (\S+?|tak terbatas|tidak ada)[.;](?: skor (\S+), batas skor (\S+)\.)?(?: |$)",
        "then": r"Pengeluaran waktu itu (.+?), batas (.+?)\.(?: |$)", "now": r"Pengeluaran sekarang (.+?), batas (.+?)\.(?: |$)",
        "stage": r"Penyaluran terakhir: (.+?)(?: \(\d+ bulan\))?\.", "suspended": "Ditangguhkan.",
        "balance": r"Saldo Rp ([\d.]+)", "value": r"diterima (\S+) untuk setiap rupiah \(penuh: (\S+)\)",
        "account": r"Rekening dan kartu \(kanal (.+?)\): (.+?)(?: sejak|\.$)",
        "proposed": "iusulkan pada", "nik": "NIK tidak padan", "since": r"erdata sejak (\w+ \d+)",
        "unlimited": "tak terbatas", "none": "tidak ada", "unknown": "tidak diketahui",
    },
    "en": {
        "welfare": r"before assistance Rp ([\d,]+) a head and month, poverty line Rp ([\d,]+):",
        "enrolled": "on the list since", "no_component": "No component", "no_record": "no record",
        "rule": r" by (.+?), quota", "selected": r"Last selection (\w+ \d+)",
        "key": r"families\. Queue key (\S+), cut-off (\S+)\.",
        "score": r"Score then (\S+), score limit (\S+) ",
        "fresh": r"With a fresh record queue key (\S+), cut-off (\S+?)[.;](?: score (\S+), score limit (\S+)\.)?(?: |$)",
        "then": r"Consumption then (.+?), cut-off (.+?)\.(?: |$)", "now": r"Consumption now (.+?), cut-off (.+?)\.(?: |$)",
        "stage": r"Last payment due: (.+?)(?: \(\d+ months?\))?\.", "suspended": "Suspended.",
        "balance": r"Balance of Rp ([\d,]+)", "value": r"received (\S+) for each rupiah \(full: (\S+)\)",
        "account": r"Account and card \(channel (.+?)\): (.+?)(?: since|\.$)",
        "proposed": "roposed in", "nik": "NIK does not match", "since": r"n record since (\w+ \d+)",
        "unlimited": "unlimited", "none": "none", "unknown": "unknown",
    },
}  # fmt: skip


class Reader:
    """Reads a month that was told, knowing only the language and the labels."""

    def __init__(self, text: str, language: str) -> None:
        self.language, self.patterns = language, READ[language]
        self.lines = text.split("\n")
        self.status = self.lines[-1]

    def number(self, text: str | None) -> float:
        if text in (None, self.patterns["unlimited"], self.patterns["unknown"]):
            return math.inf
        if text == self.patterns["none"]:
            return -math.inf
        text = text.removeprefix("Rp ")
        return float(text.replace(",", "") if self.language == "en" else text.replace(".", "").replace(",", "."))

    def numbers(self, name: str, line: str) -> list[float]:
        found = re.search(self.patterns[name], line)
        return [self.number(one) for one in found.groups()] if found else [math.inf, math.inf]

    def key(self, table: dict[str, Text], word: str) -> str:
        return next(key for key, text in table.items() if text.of(self.language) == word)

    def month(self, text: str) -> str:
        name, year = text.split()
        return f"{year}-{[one.of(self.language) for one in words.MONTHS].index(name) + 1:02d}"

    def facts(self) -> dict:
        own, line = self.numbers("welfare", self.lines[1])
        channel, state = re.search(self.patterns["account"], self.lines[5]).groups()
        self.channel = self.key(words.CHANNEL, channel)
        pkh, sembako = self.programme(self.lines[3]), self.programme(self.lines[4])
        value, full = self.numbers("value", self.lines[4])
        return {
            "welfare": {"consumption_idr": own, "line_idr": line},
            "record": self.record(),
            "pkh": pkh | {"suspended": self.patterns["suspended"] in self.lines[3]},
            "sembako": sembako | {"value_share": value},
            "account": {"usable": self.key(words.ACCOUNT, state) in USABLE},
            "full_value_share": full,
        }

    def record(self) -> dict:
        since = re.search(self.patterns["since"], self.status)
        return {
            "listed": self.patterns["no_record"] not in self.lines[2],
            "proposed": self.patterns["proposed"] in self.status,
            "barred": any(word.of(self.language).lower() in self.status.lower() for word in words.BARRED.values()),
            "nik_ok": self.patterns["nik"] not in self.status,
            "listed_since": self.month(since[1]) if since else None,
        }

    def programme(self, line: str) -> dict:
        key, cut = self.numbers("key", line)
        fresh = re.search(self.patterns["fresh"], line)
        fresh_key, fresh_cut, fresh_score, fresh_limit = self.numbers("fresh", line) if fresh else [math.inf] * 4
        score, limit = self.numbers("score", line)
        then, needed_then = self.numbers("then", line)
        now, needed_now = self.numbers("now", line)
        stage = re.search(self.patterns["stage"], line)
        balance = self.numbers("balance", line)[0]
        rule = self.key(words.RULE, re.search(self.patterns["rule"], line)[1])
        assert not fresh or (fresh_cut, fresh_limit) == pytest.approx((cut, limit), abs=0.01)
        return {
            "enrolled": self.patterns["enrolled"] in line,
            "has_component": self.patterns["no_component"] not in line,
            "knows_all": rule in ("perfect", "universal", "random"),
            "selected": self.month(re.search(self.patterns["selected"], line)[1]),
            "key": key, "cut_off": cut, "score": score, "score_limit": limit, "score_weight": bool(fresh),
            "fresh_key": fresh_key - fresh_cut + cut if fresh else math.inf,
            "fresh_score": fresh_score - fresh_limit + limit if fresh_limit < math.inf else math.inf,
            "consumption_then_idr": then, "needed_then_idr": needed_then if then < math.inf else 0.0,
            "consumption_now_idr": now, "needed_now_idr": needed_now if now < math.inf else 0.0,
            "needs_account": self.channel not in (("cash_post",) if line.startswith("PKH") else ("cash_post", "in_kind")),
            "stage": self.key(words.STAGE, stage[1]) if stage else None,
            "balance_idr": balance if balance < math.inf else 0,
        }  # fmt: skip


@pytest.mark.parametrize("name", CITIES)
def test_the_facts_decide_the_status_of_every_family(name):
    city = lived(name)
    status = statuses(city)
    for row in np.flatnonzero(city.hh.active)[:: 1 if name in ("dtks", "dtsen") else 4].tolist():
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
            assert not re.search(r"[{}]|None|nan|  |\. \.|\.\.|,\.| \.", own + other)


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
    for family in sample(city, each=3):
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
            assert own["decile_limit"] == {"pkh": 4, "sembako": 5}[name]
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


@given(st.floats(-5, 5), st.floats(0, 1), st.sampled_from(LANGUAGES))
def test_two_numbers_are_written_so_that_the_smaller_can_be_told(a, step, language):
    voice = Voice(language)
    for b in (a, a + step, a + step / 1e6, a - step / 1e9):
        written = voice.pair(a, b)
        first, second = (float(text if language == "en" else text.replace(",", ".")) for text in written)
        assert (first <= second) == (a <= b), written


def test_numbers_and_months_are_written_as_readers_expect():
    indonesian, english = Voice("id"), Voice("en")
    assert (indonesian.rupiah(1234567.4), english.rupiah(1234567.4)) == ("Rp 1.234.567", "Rp 1,234,567")
    assert (indonesian.number(-0.256), english.number(-0.256)) == ("-0,26", "-0.26")
    assert (indonesian.date("2024-05"), english.date("2024-05")) == ("Mei 2024", "May 2024")
    assert (english.months(1), english.months(2), indonesian.months(1)) == ("1 month", "2 months", "1 bulan")
    assert indonesian.pair(0.26012, 0.26049) == ("0,2601", "0,2605")
    assert english.pair(math.inf, -0.5) == ("unlimited", "-0.50")
