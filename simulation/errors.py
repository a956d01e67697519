"""Errors that a user can act on: what is wrong, where, and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class InputError(ValueError):
    """What the user gave is wrong: one sentence naming the file, the key and the remedy (exit code 2)."""


class RunError(RuntimeError):
    """The run failed for a reason outside the input, such as a full disk (exit code 1)."""


class Interrupted(RunError):
    """The user stopped a batch; the sentence says what is kept (exit code 130)."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``"; did you mean 'x'?"`` for the closest known name, or an empty string."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"; did you mean '{found[0]}'?" if found else ""
