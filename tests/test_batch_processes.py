"""Batches among real processes: killed coordinators, workers that die, a Dask cluster, scripts, Ctrl-C."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from batching import half_done, kept_bytes, lines_of, run_here, small
from dying import perform_or_die

from simulation.batches import load_batch, read_manifest, read_results
from simulation.batches.batch_file import _toml
from simulation.cli import main
from simulation.errors import InputError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")

LONG = small(replicates=8, months=18, scale=0.01, measures=["gini", "value_received_share", "families"])
"""Sixteen runs of about a tenth of a second, so that a batch can be met in the middle."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """Return a folder with the results of the long batch, run without a break in this process."""
    folder = tmp_path_factory.mktemp("whole") / "results"
    run_here(LONG, folder)
    return folder


@pytest.fixture
def file(tmp_path) -> Path:
    """Return a file with the long batch, of the name that a batch from a mapping has."""
    path = tmp_path / "batch.toml"
    path.write_text("".join(f"{key} = {_toml(value)}\n" for key, value in LONG.items()))
    return path


def start(*arguments: object, **options) -> subprocess.Popen:
    """Start Python with arguments."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([sys.executable, *map(str, arguments)], **quiet | options)


def wait_until(true, process: subprocess.Popen, seconds: float = 60) -> None:
    """Wait until something is true while a process lives."""
    end = time.monotonic() + seconds
    while not true():
        assert process.poll() is None, "the process ended too early"
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.002)


def children_of(process: subprocess.Popen) -> list[int]:
    """Return the worker processes of a coordinator."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = path.read_text().rpartition(")")[2].split()[1]
            words = (path.parent / "cmdline").read_text()
        except OSError:
            continue
        if int(parent) == process.pid and "spawn_main" in words:
            found.append(int(path.parent.name))
    return found


def is_alive(number: int) -> bool:
    """Tell whether a process runs, not counting one that only waits to be taken note of."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# Killed -------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes in /proc")
@pytest.mark.parametrize(("runs", "workers"), [(1, 1), (6, 2)], ids=["first part written", "in the middle"])
def test_a_killed_batch_goes_on_as_if_nothing_had_happened(whole, file, tmp_path, runs, workers):
    folder = tmp_path / "r"
    process = start("-m", "simulation", "batch", file, "--out", folder, "--workers", workers)
    wait_until(lambda: lines_of(folder) >= runs, process)
    children = children_of(process)
    os.kill(process.pid, signal.SIGSTOP)  # so that it does not get further while we look
    assert process.poll() is None
    assert main(["batch", str(file), "--out", str(folder)]) == 2, "a second writer"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    kept = lines_of(folder)
    assert runs <= kept < 16
    assert len(children) == workers
    assert len(read_results(folder)) == 18 * kept
    outcome = run_here(LONG, folder)
    assert outcome.now == 16 - kept
    assert kept_bytes(folder) == kept_bytes(whole)
    end = time.monotonic() + 10
    while any(map(is_alive, children)):
        assert time.monotonic() < end, "workers outlived their coordinator"
        time.sleep(0.01)


DIES_WHILE_COMPACTING = """
import sys, time
from pathlib import Path
from simulation.batches import run_batch, store, tables
from simulation.cli import main

def halt(*_):
    Path(sys.argv[2]).touch()
    time.sleep(600)

moment, groups, write = sys.argv[3], tables.in_groups, tables.write_table

def in_groups(places):
    yield from groups(places[:1])
    halt()

def write_table(path, *rest):
    write(path, *rest)
    if path.name == "months.parquet":
        halt()

if moment == "months half written":
    tables.in_groups = in_groups
elif moment == "months in place, families not":
    tables.write_table = write_table
else:
    store.manifest.rewrite_entries = halt
main(["batch", sys.argv[1], "--out", "r", "--workers", "0"])
"""


@pytest.mark.parametrize("moment", ["months half written", "months in place, families not", "tables in place"])
def test_a_batch_killed_while_it_puts_parts_together_loses_nothing(whole, file, tmp_path, moment):
    folder, flag = tmp_path / "r", tmp_path / "compacting"
    half_done(LONG, folder, 10)
    kept = lines_of(folder)
    process = start("-c", DIES_WHILE_COMPACTING, file, flag, moment, cwd=tmp_path)
    wait_until(flag.exists, process)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert list((folder / "parts").glob("*.parquet")), "the parts were gone already"
    assert len(read_results(folder)) == 18 * kept
    assert run_here(LONG, folder).now == 16 - kept
    assert kept_bytes(folder) == kept_bytes(whole)


# Workers that die ---------------------------------------------------------------------------------------------------

FEW = small(
    replicates=2, scenarios=["baseline"], sweep={"policy.caseload_per_pendamping": [100, 400]}, measures=["gini"]
)


def test_a_worker_that_dies_costs_its_run_a_try_and_other_runs_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("SALUR_TEST_ONCE", str(tmp_path / "once"))
    monkeypatch.setattr("simulation.batches.engines.perform", perform_or_die)
    folder = tmp_path / "r"
    outcome = run_here(FEW, folder, workers=1)
    assert (outcome.done, outcome.failed) == (3, 1)
    table = read_manifest(folder).set_index(["point", "replicate"])
    assert table["status"].to_dict() == {(0, 0): "done", (0, 1): "done", (1, 0): "failed", (1, 1): "done"}
    assert "the worker died in each of 3 attempts" in table.loc[(1, 0), "error"]
    assert (folder / "failures" / "baseline-1-0.json").exists()
    monkeypatch.undo()
    assert run_here(FEW, folder, retry_failed=True).now == 1
    run_here(FEW, tmp_path / "fresh")
    assert kept_bytes(folder) == kept_bytes(tmp_path / "fresh")


# Dask ---------------------------------------------------------------------------------------------------------------


@contextmanager
def cluster(folder: Path, workers: int):
    """Start a scheduler and workers by command and give the address and the workers."""
    pytest.importorskip("distributed")
    where = folder / "scheduler.json"
    command = ["-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", 0, "--no-dashboard"]
    started = [start(*command, "--scheduler-file", where, cwd=folder)]
    try:
        wait_until(lambda: where.exists() and where.stat().st_size, started[0])
        address = json.loads(where.read_text())["address"]
        one = ["-m", "distributed.cli.dask_worker", address, "--nthreads", 1, "--no-dashboard", "--no-nanny"]
        started += [start(*one, cwd=folder) for _ in range(workers)]
        yield address, started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


def test_a_dask_cluster_that_loses_a_worker_gives_the_same_results(whole, file, tmp_path):
    folder, killed = tmp_path / "r", []

    def kill_one(worker: subprocess.Popen) -> None:
        wait_until(lambda: lines_of(folder) >= 4, worker)
        worker.kill()
        killed.append(lines_of(folder))

    with cluster(tmp_path, 2) as (address, workers):
        killer = threading.Thread(target=kill_one, args=(workers[0],))
        killer.start()
        assert main(["batch", str(file), "--out", str(folder), "--scheduler", address]) == 0
        killer.join()
    assert killed
    assert killed[0] < 16
    assert kept_bytes(folder) == kept_bytes(whole)
    assert "Dask at tcp://127.0.0.1" in (folder / "record.json").read_text()


def test_a_scheduler_that_cannot_be_reached_is_bad_input(tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("simulation.batches.cluster.PATIENCE_SECONDS", 0.2)
    for address, reason in (("tcp://127.0.0.1:9", "nobody answers"), ("nonsense", "Must include protocol")):
        with pytest.raises(InputError, match=f"--scheduler is '{address}', but no Dask scheduler.*{reason}"):
            run_here(FEW, tmp_path / "r", workers=None, scheduler=address)
    with pytest.raises(InputError, match="brings its own workers"):
        run_here(FEW, tmp_path / "r", workers=2, scheduler="tcp://127.0.0.1:9")
    assert not (tmp_path / "r").exists()


# As people use it ---------------------------------------------------------------------------------------------------


def test_a_script_needs_no_guard(tmp_path):
    """Workers are started afresh, and still the user's script runs once."""
    script = tmp_path / "mine.py"
    script.write_text(
        f"from simulation import run_batch\nprint('once')\nprint(run_batch({FEW!r}, out='r', workers=1).done)\n"
    )
    shown = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert (shown.stdout, shown.returncode) == ("once\n4\n", 0), shown.stderr


def test_ctrl_c_keeps_what_is_done(file, tmp_path):
    folder = tmp_path / "r"
    options = {"stderr": subprocess.PIPE, "text": True, "start_new_session": True}
    command = ("-m", "simulation", "batch", file, "--out", folder, "--workers", 1)
    process = start(*command, **options, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler))
    wait_until(lambda: lines_of(folder) >= 2, process)
    os.killpg(process.pid, signal.SIGINT)
    said = process.communicate(timeout=30)[1]
    assert process.returncode == 130
    kept = lines_of(folder)
    assert f"Interrupted; {kept} of 16 runs are kept in {folder}, and the same command goes on" in said
    assert "Traceback" not in said
    assert load_batch(file).size == 16
