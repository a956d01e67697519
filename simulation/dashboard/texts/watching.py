"""The page on which a city lives month by month."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.parameters import Text

WATCHING: Mapping[str, Text] = {
    "watch_heading": Text("Kota bulan demi bulan", "The city month by month"),
    "watch_lead": Text(
        "Putar kota kecil ({share} kota, benih {seed}) bulan demi bulan: di mana bantuan berhenti, dan bagaimana "
        "ukuran utama bergerak.",
        "Play the small city ({share} of the city, seed {seed}) month by month: where assistance stops, and how the "
        "headline measures move.",
    ),
    "watch_play": Text("Putar", "Play"),
    "watch_pause": Text("Jeda", "Pause"),
    "watch_step": Text("Maju satu bulan", "One month on"),
    "watch_again": Text("Ulangi dari awal", "Back to the start"),
    "watch_pace": Text("Kecepatan", "Speed"),
    "watch_progress": Text("Bulan yang sudah dijalani", "Months that have been lived"),
    "pace_slow": Text("lambat", "slow"),
    "pace_middle": Text("sedang", "medium"),
    "pace_fast": Text("cepat", "fast"),
    "watch_begin": Text("Tekan Putar, atau maju satu bulan.", "Press Play, or go one month on."),
    "watch_month": Text("{month}: bulan ke-{done} dari {total}.", "{month}: month {done} of {total}."),
    "watch_lost": Text(
        "Kota ini dihentikan karena terlalu banyak yang berjalan bersamaan; ulangi dari awal.",
        "This city was stopped because too many were playing at once; go back to the start.",
    ),
    "watch_cascade_what": Text(
        "Tahap tempat bantuan berhenti, persen penduduk miskin, {month}",
        "The stage at which assistance stops, percent of the poor, {month}",
    ),
    "watch_lines_title": Text("{label} sampai {month}", "{label} until {month}"),
    "watch_headlines_title": Text("Ukuran utama sampai {month}", "Headline measures until {month}"),
    "watch_note": Text(
        "Satu nasib saja: naik turunnya kota kecil belum berarti apa-apa; pakailah Jelajah untuk membandingkan.",
        "One luck alone: the ups and downs of a small city mean nothing by themselves; use Explore to compare.",
    ),
    "watch_source": Text(
        "Kota kecil: {families} keluarga ({share} kota), benih {seed}.",
        "Small city: {families} families ({share} of the city), seed {seed}.",
    ),
    "watch_researcher": Text("halaman peneliti dengan SolaraViz dari Mesa", "Mesa's SolaraViz"),
    "watch_researcher_note": Text(
        "Untuk peneliti, dalam bahasa Inggris dan tanpa jaminan keteraksesan:",
        "For researchers, in English and without a promise of accessibility:",
    ),
}
