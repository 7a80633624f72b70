"""How far people have the next one right ahead of them.

Symbols: n people.
"""

from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

LOOK = 2.0
"""So far ahead somebody is noticed [m]."""
_NARROW = np.cos(np.radians(40))


def gaps(places: NDArray[np.float64], headings: NDArray[np.float64]) -> NDArray[np.float64]:
    """The distance from each to the nearest one within 40° of their heading; infinite: nobody.

    places    (n, 2) [m] east, north
    headings  (n,) [° clockwise from north]
    """
    found = np.full(len(places), np.inf)
    if len(places) < 2:  # noqa: PLR2004  # a pair
        return found
    tree = KDTree(places)
    pairs = cast("NDArray[np.int64]", tree.query_pairs(LOOK, output_type="ndarray"))
    who = np.concatenate([pairs[:, 0], pairs[:, 1]])
    whom = np.concatenate([pairs[:, 1], pairs[:, 0]])
    apart = places[whom] - places[who]
    far = np.hypot(apart[:, 0], apart[:, 1])
    turn = np.radians(headings[who])
    ahead = apart[:, 0] * np.sin(turn) + apart[:, 1] * np.cos(turn) > _NARROW * far
    np.minimum.at(found, who[ahead], far[ahead])
    return found
