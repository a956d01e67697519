"""In which order runs are handed out, so that a city is built once and then used."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from simulation.batches.batch import Batch, Run
from simulation.batches.manifest import Key
from simulation.batches.record import results_digest
from simulation.batches.work import Job
from simulation.start import fingerprint, is_cached

AHEAD = 64


class Schedule:
    """Hands out the jobs of a batch, one replicate after the other, never two at a time that need the same new city.

    Parameters
    ----------
    ended : keys of the runs that need not be done. described : tells whether the families of a city are known.
    """

    def __init__(self, batch: Batch, ended: Collection[Key], described: Callable[[str], bool]) -> None:
        self.batch = batch
        self._described = described
        self._groups = cells_by_city(batch)
        self._ended = ended
        self._ahead: deque[Job] = deque()
        self._coming = self._jobs()
        self._building: set[str] = set()
        self._ready: set[str] = set()

    def next(self) -> Job | None:
        """Return the next job whose city is there or is built by nobody else; None when all have to wait or are out."""
        self._look_ahead()
        for number, job in enumerate(self._ahead):
            if job.city not in self._building:
                del self._ahead[number]
                if job.city not in self._ready and not is_cached(job.plan):
                    self._building.add(job.city)
                return replace(job, describe_city=not self._described(job.city))
        return None

    def built(self, job: Job) -> None:
        """Hear that a job has ended: its city is there."""
        self._building.discard(job.city)
        self._ready.add(job.city)

    def _look_ahead(self) -> None:
        while len(self._ahead) < AHEAD:
            job = next(self._coming, None)
            if job is None:
                return
            self._ahead.append(job)

    def _jobs(self) -> Iterator[Job]:
        for replicate in range(self.batch.replicates):
            for cells in self._groups:
                for scenario, point in cells:
                    if (self.batch.scenarios[scenario], point, replicate) not in self._ended:
                        yield self._job(Run(scenario, point, replicate), self.batch.one_city or len(cells) > 1)

    def _job(self, run: Run, shared: bool) -> Job:
        plan = self.batch.plan_of(run)
        return Job(run, plan, self.batch.kept, fingerprint(plan), shared, False, results_digest())


def cells_by_city(batch: Batch) -> list[list[tuple[int, int]]]:
    """Return scenarios and points, those that need the same city in one list."""
    groups: dict[str, list[tuple[int, int]]] = {}
    for scenario, point in batch.cells():
        groups.setdefault(fingerprint(batch.plan_of(Run(scenario, point, 0))), []).append((scenario, point))
    return list(groups.values())
