"""Everything that can be wrong with a scenario file or a setting: one row each, one sentence each."""

from pathlib import Path

import numpy as np
import pytest

from simulation.city.distribution import fit_map, shift_that_meets
from simulation.errors import InputError
from simulation.scenario import find_scenario, load_scenario


@pytest.fixture
def write(tmp_path: Path):
    """Return a function that writes a scenario file and returns its path."""

    def write_file(text: str | bytes, name: str = "mine") -> Path:
        path = tmp_path / f"{name}.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write_file


UNIVERSAL = '[policy]\ntargeting_method = "universal"\nmax_years_in_programme = 5\n'
DISASTER = '[policy]\ndisaster = [{{month = "{}", kelurahan = "{}", severity = 0.1}}]\n'

BAD_FILES = {
    "unknown lever": ("[policy]\ncaseload_per_pendampin = 9\n", "did you mean 'caseload_per_pendamping'?"),
    "unknown assumption": ("[assumptions]\nmpc_cas = 1\n", "has no setting 'mpc_cas'; did you mean 'mpc_cash'?"),
    "unknown section": ("[polcy]\n", "there is no section or key 'polcy'; did you mean 'policy'?"),
    "unknown section, nothing near": ("[zzz]\n", "there are title, question, expects, extends, policy"),
    "unknown run key": ("[run]\nmonth = 12\n", "[run] has no setting 'month'; did you mean 'months'?"),
    "lever outside a section": ("caseload_per_pendamping = 9\n", "write it below [policy]."),
    "assumption outside a section": ("mpc_cash = 1\n", "write it below [assumptions]."),
    "lever among assumptions": (
        "[assumptions]\ndigital_reporting = true\n",
        "digital_reporting does not belong in [assumptions]; write it in [policy].",
    ),
    "assumption among levers": ("[policy]\nmpc_cash = 0.7\n", "not belong in [policy]; write it in [assumptions]."),
    "run key among levers": ("[policy]\nmonths = 7\n", "does not belong in [policy]; write it in [run]."),
    "constant": ("[assumptions]\nsembako_amount_idr_per_month = 1\n", "is a constant of the model and cannot be set."),
    "wrong type": ('[policy]\ncaseload_per_pendamping = "150"\n', "write 150 without quotes."),
    "not a bool": ("[policy]\ndigital_reporting = 1\n", "it must be true or false; write true without quotes."),
    "out of bounds": ("[policy]\ncaseload_per_pendamping = 9000\n", "(families); the nearest allowed is 1,000."),
    "not a choice": ('[policy]\ndelivery_channel = "cash"\n', "one of ewarong, cash_bank, cash_post, in_kind"),
    "nan": ("[policy]\nbenefit_multiplier = nan\n", "and finite."),
    "inf": ("[assumptions]\nmpc_cash = inf\n", "and finite."),
    "overflow": ("[policy]\nbenefit_multiplier = 1e999\n", "and finite."),
    "huge integer": (f"[policy]\nbenefit_multiplier = {'9' * 5000}\n", "a value cannot be read"),
    "table for a number": ("[policy.benefit_multiplier]\nx = 1\n", "is {'x': 1}, but it must be a number"),
    "section is no table": ("policy = 3\n", "[policy] is 3, but it must be a table of key = value lines."),
    "change is one table": ('[change]\nfrom = "2024-01"\n', "must be written as [[change]] with two brackets"),
    "change is a list of numbers": ("change = [1]\n", "[[change]] is 1, but it must be a table"),
    "change without month": ("[[change]]\ndigital_reporting = true\n", "has no month; add from = '2025-01'."),
    "change with a date": ("[[change]]\nfrom = 2024-01-01\n", "but it must be a month: '2025-01' in quotes."),
    "change with a wrong month": ('[[change]]\nfrom = "2024-13"\n', "from is '2024-13', but it must be a month"),
    "change before the start": (
        '[[change]]\nfrom = "2023-02"\ndigital_reporting = true\n',
        "from 2023-02 lies before the start of the run, which is 2023-03.",
    ),
    "change of an assumption": ('[[change]]\nfrom = "2024-02"\nmpc_cash = 1\n', "write it in [assumptions]."),
    "two changes of one key": (
        '[[change]]\nfrom = "2024-02"\ndigital_reporting = true\n' * 2,
        "two [[change]] tables set digital_reporting in 2024-02; keep one of them.",
    ),
    "not TOML": ("[policy]\n\ncaseload = = 3\n", "not TOML, invalid value (at line 3, column 12)."),
    "key twice": ("[run]\nmonths = 1\nmonths = 2\n", "not TOML, cannot overwrite a value (at line 3"),
    "not UTF-8": (b"title.id = '\xff'\n", "byte 12 is not UTF-8; save the file as UTF-8."),
    "nested too deep": ("a = " + "[" * 10_000 + "]" * 10_000, "nested too deep"),
    "too large": ("#" * 1_000_001, "larger than 1 MB"),
    "months 0": ("[run]\nmonths = 0\n", "a whole number from 1 to 600 (months); the nearest allowed is 1."),
    "seed too large": ("[run]\nseed = 4294967296\n", "the nearest allowed is 4,294,967,295."),
    "start is no month": ('[run]\nstart = "spring"\n', "start is 'spring', but it must be a month"),
    "scale 0": ("[population]\nscale = 0\n", "from 0.005 to 10 (times the city); the nearest allowed is 0.005."),
    "microdata missing": ('[population]\nmicrodata = "none.csv"\n', "but there is no such file beside it."),
    "microdata NUL": ('[population]\nmicrodata = "a\\u0000b"\n', "but there is no such file beside it."),
    "microdata no text": ("[population]\nmicrodata = 3\n", "must be the path of a file in quotes."),
    "time limit and universal": (UNIVERSAL, "max_years_in_programme is 5 in 2023-03, but targeting_method 'universal'"),
    "universal later": (
        '[policy]\nmax_years_in_programme = 5\n[[change]]\nfrom = "2024-01"\ntargeting_method = "universal"\n',
        "max_years_in_programme is 5 in 2024-01",
    ),
    "disaster elsewhere": (DISASTER.format("2025-05", "Betunga"), "is not in the city; did you mean 'Betungan'?"),
    "disaster before the run": (DISASTER.format("2023-02", "Betungan"), "must lie within the run, 2023-03 to 2028-02."),
    "disaster after the run": (DISASTER.format("2028-03", "Betungan"), "must lie within the run, 2023-03 to 2028-02."),
    "disaster set too late": (
        DISASTER.format("2025-05", "Betungan").replace("[policy]", '[[change]]\nfrom = "2025-06"'),
        "is not set in that month",
    ),
    "title no text": ("title.id = 3\n", "title.id is 3; write title.id and title.en as texts."),
    "title in a third language": ("title.fr = 'x'\n", "write title.id and title.en as texts."),
    "title no table": ("title = 'x'\n", "title is 'x', but it must be a table"),
    "expects without sign": ('expects = {measure = "leakage"}\n', "with a sign of '+', '-' or '0'."),
    "expects no table": ("expects = 3\n", "expects is 3, but it must be like"),
    "extends missing": (
        'extends = "baselin"\n',
        "(mine > baselin), which is neither beside the file nor known; did you mean 'baseline'?",
    ),
    "extends a path": ('extends = "../baseline"\n', "must be the name of a scenario such as 'baseline'."),
    "extends an absolute path": ('extends = "/etc/passwd"\n', "must be the name of a scenario"),
    "extends a number": ("extends = 3\n", "extends is 3, but it must be the name"),
    "extends itself": ('extends = "mine"\n', "extends goes in a circle, mine > mine"),
}


@pytest.mark.parametrize(("text", "sentence"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_gets_one_sentence(write, text: str | bytes, sentence: str):
    path = write(text)
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    message = str(caught.value)
    assert sentence in message
    assert message.startswith(str(path))
    assert message[-1] in ".?"
    assert "\n" not in message


def test_a_circle_is_named_with_its_chain(write):
    for name, parent in (("a", "b"), ("b", "c"), ("c", "a")):
        path = write(f'extends = "{parent}"\n', name)
    with pytest.raises(InputError, match="extends goes in a circle, c > a > b > c"):
        load_scenario(path)


def test_the_error_of_a_parent_names_the_parent(write):
    parent = write("[policy]\nbenefit_multiplier = 9\n", "parent")
    with pytest.raises(InputError) as caught:
        load_scenario(write('extends = "parent"\n'))
    assert str(caught.value).startswith(str(parent))


BAD_CALLS = {
    "unknown name": ("baselin", {}, "did you mean 'baseline'?"),
    "nothing near": ("zzz", {}, "the library has baseline"),
    "missing file": ("nowhere/mine.toml", {}, "there is no such file."),
    "a folder": (".", {}, "neither a scenario of the library nor a file"),
    "a name with NUL": ("base\0line", {}, "neither a scenario of the library nor a file"),
    "a very long name": ("x" * 5000, {}, "neither a scenario of the library nor a file"),
    "months 0": ("baseline", {"months": 0}, "months is 0, but it must be a whole number from 1 to 600"),
    "seed negative": ("baseline", {"seed": -1}, "the nearest allowed is 0."),
    "scale 11": ("baseline", {"scale": 11}, "the nearest allowed is 10."),
}

BAD_SETS = {
    "no section": ({"mpc_cash": "1"}, "lacks its section; write assumptions.mpc_cash."),
    "an unknown word": ({"xyz": "1"}, "write for example policy.caseload_per_pendamping=150."),
    "an unknown section": ({"polic.x": "1"}, "there is no section 'polic'; did you mean 'policy'?"),
    "an unknown key": ({"policy.mpc": "1"}, "[policy] has no setting 'mpc'"),
    "a constant": ({"assumptions.gb2_a": "1"}, "gb2_a is a constant of the model and cannot be set."),
    "out of bounds": ({"policy.eligible_decile_max": "11"}, "the nearest allowed is 10."),
    "a wrong type": ({"policy.digital_reporting": "yes"}, "write true without quotes."),
    "a start that is none": ({"run.start": "spring"}, "start is 'spring', but it must be a month"),
    "missing microdata": ({"population.microdata": "x.csv"}, "microdata is 'x.csv', but there is no such file."),
    "a contradiction": (
        {"policy.targeting_method": "universal", "policy.max_years_in_programme": "5"},
        "max_years_in_programme is 5 in 2023-03, but targeting_method 'universal' admits everybody",
    ),
}


@pytest.mark.parametrize(("name", "options", "sentence"), BAD_CALLS.values(), ids=BAD_CALLS)
def test_a_bad_call_gets_one_sentence(name: str, options: dict, sentence: str):
    with pytest.raises(InputError) as caught:
        load_scenario(name, **options)
    message = str(caught.value)
    assert sentence in message
    assert message[-1] in ".?"
    assert "\n" not in message


@pytest.mark.parametrize(("sets", "sentence"), BAD_SETS.values(), ids=BAD_SETS)
def test_a_bad_set_gets_one_sentence(sets: dict[str, str], sentence: str):
    with pytest.raises(InputError) as caught:
        load_scenario("baseline", overrides=sets)
    message = str(caught.value)
    assert message.startswith("--set: ")
    assert sentence in message
    assert "\n" not in message


def test_a_missing_file_names_its_neighbour(write):
    path = write("")
    with pytest.raises(InputError, match="did you mean 'mine.toml'"):
        find_scenario(path.with_name("mime.toml"))


def test_a_headcount_is_looked_for_nearby_then_far_away():
    def headcount(shift):
        return min(max(0.5 - shift / 4, 0.1), 0.9)

    assert shift_that_meets(headcount, 0.45, 0.3, "none") == pytest.approx(0.2)
    assert shift_that_meets(headcount, 0.2, 0.3, "none") == pytest.approx(1.2)
    with pytest.raises(InputError, match="none does"):
        shift_that_meets(headcount, 0.95, 0.3, "none does")


def test_targets_that_no_city_meets_are_named():
    """Where assistance alone lifts everybody over the line, no distribution leaves anybody poor."""
    rank, each = (np.arange(500) + 0.5) / 500, np.ones(500)
    with pytest.raises(InputError, match=r"no distribution meets poverty_headcount_target 0\.1471, .* their defaults"):
        fit_map(rank, rank, 0 * each, 2 * each, each, load_scenario("baseline").assumptions)
