"""Where the doors of a storey are that nobody drew: on the walls rooms share with the ways."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np
from numpy.typing import NDArray

from shulian.park.rules.definition.outlines import Rings, area
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
        if other != place and rooms[other].kind not in FURNITURE
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
    empty = np.full(2, np.inf)
    low = np.array([e.reshape(-1, 2).min(axis=0) if len(e) else empty for e in edges])
    high = np.array([e.reshape(-1, 2).max(axis=0) if len(e) else -empty for e in edges])
    return [
        np.flatnonzero(((low <= high[p] + NEAR) & (high >= low[p] - NEAR)).all(axis=1)).tolist()
        for p in range(len(edges))
    ]


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
    start, vector = mine[:, :2], mine[:, 2:] - mine[:, :2]
    length = np.maximum(np.hypot(vector[:, 0], vector[:, 1]), 1e-9)
    along = vector / length[:, None]
    # places of their ends along my edges, and how far they stand off: (mine, theirs)
    first = theirs[None, :, :2] - start[:, None]
    second = theirs[None, :, 2:] - start[:, None]
    off = np.maximum(
        np.abs(first[..., 0] * along[:, None, 1] - first[..., 1] * along[:, None, 0]),
        np.abs(second[..., 0] * along[:, None, 1] - second[..., 1] * along[:, None, 0]),
    )
    ends = np.stack([(first * along[:, None]).sum(-1), (second * along[:, None]).sum(-1)])
    low = np.maximum(ends.min(axis=0), 0.0)
    high = np.minimum(ends.max(axis=0), length[:, None])
    common = np.where(off <= NEAR, high - low, 0.0)
    edge, other = np.unravel_index(int(common.argmax()), common.shape)
    if common[edge, other] <= 0:
        return None
    begin = start[edge] + along[edge] * low[edge, other]
    end = start[edge] + along[edge] * high[edge, other]
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
