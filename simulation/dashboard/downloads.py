"""The numbers behind a chart: as a table on the page, and as CSV and XLSX in the number format of the language."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from html import escape

from simulation.analysis.words import Words

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell of text that starts so is read as a formula by spreadsheets."""

_DECIMALS = {"share": 1, "number": 0, "decimal": 1, "money": 1}
_FACTOR = {"share": 100.0, "money": 1e-9}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv;charset=utf-8"

Cell = str | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading with the unit, and what it holds: text, number, decimal, share (shown in percent) or money
    (shown in billion rupiah)."""

    label: str
    kind: str = "text"

    def shown(self, value: Cell) -> Cell:
        """Return a value in the unit of the heading; none where it is unknown."""
        if isinstance(value, str):
            return value
        if value is None or not math.isfinite(value):
            return None
        return round(float(value) * _FACTOR.get(self.kind, 1.0), 6)


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers behind a chart."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def shown(self) -> list[list[Cell]]:
        """Return the rows in the units of the headings."""
        return [[column.shown(cell) for column, cell in zip(self.columns, row, strict=True)] for row in self.rows]


def as_html(table: Table, words: Words, caption: str) -> str:
    """Return the table for the page."""
    heads = "".join(f'<th scope="col" class="{column.kind}">{escape(column.label)}</th>' for column in table.columns)
    body = []
    for row in table.shown():
        cells = [f'<th scope="row">{escape(_in_words(row[0], table.columns[0], words))}</th>']
        for cell, column in zip(row[1:], table.columns[1:], strict=True):
            cells.append(f'<td class="{column.kind}">{escape(_in_words(cell, column, words))}</td>')
        body.append(f"<tr>{''.join(cells)}</tr>")
    head = f'<caption class="unseen">{escape(caption)}</caption><thead><tr>{heads}</tr></thead>'
    return f"<table>{head}<tbody>{''.join(body)}</tbody></table>"


def as_csv(table: Table, words: Words) -> bytes:
    """Return the table as CSV: semicolons and decimal commas in Indonesian, commas and decimal points in English."""
    indonesian = words.language == "id"
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if indonesian else ",", lineterminator="\r\n")
    writer.writerow([plain_text(column.label) for column in table.columns])
    for row in table.shown():
        writer.writerow([_csv_cell(cell, indonesian) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(table: Table, title: str, about: list[str]) -> bytes:
    """Return the table as a workbook: numbers are numbers, and a second sheet says where they come from."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    sheet.title = "data"
    sheet.append([plain_text(column.label) for column in table.columns])
    for row in table.shown():
        sheet.append([plain_text(cell) if isinstance(cell, str) else cell for cell in row])
    for cell, column in zip(sheet[1], table.columns, strict=True):
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = max(12, min(46, len(column.label) + 2))
    sheet.freeze_panes = "B2"
    source = book.create_sheet("info")
    for line in (title, *about):
        source.append([plain_text(line)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def plain_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _csv_cell(cell: Cell, indonesian: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return plain_text(cell)
    text = f"{cell:.6f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if indonesian else text


def _in_words(cell: Cell, column: Column, words: Words) -> str:
    if isinstance(cell, str):
        return cell
    return words.number(math.nan if cell is None else cell, _DECIMALS.get(column.kind, 1))
