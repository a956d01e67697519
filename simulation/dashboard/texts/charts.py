"""The charts of a comparison and their tables."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.parameters import Text

CHARTS: Mapping[str, Text] = {
    "baseline": Text("keadaan dasar", "baseline"),
    "chosen": Text("pilihan Anda", "your choice"),
    "numbers": Text("Angka di balik gambar", "Numbers behind the chart"),
    "download": Text("Unduh", "Download"),
    "download_as": Text("Unduh {kind}: {title}", "Download {kind}: {title}"),
    "month": Text("Bulan", "Month"),
    "status": Text("Tahap", "Stage"),
    "item": Text("Pos", "Item"),
    "kelurahan": Text("Kelurahan", "Kelurahan"),
    "officer": Text("Pendamping nomor", "Facilitator number"),
    "points": Text("Selisih (poin persen)", "Difference (percentage points)"),
    "baseline_percent": Text("Keadaan dasar (persen)", "Baseline (percent)"),
    "chosen_percent": Text("Pilihan Anda (persen)", "Your choice (percent)"),
    "baseline_billion": Text("Keadaan dasar (miliar rupiah)", "Baseline (billion rupiah)"),
    "chosen_billion": Text("Pilihan Anda (miliar rupiah)", "Your choice (billion rupiah)"),
    "difference_billion": Text("Selisih (miliar rupiah)", "Difference (billion rupiah)"),
    "baseline_mean": Text("Keadaan dasar, rata-rata ({unit})", "Baseline, mean ({unit})"),
    "baseline_lowest": Text("Keadaan dasar, terendah ({unit})", "Baseline, lowest ({unit})"),
    "baseline_highest": Text("Keadaan dasar, tertinggi ({unit})", "Baseline, highest ({unit})"),
    "chosen_mean": Text("Pilihan Anda, rata-rata ({unit})", "Your choice, mean ({unit})"),
    "chosen_lowest": Text("Pilihan Anda, terendah ({unit})", "Your choice, lowest ({unit})"),
    "chosen_highest": Text("Pilihan Anda, tertinggi ({unit})", "Your choice, highest ({unit})"),
    "unit_percent": Text("persen", "percent"),
    "unit_points": Text("poin", "points"),
    "unit_billion": Text("miliar rupiah", "billion rupiah"),
    "unit_months": Text("bulan", "months"),
    "unit_families": Text("keluarga", "families"),
    "unit_persons": Text("orang", "persons"),
    "unit_visits": Text("kunjungan", "visits"),
    "unit_rupiah": Text("rupiah", "rupiah"),
    "unit_index": Text("indeks", "index"),
    "cascade_title": Text(
        "Dari 100 warga miskin, {reached} menerima penuh dan tepat waktu (dasar: {before})",
        "Of 100 poor people, {reached} are served in full and on time (baseline: {before})",
    ),
    "cascade_title_same": Text(
        "Dari 100 warga miskin, {reached} menerima penuh dan tepat waktu",
        "Of 100 poor people, {reached} are served in full and on time",
    ),
    "cascade_what": Text(
        "Tahap tempat bantuan berhenti, persen penduduk miskin, rata-rata setahun terakhir; kanan: selisih dalam poin",
        "The stage at which assistance stops, percent of the poor, mean of the last year; right: difference in points",
    ),
    "cascade_note": Text(
        "Setiap orang dihitung sekali, pada hambatan pertama menurut urutan; ini pembukuan, bukan sebab.",
        "Each person is counted once, at the first stage that holds; this is bookkeeping, not cause.",
    ),
    "lines_pick": Text("Ukuran yang digambar per bulan", "Measure drawn by month"),
    "lines_title": Text(
        "{label}: dari {before} menjadi {after} dalam setahun terakhir",
        "{label}: from {before} to {after} in the last year",
    ),
    "lines_title_same": Text("{label}: {after} dalam setahun terakhir", "{label}: {after} in the last year"),
    "lines_note": Text(
        "Garis: rata-rata ulangan. Pita: ulangan terendah sampai tertinggi. Garis tegak titik-titik: kebijakan dasar "
        "berubah.",
        "Lines: mean over replicates. Band: lowest to highest replicate. Dotted vertical lines: the baseline's policy "
        "changes.",
    ),
    "map_pick": Text("Yang digambar di peta", "What the map shows"),
    "map_view_difference": Text("selisih dengan keadaan dasar", "difference from the baseline"),
    "map_view_chosen": Text("pilihan Anda", "your choice"),
    "map_view_baseline": Text("keadaan dasar", "baseline"),
    "map_title_difference": Text(
        "Warga miskin belum terlayani: jelas lebih sedikit di {better} kelurahan, jelas lebih banyak di {worse}, "
        "tidak dapat dibedakan di {rest}",
        "The poor not served: clearly fewer in {better} kelurahan, clearly more in {worse}, cannot be told apart in "
        "{rest}",
    ),
    "map_title_unclear": Text(
        "Warga miskin belum terlayani: di tiap kelurahan selisihnya tidak dapat dibedakan dari nasib",
        "The poor not served: in every kelurahan the difference cannot be told apart from luck",
    ),
    "map_title_early": Text(
        "Warga miskin belum terlayani: selisih sementara di tiap kelurahan",
        "The poor not served: first differences in every kelurahan",
    ),
    "map_title_chosen": Text(
        "Di kelurahan simulasi, {low} sampai {high} warga miskin belum terlayani penuh, tepat waktu",
        "Across the simulated kelurahan, {low} to {high} of the poor are not served in full, on time",
    ),
    "map_title_baseline": Text(
        "Keadaan dasar: di kelurahan simulasi, {low} sampai {high} warga miskin belum terlayani",
        "Baseline: across the simulated kelurahan, {low} to {high} of the poor are not served",
    ),
    "map_what": Text(
        "Warga miskin yang belum menerima penuh dan tepat waktu, setahun terakhir (persen; selisih dalam poin)",
        "Poor people not served in full and on time, last year (percent; differences in points)",
    ),
    "map_note": Text(
        "Peta skematis, simulasi, bukan data: tiap segi enam satu kelurahan, garis tebal kecamatan. Jangan "
        "dibaca sebagai "
        "peringkat kelurahan.",
        "A schematic map of a simulation, not data: each hexagon is one kelurahan, thick lines are kecamatan. Do "
        "not read "
        "it as a ranking of kelurahan.",
    ),
    "hours_needed": Text("jam yang dibutuhkan", "hours needed"),
    "hours_available": Text("jam yang tersedia", "hours available"),
    "hours_needed_of_baseline": Text("Jam dibutuhkan, dasar", "Hours needed, baseline"),
    "hours_available_of_baseline": Text("Jam tersedia, dasar", "Hours available, baseline"),
    "hours_needed_of_chosen": Text("Jam dibutuhkan, pilihan Anda", "Hours needed, your choice"),
    "hours_available_of_chosen": Text("Jam tersedia, pilihan Anda", "Hours available, your choice"),
    "officers_of": Text("{side}: {count} pendamping", "{side}: {count} facilitators"),
    "workload_title": Text(
        "{after} pendamping kekurangan waktu (dasar: {before})",
        "{after} of facilitators run short of time (baseline: {before})",
    ),
    "workload_title_same": Text("{after} pendamping kekurangan waktu", "{after} of facilitators run short of time"),
    "workload_what": Text(
        "Jam kerja sebulan; tiap batang satu pendamping, dari beban terkecil ke terbesar, rata-rata setahun terakhir",
        "Hours of work a month; each bar is one facilitator, from the smallest workload to the largest, mean of "
        "the last year",
    ),
    "workload_note": Text(
        "Jam tiap tugas adalah asumsi, bukan hasil pengukuran.",
        "The hours of each task are assumptions, not measurements.",
    ),
    "done_note": Text(
        "Kunjungan rumah terlaksana {visits} (dasar {visits_before}), pertemuan P2K2 {sessions} (dasar "
        "{sessions_before}), "
        "rata-rata {months} bulan terakhir.",
        "Home visits done {visits} (baseline {visits_before}), P2K2 sessions {sessions} (baseline "
        "{sessions_before}), mean "
        "of the last {months} months.",
    ),
    "done_note_same": Text(
        "Kunjungan rumah terlaksana {visits}, pertemuan P2K2 {sessions}, rata-rata {months} bulan terakhir.",
        "Home visits done {visits}, P2K2 sessions {sessions}, mean of the last {months} months.",
    ),
    "money_title": Text("Setahun berbiaya {after} (dasar: {before})", "A year costs {after} (baseline: {before})"),
    "money_title_same": Text("Setahun berbiaya {after}", "A year costs {after}"),
    "money_what": Text("Pengeluaran menurut setahun terakhir", "Spending by the last year"),
    "money_note": Text(
        "Belum tersalur adalah uang yang masih menunggu di akhir bulan, rata-rata setahun terakhir; yang lain "
        "jumlah setahun.",
        "Unpaid is money that still waits at the end of a month, mean of the last year; the others are sums of a year.",
    ),
    "spend_transfers": Text("bantuan PKH dan Sembako", "PKH and Sembako transfers"),
    "spend_staff": Text("honor pendamping (APBN)", "facilitators' pay (national)"),
    "spend_city": Text("operasional kota (APBD)", "city operations"),
    "spend_aid": Text("pemberdayaan dan darurat", "empowerment and emergency"),
}
