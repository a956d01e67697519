"""Batches: many runs from one file, kept safely, on this machine or on a cluster.

``load_batch`` reads a batch file, ``run_batch`` runs it into a folder, ``read_results`` and ``read_families`` read the
folder.
"""

from __future__ import annotations

from importlib import import_module

_HOMES = {
    "Batch": "simulation.batches.batch",
    "load_batch": "simulation.batches.batch_file",
    "run_batch": "simulation.batches.runner",
    "read_results": "simulation.batches.reading",
    "read_families": "simulation.batches.families",
    "read_manifest": "simulation.batches.manifest",
    "read_batch_record": "simulation.batches.record",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'simulation.batches' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)
