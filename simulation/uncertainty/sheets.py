"""What a planner reads: the inputs that move a headline most, and which headline hangs on which input."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from simulation.analysis import style
from simulation.analysis.style import Panel, Sheet
from simulation.analysis.words import Words
from simulation.measures import MEASURES
from simulation.parameters import Text
from simulation.plan import Plan
from simulation.uncertainty.designs import HEADLINES
from simulation.uncertainty.sensitivity import MATTER, Sensitivity

ROWS = 16
"""Inputs on the heat map."""

_TORNADO = Text("Apa yang paling menggeser: {label}", "What moves it most: {label}")
_TORNADO_AXIS = Text("Perubahan ({unit}) bila masukan naik dari nilai terendah ke nilai tertinggi yang masuk akal",
                     "Change ({unit}) as the input goes from its lowest to its highest plausible value")  # fmt: skip
_TORNADO_NOTE = Text(
    "Batang: rata-rata; garis: selang kepercayaan 95%. Oranye: hanya asumsi; biru: ada sumbernya. Pengaruh masukan "
    "dapat berbeda menurut masukan lain.",
    "Bar: mean; line: 95% confidence interval. Orange: only assumed; blue: with a source. What an input does can "
    "depend on the others.",
)
_HEAT = Text("Hasil bergantung pada masukan apa", "Which result hangs on which input")
_HEAT_AXIS = Text(
    "Bagian dari seluruh pengaruh (kuadrat), %, tanpa derau keberuntungan",
    "Part of all (squared) effects, %, with the noise of luck taken out",
)
_HEAT_NOTE = Text(
    "Tanda *: hanya asumsi. Bila satu kolom berjumlah jauh di atas 100, derau menutupi pengaruhnya. Kolom: {}.",
    "Mark *: only assumed. Where a column adds up to far over 100, noise hides the effects. Columns: {}.",
)
_BEHIND = {"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.8}
_RUNS = Text("{} proses simulasi", "{} runs")
_POINTS, _SHARE = Text("poin persen", "percentage points"), ("share", 100.0)


@dataclass(frozen=True)
class StudyWords(Words):
    """The language of the figures of an analysis, with the number of runs behind it."""

    runs: int = 0

    def seeds(self) -> str:
        """Say how many runs stand behind the figure."""
        return self.say(_RUNS, self.number(self.runs))


def draw_sensitivity(found: Sensitivity, plan: Plan, runs: int, folder: Path, language: str) -> list[Path]:
    """Draw a tornado for each headline and the heat map, each with its numbers beside it; return the paths."""
    words = StudyWords(plan, language, runs)
    paths = []
    for measure in HEADLINES:
        paths += tornado(found.screening, measure, words).write(folder, f"tornado-{measure}")
    return paths + heat_map(found.screening, words).write(folder, "heat-map")


def span_of(plan: Plan) -> pd.Series:
    """Return the first and the last month of a plan."""
    last = plan.start.plus(plan.months - 1)
    return pd.Series(pd.to_datetime([f"{plan.start}-01", f"{last}-01"]))


def tornado(screening: pd.DataFrame, measure: str, words: StudyWords) -> Sheet:
    """Draw the mean effects of the ten assumptions that move a measure most, largest on top."""
    with style.drawing():
        ours = screening[(screening["measure"] == measure) & (screening["role"] == "assumption")]
        rows = ours.sort_values("size", ascending=False, kind="stable").head(MATTER)
        factor, unit, decimals = _look(measure, words)
        label = words.say(MEASURES[measure].label)
        panel = Panel(words.say(_TORNADO_AXIS, unit=unit), 0.52 * len(rows), left=0.3, right=0.3, below=0.6)
        title = words.say(_TORNADO, label=label)
        sheet = Sheet(words, title, span_of(words.plan), [panel], [words.say(_TORNADO_NOTE)], {"": rows})
        _draw_bars(sheet.axes[0], words, rows, factor, decimals)
        return sheet


def _look(measure: str, words: Words) -> tuple[float, str, int]:
    """Return the factor, the unit and the decimals in which a measure is shown."""
    if MEASURES[measure].kind == _SHARE[0]:
        return _SHARE[1], words.say(_POINTS), 2
    return (1e-9, "Rp miliar" if words.language == "id" else "Rp billion", 2)


def _draw_bars(axes: Axes, words: Words, rows: pd.DataFrame, factor: float, decimals: int) -> None:
    ends = np.concatenate([rows[name].to_numpy() * factor for name in ("mean", "low", "high")])
    low, high = min(ends.min(initial=0), 0), max(ends.max(initial=0), 0)
    margin = 0.08 * (high - low) or 1.0
    style.value_axis(axes, words, low - margin, high + margin, of="x")
    axes.set_ylim(len(rows), 0)
    axes.set_yticks([])
    axes.axvline(0, color=style.INK, linewidth=1.0)
    for place, row in enumerate(rows.to_dict("records")):
        colour = style.AMBER if row["grade"] == "assumed" else style.BLUE
        axes.barh(place + 0.72, row["mean"] * factor, height=0.34, color=colour)
        axes.hlines(place + 0.72, row["low"] * factor, row["high"] * factor, color=style.INK, linewidth=1.2)
        across = {
            "transform": axes.get_yaxis_transform(),
            "va": "center_baseline",
            "fontsize": style.SMALL,
            "bbox": _BEHIND,
        }
        axes.text(0, place + 0.3, row[f"label_{words.language}"], **across)
        axes.text(1, place + 0.3, words.number(row["mean"] * factor, decimals), ha="right", color=style.GREY, **across)


def heat_map(screening: pd.DataFrame, words: StudyWords) -> Sheet:
    """Draw the part that each of the leading assumptions has in the effects on each headline."""
    with style.drawing():
        ours = screening[screening["role"] == "assumption"]
        table = ours.pivot(index="input", columns="measure", values="share")[list(HEADLINES)]
        table = table.loc[table.mean(axis=1).sort_values(ascending=False, kind="stable").index[:ROWS]]
        about = ours.drop_duplicates("input").set_index("input")
        panel = Panel(words.say(_HEAT_AXIS), 0.36 * len(table), left=4.1, right=0.3, below=0.55)
        named = "; ".join(f"{place}. {words.say(MEASURES[name].label)}" for place, name in enumerate(HEADLINES, 1))
        numbers = {"": table.reset_index()}
        sheet = Sheet(words, words.say(_HEAT), span_of(words.plan), [panel], [words.say(_HEAT_NOTE, named)], numbers)
        _draw_cells(sheet.axes[0], words, table, about)
        return sheet


def _draw_cells(axes: Axes, words: Words, table: pd.DataFrame, about: pd.DataFrame) -> None:
    shares = table.to_numpy().clip(0, 1)
    axes.imshow(np.sqrt(shares), aspect="auto", cmap="Blues", vmin=0, vmax=1)
    names = [about.loc[key, f"label_{words.language}"] for key in table.index]
    marks = [" *" if about.loc[key, "grade"] == "assumed" else "" for key in table.index]
    labels = ["\n".join(style.wrap(f"{name}{mark}", 3.6, 10)) for name, mark in zip(names, marks, strict=True)]
    axes.set_yticks(range(len(table)), labels, fontsize=9.5)
    axes.set_xticks(range(table.shape[1]), [str(place + 1) for place in range(table.shape[1])])
    for row, column in np.argwhere(shares >= 0.005):
        colour = "white" if shares[row, column] > 0.3 else style.INK
        told = words.number(100 * shares[row, column])
        axes.text(column, row, told, ha="center", va="center", fontsize=style.SMALL, color=colour)
