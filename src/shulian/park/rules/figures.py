"""Spaces and scenery as the outlines a drawing is made of: rings, bounds, paths of an SVG.

SVG's y axis points down, so a point (east, north) is drawn at (east, -north).
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from shapely import Polygon

from shulian.park.types import Point, Prism, Ring, Shape

Bounds = tuple[float, float, float, float]
"""Least east, least north, greatest east, greatest north [m]."""

_CORNERS = 3
_FINE = 0.1
"""[m] to which a drawing of a few hundred metres is exact."""
_WIDE = 1600.0
"""[m] from which a drawing is exact to half a metre only: a fifth of a pixel."""
_COARSE = 0.5


def on_ground(shape: Shape) -> tuple[Ring, ...]:
    """The rings of the lowest prisms of `shape`: towers on a podium stand inside it."""
    if shape.mesh and not shape.prisms:
        west, south, east, north = _bounds((corner[0], corner[1]) for corner in shape.mesh.corners)
        return (((west, south), (east, south), (east, north), (west, north)),)
    lowest = min((prism.base for prism in shape.prisms), default=0.0)
    return tuple(
        ring for prism in shape.prisms if prism.base <= lowest + 0.5 for ring in rings(prism)
    )


def rings(prism: Prism) -> tuple[Ring, ...]:
    """The rings of `prism` that enclose something."""
    return tuple(ring for ring in prism.rings if len(ring) >= _CORNERS)


def reach(found: Iterable[Ring]) -> Bounds:
    """How far rings reach; there is at least one."""
    return _bounds(point for ring in found for point in ring)


def spot(found: Sequence[Ring]) -> Point:
    """A point for the name of what rings enclose: the middle of their bounds if it lies inside."""
    west, south, east, north = reach(found)
    middle = ((west + east) / 2, (south + north) / 2)
    if sum(_is_in(ring, middle) for ring in found) % 2:
        return middle
    inner = Polygon(found[0], found[1:]).representative_point()
    return (inner.x, inner.y)


def meet(one: Bounds, other: Bounds) -> bool:
    """Whether two bounds have more than an edge in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def grain(width: float) -> float:
    """To how many metres a drawing `width` [m] wide is exact."""
    return _FINE if width < _WIDE else _COARSE


def path(ring: Iterable[Point], project: Callable[[Point], Point], step: float) -> str:
    """The closed path of `ring` as `project` puts it on the sheet, exact to `step` [m].

    Corners that fall together are left out; all but the first are told by their distance from
    the one before, which takes half the letters.
    """
    spots = [(round(x / step), round(y / step)) for x, y in map(project, ring)]
    words = [f"M{_told(spots[0][0], step)},{_told(spots[0][1], step)}"]
    words += [
        f"{_told(x - before_x, step)},{_told(y - before_y, step)}"
        for (before_x, before_y), (x, y) in pairwise(spots)
        if (x, y) != (before_x, before_y)
    ]
    if len(words) < _CORNERS:
        return ""
    return f"{words[0]}l{' '.join(words[1:])}z"


def dot(point: Point) -> str:
    """A path of nothing but a point, which a round pen makes a dot."""
    return f"M{round(point[0])},{round(point[1])}h0"


def north_up(point: Point) -> Point:
    """A point of the park on a sheet with north above."""
    return (point[0], -point[1])


def _is_in(ring: Ring, point: Point) -> bool:
    """Whether a line from `point` to the east crosses `ring` an odd number of times."""
    crossings = 0
    for (x, y), (next_x, next_y) in pairwise((*ring, ring[0])):
        if (y > point[1]) is not (next_y > point[1]):
            crossings += point[0] < x + (point[1] - y) / (next_y - y) * (next_x - x)
    return crossings % 2 == 1


def _told(steps: int, step: float) -> str:
    """So many steps in metres, in as few letters as there are."""
    return f"{steps * step:.1f}".removesuffix(".0")


def _bounds(points: Iterable[Point]) -> Bounds:
    east, north = zip(*points, strict=True)
    return min(east), min(north), max(east), max(north)
