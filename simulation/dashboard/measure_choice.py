"""The list from which a page's reader picks the measure that is drawn month by month."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.dashboard.links import Address, Go
from simulation.dashboard.parts import Choice
from simulation.dashboard.text import fill
from simulation.measures import MEASURES


def measure_choice(address: Address, measures: Sequence[str], go: Go):
    """Return the list from which the measure of the lines is chosen."""
    say = address.language
    options = [{"value": name, "text": MEASURES[name].label.of(say)} for name in measures if "decile_" not in name]
    return Choice(name="measure", label=fill(say, "lines_pick"), value=address.measure, options=options,
                  event_choose=lambda name: go(address.but(measure=name)))  # fmt: skip
