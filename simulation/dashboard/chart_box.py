"""A chart on the page, with its files made when somebody wants them."""

from __future__ import annotations

import base64

import solara

from simulation.analysis.words import Words
from simulation.dashboard.downloads import CSV, XLSX, as_csv, as_html, as_xlsx
from simulation.dashboard.parts import Picture, say_all
from simulation.dashboard.results import Chart
from simulation.dashboard.text import fill


@solara.component
def ChartBox(chart: Chart, words: Words, source: tuple[str, ...]):
    """Show a chart, and make its files when somebody wants them."""
    file, set_file = solara.use_state(None)
    name = f"salur-{chart.key}-{words.language}"

    def take(kind: str) -> None:
        content = (
            as_csv(chart.table, words) if kind == "CSV" else as_xlsx(chart.table, chart.title, [chart.what, *source])
        )
        set_file({
            "number": (file["number"] if file else 0) + 1, "name": f"{name}.{kind.lower()}",
            "type": CSV if kind == "CSV" else XLSX, "content": base64.b64encode(content).decode(),
        })  # fmt: skip

    downloads = {kind: fill(words.language, "download_as", kind=kind, title=chart.title) for kind in
                 ("SVG", "PNG", "CSV", "XLSX")}  # fmt: skip
    shown = {
        "key": chart.key, "title": chart.title, "what": chart.what, "picture": chart.picture, "notes": chart.notes,
        "table": as_html(chart.table, words, chart.title), "downloads": downloads, "name": name, "source": list(source),
        "command": chart.command,
    }  # fmt: skip
    return Picture(
        words=say_all(words.language, "numbers", "download", "command"), chart=shown, file=file, event_take=take
    )
