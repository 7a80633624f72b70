"""The arrays of a crowd as compiled code takes them."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shulian.world.rules.crowd import Crowd


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


@lru_cache(maxsize=8)
def people_of(crowd: Crowd) -> People:
    """The same memory, as plain arrays wherever it lies; a process has one crowd."""
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
    )
