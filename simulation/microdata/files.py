"""The file of a survey: CSV or Parquet in, a table of the columns that are asked for out, numbered by its rows."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.errors import InputError, nearest
from simulation.parameters.declaration import show

if TYPE_CHECKING:
    import pandas as pd

KINDS = (".csv", ".csv.gz", ".parquet")
_SEPARATORS = ",;\t"
_MISSING = ["", ".", "NA", "N/A", "NaN", "nan", "NULL", "null", "None", "<NA>", "#N/A"]


def read_content(path: str | Path, name: str) -> bytes:
    """Return the content of a file of one of the known kinds."""
    if not name.lower().endswith(KINDS):
        raise InputError(f"{name}: a survey is a file whose name ends in {', '.join(KINDS[:-1])} or {KINDS[-1]}.")
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise InputError(f"{name}: the file cannot be read ({getattr(error, 'strerror', None) or error}).") from None


def digest(content: bytes) -> str:
    """Return the hash by which a survey is known."""
    return hashlib.sha256(content).hexdigest()


def read_table(content: bytes, name: str, columns: Sequence[str]) -> pd.DataFrame:
    """Return the columns asked for, indexed by the number of the row.

    Rows of a CSV are numbered as a spreadsheet does, the header being row 1; rows of a Parquet file from 1. Cells of a
    CSV come as texts; empty rows are left out.
    """
    table = _parquet(content, name, columns) if name.lower().endswith(".parquet") else _csv(content, name, columns)
    table = table.dropna(how="all")
    if table.empty:
        raise InputError(f"{name}: the survey has no rows.")
    return table


def _csv(content: bytes, name: str, columns: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    text = _text(content, name)
    header, separator = _header(text)
    _check_header(header, columns, name)
    try:
        table = pd.read_csv(
            io.StringIO(text), sep=separator, dtype=str, skip_blank_lines=False, skipinitialspace=True,
            keep_default_na=False, na_values=_MISSING,
        )  # fmt: skip
    except pd.errors.ParserError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"{name}, row {line[1]}" if line else name
        raise InputError(f"{where}: the row has more cells than the header; is a decimal comma among them?") from None
    table.columns = header
    table.index = range(2, len(table) + 2)
    return table[list(columns)]


def _text(content: bytes, name: str) -> str:
    try:
        return (gzip.decompress(content) if name.lower().endswith(".gz") else content).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: byte {error.start} is not UTF-8; save the file as UTF-8.") from None
    except (OSError, EOFError, zlib.error):
        raise InputError(f"{name}: this is not a gzip file.") from None


def _header(text: str) -> tuple[list[str], str]:
    """Return the names in the first row, and what separates them."""
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    return [name.strip() for name in next(csv.reader([first.rstrip("\r")], delimiter=separator), [])], separator


def _parquet(content: bytes, name: str, columns: Sequence[str]) -> pd.DataFrame:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        _check_header(pq.read_schema(io.BytesIO(content)).names, columns, name)
        table = pd.read_parquet(io.BytesIO(content), columns=list(columns))
    except (pa.ArrowInvalid, OSError):
        raise InputError(f"{name}: this is not a Parquet file.") from None
    table.index = range(1, len(table) + 1)
    return table


def _check_header(header: Iterable[str], columns: Iterable[str], name: str) -> None:
    header = list(header)
    for column in columns:
        if column not in header:
            some = ", ".join(header[:12]) + (", ..." if len(header) > 12 else ".")
            remedy = nearest(column, header) or f"; it has {some}"
            raise InputError(f"{name}: the survey has no column {show(column)}{remedy}")
        if header.count(column) > 1:
            raise InputError(f"{name}: the column {show(column)} stands in the header twice; rename one of them.")
