"""A job that may kill its worker; light, because workers read it."""

import os
import signal
from pathlib import Path

from simulation.batches.batch import Run
from simulation.batches.work import perform


def perform_or_die(job):
    """Do a job, unless it is one that kills its worker: point 1 of replicate 0 always, of replicate 1 once."""
    once = Path(os.environ["SALUR_TEST_ONCE"])
    if job.run == Run(0, 1, 0) or (job.run == Run(0, 1, 1) and not once.exists()):
        if job.run != Run(0, 1, 0):
            once.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return perform(job)
