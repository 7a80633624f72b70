"""Areas of a plan and what storeys do with them: shapely's operations, typed once.

An `Area` is valid and may be empty. Lengths are metres of the park's plane.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, cast

import mapbox_earcut
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from shulian.park.types import Prism, Ring, Shape

Area = Polygon | MultiPolygon
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

GRID = 0.001
"""Corners are rounded to it where areas meet [m].

Without it GEOS (3.14) now and then finds nothing in common between two areas whose edges run
within a rounding error of one another, as all those of a turned building do.
"""

NOTHING: Area = Polygon()

_DIGITS = 6
"""Coordinates are read to the micrometre: below it are only rounding errors."""
_CORNERS = 3
"""The fewest that enclose an area."""


def footprints(shapes: Sequence[Shape | None]) -> list[Area]:
    """The ground that each shape's prisms cover; empty where it has none that encloses anything."""
    prisms: list[tuple[Prism, ...]] = [shape.prisms if shape else () for shape in shapes]
    simple = [place for place, own in enumerate(prisms) if len(own) == 1 and len(own[0].rings) == 1]
    found = dict(zip(simple, _rings([prisms[place][0].rings[0] for place in simple]), strict=True))
    return [
        found[place] if place in found else union(_polygon(prism) for prism in own)
        for place, own in enumerate(prisms)
    ]


def _rings(rings: Sequence[Ring]) -> list[Area]:
    """The areas that single rings enclose."""
    sizes = np.array([len(ring) for ring in rings], np.int64)
    points = np.array([point for ring in rings for point in ring], np.float64).reshape(-1, 2)
    ring = np.repeat(np.arange(len(rings)), sizes)
    bad = sizes < _CORNERS
    bad[ring[~np.isfinite(points).all(axis=1)]] = True
    good = ~bad[ring]
    number = (np.cumsum(~bad) - 1)[ring[good]]
    lines = shapely.linearrings(points[good].round(_DIGITS), indices=number)
    polygons = np.full(len(rings), NOTHING, object)
    polygons[~bad] = shapely.polygons(lines)
    return [
        area if valid else polygonal(shapely.make_valid(area))
        for area, valid in zip(polygons, shapely.is_valid(polygons), strict=True)
    ]


def _polygon(prism: Prism) -> Area:
    """The area of a prism with holes."""
    shell, *holes = _rings(prism.rings) or [NOTHING]
    return without(shell, union(holes)) if holes else shell


def polygonal(geometry: Any) -> Area:
    """The areas among what an operation returned; lines and points are dropped."""
    if isinstance(geometry, Polygon | MultiPolygon):
        return geometry
    kept = [
        part for part in shapely.get_parts(geometry) if isinstance(part, Polygon | MultiPolygon)
    ]
    return union(kept) if kept else NOTHING


def together(polygons: Sequence[Polygon]) -> Area:
    """All that any of the polygons covers; fast where they lie apart, as doors do."""
    apart = shapely.multipolygons(polygons) if polygons else NOTHING
    return apart if shapely.is_valid(apart) else union(polygons)


def union(areas: Iterable[Area]) -> Area:
    """All that any of the areas covers."""
    return polygonal(shapely.union_all(list(areas), grid_size=GRID))


def meet(area: Area, other: Area) -> Area:
    """What both cover."""
    return polygonal(shapely.intersection(area, other, grid_size=GRID))


def without(area: Area, other: Area) -> Area:
    """What `area` covers and `other` does not."""
    if other.is_empty:
        return area
    return polygonal(shapely.difference(area, other, grid_size=GRID))


def grown(area: Area, distance: float) -> Area:
    """The area with its outline moved outwards by `distance` [m]; inwards if negative."""
    return polygonal(shapely.buffer(area, distance, join_style="mitre"))


def filled(area: Area) -> Area:
    """The area without its holes."""
    return union([Polygon(part.exterior) for part in parts(area)])


def parts(area: Area) -> list[Polygon]:
    """The polygons an area is made of, their shells counter-clockwise, their holes clockwise."""
    return cast("list[Polygon]", list(shapely.orient_polygons(shapely.get_parts(area))))


def edges(areas: Sequence[Area]) -> Floats:
    """The directed edges of areas' rings, (n, 2, 2) [m]: the area lies to their left."""
    return line_edges(shapely.get_rings(shapely.orient_polygons(shapely.get_parts(areas))))


def line_edges(lines: Sequence[Any] | NDArray[Any]) -> Floats:
    """The edges of some lines, (n, 2, 2) [m] from → to."""
    points, line = shapely.get_coordinates(lines, return_index=True)
    joined = line[1:] == line[:-1]
    return np.stack([points[:-1][joined], points[1:][joined]], axis=1)


def triangulate(polygons: Sequence[Polygon]) -> tuple[Floats, Ints, Ints]:
    """Triangles that cover polygons.

    return  (n, 2) [m] corners, (n,) the polygon of each, (m, 3) triangles, counter-clockwise
    """
    points, sizes, starts = _ragged(polygons)
    ends = np.concatenate([[0], np.cumsum(sizes)])
    found: list[Ints] = []
    for first, last in pairwise(starts):
        begin = ends[first]
        corners = np.ascontiguousarray(points[begin : ends[last]])
        rings = (ends[first + 1 : last + 1] - begin).astype(np.uint32)
        found.append(mapbox_earcut.triangulate_float64(corners, rings).astype(np.int64) + begin)
    triangles = np.concatenate([*found, np.empty(0, np.int64)]).reshape(-1, 3)
    a, b, c = (points[triangles[:, k]] for k in range(3))
    turned = cross(b - a, c - a) < 0
    triangles[turned] = triangles[turned][:, ::-1]
    owner = np.repeat(np.arange(len(polygons)), np.diff(ends[starts]))
    return points, owner, triangles


def _ragged(polygons: Sequence[Polygon]) -> tuple[Floats, Ints, Ints]:
    """Corners (n, 2) of all rings without the repeated last, ring sizes, first ring of each."""
    if not polygons:
        return np.empty((0, 2)), np.empty(0, np.int64), np.zeros(1, np.int64)
    _, points, (ring_ends, starts) = shapely.to_ragged_array(polygons)
    kept = np.ones(len(points), bool)
    kept[ring_ends[1:] - 1] = False
    return points[kept, :2], np.diff(ring_ends) - 1, starts.astype(np.int64)


def distances(place: BaseGeometry, points: Floats) -> Floats:
    """How far points (…, 2) are from a place (…,) [m]."""
    return np.asarray(shapely.distance(place, shapely.points(points)), np.float64)


def cross(first: Floats, second: Floats) -> Floats:
    """The upright component of the products of plane vectors (n, 2): positive turns left."""
    return first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]


def rectangle(corner: Floats, along: Floats, length: float, width: float) -> Polygon:
    """The rectangle from `corner` (2,), `length` along the unit vector, `width` to its left [m]."""
    across = np.array([-along[1], along[0]])
    far = corner + along * length
    return Polygon([corner, far, far + across * width, corner + across * width])
