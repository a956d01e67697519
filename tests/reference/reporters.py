"""What a modeller would have Mesa's DataCollector report: each number from a loop of its own over the families.

The names are those of the fast program's measures where there is one; ``cascade`` and ``inclusion`` are tables.
"""

import math
import struct
from collections import Counter

from .assisted import LATE, NOTHING_DUE, ON_TIME, ORDERED
from .cascade import status_of, wrongly_on_list


def share(part: float, whole: float) -> float:
    return part / whole if whole else math.nan


def poor(family) -> bool:
    return family.active and family.log_consumption < 0


def enrolled(family) -> bool:
    return family.in_pkh or family.in_sembako


def foster_greer_thorbecke(attribute: str, power: int):
    """Return a reporter of headcount (power 0), gap (1) or severity (2) of one consumption."""

    def report(model) -> float:
        total = 0.0
        persons = 0
        for family in model.households:
            if family.active:
                persons += family.size
                consumption = getattr(family, attribute)
                if consumption < 1:
                    total += family.size * (1 - consumption) ** power
        return share(total, persons)

    return report


def watts(model) -> float:
    total = persons = 0
    for family in model.households:
        if family.active:
            persons += family.size
            if family.consumption_after < 1:
                total -= family.size * math.log(max(family.consumption_after, 1e-12))
    return share(total, persons)


def gini(attribute: str):
    """Return a reporter of the Gini coefficient over persons."""

    def report(model) -> float:
        people = sorted((getattr(family, attribute), family.size) for family in model.households if family.active)
        below = income = ranked = 0.0
        for consumption, size in people:
            ranked += consumption * size * (below + size / 2)
            below += size
            income += consumption * size
        return 2 * ranked / (income * below) - 1

    return report


def exclusion_error(model) -> float:
    missed = persons = 0
    for family in model.households:
        if poor(family):
            persons += family.size
            missed += 0 if enrolled(family) else family.size
    return share(missed, persons)


def exclusion_error_families(model) -> float:
    families = [family for family in model.households if poor(family)]
    return share(sum(not enrolled(family) for family in families), len(families))


def exclusion_error_pkh(model) -> float:
    """Concern families with a recorded component, and those on the list."""
    missed = persons = 0
    for family in model.households:
        if poor(family) and (family.pkh_entitlement_idr > 0 or family.in_pkh):
            persons += family.size
            missed += 0 if family.in_pkh else family.size
    return share(missed, persons)


def exclusion_error_yearly(model) -> float:
    missed = persons = 0
    for family in model.households:
        if family.active and family.consumption_year < 1:
            persons += family.size
            missed += 0 if enrolled(family) else family.size
    return share(missed, persons)


def inclusion_error(model) -> float:
    wrong = persons = 0
    for family in model.households:
        if family.active and not poor(family):
            persons += family.size
            wrong += family.size if enrolled(family) else 0
    return share(wrong, persons)


def leakage(model) -> float:
    """Return the part of list entries that are not a poor family; entries of leavers count."""
    entries = [family for family in model.households if enrolled(family)]
    return share(sum(not poor(family) for family in entries), len(entries))


def leakage_sembako(model) -> float:
    entries = [family for family in model.households if family.in_sembako]
    return share(sum(not poor(family) for family in entries), len(entries))


def effective_exclusion_error(model) -> float:
    held = persons = 0
    for family in model.households:
        if poor(family):
            persons += family.size
            held += family.size if status_of(family) == "reached" else 0
    return 1 - share(held, persons)


def coverage_by_decile(model) -> list[float]:
    """Return the share of persons enrolled in each decile of persons; families on one step share a rank."""
    steps = {}
    for family in model.households:
        if family.active:
            steps.setdefault(step_of(family.consumption), []).append(family)
    persons = sum(family.size for families in steps.values() for family in families)
    below, all_in, covered = 0, [0] * 10, [0] * 10
    for step in sorted(steps):
        here = sum(family.size for family in steps[step])
        decile = min(int((below + here / 2) / persons * 10), 9)
        below += here
        all_in[decile] += here
        covered[decile] += sum(family.size for family in steps[step] if enrolled(family))
    return [one / max(of, 1) for one, of in zip(covered, all_in, strict=True)]


def step_of(consumption: float) -> int:
    """Return consumption, in single precision, as one of 256 steps an octave."""
    mantissa, exponent = math.frexp(struct.unpack("f", struct.pack("f", consumption))[0])
    return exponent * 512 + int(mantissa * 512)


def cascade(model) -> dict[str, tuple[int, int]]:
    """Return persons and families of each status."""
    persons, families = Counter(), Counter()
    for family in model.households:
        if poor(family):
            status = status_of(family)
            persons[status] += family.size
            families[status] += 1
    return {status: (persons[status], families[status]) for status in families}


def inclusion(model) -> dict[str, int]:
    """Return the wrong list entries of each kind."""
    kinds = Counter(wrongly_on_list(family) for family in model.households)
    return {kind: count for kind, count in kinds.items() if kind}


def record_age_months(model) -> float:
    ages = [model.month - family.record_month for family in model.households if family.active and family.listed]
    return share(sum(ages), len(ages))


def listed_departed_share(model) -> float:
    records = [family.active for family in model.households if family.listed]
    return share(records.count(False), len(records))


def unlisted_poor_share(model) -> float:
    unlisted = persons = 0
    for family in model.households:
        if poor(family):
            persons += family.size
            unlisted += 0 if family.listed else family.size
    return share(unlisted, persons)


def payments(model):
    """Yield the claims of list entries on which something was due."""
    for family in model.households:
        if family.in_pkh and family.pkh.stage != NOTHING_DUE:
            yield family.pkh
        if family.in_sembako and family.sembako.stage != NOTHING_DUE:
            yield family.sembako


def paid_on_time_share(model) -> float:
    stages = [claim.stage for claim in payments(model)]
    return share(stages.count(ON_TIME), len(stages))


def months_late(model) -> float:
    delays = [claim.months_late for claim in payments(model) if claim.stage in (LATE, ORDERED)]
    return sum(delays) / len(delays) if delays else 0.0


def unredeemed_share(model) -> float:
    idle = [claim.balance_idr > 0 for claim in payments(model) if claim.stage in (ON_TIME, LATE)]
    return share(sum(idle), len(idle))


def value_received_share(model) -> float:
    values = [f.sembako_value_share for f in model.households if f.in_sembako and f.sembako.collected]
    return share(sum(values), len(values))


def satisfied_share(model) -> float:
    content = [family.satisfied for family in model.households if family.active and enrolled(family)]
    return share(sum(content), len(content))


def participation_share(model) -> float:
    taking_part = [family.participates for family in model.households if family.active and family.in_pkh]
    return share(sum(taking_part), len(taking_part))


def informed_share(model) -> float:
    knowing = [family.informed for family in model.households if family.active]
    return share(sum(knowing), len(knowing))


def out_of_school_share(model) -> float:
    out = pupils = 0
    for family in model.households:
        if family.active:
            pupils += family.sd_pupils + family.smp_pupils + family.sma_pupils
            out += family.out_of_school
    return share(out, pupils)


def received_idr(model) -> int:
    return sum(family.cash_received_idr + family.goods_received_idr for family in model.households)


def cost_idr(model) -> int:
    return sum(books.paid_idr - model.paid_before[name] for name, books in model.ledger.items())


def hours_short_share(model) -> float:
    on_duty = [agent for agent in model.pendamping if agent.on_duty]
    needed = [sum(agent.hours.values()) for agent in on_duty]
    short = sum(max(need - agent.available, 0) for need, agent in zip(needed, on_duty, strict=True))
    return share(short, sum(needed))


def motivation(model) -> float:
    """Return the mean over those on duty; nan where they have no families."""
    if not any(agent.caseload for agent in model.pendamping if agent.on_duty):
        return math.nan
    on_duty = [agent.motivation for agent in model.pendamping if agent.on_duty]
    return share(sum(on_duty), len(on_duty))


REPORTERS = {
    "poverty_headcount": foster_greer_thorbecke("consumption_after", 0),
    "poverty_headcount_before_transfers": foster_greer_thorbecke("consumption", 0),
    "poverty_gap": foster_greer_thorbecke("consumption_after", 1),
    "poverty_severity": foster_greer_thorbecke("consumption_after", 2),
    "gini": gini("consumption_after"),
    "gini_before_transfers": gini("consumption"),
}
REPORTERS |= {
    report.__name__: report
    for report in (
        watts, exclusion_error, exclusion_error_families, exclusion_error_pkh, exclusion_error_yearly, inclusion_error,
        leakage, leakage_sembako, effective_exclusion_error, coverage_by_decile, cascade, inclusion, record_age_months,
        listed_departed_share, unlisted_poor_share, paid_on_time_share, months_late, unredeemed_share,
        value_received_share, satisfied_share, participation_share, informed_share, out_of_school_share, received_idr,
        cost_idr, hours_short_share, motivation,
    )
}  # fmt: skip
