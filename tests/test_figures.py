"""Figures: what is drawn, said and written down, from tables made up here."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.image import imread

from simulation.analysis.figures import FIGURES, MAP, draw_all
from simulation.analysis.maps import class_edges, hexagons, outer_edges, read_boundaries, unserved_by_kelurahan
from simulation.analysis.style import round_ticks, spread, wrap
from simulation.analysis.words import STATUS, Words
from simulation.errors import InputError
from simulation.geography import KELURAHAN, kelurahan_names
from simulation.ledger import ACCOUNTS, PROGRAMMES
from simulation.measures.cascade import NOT_ENROLLED, STATUSES
from simulation.scenario import load_scenario

NAMES = (*FIGURES, MAP)


def make_tables(months: int = 30) -> dict[str, pd.DataFrame]:
    """Return tables of a run that never was, with the columns that figures read."""
    dates = pd.date_range("2023-03-01", periods=months, freq="MS")
    wave = 0.5 + 0.1 * np.sin(np.arange(months))
    shares = [
        "poverty_headcount", "exclusion_error", "effective_exclusion_error", "leakage", "leakage_floor",
        "leakage_outside_deciles", "paid_on_time_share", "visits_done_share", "sessions_held_share",
        *(f"coverage_by_decile_{number:02d}" for number in range(1, 11)),
    ]  # fmt: skip
    row = {name: wave / (1 + place) for place, name in enumerate(shares)}
    row |= {"poverty_headcount_before_transfers": wave + 0.02, "months_late": wave * 2}
    row |= {"cost_idr": wave * 9e9, "transfers_paid_idr": wave * 8e9, "operations_idr": wave * 1e9}
    return {
        "months": pd.DataFrame({"month": dates, **row}),
        "cascade": _cross(
            dates, "status", STATUS, persons=lambda size: 10 + np.arange(size) % 17, households=np.arange
        ),
        "kelurahan": _cross(
            dates, "kelurahan", kelurahan_names(),
            effective_exclusion_error=lambda size: 0.5 + np.arange(size) % 67 / 200, poor_persons=lambda size: 5,
        ),
        "agents": _agents(dates),
        "ledger": _ledger(dates),
    }  # fmt: skip


def _cross(dates, key, names, **columns) -> pd.DataFrame:
    frame = pd.DataFrame({"month": np.repeat(dates, len(names)), key: list(names) * len(dates)})
    return frame.assign(**{name: make(len(frame)) for name, make in columns.items()})


def _agents(dates) -> pd.DataFrame:
    posts = _cross(dates, "number", range(9), families=lambda size: 200, kind=lambda size: "pendamping")
    posts["hours_needed"] = 100.0 + 10 * posts["number"]
    posts["hours_available"] = np.where(posts["number"] == 8, np.nan, 135.0)
    return pd.concat([posts, _cross(dates, "number", range(4), kind=lambda size: "bank")], ignore_index=True)


def _ledger(dates) -> pd.DataFrame:
    books = _cross(dates, "programme", PROGRAMMES, **dict.fromkeys(ACCOUNTS, lambda size: 10**9))
    books["allocated_idr"] = books[list(ACCOUNTS[1:])].sum(axis=1)
    books.loc[books["programme"] == "emergency", list(ACCOUNTS)] = 0
    return books


@pytest.fixture(scope="module")
def plan():
    return load_scenario("baseline", months=30)


@pytest.fixture(scope="module")
def tables():
    return make_tables()


@pytest.fixture(scope="module")
def drawn(plan, tables, tmp_path_factory):
    """Return the folder of the figures in each language."""
    folders = {}
    for language in ("id", "en"):
        folders[language] = tmp_path_factory.mktemp(language)
        draw_all(tables, plan, folders[language], language)
    return folders


def text_of(path: Path) -> str:
    """Return the words of an SVG figure, in the order in which they are drawn."""
    return " ".join(re.findall(r"<(?:text|tspan)[^>]*>([^<]+)</", path.read_text("utf-8")))


def read_csv(folder: Path, name: str) -> pd.DataFrame:
    table = pd.read_csv(folder / f"{name}.csv")
    if "month" in table:
        table["month"] = pd.to_datetime(table["month"])
    return table


def assert_same(ours: pd.DataFrame, theirs: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(ours, theirs.reset_index(drop=True), check_dtype=False, rtol=1e-12)


def test_at_least_seven_figures_come_as_png_svg_and_csv(plan, tables, tmp_path):
    paths = draw_all(tables, plan, tmp_path)
    assert sorted(paths) == sorted(tmp_path.iterdir())
    assert len(NAMES) >= 7
    for name in NAMES:
        assert {f"{name}.png", f"{name}.svg", f"{name}.csv"} <= {path.name for path in paths}
        picture = imread(tmp_path / f"{name}.png")
        assert picture.shape[1] == 1200
        assert (picture[0, 0, :3] == 1).all()
        assert picture.std() > 0.02


@pytest.mark.parametrize("name", NAMES)
def test_each_figure_says_what_when_how_many_seeds_and_from_what(drawn, name):
    indonesian, english = (text_of(drawn[language] / f"{name}.svg") for language in ("id", "en"))
    assert "Maret 2023 - Agustus 2025 · 1 benih" in indonesian
    assert "March 2023 - August 2025 · 1 seed" in english
    assert "skenario baseline, benih 1: simulasi bergaya Kota Bengkulu" in indonesian
    assert "scenario baseline, seed 1: a simulation in the style of Kota Bengkulu" in english
    title = re.search("<title>(.*)</title>", (drawn["id"] / f"{name}.svg").read_text("utf-8"))[1]
    assert len(title) > 30
    assert title in indonesian
    assert title not in english


@pytest.mark.parametrize("name", NAMES)
def test_each_figure_names_its_units(drawn, name):
    indonesian, english = (text_of(drawn[language] / f"{name}.svg") for language in ("id", "en"))
    units = {
        "facilitators": (("jam", "persen"), ("hours", "percent")),
        "delays": (("persen", "bulan"), ("percent", "months")),
        "money": (("persen", "miliar rupiah"), ("percent", "billion rupiah")),
    }.get(name, (("persen",), ("percent",)))
    assert all(unit in indonesian for unit in units[0])
    assert all(unit in english for unit in units[1])


def test_numbers_are_written_as_each_language_does(plan):
    indonesian, english = Words(plan, "id"), Words(plan, "en")
    assert (indonesian.number(1234.56, 1), english.number(1234.56, 1)) == ("1.234,6", "1,234.6")
    assert (indonesian.percent(0.1471, 2), english.percent(0.1471, 2)) == ("14,71%", "14.71%")
    assert (indonesian.money(42_845_000_000), english.money(3_250_000)) == ("Rp 42,8 miliar", "Rp 3.2 million")
    assert indonesian.number(float("nan")) == "-"
    assert indonesian.number(-0.001) == "0"
    assert "skala 0,05" in Words(plan.with_(scale=0.05), "id").source()


def test_both_yardsticks_of_leakage_stand_together_and_the_map_says_that_it_is_no_data(drawn):
    errors = text_of(drawn["id"] / "errors.svg")
    assert all(words in errors for words in ("di luar desil 1-4", "(ukuran program)", "(ukuran BPS)", "batas bawah"))
    assert "Simulasi, bukan data" in text_of(drawn["id"] / "map.svg")
    assert "not data" in text_of(drawn["en"] / "map.svg")
    assert "salah sasaran" not in errors.casefold()


def test_csv_files_hold_the_numbers_of_the_tables(drawn, tables):
    folder, months = drawn["id"], tables["months"]
    for name in ("poverty", "errors", "delays", "facilitators_months", "money_months"):
        written = read_csv(folder, name)
        assert_same(written, months[list(written.columns)])
    last = months["month"].iloc[-1]
    assert_same(read_csv(folder, "cascade_months"), tables["cascade"])
    assert_same(read_csv(folder, "cascade"), tables["cascade"][tables["cascade"]["month"] == last])
    books = read_csv(folder, "money")
    assert_same(books[["month", "programme", *ACCOUNTS]], tables["ledger"][tables["ledger"]["month"] == last])
    coverage = read_csv(folder, "coverage")
    assert coverage["last_months"].iloc[2] == pytest.approx(months["coverage_by_decile_03"].tail(12).mean())
    for file in folder.glob("*.csv"):
        assert file.read_bytes() == (drawn["en"] / file.name).read_bytes()


def test_facilitators_count_only_months_on_duty(drawn):
    officers = read_csv(drawn["id"], "facilitators")
    assert list(officers["number"]) == list(range(8))
    assert list(officers["months_short_share"]) == [0.0] * 4 + [1.0] * 4


def test_map_weighs_months_by_poor_persons():
    table = make_tables(2)["kelurahan"]
    here = (table["kelurahan"] == "Jitra").to_numpy()
    table.loc[here, "effective_exclusion_error"] = [0.2, 0.8]
    table.loc[here, "poor_persons"] = [30, 10]
    table.loc[table["kelurahan"] == "Bajak", ["effective_exclusion_error", "poor_persons"]] = [np.nan, 0]
    shares = unserved_by_kelurahan(table, table["month"].iloc[0]).set_index("kelurahan")["effective_exclusion_error"]
    assert list(shares.index) == list(kelurahan_names())
    assert shares["Jitra"] == pytest.approx(0.35)
    assert np.isnan(shares["Bajak"])


def test_statuses_are_those_of_the_cascade():
    assert tuple(STATUS) == STATUSES
    assert tuple(STATUS)[: len(NOT_ENROLLED)] == NOT_ENROLLED


def test_same_tables_give_the_same_bytes(drawn, plan, tables, tmp_path):
    for path in draw_all(tables, plan, tmp_path, "en"):
        assert path.read_bytes() == (drawn["en"] / path.name).read_bytes()


@pytest.mark.parametrize("months", [1, 2])
def test_a_short_run_without_poor_people_officers_or_money_is_drawn(tmp_path, months):
    tables = make_tables(months)
    unknown = [name for name in tables["months"] if name.endswith(("_error", "_share")) or "leakage" in name]
    tables["months"][unknown] = np.nan
    tables["months"][["cost_idr", "operations_idr", "months_late"]] = 0.0
    tables["cascade"]["persons"] = 0
    tables["kelurahan"]["poor_persons"] = 0
    tables["agents"] = tables["agents"][tables["agents"]["kind"] == "bank"]
    tables["ledger"][list(ACCOUNTS)] = 0
    draw_all(tables, load_scenario("baseline", months=months), tmp_path)
    assert not re.search(r"\b(nan|None)\b", " ".join(text_of(path) for path in tmp_path.glob("*.svg")))


def test_hexagons_lie_as_the_kelurahan_do():
    shapes = hexagons()
    centres = np.array([shapes.centre(number) for number in range(len(KELURAHAN))])
    distance = np.linalg.norm(centres[:, None] - centres[None], axis=2) + 9 * np.eye(len(centres))
    assert distance.min() == pytest.approx(1)
    where = np.array([(one.lon, one.lat) for one in KELURAHAN])
    for axis in (0, 1):
        ranks = [np.argsort(np.argsort(values[:, axis])) for values in (centres, where)]
        assert np.corrcoef(ranks)[0, 1] > 0.9
    near = np.linalg.norm(where[:, None] - where[None], axis=2) + 9 * np.eye(len(where))
    nearest = near.argmin(axis=1)
    assert np.mean(distance[np.arange(len(where)), nearest] < 1.8) > 0.85


def test_the_edge_between_two_shapes_is_no_outer_edge():
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]], float)
    assert len(outer_edges([square])) == 4
    assert len(outer_edges([square, square + (1, 0)])) == 6


def test_classes_are_round_and_hold_all_values():
    assert class_edges(np.array([0.71, 0.86])) == pytest.approx([0.70, 0.75, 0.80, 0.85, 0.90])
    assert class_edges(np.array([0.5, 0.5])) == pytest.approx([0.50, 0.51])
    assert class_edges(np.array([1.0, 1.0])) == pytest.approx([0.99, 1.00])
    assert class_edges(np.array([0.0, 1.0])) == pytest.approx(np.linspace(0, 1, 6))


def test_labels_move_apart_and_stay_near():
    places = spread(np.array([0.5, 0.5, 0.52]), np.array([0.1, 0.1, 0.1]))
    assert (np.diff(places) > 0.095).all()
    assert abs(places - 0.5).max() < 0.15


def test_ticks_are_round_and_lines_fit():
    assert round_ticks(0, 0.16) == pytest.approx([0, 0.05, 0.10, 0.15])
    assert round_ticks(0, 133) == pytest.approx([0, 50, 100])
    assert wrap("satu dua tiga", 0.55) == ["satu", "dua", "tiga"]
    assert wrap("satu dua tiga", 9) == ["satu dua tiga"]


def square_map() -> dict:
    """Return a boundary file's content: a square for each kelurahan, half with a code, half with a name only."""
    features = []
    for number, one in enumerate(KELURAHAN):
        x, y = 102.2 + number % 9 / 90, -3.9 + number // 9 / 90
        ring = [[x, y], [x + 0.01, y], [x + 0.01, y + 0.01], [x, y + 0.01], [x, y]]
        names = {"kode": one.code} if number % 2 else {"nama": one.name.upper().replace(" ", "")}
        features.append({
            "type": "Feature", "properties": names, "geometry": {"type": "MultiPolygon", "coordinates": [[ring]]}
        })  # fmt: skip
    return {"type": "FeatureCollection", "features": features}


def test_boundaries_are_drawn_in_place_of_hexagons(drawn, plan, tables, tmp_path):
    file = tmp_path / "batas.geojson"
    file.write_text(json.dumps(square_map()), encoding="utf-8-sig")
    assert [len(rings) for rings in read_boundaries(file).rings] == [1] * 67
    (tmp_path / "figures").mkdir()
    draw_all(tables, plan, tmp_path / "figures", "id", file)
    assert "Batas wilayah dari berkas" in text_of(tmp_path / "figures" / "map.svg")
    assert (tmp_path / "figures" / "map.csv").read_bytes() == (drawn["id"] / "map.csv").read_bytes()


def _spoil(change) -> str:
    content = square_map()
    change(content["features"])
    return json.dumps(content)


WRONG_FILES = {
    "not JSON": ("kode;nama", "this is not JSON"),
    "not UTF-8": (b"\xff\xfe\x00", "this is not JSON"),
    "a list": ("[1, 2]", "there are no features"),
    "no features": ('{"type": "FeatureCollection", "features": []}', "there are no features"),
    "features of nothing": ('{"features": [3]}', "there are no features"),
    "other places": ('{"features": [{"properties": {"nama": "Menteng"}}]}', "that of Pagar Dewa and 66 more"),
    "misspelt": (_spoil(lambda some: some[0]["properties"].update(nama="Pagar Dewi")), "is it 'Pagar Dewi'"),
    "one missing": (_spoil(lambda some: some.pop(5)), "no shape is that of Sumur Dewa"),
    "twice": (_spoil(lambda some: some.append(some[0])), "Pagar Dewa stands there twice"),
    "points": (
        _spoil(lambda some: some[3].update(geometry={"type": "Point", "coordinates": [1, 2]})),
        "the shape of Bumi Ayu is not a polygon",
    ),
    "no numbers": (
        _spoil(lambda some: some[3].update(geometry={"type": "Polygon", "coordinates": [[["a", "b"]] * 5]})),
        "the shape of Bumi Ayu is not a polygon",
    ),
    "flat": (
        _spoil(lambda some: some[3].update(geometry={"type": "Polygon", "coordinates": [1, 2]})),
        "the shape of Bumi Ayu is not a polygon",
    ),
    "no geometry": (_spoil(lambda some: some[3].update(geometry=None)), "the shape of Bumi Ayu is not a polygon"),
}


@pytest.mark.parametrize(("content", "complaint"), WRONG_FILES.values(), ids=WRONG_FILES)
def test_a_wrong_boundary_file_is_explained_before_anything_is_drawn(plan, tables, tmp_path, content, complaint):
    file = tmp_path / "batas.geojson"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    (tmp_path / "figures").mkdir()
    with pytest.raises(InputError) as error:
        draw_all(tables, plan, tmp_path / "figures", "id", file)
    message = str(error.value)
    assert complaint in message
    assert str(file) in message
    assert "expected is a GeoJSON FeatureCollection" in message
    assert message.count(".\n") == 0
    assert not list((tmp_path / "figures").iterdir())


def test_a_missing_boundary_file_is_explained(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_boundaries(tmp_path / "nowhere.geojson")
    with pytest.raises(InputError, match="cannot be read"):
        read_boundaries(tmp_path)
