"""How a rule is compiled: once, cached in the user's cache folder, recompiled when anything it rests on changes."""

from __future__ import annotations

import enum
import hashlib
import inspect
import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import platformdirs

_DIGESTS: dict[object, str] = {}


def cache_folder() -> Path:
    """Return the folder for populations and compiled code; ``SALUR_CACHE`` overrides the user's default."""
    return Path(os.environ.get("SALUR_CACHE") or platformdirs.user_cache_dir("salur", appauthor=False))


def rule(function: Callable) -> Callable:
    """Compile a rule over columns into machine code and cache it.

    The cache is keyed by the source of the rule's module, the rules it calls and the constants it reads, because
    numba by itself looks at the module only and would run a stale copy when a called rule changes.
    """
    import numba

    digest = _digest(function)
    numba.config.CACHE_DIR = str(cache_folder() / "code" / digest[:2])
    compiled = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    compiled.argument_names = tuple(inspect.signature(function).parameters)
    _DIGESTS[compiled] = digest
    return compiled


def _digest(function: Callable) -> str:
    """Return a hash of everything that the machine code of a function depends on."""
    digest = hashlib.sha256(_source(function.__code__.co_filename).encode())
    for name in sorted(function.__code__.co_names):
        value = function.__globals__.get(name)
        if value in _DIGESTS if callable(value) else False:
            digest.update(f"{name}={_DIGESTS[value]}".encode())
        elif isinstance(value, (bool, int, float, str, tuple)):
            digest.update(f"{name}={value!r}".encode())
        elif isinstance(value, type) and issubclass(value, enum.Enum):
            digest.update(f"{name}={[(member.name, member.value) for member in value]}".encode())
    return digest.hexdigest()


@cache
def _source(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")


def apply(rule: Callable, scope: Mapping[str, object], **values: object) -> object:
    """Call a rule, filling each argument by its name, from ``values`` or else from ``scope``.

    A rule's arguments are named after columns, parameters or the given values; so a signature says all that a rule
    reads and writes.
    """
    try:
        return rule(*[values[name] if name in values else scope[name] for name in rule.argument_names])
    except KeyError as missing:
        raise KeyError(f"nothing named {missing} for the rule {rule.__name__}") from None
