"""A comparison on the screen: differences, costs, families that flip, predictions; and the same as plain data."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from simulation.comparison.compare import Comparison
from simulation.comparison.cost import EFFECTS
from simulation.comparison.flips import MOST_ARMS
from simulation.comparison.words import ComparisonWords, Look, decimals_for, look_of
from simulation.experiments.doubt import MEANING, doubt_in_words

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Group
    from rich.table import Table

VERDICT = {"higher": "higher", "lower": "lower", "same": "same in every run", "unclear": "not certain", "": ""}
GAIN = {
    "reached_persons": "poor persons reached in full and on time, more",
    "exclusion_points": "points of exclusion error, less",
    "poor_after_persons": "persons poor after assistance, fewer",
}
CAUTION = (
    "Intervals ({level:.0%}) are for the mean over replicates, from Student's t; {missing:.0%} of them miss the truth "
    "by chance, and the model's own assumptions are not in them."
)
DRAWN = (
    "Intervals ({level:.0%}) are for the mean over replicates, from Student's t; {missing:.0%} of them miss the truth "
    "by chance. Every replicate drew its own assumptions from the ensemble, the same in all scenarios."
)
_BANDS = (("low", "high"), ("luck_low", "luck_high"))


def show_comparison(comparison: Comparison) -> Group:
    """Return a comparison for a terminal."""
    from rich.console import Group
    from rich.text import Text

    words = ComparisonWords(comparison, "en")
    parts: list[Table | Text] = [Text(_introduction(comparison, words)), _differences(comparison, words)]
    if not comparison.costs.empty:
        parts.append(_costs(comparison, words))
    if len(comparison.effects):
        parts.append(_effects(comparison, words))
    if "flips" in comparison.families:
        parts.append(_flips(comparison, words))
    if comparison.spread is not None:
        parts.append(_spread(comparison, words))
    if len(comparison.expectations):
        parts.append(_expectations(comparison, words))
    return Group(*parts, Text("\n".join(_closing(comparison))))


def comparison_data(comparison: Comparison) -> dict[str, object]:
    """Return a comparison as plain data, ready for JSON; what does not exist is None."""
    study = comparison.study
    about = {
        "baseline": study.label(comparison.baseline),
        "scenarios": [study.label(arm) for arm in study.arms],
        "replicates": len(study.replicates),
        "seeds": study.seeds,
        "months": study.months[-1] + 1,
        "scale": study.scale,
        "averaged_months": comparison.averaged,
        "level": comparison.level,
        "interval": "paired, Student's t over replicates",
        "origin": dict(study.origin),
    }
    return about | {name: _records(table) for name, table in comparison.tables.items()}


def _records(table: pd.DataFrame) -> list[dict[str, object]]:
    return [{key: _plain(value) for key, value in row.items()} for row in table.to_dict("records")]


def _plain(value: object) -> object:
    value = value.item() if hasattr(value, "item") else value
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _introduction(comparison: Comparison, words: ComparisonWords) -> str:
    study = comparison.study
    scale = "" if study.scale == 1 else f", scale {study.scale:g}"
    count = len(study.replicates)
    runs = f"{count} replicate{'' if count == 1 else 's'} on the same luck"
    return (
        f"Baseline: {study.label(comparison.baseline)}. {words.span(study.dates)} "
        f"({study.months[-1] + 1} months), {runs}{scale}.\n"
    )


def _closing(comparison: Comparison) -> Iterator[str]:
    study = comparison.study
    span = comparison.averaged
    yield (
        f"Shares and flows are means of the last {f'{span} months' if span > 1 else 'month'}, stocks those of the last "
        "month. r is the correlation that common luck achieved; runs saved are those that independent luck would "
        "have needed on top for the same interval."
    )
    if len(study.replicates) == 1:
        yield "One replicate has no interval; run more of them."
    if study.scale != 1 and not comparison.costs.empty:
        yield "Costs, effects and families are scaled up to the whole city; measures are of the part that was run."
    if study.families is not None and len(study.arms) > MOST_ARMS:
        yield f"Families are left out, because there are more than {MOST_ARMS} scenarios and points."
    if not study.has_every_month:
        yield "Costs are left out, because the results do not hold every month."
    if any(map(doubt_in_words, comparison.measures)):
        yield f"Only assumed is {MEANING.en}. It is about levels; differences on the same luck are surer."
    caution = DRAWN if comparison.spread is not None else CAUTION
    yield caution.format(level=comparison.level, missing=1 - comparison.level)


def _spread(comparison: Comparison, words: ComparisonWords) -> Table:
    """Return the bands of the runs: with assumptions drawn, by luck alone, and how much each of both does."""
    from rich.markup import escape

    from simulation.measures import MEASURES

    table = _table(("90 % of runs", "luck and assumptions", "luck alone", "sd of luck", "sd of assumptions"))
    for name, rows in comparison.spread.groupby("measure", sort=False):
        look = look_of(MEASURES[name])
        decimals = decimals_for((rows["high"] - rows["low"]) / 2 * look.factor)
        table.add_row(f"[bold]{escape(MEASURES[name].label.en)}[/bold] ({escape(look.unit.en)})")
        for row in rows.to_dict("records"):
            label = f"  {comparison.study.label((row['scenario'], row['point']))}"
            label += ", difference" if row["kind"] == "difference" else ""
            shown = {key: row[key] * look.factor for key in ("low", "high", "luck_low", "luck_high")}
            deviations = [words.number(row[key] * look.factor, decimals) for key in ("luck_sd", "inputs_sd")]
            bands = [f"{words.number(shown[a], decimals)} to {words.number(shown[b], decimals)}" for a, b in _BANDS]
            table.add_row(escape(label), *bands, *deviations)
    return table


def _differences(comparison: Comparison, words: ComparisonWords) -> Table:
    from rich.markup import escape

    from simulation.measures import MEASURES

    table = _table(("", "mean", "difference", f"{comparison.level:.0%} interval", "", "r", "runs saved"))
    for name in comparison.measures:
        measure, rows = MEASURES[name], comparison.table[comparison.table["measure"] == name]
        look = look_of(measure)
        decimals = decimals_for((rows["high"] - rows["low"]) / 2 * look.factor)
        doubt = doubt_in_words(name)
        assumed = f", only assumed {doubt}" if doubt else ""
        table.add_row(f"[bold]{escape(measure.label.en)}[/bold] ({escape(look.unit.en)}){assumed}")
        for row in rows.to_dict("records"):
            table.add_row(*map(escape, _difference(row, comparison, words, look, decimals)))
    return table


def _difference(
    row: dict, comparison: Comparison, words: ComparisonWords, look: Look, decimals: int
) -> tuple[str, ...]:
    label = f"  {comparison.study.label((row['scenario'], row['point']))}"
    mean = words.number(row["mean"] * look.factor, decimals)
    if not row["verdict"]:
        return label, mean, "", "", "", "", ""
    difference, low, high = (row[end] * look.factor for end in ("difference", "low", "high"))
    correlation = words.number(row["correlation"], 2) if math.isfinite(row["correlation"]) else ""
    told = VERDICT[row["verdict"]] if math.isfinite(low) else ""
    return (
        label, mean, _signed(words, difference, decimals), _between(words, low, high, decimals), told, correlation,
        _saved(row["runs_saved"]),
    )  # fmt: skip


def _saved(runs: float) -> str:
    if math.isnan(runs):
        return ""
    return f"{max(round(runs), 0):,}" if runs < 9_999.5 else "over 9,999"


def _signed(words: ComparisonWords, value: float, decimals: int) -> str:
    return words.signed(value, decimals) if math.isfinite(value) else ""


def _between(words: ComparisonWords, low: float, high: float, decimals: int) -> str:
    return f"{words.signed(low, decimals)} to {words.signed(high, decimals)}" if math.isfinite(low) else ""


def _costs(comparison: Comparison, words: ComparisonWords) -> Table:
    header = (
        "Cost of a year (Rp bn)", "total", "transfers", "operations", "against baseline", "interval", "",
        "Rp m a poor person reached", "Rp m a person lifted",
    )  # fmt: skip
    rows = []
    for row in comparison.costs.to_dict("records"):
        parts = [words.number(row.get(f"{part}_bn_idr", math.nan), 2) for part in ("total", "transfers", "operations")]
        extra = ["", "", ""]
        if row["costs"]:
            ends = [row["extra_low"], row["extra_high"]]
            extra = [_signed(words, row["extra_bn_idr"], 2), _between(words, *ends, 2), _cost_words(row)]
        ratios = [words.number(row[f"idr_per_{who}_person"] / 1e6, 2) for who in ("reached", "lifted")]
        rows.append((f"  {_label(comparison, row)}", *parts, *extra, *ratios))
    return _table(header, rows)


def _cost_words(row: dict) -> str:
    if not math.isfinite(row["extra_low"]):
        return ""
    words = {"same": "the same", "more": "NOT the same: more", "less": "NOT the same: less", "unclear": "not certain"}
    return words[row["costs"]]


def _effects(comparison: Comparison, words: ComparisonWords) -> Table:
    rows, effects = [], comparison.effects
    for effect in EFFECTS:
        chosen = effects[effects["effect"] == effect].to_dict("records")
        if chosen:
            rows.append((f"[bold]{GAIN[effect]}[/bold]",))
            decimals = decimals_for([(row["gain_high"] - row["gain_low"]) / 2 for row in chosen])
            rows += [_effect(row, comparison, words, decimals) for row in chosen]
    return _table(("What it buys", "gain", "interval", "", "Rp m a year for one", "interval"), rows, markup=True)


def _effect(row: dict, comparison: Comparison, words: ComparisonWords, decimals: int) -> tuple[str, ...]:
    from rich.markup import escape

    gain = _signed(words, row["gain"], decimals), _between(words, row["gain_low"], row["gain_high"], decimals)
    price = ["", ""]
    if math.isfinite(row["idr_per_gain"]):
        ends = [words.number(row[end] / 1e6, 1) for end in ("price_low", "price_high")]
        price = [words.number(row["idr_per_gain"] / 1e6, 1), " to ".join(ends)]
    return f"  {escape(_label(comparison, row))}", *gain, row["trade"], *price


def _flips(comparison: Comparison, words: ComparisonWords) -> Table:
    header = "Poor families after the last month", "newly reached", "newly lost", "newly enrolled", "no longer enrolled"
    rows = [
        (f"  {_label(comparison, row)}", *(words.number(row[kind]) for kind in (
            "newly_reached", "newly_lost", "newly_enrolled", "no_longer_enrolled"
        )))
        for row in comparison.families["flips"].to_dict("records")
    ]  # fmt: skip
    return _table(header, rows)


def _expectations(comparison: Comparison, words: ComparisonWords) -> Table:
    from simulation.measures import MEASURES

    signs = {"+": "higher", "-": "lower", "0": "no difference"}
    holds = {"yes": "holds", "no": "DOES NOT HOLD", "unclear": "not certain"}
    rows = [
        (
            f"  {_label(comparison, row)}", row["against"], MEASURES[row["measure"]].label.en, signs[row["expected"]],
            VERDICT[row["verdict"]], holds[row["holds"]],
        )
        for row in comparison.expectations.to_dict("records")
    ]  # fmt: skip
    return _table(("What the authors expected", "against", "measure", "expected", "found", ""), rows)


def _label(comparison: Comparison, row: dict) -> str:
    return comparison.study.label((row["scenario"], row["point"]))


def _table(header: Sequence[str], rows: Iterable[Sequence[str]] = (), *, markup: bool = False) -> Table:
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for number, name in enumerate(header):
        table.add_column(name, justify="left" if number == 0 or not name else "right", no_wrap=number == 0)
    for row in rows:
        table.add_row(*(row if markup else map(escape, row)))
    return table
