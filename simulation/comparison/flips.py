"""How many families a scenario reaches or loses against the baseline, in all, by group and by kelurahan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.comparison.differences import arm_columns
from simulation.comparison.families import FLIPS, GROUPS, flips
from simulation.comparison.study import Arm, Study
from simulation.experiments.paired import LEVEL, pair
from simulation.geography import kelurahan_names

if TYPE_CHECKING:
    import pandas as pd


def flip_tables(study: Study, baseline: Arm, level: float = LEVEL) -> dict[str, pd.DataFrame]:
    """Return the tables ``flips`` (with intervals), ``flips_by_group`` and ``flips_by_kelurahan``; none without families.

    Numbers are families of the whole city, means over the replicates in which both runs kept theirs.
    """
    import pandas as pd

    counted = {arm: _counts(study, arm, baseline) for arm in study.arms if arm != baseline}
    counted = {arm: counts / study.scale for arm, counts in counted.items() if len(counts)}
    if not counted:
        return {}
    totals, groups, places = [], [], []
    for arm, counts in counted.items():
        named = arm_columns(study, arm)
        totals.append({**named, "replicates": len(counts), **_total(counts.sum(axis=(2, 3)), level)})
        groups += _by(named, "group", tuple(GROUPS), counts.sum(axis=3).mean(axis=0))
        places += _by(named, "kelurahan", kelurahan_names(), counts.sum(axis=2).mean(axis=0))
    return {
        "flips": pd.DataFrame(totals),
        "flips_by_group": pd.DataFrame(groups),
        "flips_by_kelurahan": pd.DataFrame(places),
    }


def _counts(study: Study, arm: Arm, baseline: Arm) -> np.ndarray:
    """Return families by replicate, kind of flip, group and kelurahan."""
    found = []
    for replicate in sorted(study.frame["replicate"].unique()) if study.families else ():
        ours, theirs = (study.families(*one, int(replicate)) for one in (arm, baseline))
        if ours is not None and theirs is not None:
            found.append(_table(*flips(ours, theirs)))
    return np.array(found)


def _table(sides: dict[str, np.ndarray], kelurahan: np.ndarray, group: np.ndarray) -> np.ndarray:
    shape = len(GROUPS), len(kelurahan_names())
    cell = group.astype(np.int64) * shape[1] + kelurahan
    return np.array([np.bincount(cell[sides[kind]], minlength=shape[0] * shape[1]).reshape(shape) for kind in FLIPS])


def _total(counts: np.ndarray, level: float) -> dict[str, float]:
    paired = pair(counts, np.zeros_like(counts), level)
    columns = {}
    for place, kind in enumerate(FLIPS):
        ends = (paired.difference, paired.low, paired.high)
        columns |= {f"{kind}{end}": one[place].item() for end, one in zip(("", "_low", "_high"), ends, strict=True)}
    return columns


def _by(named: dict, key: str, names: tuple[str, ...], counts: np.ndarray) -> list[dict]:
    rows = zip(names, counts.T.tolist(), strict=True)
    return [{**named, key: name, **dict(zip(FLIPS, values, strict=True))} for name, values in rows]
