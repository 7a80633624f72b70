"""A building as one walks through it: its storeys, the stairs between them, the ways out.

Symbols: n places of all storeys together.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shulian.congress.rules.walks.grids import Floats, Grid, Ints, Steps, grid, joined, moved, steps
from shulian.park.types import Barriers, Point, Space, SpaceId, SpaceKind

SPEED = 1.2
"""[m/s] at which people walk who are many: the pedestrians of Fruin (1971) walk at 1.3 where they
are free to, signals are timed for 1.2 (HCM 2000, ch. 18)."""
CLIMB = 0.32
"""[m/s] straight up by stairs: 0.5 measured along the level, over steps of 0.18 by 0.28 m
(Fruin 1971, ch. 3). Down is a little quicker; among others one is not."""

_FINEST = 1.1
"""[m] between places: doors are wider."""
_MOST = 40_000
"""Places in one building; in larger ones they lie farther apart."""
_MARGIN = 3
"""Places around the outline, on which one stands outside."""
_SAME = 0.5
"""Stairs that share this much of the smaller one stand one above the other."""
_NEXT = 1.0
"""[m] a storey begins at most above the top of the one that it stands on."""
_CHEST = 1.0
"""[m] above the floor a wall has to stand to be in the way."""


@dataclass(frozen=True, slots=True, eq=False)
class House:
    """A building with all that stands in it, and its walls where it can be entered."""

    building: Space
    below: tuple[Space, ...]
    walls: Barriers


@dataclass(frozen=True, slots=True, eq=False)
class Interior:
    """The places of a building, and how one comes from each to its neighbours."""

    size: int
    steps: Steps
    exits: Ints
    """Places right outside its doors …"""
    exit_points: Floats
    """… and where they are, (e, 2) [m]."""
    rooms: Mapping[SpaceId, int]
    """In the middle of each room that was asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class _Floor:
    storey: Space
    outline: BaseGeometry
    base: float
    top: float
    ground: bool
    grid: Grid
    first: int
    """The number of its first place."""

    def place(self, point: Point) -> int:
        return self.first + self.grid.number(point)


def interior(house: House, rooms: Sequence[Space]) -> Interior | None:
    """A building from inside; none where it has no storeys or none of its doors leads out."""
    storey_of = _storeys_of(house.below)
    floors = _floors(house, {storey_of[one.id] for one in rooms if one.id in storey_of})
    if not floors or not len(house.walls.lines):
        return None
    found, exits, points = _walked(house, floors)
    if not len(exits):
        return None
    return Interior(
        size=sum(one.grid.size for one in floors),
        steps=joined([*found, _climbs(house, floors, storey_of)]),
        exits=exits,
        exit_points=points,
        rooms={
            room.id: floor.place(point)
            for room in rooms
            for floor in floors
            if storey_of.get(room.id) == floor.storey.id and (point := middle(room))
        },
    )


def outline(space: Space) -> BaseGeometry:
    """The ground that a space covers."""
    shapes = space.shape.prisms if space.shape else ()
    areas = [shapely.Polygon(one.rings[0], one.rings[1:]).buffer(0) for one in shapes if one.rings]
    return shapely.union_all(areas)


def middle(space: Space) -> Point | None:
    """A point well inside a space; none where it has no body."""
    area = outline(space)
    if area.is_empty:
        return None
    inside = area.centroid if area.contains(area.centroid) else area.representative_point()
    return (float(inside.x), float(inside.y))


def height(space: Space) -> float:
    """Of its floor above the park's ground [m]."""
    return min((one.base for one in space.shape.prisms), default=0.0) if space.shape else 0.0


def _storeys_of(below: Sequence[Space]) -> dict[SpaceId, SpaceId]:
    """The storey in which each space of a building stands."""
    known = {one.id: one for one in below}
    found: dict[SpaceId, SpaceId] = {}
    for one in below:
        here: Space | None = one
        seen = 0
        while here is not None and here.kind is not SpaceKind.STOREY and seen < len(known):
            here, seen = known.get(here.parent) if here.parent else None, seen + 1
        if here is not None and here.kind is SpaceKind.STOREY:
            found[one.id] = here.id
    return found


def _floors(house: House, wanted: Collection[SpaceId]) -> list[_Floor]:
    """The storeys that have an outline, from the lowest up.

    Those above and below all that are `wanted` and the way out lead nowhere, and are left out.
    """
    storeys = [one for one in house.below if one.kind is SpaceKind.STOREY]
    outlines = [(one, area) for one in storeys if not (area := outline(one)).is_empty]
    outlines.sort(key=lambda pair: (height(pair[0]), pair[0].order, pair[0].id))
    ground = any(one.order == 0 for one, _ in outlines)
    needed = [
        place for place, (one, _) in enumerate(outlines) if one.id in wanted or one.order == 0
    ]
    outlines = outlines[min(needed) : max(needed) + 1] if needed and ground else outlines
    total = sum(shapely.box(*area.bounds).area for _, area in outlines)
    cell = max(_FINEST, sqrt(total / _MOST))
    floors: list[_Floor] = []
    first = 0
    for place, (storey, area) in enumerate(outlines):
        west, south, east, north = area.bounds
        around = cell * _MARGIN
        made = grid((west - around, south - around, east + around, north + around), cell)
        leads_out = storey.order == 0 or (not ground and place == 0)
        top = max(one.top for one in storey.shape.prisms) if storey.shape else 0.0
        floors.append(_Floor(storey, area, height(storey), top, leads_out, made, first))
        first += made.size
    return floors


def _walked(house: House, floors: Sequence[_Floor]) -> tuple[list[Steps], Ints, Floats]:
    """The steps on each storey, and the places right outside the doors of those on the ground."""
    found: list[Steps] = []
    exits: list[Ints] = [np.zeros(0, np.int64)]
    points: list[Floats] = [np.zeros((0, 2))]
    for floor in floors:
        here = floor.grid.points()
        shapely.prepare(floor.outline)
        inside = shapely.contains_xy(floor.outline, here[:, 0], here[:, 1])
        pace = np.where(inside | floor.ground, 1 / SPEED, np.inf)
        own = steps(floor.grid, pace, _walls(house, floor))
        into = inside[own.one] != inside[own.other]
        doors = np.where(inside[own.one[into]], own.other[into], own.one[into])
        kept = ~into | floor.ground
        both = inside[own.one] | inside[own.other]  # outside one walks over the ground, not here
        kept &= both
        found.append(moved(Steps(own.one[kept], own.other[kept], own.seconds[kept]), floor.first))
        if floor.ground:
            doors = np.unique(doors)
            exits.append(doors + floor.first)
            points.append(here[doors])
    return found, np.concatenate(exits), np.concatenate(points)


def _walls(house: House, floor: _Floor) -> Floats:
    """What stands in the way on a storey."""
    walls = house.walls
    chest = floor.base + _CHEST
    return walls.lines[(walls.low <= chest) & (walls.high >= chest)]


def _climbs(house: House, floors: Sequence[_Floor], storey_of: Mapping[SpaceId, SpaceId]) -> Steps:
    """From the stairs of each storey to those right above them."""
    stairs = {
        floor.storey.id: [
            (one, outline(one))
            for one in house.below
            if one.kind is SpaceKind.STAIRS and storey_of.get(one.id) == floor.storey.id
        ]
        for floor in floors
    }
    found: list[tuple[int, int, float]] = []
    for lower in floors:
        for upper in floors:
            if not lower.base < upper.base <= lower.top + _NEXT:
                continue
            for one, area in stairs[lower.storey.id]:
                for other, above in stairs[upper.storey.id]:
                    shared = area.intersection(above).area
                    if shared > _SAME * min(area.area, above.area):
                        foot, head = middle(one), middle(other)
                        if foot and head:
                            seconds = (upper.base - lower.base) / CLIMB
                            found.append((lower.place(foot), upper.place(head), seconds))
    if not found:
        return joined([])
    feet, heads, seconds = zip(*found, strict=True)
    return Steps(np.array(feet), np.array(heads), np.array(seconds))
