"""Families from a survey: which household each family of the city is, and what it takes over from it.

The family keeps the place and the neighbourhood that it was given. The rank of its seen welfare finds households of a
similar proxy score, the rank of the rest of its welfare finds one among them; both ranks are uniform over the city, so
that every household is drawn in proportion to its weight.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.special import ndtr

from simulation.households import Households
from simulation.microdata.donors import Donors


def adopt(hh: Households, donors: Donors, assumptions: Mapping) -> np.ndarray:
    """Give every family the score, the consumption and the size of a household of the survey; return its number."""
    unseen_share, passing_share = assumptions["welfare_share_unseen"], assumptions["welfare_share_transitory"]
    own_unseen = np.sqrt(1 - assumptions["unseen_rt_share"])
    rest_share = max(unseen_share + passing_share, 1e-9)
    rest = np.sqrt(unseen_share) * (hh.rt_unseen + own_unseen * hh.own_unseen) + np.sqrt(passing_share) * hh.transitory
    chosen = donors.choose(ndtr(hh.seen_welfare), ndtr(rest / np.sqrt(rest_share)))
    seen = donors.seen[chosen]
    hh.own_seen[:] = (seen - hh.rt_seen) / np.sqrt(1 - assumptions["seen_rt_share"])
    hh.seen_welfare[:] = seen
    missing = _rest_of(donors.index[chosen], seen, assumptions) - rest
    hh.own_unseen[:] += missing * np.sqrt(unseen_share) / rest_share / own_unseen
    hh.transitory[:] += missing * np.sqrt(passing_share) / rest_share
    hh.size[:] = donors.size[chosen]
    return chosen


def _rest_of(index: np.ndarray, seen: np.ndarray, assumptions: Mapping) -> np.ndarray:
    """Return what the parts of welfare that proxies do not see must be, for the index to be what it is."""
    rest = index - np.sqrt(assumptions["welfare_share_seen"]) * seen
    if assumptions["welfare_tails"] == "normal":
        return rest
    spread = np.clip(
        1 - assumptions["index_heteroskedasticity"] * seen,
        assumptions["index_spread_floor"],
        assumptions["index_spread_ceiling"],
    )
    return (rest - assumptions["index_convexity"] * (seen**2 - 1)) / spread


def count_known_members(hh: Households, donors: Donors, chosen: np.ndarray) -> np.ndarray:
    """Take over the members whom the survey counts by group; return how many they are in each family."""
    known = np.zeros(hh.rows, np.int64)
    for group, counts in donors.members.items():
        hh[group][:] = counts[chosen]
        known += hh[group]
    return known
