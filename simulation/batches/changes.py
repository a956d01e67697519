"""What changed in a batch since its results were started, and whether it only adds to them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from simulation.batches.batch import Batch
from simulation.batches.design import missing_points
from simulation.batches.record import describe, results_digest
from simulation.errors import InputError
from simulation.parameters.declaration import show
from simulation.plan import Plan
from simulation.scenario import diff_scenarios

_FRAME = ("seed", "start", "months", "scale", "measures", "keep_months", "keep_families")
_ELSEWHERE = {("run", "seed"), ("run", "start"), ("run", "months"), ("population", "scale")}
"""Settings of a plan that the batch sets, or is asked for, as a whole."""
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed; ``adds`` where all earlier runs stay what they are."""

    words: str
    adds: bool = False


def settle(batch: Batch, record: Mapping[str, object], folder: object, extend: bool) -> Batch:
    """Return the batch with points numbered as in the results; raise ``InputError`` where it does not go with them."""
    found = list(changes_since(record, batch))
    if found and not (extend and all(change.adds for change in found)):
        raise InputError(_refusal(found, folder, extend))
    return dataclasses.replace(batch, design=batch.design.numbered_like(record["batch"]["sweep"]["points"]))


def changes_since(record: Mapping[str, object], batch: Batch) -> Iterator[Change]:
    """Yield all that differs between the batch of a record and this one; words and comments do not count."""
    old, new = record["batch"], describe(batch)
    if record["results_sha256"] != results_digest():
        yield Change("the code of the model is another one")
        return
    yield from _scenarios(record, batch)
    yield from _replicates(old, new)
    yield from _sweep(old["sweep"], batch)
    for key in _FRAME:
        follows = key == "keep_months" and old["months"] != new["months"]
        if old[key] != new[key] and not follows:
            yield Change(_two_values(key, old[key], new[key]))
    if old.get("ensemble") != new["ensemble"]:
        yield Change("the ensemble is another one")
    if new["rule"] and old["baseline"] != new["baseline"]:
        yield Change(_two_values("baseline", old["baseline"], new["baseline"]))


def _scenarios(record: Mapping[str, object], batch: Batch) -> Iterator[Change]:
    plans = {plan.name: plan for plan in batch.plans}
    for name, earlier in record["plans"].items():
        if name not in plans:
            yield Change(f"scenario '{name}' is gone")
            continue
        for one in diff_scenarios(Plan.from_dict(earlier), plans[name]):
            if (one.section, one.key) not in _ELSEWHERE:
                yield Change(f"scenario '{name}' has another {one}")
    for name in plans:
        if name not in record["plans"]:
            yield Change(f"scenario '{name}' is new", adds=True)


def _replicates(old: Mapping, new: Mapping) -> Iterator[Change]:
    before, now = old["rule"], new["rule"]
    if now and not before:
        yield Change(f"replicates was {old['replicates']} and is a rule")
    elif now and before and before["measure"] != now["measure"]:
        yield Change(_two_values("the rule's measure", before["measure"], now["measure"]))
    elif now and before and before["until_half_width"] != now["until_half_width"]:
        widths = before["until_half_width"], now["until_half_width"]
        yield Change(_two_values("until_half_width", *widths), adds=widths[1] < widths[0])
    if old["replicates"] != new["replicates"]:
        name = "the largest number of replicates" if before or now else "replicates"
        more = new["replicates"] > old["replicates"]
        yield Change(_two_values(name, old["replicates"], new["replicates"]), adds=more)


def _sweep(old: Mapping, batch: Batch) -> Iterator[Change]:
    design = batch.design
    if old["keys"] != list(design.keys):
        words = [", ".join(keys) or "nothing" for keys in (old["keys"], design.keys)]
        yield Change(f"the sweep was over {words[0]} and is over {words[1]}")
        return
    gone = missing_points(design, old["points"])
    if gone:
        yield Change(f"{_counted(len(gone), 'point')} gone, such as {', '.join(map(str, gone[0]))}")
    added = len(design.points) - len(old["points"]) + len(gone)
    if added:
        yield Change(f"{_counted(added, 'point')} new", adds=True)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}s are" if number > 1 else f"{number} {noun} is"


def _two_values(key: str, old: object, new: object) -> str:
    return f"{key} was {_brief(old)} and is {_brief(new)}"


def _brief(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value[:3])) + (f" ... ({len(value)} in all)" if len(value) > 3 else "")
    return value if isinstance(value, str) else show(value)


def _refusal(found: list[Change], folder: object, extend: bool) -> str:
    shown = [change.words for change in sorted(found, key=lambda one: one.adds)]
    if len(shown) > _SHOWN:
        shown = [*shown[:_SHOWN], f"and {len(shown) - _SHOWN} more"]
    if all(change.adds for change in found) and not extend:
        remedy = "add --extend to run what is new, or choose another folder with --out"
    else:
        remedy = "runs of both cannot stand together; take the change back, or choose another folder with --out"
    return f"{folder}: the batch has changed since these results were started ({'; '.join(shown)}): {remedy}."
