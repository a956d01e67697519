"""Selection under a quota: what local judgement sees, what communities see, and who counts as a component."""

from __future__ import annotations

from functools import partial

from simulation.parameters.declaration import Text, assumption, constant

_selection = partial(assumption, group="selection")
_fixed = partial(constant, group="selection")

JUDGEMENT = (
    _selection(
        "local_judgement_signal", 0.45, "correlation", (0.0, 1.0), (0.15, 0.55), "assumed", "M3-18",
        Text("Ketepatan penilaian setempat", "Accuracy of local judgement"),
        Text("Korelasi urutan pengisian kuota DTKS dengan kesejahteraan.",
             "Correlation with welfare of the order in which DTKS fills seats."),
        note="receipt then follows welfare with 0.57 of the design's correlation (0.3-0.6 in the field)",
    ),
    _selection(
        "connected_share", 0.10, "share of families", (0.0, 0.5), (0.05, 0.15), "derived", "T1-21",
        Text("Keluarga yang dekat dengan pengurus", "Families close to local leaders"),
        Text("Bagian keluarga yang berkerabat dengan pengurus setempat.",
             "Share of families that are kin of local leaders."),
        note="at most 15 % of the population",
    ),
    _selection(
        "connected_bonus", 0.30, "sd of the key", (0.0, 2.0), (0.0, 0.6), "assumed", "T1-21",
        Text("Keuntungan karena kedekatan", "Advantage of connection"),
        Text("Keuntungan urutan saat kuota dibagikan, dalam simpangan baku.",
             "Advantage in the order when seats are given, in standard deviations."),
        note="makes receipt at most eight points likelier; capture is at distribution, not at listing (T1-22)",
    ),
    _selection(
        "connected_richer_log", 0.09, "log points", (0.0, 0.5), (0.05, 0.13), "found", "T1-21",
        Text("Kesejahteraan keluarga yang dekat pengurus", "Welfare of connected families"),
        Text("Seberapa jauh keluarga yang dekat pengurus lebih mampu.", "How much richer connected families are."),
    ),
    _selection(
        "pull_pkh", 0.8, "sd of the key", (0.0, 3.0), (0.3, 0.9), "derived", "overlap_pkh_sembako",
        Text("Tarikan penerima Sembako ke PKH", "Pull of Sembako families into PKH"),
        Text("Keuntungan urutan PKH bagi keluarga yang sudah menerima Sembako.",
             "Advantage in the order for PKH of families already on Sembako."),
        note="with the next row about 10,900 families hold both (10,972)",
    ),
    _selection(
        "pull_sembako", 0.40, "sd of the key", (0.0, 3.0), (0.0, 0.5), "derived", "overlap_pkh_sembako",
        Text("Tarikan penerima PKH ke Sembako", "Pull of PKH families into Sembako"),
        Text("Keuntungan urutan Sembako bagi keluarga yang sudah menerima PKH.",
             "Advantage in the order for Sembako of families already on PKH."),
        note="with the row before about 22,300 families hold any (22,205)",
    ),
)

COMMUNITY = (
    _selection(
        "community_weight_seen", 0.50, "weight", (0.0, 1.0), (0.35, 0.60), "derived", "T1-13",
        Text("Bobot bagian tampak dalam musyawarah", "Weight of the seen part at meetings"),
        Text("Seberapa jauh musyawarah mengikuti rumah, aset, dan pendidikan.",
             "How far meetings follow housing, assets and education."),
        note="reproduces rank correlations 0.36-0.38 with consumption",
    ),
    _selection(
        "community_weight_rest", 0.05, "weight", (0.0, 1.0), (0.0, 0.20), "derived", "T1-13",
        Text("Bobot bagian tak tampak dalam musyawarah", "Weight of the unseen parts at meetings"),
        Text("Seberapa jauh musyawarah mengikuti bagian konsumsi yang tidak terlihat.",
             "How far meetings follow the part of consumption that nobody sees."),
    ),
    _selection(
        "community_weight_wealth", 0.62, "weight", (0.0, 1.0), (0.45, 0.75), "derived", "T1-14",
        Text("Bobot kekayaan menurut warga", "Weight of wealth as neighbours see it"),
        Text("Seberapa jauh musyawarah mengikuti pengertian kesejahteraan warga sendiri.",
             "How far meetings follow the neighbours' own concept of welfare."),
        note="reproduces rank correlations 0.46-0.50 with self-assessment",
    ),
    _selection(
        "community_kink_at", -1.1, "sd", (-4.0, 0.0), (-1.6, -0.8), "derived", "T1-10",
        Text("Batas keluarga sangat miskin bagi warga", "Below it neighbours see destitution"),
        Text("Di bawah tingkat ini warga mengenali keluarga yang sangat miskin.",
             "Below this level neighbours recognise the destitute."),
        note="communities cover the poorest decile better than a score",
    ),
    _selection(
        "community_kink_slope", 1.1, "per sd", (0.0, 4.0), (0.6, 1.6), "derived", "T1-10",
        Text("Kepekaan warga terhadap keluarga sangat miskin", "How strongly neighbours see destitution"),
        Text("Kemiringan tambahan di bawah batas sangat miskin.", "Extra slope below the limit of destitution."),
    ),
    _selection(
        "hybrid_shortlist_ratio", 1.5, "times the quota", (1.0, 5.0), (1.2, 2.0), "recalled", "T1-01",
        Text("Daftar pendek cara gabungan", "Short-list of the hybrid method"),
        Text("Panjang daftar dari musyawarah dibanding kuota sebelum skor memutuskan.",
             "Length of the community's list relative to the quota, before the score decides."),
        note="medium: the meeting named one and a half times the quota",
    ),
    _selection(
        "self_targeting_intercept", -0.90, "log odds", (-6.0, 6.0), (-1.5, -0.3), "recalled", "T1-24",
        Text("Kecenderungan dasar mendaftar", "Base tendency to apply"),
        Text("Peluang logit keluarga rata-rata yang tahu haknya untuk mendaftar.",
             "Log odds that an average informed family applies."),
        note="medium: applications fall from about 60 % in the poorest to 10 % in the richest decile",
    ),
    _selection(
        "self_targeting_gradient", 0.74, "log odds per sd", (0.0, 5.0), (0.4, 1.1), "recalled", "T1-24",
        Text("Kecenderungan keluarga lebih miskin mendaftar", "How much more the poorer apply"),
        Text("Penurunan peluang logit mendaftar bila kesejahteraan naik satu simpangan baku.",
             "Fall of the log odds of applying when welfare rises by one standard deviation."),
        note="medium: applications fall from about 60 % in the poorest to 10 % in the richest decile",
    ),
)

COMPONENTS = (
    _selection(
        "recorded_share_pregnancy", 0.50, "share", (0.0, 1.0), (0.30, 0.70), "assumed", "pkh_avg_benefit_prov",
        Text("Kehamilan yang tercatat", "Pregnancies on record"),
        Text("Bagian kehamilan yang tercatat sebagai komponen PKH.", "Share of pregnancies recorded as a component."),
        note="with the next three rows the mean entitlement is Rp 2.87 m, as in the national budget",
    ),
    _selection(
        "recorded_share_early_child", 0.35, "share", (0.0, 1.0), (0.25, 0.65), "assumed", "pkh_avg_benefit_prov",
        Text("Anak usia dini yang tercatat", "Young children on record"),
        Text("Bagian anak usia 0-6 tahun yang tercatat sebagai komponen PKH.",
             "Share of children aged 0-6 recorded as a component."),
        note="chosen with the other recorded shares to meet the mean entitlement",
    ),
    _selection(
        "recorded_share_school", 0.80, "share", (0.0, 1.0), (0.65, 1.0), "assumed", "pkh_avg_benefit_prov",
        Text("Anak sekolah yang tercatat", "Pupils on record"),
        Text("Bagian murid SD, SMP, dan SMA yang tercatat sebagai komponen PKH.",
             "Share of pupils recorded as a component."),
        note="chosen with the other recorded shares to meet the mean entitlement",
    ),
    _selection(
        "recorded_share_elderly", 0.70, "share", (0.0, 1.0), (0.60, 1.0), "assumed", "pkh_avg_benefit_prov",
        Text("Lansia dan disabilitas berat yang tercatat", "Elderly and disabled on record"),
        Text("Bagian lansia dan penyandang disabilitas berat yang tercatat sebagai komponen PKH.",
             "Share of the elderly and the severely disabled recorded as a component."),
        note="chosen with the other recorded shares to meet the mean entitlement",
    ),
    _fixed(
        "pkh_max_persons", 4, "persons", "recalled", "pkh_max_components",
        Text("Jumlah komponen PKH terbanyak", "Most components that PKH pays"),
        Text("Paling banyak empat orang dihitung dalam satu keluarga.", "At most four persons of a family count."),
        note="high",
    ),
    _fixed(
        "pkh_max_pregnancies", 2, "persons", "recalled", "pkh_max_components",
        Text("Jumlah kehamilan terbanyak", "Most pregnancies that PKH pays"),
        Text("Paling banyak dua kehamilan dihitung.", "At most two pregnancies count."),
        note="medium",
    ),
    _fixed(
        "pkh_max_early_children", 2, "persons", "recalled", "pkh_max_components",
        Text("Jumlah anak usia dini terbanyak", "Most young children that PKH pays"),
        Text("Paling banyak dua anak usia dini dihitung.", "At most two young children count."),
        note="medium",
    ),
    _fixed(
        "pkh_max_elderly", 1, "persons", "recalled", "pkh_max_components",
        Text("Jumlah lansia terbanyak", "Most elderly that PKH pays"),
        Text("Paling banyak satu lansia dihitung.", "At most one elderly person counts."),
        note="medium",
    ),
)
