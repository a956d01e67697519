"""The brief for a meeting: one page that stands alone, with what was asked, chosen and found, and its limits."""

from __future__ import annotations

import re
from html import escape

from simulation import __version__
from simulation.dashboard.charts_reach import cascade_chart
from simulation.dashboard.compare import HEADLINES, Difference, Headline
from simulation.dashboard.results import Results
from simulation.dashboard.wording import provenance, say_changes, say_doubt, say_gap, say_level, verdict_key

THREE = ("effective_exclusion_error", "poverty_headcount", "cost_idr")
"""The headlines of which the brief gives the numbers."""

_LIMITS = (1, 2, 3)
_ORIGIN = re.compile(r"https?://[\w.\-]+(:\d+)?")
_STYLE = (
    "@page{size:A4;margin:13mm 15mm}body{font:9.5pt/1.36 system-ui,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',"
    "sans-serif;color:#1b1f24;max-width:180mm;margin:8mm auto}h1{font-size:17pt;margin:0 0 2mm}h2{font-size:11.5pt;"
    "margin:3.4mm 0 .8mm}p{margin:0 0 1.5mm}ul{margin:0;padding-left:5mm}.numbers{display:grid;"
    "grid-template-columns:repeat(3,1fr);gap:4mm}.number{border:1px solid #9aa5ad;border-radius:2mm;padding:2mm 3mm}"
    ".number b{display:block;font-size:14pt}.number p{font-size:8.6pt}svg{width:100%;height:auto;max-height:66mm}"
    ".small{font-size:8pt;color:#515b63;overflow-wrap:anywhere}@media(max-width:600px){body{margin:4mm}"
    ".numbers{grid-template-columns:1fr}}@media print{body{margin:0}}"
)


def brief_html(results: Results, gaps: dict[str, Difference], link: str) -> str:
    """Return the brief as one HTML file that needs no other."""
    say = results.say
    chart = cascade_chart(results)
    chosen = say("brief_baseline") if results.same else say_changes(results.baseline, results.chosen, results.words)
    numbers = "".join(_number(one, gaps[one.measure], results) for one in HEADLINES if one.measure in THREE)
    limits = "".join(f"<li>{escape(say(f'about_limit_{number}'))}</li>" for number in _LIMITS)
    title, where = escape(say("brief_title")), escape(link, quote=True)
    return (
        f'<!doctype html><html lang="{results.words.language}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head><body>'
        f"<main><h1>{title}</h1><h2>{escape(say('brief_question'))}</h2><p>{escape(_question(results))}</p>"
        f"<h2>{escape(say('brief_choice'))}</h2><p>{escape(chosen)}</p><h2>{escape(say('brief_numbers'))}</h2>"
        f'<div class="numbers">{numbers}</div><h2>{escape(chart.title)}</h2><p class="small">{escape(chart.what)}</p>'
        f'{chart.picture}<p class="small">{escape(chart.notes[0])}</p><h2>{escape(say("brief_limits"))}</h2>'
        f'<ul>{limits}</ul><h2>{escape(say("brief_origin"))}</h2><p class="small">{escape(provenance(results))}</p>'
        f'<p class="small">{escape(say("brief_link"))} <a href="{where}">{where}</a></p></main></body></html>\n'
    )


def brief_link(origin: object, path: str) -> str:
    """Return the address of the view that a brief is about; without the server where the browser did not name it."""
    found = origin if isinstance(origin, str) and _ORIGIN.fullmatch(origin) else ""
    return f"{found}{path}"


def brief_name(language: str, kind: str) -> str:
    """Return the name of the file of a brief."""
    return f"salur-brief-{__version__}-{language}.{kind}"


def _question(results: Results) -> str:
    return results.say("brief_asks_baseline" if results.same else "brief_asks", months=results.baseline.months)


def _number(headline: Headline, gap: Difference, results: Results) -> str:
    """Return a number with its difference and interval in words."""
    say, words = results.say, results.words
    label, value = say(f"card_{headline.measure}"), say_level(headline, gap.chosen, words)
    lines = []
    if not results.same:
        lines.append(say("was", value=say_level(headline, gap.baseline, words)))
        lines.append(f"{say_gap(headline, gap.mean, words)}: {say(verdict_key(headline, gap))}")
        if gap.replicates > 2 and gap.verdict != "same":
            low, high = (say_gap(headline, edge, words) for edge in (gap.low, gap.high))
            lines.append(say("brief_between", low=low, high=high))
    lines += say_doubt(headline.measure, words.language)
    told = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f'<div class="number"><p>{escape(label)}</p><b>{escape(value)}</b>{told}</div>'
