"""The folder of batch results that the page may open: what lies in it, how far each batch is, and what it found."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from simulation.batches.manifest import DONE, FAILED, MANIFEST, read_entries
from simulation.batches.record import RECORD, stored_record
from simulation.comparison.compare import Comparison, compare_study
from simulation.comparison.study import Arm, Study, shown, study_of_folder
from simulation.dashboard.compare import HEADLINES
from simulation.dashboard.studies import rows_of
from simulation.errors import InputError
from simulation.parameters import Text

logger = logging.getLogger("salur.dashboard")

SCENARIO = "scenario"
"""The name under which scenarios are filtered, beside the swept settings."""


@dataclass(frozen=True)
class Batch:
    """A batch on the shelf: how many of its runs are done, have failed and are wanted (at most, with a rule).

    ``stamp`` changes when the batch goes on.
    """

    name: str
    path: Path
    title: Text
    question: Text
    done: int
    failed: int
    wanted: int
    complete: bool
    stamp: tuple[float, ...]


@dataclass(frozen=True)
class Shelf:
    """The folder that ``--results`` names; nothing outside it is ever opened, whatever an address says."""

    root: Path | None = None

    def batches(self) -> dict[str, Batch]:
        """Return the batches in the folder by name; the folder itself where it is one."""
        if self.root is None or not self.root.is_dir():
            return {}
        root = self.root.resolve()
        inside = sorted(path for path in root.iterdir() if path.is_dir() and path.resolve().parent == root)
        found = (_listed(path) for path in (root, *inside))
        return {one.name: one for one in found if one}


def _listed(path: Path) -> Batch | None:
    """Return the batch in a folder; none where it holds something else or a record that cannot be read."""
    record = stored_record(path)
    if record is None:
        return None
    try:
        asked = record["batch"]
        runs = len(asked["scenarios"]) * len(asked["sweep"]["points"]) * asked["replicates"]
        texts = Text(**record["title"]), Text(**record["question"])
        complete = record["progress"]["complete"]
    except (KeyError, TypeError):
        logger.warning("%s: the record of this batch cannot be read", path)
        return None
    stamp = tuple(time for one in (RECORD, MANIFEST) for time in _times(path / one))
    ended = [entry.status for entry in read_entries(path).values()]
    return Batch(path.name, path, *texts, ended.count(DONE), ended.count(FAILED), runs, bool(complete), stamp)


def _times(path: Path) -> tuple[float, ...]:
    try:
        found = path.stat()
    except OSError:
        return (0.0, 0.0)
    return found.st_mtime, float(found.st_size)


@lru_cache(maxsize=4)
def read_study(path: Path, stamp: tuple[float, ...]) -> Study:
    """Return what a batch found; it is read again only when its ``stamp`` has changed."""
    return study_of_folder(path)


def dimensions(study: Study) -> dict[str, tuple[str, ...]]:
    """Return what can be filtered: the scenarios and the swept settings, with their values as they are written."""
    found = {SCENARIO: tuple(study.scenarios)} if len(study.scenarios) > 1 else {}
    for key in study.swept:
        values = dict.fromkeys(shown(study.settings(arm)[key]) for arm in study.arms)
        found |= {key: tuple(values)} if len(values) > 1 else {}
    return found


def filtered(study: Study, where: Mapping[str, str]) -> Study:
    """Return the study with the arms that fit, and the baseline."""
    kept = [arm for arm in study.arms if arm == study.arm(None) or _fits(study, arm, where)]
    if len(kept) == len(study.arms):
        return study
    return replace(study, frame=rows_of(study, kept))


def _fits(study: Study, arm: Arm, where: Mapping[str, str]) -> bool:
    held = {SCENARIO: arm[0]} | {key: shown(value) for key, value in study.settings(arm).items()}
    return all(held.get(key, value) == value for key, value in where.items())


def compared(study: Study) -> Comparison:
    """Return the comparison of a study with its baseline in the headlines that it holds; families are counted later."""
    headlines = [one.measure for one in HEADLINES if one.measure in study.measures]
    if not study.measures:
        raise InputError("the batch kept no measures.")
    return compare_study(replace(study, families=None), measures=headlines or study.measures[:1])
