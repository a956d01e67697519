"""The targeting experiment of 2008, replayed: hamlets of the model's families, a quota each, three ways to choose.

All three choose among the same families, by the model's own rules: the key of the score, the standing at a meeting of
neighbours, and the score among those whom the meeting names. What comes out is counted by the model's own measures.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from types import MappingProxyType

import numpy as np
import pandas as pd
from scipy.stats import beta, norm

from simulation.city.distribution import default_map
from simulation.city.places import KECAMATAN_OF_KELURAHAN
from simulation.city.synthesis import first_index, synthesise
from simulation.context import Now, Places, Standing, WelfareMap
from simulation.households import Households
from simulation.ledger import Ledger
from simulation.measures.crosstab import count_city
from simulation.measures.poverty import bin_of, histogram, poverty_indices
from simulation.measures.targeting import measure_targeting
from simulation.month.live import price
from simulation.month.ordering import community_standing, individual_keys
from simulation.plan import Plan

ARMS = ("score", "community", "hybrid")
_DRAWS = 2008
"""Keeps the draws of the experiment apart from those of the city, which are keyed by decisions."""


@cache
def design() -> Mapping:
    """Return how the experiment was laid out."""
    text = resources.files("simulation.evidence").joinpath("experiment.toml").read_text("utf-8")
    return MappingProxyType(tomllib.loads(text))


@dataclass(frozen=True, slots=True)
class Hamlets:
    """The families who take part, the seats of each hamlet, and the luck of the experiment."""

    plan: Plan
    hh: Households
    seats: np.ndarray
    """Seats of the hamlet in which a family lives; one number a family, a fraction of a seat allowed."""
    draws: np.random.Generator

    def month(self, method: str = "pmt", **columns: np.ndarray) -> Now:
        """Return a month of these families under one method, with some columns in place of theirs."""
        return _month(self.plan, Households(self.hh.by_name() | columns), method)


def hold_experiment(plan: Plan) -> dict[str, float]:
    """Hold the experiment on families of the plan's city and return what is measured, by arm and between arms."""
    hamlets = settle_hamlets(plan)
    keys = _keys(hamlets)
    arms = {arm: measure_arm(hamlets, fill_seats(hamlets, keys[arm])) for arm in ARMS}
    found = {f"{arm}.{name}": value for arm, values in arms.items() for name, value in values.items()}
    found |= _between(arms["score"], arms["community"])
    found |= _ranks(hamlets, keys["community"])
    return found | {"capture.gain_forgone": gain_forgone_by_capture(hamlets)}


def settle_hamlets(plan: Plan) -> Hamlets:
    """Draw hamlets of the model's families, their consumption in lines of the study, and their quotas."""
    laid_out, draws = design(), np.random.default_rng([_DRAWS, plan.seed])
    hamlets = max(round(laid_out["hamlets"] * min(1.0, plan.scale / laid_out["whole_at_scale"])), 20)
    families = hamlets * laid_out["families_per_hamlet"]
    hh = synthesise(np.arange(families, dtype=np.uint32), families, plan.city_seed, plan.assumptions)
    index, everybody = first_index(hh, plan.assumptions), np.ones(families, bool)
    hh = Households(hh.by_name() | {"welfare_index": index, "size": np.ones_like(hh.size), "listed": everybody})
    price(_month(plan, hh, "pmt", default_map(index, everybody.astype(float), plan.assumptions)))
    line = np.quantile(hh.log_consumption, laid_out["poor_share"])
    columns = {"log_consumption": hh.log_consumption - line, "record_score": _survey_score(hh, plan)}
    columns |= {"consumption": np.exp(columns["log_consumption"])}
    hh = Households(hh.by_name() | columns)
    return Hamlets(plan, hh, _seats(hh, draws), draws)


def _month(plan: Plan, hh: Households, method: str, welfare_map: WelfareMap | None = None) -> Now:
    """Return a month in which a method chooses, its formula fresh."""
    policy = plan.policy_in(0).replace({"targeting_method": method, "registry_regime": "dtks", "formula_age_months": 0})
    places = Places.of(hh, KECAMATAN_OF_KELURAHAN)
    return Now(
        0, plan.start, plan.seed, plan.scale, hh, policy, plan.assumptions, welfare_map, places, Standing(), Ledger()
    )


def _survey_score(hh: Households, plan: Plan) -> np.ndarray:
    """Return the score of every family as the experiment's survey had it: what proxies see, with the survey's error."""
    own = 1 / plan.assumptions.record_reliability - 1
    surveys = 1 / design()["score_reliability"] - 1
    error = hh.record_error * np.sqrt(surveys / own) if own > 0 else 0.0
    return hh.seen_welfare + error


def _seats(hh: Households, draws: np.random.Generator) -> np.ndarray:
    """Draw the quota of each hamlet, larger where more are poor, and return it as seats, one number a family."""
    families = np.bincount(hh.rt)
    poor = np.bincount(hh.rt, hh.log_consumption < 0) / np.maximum(families, 1)
    mean, sd, follows = (design()[f"quota_{name}"] for name in ("share", "sd", "poverty_correlation"))
    known = (poor - poor.mean()) / max(poor.std(), 1e-9)
    level = norm.cdf(follows * known + np.sqrt(1 - follows**2) * draws.standard_normal(poor.size))
    spread = mean * (1 - mean) / sd**2 - 1
    return (beta.ppf(level, mean * spread, (1 - mean) * spread) * families)[hh.rt]


def _keys(hamlets: Hamlets) -> dict[str, np.ndarray]:
    """Return every family's key in each arm, smallest first."""
    score, standing = np.empty(hamlets.hh.rows), np.empty(hamlets.hh.rows)
    now = hamlets.month()
    individual_keys(now, score)
    now.apply(community_standing, standing=standing)
    named = place_in_hamlet(hamlets, standing) <= now.assumptions.hybrid_shortlist_ratio * hamlets.seats
    return {"score": score, "community": standing, "hybrid": np.where(named, score, 100.0 + score)}


def place_in_hamlet(hamlets: Hamlets, key: np.ndarray) -> np.ndarray:
    """Return each family's place among its hamlet by the key: one half, one and a half, and so on."""
    return pd.Series(key).groupby(hamlets.hh.rt).rank(method="first").to_numpy() - 0.5


def fill_seats(hamlets: Hamlets, key: np.ndarray) -> np.ndarray:
    """Tell who is chosen: the smallest keys of each hamlet, as many as it has seats."""
    return place_in_hamlet(hamlets, key) <= hamlets.seats


def measure_arm(hamlets: Hamlets, chosen: np.ndarray) -> dict[str, float]:
    """Return the errors of a choice by the model's measures, and by group of consumption; all over families."""
    benefit = np.where(chosen, 1.0, 0.0)
    now = hamlets.month(in_pkh=np.zeros_like(chosen), in_sembako=chosen, support_idr=benefit)
    bins, persons = bin_of(now.hh.consumption), np.ones(chosen.size)
    people, _ = histogram(bins, now.hh.consumption, persons)
    row = measure_targeting(now, count_city(now), persons, bins, people)
    poor = row["poor_families"] / chosen.size
    row["mistargeted"] = poor * row["exclusion_error"] + (1 - poor) * row["inclusion_error"]
    row |= _errors_by_group(now.hh.log_consumption, chosen)
    deciles = np.array([row[f"coverage_by_decile_{number:02d}"] for number in range(1, 11)])
    row |= {"poorest_decile": deciles[0], "poorest_two": deciles[:2].mean(), "deciles": deciles}
    return row


def _errors_by_group(log_consumption: np.ndarray, chosen: np.ndarray) -> dict[str, float]:
    """Return the share placed wrongly of the poorer half of the poor and of the other half."""
    poor = log_consumption < 0
    half = np.median(log_consumption[poor])
    return {
        "very_poor": float((~chosen)[poor & (log_consumption < half)].mean()),
        "near_poor": float((~chosen)[poor & (log_consumption >= half)].mean()),
    }


def _between(score: Mapping, community: Mapping) -> dict[str, float]:
    """Return what sets the arms of the score and of the community apart, and how far each is from the data."""
    less = {name: community[name] - score[name] for name in ("mistargeted", "poorest_decile", "poorest_two")}
    less["near_poor"] = community["near_poor"] - score["near_poor"]
    found = {f"community_less_score.{name}": value for name, value in less.items()}
    found["score_less_community.very_poor"] = score["very_poor"] - community["very_poor"]
    for arm, measured in (("score", score), ("community", community)):
        distance = measured["deciles"] - np.array(design()["coverage_by_decile"][arm])
        found[f"{arm}.decile_misfit"] = float(np.sqrt(np.mean(distance**2)))
    return found


def _ranks(hamlets: Hamlets, standing: np.ndarray) -> dict[str, float]:
    """Return how the community's order agrees, inside hamlets, with consumption and with what families say."""
    hh = hamlets.hh
    consumption = rank_correlation_within(hh.rt, standing, hh.log_consumption)
    own = rank_correlation_within(hh.rt, standing, self_assessment(hamlets))
    return {
        "community.rank_consumption": consumption,
        "community.rank_self_assessment": own,
        "community.self_assessment_less_consumption": own - consumption,
    }


def self_assessment(hamlets: Hamlets) -> np.ndarray:
    """Ask every family for its own wealth on a ladder of six steps, 0 the poorest."""
    asked, hh = design()["self_assessment"], hamlets.hh
    weights = [asked[name] for name in ("seen", "unseen", "own_view")]
    shares = hamlets.plan.assumptions
    unseen = (hh.welfare_index - np.sqrt(shares.welfare_share_seen) * hh.seen_welfare) / np.sqrt(
        shares.welfare_share_unseen + shares.welfare_share_transitory
    )
    noise = np.sqrt(1 - np.sum(np.square(weights))) * hamlets.draws.standard_normal(hh.rows)
    feeling = weights[0] * hh.seen_welfare + weights[1] * unseen + weights[2] * hh.self_view + noise
    return np.searchsorted(np.quantile(feeling, np.cumsum(asked["steps"])[:-1]), feeling)


def rank_correlation_within(group: np.ndarray, one: np.ndarray, other: np.ndarray) -> float:
    """Return the rank correlation of two columns inside groups, the mean over groups that have one."""
    groups = np.bincount(group)
    ranks = [pd.Series(values).groupby(group).rank().to_numpy() for values in (one, other)]
    off = [rank - (np.bincount(group, rank) / np.maximum(groups, 1))[group] for rank in ranks]
    together, first, second = (np.bincount(group, x * y) for x, y in ((off[0], off[1]), (off[0],) * 2, (off[1],) * 2))
    counted = first * second > 0
    return float(np.mean(together[counted] / np.sqrt(first[counted] * second[counted])))


def gain_forgone_by_capture(hamlets: Hamlets) -> float:
    """Return by how much the programme would lower the poverty gap more if kin of leaders had no advantage."""
    without = replace(hamlets, plan=hamlets.plan.override({"assumptions.connected_bonus": 0.0}))
    gains = []
    for village in (hamlets, without):
        key = np.empty(village.hh.rows)
        individual_keys(village.month("by_regime"), key)
        gains.append(_gap_closed(village, fill_seats(village, key)))
    return gains[1] / gains[0] - 1


def _gap_closed(hamlets: Hamlets, chosen: np.ndarray) -> float:
    """Return by how much the transfer to the chosen lowers the poverty gap."""
    before = hamlets.hh.consumption
    weight, everybody = np.ones(before.size), np.arange(before.size)
    after = before + np.where(chosen, design()["transfer_lines"], 0.0)
    gaps = [poverty_indices(consumption, weight, everybody, weight.sum())[1] for consumption in (before, after)]
    return float(gaps[0] - gaps[1])
