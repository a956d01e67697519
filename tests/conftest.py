"""Plans, runs and cities that several tests share: small ones, each run once in a session."""

from collections.abc import Mapping
from functools import lru_cache

import pandas as pd

from simulation import AssistanceModel, load_scenario, simulate
from simulation.parameters import LEVERS
from simulation.plan import Plan


def make_plan(
    name: str = "baseline",
    *,
    months: int = 12,
    seed: int = 1,
    scale: float = 0.05,
    city_seed: int | None = None,
    start: str | None = None,
    **settings: object,
) -> Plan:
    """Return a scenario with settings replaced in every month, each named by its key alone."""
    overrides = {f"{'policy' if key in LEVERS else 'assumptions'}.{key}": value for key, value in settings.items()}
    if city_seed is not None:
        overrides["population.seed"] = city_seed
    if start is not None:
        overrides["run.start"] = start
    return load_scenario(name, overrides=overrides, months=months, seed=seed, scale=scale)


@lru_cache(maxsize=128)
def tables_of(plan: Plan) -> Mapping[str, pd.DataFrame]:
    """Run a plan once; nobody changes the tables that are handed out."""
    return simulate(plan)


def months_of(name: str = "baseline", **settings: object) -> pd.DataFrame:
    """Return the months of a plan made by ``make_plan``, the month as the index."""
    return tables_of(make_plan(name, **settings))["months"].set_index("month")


def persons_by_status(name: str = "baseline", **settings: object) -> pd.DataFrame:
    """Return poor persons by month and cascade status of a plan made by ``make_plan``."""
    cascade = tables_of(make_plan(name, **settings))["cascade"]
    return cascade.pivot(index="month", columns="status", values="persons")


def lived(plan: Plan, months: int | None = None, watch=None) -> AssistanceModel:
    """Return a city after some months (all of the plan's by default); ``watch`` is called after each."""
    model = AssistanceModel(plan)
    if watch is not None:
        model.measure = watch
    for _ in range(plan.months if months is None else months):
        model.step()
    return model
