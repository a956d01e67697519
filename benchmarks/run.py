"""How fast the month is: against a plain Mesa program in one process, for the whole city, and for a million families.

``python benchmarks/run.py`` measures everything and writes ``results/benchmark.json``; see ``README.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import numpy as np  # noqa: E402
from reference.model import ReferenceModel  # noqa: E402

from simulation.experiments.recorder import Recorder  # noqa: E402
from simulation.model import AssistanceModel, live_through_history, release  # noqa: E402
from simulation.plan import Plan  # noqa: E402
from simulation.scenario import load_scenario  # noqa: E402
from simulation.start import cached_start  # noqa: E402

PARTS = ("pair", "city", "process", "million")
PAIR_FAMILIES, PAIR_MONTHS = 122_323, 6
MILLION = 1_000_000
KEYS = (
    "ratio_vs_idiomatic_mesa", "ratio_without_measures", "pair_families", "pair_months", "ours_ms_a_month",
    "idiomatic_ms_a_month", "idiomatic_reporters_ms_a_month", "idiomatic_ns_per_household_month",
    "full_city_step_cpu_seconds", "ns_per_household_month", "full_city_families", "whole_process_seconds",
    "whole_process_cpu_seconds", "peak_mb", "million_step_cpu_seconds", "million_peak_mb", "million_families",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="measure these parts only")
    parser.add_argument("--quick", action="store_true", help="a tenth of the city, once, without the million")
    parser.add_argument("--repeats", type=int, default=5, help="runs of the whole city of which the median counts")
    parser.add_argument("--out", type=Path, default=ROOT / "results" / "benchmark.json")
    parser.add_argument("--child", type=float, metavar="SCALE", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(one_run(plan_of(options.child))))
        return
    parts = [part for part in options.only if not (options.quick and part == "million")]
    found: dict[str, object] = dict.fromkeys(KEYS)
    scale, repeats = (0.1, 1) if options.quick else (1.0, options.repeats)
    if parts:
        warm_up()
    if "pair" in parts:
        found |= pair(PAIR_FAMILIES * scale, 3 if options.quick else PAIR_MONTHS)
    if "city" in parts:
        found |= city(plan_of(scale), repeats)
    if "process" in parts:
        found |= process(scale, repeats)
    if "million" in parts:
        found |= million()
    found["machine"] = machine()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    show(found)
    print(f"\nWritten to {options.out}")


def plan_of(scale: float, months: int = 60) -> Plan:
    return load_scenario("baseline", months=months, scale=scale)


def scale_of(families: float) -> float:
    """Return the scale at which the city starts with so many families."""
    tenth = plan_of(0.1)
    return 0.1 * families / int(cached_start(tenth, live_through_history).hh.active.sum())


def warm_up() -> None:
    """Compile, or load from the cache, all that a year calls for, in both programs."""
    plan = plan_of(0.01, months=12)
    start = cached_start(plan, live_through_history)
    fast, slow = measured_model(plan, start), ReferenceModel(plan, start)
    for _ in range(plan.months):
        fast.step()
        slow.step()
    release(fast)
    release(slow)


def measured_model(plan: Plan, start=None) -> AssistanceModel:
    """Return a city whose every month is measured and recorded, as ``simulate`` does."""
    model = AssistanceModel(plan, start=start)
    model.measure = Recorder(model).take
    return model


def pair(families: float, months: int) -> dict[str, object]:
    """Live the same months in both programs, in turn, in this process; every month gives one ratio.

    The slow program's reporters are part of its month, as our measures are of ours; they are timed apart as well.
    """
    plan = plan_of(scale_of(families), months)
    start = cached_start(plan, live_through_history)
    fast, slow = measured_model(plan, start), ReferenceModel(plan, start)
    reporting = Stopwatch()
    slow.datacollector.collect = reporting.around(slow.datacollector.collect)
    ours, theirs, reporters = [], [], []
    for _ in range(months):
        ours.append(cpu(fast.step))
        before = reporting.seconds
        theirs.append(cpu(slow.step))
        reporters.append(reporting.seconds - before)
    lived = int(fast.hh.active.sum())
    assert lived == sum(family.active for family in slow.households), "the two programs live in different cities"
    bare = bare_months(plan, start, months)
    release(fast)
    release(slow)
    ratios = [their / our for our, their in zip(ours, theirs, strict=True)]
    without = [(their - part) / our for our, their, part in zip(bare, theirs, reporters, strict=True)]
    return {
        "ratio_vs_idiomatic_mesa": round(statistics.median(ratios), 1),
        "ratio_without_measures": round(statistics.median(without), 1),
        "ratios_by_month": [round(ratio, 1) for ratio in ratios],
        "pair_families": int(start.hh.active.sum()),
        "pair_months": months,
        "ours_ms_a_month": round(1e3 * statistics.median(ours), 1),
        "idiomatic_ms_a_month": round(1e3 * statistics.median(theirs), 1),
        "idiomatic_reporters_ms_a_month": round(1e3 * statistics.median(reporters), 1),
        "idiomatic_ns_per_household_month": round(1e9 * statistics.median(theirs) / lived),
    }


def bare_months(plan: Plan, start, months: int) -> list[float]:
    """Return what our months take when nothing is measured."""
    model = AssistanceModel(plan, start=start)
    seconds = [cpu(model.step) for _ in range(months)]
    release(model)
    return seconds


class Stopwatch:
    """The CPU seconds that a function has taken."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def around(self, function):
        def timed(*given):
            before = time.process_time()
            result = function(*given)
            self.seconds += time.process_time() - before
            return result

        return timed


def cpu(function) -> float:
    before = time.process_time()
    function()
    return time.process_time() - before


def one_run(plan: Plan) -> dict[str, float]:
    """Step a whole run with all measures on; return its CPU seconds, families, household-months and peak memory."""
    model = measured_model(plan)
    families, lived, seconds = int(model.hh.active.sum()), 0, 0.0
    while model.running:
        seconds += cpu(model.step)
        lived += int(model.hh.active.sum())
    release(model)
    return {"families": families, "household_months": lived, "seconds": seconds, "peak_mb": own_peak_mb()}


def city(plan: Plan, repeats: int) -> dict[str, object]:
    cached_start(plan, live_through_history)
    runs = [one_run(plan) for _ in range(repeats)]
    seconds = statistics.median(run["seconds"] for run in runs)
    return {
        "full_city_step_cpu_seconds": round(seconds, 3),
        "full_city_step_cpu_seconds_all": [round(run["seconds"], 3) for run in runs],
        "full_city_families": runs[0]["families"],
        "ns_per_household_month": round(1e9 * seconds / runs[0]["household_months"], 1),
    }


def process(scale: float, repeats: int) -> dict[str, object]:
    """Time the command as a user gives it, city and compiled code cached: from the start of Python to the last file."""
    cached_start(plan_of(scale), live_through_history)
    walls, cpus, peaks = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "simulation", "run", "baseline", "--no-figures", "--quiet", "--force"]
        command += ["--out", f"{folder}/run", "--scale", str(scale)]
        run_child(command)
        for _ in range(max(min(repeats, 3), 1)):
            _, wall, used, peak = run_child(command)
            walls.append(wall)
            cpus.append(used)
            peaks.append(peak)
    return {
        "whole_process_seconds": round(statistics.median(walls), 2),
        "whole_process_cpu_seconds": round(statistics.median(cpus), 2),
        "peak_mb": round(statistics.median(peaks)),
    }


def million() -> dict[str, object]:
    """Run a million families in a process of its own, after another one has built the city where it is not cached."""
    command = [sys.executable, __file__, "--child"]
    scale = scale_of(MILLION)
    build = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import run; "
    build += f"run.cached_start(run.plan_of({scale!r}), run.live_through_history)"
    run_child([sys.executable, "-c", build])
    out, _, _, _ = run_child([*command, repr(scale)])
    run = json.loads(out)
    return {
        "million_step_cpu_seconds": round(run["seconds"], 2),
        "million_peak_mb": round(run["peak_mb"]),
        "million_families": run["families"],
        "million_ns_per_household_month": round(1e9 * run["seconds"] / run["household_months"], 1),
    }


LAUNCHER = """
import json, os, subprocess, sys, time
before = time.perf_counter()
with open(sys.argv[1], "w") as out:
    child = subprocess.Popen(sys.argv[2:], stdout=out)
    _, status, used = os.wait4(child.pid, 0)
wall = time.perf_counter() - before
print(json.dumps([os.waitstatus_to_exitcode(status), wall, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""
"""A small process starts each command, because the peak of memory counts that of the process that started it."""


def run_child(command: list[str]) -> tuple[str, float, float, float]:
    """Run a command; return what it prints, its wall and CPU seconds, and its peak of memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        launch = [sys.executable, "-S", "-c", LAUNCHER, str(out), *command]
        told = subprocess.run(launch, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
        code, wall, used, maxrss = json.loads(told)
        if code:
            raise SystemExit(f"{' '.join(command)} failed with exit code {code}")
        return out.read_text(encoding="utf-8"), wall, used, _mb(maxrss)


def own_peak_mb() -> float:
    import resource

    return _mb(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _mb(maxrss: int) -> float:
    return maxrss / (1024**2 if sys.platform == "darwin" else 1024)


def machine() -> dict[str, object]:
    import mesa
    import numba

    return {
        "cpu": cpu_model(),
        "cores": os.cpu_count(),
        "load": [round(one, 2) for one in os.getloadavg()],
        "system": platform.platform(),
        "python": platform.python_version(),
        "mesa": mesa.__version__,
        "numpy": np.__version__,
        "numba": numba.__version__,
    }


def cpu_model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor()


def show(found: dict[str, object]) -> None:
    """Print the measurements as a table."""
    print(f"{found['machine']['cpu']}, Python {found['machine']['python']}, NumPy {found['machine']['numpy']}\n")
    for key in KEYS:
        value = found[key]
        print(f"{key:36} {'not measured' if value is None else format(value, ',')}")


if __name__ == "__main__":
    main()
