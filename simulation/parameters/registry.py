"""The registry: who was listed in 2015, how records age, are matched, checked and removed."""

from __future__ import annotations

from functools import partial

from simulation.parameters.declaration import Text, assumption, constant

_registry = partial(assumption, group="registry")
_fixed = partial(constant, group="registry")

SWEEP = (
    _registry(
        "sweep_listing_signal", 0.50, "correlation", (0.0, 1.0), (0.30, 0.70), "assumed", "S4-18",
        Text("Ketepatan pendaftaran tahun 2015", "Accuracy of listing in 2015"),
        Text("Korelasi penilaian saat pendaftaran dengan kesejahteraan yang tampak.",
             "Correlation of the judgement at listing with the seen part of welfare."),
        note="guidelines were often not followed, without a rate; half way between luck and perfection",
    ),
    _registry(
        "sweep_listed_share_of_persons", 0.36, "share of persons", (0.05, 1.0), (0.33, 0.40), "assumed", "S4-14",
        Text("Bagian penduduk yang terdata tahun 2015", "Share of persons listed in 2015"),
        Text("Bagian penduduk yang masuk daftar pada pendataan 2015.",
             "Share of the population put on the list in the sweep of 2015."),
        note="grows to the 40 % of 2023 by proposals",
    ),
    _registry(
        "record_reliability", 0.90, "share", (0.3, 1.0), (0.75, 0.97), "assumed", "T1-08",
        Text("Keandalan data baru", "Reliability of a fresh record"),
        Text("Bagian ragam skor data baru yang mencerminkan keadaan sebenarnya.",
             "Share of a fresh score's variance that is true."),
        note="the score as run in the 2008 experiment behaves like 0.77, a survey like 1",
    ),
    _registry(
        "routine_visit_share", 0.10, "share of visits", (0.0, 1.0), (0.02, 0.5), "assumed", "",
        Text("Bagian kunjungan operator kepada keluarga terdata", "Share of operator visits to listed families"),
        Text("Sisa kunjungan dipakai untuk usulan baru dan perbaikan data.",
             "The other visits go to new proposals and to repairs."),
        note="calibrated so that about 6 % of records are refreshed in a year",
    ),
    _registry(
        "nik_unmatchable_share_2015", 0.36, "share of records", (0.0, 0.9), (0.20, 0.40), "derived", "S4-19",
        Text("Data 2015 dengan NIK tidak padan", "Records of 2015 with an unmatchable NIK"),
        Text("Bagian data 2015 yang tidak dapat dipadankan dengan Dukcapil.",
             "Share of the records of 2015 that the civil registry cannot match."),
        note="leaves 14 % unmatchable in 2023 (17 % in 2021)",
    ),
    _registry(
        "duplicate_share_2015", 0.011, "share of records", (0.0, 0.3), (0.005, 0.02), "derived", "S4-20",
        Text("Data ganda tahun 2015", "Duplicate records in 2015"),
        Text("Bagian data yang tercatat dua kali.", "Share of records that stand twice on the list."),
    ),
    _registry(
        "address_findable_share", 0.80, "share of records", (0.3, 1.0), (0.80, 0.97), "assumed", "groundcheck_city",
        Text("Alamat DTKS yang dapat ditemukan", "DTKS addresses that can be found"),
        Text("Bagian data DTKS yang keluarganya dapat ditemukan menurut alamat.",
             "Share of DTKS records whose family can be found by its address."),
        note="21 % were not found in 2025, but that counts departed families and duplicates too",
    ),
    _registry(
        "address_findable_share_new", 0.97, "share of records", (0.3, 1.0), (0.93, 1.0), "assumed", "groundcheck_city",
        Text("Alamat data baru yang dapat ditemukan", "Addresses of new records that can be found"),
        Text("Bagian data baru yang keluarganya dapat ditemukan menurut alamat.",
             "Share of new records whose family can be found by its address."),
        note="written down at the house; a few move or are misspelt",
    ),
)

HYGIENE = (
    _registry(
        "match_reach_per_year", 0.55, "per change and year", (0.0, 1.0), (0.2, 0.95), "assumed",
        "seed_registry_findings",
        Text("Perubahan Dukcapil yang sampai ke daftar", "Civil registry changes that reach the list"),
        Text("Peluang kematian, kepindahan, atau pecah KK sampai ke daftar dalam setahun.",
             "Chance that a death, move or split reaches the list within a year."),
        note="the study calls coordination weak; leaves 3 % of records departed but listed",
    ),
    _registry(
        "removal_ineligible_per_year", 0.03, "per record and year", (0.0, 1.0), (0.01, 0.06), "derived",
        "dtks_removed_2023",
        Text("Pencoretan keluarga tidak layak per tahun", "Removal of ineligible families per year"),
        Text("Peluang data dicoret karena tidak layak, berlipat dua kali peringkat kesejahteraan.",
             "Chance that a record is struck as ineligible, times twice the welfare rank."),
        note="all removals together are 4-5 % a year",
    ),
    _registry(
        "removal_rule_per_year", 0.024, "per record and year", (0.0, 1.0), (0.01, 0.05), "derived",
        "dtks_auto_exclusion",
        Text("Pencoretan karena aturan per tahun", "Removal by rule per year"),
        Text("Peluang keluarga yang lebih mampu dicoret karena ASN, upah di atas UMK, atau atas kemauan sendiri.",
             "Chance that a better-off family is struck for a civil servant, a wage above UMK or its own wish."),
        note="closes the removals reported for Sembako, 2.2 % in nine months",
    ),
    _registry(
        "removal_rule_above_rank", 0.5, "welfare rank", (0.0, 1.0), (0.3, 0.7), "assumed", "dtks_auto_exclusion",
        Text("Peringkat kesejahteraan terkena aturan", "Welfare rank above which rules bite"),
        Text("Aturan ASN dan UMK hanya mengenai keluarga di atas peringkat ini.",
             "Rules on civil servants and wages touch only families above this rank."),
        note="formal workers are a third of the employed and sit in the upper half",
    ),
    _registry(
        "reapply_per_month", 0.15, "per family and month", (0.0, 1.0), (0.05, 0.3), "assumed", "",
        Text("Usulan ulang keluarga yang tercoret", "Re-application of struck families"),
        Text("Peluang keluarga yang tercoret dan tahu haknya mengusulkan diri lagi dalam sebulan.",
             "Chance that an informed family that was struck applies again in a month."),
        note="half have applied again within four months; appeals after blocking are far rarer",
    ),
)

PROPOSALS = (
    _registry(
        "proposals_per_year", 0.12, "per family and year", (0.0, 2.0), (0.05, 0.2), "derived",
        "proposal_queue_city",
        Text("Usulan keluarga belum terdata per tahun", "Proposals of unlisted families per year"),
        Text("Peluang dasar keluarga rata-rata yang belum terdata diusulkan dalam setahun.",
             "Base chance that an average unlisted family is proposed in a year."),
        note="builds the queue of 9,000 in 2024",
    ),
    _registry(
        "proposal_gradient", 1.1, "log points per sd", (0.0, 3.0), (0.6, 1.6), "assumed", "",
        Text("Kecenderungan usulan keluarga lebih miskin", "How much more the poorer are proposed"),
        Text("Kenaikan logaritma peluang usulan bila kesejahteraan turun satu simpangan baku.",
             "Rise of the log chance of a proposal when welfare falls by one standard deviation."),
        note="the cap of six is reached 1.6 standard deviations down; poorer families are better known to the RT",
    ),
    _registry(
        "proposal_max_multiple", 6.0, "times", (1.0, 50.0), (4.0, 10.0), "assumed", "",
        Text("Batas pengali peluang usulan", "Cap of the chance of a proposal"),
        Text("Pengali terbesar terhadap peluang usulan dasar.", "Largest multiple of the base chance of a proposal."),
        note="a fifth of the destitute a year, no more: local officials do not see everybody",
    ),
    _registry(
        "proposal_informed_factor", 1.6, "times", (1.0, 10.0), (1.2, 2.5), "assumed", "",
        Text("Pengali usulan keluarga yang tahu haknya", "Proposals of informed families"),
        Text("Pengali peluang usulan bila keluarga mengetahui caranya.",
             "Multiple of the chance of a proposal for families that know how."),
        note="with the next row the mean is one at a reach of 0.3; the split is untested",
    ),
    _registry(
        "proposal_uninformed_factor", 0.74, "times", (0.0, 1.0), (0.4, 0.9), "assumed", "",
        Text("Pengali usulan keluarga yang tidak tahu haknya", "Proposals of uninformed families"),
        Text("Pengali peluang usulan bila keluarga tidak mengetahui caranya.",
             "Multiple of the chance of a proposal for families that do not know how."),
        note="with the row before the mean is one at a reach of 0.3; the split is untested",
    ),
    _registry(
        "proposal_acceptance_share", 0.37, "share of proposals", (0.0, 1.0), (0.2, 0.7), "found",
        "proposal_acceptance_neighbour",
        Text("Usulan yang diterima", "Share of proposals accepted"),
        Text("Bagian usulan yang disetujui setelah verifikasi.", "Share of proposals approved after verification."),
        note="a neighbouring regency, 1,500 of 4,000",
    ),
)

DTSEN = (
    _registry(
        "dtsen_record_age_months", 29, "months", (0, 120), (27, 36), "derived", "dtsen_launch",
        Text("Usia data DTSEN saat mulai berlaku", "Age of DTSEN records when it starts"),
        Text("Bulan sejak Regsosek, dasar skor DTSEN, pada Februari 2025.",
             "Months since Regsosek, on which DTSEN scores rest, in February 2025."),
        note="collected in October and November 2022",
    ),
    _registry(
        "dtsen_nik_ok_share", 0.97, "share of records", (0.5, 1.0), (0.93, 0.995), "assumed", "detection_error_allowed",
        Text("Data DTSEN dengan NIK padan", "DTSEN records with a matched NIK"),
        Text("Bagian data DTSEN yang padan dengan Dukcapil.", "Share of DTSEN records matched to the civil registry."),
        note="the ministry allows itself one percent of errors in matching; practice is a little worse",
    ),
    _registry(
        "sembako_extra_deciles", 1, "deciles", (0, 9), (0, 2), "recalled", "eligible_deciles",
        Text("Desil tambahan untuk Sembako", "Extra deciles for Sembako"),
        Text("Desil di atas batas PKH yang masih berhak atas Sembako.",
             "Deciles above the PKH limit that may still receive Sembako."),
        note="medium: decile 5 in some rounds",
    ),
    _registry(
        "objections_per_month", 0.002, "per family and month", (0.0, 0.1), (0.0005, 0.005), "assumed",
        "judol_appeal_bkl_utara",
        Text("Sanggahan per bulan", "Objections per month"),
        Text("Peluang keluarga yang tidak menerima menyanggah tetangga yang lebih mampu.",
             "Chance that a family without aid objects to a better-off neighbour."),
        note="appeals are rare: 0.3 % of those blocked",
    ),
    _registry(
        "objection_upheld_share", 0.44, "share of objections", (0.0, 1.0), (0.2, 0.7), "derived",
        "judol_appeal_bkl_utara",
        Text("Sanggahan yang diterima", "Objections upheld"),
        Text("Bagian sanggahan yang dibenarkan.", "Share of objections that are upheld."),
        note="four of nine appeals",
    ),
)
