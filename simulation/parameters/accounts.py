"""Accounts and payment: opening, cards, name and NIK mismatches, delay, idle balances, the post office."""

from __future__ import annotations

from functools import partial

from simulation.parameters.declaration import Text, assumption

_account = partial(assumption, group="accounts")
_payment = partial(assumption, group="payment")

_BANKS = "the four Himbara banks are known, their shares in the city are not; BRI serves two neighbouring regencies"

ACCOUNTS = (
    _account(
        "bank_share_bri", 0.55, "share of families", (0.0, 1.0), (0.35, 0.80), "assumed", "pkh_banks",
        Text("Bagian KPM pada BRI", "Share of families with BRI"),
        Text("Bagian KPM yang dilayani BRI.", "Share of families served by BRI."), note=_BANKS,
    ),
    _account(
        "bank_share_bni", 0.20, "share of families", (0.0, 1.0), (0.05, 0.35), "assumed", "pkh_banks",
        Text("Bagian KPM pada BNI", "Share of families with BNI"),
        Text("Bagian KPM yang dilayani BNI.", "Share of families served by BNI."), note=_BANKS,
    ),
    _account(
        "bank_share_mandiri", 0.20, "share of families", (0.0, 1.0), (0.05, 0.35), "assumed", "pkh_banks",
        Text("Bagian KPM pada Bank Mandiri", "Share of families with Mandiri"),
        Text("Bagian KPM yang dilayani Bank Mandiri.", "Share of families served by Mandiri."), note=_BANKS,
    ),
    _account(
        "bank_share_btn", 0.05, "share of families", (0.0, 1.0), (0.0, 0.15), "assumed", "pkh_banks",
        Text("Bagian KPM pada BTN", "Share of families with BTN"),
        Text("Bagian KPM yang dilayani BTN.", "Share of families served by BTN."), note=_BANKS,
    ),
    _account(
        "opening_lead_months", 1, "months", (0, 24), (1, 3), "assumed", "",
        Text("Waktu minimum buka rekening", "Shortest time to open an account"),
        Text("Bulan paling singkat dari penetapan hingga rekening terbuka.",
             "Fewest months from the decree to an open account."),
        note="a collective opening takes at least one monthly round",
    ),
    _account(
        "opening_failure_share", 0.03, "share of openings", (0.0, 0.5), (0.01, 0.05), "assumed", "gagal_burekol_rate",
        Text("Gagal buka rekening (gagal burekol)", "Failed account openings"),
        Text("Bagian pembukaan rekening yang gagal dan perlu dikunjungi.",
             "Share of openings that fail and need a helper's visit."),
        note="the term is known, no rate was found",
    ),
    _account(
        "card_handover_per_month", 0.60, "per month", (0.01, 1.0), (0.3, 0.9), "assumed", "",
        Text("Penyerahan kartu per bulan", "Card hand-over per month"),
        Text("Peluang kartu yang siap diserahkan dalam sebulan.", "Monthly chance that a ready card is handed over."),
        note="a card takes about six weeks; rounds are monthly",
    ),
    _account(
        "card_never_collected_share", 0.05, "share of new cards", (0.0, 0.5), (0.02, 0.10), "derived", "D7-04",
        Text("Kartu yang tidak pernah diambil", "Cards never collected"),
        Text("Bagian kartu baru yang tidak pernah sampai ke KPM.", "Share of new cards that never reach the family."),
        note="with five percent of entrants a year gives 0.40 % of families",
    ),
    _account(
        "card_return_months", 12, "months", (1, 60), (6, 18), "assumed", "D7-04",
        Text("Batas waktu kartu tidak diambil", "Months until an uncollected card is closed"),
        Text("Bulan hingga rekening dengan kartu yang tidak diambil ditutup.",
             "Months until the account of an uncollected card is closed."),
        note="closed with the accounts of the budget year",
    ),
    _account(
        "mismatch_per_month", 0.004, "per account and month", (0.0, 0.2), (0.001, 0.01), "assumed", "fail_reason",
        Text("Nama atau NIK menjadi tidak padan", "Name or NIK mismatch per month"),
        Text("Peluang sebuah rekening menjadi tidak padan dengan Dukcapil dalam sebulan.",
             "Chance that an account stops matching the civil registry in a month."),
        note="the minister names the reason, not the rate; keeps failures near 1 % a stage",
    ),
    _account(
        "mismatch_changed_record_factor", 5.0, "times", (1.0, 50.0), (2.0, 10.0), "assumed", "",
        Text("Pengali ketidakpadanan bila data berubah", "More mismatches where the record changed"),
        Text("Pengali peluang tidak padan bagi keluarga yang datanya berubah.",
             "Multiple of the chance of a mismatch for families whose record changed."),
        note="untested; a new card or a moved member is the usual cause of a different spelling",
    ),
    _account(
        "mismatch_repair_success_share", 0.70, "share of visits", (0.0, 1.0), (0.4, 0.9), "assumed", "freeze_benteng",
        Text("Keberhasilan perbaikan data rekening", "Success of repairing an account"),
        Text("Peluang kunjungan memperbaiki nama atau NIK.", "Chance that a helper's visit repairs name or NIK."),
        note="about half of the frozen accounts next door were paid in four months; single cases are easier",
    ),
)

PAYMENT = (
    _payment(
        "delay_batch_sd", 0.50, "log points", (0.0, 2.0), (0.3, 0.8), "assumed", "",
        Text("Sebaran keterlambatan antarbank dan tahap", "Spread of delay between banks and stages"),
        Text("Simpangan baku logaritma lama proses antar-gelombang penyaluran.",
             "Standard deviation of log processing time between batches."),
        note="stages differ by weeks in press reports",
    ),
    _payment(
        "delay_family_sd", 0.35, "log points", (0.0, 2.0), (0.2, 0.6), "assumed", "",
        Text("Sebaran keterlambatan antarkeluarga", "Spread of delay between families"),
        Text("Simpangan baku logaritma lama proses antarkeluarga dalam satu gelombang.",
             "Standard deviation of log processing time between families of one batch."),
        note="within a batch most are paid within days of each other",
    ),
    _payment(
        "on_time_days", 30.0, "days", (1.0, 180.0), (20.0, 45.0), "assumed", "",
        Text("Batas tepat waktu", "Days that count as on time"),
        Text("Bantuan tepat waktu bila masuk rekening dalam sekian hari sejak awal tahap.",
             "Aid is on time when credited within so many days of the start of the stage."),
        note="no official definition; one month of a stage",
    ),
    _payment(
        "idle_share", 0.02, "share of paid families", (0.0, 0.5), (0.01, 0.03), "found", "D7-03",
        Text("KPM tanpa transaksi pada satu tahap", "Families without a transaction in a stage"),
        Text("Bagian KPM terbayar yang tidak bertransaksi dalam satu tahap.",
             "Share of paid families that make no transaction in the stage."),
        note="1.8 % in the national audit",
    ),
    _payment(
        "idle_stages_before_return", 3, "stages", (1, 24), (2, 4), "found", "package_200k_denpasar",
        Text("Tahap tanpa transaksi hingga disetor kembali", "Idle stages before money is returned"),
        Text("Saldo yang tidak disentuh selama sekian tahap disetor kembali ke kas negara.",
             "A balance untouched for so many stages goes back to the treasury."),
        note="another city",
    ),
    _payment(
        "freeze_per_year", 0.01, "per bank and year", (0.0, 1.0), (0.0, 0.05), "assumed", "freeze_benteng",
        Text("Pembekuan rekening massal per tahun", "Mass freeze of accounts per year"),
        Text("Peluang rekening KPM satu bank dibekukan bersama dalam setahun.",
             "Chance that one bank's accounts are frozen together in a year."),
        note="one such event is known, in a neighbouring regency",
    ),
    _payment(
        "freeze_months_min", 2, "months", (1, 24), (1, 3), "derived", "freeze_benteng",
        Text("Lama pembekuan terpendek", "Shortest freeze"),
        Text("Bulan paling singkat rekening dibekukan.", "Fewest months for which accounts are frozen."),
        note="four months in the known case, give or take",
    ),
    _payment(
        "freeze_months_max", 5, "months", (1, 24), (4, 8), "derived", "freeze_benteng",
        Text("Lama pembekuan terpanjang", "Longest freeze"),
        Text("Bulan paling lama rekening dibekukan.", "Most months for which accounts are frozen."),
        note="four months in the known case, give or take",
    ),
    _payment(
        "freeze_recovered_share", 0.5, "share of frozen", (0.0, 1.0), (0.3, 0.8), "found", "freeze_benteng",
        Text("Rekening beku yang terbayar kembali", "Frozen accounts paid in the end"),
        Text("Bagian rekening beku yang akhirnya dibayar.", "Share of frozen accounts that are paid in the end."),
        note="about half",
    ),
    _payment(
        "post_offices", 2, "offices", (1, 100), (1, 6), "found", "city_topup_2022",
        Text("Kantor pos penyalur", "Post offices that pay"),
        Text("Jumlah kantor pos yang membayar bantuan di kota.", "Number of post offices that pay aid in the city."),
    ),
    _payment(
        "post_families_per_day", 2_000.0, "families per office and day", (50.0, 20_000.0), (1_000.0, 3_000.0), "found",
        "sembako_kpm_prov_2022",
        Text("Kapasitas kantor pos per hari", "Post office capacity per day"),
        Text("Keluarga yang dapat dibayar satu kantor pos dalam sehari.",
             "Families that one post office can pay in a day."),
        scales=True,
    ),
    _payment(
        "post_days_per_stage", 10, "days", (1, 60), (6, 20), "assumed", "pos_first_week",
        Text("Hari pembayaran PT Pos per tahap", "Post office paying days per stage"),
        Text("Jumlah hari pembayaran di kantor pos pada satu tahap.", "Days on which the post office pays in a stage."),
        note="a quarter of the families were paid in the first six days of 2022 over several regencies",
    ),
    _payment(
        "post_processing_days", 15.0, "days", (0.0, 180.0), (7.0, 40.0), "assumed", "",
        Text("Lama proses PT Pos", "Post office processing time"),
        Text("Rata-rata hari dari perintah bayar hingga uang siap di kantor pos.",
             "Mean days from the payment order until cash is ready at the post office."),
        note="no account to check, but cash and invitation letters to prepare; a little faster than a bank",
    ),
)
