"""The command ``salur batch``: what it prints, what it writes, and the exit code of everything that goes wrong."""

import pytest
from batching import CASELOAD, half_done, kept_bytes, small

from simulation.batches import load_batch, read_results
from simulation.batches.batch_file import _toml
from simulation.batches.coordinator import Progress
from simulation.cli import main
from simulation.cli_batches import Lines, duration, in_words, size

CONTENT = small(sweep={CASELOAD: [100, 400]}, measures=["gini", "leakage"], title={"en": "A small batch"}, replicates=2)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """Run in a folder of its own, with a batch file in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "b.toml").write_text("".join(f"{key} = {_toml(value)}\n" for key, value in CONTENT.items()))
    return tmp_path


def test_a_batch_says_what_it_is_how_far_it_is_and_where_it_went(capsys, elsewhere):
    assert main(["batch", "b.toml", "--workers", "0"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(
        "A small batch: 2 scenarios x 2 points x 2 replicates = 8 runs of 2 months.\n8 runs ended"
    )
    assert said.out.endswith("; 2 replicates in all.\nResults: results/b\n")
    assert said.err.splitlines()[0].startswith("Note: The change of")
    assert "more notes of this kind in record.json.)" in said.err
    assert said.err.splitlines()[1:] == ["0 of 8 runs, starting", "8 of 8 runs"]
    assert len(read_results("results/b")) == 8 * 2
    assert (elsewhere / "results/b/batch.toml").read_text() == (elsewhere / "b.toml").read_text()
    assert main(["batch", "b.toml", "--workers", "0"]) == 0
    assert "0 runs ended now; all were there already" in capsys.readouterr().out


def test_quiet_prints_the_folder_only(capsys):
    assert main(["batch", "b.toml", "--workers", "0", "--quiet", "--out", "r"]) == 0
    assert capsys.readouterr() == ("r\n", "")


def test_a_dry_run_estimates_and_runs_nothing(capsys, elsewhere):
    assert main(["batch", "b.toml", "--dry-run", "--workers", "2"]) == 0
    said = capsys.readouterr().out
    assert "8 runs of 2 months.\nTime: about " in said
    assert "Disk: about " in said
    assert said.endswith("Nothing was run.\n")
    assert [path.name for path in elsewhere.iterdir()] == ["b.toml"]


def test_a_dry_run_knows_what_is_done(capsys, elsewhere):
    content = load_batch("b.toml")
    half_done(CONTENT, elsewhere / "results/b", 3)
    assert main(["batch", "b.toml", "--dry-run"]) == 0
    assert "of them are done.\nTime: about " in capsys.readouterr().out
    assert main(["batch", "b.toml", "--workers", "0", "--quiet"]) == 0
    assert main(["batch", "b.toml", "--dry-run"]) == 0
    assert "the batch is complete.\nNothing was run." in capsys.readouterr().out
    assert content.size == 8


def test_more_runs_need_extend(capsys, elsewhere):
    assert main(["batch", "b.toml", "--workers", "0", "--quiet"]) == 0
    before = kept_bytes(elsewhere / "results/b")
    text = (elsewhere / "b.toml").read_text()
    (elsewhere / "b.toml").write_text(text.replace("replicates = 2", "replicates = 3"))
    for more in ([], ["--dry-run"]):
        assert main(["batch", "b.toml", "--workers", "0", *more]) == 2
        said = capsys.readouterr()
        assert "replicates was 2 and is 3" in said.err
        assert "add --extend" in said.err
    assert kept_bytes(elsewhere / "results/b") == before
    assert main(["batch", "b.toml", "--workers", "0", "--extend"]) == 0
    assert "4 runs ended now" in capsys.readouterr().out


def test_failed_runs_end_the_command_with_1_and_say_how_to_repeat_them(capsys, monkeypatch):
    def fail(job):
        raise ZeroDivisionError("nobody is left")

    with monkeypatch.context() as broken:
        broken.setattr("simulation.batches.work._start", fail)
        assert main(["batch", "b.toml", "--workers", "0"]) == 1
    said = capsys.readouterr()
    assert "Error: 8 of 8 runs failed; results/b/failures says why, and --retry-failed repeats them.\n" in said.err
    assert "8 of 8 runs, 8 failed" in said.err
    assert main(["batch", "b.toml", "--workers", "0", "--retry-failed", "--quiet"]) == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nothing.toml"], "'nothing.toml' is neither a batch of the library nor a file"),
        (["b.toml", "--workers", "many"], "--workers is 'many'"),
        (["b.toml", "--workers", "2", "--scheduler", "tcp://127.0.0.1:9"], "leave --workers out"),
        (["b.toml", "--out", "b.toml"], "there is a file of that name"),
        (["b.toml", "--out", "."], "the folder is not that of a batch (it holds b.toml)"),
        (["b.toml", "--workrs", "2"], "did you mean '--workers'?"),
        ([], "Missing argument"),
    ],
)
def test_bad_input_gets_one_sentence_and_code_2(capsys, elsewhere, arguments, sentence):
    assert main(["batch", *arguments]) == 2
    said = capsys.readouterr()
    assert sentence in said.err
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert [path.name for path in elsewhere.iterdir()] == ["b.toml"]


def progress(done: int, total: int, left: float | None, failed: int = 0, workers: int = 2) -> Progress:
    return Progress(done, failed, total, done, workers, left)


def test_progress_in_words():
    assert in_words(progress(0, 72, None)) == "0 of 72 runs, starting"
    assert in_words(progress(12, 72, 400.0)) == "12 of 72 runs, about 6 min 40 s left"
    assert in_words(progress(12, 72, 400.0, failed=2)) == "14 of 72 runs, 2 failed, about 6 min 40 s left"
    assert in_words(progress(12, 200, 40.0), open_end=True) == "12 of at most 200 runs, about 40 s left"
    assert in_words(progress(72, 72, 0.0)) == "72 of 72 runs"
    assert in_words(progress(12, 72, None, workers=0)) == "12 of 72 runs, no worker is there"


def test_lines_of_a_log_are_few(capsys, monkeypatch):
    clock = [100.0]
    monkeypatch.setattr("simulation.cli_batches.time.monotonic", lambda: clock[0])
    lines = Lines()
    for done in range(101):
        lines(progress(done, 100, 100.0 - done))
        clock[0] += 1
    assert capsys.readouterr().err.count("\n") == 1 + 100 // 11 + 1
    clock[0] += 100
    lines(progress(50, 100, None, workers=0))
    assert capsys.readouterr().err == "no worker is there; waiting for one\n"


def test_the_estimate_comes_from_what_runs_took(elsewhere):
    from simulation.batches import run_batch

    seen = []
    run_batch(CONTENT, out="r", workers=0, report=seen.append)
    assert seen[0].seconds_left is None
    assert [one.done for one in seen] == sorted(one.done for one in seen)
    middle = next(one for one in seen if one.done >= 4)
    assert 0 < middle.seconds_left < 60
    assert seen[-1].seconds_left == 0


def test_sizes_and_times_are_said_briefly():
    assert [size(one) for one in (5300, 999_600, 34e6, 1.24e9, 58e9)] == ["5.3 kB", "1 MB", "34 MB", "1.2 GB", "58 GB"]
    assert [duration(one) for one in (0.04, 59.4, 80, 3700)] == ["0.0 s", "59 s", "1 min 20 s", "1 h 01 min"]
