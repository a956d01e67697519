"""The page that opens batch results."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.parameters import Text

BATCHES: Mapping[str, Text] = {
    "batch_heading": Text("Hasil yang sudah dihitung", "Results that are there already"),
    "batch_lead": Text(
        "Buka hasil batch tanpa menghitung ulang, juga selagi batch itu berjalan.",
        "Open the results of a batch without computing anything again, also while it is still running.",
    ),
    "batch_no_folder": Text(
        "Halaman ini dijalankan tanpa folder hasil. Jalankan dengan perintah berikut untuk membuka folder batch:",
        "The page was started without a folder of results. Start it as follows to open the folders of batches:",
    ),
    "batch_empty": Text(
        "Folder hasil belum memuat batch. Buat satu dengan perintah berikut:",
        "The folder of results holds no batch yet. Make one as follows:",
    ),
    "batch_pick": Text("Batch yang dibuka", "Batch that is open"),
    "batch_unknown": Text(
        "Tidak ada batch '{name}' di folder hasil; batch pertama yang ditampilkan.",
        "The folder of results holds no batch '{name}'; the first one is shown.",
    ),
    "batch_complete": Text("Selesai: {done} dari {wanted} simulasi.", "Complete: {done} of {wanted} runs."),
    "batch_running": Text(
        "Belum selesai: {done} dari {wanted} simulasi ada; halaman ini menyegarkan diri.",
        "Not complete: {done} of {wanted} runs are there; this page renews itself.",
    ),
    "batch_failed": Text(" {failed} gagal dan tidak dihitung.", " {failed} failed and are left out."),
    "batch_progress": Text("Kemajuan batch", "Progress of the batch"),
    "batch_reading": Text("Membaca hasil …", "Reading the results …"),
    "batch_nothing_yet": Text(
        "Belum ada simulasi yang selesai dalam batch ini.", "No run of this batch has come to its end yet."
    ),
    "batch_broken": Text(
        "Hasil batch ini tidak dapat dibaca. Penjelasan (dalam bahasa Inggris): {fault}",
        "The results of this batch cannot be read: {fault}",
    ),
    "batch_only": Text(
        "Hanya pembanding yang cocok dengan saringan ini; longgarkan saringannya.",
        "Only the reference fits this filter; loosen it.",
    ),
    "batch_alone": Text(
        "Batch ini hanya memuat satu skenario, jadi tidak ada yang dibandingkan.",
        "This batch holds one scenario alone, so there is nothing to compare.",
    ),
    "batch_many": Text(
        "Digambar {drawn} dari {count} skenario dan titik; saring untuk melihat yang lain.",
        "{drawn} of {count} scenarios and points are drawn; filter to see the others.",
    ),
    "filter_heading": Text("Saring", "Filter"),
    "filter_scenario": Text("Skenario", "Scenario"),
    "filter_all": Text("semua", "all"),
    "batch_source": Text(
        "Batch {name}, pembanding: {baseline}, {runs} ulangan, {months} bulan, {share} kota, benih induk {seed}. "
        "Salur {version}.",
        "Batch {name}, reference: {baseline}, {runs} replicates, {months} months, {share} of the city, "
        "root seed {seed}. Salur {version}.",
    ),
    "command": Text("Perintah yang menghasilkan angka ini", "Command that gives these numbers"),
    "batch_commands": Text("Perintah yang mengulangi batch ini:", "Command that repeats this batch:"),
    "link_where": Text(
        "Saringan '{given}' dalam tautan tidak dapat dibaca dan dilewati.",
        "The filter '{given}' in the link cannot be read and was left out.",
    ),
}
