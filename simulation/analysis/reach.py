"""Figures about the poor: how many they are, whom the lists miss, and where assistance stops on its way to them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from simulation.analysis import style
from simulation.analysis.style import Panel, Sheet
from simulation.analysis.words import STATUS, Words
from simulation.parameters import Text

Tables = Mapping[str, pd.DataFrame]

ENROLLED_FROM = 8
"""The place in the cascade of the first status of an enrolled family."""

_POVERTY_TITLE = Text(
    "Bantuan menurunkan tingkat kemiskinan rata-rata {gap} poin persen",
    "Assistance lowers the poverty rate by {gap} percentage points on average",
)
_POVERTY_PLAIN = Text("Kemiskinan sebelum dan sesudah bantuan", "Poverty before and after assistance")
_POVERTY_HEADING = Text("Penduduk miskin (persen penduduk)", "Poor people (percent of the population)")
_BEFORE, _AFTER = Text("sebelum bantuan {}", "before assistance {}"), Text("sesudah bantuan {}", "after assistance {}")
_POVERTY_NOTE = Text(
    "Selisih pada bulan yang sama dengan dan tanpa bantuan bulan itu, bukan penurunan dari tahun ke tahun.",
    "The gap is between the same month with and without its assistance, not a fall from year to year.",
)
CHANGES_NOTE = Text(
    "Garis putus-putus tegak: kebijakan berubah menurut skenario.",
    "Dotted vertical lines: the scenario changes the policy.",
)

_ERRORS_TITLE = Text(
    "{month}: {missed} penduduk miskin belum menjadi penerima; {outside} KPM di luar desil 1-4",
    "{month}: {missed} of the poor are not enrolled; {outside} of enrolled families are outside deciles 1-4",
)
_ERRORS_PLAIN = Text(
    "Penduduk miskin yang terlewat, dan KPM menurut dua ukuran",
    "The poor who are missed, and recipients by two yardsticks",
)
_MISSED_HEADING = Text("Dari penduduk miskin (persen orang)", "Of the poor (percent of persons)")
_LEAK_HEADING = Text("Dari seluruh KPM (persen keluarga)", "Of enrolled families (percent of families)")
_MISSED = {
    "effective_exclusion_error": Text("{} belum menerima penuh, tepat waktu", "{} not served in full, on time"),
    "exclusion_error": Text("{} belum menjadi penerima", "{} not enrolled"),
}
_LEAKS = {
    "leakage": Text("{} tidak miskin bulan itu (ukuran BPS)", "{} not poor that month (BPS yardstick)"),
    "leakage_outside_deciles": Text("{} di luar desil 1-4 (ukuran program)", "{} outside deciles 1-4 (programme)"),
    "leakage_floor": Text("{} batas bawah ukuran BPS", "{} floor of the BPS yardstick"),
}
_ERRORS_NOTE = Text(
    "Batas bawah: kuota lebih besar daripada jumlah keluarga miskin, maka sasaran sempurna pun memuat bagian ini.",
    "Floor: there are more seats than poor families, so even perfect targeting would include this share.",
)

_COVERAGE_TITLE = Text(
    "{first} penduduk desil termiskin menjadi penerima, {last} di desil terkaya",
    "{first} of the poorest decile are enrolled, {last} of the richest",
)
_COVERAGE_HEADING = Text(
    "Penduduk yang keluarganya KPM PKH atau Sembako (persen dari tiap desil), {}",
    "People in families enrolled in PKH or Sembako (percent of each decile), {}",
)
_COVERAGE_AXIS = Text(
    "Desil konsumsi sebelum bantuan (1 = termiskin)", "Decile of consumption before assistance (1 = poorest)"
)
_COVERAGE_NOTE = Text(
    "Biru: desil 1-4, sasaran program. Batang kosong: rata-rata {} bulan pertama.",
    "Blue: deciles 1-4, the programme's target. Empty bars: mean of the first {} months.",
)

_CASCADE_TITLE = Text(
    "Dari 100 penduduk miskin, {reached} menerima bantuan penuh dan tepat waktu pada {month}",
    "Of 100 poor people, {reached} received assistance in full and on time in {month}",
)
_CASCADE_PLAIN = Text("Di mana bantuan bagi penduduk miskin berhenti", "Where assistance for the poor stops")
_CASCADE_HEADING = Text(
    "Di mana bantuan berhenti, {} (orang; persen penduduk miskin)",
    "Where assistance stops, {} (persons; percent of the poor)",
)
_ALL_POOR, _ENROLLED = Text("Semua penduduk miskin", "All poor people"), Text("Menjadi penerima", "Enrolled")
_CASCADE_MONTHS = Text("Tiap bulan (persen penduduk miskin)", "Month by month (percent of the poor)")
_CASCADE_NOTE = Text(
    "Setiap orang dihitung sekali, pada hambatan pertama menurut urutan; ini pembukuan, bukan sebab.",
    "Each person is counted once, at the first stage that holds; this is bookkeeping, not cause.",
)
GROUPS: tuple[tuple[Text, str, tuple[str, ...]], ...] = (
    (Text("diterima penuh", "reached"), style.GREEN, ("reached",)),
    (
        Text("penyaluran terhambat", "held up in delivery"),
        style.SKY,
        ("awaiting_account", "suspended", "payment_failed_or_late", "not_collected", "short_value"),
    ),
    (Text("kuota", "quota"), style.PALE, ("no_vacancy", "beyond_quota")),
    (
        Text("data usang atau salah peringkat", "outdated or ranked wrongly"),
        style.AMBER,
        ("stale_record", "ranking_error", "fell_poor_since"),
    ),
    (
        Text("tidak di data atau tertahan", "not in the data or barred"),
        style.RED,
        ("not_registered", "awaiting_verification", "excluded_by_rule"),
    ),
)
STATUS_COLOUR = {status: colour for _, colour, statuses in GROUPS for status in statuses}


def draw_poverty(tables: Tables, words: Words) -> Sheet:
    """Draw the share of poor people before and after assistance."""
    table = tables["months"][["month", "poverty_headcount_before_transfers", "poverty_headcount"]]
    before, after = (table[name].to_numpy(float) for name in table.columns[1:])
    title = words.title(_POVERTY_TITLE, _POVERTY_PLAIN, gap=words.number(100 * mean(before - after), 1))
    panels = [Panel(words.say(_POVERTY_HEADING), 3.4)]
    sheet = Sheet(words, title, table["month"], panels, _notes(words, _POVERTY_NOTE, len(table)), {"": table})
    axes = sheet.axes[0]
    style.percent_axis(axes, words, 0, style.room_above(before, after))
    style.month_axis(axes, words, table["month"])
    axes.fill_between(np.arange(len(table)), before, after, color=style.SKY, alpha=0.35, linewidth=0)
    lines = ((before, _BEFORE, style.RED, "--"), (after, _AFTER, style.BLUE, "-"))
    style.draw_lines(axes, [(v, words.say(text, words.percent(last(v), 1)), *look) for v, text, *look in lines])
    return sheet


def draw_errors(tables: Tables, words: Words) -> Sheet:
    """Draw whom the lists and the delivery miss, and which recipients each yardstick counts as outside."""
    table = tables["months"][["month", *_MISSED, *_LEAKS]]
    month, end = table["month"], table.iloc[-1]
    named = {"missed": words.percent(end["exclusion_error"]), "outside": words.percent(end["leakage_outside_deciles"])}
    title = words.title(_ERRORS_TITLE, _ERRORS_PLAIN, month=words.month(month.iloc[-1]), **named)
    panels = [Panel(words.say(_MISSED_HEADING), 2.3), Panel(words.say(_LEAK_HEADING), 2.5)]
    sheet = Sheet(words, title, month, panels, _notes(words, _ERRORS_NOTE, len(table)), {"": table})
    looks = ((style.RED, "-"), (style.BLUE, "-"), (style.GREY, (0, (4, 2))))
    for axes, texts in zip(sheet.axes, (_MISSED, _LEAKS), strict=True):
        style.percent_axis(axes, words, 0, 1)
        style.month_axis(axes, words, month)
        lines = [(table[name].to_numpy(float), text) for name, text in texts.items()]
        style.draw_lines(
            axes,
            [
                (values, words.say(text, words.percent(last(values))), *look)
                for (values, text), look in zip(lines, looks, strict=False)
            ],
        )
    return sheet


def draw_coverage(tables: Tables, words: Words) -> Sheet:
    """Draw the share of enrolled people in each decile, at the end and at the beginning of the run."""
    months = tables["months"]
    span = min(12, len(months))
    names = [f"coverage_by_decile_{number:02d}" for number in range(1, 11)]
    first, final = months[names].head(span).mean(), months[names].tail(span).mean()
    numbers = pd.DataFrame({"decile": range(1, 11), "first_months": first.to_numpy(), "last_months": final.to_numpy()})
    title = words.say(_COVERAGE_TITLE, first=words.percent(final.iloc[0]), last=words.percent(final.iloc[-1]))
    twice = len(months) >= 24
    notes = [words.say(_COVERAGE_NOTE, span)] if twice else []
    panels = [Panel(words.say(_COVERAGE_HEADING, words.recent(span)), 3.2, right=0.3, below=0.85)]
    sheet = Sheet(words, title, months["month"], panels, notes, {"": numbers})
    axes, high = sheet.axes[0], style.room_above(first.to_numpy(), final.to_numpy()) * 1.06
    style.percent_axis(axes, words, 0, high)
    decile, colours = np.arange(1, 11), [style.BLUE] * 4 + [style.PALE] * 6
    axes.set_xlim(0.4, 10.6)
    style.draw_boxes(axes, decile - 0.2, decile + 0.4, 0, final, colours)
    if twice:
        style.draw_boxes(axes, decile - 0.4, decile - 0.22, 0, first, "white", edgecolors=style.GREY)
    for place, share in zip(decile, final, strict=True):
        axes.text(place + 0.1, share + 0.015 * high, words.percent(share), ha="center", va="bottom")
    axes.set_xticks(decile, [str(number) for number in decile])
    axes.set_xlabel(words.say(_COVERAGE_AXIS))
    return sheet


def draw_cascade(tables: Tables, words: Words) -> Sheet:
    """Draw where assistance stops for the poor of the last month, and the same in five groups month by month."""
    cascade = tables["cascade"]
    month = cascade["month"].drop_duplicates()
    persons = cascade.pivot(index="month", columns="status", values="persons")[list(STATUS)]
    everybody = persons.sum(axis=1).to_numpy(float)
    shares = persons.divide(np.where(everybody > 0, everybody, np.nan), axis=0)
    end = cascade[cascade["month"] == month.iloc[-1]]
    when, reached = words.month(month.iloc[-1]), words.number(100 * shares["reached"].iloc[-1])
    panels = [
        Panel(words.say(_CASCADE_HEADING, when), 5.7, left=3.3, right=1.75, below=0.55),
        Panel(words.say(_CASCADE_MONTHS), 2.3),
    ]
    notes = _notes(words, _CASCADE_NOTE, len(month))
    title = words.title(_CASCADE_TITLE, _CASCADE_PLAIN, reached=reached, month=when)
    sheet = Sheet(words, title, month, panels, notes, {"": end, "_months": cascade})
    _draw_waterfall(sheet.axes[0], words, persons.iloc[-1])
    _draw_groups(sheet.axes[1], words, shares, month.reset_index(drop=True))
    return sheet


def _draw_waterfall(axes: Axes, words: Words, persons: pd.Series) -> None:
    """Draw a row for all poor people, one for each status that takes some of them away, and those who are reached."""
    total = float(persons.sum())
    rows = [(words.say(_ALL_POOR), 0.0, total, style.GREY)]
    left = total
    for place, (status, text) in enumerate(STATUS.items()):
        if place == ENROLLED_FROM:
            rows.append((words.say(_ENROLLED), 0.0, left, style.GREY))
        count = float(persons[status])
        rows.append((words.say(text), left - count, count, STATUS_COLOUR[status]))
        left -= count
    names, starts, widths, colours = zip(*rows, strict=True)
    places = np.arange(len(rows))
    left, right = np.array(starts) / max(total, 1), (np.array(starts) + widths) / max(total, 1)
    style.draw_boxes(axes, left, right, places - 0.37, places + 0.37, colours)
    for place, width in zip(places, widths, strict=True):
        share = words.percent(width / total if total else np.nan)
        axes.text(1.02, place, f"{words.number(width)} ({share})", va="center_baseline")
    style.percent_axis(axes, words, 0, 1, of="x")
    axes.set_yticks(places, names)
    axes.set_ylim(len(rows) - 0.5, -0.5)


def _draw_groups(axes: Axes, words: Words, shares: pd.DataFrame, months: pd.Series) -> None:
    """Draw the statuses in five groups that fill the height, those who are reached at the foot."""
    style.percent_axis(axes, words, 0, 1)
    style.month_axis(axes, words, months)
    edges = np.repeat(np.arange(len(shares) + 1), 2)[1:-1] - 0.5
    floor, areas, ends = np.zeros(len(shares)), [], []
    for text, _, statuses in GROUPS:
        ceiling = floor + shares[list(statuses)].sum(axis=1, min_count=1).to_numpy()
        upper, lower = np.repeat(ceiling, 2), np.repeat(floor, 2)
        areas.append(np.column_stack([np.r_[edges, edges[::-1]], np.r_[upper, lower[::-1]]]))
        share = words.percent(ceiling[-1] - floor[-1])
        ends.append(((ceiling[-1] + floor[-1]) / 2, f"{share} {words.say(text)}", style.INK))
        floor = ceiling
    axes.add_collection(PolyCollection(areas, facecolors=[colour for _, colour, _ in GROUPS], zorder=0.4))
    if np.isfinite(floor[-1]):
        style.label_ends(axes, ends, style.SMALL)


def mean(values: np.ndarray) -> float:
    """Return the mean of the values that are known, nan where none is."""
    known = values[np.isfinite(values)]
    return float(known.mean()) if known.size else float("nan")


def last(values: np.ndarray) -> float:
    """Return the value of the last month, nan where there is none."""
    return float(values[-1])


def _notes(words: Words, note: Text, months: int) -> list[str]:
    changes = [words.say(CHANGES_NOTE)] if style.changes_of_policy(words, months) else []
    return [words.say(note), *changes]
