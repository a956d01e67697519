"""A folder of batch results: what stands in it, and that nothing is lost, doubled, mixed or done again."""

import errno
import json
import os
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from batching import CASELOAD, half_done, kept_bytes, lines_of, run_here, small
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation import load_scenario, simulate
from simulation.batches import load_batch, read_batch_record, read_families, read_manifest, read_results, tables
from simulation.batches import manifest as manifests
from simulation.batches.batch import Batch, Run
from simulation.batches.coordinator import Coordinator
from simulation.batches.engines import InProcess
from simulation.batches.folder import held_store
from simulation.batches.stopping import half_width, stopping_point
from simulation.batches.work import ABSENT
from simulation.errors import InputError, RunError
from simulation.experiments.ending import end_value
from simulation.measures import MEASURES
from simulation.measures.cascade import STATUSES, Status

NAMES = ["poverty_headcount_before_transfers", "gini", "value_received_share", "poor_persons", "families"]
SWEPT = small(sweep={CASELOAD: [100, 400]}, measures=NAMES)
"""Twelve runs with few measures, so that files are written quickly."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """Return a folder with the results of the small batch with a sweep, run without a break."""
    folder = tmp_path_factory.mktemp("whole") / "results"
    run_here(SWEPT, folder)
    return folder


@pytest.fixture
def copy(whole, tmp_path) -> Path:
    """Return a copy of the folder that a test may spoil."""
    return Path(shutil.copytree(whole, tmp_path / "copy"))


# What stands in it --------------------------------------------------------------------------------------------------


def test_results_have_a_row_for_every_scenario_point_replicate_and_month(whole):
    results = read_results(whole)
    assert list(results)[:7] == ["scenario", "point", CASELOAD, "replicate", "seed", "month", "date"]
    assert list(results)[7:] == [name for name in MEASURES if name in NAMES]
    rows = results[["scenario", "point", "replicate", "month"]].astype({"scenario": str}).itertuples(index=False)
    expected = [(s, p, r, m) for s in ("baseline", "baseline-tunai") for p in (0, 1) for r in range(3) for m in (0, 1)]
    assert [tuple(row) for row in rows] == expected
    assert results["scenario"].cat.categories.tolist() == ["baseline", "baseline-tunai"]
    assert results.groupby("point")[CASELOAD].unique().map(list).to_dict() == {0: [100.0], 1: [400.0]}
    assert results["date"].unique().tolist() == [pd.Timestamp("2023-03-01"), pd.Timestamp("2023-04-01")]


def test_a_run_of_a_batch_is_the_run_that_one_would_make_alone(tmp_path):
    content = small(scenarios=["baseline-tunai"], replicates=1, sweep={CASELOAD: [400]}, keep_families=False)
    run_here(content, tmp_path / "r")
    results = read_results(tmp_path / "r")
    sets = {CASELOAD: 400, "population.seed": 1}
    plan = load_scenario("baseline-tunai", overrides=sets, months=2, scale=0.005, seed=int(results["seed"].iloc[0]))
    alone = simulate(plan)["months"]
    assert list(results)[7:] == list(MEASURES)
    for name in MEASURES:
        np.testing.assert_array_equal(results[name], alone[name], name)


def test_scenarios_differ_and_share_their_luck(whole):
    results = read_results(whole).set_index(["point", "replicate", "month"])
    plain, cash = (results[results["scenario"] == name] for name in ("baseline", "baseline-tunai"))
    assert (plain["seed"] == cash["seed"]).all()
    for name in ("families", "poor_persons", "poverty_headcount_before_transfers"):
        np.testing.assert_array_equal(plain[name], cash[name])
    assert (plain["value_received_share"] < cash["value_received_share"]).all()
    assert plain.groupby("replicate")["gini"].first().nunique() == 3


def test_the_manifest_has_the_plan_and_the_seed_of_every_run(whole):
    batch = load_batch(SWEPT)
    table = read_manifest(whole).set_index(["scenario", "point", "replicate"])
    assert len(table) == batch.size
    assert set(table["status"]) == {"done"}
    assert set(table["attempts"]) == {1}
    run = Run(1, 0, 2)
    row = table.loc[("baseline-tunai", 0, 2)]
    assert (row["seed"], row["plan_sha256"]) == (batch.seeds[2], manifests.plan_hash(batch.plan_of(run)))
    assert table["plan_sha256"].nunique() == batch.size


def test_the_record_says_what_was_asked_and_what_was_done(whole):
    record = read_batch_record(whole)
    assert record["batch"]["sweep"]["points"] == [[100.0], [400.0]]
    assert record["plans"]["baseline"] == load_batch(SWEPT).plans[0].to_dict()
    assert record["progress"] == {"complete": True, "replicates": 3, "runs": 12, "failed": 0}
    assert record["measured"]["sessions"][-1]["runs"] == 12
    assert load_batch(whole / "batch.toml").seeds == load_batch(SWEPT).seeds


def test_the_status_of_families_adds_up_to_the_cascade(whole):
    families = read_families(whole)
    row = read_results(whole).query("scenario == 'baseline' and point == 0 and replicate == 1")
    plan = load_scenario("baseline", overrides={CASELOAD: 100, "population.seed": 1}, months=2, scale=0.005)
    cascade = simulate(plan, int(row["seed"].iloc[0]))["cascade"].query("month == month.max()")
    table = families.of("baseline", 1)
    counts = table[table["status"] >= 0].groupby("status").size()
    for number, name in enumerate(STATUSES):
        assert counts.get(number, 0) == cascade.set_index("status").loc[name, "households"], name
    persons = table[table["status"] == Status.reached]["size"].sum()
    assert abs(persons - cascade.set_index("status").loc["reached", "persons"]) < 10  # sizes are those of the start
    assert (table["status"] > ABSENT).sum() == row["families"].iloc[-1]


def test_families_of_two_runs_are_matched_by_who_they_are(whole):
    families = read_families(whole)
    pair = families.pair("baseline-tunai", "baseline", 0, point=1)
    assert pair.index.is_unique
    assert {"kelurahan", "decile", "size", "elderly", "disabled", "children"} < set(pair)
    poor = (pair["status"] >= 0) & (pair["status_baseline"] >= 0)
    assert (pair["status"][poor] != pair["status_baseline"][poor]).any()
    np.testing.assert_array_equal(pair["status"] == ABSENT, pair["status_baseline"] == ABSENT)
    persons = pair[pair["decile"] > 0].groupby("decile")["size"].sum()
    assert persons.size == 10
    assert persons.max() - persons.min() < 0.1 * persons.mean()
    with pytest.raises(InputError, match="no run of scenario 'x'"):
        families.pair("x", "baseline", 0)


def test_cities_that_differ_are_matched_where_they_can(tmp_path):
    content = small(replicates=1, scenarios=["baseline"], sweep={"assumptions.turnover_per_year": [0.02, 0.06]})
    run_here(content, tmp_path / "r")
    families = read_families(tmp_path / "r")
    assert families.runs["city"].nunique() == 2
    mine, theirs = families.of("baseline", 0, 1), families.of("baseline", 0, 0)
    pair = families.pair("baseline", "baseline", 0, point=1, baseline_point=0)
    assert set(pair.index) == set(mine.index) & set(theirs.index)
    assert 0 < len(pair) < max(len(mine), len(theirs))
    some = pair.index[len(pair) // 2]
    assert pair.loc[some, "status"] == mine.loc[some, "status"]
    assert pair.loc[some, "status_baseline"] == theirs.loc[some, "status"]


def test_a_batch_keeps_what_it_is_told_to(tmp_path):
    content = small(measures=["gini", "leakage"], keep_months="last", keep_families=False, replicates=1)
    run_here(content, tmp_path / "r")
    results = read_results(tmp_path / "r")
    assert list(results) == ["scenario", "point", "replicate", "seed", "month", "date", "gini", "leakage"]
    assert results["month"].tolist() == [1, 1]
    with pytest.raises(InputError, match="keep_families = false"):
        read_families(tmp_path / "r")


# The same in any order ----------------------------------------------------------------------------------------------


class Backwards(InProcess):
    """Collects jobs and does the last one first."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = []

    def submit(self, job):
        from concurrent.futures import Future

        self.waiting.append((job, Future()))
        return self.waiting[-1][1]

    def slots(self) -> int:
        """Do what waits, before more is handed out."""
        while self.waiting:
            job, future = self.waiting.pop()
            future.set_result(super().submit(job).result())
        return 5


def test_the_order_in_which_runs_end_does_not_matter(whole, tmp_path, monkeypatch):
    monkeypatch.setattr("simulation.batches.coordinator._TICK_SECONDS", 0.01)
    with held_store(tmp_path / "r", load_batch(SWEPT)) as store:
        store.begin({})
        Coordinator(store, Backwards(), retry_failed=False, report=None).run()
        store.compact()
    assert kept_bytes(tmp_path / "r") == kept_bytes(whole)


def test_an_interrupted_batch_goes_on_and_ends_alike(whole, tmp_path):
    folder = half_done(SWEPT, tmp_path / "r")
    assert 0 < len(read_results(folder)) < len(read_results(whole))
    before = lines_of(folder)
    outcome = run_here(SWEPT, folder)
    assert (outcome.now, outcome.done) == (12 - before, 12)
    assert kept_bytes(folder) == kept_bytes(whole)
    assert list((folder / "parts").iterdir()) == []


def test_a_complete_batch_has_nothing_left_to_do(copy, whole):
    assert run_here(SWEPT, copy).now == 0
    assert kept_bytes(copy) == kept_bytes(whole)


def test_parts_are_put_together_as_soon_as_a_batch_goes_on(tmp_path):
    folder = half_done(SWEPT, tmp_path / "r")
    assert list((folder / "parts").iterdir())
    with held_store(folder, load_batch(SWEPT)) as store:
        store.begin({})
    assert (folder / "months.parquet").exists()
    assert not list((folder / "parts").iterdir())


# More and other -----------------------------------------------------------------------------------------------------


def test_an_extended_batch_is_what_it_would_have_been_from_the_start(tmp_path):
    smaller = small(replicates=2, scenarios=["baseline"], sweep={CASELOAD: [400]}, measures=NAMES)
    run_here(smaller, tmp_path / "grown")
    larger = small(scenarios=["baseline", "baseline-tunai"], sweep={CASELOAD: [400, 100]}, measures=NAMES)
    with pytest.raises(InputError, match="replicates was 2 and is 3.*add --extend"):
        run_here(larger, tmp_path / "grown")
    assert run_here(larger, tmp_path / "grown", extend=True).now == 12 - 2
    run_here(larger, tmp_path / "fresh")
    assert kept_bytes(tmp_path / "grown") == kept_bytes(tmp_path / "fresh")
    assert run_here(larger, tmp_path / "grown").now == 0


def test_points_keep_their_numbers_when_others_come(copy):
    run_here({**SWEPT, "sweep": {CASELOAD: [50, 100, 400]}}, copy, extend=True)
    results = read_results(copy)
    assert results.groupby("point")[CASELOAD].first().to_dict() == {0: 100.0, 1: 400.0, 2: 50.0}
    assert len(results) == 2 * 3 * 3 * 2


CHANGES = [
    ({**SWEPT, "sweep": {CASELOAD: [100]}}, "1 point is gone, such as 400.0"),
    ({**SWEPT, "sweep": {CASELOAD: [100, 300]}}, "1 point is gone, such as 400.0; 1 point is new"),
    (small(measures=NAMES), "the sweep was over policy.caseload_per_pendamping and is over nothing"),
    ({**SWEPT, "replicates": 2}, "replicates was 3 and is 2"),
    ({**SWEPT, "months": 3}, "months was 2 and is 3)"),
    ({**SWEPT, "scale": 0.01}, "scale was 0.005 and is 0.01"),
    ({**SWEPT, "seed": 2}, "seed was 1 and is 2"),
    ({**SWEPT, "scenarios": ["baseline"]}, "scenario 'baseline-tunai' is gone"),
    ({**SWEPT, "measures": ["gini"]}, "measures was"),
    ({**SWEPT, "keep_families": False}, "keep_families was true and is false"),
    ({**SWEPT, "set": {"population.seed": 2}}, "scenario 'baseline' has another population.seed: 1 | 2"),
    (
        {**SWEPT, "replicates": {"until_half_width": 1.0, "measure": "gini", "max": 20}},
        "replicates was 3 and is a rule",
    ),
]


@pytest.mark.parametrize(("content", "sentence"), CHANGES, ids=[sentence for _, sentence in CHANGES])
def test_a_batch_that_changed_is_refused_and_nothing_touched(whole, content, sentence):
    before = {path.name: path.read_bytes() for path in whole.iterdir() if path.is_file()}
    for extend in (False, True):
        with pytest.raises(InputError) as caught:
            run_here(content, whole, extend=extend)
        assert sentence in str(caught.value)
        assert "take the change back" in str(caught.value)
    assert {path.name: path.read_bytes() for path in whole.iterdir() if path.is_file()} == before


def test_words_may_change(copy):
    assert run_here({**SWEPT, "title": {"en": "Another title"}, "baseline": "baseline-tunai"}, copy).now == 0
    assert read_batch_record(copy)["title"]["en"] == "Another title"


def test_results_of_other_code_are_not_mixed(copy, monkeypatch):
    record = json.loads((copy / "record.json").read_text())
    (copy / "record.json").write_text(json.dumps(record | {"results_sha256": "0"}))
    with pytest.raises(InputError, match="the code of the model is another one"):
        run_here(SWEPT, copy)


def test_results_of_other_packages_are_noted(copy):
    record = json.loads((copy / "record.json").read_text())
    record["versions"]["numpy"] = "1.0"
    (copy / "record.json").write_text(json.dumps(record))
    (note,) = run_here(SWEPT, copy).notes
    assert "runs were made with numpy 1.0 and" in note


def test_a_changed_scenario_file_is_named(tmp_path, monkeypatch):
    mine = tmp_path / "mine.toml"
    mine.write_text('extends = "baseline"\n[policy]\ncaseload_per_pendamping = 100\n')
    content = small(scenarios=[str(mine)], replicates=1, measures=NAMES)
    run_here(content, tmp_path / "r")
    mine.write_text('extends = "baseline"\n[policy]\ncaseload_per_pendamping = 200\n')
    with pytest.raises(InputError, match=r"policy.caseload_per_pendamping: 100 \| 200"):
        run_here(content, tmp_path / "r", extend=True)


# Damage -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["months", "families", "cities"])
def test_a_truncated_part_is_set_aside_and_its_runs_are_done_again(whole, tmp_path, kind):
    folder = half_done(SWEPT, tmp_path / "r")
    part = min((folder / "parts").glob(f"*-{kind}.parquet"))
    part.write_bytes(part.read_bytes()[:-100])
    if kind == "months":
        with pytest.warns(UserWarning, match="is damaged and was left out"):
            read_results(folder)
    outcome = run_here(SWEPT, folder)
    assert f"damaged files were set aside in {folder / 'damaged'}: " in outcome.notes[0]
    assert part.name in outcome.notes[0]
    assert (folder / "damaged" / part.name).exists()
    assert kept_bytes(folder) == kept_bytes(whole)


def test_a_flipped_bit_in_a_number_is_found(tmp_path):
    path = tmp_path / "table.parquet"
    table = pa.table({"share": np.random.default_rng(1).normal(size=1000)})
    tables.write_table(path, [table], table.schema)
    assert tables.is_whole(path)
    column = pq.ParquetFile(path).metadata.row_group(0).column(0)
    content = bytearray(path.read_bytes())
    content[column.data_page_offset + column.total_compressed_size // 2] ^= 1
    path.write_bytes(bytes(content))
    assert not tables.is_whole(path)


def test_a_damaged_compacted_file_is_done_again(copy, whole):
    content = (copy / "months.parquet").read_bytes()
    (copy / "months.parquet").write_bytes(content[: len(content) // 2])
    outcome = run_here(SWEPT, copy)
    assert (outcome.now, "months.parquet" in outcome.notes[0]) == (12, True)
    assert kept_bytes(copy) == kept_bytes(whole)


def test_a_line_cut_off_in_the_manifest_costs_its_run_only(whole, tmp_path):
    folder = half_done(SWEPT, tmp_path / "r")
    path = folder / "manifest.jsonl"
    path.write_bytes(path.read_bytes()[:-50])
    done = lines_of(folder)
    assert run_here(SWEPT, folder).now == 12 - done
    assert kept_bytes(folder) == kept_bytes(whole)


def test_a_part_without_its_lines_counts_for_nothing(whole, tmp_path):
    folder = half_done(SWEPT, tmp_path / "r")
    path = folder / "manifest.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))
    (folder / "parts" / ".000009-months.parquet.part").write_bytes(b"half")
    assert len(read_results(folder)) == 2 * (len(lines) - 1)
    assert run_here(SWEPT, folder).now == 12 - (len(lines) - 1)
    assert kept_bytes(folder) == kept_bytes(whole)


@pytest.mark.parametrize("kind", ["months", "families", "manifest"])
def test_a_full_disk_stops_the_batch_and_costs_nothing_that_was_kept(whole, tmp_path, monkeypatch, kind):
    folder, fills = tmp_path / "r", {"after": 4}
    write, append = tables.write_table, manifests.append_entries

    def full(path):
        fills["after"] -= 1
        if fills["after"] < 0:
            Path(f"{path}.half").write_bytes(b"x")
            Path(f"{path}.half").unlink()
            raise OSError(errno.ENOSPC, "No space left on device", str(path))

    def write_table(path, *rest):
        if path.name.endswith(f"-{kind}.parquet"):
            full(path)
        write(path, *rest)

    def append_entries(place, entries):
        if kind == "manifest":
            full(place / "manifest.jsonl")
        append(place, entries)

    monkeypatch.setattr(tables, "write_table", write_table)
    monkeypatch.setattr(manifests, "append_entries", append_entries)
    with pytest.raises(RunError, match=r"No space left on device\); \d of 12 runs are kept"):
        run_here(SWEPT, folder)
    kept = lines_of(folder)
    assert 0 < kept < 12
    monkeypatch.undo()
    assert run_here(SWEPT, folder).now == 12 - kept
    assert kept_bytes(folder) == kept_bytes(whole)


# Failures -----------------------------------------------------------------------------------------------------------


def failing_for(batch: Batch, *runs: Run):
    """Return a stand-in for the model that fails in some runs."""
    from simulation.batches import work

    plans = [batch.plan_of(run) for run in runs]
    start = work._start

    def fail(job):
        if job.plan in plans:
            raise ZeroDivisionError("nobody is left")
        return start(job)

    return fail


def test_a_failed_run_is_recorded_and_the_batch_goes_on(whole, tmp_path, monkeypatch):
    folder = tmp_path / "r"
    monkeypatch.setattr("simulation.batches.work._start", failing_for(load_batch(SWEPT), Run(0, 1, 1), Run(1, 0, 0)))
    outcome = run_here(SWEPT, folder)
    assert (outcome.done, outcome.failed) == (10, 2)
    table = read_manifest(folder).set_index(["scenario", "point", "replicate"])
    row = table.loc[("baseline", 1, 1)]
    assert (row["status"], row["error"]) == ("failed", "ZeroDivisionError: nobody is left")
    assert "Traceback" in row["traceback"]
    failure = json.loads((folder / "failures" / "baseline-1-1.json").read_text())
    assert failure["plan"]["run"]["seed"] == row["seed"]
    assert len(read_results(folder)) == 2 * 10
    assert run_here(SWEPT, folder).now == 0
    monkeypatch.undo()
    seen = []
    outcome = run_here(SWEPT, folder, retry_failed=True, report=seen.append)
    assert (outcome.now, outcome.failed) == (2, 0)
    assert (seen[0].done, seen[0].failed, seen[0].total) == (10, 0, 12)
    assert kept_bytes(folder) == kept_bytes(whole)
    assert not list((folder / "failures").iterdir())
    assert set(read_manifest(folder)["status"]) == {"done"}


# Who writes where ---------------------------------------------------------------------------------------------------


def test_a_second_writer_is_refused(copy):
    with held_store(copy, load_batch(SWEPT)), pytest.raises(InputError, match="another salur batch .process"):
        run_here(SWEPT, copy)
    assert run_here(SWEPT, copy).now == 0


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="not that of a batch .it holds notes.txt."):
        run_here(SWEPT, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    with pytest.raises(InputError, match="there is a file of that name"):
        run_here(SWEPT, tmp_path / "notes.txt")
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "record.json").write_text("{}")
    with pytest.raises(InputError, match="no readable record.json of a batch"):
        run_here(SWEPT, tmp_path / "run")
    for read in (read_results, read_families, read_manifest, read_batch_record):
        with pytest.raises(InputError, match="no folder of a batch"):
            read(tmp_path)


@pytest.mark.parametrize("workers", ["many", "-1", "dask", "dask:0", ":2", "2:2", "99999999", "1.5"])
def test_workers_that_make_no_sense_leave_no_folder(tmp_path, workers):
    with pytest.raises(InputError, match="must be a number of processes such as 4, or 'dask:4'"):
        run_here(SWEPT, tmp_path / "a" / "b", workers=workers)
    assert not (tmp_path / "a").exists()


def test_a_folder_whose_batch_died_at_once_can_be_used(tmp_path, whole):
    (tmp_path / "r" / "parts").mkdir(parents=True)
    for name in (".lock", "batch.toml", ".record.json.part"):
        (tmp_path / "r" / name).write_text("")
    run_here(SWEPT, tmp_path / "r")
    assert kept_bytes(tmp_path / "r") == kept_bytes(whole)


def test_a_batch_without_results_says_so(tmp_path):
    with held_store(tmp_path / "r", load_batch(SWEPT)) as store:
        store.begin({})
    with pytest.raises(InputError, match="no run of this batch has come to its end yet"):
        read_results(tmp_path / "r")


# When to stop -------------------------------------------------------------------------------------------------------

RULE = {"until_half_width": 0.01, "measure": "value_received_share", "max": 40}


def ruled(**changes) -> Batch:
    return load_batch(small(replicates=RULE | changes, measures=NAMES))


def values_with(batch: Batch, differences) -> dict:
    """Return values of runs whose paired differences are given, on top of luck that both share."""
    luck = np.random.default_rng(1).normal(size=len(differences))
    values = {("baseline", 0, number): one for number, one in enumerate(luck)}
    return values | {("baseline-tunai", 0, n): luck[n] + one for n, one in enumerate(differences)}


def test_the_half_width_is_that_of_students_t():
    """Ten differences with a standard deviation of one: 2.262 / root of ten."""
    sample = np.array([-1.0, 1.0] * 5)
    assert half_width(sample, 0 * sample) == pytest.approx(2.2622 * sample.std(ddof=1) / np.sqrt(10), rel=1e-4)
    assert half_width(sample[:1], sample[:1]) == np.inf


@pytest.mark.parametrize(
    ("measure", "months", "value"),
    [("exclusion_error", 24, 17.5), ("exclusion_error", 6, 4.0), ("families", 24, 23.0), ("families", 6, 5.0)],
    ids=["a share over a year", "over half of a short run", "a stock in the last month", "of a short run too"],
)
def test_a_rule_looks_at_what_compare_reports(measure, months, value):
    """The values are the numbers of the months themselves."""
    numbers = np.arange(months)
    assert end_value(measure, numbers, numbers.astype(float)) == value
    assert end_value(measure, numbers[-3:], numbers[-3:].astype(float)) in (value, numbers[-3:].mean())


@pytest.mark.parametrize(
    ("spread", "ended", "stop"),
    [(0.0, 10, 10), (0.0, 9, None), (0.0, 40, 10), (9.9, 39, None), (9.9, 40, 40)],
    ids=["certain", "block not complete", "looks at blocks in order", "not yet known", "at the most"],
)
def test_a_rule_stops_after_complete_blocks(spread, ended, stop):
    batch = ruled()
    values = values_with(batch, [spread * (-1) ** number for number in range(40)])
    assert stopping_point(batch, values, ended) == stop


def test_a_rule_looks_at_differences_and_not_at_luck():
    """Luck is a hundred times wider than the rule allows, and shared."""
    batch = ruled()
    luck = np.array(list(values_with(batch, [0.02] * 10).values())[:10])
    assert half_width(luck, 0 * luck) > 0.1
    assert stopping_point(batch, values_with(batch, [0.02] * 10), 10) == 10


def test_a_run_that_failed_is_left_out_of_the_differences():
    batch = ruled()
    values = values_with(batch, [0.0] * 9 + [5.0])
    assert stopping_point(batch, values, 10) is None
    del values[("baseline", 0, 9)]
    assert stopping_point(batch, values, 10) == 10


@given(st.permutations(range(20)), st.integers(0, 10**6))
@settings(max_examples=30, deadline=None)
def test_the_stop_does_not_depend_on_who_ends_first(order, seed):
    from simulation.batches.stopping import Stopper

    batch = ruled(max=20, until_half_width=0.5)
    values = values_with(batch, np.random.default_rng(seed).normal(size=20))
    first = stopping_point(batch, values, 20)
    stopper = Stopper(batch, (), {})
    for replicate in order:
        for name in batch.scenarios:
            stopper.hear((name, 0, replicate), values[(name, 0, replicate)])
    assert stopper.stop == first


def test_a_batch_stops_by_its_rule_drops_what_is_beyond_and_can_go_on(tmp_path, monkeypatch):
    monkeypatch.setattr("simulation.batches.coordinator._TICK_SECONDS", 0.01)
    loose = small(replicates=RULE | {"until_half_width": 1.0}, months=1, measures=NAMES)
    with held_store(tmp_path / "b", load_batch(loose)) as store:
        store.begin({})
        coordinator = Coordinator(store, Backwards(), retry_failed=False, report=None)
        coordinator.run()
        assert len(store.stock.done) > 20
        store.compact(coordinator.replicates)
    outcome = run_here(loose, tmp_path / "a")
    assert outcome.replicates == 10
    assert kept_bytes(tmp_path / "a") == kept_bytes(tmp_path / "b")
    assert read_results(tmp_path / "a")["replicate"].max() == 9
    assert read_manifest(tmp_path / "a")["replicate"].max() == 9
    assert run_here(loose, tmp_path / "a").now == 0
    tighter = small(replicates=RULE | {"until_half_width": 1e-9, "max": 12}, months=1, measures=NAMES)
    with pytest.raises(InputError, match="until_half_width was 1 and is"):
        run_here(tighter, tmp_path / "a")


def test_an_endless_rule_goes_to_its_most(tmp_path):
    tight = small(replicates=RULE | {"until_half_width": 1e-9, "max": 11}, months=1, measures=NAMES)
    assert run_here(tight, tmp_path / "r").replicates == 11
    more = small(replicates=RULE | {"until_half_width": 1e-9, "max": 13}, months=1, measures=NAMES)
    assert run_here(more, tmp_path / "r", extend=True).now == 2 * 2
    looser = small(replicates=RULE | {"until_half_width": 1e-3, "max": 13}, months=1, measures=NAMES)
    with pytest.raises(InputError, match="take the change back"):
        run_here(looser, tmp_path / "r", extend=True)


# The cache of cities ------------------------------------------------------------------------------------------------


def test_the_cache_keeps_the_cities_used_last(tmp_path, monkeypatch):
    """There is room for two; the first is used again before each new one comes."""
    from simulation import start
    from simulation.model import live_through_history

    plans = [load_scenario("baseline", scale=0.005, seed=seed) for seed in (1, 2, 3)]
    city = start.cached_start(plans[0], live_through_history)
    monkeypatch.setenv("SALUR_CACHE", str(tmp_path))
    monkeypatch.setattr(start, "CACHE_LIMIT_BYTES", 800_000)
    for number, plan in enumerate(plans):
        start.cached_start(plan, lambda _: city)
        for path in (tmp_path / "cities").glob("*.npz"):
            old = path.stat().st_mtime - 100
            os.utime(path, (old, old))
        start.cached_start(plans[0], live_through_history)
        assert start.is_cached(plan)
        assert len(list((tmp_path / "cities").iterdir())) == min(number + 1, 2)
    assert [start.is_cached(plan) for plan in plans] == [True, False, True]
    start.cached_start(plans[1], lambda _: city, keep=False)
    assert not start.is_cached(plans[1])
