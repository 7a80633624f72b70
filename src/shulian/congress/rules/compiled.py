"""How a function of a search becomes machine code, and where that is kept.

numba keeps the code of a function until the file changes that it stands in, but not until others
do whose functions and numbers it takes. So each state of the sources has a folder of its own: all
that a kernel takes stands in its own package, or here.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import numba
import numpy as np
from llvmlite import ir
from numba import (  # numba's own types are partly unknown
    config,  # pyright: ignore[reportUnknownVariableType]
    njit,  # pyright: ignore[reportUnknownVariableType]
    types,  # pyright: ignore[reportPrivateImportUsage]
)
from numba.core import event
from numba.extending import intrinsic

from shulian.congress.rules.compiling import UNDER_WAY

P = ParamSpec("P")
R = TypeVar("R")

_PREFIX = "search-"
_OWN = 0o700
_OLD = 86_400.0
"""[s]"""


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """`function` compiled when it is first called, kept on disk, and run without the lock.

    It takes numbers and arrays and makes no arrays: those that it is given live longer than it,
    so nobody counts who refers to them, which would take most of the time of running.
    """
    return _compiled(function)


def part(function: Callable[P, R]) -> Callable[P, R]:
    """`function` as a part of kernels: Python cannot call it, so it is compiled sooner."""
    return _compiled(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """A part that is written out where it is called.

    A call hands over each array as seven numbers, which takes longer than small functions do.
    """
    return _compiled(function, no_cpython_wrapper=True, no_cfunc_wrapper=True, forceinline=True)


def _ones(_context: Any, _word: Any) -> Any:
    def generate(_: Any, builder: Any, __: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.int64(types.int64), generate


def _lowest(_context: Any, _word: Any) -> Any:
    def generate(_: Any, builder: Any, __: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.int64(types.uint64), generate


ones = cast("Callable[[int], int]", intrinsic(_ones))
"""How many bits of a number are set, in compiled code."""
lowest = cast("Callable[[np.uint64], int]", intrinsic(_lowest))
"""The place of the lowest bit that is set, from 0; some are."""


def _compiled(function: Callable[P, R], **options: bool) -> Callable[P, R]:
    folder = _folder_for(Path(function.__code__.co_filename).parent)
    wanted: Any = {"nogil": True, "cache": folder is not None, "_nrt": False, **options}
    settings: Any = config  # it is a module that takes values for any name
    before = settings.CACHE_DIR
    settings.CACHE_DIR = str(folder or before)
    try:
        return cast("Callable[P, R]", njit(**wanted)(function))
    finally:
        settings.CACHE_DIR = before


@cache
def _folder_for(package: Path) -> Path | None:
    """Where the code of a package is kept."""
    return folder_in(_places(), f"{_PREFIX}{package.name}-", digest_of(package))


def folder_in(places: tuple[Path, ...], kind: str, state: str) -> Path | None:
    """A folder of a kind in the first of `places` that can be written in; old ones go.

    None: there is no such place, and nothing is kept.
    """
    for place in places:
        folder = place / f"{kind}{state}"
        try:
            fresh = not folder.exists()
            folder.mkdir(mode=_OWN, parents=True, exist_ok=True)
        except OSError:
            continue
        # what is kept is run as it is: nobody else may have put it there
        if folder.stat().st_uid != os.getuid() or not os.access(folder, os.W_OK):
            continue
        if fresh:
            _clear(place, kind, folder.stat().st_mtime - _OLD)
        return folder
    return None


def _clear(place: Path, kind: str, before: float) -> None:
    """Throw away what is older: of younger ones somebody may be making use."""
    for other in place.glob(f"{kind}*"):
        with suppress(OSError):
            if other.stat().st_mtime < before:
                shutil.rmtree(other, ignore_errors=True)


def digest_of(package: Path) -> str:
    """What tells these very sources from others."""
    digest = hashlib.sha256(numba.__version__.encode())
    for path in (Path(__file__), *sorted(package.glob("*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _places() -> tuple[Path, ...]:
    """Where compiled code may be kept: where one is told to, beside the sources, at home."""
    told = str(cast("Any", config).CACHE_DIR)
    beside = Path(__file__).parent / "__pycache__"
    home: tuple[Path, ...] = ()
    with suppress(RuntimeError):  # who has no home has none
        home = (Path.home() / ".cache" / "shulian",)
    own = Path(tempfile.gettempdir()) / f"shulian-{os.getuid()}"
    return (*((Path(told),) if told else ()), beside, *home, own)


class _Listener(event.Listener):
    """Hears when numba begins and ends to compile; functions within functions, too."""

    def __init__(self) -> None:
        self._depth = 0

    def on_start(self, event: event.Event) -> None:  # noqa: ARG002  # any of them
        self._depth += 1
        UNDER_WAY.set()

    def on_end(self, event: event.Event) -> None:  # noqa: ARG002  # any of them
        self._depth -= 1
        if self._depth <= 0:
            UNDER_WAY.clear()


event.register("numba:compile", _Listener())
