"""Surveys that the tests make: the same households in two layouts, with other names, other units and other files."""

from pathlib import Path

import numpy as np
import pandas as pd

LINE_IDR = 650_000
HOUSEHOLDS, HAMLETS = 640, 80

SCENARIO = """
extends = "baseline"
{head}
[population]
microdata = "{file}"

[population.columns]
{columns}

[population.survey]
{survey}
"""

PLAIN_COLUMNS = """
household = "id"
hamlet = "hamlet"
weight = "weight"
consumption = "consumption"
size = "size"
predictors = ["rooms", "motorcycle", "fridge", "schooling"]
"""
PLAIN_SURVEY = f"""
currency = "rupiah"
consumption_of = "person"
consumption_period = "month"
poverty_line = {LINE_IDR}
"""

OTHER_COLUMNS = """
household = "No. Ruta"
hamlet = "blok_sensus"
weight = "penimbang"
consumption = "pengeluaran setahun"
size = "jumlah_art"
predictors = ["kamar", "sepeda_motor", "kulkas", "lama_sekolah"]
poverty_line = "gk"
"""
OTHER_SURVEY = """
currency = "million rupiah"
consumption_of = "family"
consumption_period = "year"
"""


def make_survey(households: int = HOUSEHOLDS, hamlets: int = HAMLETS, seed: int = 7) -> pd.DataFrame:
    """Return a made-up survey in rupiah a head and month.

    Half of the variance of log consumption follows the four predictors, a tenth of the rest belongs to the hamlet.
    Every household is weighted by 20 or 40; hamlets take turns in two arms, of which one chooses by consumption and
    luck.
    """
    luck = np.random.default_rng(seed)
    hamlet = np.arange(households) % hamlets
    rooms, schooling = luck.integers(1, 7, households), luck.integers(0, 16, households)
    motorcycle, fridge = luck.random(households) < 0.6, luck.random(households) < 0.4
    seen = 0.12 * rooms + 0.035 * schooling + 0.35 * motorcycle + 0.4 * fridge
    rest = luck.normal(0, np.sqrt(0.015), hamlets)[hamlet] + luck.normal(0, np.sqrt(0.13), households)
    size = 1 + luck.poisson(np.where(seen + rest < 1.0, 3.2, 2.2))
    consumption = np.round(np.exp(12.75 + seen + rest))
    wish = np.log(consumption) + luck.normal(0, 0.7, households)
    return pd.DataFrame(
        {
            "id": [f"{number:05d}" for number in range(households)],
            "hamlet": [f"h{number:02d}" for number in hamlet],
            "weight": np.where(luck.random(households) < 0.5, 20, 40),
            "consumption": consumption,
            "size": size,
            "rooms": rooms,
            "motorcycle": motorcycle.astype(int),
            "fridge": fridge.astype(int),
            "schooling": schooling,
            "arm": np.where(hamlet % 2, "lottery", "need"),
            "chosen": np.where(hamlet % 2, luck.random(households) < 0.3, wish < np.quantile(wish, 0.3)).astype(int),
        }
    )


def in_other_words(survey: pd.DataFrame) -> pd.DataFrame:
    """Return the same households with Indonesian names, in million rupiah a family and year, and a line in each row."""
    names = {
        "id": "No. Ruta", "hamlet": "blok_sensus", "weight": "penimbang", "size": "jumlah_art", "rooms": "kamar",
        "motorcycle": "sepeda_motor", "fridge": "kulkas", "schooling": "lama_sekolah",
    }  # fmt: skip
    other = survey[list(names)].rename(columns=names)
    other["sepeda_motor"] = survey["motorcycle"] == 1
    other["pengeluaran setahun"] = survey["consumption"] * survey["size"] * 12 / 1e6
    other["gk"] = LINE_IDR / 1e6
    other["catatan"] = "tidak dipakai"
    return other[[*reversed(other.columns)]]


def write_scenario(
    folder: Path,
    file: str = "survey.csv",
    columns: str = PLAIN_COLUMNS,
    survey: str = PLAIN_SURVEY,
    head: str = "",
    name: str = "mine",
) -> Path:
    """Write a scenario that names a survey beside it; return its path."""
    path = folder / f"{name}.toml"
    path.write_text(SCENARIO.format(head=head, file=file, columns=columns, survey=survey), encoding="utf-8")
    return path


def plain_scenario(folder: Path, table: pd.DataFrame | None = None, **how: str) -> Path:
    """Write the plain survey and a scenario of it; return the scenario's path."""
    folder.mkdir(exist_ok=True)
    (make_survey() if table is None else table).to_csv(folder / "survey.csv", index=False)
    return write_scenario(folder, **how)
