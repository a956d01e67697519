"""How wide results spread when every replicate has its own assumptions and its own luck, together and apart.

The same scenarios are run twice with the same seeds: once with assumptions drawn from an ensemble, once with the
scenario's own. The second spread is luck alone. What the first has on top is what the assumptions add.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from simulation.comparison.compare import Comparison
from simulation.comparison.differences import arm_columns, end_values, over_replicates
from simulation.comparison.study import RUN, Study

if TYPE_CHECKING:
    import pandas as pd

BAND = 0.9
"""So much of the runs lies in a band."""


def spread_table(drawn: Comparison, luck: Comparison, last: int | None = None) -> pd.DataFrame:
    """Return a row for each measure, arm and kind of value: its level, and its paired difference from the baseline.

    ``low`` and ``high`` end the band of the runs that drew assumptions, ``luck_low`` and ``luck_high`` that of luck
    alone; ``luck_sd`` and ``inputs_sd`` are standard deviations apart. A band is about single runs; it does not shrink
    with more of them, as the interval of a mean does.
    """
    import pandas as pd

    values = [end_values(one.study, drawn.measures, last) for one in (drawn, luck)]
    rows = []
    for arm in drawn.study.arms:
        found = [over_replicates(one, arm, drawn.study.replicates) for one in values]
        base = [over_replicates(one, drawn.baseline, drawn.study.replicates) for one in values]
        kinds = [("level", found)]
        if arm != drawn.baseline:
            kinds.append(("difference", [ours - theirs for ours, theirs in zip(found, base, strict=True)]))
        for place, measure in enumerate(drawn.measures):
            about = {"measure": measure, **arm_columns(drawn.study, arm)}
            rows += [about | {"kind": kind} | split(*(one[:, place] for one in pair)) for kind, pair in kinds]
    return pd.DataFrame(rows)


def monthly_bands(drawn: Study, luck: Study, measures: Sequence[str]) -> pd.DataFrame:
    """Return a row for each month (a date) and measure of one scenario, with the columns of ``split``."""
    import pandas as pd

    rows, dates = [], dict(zip(drawn.months, drawn.dates, strict=True))
    for measure in measures:
        ours, theirs = (one.frame.pivot(index=RUN, columns="month", values=measure) for one in (drawn, luck))
        rows += [
            {"month": dates[month], "measure": measure, **split(ours[month].to_numpy(), theirs[month].to_numpy())}
            for month in ours.columns
        ]
    return pd.DataFrame(rows)


def split(drawn: np.ndarray, luck: np.ndarray) -> dict[str, float]:
    """Return the bands and the standard deviations of values that drew assumptions, and of values that did not."""
    drawn, luck = drawn[np.isfinite(drawn)], luck[np.isfinite(luck)]
    if min(drawn.size, luck.size) < 2:
        return dict.fromkeys(("low", "middle", "high", "luck_low", "luck_high", "luck_sd", "inputs_sd"), np.nan)
    ends = [(1 - BAND) / 2, 0.5, (1 + BAND) / 2]
    low, middle, high = np.quantile(drawn, ends)
    luck_low, _, luck_high = np.quantile(luck, ends)
    inputs = max(drawn.var(ddof=1) - luck.var(ddof=1), 0.0)
    return {
        "low": float(low), "middle": float(middle), "high": float(high), "luck_low": float(luck_low),
        "luck_high": float(luck_high), "luck_sd": float(luck.std(ddof=1)), "inputs_sd": float(inputs**0.5),
    }  # fmt: skip
