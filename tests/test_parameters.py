"""The declared inputs: complete, consistent, bilingual, and checked with kind errors."""

import math
import re
import subprocess
import sys

import numpy as np
import pytest

from simulation.errors import InputError
from simulation.geography import KECAMATAN, KELURAHAN, kelurahan_names, kelurahan_number
from simulation.parameters import ASSUMPTIONS, LEVERS, PARAMETERS, Disaster, assumed_headline, lookup
from simulation.parameters.declaration import Parameter

EVERY = pytest.mark.parametrize("parameter", PARAMETERS.values(), ids=PARAMETERS)
GRADES = ("found", "derived", "recalled", "assumed")


@EVERY
def test_default_is_allowed_and_canonical(parameter: Parameter):
    checked = parameter.check(parameter.default, "here")
    assert checked == parameter.default
    assert type(checked) is type(parameter.default)


@EVERY
def test_plausible_range_lies_within_bounds_and_holds_the_default(parameter: Parameter):
    if parameter.role == "constant":
        assert parameter.plausible is None
        return
    low, high = (parameter.check(end, "here") for end in parameter.plausible)
    assert low != high
    if parameter.kind in ("int", "float") and parameter.default is not None:
        assert low <= parameter.default <= high


@EVERY
def test_declaration_is_complete(parameter: Parameter):
    assert re.fullmatch(r"[a-z][a-z0-9_]*", parameter.key)
    assert parameter.grade in GRADES
    assert parameter.role in ("lever", "assumption", "constant")
    assert parameter.decided_by in ("pusat", "kota", "bank", "keluarga", "")
    assert parameter.source or (parameter.grade == "assumed" and parameter.note)
    assert parameter.note or parameter.grade not in ("assumed", "recalled")
    assert parameter.group
    assert (parameter.kind in ("int", "float")) == bool(parameter.unit) or parameter.default is not None
    assert (parameter.none_means is not None) == parameter.optional
    assert len(parameter.choice_labels) == len(parameter.choices or ())


@EVERY
def test_words_are_in_two_languages(parameter: Parameter):
    for text in (parameter.label, parameter.help):
        assert text.id != text.en
        assert len(text.id) > 2
        assert len(text.en) > 2
    assert parameter.help.id.endswith(".")
    assert parameter.help.en.endswith(".")


def test_labels_are_unique():
    for language in ("id", "en"):
        labels = [parameter.label.of(language) for parameter in PARAMETERS.values()]
        assert sorted(labels) == sorted(set(labels))


def test_levers_and_assumptions_partition_all():
    assert dict(PARAMETERS) == {**LEVERS, **ASSUMPTIONS}
    assert not LEVERS.keys() & ASSUMPTIONS.keys()
    assert all(lever.decided_by for key, lever in LEVERS.items() if key != "disaster")


def test_tables_cannot_be_changed():
    with pytest.raises(TypeError):
        PARAMETERS["caseload_per_pendamping"] = None
    with pytest.raises(AttributeError):
        LEVERS["caseload_per_pendamping"].default = 1


@pytest.mark.parametrize(
    ("key", "scales"),
    [
        ("pkh_budget_bn_idr_per_year", True),
        ("operator_visits_per_month", True),
        ("openings_per_month", True),
        ("families_start", True),
        ("caseload_per_pendamping", False),
        ("operator_count", False),
        ("registry_coverage_share", False),
    ],
)
def test_city_totals_shrink_with_the_scale(key: str, scales: bool):
    assert PARAMETERS[key].scales is scales


def test_budgets_pay_the_families_that_the_notes_name():
    sembako = LEVERS["sembako_budget_bn_idr_per_year"].default * 1e9
    assert sembako // (12 * PARAMETERS["sembako_amount_idr_per_month"].default) == 17_852
    pkh = LEVERS["pkh_budget_bn_idr_per_year"].default * 1e9
    assert pkh / PARAMETERS["pkh_mean_entitlement_idr_per_year"].default == pytest.approx(11_500, rel=0.001)


def test_shares_add_up():
    def total(*keys: str) -> float:
        return math.fsum(PARAMETERS[key].default for key in keys)

    assert total("welfare_share_seen", "welfare_share_unseen", "welfare_share_transitory") == pytest.approx(1)
    assert total("bank_share_bri", "bank_share_bni", "bank_share_mandiri", "bank_share_btn") == pytest.approx(1)
    ages = total(*(f"age_share_{group}" for group in ("early_child", "sd", "smp", "sma", "elderly")))
    assert ages == pytest.approx(0.398)
    reach, factors = 0.3, ("proposal_informed_factor", "proposal_uninformed_factor")
    assert reach * total(factors[0]) + (1 - reach) * total(factors[1]) == pytest.approx(1, abs=0.01)


BETUNGAN = {"month": "2025-05", "kelurahan": "Betungan", "severity": 1}


@pytest.mark.parametrize(
    ("key", "value", "canonical"),
    [
        ("caseload_per_pendamping", 150, 150.0),
        ("caseload_per_pendamping", np.float64(150), 150.0),
        ("registry_update_interval_months", 3.0, 3),
        ("registry_update_interval_months", np.int64(6), 6),
        ("max_years_in_programme", None, None),
        ("max_years_in_programme", "none", None),
        ("digital_reporting", True, True),
        ("delivery_channel", "cash_post", "cash_post"),
        ("disaster", [], ()),
        ("disaster", BETUNGAN, (Disaster("2025-05", "Betungan", 1.0),)),
    ],
)
def test_values_become_canonical(key: str, value: object, canonical: object):
    checked = lookup(key).check(value, "here")
    assert checked == canonical
    assert type(checked) is type(canonical)


TOO_MANY = "here: caseload_per_pendamping is 5,000, but it must be a number from 25 to 1,000 (families); "


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("caseload_per_pendamping", 5000, TOO_MANY + "the nearest allowed is 1,000."),
        ("caseload_per_pendamping", float("nan"), "is nan, but it must be a number from 25 to 1,000"),
        ("caseload_per_pendamping", float("inf"), "and finite."),
        ("caseload_per_pendamping", 10**400, "the nearest allowed is 1,000."),
        ("caseload_per_pendamping", "150", "write 150 without quotes."),
        ("caseload_per_pendamping", "many", "is 'many', but it must be a number"),
        ("caseload_per_pendamping", True, "is true, but it must be a number"),
        ("caseload_per_pendamping", None, "is None, but it must be a number"),
        ("caseload_per_pendamping", [1], "is [1], but it must be a number"),
        ("registry_update_interval_months", 2.6, "a whole number from 1 to 60 (months); the nearest is 3."),
        ("registry_update_interval_months", 0, "the nearest allowed is 1."),
        ("max_years_in_programme", 99, 'a whole number from 1 to 20 (years), or "none"; the nearest allowed is 20.'),
        ("digital_reporting", "yes", "it must be true or false; write true without quotes."),
        ("digital_reporting", 0, "it must be true or false; write false without quotes."),
        ("delivery_channel", "cashbank", "did you mean 'cash_bank'?"),
        ("delivery_channel", 3, "one of ewarong, cash_bank, cash_post, in_kind"),
        ("disaster", "flood", "a list of tables {month, kelurahan, severity}"),
        ("disaster", [3], "a list of tables {month, kelurahan, severity}"),
        ("disaster", [{"month": "2025-05", "kelurahan": "Betungan"}], "disaster lacks severity"),
        ("disaster", [{"mont": "2025-05"}], "has the unknown key 'mont'; did you mean 'month'?"),
        ("disaster", [BETUNGAN | {"month": "May"}], "a month such as '2025-05'"),
        ("disaster", [BETUNGAN | {"kelurahan": 7}], "a name in quotes"),
        ("disaster", [BETUNGAN | {"severity": 2}], "a number from 0 to 1"),
        ("disaster", [BETUNGAN | {"severity": float("nan")}], "a number from 0 to 1"),
    ],
)
def test_wrong_values_are_refused_in_one_sentence(key: str, value: object, sentence: str):
    with pytest.raises(InputError) as caught:
        lookup(key).check(value, "here")
    message = str(caught.value)
    assert sentence in message
    assert message.startswith(f"here: {key}")
    assert message[-1] in ".?"
    assert "\n" not in message


def test_lookup_names_the_nearest():
    with pytest.raises(InputError, match="did you mean 'caseload_per_pendamping'"):
        lookup("caseload_per_pendampin")


def test_headline_counts_what_is_only_assumed():
    assumed = [parameter for parameter in PARAMETERS.values() if parameter.grade == "assumed"]
    assert assumed_headline() == f"{len(assumed)} of {len(PARAMETERS)} inputs are only assumed"
    assert str(len(PARAMETERS)) in assumed_headline("id")
    assert assumed_headline("id") != assumed_headline("en")


def test_import_is_light():
    code = "import sys; import simulation.parameters, simulation.scenario; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"numpy", "pandas", "mesa", "numba", "scipy"} & set(modules)


def test_geography_is_the_whole_city():
    assert len(KELURAHAN) == len(set(kelurahan_names())) == 67
    assert [one.name for one in KECAMATAN] == list(dict.fromkeys(one.kecamatan for one in KELURAHAN))
    assert sum(one.pkh_families_2021 for one in KECAMATAN) == 11_149
    assert KELURAHAN[kelurahan_number("Betungan")].kecamatan == "Selebar"
