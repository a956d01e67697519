"""Luck: every draw is named by (seed, decision, month, family), so it is the same whoever asks, in any order.

The generator is Philox4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3, SC 2011), held
to its published known answers by the tests. The key is (seed, decision), the counter (luck_id, month, block). One block
gives four numbers, the lanes; a decision that needs more says which block it wants.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from simulation.compiled import rule
from simulation.rows import rows_where


class Luck(IntEnum):
    """The decisions that luck enters. Never renumber: a number is part of every result.

    Who calls a rule from outside the rules gives it ``int(Luck.X)``: numba takes long to look up an enumeration.
    """

    CITY_PLACE = 1
    CITY_WELFARE = 2
    CITY_MEMBERS = 3
    CITY_TRAITS = 4
    RT_WELFARE = 5
    WELFARE = 10
    SCHOOL_YEAR = 13
    DISASTER = 14
    MATCHING = 20
    VERIFYING = 22
    ENUMERATION = 23
    REGISTER = 27
    REGIME = 26
    SELECTION = 30
    JUDGEMENT = 31
    EXITS = 33
    OPENING = 40
    CARDS = 41
    MISMATCH = 42
    TRANSFER = 43
    BANK_MONTH = 44
    COLLECTING = 50
    AGENT_CHOICE = 51
    AGENT_TRAITS = 52
    AGENT_MONTH = 53
    TRANSACTION = 54
    IN_KIND = 55
    STAFF = 60
    VISITS = 61
    SESSIONS = 62
    PARTICIPATION = 70
    EMPOWERMENT = 71
    CONDITIONS = 72
    SATISFACTION = 73
    EMERGENCY = 74
    RECORDED_COMPONENTS = 80
    SAMPLE = 90


_M0 = np.uint64(0xD2511F53)
_M1 = np.uint64(0xCD9E8D57)
_W0 = np.uint32(0x9E3779B9)
_W1 = np.uint32(0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_UNIT = 2.0**-32


@rule
def philox(counter0, counter1, counter2, counter3, key0, key1):
    """Return the four 32-bit words of Philox4x32 with ten rounds."""
    c0 = np.uint32(counter0)
    c1 = np.uint32(counter1)
    c2 = np.uint32(counter2)
    c3 = np.uint32(counter3)
    k0 = np.uint32(key0)
    k1 = np.uint32(key1)
    for _ in range(10):
        product0 = _M0 * np.uint64(c0)
        product1 = _M1 * np.uint64(c2)
        c0 = np.uint32(product1 >> _SHIFT) ^ c1 ^ k0
        c2 = np.uint32(product0 >> _SHIFT) ^ c3 ^ k1
        c1 = np.uint32(product1 & _LOW)
        c3 = np.uint32(product0 & _LOW)
        k0 = np.uint32(k0 + _W0)
        k1 = np.uint32(k1 + _W1)
    return c0, c1, c2, c3


@rule
def uniforms(seed, decision, month, luck_id, block=0):
    """Return four independent uniforms in (0, 1), never 0 or 1."""
    w0, w1, w2, w3 = philox(luck_id, month, block, 0, seed, decision)
    return (w0 + 0.5) * _UNIT, (w1 + 0.5) * _UNIT, (w2 + 0.5) * _UNIT, (w3 + 0.5) * _UNIT


@rule
def uniform(seed, decision, month, luck_id, block=0):
    """Return one uniform in (0, 1): the first lane."""
    return uniforms(seed, decision, month, luck_id, block)[0]


@rule
def _central_normal(q):
    """Return the normal quantile of ``0.5 + q`` for ``|q| <= 0.425``."""
    r = 0.180625 - q * q
    numerator = (
        ((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r
            + 45921.953931549871457) * r + 13731.693765509461125) * r + 1971.5909503065514427) * r
         + 133.14166789178437745) * r + 3.387132872796366608
    )  # fmt: skip
    denominator = (
        ((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r
            + 21213.794301586595867) * r + 5394.1960214247511077) * r + 687.1870074920579083) * r
         + 42.313330701600911252) * r + 1.0
    )  # fmt: skip
    return q * numerator / denominator


@rule
def inverse_normal(u):
    """Return the standard normal quantile (Wichura 1988, algorithm AS 241, about 16 digits)."""
    q = u - 0.5
    if abs(q) <= 0.425:
        return _central_normal(q)
    depth = _depth(u)
    value = _tail_normal(depth) if depth <= 5.0 else _far_normal(depth)
    return -value if q < 0 else value


@rule
def _depth(u):
    """Return how deep in a tail a uniform lies."""
    return np.sqrt(-np.log(u if u - 0.5 < 0 else 1.0 - u))


@rule
def _tail_normal(depth):
    """Return the normal quantile, without its sign, of a uniform in the tails."""
    r = depth - 1.6
    numerator = (
        ((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r
            + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.7694972214606914055) * r
         + 4.6303378461565452959) * r + 1.42343711074968357734
    )  # fmt: skip
    denominator = (
        ((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r
            + 0.14810397642748007459) * r + 0.68976733498510000455) * r + 1.6763848301838038494) * r
         + 2.05319162663775882187) * r + 1.0
    )  # fmt: skip
    return numerator / denominator


@rule
def _far_normal(depth):
    """Return the same for the outermost uniforms, whose depth is more than five."""
    r = depth - 5.0
    numerator = (
        ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r
            + 0.026532189526576123093) * r + 0.29656057182850489123) * r + 1.7848265399172913358) * r
         + 5.4637849111641143699) * r + 6.6579046435011037772
    )  # fmt: skip
    denominator = (
        ((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r
            + 7.868691311456132591e-4) * r + 0.0148753612908506148525) * r + 0.13692988092273580531) * r
         + 0.59983220655588793769) * r + 1.0
    )  # fmt: skip
    return numerator / denominator


@rule
def normals(seed, decision, month, luck_id, block=0):
    """Return four independent standard normals."""
    u0, u1, u2, u3 = uniforms(seed, decision, month, luck_id, block)
    return inverse_normal(u0), inverse_normal(u1), inverse_normal(u2), inverse_normal(u3)


@rule
def normal(seed, decision, month, luck_id, block=0):
    """Return one standard normal: the first lane."""
    return inverse_normal(uniforms(seed, decision, month, luck_id, block)[0])


@rule
def uniform_lanes(seed, decision, month, luck_ids, block=0):
    """Return the four uniforms of every ``luck_id``, shape (4, n).

    The loop is written out so that the compiler can take several families at a time; the numbers are those of
    ``uniforms``.
    """
    lanes = np.empty((4, luck_ids.size))
    _fill_lanes(seed, decision, month, block, luck_ids, lanes[0], lanes[1], lanes[2], lanes[3])
    return lanes


@rule
def _fill_lanes(seed, decision, month, block, luck_ids, lane0, lane1, lane2, lane3):
    month = np.uint32(month)
    block = np.uint32(block)
    for row in range(luck_ids.size):
        c0 = np.uint32(luck_ids[row])
        c1 = month
        c2 = block
        c3 = np.uint32(0)
        k0 = np.uint32(seed)
        k1 = np.uint32(decision)
        for _ in range(10):
            product0 = _M0 * np.uint64(c0)
            product1 = _M1 * np.uint64(c2)
            c0 = np.uint32(product1 >> _SHIFT) ^ c1 ^ k0
            c2 = np.uint32(product0 >> _SHIFT) ^ c3 ^ k1
            c1 = np.uint32(product1 & _LOW)
            c3 = np.uint32(product0 & _LOW)
            k0 = np.uint32(k0 + _W0)
            k1 = np.uint32(k1 + _W1)
        lane0[row] = (c0 + 0.5) * _UNIT
        lane1[row] = (c1 + 0.5) * _UNIT
        lane2[row] = (c2 + 0.5) * _UNIT
        lane3[row] = (c3 + 0.5) * _UNIT


@rule
def normal_of(u):
    """Return the standard normal quantile of every uniform: the numbers are those of ``inverse_normal``.

    The middle is taken for all and then the tails for those in them, each several at a time.
    """
    z = np.empty(u.size)
    in_tail = np.empty(u.size, np.bool_)
    for row in range(u.size):
        q = u[row] - 0.5
        z[row] = _central_normal(q)
        in_tail[row] = abs(q) > 0.425
    tails = rows_where(in_tail)
    depth = np.empty(tails.size)
    for place in range(tails.size):
        depth[place] = _depth(u[tails[place]])
    value = np.empty(tails.size)
    for place in range(tails.size):
        value[place] = _tail_normal(depth[place])
    for place in range(tails.size):
        size = value[place] if depth[place] <= 5.0 else _far_normal(depth[place])
        z[tails[place]] = -size if u[tails[place]] - 0.5 < 0 else size
    return z


@rule
def normal_lanes(seed, decision, month, luck_ids, block=0):
    """Return the four standard normals of every ``luck_id``, shape (4, n)."""
    lanes = uniform_lanes(seed, decision, month, luck_ids, block)
    for lane in range(4):
        lanes[lane] = normal_of(lanes[lane])
    return lanes
