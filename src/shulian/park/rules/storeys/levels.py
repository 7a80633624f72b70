"""Reading a building: its storeys as levels, from the ground up, with what stands in each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from shulian.park.rules.storeys.plane import (
    GRID,
    NOTHING,
    Area,
    Floats,
    Ints,
    footprints,
    grown,
    meet,
    union,
)
from shulian.park.rules.storeys.trouble import notice
from shulian.park.types import Notice, Space, SpaceId, SpaceKind

SLAB = 0.3
"""Thickness of a floor with all below it [m]: its top is the base of its storey."""
PLINTH = 0.2
"""The ground floor lies this far above the park's ground: over its lawns, squares and roads [m]."""
FACADE = 0.25
"""Thickness of the outer walls, inwards from the outline [m]."""

OPEN = frozenset(
    {
        SpaceKind.LOBBY,
        SpaceKind.CORRIDOR,
        SpaceKind.PLAZA,
        SpaceKind.GARDEN,
        SpaceKind.PARKING,
    }
)
"""Kinds without walls between themselves."""
FURNITURE = frozenset({SpaceKind.SEAT, SpaceKind.TABLE, SpaceKind.BOOTH, SpaceKind.STAGE})
"""Kinds that stand in a room."""
_UNWALLED = OPEN | {SpaceKind.STAIRS}
_TREE = frozenset(
    {SpaceKind.PARK, SpaceKind.SITE, SpaceKind.PHASE, SpaceKind.BUILDING, SpaceKind.STOREY}
)

_LOST = 0.05
"""An area that loses less than this at its storey's outline is not worth a word [m²]."""
_NEXT = 1.0
"""A storey at most this far above another one's top stands on it [m]."""


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """A space one can be in: a room with walls, or a part of the open plan."""

    row: int
    """Its place in `Level.spaces`."""
    space: Space
    area: Area


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """A storey with what stands in it."""

    spaces: tuple[Space, ...]
    """The storey itself, then all that stands in it."""
    base: float
    """Its floor [m]."""
    upper: float
    """The floor of the storey above, or the top of the roof [m]."""
    outline: Area
    inner: Area
    """What the façade leaves of the outline."""
    above: tuple[int, ...]
    """The levels that stand on it."""
    ground: bool
    """Whether its doors lead to the ground outside."""
    doors: tuple[tuple[float, float], ...]
    """Doors in its façade that the storey or its building asks for [m]."""
    rooms: tuple[Room, ...]
    walled: NDArray[np.object_]
    """The areas of all rooms with walls around; stairs are not closed on all sides."""
    room_doors: Floats
    """(n, 2) [m] the doors of all rooms."""
    furniture: tuple[tuple[int, Area], ...]
    """Rows of booths, seats, stages and tables, with their areas."""

    @property
    def storey(self) -> Space:
        """The storey itself."""
        return self.spaces[0]

    @property
    def ceiling(self) -> float:
        """Where its walls end: the underside of what is above [m]."""
        return max(self.upper - SLAB, self.base)


def read_levels(building: Space, below: Iterable[Space]) -> tuple[list[Level], list[Notice]]:
    """The levels of a building from the lowest up, and what was left out or cut.

    below  all spaces below the building, at any depth
    """
    spaces = list(below)
    notices: list[Notice] = []
    storeys = [space for space in spaces if space.kind is SpaceKind.STOREY]
    outlines: list[tuple[Space, Area]] = []
    for storey, outline in zip(storeys, footprints([each.shape for each in storeys]), strict=True):
        if outline.is_empty or not np.isfinite(_span(storey)).all():
            notices.append(notice(storey, "storey_without_area"))
        else:
            outlines.append((storey, outline))
    outlines.sort(key=lambda pair: (_span(pair[0])[0], pair[0].order, pair[0].id))
    inside = _inside(storeys, spaces)
    levels = [
        _level(building, outlines, index, inside[storey.id], notices)
        for index, (storey, _) in enumerate(outlines)
    ]
    return levels, notices


def _inside(storeys: Sequence[Space], spaces: Sequence[Space]) -> Mapping[SpaceId, list[Space]]:
    """The spaces that stand in each storey, however deep."""
    parent = {space.id: space.parent for space in spaces}
    storey_of: dict[SpaceId, SpaceId | None] = {storey.id: storey.id for storey in storeys}

    def find(space: SpaceId) -> SpaceId | None:
        path: list[SpaceId] = []
        here: SpaceId | None = space
        while here is not None and here not in storey_of:
            storey_of[here] = None  # ends a cycle of parents
            path.append(here)
            here = parent.get(here)
        found = storey_of[here] if here is not None else None
        storey_of.update(dict.fromkeys(path, found))
        return found

    inside: dict[SpaceId, list[Space]] = {storey.id: [] for storey in storeys}
    for space in spaces:
        found = find(space.id)
        if found is not None and space.kind not in _TREE:
            inside[found].append(space)
    return inside


def _level(
    building: Space,
    outlines: Sequence[tuple[Space, Area]],
    index: int,
    inside: Sequence[Space],
    notices: list[Notice],
) -> Level:
    storey, outline = outlines[index]
    base, top = _span(storey)
    upper, above = _above(outlines, index)
    lowest = all(other.order != 0 for other, _ in outlines) and index == 0
    ground = storey.order == 0 or lowest
    shapes = [storey.shape, building.shape if ground else None]
    rooms: list[Room] = []
    furniture: list[tuple[int, Area]] = []
    kept = [storey]
    for space, area in _clipped(inside, outline, notices):
        if space.kind in FURNITURE:
            furniture.append((len(kept), area))
        else:
            rooms.append(Room(len(kept), space, area))
        kept.append(space)
    return Level(
        spaces=tuple(kept),
        base=base,
        upper=upper if above else top,
        outline=outline,
        inner=grown(outline, -FACADE),
        above=above,
        ground=ground,
        doors=tuple(door for shape in shapes if shape for door in shape.doors),
        rooms=tuple(rooms),
        walled=np.array([room.area for room in rooms if room.space.kind not in _UNWALLED], object),
        room_doors=_room_doors(rooms),
        furniture=tuple(furniture),
    )


def _room_doors(rooms: Sequence[Room]) -> Floats:
    """(n, 2) [m]."""
    shapes = [room.space.shape for room in rooms]
    doors = np.array([door for shape in shapes if shape for door in shape.doors], np.float64)
    doors = doors.reshape(-1, 2)
    return doors[np.isfinite(doors).all(axis=1)]


def _span(storey: Space) -> tuple[float, float]:
    """Floor and top of a storey [m]; a floor at the park's ground is lifted above it."""
    prisms = storey.shape.prisms if storey.shape else ()
    base = min((prism.base for prism in prisms), default=0.0)
    top = max((prism.top for prism in prisms), default=0.0)
    base = PLINTH if abs(base) < PLINTH else base
    return base, max(top, base)


def _above(outlines: Sequence[tuple[Space, Area]], index: int) -> tuple[float, tuple[int, ...]]:
    """The floor that stands on a storey [m], and the places of the storeys that have it."""
    base, top = _span(outlines[index][0])
    bases = {other: _span(storey)[0] for other, (storey, _) in enumerate(outlines)}
    near = {
        other: low
        for other, low in bases.items()
        if base + _NEXT <= low <= top + _NEXT
        if meet(outlines[other][1], outlines[index][1]).area > _LOST
    }
    upper = min(near.values(), default=top)
    return upper, tuple(other for other, low in near.items() if low - upper < SLAB)


def _clipped(
    inside: Sequence[Space], outline: Area, notices: list[Notice]
) -> list[tuple[Space, Area]]:
    """The spaces of a storey that have an area, cut at the storey's outline."""
    found: list[tuple[Space, Area]] = []
    areas = footprints([space.shape for space in inside])
    around = grown(outline, GRID)
    shapely.prepare(around)
    within: list[bool] = np.atleast_1d(shapely.covers(around, areas)).tolist()
    for space, area, whole in zip(inside, areas, within, strict=True):
        kept = area if whole else meet(area, outline)
        if area.is_empty:
            if space.shape is not None:
                notices.append(notice(space, "space_without_area"))
        elif kept.area < min(_LOST, area.area / 2):
            notices.append(notice(space, "space_outside_storey"))
        else:
            if area.area - kept.area > _LOST:
                lost = f"{area.area - kept.area:.2f} m²"
                notices.append(notice(space, "space_cut_at_storey", lost))
            found.append((space, kept))
    return found


class Locator:
    """Which space of a level one stands in."""

    def __init__(self, level: Level) -> None:
        rooms = sorted(level.rooms, key=lambda room: -room.area.area)
        self._rows = np.array([room.row for room in rooms], np.int64)
        self._tree = shapely.STRtree([room.area for room in rooms])

    def rows(self, points: Floats) -> Ints:
        """The rows of the smallest spaces around points (n, 2) [m]; 0 where there is none."""
        found = np.zeros(len(points), np.int64)
        if len(self._rows):
            point, room = self._tree.query(shapely.points(points), predicate="intersects")
            order = np.argsort(room, kind="stable")  # the smaller space is written last
            found[point[order]] = self._rows[room[order]]
        return found


def beyond(level: Level, levels: Sequence[Level]) -> Area:
    """What stands on a level, seen as one area; empty at the top."""
    return union([levels[index].outline for index in level.above]) if level.above else NOTHING
