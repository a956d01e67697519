"""Scenario files that a visitor brings along: read as data, kept in memory for this visitor's session alone."""

from __future__ import annotations

import base64
import binascii
import dataclasses
import re
from collections.abc import Mapping

import solara

from simulation.dashboard.links import MOST_SCENARIOS, UPLOADED
from simulation.dashboard.picking import fitted
from simulation.dashboard.text import fill
from simulation.errors import InputError
from simulation.parameters import Text
from simulation.plan import Plan
from simulation.scenario import read_scenario

UPLOAD_KILOBYTES = 64
_LONGEST_WORDS = 90
_NO_NAME = "skenario"

the_uploads: solara.Reactive[dict[str, Plan]] = solara.reactive({})
"""The scenarios that this visitor brought along, by name; each visitor has their own."""


def take_upload(told: Mapping[str, object], baseline: Plan, language: str) -> tuple[str, str]:
    """Take in a file that the browser sends; return its name in links, or what is wrong with it in a sentence."""
    shown = str(told.get("name", ""))[:_LONGEST_WORDS]
    content, size = told.get("content", ""), told.get("size", 0)
    limit = UPLOAD_KILOBYTES * 1024
    if not isinstance(content, str) or not isinstance(size, int) or size > limit or len(content) > limit * 4 / 3 + 4:
        return "", fill(language, "file_large", name=shown, kilobytes=UPLOAD_KILOBYTES)
    try:
        stem = stem_of(shown)
        plan = read_scenario(base64.b64decode(content, validate=True), stem)
        fitted(plan, baseline)
    except (InputError, binascii.Error) as error:
        return "", fill(language, "file_wrong", name=shown, fault=error)
    name = f"{UPLOADED}{stem}"
    kept = {key: value for key, value in the_uploads.value.items() if key != name}
    latest = dict(list(kept.items())[-MOST_SCENARIOS + 1 :])
    the_uploads.value = latest | {
        name: dataclasses.replace(plan, title=_short(plan.title), question=_short(plan.question))
    }
    return name, ""


def stem_of(name: str) -> str:
    """Return what a file is called in links: letters, digits and hyphens, nothing that a path is made of."""
    stem = re.sub(r"\.toml$", "", re.split(r"[\\/]", name)[-1], flags=re.IGNORECASE)
    return re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-")[:40] or _NO_NAME


def _short(text: Text) -> Text:
    return Text(
        *(words if len(words) <= _LONGEST_WORDS else f"{words[:_LONGEST_WORDS]}…" for words in (text.id, text.en))
    )
