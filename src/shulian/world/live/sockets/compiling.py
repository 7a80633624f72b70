"""Compiles the rules and the loop: in a process of its own, whose results stay on disk.

The server then loads them in a thread. numba keeps a function's code until the file it stands in
changes, but not until the numbers it takes from other files do, so each state of the sources has a
folder of its own.
"""

import hashlib
import importlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import numpy as np

from shulian.kit.memory import rest
from shulian.world.live.sockets.desk import Desk
from shulian.world.live.sockets.engine import Engine
from shulian.world.live.sockets.lane import Lane
from shulian.world.live.sockets.leaving import Leaving
from shulian.world.rules.budgets import Income, no_budgets
from shulian.world.rules.crowd import empty_crowd
from shulian.world.rules.interest import Reach, no_sight
from shulian.world.rules.motion import full_purse
from shulian.world.rules.moves import empty_inbox
from shulian.world.rules.snapshots import Beat, nothing_told
from shulian.world.rules.turns import Links, Step, no_past
from shulian.world.rules.walls import no_walls

MakeLane = Callable[[Desk, Leaving, Callable[[], float]], Lane]

_PREFIX = "rules-"
_PATIENT = 10
"""How much the compiler stands back behind those who are served meanwhile."""
_RULES = "shulian.world.rules"
_COMPILED = f"{_RULES}.compiled"
_SOCKETS = "shulian.world.live.sockets"
_COMPILER = "libllvmlite"
"""Nothing is compiled any more once everything is loaded."""
_KERNELS = tuple(
    f"{_COMPILED}.{name}" for name in ("budgets", "motion", "turns", "grid", "snapshots", "for_all")
)
_SOURCES = (
    *_KERNELS,
    f"{_COMPILED}.kernel",
    f"{_COMPILED}.people",
    *(f"{_RULES}.{name}" for name in ("bands", "budgets", "crowd", "interest", "motion", "moves")),
    f"{_RULES}.snapshots",
    f"{_RULES}.turns",
    f"{_RULES}.walls",
    f"{_SOCKETS}.heads",
    f"{_SOCKETS}.kernels",
    "shulian.world.live.ports",
    "shulian.world.types",
    "shulian.world.wire.frames",
)
"""All files whose text or numbers end up in compiled code."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What the compiler made."""

    engine: Engine
    lane: MakeLane


def load(cache: Path | None) -> Compiled:
    """The compiled rules; what is not in `cache` yet is compiled now and put there."""
    numba = cast("Any", importlib.import_module("numba"))
    folder = _folder(cache)
    folder.mkdir(parents=True, exist_ok=True)
    numba.config.CACHE_DIR = str(folder)
    names = (*_KERNELS, f"{_SOCKETS}.kernels", f"{_SOCKETS}.loop")
    budgets, motion, turns, grid, snapshots, for_all, kernels, loop = (
        cast("Any", importlib.import_module(name)) for name in names
    )
    engine = Engine(
        settle=budgets.settle,
        judge=motion.judge,
        take=turns.take,
        look=grid.look,
        pack=snapshots.pack,
        pack_for_all=for_all.pack_for_all,
    )
    _warm(engine)
    kernels.warm()
    rest(_COMPILER)
    return Compiled(engine, loop.LoopLane)


def command(cache: Path | None) -> list[str]:
    """What fills `cache` when it is run."""
    return [sys.executable, "-m", __name__, *([] if cache is None else [str(cache)])]


def _warm(engine: Engine) -> None:
    """Have everything compiled for the kinds of arrays that it will get."""
    slots, reach = 8, Reach(100, 2)
    crowd, sight = empty_crowd(slots), no_sight(slots, reach.most)
    receivers = np.zeros(1, np.int32)
    engine.settle(no_budgets(slots), slots, Income(0.0, 1.0, 1.0))
    engine.judge(empty_inbox(slots), crowd, full_purse(slots), no_walls(), 0.0)
    bits = np.zeros(slots, np.uint8)
    step = Step(
        number=1,
        phases=1,
        part=False,
        high=1,
        everyone=0,
        shared=False,
        counts=False,
        often=1,
        seldom=1,
    )
    engine.take(crowd, Links(bits, bits, bits), no_past(crowd), step)
    engine.look(crowd, sight, reach, receivers)
    whole, stirred = np.ones(1, np.bool_), np.zeros(slots, np.int64)
    engine.pack(crowd, sight, stirred, receivers, whole, Beat(1, 1), reach)
    engine.pack_for_all(crowd, nothing_told(slots), stirred, Beat(1, 1))


def _folder(cache: Path | None) -> Path:
    """Where the code of these very sources is kept."""
    digest = hashlib.sha256()
    for name in _SOURCES:
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            digest.update(Path(spec.origin).read_bytes())
    folder = _beside() if cache is None else cache
    return folder / f"{_PREFIX}{digest.hexdigest()[:16]}"


def _beside() -> Path:
    """Beside the source; where that cannot be written, where everything temporary is."""
    beside = Path(__file__).parent / "__pycache__"
    if os.access(beside if beside.exists() else beside.parent, os.W_OK):
        return beside
    return Path(tempfile.gettempdir()) / f"shulian-{os.getuid()}"


def main() -> None:
    """Fill the cache, and clear away what was compiled from other sources."""
    os.nice(_PATIENT)
    cache = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    load(cache)
    kept = _folder(cache)
    for other in kept.parent.glob(f"{_PREFIX}*"):
        if other != kept:
            shutil.rmtree(other, ignore_errors=True)


if __name__ == "__main__":
    main()
