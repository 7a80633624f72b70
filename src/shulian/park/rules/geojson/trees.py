"""Trees: where somebody mapped them, along rows, and scattered over woods and parks."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
import shapely

from shulian.kit.geometry import Array
from shulian.park.rules.geojson.roles import Role
from shulian.park.types import Point

SPACING = {Role.WOOD: 8.0, Role.GARDEN: 12.0}
"""[m] between trees that nobody mapped, by what they stand in."""
ROW = 8.0
"""[m] between the trees of a row."""
MOST = 60_000
"""Scattered trees of a park; where they would be more they stand wider apart."""
_CLEAR = 2.0
"""[m] from a tree to a wall, a road or water."""
_INWARD = 1.0
_TRIES = 20_000


def along(line: shapely.Geometry) -> Array:
    """Trees of a row, from its first position on.

    return  (n, 2) [m]
    """
    length = float(shapely.length(line))
    steps = np.arange(0.0, min(length, ROW * _TRIES) + ROW / 2, ROW)
    return shapely.get_coordinates(shapely.line_interpolate_point([line], steps))


def widening(areas: Sequence[tuple[float, float]]) -> float:
    """By how much spacings grow so that not more than `MOST` trees are scattered.

    areas  (area [m²], spacing [m]) of every wood and park
    """
    expected = sum(area / spacing**2 for area, spacing in areas)
    return max(1.0, (expected / MOST) ** 0.5)


def scattered(polygon: shapely.Geometry, spacing: float, key: str) -> Array:
    """Trees on a grid that luck has shaken, the same luck for the same `key`.

    spacing [m]  between neighbours, about
    return  (n, 2) [m]
    """
    rng = np.random.default_rng(int.from_bytes(blake2b(key.encode(), digest_size=8).digest()))
    west, south, east, north = shapely.bounds(polygon).tolist()
    spacing = max(spacing, ((east - west) * (north - south) / _TRIES) ** 0.5)
    columns = np.arange(west, east, spacing) + spacing / 2
    lines = np.arange(south, north, spacing) + spacing / 2
    grid = np.stack(np.meshgrid(columns, lines), axis=-1).reshape(-1, 2)
    grid += rng.uniform(-0.4, 0.4, grid.shape) * spacing
    inner = shapely.buffer(polygon, -_INWARD)
    shapely.prepare(inner)
    return grid[shapely.contains_xy(inner, grid[:, 0], grid[:, 1])]


def clear(points: Array, obstacles: shapely.STRtree) -> Array:
    """The points that keep their distance from every obstacle.

    points  (n, 2) [m]
    """
    if not len(points):
        return points
    stems = shapely.points(points)
    near = obstacles.query_nearest(stems, max_distance=_CLEAR, all_matches=False)[0]
    free = np.ones(len(points), dtype=bool)
    free[near] = False
    return points[free]


def standing(points: Array) -> tuple[Point, ...]:
    """Points as a plan holds them, to the centimetre."""
    pairs: list[list[float]] = np.round(points, 2).tolist()
    return tuple((east, north) for east, north in pairs)
