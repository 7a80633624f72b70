"""Closed boundaries as lengths one can walk along: where a door fits between two corners.

Written for a handful of corners at a time: there plain numbers beat arrays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot, inf
from typing import NamedTuple

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
_SHORTEST = 1e-9
"""Of a side [m]."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a boundary."""

    length: float
    """[m]; not above zero where nothing fits."""
    first: Point
    middle: Point
    last: Point


class _Side(NamedTuple):
    """One straight side."""

    east: float
    north: float
    """Where it begins [m]."""
    along: tuple[float, float]
    """Unit vector."""
    length: float
    """[m]."""
    gone: float
    """How far along the boundary it begins [m]."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """A closed boundary."""

    sides: Sequence[_Side]
    corners: Sequence[tuple[float, bool]]
    """How far along it its corners are [m], and which touch something one keeps farther from."""
    length: float
    """[m]."""

    def nearest(self, point: Point) -> tuple[float, float]:
        """How far a point is from it, and how far along it the nearest place is [m]."""
        best = inf, 0.0
        for east, north, (along, up), length, gone in self.sides:
            x, y = point[0] - east, point[1] - north
            ahead = min(max(x * along + y * up, 0.0), length)
            off = hypot(x - ahead * along, y - ahead * up)
            if off < best[0]:
                best = off, gone + ahead
        return best

    def stretch(self, position: float, width: float, clear: float, clear_beside: float) -> Stretch:
        """The stretch around a place that keeps clear of corners, moved or shortened as needed.

        position      [m] along the boundary
        width         [m] of the stretch, if it fits
        clear         [m] from a corner; `clear_beside` from one that touches
        """
        total = self.length
        behind = [(position - at) % total for at, _ in self.corners]
        if any(min(gone, total - gone) < _AT_CORNER for gone in behind):
            return self.stretch(position + _OFF_CORNER, width, clear, clear_beside)
        keeps = [clear_beside if beside else clear for _, beside in self.corners]
        spans = list(zip(behind, keeps, strict=True))
        before, keep_before = min(spans, default=(width / 2, 0.0))
        after, keep_after = min(
            ((total - gone, keep) for gone, keep in spans), default=(width / 2, 0.0)
        )
        first, last = position - before + keep_before, position + after - keep_after
        half = min(width, last - first, total / 3) / 2  # a third: its ends stay apart
        middle = min(max(position, first + half), last - half)
        ends = (self._at((middle + way * half) % total) for way in (-1, 0, 1))
        return Stretch(2 * half, *ends)

    def _at(self, position: float) -> Point:
        """The point at a distance along the boundary [m]."""
        side = next((each for each in reversed(self.sides) if each.gone <= position), self.sides[0])
        ahead = position - side.gone
        return side.east + ahead * side.along[0], side.north + ahead * side.along[1]


def _boundary(points: Sequence[Point], beside: Sequence[bool]) -> Boundary:
    """The boundary through points [m], the first repeated; `beside` says which corners touch."""
    sides: list[_Side] = []
    gone = 0.0
    for (east, north), (x, y) in pairwise(points):
        length = hypot(x - east, y - north) or _SHORTEST
        along = (x - east) / length, (y - north) / length
        sides.append(_Side(east, north, along, length, gone))
        gone += length
    corners = [
        (side.gone, touches)
        for side, last, touches in zip(sides, [sides[-1], *sides], beside, strict=False)
        if side.along[0] * last.along[0] + side.along[1] * last.along[1] < _CORNER
    ]
    return Boundary(sides, corners, gone)


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
        found[area[polygon[index]]].append(_boundary(corners[begin:end], beside[begin:end]))
    return found
