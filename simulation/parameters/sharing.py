"""Rice through the kelurahan, re-sharing among neighbours, and how information spreads."""

from __future__ import annotations

from functools import partial

from simulation.parameters.declaration import Text, assumption

_in_kind = partial(assumption, group="in_kind")
_information = partial(assumption, group="information")

IN_KIND = (
    _in_kind(
        "diversion_none_share", 0.5, "share of RT", (0.0, 1.0), (0.2, 0.8), "assumed", "T1-27",
        Text("RT tanpa penyimpangan barang", "RT without diversion"),
        Text("Bagian RT yang barangnya tiba utuh sebelum dibagikan.",
             "Share of RT whose goods arrive whole before they are shared."),
        note="families held a third of their rice in 2012; half of that loss before, half by sharing",
    ),
    _in_kind(
        "sharing_none_share", 0.20, "share of RT", (0.0, 1.0), (0.05, 0.5), "assumed", "T1-27",
        Text("RT yang tidak membagi rata", "RT that do not share out"),
        Text("Bagian RT yang menyerahkan barang hanya kepada yang terdaftar.",
             "Share of RT that hand goods only to the listed."),
        note="sharing out (bagi rata) was the rule of subsidised rice, not the exception",
    ),
    _in_kind(
        "sharing_all_share", 0.45, "share of RT", (0.0, 1.0), (0.2, 0.7), "assumed", "T1-27",
        Text("RT yang membagi rata seluruhnya", "RT that share out everything"),
        Text("Bagian RT yang membagi rata seluruh barang.", "Share of RT that share out all goods equally."),
        note="sharing out (bagi rata) was the rule of subsidised rice, not the exception",
    ),
    _in_kind(
        "asking_share", 0.5, "share of families", (0.0, 1.0), (0.3, 0.8), "assumed", "T1-27",
        Text("Tetangga yang ikut meminta", "Neighbours who ask"),
        Text("Bagian keluarga RT yang ikut meminta saat barang dibagi.",
             "Share of the RT's families that ask when goods are shared."),
        note="the better-off half stays away",
    ),
    _in_kind(
        "claim_strength", 0.5, "share", (0.0, 1.0), (0.1, 0.9), "assumed", "",
        Text("Kekuatan menuntut hak", "Strength of a claim"),
        Text("Penurunan penyimpangan bila semua keluarga RT tahu haknya.",
             "Fall of diversion when every family of the RT knows its entitlement."),
        note="information can win back what a distributor holds; half is the middle of an open range",
    ),
)

INFORMATION = (
    _information(
        "information_forget_per_month", 0.03, "per month", (0.0, 1.0), (0.01, 0.1), "assumed", "",
        Text("Lupa akan hak per bulan", "Forgetting per month"),
        Text("Peluang keluarga lupa atau informasinya usang dalam sebulan.",
             "Chance that a family forgets or its knowledge is out of date in a month."),
        note="rules change about every third year",
    ),
)
