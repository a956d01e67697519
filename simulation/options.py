"""Options that several commands share, and how their values are read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def whole(text: str) -> int:
    """Read an option that is a whole number."""
    return _parsed(int, text, "a whole number")


def number(text: str) -> float:
    """Read an option that is a number."""
    return _parsed(float, text, "a number")


def language(text: str) -> str:
    """Read an option that is a language."""
    if text not in ("id", "en"):
        raise typer.BadParameter(f"'{text}' is no language of Salur; write id or en.")
    return text


def _parsed(kind: type, text: str, what: str) -> int | float:
    try:
        return kind(text)
    except ValueError:
        raise typer.BadParameter(f"'{text}' is not {what}.") from None


Scenario = Annotated[str, typer.Argument(help="Name of a scenario of the library, or path of a file.")]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="K=V", help="Set an input, as in policy.caseload_per_pendamping=150."),
]
Scale = Annotated[float, typer.Option(parser=number, metavar="X", help="Share of the city: 0.1 is a tenth.")]
RootSeed = Annotated[int, typer.Option(parser=whole, metavar="N", help="Root of all seeds.")]
Processes = Annotated[
    int | None, typer.Option(parser=whole, metavar="N", help="Processes.", show_default="one a processor")
]
Workers = Annotated[
    str | None,
    typer.Option(metavar="N", help="Processes, or dask:N for a local Dask cluster.", show_default="one a processor"),
]
Uncertainty = Annotated[str, typer.Option(metavar="[luck|ensemble]", help="What runs of a scenario differ in.")]
EnsembleFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Assumptions to draw from, as salur calibrate wrote them.", show_default="the library's"
    ),
]
Language = Annotated[str, typer.Option(parser=language, metavar="[id|en]", help="Language of figures and labels.")]
NoFigures = Annotated[bool, typer.Option("--no-figures", help="Leave the figures out.")]
