"""Reading a survey: a file and a layout in, checked arrays out, or one sentence with the row that is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from simulation.errors import InputError
from simulation.microdata.checks import check_cells, check_magnitudes, check_numbers, numbers_of, place, roles_of
from simulation.microdata.files import read_content, read_table
from simulation.microdata.layout import Layout
from simulation.microdata.survey import NOTHING_KNOWN, Survey
from simulation.parameters.declaration import show

if TYPE_CHECKING:
    import pandas as pd

FEWEST_HOUSEHOLDS, FEWEST_HAMLETS, MOST_LEVELS = 100, 5, 100


def read_survey(path: str | Path, layout: Layout, name: str | None = None) -> Survey:
    """Read and check a survey.

    Parameters
    ----------
    path : a CSV or Parquet file. layout : what its columns mean. name : what to call it in messages, by default its
        path.

    Raises
    ------
    InputError : one sentence with the row, where something is missing, unknown, doubled or out of all proportion.
    """
    name = name or str(path)
    return survey_of(read_content(path, name), layout, name)


def survey_of(content: bytes, layout: Layout, name: str) -> Survey:
    """Return the survey in the content of a file; see ``read_survey``."""
    table = read_table(content, name, layout.named())
    numbers = numbers_of(table, layout)
    check_cells(table, numbers, layout, name)
    check_numbers(numbers, layout, name)
    monthly = numbers[layout.consumption] * layout.to_month()
    if layout.consumption_of == "family":
        monthly = (monthly / numbers[layout.size]).rename(layout.consumption)
    check_magnitudes(monthly, layout, table[layout.household], name)
    _check_members(numbers, layout, name)
    return _arrays(table, numbers, monthly, layout, name)


def _columns_of(layout: Layout, roles: set[str]) -> list[str]:
    """Return the columns that play one of the roles, each once."""
    return list(dict.fromkeys(column for role, column in roles_of(layout) if role in roles))


def _check_members(numbers: pd.DataFrame, layout: Layout, name: str) -> None:
    """Refuse families of children only, and households that stand in two arms."""
    if layout.members:
        counted = numbers[[column for _, column in layout.members]].sum(axis=1)
        children = numbers[[column for group, column in layout.members if group != "elderly"]].sum(axis=1)
        size = numbers[layout.size]
        for row in numbers.index[(counted > size) | (children >= size)][:1]:
            raise InputError(
                f"{place(name, row, numbers[layout.household][row])}: {counted[row]:g} members are counted by group in "
                f"a family of {size[row]:g}, where at least one must be grown up."
            )
    if layout.arm and not isinstance(layout.arm, str):
        times = numbers[[column for _, column in layout.arm]].sum(axis=1)
        for row in numbers.index[times > 1][:1]:
            raise InputError(f"{place(name, row, numbers[layout.household][row])}: the household stands in two arms.")


def _arrays(table: pd.DataFrame, numbers: pd.DataFrame, monthly: pd.Series, layout: Layout, name: str) -> Survey:
    """Return the rows that are of use as arrays."""
    line = numbers[layout.poverty_line] if isinstance(layout.poverty_line, str) else layout.poverty_line
    lines = monthly / (line * layout.unit_idr())
    kept = lines.notna() & table[_columns_of(layout, {"household", "hamlet", "weight"})].notna().all(axis=1)
    known = table[_columns_of(layout, {"size", "member", "predictor", "category", "region"})].notna()[kept]
    left_out = {NOTHING_KNOWN: (~kept).sum()} | {f"no {column}": (~cells).sum() for column, cells in known.items()}
    complete = known.all(axis=1)
    table, numbers = table[kept], numbers[kept]
    _check_enough(table[complete], layout, name)
    predictors, names = _predictors(table, numbers, layout, name)
    arms, arm = _arms(table, numbers, layout, name)
    return Survey(
        name=name,
        household=table[layout.household].to_numpy(str),
        hamlet=_codes(table[[layout.hamlet]]),
        region=_codes(table[list(layout.region)]) if layout.region else np.zeros(len(table), np.int64),
        weight=numbers[layout.weight].to_numpy(float) if layout.weight else np.ones(len(table)),
        consumption_idr=monthly[kept].to_numpy(float),
        lines=lines[kept].to_numpy(float),
        size=numbers[layout.size].to_numpy(float),
        predictors=predictors,
        predictor_names=names,
        members={group: numbers[column].to_numpy(float) for group, column in layout.members},
        complete=complete.to_numpy(bool),
        left_out={reason: int(count) for reason, count in left_out.items() if count},
        arms=arms,
        arm=arm,
        **{
            role: numbers[getattr(layout, role)].to_numpy(float) if getattr(layout, role) else None
            for role in ("selected", "community_rank", "self_assessed")
        },
    )


def _check_enough(complete: pd.DataFrame, layout: Layout, name: str) -> None:
    households, hamlets = len(complete), complete[layout.hamlet].nunique()
    fewest = max(FEWEST_HOUSEHOLDS, 3 * (len(layout.predictors) + len(layout.categories)))
    if households < fewest or hamlets < FEWEST_HAMLETS:
        raise InputError(
            f"{name}: {households:,} complete households in {hamlets:,} hamlets are too few; a score needs at least "
            f"{fewest:,} in {FEWEST_HAMLETS}."
        )


def _codes(names: pd.DataFrame) -> np.ndarray:
    """Number the distinct rows of names from 0 in their order; an empty cell counts as a name."""
    return names.fillna("").astype(str).groupby(list(names.columns)).ngroup().to_numpy(np.int64)


def _predictors(
    table: pd.DataFrame, numbers: pd.DataFrame, layout: Layout, name: str
) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return the columns of the regression: predictors, and a column for each level of a category but its first."""
    columns = {one: numbers[one].to_numpy(float) for one in layout.predictors}
    for one in layout.categories:
        levels = sorted(table[one].dropna().astype(str).unique())
        if len(levels) > MOST_LEVELS:
            raise InputError(
                f"{name}: the category {one} has {len(levels):,} levels, but at most {MOST_LEVELS} can be told apart; "
                "group them."
            )
        for level in levels[1:]:
            columns[f"{one}={level}"] = (table[one].astype(str) == level).to_numpy(float)
    return np.column_stack(list(columns.values())), tuple(columns)


def _arms(
    table: pd.DataFrame, numbers: pd.DataFrame, layout: Layout, name: str
) -> tuple[tuple[str, ...], np.ndarray | None]:
    """Return the names of the arms, and each household's arm as a number; -1 is none."""
    if not layout.arm:
        return (), None
    if isinstance(layout.arm, str):
        cells = table[layout.arm]
        names = tuple(dict.fromkeys(cells.dropna().astype(str)))
        member = cells.astype(str).to_numpy()[:, None] == np.array(names)
    else:
        names = tuple(arm for arm, _ in layout.arm)
        member = numbers[[column for _, column in layout.arm]].to_numpy(float) == 1
    member &= numbers[layout.selected].notna().to_numpy()[:, None]
    empty = [arm for arm, members in zip(names, member.T, strict=True) if not members.any()]
    if empty or not names:
        arm = f"the arm {show(empty[0])}" if empty else "an arm"
        raise InputError(
            f"{name}: no household with a known {layout.selected} stands in {arm}; correct arm or selected."
        )
    return names, np.where(member.any(axis=1), member.argmax(axis=1), -1)
