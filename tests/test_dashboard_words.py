"""The page's words, numbers, levers and links: in both languages, and back again."""

import ast
import re
from pathlib import Path
from string import Formatter

import numpy as np
import pytest
from conftest import make_plan
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.analysis.words import Words
from simulation.dashboard import serve
from simulation.dashboard.levers import (
    FIRST,
    GROUPS,
    as_value,
    factor_of,
    levers_of,
    middle_of,
    read_number,
    say_baseline,
    say_with_unit,
    span_of,
)
from simulation.dashboard.links import MAPS, PAGES, Address, chosen_plan, read_address
from simulation.dashboard.text import WORDS, fill
from simulation.dashboard.units import GRADES, INPUT_GROUPS, UNITS
from simulation.measures import MEASURES
from simulation.parameters import LEVERS, PARAMETERS
from simulation.parameters.declaration import Text

ROOM = Path(serve.__file__).parent
BASELINE = make_plan(months=60, scale=1.0, city_seed=1)

SAME_IN_BOTH = {"kelurahan", "unit_rupiah"}
"""Words that are the same in both languages."""


def gaps_of(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", WORDS)
def test_every_sentence_is_there_twice_and_has_the_same_gaps(key):
    text = WORDS[key]
    assert text.id.strip()
    assert text.en.strip()
    assert gaps_of(text.id) == gaps_of(text.en)
    assert (text.id == text.en) == (key in SAME_IN_BOTH)


def test_labels_from_elsewhere_are_there_twice():
    texts = [
        *GROUPS.values(),
        *UNITS.values(),
        *serve.FRAME_WORDS.values(),
        serve.NO_SCRIPT,
        serve.MISSING,
        serve.FRONT,
    ]
    for lever in LEVERS.values():
        texts += [lever.label, lever.help, *lever.choice_labels, *([lever.none_means] if lever.none_means else [])]
    texts += [measure.label for measure in MEASURES.values()]
    for text in texts:
        assert bool(text.id.strip()) == bool(text.en.strip()), text


def keys_in_code() -> set[str]:
    """Return the texts that the code hands to ``fill``, ``say`` and the like, with gaps of f-strings as stars."""
    found = set()
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"[a-z_]+", node.value):
                found.add(node.value)
            if isinstance(node, ast.JoinedStr):
                parts = [part.value if isinstance(part, ast.Constant) else "*" for part in node.values]
                found.add("".join(map(str, parts)))
    return found


def test_every_sentence_is_used():
    code = keys_in_code()
    stars = [re.compile(re.escape(key).replace(r"\*", ".+")) for key in code if "*" in key and key.strip("*_")]
    spoken = {key for key in WORDS if re.sub(r"_\d+$", "", key) in code or any(star.fullmatch(key) for star in stars)}
    assert set(WORDS) == spoken


def called_keys() -> set[str]:
    """Return the plain keys that the code asks for."""
    found = set()
    for path in ROOM.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r"\b(?:fill\(\s*[\w.]+,|say\()\s*\"([a-z_]+)\"", text))
    return found


def test_every_key_that_is_asked_for_exists():
    asked = called_keys()
    assert len(asked) > 60
    assert not asked - set(WORDS)


def test_parts_ask_only_for_words_that_they_get():
    """Each ``words.x`` of a template is among the keys that its Python gives it."""
    given_keys = keys_in_code()
    for path in (ROOM / "parts").glob("*.vue"):
        for key in re.findall(r"\bwords\.([a-z_]+)", path.read_text(encoding="utf-8")):
            assert key in WORDS, (path.name, key)
            assert key in given_keys, (path.name, key)


def test_parts_name_nothing_as_an_event():
    """A method or datum called as an event (``take`` beside ``event_take``) would take its place in the browser."""
    for path in (ROOM / "parts").glob("*.vue"):
        text = path.read_text(encoding="utf-8")
        events = set(re.findall(r"\bevent_([a-z]+)", text))
        methods = set(re.findall(r"^    ([A-Za-z]+)\(.*\) \{$", text, re.MULTILINE))
        data = set(re.findall(r"(\w+): (?:0|false|null|\"\")", text))
        assert not events & (methods | data), path.name


# Numbers ------------------------------------------------------------------------------------------------------------

TYPED = [
    ("1.234,5", "id", 1234.5), ("1,234.5", "en", 1234.5), ("3.200.000", "id", 3_200_000),
    ("3,200,000", "en", 3_200_000),
    ("0,5", "id", 0.5), ("0.5", "en", 0.5), ("0.5", "id", 0.5), ("1.500", "id", 1500), ("40 %", "id", 40),
    ("-3", "en", -3),
    ("Rp 2.000", "id", 2000), ("", "id", None), ("banyak", "id", None), ("1,2,3", "id", None), ("1.2.3", "en", None),
    ("nan", "en", None), ("inf", "en", None), ("1e400", "en", None), ("=1+1", "en", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language", "number"), TYPED)
def test_typed_numbers_are_read_in_the_language(text, language, number):
    assert read_number(text, language) == number


@given(st.floats(-1e9, 1e9).map(lambda value: round(value, 3)), st.sampled_from(["id", "en"]))
@settings(max_examples=200, deadline=None)
def test_a_number_that_was_written_can_be_read(value, language):
    assert read_number(Words(BASELINE, language).number(value, 3), language) == pytest.approx(value, abs=1e-9)


def test_differences_carry_their_sign():
    indonesian = Words(BASELINE, "id")
    assert [indonesian.signed(value, 1) for value in (1.25, -1234.5, 0.04, -0.04, 0)] == [
        "+1,2", "−1.234,5", "0,0", "0,0", "0,0",
    ]  # fmt: skip


# Levers -------------------------------------------------------------------------------------------------------------

ON_PAGE = [lever for group in GROUPS for first in (True, False) for lever in levers_of(group, first)]


def test_every_lever_is_on_the_page_but_those_of_emergencies():
    assert {lever.key for lever in LEVERS.values()} - {lever.key for lever in ON_PAGE} == {
        "disaster", "emergency_response_lag_months",
    }  # fmt: skip
    assert set(FIRST) <= {lever.key for lever in ON_PAGE}


def test_every_unit_group_and_grade_has_words():
    assert {one.unit for one in PARAMETERS.values()} <= set(UNITS)
    assert {one.group for one in PARAMETERS.values()} == set(INPUT_GROUPS)
    assert {one.grade for one in PARAMETERS.values()} == set(GRADES)
    alike = {unit for unit, text in UNITS.items() if text.id == text.en}
    assert alike == {"", "Rp"}


@pytest.mark.parametrize("lever", [one for one in ON_PAGE if one.kind in ("int", "float")], ids=lambda one: one.key)
def test_sliders_hold_what_is_plausible_and_set_only_what_is_allowed(lever):
    usual = BASELINE.changes[-1][1][lever.key]
    span = span_of(lever, usual)
    assert span.low <= min(one for one in lever.plausible) * factor_of(lever) + span.step
    assert span.high >= max(lever.plausible) * factor_of(lever) - span.step
    assert 40 <= (span.high - span.low) / span.step <= 250 or span.step == 1
    for place in (span.low, span.high, span.low + span.step):
        value = as_value(lever, place)
        assert lever.check(value, "") == value
    assert lever.check(middle_of(lever), "") is not None


def test_values_are_said_in_the_language_with_their_unit():
    words = {language: Words(BASELINE, language) for language in ("id", "en")}
    said = [
        ("registry_coverage_share", 0.402, "40,2 persen penduduk", "40.2 percent of persons"),
        ("pendamping_pay_idr_per_month", 3_200_000.0, "3.200.000 rupiah sebulan", "3,200,000 rupiah a month"),
        ("digital_reporting", True, "ya", "yes"),
        ("max_years_in_programme", None, "tanpa batas", "no limit"),
        ("delivery_channel", "cash_post", "tunai lewat PT Pos", "cash through the post office"),
    ]
    for key, value, indonesian, english in said:
        assert say_with_unit(LEVERS[key], value, words["id"]) == indonesian
        assert say_with_unit(LEVERS[key], value, words["en"]) == english


def test_a_dated_baseline_is_said_with_its_dates():
    lever = LEVERS["pkh_budget_bn_idr_per_year"]
    assert say_baseline(lever, BASELINE, Words(BASELINE, "id")) == "33, sejak Jun 2024 37, sejak Okt 2024 44"
    assert say_baseline(lever, BASELINE, Words(BASELINE, "en")) == "33, from Jun 2024 37, from Oct 2024 44"


# Links --------------------------------------------------------------------------------------------------------------


def settings_of(lever):
    """Return a strategy for values that the page can set."""
    if lever.kind == "bool":
        return st.booleans()
    if lever.kind == "choice":
        return st.sampled_from(lever.choices)
    span = span_of(lever, None)
    steps = st.integers(0, int((span.high - span.low) / span.step))
    value = steps.map(lambda step: as_value(lever, span.low + step * span.step))
    return st.none() | value if lever.optional else value


ADDRESSES = st.builds(
    Address,
    page=st.sampled_from(list(PAGES.values())),
    language=st.sampled_from(["id", "en"]),
    seed=st.integers(0, 2**32 - 1),
    sets=st.fixed_dictionaries({}, optional={lever.key: settings_of(lever) for lever in ON_PAGE}),
    measure=st.sampled_from(list(MEASURES)),
    map=st.sampled_from(MAPS),
)


@given(ADDRESSES)
@settings(max_examples=100, deadline=None)
def test_a_link_leads_back_to_its_view(address):
    path, _, query = address.link().partition("?")
    there, faults = read_address(path, query, BASELINE)
    plan = chosen_plan(BASELINE, address)
    if plan is None:
        assert there.sets == {}
        assert faults == (fill(address.language, "link_conflict"),)
        return
    assert not faults
    assert chosen_plan(BASELINE, there) == plan
    assert there.link() == there.but(sets=there.sets).link()
    assert (there.page, there.language, there.seed, there.measure, there.map) == (
        address.page, address.language, address.seed, address.measure, address.map,
    )  # fmt: skip


BROKEN = {
    "unknown lever": ("caseload=150", "pengaturan 'caseload' yang tidak ada"),
    "out of bounds": ("caseload_per_pendamping=9999", "harus antara 25 dan 1.000 keluarga"),
    "no number": ("caseload_per_pendamping=banyak", "harus antara 25 dan 1.000 keluarga"),
    "unknown choice": ("delivery_channel=drone", "Pilihan untuk Kanal penyaluran tidak dikenal"),
    "emergency": ("disaster=1", "pengaturan 'disaster' yang tidak ada"),
    "constant": ("poverty_line_idr=1", "pengaturan 'poverty_line_idr' yang tidak ada"),
    "seed": ("seed=satu", "Benih 'satu' bukan bilangan bulat"),
    "seed too large": ("seed=4294967296", "bukan bilangan bulat"),
    "measure": ("measure=happiness", "Tampilan 'happiness' untuk 'measure' tidak ada"),
    "map": ("map=../../etc", "untuk 'map' tidak ada"),
    "version": ("v=99&caseload_per_pendamping=150", "dibuat untuk versi halaman '99'"),
    "language": ("lang=xx", "Bahasa 'xx' tidak tersedia"),
    "too long": ("caseload_per_pendamping=" + "1" * 5000, "terlalu panjang"),
    "conflict": ("max_years_in_programme=5&targeting_method=universal", "saling bertentangan"),
    "nested": ("caseload_per_pendamping=" + "[" * 500, "harus antara"),
}


@pytest.mark.parametrize(("query", "sentence"), BROKEN.values(), ids=BROKEN)
def test_a_broken_link_is_explained_and_leaves_the_rest(query, sentence):
    address, faults = read_address("/", query, BASELINE)
    assert any(sentence in fault for fault in faults), faults
    assert address.sets == {}
    english = read_address("/", f"{query}&lang=en" if "lang" not in query else query, BASELINE)[1]
    assert len(english) == len(faults)
    assert all(len(fault) < 400 for fault in (*faults, *english))


def test_what_is_sound_in_a_broken_link_is_kept():
    address, faults = read_address("/", "bogus=1&digital_reporting=true&seed=7", BASELINE)
    assert (dict(address.sets), address.seed, len(faults)) == ({"digital_reporting": True}, 7, 1)


def test_a_lever_at_its_baseline_is_no_choice():
    address, faults = read_address("/", "caseload_per_pendamping=194&digital_reporting=false", BASELINE)
    assert not address.sets
    assert not faults
    dated = read_address("/", "pkh_budget_bn_idr_per_year=44", BASELINE)[0]
    assert dict(dated.sets) == {"pkh_budget_bn_idr_per_year": 44.0}
    assert np.isclose(chosen_plan(BASELINE, dated).policy_in(0).pkh_budget_bn_idr_per_year, 44)


# The frame ----------------------------------------------------------------------------------------------------------


def test_solaras_frame_speaks_the_language():
    """Every sentence of Solara's page that we know of is still there to be replaced, and none is left."""
    import solara.server

    folder = Path(solara.server.__file__).parent
    frame = "\n".join((folder / name).read_text(encoding="utf-8") for name in (
        "templates/solara.html.j2", "templates/loader-plain.html", "static/main-vuetify.js"))  # fmt: skip
    for pattern, text in serve.FRAME_WORDS.items():
        assert re.search(pattern, frame), pattern
        assert isinstance(text, Text)
    told = re.sub(r"(?m)//.*$|<!--.*?-->|{#.*?#}", "", serve.in_language(frame, "id"))
    for english in (
        "Server\n",
        "refresh the page",
        "Restoring session",
        "Loading app",
        "Loading resources",
        "Refresh now",
    ):
        assert english not in told, english
    assert '<html lang="id">' in told
    assert "user-scalable=no" not in told


def test_the_browser_files_are_those_that_solara_asks_for():
    import solara.server

    template = (Path(solara.server.__file__).parent / "templates/solara.html.j2").read_text(encoding="utf-8")
    asked = set(re.findall(r"{{cdn}}/((?:@widgetti/solara-vuetify-app|requirejs)@[^\"{]+)", template))
    assert len(asked) >= 4
    for name in asked:
        for ending in ("8.min.js",) if name.endswith("app") else ("8.css",) if name.endswith("main") else ("",):
            assert (serve.BROWSER_FILES / (name + ending)).is_file(), name
