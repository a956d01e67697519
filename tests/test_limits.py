"""Limit cases with known answers: what must be true before anybody believes the rest.

Each rule that a test here rests on was broken once to see the test fail: ``mutations.md`` lists how.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from conftest import lived, make_plan, months_of, persons_by_status, tables_of
from scipy.stats import multivariate_normal, norm, spearmanr

from simulation import AssistanceModel
from simulation.city.synthesis import first_index, synthesise
from simulation.experiments.recorder import Recorder
from simulation.measures import MEASURES
from simulation.measures.cascade import NOT_ENROLLED
from simulation.model import live_through_history
from simulation.parameters import ASSUMPTIONS
from simulation.plan import Plan
from simulation.start import cached_start

SEEDS = (1, 2, 3, 4, 5, 6)
AMPLE = {"pkh_budget_bn_idr_per_year": 500.0, "sembako_budget_bn_idr_per_year": 500.0}
NO_PROGRAMME = {
    "pkh_budget_bn_idr_per_year": 0.0,
    "sembako_budget_bn_idr_per_year": 0.0,
    "operations_budget_bn_idr_per_year": 0.0,
}
CONSTANT_BASELINE = {
    "pkh_budget_bn_idr_per_year": 33.0,
    "sembako_payment_cycle_months": 2,
    "registry_regime": "dtks",
    "registry_coverage_share": 0.402,
    "campaign_families_per_month": 0,
}
"""The first year of the baseline for ever: none of its dated changes."""

CITY_FAMILIES = 119_400
NO_GROWTH = {"growth_over_line_per_year": 0.0}
"""Runs over several seeds share their cities, whose history has none."""


# Nothing stands in the way ------------------------------------------------------------------------------------------


def test_without_frictions_everybody_poor_is_reached_and_nobody_else():
    tables = tables_of(make_plan("limits/frictionless", months=24))
    months = tables["months"]
    assert (months["poor_persons"] > 0).all()
    for name in ("exclusion_error", "leakage", "inclusion_error", "effective_exclusion_error", "unfunded_families"):
        assert (months[name] == 0).all(), name
    assert (months["paid_on_time_share"] == 1).all()
    cascade = persons_by_status("limits/frictionless", months=24)
    assert (cascade["reached"] == months["poor_persons"].to_numpy()).all()


def test_without_frictions_a_bank_reaches_everybody_once_accounts_are_open():
    """The same through bank accounts: who has been on the list for long enough is reached."""
    city = lived(
        make_plan(
            "limits/frictionless", months=9, targeting_method="universal", delivery_channel="cash_bank",
            bank_processing_days=0.0, openings_per_month=20_000.0, opening_failure_share=0.0,
            card_never_collected_share=0.0, card_handover_per_month=1.0, mismatch_per_month=0.0, freeze_per_year=0.0,
            agent_families_per_day=2_000.0, agent_capital_median_idr=1e9, cash_fee_low_idr=0.0, cash_fee_high_idr=0.0,
        )
    )  # fmt: skip
    recorder = Recorder(city)
    recorder.take(city.now)
    cascade = recorder.tables()["cascade"].set_index("status")["persons"]
    assert cascade["reached"] > 0.97 * cascade.sum()
    assert cascade[["reached", "awaiting_account"]].sum() == cascade.sum()


@pytest.mark.parametrize("share", [0.15, 0.5, 0.85])
def test_a_lottery_misses_whom_it_does_not_cover(share):
    misses, by_decile, poor = [], [], 0
    for seed in SEEDS[:4]:
        last = months_of(
            seed=seed, months=4, targeting_method="random", registry_update_interval_months=1, pkh_quota_families=0,
            sembako_quota_families=round(share * CITY_FAMILIES), **AMPLE, **NO_GROWTH,
        ).iloc[-1]  # fmt: skip
        covered = last["sembako_families"] / last["families"]
        assert covered == pytest.approx(share, abs=0.01)
        misses.append([last["exclusion_error_families"] + covered - 1, last["exclusion_error"] + covered - 1])
        by_decile.append([last[f"coverage_by_decile_{number:02d}"] - covered for number in range(1, 11)])
        poor += last["poor_families"]
    error = np.sqrt(share * (1 - share) / poor)
    families, persons = np.mean(misses, axis=0)
    assert abs(families) < 3.5 * error
    assert abs(persons) < 3.5 * 1.2 * error
    assert np.abs(np.mean(by_decile, axis=0)).max() < 5 * error


@pytest.mark.parametrize("method", ["perfect", "random"])
def test_where_the_rule_knows_families_only_the_quota_excludes(method):
    cascade = persons_by_status(
        months=3, targeting_method=method, registry_update_interval_months=1, pkh_quota_families=0,
        sembako_quota_families=8_000, **AMPLE,
    )  # fmt: skip
    assert (cascade["beyond_quota"] > 0).all()
    others = [name for name in NOT_ENROLLED if name != "beyond_quota"]
    assert (cascade[others] == 0).all(axis=None)


def test_a_universal_programme_covers_every_decile():
    months = months_of(months=8, targeting_method="universal", registry_update_interval_months=1)
    assert (months["exclusion_error"] == 0).all()
    for number in range(1, 11):
        assert (months[f"coverage_by_decile_{number:02d}"] == 1).all()
    assert (months["enrolled_families"] == months["families"]).all()


def test_the_same_for_every_family_favours_the_poor_only_over_families():
    """Equal benefits a family give a CGH ratio of one over families, and less over persons: poor families are large."""
    plan = make_plan(
        "limits/frictionless",
        months=10,
        targeting_method="universal",
        pkh_quota_families=0,
        pkh_budget_bn_idr_per_year=0,
    )
    city = lived(plan)
    family = np.flatnonzero(city.hh.active)
    poorest_first = city.hh.support_idr[family][np.argsort(city.hh.consumption[family])]
    poorest = poorest_first[: round(0.4 * family.size)]
    assert poorest.sum() / poorest_first.sum() / 0.4 == pytest.approx(1, abs=1e-3)
    over_persons = tables_of(plan)["months"]["cgh_ratio"].iloc[-1]
    assert 0.85 < over_persons < 0.97


# A score under a quota ----------------------------------------------------------------------------------------------


def missed_by_a_score(poor: float, quota: float, correlation: float) -> float:
    """Return the share of the poor that a score misses if score and welfare are bivariate normal (P2-05 to P2-07)."""
    both = multivariate_normal.cdf(norm.ppf([poor, quota]), cov=[[1, correlation], [correlation, 1]])
    return 1 - both / poor


@pytest.mark.parametrize(
    ("r2", "published"),
    [(0.4, (58.6, 48.3, 40.6, 34.1)), (0.5, (52.6, 43.0, 36.0, 30.2)), (0.6, (46.4, 37.7, 31.5, 26.3))],
)
def test_the_score_of_a_normal_city_misses_what_the_closed_form_says(r2, published):
    assumptions = {key: one.default for key, one in ASSUMPTIONS.items()} | {
        "welfare_tails": "normal",
        "welfare_share_seen": r2,
        "welfare_share_transitory": 1 - r2 - ASSUMPTIONS["welfare_share_unseen"].default,
    }
    city = synthesise(np.arange(200_000, dtype=np.uint32), 200_000, 1, assumptions)
    welfare, score = first_index(city, assumptions), city.seen_welfare
    for quota, percent in zip((0.1, 0.2, 0.3, 0.4), published, strict=True):
        poor = welfare < np.quantile(welfare, quota)
        chosen = score < np.quantile(score, quota)
        missed = 1 - (poor & chosen).sum() / poor.sum()
        assert missed == pytest.approx(missed_by_a_score(quota, quota, r2**0.5), abs=0.01)
        assert missed == pytest.approx(percent / 100, abs=0.01)


NORMAL_CITY = {
    "history_months": 12,
    "welfare_tails": "normal",
    "job_loss_per_year": 0.0,
    "windfall_per_year": 0.0,
    "illness_per_year": 0.0,
    "nik_unmatchable_share_2015": 0.0,
    "removal_ineligible_per_year": 0.0,
    "removal_rule_per_year": 0.0,
    "objections_per_month": 0.0,
    "pull_sembako": 0.0,
    "pena_success_share": 0.0,
}
SCORED_ANEW = {
    "registry_regime": "dtsen",
    "registry_coverage_share": 1.0,
    "enumeration_interval_months": 1,
    "registry_update_interval_months": 1,
    "targeting_method": "pmt",
    "seats_redrawn": True,
    "eligible_decile_max": 10,
    "formula_age_months": 0,
    "pkh_quota_families": 0,
}


def test_the_score_of_a_normal_city_misses_as_much_in_the_model():
    """The closed form holds for the list that the model makes, at full scale, quota as large as poverty."""
    city = {"scale": 1.0, **NORMAL_CITY, **SCORED_ANEW, **AMPLE}
    poor = round(months_of(months=1, sembako_quota_families=15_000, **city)["poor_families"].iloc[0])
    months = months_of(months=6, sembako_quota_families=poor, **city)
    reliability = ASSUMPTIONS["record_reliability"].default
    correlation = np.sqrt(ASSUMPTIONS["welfare_share_seen"].default * reliability)
    poverty = months["poor_families"] / months["families"]
    quota = months["sembako_families"] / months["families"]
    assert quota.iloc[0] == pytest.approx(poverty.iloc[0], abs=1e-4)
    expected = [missed_by_a_score(p, q, correlation) for p, q in zip(poverty, quota, strict=True)]
    assert (months["exclusion_error_families"] - expected).mean() == pytest.approx(0, abs=0.01)


# The registry's age -------------------------------------------------------------------------------------------------

BY_SCORE = {
    "registry_regime": "dtsen",
    "registry_coverage_share": 1.0,
    "targeting_method": "pmt",
    "campaign_families_per_month": 0,
    "pkh_budget_bn_idr_per_year": 33.0,
}


def test_a_registry_renewed_every_month_holds_no_stale_record():
    for interval, stale in ((1, False), (None, True)):
        cascade = persons_by_status(
            months=24, registry_update_interval_months=1, enumeration_interval_months=interval, **BY_SCORE
        )
        assert (cascade["stale_record"] > 0).any() == stale
        assert (cascade["stale_record"] > 0).mean() in ((0.0,) if not stale else (1.0,))


def test_a_registry_never_renewed_gets_worse_year_by_year():
    """Scores drift away from what they should see; so the errors among the families that it holds grow.

    On the mean over seeds: in one of them luck and departures can have it otherwise.
    """
    agreement, missed = [], []
    for seed in SEEDS:
        plan = make_plan(
            months=61, seed=seed, city_seed=1, seats_redrawn=True, registry_update_interval_months=1,
            operations_budget_bn_idr_per_year=0.0, **NO_GROWTH, **BY_SCORE,
        )  # fmt: skip
        held, path = [], []

        def compare(now, held=held, path=path):
            hh = now.hh
            if now.month == 0:
                held.append(np.flatnonzero(hh.active & hh.listed))
            rows = held[0][hh.active[held[0]]]
            poor = rows[hh.log_consumption[rows] < 0]
            rank = spearmanr(hh.record_score[rows], hh.seen_welfare[rows]).statistic
            path.append([rank, 1 - (hh.in_pkh | hh.in_sembako)[poor].mean()])

        lived(plan, watch=compare)
        agreement.append([rank for rank, _ in path[::12]])
        missed.append([error for _, error in path])
    agreement, missed = np.mean(agreement, axis=0), np.mean(missed, axis=0)
    yearly = missed[:60].reshape(5, 12).mean(axis=1)
    assert (np.diff(agreement) < -0.01).all(), agreement
    assert (np.diff(yearly) > 0).all(), yearly
    assert missed[-3:].mean() - missed[:3].mean() > 0.03


# People who deliver -------------------------------------------------------------------------------------------------


def test_without_staff_nothing_is_visited_taught_or_repaired():
    done = []
    plan = make_plan(months=30, operations_budget_bn_idr_per_year=0.0)
    city = lived(plan, watch=lambda now: done.append(dict(now.tally)))
    done = pd.DataFrame(done).fillna(0).sum()
    for work in ("home_visits", "payments_repaired", "campaign_checks", "complaints_settled", "places_given"):
        assert done.get(work, 0) == 0, work
    assert (city.hh.visited_month < 0).all()
    assert (city.hh.session_month < 0).all()
    assert (city.hh.pendamping == -1).all()
    assert not city.hh.verified.any()
    months = tables_of(plan)["months"]
    assert (months["pendamping"] == 0).all()
    assert (months["operations_idr"] == 0).all()
    assert months[["visits_done_share", "sessions_held_share"]].isna().all(axis=None)
    failed = (tables_of(plan)["ledger"].set_index("programme").loc["pkh", "returned_idr"] > 0).any()
    assert failed, "no payment failed, so that none was repaired proves nothing"


def test_without_staff_no_record_is_visited():
    """Nobody visits, so no visit is counted, whichever registry is in force."""
    months = months_of(months=30, operations_budget_bn_idr_per_year=0.0)
    assert (months["record_visits"] == 0).all(), months["record_visits"].to_dict()


def test_an_enumeration_that_is_not_paid_for_does_not_happen():
    settings = {"months": 12, "enumeration_interval_months": 6}
    unpaid = months_of(operations_budget_bn_idr_per_year=0.0, **settings)["record_age_months"]
    paid = months_of(**settings)["record_age_months"]
    assert paid.iloc[-1] < 12
    assert (unpaid.diff().iloc[1:] > 0).all(), "records were renewed though nobody paid for it"


def test_with_a_pendamping_for_25_families_nothing_is_dropped():
    months = months_of(months=36, caseload_per_pendamping=25.0)
    assert months["pendamping_families"].mean() < 30
    assert (months["hours_short_share"] == 0).all()
    assert (months["visits_done_share"] == 1).all()
    assert (months["sessions_held_share"] == 1).all()
    crowded = months_of(months=36, caseload_per_pendamping=450.0, seed=1)
    assert (crowded["hours_short_share"] > 0).any(), "the limit would hold however few they are"


# No money -----------------------------------------------------------------------------------------------------------


def test_without_money_nobody_is_paid_and_poverty_stays_what_it_is():
    plan = make_plan(months=24, idle_share=0.0, **NO_PROGRAMME)
    opening = AssistanceModel(plan).ledger
    months, ledger = tables_of(plan)["months"], tables_of(plan)["ledger"]
    for name in ("pkh", "sembako"):
        books = ledger[ledger["programme"] == name]
        assert (books["allocated_idr"] == getattr(opening, name).allocated_idr).all(), "money was released"
        assert (books["paid_idr"].diff().iloc[3:] <= 0).all(), "money was paid"
    split = ledger[["paid_idr", "waiting_idr", "returned_idr", "forfeited_idr"]].sum(axis=1)
    assert (ledger["allocated_idr"] == split).all()
    assert (months["enrolled_families"].iloc[3:] == 0).all()
    before = months["poverty_headcount_before_transfers"]
    lifted = before - months["poverty_headcount"]
    assert lifted.iloc[0] > 0, "no old money was left to consume"
    for name in ("headcount", "gap", "severity"):
        after = months[f"poverty_{name}"].iloc[12:]
        assert (after == months[f"poverty_{name}_before_transfers"].iloc[12:]).all()
    assert (months["received_idr"].iloc[12:] == 0).all()


def test_without_growth_and_programme_poverty_stays_where_it_is():
    """Over families the drift of five years is within its sampling error.

    Over persons the headcount falls by about 0.3 points: large families are poor when they are formed, and their size
    does not follow them when they become better off.
    """
    drift = {"families": [], "persons": []}
    for seed in SEEDS:
        months = months_of(months=60, seed=seed, **NO_GROWTH, **NO_PROGRAMME)
        families = months["poor_families"] / months["families"]
        persons = months["poverty_headcount_before_transfers"]
        for name, share in (("families", families), ("persons", persons)):
            drift[name].append(share.iloc[48:].mean() - share.iloc[:12].mean())
    for name, changes in drift.items():
        error = np.std(changes, ddof=1) / np.sqrt(len(changes))
        assert error < 0.005, "too noisy to tell"
        assert abs(np.mean(changes)) < 3 * error, (name, changes)


# Luck and order -----------------------------------------------------------------------------------------------------

OTHER_WORLDS = (
    {},
    {"targeting_method": "universal", "registry_update_interval_months": 1, **AMPLE},
    {"benefit_multiplier": 5.0, "empowerment_places_per_year": 20_000.0, "delivery_channel": "in_kind"},
    {"p2k2_sessions_per_month": 4.0, "conditionality_enforced": True, "enumeration_interval_months": 6},
    NO_PROGRAMME,
)


def test_a_familys_own_path_is_the_same_in_every_world():
    paths = []
    for world in OTHER_WORLDS:
        months = []
        lived(make_plan(months=24, **world), watch=lambda now, months=months: months.append(own_path(now)))
        paths.append(months)
    for months in paths[1:]:
        assert all(one.tobytes() == other.tobytes() for one, other in zip(paths[0], months, strict=True))
    families = paths[0][0].size
    assert families > 5_000
    moved = np.ptp([month[:families] for month in paths[0]], axis=0)
    assert (moved[np.isfinite(moved)] > 0).all(), "nothing ever happened to some family"


def own_path(now) -> np.ndarray:
    """Return what a family would have without any programme, nan where nobody lives."""
    return np.where(now.hh.active, now.hh.exogenous_log_consumption, np.nan)


def test_gains_from_the_programme_stand_apart_from_a_familys_own_path():
    gains, apart = [np.zeros(10**6)], []

    def compare(now):
        rows = np.flatnonzero(now.hh.active)
        own = now.hh.log_consumption[rows] - now.hh.exogenous_log_consumption[rows]
        apart.append(np.abs(own - gains[-1][rows]).max())
        gains.append(np.zeros(10**6))
        gains[-1][: now.hh.rows] = now.hh.programme_gain_log

    city = lived(make_plan(months=18, empowerment_places_per_year=20_000.0), watch=compare)
    assert max(apart[1:]) < 1e-12
    assert (city.hh.programme_gain_log > 0.01).sum() > 20


WORLDS = {
    "baseline": {},
    "fewer seats": {"pkh_quota_families": 5_000, "sembako_quota_families": 9_000},
    "community": {"targeting_method": "community", "seats_redrawn": True},
    "category": {
        "targeting_method": "categorical",
        "pkh_quota_families": 9_000,
        "sembako_quota_families": 12_000,
    },
    "universal": {"targeting_method": "universal"},
    "goods": {"delivery_channel": "in_kind", "empowerment_places_per_year": 2_000.0},
    "post": {"delivery_channel": "cash_post", "conditionality_enforced": True},
    "enumerated": {"enumeration_interval_months": 12, "registry_regime": "dtsen", "registry_coverage_share": 0.9},
    "slow bank": {"bank_processing_days": 60.0, "openings_per_month": 100.0},
}


@pytest.mark.parametrize("world", WORLDS)
def test_the_order_of_the_rows_tells_nothing(world):
    """Rows in another order, each with its luck, give the same tables but for rounding."""
    plan = make_plan(months=26, **WORLDS[world])
    start = cached_start(plan, live_through_history)
    order = np.random.default_rng(7).permutation(start.hh.rows)
    shuffled = record(plan, replace(start, hh=start.hh.take(order)))
    differing = [
        f"{name}.{column}"
        for name, table in tables_of(plan).items()
        for column in table
        if not same_but_for_rounding(table[column], shuffled[name][column])
    ]
    assert not differing, differing[:8]


def record(plan: Plan, start) -> dict[str, pd.DataFrame]:
    """Run a plan from a given starting state and return its tables."""
    city = AssistanceModel(plan, start=start)
    recorder = Recorder(city)
    city.measure = recorder.take
    while city.running:
        city.step()
    return recorder.tables()


def same_but_for_rounding(one: pd.Series, other: pd.Series) -> bool:
    """Tell whether two columns are equal, numbers within 1e-9 of each other."""
    if len(one) != len(other):
        return False
    if one.dtype.kind == "f":
        return np.allclose(one, other, rtol=1e-9, atol=1e-12, equal_nan=True)
    return one.equals(other)


# Scale --------------------------------------------------------------------------------------------------------------

AGREEING = (
    "poverty_headcount", "poverty_gap", "poverty_severity", "poverty_headcount_before_transfers", "exclusion_error",
    "exclusion_error_pkh", "exclusion_error_sembako", "inclusion_error", "leakage", "leakage_outside_deciles",
    "effective_exclusion_error", "registry_error", "cgh_ratio", "coverage_by_decile_01", "coverage_by_decile_10",
    "listed_share", "unlisted_poor_share", "duplicate_share", "listed_departed_share", "unmatchable_share",
    "paid_on_time_share", "entitlement_recorded_share", "satisfied_share", "participation_share",
    "conditions_met_share", "out_of_school_share", "informed_share",
)  # fmt: skip
LUMPY = (
    "unredeemed_share", "value_received_share", "hours_short_share", "visits_done_share", "sessions_held_share",
    "motivation",
)  # fmt: skip
"""They follow single agents and people, of whom a small city has few: one vacancy or full shop weighs more."""


def test_a_small_city_is_the_large_one_made_smaller():
    """Shares and poverty agree within three standard errors over seeds; of so many, one may lie a little beyond.

    Counts of agents and travel are exempt, and what follows single agents need only be near.
    """
    small, large = (
        pd.DataFrame([months_of(months=12, scale=scale, seed=seed, **NO_GROWTH).mean() for seed in seeds])
        for scale, seeds in ((0.1, SEEDS[:5]), (0.25, SEEDS[:4]))
    )
    apart = small.mean() - large.mean()
    error = np.sqrt(small.var(ddof=1) / len(small) + large.var(ddof=1) / len(large))
    errors_away = (apart / error)[list(AGREEING)]
    far = errors_away[errors_away.abs() > 3].round(1).to_dict()
    assert errors_away.abs().max() < 4, far
    assert len(far) <= 1, far
    assert apart[list(LUMPY)].abs().max() < 0.05


# The start ----------------------------------------------------------------------------------------------------------


def test_the_first_year_shows_nothing_of_the_start():
    """No measure trends in the first twelve months by more than its later spread from month to month.

    The trend is the mean over seeds. What moves all the time (families grow, records age, the lists made under one
    order for eight years slowly drift apart) is no mark of the start: the first year has to differ from the later ones
    as well, by five standard errors because there are so many measures. There is no exception.
    """
    runs = [months_of(months=36, seed=seed, **NO_GROWTH, **CONSTANT_BASELINE) for seed in range(1, 9)]
    trending = {}
    for name in MEASURES:
        series = np.array([run[name].to_numpy(float) for run in runs])
        first, later = (
            11 * np.polyfit(np.arange(part.shape[1]), part.T, 1)[0] for part in (series[:, :12], series[:, 12:])
        )
        spread = np.ptp(series[:, 12:].mean(axis=0)) + 1e-6 * np.abs(series).mean()
        error = (first - later).std(ddof=1) / np.sqrt(len(runs))
        if abs(first.mean()) > spread and abs((first - later).mean()) > 5 * error:
            trending[name] = f"{first.mean():.4g} in the first year, {later.mean():.4g} later, spread {spread:.4g}"
    assert not trending


# Money in time ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("channel", ["cash_post", "in_kind"])
def test_a_transfer_is_eaten_evenly_until_the_next_one(channel):
    """With steady lists and prompt payment, what families consume of it does not follow the days of payment."""
    support = months_of(
        "limits/frictionless", months=24, targeting_method="random", pkh_quota_families=15_000,
        sembako_quota_families=20_000, pkh_payment_cycle_months=3, sembako_payment_cycle_months=2,
        delivery_channel=channel, diversion_none_share=1.0,
    )["support_idr"].iloc[6:]  # fmt: skip
    smooth = support.rolling(6, center=True).mean()
    assert ((support / smooth).dropna() - 1).abs().max() < 0.12
