"""Studies for tests: small runs of scenarios of the library on the same seeds, each run once in a session."""

from functools import lru_cache

import pandas as pd
from conftest import make_plan, tables_of

from simulation.comparison.study import Study


def months_of_run(name: str, seed: int, months: int, scale: float, **settings: object) -> pd.DataFrame:
    """Return the months of one run with the keys of a study before the measures."""
    table = tables_of(make_plan(name, months=months, seed=seed, scale=scale, **settings))["months"]
    keys = {"scenario": name, "point": 0, "replicate": seed - 1, "seed": seed, "month": range(months)}
    return table.drop(columns="month").assign(**keys)[[*keys, *table.columns[1:]]]


@lru_cache(maxsize=8)
def study_of(*names: str, replicates: int = 3, months: int = 24, scale: float = 0.02) -> Study:
    """Return the study of some scenarios, without families."""
    runs = [months_of_run(name, seed, months, scale) for name in names for seed in range(1, replicates + 1)]
    plans = {name: make_plan(name, months=months, scale=scale) for name in names}
    return Study(pd.concat(runs, ignore_index=True), plans).checked()
