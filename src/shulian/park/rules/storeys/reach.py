"""Where one comes on foot: from outside through doors, over floors and by stairs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import shapely
from shapely import Polygon

from shulian.park.rules.storeys.levels import Level, read_levels
from shulian.park.rules.storeys.plane import Area, grown, meet, parts, union, without
from shulian.park.rules.storeys.shafts import Shaft, find_shafts
from shulian.park.rules.storeys.trouble import notice
from shulian.park.rules.storeys.walls import find_walls
from shulian.park.types import Notice, Space

_RADIUS = 0.3
"""Half as wide as this one is [m]."""
_FOOTHOLD = 0.2
"""One is in a space where this much of its floor is free [m²]."""


@dataclass(frozen=True, slots=True, eq=False)
class _Ground:
    """A piece of floor on which one comes from everywhere to everywhere."""

    level: int
    area: Polygon
    """Where the middle of a person can be."""
    outside: bool
    """Whether a door leads from it to the ground before the building."""


def out_of_reach(building: Space, below: Iterable[Space]) -> tuple[Notice, ...]:
    """The spaces with doors of a building into which no way leads from outside.

    below  all spaces below the building, at any depth
    """
    levels, _ = read_levels(building, below)
    shafts, _ = find_shafts(levels)
    grounds = [ground for index in range(len(levels)) for ground in _grounds(levels, index, shafts)]
    reached = _reached(grounds, shafts)
    trodden = [
        union(ground.area for ground in reached if ground.level == index)
        for index in range(len(levels))
    ]
    return tuple(
        notice(room.space, "space_out_of_reach")
        for level, area in zip(levels, trodden, strict=True)
        for room in level.rooms
        if room.space.shape and room.space.shape.doors
        if meet(room.area, area).area < _FOOTHOLD
    )


def _grounds(levels: Sequence[Level], index: int, shafts: Sequence[Shaft]) -> list[_Ground]:
    """The pieces into which walls and stairs cut the floor of a level; furniture does not count."""
    level = levels[index]
    walls, _ = find_walls(levels, index, shafts)
    flights = [stand for shaft in shafts if (stand := shaft.stand(index))]
    solid: list[Area] = [walls.partitions, walls.facade, walls.wells, *flights]
    free = grown(without(level.outline, union(solid)), -_RADIUS)
    exits = union(gap.area for gap in walls.gaps if gap.outside and level.ground)
    return [_Ground(index, part, bool(shapely.intersects(part, exits))) for part in parts(free)]


def _reached(grounds: Sequence[_Ground], shafts: Sequence[Shaft]) -> list[_Ground]:
    """Those on which one comes from outside."""
    beside: dict[_Ground, set[_Ground]] = {ground: set() for ground in grounds}
    for shaft in shafts:
        for level, flight in shaft.flights.items():
            foot = shaft.frame.area(0.0, flight.near)
            head = foot if flight.runs > 1 else shaft.frame.area(flight.far)
            above = [each for each, came in shaft.arrivals.items() if came is flight]
            met = _touched(grounds, [level], foot) + _touched(grounds, above, head)
            for one, other in combinations(met, 2):
                beside[one].add(other)
                beside[other].add(one)
    waiting = [ground for ground in grounds if ground.outside]
    seen = set(waiting)
    while waiting:
        fresh = beside[waiting.pop()] - seen
        seen |= fresh
        waiting += fresh
    return [ground for ground in grounds if ground in seen]


def _touched(grounds: Sequence[_Ground], levels: Sequence[int], landing: Polygon) -> list[_Ground]:
    """The grounds of some levels that reach onto a landing."""
    return [
        ground
        for ground in grounds
        if ground.level in levels and shapely.intersects(ground.area, landing)
    ]
