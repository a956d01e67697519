"""What holds under every plan: plans are drawn over the bounds of all levers at once, and every month is checked."""

import os

import numpy as np
import pytest
from conftest import make_plan
from hypothesis import HealthCheck, Phase, assume, example, given, settings
from hypothesis import strategies as st

from simulation import AssistanceModel
from simulation.context import Now
from simulation.experiments.recorder import Recorder
from simulation.geography import kelurahan_names
from simulation.households import Stage
from simulation.ledger import PROGRAMMES
from simulation.measures import MEASURES
from simulation.model import release
from simulation.parameters import LEVERS

EXAMPLES = 200 if os.environ.get("CI") else 40
PHASES = set(Phase) - (set() if os.environ.get("SHRINK") else {Phase.shrink, Phase.explain})
"""Making a failing plan simpler takes minutes: ``SHRINK=1`` asks for it."""
STARTS = ("2023-03", "2023-06", "2023-11", "2025-01")
"""First months: an ordinary one, and ones before the school year, the end of the books, and a new registry."""
MONTHS = 4


def values_of(lever) -> st.SearchStrategy:
    """Return a strategy for all that a scenario may set the lever to."""
    if lever.kind == "bool":
        values = st.booleans()
    elif lever.kind == "choice":
        values = st.sampled_from(lever.choices)
    elif lever.kind == "events":
        disaster = st.fixed_dictionaries(
            {
                "month": st.integers(0, MONTHS - 1),
                "kelurahan": st.sampled_from(kelurahan_names()),
                "severity": st.floats(0, 1),
            }
        )
        values = st.lists(disaster, max_size=2)
    elif lever.kind == "int":
        values = st.integers(*(int(bound) for bound in lever.bounds))
    else:
        values = st.floats(*lever.bounds)
    if lever.kind in ("int", "float"):
        values |= st.sampled_from(lever.bounds) | st.just(lever.default)
        if lever.plausible:
            values |= st.sampled_from(lever.plausible)
    return values | st.none() if lever.optional else values


PLANS = st.fixed_dictionaries({key: values_of(lever) for key, lever in LEVERS.items()})
BASELINE = {key: lever.default for key, lever in LEVERS.items()}

SPENT_TO_THE_LAST_RUPIAH = {
    "operations_budget_bn_idr_per_year": 3.0,
    "pendamping_pay_idr_per_month": 800_000.0,
    "ewarong_inspections_per_month": 0.0,
}
"""Staff and operators take the whole operations budget, and a rounding error more."""
HIT_TWICE = [{"month": month, "kelurahan": "Pekan Sabtu", "severity": 1.0} for month in (0, 1)]


@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, phases=PHASES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(policy=PLANS, start=st.sampled_from(STARTS), seed=st.integers(0, 2**32 - 1))
@example(policy=BASELINE, start="2023-03", seed=1)
@example(policy=BASELINE | {"pkh_quota_families": 0, "sembako_quota_families": 0}, start="2023-11", seed=2)
@example(policy=BASELINE | {"benefit_multiplier": 0.0, "targeting_method": "universal"}, start="2023-11", seed=3)
@example(
    policy=BASELINE | {"caseload_per_pendamping": 1000.0, "operator_visits_per_month": 0.0}, start="2025-01", seed=4
)
@example(policy=BASELINE | {"benefit_multiplier": 1e-9, "families_per_ewarong": 20.0}, start="2023-03", seed=5)
@example(policy=BASELINE | SPENT_TO_THE_LAST_RUPIAH, start="2023-03", seed=6)
@example(policy=BASELINE | {"disaster": HIT_TWICE}, start="2023-03", seed=7)
def test_what_always_holds(policy, start, seed):
    """Plans that Hypothesis makes up, and ones that went wrong before."""
    assume(policy["max_years_in_programme"] is None or policy["targeting_method"] != "universal")
    live_and_check(policy, start, seed)


def test_what_holds_in_any_world():
    """As many plans drawn evenly, because Hypothesis likes to stay near what it has tried."""
    for number in range(EXAMPLES):
        dice = np.random.default_rng(number)
        policy = {key: drawn(lever, dice) for key, lever in LEVERS.items()}
        if policy["targeting_method"] == "universal":
            policy["max_years_in_programme"] = None
        start = str(dice.choice(STARTS))
        try:
            live_and_check(policy, start, number)
        except AssertionError as error:
            error.add_note(f"seed {number}, start {start}, policy {policy}")
            raise


def drawn(lever, dice: np.random.Generator) -> object:
    """Draw a value of a lever: any within its bounds, or one of their ends."""
    if lever.optional and dice.random() < 0.5:
        return None
    if lever.kind == "bool":
        return bool(dice.integers(2))
    if lever.kind == "choice":
        return str(dice.choice(lever.choices))
    if lever.kind == "events":
        place = str(dice.choice(kelurahan_names()))
        months = dice.integers(MONTHS, size=dice.integers(3))
        return [{"month": int(month), "kelurahan": place, "severity": 0.8} for month in months]
    low, high = lever.bounds if dice.random() < 0.5 or not lever.plausible else lever.plausible
    value = float(dice.choice([low, high, dice.uniform(low, high), lever.default or low]))
    return round(value) if lever.kind == "int" else value


def live_and_check(policy: dict, start: str, seed: int) -> None:
    """Live some months under a policy, and check each of them."""
    plan = make_plan(months=MONTHS, seed=seed, city_seed=1, scale=0.005, **policy_of(policy, start))
    city = AssistanceModel(plan)
    recorder = Recorder(city)
    for _ in range(MONTHS):
        city.step()
        recorder.take(city.now)
        city.hh.check()
        check_books(city)
        check_measures(recorder.months[-1], city.now)
        check_columns(city.hh)
    check_tables(recorder.tables())
    release(city)


def policy_of(policy: dict, start: str) -> dict:
    """Return the settings for ``make_plan``, disasters dated within the run."""
    year, month = int(start[:4]), int(start[5:])
    disasters = [
        one | {"month": f"{year + (month - 1 + one['month']) // 12}-{(month - 1 + one['month']) % 12 + 1:02d}"}
        for one in policy["disaster"]
    ]
    return policy | {"disaster": disasters, "start": start}


def check_books(city: AssistanceModel) -> None:
    """Balance the books to the rupiah, and recount over the families what waits and what came back."""
    for name in PROGRAMMES:
        account = getattr(city.ledger, name)
        assert account.balanced(), (name, account)
        assert min(account.row().values()) >= 0, (name, account)
        assert all(type(amount) is int for amount in account.row().values())
    for name in ("pkh", "sembako"):
        account = getattr(city.ledger, name)
        assert account.waiting_idr == city.hh[f"{name}_waiting_idr"].sum()
        assert account.returned_idr == city.hh[f"{name}_returned_idr"].sum()
    assert city.ledger.emergency.waiting_idr == city.hh.aid_due_idr.sum()
    assert city.ledger.empowerment.waiting_idr == city.ledger.operations.waiting_idr == 0


def check_columns(hh) -> None:
    """Check what ties columns together."""
    assert (hh.log_consumption[hh.active] > -15).all()
    assert np.isfinite(hh.consumption_after[hh.active]).all()
    assert (hh.consumption_after >= hh.consumption - 1e-12)[hh.active].all()
    assert (hh.size[hh.active] >= 1).all()
    assert ((hh.welfare_rank >= 0) & (hh.welfare_rank <= 1)).all()
    assert ((hh.sembako_value_share >= 0) & (hh.sembako_value_share <= 1)).all()
    assert not (hh.listed & ~hh.active & (hh.departed_month < 0) & (hh.arrived_month > 0)).any()
    for name in ("pkh", "sembako"):
        assert ((hh[f"{name}_waiting_months"] > 0) == (hh[f"{name}_waiting_idr"] > 0)).all()
    assert (hh.out_of_school <= hh.sd_pupils + hh.smp_pupils + hh.sma_pupils)[hh.active].all()


BEYOND_ONE = {
    "watts": (0, 20), "watts_before_transfers": (0, 20), "cgh_ratio": (0, 2.5), "concentration_coefficient": (-1, 1),
    "targeting_differential": (-1, 1), "cost_per_rupiah_delivered": (-np.inf, np.inf),
    "cost_per_poor_person_lifted": (-np.inf, np.inf),
}  # fmt: skip
"""Measures of the kind ``share`` that are no part of a whole, and their range; a month's cost is less than nothing
where more is taken back from untouched accounts than is paid."""


def check_measures(row: dict[str, float], now: Now) -> None:
    """Check that shares are shares, amounts are not negative, and nothing is nan where somebody is counted."""
    people = counted(now)
    assert set(row) == set(MEASURES)
    for name, value in row.items():
        if np.isnan(value):
            of = people.get(DENOMINATOR.get(name, "nothing can be nan"), 1)
            assert of == 0, f"{name} is nan, though it is over {of} of {DENOMINATOR.get(name)}"
        elif MEASURES[name].kind == "share":
            low, high = BEYOND_ONE.get(name, (0, 1))
            assert low - 1e-9 <= value <= high + 1e-9, (name, value)
        elif name != "transfers_paid_idr" and name != "cost_idr":  # less what is taken back from accounts
            assert value >= 0, (name, value)


def counted(now: Now) -> dict[str, float]:
    """Count whom a measure is over, from the columns themselves."""
    hh = now.hh
    poor = hh.active & (hh.log_consumption < 0)
    enrolled = hh.in_pkh | hh.in_sembako
    component = (hh.pkh_entitlement_idr > 0) | hh.in_pkh
    stages = [(hh.in_pkh, hh.pkh_stage), (hh.in_sembako, hh.sembako_stage)]
    pupils = hh.sd_pupils + hh.smp_pupils + hh.sma_pupils
    members = pupils + hh.young_children + hh.elderly + hh.disabled + (hh.pregnant > 0)
    pkh_living = hh.in_pkh & hh.active
    return {
        "the poor": poor.sum(),
        "poor families with a component": (poor & component).sum(),
        "the poor of the year": (hh.active & (hh.consumption_year < 1)).sum(),
        "the non-poor": (hh.active & ~poor).sum(),
        "non-poor families with a component": (hh.active & ~poor & component).sum(),
        "the poor and the non-poor": min(poor.sum(), (hh.active & ~poor).sum()),
        "list entries": enrolled.sum(),
        "entries of pkh": hh.in_pkh.sum(),
        "entries of sembako": hh.in_sembako.sum(),
        "persons enrolled": (enrolled & hh.active).sum(),
        "persons of pkh": pkh_living.sum(),
        "persons of sembako": (hh.in_sembako & hh.active).sum(),
        "entries with a record": (enrolled & hh.listed & hh.active).sum(),
        "records": hh.listed.sum(),
        "records of families here": (hh.listed & hh.active).sum(),
        "records, where somebody is poor": min((hh.listed & hh.active).sum(), poor.sum()),
        "support": hh.support_idr[hh.active].sum(),
        "due payments": sum((who & (stage != Stage.NOTHING_DUE)).sum() for who, stage in stages),
        "credited payments": sum((who & np.isin(stage, [Stage.ON_TIME, Stage.LATE])).sum() for who, stage in stages),
        "who bought": (hh.in_sembako & hh.sembako_collected).sum(),
        "pupils": pupils[hh.active].sum(),
        "members that pkh could pay for": members[pkh_living].sum(),
        "money received": hh.cash_received_idr.sum() + hh.goods_received_idr.sum(),
        "persons lifted": (poor & (hh.consumption_after >= 1)).sum(),
        "families with a pendamping": (hh.pendamping >= 0).sum(),
    }


DENOMINATOR = {
    **dict.fromkeys(("exclusion_error", "exclusion_error_families", "exclusion_error_sembako", "unlisted_poor_share",
                     "exclusion_error_sembako_families", "effective_exclusion_error"), "the poor"),
    **dict.fromkeys(("exclusion_error_pkh", "exclusion_error_pkh_families"), "poor families with a component"),
    "exclusion_error_yearly": "the poor of the year",
    **dict.fromkeys(("inclusion_error", "inclusion_error_families", "inclusion_error_sembako",
                     "inclusion_error_sembako_families"), "the non-poor"),
    **dict.fromkeys(("inclusion_error_pkh", "inclusion_error_pkh_families"), "non-poor families with a component"),
    "targeting_differential": "the poor and the non-poor",
    **dict.fromkeys(("leakage", "leakage_floor", "leakage_outside_deciles"), "list entries"),
    "leakage_pkh": "entries of pkh", "leakage_sembako": "entries of sembako",
    "leakage_persons": "persons enrolled", "leakage_pkh_persons": "persons of pkh",
    "leakage_sembako_persons": "persons of sembako",
    "leakage_outside_deciles_by_record": "entries with a record",
    "registry_error": "records, where somebody is poor",
    **dict.fromkeys(("duplicate_share", "listed_departed_share", "unmatchable_share"), "records"),
    "record_age_months": "records of families here",
    **dict.fromkeys([f"benefit_share_by_decile_{number:02d}" for number in range(1, 11)], "support"),
    "cgh_ratio": "support", "concentration_coefficient": "support",
    "paid_on_time_share": "due payments", "unredeemed_share": "credited payments",
    "value_received_share": "who bought",
    "satisfied_share": "persons enrolled",
    **dict.fromkeys(("participation_share", "tenure_months", "conditions_met_share"), "persons of pkh"),
    "out_of_school_share": "pupils",
    "entitlement_recorded_share": "members that pkh could pay for",
    "cost_per_rupiah_delivered": "money received", "cost_per_poor_person_lifted": "persons lifted",
    **dict.fromkeys(("pendamping_families", "hours_short_share", "visits_done_share", "sessions_held_share",
                     "motivation"), "families with a pendamping"),
}  # fmt: skip
"""Of whom a measure is a share or a mean: only where they are nobody may it be nan."""


def test_the_table_of_denominators_names_measures():
    assert set(DENOMINATOR) <= set(MEASURES)
    assert set(BEYOND_ONE) <= set(MEASURES)


def check_tables(tables: dict) -> None:
    """Check the tables as they are handed out."""
    for name, table in tables.items():
        assert table.columns[0] == "month", name
        assert table["month"].nunique() == MONTHS, name
    ledger = tables["ledger"]
    parts = ledger[["paid_idr", "waiting_idr", "returned_idr", "forfeited_idr"]].sum(axis=1)
    assert (ledger["allocated_idr"] == parts).all()
    assert (ledger.groupby("month")["programme"].agg(tuple) == PROGRAMMES).all()


@pytest.mark.parametrize("kind", ["share", "stock", "flow"])
def test_there_are_measures_of_every_kind(kind):
    assert any(measure.kind == kind for measure in MEASURES.values())
