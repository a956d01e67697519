"""The brief for a meeting."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.parameters import Text

BRIEF: Mapping[str, Text] = {
    "brief_heading": Text("Ringkasan untuk rapat", "A brief for the meeting"),
    "brief_lead": Text(
        "Satu halaman dengan pertanyaan, pilihan, tiga angka, dan batas model; dapat dibuka tanpa sambungan.",
        "One page with the question, the choice, three numbers and the limits of the model; it opens without a "
        "connection.",
    ),
    "brief_html": Text("Unduh sebagai HTML", "Download as HTML"),
    "brief_pdf": Text("Unduh sebagai PDF", "Download as PDF"),
    "brief_no_browser": Text(
        "PDF tidak tersedia karena Chromium tidak terpasang di komputer yang menjalankan halaman ini; unduh HTML lalu "
        "cetak dari peramban Anda.",
        "There is no PDF, because Chromium is not installed on the computer that serves this page; download the HTML "
        "and print it from your browser.",
    ),
    "brief_no_paper": Text(
        "PDF gagal dibuat; unduh HTML lalu cetak dari peramban Anda.",
        "The PDF could not be made; download the HTML and print it from your browser.",
    ),
    "brief_title": Text(
        "Bantuan sosial Kota Bengkulu: ringkasan simulasi", "Social assistance in Kota Bengkulu: a simulation in brief"
    ),
    "brief_question": Text("Pertanyaan", "Question"),
    "brief_asks": Text(
        "Apa yang berubah bagi warga miskin dan anggaran dalam {months} bulan bila kebijakan berikut diterapkan, "
        "dibandingkan dengan keadaan dasar dan dengan nasib yang sama?",
        "What changes for the poor and for the budget in {months} months if the following policy is adopted, "
        "compared with the baseline on the same luck?",
    ),
    "brief_asks_baseline": Text(
        "Bagaimana bantuan sampai kepada warga miskin dalam {months} bulan pada keadaan dasar?",
        "How does assistance reach the poor in {months} months under the baseline?",
    ),
    "brief_choice": Text("Pilihan", "Choice"),
    "brief_baseline": Text("Keadaan dasar, tanpa perubahan.", "The baseline, without a change."),
    "brief_numbers": Text("Tiga angka", "Three numbers"),
    "brief_between": Text(
        "Selang 95%: selisihnya antara {low} dan {high}.", "95% interval: the difference lies between {low} and {high}."
    ),
    "brief_limits": Text("Yang tidak dapat dikatakan model ini", "What this model cannot say"),
    "brief_origin": Text("Asal angka", "Where the numbers come from"),
    "brief_link": Text("Tampilan lengkap:", "The whole view:"),
}
