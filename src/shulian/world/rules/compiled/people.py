"""The arrays of a crowd as compiled code takes them."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shulian.world.rules.compiled.kernel import Kept, Shelf, inlined
from shulian.world.rules.crowd import Crowd, empty_crowd


class People(NamedTuple):
    """What of `Crowd` the kernels read and write."""

    place: NDArray[np.int32]
    heading: NDArray[np.uint16]
    posture: NDArray[np.uint8]
    state: NDArray[np.uint8]
    moved: NDArray[np.uint8]
    heard: NDArray[np.float64]
    focus: NDArray[np.int32]
    focused: NDArray[np.uint8]
    band: NDArray[np.int16]
    visit: NDArray[np.int64]


@inlined
def end_of(bytes_: NDArray[np.uint8]) -> int:
    """(s,) nothing but zeros from there on; found eight at a time."""
    words = bytes_.view(np.uint64)
    at = len(words)
    while at > 0 and words[at - 1] == 0:
        at -= 1
    return 8 * at


def _gathered(crowd: Crowd) -> People:
    """The same memory, as plain arrays wherever it lies."""
    return People(
        np.asarray(crowd.place),
        np.asarray(crowd.heading),
        np.asarray(crowd.posture),
        np.asarray(crowd.state),
        np.asarray(crowd.moved),
        np.asarray(crowd.heard),
        np.asarray(crowd.focus),
        np.asarray(crowd.focused),
        np.asarray(crowd.band),
        np.asarray(crowd.visit),
    )


_SHELF = Shelf(_gathered(empty_crowd(8)))
people_at = _SHELF.at
"""For kernels: the people who are kept at an address."""


@lru_cache(maxsize=8)
def people_of(crowd: Crowd) -> Kept:
    """A crowd as `people_at` finds it; a process has one."""
    return _SHELF.keep(_gathered(crowd))
