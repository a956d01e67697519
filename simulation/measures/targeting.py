"""Who is on the lists, against who is poor: errors over persons and families, coverage and incidence by decile.

Poor means: consumption before transfers below the line this month. Enrolled means: on the list of PKH, of Sembako, or
both. A list entry without a family (one that has left) counts as enrolled and not poor.
"""

from __future__ import annotations

import numpy as np

from simulation.compiled import rule
from simulation.context import Now
from simulation.measures.crosstab import COMPONENT, GONE, NOT_POOR, PKH, POOR, POVERTY, SEMBAKO, totals
from simulation.measures.poverty import decile_of_bins, rank_of_bins

POOREST_SHARE = 0.4
"""The bottom that the CGH ratio looks at (Coady, Grosh, Hoddinott 2004)."""

_POOR, _MISSED, _NOT_POOR, _WRONG, _GONE = range(5)


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
    row = _errors("", _four(counts, pkh=True, sembako=True))
    row |= _errors("_pkh", _four(counts, pkh=True, sembako=False))
    row |= _errors("_sembako", _four(counts, pkh=False, sembako=True))
    row |= _yardsticks(now, row["poor_persons"], row["poor_families"])
    row |= _by_decile(now, persons, bins, people)
    return row


def _four(counts: np.ndarray, *, pkh: bool, sembako: bool) -> np.ndarray:
    """Return poor, poor and missed, not poor, not poor and enrolled, entries of leavers; rows are persons and families.

    PKH by itself concerns families with a recorded component only.
    """
    enrolled = np.zeros((2, 2), bool)
    enrolled[1, :] |= pkh
    enrolled[:, 1] |= sembako
    concerned = np.ones((2, 2, 2), bool)
    if not sembako:
        concerned[..., 0] = enrolled
    of = counts * concerned
    on_list = of * enrolled[..., None]
    total, listed = of.sum(axis=(2, 3, 4)), on_list.sum(axis=(2, 3, 4))
    missed = total[:, POOR] - listed[:, POOR]
    return np.stack([total[:, POOR], missed, total[:, NOT_POOR], listed[:, NOT_POOR], listed[:, GONE]], axis=1)


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
        reached, wrong = count[_POOR] - count[_MISSED], count[_WRONG] + count[_GONE]
        row[f"exclusion_error{suffix}{unit}"] = exclusion_error(count[_POOR], count[_MISSED])
        row[f"inclusion_error{suffix}{unit}"] = inclusion_error(count[_NOT_POOR], count[_WRONG])
        name = f"leakage{suffix}" if unit else f"leakage{suffix}_persons"
        row[name] = leakage(reached + wrong, wrong)
    if suffix == "":
        row["targeting_differential"] = 1 - row["exclusion_error"] - row["inclusion_error"]
        row["poor_persons"], row["poor_families"] = persons[_POOR], families[_POOR]
        row["missed_poor_families"] = families[_MISSED]
        row["wrongly_enrolled_families"] = families[_WRONG] + families[_GONE]
    return row


def _yardsticks(now: Now, poor_persons: float, poor_families: float) -> dict[str, float]:
    """Return the leakage that no list could avoid, the programme's own yardsticks, and the error the registry reports.

    The registry takes for poor the listed families of lowest recorded score that are as many persons as are poor.
    """
    enrolled, outside, year_poor, year_missed = now.apply(count_yardsticks)
    seen, missed, entries = now.apply(count_by_score)
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
def count_by_score(active, listed, size, record_score, in_pkh, in_sembako):
    """Count over bins of the recorded score: listed persons, those on no list, listed families on a list."""
    bins = 1200
    seen, missed, entries = np.zeros(bins, np.int64), np.zeros(bins, np.int64), np.zeros(bins, np.int64)
    for row in _living_records(active, listed):
        enrolled = in_pkh[row] | in_sembako[row]
        place = np.uint32(min(max(int((record_score[row] + 6.0) * 100.0), 0), bins - 1))
        seen[place] += size[row]
        missed[place] += size[row] * (not enrolled)
        entries[place] += enrolled
    return seen, missed, entries


@rule
def _living_records(active, listed):
    """Return the rows of listed families that live in the city."""
    rows, count = np.empty(active.size, np.uint32), 0
    for row in range(active.size):  # without a branch, because who is listed cannot be predicted
        rows[count] = row
        count += active[row] & listed[row]
    return rows[:count]


def _by_decile(now: Now, persons: np.ndarray, bins: np.ndarray, people: np.ndarray) -> dict[str, float]:
    """Return coverage, incidence and overlap by decile of persons, poorest first, and what follows from them."""
    hh = now.hh
    rank = rank_of_bins(people)
    decile = decile_of_bins(people)
    rows = now.rows("assisted")
    counts, benefit = incidence(rows, bins, decile, persons, hh.in_pkh, hh.in_sembako, hh.support_idr)
    total = benefit.sum()
    row = {}
    for number in range(10):
        of = max(people[decile == number].sum(), 1.0)
        row[f"coverage_by_decile_{number + 1:02d}"] = counts[0, number] / of
        row[f"both_programmes_by_decile_{number + 1:02d}"] = counts[1, number] / of
        share = benefit[decile == number].sum() / total if total > 0 else float("nan")
        row[f"benefit_share_by_decile_{number + 1:02d}"] = share
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
        number = decile[bins[row]]
        counts[0, number] += persons[row] * (in_pkh[row] | in_sembako[row])
        counts[1, number] += persons[row] * (in_pkh[row] & in_sembako[row])
        benefit[bins[row]] += benefit_idr[row] if persons[row] > 0.0 else 0.0
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
