"""Scenery of a definition: lines widened to roads, lawns and water, and trees planted by rule."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any, cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString

from shulian.kit.text import Text
from shulian.park.rules.definition.outlines import Area, Rings, polygons, whole
from shulian.park.types import Point, Scenery, SceneryId, SceneryKind, SpaceId

WIDTHS = {
    SceneryKind.ROAD: 8.0,
    SceneryKind.PATH: 3.0,
    SceneryKind.RAIL: 4.0,
    SceneryKind.WATER: 10.0,
    SceneryKind.GREEN: 6.0,
    SceneryKind.PAVED: 6.0,
}
"""Width of a line that does not say it [m]."""

TREES = 200_000
"""How many trees may be planted by rule."""
CELLS = 4_000_000
"""How many places for a tree an area may have."""

_BLOCKED = {
    SceneryKind.ROAD: 0.6,
    SceneryKind.PATH: 0.3,
    SceneryKind.RAIL: 1.5,
    SceneryKind.WATER: 0.5,
}
"""How far from their edges no tree is planted [m]."""
_WALL = 2.0
"""How far from a building no tree is planted [m]."""
_BESIDE = 1.6
"""How far from the edge of a road or path its trees stand [m]."""
_LOOSE = 0.7
"""How far a tree of a grove may leave the middle of its cell, in cells."""
_PRIMES = np.array([[73_856_093, 83_492_791], [19_349_663, 49_979_687]])

Floats = NDArray[np.float64]


class Crowded(Exception):
    """An area has more places for trees than `CELLS`."""


@dataclass(frozen=True, slots=True)
class Planting:
    """Trees that still have to keep clear of what is built."""

    id: SceneryId
    name: Text
    points: tuple[Point, ...]


@dataclass(slots=True)
class Land:
    """All scenery of a park while it is being read."""

    park: SpaceId
    pieces: list[Scenery] = field(default_factory=list[Scenery])
    plantings: list[Planting] = field(default_factory=list[Planting])

    def lay(
        self,
        scenery: SceneryId,
        kind: SceneryKind,
        name: Text,
        outline: Iterable[Rings],
        points: Iterable[Point] = (),
    ) -> None:
        """Add a piece of ground, or trees that stand just there."""
        piece = Scenery(scenery, self.park, kind, name, tuple(outline), tuple(points))
        self.pieces.append(piece)

    def plant(self, scenery: SceneryId, name: Text, points: Iterable[Point]) -> None:
        """Add trees where nothing else will stand."""
        self.plantings.append(Planting(scenery, name, tuple(points)))

    def finished(self, buildings: Sequence[Area]) -> tuple[Scenery, ...]:
        """All pieces, then the trees that stand on no building, road or water."""
        if not self.plantings:
            return tuple(self.pieces)
        blocked = [shapely.buffer(each, _WALL) for each in buildings]
        blocked += [
            shapely.buffer(whole(piece.rings), _BLOCKED[piece.kind])
            for piece in self.pieces
            if piece.kind in _BLOCKED and piece.rings
        ]
        tree = shapely.STRtree(blocked)
        planted = [
            Scenery(each.id, self.park, SceneryKind.TREE, each.name, points=_clear(each, tree))
            for each in self.plantings
        ]
        return (*self.pieces, *(each for each in planted if each.points))


def road(line: Sequence[Point], width: float) -> tuple[Rings, ...]:
    """A line widened to a polygon, its ends cut straight, its bends rounded."""
    widened = LineString(line).buffer(width / 2, cap_style="flat", join_style="round", quad_segs=6)
    return polygons(widened)


def beside(line: Sequence[Point], width: float, walk: float) -> tuple[Rings, ...]:
    """The pavements of width `walk` on both sides of a road."""
    return road(line, width + 2 * walk)


def row(line: Sequence[Point], every: float) -> Iterator[Point]:
    """Trees on a line, half a step from its ends."""
    track = LineString(line)
    count = max(1, round(track.length / every))
    for place in range(count):
        stand = track.interpolate((place + 0.5) / count, normalized=True)
        yield round(stand.x, 3), round(stand.y, 3)


def avenue(line: Sequence[Point], width: float, every: float) -> Iterator[Point]:
    """Trees on both sides of a road."""
    for side in (1, -1):
        edge: Any = LineString(line).offset_curve(side * (width / 2 + _BESIDE))
        for part in shapely.get_parts(edge):
            if not part.is_empty:
                yield from row([(x, y) for x, y in part.coords], every)


def grove(outline: Sequence[Rings], every: float) -> Iterator[Point]:
    """Trees scattered over an area, about `every` metres apart and always the same.

    They stand near the middles of a grid, each moved a little by a hash of its place in it.
    """
    inside = shapely.buffer(whole(outline), -min(2.0, every / 3))
    if inside.is_empty:
        return
    west, south, east, north = inside.bounds
    columns, rows = ceil((east - west) / every), ceil((north - south) / every)
    if columns * rows > CELLS:
        raise Crowded
    cells = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), axis=-1).reshape(-1, 2)
    moved = cells + 0.5 + _LOOSE * (_scattered(cells) - 0.5)
    points = (np.array([west, south]) + moved * every).round(3)
    kept = points[shapely.contains_xy(inside, points)]
    yield from cast("list[Point]", [tuple(point) for point in kept.tolist()])


def _scattered(cells: NDArray[np.int64]) -> Floats:
    """Two numbers from 0 to 1 for each cell (n, 2), always the same (the mixing of MurmurHash3)."""
    mixed = (cells @ _PRIMES).astype(np.uint32)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
        mixed = (mixed ^ (mixed >> np.uint32(shift))) * np.uint32(factor)
    return mixed / float(2**32)


def _clear(planting: Planting, blocked: shapely.STRtree) -> tuple[Point, ...]:
    if not planting.points:
        return ()
    hit, _ = blocked.query(shapely.points(np.array(planting.points)), predicate="intersects")
    taken = set(hit.tolist())
    return tuple(point for place, point in enumerate(planting.points) if place not in taken)
