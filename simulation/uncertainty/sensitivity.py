"""From runs to tables: what each headline hangs on, and which part of its doubt is only assumed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from simulation.batches.batch import Batch
from simulation.errors import RunError
from simulation.uncertainty import designs
from simulation.uncertainty.designs import HEADLINES, Shaking, group_order, input_of
from simulation.uncertainty.indices import screen, variance_shares

if TYPE_CHECKING:
    import pandas as pd

MATTER = 10
"""So many inputs go on from the screening to Sobol' indices."""
_MOST_FAILED = 0.1

Runner = Callable[[Batch], Path]


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is run: trajectories of the screening, base samples of the indices, and of the two groups."""

    trajectories: int = 6
    samples: int = 64
    group_samples: int = 64
    index_scale: float = 0.1


@dataclass(frozen=True)
class Sensitivity:
    """What was found, as tables with a row for each measure and input, or measure and group.

    ``screening`` holds elementary effects of assumptions and levers, ``sobol`` the indices of the inputs that matter,
    ``assumed`` what part of each headline's variance comes from inputs that are only assumed.
    """

    screening: pd.DataFrame
    sobol: pd.DataFrame
    assumed: pd.DataFrame


def analyse(shaking: Shaking, effort: Effort, run: Runner) -> Sensitivity:
    """Run the batches one after the other and return the tables; ``run`` runs a batch and returns its folder."""
    import pandas as pd

    screens = [designs.screening(shaking, role, effort.trajectories) for role in ("assumption", "lever")]
    screening = pd.concat([screening_table(batch, run(batch)) for batch in screens], ignore_index=True)
    grades = designs.by_grade(shaking, effort.group_samples)
    assumed = assumed_table(grades, run(grades))
    fine = designs.sobol(_at(shaking, effort.index_scale), those_that_matter(screening), effort.samples)
    return Sensitivity(screening, sobol_table(fine, run(fine)), assumed)


def _at(shaking: Shaking, scale: float) -> Shaking:
    return Shaking(**(asdict(shaking) | {"scale": scale}))


def batches_of(shaking: Shaking, effort: Effort) -> list[Batch]:
    """Return all batches for an estimate; for the ten that matter the first ten stand in."""
    keys = designs.shaken("assumption")[:MATTER]
    return [
        *(designs.screening(shaking, role, effort.trajectories) for role in ("assumption", "lever")),
        designs.by_grade(shaking, effort.group_samples),
        designs.sobol(_at(shaking, effort.index_scale), keys, effort.samples),
    ]


def values_of(batch: Batch, folder: Path) -> Mapping[str, np.ndarray]:
    """Return for each headline its mean over the last year, shape (points, replicates); nan where a run failed."""
    from simulation.batches.reading import read_results

    frame = read_results(folder)
    shape = len(batch.design.points), batch.replicates
    means = frame.groupby(["point", "replicate"])[list(HEADLINES)].mean()
    if len(means) < (1 - _MOST_FAILED) * shape[0] * shape[1]:
        failed = shape[0] * shape[1] - len(means)
        raise RunError(f"{folder}: {failed} of {shape[0] * shape[1]} runs failed, too many to say what matters.")
    found = {name: np.full(shape, np.nan) for name in HEADLINES}
    for name in HEADLINES:
        found[name][means.index.get_level_values(0), means.index.get_level_values(1)] = means[name]
    return found


def screening_table(batch: Batch, folder: Path) -> pd.DataFrame:
    """Return a row for each headline and input of a screening."""
    units, values = designs.units_of(batch), values_of(batch, folder)
    return _rows(batch.design.keys, {name: asdict(screen(units, values[name])) for name in HEADLINES})


def sobol_table(batch: Batch, folder: Path) -> pd.DataFrame:
    """Return a row for each headline and input with its indices."""
    keys, values = batch.design.keys, values_of(batch, folder)
    return _rows(keys, {name: asdict(variance_shares(values[name], len(keys))) for name in HEADLINES})


def assumed_table(batch: Batch, folder: Path) -> pd.DataFrame:
    """Return for each headline the share of its variance that inputs graded only *assumed* make alone, and in all."""
    import pandas as pd

    groups, values = group_order(), values_of(batch, folder)
    rows = []
    for name in HEADLINES:
        found = asdict(variance_shares(values[name], len(groups)))
        place = groups.index("assumed")
        row = {key: value[place] if isinstance(value, np.ndarray) else value for key, value in found.items()}
        whole = row["luck"] + max(row["variance"], 0)
        rows.append({"measure": name, **row, "luck_share": row["luck"] / whole if whole > 0 else np.nan})
    return pd.DataFrame(rows)


def those_that_matter(screening: pd.DataFrame, count: int = MATTER) -> tuple[str, ...]:
    """Return the assumptions with the largest part of the squared effects, over all headlines, largest first."""
    ours = screening[screening["role"] == "assumption"]
    sizes = ours.groupby("input", sort=False)["share"].mean().sort_values(ascending=False, kind="stable")
    return tuple(sizes.index[:count])


def _rows(keys: Sequence[str], found: Mapping[str, Mapping[str, object]]) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for measure, numbers in found.items():
        for place, key in enumerate(keys):
            one = input_of(key)
            about = {"measure": measure, "input": key, "role": one.role, "grade": one.grade}
            about |= {"label_id": one.label.id, "label_en": one.label.en}
            here = {name: value[place] if isinstance(value, np.ndarray) else value for name, value in numbers.items()}
            rows.append(about | here)
    return pd.DataFrame(rows)
