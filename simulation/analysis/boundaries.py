"""Read the shapes of the kelurahan from a GeoJSON file, or say in one sentence what is wrong with it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from simulation.errors import InputError, nearest
from simulation.geography import KELURAHAN, kelurahan_names

EXPECTED = (
    "expected is a GeoJSON FeatureCollection of polygons in degrees, one for each of the 67 kelurahan, with its code "
    "(17.71.01.1001) in the property 'kode' or its name in 'nama'"
)

Rings = tuple[np.ndarray, ...]


def read_rings(path: str | os.PathLike) -> tuple[Rings, ...]:
    """Return the rings of each kelurahan in their order; other features of the file are left aside."""
    features = _features(path)
    numbers = {_plain(one.code): number for number, one in enumerate(KELURAHAN)}
    numbers |= {_plain(name): number for number, name in enumerate(kelurahan_names())}
    found: dict[int, Rings] = {}
    for feature in features:
        number = _number_of(feature, numbers)
        if number is None:
            continue
        if number in found:
            raise _wrong(path, f"{KELURAHAN[number].name} stands there twice")
        found[number] = _rings(feature.get("geometry"), path, KELURAHAN[number].name)
    _check_complete(path, features, found)
    return tuple(found[number] for number in range(len(KELURAHAN)))


def _features(path: str | os.PathLike) -> list[Mapping]:
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _wrong(path, f"the file cannot be read ({error.strerror or error})") from None
    except (ValueError, RecursionError):
        raise _wrong(path, "this is not JSON") from None
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not features or not all(isinstance(one, dict) for one in features):
        raise _wrong(path, "there are no features")
    return features


def _number_of(feature: Mapping, numbers: Mapping[str, int]) -> int | None:
    """Return which kelurahan a feature is: by its code if it has one, otherwise by its name."""
    properties = feature.get("properties") or {}
    keys = [properties.get(key) for key in ("kode", "nama")] if isinstance(properties, dict) else []
    key = next((one for one in keys if isinstance(one, str) and one.strip()), "")
    return numbers.get(_plain(key))


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


def _rings(geometry: object, path: str | os.PathLike, name: str) -> Rings:
    """Return all rings of a polygon or of the parts of a multipolygon, each closed."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    parts = {"Polygon": lambda one: [one], "MultiPolygon": list}.get(kind, lambda _: [])
    try:
        rings = [np.array(ring, float)[:, :2] for part in parts(geometry["coordinates"]) for ring in part]
    except (TypeError, ValueError, KeyError, IndexError):
        rings = []
    if not rings or any(ring.ndim != 2 or len(ring) < 4 or not np.isfinite(ring).all() for ring in rings):
        raise _wrong(path, f"the shape of {name} is not a polygon")
    return tuple(np.vstack([ring, ring[:1]]) if (ring[0] != ring[-1]).any() else ring for ring in rings)


def _check_complete(path: str | os.PathLike, features: list[Mapping], found: Mapping[int, Rings]) -> None:
    missing = [one.name for number, one in enumerate(KELURAHAN) if number not in found]
    if not missing:
        return
    names = list(_names(features))
    hint = nearest(missing[0], names).replace("did you mean", "is it").rstrip("?") if names else ""
    more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
    raise _wrong(path, f"no shape is that of {missing[0]}{more}{hint}")


def _names(features: list[Mapping]) -> Iterator[str]:
    for feature in features:
        properties = feature.get("properties")
        name = properties.get("nama") if isinstance(properties, dict) else None
        if isinstance(name, str):
            yield name


def _wrong(path: str | os.PathLike, what: str) -> InputError:
    return InputError(f"--boundaries {path}: {what}; {EXPECTED}.")
