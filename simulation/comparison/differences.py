"""Each scenario against the baseline, measure by measure: means, paired differences, intervals; and month by month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from simulation.comparison.study import RUN, Arm, Study
from simulation.errors import InputError, nearest
from simulation.experiments.ending import window
from simulation.experiments.paired import LEVEL, Paired, pair

if TYPE_CHECKING:
    import pandas as pd

VERDICTS = ("higher", "lower", "same", "unclear")
"""What an interval says of a difference."""


def check_name(name: str) -> None:
    """Raise ``InputError`` for a measure that does not exist."""
    from simulation.measures import MEASURES

    if name not in MEASURES:
        known = nearest(name, MEASURES) or "; docs/results.md lists all of them."
        raise InputError(f"there is no measure '{name}'{known}")


def check_measures(study: Study, measures: Sequence[str]) -> list[str]:
    """Return the measures, each once; raise ``InputError`` for one that does not exist or was not kept."""
    for name in measures:
        check_name(name)
        if name not in study.measures:
            kept = nearest(name, study.measures) or f"; they hold {', '.join(study.measures)}."
            raise InputError(f"the results do not hold the measure '{name}'{kept}")
    return list(dict.fromkeys(measures))


def end_values(study: Study, measures: Sequence[str], last: int | None = None) -> pd.DataFrame:
    """Return one value a run and measure: stocks of the last month, of all others the mean over the last months."""
    from simulation.measures import MEASURES

    frame = study.frame[[*RUN, "month", *measures]]
    end = study.months[-1]
    recent = frame[frame["month"] > end - window(end + 1, last)]
    values = recent.groupby(RUN, sort=False, observed=True)[list(measures)].mean()
    stocks = [name for name in measures if MEASURES[name].kind == "stock"]
    if stocks:
        values[stocks] = frame[frame["month"] == end].set_index(RUN)[stocks]
    return values


def over_replicates(values: pd.DataFrame, arm: Arm, replicates: Sequence[int]) -> np.ndarray:
    """Return the values of an arm, one row a replicate, nan where a run is missing."""
    return values.xs(arm, level=("scenario", "point")).reindex(replicates).to_numpy(float)


def compare_arms(study: Study, values: pd.DataFrame, baseline: Arm, level: float = LEVEL) -> pd.DataFrame:
    """Return a row for each measure and arm, the baseline first, with the paired difference and what it says."""
    import pandas as pd

    replicates = study.replicates
    base = over_replicates(values, baseline, replicates)
    arms = [baseline, *(arm for arm in study.arms if arm != baseline)]
    rows = []
    for arm in arms:
        paired, named = pair(over_replicates(values, arm, replicates), base, level), arm_columns(study, arm)
        rows += [
            {"measure": name, **named, **_row(paired, place, arm == baseline)}
            for place, name in enumerate(values.columns)
        ]
    table = pd.DataFrame(rows)
    order = {name: place for place, name in enumerate(values.columns)}
    return table.sort_values("measure", key=lambda names: names.map(order), kind="stable", ignore_index=True)


def arm_columns(study: Study, arm: Arm) -> dict[str, object]:
    """Return the columns that name an arm in every table."""
    return {"scenario": arm[0], "point": arm[1], **study.settings(arm)}


def _row(paired: Paired, place: int, is_baseline: bool) -> dict[str, object]:
    numbers = {name: getattr(paired, name)[place].item() for name in Paired.__dataclass_fields__}
    if is_baseline:
        numbers |= dict.fromkeys(("difference", "low", "high", "correlation", "runs_saved"), np.nan)
    return {**numbers, "verdict": "" if is_baseline else verdict(*(numbers[k] for k in ("difference", "low", "high")))}


def verdict(difference: float, low: float, high: float) -> str:
    """Return what an interval says: higher, lower, same (no run differs), or unclear where it holds zero."""
    if difference == low == high == 0:
        return "same"
    return "higher" if low > 0 else "lower" if high < 0 else "unclear"


def monthly(study: Study, measure: str, baseline: Arm, level: float = LEVEL) -> pd.DataFrame:
    """Return month by month the mean of each arm and its paired difference to the baseline, both with intervals."""
    import pandas as pd

    replicates = study.replicates
    wide = study.frame.pivot(index=RUN, columns="month", values=measure)
    base = over_replicates(wide, baseline, replicates)
    tables = []
    for arm in study.arms:
        ours = over_replicates(wide, arm, replicates)
        level_of, apart = pair(ours, np.zeros_like(ours), level), pair(ours, base, level)
        columns = {"mean": level_of.mean, "mean_low": level_of.low, "mean_high": level_of.high}
        columns |= {"difference": apart.difference, "low": apart.low, "high": apart.high}
        tables.append(pd.DataFrame({**arm_columns(study, arm), "month": wide.columns, **columns}))
    return pd.concat(tables, ignore_index=True)
