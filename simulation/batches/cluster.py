"""Runs on a Dask cluster: one that is there already, or a small one on this machine."""

from __future__ import annotations

import logging
import time
from concurrent.futures import Future
from typing import TYPE_CHECKING

from simulation.batches.engines import main_left_alone
from simulation.batches.record import results_digest
from simulation.batches.work import Failure, Finished, Job, perform
from simulation.errors import InputError, RunError

if TYPE_CHECKING:
    from types import ModuleType

    from distributed import Client, LocalCluster

PATIENCE_SECONDS = 15
_LOOK_AGAIN_SECONDS = 5


class Cluster:
    """The workers of a Dask scheduler, one run in each at a time.

    The scheduler itself gives the run of a worker that died to another one, three times.
    """

    tries_itself = True

    def __init__(self, address: str | None = None, local_workers: int = 0) -> None:
        distributed = _distributed()
        self._quiet = _silence()
        self.lost = (distributed.KilledWorker,)
        self._local = _local_cluster(distributed, local_workers) if local_workers else None
        self.address = address or self._local.scheduler_address
        self.name = f"Dask at {self.address}"
        self._client = _connect(distributed, self.address)
        self._looked, self._slots = -_LOOK_AGAIN_SECONDS, 0
        try:
            _check_workers(self._client, self.address, max(local_workers, 1))
        except BaseException:
            self.close()
            raise
        self._executor = self._client.get_executor(pure=False, retries=0)

    def submit(self, job: Job) -> Future[Finished | Failure]:
        """Hand the job to the scheduler."""
        return self._executor.submit(perform, job)

    def slots(self) -> int:
        """Return the number of workers, which come and go."""
        now = time.monotonic()
        if now - self._looked >= _LOOK_AGAIN_SECONDS:
            self._looked = now
            try:
                self._slots = len(self._client.nthreads())
            except Exception as error:
                raise RunError(f"the scheduler at {self.address} does not answer any more ({error}).") from error
        return self._slots

    def renew(self) -> None:
        """Do nothing: there are other workers."""

    def close(self) -> None:
        """Leave the scheduler; what was still asked for is forgotten."""
        self._client.close(timeout=2)
        if self._local is not None:
            self._local.close(timeout=5)
        for logger, level in self._quiet.items():
            logger.setLevel(level)


def _distributed() -> ModuleType:
    try:
        import distributed
    except ImportError:
        raise InputError("Dask is not installed here; install it with: pip install 'salur[cluster]'.") from None
    return distributed


def _silence() -> dict[logging.Logger, int]:
    """Let Dask keep its tracebacks to itself while the batch says what happens; return the levels of before."""
    levels = {logging.getLogger(name): logging.getLogger(name).level for name in ("distributed", "distributed.client")}
    for logger in levels:
        logger.setLevel(logging.CRITICAL + 1)
    return levels


def _local_cluster(distributed: ModuleType, workers: int) -> LocalCluster:
    with main_left_alone():
        return distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            memory_limit=0,
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        )


def _connect(distributed: ModuleType, address: str) -> Client:
    try:
        distributed.comm.get_address_host_port(address, strict=True)
        return distributed.Client(address, timeout=PATIENCE_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        reason = "nobody answers" if isinstance(error, OSError) else str(error)
        raise InputError(
            f"--scheduler is '{address}', but no Dask scheduler can be reached there ({reason}); give its address such "
            "as tcp://192.168.1.5:8786."
        ) from None


def _check_workers(client: Client, address: str, workers: int) -> None:
    """See to it that there are workers, and that they have the same model as this process."""
    try:
        client.wait_for_workers(workers, timeout=PATIENCE_SECONDS)
    except TimeoutError:
        raise InputError(
            f"the scheduler at {address} has no workers after {PATIENCE_SECONDS} seconds; start some first, with: dask "
            f"worker {address} --nthreads 1."
        ) from None
    for worker, answer in client.run(_digest, on_error="return").items():
        if answer != results_digest():
            what = f"cannot load the model ({answer})" if isinstance(answer, Exception) else "has another version of it"
            raise InputError(f"the worker at {worker} {what}; install the same salur there as here.")


def _digest() -> str:
    return results_digest()
