"""The page about the model."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.experiments.doubt import MEANING
from simulation.parameters import Text

ABOUT: Mapping[str, Text] = {
    "evidence": Text("Seberapa dapat dipercaya?", "How far can it be trusted?"),
    "evidence_lead": Text(
        "Tiap pernyataan tentang kota dibandingkan dengan model. Yang diprediksi tidak diberitahukan kepada model dan "
        "tidak disetel; di sebelahnya, model yang sengaja dibuat keliru seharusnya gagal.",
        "Each statement about the city is held against the model. What is predicted was neither told to the model nor "
        "tuned to; beside it, a model made wrong on purpose ought to fail.",
    ),
    "evidence_sum": Text(
        "{passed} dari {count} pernyataan yang diprediksi lolos; model yang keliru gagal pada {failed} dari {named}. "
        "Dari {seeds} benih dan {share} kota.",
        "{passed} of {count} predicted statements pass; the wrong model fails in {failed} of {named}. "
        "From {seeds} seeds and {share} of the city.",
    ),
    "evidence_missed": Text("Tidak lolos: {names}.", "Missed: {names}."),
    "evidence_all": Text("Tidak ada yang luput.", "None is missed."),
    "evidence_statement": Text("Pernyataan", "Statement"),
    "evidence_band": Text("Seharusnya", "Should be"),
    "evidence_mean": Text("Menurut model", "The model says"),
    "evidence_interval": Text("Sembilan dari sepuluh benih", "Nine of ten seeds"),
    "evidence_passes": Text("Lolos", "Passes"),
    "evidence_wrong": Text("Model yang keliru", "Wrong model"),
    "evidence_wrong_mean": Text("Kata model keliru", "The wrong model says"),
    "evidence_wrong_passes": Text("Model keliru lolos", "The wrong model passes"),
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
    "about_word_6": Text(f"'Hanya asumsi' berarti {MEANING.id}.", f"'Only assumed' means {MEANING.en}."),
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
}
