"""What the model is held against: one statement a row, with its band, source, grade and kind, in two languages.

``input`` says that the model is told so, ``fitted`` that something was tuned to it, ``predicted`` that neither is the
case. Only what is predicted is evidence. A band is never widened to let the model pass.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from simulation.clock import Month
from simulation.errors import InputError, nearest
from simulation.parameters import Text

KINDS = ("predicted", "fitted", "input")
ENOUGH_SEEDS = 20
"""From so many seeds on it is a validation, with fewer a look."""
HOLDS_AT_LEAST = 0.9
"""Share of the seeds in which a statement on sign or order has to hold."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that is known of the city or of the country, and how the model is asked about it.

    ``form`` is ``level`` (the mean over seeds lies in the band) or ``order`` (in nine of ten seeds the value does).
    ``instrument`` and ``measure`` say what is read off a run, ``first`` and ``last`` of which months. A band may be
    open at one end. ``source`` names rows of ``docs/sources.md``.
    """

    name: str
    pattern: str
    kind: str
    form: str
    instrument: str
    measure: str
    first: Month | None
    last: Month | None
    found: float
    low: float
    high: float
    unit: str
    source: tuple[str, ...]
    grade: str
    wrong_model: str
    words: Text

    def within(self, values: np.ndarray | float) -> np.ndarray:
        """Tell of each value whether it lies in the band."""
        return (values >= self.low) & (values <= self.high)

    def passes(self, values: np.ndarray) -> bool:
        """Tell whether the values, one a seed, bear the statement out."""
        if self.form == "order":
            return bool(self.within(values).mean() >= HOLDS_AT_LEAST)
        return bool(self.within(values.mean()))


@cache
def all_statements() -> tuple[Statement, ...]:
    """Return every statement in the order of its table."""
    text = resources.files("simulation.evidence").joinpath("statements.csv").read_text("utf-8")
    return tuple(_statement(row) for row in csv.DictReader(text.splitlines()))


def chosen_statements(names: Sequence[str] = ()) -> tuple[Statement, ...]:
    """Return the statements of these names or patterns, all of them without names; raise ``InputError`` otherwise."""
    known = {key.lower(): key for one in all_statements() for key in (one.name, one.pattern)}
    wanted = {name.strip().lower(): name.strip() for name in names}
    for name in (written for low, written in wanted.items() if low not in known):
        remedy = nearest(name, sorted(known.values())) or "; write a pattern such as C2 or a name such as not_redeemed."
        raise InputError(f"--only: '{name}' is no statement and no pattern{remedy}")
    return tuple(one for one in all_statements() if not wanted or {one.name, one.pattern.lower()} & set(wanted))


def _statement(row: dict[str, str]) -> Statement:
    return Statement(
        name=row["name"],
        pattern=row["pattern"],
        kind=row["kind"],
        form=row["form"],
        instrument=row["instrument"],
        measure=row["measure"],
        first=_month(row["first"]),
        last=_month(row["last"]),
        found=_number(row["found"], math.nan),
        low=_number(row["low"], -math.inf),
        high=_number(row["high"], math.inf),
        unit=row["unit"],
        source=tuple(row["source"].split("; ")),
        grade=row["grade"],
        wrong_model=row["wrong_model"],
        words=Text(row["id"], row["en"]),
    )


def _month(text: str) -> Month | None:
    return Month.parse(text) if text else None


def _number(text: str, otherwise: float) -> float:
    return float(text) if text else otherwise
