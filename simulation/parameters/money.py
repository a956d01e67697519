"""Money: official amounts, and what running the programme costs."""

from __future__ import annotations

from functools import partial

from simulation.parameters.declaration import Text, assumption, constant

_amount = partial(assumption, group="amounts")
_fixed = partial(constant, group="amounts")
_cost = partial(assumption, group="costs")

AMOUNTS = (
    _fixed(
        "pkh_amount_pregnant_idr_per_year", 3_000_000.0, "Rp/person/year", "found", "pkh_amt_pregnant",
        Text("Bantuan PKH ibu hamil atau nifas", "PKH amount for a pregnancy"),
        Text("Bantuan setahun untuk kehamilan atau nifas.", "Yearly aid for a pregnancy or after birth."),
    ),
    _fixed(
        "pkh_amount_early_child_idr_per_year", 3_000_000.0, "Rp/person/year", "found", "pkh_amt_early_child",
        Text("Bantuan PKH anak usia dini", "PKH amount for a young child"),
        Text("Bantuan setahun untuk anak usia 0-6 tahun.", "Yearly aid for a child aged 0-6."),
    ),
    _fixed(
        "pkh_amount_sd_idr_per_year", 900_000.0, "Rp/person/year", "found", "pkh_amt_sd",
        Text("Bantuan PKH murid SD", "PKH amount for a primary pupil"),
        Text("Bantuan setahun untuk murid SD.", "Yearly aid for a pupil of primary school."),
    ),
    _fixed(
        "pkh_amount_smp_idr_per_year", 1_500_000.0, "Rp/person/year", "found", "pkh_amt_smp",
        Text("Bantuan PKH murid SMP", "PKH amount for a junior secondary pupil"),
        Text("Bantuan setahun untuk murid SMP.", "Yearly aid for a pupil of junior secondary school."),
    ),
    _fixed(
        "pkh_amount_sma_idr_per_year", 2_000_000.0, "Rp/person/year", "found", "pkh_amt_sma",
        Text("Bantuan PKH murid SMA", "PKH amount for a senior secondary pupil"),
        Text("Bantuan setahun untuk murid SMA.", "Yearly aid for a pupil of senior secondary school."),
    ),
    _fixed(
        "pkh_amount_elderly_idr_per_year", 2_400_000.0, "Rp/person/year", "found", "pkh_amt_elderly",
        Text("Bantuan PKH lansia", "PKH amount for an elderly person"),
        Text("Bantuan setahun untuk lansia 60 tahun ke atas.", "Yearly aid for a person of 60 or more."),
    ),
    _fixed(
        "pkh_amount_disability_idr_per_year", 2_400_000.0, "Rp/person/year", "found", "pkh_amt_disability",
        Text("Bantuan PKH disabilitas berat", "PKH amount for a severe disability"),
        Text("Bantuan setahun untuk penyandang disabilitas berat.", "Yearly aid for a severely disabled person."),
    ),
    _fixed(
        "sembako_amount_idr_per_month", 200_000.0, "Rp/family/month", "found", "sembako_amt",
        Text("Bantuan Sembako per bulan", "Sembako amount per month"),
        Text("Nilai bantuan pangan satu keluarga sebulan.", "Worth of a family's food aid in a month."),
    ),
    _amount(
        "pkh_payment_scale", 0.95, "times", (0.1, 2.0), (0.70, 1.0), "assumed", "pkh_avg_benefit_prov",
        Text("Bagian bantuan PKH yang dibayarkan", "Share of the PKH entitlement that is paid"),
        Text("Menutup selisih antara indeks bantuan dan jumlah yang diumumkan.",
             "Closes the gap between official amounts and the published total."),
        note="1.0 gives Rp 44 bn in 2024, 0.70 the Rp 30.8 bn that follows if Rp 503,655 was paid a quarter",
    ),
    _amount(
        "pkh_mean_entitlement_idr_per_year", 2_870_000.0, "Rp/family/year", (500_000.0, 10_000_000.0),
        (2_000_000.0, 3_700_000.0), "derived", "pkh_budget",
        Text("Rata-rata bantuan PKH per KPM", "Mean PKH entitlement"),
        Text("Dipakai untuk mengubah anggaran menjadi kuota keluarga.", "Turns a budget into a quota of families."),
        note="Rp 28.7 tn for 10 m families",
    ),
    _fixed(
        "umk_idr_per_month", 2_751_800.0, "Rp/month", "derived", "umk_city",
        Text("Upah minimum kota (UMK) 2024", "City minimum wage of 2024"),
        Text("Pembanding honorarium pendamping.", "Yardstick for the pay of facilitators."),
        note="2025 divided by 1.065",
    ),
)

COSTS = (
    _cost(
        "operator_honorarium_idr_per_month", 1_000_000.0, "Rp/month", (0.0, 10_000_000.0), (300_000.0, 2_000_000.0),
        "assumed", "siks_ng_operators",
        Text("Honorarium operator kelurahan", "Honorarium of a kelurahan operator"),
        Text("Bayaran operator SIKS-NG sebulan dari APBD.", "Monthly pay of a registry operator from the city budget."),
        note="a part-time duty, about a third of the minimum wage; not published",
    ),
    _cost(
        "tksk_honorarium_idr_per_month", 1_750_000.0, "Rp/month", (0.0, 10_000_000.0), (1_000_000.0, 2_500_000.0),
        "assumed", "",
        Text("Honorarium TKSK", "Honorarium of a sub-district worker (TKSK)"),
        Text("Tali asih tenaga kesejahteraan sosial kecamatan sebulan.", "Monthly pay of a sub-district worker."),
        note="national allowance with a local supplement; not read anywhere, between operator and facilitator",
    ),
    _cost(
        "visit_cost_idr", 25_000.0, "Rp/visit", (0.0, 1_000_000.0), (10_000.0, 75_000.0), "assumed", "",
        Text("Biaya satu kunjungan", "Cost of one visit"),
        Text("Transpor dan formulir untuk satu kunjungan operator.", "Transport and forms of one operator's visit."),
        note="petrol for a few kilometres and a printed form",
    ),
    _cost(
        "inspection_cost_idr", 150_000.0, "Rp/inspection", (0.0, 5_000_000.0), (50_000.0, 500_000.0), "assumed", "",
        Text("Biaya satu pemantauan e-warong", "Cost of one agent inspection"),
        Text("Uang harian dan transpor untuk satu pemantauan.", "Allowance and transport of one inspection."),
        note="the daily allowance of an official within the city",
    ),
    _cost(
        "information_cost_idr_per_family", 10_000.0, "Rp/family/year", (0.0, 500_000.0), (3_000.0, 30_000.0), "assumed",
        "",
        Text("Biaya sosialisasi per keluarga", "Cost of information per family"),
        Text("Biaya setahun agar satu keluarga mengetahui haknya.",
             "Yearly cost of letting one family know its entitlement."),
        note="a printed leaflet and a share of a meeting",
    ),
    _cost(
        "enumeration_cost_idr_per_family", 55_000.0, "Rp/family", (0.0, 1_000_000.0), (30_000.0, 90_000.0), "assumed",
        "",
        Text("Biaya pendataan ulang per keluarga", "Cost of full enumeration per family"),
        Text("Biaya mendata satu keluarga pada pendataan menyeluruh.",
             "Cost of enumerating one family in a full enumeration."),
        note="Regsosek 2022 by memory: about Rp 4 tn for some 75 m families",
    ),
)
