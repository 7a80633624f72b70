"""Rectangles with a direction: where stairs, seats and booths lie in the plane."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import shapely
from shapely import Polygon

from shulian.park.rules.storeys.plane import Area, Floats, parts, rectangle

_FULL = 0.995
"""An area that fills this much of the rectangle around it is that rectangle."""
_INSIDE = 1e-6
"""An area that is no larger is empty [m²]; what is this far inside touches no edge [m]."""
_LINES = 12
"""At most this many lines each way bound the rectangles tried in an area."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A rectangle: from its corner `length` along its direction, `width` to the left of it."""

    corner: Floats
    """(2,) [m]."""
    along: Floats
    """(2,) unit vector."""
    length: float
    """[m]."""
    width: float
    """[m]."""

    @property
    def across(self) -> Floats:
        """The unit vector (2,) to the left."""
        return np.array([-self.along[1], self.along[0]])

    def turned(self) -> "Frame":
        """The same rectangle seen from its right side."""
        corner = self.corner + self.along * self.length
        return Frame(corner, self.across, self.width, self.length)

    def place(self, points: Floats) -> Floats:
        """Plane points of local ones, (…, 2 or 3) [m] along, across and up as it is."""
        placed = points.copy()
        placed[..., :2] = (
            self.corner + points[..., :1] * self.along + points[..., 1:2] * self.across
        )
        return placed

    def local(self, points: Floats) -> Floats:
        """Local points (n, 2) [m] of plane ones."""
        return (points - self.corner) @ np.column_stack([self.along, self.across])

    def area(self, begin: float = 0.0, end: float | None = None) -> Polygon:
        """The rectangle between two distances along it [m]."""
        last = self.length if end is None else end
        corner = self.corner + self.along * begin
        return rectangle(corner, self.along, last - begin, self.width)


def around(area: Area) -> Frame:
    """The smallest rectangle around an area, its length the longer side."""
    corners = shapely.get_coordinates(shapely.oriented_envelope(area))[:4]
    if shapely.is_ccw(shapely.linearrings(corners)):
        return _longer(corners)
    return _longer(corners[::-1])


def _longer(corners: Floats) -> Frame:
    """Frame of four corners (4, 2) counter-clockwise [m]."""
    sides = corners[1:3] - corners[:2]
    length, width = np.hypot(sides[:, 0], sides[:, 1]).tolist()
    frame = Frame(corners[0], sides[0] / max(length, 1e-9), length, width)
    return frame if length >= width else frame.turned()


def inscribed(area: Area) -> Frame | None:
    """The largest rectangle in an area among those along the directions of the one around it.

    Exact for areas of right angles with few corners, else a good one; none in an empty area.
    """
    largest = max(parts(area), key=lambda part: part.area, default=None)
    if largest is None or largest.area < _INSIDE:
        return None
    frame = around(largest)
    if largest.area > _FULL * frame.length * frame.width:
        return frame
    local = Polygon(
        frame.local(shapely.get_coordinates(largest.exterior)),
        [frame.local(shapely.get_coordinates(hole)) for hole in largest.interiors],
    )
    corners = shapely.get_coordinates(local)
    spans = [_pairs(corners[:, 0]), _pairs(corners[:, 1])]
    low = np.stack(
        [np.repeat(spans[0][:, 0], len(spans[1])), np.tile(spans[1][:, 0], len(spans[0]))]
    )
    high = np.stack(
        [np.repeat(spans[0][:, 1], len(spans[1])), np.tile(spans[1][:, 1], len(spans[0]))]
    )
    shapely.prepare(local)
    tried = np.asarray(shapely.box(*(low + _INSIDE), *(high - _INSIDE)), object)
    sizes = (high - low).prod(axis=0) * shapely.covers(local, tried)
    best = int(sizes.argmax())
    if sizes[best] <= 0:
        return None
    corner = frame.place(low[:, best])
    length, width = (high - low)[:, best].tolist()
    found = Frame(corner, frame.along, length, width)
    return found if length >= width else found.turned()


def _pairs(values: Floats) -> Floats:
    """All spans (n, 2) between the distinct values, or between as many even ones [m]."""
    distinct: list[float] = np.unique(values.round(6)).tolist()
    if len(distinct) > _LINES:
        distinct = np.linspace(distinct[0], distinct[-1], _LINES).tolist()
    return np.array(list(combinations(distinct, 2)))
