"""Where the doors of a storey are that nobody drew: on the walls rooms share with the ways."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np
from numpy.typing import NDArray
from shapely import Polygon

from shulian.park.rules.definition.outlines import Rings, area, meeting
from shulian.park.types import Point, SpaceKind

WAYS = frozenset({SpaceKind.CORRIDOR, SpaceKind.LOBBY})
"""Kinds one passes through on the way to others."""
SHAFTS = frozenset({SpaceKind.STAIRS, SpaceKind.SERVICE})
FURNITURE = frozenset({SpaceKind.SEAT, SpaceKind.BOOTH, SpaceKind.TABLE, SpaceKind.STAGE})
"""Kinds without walls."""

NEAR = 0.02
"""Walls closer than this are the same wall [m]."""
WIDE = 1.4
"""A door needs as much wall [m]."""
_APART = 16.0
"""Halls and ways have a door about every so many metres of shared wall [m]."""
_MANY = WAYS | {SpaceKind.HALL, SpaceKind.EXHIBITION_HALL}

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """A space with walls on a storey."""

    kind: SpaceKind
    outline: tuple[Rings, ...]
    doors: tuple[Point, ...] | None
    """Those drawn by hand; none: to be found."""


def find(rooms: Sequence[Room], outside: Sequence[Point]) -> list[tuple[Point, ...]]:
    """The doors of each room.

    A room opens to the way it shares most wall with; where there is no way, to the largest room
    beside it. Ways open to one another. A door stands in both of the spaces it joins. To doors
    drawn by hand none is added.

    outside  doors in the façade [m]; the rooms behind them have them too
    """
    edges = [_edges(room.outline) for room in rooms]
    found: list[list[Point]] = [list(room.doors or ()) for room in rooms]
    drawn = [*outside, *(door for room in rooms for door in room.doors or ())]
    for place, room in enumerate(rooms):
        if room.doors is None and room.kind not in FURNITURE:
            found[place] += dict.fromkeys(door for door in drawn if _touches(edges[place], door))
    beside = _beside(edges)
    for place, room in enumerate(rooms):
        if room.doors is not None or room.kind in FURNITURE:
            continue
        for partner, wall in _partners(place, rooms, edges, beside[place]).items():
            for door in _doors(room.kind, wall):
                _add(found, rooms, place, door)
                _add(found, rooms, partner, door)
    return [tuple(doors) for doors in found]


def _partners(
    place: int, rooms: Sequence[Room], edges: Sequence[Floats], beside: Sequence[int]
) -> Mapping[int, tuple[Point, Point]]:
    """The rooms that the room at `place` opens to, with the wall they share."""
    room = rooms[place]
    shared = {
        other: wall
        for other in beside
        if rooms[other].kind not in FURNITURE
        if (wall := _shared(edges[place], edges[other])) and _length(wall) >= WIDE
    }
    ways = {other: wall for other, wall in shared.items() if rooms[other].kind in WAYS}
    if room.kind in WAYS:
        return {other: wall for other, wall in ways.items() if other > place}
    if ways:
        best = max(ways, key=lambda other: _length(ways[other]))
        return {best: ways[best]}
    rest = [other for other in shared if rooms[other].kind not in SHAFTS]
    if not rest:
        return {}
    best = max(rest, key=lambda other: area(rooms[other].outline))
    if area(rooms[best].outline) < area(room.outline) and room.kind not in SHAFTS:
        return {}
    return {best: shared[best]}


def _beside(edges: Sequence[Floats]) -> list[list[int]]:
    """For each room, those whose bounding box touches its own."""
    found: list[list[int]] = [[] for _ in edges]
    for one, other in meeting([_box(each) for each in edges]):
        found[one].append(other)
        found[other].append(one)
    return [sorted(others) for others in found]


def _box(edges: Floats) -> Polygon:
    """The bounding box of edges, a wall's thickness larger; empty for none."""
    points = edges.reshape(-1, 2)
    if not len(points):
        return Polygon()
    (west, south), (east, north) = points.min(axis=0) - NEAR, points.max(axis=0) + NEAR
    return Polygon([(west, south), (east, south), (east, north), (west, north)])


def _add(found: list[list[Point]], rooms: Sequence[Room], place: int, door: Point) -> None:
    if rooms[place].doors is None and door not in found[place]:
        found[place].append(door)


def _doors(kind: SpaceKind, wall: tuple[Point, Point]) -> list[Point]:
    """Middles of the doors in a wall, evenly spread."""
    many = max(1, round(_length(wall) / _APART)) if kind in _MANY else 1
    (x, y), (u, v) = wall
    shares = ((2 * door + 1) / (2 * many) for door in range(many))
    return [(round(x + (u - x) * share, 3), round(y + (v - y) * share, 3)) for share in shares]


def _length(wall: tuple[Point, Point]) -> float:
    return hypot(wall[1][0] - wall[0][0], wall[1][1] - wall[0][1])


def _edges(outline: tuple[Rings, ...]) -> Floats:
    """(n, 4) [m] from and to of all edges."""
    rows = [
        (*corner, *following)
        for rings in outline
        for ring in rings
        for corner, following in zip(ring, (*ring[1:], ring[0]), strict=True)
    ]
    return np.array(rows, np.float64).reshape(-1, 4)


def _shared(mine: Floats, theirs: Floats) -> tuple[Point, Point] | None:
    """The longest straight wall that two outlines have in common."""
    found = [wall for pair in ((mine, theirs), (theirs, mine)) if (wall := _along(*pair))]
    return max(found, key=_length, default=None)


def _along(mine: Floats, theirs: Floats) -> tuple[Point, Point] | None:
    """The longest piece of one of my edges that one of theirs lies on with both its ends near.

    Told from the longer of two edges: a millimetre of rounding grows along the shorter one's line.
    """
    start, vector = mine[:, :2], mine[:, 2:] - mine[:, :2]
    length = np.maximum(np.hypot(vector[:, 0], vector[:, 1]), 1e-9)
    along = (vector / length[:, None])[:, None]
    # places of the ends of their edges along and off mine: (2, mine, theirs)
    ends = np.stack([theirs[None, :, :2] - start[:, None], theirs[None, :, 2:] - start[:, None]])
    off = np.abs(ends[..., 0] * along[..., 1] - ends[..., 1] * along[..., 0]).max(axis=0)
    places = (ends * along).sum(axis=-1)
    low = np.maximum(places.min(axis=0), 0.0)
    high = np.minimum(places.max(axis=0), length[:, None])
    common = np.where(off <= NEAR, high - low, 0.0)
    edge, other = np.unravel_index(int(common.argmax()), common.shape)
    if common[edge, other] <= 0:
        return None
    begin = start[edge] + along[edge, 0] * low[edge, other]
    end = start[edge] + along[edge, 0] * high[edge, other]
    return (float(begin[0]), float(begin[1])), (float(end[0]), float(end[1]))


def _touches(edges: Floats, point: Point) -> bool:
    """Whether a point lies on one of the edges, within a wall's thickness."""
    if not len(edges):
        return False
    start, vector = edges[:, :2], edges[:, 2:] - edges[:, :2]
    square = np.maximum((vector**2).sum(axis=1), 1e-12)
    share = np.clip(((np.array(point) - start) * vector).sum(axis=1) / square, 0.0, 1.0)
    nearest = start + vector * share[:, None]
    return bool(np.hypot(*(nearest - np.array(point)).T).min() <= NEAR)
