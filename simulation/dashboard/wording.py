"""How the page speaks of a comparison: the sentence above everything, the cards, and where the numbers come from."""

from __future__ import annotations

import math

from simulation import __version__
from simulation.analysis.words import Words
from simulation.dashboard.compare import HEADLINES, LEAST_FOR_WORDS, Difference, Headline
from simulation.dashboard.digest import RECENT_MONTHS
from simulation.dashboard.levers import say_with_unit
from simulation.dashboard.results import Results
from simulation.dashboard.text import fill
from simulation.experiments.doubt import doubt_in_words
from simulation.parameters import LEVERS
from simulation.plan import Plan


def summary(results: Results, gaps: dict[str, Difference]) -> tuple[str, ...]:
    """Return in two paragraphs what was chosen and what it changes."""
    say, words = results.say, results.words
    if results.same:
        return (say("nothing_chosen"),)
    return say_changes(results.baseline, results.chosen, words), _found(results, gaps)


def say_changes(baseline: Plan, chosen: Plan, words: Words) -> str:
    """Say which levers were moved, and where to."""
    moved = [LEVERS[key] for key in LEVERS if _by_month(baseline, key) != _by_month(chosen, key)]
    policy = chosen.changes[-1][1]
    changes = "; ".join(f"{words.say(one.label)}: {say_with_unit(one, policy[one.key], words)}" for one in moved)
    return fill(words.language, "changes_made", changes=changes)


def _by_month(plan: Plan, key: str) -> list[object]:
    return [plan.policy_in(month)[key] for month in range(plan.months)]


def _found(results: Results, gaps: dict[str, Difference]) -> str:
    """Say which headlines differ, which cannot be told apart, and which have not changed."""
    say, sorted_out = results.say, {"found": [], "unclear": [], "same": []}
    if len(results.pairs) < LEAST_FOR_WORDS:
        return say("summary_early")
    for headline in HEADLINES:
        gap, name = gaps[headline.measure], say(f"short_{headline.measure}")
        if gap.verdict in ("likely", "certain"):
            sorted_out["found"].append(f"{name} {say_gap(headline, gap.mean, results.words)}")
        else:
            sorted_out["same" if gap.verdict in ("same", "small") else "unclear"].append(name)
    return " ".join(say(f"summary_{kind}", **{kind: ", ".join(names)}) for kind, names in sorted_out.items() if names)


def provenance(results: Results) -> str:
    """Say from which runs the numbers come, and what the interval covers."""
    say, words = results.say, results.words
    said = [provenance_short(results)]
    last = words.month(results.baseline.start.plus(results.baseline.months - 1).date())
    said.append(say("period", months=min(RECENT_MONTHS, results.baseline.months), last=last))
    if len(results.pairs) > 1 and not results.same:
        said.append(say("interval_note"))
    return " ".join(said)


def provenance_short(results: Results) -> str:
    """Say from which runs the numbers come."""
    words, say, runs = results.words, results.say, results.runs(1)
    named = {
        "families": words.number(runs[0].families), "months": results.chosen.months, "seed": results.seed,
        "seconds": words.number(max(run.seconds for run in runs), 1), "share": say_share(results.scale, words),
        "seeds": say("seeds" if len(runs) > 1 else "one_seed", count=len(runs), first=results.seed),
    }  # fmt: skip
    key = "from_quick" if results.quick else "from_whole" if results.scale == 1 else "from_part"
    return f"{say(key, **named)} Salur {__version__}."


def say_share(scale: float, words: Words) -> str:
    """Return a share of the city in words, with a decimal only where it needs one."""
    return words.percent(scale, 0 if abs(100 * scale - round(100 * scale)) < 1e-9 else 1)


def card_of(headline: Headline, gap: Difference, results: Results) -> dict[str, object]:
    """Return what a card shows."""
    words, say = results.words, results.say
    label = say(f"card_{headline.measure}")
    card: dict[str, object] = {
        "measure": headline.measure, "label": label, "value": say_level(headline, gap.chosen, words), "was": "",
        "tone": "plain", "pick": say("by_month_of", label=label),
        "beside": [
            *(f"{say(f'beside_{name}')}: {words.percent(results.recent(1, name), 1)}" for name in headline.beside),
            *say_doubt(headline.measure, words.language),
        ],
    }  # fmt: skip
    if results.same:
        return card
    between = ""
    if gap.replicates > 2 and gap.verdict != "same":
        low, high = (say_gap(headline, edge, words) for edge in (gap.low, gap.high))
        between = say("gap_between", low=low, high=high)
    return card | {
        "was": say("was", value=say_level(headline, gap.baseline, words)), "between": between,
        "gap": say_gap(headline, gap.mean, words), "verdict": say(verdict_key(headline, gap)),
        "arrow": "▲" if gap.mean > 0 else "▼" if gap.mean < 0 else "=", "tone": _tone(headline, gap),
    }  # fmt: skip


def say_doubt(measure: str, language: str) -> tuple[str, ...]:
    """Return what part of the doubt about a measure is only assumed, nothing where it was not analysed."""
    doubt = doubt_in_words(measure)
    return (fill(language, "doubt", doubt=doubt),) if doubt else ()


def verdict_key(headline: Headline, gap: Difference) -> str:
    """Return the key of the words that a difference may be called by."""
    if gap.verdict not in ("perhaps", "likely", "certain"):
        return gap.verdict
    ways = ("better", "worse") if headline.better else ("dearer", "cheaper")
    return f"{gap.verdict}_{ways[0] if gap.way > 0 else ways[1]}"


def _tone(headline: Headline, gap: Difference) -> str:
    if gap.verdict not in ("likely", "certain") or not headline.better:
        return "plain"
    return "better" if gap.way > 0 else "worse"


def say_level(headline: Headline, value: float, words: Words) -> str:
    """Return the value of a card in words."""
    return words.money(value) if headline.kind == "money" else words.percent(value, 1)


def say_gap(headline: Headline, gap: float, words: Words) -> str:
    """Return a difference in words, with its sign."""
    if not math.isfinite(gap):
        return words.number(gap)
    if headline.kind == "money":
        sign = "+" if gap > 0 else "−" if gap < 0 else ""
        return sign + words.money(abs(gap))
    digits = 1 if abs(gap) >= 0.0095 else 2
    return fill(words.language, "gap_points", gap=words.signed(100 * gap, digits))
