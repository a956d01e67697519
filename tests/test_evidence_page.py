"""The page on evidence: it tells of every miss, names nothing that does not exist, and rests on a whole validation."""

import re
from pathlib import Path

import pytest
from test_odd import by_hand, named, page, sections

from simulation import documents
from simulation.cli_validate import SCALE
from simulation.errors import InputError
from simulation.evidence.rows import read_rows
from simulation.evidence.targets import ENOUGH_SEEDS, all_statements
from simulation.parameters import PARAMETERS

NAMES = {one.name for one in all_statements()}


def stored() -> list[dict]:
    return read_rows(documents.VALIDATION)


def test_what_is_stored_is_a_whole_validation():
    assert [row["name"] for row in stored()] == [one.name for one in all_statements()]
    for row, statement in zip(stored(), all_statements(), strict=True):
        assert row["seeds"] >= ENOUGH_SEEDS
        assert row["scale"] >= SCALE
        assert row["scenario"] == "baseline"
        assert (row["kind"], row["wrong_model"] or "") == (statement.kind, statement.wrong_model)
        assert row["band"] == [end if abs(end) < float("inf") else None for end in (statement.low, statement.high)]
        assert row["passed"] is not None, row["name"]


def test_at_least_ten_predictions_are_evidence():
    """They pass, and the wrong model beside them fails."""
    told_apart = [row for row in stored() if row["kind"] == "predicted" and row["passed"]]
    assert len(told_apart) >= 10
    assert all(row["wrong_model_passed"] is False for row in stored() if row["kind"] == "predicted")


def test_every_miss_is_told_with_what_was_tried():
    told = sections(page("evidence"), 2)["What the model gets wrong"]
    missed = {row["name"] for row in stored() if not row["passed"]}
    assert missed - set(re.findall(r"`(\w+)`", told)) == set(), "say what was tried, and why the model cannot do it"


def test_the_page_names_only_what_there_is():
    plain = [one for one in named("evidence") if re.fullmatch(r"[a-z][a-z0-9]*_[a-z0-9_]+", one)]
    assert [one for one in plain if one not in NAMES | set(PARAMETERS)] == []
    assert len(plain) > 15


def test_the_prose_holds_no_result_that_grows_old():
    """Decimals belong into the generated tables; a setting to try may stand in the text."""
    text = re.sub(r"^```.*?^```$", "", by_hand("evidence"), flags=re.DOTALL | re.MULTILINE)
    assert re.findall(r"\d+\.\d+", text) == []


def test_a_statement_that_was_never_tried_stops_the_tables(tmp_path, monkeypatch):
    monkeypatch.setattr(documents, "VALIDATION", Path(tmp_path) / "none.json")
    with pytest.raises(InputError, match="renew it with make validate"):
        documents.statements_table("predicted")
    few = Path(tmp_path) / "few.json"
    few.write_text('[{"name": "poverty_2023", "pattern": "city", "passed": true}]')
    monkeypatch.setattr(documents, "VALIDATION", few)
    with pytest.raises(InputError, match="'poverty_2024' was never tried"):
        documents.statements_table("predicted")


def test_the_rows_are_part_of_the_package():
    assert documents.VALIDATION.is_relative_to(Path(documents.__file__).parent)


def test_the_page_tells_every_statement_in_both_languages():
    """The planner's page has a row for each statement, and no sentence that is the same in both languages."""
    pytest.importorskip("solara")
    from conftest import make_plan

    from simulation.analysis.words import Words
    from simulation.dashboard.about import evidence_table

    plan, told = make_plan(), {}
    for language in ("id", "en"):
        table = evidence_table(documents.validated(language), Words(plan, language), "x")
        told[language] = re.findall(r'<th scope="row">(.*?)</th>', table)
        assert len(told[language]) == len(NAMES)
        assert table.count("<td") == 7 * len(NAMES)
    assert not set(told["id"]) & set(told["en"])
