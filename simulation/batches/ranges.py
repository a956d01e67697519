"""Ranges to sample from, and the samples: Latin hypercube, Sobol' and Morris, drawn by SALib on the unit cube."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.errors import InputError
from simulation.parameters import PARAMETERS
from simulation.parameters.declaration import show

if TYPE_CHECKING:
    import numpy as np

SAMPLED = ("latin_hypercube", "sobol", "morris")
_MOST_SAMPLES = 100_000


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers from ``low`` to ``high``; whole numbers are all equally likely."""

    low: float
    high: float
    whole: bool

    def at(self, share: float) -> float | int:
        """Return the value at a share of the way."""
        if self.whole:
            return min(int(self.low + share * (self.high - self.low + 1)), int(self.high))
        return self.low + share * (self.high - self.low)

    def ends(self) -> tuple[object, ...]:
        """Return what was given."""
        return self.low, self.high


@dataclass(frozen=True, slots=True)
class Choice:
    """A few values, all equally likely."""

    values: tuple[object, ...]

    def at(self, share: float) -> object:
        """Return the value at a share of the way."""
        return self.values[min(int(share * len(self.values)), len(self.values) - 1)]

    def ends(self) -> tuple[object, ...]:
        """Return what was given."""
        return self.values


def read_range(key: str, given: object, where: str) -> Span | Choice:
    """Read ``[low, high]``, a list of choices, or ``"plausible"``: the range that the input is declared with."""
    parameter = PARAMETERS[key.partition(".")[2]]
    if parameter.kind == "events":
        raise InputError(f"{where}: '{key}' is a list of events and cannot be sampled; sweep it by a grid or a list.")
    values = list(parameter.plausible) if given == "plausible" else given
    if not isinstance(values, list) or len(values) < 2:
        raise InputError(f"{where}: '{key}' is {show(given)}, but it must be [low, high] or 'plausible'.")
    values = [parameter.check(value, where) for value in values]
    if parameter.kind in ("choice", "bool"):
        return Choice(tuple(dict.fromkeys(values)))
    if len(values) != 2 or None in values or not values[0] < values[1]:
        raise InputError(f"{where}: '{key}' is {show(given)}, but it must be [low, high], the lower number first.")
    return Span(*values, whole=parameter.kind == "int")


def unit_points(method: str, inputs: int, options: Mapping[str, object], where: str = "[sweep]") -> np.ndarray:
    """Draw a sample on the unit cube, shape (points, inputs).

    Parameters
    ----------
    options : ``samples``, ``seed``, and ``second_order`` (Sobol') or ``levels`` (Morris), as ``Design.options`` has.
    """
    import SALib.sample.latin
    import SALib.sample.morris
    import SALib.sample.sobol

    samples, seed = _whole(options, "samples", None, 1, _MOST_SAMPLES, where), options["seed"]
    _whole(options, "seed", None, 0, 2**32 - 1, where)
    problem = {"num_vars": inputs, "names": [str(one) for one in range(inputs)], "bounds": [[0, 1]] * inputs}
    if method == "latin_hypercube":
        return SALib.sample.latin.sample(problem, samples, seed=seed)
    if method == "morris":
        levels = _whole(options, "levels", 4, 2, 100, where)
        if levels % 2:
            raise InputError(f"{where}: levels is {levels}, but it must be an even number such as 4.")
        return SALib.sample.morris.sample(problem, samples, num_levels=levels, seed=seed)
    if samples & (samples - 1):
        near = 2 ** round(math.log2(samples))
        raise InputError(f"{where}: samples is {samples}, but Sobol' points need a power of two such as {near}.")
    second = options.get("second_order", False)
    if not isinstance(second, bool):
        raise InputError(f"{where}: second_order is {show(second)}, but it must be true or false.")
    return SALib.sample.sobol.sample(problem, samples, calc_second_order=second, seed=seed)


def _whole(options: Mapping, key: str, default: int | None, least: int, most: int, where: str) -> int:
    value = options.get(key, default)
    if value is None:
        raise InputError(f"{where}: {key} is missing; write for example {key} = 64.")
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise InputError(f"{where}: {key} is {show(value)}, but it must be a whole number from {least} to {most:,}.")
    return value
