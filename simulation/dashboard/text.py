"""Every sentence of the page, in Indonesian and in English, found by its key."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from simulation.dashboard.texts.about import ABOUT
from simulation.dashboard.texts.answers import ANSWERS
from simulation.dashboard.texts.batches import BATCHES
from simulation.dashboard.texts.brief import BRIEF
from simulation.dashboard.texts.charts import CHARTS
from simulation.dashboard.texts.comparing import COMPARING
from simulation.dashboard.texts.family import FAMILY
from simulation.dashboard.texts.frame import FRAME
from simulation.dashboard.texts.levers import LEVERS
from simulation.dashboard.texts.watching import WATCHING
from simulation.parameters import Text

WORDS: Mapping[str, Text] = MappingProxyType(
    {**FRAME, **LEVERS, **ANSWERS, **CHARTS, **COMPARING, **BATCHES, **WATCHING, **FAMILY, **BRIEF, **ABOUT}
)
"""All words by key; gaps are named."""


def fill(language: str, key: str, /, **named: object) -> str:
    """Return a sentence in ``"id"`` or ``"en"``, with its gaps filled."""
    words = WORDS[key].of(language)
    return words.format(**named) if named else words
