"""Levers on people, on the way aid is delivered, on empowerment and on emergencies."""

from __future__ import annotations

from functools import partial

from simulation.parameters.declaration import Disaster, Text, lever

_people = partial(lever, group="people")
_channel = partial(lever, group="channel")
_empowerment = partial(lever, group="empowerment")
_emergency = partial(lever, group="emergency")

PEOPLE = (
    _people(
        "caseload_per_pendamping", 194.0, "families", (25.0, 1000.0), (100.0, 450.0), "pusat", "derived",
        "pendamping_city_n",
        Text("Jumlah KPM dampingan per pendamping PKH", "Families per PKH facilitator"),
        Text("Menentukan berapa pendamping yang diangkat dan dibayar.",
             "Sets how many facilitators are hired and paid."),
        note="15,325 families by 79 officers; 294 is the national mean",
    ),
    _people(
        "pendamping_pay_idr_per_month", 3_200_000.0, "Rp/month", (0.0, 20_000_000.0), (1_500_000.0, 6_500_000.0),
        "pusat", "found", "pendamping_pay_contract",
        Text("Honorarium/gaji pendamping", "Facilitator pay"),
        Text("Bayaran seorang pendamping PKH sebulan.", "Monthly pay of one PKH facilitator."),
        note="middle of 3.0-3.4 m",
    ),
    _people(
        "digital_reporting", False, "", None, (False, True), "pusat", "found", "delivery_problems_city",
        Text("Pelaporan satu kali (tanpa entri ganda)", "Single-entry digital reporting"),
        Text("Jika ya, laporan diisi sekali saja sehingga jam pelaporan berkurang.",
             "If true, reports are entered once, which cuts reporting hours."),
        note="the study calls reporting manual: reports on paper beside e-PKH",
    ),
    _people(
        "p2k2_sessions_per_month", 1.0, "sessions per group and month", (0.0, 4.0), (0.0, 2.0), "pusat", "found",
        "pkh_p2k2_freq",
        Text("Pertemuan P2K2 per kelompok per bulan", "Family development sessions per group and month"),
        Text("Pertemuan Peningkatan Kemampuan Keluarga yang direncanakan bagi setiap kelompok.",
             "Family development sessions planned for each group."),
    ),
)

CHANNEL = (
    _channel(
        "pkh_payment_cycle_months", 3, "months", (1, 12), (1, 6), "pusat", "found", "pkh_stages",
        Text("Periode penyaluran PKH (bulan per tahap)", "PKH payment cycle (months per stage)"),
        Text("Jumlah bulan antara dua tahap penyaluran PKH.", "Months between two PKH payments."),
    ),
    _channel(
        "sembako_payment_cycle_months", 2, "months", (1, 12), (1, 6), "pusat", "found", "sembako_cadence",
        Text("Periode penyaluran Sembako (bulan per tahap)", "Sembako payment cycle (months per stage)"),
        Text("Jumlah bulan antara dua tahap penyaluran Sembako.", "Months between two Sembako payments."),
    ),
    _channel(
        "bank_processing_days", 20.0, "days", (0.0, 180.0), (7.0, 60.0), "bank", "assumed", "",
        Text("Lama proses bank hingga dana masuk rekening", "Bank processing time"),
        Text("Rata-rata hari dari perintah bayar hingga dana masuk rekening KPM.",
             "Mean days from the payment order until the money is on the family's account."),
        note="late transfers are reported without a rate; 20 days leaves about 86 % within 30 days; tried 7-45",
    ),
    _channel(
        "openings_per_month", 600.0, "accounts/month", (0.0, 20_000.0), (50.0, 2_000.0), "bank", "assumed", "",
        Text("Kapasitas buka rekening kolektif (burekol)", "Account opening capacity"),
        Text("Rekening baru yang dapat dibuka semua bank dalam sebulan.",
             "New accounts that all banks together can open in a month."),
        note="enough for a steady flow of entrants, too little for a batch after a decree; no count is published",
        scales=True,
    ),
    _channel(
        "delivery_channel", "ewarong", "", None, ("in_kind", "cash_bank"), "pusat", "found", "delivery_problems_city",
        Text("Kanal penyaluran", "Delivery channel"),
        Text("Cara KPM menerima Sembako; PKH selalu tunai.",
             "How families receive Sembako; PKH is always paid in cash."),
        note="the programme as the study describes it; officially e-warong ended in March 2023",
        choices=("ewarong", "cash_bank", "cash_post", "in_kind"),
        choice_labels=(
            Text("e-warong", "e-warong"),
            Text("tunai lewat bank-agen", "cash through banks and their agents"),
            Text("tunai lewat PT Pos", "cash through the post office"),
            Text("barang lewat kelurahan", "goods through the kelurahan"),
        ),
    ),
    _channel(
        "families_per_ewarong", 235.0, "families", (20.0, 5000.0), (120.0, 900.0), "bank", "derived",
        "ewarong_ratio_observed",
        Text("KPM per e-warong (agen)", "Families per agent"),
        Text("Menentukan berapa agen penyalur yang melayani kota.", "Sets how many agents serve the city."),
        note="76 agents, about one per kelurahan; elsewhere 182-943",
    ),
    _channel(
        "ewarong_inspections_per_month", 10.0, "inspections/month", (0.0, 1000.0), (0.0, 76.0), "kota", "assumed", "",
        Text("Pemantauan e-warong per bulan (pengawasan 6T)", "Agent inspections per month"),
        Text("Pemeriksaan harga, jumlah, dan mutu barang pada agen di seluruh kota.",
             "Checks of price, quantity and quality at agents in the whole city."),
        note="one or two a month by each of the nine TKSK; no count is published", scales=True,
    ),
)

EMPOWERMENT = (
    _empowerment(
        "empowerment_places_per_year", 50.0, "places/year", (0.0, 20_000.0), (0.0, 1_000.0), "pusat", "assumed",
        "pena_reach",
        Text("Kuota bantuan pemberdayaan (PENA)", "Empowerment places (PENA)"),
        Text("Keluarga yang setahun mendapat bantuan usaha.", "Families that get a business grant in a year."),
        note="PENA reached about 0.1-0.2 % of PKH families a year in the nation; the city may have a few dozen",
        scales=True,
    ),
    _empowerment(
        "empowerment_grant_idr", 6_000_000.0, "Rp", (0.0, 50_000_000.0), (2_000_000.0, 12_000_000.0), "pusat", "found",
        "pena_amt",
        Text("Nilai bantuan pemberdayaan (PENA)", "Empowerment grant (PENA)"),
        Text("Nilai alat dan bahan usaha bagi satu keluarga.", "Worth of tools and materials given to one family."),
    ),
    _empowerment(
        "max_years_in_programme", None, "years", (1, 20), (2, 8), "pusat", "found", "max_duration",
        Text("Batas masa kepesertaan PKH", "Time limit on PKH"),
        Text("Tahun setelah itu keluarga keluar dari PKH, kecuali lansia dan disabilitas berat.",
             "Years after which a family leaves PKH, except for the elderly and the severely disabled."),
        note="five years is announced policy of 2025; not enforced in the baseline",
        kind="int", optional=True, none_means=Text("tanpa batas", "no limit"),
    ),
    _empowerment(
        "conditionality_enforced", False, "", None, (False, True), "pusat", "recalled", "pkh_sanction",
        Text("Penegakan komitmen (penangguhan bantuan)", "Enforcement of conditions"),
        Text("Jika ya, bantuan ditangguhkan bila komitmen sekolah atau kesehatan tidak dipenuhi.",
             "If true, aid is suspended when the school or health conditions are not met."),
        note="medium: enforcement is weak in practice",
    ),
)

EMERGENCY = (
    _emergency(
        "emergency_response_lag_months", 2.0, "months", (0.0, 12.0), (0.5, 6.0), "kota", "assumed", "quake_2025",
        Text("Jeda bantuan darurat bencana", "Emergency response lag"),
        Text("Bulan dari bencana hingga bantuan diterima bila data antarinstansi tidak terpadu.",
             "Months from a disaster until aid arrives when the agencies' data are not joined."),
        note="counting took two days in 2025, release of funds and goods is not reported; the study calls aid late",
    ),
    _emergency(
        "disaster", (), "", None, ((), (Disaster("2025-05", "Betungan", 0.1),)), "", "assumed", "quake_2025",
        Text("Bencana bertanggal", "Dated disasters"),
        Text("Daftar bencana: bulan, kelurahan, dan bagian keluarga yang terkena.",
             "List of disasters: month, kelurahan and share of families hit."),
        note="none by chance: a disaster happens only where a scenario dates one",
    ),
)
