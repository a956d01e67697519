"""Salur: how social assistance reaches, or misses, the poor of a city.

``load_scenario`` reads a plan, ``simulate`` runs it and returns its tables, ``AssistanceModel`` is the steppable model.
``run_batch`` runs many plans into a folder, ``read_results`` reads it, ``compare`` says what scenarios change.
"""

from __future__ import annotations

from importlib import import_module

__version__ = "0.1.0"

_HOMES = {
    "load_scenario": "simulation.scenario",
    "simulate": "simulation.experiments.run",
    "AssistanceModel": "simulation.model",
    "PARAMETERS": "simulation.parameters",
    "MEASURES": "simulation.measures",
    "Plan": "simulation.plan",
    "read_tables": "simulation.experiments.results",
    "load_batch": "simulation.batches.batch_file",
    "run_batch": "simulation.batches.runner",
    "read_results": "simulation.batches.reading",
    "read_families": "simulation.batches.families",
    "compare": "simulation.comparison.compare",
    "draw_course": "simulation.comparison.figures",
    "draw_differences": "simulation.comparison.figures",
    "draw_costs": "simulation.comparison.figures",
}

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for, so that ``import simulation`` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'simulation' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)
