"""Families: how many, of whom they consist, how they change, and the shocks they meet."""

from __future__ import annotations

from functools import partial

from simulation.parameters.declaration import Text, assumption, constant

_demography = partial(assumption, group="demography")
_fixed = partial(constant, group="demography")
_shock = partial(assumption, group="shocks")

_AGES = "the city's own three age groups of 2022, spread evenly over the years of age"

FAMILIES = (
    _demography(
        "families_start", 119_400, "families", (1_000, 5_000_000), (117_000, 122_323), "derived", "pop_city_2023",
        Text("Jumlah keluarga pada awal", "Families at the start"),
        Text("Jumlah kartu keluarga di kota pada Maret 2023.", "Number of family cards in the city in March 2023."),
        note="122,323 families of 2025 times 391,117/400,533 persons", scales=True,
    ),
    _demography(
        "families_growth_per_year", 0.012, "share/year", (-0.05, 0.1), (0.005, 0.02), "derived", "families_dinsos_db",
        Text("Pertumbuhan jumlah keluarga", "Growth of the number of families"),
        Text("Pertambahan bersih kartu keluarga dalam setahun.", "Net yearly growth of the number of family cards."),
        note="from 119,400 in 2023 to 122,323 in 2025",
    ),
    _demography(
        "turnover_per_year", 0.025, "share/year", (0.0, 0.2), (0.015, 0.04), "assumed", "",
        Text("Keluarga yang pindah, bubar, atau pecah", "Families that leave, dissolve or split"),
        Text("Bagian keluarga yang setahun hilang dan digantikan keluarga baru yang belum terdata.",
             "Share of families that vanish in a year and are replaced by new, unlisted ones."),
        note="no migration table for the city; a capital with students lies above the one or two percent of a district",
    ),
    _demography(
        "families_per_rt", 97.0, "families", (20.0, 400.0), (60.0, 130.0), "derived", "rt_rw_city",
        Text("Jumlah keluarga per RT", "Families per RT"),
        Text("Besar rukun tetangga, satuan musyawarah dan berbagi.",
             "Size of a neighbourhood, the unit of meetings and sharing."),
        note="about 1,230 RT when four RT make one RW",
    ),
    _demography(
        "mean_family_size", 3.29, "persons", (1.5, 8.0), (3.2, 3.6), "derived", "kk_size_city",
        Text("Rata-rata anggota keluarga", "Mean family size"),
        Text("Jumlah anggota per kartu keluarga.", "Members per family card."),
        note="402,950 persons in 122,323 families",
    ),
    _demography(
        "age_share_early_child", 0.121, "share of persons", (0.02, 0.3), (0.108, 0.13), "derived", "age_structure_city",
        Text("Bagian anak usia 0-6 tahun", "Share of children aged 0-6"),
        Text("Bagian penduduk berusia 0-6 tahun.", "Share of the population aged 0-6."), note=_AGES,
    ),
    _demography(
        "age_share_sd", 0.103, "share of persons", (0.02, 0.3), (0.09, 0.115), "derived", "age_structure_city",
        Text("Bagian anak usia SD", "Share of children of primary age"),
        Text("Bagian penduduk berusia 7-12 tahun.", "Share of the population aged 7-12."), note=_AGES,
    ),
    _demography(
        "age_share_smp", 0.052, "share of persons", (0.01, 0.2), (0.045, 0.058), "derived", "age_structure_city",
        Text("Bagian anak usia SMP", "Share of children of junior secondary age"),
        Text("Bagian penduduk berusia 13-15 tahun.", "Share of the population aged 13-15."), note=_AGES,
    ),
    _demography(
        "age_share_sma", 0.052, "share of persons", (0.01, 0.2), (0.045, 0.060), "derived", "age_structure_city",
        Text("Bagian remaja usia SMA", "Share of adolescents of senior secondary age"),
        Text("Bagian penduduk berusia 16-18 tahun.", "Share of the population aged 16-18."), note=_AGES,
    ),
    _demography(
        "age_share_elderly", 0.070, "share of persons", (0.02, 0.4), (0.06, 0.11), "derived", "age_structure_city",
        Text("Bagian lansia (60 tahun ke atas)", "Share of persons aged 60 and over"),
        Text("Bagian penduduk berusia 60 tahun atau lebih; sisanya dewasa.",
             "Share of the population aged 60 or more; the rest are adults."), note=_AGES,
    ),
    _demography(
        "severe_disability_share", 0.005, "share of persons", (0.0, 0.1), (0.003, 0.010), "assumed",
        "severe_disability_share",
        Text("Bagian penyandang disabilitas berat", "Share of severely disabled persons"),
        Text("Bagian penduduk dengan disabilitas berat menurut PKH.",
             "Share of the population that PKH would count as severely disabled."),
        note="persons who depend on others for daily life; the census counts 1.4 % with some difficulty",
    ),
    _fixed(
        "early_child_years", 7, "years", "found", "pkh_amt_early_child",
        Text("Lama usia dini (0-6 tahun)", "Years of early childhood (0-6)"),
        Text("Seorang anak masuk SD setelah tujuh tahun.", "A child enters primary school after seven years."),
    ),
    _fixed(
        "sd_years", 6, "years", "found", "pkh_amt_sd",
        Text("Lama belajar di SD", "Years of primary school"),
        Text("Tahun ajaran di SD sebelum SMP.", "School years before junior secondary school."),
    ),
    _fixed(
        "smp_years", 3, "years", "found", "pkh_amt_smp",
        Text("Lama belajar di SMP", "Years of junior secondary school"),
        Text("Tahun ajaran di SMP sebelum SMA.", "School years before senior secondary school."),
    ),
    _fixed(
        "sma_years", 3, "years", "found", "pkh_amt_sma",
        Text("Lama belajar di SMA", "Years of senior secondary school"),
        Text("Tahun ajaran di SMA sebelum dewasa.", "School years before adulthood."),
    ),
    _demography(
        "pregnancy_per_year", 0.050, "per family and year", (0.0, 0.3), (0.042, 0.057), "derived",
        "pregnancy_per_family",
        Text("Kehamilan per keluarga per tahun", "Pregnancies per family and year"),
        Text("Peluang sebuah keluarga mengalami kehamilan dalam setahun.",
             "Chance that a family has a pregnancy in a year."),
        note="0.1257 of the children aged 0-6 are born in a year: 0.0152 births a person times 3.29",
    ),
    _fixed(
        "pregnancy_months", 9, "months", "found", "pkh_amt_pregnant",
        Text("Lama kehamilan", "Length of a pregnancy"),
        Text("Bulan hingga kehamilan berakhir dengan kelahiran.", "Months until a pregnancy ends in a birth."),
    ),
    _demography(
        "death_elderly_per_year", 0.045, "per person and year", (0.0, 0.3), (0.035, 0.055), "assumed", "",
        Text("Kematian lansia per tahun", "Deaths among the elderly per year"),
        Text("Peluang seorang lansia meninggal dalam setahun.", "Chance that a person over 60 dies in a year."),
        note="about three deaths per thousand persons; those of the young are left out",
    ),
)

SHOCKS = (
    _shock(
        "job_loss_per_year", 0.06, "per family and year", (0.0, 0.5), (0.03, 0.10), "assumed", "shock_rate",
        Text("Kehilangan pekerjaan per tahun", "Job loss per year"),
        Text("Peluang sebuah keluarga kehilangan pekerjaan atau usaha dalam setahun.",
             "Chance that a family loses its job or business in a year."),
        note="frequency of the panel surveys could not be read",
    ),
    _shock(
        "job_loss_log", -0.35, "log points", (-2.0, 0.0), (-0.5, -0.2), "assumed", "unemployment_shock_effect",
        Text("Dampak kehilangan pekerjaan", "Effect of job loss"),
        Text("Perubahan logaritma konsumsi selama menganggur.", "Change of log consumption while out of work."),
        note="the fall is called significant, its size could not be read; a third of consumption",
    ),
    _shock(
        "job_recovery_per_month", 0.18, "per month", (0.01, 1.0), (0.12, 0.25), "assumed", "",
        Text("Peluang bekerja kembali per bulan", "Monthly chance of recovery from job loss"),
        Text("Peluang masa menganggur berakhir dalam sebulan.", "Chance that a spell out of work ends in a month."),
        note="spells of four to eight months",
    ),
    _shock(
        "illness_per_year", 0.10, "per family and year", (0.0, 1.0), (0.05, 0.15), "assumed", "shock_rate",
        Text("Sakit berat per tahun", "Serious illness per year"),
        Text("Peluang sebuah keluarga mengalami sakit berat dalam setahun.",
             "Chance that a family meets a serious illness in a year."),
        note="frequency of the panel surveys could not be read",
    ),
    _shock(
        "illness_log", -0.10, "log points", (-1.0, 0.0), (-0.2, -0.03), "assumed", "health_shock_effect",
        Text("Dampak sakit berat", "Effect of illness"),
        Text("Perubahan logaritma konsumsi keluarga miskin selama sakit.",
             "Change of a poor family's log consumption during an illness."),
        note="found only for the poor and without a size; a tenth",
    ),
    _shock(
        "illness_months", 2, "months", (1, 24), (1, 4), "assumed", "",
        Text("Lama dampak sakit", "Length of the effect of illness"),
        Text("Bulan konsumsi tertekan karena sakit.", "Months for which consumption is lower."),
        note="most episodes in health surveys are shorter than a quarter",
    ),
    _shock(
        "windfall_per_year", 0.06, "per family and year", (0.0, 0.5), (0.03, 0.10), "assumed", "",
        Text("Rezeki atau pekerjaan lebih baik per tahun", "Windfall or better job per year"),
        Text("Peluang sebuah keluarga mendapat pekerjaan lebih baik dalam setahun.",
             "Chance that a family gets a better job in a year."),
        note="equals job loss, so that shocks have mean zero",
    ),
    _shock(
        "windfall_log", 0.35, "log points", (0.0, 2.0), (0.2, 0.5), "assumed", "",
        Text("Dampak rezeki", "Effect of a windfall"),
        Text("Perubahan logaritma konsumsi selama rezeki bertahan.", "Change of log consumption while it lasts."),
        note="equals job loss with the other sign",
    ),
    _shock(
        "windfall_end_per_month", 0.18, "per month", (0.01, 1.0), (0.12, 0.25), "assumed", "",
        Text("Peluang rezeki berakhir per bulan", "Monthly chance that a windfall ends"),
        Text("Peluang masa rezeki berakhir dalam sebulan.", "Chance that a good spell ends in a month."),
        note="equals recovery from job loss",
    ),
)
