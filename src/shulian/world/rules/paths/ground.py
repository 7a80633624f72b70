"""Where people walk outdoors: a raster of what a metre costs them there.

Symbols: r rows from south to north, c columns from west to east.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, hypot

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from shulian.park.types import Point, Prism, Ring, Scenery, SceneryKind, Space, SpaceKind

Bounds = tuple[float, float, float, float]
"""Least east, least north, greatest east, greatest north [m]."""

Lines = NDArray[np.float64]
"""(n, 2, 2) [m]: two ends each."""

CELL = 2.0
"""Side of a cell [m]."""

_OPEN = 3.0
"""What a metre costs where nothing is drawn; where walking is meant it costs 1."""
_KEPT = 1.6
"""[m] from a wall that nobody walks: more than half the diagonal of a cell, so that no step
between two cells beside it, straight or across, can meet the wall."""
_KNEE, _HEAD = 0.5, 2.2
"""[m] What ends below the one is stepped over, what begins above the other is passed under."""
_BESIDE_TREE = 6.0
_TOUCH = 1e-9
"""The share of a line that is only a corner it touches."""

_SCENERY = (
    (SceneryKind.GREEN, 3.0),
    (SceneryKind.PAVED, 1.1),
    (SceneryKind.ROAD, 6.0),
    (SceneryKind.WATER, np.inf),
    (SceneryKind.RAIL, np.inf),
    (SceneryKind.PATH, 1.0),
)
"""Later ones lie on earlier ones: a path across water is a bridge."""
_SPACES = ((SpaceKind.PARKING, 4.0), (SpaceKind.GARDEN, 2.0), (SpaceKind.PLAZA, 1.0))


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A part of a park from above."""

    west: float
    south: float
    cost: NDArray[np.float64]
    """(r, c) of a metre; infinite: nobody walks there."""

    def cell(self, point: Point) -> tuple[int, int]:
        """Row and column of the cell that `point` is in, perhaps beyond the raster."""
        return (
            floor((point[1] - self.south) / CELL),
            floor((point[0] - self.west) / CELL),
        )

    def middle(self, row: int, column: int) -> Point:
        """The middle of a cell."""
        return (self.west + (column + 0.5) * CELL, self.south + (row + 0.5) * CELL)

    def at(self, point: Point) -> float:
        """What a metre costs at `point`; infinite beyond the raster."""
        row, column = self.cell(point)
        rows, columns = self.cost.shape
        if not (0 <= row < rows and 0 <= column < columns):
            return np.inf
        return float(self.cost[row, column])

    def price(self, start: Point, end: Point) -> float:
        """What the straight line between two points costs; infinite: it is no way."""
        length = hypot(end[0] - start[0], end[1] - start[1])
        begin = np.array([start[0] - self.west, start[1] - self.south]) / CELL
        along = np.array([end[0] - self.west, end[1] - self.south]) / CELL - begin
        cuts = np.concatenate([[0.0, 1.0], *map(_crossings, begin.tolist(), along.tolist())])
        cuts.sort()
        middles = (cuts[1:] + cuts[:-1]) / 2
        columns, rows = np.floor(begin[:, None] + along[:, None] * middles).astype(np.int64)
        if min(rows.min(), columns.min()) < 0:
            return np.inf
        if rows.max() >= self.cost.shape[0] or columns.max() >= self.cost.shape[1]:
            return np.inf
        pieces = np.diff(cuts)
        met = pieces > _TOUCH
        return length * float((self.cost[rows, columns][met] * pieces[met]).sum())


def _crossings(begin: float, along: float) -> NDArray[np.float64]:
    """At which shares of a line from `begin` it comes into another cell of its axis."""
    low, high = sorted((begin, begin + along))
    if not along:
        return np.zeros(0)
    borders: NDArray[np.float64] = np.arange(ceil(low), floor(high) + 1, dtype=np.float64)
    return (borders - begin) / along


def ground(
    spaces: Iterable[Space],
    scenery: Iterable[Scenery],
    bounds: Bounds,
    *,
    walls: Lines | None = None,
) -> Ground:
    """The ground of a park within `bounds`; `walls` are kept clear of besides its buildings."""
    west, south, east, north = bounds
    shape = (max(1, ceil((north - south) / CELL)), max(1, ceil((east - west) / CELL)))
    made = Ground(west, south, np.full(shape, _OPEN))
    known, pieces = tuple(spaces), tuple(scenery)
    for kind, cost in _SCENERY[:2]:
        _lay_scenery(made, pieces, kind, cost)
    for of_space, cost in _SPACES:
        _lay(made, _on_ground(one for one in known if one.kind is of_space), cost)
    for kind, cost in _SCENERY[2:]:
        _lay_scenery(made, pieces, kind, cost)
    _plant(made, pieces)
    bodies = _on_ground((one for one in known if one.kind is SpaceKind.BUILDING), standing=True)
    _lay(made, [one.buffer(_KEPT) for one in bodies], np.inf)
    if walls is not None and len(walls):
        _lay(made, [shapely.LineString(line).buffer(_KEPT) for line in walls], np.inf)
    return made


def _lay_scenery(made: Ground, pieces: Sequence[Scenery], kind: SceneryKind, cost: float) -> None:
    rings = (piece for one in pieces if one.kind is kind for piece in one.rings)
    _lay(made, [polygon(piece) for piece in rings if piece], cost)


def _lay(made: Ground, areas: Sequence[BaseGeometry], cost: float) -> None:
    """Let a metre cost `cost` in every cell whose middle is in one of `areas`."""
    rows, columns = made.cost.shape
    for area in areas:
        if area.is_empty:
            continue
        bounds: Bounds = area.bounds
        first, left = (max(0, one) for one in made.cell(bounds[:2]))
        last, right = made.cell(bounds[2:])
        last, right = min(rows, last + 1), min(columns, right + 1)
        if first >= last or left >= right:
            continue
        across = made.west + (np.arange(left, right, dtype=np.float64) + 0.5) * CELL
        up = made.south + (np.arange(first, last, dtype=np.float64) + 0.5) * CELL
        shapely.prepare(area)
        inside: NDArray[np.bool_] = shapely.contains_xy(area, across[None, :], up[:, None])
        made.cost[first:last, left:right][inside] = cost


def _plant(made: Ground, pieces: Sequence[Scenery]) -> None:
    """Nobody runs into a tree where there is a way around."""
    rows, columns = made.cost.shape
    for piece in pieces:
        for point in piece.points:
            row, column = made.cell(point)
            if 0 <= row < rows and 0 <= column < columns:
                made.cost[row, column] += _BESIDE_TREE


def _on_ground(spaces: Iterable[Space], *, standing: bool = False) -> list[BaseGeometry]:
    """The outlines of spaces; of those `standing`: where they are in the way of people."""
    shapes = [one.shape for one in spaces if one.shape is not None]
    prisms = [prism for shape in shapes for prism in shape.prisms if prism.rings]
    found = [polygon(one.rings) for one in prisms if not standing or _in_the_way(one)]
    for shape in shapes:
        if shape.mesh is not None and not shape.prisms:
            corners = np.array(shape.mesh.corners)[:, :2]
            found.append(shapely.MultiPoint(corners).convex_hull)
    return found


def _in_the_way(prism: Prism) -> bool:
    return prism.top > _KNEE and prism.base < _HEAD


def polygon(rings: Sequence[Ring]) -> BaseGeometry:
    """A polygon, made valid where it crosses itself."""
    shape = shapely.Polygon(rings[0], rings[1:])
    return shape if shape.is_valid else shape.buffer(0)
