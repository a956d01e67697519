"""What each scenario costs beside what it does, over the whole run and the whole city."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.comparison.differences import arm_columns, over_replicates, verdict
from simulation.comparison.study import RUN, Arm, Study
from simulation.experiments.paired import LEVEL, critical, pair

if TYPE_CHECKING:
    import pandas as pd

SAME_COST_SHARE = 0.01
"""Two scenarios cost the same when the interval of their difference lies within this share of the baseline's cost."""

PARTS = {"cost_idr": "total", "transfers_paid_idr": "transfers", "operations_idr": "operations"}
"""The measures of money, and what they are called in the table of costs; the rest is empowerment and emergency aid."""

EFFECTS = {"reached_persons": 1, "exclusion_points": -1, "poor_after_persons": -1}
"""The effects that extra money is held against, and whether more of them is good.

Poor persons whom assistance reaches in full and on time, points of exclusion error, and persons who are poor after
transfers; each the mean over all months.
"""

_NEEDS = {
    "reached_persons": ("poor_persons", "effective_exclusion_error"),
    "exclusion_points": ("exclusion_error",),
    "lifted_persons": ("persons", "poverty_headcount_before_transfers", "poverty_headcount"),
    "poor_after_persons": ("persons", "poverty_headcount"),
}


def yearly_values(study: Study) -> pd.DataFrame:
    """Return for each run the cost of a year in billion rupiah and the effects, means over all months.

    Counts and money of a part of the city are those of the whole. Columns whose measures were not kept are missing.
    """
    kept, frame = set(study.measures), study.frame
    columns = {f"{part}_bn_idr": frame[name] * 12e-9 / study.scale for name, part in PARTS.items() if name in kept}
    counts = {
        "reached_persons": lambda: frame["poor_persons"] * (1 - frame["effective_exclusion_error"]) / study.scale,
        "exclusion_points": lambda: frame["exclusion_error"] * 100,
        "lifted_persons": lambda: (
            (frame["poverty_headcount_before_transfers"] - frame["poverty_headcount"]) * frame["persons"] / study.scale
        ),
        "poor_after_persons": lambda: frame["poverty_headcount"] * frame["persons"] / study.scale,
    }
    columns |= {name: count() for name, count in counts.items() if kept.issuperset(_NEEDS[name])}
    return frame[RUN].assign(**columns).groupby(RUN, sort=False, observed=True).mean()


def cost_table(study: Study, values: pd.DataFrame, baseline: Arm, level: float = LEVEL) -> pd.DataFrame:
    """Return a row for each arm: what a year costs, what a person costs, and whether it costs what the baseline does.

    ``values`` are those of ``yearly_values``. Ratios are those of the means, in rupiah a person and year.
    """
    import pandas as pd

    replicates = study.replicates
    base = over_replicates(values[["total_bn_idr"]], baseline, replicates)
    rows = []
    for arm in (baseline, *(one for one in study.arms if one != baseline)):
        means = values.xs(arm, level=("scenario", "point")).mean()
        paired = pair(over_replicates(values[["total_bn_idr"]], arm, replicates), base, level)
        ends = [end.item() for end in (paired.difference, paired.low, paired.high)]
        row = {**arm_columns(study, arm), **means.to_dict()}
        for effect in ("reached", "lifted"):
            persons = means.get(f"{effect}_persons", np.nan)
            row[f"idr_per_{effect}_person"] = means["total_bn_idr"] * 1e9 / persons if persons > 0 else np.nan
        row |= dict(zip(("extra_bn_idr", "extra_low", "extra_high"), ends, strict=True))
        row["costs"] = "" if arm == baseline else cost_flag(*ends, paired.baseline_mean.item())
        rows.append(row)
    return pd.DataFrame(rows)


def cost_flag(extra: float, low: float, high: float, base: float) -> str:
    """Return whether a scenario costs the same, more or less than the baseline, or unclear."""
    margin = SAME_COST_SHARE * abs(base)
    if low >= -margin and high <= margin:
        return "same"
    return {"higher": "more", "lower": "less", "same": "same"}.get(verdict(extra, low, high), "unclear")


def price_effects(study: Study, values: pd.DataFrame, baseline: Arm, level: float = LEVEL) -> pd.DataFrame:
    """Return a row for each arm and effect: how much of it is gained for how much more money, and the price of one.

    ``gain`` is positive where the scenario does better. ``idr_per_gain`` is rupiah a year for one person more, or for
    one point of exclusion error less; it stands only where both money and effect differ for certain and in the same
    direction, for otherwise one scenario is better at no price or there is nothing to buy.
    """
    import pandas as pd

    replicates = study.replicates
    names = [name for name in EFFECTS if name in values.columns]
    signs = np.array([EFFECTS[name] for name in names])
    base_cost = over_replicates(values[["total_bn_idr"]], baseline, replicates)
    base = over_replicates(values[names], baseline, replicates)
    rows = []
    for arm in (one for one in study.arms if one != baseline):
        extra = (over_replicates(values[["total_bn_idr"]], arm, replicates) - base_cost)[:, 0] * 1e9
        gains = (over_replicates(values[names], arm, replicates) - base) * signs
        rows += [
            {**arm_columns(study, arm), "effect": name, **_price(extra, gains[:, place], level)}
            for place, name in enumerate(names)
        ]
    return pd.DataFrame(rows)


def _price(extra: np.ndarray, gain: np.ndarray, level: float) -> dict[str, object]:
    known = np.isfinite(extra) & np.isfinite(gain)
    extra, gain = extra[known], gain[known]
    nothing = np.zeros((extra.size, 2))
    paired = pair(np.column_stack([extra, gain]), nothing, level)
    ends = np.column_stack([paired.difference, paired.low, paired.high])
    trade = trade_of(verdict(*ends[0]), verdict(*ends[1]))
    price = ratio(extra, gain, level) if trade in ("more for more", "less for less") else (np.nan,) * 3
    named = dict(zip(("gain", "gain_low", "gain_high"), ends[1].tolist(), strict=True))
    return named | {"trade": trade} | dict(zip(("idr_per_gain", "price_low", "price_high"), price, strict=True))


def trade_of(cost: str, gain: str) -> str:
    """Return in words what is traded, from the verdicts on cost and on gain."""
    if gain not in ("higher", "lower"):
        return "no certain effect"
    if cost not in ("higher", "lower"):
        return "better at no certain cost" if gain == "higher" else "worse at no certain saving"
    words = {
        ("higher", "higher"): "more for more",
        ("lower", "lower"): "less for less",
        ("lower", "higher"): "better and cheaper",
        ("higher", "lower"): "worse and dearer",
    }
    return words[cost, gain]


def ratio(above: np.ndarray, below: np.ndarray, level: float = LEVEL) -> tuple[float, float, float]:
    """Return the ratio of two means and its interval by Fieller's theorem.

    The interval is finite where that of the mean ``below`` does not hold zero at the same level.
    """
    count = above.size
    top, bottom = above.mean(), below.mean()
    (v11, v12), (_, v22) = np.cov(above, below) / count
    t = critical(np.array(count - 1), level)
    found, g = top / bottom, t**2 * v22 / bottom**2
    inside = v11 - 2 * found * v12 + found**2 * v22 - g * (v11 - v12**2 / v22 if v22 > 0 else 0.0)
    half = t / abs(bottom) * np.sqrt(max(inside, 0.0))
    middle = found - (g * v12 / v22 if v22 > 0 else 0.0)
    return float(found), float((middle - half) / (1 - g)), float((middle + half) / (1 - g))
