"""Whether the predictions in the headers of the scenarios hold, each against the scenario that it extends."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from simulation.comparison.differences import compare_arms, end_values
from simulation.comparison.study import Arm, Study
from simulation.experiments.paired import LEVEL
from simulation.scenario import list_scenarios

if TYPE_CHECKING:
    import pandas as pd

_EXPECTED = {"+": "higher", "-": "lower"}


def expectation_table(study: Study, last: int | None = None, level: float = LEVEL) -> pd.DataFrame:
    """Return a row for each prediction that the results can check: what was expected, what came out, whether it holds.

    A scenario is held against the one that it extends, at the same point of the sweep, where both were run.
    """
    import pandas as pd

    rows = []
    for ours, theirs, measures in _pairs(study):
        names = list(measures)
        table = compare_arms(study, end_values(study, names, last), theirs, level)
        found = table[(table["scenario"] == ours[0]) & (table["point"] == ours[1])].set_index("measure")
        rows += [
            {
                "scenario": ours[0], "point": ours[1], "against": theirs[0],
                "measure": name, "expected": measures[name],
                **found.loc[name, ["difference", "low", "high", "verdict"]].to_dict(),
                "holds": judge(measures[name], found.loc[name, "verdict"], known=math.isfinite(found.loc[name, "low"])),
            }
            for name in names
        ]  # fmt: skip
    return pd.DataFrame(rows)


def judge(expected: str, verdict: str, *, known: bool = True) -> str:
    """Return whether a prediction holds, from its sign and what the interval says: ``yes``, ``no`` or ``unclear``.

    Without an interval (``known`` false) nothing is settled.
    """
    if not known:
        return "unclear"
    if expected == "0":
        return "yes" if verdict in ("same", "unclear") else "no"
    if verdict == "unclear":
        return "unclear"
    return "yes" if verdict == _EXPECTED[expected] else "no"


def _pairs(study: Study) -> Iterator[tuple[Arm, Arm, dict[str, str]]]:
    arms, kept = set(study.arms), set(study.measures)
    for scenario, point in study.arms:
        plan = study.plans.get(scenario)
        expects = {one.measure: one.sign for one in plan.expects if one.measure in kept} if plan else {}
        parent = (_parents().get(scenario), point)
        if expects and parent in arms:
            yield (scenario, point), parent, expects


@cache
def _parents() -> dict[str, str | None]:
    """Return for each scenario of the library the one that it extends."""
    return {one.name: one.extends for one in list_scenarios()}
