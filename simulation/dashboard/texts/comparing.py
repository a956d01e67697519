"""Several scenarios beside each other: the page that compares them, and the charts that batches share with it."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.parameters import Text

COMPARING: Mapping[str, Text] = {
    "compare_heading": Text("Skenario berdampingan", "Scenarios side by side"),
    "compare_lead": Text(
        "Pilih paling banyak {most} skenario dari pustaka; pilihan Anda dari Jelajah ikut serta. Semuanya dihitung "
        "dengan nasib yang sama dan dibandingkan dengan keadaan dasar.",
        "Pick up to {most} scenarios from the library; your choice from Explore joins them. All are computed on the "
        "same luck and compared with the baseline.",
    ),
    "compare_nothing": Text(
        "Belum ada yang dibandingkan. Tambahkan satu skenario, atau ubah pengaturan di Jelajah.",
        "There is nothing to compare yet. Add a scenario, or change a setting under Explore.",
    ),
    "compare_lengths": Text(
        "Semua skenario dijalankan {months} bulan mulai {first}.",
        "All scenarios are run for {months} months from {first}.",
    ),
    "picks": Text("Yang dibandingkan", "What is compared"),
    "add_scenario": Text("Skenario dari pustaka", "Scenario from the library"),
    "add": Text("Tambahkan", "Add"),
    "remove": Text("Buang", "Remove"),
    "remove_one": Text("Buang {name} dari perbandingan", "Remove {name} from the comparison"),
    "change_choice": Text("Ubah di Jelajah", "Change it under Explore"),
    "too_many": Text(
        "Paling banyak {most} skenario; buang satu untuk menambah yang lain.",
        "At most {most} scenarios; remove one to add another.",
    ),
    "compared": Text("Perbandingan", "The comparison"),
    "gains_pick": Text("Siapa yang untung dan rugi di bawah", "Who gains and who loses under"),
    "gains_later": Text(
        "Siapa yang untung dan rugi menyusul setelah seluruh kota dihitung.",
        "Who gains and who loses follows once the whole city has been computed.",
    ),
    "gains_failed": Text(
        "Siapa yang untung dan rugi tidak dapat dihitung. Muat ulang halaman ini untuk mencoba lagi.",
        "Who gains and who loses could not be counted. Load this page again to try once more.",
    ),
    "commands_each": Text(
        "Perintah yang menghasilkan ulangan pertama tiap skenario:",
        "Commands that make the first replicate of each scenario:",
    ),
    "add_file": Text("Tambahkan berkas skenario Anda …", "Add a scenario file of yours …"),
    "file_help": Text(
        "Berkas .toml, paling besar {kilobytes} kB; dibaca sebagai data dan hanya disimpan selama sesi ini.",
        "A .toml file of at most {kilobytes} kB; it is read as data and kept for this session only.",
    ),
    "file_missing": Text(
        "Tautan ini memuat skenario dari berkas '{name}', yang tidak ada dalam sesi ini; unggah berkas itu untuk "
        "melihatnya.",
        "This link holds a scenario from the file '{name}', which this session does not have; upload it to see it.",
    ),
    "file_large": Text(
        "Berkas '{name}' lebih besar dari {kilobytes} kB, padahal skenario hanya beberapa kB; berkas itu tidak dibaca.",
        "The file '{name}' is larger than {kilobytes} kB, while a scenario takes a few kB; it was not read.",
    ),
    "file_wrong": Text(
        "Berkas '{name}' bukan skenario yang dapat dipakai. Penjelasan (dalam bahasa Inggris): {fault}",
        "The file '{name}' is no scenario that can be used: {fault}",
    ),
    "courses_title": Text(
        "{label}: dari {low} ({lowest}) sampai {high} ({highest}) dalam setahun terakhir",
        "{label}: from {low} ({lowest}) to {high} ({highest}) in the last year",
    ),
    "courses_title_none": Text("{label}: belum terukur", "{label}: not measured"),
    "any_mean": Text("{name}, rata-rata ({unit})", "{name}, mean ({unit})"),
    "any_lowest": Text("{name}, terendah ({unit})", "{name}, lowest ({unit})"),
    "any_highest": Text("{name}, tertinggi ({unit})", "{name}, highest ({unit})"),
    "differences_title": Text(
        "{clear} dari {count} selisih dengan {baseline} sangat mungkin atau hampir pasti nyata",
        "{clear} of {count} differences from {baseline} are very likely or almost certainly real",
    ),
    "differences_what": Text(
        "Selisih setahun terakhir, berpasangan ulangan demi ulangan; garis tegak: tanpa selisih",
        "Difference over the last year, paired replicate by replicate; vertical line: no difference",
    ),
    "differences_note": Text(
        "Titik: selisih rata-rata. Garis: selang 95% karena nasib; ketidakpastian asumsi tidak termasuk.",
        "Dot: mean difference. Line: 95% interval by luck; the uncertainty of assumptions is not in it.",
    ),
    "cost_title": Text(
        "Selisih biaya setahun: {low} sampai {high}", "Difference in the cost of a year: {low} to {high}"
    ),
    "cost_what": Text(
        "Selisih dengan keadaan pembanding, rata-rata setahun sepanjang simulasi, seluruh kota; garis: selang 95%",
        "Difference from the reference, mean of a year over the whole run, whole city; lines: 95% intervals",
    ),
    "cost_note": Text(
        "Harga hanya disebut bila uang dan hasilnya pasti berbeda dan searah; selangnya menurut Fieller.",
        "A price is named only where money and effect differ for certain and in the same direction; its interval is "
        "Fieller's.",
    ),
    "cost_extra": Text("Tambahan biaya setahun (miliar rupiah)", "Extra cost of a year (billion rupiah)"),
    "costs_same": Text("biaya sama", "the same cost"),
    "costs_more": Text("lebih mahal (antara {low} dan {high})", "dearer (between {low} and {high})"),
    "costs_less": Text("lebih murah (antara {low} dan {high})", "cheaper (between {low} and {high})"),
    "costs_unclear": Text("tidak dapat dibedakan", "cannot be told apart"),
    "effect_reached_persons": Text(
        "Tambahan warga miskin yang terlayani penuh dan tepat waktu (orang)",
        "More poor people served in full and on time (persons)",
    ),
    "effect_exclusion_points": Text(
        "Penurunan warga miskin di luar daftar (poin persen)", "Fall of the poor off the list (percentage points)"
    ),
    "effect_poor_after_persons": Text(
        "Penurunan warga miskin setelah bantuan (orang)", "Fewer people poor after assistance (persons)"
    ),
    "trade_no_certain_effect": Text("belum pasti berbeda", "no certain difference"),
    "trade_better_at_no_certain_cost": Text(
        "lebih baik, biayanya belum pasti berbeda", "better, at no certain extra cost"
    ),
    "trade_worse_at_no_certain_saving": Text("lebih buruk, hematnya belum pasti", "worse, at no certain saving"),
    "trade_more_for_more": Text("lebih baik dan lebih mahal", "better and dearer"),
    "trade_less_for_less": Text("lebih buruk dan lebih murah", "worse and cheaper"),
    "trade_better_and_cheaper": Text("lebih baik sekaligus lebih murah", "better and even cheaper"),
    "trade_worse_and_dearer": Text("lebih buruk padahal lebih mahal", "worse though dearer"),
    "price": Text("{price} setahun untuk satu", "{price} a year for one"),
    "groups_title": Text(
        "{name}: {reached} keluarga miskin baru terlayani penuh, {lost} tidak lagi",
        "{name}: {reached} poor families newly served in full, {lost} no longer",
    ),
    "groups_what": Text(
        "Keluarga yang miskin pada keduanya, bulan terakhir, rata-rata ulangan, seluruh kota; desil menurut "
        "pengeluaran di awal",
        "Families poor in both, last month, mean over replicates, whole city; deciles by consumption at the start",
    ),
    "groups_note": Text(
        "Keluarga yang sama di kedua simulasi, dengan nasib yang sama; keluarga dapat masuk beberapa kelompok.",
        "The same families in both runs, on the same luck; a family can belong to several groups.",
    ),
    "gains_map_title": Text(
        "{name}: lebih banyak keluarga terlayani di {more} kelurahan, lebih sedikit di {fewer}",
        "{name}: more families served in {more} kelurahan, fewer in {fewer}",
    ),
    "gains_map_what": Text(
        "Keluarga miskin yang baru terlayani dikurangi yang tidak lagi, menurut kelurahan",
        "Poor families newly served less those no longer served, by kelurahan",
    ),
    "newly_reached": Text("baru terlayani penuh", "newly served in full"),
    "newly_lost": Text("tidak lagi terlayani penuh", "no longer served in full"),
    "newly_enrolled": Text("baru menjadi penerima", "newly on the list"),
    "no_longer_enrolled": Text("tidak lagi menjadi penerima", "no longer on the list"),
    "group_decile_01": Text("Desil 1 (termiskin)", "Decile 1 (poorest)"),
    "group_decile_02": Text("Desil 2", "Decile 2"),
    "group_decile_03": Text("Desil 3", "Decile 3"),
    "group_decile_04": Text("Desil 4", "Decile 4"),
    "group_decile_05": Text("Desil 5", "Decile 5"),
    "group_decile_06": Text("Desil 6", "Decile 6"),
    "group_decile_07": Text("Desil 7", "Decile 7"),
    "group_decile_08": Text("Desil 8", "Decile 8"),
    "group_decile_09": Text("Desil 9", "Decile 9"),
    "group_decile_10": Text("Desil 10 (terkaya)", "Decile 10 (richest)"),
    "group_arrived_later": Text("datang kemudian", "arrived later"),
    "group_elderly": Text("dengan lansia", "with elderly members"),
    "group_disabled": Text("dengan penyandang disabilitas", "with disabled members"),
    "group_children": Text("dengan anak", "with children"),
    "col_scenario": Text("Skenario", "Scenario"),
    "col_measure": Text("Ukuran (satuan)", "Measure (unit)"),
    "col_baseline_value": Text("Pembanding", "Reference"),
    "col_scenario_value": Text("Skenario ini", "This scenario"),
    "col_gap": Text("Selisih", "Difference"),
    "col_gap_low": Text("Selang, bawah", "Interval, low"),
    "col_gap_high": Text("Selang, atas", "Interval, high"),
    "col_verdict": Text("Kesimpulan", "In words"),
    "col_effect": Text("Hasil", "Effect"),
    "col_gain": Text("Tambahan hasil", "Gain"),
    "col_trade": Text("Pertukaran", "What is traded"),
    "col_price": Text("Harga satu (juta rupiah setahun)", "Price of one (million rupiah a year)"),
    "col_price_low": Text("Harga, bawah", "Price, low"),
    "col_price_high": Text("Harga, atas", "Price, high"),
    "col_group": Text("Kelompok keluarga", "Group of families"),
    "col_net": Text("Bersih (keluarga)", "Net (families)"),
}
