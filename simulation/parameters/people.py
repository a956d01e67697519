"""People: the hours of pendamping, operators and TKSK, what tasks take, and motivation."""

from __future__ import annotations

from functools import partial

from simulation.parameters.declaration import Text, assumption

_people = partial(assumption, group="staff")
_motivation = partial(assumption, group="motivation")

_NO_STUDY = "no time study exists; range plus or minus a half"

HELPERS = (
    _people(
        "operator_count", 67, "operators", (0, 1_000), (34, 134), "found", "siks_ng_operators",
        Text("Jumlah operator kelurahan", "Number of kelurahan operators"),
        Text("Operator SIKS-NG, satu di setiap kelurahan.", "Registry operators, one in each kelurahan."),
    ),
    _people(
        "tksk_count", 9, "workers", (0, 200), (5, 18), "derived", "pkh_kpm_city_2021",
        Text("Jumlah TKSK", "Number of sub-district workers (TKSK)"),
        Text("Tenaga kesejahteraan sosial, satu di setiap kecamatan.", "Social workers, one in each kecamatan."),
        note="one for each of nine kecamatan",
    ),
    _people(
        "tksk_hours_per_month", 80.0, "hours per worker and month", (0.0, 200.0), (40.0, 160.0), "assumed", "",
        Text("Jam kerja TKSK", "Hours of a sub-district worker"),
        Text("Jam sebulan seorang TKSK untuk masalah penyaluran Sembako.",
             "Monthly hours of a sub-district worker for trouble with Sembako payments."),
        note="half of a month, the rest goes to other programmes", scales=True,
    ),
)

HOURS = (
    _people(
        "pendamping_hours_per_month", 160.0, "hours/month", (1.0, 300.0), (140.0, 180.0), "assumed", "",
        Text("Jam kerja pendamping per bulan", "Facilitator hours per month"),
        Text("Jam kerja penuh seorang pendamping PKH sebulan.", "Full working hours of a facilitator in a month."),
        note="forty hours a week",
    ),
    _people(
        "pendamping_leave_share", 0.15, "share", (0.0, 0.9), (0.08, 0.25), "assumed", "",
        Text("Cuti, rapat, dan pelatihan", "Leave, meetings and training"),
        Text("Bagian jam kerja untuk cuti, rapat, dan pelatihan.", "Share of hours for leave, meetings and training."),
        note="three days a month",
    ),
    _people(
        "effort_base", 0.75, "times", (0.0, 1.5), (0.6, 0.9), "assumed", "",
        Text("Pengali jam kerja tanpa motivasi", "Effort without motivation"),
        Text("Pengali jam kerja efektif bila motivasi nol.", "Multiple of the hours when motivation is zero."),
        note="with the next row full hours at a motivation of 0.7",
    ),
    _people(
        "effort_motivation", 0.35, "times", (0.0, 1.5), (0.1, 0.6), "assumed", "",
        Text("Tambahan jam kerja karena motivasi", "Effort by motivation"),
        Text("Tambahan pengali jam kerja efektif bila motivasi penuh.",
             "Added multiple of the hours at full motivation."),
        note="with the row before full hours at a motivation of 0.7",
    ),
    _people(
        "kelurahan_overhead_hours", 6.0, "hours/month", (0.0, 60.0), (3.0, 9.0), "assumed", "pendamping_city_est",
        Text("Jam tambahan per kelurahan kedua dan seterusnya", "Hours for each kelurahan beyond the first"),
        Text("Jam perjalanan dan koordinasi untuk setiap kelurahan tambahan.",
             "Hours of travel and coordination for each further kelurahan."),
        note=_NO_STUDY,
    ),
    _people(
        "visit_hours", 0.9, "hours/visit", (0.05, 8.0), (0.67, 1.1), "derived", "groundcheck_city",
        Text("Jam per kunjungan rumah", "Hours per home visit"),
        Text("Jam untuk satu kunjungan, perjalanan termasuk.", "Hours of one visit, travel included."),
        note="target 12 a day, 7-8 achieved",
    ),
    _people(
        "report_hours_manual", 12.0, "hours/month", (0.0, 160.0), (6.0, 18.0), "assumed", "delivery_problems_city",
        Text("Jam tetap pelaporan ganda", "Fixed hours of double reporting"),
        Text("Jam tetap pelaporan sebulan bila diisi dua kali.", "Fixed monthly hours of reports entered twice."),
        note=_NO_STUDY,
    ),
    _people(
        "report_hours_manual_per_family", 0.17, "hours/family", (0.0, 2.0), (0.085, 0.255), "assumed",
        "delivery_problems_city",
        Text("Jam pelaporan ganda per keluarga", "Hours of double reporting per family"),
        Text("Jam pelaporan sebulan per keluarga bila diisi dua kali.",
             "Monthly hours of reports per family when entered twice."),
        note=_NO_STUDY,
    ),
    _people(
        "report_hours_digital", 6.0, "hours/month", (0.0, 160.0), (3.0, 9.0), "assumed", "",
        Text("Jam tetap pelaporan satu kali", "Fixed hours of single reporting"),
        Text("Jam tetap pelaporan sebulan bila diisi satu kali.", "Fixed monthly hours of reports entered once."),
        note=_NO_STUDY,
    ),
    _people(
        "report_hours_digital_per_family", 0.07, "hours/family", (0.0, 2.0), (0.035, 0.105), "assumed", "",
        Text("Jam pelaporan satu kali per keluarga", "Hours of single reporting per family"),
        Text("Jam pelaporan sebulan per keluarga bila diisi satu kali.",
             "Monthly hours of reports per family when entered once."),
        note=_NO_STUDY,
    ),
    _people(
        "payment_hours_per_family", 0.04, "hours/family", (0.0, 2.0), (0.02, 0.06), "assumed", "",
        Text("Jam urusan penyaluran per keluarga", "Hours of payment work per family"),
        Text("Jam sebulan per keluarga untuk urusan penyaluran biasa.", "Monthly hours per family for payments."),
        note=_NO_STUDY,
    ),
    _people(
        "repair_hours", 1.5, "hours/case", (0.05, 20.0), (0.75, 2.25), "assumed", "",
        Text("Jam memperbaiki satu penyaluran gagal", "Hours to repair a failed payment"),
        Text("Jam untuk satu kasus nama atau NIK tidak padan.", "Hours for one case of name or NIK mismatch."),
        note=_NO_STUDY,
    ),
    _people(
        "complaint_hours", 0.4, "hours/complaint", (0.0, 20.0), (0.2, 0.6), "assumed", "",
        Text("Jam menangani satu aduan", "Hours to handle a complaint"),
        Text("Jam untuk satu aduan keluarga.", "Hours for one family's complaint."),
        note=_NO_STUDY,
    ),
    _people(
        "verification_hours_per_family", 0.055, "hours/family", (0.0, 2.0), (0.0275, 0.0825), "assumed",
        "pkh_verification_freq",
        Text("Jam verifikasi komitmen per keluarga", "Hours to verify conditions per family"),
        Text("Jam sebulan per keluarga untuk memeriksa sekolah dan posyandu.",
             "Monthly hours per family for checks at schools and health posts."),
        note=_NO_STUDY,
    ),
    _people(
        "verification_joined_factor", 0.5, "times", (0.0, 1.0), (0.25, 0.75), "assumed", "",
        Text("Pengali verifikasi bila data terpadu", "Verification when data are joined"),
        Text("Pengali jam verifikasi bila data Disdik dan Dinkes terpadu.",
             "Multiple of verification hours when school and health data are joined."),
        note=_NO_STUDY,
    ),
    _people(
        "visits_per_family_per_year", 1.0, "visits/year", (0.0, 12.0), (0.5, 2.0), "assumed", "",
        Text("Kunjungan rumah yang direncanakan per tahun", "Home visits planned per year"),
        Text("Kunjungan setahun yang direncanakan bagi setiap KPM PKH.", "Yearly visits planned for each PKH family."),
        note="a yearly update of the family's data is the least the work asks",
    ),
    _people(
        "session_hours", 3.5, "hours/session", (0.5, 12.0), (2.0, 5.0), "assumed", "pkh_p2k2_freq",
        Text("Jam satu pertemuan P2K2", "Hours of one P2K2 session"),
        Text("Jam persiapan, perjalanan, dan pertemuan.", "Hours of preparation, travel and the session."),
        note=_NO_STUDY,
    ),
    _people(
        "families_per_group", 25.0, "families", (5.0, 100.0), (15.0, 30.0), "recalled", "pkh_p2k2_group",
        Text("Keluarga per kelompok P2K2", "Families per P2K2 group"),
        Text("Besar kelompok pertemuan.", "Size of a group."), note="medium: 15-30",
    ),
    _people(
        "proposal_hours", 0.1, "hours/proposal", (0.01, 5.0), (0.05, 0.15), "assumed", "",
        Text("Jam mengusulkan satu keluarga", "Hours to propose a family"),
        Text("Jam untuk mengusulkan keluarga miskin yang belum terdata.", "Hours to propose an unlisted poor family."),
        note=_NO_STUDY,
    ),
    _people(
        "visit_quality_base", 0.5, "share of visits", (0.0, 1.0), (0.3, 0.7), "assumed", "",
        Text("Mutu kunjungan tanpa motivasi", "Quality of a visit without motivation"),
        Text("Peluang kunjungan membetulkan data bila motivasi nol.",
             "Chance that a visit corrects the record when motivation is zero."),
        note="half of the visits copy the old form; with full motivation none",
    ),
    _people(
        "visit_quality_motivation", 0.5, "share of visits", (0.0, 1.0), (0.2, 0.7), "assumed", "",
        Text("Mutu kunjungan karena motivasi", "Quality of a visit by motivation"),
        Text("Tambahan peluang kunjungan membetulkan data bila motivasi penuh.",
             "Added chance that a visit corrects the record at full motivation."),
        note="half of the visits copy the old form; with full motivation none",
    ),
)

MOTIVATION = (
    _motivation(
        "motivation_start", 0.7, "share", (0.1, 1.0), (0.5, 0.9), "assumed", "",
        Text("Motivasi awal", "Motivation at the start"),
        Text("Motivasi kerja pendamping pada awal, 0 sampai 1.", "Facilitators' motivation at the start, 0 to 1."),
        note="near the level at which the target settles with the baseline caseload",
    ),
    _motivation(
        "motivation_adjustment_per_month", 0.15, "share/month", (0.0, 1.0), (0.05, 0.3), "assumed", "",
        Text("Kecepatan perubahan motivasi", "Speed of motivation"),
        Text("Bagian jarak ke motivasi tujuan yang ditempuh sebulan.",
             "Share of the distance to the target that is covered in a month."),
        note="half a year to settle",
    ),
    _motivation(
        "motivation_base", 0.75, "share", (0.0, 1.0), (0.6, 0.9), "assumed", "",
        Text("Motivasi dasar", "Base motivation"),
        Text("Motivasi tujuan tanpa beban lebih dan dengan upah setara UMK.",
             "Target without overload and with pay at the minimum wage."),
        note="no survey of the city's facilitators",
    ),
    _motivation(
        "motivation_overload", 0.6, "per unit of overload", (0.0, 3.0), (0.2, 1.0), "assumed", "",
        Text("Pengaruh beban lebih", "Effect of overload"),
        Text("Penurunan motivasi tujuan bila kebutuhan jam dua kali jam tersedia.",
             "Fall of the target when the hours needed are twice those available."),
        note="the study names load as the first cause of mere administration",
    ),
    _motivation(
        "motivation_pay", 0.25, "per log point of pay", (0.0, 2.0), (0.0, 0.5), "assumed", "",
        Text("Pengaruh upah", "Effect of pay"),
        Text("Kenaikan motivasi tujuan bila logaritma upah terhadap UMK naik satu.",
             "Rise of the target when log pay over the minimum wage rises by one."),
        note="the study names low incentives; the conversion to civil servants will show",
    ),
    _motivation(
        "motivation_sessions", 0.1, "share", (0.0, 1.0), (0.0, 0.2), "assumed", "",
        Text("Pengaruh pertemuan yang batal", "Effect of cancelled sessions"),
        Text("Penurunan motivasi tujuan bila tidak ada pertemuan yang terlaksana.",
             "Fall of the target when no session is held."),
        note="work without meeting families; small",
    ),
    _motivation(
        "motivation_floor", 0.1, "share", (0.0, 1.0), (0.0, 0.3), "assumed", "",
        Text("Motivasi terendah", "Lowest motivation"),
        Text("Motivasi tujuan tidak turun di bawah nilai ini.", "The target does not fall below this."),
        note="someone without any would quit",
    ),
    _motivation(
        "quit_per_month", 0.01, "per month", (0.0, 0.5), (0.003, 0.02), "assumed", "",
        Text("Pendamping berhenti per bulan", "Facilitators who quit per month"),
        Text("Peluang dasar berhenti, berlipat dua bila motivasi nol.",
             "Base chance of quitting, doubled when motivation is zero."),
        note="one in eight a year; not published",
    ),
    _motivation(
        "vacancy_months", 3, "months", (0, 36), (1, 6), "assumed", "",
        Text("Lama lowongan pendamping", "Length of a vacancy"),
        Text("Bulan hingga pendamping yang berhenti diganti.", "Months until a facilitator is replaced."),
        note="recruitment is central and in rounds",
    ),
)
