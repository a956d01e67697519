"""Who is on the lists, against who is poor: errors over persons and families, coverage and incidence by decile.

Poor means: consumption before transfers below the line this month. Enrolled means: on the list of PKH, of Sembako, or
both. A list entry without a family (one that has left) counts as enrolled and not poor.
"""

from __future__ import annotations

import numpy as np

from simulation.compiled import rule
from simulation.context import Now
from simulation.measures.crosstab import COMPONENT, GONE, NOT_POOR, PKH, POOR, POVERTY, SEMBAKO, totals
from simulation.measures.poverty import decile_of_rank, rank_of_bins

POOREST_SHARE = 0.4
"""The bottom that the CGH ratio looks at (Coady, Grosh, Hoddinott 2004)."""


def measure_targeting(
    now: Now, cells: np.ndarray, persons: np.ndarray, bins: np.ndarray, people: np.ndarray
) -> dict[str, float]:
    """Return errors, coverage, incidence and the registry's own view of its error.

    Parameters
    ----------
    cells : ``crosstab.count_city``. persons : weight of each family. bins, people : bin of each family's consumption
        before transfers, and the persons in each bin.
    """
    counts = totals(cells, POVERTY, PKH, SEMBAKO, COMPONENT)
    everybody = counts.sum(axis=(2, 3, 4))
    neither = counts[:, :, 0, 0].sum(axis=2)
    concerned = everybody - counts[:, :, 0, :, 0].sum(axis=2)  # by PKH: without a recorded component nobody gets it
    row = _errors("", everybody, everybody - neither)
    row |= _errors("_pkh", concerned, counts[:, :, 1].sum(axis=(2, 3)))
    row |= _errors("_sembako", everybody, counts[:, :, :, 1].sum(axis=(2, 3)))
    row |= _yardsticks(now, row["poor_persons"], row["poor_families"])
    row |= _by_decile(now, persons, bins, people)
    return row


def exclusion_error(poor: float, missed: float) -> float:
    """Return the share of the poor who are on no list; nan where nobody is poor (evidence F8-01)."""
    return missed / poor if poor > 0 else float("nan")


def leakage(enrolled: float, wrong: float) -> float:
    """Return the share of the enrolled who are not poor; nan where nobody is enrolled (evidence F8-02, IE_A)."""
    return wrong / enrolled if enrolled > 0 else float("nan")


def inclusion_error(not_poor: float, wrong: float) -> float:
    """Return the share of the non-poor who are enrolled; nan where all are poor (evidence F8-02, IE_B)."""
    return wrong / not_poor if not_poor > 0 else float("nan")


def _errors(suffix: str, everybody: np.ndarray, enrolled: np.ndarray) -> dict[str, float]:
    """Return the three errors of one list, over persons and over families.

    Parameters
    ----------
    everybody, enrolled : whom the list concerns, and who is on it; persons and families by poverty, shape (2, 3).
    """
    row = {}
    for unit, total, listed in zip(("", "_families"), everybody.tolist(), enrolled.tolist(), strict=True):
        wrong, missed = listed[NOT_POOR] + listed[GONE], total[POOR] - listed[POOR]
        row[f"exclusion_error{suffix}{unit}"] = exclusion_error(total[POOR], missed)
        row[f"inclusion_error{suffix}{unit}"] = inclusion_error(total[NOT_POOR], listed[NOT_POOR])
        row[f"leakage{suffix}" if unit else f"leakage{suffix}_persons"] = leakage(listed[POOR] + wrong, wrong)
    if suffix == "":
        row["targeting_differential"] = 1 - row["exclusion_error"] - row["inclusion_error"]
        row["poor_persons"], row["poor_families"] = everybody[:, POOR]
        row["missed_poor_families"] = everybody[1, POOR] - enrolled[1, POOR]
        row["wrongly_enrolled_families"] = enrolled[1, NOT_POOR] + enrolled[1, GONE]
    return row


def _yardsticks(now: Now, poor_persons: float, poor_families: float) -> dict[str, float]:
    """Return the leakage that no list could avoid, the programme's own yardsticks, and the error the registry reports.

    The registry takes for poor the listed families of lowest recorded score that are as many persons as are poor.
    """
    enrolled, outside, year_poor, year_missed = now.apply(count_yardsticks)
    seen, missed, entries = now.apply(count_by_score, rows=now.rows("enrolled"))
    below = np.cumsum(seen)
    top = int(np.searchsorted(below, min(poor_persons, below[-1])))
    fortieth = int(np.searchsorted(below, POOREST_SHARE * below[-1]))
    return {
        "exclusion_error_yearly": exclusion_error(year_poor, year_missed),
        "leakage_floor": max(1 - poor_families / enrolled, 0.0) if enrolled else float("nan"),
        "leakage_outside_deciles": leakage(enrolled, outside),
        "leakage_outside_deciles_by_record": leakage(entries.sum(), entries[fortieth + 1 :].sum()),
        "registry_error": exclusion_error(seen[: top + 1].sum(), missed[: top + 1].sum()),
    }


@rule
def count_yardsticks(active, size, in_pkh, in_sembako, welfare_rank, consumption_year):
    """Count list entries, those outside the poorest 40 %, persons poor by the year's mean and those of them missed."""
    entries, outside, poor, missed = 0, 0, 0, 0
    for row in range(active.size):
        enrolled = in_pkh[row] | in_sembako[row]
        inside = active[row] & (welfare_rank[row] < POOREST_SHARE)
        persons = size[row] * (active[row] & (consumption_year[row] < 1.0))
        entries += enrolled
        outside += enrolled & (not inside)
        poor += persons
        missed += persons * (not enrolled)
    return entries, outside, poor, missed


@rule
def count_by_score(rows, active, listed, size, record_score):
    """Count over bins of the recorded score: listed persons, those on no list, listed families on a list.

    ``rows`` are all families on a list.
    """
    bins = 1200
    seen, reached, entries = np.zeros(bins, np.int64), np.zeros(bins, np.int64), np.zeros(bins, np.int64)
    place = np.empty(active.size, np.uint16)
    for row in range(active.size):  # apart from counting, so that many rows are looked at at once
        place[row] = min(max(int((record_score[row] + 6.0) * 100.0), 0), bins - 1)
    for row in range(active.size):
        seen[place[row]] += size[row] * (active[row] & listed[row])
    for row in rows:
        known = active[row] & listed[row]
        reached[place[row]] += size[row] * known
        entries[place[row]] += known
    return seen, seen - reached, entries


def _by_decile(now: Now, persons: np.ndarray, bins: np.ndarray, people: np.ndarray) -> dict[str, float]:
    """Return coverage, incidence and overlap by decile of persons, poorest first, and what follows from them."""
    hh = now.hh
    rank = rank_of_bins(people)
    decile = decile_of_rank(rank)
    rows = now.rows("assisted")
    counts, benefit = incidence(rows, bins, decile, persons, hh.in_pkh, hh.in_sembako, hh.support_idr)
    enrolled, both = counts / np.maximum(np.bincount(decile, people, 10), 1.0)
    total = benefit.sum()
    shares = np.bincount(decile, benefit, 10) / total if total > 0 else np.full(10, np.nan)
    row = {}
    for number in range(10):
        row[f"coverage_by_decile_{number + 1:02d}"] = enrolled[number]
        row[f"both_programmes_by_decile_{number + 1:02d}"] = both[number]
        row[f"benefit_share_by_decile_{number + 1:02d}"] = shares[number]
    row["cgh_ratio"] = cgh_ratio(benefit, rank)
    row["concentration_coefficient"] = concentration(benefit, rank)
    return row


@rule
def incidence(rows, bins, decile, persons, in_pkh, in_sembako, benefit_idr):
    """Return enrolled persons and persons with both programmes by decile, and benefits by bin.

    ``rows`` are all families that are on a list or have a benefit.
    """
    counts = np.zeros((2, 10))
    benefit = np.zeros(decile.size)
    for row in rows:
        place, weight = bins[row], persons[row]
        counts[0, decile[place]] += weight * (in_pkh[row] | in_sembako[row])
        counts[1, decile[place]] += weight * (in_pkh[row] & in_sembako[row])
        benefit[place] += benefit_idr[row] if weight > 0.0 else 0.0
    return counts, benefit


def cgh_ratio(benefit: np.ndarray, rank: np.ndarray) -> float:
    """Return the poorest 40 %'s share of benefits over 40 %: 1 where all get the same a head, 2.5 at most."""
    return (
        float(benefit[rank < POOREST_SHARE].sum() / benefit.sum() / POOREST_SHARE)
        if benefit.sum() > 0
        else float("nan")
    )


def concentration(benefit: np.ndarray, rank: np.ndarray) -> float:
    """Return the concentration coefficient of benefits: -1 where the poorest get all, 0 where all get the same."""
    return float(2 * np.sum(benefit * rank) / benefit.sum() - 1) if benefit.sum() > 0 else float("nan")
