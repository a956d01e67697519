"""What every row of a survey must satisfy, declared with pandera; the first row that does not gets one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from simulation.errors import InputError
from simulation.microdata.layout import Layout
from simulation.parameters.declaration import show

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

PLAUSIBLE_IDR = (10_000.0, 100_000_000.0)
"""What a person may consume in a month; outside of it the units are wrong, or the row is."""

PLAUSIBLE_MEDIAN_IDR = (60_000.0, 20_000_000.0)
"""What the household in the middle may consume a head and month."""

WORDS = frozenset({"household", "hamlet", "region", "category", "arm_name"})
"""Roles whose cells are names; all others are numbers."""

_MAY_BE_EMPTY = frozenset({"arm_name", "arm", "selected", "community_rank", "self_assessed"})
"""Roles that an experiment or a question fills for some households only."""


_ITS_OWN = "a name of its own"


def roles_of(layout: Layout) -> tuple[tuple[str, str], ...]:
    """Return pairs of a role and the column that plays it, in the order in which faults are told."""
    single = ("household", "hamlet", "weight", "consumption", "size", "selected", "community_rank", "self_assessed")
    pairs = [(role, getattr(layout, role)) for role in single]
    if isinstance(layout.poverty_line, str):
        pairs.append(("poverty_line", layout.poverty_line))
    pairs += [("region", one) for one in layout.region] + [("member", one) for _, one in layout.members]
    pairs += [("predictor", one) for one in layout.predictors] + [("category", one) for one in layout.categories]
    if isinstance(layout.arm, str):
        pairs.append(("arm_name", layout.arm))
    else:
        pairs += [("arm", one) for _, one in layout.arm or ()]
    return tuple((role, column) for role, column in pairs if column)


def check_cells(table: pd.DataFrame, numbers: pd.DataFrame, layout: Layout, name: str) -> None:
    """Refuse empty cells (unless incomplete rows are left out), doubled households and words in place of numbers.

    ``table`` holds the cells as they stand in the file, ``numbers`` what they are as numbers, nan for what is none.
    """
    import pandera.pandas as pa

    strict = layout.incomplete_rows == "refuse"
    columns: dict[str, pa.Column] = {}
    for role, column in roles_of(layout):
        checks = [] if role in WORDS else [_is_number(numbers[column])]
        if role == "household":
            checks = [pa.Check(lambda names: ~names.duplicated(keep=False), error=_ITS_OWN)]
        empty = role in _MAY_BE_EMPTY or not strict
        known = columns.get(column)
        columns[column] = pa.Column(
            None,
            checks or (known.checks if known else []),
            nullable=empty and (known is None or known.nullable),
        )
    _validate(pa.DataFrameSchema(columns), table, layout, name)


def check_numbers(numbers: pd.DataFrame, layout: Layout, name: str) -> None:
    """Refuse numbers that their role does not allow: negative consumption, a family of no members, two arms at once."""
    import pandera.pandas as pa

    columns: dict[str, pa.Column] = {}
    for role, column in roles_of(layout):
        if role not in WORDS:
            checks = columns[column].checks if column in columns else [pa.Check(np.isfinite, error="a finite number")]
            columns[column] = pa.Column(None, [*checks, *_CHECKS.get(role, list)()], nullable=True)
    _validate(pa.DataFrameSchema(columns), numbers, layout, name)


def check_magnitudes(monthly: pd.Series, layout: Layout, households: pd.Series, name: str) -> None:
    """Refuse consumption that is out of all proportion in the units given, in a row or on the whole.

    ``monthly`` is consumption in rupiah a head and month.
    """
    import pandera.pandas as pa

    low, high = PLAUSIBLE_IDR
    schema = pa.SeriesSchema(None, pa.Check.in_range(low, high), name=layout.consumption, nullable=True)
    try:
        schema.validate(monthly, lazy=True)
    except pa.errors.SchemaErrors as errors:
        row = errors.failure_cases["index"].min()
        raise _out_of_proportion(monthly, row, PLAUSIBLE_IDR, layout, households, name, "") from None
    middle = monthly.sort_values().index[monthly.count() // 2]
    low, high = PLAUSIBLE_MEDIAN_IDR
    if not low <= monthly[middle] <= high:
        what = ", the household in the middle of the survey"
        raise _out_of_proportion(monthly, middle, PLAUSIBLE_MEDIAN_IDR, layout, households, name, what)


def place(name: str, row: int, household: object) -> str:
    """Say where in a survey something stands."""
    import pandas as pd

    return f"{name}, row {row}" + ("" if pd.isna(household) else f" (household {household})")


def _out_of_proportion(
    monthly: pd.Series, row: int, span: tuple[float, float], layout: Layout, households: pd.Series, name: str, what: str
) -> InputError:
    units = f"{layout.currency} a {layout.consumption_of} and {layout.consumption_period}"
    where = f"{place(name, row, households[row])}{what}"
    return InputError(
        f"{where}: {layout.consumption} means Rp {monthly[row]:,.0f} a head and month if its unit is {units}, but "
        f"Rp {span[0]:,.0f} to {span[1]:,.0f} is plausible; correct the row, or currency, consumption_of and "
        "consumption_period in [population.survey]."
    )


def _validate(schema: pa.DataFrameSchema, table: pd.DataFrame, layout: Layout, name: str) -> None:
    """Check a table; raise ``InputError`` for its first row that fails, and say how many more do."""
    import pandera.pandas as pa

    try:
        schema.validate(table, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
    else:
        return
    if cases["index"].isna().any():
        raise RuntimeError(f"{name}: {cases.iloc[0].to_dict()}")
    first = cases.sort_values("index", kind="stable").iloc[0]
    alike = cases[(cases["column"] == first["column"]) & (cases["check"] == first["check"])]
    more = alike["index"].nunique() - 1
    where = place(name, first["index"], table[layout.household].get(first["index"]))
    fault = _fault(first, table, layout)
    raise InputError(f"{where}: {fault}{f' (so in {more:,} more rows)' if more else ''}.")


def _fault(case: Mapping[str, object], table: pd.DataFrame, layout: Layout) -> str:
    """Say what is wrong with one cell."""
    column, check, value = case["column"], str(case["check"]), case["failure_case"]
    value = value.item() if isinstance(value, np.generic) else value
    if check == "not_nullable":
        remedy = "fill it in, or write incomplete_rows = 'leave_out' in [population.survey]"
        return f"{column} is empty; {remedy}"
    if check == _ITS_OWN:
        same = table.index[table[column] == value]
        others = [str(one) for one in same if one != case["index"]]
        return f"{column} {show(value)} stands in row {others[0]} too; every household needs {_ITS_OWN}"
    return f"{column} is {show(value)}, but it must be {check}"


def _is_number(numbers: pd.Series) -> pa.Check:
    import pandera.pandas as pa

    return pa.Check(lambda cells: numbers[cells.index].notna(), error="a number written with digits and a point")


def numbers_of(table: pd.DataFrame, layout: Layout) -> pd.DataFrame:
    """Return the same table with numbers in all columns that hold no names; what is no number is nan."""
    columns = {column for role, column in roles_of(layout) if role not in WORDS}
    return table.assign(**{column: _to_numbers(table[column]) for column in columns})


def _to_numbers(cells: pd.Series) -> pd.Series:
    """Read cells as numbers; true and false are 1 and 0."""
    import pandas as pd

    numbers = pd.to_numeric(cells, errors="coerce").astype(float)
    strange = numbers.isna() & cells.notna()
    if strange.any():
        numbers[strange] = cells[strange].astype(str).str.lower().map({"true": 1.0, "false": 0.0}).astype(float)
    return numbers


def _above_zero() -> list[pa.Check]:
    import pandera.pandas as pa

    return [pa.Check.gt(0, error="above 0")]


def _whole(low: int, high: int) -> list[pa.Check]:
    import pandera.pandas as pa

    words = f"a whole number from {low} to {high}"
    return [pa.Check(lambda cells: cells.between(low, high) & (cells == cells.round()), error=words)]


_CHECKS = {
    "weight": _above_zero,
    "consumption": _above_zero,
    "poverty_line": _above_zero,
    "size": partial(_whole, 1, 50),
    "member": partial(_whole, 0, 50),
    "selected": partial(_whole, 0, 1),
    "arm": partial(_whole, 0, 1),
}
