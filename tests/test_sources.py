"""The bibliography of numbers is well formed, the city tables agree, and every parameter has a source."""

import csv
import math
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CITY = ROOT / "simulation" / "city" / "kota_bengkulu"
COLUMNS = ["id", "value", "unit", "period", "source", "grade", "note"]
GRADES = {"found", "derived", "recalled", "assumed"}


def source_rows() -> list[dict[str, str]]:
    """Return the rows of all tables of docs/sources.md whose first column is `id`."""
    rows, header = [], None
    for line in (ROOT / "docs" / "sources.md").read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            header = None
            continue
        cells = [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]
        if header is None:
            header = cells
        elif header[0] == "id" and set("".join(cells)) != {"-"}:
            assert header == COLUMNS, header
            assert len(cells) == len(COLUMNS), line
            rows.append(dict(zip(COLUMNS, cells, strict=True)))
    return rows


def table(name: str) -> list[dict[str, str]]:
    with (CITY / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_sources_are_read():
    assert len(source_rows()) > 350


def test_ids_are_unique():
    repeated = [key for key, n in Counter(row["id"] for row in source_rows()).items() if n > 1]
    assert repeated == []


def test_every_row_has_an_allowed_grade_and_its_grounds():
    for row in source_rows():
        assert row["id"], row
        assert row["value"], row
        assert row["grade"] in GRADES, row
        if row["grade"] in {"found", "derived"}:
            assert row["source"] not in {"", "-"}, row
        if row["grade"] == "recalled":
            assert any(level in row["note"] for level in ("high", "medium", "low")), row
        if row["grade"] == "assumed":
            assert row["note"], row


def test_kelurahan_table():
    rows = table("kelurahan.csv")
    codes = {row["kecamatan"]: row["code"] for row in table("kecamatan.csv")}
    assert len(rows) == 67
    assert len({row["code"] for row in rows}) == 67
    assert len({(row["kecamatan"], row["kelurahan"]) for row in rows}) == 67
    assert {row["kecamatan"] for row in rows} == set(codes)
    for row in rows:
        assert row["code"].rpartition(".")[0] == codes[row["kecamatan"]]
        assert -3.97 < float(row["lat"]) < -3.74, row
        assert 102.24 < float(row["lon"]) < 102.36, row
        assert float(row["area_km2"]) > 0
    assert math.isclose(sum(float(row["area_km2"]) for row in rows), 151.05, abs_tol=0.01)


def test_kecamatan_table():
    rows = table("kecamatan.csv")
    assert len(rows) == 9
    assert sum(int(row["pkh_families_2021"]) for row in rows) == 11_149
    voters = sum(int(row["voters_2024"]) for row in rows)
    assert voters == 275_513
    for row in rows:
        assert int(row["population_2024_estimate"]) == round(394_192 * int(row["voters_2024"]) / voters)


def test_age_structure_sums_to_one():
    rows = table("age_structure.csv")
    assert [row["group"] for row in rows] == ["early_child", "sd", "smp", "sma", "adult", "elderly"]
    assert math.isclose(sum(float(row["share"]) for row in rows), 1.0)
    assert all(float(row["share"]) > 0 for row in rows)


def test_every_parameter_has_a_source_or_a_reason():
    from simulation.parameters import PARAMETERS

    grade_of = {row["id"]: row["grade"] for row in source_rows()}
    wrong = []
    for key, parameter in PARAMETERS.items():
        assert parameter.grade in GRADES, key
        if parameter.source in grade_of:
            continue
        if parameter.grade == "assumed" and str(parameter.note or "").strip():
            continue
        wrong.append((key, parameter.source, parameter.grade))
    assert wrong == []
