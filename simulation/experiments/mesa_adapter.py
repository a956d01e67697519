"""The city for Mesa's own tools: a model with flat keywords for ``mesa.batch_run`` and ``SolaraViz``.

Mesa's tools make models by keywords and read what a ``DataCollector`` has collected. ``CityModel`` takes every lever
and every assumption as a keyword of its own: ``CityModel(caseload_per_pendamping=150, luck=3)`` is the run of
``salur run baseline --set policy.caseload_per_pendamping=150 --seed 3``, number for number.

Mesa 3.3 and 3.5 differ, and each has its traps:

* *Replicates.* Give ``luck=[1, 2, 3]`` among the parameters: it works in both. Mesa 3.5 sets ``rng`` itself, to None
  where you give ``iterations``, so ``iterations=3`` is three times the same run, in 3.3 as well.
* *Length.* Mesa 3.3 goes one step beyond ``max_steps``. The model ends by itself after ``months``, so leave
  ``max_steps`` at its default of 1000, or above ``months``.
* *Steps.* The column ``Step`` counts from 0 in 3.3 and from 1.0 in 3.5; the reporter ``month`` is the same in both.
* *Agents.* Reporters by agent type are left out by ``batch_run`` in 3.3; ``model.datacollector`` has them in both.
* *Names.* ``scenario``, ``time`` and ``steps`` belong to Mesa, in 3.5 ``SolaraViz`` even fills ``scenario`` in, so the
  scenario to begin with is called ``base``.
* *Lists.* ``batch_run`` takes every list or tuple for values to be tried, one after the other, so a list of disasters
  must stand in a list.
* *SolaraViz.* Its second place is the renderer of a space, which a city of families has not: pass ``components=``,
  such as ``[make_plot_component("exclusion_error")]``. *Reset* makes the model anew from ``model_params`` alone, so
  what they leave out is lost, and an input sets its lever in every month, also where the scenario dates it.
* *Memory.* Mesa 3.3 keeps every model that it has seen; a run that comes to its end is let go.
"""

from __future__ import annotations

import inspect
from functools import partial

import mesa

from simulation.agents.ewarong import EWarong
from simulation.agents.pendamping import Pendamping
from simulation.context import Now
from simulation.errors import InputError, nearest
from simulation.experiments.recorder import Recorder
from simulation.experiments.summary import HEADLINES
from simulation.measures import MEASURES
from simulation.model import AssistanceModel, release
from simulation.parameters import ASSUMPTIONS, LEVERS, Parameter
from simulation.plan import Plan
from simulation.scenario import load_scenario

SETTINGS = {
    **dict.fromkeys(LEVERS, "policy"),
    **{key: "assumptions" for key, one in ASSUMPTIONS.items() if one.role == "assumption"},
}
"""Every setting that is a keyword, and the section that it belongs to."""

_AGENTS = {
    Pendamping: {"families": "families", "motivation": "motivation"},
    EWarong: {"queue_last": "queue_last", "value_last": "value_last"},
}
"""What is collected of agents, by their type."""


class CityModel(AssistanceModel):
    """A city under a scenario, made by flat keywords, with a ``datacollector`` that collects each month.

    Parameters
    ----------
    base : name or path of the scenario to begin with. months, scale : in place of the scenario's.
    luck : seed of the run; ``rng`` is Mesa's name for it and goes before it.
    measures : names separated by commas, ``"headlines"`` or ``"all"``; each becomes a model reporter.
    agents : collect reporters of pendamping and e-warong as well.
    settings : levers and assumptions by key; None leaves what the scenario sets, ``"none"`` takes an optional one away.
    """

    def __init__(
        self,
        base: str = "baseline",
        months: int | None = None,
        scale: float | None = None,
        luck: int | None = None,
        rng: int | None = None,
        measures: str = "headlines",
        agents: bool = False,
        **settings: object,
    ) -> None:
        super().__init__(_plan(base, months, scale, luck if rng is None else rng, settings))
        self._recorder = Recorder(self)
        reporters = {"month": _month, **{name: partial(_measured, name) for name in _chosen(measures)}}
        self.datacollector = mesa.DataCollector(
            model_reporters=reporters, agenttype_reporters=_AGENTS if agents else None
        )

    def measure(self, now: Now) -> None:
        """Take the month's measures and let the collector collect them."""
        self._recorder.take(now)
        self.datacollector.collect(self)
        if not self.running:
            release(self)


def _signature() -> inspect.Signature:
    """Return the keywords one by one: Mesa looks for them there, and fills in ``scenario`` where any would be taken."""
    given = inspect.signature(CityModel.__init__).parameters.values()
    named = [one for one in given if one.kind is not inspect.Parameter.VAR_KEYWORD]
    settings = [inspect.Parameter(key, inspect.Parameter.KEYWORD_ONLY, default=None) for key in SETTINGS]
    return inspect.Signature([*named, *settings])


CityModel.__init__.__signature__ = _signature()


def model_params(*keys: str, language: str = "id", **fixed: object) -> dict[str, object]:
    """Return ``model_params`` for ``SolaraViz``: an input for each lever or assumption, over its plausible range.

    ``fixed`` are other keywords of the model, such as ``base``, ``months`` or ``scale``, which stay as they are.
    """
    for key in keys:
        _check_key(key)
    return {**fixed, **{key: _input({**LEVERS, **ASSUMPTIONS}[key], language) for key in keys}}


def _input(one: Parameter, language: str) -> dict[str, object]:
    about = {"label": one.label.of(language), "value": one.default}
    if one.kind == "bool":
        return {"type": "Checkbox", **about}
    if one.kind == "choice":
        return {"type": "Select", **about, "values": list(one.choices)}
    if one.kind not in ("int", "float"):
        raise InputError(f"{one.key} cannot be set with a slider; give it as a fixed keyword.")
    low, high = one.plausible
    whole = one.kind == "int"
    step = 1 if whole else (high - low) / 100
    value = low if one.default is None else one.default
    kind = "SliderInt" if whole else "SliderFloat"
    return {"type": kind, **about, "value": value, "min": min(low, value), "max": max(high, value), "step": step}


def _plan(base: str, months: int | None, scale: float | None, seed: int | None, settings: dict[str, object]) -> Plan:
    for key in settings:
        _check_key(key)
    sets = {f"{SETTINGS[key]}.{key}": value for key, value in settings.items() if value is not None}
    return load_scenario(base, months=months, scale=scale).override(sets, "CityModel").with_(seed=seed)


def _check_key(key: str) -> None:
    if key not in SETTINGS:
        raise InputError(f"CityModel: there is no lever or assumption '{key}'{nearest(key, SETTINGS) or '.'}")


def _chosen(measures: str) -> list[str]:
    if measures in ("all", "headlines"):
        return list(MEASURES) if measures == "all" else [name for group in HEADLINES.values() for name in group]
    names = [name.strip() for name in measures.split(",")]
    for name in names:
        if name not in MEASURES:
            raise InputError(f"CityModel: there is no measure '{name}'{nearest(name, MEASURES) or '.'}")
    return names


def _month(model: CityModel) -> str:
    return str(model.now.date)


def _measured(name: str, model: CityModel) -> float:
    return model._recorder.months[-1][name]
