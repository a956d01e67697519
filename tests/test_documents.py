"""What is generated from the code agrees with the code, and its tables are whole."""

import re

import pytest

from simulation import documents
from simulation.errors import InputError
from simulation.households import COLUMNS
from simulation.measures import MEASURES
from simulation.parameters import PARAMETERS


def keys_of(table: str) -> list[str]:
    return re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)


def test_the_documents_say_what_the_code_says():
    assert documents.check_documents() == [], "stale; say: make docs"


def test_every_input_column_and_measure_has_a_row():
    assert sorted(keys_of(documents.parameters_table())) == sorted(PARAMETERS)
    assert keys_of(documents.columns_table()) == [column.name for column in COLUMNS]
    assert keys_of(documents.measures_table()) == list(MEASURES)


@pytest.mark.parametrize("table", documents.TABLES)
def test_rows_have_as_many_cells_as_their_header(table):
    lines = [line for line in documents.TABLES[table]().splitlines() if line.startswith("|")]
    widths = [len(re.findall(r"(?<!\\)\|", line)) for line in lines]
    headers = [number for number, line in enumerate(lines) if line.startswith("| ---")]
    for number, width in enumerate(widths):
        header = max(one for one in headers if one <= number + 1)
        assert width == widths[header], lines[number]


def test_one_role_can_be_asked_for():
    assert keys_of(documents.parameters_table("lever")) == [k for k, one in PARAMETERS.items() if one.role == "lever"]


def test_marked_places_are_filled_and_the_rest_is_left(tmp_path):
    before = (
        "# Odd\n\n<!-- generated: columns -->\nold\n<!-- end -->\nprose\n<!-- generated: measures -->\n<!-- end -->\n"
    )
    (tmp_path / "odd.md").write_text(before)
    assert documents.check_documents(tmp_path) == ["parameters.md", "odd.md"]
    assert documents.main([str(tmp_path)]) == 0
    after = (tmp_path / "odd.md").read_text()
    assert documents.columns_table() in after
    assert documents.measures_table() in after
    assert "old" not in after.splitlines()
    assert after.startswith("# Odd\n\n<!-- generated: columns -->\n| column |")
    assert "<!-- end -->\nprose\n" in after
    assert documents.check_documents(tmp_path) == []
    assert documents.write_documents(tmp_path) == []


def test_an_unknown_mark_is_refused(tmp_path, capsys):
    text = "<!-- generated: colums -->\n<!-- end -->\n"
    with pytest.raises(InputError, match="odd.md: there is no generated table 'colums'; did you mean 'columns'?"):
        documents.fill(text, "odd.md")
    (tmp_path / "odd.md").write_text(text)
    assert documents.main([str(tmp_path)]) == 2
    assert documents.main([str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err.count("\n") == 2
