"""Use of aid: consumption, participation, conditions, empowerment, graduation."""

from __future__ import annotations

from functools import partial

from simulation.parameters.declaration import Text, assumption

_use = partial(assumption, group="use")
_participation = partial(assumption, group="participation")
_conditions = partial(assumption, group="conditions")
_business = partial(assumption, group="business")

CONSUMPTION = (
    _use(
        "mpc_cash", 0.85, "share", (0.0, 1.0), (0.6, 1.0), "assumed", "E5-11",
        Text("Bagian tunai yang dikonsumsi", "Share of cash consumed"),
        Text("Bagian bantuan tunai yang menjadi konsumsi; sisanya ditabung.",
             "Share of cash aid that is consumed; the rest is saved."),
        note="0.7 in another country; the poor of a city save less",
    ),
    _use(
        "mpc_goods", 1.0, "share", (0.0, 1.0), (0.85, 1.0), "assumed", "E5-14",
        Text("Bagian barang yang dikonsumsi", "Share of goods consumed"),
        Text("Bagian bantuan barang yang menjadi konsumsi, sampai kebutuhan pangan.",
             "Share of aid in goods that is consumed, up to the need for food."),
        note="food is eaten; the aid is far below what a family eats",
    ),
    _use(
        "food_share_of_line", 0.7363, "share", (0.3, 1.0), (0.72, 0.75), "found", "gk_prov_food_share",
        Text("Bagian makanan dalam garis kemiskinan", "Share of food in the poverty line"),
        Text("Batas konsumsi barang: kebutuhan pangan keluarga.",
             "Limit of goods that are consumed: the family's need for food."),
    ),
    _use(
        "labour_response_log", 0.0, "log points", (-0.2, 0.2), (-0.01, 0.0), "found", "E5-10",
        Text("Tanggapan jam kerja terhadap bantuan", "Response of work to aid"),
        Text("Perubahan logaritma pendapatan kerja karena menerima bantuan.",
             "Change of log earnings because of aid."),
        note="none in seven trials; minus one point within the household in one",
    ),
)

PARTICIPATION = (
    _participation(
        "participation_intercept", 0.4, "log odds", (-5.0, 5.0), (-0.2, 1.0), "assumed", "participation_city",
        Text("Kecenderungan dasar hadir", "Base tendency to attend"),
        Text("Peluang logit hadir tanpa pengaruh lain.", "Log odds of attending without any other effect."),
        note="with the effects below about 45 % attend",
    ),
    _participation(
        "participation_informed", 0.8, "log odds", (-5.0, 5.0), (0.3, 1.3), "assumed", "",
        Text("Pengaruh tahu hak", "Effect of being informed"),
        Text("Kenaikan peluang logit hadir bila keluarga tahu haknya.", "Rise of the log odds for informed families."),
        note="sign from the study, size open",
    ),
    _participation(
        "participation_session_held", 0.5, "log odds", (-5.0, 5.0), (0.0, 1.0), "assumed", "",
        Text("Pengaruh pertemuan terakhir terlaksana", "Effect of the last session being held"),
        Text("Kenaikan peluang logit hadir bila pertemuan terakhir terlaksana.",
             "Rise of the log odds when the last session took place."),
        note="habit; size open",
    ),
    _participation(
        "participation_passive_year", -0.25, "log odds per year", (-3.0, 1.0), (-0.5, 0.0), "assumed",
        "dependency_evidence",
        Text("Pengaruh masa kepesertaan pasif", "Effect of a passive year"),
        Text("Perubahan peluang logit hadir untuk setiap tahun tanpa pertemuan yang diikuti.",
             "Change of the log odds for each year without a session attended."),
        note="the study calls it dependency; no causal estimate exists",
    ),
    _participation(
        "participation_works", -0.6, "log odds", (-5.0, 5.0), (-1.2, 0.0), "assumed", "",
        Text("Pengaruh bekerja", "Effect of work"),
        Text("Perubahan peluang logit hadir bila pengurus keluarga bekerja.",
             "Change of the log odds when the carer works."),
        note="sessions fall into working hours; size open",
    ),
    _participation(
        "participation_satisfied", 0.4, "log odds", (-5.0, 5.0), (0.0, 0.8), "assumed", "",
        Text("Pengaruh kepuasan", "Effect of satisfaction"),
        Text("Kenaikan peluang logit hadir bila keluarga puas.", "Rise of the log odds for satisfied families."),
        note="sign plausible, size open",
    ),
    _participation(
        "dependency", True, "", None, (False, True), "assumed", "dependency_evidence",
        Text("Masa kepesertaan pasif menurunkan keikutsertaan", "Passive tenure lowers attendance"),
        Text("Jika tidak, pengaruh masa kepesertaan pasif dimatikan.", "If false, the effect of passive years is off."),
        note="a mechanism of the study without causal evidence; touches attendance only, never consumption",
    ),
    _participation(
        "learning_per_session", 0.01, "share", (0.0, 0.5), (0.0, 0.02), "assumed", "",
        Text("Pelajaran dari satu pertemuan", "Learning from one session"),
        Text("Kenaikan pemenuhan komitmen untuk setiap pertemuan yang diikuti.",
             "Rise of compliance with the conditions for each session attended."),
        note="a year of sessions halves the share that misses the conditions; size open",
    ),
    _participation(
        "learning_decay_per_month", 0.02, "share/month", (0.0, 1.0), (0.0, 0.05), "assumed", "",
        Text("Pudarnya pelajaran per bulan", "Fading of learning per month"),
        Text("Bagian pelajaran yang hilang dalam sebulan.", "Share of what was learnt that is lost in a month."),
        note="half is left after three years",
    ),
)

CONDITIONS = (
    _conditions(
        "noncompliance_share", 0.10, "share of families", (0.0, 1.0), (0.05, 0.20), "assumed", "pkh_conditions",
        Text("Keluarga yang tidak memenuhi komitmen", "Families that miss the conditions"),
        Text("Bagian KPM yang tidak memenuhi komitmen tanpa pembelajaran.",
             "Share of families that miss the conditions without learning."),
        note="no verification rate was found",
    ),
    _conditions(
        "dropout_per_year", 0.02, "per pupil and year", (0.0, 0.5), (0.01, 0.04), "assumed", "",
        Text("Putus sekolah per tahun", "School drop-out per year"),
        Text("Peluang murid SMP atau SMA dari keluarga rata-rata putus sekolah.",
             "Chance that a secondary pupil of an average family drops out."),
        note="national school statistics by memory: below one percent in SD, two to three in SMA",
    ),
    _conditions(
        "dropout_poor_factor", 2.0, "times", (1.0, 10.0), (1.5, 3.0), "assumed", "",
        Text("Pengali putus sekolah keluarga miskin", "Drop-out of the poor"),
        Text("Pengali peluang putus sekolah bila keluarga miskin.", "Multiple of the chance for poor families."),
        note="gaps in enrolment between fifths are of this order",
    ),
    _conditions(
        "dropout_participation_factor", 0.5, "times", (0.0, 1.0), (0.35, 0.8), "found", "E5-05",
        Text("Pengali putus sekolah peserta penuh", "Drop-out at full participation"),
        Text("Pengali peluang putus sekolah bagi peserta lama yang selalu hadir.",
             "Multiple of the chance for families that have long attended."),
        note="halved after six years",
    ),
    _conditions(
        "dropout_effect_years", 6.0, "years", (0.5, 20.0), (4.0, 8.0), "found", "E5-05",
        Text("Tahun hingga pengaruh penuh", "Years to full effect"),
        Text("Tahun kepesertaan hingga pengaruh pada putus sekolah penuh.",
             "Years in the programme until the effect on drop-out is full."),
    ),
    _conditions(
        "return_to_school_per_year", 0.05, "per child and year", (0.0, 1.0), (0.01, 0.15), "assumed", "",
        Text("Kembali bersekolah per tahun", "Return to school per year"),
        Text("Peluang anak putus sekolah kembali bersekolah dalam setahun.",
             "Chance that a drop-out returns to school in a year."),
        note="equivalency classes and campaigns bring back a few",
    ),
    _conditions(
        "sanction_stages_before_removal", 3, "stages", (1, 12), (2, 4), "recalled", "pkh_sanction",
        Text("Tahap melanggar sebelum dikeluarkan", "Stages missed before removal"),
        Text("Tahap berturut-turut tanpa komitmen sebelum KPM dikeluarkan, bila ditegakkan.",
             "Stages in a row without compliance before removal, where enforced."),
        note="medium",
    ),
)

BUSINESS = (
    _business(
        "pena_willing_share", 0.25, "share of families", (0.0, 1.0), (0.1, 0.4), "assumed", "pena_amt",
        Text("Keluarga yang dapat ikut PENA", "Families that could join PENA"),
        Text("Bagian KPM dengan pengurus usia 25-45 dan rintisan usaha.",
             "Share of families with a carer aged 25-45 and a budding business."),
        note="half are of that age, half of these trade a little",
    ),
    _business(
        "pena_minimum_rank", 0.1, "welfare rank", (0.0, 1.0), (0.0, 0.2), "assumed", "",
        Text("Peringkat kesejahteraan terendah PENA", "Lowest welfare rank for PENA"),
        Text("Keluarga di bawah peringkat ini tidak dipilih.", "Families below this rank are not chosen."),
        note="the destitute are seldom put forward for a business grant",
    ),
    _business(
        "pena_success_share", 0.6, "share of places", (0.0, 1.0), (0.4, 0.8), "assumed", "E5-16",
        Text("Usaha yang berhasil", "Businesses that succeed"),
        Text("Bagian penerima PENA yang pendapatannya naik.", "Share of places that raise income."),
        note="98.9 % report success to the programme; trials elsewhere find far less",
    ),
    _business(
        "pena_gain_log", 0.12, "log points", (0.0, 1.0), (0.0, 0.25), "assumed", "E5-16",
        Text("Kenaikan konsumsi bila usaha berhasil", "Gain where the business succeeds"),
        Text("Kenaikan logaritma konsumsi keluarga yang usahanya berhasil.",
             "Rise of log consumption where the business succeeds."),
        note="with the share above 7 % a place; trials find 5 % of income",
    ),
    _business(
        "pena_gain_sd", 0.10, "log points", (0.0, 1.0), (0.05, 0.2), "assumed", "",
        Text("Sebaran kenaikan konsumsi", "Spread of the gain"),
        Text("Simpangan baku kenaikan antarkeluarga.", "Standard deviation of the gain between families."),
        note="small businesses differ as much as their mean gain",
    ),
    _business(
        "pena_maturity_months", 6, "months", (1, 60), (3, 12), "assumed", "pena_grad_rule",
        Text("Bulan hingga usaha menghasilkan", "Months until the business pays"),
        Text("Kenaikan konsumsi tumbuh penuh selama sekian bulan.",
             "Months over which the gain grows to its full size."),
        note="monitored for at least four months before exit",
    ),
    _business(
        "pena_gain_decay_per_year", 0.20, "share/year", (0.0, 1.0), (0.0, 0.4), "assumed", "E5-16",
        Text("Penyusutan kenaikan per tahun", "Fading of the gain per year"),
        Text("Bagian kenaikan yang hilang dalam setahun.", "Share of the gain lost in a year."),
        note="positive after three years in the trials, smaller",
    ),
    _business(
        "pena_exit_share", 0.36, "share of places", (0.0, 1.0), (0.2, 0.7), "found", "pena_reach",
        Text("Penerima PENA yang graduasi", "PENA families that graduate"),
        Text("Bagian penerima PENA yang kemudian keluar dari PKH.", "Share of places that later leave PKH."),
        note="1,876 of 5,209",
    ),
    _business(
        "graduation_own_wish_per_year", 0.028, "per family and year", (0.0, 0.5), (0.013, 0.045), "found",
        "self_exit_kepahiang",
        Text("Graduasi mandiri per tahun", "Graduation by own wish per year"),
        Text("Peluang keluarga yang lebih mampu mengundurkan diri dalam setahun.",
             "Chance that a better-off family resigns in a year."),
        note="1.3-4.5 % a year in a neighbouring regency",
    ),
    _business(
        "graduation_above_rank", 0.45, "welfare rank", (0.0, 1.0), (0.3, 0.6), "assumed", "self_exit_kepahiang",
        Text("Peringkat kesejahteraan untuk graduasi mandiri", "Welfare rank of own-wish graduation"),
        Text("Hanya keluarga di atas peringkat ini yang mengundurkan diri.", "Only families above this rank resign."),
        note="those outside deciles 1-4 and a little below",
    ),
)
