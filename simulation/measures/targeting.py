"""Who is on the lists, against who is poor: errors over persons and families, coverage and incidence by decile.

Poor means: consumption before transfers below the line this month. Enrolled means: on the list of PKH, of Sembako, or
both. A list entry without a family (one that has left) counts as enrolled and not poor.
"""

from __future__ import annotations

import numpy as np

from simulation.compiled import rule
from simulation.context import Now
from simulation.measures.poverty import bin_of, histogram, rank_of_bins
from simulation.month.select import score_quantiles

POOREST_SHARE = 0.4
"""The bottom that the CGH ratio looks at (Coady, Grosh, Hoddinott 2004)."""

_POOR, _MISSED, _NOT_POOR, _WRONG = range(4)


def measure_targeting(now: Now, persons: np.ndarray) -> dict[str, float]:
    """Return errors, coverage, incidence and the registry's own view of its error."""
    hh = now.hh
    any_list = hh.in_pkh | hh.in_sembako
    everybody = np.ones(hh.rows, bool)
    row = _errors("", count_errors(any_list, everybody, hh.active, hh.log_consumption, hh.size))
    row |= _errors("_pkh", count_errors(hh.in_pkh, hh.pkh_entitlement_idr > 0, hh.active, hh.log_consumption, hh.size))
    row |= _errors("_sembako", count_errors(hh.in_sembako, everybody, hh.active, hh.log_consumption, hh.size))
    row["exclusion_error_yearly"] = _yearly(now, any_list)
    row |= _floors(now, any_list)
    row |= _by_decile(now, persons)
    return row


@rule
def count_errors(enrolled, concerned, active, log_consumption, size):
    """Count persons and families, shape (2, 4): poor, poor and not enrolled, not poor, not poor and enrolled.

    Only families that the programme concerns count; entries without a family count as one family of no person.
    """
    counts = np.zeros((2, 4))
    for row in range(enrolled.size):
        if not active[row]:
            if enrolled[row]:
                counts[1, _WRONG] += 1
            continue
        if not concerned[row] and not enrolled[row]:
            continue
        if log_consumption[row] < 0.0:
            counts[0, _POOR] += size[row]
            counts[1, _POOR] += 1
            if not enrolled[row]:
                counts[0, _MISSED] += size[row]
                counts[1, _MISSED] += 1
        else:
            counts[0, _NOT_POOR] += size[row]
            counts[1, _NOT_POOR] += 1
            if enrolled[row]:
                counts[0, _WRONG] += size[row]
                counts[1, _WRONG] += 1
    return counts


def exclusion_error(poor: float, missed: float) -> float:
    """Return the share of the poor who are on no list; nan where nobody is poor (evidence F8-01)."""
    return missed / poor if poor > 0 else float("nan")


def leakage(enrolled: float, wrong: float) -> float:
    """Return the share of the enrolled who are not poor; nan where nobody is enrolled (evidence F8-02, IE_A)."""
    return wrong / enrolled if enrolled > 0 else float("nan")


def inclusion_error(not_poor: float, wrong: float) -> float:
    """Return the share of the non-poor who are enrolled; nan where all are poor (evidence F8-02, IE_B)."""
    return wrong / not_poor if not_poor > 0 else float("nan")


def _errors(suffix: str, counts: np.ndarray) -> dict[str, float]:
    """Return the three errors of one list, over persons and over families."""
    persons, families = counts
    row = {}
    for unit, count in (("", persons), ("_families", families)):
        reached = count[_POOR] - count[_MISSED]
        row[f"exclusion_error{suffix}{unit}"] = exclusion_error(count[_POOR], count[_MISSED])
        row[f"inclusion_error{suffix}{unit}"] = inclusion_error(count[_NOT_POOR], count[_WRONG])
        name = f"leakage{suffix}" if unit else f"leakage{suffix}_persons"
        row[name] = leakage(reached + count[_WRONG], count[_WRONG])
    if suffix == "":
        row["targeting_differential"] = 1 - row["exclusion_error"] - row["inclusion_error"]
        row["poor_persons"], row["poor_families"] = persons[_POOR], families[_POOR]
        row["missed_poor_families"], row["wrongly_enrolled_families"] = families[_MISSED], families[_WRONG]
    return row


def _yearly(now: Now, enrolled: np.ndarray) -> float:
    """Return the exclusion error against consumption averaged over about a year."""
    hh = now.hh
    poor = np.where(hh.active & (hh.consumption_year < 1), hh.size, 0)
    return exclusion_error(poor.sum(), poor[~enrolled].sum())


def _floors(now: Now, enrolled: np.ndarray) -> dict[str, float]:
    """Return the leakage that no list could avoid, the programme's own yardstick, and the error the registry reports.

    The registry takes for poor the listed families of lowest recorded score that are as many persons as are poor.
    """
    hh = now.hh
    entries = int(enrolled.sum())
    poor = hh.active & (hh.log_consumption < 0)
    listed = np.where(hh.listed & hh.active, hh.size, 0).astype(float)
    share = min(hh.size[poor].sum() / max(listed.sum(), 1.0), 1.0)
    top, fortieth = score_quantiles(hh.record_score, listed, np.array([share, POOREST_SHARE]))
    seen_poor = listed * (hh.record_score < top)
    outside = enrolled & ~(hh.welfare_rank < POOREST_SHARE)
    by_record = enrolled & hh.listed & (hh.record_score >= fortieth)
    return {
        "leakage_floor": max(1 - poor.sum() / entries, 0.0) if entries else float("nan"),
        "leakage_outside_deciles": leakage(entries, outside.sum()),
        "leakage_outside_deciles_by_record": leakage((enrolled & hh.listed).sum(), by_record.sum()),
        "registry_error": exclusion_error(seen_poor.sum(), seen_poor[~enrolled].sum()),
    }


def _by_decile(now: Now, persons: np.ndarray) -> dict[str, float]:
    """Return coverage, incidence and overlap by decile of persons, poorest first, and what follows from them."""
    hh = now.hh
    bins = bin_of(hh.consumption)
    people, _ = histogram(bins, hh.consumption, persons)
    rank = rank_of_bins(people)
    decile = np.minimum((rank * 10).astype(np.int64), 9)
    counts, benefit = incidence(bins, decile, persons, hh.in_pkh, hh.in_sembako, hh.support_idr)
    total = benefit.sum()
    row = {}
    for number in range(10):
        of = max(counts[0, number], 1.0)
        row[f"coverage_by_decile_{number + 1:02d}"] = counts[1, number] / of
        row[f"both_programmes_by_decile_{number + 1:02d}"] = counts[2, number] / of
        share = benefit[decile == number].sum() / total if total > 0 else float("nan")
        row[f"benefit_share_by_decile_{number + 1:02d}"] = share
    row["cgh_ratio"] = cgh_ratio(benefit, rank)
    row["concentration_coefficient"] = concentration(benefit, rank)
    return row


@rule
def incidence(bins, decile, persons, in_pkh, in_sembako, benefit_idr):
    """Return persons, enrolled persons and persons with both programmes by decile, and benefits by bin."""
    counts = np.zeros((3, 10))
    benefit = np.zeros(decile.size)
    for row in range(bins.size):
        if persons[row] == 0.0:
            continue
        number = decile[bins[row]]
        counts[0, number] += persons[row]
        if in_pkh[row] or in_sembako[row]:
            counts[1, number] += persons[row]
            if in_pkh[row] and in_sembako[row]:
                counts[2, number] += persons[row]
        benefit[bins[row]] += benefit_idr[row]
    return counts, benefit


def cgh_ratio(benefit: np.ndarray, rank: np.ndarray) -> float:
    """Return the poorest 40 %'s share of benefits over 40 %: 1 where all get the same a head, 2.5 at most."""
    return float(benefit[rank < POOREST_SHARE].sum() / benefit.sum() / POOREST_SHARE) if benefit.sum() > 0 else float("nan")


def concentration(benefit: np.ndarray, rank: np.ndarray) -> float:
    """Return the concentration coefficient of benefits: -1 where the poorest get all, 0 where all get the same."""
    return float(2 * np.sum(benefit * rank) / benefit.sum() - 1) if benefit.sum() > 0 else float("nan")
