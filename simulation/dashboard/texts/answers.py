"""How far a computation is, what it found, and how to take it along."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.parameters import Text

ANSWERS: Mapping[str, Text] = {
    "results": Text("Apa yang berubah", "What changes"),
    "preparing": Text("Menyiapkan hitungan pertama …", "Preparing the first answer …"),
    "waiting": Text(
        "Menunggu giliran; {others} orang lain sedang menghitung.",
        "Waiting for a turn; {others} other people are computing.",
    ),
    "queue": Text(" Bergantian dengan {others} orang lain.", " Taking turns with {others} other people."),
    "running_first": Text("Menghitung ulangan 1 dari {wanted} …", "Computing replicate 1 of {wanted} …"),
    "running": Text(
        "{done} dari {wanted} ulangan selesai; hasil menajam …",
        "{done} of {wanted} replicates done; results sharpen …",
    ),
    "finished": Text("Selesai: {done} ulangan.", "Done: {done} replicates."),
    "stopped": Text("Dihentikan setelah {done} dari {wanted} ulangan.", "Stopped after {done} of {wanted} replicates."),
    "failed": Text(
        "Hitungan ini gagal karena kesalahan program. Coba ubah satu pengaturan atau muat ulang halaman; "
        "catatannya ada "
        "di layar tempat halaman ini dijalankan.",
        "This computation failed because of a fault in the program. Try to change a setting or to load the page again; "
        "a note of it is on the screen where the page was started.",
    ),
    "cancel": Text("Hentikan", "Stop"),
    "to_results": Text("Lihat hasil", "See the results"),
    "resume": Text("Lanjutkan", "Go on"),
    "computing": Text("Kemajuan hitungan", "Progress of the computation"),
    "from_quick": Text(
        "Jawaban cepat dari {share} kota ({families} keluarga), {months} bulan, benih {seed}, {seconds} detik. "
        "Seluruh kota "
        "menyusul; angka masih bisa bergeser, dan uang di sini diperbesar menjadi seluruh kota.",
        "Quick answer from {share} of the city ({families} families), {months} months, seed {seed}, {seconds} "
        "seconds. The "
        "whole city follows; numbers may still move, and money is scaled up to the whole city here.",
    ),
    "from_whole": Text(
        "Dari seluruh kota: {families} keluarga, {months} bulan, {seeds}, {seconds} detik sekali jalan.",
        "From the whole city: {families} families, {months} months, {seeds}, {seconds} seconds a run.",
    ),
    "from_part": Text(
        "Dari {share} kota: {families} keluarga, {months} bulan, {seeds}, {seconds} detik sekali jalan.",
        "From {share} of the city: {families} families, {months} months, {seeds}, {seconds} seconds a run.",
    ),
    "one_seed": Text("benih {first}", "seed {first}"),
    "seeds": Text("{count} benih mulai dari {first}", "{count} seeds from {first} on"),
    "period": Text(
        "Angka kartu: rata-rata {months} bulan terakhir sampai {last}; biaya: jumlah setahun.",
        "Cards: mean of the last {months} months to {last}; cost: sum of a year.",
    ),
    "interval_note": Text(
        "Selang 95% mencakup nasib yang berbeda-beda, tidak mencakup ketidakpastian asumsi model.",
        "The 95% interval covers different luck; it does not cover the uncertainty of the model's assumptions.",
    ),
    "nothing_chosen": Text(
        "Inilah keadaan dasar. Geser satu pengaturan untuk melihat apa yang berubah.",
        "This is the baseline. Move a setting to see what changes.",
    ),
    "summary_early": Text(
        "Arah sementara; ulangan berikutnya menentukan apakah perbedaannya nyata.",
        "First direction; the next replicates decide whether the difference is real.",
    ),
    "summary_found": Text("Berbeda: {found}.", "Different: {found}."),
    "summary_unclear": Text("Tidak dapat dibedakan: {unclear}.", "Cannot be told apart: {unclear}."),
    "summary_same": Text("Tidak berubah: {same}.", "Unchanged: {same}."),
    "changes_made": Text("Pilihan Anda: {changes}.", "Your choice: {changes}."),
    "card_poverty_headcount": Text("Kemiskinan setelah bantuan (P0)", "Poverty after assistance (P0)"),
    "card_exclusion_error": Text("Warga miskin yang belum menjadi penerima", "Poor people not on the list"),
    "card_effective_exclusion_error": Text(
        "Warga miskin belum menerima penuh, tepat waktu", "Poor people not served in full, on time"
    ),
    "card_leakage_outside_deciles": Text(
        "KPM di luar desil 1–4 (kebocoran)", "Recipients outside deciles 1–4 (leakage)"
    ),
    "card_paid_on_time_share": Text("Penyaluran tepat waktu", "Payments on time"),
    "card_cost_idr": Text("Biaya setahun", "Cost of a year"),
    "short_poverty_headcount": Text("kemiskinan", "poverty"),
    "short_exclusion_error": Text("warga miskin di luar daftar", "the poor off the list"),
    "short_effective_exclusion_error": Text("warga miskin belum terlayani", "the poor not served"),
    "short_leakage_outside_deciles": Text("kebocoran", "leakage"),
    "short_paid_on_time_share": Text("tepat waktu", "on time"),
    "short_cost_idr": Text("biaya", "cost"),
    "was": Text("dasar {value}", "baseline {value}"),
    "beside_poverty_headcount_before_transfers": Text("sebelum bantuan", "before assistance"),
    "beside_leakage": Text("tidak miskin bulan itu (ukuran BPS)", "not poor that month (BPS)"),
    "beside_leakage_floor": Text("batas bawah ukuran BPS", "floor of the BPS yardstick"),
    "doubt": Text("hanya asumsi: {doubt} keraguan", "only assumed: {doubt} of the doubt"),
    "gap_points": Text("{gap} poin", "{gap} points"),
    "gap_between": Text("antara {low} dan {high}", "between {low} and {high}"),
    "by_month": Text("Lihat per bulan", "Show by month"),
    "by_month_of": Text("Lihat per bulan: {label}", "Show by month: {label}"),
    "same": Text("sama persis", "exactly the same"),
    "early": Text("arah sementara", "first direction"),
    "small": Text("praktis tidak berubah", "practically unchanged"),
    "unclear": Text("tidak dapat dibedakan", "cannot be told apart"),
    "perhaps_better": Text("cenderung lebih baik", "perhaps better"),
    "perhaps_worse": Text("cenderung lebih buruk", "perhaps worse"),
    "likely_better": Text("sangat mungkin lebih baik", "very likely better"),
    "likely_worse": Text("sangat mungkin lebih buruk", "very likely worse"),
    "certain_better": Text("hampir pasti lebih baik", "almost certainly better"),
    "certain_worse": Text("hampir pasti lebih buruk", "almost certainly worse"),
    "perhaps_dearer": Text("cenderung lebih mahal", "perhaps dearer"),
    "perhaps_cheaper": Text("cenderung lebih murah", "perhaps cheaper"),
    "likely_dearer": Text("sangat mungkin lebih mahal", "very likely dearer"),
    "likely_cheaper": Text("sangat mungkin lebih murah", "very likely cheaper"),
    "certain_dearer": Text("hampir pasti lebih mahal", "almost certainly dearer"),
    "certain_cheaper": Text("hampir pasti lebih murah", "almost certainly cheaper"),
    "take_along": Text("Bawa dan ulangi", "Take it along and repeat it"),
    "copy_link": Text("Salin tautan ke tampilan ini", "Copy the link to this view"),
    "copied": Text("Tersalin", "Copied"),
    "copy_this": Text("Salin alamat ini: {link}", "Copy this address: {link}"),
    "commands": Text(
        "Perintah yang menghasilkan ulangan pertama seluruh kota:",
        "Commands that make the first replicate of the whole city:",
    ),
}
