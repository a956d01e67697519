"""Results are written as a whole or not at all, and nothing that was there is lost."""

import errno
import json
import os
import re
import sys
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from simulation.errors import InputError, RunError
from simulation.experiments import record as records
from simulation.experiments.record import Watch, build_record, inputs_hash
from simulation.experiments.results import (
    TABLES,
    check_free,
    default_folder,
    read_record,
    read_tables,
    write_results,
)
from simulation.plan import Plan
from simulation.scenario import load_scenario

MONTHS = pd.to_datetime(["2023-03-01", "2023-04-01"])


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    """Return small tables such as a run returns."""
    frame = pd.DataFrame({"month": MONTHS, "leakage": [0.25, np.nan], "families": [10, 11], "name": ["a", "b"]})
    return {name: frame.assign(table=name) for name in TABLES if name != "households"}


@pytest.fixture
def plan() -> Plan:
    return load_scenario("baseline", months=2, scale=0.02)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def draw(folder: Path) -> None:
    (folder / "map.svg").write_text("<svg/>")


def test_the_folder_holds_tables_record_and_figures(tmp_path, tables, plan):
    record = build_record(plan, measured=Watch().measured())
    folder = write_results(tmp_path / "out", tables, record, figures=draw)
    names = {f"{name}.parquet" for name in tables} | {"record.json", "figures/map.svg"}
    assert set(contents(folder)) == names
    assert os.listdir(tmp_path) == ["out"]
    assert read_record(folder) == record
    read = read_tables(folder)
    assert list(read) == list(tables)
    for name, table in tables.items():
        pd.testing.assert_frame_equal(read[name], table, check_dtype=False)
        assert read[name].columns[0] == "month"


def test_without_figures_there_is_no_folder_of_them(tmp_path, tables):
    folder = write_results(tmp_path / "a" / "b" / "out", tables | {"households": tables["months"]}, {})
    assert {path.name for path in folder.iterdir()} == {f"{name}.parquet" for name in TABLES} | {"record.json"}


def test_a_folder_that_exists_is_kept(tmp_path, tables):
    folder = write_results(tmp_path / "out", tables, {"run": 1})
    before = contents(folder)
    for attempt in (lambda: check_free(folder), lambda: write_results(folder, tables, {"run": 2})):
        with pytest.raises(InputError) as caught:
            attempt()
        assert str(folder) in str(caught.value)
        assert "--force" in str(caught.value)
    assert contents(folder) == before


def test_an_empty_folder_counts_as_existing(tmp_path):
    with pytest.raises(InputError, match="the folder exists"):
        check_free(tmp_path)


def test_force_replaces_all_of_an_earlier_result(tmp_path, tables):
    folder = write_results(tmp_path / "out", tables, {"run": 1}, figures=draw)
    write_results(folder, {"months": tables["months"]}, {"run": 2}, force=True)
    assert set(contents(folder)) == {"months.parquet", "record.json"}
    assert read_record(folder) == {"run": 2}
    assert os.listdir(tmp_path) == ["out"]


def test_force_follows_a_link_and_keeps_it(tmp_path, tables):
    real = write_results(tmp_path / "real", tables, {"run": 1})
    link = tmp_path / "link"
    link.symlink_to(real)
    write_results(link, tables, {"run": 2}, force=True)
    assert link.is_symlink()
    assert read_record(real) == {"run": 2}


def test_force_does_not_touch_what_salur_did_not_write(tmp_path, tables):
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "thesis.docx").write_text("years of work")
    mixed = write_results(tmp_path / "mixed", tables, {})
    (mixed / "notes.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for name, sentence in (("foreign", "thesis.docx"), ("mixed", "notes.txt"), ("file", "there is a file")):
        before = contents(tmp_path)
        with pytest.raises(InputError, match=sentence):
            write_results(tmp_path / name, tables, {}, force=True)
        assert contents(tmp_path) == before


def disk_full(folder: Path) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def bug(folder: Path) -> None:
    (folder / "half.svg").write_text("<svg")
    raise ZeroDivisionError


def interrupt(folder: Path) -> None:
    raise KeyboardInterrupt


FAILURES = [(disk_full, RunError), (bug, ZeroDivisionError), (interrupt, KeyboardInterrupt)]


@pytest.mark.parametrize(("failing", "error"), FAILURES)
def test_a_failure_leaves_nothing_behind(tmp_path, tables, failing, error):
    with pytest.raises(error):
        write_results(tmp_path / "a" / "b" / "out", tables, {}, figures=failing)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(("failing", "error"), FAILURES)
def test_a_failure_under_force_keeps_the_old(tmp_path, tables, failing, error):
    folder = write_results(tmp_path / "out", tables, {"run": 1}, figures=draw)
    before = contents(folder)
    with pytest.raises(error):
        write_results(folder, tables, {"run": 2}, force=True, figures=failing)
    assert contents(folder) == before
    assert os.listdir(tmp_path) == ["out"]


@pytest.mark.parametrize("error", [OSError(errno.EBUSY, "busy"), KeyboardInterrupt()])
def test_the_old_comes_back_when_the_new_cannot_take_its_place(tmp_path, tables, monkeypatch, error):
    folder = write_results(tmp_path / "out", tables, {"run": 1})
    before, rename = contents(folder), os.rename

    def fail_on_the_new(source, target):
        if Path(source).name == "new":
            raise error
        rename(source, target)

    monkeypatch.setattr(os, "rename", fail_on_the_new)
    with pytest.raises((RunError, KeyboardInterrupt)):
        write_results(folder, tables, {"run": 2}, force=True)
    assert contents(folder) == before
    assert os.listdir(tmp_path) == ["out"]


@contextmanager
def largest_file(size: int):
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_takes_no_more_fails_the_run(tmp_path, tables):
    folder = write_results(tmp_path / "out", tables, {"run": 1})
    before = contents(folder)
    with largest_file(1000), pytest.raises(RunError, match="could not be written") as caught:
        write_results(folder, tables, {"run": 2}, force=True)
    assert "\n" not in str(caught.value)
    assert contents(folder) == before
    assert os.listdir(tmp_path) == ["out"]


def test_a_place_that_may_not_be_written_fails_before_the_run(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(RunError, match="may not be written to"):
        check_free(tmp_path / "out")


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder in which nobody can write")
def test_a_place_that_cannot_be_written_fails(tables):
    with pytest.raises(RunError, match="could not be written"):
        write_results("/proc/salur", tables, {})


@pytest.mark.parametrize("name", ["a\0b", "x" * 300, "file/out"], ids=["NUL", "too long", "in a file"])
def test_what_cannot_be_a_folder_is_bad_input(tmp_path, name):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="choose another"):
        check_free(tmp_path / name)


def test_the_default_folder_names_scenario_seed_and_time(tmp_path, monkeypatch, plan):
    monkeypatch.chdir(tmp_path)
    folder = default_folder(plan)
    assert re.fullmatch(r"results/baseline-1-\d{8}-\d{6}", folder.as_posix())
    for _ in range(3):
        default_folder(plan).mkdir(parents=True)
    assert len(list(Path("results").iterdir())) == 3


@pytest.mark.parametrize("read", [read_tables, read_record])
def test_what_is_no_result_folder_cannot_be_read(tmp_path, read):
    with pytest.raises(InputError, match="no result folder"):
        read(tmp_path)


def test_a_record_is_the_same_each_time_but_for_what_was_measured(plan):
    watch = Watch()
    one, two = (build_record(plan, households=5, measured=watch.measured()) for _ in range(2))
    measured = one.pop("measured"), two.pop("measured")
    assert one == two
    assert set(measured[0]) == {"started", "finished", "wall_seconds", "cpu_seconds", "peak_mb"}
    assert Plan.from_dict(json.loads(json.dumps(one))["plan"]) == plan
    assert one["name"] == "baseline"
    assert one["households"] == 5
    assert {"salur", "python", "numpy", "pandas", "mesa", "numba", "pyarrow", "platform"} == set(one["versions"])
    assert "inputs are only assumed" in one["assumed_headline"]
    assert len(one["notes"]) == 6


def test_the_hash_of_the_inputs_follows_the_inputs(plan, monkeypatch):
    same = load_scenario("baseline", months=2, scale=0.02)
    others = [plan.with_(seed=2), plan.with_(months=3), plan.override({"policy.benefit_multiplier": 2})]
    assert inputs_hash(same) == inputs_hash(plan)
    hashes = {inputs_hash(one) for one in (plan, *others)}
    assert len(hashes) == 4
    monkeypatch.setattr(records, "code_digest", lambda: "other code")
    assert inputs_hash(plan) not in hashes


def test_the_code_revision_is_left_out_where_there_is_none(monkeypatch, tmp_path):
    revision = records.code_revision()
    assert revision is None or re.fullmatch("[0-9a-f]{40,64}", revision["revision"])
    monkeypatch.setattr(records, "__file__", str(tmp_path / "simulation" / "experiments" / "record.py"))
    assert records.code_revision() is None
    (tmp_path / ".git").mkdir()
    assert records.code_revision() is None
