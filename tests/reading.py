"""How a reader decides a family's status: from facts by the definitions, or from nothing but the words."""

import math
import re

from simulation.agents import words
from simulation.agents.facts import USABLE
from simulation.measures.cascade import STATUSES
from simulation.parameters import Text


def decide(facts: dict) -> str:
    """Decide the status from facts alone, by the definitions and not by the model's code."""
    record, programmes = facts["record"], {name: facts[name] for name in ("pkh", "sembako")}
    if not facts["welfare"]["consumption_idr"] < facts["welfare"]["line_idr"]:
        return "not_poor"
    mine = {name: own for name, own in programmes.items() if own["enrolled"]}
    if mine:
        return _delivered(mine, facts)
    if not facts["sembako"]["knows_all"]:
        if record["proposed"]:
            return "awaiting_verification"
        if record["barred"] or (record["listed"] and not record["nik_ok"]):
            return "excluded_by_rule"
        if not record["listed"]:
            return "not_registered"
        nowhere = all(own["key"] == math.inf for own in programmes.values())
        if nowhere and record["listed_since"] and record["listed_since"] >= facts["sembako"]["selected"]:
            return "awaiting_verification"
    return min((_rung(own) for own in programmes.values() if own["has_component"]), key=STATUSES.index)


def _rung(own: dict) -> str:
    if own["key"] < math.inf:
        if own["key"] <= own["cut_off"] and own["score"] <= own["score_limit"]:
            return "no_vacancy"
        if own["score_weight"] and own["fresh_key"] <= own["cut_off"] and own["fresh_score"] <= own["score_limit"]:
            return "stale_record"
    if own["consumption_then_idr"] <= own["needed_then_idr"]:
        return "ranking_error"
    return "fell_poor_since" if own["consumption_now_idr"] <= own["needed_now_idr"] else "beyond_quota"


def _delivered(mine: dict, facts: dict) -> str:
    if any(own["needs_account"] for own in mine.values()) and not facts["account"]["usable"]:
        return "awaiting_account"
    stages = [own["stage"] for own in mine.values()]
    if "nothing_due" in stages:
        return "awaiting_account"
    if "pkh" in mine and (mine["pkh"]["suspended"] or mine["pkh"]["stage"] == "suspended"):
        return "suspended"
    if set(stages) != {"on_time"}:
        return "payment_failed_or_late"
    if any(own["balance_idr"] for own in mine.values()):
        return "not_collected"
    if "sembako" in mine and mine["sembako"]["value_share"] < facts["full_value_share"]:
        return "short_value"
    return "reached"


READ = {
    "id": {
        "welfare": r"sebelum bantuan Rp ([\d.,]+) per orang sebulan, garis kemiskinan Rp ([\d.,]+):",
        "enrolled": "KPM sejak",
        "no_component": "Tidak ada komponen",
        "no_record": "belum terdata",
        "rule": r"menurut (.+?), kuota",
        "selected": r"Penetapan terakhir (\w+ \d+)",
        "key": r": nilai urut (\S+), batas (\S+|tak terbatas|tidak ada)\.(?: |$)",
        "score": r"Skor waktu itu (\S+), batas skor (\S+) ",
        "fresh": r"data baru nilai urut (\S+), batas (\S+|tak terbatas|tidak ada)[.;](?: |$)",
        "fresh_score": r"; skor (\S+), batas skor (\S+)\.",
        "then": r"Pengeluaran waktu itu (.+?), batas (.+?)\.(?: |$)",
        "now": r"Pengeluaran sekarang (.+?), batas (.+?)\.(?: |$)",
        "stage": r"Penyaluran terakhir: (.+?)(?: \(\d+ bulan\))?\.",
        "suspended": "Ditangguhkan.",
        "balance": r"Saldo Rp ([\d.]+)",
        "value": r"diterima (\S+) untuk setiap rupiah \(penuh: (\S+)\)",
        "account": r"Rekening dan kartu \(kanal (.+?)\): (.+?)(?: sejak|\.$)",
        "proposed": "iusulkan pada",
        "nik": "NIK tidak padan",
        "since": r"erdata sejak (\w+ \d+)",
        "left": "Keluar dari daftar",
        "words": {"tak terbatas": math.inf, "tidak diketahui": math.inf, "tidak ada": -math.inf},
    },
    "en": {
        "welfare": r"before assistance Rp ([\d,.]+) a head and month, poverty line Rp ([\d,.]+):",
        "enrolled": "on the list since",
        "no_component": "No component",
        "no_record": "no record",
        "rule": r" by (.+?), quota",
        "selected": r"Last selection (\w+ \d+)",
        "key": r": queue key (\S+), cut-off (\S+)\.",
        "score": r"Score then (\S+), score limit (\S+) ",
        "fresh": r"fresh record queue key (\S+), cut-off (\S+)[.;](?: |$)",
        "fresh_score": r"; score (\S+), score limit (\S+)\.",
        "then": r"Consumption then (.+?), cut-off (.+?)\.(?: |$)",
        "now": r"Consumption now (.+?), cut-off (.+?)\.(?: |$)",
        "stage": r"Last payment due: (.+?)(?: \(\d+ months?\))?\.",
        "suspended": "Suspended.",
        "balance": r"Balance of Rp ([\d,]+)",
        "value": r"received (\S+) for each rupiah \(full: (\S+)\)",
        "account": r"Account and card \(channel (.+?)\): (.+?)(?: since|\.$)",
        "proposed": "roposed in",
        "nik": "NIK does not match",
        "since": r"n record since (\w+ \d+)",
        "left": "It left a list",
        "words": {"unlimited": math.inf, "unknown": math.inf, "none": -math.inf},
    },
}
"""How each language says what a reader looks for."""


class Reader:
    """Reads a month that was told, knowing only the language and the labels."""

    def __init__(self, text: str, language: str) -> None:
        self.language, self.patterns = language, READ[language]
        self.lines = text.split("\n")
        self.status = self.lines[-1].split(self.patterns["left"])[0]

    def number(self, text: str) -> float:
        if text in self.patterns["words"]:
            return self.patterns["words"][text]
        text = text.removeprefix("Rp ").replace("," if self.language == "en" else ".", "")
        return float(text.replace(",", "."))

    def numbers(self, name: str, line: str) -> list[float]:
        """Return the two numbers that a sentence compares; where it is not said, one that is beyond any bound."""
        found = re.search(self.patterns[name], line)
        return [self.number(one) for one in found.groups()] if found else [math.inf, -math.inf]

    def key(self, table: dict[str, Text], word: str) -> str:
        return next(key for key, text in table.items() if text.of(self.language) == word)

    def month(self, text: str) -> str:
        name, year = text.split()
        return f"{year}-{[one.of(self.language) for one in words.MONTHS].index(name) + 1:02d}"

    def facts(self) -> dict:
        own, line = self.numbers("welfare", self.lines[1])
        channel, state = re.search(self.patterns["account"], self.lines[5]).groups()
        self.channel = self.key(words.CHANNEL, channel)
        pkh, sembako = self.programme(self.lines[3]), self.programme(self.lines[4])
        value, full = self.numbers("value", self.lines[4])
        return {
            "welfare": {"consumption_idr": own, "line_idr": line},
            "record": self.record(),
            "pkh": pkh | {"suspended": self.patterns["suspended"] in self.lines[3]},
            "sembako": sembako | {"value_share": value},
            "account": {"usable": self.key(words.ACCOUNT, state) in USABLE},
            "full_value_share": full,
        }

    def record(self) -> dict:
        since = re.search(self.patterns["since"], self.status)
        return {
            "listed": self.patterns["no_record"] not in self.lines[2],
            "proposed": self.patterns["proposed"] in self.status,
            "barred": any(word.of(self.language).lower() in self.status.lower() for word in words.BARRED.values()),
            "nik_ok": self.patterns["nik"] not in self.status,
            "listed_since": self.month(since[1]) if since else None,
        }

    def programme(self, line: str) -> dict:
        key, cut = self.numbers("key", line)
        limited = re.search(self.patterns["score"], line)
        score, limit = self.numbers("score", line) if limited else (0.0, math.inf)
        fresh_key, fresh_cut = self.numbers("fresh", line)
        fresh_score, fresh_limit = self.numbers("fresh_score", line) if limited else (0.0, math.inf)
        then, needed_then = self.numbers("then", line)
        now, needed_now = self.numbers("now", line)
        stage = re.search(self.patterns["stage"], line)
        balance = re.search(self.patterns["balance"], line)
        rule = self.key(words.RULE, re.search(self.patterns["rule"], line)[1])
        fresh = fresh_key <= fresh_cut and fresh_score <= fresh_limit
        return {
            "enrolled": self.patterns["enrolled"] in line,
            "has_component": self.patterns["no_component"] not in line,
            "knows_all": rule in ("perfect", "universal", "random"),
            "selected": self.month(re.search(self.patterns["selected"], line)[1]),
            "key": key, "cut_off": cut, "score": score, "score_limit": limit,
            "score_weight": int(fresh), "fresh_key": -math.inf, "fresh_score": -math.inf,
            "consumption_then_idr": then, "needed_then_idr": needed_then,
            "consumption_now_idr": now, "needed_now_idr": needed_now,
            "needs_account": self.channel != "cash_post" and (self.channel != "in_kind" or line.startswith("PKH")),
            "stage": self.key(words.STAGE, stage[1]) if stage else None,
            "balance_idr": self.number(balance[1]) if balance else 0,
        }  # fmt: skip
