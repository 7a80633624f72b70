"""The ground between buildings: where one walks, and how fast.

Symbols: n places of the raster.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shulian.congress.rules.walks.grids import Bounds, Floats, Grid, Ints, Steps, grid, steps
from shulian.congress.rules.walks.indoors import SPEED
from shulian.park.types import Point, Scenery, SceneryKind, Space, SpaceKind

_FINEST = 4.0
"""[m] between places."""
_MOST = 20_000
"""Places; of a larger ground they lie farther apart."""
_OFF_PATHS = 1.25
"""So much longer a metre takes where nothing is laid for walking: lawns, soil."""
_KNEE, _HEAD = 0.5, 2.2
"""[m] What ends below the one is stepped over, what begins above the other is passed under."""
_CLOSED = (SceneryKind.WATER, SceneryKind.RAIL)
_LAID = (SceneryKind.PAVED, SceneryKind.ROAD, SceneryKind.PATH)
"""Also where they lie on water: then they are bridges."""
_SQUARES = (SpaceKind.PLAZA, SpaceKind.PARKING)


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Places outdoors, and how one comes from each to its neighbours."""

    grid: Grid
    steps: Steps
    open: Ints
    """The places one can stand on."""

    def nearest(self, point: Point) -> tuple[int, float]:
        """The open place nearest to a point, and how far it is [s]."""
        far = np.hypot(*(self.grid.points()[self.open] - np.array(point)).T)
        which = int(np.argmin(far))
        return int(self.open[which]), float(far[which]) / SPEED


def ground(bounds: Bounds, spaces: Iterable[Space], scenery: Iterable[Scenery]) -> Ground | None:
    """The ground within `bounds`; none where one can stand nowhere on it."""
    west, south, east, north = bounds
    made = grid(bounds, max(_FINEST, sqrt((east - west) * (north - south) / _MOST)))
    points, pace = made.points(), np.full(made.size, _OFF_PATHS / SPEED)
    known, pieces = tuple(spaces), tuple(scenery)
    _lay(pace, points, _of_scenery(pieces, _CLOSED), np.inf)
    _lay(pace, points, _of_spaces(known, _SQUARES), 1 / SPEED)
    _lay(pace, points, _of_scenery(pieces, _LAID), 1 / SPEED)
    _lay(pace, points, _bodies(known), np.inf)
    open_ = np.flatnonzero(np.isfinite(pace))
    if not len(open_):
        return None
    return Ground(made, steps(made, pace, np.zeros((0, 2, 2))), open_)


def _lay(pace: Floats, points: Floats, areas: Sequence[BaseGeometry], seconds: float) -> None:
    """Let a metre take so long wherever one of `areas` lies."""
    if not areas:
        return
    tree = shapely.STRtree(list(areas))
    inside, _ = tree.query(shapely.points(points), predicate="intersects")
    pace[inside] = seconds


def _of_scenery(pieces: Sequence[Scenery], kinds: Sequence[SceneryKind]) -> list[BaseGeometry]:
    return [
        shapely.Polygon(rings[0], rings[1:]).buffer(0)
        for one in pieces
        if one.kind in kinds
        for rings in one.rings
        if rings and rings[0]
    ]


def _of_spaces(spaces: Sequence[Space], kinds: Sequence[SpaceKind]) -> list[BaseGeometry]:
    return [
        shapely.Polygon(prism.rings[0], prism.rings[1:]).buffer(0)
        for one in spaces
        if one.kind in kinds and one.shape
        for prism in one.shape.prisms
        if prism.rings
    ]


def _bodies(spaces: Sequence[Space]) -> list[BaseGeometry]:
    """What stands in the way of who walks over the ground."""
    return [
        shapely.Polygon(prism.rings[0]).buffer(0)
        for one in spaces
        if one.kind is SpaceKind.BUILDING and one.shape
        for prism in one.shape.prisms
        if prism.rings and prism.top > _KNEE and prism.base < _HEAD
    ]
