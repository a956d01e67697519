"""Luck: the same numbers whoever asks, in any order, and the same for a family whatever else differs."""

import numpy as np
import pandas as pd
import pytest
from conftest import lived, make_plan, tables_of
from scipy.special import ndtri
from scipy.stats import kstest, poisson

from simulation import load_scenario, simulate
from simulation.city.synthesis import count_members, synthesise
from simulation.parameters import ASSUMPTIONS, LEVERS
from simulation.randomness import (
    Luck,
    inverse_normal,
    normal,
    normal_lanes,
    normal_of,
    normals,
    philox,
    uniform,
    uniform_lanes,
    uniforms,
)

FAMILIES = np.arange(2_000, dtype=np.uint32)


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        (
            (0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF),
            (0xFFFFFFFF, 0xFFFFFFFF),
            (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
        ),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
    ids=["zeros", "ones", "digits of pi"],
)
def test_philox_gives_the_published_answers(counter, key, words):
    """Known answers of Philox4x32 with ten rounds (Random123, kat_vectors)."""
    assert philox(*counter, *key) == words


@pytest.mark.parametrize("month", [-96, 0, 59])
@pytest.mark.parametrize("block", [0, 3])
def test_lanes_are_the_numbers_of_single_families(month, block):
    lanes = uniform_lanes(7, int(Luck.WELFARE), month, FAMILIES, block)
    bell = normal_lanes(7, int(Luck.WELFARE), month, FAMILIES, block)
    for family in (0, 1, 999, 1_999):
        assert tuple(lanes[:, family]) == uniforms(7, Luck.WELFARE, month, family, block)
        assert tuple(bell[:, family]) == normals(7, Luck.WELFARE, month, family, block)
        assert lanes[0, family] == uniform(7, Luck.WELFARE, month, family, block)
        assert bell[0, family] == normal(7, Luck.WELFARE, month, family, block)


def test_numbers_do_not_depend_on_who_else_asks():
    """A subset, another order or more families: everybody keeps their numbers."""
    everybody = uniform_lanes(1, int(Luck.CARDS), 5, FAMILIES)
    some = np.array([1_500, 3, 77], np.uint32)
    assert (uniform_lanes(1, int(Luck.CARDS), 5, some) == everybody[:, some]).all()
    assert (uniform_lanes(1, int(Luck.CARDS), 5, FAMILIES[:10]) == everybody[:, :10]).all()


def test_every_part_of_the_name_of_a_draw_counts():
    """Seed, decision, month, family, block and lane: each gives other numbers, and none resembles another."""
    named = {
        "seed": uniform_lanes(2, int(Luck.CARDS), 5, FAMILIES)[0],
        "decision": uniform_lanes(1, int(Luck.MISMATCH), 5, FAMILIES)[0],
        "month": uniform_lanes(1, int(Luck.CARDS), 6, FAMILIES)[0],
        "block": uniform_lanes(1, int(Luck.CARDS), 5, FAMILIES, 1)[0],
        "lane": uniform_lanes(1, int(Luck.CARDS), 5, FAMILIES)[1],
        "family": uniform_lanes(1, int(Luck.CARDS), 5, FAMILIES + 2_000)[0],
    }
    numbers = uniform_lanes(1, int(Luck.CARDS), 5, FAMILIES)[0]
    for part, others in named.items():
        assert not (numbers == others).any(), part
        assert abs(np.corrcoef(numbers, others)[0, 1]) < 4 / np.sqrt(FAMILIES.size), part


def test_no_two_decisions_share_a_number():
    assert len({int(decision) for decision in Luck}) == len(Luck.__members__)


def test_numbers_are_uniform_and_never_zero_or_one():
    numbers = uniform_lanes(3, int(Luck.SAMPLE), 0, np.arange(100_000, dtype=np.uint32)).ravel()
    assert numbers.min() > 0
    assert numbers.max() < 1
    assert kstest(numbers, "uniform").pvalue > 0.001


def test_normals_are_the_quantiles_of_uniforms():
    u = np.concatenate([np.geomspace(2.0**-33, 0.5, 2_000), 1 - np.geomspace(2.0**-33, 0.5, 2_000), [0.075, 0.925]])
    ours, theirs = np.array([inverse_normal(one) for one in u]), ndtri(u)
    np.testing.assert_allclose(ours, theirs, rtol=1e-13, atol=1e-14)
    assert (normal_of(u) == ours).all()


# The city and its luck ----------------------------------------------------------------------------------------------


def test_a_family_is_the_same_whichever_others_are_asked_for():
    assumptions = {key: one.default for key, one in ASSUMPTIONS.items()}
    many = synthesise(np.arange(3_000, dtype=np.uint32), 2_000, 1, assumptions)
    few = np.array([5, 1_999, 2_500], np.uint32)
    alone = synthesise(few, 2_000, 1, assumptions)
    for name in alone:
        assert (alone[name] == many[name][few]).all(), name


@pytest.mark.parametrize("world", [{}, {"registry_regime": "dtsen", "caseload_per_pendamping": 60.0}], ids=str)
def test_a_run_does_not_depend_on_how_long_it_goes_on(world):
    short, long = (tables_of(make_plan(months=months, **world)) for months in (8, 30))
    for name, table in short.items():
        beginning = long[name][long[name]["month"] <= table["month"].max()].reset_index(drop=True)
        pd.testing.assert_frame_equal(table, beginning, check_exact=True, obj=name)


@pytest.mark.parametrize("lever", [key for key in LEVERS if key != "disaster"])
def test_a_changed_lever_leaves_every_familys_own_path_alone(lever, path):
    """A disaster is left out: it is no rule of the programme but something that happens to families."""
    for end in LEVERS[lever].plausible:
        assert path(**{lever: end}) == path()


@pytest.fixture(scope="module")
def path():
    """Return a function that returns the bits of every family's own path under a policy."""
    known = {}

    def follow(**policy) -> bytes:
        name = str(policy)
        if name not in known:
            months = []
            plan = make_plan(months=7, scale=0.01, **policy)
            city = lived(plan, watch=lambda now: months.append(now.hh.exogenous_log_consumption.tobytes()))
            known[name] = b"".join([*months, city.hh.own_seen.tobytes(), city.hh.size.tobytes()])
        return known[name]

    return follow


@pytest.mark.parametrize("lever", LEVERS)
def test_a_lever_set_to_its_own_baseline_changes_no_bit(lever):
    """Up to the first dated change of the baseline, which a lever that is set in every month would replace."""
    assert_same_bits(
        make_plan(months=14, scale=0.02, **{lever: LEVERS[lever].default}), make_plan(months=14, scale=0.02)
    )


def test_an_assumption_set_to_its_own_value_changes_no_bit():
    ours = {key: one.default for key, one in ASSUMPTIONS.items() if one.role == "assumption"}
    assert_same_bits(make_plan(months=6, scale=0.02, **ours), make_plan(months=6, scale=0.02))


def test_a_run_can_be_repeated():
    plan = make_plan(months=8, scale=0.02, seed=5)
    for again in (simulate(plan), simulate(plan.with_(seed=6), seed=5)):
        for name, table in tables_of(plan).items():
            pd.testing.assert_frame_equal(again[name], table, check_exact=True, obj=name)


def test_a_plan_written_as_on_the_command_line_gives_the_same_bits():
    typed = load_scenario("baseline", overrides={"policy.caseload_per_pendamping": "150"}, months=8, scale=0.02)
    assert_same_bits(typed, make_plan(months=8, scale=0.02, caseload_per_pendamping=150))


def test_another_seed_is_another_city():
    one, other = (tables_of(make_plan(months=6, scale=0.02, seed=seed))["months"] for seed in (1, 2))
    assert not np.allclose(one["poverty_headcount"], other["poverty_headcount"])
    born_alike = tables_of(make_plan(months=6, scale=0.02, seed=2, city_seed=1))["months"]
    assert one["persons"].iloc[0] == pytest.approx(born_alike["persons"].iloc[0], rel=0.01)
    assert not np.allclose(one["poverty_headcount"], born_alike["poverty_headcount"], atol=1e-12)


def assert_same_bits(one, other) -> None:
    """Fail where a table of one plan differs from that of the other."""
    for name, table in tables_of(one).items():
        pd.testing.assert_frame_equal(table, tables_of(other)[name], check_exact=True, obj=name)


def test_the_size_of_a_family_is_the_poisson_quantile_of_its_luck():
    """Against SciPy's: one head and a Poisson number of others, fourteen persons at most."""
    rng = np.random.default_rng(1)
    luck, mean_others = rng.random(20_000), rng.uniform(0.3, 6.0, 20_000)
    size = np.zeros(luck.size, np.int8)
    count_members(luck, mean_others, size)
    np.testing.assert_array_equal(size, 1 + np.minimum(poisson.ppf(luck, mean_others), 13))
