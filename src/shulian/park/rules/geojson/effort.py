"""What geometry may cost: edges that cross each other by the million would never come to an end."""

import numpy as np
import shapely
from numpy.typing import NDArray

from shulian.kit.geometry import Array

_ONCE = 30_000
"""Pairs of edges that may cross in one union or repair."""
_IN_ALL = 800_000
_ALWAYS = 100
"""So few corners cost nothing worth counting."""
_LOOKS = 10_000_000
"""Pairs of edges looked at to tell how many may cross."""


class Effort:
    """A purse for the unions and repairs of one import."""

    def __init__(self) -> None:
        """Start with a full one."""
        self._left = float(_IN_ALL)

    def affords(self, geometries: NDArray[np.object_]) -> bool:
        """Whether the edges of all these may be made to meet; if so it is paid for."""
        if shapely.get_num_coordinates(geometries).sum() <= _ALWAYS:
            return True
        corners, owner = shapely.get_coordinates(geometries, return_index=True)
        within = owner[1:] == owner[:-1]
        cost = _crossings(corners[:-1][within], corners[1:][within])
        if cost > min(_ONCE, self._left):
            return False
        self._left -= cost
        return True


def _crossings(begins: Array, ends: Array) -> float:
    """About how many pairs of edges have boxes that meet, beyond itself and its two neighbours.

    begins, ends  (n, 2)  where each edge begins and ends; only some of them are looked at
    """
    low, high = np.minimum(begins, ends), np.maximum(begins, ends)
    step = max(1, len(low) ** 2 // _LOOKS)
    east, north = (
        (low[::step, None, axis] <= high[None, :, axis])
        & (high[::step, None, axis] >= low[None, :, axis])
        for axis in (0, 1)
    )
    return max(0.0, float((east & north).sum()) * step - 3.0 * len(low)) / 2
