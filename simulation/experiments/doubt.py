"""What part of the doubt about a headline comes from inputs that are only assumed, as ``make sensitivity`` found it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from simulation.parameters import Text

FOUND = Path(__file__).with_name("doubt.csv")
"""The table ``assumed.csv`` of the last full sensitivity analysis."""

MEANING = Text(
    "bagian keraguan (ragam) tentang suatu angka yang melibatkan masukan yang hanya diasumsikan, bila semua masukan "
    "bergerak dalam rentang yang masuk akal; dalam kurung selang 95%",
    "the part of the doubt (variance) about a figure in which inputs that are only assumed are involved, when all "
    "inputs move in their plausible ranges; in brackets its 95% interval",
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """The share of the variance of a measure that inputs which are only assumed have a part in, with its interval.

    ``luck_share`` is what luck adds to the variance of a single run, as a share of both.
    """

    share: float
    low: float
    high: float
    luck_share: float = 0.0

    def in_words(self) -> str:
        """Return the share and its interval in per cent; no share of a variance is below none or above all of it."""
        share, low, high = (100 * min(max(value, 0.0), 1.0) for value in (self.share, self.low, self.high))
        return f"{share:.0f}% ({low:.0f}-{high:.0f})"


@cache
def doubts() -> Mapping[str, Doubt]:
    """Return the doubt about each measure that was analysed."""
    with FOUND.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = ("total", "total_low", "total_high", "luck_share")
    return {row["measure"]: Doubt(*(float(row[name]) for name in columns)) for row in rows}


def doubt_in_words(measure: str) -> str:
    """Return what part of the doubt about a measure is only assumed, empty where it was not analysed."""
    found = doubts().get(measure)
    return found.in_words() if found else ""
