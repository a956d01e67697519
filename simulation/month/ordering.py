"""In which order families enter a list: one key a family, the smallest first, by the rule in force, up to a limit."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulation.compiled import rule
from simulation.context import Now
from simulation.households import LISTS


def order_rule(policy: Mapping) -> str:
    """Return the ordering rule in force: the method that the policy sets, or that of the registry's regime."""
    method = policy["targeting_method"]
    return policy["registry_regime"] if method == "by_regime" else method


def knows_all(policy: Mapping) -> bool:
    """Tell whether the rule looks at families themselves, whatever the registry knows; then categories do not bind."""
    return policy["targeting_method"] in ("perfect", "universal", "random")


def score_weight(now: Now) -> float:
    """Return how much the key moves with the record's score."""
    by_score = order_rule(now.policy) in ("dtsen", "pmt", "self_targeting", "hybrid")
    return float(np.cos(formula_angle(now))) if by_score else 0.0


def formula_angle(now: Now) -> float:
    """Return how far an old formula points away from the true one, in radians.

    The true weights of the proxies drift a little each year; the formula keeps those of its date.
    """
    years = now.policy.formula_age_months / 12
    return float(np.arctan(now.assumptions.formula_drift_per_year * np.sqrt(2 * years)))


def decile_limits(now: Now) -> dict[str, float]:
    """Return the highest score of a record that each programme accepts; infinite where deciles do not bind."""
    by_score = order_rule(now.policy) in ("dtsen", "pmt", "hybrid", "self_targeting")
    if not by_score:
        return dict.fromkeys(LISTS, np.inf)
    hh = now.hh
    decile = now.policy.eligible_decile_max
    shares = np.array([decile, min(decile + now.assumptions.sembako_extra_deciles, 10)]) / 10
    limits = score_quantiles(hh.record_score, hh.size * (hh.listed & hh.active), shares)
    limits[shares >= 1] = np.inf
    return dict(zip(LISTS, limits, strict=True))


@rule
def score_quantiles(score, persons, shares):
    """Return quantiles of the recorded score over persons, on bins of 0.002 standard deviations."""
    bins = 6000
    weight = np.zeros(bins)
    for row in range(score.size):
        weight[min(max(int((score[row] + 6.0) * (bins / 12.0)), 0), bins - 1)] += persons[row]
    total = weight.sum()
    found = np.empty(shares.size)
    for number in range(shares.size):
        reached = 0.0
        place = 0
        while place < bins - 1 and reached + weight[place] <= shares[number] * total:
            reached += weight[place]
            place += 1
        found[number] = -6.0 + place * (12.0 / bins)
    return found


def individual_keys(now: Now, keys: np.ndarray) -> None:
    """Write every family's key by a rule that looks at one family at a time."""
    now.apply(_KEYS[order_rule(now.policy)], keys=keys, angle=formula_angle(now))


@rule
def judge_locally(
    keys, listed, welfare_index, judgement_noise, connected, local_judgement_signal, connected_bonus
):  # fmt: skip
    """Order the listed as people of the place judge them, kin of leaders first (DTKS)."""
    signal = local_judgement_signal
    noise = np.sqrt(1 - signal**2)
    for row in range(keys.size):
        bonus = connected_bonus if connected[row] else 0.0
        key = signal * welfare_index[row] + noise * judgement_noise[row] - bonus
        keys[row] = key if listed[row] else np.inf


@rule
def follow_score(keys, angle, listed, record_score, formula_direction):
    """Order the listed by the score of the record, as the formula in use weighs it (DTSEN, proxy means test)."""
    along, across = np.cos(angle), np.sin(angle)
    for row in range(keys.size):
        score = along * record_score[row] + across * formula_direction[row]
        keys[row] = score if listed[row] else np.inf


@rule
def let_apply(
    keys, angle, listed, record_score, formula_direction, informed, application_luck, welfare_index,
    self_targeting_intercept, self_targeting_gradient,
):  # fmt: skip
    """Order by score those of the listed who know and take the trouble to apply; the better off seldom do."""
    follow_score(keys, angle, listed, record_score, formula_direction)
    for row in range(keys.size):
        wants = 1 / (1 + np.exp(-(self_targeting_intercept - self_targeting_gradient * welfare_index[row])))
        keys[row] = keys[row] if informed[row] and application_luck[row] < wants else np.inf


@rule
def count_groups(
    keys, listed, lottery, recorded_pregnant, recorded_young_children, recorded_elderly, recorded_disabled,
):  # fmt: skip
    """Order the listed by how many of four groups their record shows, then by lottery."""
    for row in range(keys.size):
        groups = (
            min(recorded_pregnant[row], 1) + min(recorded_young_children[row], 1)
            + min(recorded_elderly[row], 1) + min(recorded_disabled[row], 1)
        )  # fmt: skip
        keys[row] = lottery[row] - groups if listed[row] and groups > 0 else np.inf


@rule
def draw_lots(keys, active, lottery):
    """Order everybody by lottery."""
    for row in range(keys.size):
        keys[row] = lottery[row] if active[row] else np.inf


@rule
def know_consumption(keys, active, log_consumption):
    """Order the poor by what they truly consume."""
    for row in range(keys.size):
        keys[row] = log_consumption[row] if active[row] and log_consumption[row] < 0.0 else np.inf


_KEYS = {
    "dtks": judge_locally,
    "dtsen": follow_score,
    "pmt": follow_score,
    "self_targeting": let_apply,
    "categorical": count_groups,
    "random": draw_lots,
    "universal": draw_lots,
    "perfect": know_consumption,
}
"""The ordering rules that need nothing but the family's own row."""


def community_keys(now: Now, quota: int, *, score_last: bool) -> np.ndarray:
    """Return keys from meetings of each RT, which rank their own families for their part of the quota.

    The part follows mapped poverty. With ``score_last`` (hybrid) the meetings only make a short list, and the score of
    the record decides among those on it.
    """
    hh = now.hh
    standing = np.empty(hh.rows)
    now.apply(community_standing, standing=standing)
    need = np.where(hh.listed & hh.active, np.exp(-hh.rt_seen) * hh.size, 0.0)
    seats = quota * np.bincount(hh.rt, need, now.places.rts) / max(need.sum(), 1e-9)
    ratio = (_rank_in_group(hh.rt, np.where(hh.listed, standing, np.inf)) + 0.5) / np.maximum(seats[hh.rt], 1e-9)
    if not score_last:
        return ratio
    angle = formula_angle(now)
    score = np.cos(angle) * hh.record_score + np.sin(angle) * hh.formula_direction
    return np.where(ratio <= now.assumptions.hybrid_shortlist_ratio, score, 100.0 + score)


def _rank_in_group(group: np.ndarray, value: np.ndarray) -> np.ndarray:
    """Return each row's place, from 0, among the rows of its group by value."""
    order = np.lexsort((value, group))
    starts = np.cumsum(np.bincount(group)) - np.bincount(group)
    rank = np.empty(group.size)
    rank[order] = np.arange(group.size) - starts[group[order]]
    return rank


@rule
def community_standing(
    standing, meeting_noise, seen_welfare, welfare_index, self_view,
    welfare_share_seen, welfare_share_unseen, welfare_share_transitory, index_convexity,
    community_weight_seen, community_weight_rest, community_weight_wealth, community_kink_slope, community_kink_at,
):  # fmt: skip
    """Write how well off neighbours think each family is: what they see, how it sees itself, and plain destitution."""
    rest = np.sqrt(welfare_share_unseen + welfare_share_transitory)
    noise = np.sqrt(max(1 - community_weight_seen**2 - community_weight_rest**2 - community_weight_wealth**2, 0.0))
    for row in range(standing.size):
        seen = seen_welfare[row]
        unseen = (welfare_index[row] - np.sqrt(welfare_share_seen) * seen - index_convexity * (seen * seen - 1)) / rest
        standing[row] = (
            community_weight_seen * seen
            + community_weight_rest * unseen
            + community_weight_wealth * self_view[row]
            + noise * meeting_noise[row]
            + community_kink_slope * min(0.0, welfare_index[row] - community_kink_at)
        )
