"""Doors: where the openings in the walls of a level are.

A door is given as the middle of its opening on the boundary of a space. It is moved onto that
boundary, kept clear of its corners, and made narrower where the wall is short.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, isfinite
from typing import cast

import numpy as np
import shapely
from shapely import Polygon

from shulian.park.rules.storeys.boundaries import Boundary, Stretch, read_boundaries
from shulian.park.rules.storeys.levels import Level
from shulian.park.rules.storeys.plane import Area, Floats, distances, edges, filled
from shulian.park.rules.storeys.shafts import Shaft
from shulian.park.rules.storeys.trouble import at, notice
from shulian.park.types import Notice, Point, Space, SpaceKind

HEIGHT = 2.2
"""Of a door's opening [m]."""
BESIDE_FACADE = 0.4
"""A wall that runs closer to the outline than this is the façade [m]."""

_WIDTH = 1.2
_WIDE = 2.4
"""Of the openings [m]: of rooms, and of halls and buildings."""
_HALLS = frozenset({SpaceKind.HALL, SpaceKind.EXHIBITION_HALL, SpaceKind.STOREY})
_NARROWEST = 0.7
"""An opening narrower than this is none [m]."""
_OFF = 1.0
"""A door this far from its space's boundary is not its door [m]."""
_MOVED_OFF = 0.3
"""The same for a door that was moved to the landing of a stair [m]."""
_SAME = 0.1
"""Doors closer to one another than this are one [m]."""
_CLEAR = 0.2
_CLEAR_FACADE = 0.45
"""How far an opening keeps from a corner inside and beside the façade [m]."""
_DEPTH = 0.35
_DEPTH_FACADE = 0.5
"""How far an opening reaches to both sides of its boundary [m]."""
_STEP_OUT = 0.8
"""Someone who leaves by a door stands this far outside it [m]."""


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """The ground of one opening."""

    area: Polygon
    outside: bool
    """Whether it goes through the façade."""


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """One door that a space asks for."""

    space: Space
    door: Point


def find_gaps(
    level: Level, index: int, shafts: Sequence[Shaft], terraces: Sequence[Area]
) -> tuple[list[Gap], list[Notice]]:
    """The openings of the level in a place of the building's list of levels.

    terraces  what the storeys cover on whose roofs one may step out from this level
    """
    notices: list[Notice] = []
    placed: list[_Asked] = []
    stretches: list[Stretch] = []
    asking = _doors(level)
    led = _led([asked.door for asked, _ in asking], index, shafts)
    for (asked, boundaries), place in zip(asking, led, strict=True):
        stretch = _stretch(asked, place, boundaries)
        if isinstance(stretch, str):
            notices.append(notice(asked.space, stretch, at(asked.door)))
        else:
            placed.append(asked)
            stretches.append(stretch)
    gaps: list[Gap] = []
    for asked, gap in zip(placed, _gaps(level, stretches), strict=True):
        if gap.outside and not (level.ground or _onto_roof(level, gap, terraces)):
            notices.append(notice(asked.space, "door_into_air", at(asked.door)))
        else:
            gaps.append(gap)
    return _once(gaps), notices


def _once(gaps: Sequence[Gap]) -> list[Gap]:
    """The openings without those that another space asked for too."""
    bounds = shapely.bounds([gap.area for gap in gaps]).round(2).tolist()
    return list({tuple(box): gap for box, gap in zip(bounds, gaps, strict=True)}.values())


def _doors(level: Level) -> list[tuple[_Asked, list[Boundary]]]:
    """All doors asked for on a level, with the boundary of the space that asks.

    A door between stairs and a room is the room's, whose wall it is in wherever it moves.
    """
    asking = [(level.storey, level.outline, level.doors)] if level.doors else []
    rooms = [room for room in level.rooms if room.space.shape and room.space.shape.doors]
    for room in sorted(rooms, key=lambda each: each.space.kind is SpaceKind.STAIRS):
        doors = room.space.shape.doors if room.space.shape else ()
        if room.space.kind is SpaceKind.STAIRS:
            others = [other for *_, asked in asking for other in asked]
            doors = tuple(door for door in doors if not _among(door, others))
        asking += [(room.space, room.area, doors)] if doors else []
    near = shapely.boundary(level.outline)
    boundaries = read_boundaries([area for _, area, _ in asking], near, BESIDE_FACADE)
    return [
        (_Asked(space, door), own)
        for (space, _, doors), own in zip(asking, boundaries, strict=True)
        for door in doors
    ]


def _among(door: Point, others: Sequence[Point]) -> bool:
    """Whether a door is one of others."""
    return any(hypot(door[0] - east, door[1] - north) < _SAME for east, north in others)


def _led(doors: Sequence[Point], level: int, shafts: Sequence[Shaft]) -> Sequence[Point | None]:
    """Where the doors are when those beside flights have moved to a landing."""
    led: list[Point | None] = list(doors)
    for shaft in shafts:
        if level in shaft.rooms and doors:
            for place in np.flatnonzero(shaft.walls_hold(np.array(doors))).tolist():
                led[place] = shaft.led(level, doors[place])
    return led


def _stretch(asked: _Asked, place: Point | None, boundaries: Sequence[Boundary]) -> Stretch | str:
    """The stretch of boundary a door opens at a place, or the code of what is wrong with it."""
    if place is None:
        return "door_beside_flight"
    if not all(map(isfinite, place)):
        return "door_off_wall"
    reached = [(*boundary.nearest(place), boundary) for boundary in boundaries]
    distance, position, nearest = min(reached, key=lambda each: each[0])
    if distance > (_OFF if place == asked.door else _MOVED_OFF):
        return "door_off_wall" if place == asked.door else "door_beside_flight"
    width = _WIDE if asked.space.kind in _HALLS else _WIDTH
    stretch = nearest.stretch(position, width, _CLEAR, _CLEAR_FACADE)
    return stretch if stretch.length >= _NARROWEST else "door_too_narrow"


def _gaps(level: Level, stretches: Sequence[Stretch]) -> list[Gap]:
    """The openings of stretches of boundary."""
    if not stretches:
        return []
    points = np.array([(each.first, each.middle, each.last) for each in stretches])
    far = distances(shapely.boundary(level.outline), points)
    outside = (far < BESIDE_FACADE).all(axis=1)
    first, middle, last = points[:, 0], points[:, 1], points[:, 2]
    along = (last - first) / np.hypot(*(last - first).T)[:, None]
    bulge = np.hypot(*(middle - (first + last) / 2).T)
    depth = np.where(outside, _DEPTH_FACADE, _DEPTH) + bulge
    left = depth[:, None] * np.column_stack([-along[:, 1], along[:, 0]])
    corners = np.stack([first - left, last - left, last + left, first + left], axis=1)
    areas = cast("list[Polygon]", np.asarray(shapely.polygons(corners), object).tolist())
    through: list[bool] = np.atleast_1d(outside).tolist()
    return [Gap(area, out) for area, out in zip(areas, through, strict=True)]


def _onto_roof(level: Level, gap: Gap, terraces: Sequence[Area]) -> bool:
    """Whether one who steps out through the façade of an upper storey stands on a roof."""
    middle, through = _middle_and_way(gap)
    around = filled(level.outline)
    stood = [shapely.Point(middle + sign * _STEP_OUT * through) for sign in (-1, 1)]
    out = [point for point in stood if not shapely.intersects(around, point)]
    return any(shapely.intersects(terrace, point) for terrace in terraces for point in out)


def _middle_and_way(gap: Gap) -> tuple[Floats, Floats]:
    """The middle (2,) [m] of an opening and the unit vector (2,) through it."""
    sides = edges([gap.area])
    through = sides[1, 1] - sides[1, 0]
    return sides[:, 0].mean(axis=0), through / np.hypot(*through)
