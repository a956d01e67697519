"""Models that are wrong in one point, and the switches that make them: settings laid over a plan."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from simulation.parameters import Text
from simulation.plan import Plan
from simulation.scenario import diff_scenarios


@dataclass(frozen=True, slots=True)
class WrongModel:
    """A model that is wrong in one point.

    ``settings`` are laid over the plan. Where ``own_start`` is false the wrong model begins where the right one does,
    as its settings concern only what happens from then on.
    """

    name: str
    title: Text
    settings: Mapping[str, object]
    own_start: bool

    def of(self, plan: Plan) -> Plan:
        """Return the plan, made wrong."""
        return plan.override(self.settings, f"wrong model {self.name}")


@cache
def wrong_models() -> Mapping[str, WrongModel]:
    """Return the wrong models by name."""
    text = resources.files("simulation.evidence").joinpath("wrong_models.toml").read_text("utf-8")
    return MappingProxyType({name: _wrong_model(name, table) for name, table in tomllib.loads(text).items()})


def _wrong_model(name: str, table: Mapping) -> WrongModel:
    settings = dict(_settings_of(table["like"])) if "like" in table else {}
    for section in ("policy", "assumptions"):
        settings |= {f"{section}.{key}": value for key, value in table.get(section, {}).items()}
    return WrongModel(name, Text(**table["title"]), MappingProxyType(settings), table.get("own_start", True))


def _settings_of(scenario: str) -> Mapping[str, object]:
    """Return what a scenario sets otherwise than the baseline, for all months."""
    differences = diff_scenarios("baseline", scenario)
    return {f"{one.section}.{one.key}": one.b[0][1] for one in differences if one.section in ("policy", "assumptions")}
