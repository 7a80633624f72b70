"""The people of one process as arrays, one row a slot: the state that moves many times a second.

Symbols: s slots (MOST_SLOTS rows, a multiple of 8).
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shulian.world.types import MOST_SLOTS


class State(IntEnum):
    """What a slot is."""

    FREE = 0
    """`end_of` counts on it that this is nothing but zeros."""
    HERE = 1
    """Somebody with an open socket."""
    AWAY = 2
    """Somebody whose link is lost: their place is kept, nobody sees them."""
    BEYOND = 3
    """Somebody in a neighbouring process, seen across the border."""


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """Who is where."""

    place: NDArray[np.int32]
    """(s, 3) [cm] east, north, height of the feet."""
    heading: NDArray[np.uint16]
    """(s,) 65,536 steps a turn, clockwise from north."""
    posture: NDArray[np.uint8]
    """(s,) gait + gesture × 8."""
    state: NDArray[np.uint8]
    """(s,) `State`."""
    moved: NDArray[np.uint8]
    """(s,) 1: since the last snapshot."""
    focus: NDArray[np.int32]
    """(s, 2) [cm] around which they are shown people, where `focused` is 1; else `place`."""
    focused: NDArray[np.uint8]
    heard: NDArray[np.float64]
    """(s,) [s] of the monotonic clock: when the last accepted move came."""
    zone: NDArray[np.int16]
    """(s,) place of their zone in the list of zones of the process; -1: none."""
    visit: NDArray[np.int64]
    """(s,) which visit to the slot this is: grows whenever somebody else gets it."""
    band: NDArray[np.int16]
    """(s,) in which strip of the arrays' plane their park lies (`rules/bands.py`): `place` and
    `focus` count the whole plane, frames and messages only the park's."""


_SHAPES: dict[str, tuple[type[np.generic], tuple[int, ...]]] = {
    "place": (np.int32, (3,)),
    "heading": (np.uint16, ()),
    "posture": (np.uint8, ()),
    "state": (np.uint8, ()),
    "moved": (np.uint8, ()),
    "focus": (np.int32, (2,)),
    "focused": (np.uint8, ()),
    "heard": (np.float64, ()),
    "zone": (np.int16, ()),
    "visit": (np.int64, ()),
    "band": (np.int16, ()),
}


def end_of(crowd: Crowd) -> int:
    """All slots from there on are free: mostly the larger part, for the lowest are given first."""
    taken = np.flatnonzero(crowd.state.view(np.uint64))
    return 8 * (int(taken[-1]) + 1) if len(taken) else 0


def size_of(slots: int) -> int:
    """How many bytes a crowd of so many slots takes."""
    return sum(slots * _bytes(name) for name in _SHAPES)


def crowd_in(memory: NDArray[np.uint8], slots: int) -> Crowd:
    """The crowd whose arrays lie in `memory` (`size_of(slots)`,), the widest numbers first."""
    arrays: dict[str, Any] = {}
    start = 0
    for name in sorted(_SHAPES, key=lambda one: -np.dtype(_SHAPES[one][0]).itemsize):
        kind, shape = _SHAPES[name]
        end = start + slots * _bytes(name)
        arrays[name] = memory[start:end].view(kind).reshape((slots, *shape))
        start = end
    return Crowd(**arrays)


def empty_crowd(slots: int = MOST_SLOTS) -> Crowd:
    """Nobody is there."""
    return crowd_in(np.zeros(size_of(slots), np.uint8), slots)


def _bytes(name: str) -> int:
    """Of one row."""
    kind, shape = _SHAPES[name]
    return int(np.dtype(kind).itemsize * np.prod(shape))
