"""Which inputs are shaken, how far, and the points at which the city is run."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.batches.batch import Batch
from simulation.batches.batch_file import load_batch
from simulation.batches.design import Design
from simulation.batches.ranges import Choice, Span, read_range, unit_points
from simulation.experiments.ending import YEAR
from simulation.parameters import PARAMETERS, Parameter

HEADLINES = (
    "poverty_headcount_before_transfers", "poverty_headcount", "poverty_gap", "exclusion_error", "leakage",
    "leakage_outside_deciles", "effective_exclusion_error", "paid_on_time_share", "value_received_share",
    "unredeemed_share", "visits_done_share", "transfers_paid_idr", "cost_idr",
)  # fmt: skip
"""The measures whose doubt is taken apart, each as the mean of the last year."""

GROUPS = ("assumed", "sourced")
"""Inputs that are only assumed, and those that were found, derived or recalled."""


@dataclass(frozen=True, slots=True)
class Shaking:
    """How the runs of an analysis are made: scenario, length, scale, seeds a point, and the seed of everything."""

    scenario: str = "baseline"
    months: int = 24
    scale: float = 0.05
    replicates: int = 2
    seed: int = 1


def shaken(role: str) -> tuple[str, ...]:
    """Return the full keys of all inputs of a role, ``"assumption"`` or ``"lever"``, that have a range to move in."""
    section = "policy" if role == "lever" else "assumptions"
    return tuple(
        f"{section}.{one.key}" for one in PARAMETERS.values() if one.role == role and one.plausible and _moves(one)
    )


def _moves(parameter: Parameter) -> bool:
    return parameter.kind != "events"


def input_of(key: str) -> Parameter:
    """Return the declaration of an input by its full key."""
    return PARAMETERS[key.partition(".")[2]]


def range_of(key: str) -> Span | Choice:
    """Return the plausible range of an input; a choice always has what the baseline does as its first value."""
    one = input_of(key)
    if one.kind in ("choice", "bool"):
        return Choice(tuple(dict.fromkeys((one.default, *one.plausible))))
    return read_range(key, "plausible", "plausible range")


def screening(shaking: Shaking, role: str, trajectories: int) -> Batch:
    """Return the batch of a Morris screening of all inputs of a role."""
    keys = shaken(role)
    options = {"samples": trajectories, "levels": 4, "seed": shaking.seed}
    return _batch(f"screen-{role}s", shaking, keys, unit_points("morris", len(keys), options), "morris", options)


def sobol(shaking: Shaking, keys: Sequence[str], samples: int) -> Batch:
    """Return the batch of a Sobol' analysis of a few inputs; all others stay as the scenario has them."""
    options = {"samples": samples, "seed": shaking.seed}
    return _batch("sobol", shaking, keys, unit_points("sobol", len(keys), options), "sobol", options)


def by_grade(shaking: Shaking, samples: int) -> Batch:
    """Return the batch that moves all assumptions at once, in two groups: only assumed, and with a source."""
    import SALib.sample.sobol

    keys = shaken("assumption")
    groups = [GROUPS[input_of(key).grade != "assumed"] for key in keys]
    problem = {"num_vars": len(keys), "names": list(keys), "bounds": [[0, 1]] * len(keys), "groups": groups}
    units = SALib.sample.sobol.sample(problem, samples, calc_second_order=False, seed=shaking.seed)
    return _batch("grades", shaking, keys, units, "sobol", {"samples": samples, "seed": shaking.seed})


def group_order() -> tuple[str, ...]:
    """Return the groups in the order in which SALib moves them: that of their first input."""
    return tuple(dict.fromkeys(GROUPS[input_of(key).grade != "assumed"] for key in shaken("assumption")))


def units_of(batch: Batch) -> np.ndarray:
    """Return the points of a screening on the unit cube."""
    return unit_points("morris", len(batch.design.keys), dict(batch.design.options))


def _batch(
    name: str, shaking: Shaking, keys: Sequence[str], units: np.ndarray, method: str, options: Mapping[str, object]
) -> Batch:
    frame = load_batch(
        {
            "title": {"id": f"Kepekaan: {name}", "en": f"Sensitivity: {name}"},
            "scenarios": [shaking.scenario],
            "replicates": shaking.replicates,
            "months": shaking.months,
            "scale": shaking.scale,
            "seed": shaking.seed,
            "measures": list(HEADLINES),
            "keep_months": list(range(max(shaking.months - YEAR, 0), shaking.months)),
            "keep_families": False,
        }
    )
    ranges = [range_of(key) for key in keys]
    points = tuple(tuple(one.at(share) for one, share in zip(ranges, row, strict=True)) for row in units.tolist())
    ends = tuple(one.ends() for one in ranges)
    design = Design(method, tuple(keys), points, tuple(options.items()), ends)
    return dataclasses.replace(frame, name=name, design=design)
