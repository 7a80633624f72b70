"""Ways from the open ground through a door into what is public behind it, as far as one sees in."""

from collections.abc import Iterator, Sequence
from math import cos, hypot, pi, sin

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from shulian.park.types import Point, Space, SpaceKind
from shulian.world.rules.paths.ground import Ground, Lines, polygon

Inside = tuple[Point, ...]
"""A way in: from the open ground to the door and to where one stands behind it."""

_PUBLIC = {SpaceKind.HALL, SpaceKind.EXHIBITION_HALL, SpaceKind.LOBBY, SpaceKind.CAFE}
_FURNITURE = {SpaceKind.SEAT, SpaceKind.TABLE, SpaceKind.BOOTH, SpaceKind.STAGE, SpaceKind.STAIRS}
_HEAD = 2.2
_LEVEL = 0.3
"""[m] from the open ground at the most: there are no steps behind the door."""
_TURNS = 16
"""Ways out of a door are looked for all around."""
_OUT = (2.5, 3.5, 5.0)
"""[m] before the door one is on open ground …"""
_IN = (9.0, 7.0, 5.0, 3.0)
"""… and so far behind it one stands, the farthest first."""
_SIDE = 0.35
"""[m] that is kept clear of walls on either side."""
_WALL = 0.8
"""[m] from the walls where one stands."""
_APART = 1.5
"""[m] between two who stand there."""
_MOST = 3
"""At a door: others shall get in as well."""


class Indoors:
    """What is public behind doors, and the walls around it."""

    def __init__(self, spaces: Sequence[Space], walls: Lines) -> None:
        """Index the public rooms among `spaces` that lie on the ground, and `walls`."""
        shapes = [one.shape for one in spaces if one.kind in _PUBLIC and one.shape is not None]
        prisms = [prism for shape in shapes for prism in shape.prisms if prism.rings]
        rooms = [polygon(one.rings) for one in prisms if abs(one.base) < _LEVEL]
        self._rooms: BaseGeometry = shapely.union_all(rooms)
        shapely.prepare(self._rooms)
        stands = [one.shape for one in spaces if one.kind in _FURNITURE and one.shape is not None]
        bodies = [prism for shape in stands for prism in shape.prisms if prism.rings]
        solid = [polygon(one.rings) for one in bodies if one.base < _HEAD]
        self._solid = STRtree([*(shapely.LineString(line) for line in walls), *solid])

    def ways(self, ground: Ground, door: Point) -> tuple[Inside, ...]:
        """A few ways through `door`, each to another place behind it."""
        found: list[Inside] = []
        for way in self._through(ground, door):
            if all(_far(way[-1], one[-1]) >= _APART for one in found):
                found.append(way)
            if len(found) == _MOST:
                break
        return tuple(found)

    def _through(self, ground: Ground, door: Point) -> Iterator[Inside]:
        fronts = [
            front
            for far in _OUT
            for front in _around(door, far)
            if np.isfinite(ground.at(front)) and self._free((front, door), _SIDE)
        ]
        if not fronts:
            return
        for far in _IN:
            for stand in _around(door, far):
                free = self._free((door, stand), _SIDE) and self._free((stand, stand), _WALL)
                if free and shapely.contains_xy(self._rooms, *stand):
                    yield (fronts[0], door, stand)

    def _free(self, piece: Sequence[Point], side: float) -> bool:
        """Whether nothing comes as near as `side` to a straight piece of a way."""
        line = shapely.LineString(piece) if piece[0] != piece[1] else shapely.Point(piece[0])
        return len(self._solid.query(line, predicate="dwithin", distance=side)) == 0


def _around(point: Point, far: float) -> list[Point]:
    angles = (2 * pi * turn / _TURNS for turn in range(_TURNS))
    return [(point[0] + far * sin(angle), point[1] + far * cos(angle)) for angle in angles]


def _far(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])
