"""An ensemble beside what was thought plausible before: one row for each assumption."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from simulation.analysis import style
from simulation.analysis.style import Panel, Sheet
from simulation.ensembles import Ensemble
from simulation.parameters import PARAMETERS, Text
from simulation.plan import Plan
from simulation.uncertainty.sheets import StudyWords, span_of

_TITLE = Text("Asumsi yang sesuai dengan data", "Assumptions in keeping with what is known")
_AXIS = Text("Dari nilai terendah ke nilai tertinggi yang masuk akal", "From the lowest to the highest plausible value")
_NOTE = Text(
    "Kelabu: sebelum melihat data, semua nilai sama mungkin. Biru: sesudahnya (90% di antara garis). Oranye: nilai "
    "bawaan. Ukuran sampel efektif: {}.",
    "Grey: before any figure was looked at, all values are as likely. Blue: after (90% between the lines). Orange: the "
    "model's own value. Effective sample size: {}.",
)
_TRUTH = Text("Berlian: nilai sebenarnya.", "Diamond: the truth.")
_BINS = 20


def weighted_quantile(values: np.ndarray, weights: np.ndarray, shares: list[float]) -> np.ndarray:
    """Return quantiles of weighted values."""
    order = np.argsort(values)
    heights = np.cumsum(weights[order]) - weights[order] / 2
    return np.interp(np.array(shares) * weights.sum(), heights, values[order])


def quantiles(ensemble: Ensemble) -> pd.DataFrame:
    """Return a row for each assumption: its range before, and the 5, 50 and 95 % points after."""
    draws, weights = np.array(ensemble.draws), np.array(ensemble.weights)
    rows = []
    for place, key in enumerate(ensemble.keys):
        name = key.partition(".")[2]
        low, high = ensemble.about["prior"][name]
        q05, q50, q95 = weighted_quantile(draws[:, place], weights, [0.05, 0.5, 0.95])
        about = {"assumption": name, "default": PARAMETERS[name].default, "prior_low": low, "prior_high": high}
        rows.append(about | {"q05": q05, "q50": q50, "q95": q95})
    return pd.DataFrame(rows)


def marginals(ensemble: Ensemble, plan: Plan, language: str, truth: Mapping[str, float] | None = None) -> Sheet:
    """Draw the distribution of each assumption after and before; ``truth`` marks values known to be right."""
    with style.drawing():
        words = StudyWords(plan, language, int(ensemble.about["trials"]) * int(ensemble.about["seeds_a_trial"]))
        table = quantiles(ensemble)
        panel = Panel(words.say(_AXIS), 0.78 * len(table), left=0.3, right=0.3, below=0.3)
        notes = [words.say(_NOTE, words.number(ensemble.effective_size))] + ([words.say(_TRUTH)] if truth else [])
        sheet = Sheet(words, words.say(_TITLE), span_of(plan), [panel], notes, {"": table})
        axes = sheet.axes[0]
        axes.set_axis_off()
        axes.set_xlim(0, 1)
        axes.set_ylim(len(table), 0)
        for place, row in enumerate(table.to_dict("records")):
            _draw_row(axes, words, ensemble, place, row, truth)
        return sheet


def _draw_row(
    axes: Axes, words: StudyWords, ensemble: Ensemble, place: int, row: dict, truth: Mapping[str, float] | None
) -> None:
    low, high = row["prior_low"], row["prior_high"]
    values = (np.array([draw[place] for draw in ensemble.draws]) - low) / (high - low)
    heights, edges = np.histogram(values, _BINS, (0, 1), weights=ensemble.weights)
    tall = 0.5 * heights / max(heights.max(), 2 / _BINS * heights.sum())
    even = 0.5 / _BINS * heights.sum() / max(heights.max(), 2 / _BINS * heights.sum())
    foot = place + 0.95
    style.draw_boxes(axes, 0, 1, foot - even, foot, style.PALE)
    style.draw_boxes(axes, edges[:-1], edges[1:], foot - tall, foot, style.BLUE, alpha=0.55)
    for name, colour, wide in (("q05", style.BLUE, 1.2), ("q95", style.BLUE, 1.2), ("default", style.AMBER, 2.2)):
        at = (row[name] - low) / (high - low)
        axes.vlines(at, foot - 0.55, foot, color=colour, linewidth=wide)
    if truth:
        axes.plot((truth[row["assumption"]] - low) / (high - low), foot - 0.25, "D", color=style.RED, markersize=8)
    text = {"fontsize": style.SMALL, "va": "center_baseline"}
    axes.text(0, place + 0.22, words.say(PARAMETERS[row["assumption"]].label), **text)
    told = f"{row['q05']:.3g} - {row['q95']:.3g}  ({low:g} - {high:g})"
    axes.text(1, place + 0.22, told if words.language == "en" else told.replace(".", ","), ha="right", **text)
