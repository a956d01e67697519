"""Saying what will be found before it is published: the ensemble run forward, and the page that holds it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.batches.batch import Batch, Kept
from simulation.clock import Month
from simulation.ensembles import Ensemble
from simulation.errors import InputError
from simulation.experiments.record import code_revision
from simulation.measures import MEASURES
from simulation.parameters import Text
from simulation.plan import Plan

if TYPE_CHECKING:
    import pandas as pd

FIRST, LAST, EVERY = Month.parse("2024-03"), Month.parse("2027-09"), 6
"""Each March and September, when poverty is surveyed and a list is drawn."""

GROUPS = {
    "Poverty": ("poverty_headcount", "poverty_gap", "poverty_severity"),
    "Exclusion": ("exclusion_error", "effective_exclusion_error", "leakage_outside_deciles", "enrolled_families"),
    "Payment": ("paid_on_time_share", "unredeemed_share", "value_received_share"),
    "Registry": ("listed_share", "unlisted_poor_share", "unmatchable_share", "record_age_months", "proposal_queue"),
}
"""What is forecast, by heading."""

_SHARES = (0.05, 0.5, 0.95)


def forecast_batch(plan: Plan, ensemble: Ensemble, replicates: int, seed: int) -> Batch:
    """Return the batch of a forecast: every replicate has its own assumptions and its own luck."""
    months = tuple(range(FIRST.minus(plan.start), LAST.minus(plan.start) + 1, EVERY))
    if months[0] < 0:
        raise InputError(f"{plan.name}: the run starts in {plan.start}, but a forecast begins in {FIRST}.")
    kept = Kept(tuple(name for name in MEASURES if name in _measures()), months, families=False)
    return Batch(
        name="forecast",
        title=Text("Prakiraan", "Forecast"),
        plans=(plan.with_(months=months[-1] + 1),),
        baseline=plan.name,
        root_seed=seed,
        replicates=replicates,
        kept=kept,
        ensemble=ensemble,
    )


def _measures() -> list[str]:
    return [name for names in GROUPS.values() for name in names]


def forecast_table(frame: pd.DataFrame, scale: float) -> pd.DataFrame:
    """Return a row for each measure and month: median, and where 90 % of runs lie; counts are of the whole city."""
    import pandas as pd

    tables = []
    for name in _measures():
        values = frame[name] / (scale if MEASURES[name].unit == "families" else 1)
        found = values.groupby(frame["date"]).quantile(list(_SHARES)).unstack()
        found.columns = ["low", "median", "high"]
        tables.append(found.reset_index().assign(measure=name))
    return pd.concat(tables, ignore_index=True)[["measure", "date", "median", "low", "high"]]


def forecast_page(table: pd.DataFrame, batch: Batch) -> str:
    """Return the page in Markdown."""
    return "\n".join(_lines(table, batch)) + "\n"


def _lines(table: pd.DataFrame, batch: Batch) -> Iterator[str]:
    yield "# What the model expects, before it is published\n"
    yield from _provenance(batch)
    for heading, names in GROUPS.items():
        yield f"\n## {heading}"
        for name in names:
            yield from _measure(name, table[table["measure"] == name])


def _provenance(batch: Batch) -> Iterator[str]:
    ensemble, plan, code = batch.ensemble, batch.plans[0], code_revision() or {}
    revision = f"{code.get('revision', 'unknown')}{' (changed since)' if code.get('dirty') else ''}"
    yield (
        "This page is written by `salur forecast` and not by hand. Each number is a median over runs; beside it stands "
        "where 90 % of single runs lie: every run has assumptions of its own, from the ensemble, and luck of its own. "
        "The intervals hold what those assumptions leave open. They do not hold reforms that nobody has announced, nor "
        "what is wrong with the model itself.\n"
    )
    yield f"- scenario `{plan.name}`, from {plan.start}, scale {plan.scale:g}, {batch.replicates} runs"
    yield (
        f"- ensemble `{ensemble.fingerprint[:12]}`: {len(ensemble.draws)} sets of {len(ensemble.keys)} assumptions, "
        f"worth {ensemble.effective_size:.0f}"
    )
    fitted = ", ".join(f"`{name}`" for name in ensemble.about.get("fitted_to", {}))
    yield f"- fitted to {fitted or 'what is unknown'} ([evidence.md](evidence.md)); these are no forecasts"
    yield f"- code {revision}"


def _measure(name: str, rows: pd.DataFrame) -> Iterator[str]:
    measure = MEASURES[name]
    share = measure.kind == "share" and measure.unit.startswith(("share", "index"))
    factor, decimals = (100.0, 2) if share else (1.0, 0 if measure.unit == "families" else 1)
    unit = _unit(measure.unit) if share else measure.unit
    yield f"\n**{measure.label.en}** ({unit}), `{name}`\n"
    yield "| month | median | 90 % of runs |\n|---|---|---|"
    for row in rows.to_dict("records"):
        low, middle, high = (f"{row[end] * factor:,.{decimals}f}" for end in ("low", "median", "high"))
        yield f"| {row['date']:%Y-%m} | {middle} | {low} to {high} |"


def _unit(unit: str) -> str:
    return unit.replace("share", "%", 1) if unit.startswith("share") else f"{unit} x 100"


def write_page(path: Path, text: str) -> None:
    """Write the page as a whole."""
    from simulation.batches.files import write_text

    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, text)
