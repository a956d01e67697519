"""A family's month told in words, from its facts; every number that decided its status is among them.

Where two numbers are compared they are written with as many digits as show which is the smaller.
"""

from __future__ import annotations

import math
from typing import Any

from simulation.agents import words
from simulation.agents.facts import enough
from simulation.agents.words import Voice

Facts = dict[str, Any]

PROGRAMMES = {"pkh": "PKH", "sembako": "Sembako"}
RUNGS = {
    "no_vacancy": "record",
    "stale_record": "fresh_record",
    "ranking_error": "consumption_then",
    "fell_poor_since": "consumption_now",
}
"""What would have given a family of each status a seat."""


def tell(facts: Facts, language: str) -> str:
    """Return the month of a family in ``"id"`` or ``"en"``, a line for each subject, the status last."""
    if language not in ("id", "en"):
        raise ValueError(f"language is {language!r}, but a month is told in 'id' or 'en'")
    voice = Voice(language)
    if not facts["in_city"]:
        return _absence(voice, facts)
    lines = [_family(voice, facts), _welfare(voice, facts["welfare"]), _record(voice, facts["record"])]
    lines += [_programme(voice, facts, name) for name in PROGRAMMES]
    return "\n".join([*lines, f"{_account(voice, facts)}.", _status(voice, facts)])


def _absence(voice: Voice, facts: Facts) -> str:
    if facts["departed"] is None:
        return voice.say(
            "Keluarga simulasi {row} belum ada di kota.",
            "Simulated family {row} is not in the city yet.",
            row=facts["row"],
        )
    return voice.say(
        "Keluarga simulasi {row} pindah atau bubar pada {gone}.",
        "Simulated family {row} left the city or dissolved in {gone}.",
        row=facts["row"], gone=voice.date(facts["departed"]),
    )  # fmt: skip


def _family(voice: Voice, facts: Facts) -> str:
    family = facts["family"]
    groups = [f"{family[name]} {voice.word(words.MEMBERS, name)}" for name in words.MEMBERS if family[name]]
    return voice.say(
        "Keluarga simulasi {row}, {month}: {members} ({groups}), Kelurahan {kelurahan}, Kecamatan {kecamatan}.",
        "Simulated family {row}, {month}: {members} ({groups}), Kelurahan {kelurahan}, Kecamatan {kecamatan}.",
        row=facts["row"], month=voice.date(facts["month"]), members=voice.people(family["members"]),
        groups=", ".join(groups), kelurahan=family["kelurahan"], kecamatan=family["kecamatan"],
    )  # fmt: skip


def _welfare(voice: Voice, welfare: Facts) -> str:
    line, own = voice.pair(welfare["line_idr"], welfare["consumption_idr"], 0)
    return voice.say(
        "Pengeluaran sebelum bantuan {own} per orang sebulan, garis kemiskinan {line}: {poor} (ukuran BPS). Bantuan "
        "yang dikonsumsi {support} sekeluarga sebulan; setelah bantuan {after} per orang.",
        "Consumption before assistance {own} a head and month, poverty line {line}: {poor} (BPS measure). Assistance "
        "consumed {support} a month for the family; after assistance {after} a head.",
        own=f"Rp {own}", line=f"Rp {line}",
        poor=voice.say("miskin", "poor") if welfare["poor"] else voice.say("tidak miskin", "not poor"),
        support=voice.rupiah(welfare["support_idr"]), after=voice.rupiah(welfare["consumption_after_idr"]),
    )  # fmt: skip


def _record(voice: Voice, record: Facts) -> str:
    if not record["listed"]:
        return voice.say("{registry}: belum terdata.", "{registry}: no record.", registry=record["registry"])
    doubled = voice.say(" Data ganda.", " The record exists twice.") if record["duplicate"] else ""
    return voice.say(
        "{registry}: usia data keluarga {age}, skor data {score} (makin kecil makin miskin); bila didata sekarang "
        "{fresh}.",
        "{registry}: record {age} old, recorded score {score} (the smaller the poorer); {fresh} if enumerated now.",
        registry=record["registry"], age=voice.months(record["age_months"]),
        score=voice.number(record["score"]), fresh=voice.number(record["fresh_score"]),
    ) + doubled  # fmt: skip


def _programme(voice: Voice, facts: Facts, name: str) -> str:
    """Tell one programme: the list, its queue, and the last payment or what else would have given a seat."""
    own = facts[name]
    title = "PKH" if name == "pkh" else "Program Sembako (BPNT)"
    if own["enrolled"]:
        since, months = voice.date(own["since"]), voice.months(own["months_enrolled"])
        place = voice.say("KPM sejak {since} ({n}).", "on the list since {since} ({n}).", since=since, n=months)
        return f"{title}: {place} {_queue(voice, own)} {_payment(voice, facts, name)}"
    place = voice.say("bukan KPM.", "not on the list.")
    if not own["has_component"]:
        place += voice.say(" Tidak ada komponen dalam data.", " No component on record.")
    elif facts["status"] in (*RUNGS, "beyond_quota") and not own["knows_all"]:
        return f"{title}: {place} {_queue(voice, own)} {_ladder(voice, own)}"
    return f"{title}: {place} {_queue(voice, own)}"


def _queue(voice: Voice, own: Facts) -> str:
    if own["selected"] is None:
        return voice.say("Daftar belum pernah ditetapkan.", "No list has been made yet.")
    head = voice.say(
        "Penetapan terakhir {selected} menurut {rule}, kuota {quota} KPM.",
        "Last selection {selected} by {rule}, quota {quota} families.",
        selected=voice.date(own["selected"]), rule=voice.word(words.RULE, own["rule"]),
        quota=voice.number(own["quota"], 0),
    )  # fmt: skip
    return f"{head} {_place(voice, own)}"


def _place(voice: Voice, own: Facts) -> str:
    """Tell the place in the queue against the last seat, and the score against the decile limit where one is set."""
    key, cut = voice.pair(own["key"], own["cut_off"])
    if own["key"] == math.inf:
        return voice.say("Tidak masuk antrean, batas {cut}.", "Not in the queue, cut-off {cut}.", cut=cut)
    text = voice.say(
        "Urutan {place} dari {queue}: nilai urut {key}, batas {cut}.",
        "Place {place} of {queue}: queue key {key}, cut-off {cut}.",
        place=voice.number(own["place"], 0), queue=voice.number(own["queue"], 0), key=key, cut=cut,
    )  # fmt: skip
    if own["decile_limit"] is None:
        return text
    score, limit = voice.pair(own["score"], own["score_limit"])
    return text + voice.say(
        " Skor waktu itu {score}, batas skor {limit} (desil {decile}).",
        " Score then {score}, score limit {limit} (decile {decile}).",
        score=score, limit=limit, decile=own["decile_limit"],
    )  # fmt: skip


def _ladder(voice: Voice, own: Facts) -> str:
    """Tell what else would have given a seat: a fresh record, known consumption then, known consumption now."""
    parts = [_fresh(voice, own)] if own["score_weight"] > 0 and own["key"] < math.inf else []
    for which, id, en in (("then", "waktu itu", "then"), ("now", "sekarang", "now")):
        has, needs = own[f"consumption_{which}_idr"], own[f"needed_{which}_idr"]
        parts.append(voice.say(
            "Pengeluaran {when} {has}, batas {needs}.", "Consumption {when} {has}, cut-off {needs}.",
            when=voice.say(id, en), needs=voice.rupiah(needs),
            has=voice.rupiah(has) if has < math.inf else voice.say("tidak diketahui", "unknown"),
        ))  # fmt: skip
    return " ".join(parts)


def _fresh(voice: Voice, own: Facts) -> str:
    key, cut = voice.pair(own["fresh_key"], own["cut_off"])
    text = voice.say(
        "Dengan data baru nilai urut {key}, batas {cut}", "With a fresh record queue key {key}, cut-off {cut}",
        key=key, cut=cut,
    )  # fmt: skip
    if own["decile_limit"] is None:
        return f"{text}."
    score, limit = voice.pair(own["fresh_score"], own["score_limit"])
    return text + voice.say(
        "; skor {score}, batas skor {limit}.", "; score {score}, score limit {limit}.", score=score, limit=limit
    )


def _payment(voice: Voice, facts: Facts, name: str) -> str:
    own = facts[name]
    text = voice.say("Penyaluran terakhir: {how}.", "Last payment due: {how}.", how=_stage(voice, own))
    if name == "pkh":
        text += voice.say(" Hak menurut data {idr} setahun.", " Entitlement on record {idr} a year.",
                          idr=voice.rupiah(own["entitlement_idr_per_year"]))  # fmt: skip
        text += voice.say(" Ditangguhkan.", " Suspended.") if own["suspended"] else ""
    if own["balance_idr"]:
        text += f" {_capital(_untouched(voice, own))}."
    elif own["collected"]:
        text += voice.say(" Sudah diambil.", " Collected.")
    if own["returned_idr"]:
        text += voice.say(" {idr} gagal dan menunggu perbaikan.", " {idr} failed and waits for repair.",
                          idr=voice.rupiah(own["returned_idr"]))  # fmt: skip
    return text + (_value(voice, facts) if name == "sembako" and own["collected"] else "")


def _value(voice: Voice, facts: Facts) -> str:
    value, full = voice.pair(facts["sembako"]["value_share"], facts["full_value_share"], 3)
    return voice.say(
        " Nilai yang diterima {value} untuk setiap rupiah (penuh: {full}).",
        " Value received {value} for each rupiah (full: {full}).",
        value=value, full=full,
    )  # fmt: skip


def _stage(voice: Voice, own: Facts) -> str:
    late = f" ({voice.months(own['months_late'])})" if own["months_late"] else ""
    return voice.word(words.STAGE, own["stage"]) + late


def _untouched(voice: Voice, own: Facts) -> str:
    idr = voice.rupiah(own["balance_idr"])
    return voice.say("saldo {idr} belum ditransaksikan", "balance of {idr} not redeemed", idr=idr)


def _account(voice: Voice, facts: Facts) -> str:
    account = facts["account"]
    text = voice.say(
        "Rekening dan kartu (kanal {channel}): {state}", "Account and card (channel {channel}): {state}",
        channel=voice.word(words.CHANNEL, facts["channel"]), state=voice.word(words.ACCOUNT, account["state"]),
    )  # fmt: skip
    if account["since"] is None:
        return text
    since, months = voice.date(account["since"]), voice.months(account["months"])
    return text + voice.say(" sejak {since} ({n})", " since {since} ({n})", since=since, n=months)


def _status(voice: Voice, facts: Facts) -> str:
    """Tell the status, what decided it, and for a family on no list why it once left one."""
    status = facts["status"]
    label = voice.word(words.STATUS, status)
    why = voice.word(words.WHY, status).format(**_blanks(voice, facts, status))
    if not facts["left_list"] or facts["pkh"]["enrolled"] or facts["sembako"]["enrolled"]:
        return f"Status: {label}. {why}"
    left = voice.say(
        "Keluar dari daftar pada {month}: {why}.", "It left a list in {month}: {why}.",
        month=voice.date(facts["left_list_month"]), why=voice.word(words.EXIT, facts["left_list"]),
    )  # fmt: skip
    return f"Status: {label}. {why} {left}"


def _blanks(voice: Voice, facts: Facts, status: str) -> dict[str, str]:
    """Return what fills the blanks of the sentence that gives the reason of a status."""
    record = facts["record"]
    if status in RUNGS:
        lists = [title for name, title in PROGRAMMES.items() if enough(facts, name)[RUNGS[status]]]
        return {"lists": voice.joined(lists), "age": voice.months(record["age_months"] or 0)}
    if status == "short_value":
        value, full = voice.pair(facts["sembako"]["value_share"], facts["full_value_share"], 3)
        return {"value": value, "full": full}
    if status not in _REASONS:
        return {"registry": record["registry"]}
    return {"reasons": _capital("; ".join(_REASONS[status](voice, facts)))}


def _waits(voice: Voice, facts: Facts) -> list[str]:
    record = facts["record"]
    if record["proposed"]:
        return [voice.say(
            "diusulkan pada {month}, menunggu verval {n}", "proposed in {month}, waiting {n} for verification",
            month=voice.date(record["proposed"]), n=voice.months(record["proposal_wait_months"]),
        )]  # fmt: skip
    return [voice.say(
        "terdata sejak {month}, menunggu penetapan setelah {selected}",
        "on record since {month}, waiting for the selection after {selected}",
        month=voice.date(record["listed_since"]), selected=voice.date(facts["sembako"]["selected"]),
    )]  # fmt: skip


def _bars(voice: Voice, facts: Facts) -> list[str]:
    record, reasons = facts["record"], []
    if record["barred"]:
        reasons.append(f"{voice.word(words.BARRED, record['barred'])} ({voice.date(record['barred_since'])})")
    if not record["nik_ok"]:
        reasons.append(voice.say("NIK tidak padan dengan Dukcapil", "NIK does not match the civil registry"))
    return reasons


def _no_account(voice: Voice, facts: Facts) -> list[str]:
    mine = _mine(facts)
    needs = any(own["needs_account"] for own in mine.values()) and not facts["account"]["usable"]
    reasons = [_account(voice, facts)] if needs else []
    none_due = [PROGRAMMES[name] for name, own in mine.items() if own["stage"] == "nothing_due"]
    if none_due:
        reasons.append(voice.say(
            "penyaluran pertama {lists} belum jatuh tempo", "first payment of {lists} not due yet",
            lists=voice.joined(none_due),
        ))  # fmt: skip
    return reasons


def _not_on_time(voice: Voice, facts: Facts) -> list[str]:
    late = {name: own for name, own in _mine(facts).items() if own["stage"] != "on_time"}
    return [f"{PROGRAMMES[name]}: {_stage(voice, own)}" for name, own in late.items()]


def _not_collected(voice: Voice, facts: Facts) -> list[str]:
    full = {name: own for name, own in _mine(facts).items() if own["balance_idr"]}
    return [f"{PROGRAMMES[name]}: {_untouched(voice, own)}" for name, own in full.items()]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _mine(facts: Facts) -> Facts:
    return {name: facts[name] for name in PROGRAMMES if facts[name]["enrolled"]}


_REASONS = {
    "awaiting_verification": _waits,
    "excluded_by_rule": _bars,
    "awaiting_account": _no_account,
    "payment_failed_or_late": _not_on_time,
    "not_collected": _not_collected,
}
