"""The notebooks: each is run here on a small city, cell by cell, and one goes the way to a finished notebook."""

import re
import subprocess
import sys
from pathlib import Path

import jupytext
import nbformat
import pytest

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.py"))
SMALL = "SCALE, REPLICATES, MONTHS = 0.02, 2, 14"


@pytest.fixture(autouse=True)
def no_window(monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")


def small(path: Path) -> nbformat.NotebookNode:
    """Return the notebook with other sizes, set in a cell after that of its own."""
    notebook = jupytext.read(path)
    (place,) = (n for n, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", ()))
    notebook.cells.insert(place + 1, nbformat.v4.new_code_cell(SMALL))
    return notebook


def words_of(path: Path) -> str:
    return "\n".join(cell.source for cell in jupytext.read(path).cells if cell.cell_type == "markdown")


def test_there_are_five_and_the_page_about_them_names_each():
    assert len(NOTEBOOKS) >= 5
    page = (FOLDER / "README.md").read_text("utf-8")
    assert {f"]({path.name})" in page for path in NOTEBOOKS} == {True}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_asks_predicts_and_tells_what_was_learned(path):
    words = words_of(path)
    assert words.startswith("# ")
    for part in ("**Question.**", "## The experiment", "hold?", "## What was learned"):
        assert part in words
    before = words.partition("## The experiment")[0]
    assert re.search(r"\*\*Predictions?\.\*\*.*\*\*[^*]*(\d|half)", before, re.DOTALL), (
        "a written number before the run"
    )
    assert len(words.partition("## What was learned")[2].split()) > 40
    assert len(path.read_text("utf-8").splitlines()) < 120


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_runs_on_a_small_city_and_says_whether_its_prediction_held(path, capsys):
    exec(compile(jupytext.writes(small(path), "py:percent"), path.name, "exec"), {"__name__": "notebook"})
    printed = capsys.readouterr().out
    assert re.search(r"(Prediction \d: |The prediction )(held|did not hold|undecided)", printed)


def test_a_finished_notebook_holds_its_outputs_and_figures(tmp_path):
    """The two commands of ``make notebooks``, for one notebook."""
    made, source = tmp_path / "second.ipynb", tmp_path / "second.py"
    jupytext.write(small(NOTEBOOKS[1]), source, fmt="py:percent")
    run = {"check": True, "capture_output": True, "timeout": 120}
    folder = Path(sys.executable).parent
    subprocess.run([folder / "jupytext", "--quiet", "--to", "ipynb", "--output", made, source], **run)
    subprocess.run([folder / "jupyter-execute", "--inplace", made], **run)
    outputs = [one for cell in nbformat.read(made, as_version=4).cells for one in cell.get("outputs", ())]
    assert any("image/png" in one.get("data", {}) for one in outputs)
    assert any("Prediction 1:" in one.get("text", "") for one in outputs)
