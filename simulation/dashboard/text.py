"""Every sentence of the page, in Indonesian and in English."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.parameters import Text

WORDS: Mapping[str, Text] = {
    # The frame
    "brand": Text("Salur · Kota Bengkulu (simulasi)", "Salur · Kota Bengkulu (simulation)"),
    "skip": Text("Langsung ke isi", "Skip to content"),
    "pages": Text("Halaman", "Pages"),
    "explore": Text("Jelajah", "Explore"),
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
    # Levers
    "levers": Text("Ubah kebijakan", "Change the policy"),
    "levers_lead": Text(
        "Geser satu pengaturan; seluruh kota dihitung ulang dengan nasib yang sama.",
        "Move one setting; the whole city is computed again on the same luck.",
    ),
    "more": Text("{count} pengaturan lain", "{count} more settings"),
    "fewer": Text("Sembunyikan pengaturan lain", "Hide the other settings"),
    "at_baseline": Text("dasar: {value}", "baseline: {value}"),
    "changed": Text("diubah", "changed"),
    "reset": Text("Kembali ke dasar", "Back to baseline"),
    "reset_one": Text("Kembalikan {label} ke dasar", "Set {label} back to the baseline"),
    "reset_all": Text("Semua kembali ke dasar", "Everything back to the baseline"),
    "exact": Text("Nilai tepat {label}", "Exact value of {label}"),
    "help": Text("Apa artinya?", "What is this?"),
    "unlikely": Text("di luar rentang yang masuk akal", "outside the plausible range"),
    "fixed": Text("tetapkan sendiri", "set it"),
    "seed": Text("Benih nasib", "Seed of luck"),
    "seed_help": Text(
        "Nasib yang sama untuk dasar dan pilihan Anda: tiap keluarga mengalami sakit, kehilangan kerja, dan kelahiran "
        "yang sama, jadi selisihnya berasal dari kebijakan. Benih lain berarti nasib lain bagi kota yang sama.",
        "The same luck for the baseline and for your choice: every family meets the same illness, lost job and "
        "birth, so "
        "the difference comes from the policy. Another seed is other luck for the same city.",
    ),
    "seed_wrong": Text(
        "'{given}' bukan bilangan bulat dari 0 sampai 4.294.967.295.",
        "'{given}' is not a whole number from 0 to 4,294,967,295.",
    ),
    "same_luck": Text("Nasib sama: dasar dan pilihan Anda", "Same luck: baseline and your choice"),
    # Status of the computation
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
    # The summary sentence and the cards
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
    # Charts
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
    # One family
    "family_lead": Text(
        "Ikuti satu keluarga rekaan dari bulan ke bulan: keadaan sebenarnya, apa kata data, antreannya, dan di mana "
        "bantuannya berhenti, pada keadaan dasar dan pada pilihan Anda, dengan nasib yang sama.",
        "Follow one made-up family from month to month: its true welfare, what the data say, its place in the "
        "queue, and "
        "where its assistance stopped, under the baseline and under your choice, on the same luck.",
    ),
    "family_status": Text("Keluarga yang pada akhir keadaan dasar", "A family that at the end of the baseline is"),
    "family_any": Text("miskin, apa pun nasib bantuannya", "poor, whatever became of its assistance"),
    "family_next": Text("Keluarga berikutnya", "Next family"),
    "family_previous": Text("Keluarga sebelumnya", "Previous family"),
    "family_which": Text(
        "Keluarga {number} dari {count} yang demikian dalam kota kecil ({share} kota), benih {seed}.",
        "Family {number} of {count} of this kind in the small city ({share} of the city), seed {seed}.",
    ),
    "family_none": Text(
        "Tidak ada keluarga yang demikian dalam kota kecil pada bulan terakhir. Pilih nasib yang lain.",
        "No family of the small city is like that in the last month. Choose another.",
    ),
    "family_finding": Text(
        "Mencari keluarga dan menghidupkan bulan-bulannya …", "Finding a family and living its months …"
    ),
    "family_failed": Text(
        "Keluarga ini tidak dapat ditampilkan karena kesalahan program; coba keluarga lain.",
        "This family cannot be shown because of a fault in the program; try another one.",
    ),
    "family_month": Text("Bulan yang diceritakan", "The month that is told"),
    "family_same": Text(
        "Belum ada kebijakan yang diubah. Ubah satu pengaturan di Jelajah untuk melihat keluarga yang sama di bawah "
        "pilihan Anda.",
        "No policy has been changed. Change a setting under Explore to see the same family under your choice.",
    ),
    "life_title": Text(
        "Miskin {poor} dari {months} bulan; bantuan diterima penuh {after} bulan (dasar: {before})",
        "Poor in {poor} of {months} months; served in full in {after} months (baseline: {before})",
    ),
    "life_title_same": Text(
        "Miskin {poor} dari {months} bulan; bantuan diterima penuh {before} bulan",
        "Poor in {poor} of {months} months; served in full in {before} months",
    ),
    "life_what": Text(
        "Tiap kotak satu bulan, diwarnai menurut tahap tempat bantuan berhenti; garis: pengeluaran sebelum dan sesudah "
        "bantuan per orang terhadap garis kemiskinan",
        "Each box is one month, coloured by the stage at which assistance stops; lines: consumption a head before and "
        "after assistance against the poverty line",
    ),
    "life_note": Text(
        "Keluarga rekaan dari simulasi; tidak ada keluarga nyata di dalamnya.",
        "A made-up family of a simulation; no real family is in it.",
    ),
    "life_line": Text("garis kemiskinan", "poverty line"),
    "life_before": Text("sebelum bantuan", "before assistance"),
    "life_after": Text("sesudah bantuan", "after assistance"),
    "life_not_poor": Text("tidak miskin", "not poor"),
    "life_axis": Text("persen garis kemiskinan", "percent of the poverty line"),
    "life_status_baseline": Text("Tahap, keadaan dasar", "Stage, baseline"),
    "life_status_chosen": Text("Tahap, pilihan Anda", "Stage, your choice"),
    "life_consumption": Text(
        "Pengeluaran sebelum bantuan (rupiah per orang)", "Consumption before assistance (rupiah a head)"
    ),
    "life_after_baseline": Text(
        "Setelah bantuan, dasar (rupiah per orang)", "After assistance, baseline (rupiah a head)"
    ),
    "life_after_chosen": Text(
        "Setelah bantuan, pilihan Anda (rupiah per orang)", "After assistance, your choice (rupiah a head)"
    ),
    "life_poverty_line": Text("Garis kemiskinan (rupiah per orang)", "Poverty line (rupiah a head)"),
    # About
    "about_model": Text("Model ini dalam sepuluh kalimat", "The model in ten sentences"),
    "about_ten_1": Text(
        "Salur menjalankan setiap keluarga dalam kota bergaya Kota Bengkulu, bulan demi bulan, mulai Maret 2023; "
        "PKH dan Sembako berjalan di dalamnya menurut aturan dan menurut temuan penelitian lapangan.",
        "Salur lives every family of a city in the style of Kota Bengkulu, month by month, from March 2023 on; "
        "PKH and Sembako run in it by their rules and as a field study found them.",
    ),
    "about_ten_2": Text(
        "Setiap bulan keluarga mendapat penghasilan, jatuh miskin atau pulih, pindah, dan bertambah atau "
        "berkurang anggotanya; nasib ini sama pada semua kebijakan.",
        "Each month families earn, fall poor or recover, move, and gain or lose members; this luck is the same "
        "under every policy.",
    ),
    "about_ten_3": Text(
        "Data keluarga menua; operator, pendamping, dan pemadanan Dukcapil memperbaruinya sejauh jam kerja dan "
        "jeda data memungkinkan.",
        "Records age; operators, facilitators and the matching with the civil registry renew them as far as "
        "hours and delays allow.",
    ),
    "about_ten_4": Text(
        "Pada setiap penetapan, keluarga diurutkan menurut aturan yang berlaku dan mengisi kursi yang dapat "
        "dibayar anggaran.",
        "At each decree families are ordered by the rule in force and fill the seats that the budget can pay.",
    ),
    "about_ten_5": Text(
        "Bank membuka rekening dan membagikan kartu, lalu menyalurkan uang; sebagian pembayaran terlambat atau gagal.",
        "Banks open accounts and hand out cards, then transfer money; some payments come late or fail.",
    ),
    "about_ten_6": Text(
        "Keluarga mengambil bantuannya di e-warong, bank, kantor pos, atau kelurahan; nilai barangnya bisa kurang.",
        "Families collect their aid at an e-warong, a bank, the post office or the kelurahan; the goods may be "
        "worth less.",
    ),
    "about_ten_7": Text(
        "Setiap pendamping punya jam kerja terbatas: laporan dan aduan didahulukan, kunjungan dan pertemuan P2K2 "
        "belakangan.",
        "Each facilitator has few hours: reports and complaints come first, visits and P2K2 sessions last.",
    ),
    "about_ten_8": Text(
        "Bantuan dikonsumsi; pertemuan dan bantuan usaha perlahan menaikkan kesejahteraan sebagian keluarga.",
        "Aid is consumed; sessions and business grants slowly raise the welfare of some families.",
    ),
    "about_ten_9": Text(
        "Bagi setiap keluarga miskin, setiap bulan dicatat satu tahap tempat bantuannya berhenti, atau bahwa ia "
        "menerima penuh.",
        "For every poor family, each month, one stage is noted at which its aid stopped, or that it was served "
        "in full.",
    ),
    "about_ten_10": Text(
        "Setiap rupiah dibukukan: tersalur, menunggu, gagal, atau kembali ke kas negara.",
        "Every rupiah is booked: paid, waiting, failed, or returned to the treasury.",
    ),
    "about_reading": Text("Cara membaca jawabannya", "How to read the answers"),
    "about_word_1": Text(
        "Setiap jawaban membandingkan dua kota yang sama dengan nasib yang sama, sekali untuk tiap benih; "
        "selisih tiap pasang itulah yang dirata-ratakan.",
        "Every answer compares two equal cities on the same luck, once for each seed; what is averaged is the "
        "difference of each pair.",
    ),
    "about_word_2": Text(
        "'Hampir pasti' berarti selang 99% dari selisih itu tidak memuat nol, 'sangat mungkin' selang 95%, "
        "'cenderung' selang 80%; selain itu 'tidak dapat dibedakan'.",
        "'Almost certainly' means that the 99% interval of that difference leaves out zero, 'very likely' the "
        "95% interval, 'perhaps' the 80% interval; otherwise it 'cannot be told apart'.",
    ),
    "about_word_3": Text(
        "Selisih yang terlalu kecil untuk berarti disebut 'praktis tidak berubah', betapa pun pastinya.",
        "A difference too small to matter is called 'practically unchanged', however certain it is.",
    ),
    "about_word_4": Text(
        "Warga miskin berarti yang pengeluarannya sebelum bantuan bulan itu di bawah garis kemiskinan BPS.",
        "Poor people are those whose consumption before assistance lies below the poverty line that month.",
    ),
    "about_word_5": Text(
        "Kebocoran diukur dengan dua ukuran yang harus dibaca bersama: di luar desil 1–4 (ukuran program) dan "
        "tidak miskin bulan itu (ukuran BPS, dengan batas bawahnya).",
        "Leakage has two yardsticks that must be read together: outside deciles 1–4 (the programme's) and not "
        "poor that month (that of BPS, with its floor).",
    ),
    "about_limits": Text("Yang tidak dapat dikatakannya", "What it cannot say"),
    "about_limit_1": Text(
        "Ini bukan ramalan: bandingkan pilihan, jangan membaca satu angka sebagai keadaan tahun depan.",
        "It is no forecast: compare choices, and do not read one number as next year's state.",
    ),
    "about_limit_2": Text(
        "Tidak ada kelurahan, bank, e-warong, pendamping, atau keluarga nyata di dalamnya; peta bukan peringkat.",
        "No real kelurahan, bank, e-warong, facilitator or family is in it; the map is no ranking.",
    ),
    "about_limit_3": Text(
        "Selang hanya mencakup nasib; lebih dari separuh masukan adalah asumsi, dan ketidakpastiannya tidak ada "
        "di dalam selang.",
        "The intervals cover luck alone; more than half of the inputs are assumptions, and their uncertainty is "
        "not in the intervals.",
    ),
    "about_limit_4": Text(
        "Pengaruh beban kerja pendamping bertumpu pada jam tiap tugas yang diasumsikan, bukan pada pengukuran.",
        "What facilitators' workload does rests on assumed hours for each task, not on measurements.",
    ),
    "about_limit_5": Text(
        "Tahap tempat bantuan berhenti adalah pembukuan, hambatan pertama menurut urutan; bukan sebab.",
        "The stage at which aid stops is bookkeeping, the first that holds in their order; it is not a cause.",
    ),
    "about_limit_6": Text(
        "Penurunan kemiskinan dari tahun ke tahun tidak sama dengan pengaruh bantuan: bandingkan dengan dan "
        "tanpa bantuan pada bulan yang sama.",
        "A fall of poverty from year to year is not the effect of aid: compare the same month with and without it.",
    ),
    "about_limit_7": Text(
        "Pilihan yang tampak baik di sini patut diuji di lapangan sebelum diberlakukan.",
        "A choice that looks good here deserves a trial in the field before it is put in force.",
    ),
    "about_inputs": Text("Semua masukan dan sumbernya", "All inputs and their sources"),
    "about_sources": Text(
        "Sumber adalah nama baris di docs/sources.md, yang ikut bersama program ini.",
        "A source is the name of a row in docs/sources.md, which comes with this program.",
    ),
    "input_name": Text("Masukan", "Input"),
    "input_value": Text("Nilai", "Value"),
    "input_range": Text("Rentang yang masuk akal", "Plausible range"),
    "input_grade": Text("Mutu", "Grade"),
    "input_source": Text("Sumber", "Source"),
    "input_no_event": Text("tidak ada", "none"),
    # Taking it along
    "take_along": Text("Bawa dan ulangi", "Take it along and repeat it"),
    "copy_link": Text("Salin tautan ke tampilan ini", "Copy the link to this view"),
    "copied": Text("Tersalin", "Copied"),
    "copy_this": Text("Salin alamat ini: {link}", "Copy this address: {link}"),
    "commands": Text(
        "Perintah yang menghasilkan ulangan pertama seluruh kota:",
        "Commands that make the first replicate of the whole city:",
    ),
}
"""All words by key; gaps are named."""


def fill(language: str, key: str, /, **named: object) -> str:
    """Return a sentence in ``"id"`` or ``"en"``, with its gaps filled."""
    words = WORDS[key].of(language)
    return words.format(**named) if named else words
