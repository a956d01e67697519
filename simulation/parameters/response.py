"""How families respond, and how emergencies are met: satisfaction, complaints, disaster aid."""

from __future__ import annotations

from functools import partial

from simulation.parameters.declaration import Text, assumption

_voice = partial(assumption, group="satisfaction")
_emergency = partial(assumption, group="disaster_aid")
_run = partial(assumption, group="start")

_ORDER = "only the order of the effects and the two ends can be defended"

SATISFACTION = (
    _voice(
        "satisfaction_intercept", 3.2, "log odds", (-5.0, 8.0), (2.2, 3.6), "derived", "D7-06",
        Text("Kepuasan bila semua lancar", "Satisfaction when all goes well"),
        Text("Peluang logit puas bila bantuan penuh, tepat waktu, dan bermutu.",
             "Log odds of being satisfied when aid is full, on time and good."),
        note="96 % of families, an upper bound with courtesy bias",
    ),
    _voice(
        "satisfaction_short_value", -0.8, "log odds per 10 % short", (-5.0, 0.0), (-1.5, -0.3), "assumed", "",
        Text("Pengaruh nilai kurang", "Effect of short value"),
        Text("Perubahan peluang logit puas untuk setiap sepersepuluh nilai yang kurang.",
             "Change of the log odds for each tenth of the value missing."), note=_ORDER,
    ),
    _voice(
        "satisfaction_month_late", -0.5, "log odds per month", (-5.0, 0.0), (-1.0, -0.2), "assumed", "",
        Text("Pengaruh keterlambatan", "Effect of delay"),
        Text("Perubahan peluang logit puas untuk setiap bulan terlambat.",
             "Change of the log odds for each month of delay."), note=_ORDER,
    ),
    _voice(
        "satisfaction_bad_quality", -0.7, "log odds", (-5.0, 0.0), (-1.4, -0.2), "assumed", "",
        Text("Pengaruh mutu buruk", "Effect of bad quality"),
        Text("Perubahan peluang logit puas bila barang bermutu buruk.", "Change of the log odds when goods are bad."),
        note=_ORDER,
    ),
    _voice(
        "satisfaction_long_wait", -0.3, "log odds", (-5.0, 0.0), (-0.8, 0.0), "assumed", "",
        Text("Pengaruh antre lama", "Effect of a long wait"),
        Text("Perubahan peluang logit puas bila antre lebih lama dari batas.",
             "Change of the log odds when the wait is longer than the limit."), note=_ORDER,
    ),
    _voice(
        "satisfaction_payment_failed", -0.6, "log odds", (-5.0, 0.0), (-1.2, -0.2), "assumed", "",
        Text("Pengaruh gagal salur", "Effect of a failed payment"),
        Text("Perubahan peluang logit puas bila penyaluran gagal.", "Change of the log odds when the payment failed."),
        note=_ORDER,
    ),
    _voice(
        "satisfaction_visited", 0.2, "log odds", (0.0, 5.0), (0.0, 0.5), "assumed", "",
        Text("Pengaruh kunjungan", "Effect of a visit"),
        Text("Perubahan peluang logit puas bila keluarga dikunjungi.", "Change of the log odds after a visit."),
        note=_ORDER,
    ),
    _voice(
        "complaint_share", 0.03, "share of the unsatisfied per stage", (0.0, 1.0), (0.01, 0.10), "assumed", "",
        Text("Keluarga tidak puas yang mengadu", "Unsatisfied families that complain"),
        Text("Peluang keluarga yang tidak puas mengadu pada satu tahap.",
             "Chance that an unsatisfied family complains in a stage."),
        note="volumes of complaints could not be read; few complain",
    ),
    _voice(
        "resentment_rank_gap", 0.2, "welfare rank", (0.0, 1.0), (0.1, 0.4), "assumed", "",
        Text("Selisih yang tampak bagi tetangga", "Gap that neighbours notice"),
        Text("Penerima dianggap lebih mampu bila peringkatnya lebih tinggi sebesar ini.",
             "A recipient counts as visibly richer when its rank is higher by this much."),
        note="two deciles; smaller gaps are not seen over the fence",
    ),
)

EMERGENCY = (
    _emergency(
        "emergency_joined_reduction", 0.6, "share", (0.0, 1.0), (0.3, 0.8), "assumed", "quake_2025",
        Text("Percepatan bila data terpadu", "Gain in speed when data are joined"),
        Text("Bagian jeda bantuan darurat yang hilang bila data antarinstansi terpadu penuh.",
             "Share of the emergency lag that vanishes when agencies' data are fully joined."),
        note="counting and decree are the part that data shorten, funds and goods are not",
    ),
    _emergency(
        "emergency_package_idr", 400_000.0, "Rp/family", (0.0, 10_000_000.0), (250_000.0, 800_000.0), "assumed", "",
        Text("Nilai paket bantuan darurat", "Emergency package"),
        Text("Nilai paket bantuan satu keluarga terdampak.", "Worth of the package for one family hit."),
        note="food and household goods for about two weeks",
    ),
    _emergency(
        "emergency_stock_packages", 500.0, "packages", (0.0, 100_000.0), (100.0, 2_000.0), "assumed", "",
        Text("Persediaan paket darurat", "Packages in stock"),
        Text("Paket yang tersedia di gudang sebelum pengadaan.", "Packages in store before procurement."),
        note="a buffer for one ordinary disaster, twice the quake of 2025", scales=True,
    ),
    _emergency(
        "emergency_procurement_months", 1.0, "months", (0.0, 24.0), (0.5, 3.0), "assumed", "",
        Text("Lama pengadaan setelah stok habis", "Months of procurement once stock is out"),
        Text("Tambahan bulan bagi keluarga yang menunggu pengadaan.",
             "Further months for families that wait for procurement."),
        note="emergency procurement is quick by law; funds must be released first",
    ),
    _emergency(
        "disaster_loss_log", -0.4, "log points", (-3.0, 0.0), (-0.7, -0.2), "assumed", "",
        Text("Kehilangan konsumsi akibat bencana", "Loss of consumption by a disaster"),
        Text("Perubahan logaritma konsumsi keluarga yang terdampak.", "Change of log consumption of a family hit."),
        note="a third of consumption, a little more than job loss",
    ),
    _emergency(
        "disaster_loss_months_max", 3, "months", (1, 36), (2, 6), "assumed", "",
        Text("Lama kehilangan terpanjang", "Longest loss"),
        Text("Kehilangan konsumsi berlangsung satu bulan hingga sekian bulan.",
             "The loss lasts from one month to this many."),
        note="one to three months",
    ),
    _emergency(
        "disaster_house_damage_share", 0.04, "share of families hit", (0.0, 1.0), (0.02, 0.2), "derived", "quake_2025",
        Text("Rumah rusak berat", "Houses badly damaged"),
        Text("Bagian keluarga terdampak yang alamatnya tidak lagi dapat ditemukan.",
             "Share of families hit whose address can no longer be found."),
        note="8 of 206 houses",
    ),
)

START = (
)
