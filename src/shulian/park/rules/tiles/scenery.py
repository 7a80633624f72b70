"""Ground, water and roads as flat polygons, and the trees.

Kinds lie a few centimetres above one another, and above the plane at height 0 that stands for the
earth, in the order people stack them on a map: a lake in a park, a square by the lake, a road over
the square. Water is a layer like the others, since a sunken one would need holes in all below it.
Inside a tile lower kinds come first, so that it also looks right drawn in order without depth.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from shulian.park.rules.tiles.bodies import Bodies, from_prisms
from shulian.park.types import Prism, Scenery, SceneryKind

LEVELS: Mapping[SceneryKind, float] = {
    SceneryKind.GREEN: 0.03,
    SceneryKind.TREE: 0.04,
    SceneryKind.WATER: 0.06,
    SceneryKind.PAVED: 0.09,
    SceneryKind.PATH: 0.12,
    SceneryKind.ROAD: 0.15,
    SceneryKind.RAIL: 0.18,
}
"""Height of each kind's surface [m]; that of trees is the floor of a wood."""

_LOWEST, _SPREAD = 5.0, 7.0


def bodies(scenery: Sequence[Scenery]) -> Bodies:
    """The polygons of scenery as prisms without height at the level of their kind."""
    prisms = [
        Prism(polygon, LEVELS[piece.kind], LEVELS[piece.kind])
        for piece in scenery
        for polygon in piece.rings
    ]
    counts = np.fromiter((len(piece.rings) for piece in scenery), np.intp, len(scenery))
    return from_prisms(prisms, counts)


def trees(scenery: Sequence[Scenery]) -> NDArray[np.float32]:
    """Where the trees stand and how high they are.

    return  (n, 3) [m] east, north, height of 5 to 12, always the same for the same place
    """
    points = np.array([point for piece in scenery for point in piece.points], np.float64)
    points = points.reshape(-1, 2)
    scattered = np.abs(np.sin(points @ (12.9898, 78.233)) * 43758.5453) % 1.0
    return np.column_stack([points, _LOWEST + _SPREAD * scattered]).astype("<f4")
