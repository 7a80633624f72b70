"""What is worth going to, and where people stand there: alone, in little circles, behind doors."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import atan2, ceil, cos, degrees, hypot, pi, sin

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shulian.park.types import Entrance, Point, Shape, Space, SpaceId, SpaceKind
from shulian.world.rules.paths.ground import Bounds, Ground, polygon
from shulian.world.rules.paths.indoors import Indoors, Inside
from shulian.world.rules.paths.ways import Field, Net, field, reaches

MOST_SIGHTS = 40

_WEIGHTS = {
    SpaceKind.PLAZA: 5.0,
    SpaceKind.STAGE: 3.0,
    SpaceKind.BUILDING: 2.0,
    SpaceKind.GARDEN: 2.0,
}
"""How much people are drawn to each, against the entrance's 3."""
_ENTRANCE = 3.0
_PART = 50.0
"""Large places have parts of this size, each a sight of its own [m] …"""
_MOST_PARTS = 8
"""… but no more than so many, spread over the place."""
_APART = 9.0
"""Between the middles of neighbouring circles [m]."""
_JITTER = 2.0
_IN_CIRCLE = 4
_RADIUS = 0.85
"""Of a circle of people who talk [m]."""
_AT_POINT = 14.0
"""How far around a door or an entrance people stand [m]."""
_GROUND = 3.0
"""[m] above the park's ground at the most: what begins higher is upstairs."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for one to stand, and the way they look there."""

    point: Point
    heading: float
    """[° clockwise from north]."""
    circle: int
    """Those of one circle face each other; -1: one stands here alone."""
    seat: bool
    """Whether one may sit down here."""
    inside: Inside = ()
    """The way in from the open ground, with this point at its end; empty: it is outdoors."""


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """Something to go to."""

    space: SpaceId | None
    """None: the park's entrance."""
    weight: float
    down: Field
    """The ways to it."""
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class _Goal:
    space: SpaceId | None
    weight: float
    point: Point
    area: BaseGeometry
    seats: bool
    door: bool = False


def sights(
    over: Net,
    spaces: Iterable[Space],
    entrance: Entrance,
    within: Bounds,
    *,
    rng: np.random.Generator,
    indoors: Indoors | None = None,
) -> tuple[Sight, ...]:
    """What is worth going to `within` these bounds, the nearest to their middle first.

    From each one can walk to every other. Where `indoors` are known some look in at the doors.
    """
    middle = ((within[0] + within[2]) / 2, (within[1] + within[3]) / 2)
    goals = [one for one in _goals(spaces, entrance) if _holds(within, one.point)]
    goals.sort(key=lambda one: (_far(one.point, middle), one.space or ""))
    found: list[Sight] = []
    for goal in goals:
        down = field(over, goal.point) if len(found) < MOST_SIGHTS else None
        if down is None or (found and not reaches(over.ground, found[0].down, down.goal)):
            continue
        spots = _spots(over.ground, down, goal, rng)
        if indoors is not None and goal.door:
            spots += _within(over.ground, down, indoors.ways(over.ground, goal.point))
        if spots:
            found.append(Sight(goal.space, goal.weight, down, spots))
    return tuple(found)


def _goals(spaces: Iterable[Space], entrance: Entrance) -> Iterator[_Goal]:
    start = (entrance.east, entrance.north)
    yield _Goal(None, _ENTRANCE, start, shapely.Point(start).buffer(_AT_POINT), seats=False)
    for space in spaces:
        if space.kind not in _WEIGHTS or space.shape is None:
            continue
        weight = _WEIGHTS[space.kind]
        if space.kind is SpaceKind.BUILDING:
            for door in space.shape.doors:
                around = shapely.Point(door).buffer(_AT_POINT)
                share = weight / len(space.shape.doors)
                yield _Goal(space.id, share, door, around, seats=False, door=True)
            continue
        parts = _parts(space.shape)
        for part in parts:
            point = part.representative_point()
            seats = space.kind is SpaceKind.GARDEN
            yield _Goal(space.id, weight / len(parts), (point.x, point.y), part, seats=seats)


def _parts(shape: Shape) -> list[BaseGeometry]:
    """A place on the ground in squares of a size that one overlooks."""
    rings = [one.rings for one in shape.prisms if one.rings and one.base < _GROUND]
    polygons = [polygon(one) for one in rings]
    whole: BaseGeometry = shapely.union_all(polygons)
    if whole.is_empty:
        return []
    west, south, east, north = whole.bounds
    across, up = ceil((east - west) / _PART), ceil((north - south) / _PART)
    wide, high = (east - west) / across, (north - south) / up
    squares = (
        shapely.box(
            west + column * wide,
            south + row * high,
            west + (column + 1) * wide,
            south + (row + 1) * high,
        )
        for row in range(up)
        for column in range(across)
    )
    parts = [part for square in squares if not (part := whole.intersection(square)).is_empty]
    return parts[:: ceil(len(parts) / _MOST_PARTS)]


def _spots(ground: Ground, down: Field, goal: _Goal, rng: np.random.Generator) -> tuple[Spot, ...]:
    """Circles on a loose grid, and between any four of them somebody who looks on."""
    west, south, east, north = goal.area.bounds
    found: list[Spot] = []
    circles = 0
    for row in range(ceil((north - south) / _APART) + 1):
        for column in range(ceil((east - west) / _APART) + 1):
            shift = rng.uniform(-_JITTER, _JITTER, 2)
            corner = (west + column * _APART, south + row * _APART)
            middle = (corner[0] + float(shift[0]), corner[1] + float(shift[1]))
            circle = _circle(middle, circles, float(rng.uniform(0, 2 * pi)))
            if all(_good(ground, down, goal, spot.point) for spot in circle):
                found += circle
                circles += 1
            alone = (corner[0] + _APART / 2, corner[1] + _APART / 2)
            if _good(ground, down, goal, alone):
                heading = _heading(alone, goal.point) + float(rng.normal(0, 40))
                found.append(Spot(alone, heading % 360, -1, seat=goal.seats))
    return tuple(found)


def _within(ground: Ground, down: Field, ways: Iterable[Inside]) -> tuple[Spot, ...]:
    """Spots behind a door, for those who come from the front of it."""
    return tuple(
        Spot(way[-1], _heading(way[-2], way[-1]), -1, seat=False, inside=way)
        for way in ways
        if np.isfinite(ground.price(down.goal, way[0]))
    )


def _circle(middle: Point, number: int, turn: float) -> list[Spot]:
    angles = [turn + 2 * pi * place / _IN_CIRCLE for place in range(_IN_CIRCLE)]
    points = [
        (middle[0] + _RADIUS * sin(angle), middle[1] + _RADIUS * cos(angle)) for angle in angles
    ]
    return [Spot(point, _heading(point, middle), number, seat=False) for point in points]


def _good(ground: Ground, down: Field, goal: _Goal, point: Point) -> bool:
    """Whether one may stand at `point`: in the place, on open ground, in sight of the goal."""
    return (
        bool(np.isfinite(ground.at(point)))
        and bool(shapely.contains_xy(goal.area, *point))
        and bool(np.isfinite(ground.price(down.goal, point)))
    )


def _heading(start: Point, end: Point) -> float:
    """From one point to another [° clockwise from north]."""
    return degrees(atan2(end[0] - start[0], end[1] - start[1])) % 360


def _holds(bounds: Bounds, point: Point) -> bool:
    return bounds[0] <= point[0] <= bounds[2] and bounds[1] <= point[1] <= bounds[3]


def _far(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])
