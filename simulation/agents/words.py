"""The words in which a family's month is told, with the official labels, and how numbers and months are written."""

from __future__ import annotations

import math
from dataclasses import dataclass

from simulation.parameters import LEVERS, Text

STATUS = {
    "not_poor": Text("Tidak miskin (ukuran BPS)", "Not poor (BPS measure)"),
    "not_registered": Text("Belum terdata", "Not registered"),
    "awaiting_verification": Text("Menunggu verval", "Awaiting check"),
    "excluded_by_rule": Text("Tertahan aturan (NIK, ASN, tidak ditemukan)", "Barred by rule"),
    "no_vacancy": Text("Kuota terisi penerima lama", "Seat held by an incumbent"),
    "stale_record": Text("Data usang", "Outdated record"),
    "ranking_error": Text("Salah peringkat", "Ranked wrongly"),
    "fell_poor_since": Text("Jatuh miskin setelah penetapan", "Fell poor after selection"),
    "beyond_quota": Text("Di luar kuota", "Beyond quota"),
    "awaiting_account": Text("Menunggu rekening-kartu", "Awaiting account"),
    "suspended": Text("Bantuan ditangguhkan", "Suspended"),
    "payment_failed_or_late": Text("Gagal atau terlambat salur", "Payment failed or late"),
    "not_collected": Text("Belum diambil", "Not collected"),
    "short_value": Text("Nilai kurang", "Short value"),
    "reached": Text("Diterima penuh", "Reached in full"),
}

WHY = {
    "not_poor": Text(
        "Pengeluarannya sebelum bantuan tidak di bawah garis kemiskinan, jadi keluarga ini di luar kaskade.",
        "Its consumption before assistance is not below the poverty line, so the cascade does not count it.",
    ),
    "not_registered": Text(
        "Keluarga ini tidak ada dalam {registry}, belum diusulkan, dan tidak tertahan aturan.",
        "The family has no record in {registry}, nobody has proposed it, and no rule bars it.",
    ),
    "awaiting_verification": Text("{reasons}.", "{reasons}."),
    "excluded_by_rule": Text("{reasons}.", "{reasons}."),
    "no_vacancy": Text(
        "Dengan datanya keluarga ini masuk {lists} bila daftar disusun ulang; kuotanya terisi KPM lama.",
        "With its record it would be on the list of {lists} if the list were drawn anew; the seat is held by a family "
        "of an earlier list.",
    ),
    "stale_record": Text(
        "Datanya tidak cukup; dengan data baru keluarga ini masuk {lists}. Usia datanya {age}.",
        "Its record is not enough; with a fresh one it would be on the list of {lists}. Its record is {age} old.",
    ),
    "ranking_error": Text(
        "Baik datanya maupun data baru tidak cukup; menurut pengeluaran sebenarnya pada penetapan terakhir keluarga "
        "ini masuk {lists}.",
        "Neither its record nor a fresh one is enough; by its true consumption at the last selection it would be on "
        "the list of {lists}.",
    ),
    "fell_poor_since": Text(
        "Pada penetapan terakhir pengeluarannya terlalu tinggi; menurut pengeluaran sekarang keluarga ini masuk "
        "{lists}.",
        "At the last selection its consumption was too high; by its consumption now it would be on the list of "
        "{lists}.",
    ),
    "beyond_quota": Text(
        "Pengetahuan sempurna tentang pengeluarannya sekarang pun tidak cukup: kuota habis oleh keluarga lain.",
        "Not even perfect knowledge of its consumption today would be enough: the quota ends before it.",
    ),
    "awaiting_account": Text("{reasons}.", "{reasons}."),
    "suspended": Text(
        "PKH ditangguhkan karena komitmen tidak terpenuhi.", "PKH is suspended because conditions were not met."
    ),
    "payment_failed_or_late": Text("{reasons}.", "{reasons}."),
    "not_collected": Text("{reasons}.", "{reasons}."),
    "short_value": Text(
        "Nilai yang diterima {value} untuk setiap rupiah, kurang dari {full} yang dihitung penuh.",
        "It received {value} for each rupiah, less than the {full} that counts as full.",
    ),
    "reached": Text(
        "Semua yang jatuh tempo masuk tepat waktu, sudah diambil, dan bernilai penuh.",
        "All that was due came on time, has been collected, and was worth its full value.",
    ),
}
"""What decided each status."""

BARRED = {
    "not_found": Text("tidak ditemukan saat pengecekan lapangan", "not found at a check"),
    "ineligible": Text("tidak layak (ASN, UMK, mengundurkan diri)", "ineligible (civil servant, wage, own wish)"),
    "away": Text("baru keluar dari daftar (graduasi atau sanksi)", "left a list lately (graduation or sanction)"),
}

ACCOUNT = {
    "none": Text("belum ada", "none"),
    "proses_burekol": Text("proses buka rekening kolektif (burekol)", "being opened (burekol)"),
    "gagal_burekol": Text("gagal buka rekening (burekol)", "opening failed (burekol)"),
    "menunggu_kartu": Text("menunggu kartu", "waiting for the card"),
    "aktif": Text("aktif", "active"),
    "gagal_omspan": Text("gagal OM-SPAN (nama atau NIK tidak cocok)", "mismatch of name or NIK (OM-SPAN)"),
    "dibekukan": Text("dibekukan", "frozen"),
    "kartu_tidak_terdistribusi": Text("kartu tidak terdistribusi", "card never collected and returned"),
}

STAGE = {
    "nothing_due": Text("belum jatuh tempo", "none due yet"),
    "ordered": Text("sudah diperintahkan, belum masuk", "ordered, not credited yet"),
    "on_time": Text("tepat waktu", "on time"),
    "late": Text("terlambat", "late"),
    "failed": Text("gagal salur", "failed"),
    "unfunded": Text("tidak terdanai", "not funded"),
    "no_account": Text("tanpa rekening yang dapat dipakai", "no usable account"),
    "suspended": Text("ditangguhkan", "suspended"),
}

EXIT = {
    "natural": Text("graduasi alamiah (tanpa komponen)", "graduated without a component"),
    "removed": Text("dikeluarkan dari daftar", "taken off the list"),
    "departed": Text("pindah atau bubar", "left the city"),
    "time_limit": Text("batas masa kepesertaan", "time limit"),
    "own_wish": Text("graduasi mandiri", "graduated by own wish"),
    "empowered": Text("graduasi setelah pemberdayaan", "graduated after empowerment"),
    "decile": Text("di atas batas desil", "above the decile limit"),
    "outranked": Text("tergeser peringkat", "outranked"),
    "sanction": Text("sanksi komitmen", "sanction for conditions"),
}

CHANNEL = dict(zip(LEVERS["delivery_channel"].choices, LEVERS["delivery_channel"].choice_labels, strict=True))

RULE = {
    **dict(zip(LEVERS["targeting_method"].choices, LEVERS["targeting_method"].choice_labels, strict=True)),
    "dtks": Text("penilaian setempat", "local judgement"),
    "dtsen": Text("peringkat data", "the record's score"),
    "universal": Text("aturan semesta", "the universal rule"),
    "random": Text("undian", "lottery"),
    "perfect": Text("pengetahuan sempurna", "perfect knowledge"),
}

MEMBERS = {
    "pregnant": Text("ibu hamil", "pregnant"),
    "young_children": Text("anak usia dini", "under 7"),
    "sd_pupils": Text("anak usia SD", "of primary school age"),
    "smp_pupils": Text("anak usia SMP", "of junior secondary age"),
    "sma_pupils": Text("anak usia SMA", "of senior secondary age"),
    "adults": Text("dewasa", "from 19 to 59"),
    "elderly": Text("lansia", "of 60 or more"),
    "disabled": Text("disabilitas berat", "severely disabled"),
}

MONTHS = (
    Text("Januari", "January"), Text("Februari", "February"), Text("Maret", "March"), Text("April", "April"),
    Text("Mei", "May"), Text("Juni", "June"), Text("Juli", "July"), Text("Agustus", "August"),
    Text("September", "September"), Text("Oktober", "October"), Text("November", "November"),
    Text("Desember", "December"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Voice:
    """Writes texts, numbers, amounts and months in one language, ``"id"`` or ``"en"``."""

    language: str

    def say(self, id: str, en: str, **blanks: object) -> str:
        """Return the words of the language, with its blanks filled."""
        return (id if self.language == "id" else en).format(**blanks)

    def word(self, table: dict[str, Text], key: str) -> str:
        """Return one word of a table."""
        return table[key].of(self.language)

    def number(self, value: float, digits: int = 2) -> str:
        """Write a number, ``1.234,50`` or ``1,234.50``; a bound that is infinite in words."""
        if math.isinf(value):
            return self.say("tak terbatas", "unlimited") if value > 0 else self.say("tidak ada", "none")
        text = f"{round(value, digits) + 0.0:,.{digits}f}"
        return text if self.language == "en" else text.translate(str.maketrans(",.", ".,"))

    def rupiah(self, value: float) -> str:
        """Write an amount in whole rupiah."""
        return self.number(value, 0) if math.isinf(value) else f"Rp {self.number(value, 0)}"

    def pair(self, a: float, b: float, digits: int = 2) -> tuple[str, str]:
        """Write two numbers with as many digits as show which is the smaller one."""
        while digits < 15 and (round(a, digits) <= round(b, digits)) != (a <= b):
            digits += 1
        return self.number(a, digits), self.number(b, digits)

    def date(self, month: str) -> str:
        """Write a month that is given as ``2023-03``."""
        year, number = month.split("-")
        return f"{MONTHS[int(number) - 1].of(self.language)} {year}"

    def months(self, count: int) -> str:
        """Write how many months."""
        return self.say("{n} bulan", "{n} month" if count == 1 else "{n} months", n=count)

    def people(self, count: int) -> str:
        """Write how many persons."""
        return self.say("{n} orang", "{n} person" if count == 1 else "{n} persons", n=count)

    def joined(self, names: list[str]) -> str:
        """Write names with an "and"."""
        return self.say(" dan ", " and ").join(names)
