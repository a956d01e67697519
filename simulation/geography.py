"""The kelurahan and kecamatan of Kota Bengkulu, read once from the small tables beside the city."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Kelurahan:
    """An urban village: where it lies and how large it is."""

    code: str
    kecamatan: str
    name: str
    lat: float
    lon: float
    area_km2: float


@dataclass(frozen=True, slots=True)
class Kecamatan:
    """A sub-district: voters of 2024, PKH families of 2021 and estimated persons of 2024."""

    code: str
    name: str
    voters_2024: int
    pkh_families_2021: int
    population_2024_estimate: int


def _rows(table: str) -> Iterator[dict[str, str]]:
    source = files("simulation") / "city" / "kota_bengkulu" / f"{table}.csv"
    yield from csv.DictReader(source.read_text(encoding="utf-8").splitlines())


def _read_kelurahan() -> Iterator[Kelurahan]:
    for row in _rows("kelurahan"):
        place = float(row["lat"]), float(row["lon"]), float(row["area_km2"])
        yield Kelurahan(row["code"], row["kecamatan"], row["kelurahan"], *place)


def _read_kecamatan() -> Iterator[Kecamatan]:
    for row in _rows("kecamatan"):
        counts = (int(row[key]) for key in ("voters_2024", "pkh_families_2021", "population_2024_estimate"))
        yield Kecamatan(row["code"], row["kecamatan"], *counts)


KELURAHAN: tuple[Kelurahan, ...] = tuple(_read_kelurahan())
"""The 67 kelurahan in the order of their codes; this order numbers them in every column."""

KECAMATAN: tuple[Kecamatan, ...] = tuple(_read_kecamatan())
"""The nine kecamatan in the order of their codes; this order numbers them in every column."""


@cache
def kelurahan_names() -> tuple[str, ...]:
    """Return the names of the kelurahan in their order."""
    return tuple(one.name for one in KELURAHAN)


@cache
def kelurahan_number(name: str) -> int:
    """Return the place of a kelurahan in ``KELURAHAN``; raise ``ValueError`` for an unknown name."""
    return kelurahan_names().index(name)
