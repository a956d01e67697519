"""What a validation says in words: a table for a terminal, cells for other tables, and what it all comes to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simulation.evidence.rows import Row
from simulation.evidence.targets import ENOUGH_SEEDS, KINDS
from simulation.evidence.wrong_models import wrong_models
from simulation.parameters import Text

if TYPE_CHECKING:
    from rich.console import Group
    from rich.table import Table

_HEADER = Text(
    "pernyataan|seharusnya|model|sembilan dari sepuluh seed|lolos|model keliru|hasilnya|lolos",
    "statement|should be|is|nine of ten seeds|passes|wrong model|it says|passes",
)
_RIGHT_ALIGNED = (1, 2, 3, 6)
KIND_WORDS = {
    "predicted": Text(
        "Diprediksi: tidak diberitahukan dan tidak disetel; inilah bukti",
        "Predicted: neither told to the model nor tuned to; this is evidence",
    ),
    "fitted": Text(
        "Disetel: sesuatu diatur agar sesuai; bukan bukti", "Fitted: something was tuned to it; no evidence"
    ),
    "input": Text("Masukan: diberitahukan kepada model; bukan bukti", "Input: told to the model; no evidence"),
}
_VERDICT = {True: Text("ya", "yes"), False: Text("TIDAK", "NO"), None: Text("tak terukur", "not measured")}
_FORMATS = {
    "share": (100, ".1f", " %"),
    "small share": (100, ".2f", " %"),
    "points": (100, ".1f", ""),
    "families": (1, ",.0f", ""),
    "families each": (1, ",.0f", ""),
    "minutes": (1, ".1f", ""),
    "Gini": (1, ".3f", ""),
}
"""Factor, format and what follows the number, by unit; other units get two decimals."""


def show_report(rows: Sequence[Row], language: str = "en") -> Group:
    """Return the rows as a table for a terminal, grouped by kind, and what they come to."""
    from rich.console import Group
    from rich.text import Text as Line

    return Group(_table(rows, language), Line("\n".join(summary_lines(rows, language))))


def _table(rows: Sequence[Row], language: str) -> Table:
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for number, name in enumerate(_HEADER.of(language).split("|")):
        table.add_column(name, justify="right" if number in _RIGHT_ALIGNED else "left", overflow="fold")
    for kind in KINDS:
        members = [row for row in rows if row["kind"] == kind]
        if members:
            table.add_row(f"[bold]{KIND_WORDS[kind].of(language)}[/bold]")
        for row in members:
            table.add_row(*(escape(cell) for cell in _cells(row, language)))
    return table


def _cells(row: Row, language: str) -> tuple[str, ...]:
    return (
        f"{row['pattern']}  {row['statement']}",
        band_in_words(row, language),
        in_words(row["mean"], row["unit"], language),
        interval_in_words(row, language),
        verdict(row, language),
        *wrong_model_in_words(row, language),
    )


def wrong_model_in_words(row: Row, language: str = "en") -> tuple[str, str, str]:
    """Return the wrong model of a row, what it says, and whether that passes; empty where there is none."""
    if not row["wrong_model"]:
        return "", "", ""
    title = wrong_models()[row["wrong_model"]].title.of(language)
    mean = in_words(row["wrong_model_mean"], row["unit"], language)
    return title, mean, _VERDICT[row["wrong_model_passed"]].of(language)


def verdict(row: Row, language: str = "en") -> str:
    """Say whether a statement passes, and for one on order in what share of the seeds it holds."""
    word = _VERDICT[row["passed"]].of(language)
    if row["form"] == "order" and row["holds"] is not None:
        return Text("{} ({:.0%} seed)", "{} ({:.0%} of seeds)").of(language).format(word, row["holds"])
    return word


def band_in_words(row: Row, language: str = "en") -> str:
    """Say where a value should lie."""
    low, high = (in_words(end, row["unit"], language) for end in row["band"])
    if row["band"][0] is None:
        return Text(f"paling banyak {high}", f"at most {high}").of(language)
    if row["band"][1] is None:
        return Text(f"lebih dari {low}", f"above {low}").of(language)
    return _from_to(low, high, language)


def interval_in_words(row: Row, language: str = "en") -> str:
    """Say between which values nine of ten seeds lie."""
    return _from_to(*(in_words(end, row["unit"], language) for end in row["interval"] or ("", "")), language)


def _from_to(low: str, high: str, language: str) -> str:
    return Text(f"{low} sampai {high}", f"{low} to {high}").of(language) if low else ""


def in_words(value: float | None, unit: str, language: str = "en") -> str:
    """Write a value in its unit: shares in percent, differences of shares in points, counts in whole numbers."""
    if value is None or value == "":
        return ""
    factor, form, suffix = _FORMATS.get(unit, (1, ".2f", ""))
    text = format(round(value * factor, int(form[-2])) + 0.0, form)
    return (text.translate(str.maketrans(",.", ".,")) if language == "id" else text) + suffix


def summary_lines(rows: Sequence[Row], language: str = "en") -> list[str]:
    """Say how many predictions pass and how many wrong models fail, on how many runs this rests, and what is missed."""
    predicted = [row for row in rows if row["kind"] == "predicted"]
    named = [row for row in predicted if row["wrong_model"]]
    words = Text(
        "{} dari {} pernyataan yang diprediksi lolos; model keliru gagal pada {} dari {}. Jumlah seed {}, skala {:g}.",
        "{} of {} predicted statements pass; the wrong model fails in {} of {}. Number of seeds {}, scale {:g}.",
    )
    passed = sum(row["passed"] is True for row in predicted)
    failed = sum(row["wrong_model_passed"] is False for row in named)
    lines = [words.of(language).format(passed, len(predicted), failed, len(named), rows[0]["seeds"], rows[0]["scale"])]
    missed = [row["name"] for row in rows if row["passed"] is False]
    if missed:
        lines.append(Text("Tidak lolos: {}.", "Missed: {}.").of(language).format(", ".join(missed)))
    if rows[0]["seeds"] < ENOUGH_SEEDS:
        few = Text("Kurang dari {} seed: ini baru sekilas, belum validasi.",
                   "Fewer than {} seeds: this is a look, not a validation.")  # fmt: skip
        lines.append(few.of(language).format(ENOUGH_SEEDS))
    return lines
