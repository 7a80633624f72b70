"""Closed boundaries as lengths one can walk along: where a door fits between two corners.

Written for a handful of corners at a time: there plain numbers beat arrays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import hypot

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shulian.park.rules.storeys.plane import Area, distances
from shulian.park.types import Point

_CORNER = 0.906
"""Cosine of the turn (25°) from which two edges meet in a corner and not in a curve."""
_AT_CORNER = 0.01
"""A place this close to a corner is moved on by `_OFF_CORNER` [m]."""
_OFF_CORNER = 0.02


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a boundary."""

    length: float
    """[m]; not above zero where nothing fits."""
    first: Point
    middle: Point
    last: Point


@dataclass(frozen=True, slots=True)
class Boundary:
    """A closed boundary."""

    points: Sequence[Point]
    """Its corners [m], the first not repeated."""
    beside: Sequence[bool]
    """Which of the corners touch something one keeps farther from."""

    @property
    def _sides(self) -> list[tuple[float, float, float, float, float]]:
        """Start, direction and length [m] of each side."""
        sides: list[tuple[float, float, float, float, float]] = []
        for (x, y), (far_x, far_y) in pairwise([*self.points, self.points[0]]):
            length = hypot(far_x - x, far_y - y) or 1e-9
            sides.append((x, y, (far_x - x) / length, (far_y - y) / length, length))
        return sides

    def nearest(self, point: Point) -> tuple[float, float]:
        """How far a point is from it, and how far along it the nearest place is [m]."""
        best, gone = (float("inf"), 0.0), 0.0
        for x, y, along, up, length in self._sides:
            ahead = (point[0] - x) * along + (point[1] - y) * up
            ahead = min(max(ahead, 0.0), length)
            off = hypot(x + ahead * along - point[0], y + ahead * up - point[1])
            best = min(best, (off, gone + ahead))
            gone += length
        return best

    def stretch(self, position: float, width: float, clear: float, clear_beside: float) -> Stretch:
        """The stretch around a place that keeps clear of corners, moved or shortened as needed.

        position      [m] along the boundary
        width         [m] of the stretch, if it fits
        clear         [m] from a corner; `clear_beside` from one that touches
        """
        sides = self._sides
        places = list(accumulate((side[4] for side in sides), initial=0.0))
        total = places.pop()
        keeps = [clear_beside if beside else clear for beside in self.beside]
        corners = [
            (place, keep)
            for place, keep, side, before in zip(
                places, keeps, sides, [sides[-1], *sides], strict=False
            )
            if side[2] * before[2] + side[3] * before[3] < _CORNER
        ]
        if any(
            min((at - position) % total, (position - at) % total) < _AT_CORNER for at, _ in corners
        ):
            position += _OFF_CORNER
        after = min((((at - position) % total), keep) for at, keep in corners) if corners else None
        before = min((((position - at) % total), keep) for at, keep in corners) if corners else None
        first = position - before[0] + before[1] if before else position - width / 2
        last = position + after[0] - after[1] if after else position + width / 2
        half = min(width, last - first, total / 3) / 2  # a third: its ends stay apart
        middle = min(max(position, first + half), last - half)
        ends = (self._at(sides, (middle + way * half) % total) for way in (-1, 0, 1))
        return Stretch(2 * half, *ends)

    @staticmethod
    def _at(sides: Sequence[tuple[float, float, float, float, float]], position: float) -> Point:
        """The point at a distance along the boundary [m]."""
        for x, y, along, up, length in sides:
            if position <= length:
                return x + position * along, y + position * up
            position -= length
        return sides[0][:2]


def read_boundaries(
    areas: Sequence[Area], near: BaseGeometry, distance: float
) -> list[list[Boundary]]:
    """The boundaries of each area; corners closer to `near` than `distance` [m] touch it."""
    polygons, area = shapely.get_parts(areas, return_index=True)
    lines, polygon = shapely.get_rings(polygons, return_index=True)
    points, line = shapely.get_coordinates(lines, return_index=True)
    beside = (distances(near, points) < distance).tolist()
    starts = np.searchsorted(line, np.arange(len(lines) + 1)).tolist()
    corners: list[Point] = [(east, north) for east, north in points.tolist()]
    found: list[list[Boundary]] = [[] for _ in areas]
    for index, (begin, end) in enumerate(pairwise(starts)):
        ring = Boundary(corners[begin : end - 1], beside[begin : end - 1])
        found[area[polygon[index]]].append(ring)
    return found
