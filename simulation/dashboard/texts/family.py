"""The page of one family."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.parameters import Text

FAMILY: Mapping[str, Text] = {
    "family_heading": Text("Kehidupan satu keluarga", "The life of one family"),
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
}
