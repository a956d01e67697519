"""How figures speak: numbers, money and months in Indonesian and English, and the short names of what is shown."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from simulation import __version__
from simulation.parameters import Text
from simulation.plan import Plan

MONTHS = Text(
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "January February March April May June July August September October November December",
)
SHORT_MONTHS = Text(
    "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
)
NOTHING = Text("tidak ada", "none")
UNKNOWN = "-"
"""How a number is written that does not exist, such as a share of nobody."""

RECENT = Text("rata-rata {} bulan terakhir", "mean of the last {} months")
LAST_MONTH = Text("bulan terakhir", "last month")
BILLION = Text("Rp {} miliar", "Rp {} billion")
MILLION = Text("Rp {} juta", "Rp {} million")
SEEDS = Text("{} benih", "{} seed")
SOURCE = Text(
    "Salur {version}, skenario {scenario}, benih {seed}{scale}: simulasi bergaya Kota Bengkulu",
    "Salur {version}, scenario {scenario}, seed {seed}{scale}: a simulation in the style of Kota Bengkulu",
)
SCALE = Text(", skala {}", ", scale {}")

STATUS = {
    "not_registered": Text("Belum terdata", "Not registered"),
    "awaiting_verification": Text("Menunggu verifikasi usulan", "Awaiting verification"),
    "excluded_by_rule": Text("Tertahan aturan", "Barred by rule"),
    "no_vacancy": Text("Kuota terisi penerima lama", "Seat held by an incumbent"),
    "stale_record": Text("Data usang", "Outdated record"),
    "ranking_error": Text("Salah peringkat", "Ranked wrongly"),
    "fell_poor_since": Text("Jatuh miskin setelah penetapan", "Fell poor after selection"),
    "beyond_quota": Text("Di luar kuota", "Beyond quota"),
    "awaiting_account": Text("Menunggu rekening atau kartu", "Awaiting account or card"),
    "suspended": Text("Bantuan ditangguhkan", "Suspended"),
    "payment_failed_or_late": Text("Gagal atau terlambat salur", "Payment failed or late"),
    "not_collected": Text("Belum diambil", "Not collected"),
    "short_value": Text("Nilai barang kurang", "Short value"),
    "reached": Text("Diterima penuh, tepat waktu", "Reached: in full, on time"),
}
"""The statuses of the cascade in their order, as short as a row of a figure allows."""

PROGRAMME = {
    "pkh": Text("PKH", "PKH"),
    "sembako": Text("Sembako", "Sembako"),
    "empowerment": Text("Pemberdayaan", "Empowerment"),
    "emergency": Text("Bantuan darurat", "Emergency aid"),
    "operations": Text("Operasional", "Operations"),
}


@dataclass(frozen=True)
class Words:
    """The language of a set of figures, and the run that they show."""

    plan: Plan
    language: str

    def say(self, text: Text, *values: object, **named: object) -> str:
        """Return a text in the language, with its gaps filled."""
        words = text.of(self.language)
        return words.format(*values, **named) if values or named else words

    def title(self, text: Text, plain: Text, **named: str) -> str:
        """Return a title with its numbers, or the plain one where a number does not exist."""
        return self.say(plain) if UNKNOWN in named.values() else self.say(text, **named)

    def recent(self, months: int) -> str:
        """Say that what is shown is the mean of the last months."""
        return self.say(RECENT, months) if months > 1 else self.say(LAST_MONTH)

    def number(self, value: float, decimals: int = 0) -> str:
        """Write a number: ``1.234,5`` in Indonesian, ``1,234.5`` in English."""
        if not math.isfinite(value):
            return UNKNOWN
        text = f"{round(value, decimals) + 0.0:,.{decimals}f}"
        return text.translate(str.maketrans(",.", ".,")) if self.language == "id" else text

    def signed(self, value: float, decimals: int = 0) -> str:
        """Write a number with its sign, as a difference is written."""
        text = self.number(abs(value), decimals)
        sign = ("+" if value > 0 else "−") if any(letter in "123456789" for letter in text) else ""
        return sign + text

    def percent(self, share: float, decimals: int = 0) -> str:
        """Write a share as a percentage."""
        return f"{self.number(100 * share, decimals)}%" if math.isfinite(share) else UNKNOWN

    def money(self, rupiah: float) -> str:
        """Write an amount in billions, or in millions below one billion."""
        if rupiah == 0:
            return "Rp 0"
        if abs(rupiah) >= 1e9:
            return self.say(BILLION, self.number(rupiah / 1e9, 1 if abs(rupiah) < 1e11 else 0))
        return self.say(MILLION, self.number(rupiah / 1e6, 1 if 0 < abs(rupiah) < 1e7 else 0))

    def month(self, when: pd.Timestamp, names: Text = MONTHS) -> str:
        """Write a month and its year."""
        return f"{names.of(self.language).split()[when.month - 1]} {when.year}"

    def span(self, months: pd.Series) -> str:
        """Write the first and the last month of a table."""
        first, last = self.month(months.iloc[0]), self.month(months.iloc[-1])
        return first if first == last else f"{first} - {last}"

    def seeds(self) -> str:
        """Say over how many seeds the figure goes."""
        return self.say(SEEDS, 1)

    def source(self) -> str:
        """Say what the figure was drawn from."""
        scale = "" if self.plan.scale == 1 else self.say(SCALE, f"{self.plan.scale:g}".replace(".", self._point()))
        named = {"scenario": self.plan.name, "seed": self.plan.seed, "scale": scale}
        return self.say(SOURCE, version=__version__, **named)

    def provenance(self) -> str:
        """Say in the metadata of a figure what it was drawn from."""
        return self.source()

    def _point(self) -> str:
        return "," if self.language == "id" else "."
