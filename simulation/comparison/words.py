"""How a comparison speaks: measures with their units, scenarios by their titles, and intervals in plain words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING

from simulation import __version__
from simulation.analysis.words import Words
from simulation.errors import InputError
from simulation.parameters import LEVERS, Text

if TYPE_CHECKING:
    from simulation.comparison.compare import Comparison
    from simulation.comparison.study import Arm
    from simulation.measures import Measure

_PERCENT, _POINTS = Text("persen", "percent"), Text("poin persen", "percentage points")
_INDEX_POINTS, _BILLION = Text("poin", "points"), Text("miliar rupiah", "billion rupiah")
_NOTHING = Text("", "")
_UNITS = {
    "persons": Text("orang", "persons"),
    "families": Text("keluarga", "families"),
    "months": Text("bulan", "months"),
    "visits": Text("kunjungan", "visits"),
    "Rp per Rp": Text("rupiah per rupiah", "rupiah per rupiah"),
    "Rp per person": Text("rupiah per orang", "rupiah per person"),
    "Rp a head and month": Text("rupiah per orang dan bulan", "rupiah a head and month"),
}
_BARE = {"0 to 1": Text("dari 0 sampai 1", "from 0 to 1"), "ratio": Text("rasio", "ratio")}
_A_MONTH = Text("{} sebulan", "{} a month")

_REPLICATES = Text("{} ulangan dengan undian yang sama", "{} replicates on the same luck")
_ONE_REPLICATE = Text("1 ulangan", "1 replicate")
_SOURCE = Text(
    "Salur {version}, {scenarios} skenario, {seeds}{scale}: simulasi bergaya Kota Bengkulu",
    "Salur {version}, {scenarios} scenarios, {seeds}{scale}: a simulation in the style of Kota Bengkulu",
)
_SEEDS = Text("benih {}", "seeds {}")
_ROOT = Text("benih induk {}", "root seed {}")
_SCALE = Text(", skala {}", ", scale {}")

_TOLD = {
    "higher": Text(
        "{label}: {amount} lebih tinggi daripada {baseline} (selang {level} {low} sampai {high})",
        "{label}: {amount} higher than {baseline} ({level} interval {low} to {high})",
    ),
    "lower": Text(
        "{label}: {amount} lebih rendah daripada {baseline} (selang {level} {low} sampai {high})",
        "{label}: {amount} lower than {baseline} ({level} interval {low} to {high})",
    ),
    "unclear": Text(
        "{label}: perbedaan dengan {baseline} belum pasti (selang {level} {low} sampai {high})",
        "{label}: no certain difference from {baseline} ({level} interval {low} to {high})",
    ),
    "same": Text(
        "{label}: tidak ada perbedaan dengan {baseline} pada satu simulasi pun",
        "{label}: no difference from {baseline} in any run",
    ),
    "alone": Text(
        "{label}: satu ulangan belum dapat menunjukkan perbedaan dengan {baseline}",
        "{label}: one replicate cannot tell a difference from {baseline}",
    ),
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a measure is written: multiplied by ``factor``, in ``unit``; its differences are in ``apart``."""

    factor: float
    unit: Text
    apart: Text


def look_of(measure: Measure) -> Look:
    """Return how a measure is written."""
    if measure.unit.startswith(("share", "difference")):
        return Look(100.0, _PERCENT, _POINTS)
    if measure.unit == "index":
        return Look(100.0, _PERCENT, _INDEX_POINTS)
    if measure.unit in _BARE:
        return Look(1.0, _BARE[measure.unit], _NOTHING)
    factor, unit = (1e-9, _BILLION) if measure.unit == "Rp" else (1.0, _UNITS[measure.unit])
    if measure.kind == "flow":
        unit = Text(*(_A_MONTH.of(language).format(unit.of(language)) for language in ("id", "en")))
    return Look(factor, unit, unit)


def decimals_for(half_widths: Sequence[float], most: int = 4) -> int:
    """Return so many decimals that the narrowest interval is written with two figures; two where there is none."""
    known = [half for half in half_widths if math.isfinite(half) and half > 1e-12]
    return min(max(1 - math.floor(math.log10(min(known))), 0), most) if known else 2


class ComparisonWords(Words):
    """The language of a comparison, with the words that figures of one run take from its plan."""

    def __init__(self, comparison: Comparison, language: str) -> None:
        plan = comparison.study.plans.get(comparison.baseline[0])
        dated = plan is not None and comparison.study.has_every_month
        super().__init__(plan if dated else SimpleNamespace(changes=()), language)
        object.__setattr__(self, "comparison", comparison)

    def seeds(self) -> str:
        """Say over how many replicates the figure goes."""
        count = len(self.comparison.study.replicates)
        return self.say(_REPLICATES, count) if count > 1 else self.say(_ONE_REPLICATE)

    def source(self) -> str:
        """Say what the figure was drawn from."""
        study = self.comparison.study
        scale = "" if study.scale == 1 else self.say(_SCALE, f"{study.scale:g}".replace(".", self._point()))
        root = study.origin.get("seed")
        seeds = self.say(_ROOT, root) if root is not None else self.say(_SEEDS, _ranges(study.seeds))
        return self.say(_SOURCE, version=__version__, scenarios=len(study.scenarios), seeds=seeds, scale=scale)

    def provenance(self) -> str:
        """Return the source with the scenarios by name, the batch and the code, for the metadata of a figure."""
        study, parts = self.comparison.study, [self.source()]
        parts.append(f"scenarios: {', '.join(study.label(arm) for arm in study.arms)}")
        parts.append(f"baseline: {study.label(self.comparison.baseline)}")
        parts.append(f"replicates: {len(study.replicates)}")
        code = study.origin.get("code")
        if study.origin.get("batch"):
            parts.append(f"batch: {study.origin['batch']}")
        if isinstance(code, Mapping):
            parts.append(f"code: {code['revision']}{' with changes' if code['dirty'] else ''}")
        return "; ".join(parts)

    def title_of(self, arm: Arm) -> str:
        """Return the title of an arm: that of the scenario, and what the sweep sets there."""
        study = self.comparison.study
        plan = study.plans.get(arm[0])
        title = self.say(plan.title) if plan else arm[0]
        settings = [f"{self._setting(key)} {self._value(value)}" for key, value in study.settings(arm).items()]
        if settings and len(study.scenarios) == 1:
            return ", ".join(settings)
        return ", ".join([title, *settings])

    def tell(self, measure: str, scenario: str) -> str:
        """Say in one sentence how a scenario differs from the baseline in a measure, and how sure that is."""
        from simulation.measures import MEASURES

        row, look = self.comparison.row(measure, scenario), look_of(MEASURES[measure])
        if not row["verdict"]:
            raise InputError(f"'{scenario}' is the baseline itself; ask about another scenario.")
        found = row["verdict"] if math.isfinite(row["low"]) else "alone"
        decimals = decimals_for([(row["high"] - row["low"]) / 2 * look.factor])
        low, high = (self.signed(row[end] * look.factor, decimals) for end in ("low", "high"))
        amount = f"{self.number(abs(row['difference']) * look.factor, decimals)} {self.say(look.apart)}".rstrip()
        return self.say(
            _TOLD[found],
            label=self.say(MEASURES[measure].label),
            baseline=self.title_of(self.comparison.baseline),
            level=self.percent(self.comparison.level),
            amount=amount,
            low=low,
            high=high,
        )

    def _setting(self, key: str) -> str:
        lever = LEVERS.get(key.rpartition(".")[2])
        return self.say(lever.label) if lever else key.rpartition(".")[2]

    def _value(self, value: object) -> str:
        if isinstance(value, bool | str):
            return str(value)
        return self.number(float(value), 0 if float(value).is_integer() else 2)


def _ranges(numbers: Sequence[int]) -> str:
    """Write numbers, an unbroken row of them by its ends."""
    if len(numbers) > 2 and list(numbers) == list(range(numbers[0], numbers[0] + len(numbers))):
        return f"{numbers[0]}-{numbers[-1]}"
    return ", ".join(map(str, numbers)) if len(numbers) <= 6 else f"{numbers[0]} ... {numbers[-1]}"
