"""The panel of levers."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.parameters import Text

LEVERS: Mapping[str, Text] = {
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
}
