"""Validation: the model and its wrong models are run over seeds, and every statement is held against what comes out.

The work is split by seed and by starting state, because building that state takes longest; runs that can begin where
the right model begins share it, and one run answers all statements about it.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, as_completed
from dataclasses import dataclass

import numpy as np

from simulation.batches.engines import Processes, main_left_alone
from simulation.errors import InputError, RunError
from simulation.evidence.experiment import hold_experiment
from simulation.evidence.observe import IN_RUNS, months_needed, observe
from simulation.evidence.targets import Statement
from simulation.evidence.travel import measure_travel
from simulation.evidence.wrong_models import wrong_models
from simulation.model import live_through_history
from simulation.plan import Plan

RIGHT = ""
"""The name of the model itself among the wrong ones."""
_ASIDE: Mapping[str, Callable[[Plan], dict[str, float]]] = {"experiment": hold_experiment, "travel": measure_travel}

Values = dict[tuple[str, str], float]
"""What one task found, by model and statement."""


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work: an instrument applied to some models under one seed; ``runs`` is living through months."""

    instrument: str
    models: tuple[str, ...]
    plan: Plan
    statements: tuple[Statement, ...]

    def of(self, model: str) -> tuple[Statement, ...]:
        """Return the statements that a model is asked: all of them, or those that it is to fail."""
        return tuple(one for one in self.statements if model in (RIGHT, one.wrong_model))


@dataclass(frozen=True, slots=True)
class Validation:
    """What came out: the values of every statement under each model, one a seed."""

    plan: Plan
    statements: tuple[Statement, ...]
    seeds: tuple[int, ...]
    values: Mapping[tuple[str, str], np.ndarray]

    def of(self, statement: Statement, model: str = RIGHT) -> np.ndarray:
        """Return the values of a statement, in the order of the seeds."""
        return self.values[model, statement.name]


def validate(
    plan: Plan,
    statements: Sequence[Statement],
    seeds: Sequence[int],
    *,
    workers: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Validation:
    """Run the plan and the wrong models that its statements name, once a seed, and return all values.

    Parameters
    ----------
    plan : the scenario, at the scale to be run. seeds : of luck and city. workers : processes, 1 for none beside ours.
    progress : called after each task with the tasks done and the tasks in all.
    """
    if plan.microdata:
        raise InputError(f"{plan.name}: statements are about the city, not about a survey; leave microdata out.")
    tasks = [task for seed in seeds for task in _tasks(plan.with_(seed=seed), tuple(statements))]
    found: dict[tuple[str, str], dict[int, float]] = {}
    for done, (task, values) in enumerate(_worked_off(tasks, workers), 1):
        for key, value in values.items():
            found.setdefault(key, {})[task.plan.seed] = value
        if progress:
            progress(done, len(tasks))
    ordered = {key: np.array([by_seed[seed] for seed in seeds]) for key, by_seed in found.items()}
    return Validation(plan, tuple(statements), tuple(seeds), ordered)


def count_tasks(plan: Plan, statements: Sequence[Statement]) -> int:
    """Return into how many tasks each seed is split."""
    return sum(1 for _ in _tasks(plan, tuple(statements)))


def _tasks(plan: Plan, statements: tuple[Statement, ...]) -> Iterator[Task]:
    """Split the work of one seed, the longest pieces first."""
    in_runs = tuple(one for one in statements if one.instrument in IN_RUNS)
    if in_runs:
        wrong = sorted({one.wrong_model for one in in_runs} - {RIGHT})
        alone = [name for name in wrong if wrong_models()[name].own_start]
        yield Task("runs", (RIGHT, *(name for name in wrong if name not in alone)), plan, in_runs)
        yield from (Task("runs", (name,), plan, in_runs) for name in alone)
    for instrument in _ASIDE:
        asked = tuple(one for one in statements if one.instrument == instrument)
        models = sorted({RIGHT, *(one.wrong_model for one in asked)}) if asked else ()
        yield from (Task(instrument, (name,), plan, asked) for name in models)


def work_off(task: Task) -> Values:
    """Do one task, and let go of its cities: they hang together in circles, and few as they are, nobody would look."""
    values = _live(task) if task.instrument == "runs" else _hold(task)
    gc.collect()
    return values


def _live(task: Task) -> Values:
    start, found = None, {}
    for model in task.models:
        plan, asked = _plan_of(model, task.plan), task.of(model)
        if start is None and months_needed(asked, plan) > 0:
            start = live_through_history(plan)
        found |= {(model, name): value for name, value in observe(plan, asked, start).items()}
    return found


def _hold(task: Task) -> Values:
    (model,) = task.models
    measured = _ASIDE[task.instrument](_plan_of(model, task.plan))
    return {(model, one.name): measured[one.measure] for one in task.of(model)}


def _plan_of(model: str, plan: Plan) -> Plan:
    return wrong_models()[model].of(plan) if model else plan


def _worked_off(tasks: Sequence[Task], workers: int) -> Iterator[tuple[Task, Values]]:
    """Yield every task with what it found, as it is done; what a worker that died was at is done again."""
    if workers == 1:
        yield from ((task, work_off(task)) for task in tasks)
        return
    engine, left = TaskWorkers(min(workers, len(tasks))), dict(enumerate(tasks))
    try:
        while left:
            before = len(left)
            try:
                for number, values in engine.results(left):
                    yield left.pop(number), values
            except BrokenExecutor as error:
                if len(left) == before:
                    raise RunError(
                        "processes of the validation keep being ended from outside; give fewer --workers or a smaller "
                        "--scale."
                    ) from error
                engine.renew()
    finally:
        engine.close()


class TaskWorkers(Processes):
    """The worker processes of batches, doing tasks of a validation."""

    def results(self, tasks: Mapping[int, Task]) -> Iterator[tuple[int, Values]]:
        """Yield the number of each task with what it found, as it is done."""
        with main_left_alone():
            numbers = {self._executor.submit(work_off, task): number for number, task in tasks.items()}
        for done in as_completed(numbers):
            yield numbers[done], done.result()
