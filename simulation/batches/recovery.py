"""What an earlier session left: half-written files are removed, damaged ones set aside, whole runs counted."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from simulation.batches import manifest, tables
from simulation.batches.batch import Batch
from simulation.batches.files import PASSING
from simulation.batches.manifest import FAILED, Entry, Key

DAMAGED = "damaged"


@dataclass(slots=True)
class Stock:
    """Which runs came to an end, and which cities are described."""

    done: set[Key] = field(default_factory=set)
    failed: set[Key] = field(default_factory=set)
    cities: set[str] = field(default_factory=set)


def mend(folder: Path, kinds: Sequence[str]) -> list[str]:
    """Remove what was half-written, set aside what cannot be read, and return the names of what was set aside.

    The files of one part go together: one without the others is of no use.
    """
    for path in (*folder.glob(f".*{PASSING}"), *(folder / tables.PARTS).glob(f".*{PASSING}")):
        path.unlink()
    manifest.mend(folder)
    groups = [[tables.whole_file(folder, kind) for kind in kinds]]
    groups += [[tables.part_file(folder, kind, number) for kind in kinds] for number in tables.part_numbers(folder)]
    aside = []
    for group in groups:
        found = [path for path in group if path.exists()]
        if not all(tables.is_whole(path) for path in found):
            aside += _put_aside(found, folder / DAMAGED)
    return aside


def _put_aside(files: Iterable[Path], folder: Path) -> list[str]:
    folder.mkdir(exist_ok=True)
    names = []
    for path in files:
        target, number = folder / path.name, 1
        while target.exists():
            number += 1
            target = folder / f"{path.stem}-{number}{path.suffix}"
        os.replace(path, target)
        names.append(path.name)
    return names


def take_stock(folder: Path, batch: Batch, kinds: Sequence[str]) -> Stock:
    """Find out which runs are done: those with a line in the manifest and rows in every table."""
    owners = {kind: set(tables.index_of(tables.source_files(folder, kind), kind)) for kind in kinds}
    stock = Stock(cities={city for (city,) in owners.pop("cities", ())})
    cells = {(name, point) for name in batch.scenarios for point in range(len(batch.design.points))}
    for key, entry in manifest.read_entries(folder).items():
        if key[:2] not in cells or key[2] >= batch.replicates:
            continue
        if entry.status == FAILED:
            stock.failed.add(key)
        elif all(key in found for found in owners.values()) and _is_described(entry, batch, stock):
            stock.done.add(key)
    return stock


def _is_described(entry: Entry, batch: Batch, stock: Stock) -> bool:
    return not batch.kept.families or entry.city in stock.cities
