"""Every column of the months table, declared once: kind, unit, words in two languages, definition, source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from simulation.parameters import Text


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    ``kind`` is ``share`` (of something, at the end of the month), ``stock`` (at the end of the month) or ``flow`` (in the
    month). A share is nan only where its denominator is nobody.
    """

    name: str
    kind: str
    unit: str
    label: Text
    definition: str
    source: str = ""


def _measure(name: str, kind: str, unit: str, id: str, en: str, definition: str, source: str = "") -> Measure:
    return Measure(name, kind, unit, Text(id, en), definition, source)


def _poverty() -> list[Measure]:
    rows = [
        ("poverty_headcount", "share of persons", "Persentase penduduk miskin (P0)", "Poverty headcount (P0)",
         "persons in families whose consumption a head is below the line / persons", "F8-09"),
        ("poverty_gap", "index", "Indeks Kedalaman Kemiskinan (P1)", "Poverty gap (P1)",
         "mean over persons of the gap to the line as a share of it, zero for the non-poor", "F8-09"),
        ("poverty_severity", "index", "Indeks Keparahan Kemiskinan (P2)", "Poverty severity (P2)",
         "the same with the gap squared", "F8-09"),
        ("watts", "index", "Indeks Watts", "Watts index", "mean over persons of ln(line / consumption) of the poor", "F8-11"),
        ("sen", "index", "Indeks Sen", "Sen index", "P0 (I + (1 - I) G), I the mean gap and G the Gini of the poor", "F8-10"),
        ("gini", "index", "Rasio Gini", "Gini", "2 cov(consumption, rank) / mean, over persons", "F8-12"),
    ]  # fmt: skip
    found = []
    for name, unit, id, en, definition, source in rows:
        found.append(_measure(name, "share", unit, id, en, f"{definition}; after transfers", source))
        found.append(_measure(
            f"{name}_before_transfers", "share", unit, f"{id}, tanpa bantuan", f"{en}, before transfers",
            f"{definition}; before transfers", source,
        ))  # fmt: skip
    return found


def _errors() -> list[Measure]:
    found = []
    for suffix, id, en, among in (
        ("", "", "", "on the list of PKH or Sembako"),
        ("_pkh", ", PKH", ", PKH", "on the PKH list, among families with a recorded component"),
        ("_sembako", ", Sembako", ", Sembako", "on the Sembako list"),
    ):
        for unit, unit_id, unit_en in (("", "", ""), ("_families", " (keluarga)", " (families)")):
            of = "families" if unit else "persons"
            found += [
                _measure(f"exclusion_error{suffix}{unit}", "share", f"share of poor {of}",
                         f"Kesalahan eksklusi{id}: penduduk miskin yang belum menjadi penerima{unit_id}",
                         f"Exclusion error{en}{unit_en}", f"poor {of} not {among} / poor {of}", "F8-01"),
                _measure(f"inclusion_error{suffix}{unit}", "share", f"share of non-poor {of}",
                         f"Kesalahan inklusi{id}: penduduk tidak miskin yang menerima{unit_id}",
                         f"Inclusion error of the non-poor{en}{unit_en}", f"non-poor {of} {among} / non-poor {of}", "F8-02"),
            ]  # fmt: skip
        found += [
            _measure(f"leakage{suffix}", "share", "share of enrolled families",
                     f"Bagian KPM yang tidak miskin (ukuran BPS){id}", f"Non-poor share of recipients{en}",
                     f"families {among} that are not poor / families {among}", "F8-02"),
            _measure(f"leakage{suffix}_persons", "share", "share of enrolled persons",
                     f"Bagian anggota KPM yang tidak miskin{id}", f"Non-poor share of recipient persons{en}",
                     f"the same over persons {among}", "F8-02"),
        ]  # fmt: skip
    return found


def _deciles() -> list[Measure]:
    found = []
    for number in range(1, 11):
        found += [
            _measure(f"coverage_by_decile_{number:02d}", "share", "share of persons",
                     f"Cakupan desil {number}", f"Coverage of decile {number}",
                     "persons enrolled / persons, decile of persons by consumption before transfers, poorest first"),
            _measure(f"both_programmes_by_decile_{number:02d}", "share", "share of persons",
                     f"Penerima kedua program, desil {number}", f"With both programmes, decile {number}",
                     "persons on both lists / persons of the decile"),
            _measure(f"benefit_share_by_decile_{number:02d}", "share", "share of benefits",
                     f"Bagian bantuan desil {number}", f"Benefit share of decile {number}",
                     "assistance consumed in the decile / assistance consumed"),
        ]  # fmt: skip
    return found


_OTHERS = (
    ("effective_exclusion_error", "share", "share of poor persons", "Penduduk miskin yang belum menerima penuh dan tepat waktu", "Effective exclusion", "1 - poor persons whose cascade status is reached / poor persons"),
    ("exclusion_error_yearly", "share", "share of poor persons", "Kesalahan eksklusi menurut rata-rata setahun", "Exclusion error by the year's mean", "the exclusion error where poor means: consumption averaged over about a year is below the line"),
    ("targeting_differential", "share", "difference of shares", "Selisih cakupan miskin dan tidak miskin", "Targeting differential", "coverage of the poor - coverage of the non-poor, persons", "F8-06"),
    ("leakage_floor", "share", "share of enrolled families", "Batas bawah kebocoran", "Leakage floor", "what no list could avoid: max(1 - poor families / enrolled families, 0)"),
    ("leakage_outside_deciles", "share", "share of enrolled families", "KPM di luar desil 1-4 (ukuran program)", "Recipients outside deciles 1-4", "enrolled families whose welfare is above the poorest 40 % of persons / enrolled families"),
    ("leakage_outside_deciles_by_record", "share", "share of enrolled families", "KPM di luar desil 1-4 menurut data", "Recipients outside deciles 1-4 by their records", "the same as the registry itself would report it"),
    ("registry_error", "share", "share of persons", "Galat eksklusi menurut data sendiri", "Exclusion error as the registry sees it", "persons whom the records take for the poorest, as many as are poor, and who are on no list / those persons"),
    ("cgh_ratio", "share", "ratio", "Rasio CGH", "CGH ratio", "share of benefits that goes to the poorest 40 % of persons / 0.4", "F8-05"),
    ("concentration_coefficient", "share", "index", "Koefisien konsentrasi bantuan", "Concentration coefficient", "2 cov(benefit, rank) / mean benefit, rank by consumption before transfers", "F8-07"),
    ("poor_persons", "stock", "persons", "Penduduk miskin sebelum bantuan", "Poor persons before transfers", "persons in families below the line before transfers"),
    ("poor_families", "stock", "families", "Keluarga miskin sebelum bantuan", "Poor families before transfers", "families below the line before transfers"),
    ("missed_poor_families", "stock", "families", "Keluarga miskin yang perlu dimasukkan", "Poor families on no list", "poor families not enrolled"),
    ("wrongly_enrolled_families", "stock", "families", "KPM tidak miskin", "Enrolled families that are not poor", "list entries that are not a poor family, leavers included"),
    ("record_age_months", "stock", "months", "Usia data keluarga (bulan)", "Record age", "mean age of the records of families who live in the city"),
    ("duplicate_share", "share", "share of records", "Data ganda", "Duplicates", "records that exist twice / records"),
    ("listed_departed_share", "share", "share of records", "Sudah pindah atau meninggal, masih terdata", "Departed still listed", "records of families that have left or dissolved / records"),
    ("unmatchable_share", "share", "share of records", "Data dengan NIK tidak padan", "Unmatchable records", "records whose identity number does not match / records", "S4-19"),
    ("unlisted_poor_share", "share", "share of poor persons", "Warga miskin belum terdata", "Unlisted poor", "poor persons without a record / poor persons"),
    ("listed_share", "share", "share of persons", "Penduduk yang terdata", "Listed persons", "persons with a record / persons"),
    ("proposal_queue", "stock", "families", "Antrean usulan", "Proposal queue", "proposals not yet decided"),
    ("proposal_wait_months", "stock", "months", "Lama menunggu usulan", "Wait of proposals", "mean months that open proposals have waited"),
    ("not_found_share", "share", "share of visits", "Keluarga tidak ditemukan saat pengecekan lapangan", "Not found at check", "families not found / families visited this month"),
    ("record_visits", "flow", "visits", "Kunjungan pemutakhiran data", "Visits that renew records", "visits of pendamping and operators to listed families, campaigns included"),
    ("paid_on_time_share", "share", "share of due payments", "Penyaluran tepat waktu", "Paid on time", "last due payments credited within 30 days / last due payments"),
    ("months_late", "stock", "months", "Lama keterlambatan", "Months late", "mean delay of the last due payments that were or are late"),
    ("unredeemed_share", "share", "share of credited payments", "Saldo tidak ditransaksikan", "Not redeemed", "last credited payments not collected / last credited payments", "D7-03"),
    ("value_received_share", "share", "share of face value", "Nilai barang yang diterima (tepat jumlah, tepat harga)", "Value received", "mean value for each rupiah of the last Sembako transaction"),
    ("unpaid_idr", "stock", "Rp", "Belum tersalur", "Unpaid", "ordered and not credited, or failed and waiting for repair"),
    ("forfeited_idr", "flow", "Rp", "Disetor kembali ke kas negara", "Returned to the treasury", "failed orders at the end of the year and balances untouched for three stages"),
    ("unfunded_families", "flow", "families", "KPM tanpa dana tersisa", "Families without funds", "due payments that the year's budget no longer covered"),
    ("entitlement_recorded_share", "share", "share of members", "Komponen PKH yang tercatat", "Components on record", "members of PKH families who count as components and are on record / members who count"),
    ("goods_shared_idr", "flow", "Rp", "Barang dibagi ke tetangga", "Goods shared with neighbours", "value of in-kind assistance that went to neighbours"),
    ("goods_diverted_idr", "flow", "Rp", "Barang tidak sampai", "Goods diverted", "value of in-kind assistance that reached no family"),
    ("families", "stock", "families", "Keluarga", "Families", "families who live in the city"),
    ("persons", "stock", "persons", "Penduduk", "Persons", "members of families who live in the city"),
    ("pkh_families", "stock", "families", "KPM PKH", "PKH families", "entries of the PKH list"),
    ("sembako_families", "stock", "families", "KPM Sembako", "Sembako families", "entries of the Sembako list"),
    ("enrolled_families", "stock", "families", "KPM", "Enrolled families", "entries of either list"),
    ("both_programmes_families", "stock", "families", "KPM kedua program", "Families with both programmes", "entries of both lists"),
    ("admitted_families", "flow", "families", "KPM baru", "Families admitted", "entries added to either list this month"),
    ("graduated", "flow", "families", "Graduasi (alamiah, mandiri)", "Graduated", "families that left a list without a component, by own wish or after empowerment"),
    ("graduated_natural", "flow", "families", "Graduasi alamiah", "Graduated without component", "PKH families left without a recorded component"),
    ("graduated_own", "flow", "families", "Graduasi mandiri", "Graduated by themselves", "families that left by own wish or after an empowerment place"),
    ("tenure_months", "stock", "months", "Lama kepesertaan", "Tenure", "mean months in PKH"),
    ("participation_share", "share", "share of PKH families", "Keikutsertaan pemberdayaan", "Participation", "PKH families who take part in sessions / PKH families"),
    ("places_given", "flow", "families", "Penerima pemberdayaan (PENA)", "Empowerment places given", "families given an empowerment place this month"),
    ("satisfied_share", "share", "share of enrolled families", "KPM puas", "Satisfied", "enrolled families content with the last payment / enrolled families"),
    ("complaints_open", "stock", "families", "Aduan belum selesai", "Open complaints", "complaints not yet handled"),
    ("out_of_school_share", "share", "share of pupils", "Anak putus sekolah", "Out of school", "children of school age who dropped out / children of school age"),
    ("conditions_met_share", "share", "share of PKH families", "Komitmen terpenuhi", "Conditions met", "PKH families whose children attend / PKH families"),
    ("informed_share", "share", "share of families", "Keluarga yang tahu haknya", "Informed", "families that know their entitlement / families"),
    ("emergency_waiting_families", "stock", "families", "Menunggu bantuan darurat", "Waiting for emergency aid", "families hit by a disaster whose aid has not arrived"),
    ("emergency_months_late", "flow", "months", "Keterlambatan bantuan darurat", "Emergency delay", "mean months from the disaster to aid that arrived this month"),
    ("disaster_hit_families", "flow", "families", "Keluarga terdampak bencana", "Families hit by disaster", "families hit this month"),
    ("cost_idr", "flow", "Rp", "Biaya seluruhnya", "Cost", "transfers, emergency aid and empowerment paid, and operations"),
    ("transfers_paid_idr", "flow", "Rp", "Bantuan tersalur", "Transfers paid", "PKH and Sembako credited to usable accounts, less balances taken back"),
    ("received_idr", "flow", "Rp", "Bantuan di tangan keluarga", "Received", "cash and value of goods in the hands of families"),
    ("operations_idr", "flow", "Rp", "Biaya operasional", "Operations", "staff, operators, inspections, information"),
    ("operations_apbn_idr", "flow", "Rp", "Operasional APBN", "Operations, national budget", "pay of the pendamping"),
    ("operations_apbd_idr", "flow", "Rp", "Operasional APBD", "Operations, city budget", "operators, TKSK, visits, inspections, information"),
    ("operations_unmet_idr", "flow", "Rp", "Operasional tidak terdanai", "Operations unmet", "what the ceiling of the operations budget could not pay"),
    ("support_idr", "flow", "Rp", "Bantuan yang dikonsumsi", "Support consumed", "assistance as it is consumed, evenly between payments"),
    ("cost_per_rupiah_delivered", "share", "Rp per Rp", "Biaya per rupiah tersalur", "Cost per rupiah delivered", "cost / received, this month"),
    ("cost_per_poor_person_lifted", "share", "Rp per person", "Biaya per penduduk terentaskan", "Cost per person lifted", "cost of the month / persons poor before transfers and not after"),
    ("poverty_line_idr", "stock", "Rp a head and month", "Garis kemiskinan", "Poverty line", "published each March, interpolated between", "gk_city"),
    ("pendamping", "stock", "persons", "Pendamping PKH bertugas", "Pendamping on duty", "pendamping whose post is filled"),
    ("pendamping_families", "stock", "families", "KPM per pendamping", "Families per pendamping", "mean over pendamping on duty"),
    ("hours_short_share", "share", "share of hours", "Kekurangan jam kerja", "Hours short", "hours of work beyond the hours available / hours needed"),
    ("visits_done_share", "share", "share of visits", "Kunjungan rumah terlaksana", "Visits done", "home visits made / home visits planned"),
    ("sessions_held_share", "share", "share of sessions", "P2K2 terlaksana", "Sessions held", "group sessions held / group sessions planned"),
    ("motivation", "stock", "0 to 1", "Motivasi kerja pendamping (asumsi)", "Facilitator motivation (assumed)", "mean over pendamping on duty"),
)  # fmt: skip  # noqa: E501

MEASURES: Mapping[str, Measure] = MappingProxyType({
    one.name: one for one in [*_poverty(), *_errors(), *(_measure(*row) for row in _OTHERS), *_deciles()]
})
"""All measures by name, in the order of the columns of the months table."""
