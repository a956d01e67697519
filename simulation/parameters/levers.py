"""Levers on money and on the list of recipients: what a policy sets and who decides it."""

from __future__ import annotations

from functools import partial

from simulation.parameters.declaration import Text, lever

_money = partial(lever, group="money")
_list = partial(lever, group="list")

_BUDGET_DECIDES = Text("anggaran yang menentukan", "the budget decides")

MONEY = (
    _money(
        "pkh_budget_bn_idr_per_year", 33.0, "Rp bn/year", (0.0, 500.0), (15.0, 60.0), "pusat", "derived", "pkh_budget",
        Text("Alokasi anggaran bantuan PKH (miliar rupiah/tahun)", "PKH transfer budget (billion rupiah a year)"),
        Text("Dana bantuan PKH setahun; menjadi kuota keluarga menurut rata-rata bantuan per KPM.",
             "Money for PKH transfers in a year; it becomes a quota of families at the mean entitlement."),
        note="11,500 families (assumed, between 11,149 in 2021 and 12,900 in August 2024) times Rp 2.87 m",
        scales=True,
    ),
    _money(
        "sembako_budget_bn_idr_per_year", 42.845, "Rp bn/year", (0.0, 500.0), (20.0, 85.0), "pusat", "derived",
        "sembako_kpm_city_2024",
        Text("Alokasi anggaran Program Sembako (BPNT) (miliar rupiah/tahun)",
             "Sembako transfer budget (billion rupiah a year)"),
        Text("Dana bantuan Sembako setahun; menjadi kuota keluarga menurut nilai bantuan.",
             "Money for Sembako transfers in a year; it becomes a quota of families at the value of the aid."),
        note="17,852 families times Rp 2.4 m a year", scales=True,
    ),
    _money(
        "pkh_quota_families", None, "families", (0, 150_000), (6_000, 25_000), "pusat", "assumed", "pkh_kpm_city_2024",
        Text("Kuota KPM PKH", "Quota of PKH families"),
        Text("Jumlah keluarga yang ditetapkan menerima PKH, menggantikan hitungan dari anggaran.",
             "Number of families to be on PKH, in place of the number that the budget implies."),
        note="none, because the baseline lets the budget decide; the city had 15,325 in 2024",
        kind="int", optional=True, none_means=_BUDGET_DECIDES, scales=True,
    ),
    _money(
        "sembako_quota_families", None, "families", (0, 150_000), (9_000, 35_000), "pusat", "assumed",
        "sembako_kpm_city_2024",
        Text("Kuota KPM Sembako", "Quota of Sembako families"),
        Text("Jumlah keluarga yang ditetapkan menerima Sembako, menggantikan hitungan dari anggaran.",
             "Number of families to be on Sembako, in place of the number that the budget implies."),
        note="none, because the baseline lets the budget decide; the city had 17,852 in 2024",
        kind="int", optional=True, none_means=_BUDGET_DECIDES, scales=True,
    ),
    _money(
        "benefit_multiplier", 1.0, "times the official amount", (0.0, 5.0), (0.5, 2.0), "pusat", "derived",
        "sembako_amt",
        Text("Pengali indeks bantuan", "Benefit multiplier"),
        Text("Mengalikan semua nilai bantuan PKH dan Sembako.", "Multiplies every PKH and Sembako amount."),
        note="one is the official amount",
    ),
    _money(
        "operations_budget_bn_idr_per_year", None, "Rp bn/year", (0.0, 200.0), (1.0, 6.0), "pusat", "assumed", "",
        Text("Anggaran operasional (APBN / APBD) (miliar rupiah/tahun)", "Operating budget (billion rupiah a year)"),
        Text("Batas biaya operasional, dibayar berurutan: petugas, operator, pemantauan, sosialisasi, pemberdayaan.",
             "A ceiling on running costs, paid in order: staff, operators, inspections, information, empowerment."),
        note="none, because no operating budget of the city could be read; then the other levers set the cost",
        kind="float", optional=True,
        none_means=Text("sebesar biaya pengaturan lainnya", "whatever the other settings cost"), scales=True,
    ),
)

LIST = (
    _list(
        "registry_regime", "dtks", "", None, ("dtks", "dtsen"), "pusat", "found", "dtsen_launch",
        Text("Basis data penerima", "Registry in force"),
        Text("DTKS mengisi kuota kosong menurut penilaian setempat; DTSEN menurut desil BPS.",
             "DTKS fills vacancies by local judgement; DTSEN by the decile that BPS sets."),
        choices=("dtks", "dtsen"),
        choice_labels=(
            Text("DTKS (sampai Januari 2025)", "DTKS (to January 2025)"),
            Text("DTSEN (sejak Februari 2025)", "DTSEN (from February 2025)"),
        ),
    ),
    _list(
        "targeting_method", "by_regime", "", None, ("random", "perfect"), "pusat", "found", "dtks_has_no_rank",
        Text("Cara penetapan sasaran", "Targeting method"),
        Text("Aturan yang mengurutkan keluarga ketika ada kuota kosong.",
             "The rule that orders families when a seat is free."),
        choices=(
            "by_regime", "pmt", "community", "hybrid", "self_targeting", "categorical", "universal", "random", "perfect"
        ),
        choice_labels=(
            Text("mengikuti basis data yang berlaku", "as the registry in force does"),
            Text("uji pendekatan kesejahteraan (PMT)", "proxy means test (PMT)"),
            Text("musyawarah", "community meeting"),
            Text("gabungan", "hybrid"),
            Text("pendaftaran mandiri", "self-targeting"),
            Text("kategori", "by category"),
            Text("semesta", "universal"),
            Text("acak", "random"),
            Text("sempurna", "perfect"),
        ),
    ),
    _list(
        "eligible_decile_max", 4, "decile", (1, 10), (2, 6), "pusat", "found", "eligible_deciles",
        Text("Batas desil kesejahteraan (DTSEN)", "Highest eligible welfare decile (DTSEN)"),
        Text("Keluarga di atas desil ini tidak berhak atas PKH.", "Families above this decile may not receive PKH."),
    ),
    _list(
        "registry_update_interval_months", 3, "months", (1, 60), (1, 24), "pusat", "found", "dtsen_update",
        Text("Jarak penetapan daftar penerima", "Interval between recipient decrees"),
        Text("Jumlah bulan antara dua penetapan daftar KPM.", "Months between two decrees of the list of families."),
    ),
    _list(
        "seats_redrawn", False, "", None, (False, True), "pusat", "found", "growth_admission",
        Text("Seluruh daftar disusun ulang pada setiap penetapan", "Whole list redrawn at each decree"),
        Text("Jika ya, penerima lama diurutkan kembali bersama semua keluarga; jika tidak, hanya kuota kosong diisi.",
             "If true, incumbents are ranked again with everybody; if false, only free seats are filled."),
    ),
    _list(
        "enumeration_interval_months", None, "months", (1, 120), (12, 60), "pusat", "found", "udb_sweeps",
        Text("Jarak pendataan ulang menyeluruh", "Interval between full enumerations"),
        Text("Jumlah bulan antara dua pendataan yang mengunjungi setiap keluarga.",
             "Months between two enumerations that visit every family."),
        kind="int", optional=True, none_means=Text("tanpa pendataan ulang", "no full enumeration"),
    ),
    _list(
        "formula_age_months", 96, "months", (0, 240), (0, 144), "pusat", "derived", "udb_sweeps",
        Text("Usia rumus pemeringkatan", "Age of the ranking formula"),
        Text("Jumlah bulan sejak bobot rumus kesejahteraan diperkirakan.",
             "Months since the weights of the welfare formula were estimated."),
        note="from the sweep of 2015 to the start in 2023",
    ),
    _list(
        "registry_coverage_share", 0.402, "share of persons", (0.05, 1.0), (0.25, 0.97), "pusat", "found", "dtks_city",
        Text("Cakupan data (bagian penduduk yang terdata)", "Registry coverage (share of the population listed)"),
        Text("Bagian penduduk yang paling banyak dapat dimuat dalam basis data.",
             "The largest share of the population that the registry can hold."),
        note="158,660 persons of 394,192",
    ),
    _list(
        "operator_visits_per_month", 40.0, "visits per operator and month", (0.0, 400.0), (0.0, 150.0), "kota",
        "assumed", "",
        Text("Kunjungan verifikasi-validasi (verval) operator kelurahan", "Verification visits by kelurahan operators"),
        Text("Kunjungan yang dilakukan setiap operator kelurahan dalam sebulan.",
             "Visits that each kelurahan operator makes in a month."),
        note="two a working day beside data entry; nobody publishes a count", scales=True,
    ),
    _list(
        "campaign_families_per_month", 0.0, "families/month", (0.0, 200_000.0), (0.0, 12_500.0), "pusat", "found",
        "groundcheck_city",
        Text("Pengecekan lapangan (keluarga per bulan)", "Ground-check campaign (families a month)"),
        Text("Keluarga penerima yang harus diperiksa pendamping di lapangan, mendahului tugas lain.",
             "Recipient families that facilitators must check in the field before any other task."),
        note="none outside the campaign of March and April 2025", scales=True,
    ),
    _list(
        "civil_registry_lag_months", 6, "months", (0, 60), (0, 24), "kota", "assumed", "seed_registry_findings",
        Text("Jeda pemadanan data Dukcapil", "Civil registry lag"),
        Text("Bulan hingga kematian, kepindahan, dan pecah KK di Dukcapil sampai ke daftar.",
             "Months until deaths, moves and new family cards at the civil registry reach the list."),
        note="the study calls the data static and coordination weak; half a year is a middling reading of that",
    ),
    _list(
        "on_demand_applications", True, "", None, (False, True), "pusat", "found", "proposal_path_public",
        Text("Usulan mandiri (Cek Bansos / kelurahan)", "On-demand applications"),
        Text("Keluarga dapat mengusulkan diri tanpa menunggu musyawarah.",
             "Families can propose themselves without waiting for a meeting."),
    ),
    _list(
        "information_reach_share", 0.3, "share of families", (0.0, 1.0), (0.05, 0.9), "kota", "assumed", "",
        Text("Jangkauan sosialisasi hak KPM", "Reach of information on entitlements"),
        Text("Bagian keluarga yang mengetahui haknya dan cara mengusulkan diri.",
             "Share of families that know their entitlement and how to apply."),
        note="no survey asks it in the city; the study reports that many families do not know",
    ),
)
