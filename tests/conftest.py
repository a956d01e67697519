"""Plans, runs and cities that several tests share: small ones, each run once in a session."""

import os
from collections.abc import Mapping
from functools import lru_cache

import pandas as pd
import pytest
from browser import NONE_FOUND, REQUIRED, Visits, chromium

from simulation import AssistanceModel, load_scenario, simulate
from simulation.dashboard.printing import QUIET
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


@pytest.fixture(scope="session")
def browser():
    """Open a browser; skip where there is none, or fail where one is required."""
    from playwright.sync_api import sync_playwright

    path = chromium()
    if path is None:
        assert os.environ.get(REQUIRED) != "1", NONE_FOUND
        pytest.skip(NONE_FOUND)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture
def visit(browser, address: str):
    """Return a function that opens the page; afterwards no request may have left the machine and no script failed."""
    visits = Visits(browser, address)
    yield visits
    visits.close()
