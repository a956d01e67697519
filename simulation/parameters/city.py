"""How the city is settled and remembered: what the synthesis and the years before the first month rest on."""

from __future__ import annotations

from functools import partial

from simulation.parameters.declaration import Text, assumption

_city = partial(assumption, group="city")

CITY = (
    _city(
        "settlement_density_exponent", 0.5, "power of area", (0.0, 1.0), (0.3, 0.8), "assumed", "",
        Text("Pangkat luas dalam pembagian penduduk", "Power of area in settling families"),
        Text("Membagi keluarga sekecamatan menurut luas kelurahan berpangkat ini; nol berarti sama rata.",
             "Families of a kecamatan are shared out by area to this power; zero means evenly."),
        note="no count by kelurahan was found; the large kelurahan at the edge are thinly settled",
    ),
    _city(
        "settled_radius_share", 0.8, "share of radius", (0.05, 1.5), (0.5, 1.0), "assumed", "",
        Text("Bagian jari-jari kelurahan yang dihuni", "Settled part of a kelurahan's radius"),
        Text("RT tersebar dalam lingkaran seluas kelurahan, dikali bagian ini.",
             "RT are scattered over a disc of the kelurahan's area, shrunk by this share."),
        note="houses keep off the border; with it travel to an agent takes 7-15 minutes (D7-05)",
    ),
    _city(
        "elderly_head_share", 0.16, "share of families", (0.0, 1.0), (0.12, 0.22), "assumed", "",
        Text("Keluarga yang dikepalai lansia", "Families headed by an elderly person"),
        Text("Bagian keluarga dengan kepala keluarga berusia 60 tahun ke atas.",
             "Share of families whose head is 60 or older."),
        note="a fifth in the nation, less in a city of students",
    ),
    _city(
        "ageing_per_adult_per_year", 0.012, "per person and year", (0.0, 0.2), (0.008, 0.018), "assumed", "",
        Text("Orang dewasa yang menjadi lansia", "Adults who turn sixty"),
        Text("Peluang seorang dewasa berusia 60 tahun dalam setahun.", "Chance that an adult turns sixty in a year."),
        note="keeps the share of the elderly about where it is, at the deaths assumed",
    ),
    _city(
        "leaving_home_per_year", 0.08, "per family and year", (0.0, 0.3), (0.05, 0.12), "assumed", "",
        Text("Anak dewasa yang meninggalkan rumah", "Grown-up children who leave home"),
        Text("Peluang seorang anggota dewasa keluar dari keluarga yang lebih dari dua orang dewasanya.",
             "Chance that an adult leaves a family of more than two adults in a year."),
        note="keeps the mean size of families about where it is, at the births assumed",
    ),
    _city(
        "illness_poorest_share", 0.3, "share of persons", (0.0, 1.0), (0.2, 0.5), "assumed", "health_shock_effect",
        Text("Kelompok yang konsumsinya turun saat sakit", "Group whose consumption falls in illness"),
        Text("Hanya konsumsi bagian termiskin ini yang turun saat sakit.",
             "Only the consumption of this poorest share falls in illness."),
        note="found for the rural and the poor only; where the poor end is assumed",
    ),
    _city(
        "history_months", 96, "months", (12, 240), (60, 96), "derived", "udb_sweeps",
        Text("Bulan sejarah sebelum awal simulasi", "Months of history before the start"),
        Text("Bulan sejak pendataan 2015 yang dijalani kota dengan kebijakan dasar sebelum bulan pertama.",
             "Months since the sweep of 2015 that the city lives through under the baseline before the first month."),
        note="March 2015 to February 2023",
    ),
    _city(
        "nik_repaired_by_visit_share", 0.05, "share of visits", (0.0, 1.0), (0.02, 0.3), "assumed", "",
        Text("NIK yang diperbaiki lewat kunjungan", "Identity numbers put right by a visit"),
        Text("Bagian kunjungan yang membuat NIK yang salah menjadi padan.",
             "Share of visits that make a wrong identity number match."),
        note="leaves 13-20 % of the records of 2015 unmatchable in 2023 (S4-19)",
    ),
    _city(
        "proposals_without_applications_share", 0.35, "times", (0.0, 1.0), (0.2, 0.6), "assumed", "",
        Text("Usulan yang tersisa tanpa usulan mandiri", "Proposals that remain without applications"),
        Text("Bila warga tidak dapat mengusulkan diri, bagian usulan yang tetap datang lewat musyawarah.",
             "Where families cannot apply, the part of proposals that still comes from kelurahan meetings."),
        note="meetings see neighbours, not newcomers; no count was found",
    ),
    _city(
        "reapplication_wait_months", 6, "months", (0, 60), (3, 12), "assumed", "proposal_sop",
        Text("Jeda sebelum diusulkan kembali", "Wait before a new proposal"),
        Text("Bulan setelah ditolak atau dikeluarkan sampai dapat diusulkan lagi.",
             "Months after a refusal or removal until a family can be proposed again."),
        note="twice the three months that a proposal takes",
    ),
    _city(
        "information_from_neighbours_share", 0.5, "share", (0.0, 1.0), (0.2, 0.8), "assumed", "",
        Text("Informasi yang datang dari tetangga", "Information that comes from neighbours"),
        Text("Bagian dari belajar tentang hak yang terjadi lewat tetangga se-RT.",
             "Part of learning about entitlements that happens through neighbours of the same RT."),
        note="half by word of mouth; no study",
    ),
    _city(
        "freeze_accounts_share", 0.05, "share of accounts", (0.0, 1.0), (0.02, 0.2), "assumed", "freeze_benteng",
        Text("Rekening yang ikut dibekukan", "Accounts hit by a freeze"),
        Text("Bagian rekening sebuah bank yang dibekukan dalam satu kejadian.",
             "Share of a bank's accounts that one event freezes."),
        note="564 families in a district of some ten thousand",
    ),
    _city(
        "idle_prone_rate", 0.8, "share of months", (0.05, 1.0), (0.5, 0.95), "assumed", "",
        Text("Seringnya rekening tidak dipakai", "How often a seldom used account stays idle"),
        Text("Keluarga yang jarang bertransaksi membiarkan saldonya pada bagian bulan ini.",
             "Families that seldom transact leave their balance in this share of months."),
        note="the idle are mostly the same families, or none would lose a balance after three stages",
    ),
    _city(
        "short_depth_spread", 0.5, "share of depth", (0.0, 1.0), (0.2, 0.8), "assumed", "agent_margin",
        Text("Rentang kekurangan nilai", "Spread of short value"),
        Text("Kekurangan per transaksi menyebar sejauh ini di sekitar kedalaman rata-rata.",
             "Short value of a transaction spreads this far around its mean depth."),
        note="margins found from half to twice the usual one",
    ),
    _city(
        "budget_revision_share", 0.05, "share of budget", (0.0, 1.0), (0.0, 0.1), "assumed", "",
        Text("Ruang revisi anggaran bantuan", "Room for revision of the transfer budget"),
        Text("Perintah bayar setahun boleh melebihi alokasi sebesar bagian ini.",
             "The year's payment orders may exceed the budget by this share."),
        note="quotas are set at the mean entitlement of one date; the treasury grants small revisions",
    ),
    _city(
        "duplicate_arising_per_year", 0.009, "per record and year", (0.0, 0.5), (0.004, 0.016), "derived", "S4-20",
        Text("Data ganda baru per tahun", "New double records per year"),
        Text("Peluang sebuah data tercatat dua kali dalam setahun, misalnya setelah pindah atau pecah kartu keluarga.",
             "Chance that a record comes to exist twice within a year, after a move or a split family card."),
        note="holds 1.1 % of records double against the merging by the civil registry",
    ),
    _city(
        "meeting_highest_score", -0.8, "sd", (-5.0, 5.0), (-1.2, -0.4), "assumed", "",
        Text("Batas tampak miskin di jalan", "What looks poor on the way"),
        Text("Keluarga belum terdata yang tampak di bawah batas ini diusulkan oleh pendamping yang lewat.",
             "Unlisted families that look worse off than this are proposed by a pendamping who passes by."),
        note="about the poorest fifth by what can be seen",
    ),
    _city(
        "unlisted_met_share", 0.02, "families met per family served", (0.0, 1.0), (0.0, 0.05), "assumed", "",
        Text("Keluarga belum terdata yang ditemui", "Unlisted families met on the way"),
        Text("Paling banyak sekian keluarga belum terdata ditemui per KPM dampingan dalam sebulan.",
             "At most so many unlisted families are met for each family served in a month."),
        note="four a month for 194 families; no count was found",
    ),
    _city(
        "enforcement_effect_share", 0.5, "times", (0.0, 1.0), (0.3, 0.8), "assumed", "pkh_sanction",
        Text("Pelanggaran yang tersisa bila ditegakkan", "Missed conditions that remain under enforcement"),
        Text("Bila komitmen ditegakkan, pelanggaran tinggal sebagian ini; sekali lagi setelah ditangguhkan.",
             "Where conditions are enforced this part of non-compliance remains; once more after a suspension."),
        note="the early design warned and cut; no effect size was found",
    ),
    _city(
        "dropout_poor_rank", 0.2, "share of persons", (0.0, 1.0), (0.1, 0.4), "assumed", "",
        Text("Kelompok rawan putus sekolah", "Group at risk of dropping out"),
        Text("Bagian termiskin yang anaknya lebih sering putus sekolah.",
             "Poorest share whose children drop out more often."),
        note="the poorest fifth, as school statistics cut it",
    ),
)
