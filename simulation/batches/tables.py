"""The tables of a folder: parts as runs come in, and one file of each kind once they are compacted.

``months`` holds the measures, ``families`` the last status of every family, both by scenario, point and replicate with
the rows of a run side by side; ``cities`` says where and who the families of a city are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from simulation.batches.files import aside

KEYS: dict[str, tuple[str, ...]] = {
    "months": ("scenario", "point", "replicate"),
    "families": ("scenario", "point", "replicate"),
    "cities": ("city",),
}
"""What names the owner of a row in each kind of table."""

PARTS = "parts"
GROUP = 64
"""Owners in a row group of a compacted file."""

DAMAGES = (pa.ArrowException, OSError, KeyError)
"""What reading a truncated or damaged file raises."""


def whole_file(folder: Path, kind: str) -> Path:
    """Return the compacted file of a kind of table."""
    return folder / f"{kind}.parquet"


def part_file(folder: Path, kind: str, number: int) -> Path:
    """Return the file of one part."""
    return folder / PARTS / f"{number:06d}-{kind}.parquet"


def part_numbers(folder: Path) -> list[int]:
    """Return the numbers of the parts in a folder, smallest first."""
    return sorted({int(path.name[:6]) for path in (folder / PARTS).glob("*-*.parquet")})


def source_files(folder: Path, kind: str) -> list[Path]:
    """Return the files that hold a kind of table: the compacted one first, then the parts in order."""
    files = [whole_file(folder, kind), *(part_file(folder, kind, number) for number in part_numbers(folder))]
    return [path for path in files if path.exists()]


def write_table(path: Path, tables: Iterable[pa.Table], schema: pa.Schema) -> None:
    """Write tables as the row groups of one file, as a whole or not at all."""
    ascending = dict.fromkeys(_names(schema, _is_ascending), "DELTA_BINARY_PACKED")
    with aside(path) as passing, pq.ParquetWriter(
        passing, schema, compression="zstd", use_dictionary=_names(schema, _is_repetitive),
        column_encoding=ascending or None, write_statistics=False, write_page_checksum=True,
    ) as writer:  # fmt: skip
        for table in tables:
            writer.write_table(table.cast(schema), row_group_size=max(len(table), 1))


def _names(schema: pa.Schema, fits: Callable[[pa.DataType], bool]) -> list[str]:
    """Return the columns of some types as Parquet names them."""
    chosen = [field for field in schema if fits(field.type)]
    return [f"{one.name}.list.element" if pa.types.is_list(one.type) else one.name for one in chosen]


def _is_repetitive(kind: pa.DataType) -> bool:
    """Tell whether a column holds few different values: names, and lists of small numbers."""
    return pa.types.is_string(kind) or (pa.types.is_list(kind) and kind.value_type.bit_width in (8, 16))


def _is_ascending(kind: pa.DataType) -> bool:
    """Tell whether a column holds lists of large numbers: the names of families, in order."""
    return pa.types.is_list(kind) and kind.value_type == pa.int64()


def is_whole(path: Path) -> bool:
    """Tell whether every page of a file can be read and is what was written."""
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            for group in range(file.num_row_groups):
                file.read_row_group(group, use_threads=False)
    except DAMAGES:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Place:
    """Where the rows of one owner stand: in which file (or table, by number), row group and row."""

    path: Path | int
    group: int
    first: int
    rows: int


Index = dict[tuple, Place]


def index_of(files: Iterable[Path], kind: str) -> Index:
    """Return where each owner's rows stand; a later file counts for more than an earlier one."""
    places: Index = {}
    for path in files:
        with pq.ParquetFile(path) as file:
            for group in range(file.num_row_groups):
                owners = _owners(file.read_row_group(group, columns=list(KEYS[kind]), use_threads=False), kind)
                places |= {owner: Place(path, group, first, rows) for owner, first, rows in stretches(owners)}
    return places


def stretches(owners: Sequence[tuple]) -> Iterator[tuple[tuple, int, int]]:
    """Yield each owner with its first row and its number of rows."""
    first = 0
    for row in range(1, len(owners) + 1):
        if row == len(owners) or owners[row] != owners[first]:
            yield owners[first], first, row - first
            first = row


def in_groups(places: Sequence[Place]) -> Iterator[pa.Table]:
    """Yield the rows at the given places, in their order, a fixed number of owners at a time."""
    read = lru_cache(maxsize=8)(_row_group)
    for first in range(0, len(places), GROUP):
        chosen = places[first : first + GROUP]
        yield joined(read(place.path, place.group).slice(place.first, place.rows) for place in chosen)


def _row_group(path: Path, group: int) -> pa.Table:
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        return file.read_row_group(group, use_threads=False)


def joined(tables: Iterable[pa.Table]) -> pa.Table:
    """Return tables one below the other; where one counts in whole numbers and another does not, neither does."""
    return pa.concat_tables(tables, promote_options="permissive").combine_chunks()


def schema_of(files: Collection[Path]) -> pa.Schema:
    """Return the schema that holds the rows of all files."""
    found = dict.fromkeys(pq.read_schema(path).remove_metadata() for path in files)
    return pa.unify_schemas(list(found), promote_options="permissive")


def in_order(index: Index, scenarios: Sequence[str], kept: Collection[tuple] | None = None) -> list[Place]:
    """Return the places in canonical order: by scenario as the batch lists them, then point, then replicate."""
    rank = {name: number for number, name in enumerate(scenarios)}
    owners = [owner for owner in index if (kept is None or owner in kept) and (len(owner) == 1 or owner[0] in rank)]
    return [index[owner] for owner in sorted(owners, key=lambda one: (rank.get(one[0], one[0]), *one[1:]))]


def in_memory(
    found: Iterable[pa.Table], kind: str, scenarios: Sequence[str], kept: Collection[tuple] | None = None
) -> pa.Table | None:
    """Return tables that are read already as one in canonical order, without rows that a later table has anew."""
    read = list(found)
    places: Index = {}
    for number, table in enumerate(read):
        places |= {owner: Place(number, 0, first, rows) for owner, first, rows in stretches(_owners(table, kind))}
    chosen = in_order(places, scenarios, kept)
    return joined(read[place.path].slice(place.first, place.rows) for place in chosen) if chosen else None


def _owners(table: pa.Table, kind: str) -> list[tuple]:
    """Return who owns each row."""
    return list(zip(*(table[name].to_pylist() for name in KEYS[kind]), strict=True))
