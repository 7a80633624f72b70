"""A raster of places to stand, and the steps between them that no wall cuts.

Symbols: n nodes, m steps, w walls.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, hypot

import numpy as np
import shapely
from numpy.typing import NDArray

from shulian.park.types import Point

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Bounds = tuple[float, float, float, float]
"""Least east, least north, greatest east, greatest north [m]."""

_STEPS = ((0, 1), (1, 0), (1, 1), (1, -1), (1, 2), (2, 1), (1, -2), (2, -1))
"""Rows and columns to half of the neighbours. By these 16 directions no way is more than 2.8 %
longer than the straight line (Borgefors 1986, the 5-7-11 chamfer)."""


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Places to stand, row by row from the south-west."""

    west: float
    south: float
    cell: float
    """[m]."""
    rows: int
    columns: int

    @property
    def size(self) -> int:
        """How many places there are."""
        return self.rows * self.columns

    def points(self) -> Floats:
        """Where they are, (n, 2) [m]."""
        north, east = np.divmod(np.arange(self.size), self.columns)
        west_south = np.array([self.west, self.south])
        return west_south + (np.column_stack([east, north]) + 0.5) * self.cell

    def number(self, point: Point) -> int:
        """The place nearest to a point."""
        column = floor((point[0] - self.west) / self.cell)
        row = floor((point[1] - self.south) / self.cell)
        row, column = min(max(row, 0), self.rows - 1), min(max(column, 0), self.columns - 1)
        return row * self.columns + column


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """Steps between places, each to be taken either way."""

    one: Ints
    """(m,)."""
    other: Ints
    """(m,)."""
    seconds: Floats
    """(m,) [s]."""


NO_STEPS = Steps(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))


def grid(bounds: Bounds, cell: float) -> Grid:
    """Places all over `bounds`, so far from one another."""
    west, south, east, north = bounds
    rows = max(1, round((north - south) / cell))
    columns = max(1, round((east - west) / cell))
    return Grid(west, south, cell, rows, columns)


def steps(places: Grid, pace: Floats, walls: Floats) -> Steps:
    """The steps between neighbouring places.

    pace    (n,) [s/m] at each place; infinite: nobody stands there
    walls   (w, 2, 2) [m] that cut a step
    """
    numbers = np.arange(places.size).reshape(places.rows, places.columns)
    found: list[Steps] = []
    for row, column in _STEPS:
        if row >= places.rows or abs(column) >= places.columns:
            continue
        left = slice(max(0, -column), places.columns - max(0, column))
        right = slice(max(0, column), places.columns + min(0, column))
        one = numbers[: places.rows - row, left].ravel()
        other = numbers[row:, right].ravel()
        seconds = (pace[one] + pace[other]) / 2 * hypot(row, column) * places.cell
        open_ = np.isfinite(seconds)
        found.append(Steps(one[open_], other[open_], seconds[open_]))
    return _uncut(places, joined(found), walls)


def joined(found: Sequence[Steps]) -> Steps:
    """All of several."""
    every = [NO_STEPS, *found]
    return Steps(
        np.concatenate([one.one for one in every]),
        np.concatenate([one.other for one in every]),
        np.concatenate([one.seconds for one in every]),
    )


def moved(one: Steps, by: int) -> Steps:
    """The same between places that are numbered from `by` on."""
    return Steps(one.one + by, one.other + by, one.seconds)


def _uncut(places: Grid, found: Steps, walls: Floats) -> Steps:
    """Those that meet no wall; only the ones near a wall are looked at."""
    if not len(walls) or not len(found.one):
        return found
    lines = shapely.linestrings(walls)
    wall = shapely.union_all(lines)
    points = places.points()
    around = shapely.buffer(wall, 2.5 * places.cell)
    shapely.prepare(around)
    near = shapely.contains_xy(around, points[:, 0], points[:, 1])
    asked = np.flatnonzero(near[found.one] | near[found.other])
    shapely.prepare(wall)
    ends = np.stack([points[found.one[asked]], points[found.other[asked]]], axis=1)
    cut: Bools = np.atleast_1d(shapely.intersects(wall, shapely.linestrings(ends)))
    kept = np.ones(len(found.one), bool)
    kept[asked[cut]] = False
    return Steps(found.one[kept], found.other[kept], found.seconds[kept])
