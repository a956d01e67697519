"""The shelf of batch results: what is on it, how far it is, what it found, and that nothing beside it is opened."""

import json
import shutil

import pytest
from batching import CASELOAD, half_done, run_here, small

from simulation.cli import main
from simulation.comparison.compare import compare
from simulation.comparison.words import ComparisonWords
from simulation.dashboard.batch_page import charts_of, measure_of, read, source_of
from simulation.dashboard.links import Address, read_address
from simulation.dashboard.shelf import SCENARIO, Shelf, dimensions, filtered, read_study
from simulation.dashboard.studies import SideBySide

SWEPT = small(sweep={CASELOAD: [150, 400]}, replicates=2)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory) -> Shelf:
    root = tmp_path_factory.mktemp("shelf")
    run_here(SWEPT, root / "results" / "swept")
    run_here(small(), root / "results" / "plain")
    half_done(small(replicates=20), root / "results" / "running")
    run_here(small(), root / "outside")
    (root / "results" / "link").symlink_to(root / "outside")
    (root / "results" / "notes").mkdir()
    (root / "results" / "broken").mkdir()
    (root / "results" / "broken" / "record.json").write_text(json.dumps({"kind": "batch", "batch": []}))
    return Shelf(root / "results")


def side_of(shelf: Shelf, name: str, where=None, language: str = "id") -> SideBySide:
    batch = shelf.batches()[name]
    found = read(batch, batch.stamp, where or {})
    assert not found.fault
    return SideBySide(found.comparison, ComparisonWords(found.comparison, language), False)


def test_only_batches_inside_the_folder_are_on_the_shelf(shelf):
    assert list(shelf.batches()) == ["plain", "running", "swept"]
    assert list(Shelf(shelf.root / "plain").batches()) == ["plain"]
    assert Shelf().batches() == {}


def test_the_shelf_says_how_far_a_batch_is(shelf):
    found = shelf.batches()
    assert (found["plain"].done, found["plain"].wanted, found["plain"].complete) == (6, 6, True)
    assert 0 < found["running"].done < found["running"].wanted == 40
    assert not found["running"].complete


def test_a_running_batch_is_read_as_far_as_it_is_and_again_when_it_goes_on(shelf, tmp_path):
    folder = tmp_path / "going"
    shutil.copytree(shelf.root / "running", folder)
    before = Shelf(tmp_path).batches()["going"]
    assert len(read(before, before.stamp, {}).study.frame) == before.done * 2
    run_here(small(replicates=20), folder)
    after = Shelf(tmp_path).batches()["going"]
    assert after.stamp != before.stamp
    assert (after.done, after.complete) == (40, True)
    assert len(read(after, after.stamp, {}).study.frame) == 80


def test_a_batch_without_a_run_says_so(shelf, tmp_path):
    shutil.copytree(shelf.root / "plain", tmp_path / "new")
    (tmp_path / "new" / "manifest.jsonl").write_text("")
    batch = Shelf(tmp_path).batches()["new"]
    assert read(batch, batch.stamp, {}).comparison is None


def test_damage_is_a_sentence(shelf, tmp_path):
    shutil.copytree(shelf.root / "plain", tmp_path / "torn")
    (tmp_path / "torn" / "months.parquet").write_bytes(b"PAR1")
    batch = Shelf(tmp_path).batches()["torn"]
    fault = read(batch, batch.stamp, {}).fault
    assert fault
    assert "Traceback" not in fault


def test_numbers_are_those_of_the_command(shelf):
    side = side_of(shelf, "swept")
    theirs = compare(shelf.root / "swept")
    for row in theirs.table.to_dict("records"):
        if row["measure"] in side.comparison.measures:
            ours = side.comparison.row_of(row["measure"], (row["scenario"], row["point"]))
            assert ours["mean"] == pytest.approx(row["mean"])
            assert ours["difference"] == pytest.approx(row["difference"], nan_ok=True)


def test_filters_leave_what_fits_and_the_baseline(shelf):
    batch = shelf.batches()["swept"]
    study = read_study(batch.path, batch.stamp)
    assert dimensions(study) == {SCENARIO: ("baseline", "baseline-tunai"), CASELOAD: ("150", "400")}
    assert study.arm(None) == ("baseline", 0)
    assert filtered(study, {CASELOAD: "400"}).arms == [("baseline", 0), ("baseline", 1), ("baseline-tunai", 1)]
    assert filtered(study, {SCENARIO: "baseline-tunai", CASELOAD: "150"}).arms == [
        ("baseline", 0), ("baseline-tunai", 0),
    ]  # fmt: skip
    assert filtered(study, {"nothing": "1"}).arms == study.arms
    assert filtered(study, {CASELOAD: "999"}).arms == [("baseline", 0)]


def test_arms_are_named_in_both_languages(shelf):
    names = {language: side_of(shelf, "swept", language=language) for language in ("id", "en")}
    assert names["id"].name(("baseline", 0)) == "keadaan dasar, 150 keluarga"
    assert names["en"].name(("baseline", 0)) == "baseline, 150 families"


@pytest.mark.parametrize("name", ["swept", "plain", "running"])
def test_each_chart_names_a_command_that_runs(shelf, name, capsys):
    side, batch = side_of(shelf, name), shelf.batches()[name]
    charts = charts_of(side, batch, measure_of(side, Address()))
    assert [chart.key for chart in charts] == ["courses", "differences", "cost"]
    for chart in charts:
        command = chart.command.split()
        assert command[0] == "salur"
        assert main(command[1:]) == 0
    assert capsys.readouterr().out
    assert batch.name in source_of(side, batch)


LINKS = {
    "a path": ("batch=../outside", ""),
    "an absolute path": ("batch=/etc", ""),
    "a zero": ("batch=a%00b", ""),
    "a name": ("batch=swept", "swept"),
}


@pytest.mark.parametrize(("query", "name"), LINKS.values(), ids=LINKS)
def test_a_link_names_a_batch_and_no_path(shelf, query, name):
    from simulation.scenario import load_scenario

    address, _ = read_address("/hasil", query, load_scenario("baseline"))
    assert address.batch == name
    assert shelf.batches().get("../outside") is None


def test_links_hold_the_filter():
    from simulation.scenario import load_scenario

    baseline = load_scenario("baseline")
    address = Address(page="batch", batch="swept", where={CASELOAD: "150", SCENARIO: "baseline"}, gains="baseline:1")
    path, _, query = address.link().partition("?")
    assert read_address(path, query, baseline) == (address, ())
    assert read_address("/hasil", "where=150&lang=en", baseline)[1] == (
        "The filter '150' in the link cannot be read and was left out.",
    )


def test_a_folder_that_is_not_there_is_named(capsys, tmp_path):
    assert main(["dashboard", "--results", str(tmp_path / "none")]) == 2
    assert "but there is no such folder" in capsys.readouterr().err
