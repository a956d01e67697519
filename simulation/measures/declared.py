"""Every column of the months table, declared once: kind, unit, words in two languages, definition, source."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType

from simulation.parameters import Text


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    ``kind`` is ``share`` (of something, at the end of the month), ``stock`` (at the end of the month) or ``flow``
    (in the month). A share is nan only where its denominator is nobody.
    """

    name: str
    kind: str
    unit: str
    label: Text
    definition: str
    source: str = ""


def _measure(name: str, kind: str, unit: str, id: str, en: str, definition: str, source: str = "") -> Measure:
    return Measure(name, kind, unit, Text(id, en), definition, source)


def _poverty() -> list[Measure]:
    rows = [
        ("poverty_headcount", "share of persons", "Persentase penduduk miskin (P0)", "Poverty headcount (P0)",
         "persons in families whose consumption a head is below the line / persons", "F8-09"),
        ("poverty_gap", "index", "Indeks Kedalaman Kemiskinan (P1)", "Poverty gap (P1)",
         "mean over persons of the gap to the line as a share of it, zero for the non-poor", "F8-09"),
        ("poverty_severity", "index", "Indeks Keparahan Kemiskinan (P2)", "Poverty severity (P2)",
         "the same with the gap squared", "F8-09"),
        ("watts", "index", "Indeks Watts", "Watts index",
         "mean over persons of ln(line / consumption) of the poor", "F8-11"),
        ("sen", "index", "Indeks Sen", "Sen index",
         "P0 (I + (1 - I) G), I the mean gap and G the Gini of the poor", "F8-10"),
        ("gini", "index", "Rasio Gini", "Gini", "2 cov(consumption, rank) / mean, over persons", "F8-12"),
    ]  # fmt: skip
    found = []
    for name, unit, id, en, definition, source in rows:
        found.append(_measure(name, "share", unit, id, en, f"{definition}; after transfers", source))
        found.append(_measure(
            f"{name}_before_transfers", "share", unit, f"{id}, tanpa bantuan", f"{en}, before transfers",
            f"{definition}; before transfers", source,
        ))  # fmt: skip
    return found


def _errors() -> list[Measure]:
    found = []
    for suffix, id, en, among in (
        ("", "", "", "on the list of PKH or Sembako"),
        ("_pkh", ", PKH", ", PKH", "on the PKH list, among families with a recorded component"),
        ("_sembako", ", Sembako", ", Sembako", "on the Sembako list"),
    ):
        for unit, unit_id, unit_en in (("", "", ""), ("_families", " (keluarga)", " (families)")):
            of = "families" if unit else "persons"
            found += [
                _measure(f"exclusion_error{suffix}{unit}", "share", f"share of poor {of}",
                         f"Kesalahan eksklusi{id}: penduduk miskin yang belum menjadi penerima{unit_id}",
                         f"Exclusion error{en}{unit_en}", f"poor {of} not {among} / poor {of}", "F8-01"),
                _measure(f"inclusion_error{suffix}{unit}", "share", f"share of non-poor {of}",
                         f"Kesalahan inklusi{id}: penduduk tidak miskin yang menerima{unit_id}",
                         f"Inclusion error of the non-poor{en}{unit_en}",
                         f"non-poor {of} {among} / non-poor {of}", "F8-02"),
            ]  # fmt: skip
        found += [
            _measure(f"leakage{suffix}", "share", "share of enrolled families",
                     f"Bagian KPM yang tidak miskin (ukuran BPS){id}", f"Non-poor share of recipients{en}",
                     f"families {among} that are not poor / families {among}", "F8-02"),
            _measure(f"leakage{suffix}_persons", "share", "share of enrolled persons",
                     f"Bagian anggota KPM yang tidak miskin{id}", f"Non-poor share of recipient persons{en}",
                     f"the same over persons {among}", "F8-02"),
        ]  # fmt: skip
    return found


def _deciles() -> list[Measure]:
    found = []
    for number in range(1, 11):
        found += [
            _measure(f"coverage_by_decile_{number:02d}", "share", "share of persons",
                     f"Cakupan desil {number}", f"Coverage of decile {number}",
                     "persons enrolled / persons, decile of persons by consumption before transfers, poorest first"),
            _measure(f"both_programmes_by_decile_{number:02d}", "share", "share of persons",
                     f"Penerima kedua program, desil {number}", f"With both programmes, decile {number}",
                     "persons on both lists / persons of the decile"),
            _measure(f"benefit_share_by_decile_{number:02d}", "share", "share of benefits",
                     f"Bagian bantuan desil {number}", f"Benefit share of decile {number}",
                     "assistance consumed in the decile / assistance consumed"),
        ]  # fmt: skip
    return found


def _tabled() -> list[Measure]:
    """Return the measures that stand alone, from their table."""
    text = resources.files("simulation.measures").joinpath("measures.csv").read_text("utf-8")
    return [_measure(**row) for row in csv.DictReader(text.splitlines())]


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {one.name: one for one in [*_poverty(), *_errors(), *_tabled(), *_deciles()]}
)
"""All measures by name, in the order of the columns of the months table."""
