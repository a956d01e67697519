"""Scenario files: what they mean, how they extend each other, and one sentence for everything that can be wrong."""

import json
import pickle
from pathlib import Path

import pytest

from simulation import scenario
from simulation.clock import Month
from simulation.errors import InputError
from simulation.parameters import ASSUMPTIONS, LEVERS, Disaster
from simulation.plan import Expectation, Plan, Settings
from simulation.scenario import (
    diff_scenarios,
    library_folder,
    list_scenarios,
    load_scenario,
    parse_sets,
    parse_value,
    scenario_names,
)


@pytest.fixture
def write(tmp_path: Path):
    """Return a function that writes a scenario file and returns its path."""

    def write_file(text: str | bytes, name: str = "mine") -> Path:
        path = tmp_path / f"{name}.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write_file


def dated(key: str, plan: Plan) -> list[tuple[str, object]]:
    """List the values of a lever with the month of each change."""
    steps = []
    for month, policy in plan.changes:
        if not steps or policy[key] != steps[-1][1]:
            steps.append((str(plan.start.plus(month)), policy[key]))
    return steps


def test_baseline_holds_the_dated_facts():
    plan = load_scenario("baseline")
    assert (plan.start, plan.months, plan.seed, plan.scale) == (Month(2023, 3), 60, 1, 1.0)
    assert dated("pkh_budget_bn_idr_per_year", plan) == [("2023-03", 33.0), ("2024-06", 37.0), ("2024-10", 44.0)]
    assert dated("registry_regime", plan) == [("2023-03", "dtks"), ("2025-02", "dtsen")]
    assert dated("registry_coverage_share", plan) == [("2023-03", 0.402), ("2025-02", 0.97)]
    assert dated("sembako_payment_cycle_months", plan) == [("2023-03", 2), ("2025-01", 3)]
    assert dated("campaign_families_per_month", plan) == [("2023-03", 0), ("2025-03", 12_500), ("2025-05", 0)]
    assert plan.notes == ()


def test_an_empty_file_is_the_defaults(write):
    plan = load_scenario(write(""))
    assert dict(plan.policy_in(0)) == {key: lever.default for key, lever in LEVERS.items()}
    assert dict(plan.assumptions) == {key: one.default for key, one in ASSUMPTIONS.items()}
    assert (plan.name, plan.title.id, plan.changes[0][0]) == ("mine", "mine", 0)


def test_the_library_loads_and_every_file_has_words_in_two_languages():
    assert {"baseline", "baseline-tunai"} <= set(scenario_names())
    for listed in list_scenarios():
        assert load_scenario(listed.name).name == listed.path.stem
        assert listed.title.id != listed.title.en
        assert listed.question.id != listed.question.en


def test_policy_in_follows_the_months():
    plan = load_scenario("baseline")
    assert [plan.policy_in(month).registry_regime for month in (-36, 0, 22, 23, 59)] == ["dtks"] * 3 + ["dtsen"] * 2


def test_extends_lays_one_file_over_another(write):
    write(
        """
        [policy]
        caseload_per_pendamping = 250
        [assumptions]
        mpc_cash = 0.7
        [run]
        months = 48
        [[change]]
        from = "2024-01"
        caseload_per_pendamping = 300
        digital_reporting = true
        """,
        "parent",
    )
    child = write('extends = "parent"\n[[change]]\nfrom = "2024-01"\np2k2_sessions_per_month = 2\n')
    plan = load_scenario(child)
    assert (plan.months, plan.assumptions.mpc_cash) == (48, 0.7)
    assert dated("caseload_per_pendamping", plan) == [("2023-03", 250), ("2024-01", 300)]
    later = plan.policy_in(10)
    assert (later.digital_reporting, later.p2k2_sessions_per_month) == (True, 2.0)
    assert len(plan.changes) == 2


def test_a_set_lever_holds_throughout_unless_dated_again(write):
    plan = load_scenario(write('extends = "baseline"\n[policy]\npkh_budget_bn_idr_per_year = 20\n'))
    assert dated("pkh_budget_bn_idr_per_year", plan) == [("2023-03", 20.0)]
    assert dated("registry_regime", plan) == [("2023-03", "dtks"), ("2025-02", "dtsen")]
    again = write(
        'extends = "mine"\n[policy]\npkh_budget_bn_idr_per_year = 25\n'
        '[[change]]\nfrom = "2024-01"\npkh_budget_bn_idr_per_year = 30\n',
        "again",
    )
    assert dated("pkh_budget_bn_idr_per_year", load_scenario(again)) == [("2023-03", 25.0), ("2024-01", 30.0)]


def test_a_file_may_extend_the_library_file_of_its_own_name(write):
    plan = load_scenario(write('extends = "baseline"\n[policy]\ndigital_reporting = true\n', "baseline"))
    assert plan.policy_in(59).registry_regime == "dtsen"
    assert plan.policy_in(0).digital_reporting is True


def test_names_are_looked_up_beside_the_file_first(write):
    write("[policy]\ncaseload_per_pendamping = 111\n", "baseline")
    assert load_scenario(write('extends = "baseline"\n')).policy_in(0).caseload_per_pendamping == 111


def test_overrides_replace_a_lever_in_all_months():
    sets = {
        "policy.pkh_budget_bn_idr_per_year": "20.5",
        "policy.delivery_channel": "cash_post",
        "policy.max_years_in_programme": 5,
        "policy.digital_reporting": "true",
        "assumptions.mpc_cash": 0.7,
        "run.months": "36",
        "population.scale": "0.1",
    }
    plan = load_scenario("baseline", overrides=sets, seed=7)
    assert {policy.pkh_budget_bn_idr_per_year for _, policy in plan.changes} == {20.5}
    assert {policy.delivery_channel for _, policy in plan.changes} == {"cash_post"}
    assert plan.policy_in(35).max_years_in_programme == 5
    assert plan.policy_in(0).digital_reporting is True
    assert (plan.assumptions.mpc_cash, plan.months, plan.scale, plan.seed) == (0.7, 36, 0.1, 7)


def test_overriding_with_the_same_value_changes_nothing():
    plan = load_scenario("baseline")
    for key, lever in LEVERS.items():
        if len(dated(key, plan)) == 1:
            same = plan.override({f"policy.{key}": plan.opening[key]})
            assert same.changes == plan.changes or {k for _, values in plan.dated for k in values} == {key}, lever.key
    assert plan.override({"assumptions.mpc_cash": plan.assumptions.mpc_cash}) == plan


def test_a_shorter_run_leaves_later_changes_out_with_a_note():
    plan = load_scenario("baseline", months=12)
    assert [month for month, _ in plan.changes] == [0]
    assert len(plan.notes) == 6
    assert plan.notes[0] == (
        "The change of pkh_budget_bn_idr_per_year in 2024-06 lies after the last month (2024-02) and is left out."
    )
    assert plan.with_(months=60).changes == load_scenario("baseline").changes


def test_a_later_start_folds_earlier_changes_into_the_opening(write):
    plan = load_scenario(write('extends = "baseline"\n[run]\nstart = "2025-01"\n'))
    assert plan.policy_in(0).pkh_budget_bn_idr_per_year == 44.0
    assert [month for month, _ in plan.changes] == [0, 1, 2, 4]
    assert sum("holds from the first month" in note for note in plan.notes) == 2
    assert load_scenario("baseline", overrides={"run.start": "2025-01"}).changes == plan.changes


def test_a_change_in_the_first_month_counts_from_the_start(write):
    plan = load_scenario(write('[[change]]\nfrom = "2023-03"\ncaseload_per_pendamping = 100\n'))
    assert dated("caseload_per_pendamping", plan) == [("2023-03", 100.0)]


def test_disasters_are_kept_with_the_policy(write):
    text = '[policy]\ndisaster = [{month = "2025-05", kelurahan = "Betungan", severity = 0.1}]\n'
    plan = load_scenario(write(text))
    assert plan.policy_in(26).disaster == (Disaster("2025-05", "Betungan", 0.1),)
    short = load_scenario(write(text), months=12)
    assert short.notes == ("The disaster of 2025-05 in Betungan lies after the last month (2024-02).",)


def test_expectations_are_kept(write):
    plan = load_scenario(write('expects = {measure = "exclusion_error", sign = "-"}\n'))
    assert plan.expects == (Expectation("exclusion_error", "-"),)
    assert load_scenario(write("")).expects == ()


def test_a_byte_order_mark_is_forgiven(write):
    assert load_scenario(write(b"\xef\xbb\xbf[run]\nmonths = 6\n")).months == 6


def test_a_plan_survives_json_and_pickle(write):
    text = """
    extends = "baseline"
    expects = [{measure = "leakage", sign = "0"}]
    [policy]
    disaster = {month = "2025-05", kelurahan = "Betungan", severity = 0.1}
    """
    plan = load_scenario(write(text), months=40, seed=2**32 - 1, scale=0.005)
    written = json.dumps(plan.to_dict())
    assert Plan.from_dict(json.loads(written)) == plan
    assert json.dumps(Plan.from_dict(json.loads(written)).to_dict()) == written
    assert pickle.loads(pickle.dumps(plan)) == plan
    assert hash(pickle.loads(pickle.dumps(plan))) == hash(plan)


def test_a_record_is_complete():
    record = load_scenario("baseline").to_dict()
    assert list(record["policy"]) == list(LEVERS)
    assert list(record["assumptions"]) == list(ASSUMPTIONS)
    assert record["change"][0] == {"from": "2024-06", "pkh_budget_bn_idr_per_year": 37.0}


def test_settings_cannot_change_and_name_the_nearest():
    settings = Settings({"caseload_per_pendamping": 194.0})
    assert settings.caseload_per_pendamping == settings["caseload_per_pendamping"] == 194.0
    with pytest.raises(AttributeError, match="did you mean 'caseload_per_pendamping'"):
        _ = settings.caseload_per_pendampin
    with pytest.raises(AttributeError, match="cannot change"):
        settings.caseload_per_pendamping = 1
    with pytest.raises(AttributeError, match="cannot change"):
        del settings.caseload_per_pendamping
    with pytest.raises(TypeError):
        settings["caseload_per_pendamping"] = 1


def test_differences_are_listed_with_their_months():
    assert [str(one) for one in diff_scenarios("baseline", "baseline-tunai")] == [
        "policy.delivery_channel: 'ewarong' | 'cash_bank'"
    ]
    plan = load_scenario("baseline")
    other = plan.override({"policy.pkh_budget_bn_idr_per_year": 20, "assumptions.mpc_cash": 0.7, "run.seed": 2})
    assert [str(one) for one in diff_scenarios(plan, other)] == [
        "policy.pkh_budget_bn_idr_per_year: 33, 37 from 2024-06, 44 from 2024-10 | 20",
        "assumptions.mpc_cash: 0.85 | 0.7",
        "run.seed: 1 | 2",
    ]
    assert diff_scenarios(plan, plan) == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [("150", 150), ("0.5", 0.5), ("true", True), ("'x'", "x"), ("cash_bank", "cash_bank"), ("2025-01", "2025-01")],
)
def test_set_values_are_read_as_toml(text: str, value: object):
    assert parse_value(text) == value


def test_sets_are_split_at_the_first_equals_sign():
    assert parse_sets(["policy.a = 1", "policy.b=x=y"]) == {"policy.a": "1", "policy.b": "x=y"}
    with pytest.raises(InputError, match="has no value"):
        parse_sets(["policy.a"])


def test_without_a_checkout_the_library_is_the_one_carried_along(tmp_path, monkeypatch):
    carried = tmp_path / "simulation" / "library"
    carried.mkdir(parents=True)
    (carried / "baseline.toml").write_text("")
    monkeypatch.setattr(scenario, "__file__", str(tmp_path / "simulation" / "scenario.py"))
    assert library_folder() == carried
    assert scenario_names() == ("baseline",)
