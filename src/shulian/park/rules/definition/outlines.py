"""Outlines: the shapes an entry may have from above become rings of its own frame."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import cos, pi, sin
from typing import Any, cast

import shapely
from shapely import MultiPolygon, Polygon

from shulian.park.errors import (
    DefinitionShapeCrossing,
    DefinitionShapeEmpty,
    DefinitionShapesMany,
    DefinitionTooLarge,
    DefinitionValueWrong,
)
from shulian.park.rules.definition.schema import Outline
from shulian.park.rules.definition.sources import Where
from shulian.park.types import Point, Ring

Rings = tuple[Ring, ...]
"""A shell and its holes."""

Area = Polygon | MultiPolygon
"""Any valid area; it may be empty."""

CORNERS = 20_000
"""How many corners a ring may have."""
THIN = 0.01
"""What encloses less is nothing [m²]."""

_TRIANGLE = 3
_STEPS = 3
_NUMBER = re.compile(r"-?[0-9][0-9.]*(?:e[-+]?[0-9]+)?")
_ARC = 8
SHAPES = ("box", "circle", "oval", "ell", "horseshoe", "court", "footprint", "geometry")


def draw(
    outline: Outline, where: Where, featured: Callable[[str, Where], Sequence[Rings]]
) -> tuple[Rings, ...]:
    """The polygons of an outline in its own frame; none where it draws nothing.

    featured  the polygons of a GeoJSON feature in the same frame

    Raises a `DefinitionBroken` for several shapes at once and for empty or crossing ones.
    """
    given = [name for name in SHAPES if getattr(outline, name) is not None]
    if len(given) > 1:
        raise where.fault(DefinitionShapesMany, shapes=", ".join(given))
    if not given:
        return ()
    if given == ["geometry"]:
        drawn = featured(cast("str", outline.geometry), where.of("geometry"))
    elif outline.footprint is not None:
        rings = (outline.footprint, *outline.holes)
        _check_count(rings, where.of(given[0]))
        drawn = (tuple(soft(ring) for ring in rings) if outline.smooth else rings,)
    else:
        _check_thickness(outline, where.of(given[0]))
        drawn = (_SHAPES[given[0]](getattr(outline, given[0])),)
    checked = tuple(check(rings, where.of(given[0])) for rings in drawn)
    if outline.fillet:
        rounded = shapely.buffer([polygon(rings) for rings in checked], -outline.fillet)
        rounded = shapely.buffer(rounded, outline.fillet, quad_segs=_ARC)
        checked = polygons(shapely.union_all(rounded))
        if not checked:
            raise where.fault(DefinitionShapeEmpty)
    return checked


def check(rings: Iterable[Sequence[Point]], where: Where) -> Rings:
    """The rings turned as they should (shell counter-clockwise), or the failure they are."""
    cleaned = [_cleaned(ring) for ring in rings]
    _check_count(cleaned, where)
    if not cleaned or any(len(r) < _TRIANGLE or abs(area_of(r)) < THIN for r in cleaned):
        for ring in cleaned:
            if len(ring) > _TRIANGLE:  # a bow tie encloses as much on its left as on its right
                _refuse_crossing(Polygon(ring), where)
        raise where.fault(DefinitionShapeEmpty)
    _refuse_crossing(Polygon(cleaned[0], cleaned[1:]), where)
    shell, *holes = cleaned
    return (
        shell if area_of(shell) > 0 else shell[::-1],
        *(hole if area_of(hole) < 0 else hole[::-1] for hole in holes),
    )


def polygon(rings: Rings) -> Polygon:
    """The same as shapely's polygon."""
    return Polygon(rings[0], rings[1:])


def whole(outline: Iterable[Rings]) -> Area:
    """Polygons as one area; empty where there are none."""
    return cast("Area", shapely.union_all([polygon(rings) for rings in outline]))


def meeting(areas: Sequence[Area]) -> list[tuple[int, int]]:
    """Which areas touch: pairs of their places, the smaller first, in order."""
    if not areas:
        return []
    found = shapely.STRtree(areas).query(areas, predicate="intersects").T.tolist()
    return sorted((first, second) for first, second in found if first < second)


def polygons(geometry: Any) -> tuple[Rings, ...]:
    """The polygons of a shapely geometry, to the millimetre; lines and points are dropped."""
    found: list[Rings] = []
    for part in shapely.get_parts(geometry):
        if isinstance(part, Polygon) and part.area >= THIN:
            turned = shapely.orient_polygons(part)
            lines = (turned.exterior, *turned.interiors)
            found.append(tuple(_rounded(line.coords[:-1]) for line in lines))
    return tuple(found)


def area_of(ring: Sequence[Point]) -> float:
    """Area of a ring, positive if it runs counter-clockwise [m²]."""
    x0, y0 = ring[0]
    shifted = [(x - x0, y - y0) for x, y in ring]
    pairs = zip(shifted, [*shifted[1:], shifted[0]], strict=True)
    return sum(x * v - u * y for (x, y), (u, v) in pairs) / 2


def area(outlines: Iterable[Rings]) -> float:
    """Area of polygons [m²]."""
    return sum(sum(area_of(ring) for ring in rings) for rings in outlines)


def soft(ring: Sequence[Point], *, closed: bool = True) -> Ring:
    """A curve through the neighbourhood of corners (Chaikin 1974), to the millimetre."""
    points = list(ring)
    for _ in range(_STEPS):
        ends = [*points[1:], *points[:1]] if closed else points[1:]
        cut = [
            (x + (u - x) * share, y + (v - y) * share)
            for (x, y), (u, v) in zip(points, ends, strict=False)
            for share in (0.25, 0.75)
        ]
        points = cut if closed else [*points[:1], *cut[1:-1], *points[-1:]]
    return _rounded(points)


def _check_thickness(outline: Outline, where: Where) -> None:
    for size, wings in ((outline.ell, 1), (outline.horseshoe, 2), (outline.court, 2)):
        if size is not None:
            width, depth, thickness = size
            most = min(width / wings, depth / 2 if size is outline.court else depth)
            if thickness >= most:
                problem = f"expected a thickness below {most:g}, got {thickness:g}"
                raise where.fault(DefinitionValueWrong, problem=problem)


def _check_count(rings: Iterable[Sequence[Point]], where: Where) -> None:
    if any(len(ring) > CORNERS for ring in rings):
        raise where.fault(DefinitionTooLarge, what="corners", limit=CORNERS)


def _refuse_crossing(shape: Polygon, where: Where) -> None:
    if shape.is_valid:
        return
    east, north = _place(shapely.is_valid_reason(shape))
    raise where.fault(DefinitionShapeCrossing, east=east, north=north)


def _place(reason: str) -> Point:
    """The point that shapely's reason ends with: `Self-intersection[3 4]`."""
    numbers = [float(number) for number in _NUMBER.findall(reason)] or [0.0, 0.0]
    return round(numbers[0], 2), round(numbers[-1], 2)


def _cleaned(ring: Sequence[Point]) -> Ring:
    """The ring without a repeated corner at its end or anywhere."""
    kept = [
        corner for place, corner in enumerate(ring) if corner != ring[place - 1] or len(ring) == 1
    ]
    return tuple(kept)


def _rounded(points: Iterable[tuple[float, ...]]) -> Ring:
    return tuple((round(point[0], 3) + 0.0, round(point[1], 3) + 0.0) for point in points)


def _box(size: tuple[float, float]) -> Rings:
    x, y = size[0] / 2, size[1] / 2
    return (((-x, -y), (x, -y), (x, y), (-x, y)),)


def _oval(size: tuple[float, float]) -> Rings:
    x, y = size[0] / 2, size[1] / 2
    corners = 4 * max(6, min(24, round(max(x, y) / 2)))
    angles = (2 * pi * k / corners for k in range(corners))
    return (_rounded((x * cos(angle), y * sin(angle)) for angle in angles),)


def _ell(size: tuple[float, float, float]) -> Rings:
    x, y, t = size[0] / 2, size[1] / 2, size[2]
    return (((-x, -y), (x, -y), (x, t - y), (t - x, t - y), (t - x, y), (-x, y)),)


def _horseshoe(size: tuple[float, float, float]) -> Rings:
    x, y, t = size[0] / 2, size[1] / 2, size[2]
    west = ((t - x, t - y), (t - x, y), (-x, y))
    return (((-x, -y), (x, -y), (x, y), (x - t, y), (x - t, t - y), *west),)


def _court(size: tuple[float, float, float]) -> Rings:
    (shell,) = _box(size[:2])
    x, y = size[0] / 2 - size[2], size[1] / 2 - size[2]
    return shell, ((-x, -y), (-x, y), (x, y), (x, -y))


_SHAPES: Mapping[str, Callable[[Any], Rings]] = {
    "box": _box,
    "circle": lambda radius: _oval((2 * radius, 2 * radius)),
    "oval": _oval,
    "ell": _ell,
    "horseshoe": _horseshoe,
    "court": _court,
}
