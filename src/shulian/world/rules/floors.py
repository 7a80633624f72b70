"""What people can stand on: the open ground, the floors and roofs of the twin, its stairs.

The open ground of a park is flat and lies at 0. What the twin does not draw is not known: what one
steps onto in passing (a kerb, a table, a stage) is within the slack above each floor; how one comes
up to a raised plaza, and the shape of a body that is given as a mesh, are left open, so that every
height between the lowest and the highest of it counts as a floor.

Symbols: n points, b bands. A band is an area with the heights that feet can have there.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, Polygon, STRtree

from shulian.park.types import Prism, Shape, Space, SpaceKind

BELOW, ABOVE = 0.9, 1.8
"""So far feet may be below and above what is a floor [m]."""
_EDGE = 1.0
"""One who stands on an edge is so far outside of its area [m]."""
_LANDING = 3.0
"""So far from its area stairs begin and end [m]."""
_RAMP = 40.0
"""So far from a raised or sunken place the way to it may begin [m]."""
_CORNER = "bevel"
"""Of an area with its edge around it: few corners are quick to look at."""
_OUTDOORS = {
    SpaceKind.SITE,
    SpaceKind.PHASE,
    SpaceKind.PLAZA,
    SpaceKind.GARDEN,
    SpaceKind.PARKING,
}

_Band = tuple[Geometry, float, float]


class Floors:
    """The floors of a park."""

    def __init__(self, spaces: Iterable[Space] = ()) -> None:
        """Index what one can stand on in `spaces`, besides the open ground."""
        bands = [band for space in spaces if space.shape for band in _bands(space, space.shape)]
        raised = _merged(band for band in bands if band[1] < -BELOW or band[2] > ABOVE)
        self._low = np.array([low for _, low, _ in raised], np.float64)
        self._high = np.array([high for _, _, high in raised], np.float64)
        self._shapes = np.array([shape for shape, _, _ in raised], object)
        shapely.prepare(self._shapes)
        self._tree = STRtree(self._shapes)

    def hold(self, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which of `points` (n, 3) [m] feet can stand at."""
        held = (points[:, 2] >= -BELOW) & (points[:, 2] <= ABOVE)
        left = np.flatnonzero(~held)
        if len(left) and len(self._low):
            who, which = self._tree.query(shapely.points(points[left, :2]))
            height = points[left[who], 2]
            fits = (self._low[which] <= height) & (height <= self._high[which])
            who, which = left[who[fits]], which[fits]
            inside = shapely.contains_xy(self._shapes[which], points[who, 0], points[who, 1])
            held[who[inside]] = True
        return held

    def below(self, point: tuple[float, float, float]) -> float:
        """The height [m] of a floor below `point`, or its own where feet can stand there."""
        height = point[2]
        if self.hold(np.array([point]))[0]:
            return height
        which = self._tree.query(shapely.Point(point[:2]), predicate="intersects")
        floors = self._high[which] - ABOVE
        return float(max(floors[floors <= height], default=0.0))


def _merged(bands: Iterable[_Band]) -> list[_Band]:
    """Of the same heights one band where areas overlap: a storey and all rooms and seats in it."""
    by_height: dict[tuple[float, float], list[Geometry]] = {}
    for shape, low, high in bands:
        by_height.setdefault((round(low, 2), round(high, 2)), []).append(shape)
    return [
        (part, low, high)
        for (low, high), shapes in by_height.items()
        for part in shapely.get_parts([shapely.union_all(shapes)])
    ]


def _bands(space: Space, shape: Shape) -> Iterator[_Band]:
    """What one can stand on in one space."""
    for prism in shape.prisms:
        area = _area(prism)
        if space.kind is SpaceKind.STAIRS:
            yield area.buffer(_LANDING, join_style=_CORNER), prism.base - BELOW, prism.top + ABOVE
        elif space.kind in _OUTDOORS:
            low, high = min(prism.base, 0.0), max(prism.base, 0.0)
            yield area.buffer(_RAMP, join_style=_CORNER), low - BELOW, high + ABOVE
        else:
            for height in (prism.base, prism.top):
                yield area.buffer(_EDGE, join_style=_CORNER), height - BELOW, height + ABOVE
    if shape.mesh is not None:
        corners = np.array(shape.mesh.corners, np.float64)
        around = shapely.MultiPoint(corners[:, :2]).convex_hull.buffer(_EDGE)
        low, high = min(0.0, float(corners[:, 2].min())), float(corners[:, 2].max())
        yield around, low - BELOW, high + ABOVE


def _area(prism: Prism) -> Polygon:
    # what has holes is taken as if it had none: a hole has an edge to stand on as well
    return shapely.make_valid(Polygon(prism.rings[0]))  # pyright: ignore[reportReturnType]
