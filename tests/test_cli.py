"""The command line: what it prints and writes, and the one sentence and exit code of everything that goes wrong."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from simulation.cli import main
from simulation.errors import RunError
from simulation.experiments.results import read_record, read_tables, write_results
from simulation.measures import MEASURES


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """Run in a folder of its own, so that no result lands in the checkout."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


@pytest.fixture
def ran(monkeypatch) -> list[dict]:
    """Replace the model by one that returns made-up tables at once; return what it was asked for."""
    from simulation.experiments import run

    asked = []

    def simulate(plan, seed=None, *, households=0, progress=None):
        asked.append({"plan": plan, "households": households})
        months = pd.to_datetime([plan.start.plus(number).date() for number in range(plan.months)])
        columns = {name: np.linspace(0.5, 0.25, plan.months) for name in MEASURES} | {"families": 1234}
        for done in range(plan.months):
            if progress:
                progress(done + 1, plan.months)
        return {"months": pd.DataFrame({"month": months, **columns})}

    monkeypatch.setattr(run, "simulate", simulate)
    return asked


@pytest.fixture
def failing(monkeypatch):
    """Return a function that makes the model fail with an error."""
    from simulation.experiments import run

    def set_error(error: BaseException) -> None:
        def simulate(*_, **__):
            raise error

        monkeypatch.setattr(run, "simulate", simulate)

    return set_error


def one_sentence(capsys) -> str:
    """Return what stands on the error stream, which must be one line and no traceback."""
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Error: ")
    assert err.count("\n") == 1
    assert err.rstrip()[-1] in ".?"
    assert "Traceback" not in err
    return err


RUN = ["run", "baseline", "--no-figures"]
BAD_CALLS = {
    "unknown command": (["rum", "baseline"], "No such command 'rum'; did you mean 'run'?"),
    "unknown option": ([*RUN, "--month", "3"], "No such option: --month; did you mean '--months'?"),
    "unknown option, nothing near": ([*RUN, "--zzzz"], "No such option: --zzzz."),
    "no scenario": (["run"], "Missing argument 'scenario'."),
    "two scenarios": ([*RUN, "other"], "unexpected extra argument"),
    "option without value": ([*RUN, "--seed"], "'--seed' requires an argument."),
    "unknown scenario": (["run", "baselin"], "'baselin' is neither a scenario of the library nor a file; did you mean"),
    "missing file": (["run", "mine.toml"], "'mine.toml': there is no such file."),
    "months no number": ([*RUN, "--months", "ten"], "'--months': 'ten' is not a whole number."),
    "months a fraction": ([*RUN, "--months", "1.5"], "'1.5' is not a whole number."),
    "months 0": ([*RUN, "--months", "0"], "months is 0, but it must be a whole number from 1 to 600"),
    "seed negative": ([*RUN, "--seed", "-1"], "the nearest allowed is 0."),
    "scale no number": ([*RUN, "--scale", "full"], "'--scale': 'full' is not a number."),
    "scale nan": ([*RUN, "--scale", "nan"], "scale is nan, but it must be a number from 0.005 to 10"),
    "scale inf": ([*RUN, "--scale", "inf"], "and finite."),
    "set without value": ([*RUN, "--set", "policy.caseload_per_pendamping"], "has no value; write for example"),
    "set unknown": ([*RUN, "--set", "policy.caseload=1"], "[policy] has no setting 'caseload'"),
    "set out of bounds": ([*RUN, "--set", "policy.eligible_decile_max=11"], "the nearest allowed is 10."),
    "set without section": ([*RUN, "--set", "mpc_cash=1"], "lacks its section; write assumptions.mpc_cash."),
    "households negative": ([*RUN, "--households", "-1"], "--households is -1, but it must be 0 or more families."),
    "households no number": ([*RUN, "--households", "all"], "'all' is not a whole number."),
    "boundaries missing": (["run", "baseline", "--boundaries", "no.geojson"], "no.geojson"),
    "boundaries without figures": (
        [*RUN, "--boundaries", "x.geojson"],
        "--no-figures leaves out; drop one of the two.",
    ),
    "unknown language": (
        [*RUN, "--lang", "fr"],
        "'fr' is no language of Salur; write id or en.",
    ),
    "folder with NUL": ([*RUN, "--out", "a\0b"], "embedded null"),
    "folder name too long": ([*RUN, "--out", "x" * 300], "cannot be a folder"),
    "unknown format": (["scenarios", "--format", "xml"], "'xml' is not one of 'table', 'json'."),
    "difference of one": (["scenarios", "--diff", "baseline"], "'--diff' requires 2 arguments."),
    "difference with unknown": (["scenarios", "--diff", "baseline", "baselin"], "did you mean 'baseline'?"),
    "check and difference": (["scenarios", "--check", "--diff", "a", "b"], "ask one at a time."),
    "unknown role": (["parameters", "--role", "levr"], "'levr' is not one of 'lever', 'assumption', 'constant'."),
    "parameters in xml": (["parameters", "--format", "xml"], "'xml' is not one of 'table', 'md', 'json'."),
}


@pytest.mark.parametrize(("arguments", "sentence"), BAD_CALLS.values(), ids=BAD_CALLS)
def test_a_bad_call_gets_one_sentence_and_code_2(capsys, ran, arguments, sentence):
    assert main(arguments) == 2
    assert sentence in one_sentence(capsys)
    assert not ran
    assert os.listdir() == []


def test_a_bad_file_gets_one_sentence_and_code_2(capsys, ran):
    Path("mine.toml").write_bytes(b"title.id = '\xff'\n")
    assert main(["run", "mine.toml"]) == 2
    assert "mine.toml: byte 12 is not UTF-8; save the file as UTF-8." in one_sentence(capsys)


def test_a_folder_that_exists_stops_before_the_run(capsys, ran):
    Path("out").mkdir()
    assert main([*RUN, "--out", "out"]) == 2
    sentence = one_sentence(capsys)
    assert "out: the folder exists" in sentence
    assert "--force" in sentence
    assert not ran


def test_force_keeps_the_old_result_when_the_run_fails(capsys, failing, tmp_path):
    folder = write_results("out", {"months": pd.DataFrame({"month": []})}, {"run": 1})
    failing(RunError("the registry is full."))
    assert main([*RUN, "--out", "out", "--force"]) == 1
    assert one_sentence(capsys) == "Error: the registry is full.\n"
    assert read_record(folder) == {"run": 1}


@pytest.mark.parametrize("error", [OSError(28, "No space left on device", "x"), MemoryError(), KeyError("gone")])
def test_a_failed_run_names_a_log_with_the_traceback(capsys, failing, monkeypatch, tmp_path, error):
    monkeypatch.setenv("SALUR_CACHE", str(tmp_path / "cache"))
    failing(error)
    assert main([*RUN, "--out", "out"]) == 1
    log = Path(re.search(r"Details are in (.+)\.$", one_sentence(capsys).strip())[1])
    assert log.parent == tmp_path / "cache" / "logs"
    assert "Traceback" in log.read_text()
    assert type(error).__name__ in log.read_text()
    assert os.listdir() == []


def test_a_log_that_cannot_be_written_does_not_hide_the_failure(capsys, failing, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SALUR_CACHE", str(tmp_path / "file"))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "file"))
    failing(ZeroDivisionError())
    assert main(RUN) == 1
    assert "No log of it could be written." in one_sentence(capsys)


def test_a_place_that_cannot_be_written_stops_before_the_run(capsys, ran, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert main([*RUN, "--out", "out"]) == 1
    assert "may not be written to" in one_sentence(capsys)
    assert not ran


def test_an_interrupted_run_ends_with_130(capsys, failing):
    failing(KeyboardInterrupt())
    assert main([*RUN, "--out", "out"]) == 130
    out, err = capsys.readouterr()
    assert (out, err.count("\n"), err[:11]) == ("", 1, "Interrupted")
    assert os.listdir() == []


def test_a_run_prints_a_summary_and_writes_its_folder(capsys, ran):
    sets = ["--set", "policy.benefit_multiplier=2", "--set", "assumptions.mpc_cash=0.7"]
    options = ["--months", "24", "--seed", "7", "--scale", "0.5", "--households", "3", "--out", "out", *sets]
    assert main([*RUN, *options]) == 0
    plan = ran[0]["plan"]
    assert (plan.months, plan.seed, plan.scale, ran[0]["households"]) == (24, 7, 0.5, 3)
    assert (plan.opening.benefit_multiplier, plan.assumptions.mpc_cash) == (2.0, 0.7)
    out, err = capsys.readouterr()
    assert err == "month 12 of 24\nmonth 24 of 24\n"
    for words in ("2023-03", "2025-02", "1,234 families (scale 0.5), 24 months, seed 7", "inputs are only assumed",
                  "stylised Kota Bengkulu", "lies after the last month", "Results: out"):  # fmt: skip
        assert words in out
    record = read_record("out")
    assert record["plan"] == plan.to_dict()
    assert record["households"] == 3
    assert len(read_tables("out")["months"]) == 24


def test_the_yardsticks_of_leakage_stand_together_and_flows_say_their_span(capsys, ran):
    assert main([*RUN, "--out", "out"]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    labels = [MEASURES[name].label.en for name in ("leakage", "leakage_outside_deciles", "leakage_floor")]
    first = next(number for number, line in enumerate(lines) if line.startswith(labels[0]))
    assert all(line.startswith(label) for line, label in zip(lines[first:], labels, strict=False))
    assert re.search(r"50\.0 +25\.0 +-25\.0 points", lines[first])
    assert any(re.search(r"a month, mean of 12 +\d+% \(\d+-\d+\)$", line) for line in lines)


def test_quiet_prints_the_folder_alone(capsys, ran):
    assert main([*RUN, "--quiet"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert re.fullmatch(r"results/baseline-1-\d{8}-\d{6}\n", out)
    assert (Path(out.strip()) / "record.json").is_file()


def test_one_month_has_no_change(capsys, ran):
    assert main([*RUN, "--months", "1", "--out", "out"]) == 0
    assert "1 month, seed 1" in capsys.readouterr().out


def test_figures_are_drawn_into_the_folder(ran, monkeypatch):
    from simulation.analysis import figures

    drawn = []

    def draw_all(tables, plan, folder, language, boundaries):
        drawn.append((sorted(tables), plan.name, language, boundaries))
        (Path(folder) / "poverty.svg").write_text("<svg/>")

    monkeypatch.setattr(figures, "draw_all", draw_all)
    assert main(["run", "baseline", "--quiet", "--out", "out", "--lang", "en"]) == 0
    assert drawn == [(["months"], "baseline", "en", None)]
    assert os.listdir("out/figures") == ["poverty.svg"]


def test_the_real_model_runs_from_the_command_line(capsys):
    options = ["--months", "3", "--scale", "0.02", "--households", "2", "--out", "out"]
    assert main([*RUN, *options]) == 0
    tables = read_tables("out")
    assert set(tables) == {"months", "kelurahan", "cascade", "inclusion", "ledger", "agents", "households"}
    assert all(table.columns[0] == "month" for table in tables.values())
    assert [str(month)[:7] for month in tables["months"]["month"]] == ["2023-03", "2023-04", "2023-05"]
    assert len(tables["kelurahan"]) == 3 * 67


def test_the_version_and_the_help_are_printed(capsys):
    assert main(["--version"]) == 0
    assert re.fullmatch(r"salur \d+\.\d+\.\d+\n", capsys.readouterr().out)
    for arguments in ([], ["--help"]):
        assert main(arguments) == 0
        out, err = capsys.readouterr()
        assert err == ""
        assert all(command in out for command in ("run", "scenarios", "parameters"))


def test_scenarios_are_listed_checked_and_compared(capsys):
    assert main(["scenarios"]) == 0
    assert "baseline-tunai" in capsys.readouterr().out
    assert main(["scenarios", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert {"name": "baseline", "extends": None}.items() <= listed[0].items()
    assert main(["scenarios", "--diff", "baseline", "baseline-tunai"]) == 0
    assert re.search(r"policy\.delivery_channel +ewarong +cash_bank", capsys.readouterr().out)
    assert main(["scenarios", "--diff", "baseline", "baseline", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_every_scenario_of_the_library_is_sound(capsys):
    assert main(["scenarios", "--check"]) == 0
    assert re.fullmatch(r"(\d+) of \1 scenarios are sound\.\n", capsys.readouterr().out)


def test_a_broken_library_is_told_scenario_by_scenario(capsys, tmp_path, monkeypatch):
    library = tmp_path / "scenarios"
    library.mkdir()
    (library / "good.toml").write_text("")
    (library / "bad.toml").write_text("[policy]\nbenefit_multiplier = 9\n")
    (library / "odd.toml").write_text('expects = {measure = "leakag", sign = "-"}\n')
    monkeypatch.setattr("simulation.scenario.library_folder", lambda: library)
    assert main(["scenarios", "--check"]) == 2
    out, err = capsys.readouterr()
    assert out == "1 of 3 scenarios are sound.\n"
    assert err.count("\n") == 2
    assert "scenarios/odd.toml: expects names 'leakag', which is no measure; did you mean 'leakage'?" in err
    assert main(["scenarios", "--check", "--format", "json"]) == 2
    assert [bool(row["error"]) for row in json.loads(capsys.readouterr().out)] == [True, False, True]


def test_parameters_are_printed_in_three_forms_and_two_languages(capsys):
    assert main(["parameters", "--format", "json", "--role", "lever"]) == 0
    levers = json.loads(capsys.readouterr().out)
    assert {one["role"] for one in levers} == {"lever"}
    assert main(["parameters", "--format", "md"]) == 0
    assert "| `caseload_per_pendamping` | " in capsys.readouterr().out
    for language, words in (("en", "inputs are only assumed."), ("id", "masukan hanya berupa asumsi.")):
        assert main(["parameters", "--lang", language]) == 0
        out = capsys.readouterr().out
        assert words in out
        assert re.search("^ caseload_per_pendamping +", out, re.MULTILINE)


def salur(*arguments: str, **options) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "simulation", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, **options)


def test_the_process_ends_with_the_code():
    assert salur("--version").returncode == 0
    bad = salur("run", "baselin")
    assert (bad.returncode, bad.stdout, bad.stderr.count("\n")) == (2, "", 1)


def test_help_loads_nothing_heavy():
    heavy = "{'mesa', 'numba', 'numpy', 'pandas', 'matplotlib', 'rich', 'pyarrow'}"
    code = f"import sys; from simulation.cli import main; main(['--help']); print({heavy} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.endswith("set()\n")


def hear_interrupts() -> None:
    """Let a child hear Ctrl-C even where the tests run in the background, where it is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_process_that_is_interrupted_in_the_middle_ends_with_130_and_leaves_nothing():
    command = [sys.executable, "-m", "simulation", *RUN, "--scale", "0.02", "--months", "600", "--out", "a/b"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes, preexec_fn=hear_interrupts) as process:
        first = process.stderr.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, first, out) == (130, "month 12 of 600\n", "")
    assert err.endswith("Interrupted; no results were written.\n")
    assert "Traceback" not in err
    assert os.listdir() == []


@pytest.mark.skipif(os.name == "nt", reason="pipes and shells of POSIX")
def test_a_reader_that_leaves_early_is_no_error():
    command = f"{sys.executable} -m simulation parameters --format json | head -1"
    shown = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60)
    assert (shown.stdout, shown.stderr) == ("[\n", "")
