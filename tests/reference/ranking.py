"""In which order families enter a list: the keys of every rule, smallest first."""

import math

AT_RANDOM = ("perfect", "universal", "random")
"""Rules that look at the families themselves, whatever the registry knows."""
BY_SCORE = ("dtsen", "pmt", "hybrid", "self_targeting")


def order_rule(policy) -> str:
    """Return the rule in force: the method set, or that of the registry's regime."""
    return policy.registry_regime if policy.targeting_method == "by_regime" else policy.targeting_method


def formula_angle(model) -> float:
    """Return how far an old formula points away from the true one."""
    years = model.policy.formula_age_months / 12
    return math.atan(model.assumptions.formula_drift_per_year * math.sqrt(2 * years))


def score_weight(model) -> float:
    """Return how much a key moves with the recorded score."""
    return math.cos(model.ministry.formula_angle) if order_rule(model.policy) in BY_SCORE else 0.0


def formula_score(family) -> float:
    angle = family.model.ministry.formula_angle
    return math.cos(angle) * family.record_score + math.sin(angle) * family.formula_direction


def queue_key(family, method: str) -> float:
    """Return a family's key by a rule that looks at one family at a time."""
    a = family.model.assumptions
    if method == "perfect":
        return family.log_consumption if family.active and family.log_consumption < 0 else math.inf
    if method in ("random", "universal"):
        return family.lottery if family.active else math.inf
    if not family.listed:
        return math.inf
    if method == "dtks":
        signal = a.local_judgement_signal
        judged = signal * family.welfare_index + math.sqrt(1 - signal**2) * family.judgement_noise
        return judged - (a.connected_bonus if family.connected else 0.0)
    if method == "self_targeting":
        wish = a.self_targeting_intercept - a.self_targeting_gradient * family.welfare_index
        applies = family.informed and family.application_luck < 1 / (1 + math.exp(-wish))
        return formula_score(family) if applies else math.inf
    if method == "categorical":
        groups = (family.recorded_pregnant, family.recorded_young_children)
        groups += (family.recorded_elderly, family.recorded_disabled)
        counted = sum(min(group, 1) for group in groups)
        return family.lottery - counted if counted else math.inf
    return formula_score(family)


def meeting_keys(model, quota: int, method: str) -> list[float]:
    """Return keys from meetings of each RT, which rank their own families for their part of the quota.

    With the method ``hybrid`` meetings only make a short list, and the recorded score decides among those on it.
    """
    rts = {}
    for family in model.households:
        rts.setdefault(family.rt, []).append(family)
    needs = {rt: sum(need_of(family) for family in families) for rt, families in rts.items()}
    in_all = max(sum(needs.values()), 1e-9)
    ratios = {}
    for rt, families in rts.items():
        seats = max(quota * needs[rt] / in_all, 1e-9)
        listed = sorted((family for family in families if family.listed), key=standing)
        for place, family in enumerate(listed):
            ratios[family] = (place + 0.5) / seats
    if method == "community":
        return [ratios.get(family, math.inf) for family in model.households]
    most = model.assumptions.hybrid_shortlist_ratio
    return [
        formula_score(family) + (0.0 if ratios.get(family, math.inf) <= most else 100.0) for family in model.households
    ]


def need_of(family) -> float:
    """Return a family's weight in the mapped poverty of its RT."""
    return math.exp(-family.rt_seen) * family.size if family.listed and family.active else 0.0


def standing(family) -> float:
    """Return how well off neighbours think a family is: what they see, how it sees itself, and plain destitution."""
    a = family.model.assumptions
    seen = family.seen_welfare
    rest = math.sqrt(a.welfare_share_unseen + a.welfare_share_transitory)
    unseen = family.welfare_index - math.sqrt(a.welfare_share_seen) * seen - a.index_convexity * (seen * seen - 1)
    explained = a.community_weight_seen**2 + a.community_weight_rest**2 + a.community_weight_wealth**2
    return (
        a.community_weight_seen * seen
        + a.community_weight_rest * unseen / rest
        + a.community_weight_wealth * family.self_view
        + math.sqrt(max(1 - explained, 0.0)) * family.meeting_noise
        + a.community_kink_slope * min(0.0, family.welfare_index - a.community_kink_at)
    )
