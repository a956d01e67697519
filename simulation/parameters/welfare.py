"""Welfare: the index behind consumption, its persistence, the poverty line, shocks and growth."""

from __future__ import annotations

from functools import partial

from simulation.parameters.declaration import Text, assumption, constant

_welfare = partial(assumption, group="welfare")
_fixed = partial(constant, group="welfare")

INDEX = (
    _welfare(
        "welfare_share_seen", 0.49, "share", (0.1, 0.9), (0.45, 0.55), "derived", "P2-01",
        Text("Bagian ragam kesejahteraan yang tampak pada ciri rumah tangga", "Share of welfare seen by proxies"),
        Text("Bagian ragam indeks yang lambat berubah dan terlihat dari rumah, aset, dan pendidikan.",
             "Share of the index's variance that is slow and visible in housing, assets and education."),
    ),
    _welfare(
        "welfare_share_unseen", 0.16, "share", (0.0, 0.5), (0.10, 0.19), "derived", "S4-05",
        Text("Bagian ragam kesejahteraan yang lambat tetapi tidak tampak", "Share of welfare slow but unseen"),
        Text("Bagian ragam indeks yang lambat berubah dan tidak terlihat dari ciri rumah tangga.",
             "Share of the index's variance that is slow and not visible in proxies."),
        note="slow total 0.60-0.68 less the part seen",
    ),
    _welfare(
        "welfare_share_transitory", 0.35, "share", (0.0, 0.8), (0.31, 0.40), "derived", "S4-05",
        Text("Bagian ragam kesejahteraan yang sementara", "Share of welfare that is transitory"),
        Text("Bagian ragam indeks yang berubah dari bulan ke bulan.",
             "Share of the index's variance that changes from month to month."),
        note="what the slow parts leave over",
    ),
    _welfare(
        "seen_persistence_per_year", 0.96, "correlation", (0.5, 1.0), (0.93, 0.985), "assumed", "S4-07",
        Text("Ketahanan bagian yang tampak per tahun", "Yearly persistence of the seen part"),
        Text("Korelasi bagian yang tampak antara dua tahun berurutan.",
             "Correlation of the seen part between two years in a row."),
        note="chosen within S4-05 (lag one like lag two) and S4-07 (stable for most)",
    ),
    _welfare(
        "unseen_persistence_per_year", 0.97, "correlation", (0.5, 1.0), (0.90, 1.0), "assumed", "S4-05",
        Text("Ketahanan bagian yang tidak tampak per tahun", "Yearly persistence of the unseen part"),
        Text("Korelasi bagian lambat yang tidak tampak antara dua tahun berurutan.",
             "Correlation of the slow unseen part between two years in a row."),
        note="nothing measures it; close to the seen part so that lag one is like lag two",
    ),
    _welfare(
        "transitory_persistence_per_month", 0.8, "correlation", (0.0, 0.99), (0.60, 0.85), "assumed", "S4-05",
        Text("Ketahanan bagian sementara per bulan", "Monthly persistence of the transitory part"),
        Text("Korelasi bagian sementara antara dua bulan berurutan.",
             "Correlation of the transitory part between two months in a row."),
        note="a quarter of the poor leave within a month, and it is gone after a year so that yearly lags stay flat",
    ),
    _welfare(
        "index_convexity", 0.06, "index points", (0.0, 0.3), (0.04, 0.08), "derived", "P2-10",
        Text("Kelengkungan indeks kesejahteraan", "Convexity of the welfare index"),
        Text("Lengkungan hubungan skor dan konsumsi di kedua ujung.",
             "Curvature of the relation of score and consumption at both ends."),
        note="residual moments by decile of the score",
    ),
    _welfare(
        "index_heteroskedasticity", 0.08, "per sd of the seen part", (0.0, 0.3), (0.05, 0.10), "derived", "P2-09",
        Text("Sebaran galat yang lebih lebar pada keluarga miskin", "Wider residuals among the poor"),
        Text("Penurunan sebaran bagian tak tampak ketika bagian tampak naik satu simpangan baku.",
             "How much the spread of the unseen parts falls when the seen part rises by one standard deviation."),
        note="residual sd falls from 0.79 to 0.65 over deciles of the score",
    ),
    _welfare(
        "index_spread_floor", 0.6, "times", (0.1, 1.0), (0.5, 0.8), "assumed", "",
        Text("Batas bawah pengali sebaran", "Floor of the spread"),
        Text("Pengali terkecil bagi bagian indeks yang tidak tampak.",
             "Smallest multiplier of the unseen parts of the index."),
        note="keeps the spread positive far from the middle; binds for nobody within five standard deviations",
    ),
    _welfare(
        "index_spread_ceiling", 1.5, "times", (1.0, 3.0), (1.3, 1.8), "assumed", "",
        Text("Batas atas pengali sebaran", "Ceiling of the spread"),
        Text("Pengali terbesar bagi bagian indeks yang tidak tampak.",
             "Largest multiplier of the unseen parts of the index."),
        note="keeps the spread finite far from the middle; binds for nobody within six standard deviations",
    ),
    _welfare(
        "welfare_tails", "fat", "", None, ("fat", "normal"), "derived", "P2-08",
        Text("Ekor sebaran kesejahteraan", "Tails of the welfare index"),
        Text("Ekor gemuk seperti pada data, atau normal untuk pembanding.",
             "Fat tails as in the data, or normal ones for comparison."),
        choices=("fat", "normal"),
        choice_labels=(Text("gemuk", "fat"), Text("normal (pembanding)", "normal (for comparison)")),
    ),
    _welfare(
        "seen_rt_share", 0.18, "share", (0.0, 0.8), (0.10, 0.26), "derived", "P2-12",
        Text("Kemiripan tetangga pada bagian yang tampak", "Likeness of neighbours in the seen part"),
        Text("Bagian ragam bagian tampak yang terletak antar-RT.", "Share of the seen part's variance between RT."),
        note="within-district intraclass correlation of the score, corrected for group size",
    ),
    _welfare(
        "unseen_rt_share", 0.25, "share", (0.0, 0.8), (0.10, 0.35), "derived", "P2-12",
        Text("Kemiripan tetangga pada bagian yang tidak tampak", "Likeness of neighbours in the unseen part"),
        Text("Bagian ragam bagian lambat tak tampak yang terletak antar-RT.",
             "Share of the slow unseen part's variance between RT."),
        note="from the intraclass correlation of the residual, 0.098",
    ),
    _welfare(
        "kecamatan_gradient", -0.80, "sd per log point", (-3.0, 0.0), (-1.2, -0.4), "derived", "pkh_kpm_city_2021",
        Text("Perbedaan kesejahteraan antar-kecamatan", "Welfare differences between kecamatan"),
        Text("Perubahan bagian tampak bila tingkat PKH kecamatan naik satu poin logaritma.",
             "Change of the seen part when the PKH rate of the kecamatan rises by one log point."),
        note="reproduces PKH families by kecamatan in 2021 within three points",
    ),
    _welfare(
        "size_gradient_seen", -0.24, "per sd", (-0.6, 0.2), (-0.25, -0.12), "derived", "poor_hh_size_province",
        Text("Jumlah anggota keluarga menurut bagian yang tampak", "Family size by the seen part"),
        Text("Perubahan logaritma jumlah anggota bila bagian tampak naik satu simpangan baku.",
             "Change of log family size when the seen part rises by one standard deviation."),
        note="poor families then have 3.9 members against 3.29",
    ),
    _welfare(
        "size_gradient_rest", -0.06, "per sd", (-0.4, 0.2), (-0.12, 0.0), "derived", "poor_hh_size_province",
        Text("Jumlah anggota keluarga menurut bagian lainnya", "Family size by the other parts"),
        Text("Perubahan logaritma jumlah anggota bila bagian tak tampak naik satu simpangan baku.",
             "Change of log family size when the unseen parts rise by one standard deviation."),
        note="closes the ratio of 1.20 between poor and all families",
    ),
    _welfare(
        "formula_drift_per_year", 0.02, "sd per year", (0.0, 0.2), (0.0, 0.06), "assumed", "",
        Text("Pergeseran bobot kesejahteraan per tahun", "Yearly drift of the welfare weights"),
        Text("Simpangan baku perubahan bobot tiap kelompok ciri dalam setahun.",
             "Standard deviation of a year's change in the weight of each block of proxies."),
        note="no pair of Indonesian formulas could be compared; small, and zero is within the range",
    ),
)

MARGINS = (
    _welfare(
        "poverty_headcount_target", 0.1471, "share of persons", (0.02, 0.6), (0.13, 0.165), "found", "p0_city_2023",
        Text("Persentase penduduk miskin (P0) pada awal", "Headcount to meet at the start"),
        Text("Tingkat kemiskinan Maret 2023 sesudah bantuan.", "Poverty rate of March 2023, after transfers."),
    ),
    _welfare(
        "poverty_gap_target", 0.0256, "index", (0.002, 0.3), (0.022, 0.030), "derived", "p1_p2_city",
        Text("Indeks kedalaman (P1) pada awal", "Poverty gap to meet at the start"),
        Text("Indeks kedalaman kemiskinan Maret 2023 sesudah bantuan.", "Poverty gap of March 2023, after transfers."),
        note="P1/P0 of March 2024 times the headcount of 2023",
    ),
    _welfare(
        "poverty_severity_target", 0.0076, "index", (0.0005, 0.2), (0.0060, 0.0090), "derived", "p1_p2_city",
        Text("Indeks keparahan (P2) pada awal", "Poverty severity to meet at the start"),
        Text("Indeks keparahan kemiskinan Maret 2023 sesudah bantuan.",
             "Poverty severity of March 2023, after transfers."),
        note="P2/P0 of March 2024 times the headcount of 2023",
    ),
    _welfare(
        "gini_target", 0.41, "index", (0.2, 0.6), (0.38, 0.425), "derived", "gini_prov_urban",
        Text("Rasio Gini pada awal", "Gini to meet at the start"),
        Text("Ketimpangan konsumsi sesudah bantuan.", "Inequality of consumption, after transfers."),
        note="the urban province stands for the city, whose Gini is not published",
    ),
    _fixed(
        "gb2_a", 2.71, "", "derived", "p0_city_2023",
        Text("Parameter a sebaran GB2", "Shape a of the GB2"),
        Text("Titik awal penyesuaian sebaran konsumsi.", "Starting point of the fit of the consumption distribution."),
    ),
    _fixed(
        "gb2_b", 0.552, "lines", "derived", "p0_city_2023",
        Text("Parameter skala b sebaran GB2", "Scale b of the GB2"),
        Text("Titik awal skala, dalam garis kemiskinan.", "Starting point of the scale, in poverty lines."),
    ),
    _fixed(
        "gb2_p", 7.88, "", "derived", "p0_city_2023",
        Text("Parameter p sebaran GB2", "Shape p of the GB2"),
        Text("Titik awal bentuk ekor bawah.", "Starting point of the shape of the lower tail."),
    ),
    _fixed(
        "gb2_q", 0.696, "", "derived", "p0_city_2023",
        Text("Parameter q sebaran GB2", "Shape q of the GB2"),
        Text("Titik awal bentuk ekor atas.", "Starting point of the shape of the upper tail."),
    ),
    _fixed(
        "poverty_line_idr_2023_03", 810_507.0, "Rp/person/month", "found", "gk_city",
        Text("Garis kemiskinan Maret 2023", "Poverty line of March 2023"),
        Text("Garis kemiskinan Kota Bengkulu menurut BPS.", "Poverty line of the city by BPS, first year of the run."),
    ),
    _fixed(
        "poverty_line_idr_2024_03", 820_354.0, "Rp/person/month", "found", "gk_city",
        Text("Garis kemiskinan Maret 2024", "Poverty line of March 2024"),
        Text("Garis kemiskinan Kota Bengkulu menurut BPS, setahun kemudian.",
             "Poverty line of the city by BPS, a year later."),
    ),
    _fixed(
        "poverty_line_idr_2025_03", 840_710.0, "Rp/person/month", "found", "gk_city",
        Text("Garis kemiskinan Maret 2025", "Poverty line of March 2025"),
        Text("Garis kemiskinan Kota Bengkulu menurut BPS, dua tahun kemudian.",
             "Poverty line of the city by BPS, two years later."),
    ),
    _welfare(
        "poverty_line_growth_per_year", 0.025, "share/year", (-0.05, 0.2), (0.01, 0.06), "derived", "gk_city",
        Text("Kenaikan garis kemiskinan setelah Maret 2025", "Growth of the poverty line after March 2025"),
        Text("Kenaikan garis kemiskinan setahun setelah angka terakhir yang terbit.",
             "Yearly rise of the poverty line after the last published figure."),
        note="the rise from March 2024 to March 2025",
    ),
    _welfare(
        "growth_over_line_per_year", 0.0165, "share/year", (-0.2, 0.2), (-0.01, 0.04), "derived", "p0_city_2024",
        Text("Pertumbuhan konsumsi di atas garis kemiskinan", "Growth of consumption over the line"),
        Text("Kenaikan konsumsi setahun dibanding garis kemiskinan.",
             "Yearly growth of consumption relative to the poverty line."),
        note="what turns 14.71 % into 13.76 % at constant programmes",
    ),
)
