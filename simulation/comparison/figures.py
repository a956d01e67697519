"""Figures of a comparison: the course of a measure in every scenario, the differences, and what they cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from simulation.analysis import style
from simulation.analysis.reach import CHANGES_NOTE
from simulation.analysis.style import Panel, Sheet
from simulation.comparison.compare import Comparison
from simulation.comparison.differences import monthly
from simulation.comparison.study import Arm
from simulation.comparison.words import ComparisonWords, Look, decimals_for, look_of
from simulation.errors import InputError
from simulation.measures import MEASURES
from simulation.parameters import Text

MOST_LINES = 9
"""So many scenarios can be told apart as lines."""

PANELS = 4
"""So many measures stand on the sheet of differences."""

_COLOURS = (style.BLUE, style.RED, style.GREEN, style.PURPLE, style.OCHRE, style.SKY, style.AMBER, style.DOTS)
_DASHES = ("-", "--", (0, (4, 1, 1, 1)), (0, (1, 1.2)), "-", "--", (0, (4, 1, 1, 1)), (0, (1, 1.2)))

_ENDS = ("difference", "low", "high")

_COURSE_TITLE = Text("{label} menurut skenario", "{label} by scenario")
_APART = Text("Selisih dengan: {}", "Difference from: {}")
_BANDS = Text(
    "Pita: selang kepercayaan {level} dari rata-rata ulangan. Selisih dihitung berpasangan, benih demi benih.",
    "Bands: {level} confidence intervals of the mean over replicates. Differences are paired, seed by seed.",
)
_KEY = Text("Skenario, dan selisihnya {window}", "Scenarios, and their difference, {window}")
_FOREST_NOTE = Text(
    "Titik: selisih rata-rata; garis: selang kepercayaan {level}. Kelabu: selang memuat nol, jadi belum pasti.",
    "Dot: mean difference; line: {level} confidence interval. Grey: the interval holds zero, so it is not certain.",
)
_COST_TITLE = Text("Biaya dan hasil, dibandingkan dengan: {baseline}", "Cost and effect, compared with: {baseline}")
_COST_PANELS = {
    "extra": Text("Tambahan biaya (miliar rupiah setahun)", "Extra cost (billion rupiah a year)"),
    "reached_persons": Text(
        "Penduduk miskin yang menerima penuh dan tepat waktu (tambahan orang)",
        "Poor persons reached in full and on time (more persons)",
    ),
    "exclusion_points": Text(
        "Kesalahan eksklusi (penurunan, poin persen)", "Exclusion error (fall, percentage points)"
    ),
    "poor_after_persons": Text(
        "Penduduk miskin sesudah bantuan (penurunan, orang)", "Persons poor after assistance (fewer persons)"
    ),
}
_COST_NOTE = Text(
    "Rata-rata seluruh bulan, untuk seluruh kota. Biaya: bantuan, pemberdayaan, dan operasional.",
    "Means over all months, for the whole city. Cost: assistance, empowerment and operations.",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One scenario in a forest: its title, the mean difference and the ends of its interval."""

    title: str
    value: float
    low: float
    high: float


def draw_course(comparison: Comparison, measure: str, language: str = "id") -> Sheet:
    """Draw a measure month by month in every scenario, and below it the paired differences from the baseline."""
    study = comparison.study
    if len(study.arms) > MOST_LINES:
        raise InputError(
            f"{len(study.arms)} scenarios are too many lines for one figure, which holds {MOST_LINES}; "
            "compare fewer of them."
        )
    with style.drawing():
        words = ComparisonWords(comparison, language)
        look, table = look_of(MEASURES[measure]), monthly(study, measure, comparison.baseline, comparison.level)
        arms, panels = _ordered(comparison), _course_panels(comparison, words, measure, look)
        notes = [words.say(_BANDS, level=words.percent(comparison.level))]
        notes += [words.say(CHANGES_NOTE)] if style.changes_of_policy(words, len(study.months)) else []
        numbers = {"": _dated(table, comparison)}
        title = words.say(_COURSE_TITLE, label=words.say(MEASURES[measure].label))
        sheet = Sheet(words, title, study.dates, panels, notes, numbers)
        _draw_lines(sheet.axes[0], words, table, arms, ("mean", "mean_low", "mean_high"), look)
        _draw_lines(sheet.axes[1], words, table, arms, _ENDS, look)
        _draw_key(sheet.axes[2], words, comparison, measure, arms, look)
        return sheet


def _course_panels(comparison: Comparison, words: ComparisonWords, measure: str, look: Look) -> list[Panel]:
    """Return the places for levels, differences and key."""
    label, baseline = words.say(MEASURES[measure].label), words.title_of(comparison.baseline)
    span = 1 if MEASURES[measure].kind == "stock" else comparison.averaged
    return [
        Panel(_with_unit(label, words.say(look.unit)), 2.6, right=0.3, below=0.6),
        Panel(_with_unit(words.say(_APART, baseline), words.say(look.apart)), 2.2, right=0.3, below=0.6),
        Panel(words.say(_KEY, window=words.recent(span)), 0.55 * len(comparison.study.arms), right=0.3, below=0.1),
    ]


def _with_unit(heading: str, unit: str) -> str:
    return f"{heading} ({unit})" if unit else heading


def draw_differences(comparison: Comparison, language: str = "id", measures: Sequence[str] | None = None) -> Sheet:
    """Draw the paired difference of every scenario from the baseline in a few measures, each with its interval."""
    with style.drawing():
        words = ComparisonWords(comparison, language)
        names = list(measures or comparison.measures[:PANELS])
        blocks = []
        for name in names:
            look, label = look_of(MEASURES[name]), words.say(MEASURES[name].label)
            heading = _with_unit(label, words.say(look.apart))
            found = comparison.table[comparison.table["measure"] == name]
            blocks.append((heading, _rows(words, found, _ordered(comparison)[1:], _ENDS, look.factor)))
        table = comparison.table[comparison.table["measure"].isin(names)]
        title = words.say(_APART, words.title_of(comparison.baseline))
        notes = [words.say(_FOREST_NOTE, level=words.percent(comparison.level))]
        return _forest(words, title, comparison, blocks, notes, {"": table})


def draw_costs(comparison: Comparison, language: str = "id") -> Sheet:
    """Draw what every scenario costs more than the baseline, and what it gains."""
    if comparison.costs.empty:
        raise InputError("the results cannot tell what scenarios cost; keep all months and the measure cost_idr.")
    with style.drawing():
        words = ComparisonWords(comparison, language)
        costs, effects = comparison.costs, comparison.effects
        arms = _ordered(comparison)[1:]
        columns = ["extra_bn_idr", "extra_low", "extra_high"]
        blocks = [(words.say(_COST_PANELS["extra"]), _rows(words, costs, arms, columns))]
        for name in dict.fromkeys(effects["effect"] if len(effects) else ()):
            chosen = effects[effects["effect"] == name]
            rows = _rows(words, chosen, arms, ["gain", "gain_low", "gain_high"])
            blocks.append((words.say(_COST_PANELS[name]), rows))
        title = words.say(_COST_TITLE, baseline=words.title_of(comparison.baseline))
        notes = [words.say(_FOREST_NOTE, level=words.percent(comparison.level)), words.say(_COST_NOTE)]
        return _forest(words, title, comparison, blocks, notes, {"": costs, "_effects": effects})


def draw_comparison(comparison: Comparison, folder: str | Path, language: str = "id") -> list[Path]:
    """Draw all figures of a comparison into an existing folder and return the paths of what was written."""
    makers: dict[str, Callable[[], Sheet]] = {}
    if len(comparison.study.arms) > 1:
        makers["differences"] = lambda: draw_differences(comparison, language)
        if not comparison.costs.empty:
            makers["costs"] = lambda: draw_costs(comparison, language)
    if len(comparison.study.arms) <= MOST_LINES:
        for name in comparison.measures:
            makers[f"course-{name}"] = lambda name=name: draw_course(comparison, name, language)
    with style.drawing():
        return [path for name, make in makers.items() for path in make().write(Path(folder), name)]


def _ordered(comparison: Comparison) -> list[Arm]:
    """Return the arms, the baseline first."""
    return [comparison.baseline, *(arm for arm in comparison.study.arms if arm != comparison.baseline)]


def _dated(table: pd.DataFrame, comparison: Comparison) -> pd.DataFrame:
    dates = dict(zip(comparison.study.months, comparison.study.dates, strict=True))
    return table.assign(month=table["month"].map(dates))


def _style_of(place: int) -> tuple[str, object, float]:
    """Return colour, dash pattern and width of an arm by its place; the baseline, the first, is grey."""
    if place == 0:
        return style.GREY, "-", 3.0
    return _COLOURS[place - 1], _DASHES[place - 1], 2.2


def _draw_lines(
    axes: Axes, words: ComparisonWords, table: pd.DataFrame, arms: Sequence[Arm], columns: Sequence[str], look: Look
) -> None:
    """Draw a line with its band for each arm."""
    curves = []
    for arm in arms:
        rows = table[(table["scenario"] == arm[0]) & (table["point"] == arm[1])]
        curves.append([rows[name].to_numpy(float) * look.factor for name in columns])
    known = np.concatenate([np.ravel(curve) for curve in curves])
    known = known[np.isfinite(known)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    if columns[0] == "difference":
        low, high = min(low, 0.0), max(high, 0.0)
    margin = 0.06 * (high - low) or max(abs(high), 1.0) * 0.05
    style.value_axis(axes, words, low - margin, high + margin)
    style.month_axis(axes, words, words.comparison.study.dates)
    for place in range(len(arms) - 1, -1, -1):
        middle, lower, upper = curves[place]
        colour, dash, width = _style_of(place)
        if place or columns[0] != "difference":
            axes.fill_between(np.arange(middle.size), lower, upper, color=colour, alpha=0.16, linewidth=0)
        axes.plot(middle, color=colour, linestyle=dash, linewidth=width, marker="o" if middle.size == 1 else "")


def _draw_key(
    axes: Axes, words: ComparisonWords, comparison: Comparison, measure: str, arms: Sequence[Arm], look: Look
) -> None:
    """Name every line: its title, its value, and what its difference is."""
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(len(arms), 0)
    found = [comparison.row_of(measure, arm) for arm in arms]
    decimals = decimals_for([(row["high"] - row["low"]) / 2 * look.factor for row in found])
    for place, (arm, row) in enumerate(zip(arms, found, strict=True)):
        colour, dash, width = _style_of(place)
        axes.plot([-0.08, -0.015], [place + 0.28] * 2, color=colour, linestyle=dash, linewidth=width, clip_on=False)
        axes.text(0, place + 0.28, words.title_of(arm), va="center_baseline", weight="normal" if place else "bold")
        told = words.number(row["mean"] * look.factor, decimals)
        if place and np.isfinite(row["difference"]):
            told += f"; {_interval(words, *(row[list(_ENDS)] * look.factor), decimals)}"
        axes.text(0, place + 0.7, told, va="center_baseline", fontsize=style.SMALL, color=style.GREY)


def _interval(words: ComparisonWords, value: float, low: float, high: float, decimals: int) -> str:
    """Write a difference and its interval, as in ``-0.41 (-0.62 to -0.20)``."""
    if not np.isfinite(low):
        return words.signed(value, decimals)
    between = "sampai" if words.language == "id" else "to"
    return f"{words.signed(value, decimals)} ({words.signed(low, decimals)} {between} {words.signed(high, decimals)})"


def _rows(
    words: ComparisonWords, table: pd.DataFrame, arms: Sequence[Arm], columns: Sequence[str], factor: float = 1.0
) -> list[Row]:
    found = table.set_index(["scenario", "point"])[list(columns)] * factor
    return [Row(words.title_of(arm), *map(float, found.loc[arm])) for arm in arms]


def _forest(
    words: ComparisonWords,
    title: str,
    comparison: Comparison,
    blocks: Sequence[tuple[str, Sequence[Row]]],
    notes: Sequence[str],
    numbers: Mapping[str, pd.DataFrame],
) -> Sheet:
    """Draw a panel for each block, a row for each scenario: dot, interval and the numbers."""
    panels = [Panel(heading, 0.85 * max(len(rows), 1), left=0.3, right=0.3, below=0.65) for heading, rows in blocks]
    sheet = Sheet(words, title, comparison.study.dates, panels, notes, numbers)
    for axes, (_, rows) in zip(sheet.axes, blocks, strict=True):
        _draw_rows(axes, words, rows)
    return sheet


_ROW_TEXT = {
    "va": "center_baseline",
    "fontsize": style.SMALL,
    "bbox": {"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.8},
}


def _draw_rows(axes: Axes, words: ComparisonWords, rows: Sequence[Row]) -> None:
    ends = [value for row in rows for value in (row.value, row.low, row.high, 0.0) if np.isfinite(value)] or [0.0]
    low, high = min(ends), max(ends)
    margin = 0.06 * (high - low) or 1.0
    style.value_axis(axes, words, low - margin, high + margin, of="x")
    axes.set_ylim(len(rows), 0)
    axes.set_yticks([])
    axes.axvline(0, color=style.INK, linewidth=1.0, zorder=1)
    decimals = decimals_for([(row.high - row.low) / 2 for row in rows])
    for place, row in enumerate(rows):
        certain = np.isfinite(row.low) and (row.low > 0 or row.high < 0)
        colour = style.BLUE if certain else style.DOTS
        axes.hlines(place + 0.8, row.low, row.high, color=colour, linewidth=3.2)
        axes.plot(row.value, place + 0.8, "o", color=colour, markersize=8)
        told = _interval(words, row.value, row.low, row.high, decimals)
        across = {"transform": axes.get_yaxis_transform(), **_ROW_TEXT}
        axes.text(0, place + 0.2, row.title, **across)
        axes.text(0, place + 0.5, told, color=style.GREY, **across)
