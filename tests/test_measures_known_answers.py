"""Measures with a known answer: closed forms, the published example of ten persons, identities and properties."""

from types import SimpleNamespace

import numpy as np
import pytest
from conftest import months_of
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import lognorm, norm, pareto, uniform
from test_rules import families, month_of

from simulation.measures.crosstab import count_city
from simulation.measures.delivery import measure_payments, measure_registry
from simulation.measures.poverty import bin_of, gini, histogram, measure_poverty, poverty_indices
from simulation.measures.staff import measure_staff
from simulation.measures.targeting import (
    cgh_ratio,
    concentration,
    exclusion_error,
    inclusion_error,
    leakage,
    measure_targeting,
)

BY_HAND = ("not_found_share", "record_visits", "unfunded_families", "operations_unmet_idr", "poverty_line_idr")
"""Measures that the second count leaves to the examples of this file."""


def poverty_of(consumption, persons=None) -> dict[str, float]:
    consumption = np.asarray(consumption, float)
    persons = np.ones(consumption.size) if persons is None else np.asarray(persons, float)
    return measure_poverty(consumption, persons, bin_of(consumption), np.arange(consumption.size), "")[0]


def indices_of(consumption, persons) -> tuple[float, ...]:
    """Return headcount, gap, severity and Watts of families who are the whole city."""
    return poverty_indices(consumption, persons, np.arange(consumption.size), persons.sum())


def gini_of(values, persons=None) -> float:
    values = np.asarray(values, float)
    persons = np.ones(values.size) if persons is None else np.asarray(persons, float)
    return gini(*histogram(bin_of(values), values, persons))


# Closed forms -------------------------------------------------------------------------------------------------------

EVENLY = (np.arange(400_000) + 0.5) / 400_000
"""Shares of a population, so that a quantile function gives a city without luck."""


def lognormal_answer(sigma: float, poor: float) -> dict[str, float]:
    """Return the indices of a lognormal with a share of poor; the Sen index by a numeric Lorenz curve of the poor."""
    z = norm.ppf(poor)
    mean = np.exp(sigma**2 / 2 - z * sigma)  # in lines
    first, second = mean * norm.cdf(z - sigma), np.exp(2 * sigma**2 - 2 * z * sigma) * norm.cdf(z - 2 * sigma)
    gap = poor - first
    lorenz = quad(lambda p: norm.cdf(norm.ppf(p * poor) - sigma) / norm.cdf(z - sigma), 0, 1)[0]
    return {
        "poverty_headcount": poor, "poverty_gap": gap, "poverty_severity": poor - 2 * first + second,
        "watts": sigma * (z * poor + norm.pdf(z)), "gini": 2 * norm.cdf(sigma / 2**0.5) - 1,
        "sen": poor * (gap / poor + (1 - gap / poor) * (1 - 2 * lorenz)),
    }  # fmt: skip


def pareto_answer(alpha: float, least: float) -> dict[str, float]:
    """Return the indices of a Pareto distribution that begins below the line."""
    poor = 1 - least**alpha
    return {
        "poverty_headcount": poor, "poverty_gap": poor - alpha / (alpha - 1) * (least - least**alpha),
        "poverty_severity": poor - 2 * alpha / (alpha - 1) * (least - least**alpha)
        + alpha / (alpha - 2) * (least**2 - least**alpha),
        "watts": -np.log(least) - poor / alpha, "gini": 1 / (2 * alpha - 1),
    }  # fmt: skip


UNIFORM = {
    "poverty_headcount": 1 / 2, "poverty_gap": 1 / 4, "poverty_severity": 1 / 6, "watts": 1 / 2, "gini": 1 / 3,
    "sen": 1 / 3,
}  # fmt: skip
"""Consumption evenly spread from nothing to two lines."""


def lognormal_city(sigma: float, poor: float) -> np.ndarray:
    return lognorm.ppf(EVENLY, sigma) * np.exp(-sigma * norm.ppf(poor))


CITIES = {
    "lognormal, Gini 0.41": (lognormal_city(0.768, 0.1471), lognormal_answer(0.768, 0.1471)),
    "lognormal, even": (lognormal_city(0.3, 0.4), lognormal_answer(0.3, 0.4)),
    "Pareto": (pareto.ppf(EVENLY, 3.0, scale=0.5), pareto_answer(3.0, 0.5)),
    "uniform": (uniform.ppf(EVENLY, 0, 2), UNIFORM),
}  # fmt: skip


@pytest.mark.parametrize("city", CITIES)
def test_poverty_and_inequality_meet_their_closed_forms(city):
    consumption, answer = CITIES[city]
    found = poverty_of(consumption)
    for name, value in answer.items():
        assert found[name] == pytest.approx(value, rel=2e-3, abs=5e-5), name


# The published example ----------------------------------------------------------------------------------------------

TEN = np.array([6, 8, 11, 15, 21, 25, 30, 40, 50, 100])
LINE, LINE_OF_POOREST_FIFTH = 18, 10


def targeting_of(consumption, chosen, benefit=None, size=1) -> dict[str, float]:
    """Return the targeting measures where some of a few families are on a list."""
    consumption, chosen = np.asarray(consumption, float), np.asarray(chosen, bool)
    hh = families(
        consumption.size, consumption=consumption, log_consumption=np.log(consumption), in_sembako=chosen, size=size,
        support_idr=np.where(chosen, 1.0, 0.0) if benefit is None else benefit,
    )  # fmt: skip
    now = month_of(hh)
    now.places = SimpleNamespace(kecamatan_of_kelurahan=np.zeros(1, np.int64))
    persons, bins = hh.size.astype(float), bin_of(hh.consumption)
    people, _ = histogram(bins, hh.consumption, persons)
    return measure_targeting(now, count_city(now), persons, bins, people)


@pytest.mark.parametrize(
    ("line", "served", "exclusion", "inclusion"),
    [
        (LINE, (1, 2), 0.5, 0.0), (LINE_OF_POOREST_FIFTH, (1, 2), 0.0, 0.0),
        (LINE, (2, 3), 0.5, 0.0), (LINE_OF_POOREST_FIFTH, (2, 3), 0.5, 0.5),
        (LINE, (3, 4), 0.5, 0.0), (LINE_OF_POOREST_FIFTH, (3, 4), 1.0, 1.0),
    ],
)  # fmt: skip
def test_ten_persons_of_the_world_bank(line, served, exclusion, inclusion):
    """Table 7.3 of *Revisiting Targeting* (F8-04): two are served, judged by the line and by the poorest 20 %."""
    chosen = np.isin(np.arange(1, 11), served)
    row = targeting_of(TEN / line, chosen)
    for suffix in ("", "_families"):
        assert row[f"exclusion_error{suffix}"] == exclusion
    assert row["leakage"] == row["leakage_persons"] == inclusion
    assert row["targeting_differential"] == pytest.approx(1 - exclusion - row["inclusion_error"])
    assert row["poor_families"] == np.count_nonzero(line > TEN)
    assert row["wrongly_enrolled_families"] == 2 * inclusion


def test_ten_persons_by_decile():
    row = targeting_of(TEN / LINE, np.isin(np.arange(1, 11), (2, 3)))
    assert [row[f"coverage_by_decile_{number:02d}"] for number in range(1, 11)] == [0, 1, 1, 0, 0, 0, 0, 0, 0, 0]
    assert row["benefit_share_by_decile_02"] == row["benefit_share_by_decile_03"] == 0.5
    assert row["cgh_ratio"] == 2.5
    assert row["concentration_coefficient"] == pytest.approx(2 * (0.5 * 0.15 + 0.5 * 0.25) - 1)


# Identities and properties ------------------------------------------------------------------------------------------

levels = st.floats(0.01, 200.0)
cities = st.lists(st.tuples(levels, st.integers(1, 9)), min_size=2, max_size=40)


def split(city) -> tuple[np.ndarray, np.ndarray]:
    consumption, persons = zip(*city, strict=True)
    return np.array(consumption), np.array(persons, float)


@given(cities)
def test_poverty_indices_lie_in_their_bounds_and_in_their_order(city):
    headcount, gap, severity, watts = indices_of(*split(city))
    assert 0 <= severity <= gap + 1e-12
    assert gap <= headcount <= 1
    assert watts >= gap - 1e-12
    found = poverty_of(*split(city))
    assert gap - 1e-6 <= found["sen"] <= headcount + 1e-6
    assert -1e-9 <= found["gini"] < 1


@given(cities, cities)
def test_poverty_is_the_mean_of_that_of_two_halves(one, other):
    """Foster, Greer and Thorbecke, and Watts: decomposable by group, with persons as weights."""
    whole, parts = indices_of(*split(one + other)), [indices_of(*split(part)) for part in (one, other)]
    weights = [split(part)[1].sum() for part in (one, other)]
    assert whole == pytest.approx(np.average(parts, axis=0, weights=weights), abs=1e-12)


@given(cities, st.floats(1.01, 3.0))
def test_what_a_poor_family_gains_lowers_poverty(city, factor):
    consumption, persons = split(city)
    consumption[0] = 0.3
    richer = np.concatenate([[min(0.3 * factor, 0.99)], consumption[1:]])
    before, after = indices_of(consumption, persons), indices_of(richer, persons)
    assert after[0] == before[0]
    assert all(now < then for now, then in zip(after[1:], before[1:], strict=True))


@given(cities)
def test_a_family_counts_as_often_as_it_has_members(city):
    consumption, persons = split(city)
    alone = np.repeat(consumption, persons.astype(int))
    assert poverty_of(consumption, persons) == pytest.approx(poverty_of(alone), abs=1e-9)


@given(cities, st.sampled_from([2.0, 4.0, 0.5]))
def test_the_gini_does_not_change_with_the_unit(city, unit):
    consumption, persons = split(city)
    assert gini_of(np.clip(consumption, 0.1, 100) * unit, persons) == pytest.approx(
        gini_of(np.clip(consumption, 0.1, 100), persons)
    )


@given(st.lists(st.floats(0.1, 100.0), min_size=3, max_size=30), st.floats(0.05, 0.5))
def test_a_transfer_to_somebody_richer_raises_the_gini(values, part):
    poorest_first = np.sort(values)
    after = poorest_first.copy()
    given_away = part * poorest_first[0]
    after[0] -= given_away
    after[-1] += given_away
    assert gini_of(after) > gini_of(poorest_first) - 1e-5


@pytest.mark.parametrize(("level", "poor"), [(0.6, 1.0), (1.0, 0.0), (1.4, 0.0)])
def test_where_all_are_equal(level, poor):
    """Nobody at the line is poor; equal poor make the Sen index the gap."""
    found = poverty_of(np.full(50, level))
    assert found["poverty_headcount"] == poor
    assert found["poverty_gap"] == pytest.approx(max(1 - level, 0))
    assert found["sen"] == pytest.approx(found["poverty_gap"])
    assert found["gini"] == pytest.approx(0, abs=1e-12)


def test_the_poor_alone_suffice_where_the_city_is_counted():
    """Families that are not poor may be left out, as long as everybody is counted."""
    consumption, persons = np.array([0.5, 0.9, 1.5, 4.0]), np.array([4.0, 3.0, 2.0, 1.0])
    assert poverty_indices(consumption, persons, np.arange(2), 10.0) == indices_of(consumption, persons)


def test_where_nobody_lives_there_is_no_poverty_rate():
    assert all(np.isnan(value) for value in indices_of(np.array([0.5]), np.array([0.0])))


@given(st.lists(st.tuples(levels, st.booleans()), min_size=2, max_size=40))
def test_exclusion_equals_leakage_where_as_many_are_served_as_are_poor(city):
    """F8-03, in families; and the three errors keep to their denominators whatever the quota (F8-01, F8-02, F8-06)."""
    consumption, chosen = (np.array(column) for column in zip(*city, strict=True))
    poor = consumption < 1
    row = targeting_of(consumption, chosen)
    counts = poor.sum(), chosen.sum(), (poor & ~chosen).sum(), (chosen & ~poor).sum()
    if counts[0]:
        assert row["exclusion_error"] == exclusion_error(counts[0], counts[2]) == counts[2] / counts[0]
    if counts[1]:
        assert row["leakage"] == leakage(counts[1], counts[3]) == counts[3] / counts[1]
    if counts[0] < poor.size:
        assert row["inclusion_error"] == inclusion_error(poor.size - counts[0], counts[3])
    if counts[0] == counts[1] > 0:
        assert row["exclusion_error"] == row["leakage"]


def test_errors_over_nobody_are_no_numbers():
    assert np.isnan([exclusion_error(0, 0), leakage(0, 0), inclusion_error(0, 0)]).all()


@pytest.mark.parametrize(("chosen", "differential"), [([1, 1, 0, 0], 1), ([0, 0, 1, 1], -1), ([1, 0, 1, 0], 0)])
def test_the_differential_runs_from_perfect_to_perverse(chosen, differential):
    row = targeting_of([0.5, 0.8, 2.0, 3.0], chosen)
    assert row["targeting_differential"] == differential
    assert targeting_of([0.5, 0.8, 2.0, 3.0], [1, 1, 1, 1])["targeting_differential"] == 0


def test_who_gets_everything_decides_the_incidence():
    rank = (np.arange(1000) + 0.5) / 1000
    assert cgh_ratio(np.ones(1000), rank) == pytest.approx(1)
    assert cgh_ratio(np.where(rank < 0.2, 1.0, 0.0), rank) == pytest.approx(1 / 0.4)
    assert cgh_ratio(np.where(rank > 0.5, 1.0, 0.0), rank) == 0
    assert concentration(np.ones(1000), rank) == pytest.approx(0)
    assert concentration(np.eye(1000)[0], rank) == pytest.approx(-0.999)
    assert concentration(np.eye(1000)[-1], rank) == pytest.approx(0.999)
    assert np.isnan([cgh_ratio(np.zeros(9), rank[:9]), concentration(np.zeros(9), rank[:9])]).all()


@given(cities)
def test_benefits_that_follow_consumption_are_as_concentrated(city):
    """F8-07: the concentration of consumption itself is its Gini."""
    consumption, persons = split(city)
    people, income = histogram(bin_of(consumption), consumption, persons)
    rank = (np.cumsum(people) - people / 2) / people.sum()
    assert concentration(income, rank) == pytest.approx(gini(people, income))


# Examples by hand ---------------------------------------------------------------------------------------------------


def test_visits_of_the_registry_by_hand():
    now = month_of(families(5, listed=[1, 1, 1, 0, 0], size=3))
    now.places = SimpleNamespace(kecamatan_of_kelurahan=np.zeros(1, np.int64))
    nobody = measure_registry(now, count_city(now))
    assert (nobody["record_visits"], nobody["not_found_share"]) == (0, 0.0)
    now.tally.add("visits", 12)
    now.tally.add("not_found", 3)
    row = measure_registry(now, count_city(now))
    assert (row["record_visits"], row["not_found_share"]) == (12, 0.25)


def test_payments_without_funds_by_hand():
    now = month_of(families(5))
    now.tally.add("pkh_unfunded_families", 2)
    now.tally.add("sembako_unfunded_families", 5)
    assert measure_payments(now)["unfunded_families"] == 7


def test_operations_that_a_ceiling_leaves_unpaid():
    """What is missing under a ceiling is what the month costs without one, less the ceiling."""
    free = months_of(scale=0.01, months=1).iloc[0]
    whole = free["operations_idr"] + free["places_given"] * 6_000_000
    ceiling = months_of(scale=0.01, months=1, operations_budget_bn_idr_per_year=0.6).iloc[0]
    planned = 50 / 12 * 0.01 * 6_000_000  # places are given in whole numbers, and planned in fractions
    assert free["operations_unmet_idr"] == 0
    assert ceiling["operations_unmet_idr"] == pytest.approx(
        whole + planned - free["places_given"] * 6_000_000 - 0.6e9 / 12 * 0.01, abs=2
    )


def test_the_line_is_the_published_one():
    months = months_of(scale=0.01, months=13)
    assert months["poverty_line_idr"].iloc[0] == pytest.approx(810_507)
    assert months["poverty_line_idr"].iloc[12] == pytest.approx(820_354)
    assert months["poverty_line_idr"].is_monotonic_increasing


def test_three_pendamping_by_hand():
    row = measure_staff(
        np.array([100.0, 200.0, 300.0]), np.array([100.0, 150.0, 200.0]), np.array([120.0, 120.0, 120.0]),
        np.array([1.0, 1.0, 0.4]), np.array([1.0, 0.5, 0.0]), np.array([0.8, 0.7, 0.3]),
    )  # fmt: skip
    assert row == pytest.approx({
        "pendamping": 3, "pendamping_families": 200, "hours_short_share": (30 + 80) / 450,
        "visits_done_share": (100 + 200 + 120) / 600, "sessions_held_share": (100 + 100) / 600, "motivation": 0.6,
    })  # fmt: skip
