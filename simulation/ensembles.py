"""Ensembles: weighted sets of assumptions that are all in keeping with what is known, kept in one file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from simulation.errors import InputError, nearest
from simulation.parameters import ASSUMPTIONS
from simulation.parameters.declaration import show
from simulation.scenario import library_folder

ENOUGH = 100
"""An ensemble needs an effective sample size above this."""


@dataclass(frozen=True)
class Ensemble:
    """Draws of some assumptions, each with its weight; ``keys`` are full, ``about`` says how it was made."""

    keys: tuple[str, ...]
    draws: tuple[tuple[float, ...], ...]
    weights: tuple[float, ...]
    about: Mapping[str, object]

    @cached_property
    def effective_size(self) -> float:
        """Return how many equally weighted draws would tell as much."""
        weights = np.array(self.weights)
        return float(weights.sum() ** 2 / (weights**2).sum())

    @cached_property
    def fingerprint(self) -> str:
        """Return a hash of keys, draws and weights."""
        text = json.dumps([self.keys, self.draws, self.weights])
        return hashlib.sha256(text.encode()).hexdigest()

    def chosen(self, count: int, seed: int) -> np.ndarray:
        """Return the numbers of draws chosen by weight; more of them leave those before as they are."""
        shares = np.cumsum(self.weights)
        points = np.random.default_rng(seed).random(count) * shares[-1]
        return np.minimum(np.searchsorted(shares, points, side="right"), len(self.draws) - 1)

    def settings(self, draw: int) -> dict[str, float]:
        """Return the settings of a draw."""
        return dict(zip(self.keys, self.draws[draw], strict=True))

    def to_dict(self) -> dict[str, object]:
        """Return the ensemble as its file has it."""
        about = {"kind": "ensemble", "effective_sample_size": round(self.effective_size, 1), **self.about}
        return about | {"keys": list(self.keys), "weights": list(self.weights), "draws": [list(d) for d in self.draws]}


def ensemble_of(uncertainty: str, file: str | Path | None) -> Ensemble | None:
    """Return the ensemble that the options ask for: the library's own without a file, none where it is luck only."""
    if uncertainty not in ("luck", "ensemble"):
        raise InputError(f"--uncertainty is '{uncertainty}', but it must be luck or ensemble.")
    if uncertainty == "luck":
        if file is not None:
            raise InputError("--ensemble goes with --uncertainty ensemble; add it, or leave the file out.")
        return None
    return read_ensemble(library_ensemble() if file is None else file)


def library_ensemble() -> Path:
    """Return the file of the ensemble that comes with Salur: assumptions in keeping with what is known of the city."""
    return library_folder() / "ensembles" / "kota-bengkulu.json"


def read_ensemble(path: str | Path) -> Ensemble:
    """Read an ensemble; raise ``InputError`` with one sentence where the file is not one."""
    try:
        raw = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: the ensemble cannot be read ({error.strerror}).") from None
    except ValueError:
        raise InputError(f"{path}: this is no ensemble; it must be a JSON file that salur calibrate wrote.") from None
    if not isinstance(raw, dict) or raw.get("kind") != "ensemble":
        raise InputError(f"{path}: this is no ensemble; it must be a JSON file that salur calibrate wrote.")
    return _checked(raw, path)


def _checked(raw: Mapping[str, object], path: str | Path) -> Ensemble:
    parts = [raw.get(name) for name in ("keys", "draws", "weights")]
    if not all(isinstance(part, list) and part for part in parts):
        raise InputError(f"{path}: an ensemble needs keys, draws and weights, each a list.")
    keys, draws, weights = parts
    for key in keys:
        _check_key(key, path)
    if len(draws) != len(weights):
        raise InputError(
            f"{path}: there are {len(draws)} draws and {len(weights)} weights; each draw needs one weight."
        )
    for number, weight in enumerate(weights):
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight < float("inf"):
            raise InputError(f"{path}: weight {number} is {show(weight)}, but it must be 0 or more.")
    if not sum(weights) > 0:
        raise InputError(f"{path}: all weights are 0.")
    checked = tuple(_draw(keys, draw, f"{path}, draw {number}") for number, draw in enumerate(draws))
    about = {key: value for key, value in raw.items() if key not in ("kind", "keys", "draws", "weights")}
    about.pop("effective_sample_size", None)
    return Ensemble(tuple(keys), checked, tuple(map(float, weights)), about)


def _check_key(key: object, path: str | Path) -> None:
    section, _, name = str(key).partition(".")
    if section != "assumptions" or name not in ASSUMPTIONS or ASSUMPTIONS[name].role == "constant":
        raise InputError(f"{path}: '{key}' is no assumption{nearest(name, list(ASSUMPTIONS)) or '.'}")


def _draw(keys: list[str], draw: object, where: str) -> tuple[float, ...]:
    if not isinstance(draw, list) or len(draw) != len(keys):
        raise InputError(f"{where}: it must hold one value for each of the {len(keys)} keys.")
    return tuple(ASSUMPTIONS[key.partition(".")[2]].check(value, where) for key, value in zip(keys, draw, strict=True))
