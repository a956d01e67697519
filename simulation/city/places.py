"""Where families live: kelurahan by voters and area, neighbourhoods (RT) of about a hundred families."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulation.geography import KECAMATAN, KELURAHAN
from simulation.households import Households
from simulation.randomness import Luck, normal_lanes, uniform_lanes

_KM_PER_DEGREE = 111.32
_CENTRE_LAT, _CENTRE_LON = -3.79556, 102.25917
_KECAMATAN_OF = {kecamatan.name: number for number, kecamatan in enumerate(KECAMATAN)}

KECAMATAN_OF_KELURAHAN = np.array([_KECAMATAN_OF[place.kecamatan] for place in KELURAHAN], np.int16)


def kelurahan_shares(density_exponent: float) -> np.ndarray:
    """Return each kelurahan's share of the city's families.

    Voters give the kecamatan (official kelurahan counts were not found); inside, area to a power below one, because the
    large kelurahan at the edge are thinly settled.
    """
    area = np.array([place.area_km2 for place in KELURAHAN]) ** density_exponent
    voters = np.array([kecamatan.voters_2024 for kecamatan in KECAMATAN], float)
    inside = area / np.bincount(KECAMATAN_OF_KELURAHAN, area)[KECAMATAN_OF_KELURAHAN]
    return inside * voters[KECAMATAN_OF_KELURAHAN] / voters.sum()


def centres_km() -> tuple[np.ndarray, np.ndarray]:
    """Return the centroids of the kelurahan in kilometres east and north of the city's centre."""
    lat = np.array([place.lat for place in KELURAHAN])
    lon = np.array([place.lon for place in KELURAHAN])
    east = (lon - _CENTRE_LON) * _KM_PER_DEGREE * np.cos(np.radians(_CENTRE_LAT))
    return east, (lat - _CENTRE_LAT) * _KM_PER_DEGREE


def largest_remainder(shares: np.ndarray, total: int) -> np.ndarray:
    """Split ``total`` into whole numbers in proportion to ``shares``."""
    exact = shares / shares.sum() * total
    counts = np.floor(exact).astype(np.int64)
    counts[np.argsort(counts - exact, kind="stable")[: total - counts.sum()]] += 1
    return counts


def settle(hh: Households, residents: int, seed: int, assumptions: Mapping) -> np.ndarray:
    """Give every row a kelurahan, an RT and a place; families below ``residents`` fill the city place by place.

    Returns
    -------
    Kelurahan of each RT, int16.
    """
    shares = kelurahan_shares(assumptions["settlement_density_exponent"])
    counts = largest_remainder(shares, residents)
    rts = np.maximum(1, np.round(counts / assumptions["families_per_rt"])).astype(np.int64)
    first_rt = np.concatenate([[0], np.cumsum(rts)])
    first_family = np.concatenate([[0], np.cumsum(counts)])
    lanes = uniform_lanes(seed, int(Luck.CITY_PLACE), 0, hh.luck_id)
    number = hh.luck_id.astype(np.int64)
    arriving = number >= residents
    settled = np.searchsorted(first_family[1:], number, side="right")
    home = np.where(arriving, np.searchsorted(np.cumsum(shares), lanes[0] * (1 - 1e-12)), settled)
    home = np.minimum(home, shares.size - 1)
    inside = np.where(arriving, lanes[1], (number - first_family[home]) / np.maximum(counts[home], 1))
    hh.kelurahan[:] = home
    hh.rt[:] = first_rt[home] + np.floor(inside * rts[home])
    kelurahan_of_rt = np.repeat(np.arange(shares.size, dtype=np.int16), rts)
    _place(hh, kelurahan_of_rt, seed, assumptions)
    return kelurahan_of_rt


def _place(hh: Households, kelurahan_of_rt: np.ndarray, seed: int, assumptions: Mapping) -> None:
    """Scatter the RT around the centroid of their kelurahan, and families around their RT."""
    east, north = centres_km()
    radius = np.sqrt(np.array([place.area_km2 for place in KELURAHAN]) / np.pi) * assumptions["settled_radius_share"]
    lanes = uniform_lanes(seed, int(Luck.RT_WELFARE), 1, np.arange(kelurahan_of_rt.size, dtype=np.uint32))
    distance = radius[kelurahan_of_rt] * np.sqrt(lanes[0])
    angle = 2 * np.pi * lanes[1]
    jitter = normal_lanes(seed, int(Luck.CITY_PLACE), 1, hh.luck_id) * 0.1
    hh.x_km[:] = (east[kelurahan_of_rt] + distance * np.cos(angle))[hh.rt] + jitter[0]
    hh.y_km[:] = (north[kelurahan_of_rt] + distance * np.sin(angle))[hh.rt] + jitter[1]
