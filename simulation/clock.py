"""Months and dates: the run counts months from its start, people read ``2023-03``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_PATTERN = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read ``"2023-03"``; raise ``ValueError`` for anything else."""
        match = _PATTERN.fullmatch(text) if isinstance(text, str) else None
        if match is None:
            raise ValueError(f"{text!r} is not a month; write it as year-month, for example '2025-01'")
        return cls(int(match[1]), int(match[2]))

    @property
    def count(self) -> int:
        """Months since the year zero."""
        return self.year * 12 + self.number - 1

    def plus(self, months: int) -> Month:
        """Return the month that many months later (earlier when negative)."""
        count = self.count + months
        return Month(count // 12, count % 12 + 1)

    def minus(self, other: Month) -> int:
        """Return the number of months from ``other`` to this month."""
        return self.count - other.count

    def date(self) -> date:
        """Return the first day of the month."""
        return date(self.year, self.number, 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


def is_due(date: Month, interval: int) -> bool:
    """Tell whether what happens every ``interval`` months is due: yearly in January, quarterly from January."""
    return date.count % interval == 0


def months_to_next(date: Month, interval: int) -> int:
    """Return the months until it is due again, this one included."""
    return interval - date.count % interval
