"""The head and foot of the page, and what is said of links and faults."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.parameters import Text

FRAME: Mapping[str, Text] = {
    "brand": Text("Salur · Kota Bengkulu (simulasi)", "Salur · Kota Bengkulu (simulation)"),
    "skip": Text("Langsung ke isi", "Skip to content"),
    "pages": Text("Halaman", "Pages"),
    "explore": Text("Jelajah", "Explore"),
    "compare": Text("Bandingkan", "Compare"),
    "batch": Text("Hasil batch", "Batch results"),
    "watch": Text("Amati", "Watch"),
    "family": Text("Satu keluarga", "One family"),
    "about": Text("Tentang", "About"),
    "other_language": Text("English", "Bahasa Indonesia"),
    "version": Text("Versi {version}", "Version {version}"),
    "footer": Text(
        "Angka berasal dari simulasi bergaya Kota Bengkulu: pakailah untuk membandingkan pilihan, bukan sebagai "
        "ramalan "
        "atau hitungan keluarga nyata. {assumed}.",
        "The figures come from a simulation in the style of Kota Bengkulu: use them to compare choices, not as a "
        "forecast "
        "or a count of real families. {assumed}.",
    ),
    "broken": Text(
        "Halaman ini gagal ditampilkan karena kesalahan program; pilihan Anda tetap ada di alamat. Muat ulang, "
        "atau mulai "
        "lagi dari keadaan dasar.",
        "This page could not be shown because of a fault in the program; your choices are still in the address. "
        "Load it "
        "again, or start again from the baseline.",
    ),
    "start_again": Text("Mulai dari keadaan dasar", "Start from the baseline"),
    "link_heading": Text("Sebagian tautan ini tidak dapat dipakai", "Part of this link could not be used"),
    "link_language": Text(
        "Bahasa '{given}' tidak tersedia; halaman ini tampil dalam bahasa Indonesia.",
        "There is no language '{given}'; the page is shown in Indonesian.",
    ),
    "link_version": Text(
        "Tautan ini dibuat untuk versi halaman '{given}', sedangkan ini versi {ours}; pengaturannya tidak dibaca dan "
        "halaman dimulai dari keadaan dasar.",
        "This link was made for version '{given}' of the page, and this is version {ours}; its settings were not read "
        "and the page starts from the baseline.",
    ),
    "link_long": Text(
        "Tautan ini terlalu panjang dan tidak dibaca; halaman dimulai dari keadaan dasar.",
        "This link is too long and was not read; the page starts from the baseline.",
    ),
    "link_seed": Text(
        "Benih '{given}' bukan bilangan bulat dari 0 sampai 4.294.967.295; benih 1 yang dipakai.",
        "The seed '{given}' is not a whole number from 0 to 4,294,967,295; seed 1 is used.",
    ),
    "link_family": Text(
        "Nomor keluarga '{given}' bukan bilangan bulat; keluarga pertama yang ditampilkan.",
        "The family number '{given}' is not a whole number; the first family is shown.",
    ),
    "link_month": Text(
        "Bulan '{given}' bukan bilangan bulat; bulan terakhir yang ditampilkan.",
        "The month '{given}' is not a whole number; the last month is shown.",
    ),
    "link_view": Text(
        "Tampilan '{given}' untuk '{key}' tidak ada; tampilan biasa yang dipakai.",
        "There is no view '{given}' of '{key}'; the usual one is shown.",
    ),
    "link_unknown": Text(
        "Tautan memuat pengaturan '{key}' yang tidak ada di halaman ini; pengaturan itu dilewati.",
        "The link holds a setting '{key}' that this page does not have; it was left out.",
    ),
    "link_scenario": Text(
        "Skenario '{given}' tidak ada di pustaka dan dilewati.",
        "The library has no scenario '{given}'; it was left out.",
    ),
    "link_value": Text(
        "Nilai '{given}' dalam tautan dilewati: {fault}", "The value '{given}' in the link was left out: {fault}"
    ),
    "link_conflict": Text(
        "Pengaturan dalam tautan ini saling bertentangan, jadi semuanya kembali ke keadaan dasar: batas masa "
        "kepesertaan "
        "tidak dapat berlaku bersama penetapan semesta.",
        "The settings of this link contradict each other, so all are back at the baseline: a time limit cannot hold "
        "together with universal targeting.",
    ),
    "lever_bounds": Text(
        "{label} harus antara {low} dan {high} {unit}.", "{label} must lie between {low} and {high} {unit}."
    ),
    "lever_value": Text("Pilihan untuk {label} tidak dikenal.", "The choice for {label} is not known."),
    "lever_number": Text(
        "'{given}' bukan bilangan; tulis misalnya {example}.", "'{given}' is not a number; write for example {example}."
    ),
    "lever_conflict": Text(
        "Batas masa kepesertaan tidak dapat berlaku bersama penetapan semesta; pilihan terakhir tidak dipakai.",
        "A time limit cannot hold together with universal targeting; the last choice was not taken.",
    ),
}
