"""Figures about delivery: what facilitators' hours reach, how late payments are, and where the money is."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from simulation.analysis import style
from simulation.analysis.reach import CHANGES_NOTE, last, mean
from simulation.analysis.style import Panel, Sheet
from simulation.analysis.words import NOTHING, PROGRAMME, Words
from simulation.clock import is_due
from simulation.parameters import Text

Tables = Mapping[str, pd.DataFrame]

_HOURS_TITLE = Text(
    "Pendamping membutuhkan {needed} jam sebulan dan punya {available}; waktunya kurang dalam {short} bulan kerja",
    "Facilitators need {needed} hours a month and have {available}; in {short} of working months time runs short",
)
_HOURS_PLAIN = Text("Jam kerja pendamping dan yang terlaksana", "Facilitators' hours and what gets done")
_HOURS_HEADING = Text(
    "Jam kerja per bulan; tiap batang satu pendamping, {}", "Hours of work a month; each bar is one facilitator, {}"
)
_HOURS_AXIS = Text(
    "Pendamping, dari beban terkecil ke terbesar", "Facilitators, from the smallest workload to the largest"
)
_NEEDED, _AVAILABLE = Text("jam yang dibutuhkan", "hours needed"), Text("jam yang tersedia", "hours available")
_DONE_HEADING = Text("Yang terlaksana (persen dari yang semestinya)", "What gets done (percent of what should be)")
_DONE = {
    "visits_done_share": Text("{} kunjungan rumah", "{} home visits"),
    "sessions_held_share": Text("{} pertemuan kelompok (P2K2)", "{} group sessions (P2K2)"),
}
_HOURS_NOTE = Text(
    "Jam tiap tugas adalah asumsi, diuji kepekaannya; bukan hasil pengukuran.",
    "The hours of each task are assumptions, tested for sensitivity; they have not been measured.",
)

_DELAYS_TITLE = Text(
    "Rata-rata {on_time} pembayaran tepat waktu; yang terlambat tertunda {late} bulan",
    "On average {on_time} of payments came on time; the late ones were {late} months late",
)
_DELAYS_PLAIN = Text("Pembayaran tepat waktu dan keterlambatannya", "Payments on time, and how late the others were")
_ON_TIME_HEADING = Text(
    "Pembayaran terakhir yang masuk rekening dalam {} hari (persen)",
    "Last due payments credited within {} days (percent)",
)
_LATE_HEADING = Text(
    "Lama keterlambatan pembayaran yang terlambat, tiap tahap PKH (bulan)",
    "How late the late payments became, by stage of PKH (months)",
)
_ON_TIME, _LATE = (
    Text("{} tepat waktu", "{} on time"),
    Text("{} bulan di tahap terakhir", "{} months in the last stage"),
)

_MONEY_TITLE = Text(
    "Dari {total} bantuan yang dikeluarkan, {paid} tersalur hingga {month}",
    "Of {total} of assistance released, {paid} was paid by {month}",
)
_MONEY_PLAIN = Text("Keberadaan uang bantuan dan biaya tiap bulan", "Where the money is, and what each month costs")
_BOOKS_HEADING = Text(
    "Keberadaan uang tiap program (persen dari yang dikeluarkan)",
    "Where each programme's money is (percent of what was released)",
)
_COST_HEADING = Text("Pengeluaran per bulan (miliar rupiah)", "Spending a month (billion rupiah)")
_BOOKS = {
    "paid_idr": (Text("tersalur", "paid"), style.GREEN, style.GREEN),
    "waiting_idr": (Text("menunggu", "waiting"), style.AMBER, style.OCHRE),
    "returned_idr": (Text("gagal salur", "failed"), style.PURPLE, style.PURPLE),
    "forfeited_idr": (Text("ke kas negara", "to the treasury"), style.RED, style.RED),
}
_ASSISTANCE = Text("rata-rata {} bantuan", "mean {} assistance")
_OPERATIONS = Text("rata-rata {} operasional", "mean {} operations")
_COSTS = ["cost_idr", "transfers_paid_idr", "operations_idr"]


def draw_facilitators(tables: Tables, words: Words) -> Sheet:
    """Draw the hours that each facilitator needs and has, and the visits and sessions that come of it."""
    months, agents = tables["months"], tables["agents"]
    span = min(12, len(months))
    officers = officers_since(agents, months["month"].iloc[-span])
    done = months[["month", *_DONE]]
    panels = [
        Panel(words.say(_HOURS_HEADING, words.recent(span)), 2.5, below=0.55),
        Panel(words.say(_DONE_HEADING), 2.2),
    ]
    notes = [words.say(_HOURS_NOTE), *_changes_note(words, len(months))]
    needed, available, short = (mean(officers[name].to_numpy(float)) for name in officers.columns[2:])
    named = {"needed": words.number(needed), "available": words.number(available), "short": words.percent(short)}
    title = words.title(_HOURS_TITLE, _HOURS_PLAIN, **named)
    sheet = Sheet(words, title, months["month"], panels, notes, {"": officers, "_months": done})
    _draw_hours(sheet.axes[0], words, officers)
    axes = sheet.axes[1]
    style.percent_axis(axes, words, 0, 1.03)
    style.month_axis(axes, words, months["month"])
    looks = ((style.BLUE, "-"), (style.RED, "--"))
    lines = [(done[name].to_numpy(float), text, look) for (name, text), look in zip(_DONE.items(), looks, strict=True)]
    style.draw_lines(axes, [(v, words.say(text, words.percent(mean(v[-span:]))), *look) for v, text, look in lines])
    return sheet


def officers_since(agents: pd.DataFrame, since: pd.Timestamp) -> pd.DataFrame:
    """Return a row for each post: its mean hours in the months in which it was filled, and in how many they fell short.

    The smallest workload comes first.
    """
    names = ["families", "hours_needed", "hours_available"]
    recent = agents[(agents["kind"] == "pendamping") & (agents["month"] >= since)]
    posts = recent.reindex(columns=["number", *names]).dropna()
    posts["months_short_share"] = (posts["hours_needed"] > posts["hours_available"]).astype(float)
    return posts.groupby("number").mean().reset_index().sort_values(["hours_needed", "number"], ignore_index=True)


def _draw_hours(axes: Axes, words: Words, officers: pd.DataFrame) -> None:
    needed, available = (officers[name].to_numpy(float) for name in ("hours_needed", "hours_available"))
    high = style.room_above(needed, available, least=1.0)
    style.value_axis(axes, words, 0, high)
    axes.set_xlim(-0.5, max(len(officers), 1) - 0.5)
    axes.set_xticks([])
    axes.set_xlabel(words.say(_HOURS_AXIS), labelpad=7)
    if officers.empty:
        axes.text(0, high / 2, words.say(NOTHING))
        return
    places = np.arange(len(officers))
    style.draw_boxes(axes, places - 0.4, places + 0.4, 0, needed, style.AMBER)
    axes.hlines(available, places - 0.5, places + 0.5, color=style.BLUE, linewidth=2.4)
    ends = [(mean(needed), words.say(_NEEDED), style.OCHRE), (mean(available), words.say(_AVAILABLE), style.BLUE)]
    style.label_ends(axes, ends)


def draw_delays(tables: Tables, words: Words) -> Sheet:
    """Draw how many payments came on time, and how late the others were, stage by stage."""
    table = tables["months"][["month", "paid_on_time_share", "months_late"]]
    on_time = table["paid_on_time_share"].to_numpy(float)
    starts, late = _stages(table, words)
    stages = pd.DataFrame({"month": table["month"].iloc[starts].to_numpy(), "months_late": late})
    named = {"on_time": words.percent(mean(on_time)), "late": words.number(mean(late), 1)}
    title = words.title(_DELAYS_TITLE, _DELAYS_PLAIN, **named)
    days = words.number(words.plan.assumptions.on_time_days)
    panels = [Panel(words.say(_ON_TIME_HEADING, days), 2.2), Panel(words.say(_LATE_HEADING), 2.0)]
    numbers = {"": table, "_stages": stages}
    sheet = Sheet(words, title, table["month"], panels, _changes_note(words, len(table)), numbers)
    upper, lower = sheet.axes
    style.percent_axis(upper, words, 0, 1.03)
    upper.stairs(on_time, np.arange(len(table) + 1) - 0.5, baseline=None, color=style.BLUE, linewidth=2.4)
    style.label_ends(upper, [(last(on_time), words.say(_ON_TIME, words.percent(last(on_time))), style.BLUE)])
    style.value_axis(lower, words, 0, style.room_above(late, least=1.0))
    style.draw_boxes(lower, np.array(starts) - 0.4, np.array([*starts[1:], len(table)]) - 0.6, 0, late, style.AMBER)
    style.label_ends(lower, [(last(late), words.say(_LATE, words.number(last(late), 1)), style.OCHRE)])
    for axes in sheet.axes:
        style.month_axis(axes, words, table["month"])
    return sheet


def _stages(table: pd.DataFrame, words: Words) -> tuple[list[int], np.ndarray]:
    """Return the months in which a stage of PKH begins, and how late its late payments became on average."""
    plan, months = words.plan, range(len(table))
    due = [is_due(plan.start.plus(month), plan.policy_in(month).pkh_payment_cycle_months) for month in months]
    starts = [month for month in months if due[month]] or [0]
    late = np.nan_to_num(table["months_late"].to_numpy(float))
    return starts, np.maximum.reduceat(late, starts)


def draw_money(tables: Tables, words: Words) -> Sheet:
    """Draw where each programme's money is at the end, and what each month cost."""
    months, ledger = tables["months"], tables["ledger"]
    end = ledger[ledger["month"] == months["month"].iloc[-1]].set_index("programme").loc[list(PROGRAMME)].reset_index()
    aid = end[end["programme"] != "operations"]
    released, paid = float(aid["allocated_idr"].sum()), float(aid["paid_idr"].sum())
    share = words.percent(paid / released if released else np.nan, 1)
    named = {"total": words.money(released), "paid": share, "month": words.month(months["month"].iloc[-1])}
    spent = end[end["allocated_idr"] > 0]
    panels = [
        Panel(words.say(_BOOKS_HEADING), 0.82 * max(len(spent), 1), left=0.3, right=0.3, below=0.15),
        Panel(words.say(_COST_HEADING), 2.2),
    ]
    numbers = {"": end, "_months": months[["month", *_COSTS]]}
    title = words.title(_MONEY_TITLE, _MONEY_PLAIN, **named)
    sheet = Sheet(words, title, months["month"], panels, _changes_note(words, len(months)), numbers)
    _draw_books(sheet.axes[0], words, spent)
    _draw_costs(sheet.axes[1], words, months)
    return sheet


def _draw_books(axes: Axes, words: Words, books: pd.DataFrame) -> None:
    """Draw a bar for each programme that spent, and name its parts below it in their colours."""
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(max(len(books), 1), 0)
    if books.empty:
        axes.text(0, 0.5, words.say(NOTHING))
    for place, row in enumerate(books.to_dict("records")):
        total = row["allocated_idr"]
        programme = f"{words.say(PROGRAMME[row['programme']])}: {words.money(total)}"
        axes.text(0, place + 0.22, programme, weight="bold", va="center_baseline")
        shares = np.array([row[name] / total for name in _BOOKS])
        ends = np.cumsum(shares)
        colours = [colour for _, colour, _ in _BOOKS.values()]
        style.draw_boxes(axes, ends - shares, ends, place + 0.36, place + 0.58, colours)
        for column, (share, (text, _, ink)) in enumerate(zip(shares, _BOOKS.values(), strict=True)):
            part = f"{words.percent(share, 1)} {words.say(text)}" if share else ""
            axes.text(column * 0.25, place + 0.75, part, fontsize=style.SMALL, color=ink, va="center_baseline")


def _draw_costs(axes: Axes, words: Words, months: pd.DataFrame) -> None:
    cost, operations = (months[name].to_numpy(float) / 1e9 for name in ("cost_idr", "operations_idr"))
    style.value_axis(axes, words, min(float(cost.min()), 0.0), style.room_above(cost, operations, least=0.1))
    places = np.arange(len(months))
    style.draw_boxes(axes, places - 0.4, places + 0.4, 0, operations, style.PURPLE)
    style.draw_boxes(axes, places - 0.4, places + 0.4, operations, cost, style.SKY)
    style.month_axis(axes, words, months["month"])
    means = mean(operations), mean(cost - operations)
    amounts = [words.number(value, 1 if value >= 0.1 or value == 0 else 3) for value in means]
    ends = [(means[0] / 2, words.say(_OPERATIONS, amounts[0]), style.PURPLE)]
    style.label_ends(axes, [*ends, (means[0] + means[1] / 2, words.say(_ASSISTANCE, amounts[1]), style.BLUE)])


def _changes_note(words: Words, months: int) -> list[str]:
    return [words.say(CHANGES_NOTE)] if style.changes_of_policy(words, months) else []
