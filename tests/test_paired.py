"""Paired differences: by hand, against a statistics library, and by what an interval promises."""

import math

import numpy as np
import pytest
from scipy import stats

from simulation.comparison.cost import cost_flag, ratio, trade_of
from simulation.comparison.differences import verdict, window
from simulation.comparison.words import decimals_for
from simulation.experiments.paired import critical, half_width, pair


def one(ours, theirs, level=0.95) -> dict[str, float]:
    paired = pair(np.array(ours, float)[:, None], np.array(theirs, float)[:, None], level)
    return {name: getattr(paired, name)[0] for name in paired.__dataclass_fields__}


def test_three_pairs_by_hand():
    """Differences 1, 2, 3: mean 2, standard deviation 1, quantile of t with two degrees of freedom 4.3027."""
    found = one([11, 22, 33], [10, 20, 30])
    assert found["difference"] == pytest.approx(2)
    assert found["low"] == pytest.approx(2 - 4.302653 / math.sqrt(3), abs=1e-6)
    assert found["high"] == pytest.approx(2 + 4.302653 / math.sqrt(3), abs=1e-6)
    assert (found["mean"], found["baseline_mean"], found["replicates"]) == (22, 20, 3)
    assert found["correlation"] == pytest.approx(1)
    # independent runs: variances 121 and 100 instead of 1, so 221 times as many runs for the same interval
    assert found["runs_saved"] == pytest.approx(2 * 3 * (221 - 1))


def test_intervals_and_correlations_are_those_of_a_statistics_library():
    rng = np.random.default_rng(3)
    base = rng.normal(size=12)
    ours = 0.8 * base + rng.normal(size=12) + 0.3
    found = one(ours, base, 0.9)
    interval = stats.ttest_rel(ours, base).confidence_interval(0.9)
    assert (found["low"], found["high"]) == pytest.approx((interval.low, interval.high))
    assert found["correlation"] == pytest.approx(stats.pearsonr(ours, base).statistic)


def test_the_interval_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(1)
    base = rng.normal(size=(8, 4000))
    paired = pair(base + 0.2 + rng.normal(size=(8, 4000)), base, 0.9)
    holds = (paired.low < 0.2) & (paired.high > 0.2)
    assert holds.mean() == pytest.approx(0.9, abs=0.015)


def test_runs_saved_are_those_that_independent_luck_would_need():
    """With that many runs more, drawn independently, the interval is as wide as the paired one."""
    rng = np.random.default_rng(2)
    shared = rng.normal(size=(4000, 1))
    ours, theirs = shared + 0.5 * rng.normal(size=(4000, 1)), shared + 0.5 * rng.normal(size=(4000, 1))
    paired = pair(ours, theirs)
    runs = 2 * 4000 + paired.runs_saved[0]
    variance = ours.var() + theirs.var()
    assert math.sqrt(variance / (runs / 2)) * 1.96 == pytest.approx(paired.high[0] - paired.difference[0], rel=0.01)


@pytest.mark.parametrize(
    ("ours", "theirs", "known"),
    [
        ([5], [4], {"difference": 1, "replicates": 1}),
        ([5, math.nan], [4, 4], {"difference": 1, "replicates": 1}),
        ([math.nan], [math.nan], {"replicates": 0}),
        ([], [], {"replicates": 0}),
    ],
)
def test_without_two_pairs_there_is_no_interval(ours, theirs, known):
    found = one(ours, theirs)
    for name, value in found.items():
        if name in known:
            assert value == known[name], name
        elif name not in ("mean", "baseline_mean"):
            assert math.isnan(value), name


def test_runs_that_never_differ_are_the_same_and_not_merely_close():
    found = one([0.1, 0.2, 0.4], [0.1, 0.2, 0.4])
    assert found["difference"] == found["low"] == found["high"] == 0
    assert found["runs_saved"] == math.inf
    assert verdict(0.0, 0.0, 0.0) == "same"


def test_what_is_only_rounding_is_no_variance():
    base = np.array([0.1, 0.2, 0.3, 0.7])
    found = one(base + 0.1, base)
    assert found["low"] == pytest.approx(0.1)
    assert found["high"] - found["low"] == 0
    assert found["runs_saved"] == math.inf


def test_half_width_and_quantile():
    assert critical(np.array([2, 7, 0]))[:2] == pytest.approx([4.302653, 2.364624], abs=1e-5)
    assert math.isnan(critical(np.array([2, 7, 0]))[2])
    assert half_width(np.array(4.0), np.array(16)) == pytest.approx(2.131450 * 2 / 4, abs=1e-5)


@pytest.mark.parametrize(
    ("difference", "low", "high", "word"),
    [
        (1, 0.5, 1.5, "higher"),
        (-1, -1.5, -0.5, "lower"),
        (1, -0.1, 2.1, "unclear"),
        (1, 0, 2, "unclear"),
        (0, 0, 0, "same"),
        (1, math.nan, math.nan, "unclear"),
    ],
)
def test_what_an_interval_says(difference, low, high, word):
    assert verdict(difference, low, high) == word


@pytest.mark.parametrize(
    ("extra", "low", "high", "flag"),
    [
        (0.1, -0.2, 0.4, "same"),  # within one percent of 80
        (0.6, 0.5, 0.7, "same"),
        (0.9, 0.5, 1.3, "more"),
        (-9.0, -9.5, -8.5, "less"),
        (2.0, -0.5, 4.5, "unclear"),
        (0.0, 0.0, 0.0, "same"),
    ],
)
def test_two_scenarios_cost_the_same_or_are_flagged(extra, low, high, flag):
    assert cost_flag(extra, low, high, 80.0) == flag


@pytest.mark.parametrize(
    ("cost", "gain", "words"),
    [
        ("higher", "higher", "more for more"),
        ("lower", "lower", "less for less"),
        ("lower", "higher", "better and cheaper"),
        ("higher", "lower", "worse and dearer"),
        ("unclear", "higher", "better at no certain cost"),
        ("same", "lower", "worse at no certain saving"),
        ("higher", "unclear", "no certain effect"),
        ("higher", "same", "no certain effect"),
    ],
)
def test_what_is_traded(cost, gain, words):
    assert trade_of(cost, gain) == words


def test_a_price_is_the_ratio_of_the_means_and_its_interval_holds_the_truth():
    rng = np.random.default_rng(5)
    held = 0
    for _ in range(400):
        gain = rng.normal(10, 2, size=10)
        extra = 3 * gain + rng.normal(0, 3, size=10)
        found, low, high = ratio(extra, gain)
        assert found == pytest.approx(extra.mean() / gain.mean())
        assert low < found < high
        held += low < 3 < high
    assert held / 400 == pytest.approx(0.95, abs=0.03)


def test_the_ends_of_a_price_are_the_prices_that_a_t_test_just_allows():
    """Fieller: a price is allowed where cost less price times gain does not differ from zero."""
    rng = np.random.default_rng(6)
    gain = rng.normal(10, 6, size=9)
    extra = 2 * gain + rng.normal(0, 8, size=9)
    _, low, high = ratio(extra, gain)
    for price in (low, high):
        assert stats.ttest_1samp(extra - price * gain, 0).pvalue == pytest.approx(0.05, abs=1e-9)


def test_a_price_for_a_gain_that_never_varies_has_the_interval_of_the_cost():
    extra = np.array([10.0, 12.0, 14.0])
    found, low, high = ratio(extra, np.array([2.0, 2.0, 2.0]))
    width = 4.302653 * 2 / math.sqrt(3) / 2
    assert (found, low, high) == pytest.approx((6, 6 - width, 6 + width), abs=1e-5)


@pytest.mark.parametrize(
    ("months", "last", "span"),
    [(60, None, 12), (24, None, 12), (23, None, 11), (1, None, 1), (60, 24, 24), (6, 24, 6), (60, 1, 1)],
)
def test_a_year_is_averaged_or_half_of_a_shorter_run(months, last, span):
    assert window(months, last) == span


@pytest.mark.parametrize(
    ("halves", "decimals"), [([0.54], 2), ([5.4], 1), ([54], 0), ([540], 0), ([0.0054], 4), ([0, math.nan], 2), ([], 2)]
)
def test_numbers_are_written_as_precisely_as_they_are_known(halves, decimals):
    assert decimals_for(halves) == decimals
