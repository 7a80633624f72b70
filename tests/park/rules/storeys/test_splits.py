"""Whatever the plan of a storey: its floors close up, its doors are open, its walls are not."""

from dataclasses import dataclass
from math import cos, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.park.rules.storeys.buildings import (
    area,
    build,
    hits,
    placed,
    rectangle,
    space,
    storey,
)

from shulian.park.rules.storeys.pieces import Part
from shulian.park.types import Point, Ring, Space, SpaceKind

WALLED = (SpaceKind.OFFICE, SpaceKind.LAB, SpaceKind.CAFE, SpaceKind.HALL, SpaceKind.SERVICE)


@dataclass(frozen=True)
class Room:
    """A rectangle of a plan [m]."""

    west: float
    south: float
    east: float
    north: float

    @property
    def ring(self) -> Ring:
        return rectangle(self.west, self.south, self.east - self.west, self.north - self.south)


@dataclass(frozen=True)
class Door:
    """A door in a wall that two rooms share."""

    place: Point
    way: Point
    """Unit vector through it."""


@st.composite
def plans(draw: st.DrawFn) -> list[Room]:
    """A rectangle of 10 to 40 m, cut into up to ten rooms of at least 2.6 m."""
    width, depth = (draw(st.integers(100, 400)) / 10 for _ in range(2))
    rooms = [Room(0, 0, width, depth)]
    for _ in range(draw(st.integers(0, 9))):
        room = rooms.pop(draw(st.integers(0, len(rooms) - 1)))
        spans = (room.east - room.west, room.north - room.south)
        upright = draw(st.booleans()) if min(spans) >= 5.2 else spans[0] >= 5.2
        if max(spans) < 5.2:
            rooms.append(room)
        elif upright:
            cut = round(room.west + draw(st.integers(26, int(spans[0] * 10) - 26)) / 10, 1)
            rooms += [
                Room(room.west, room.south, cut, room.north),
                Room(cut, room.south, room.east, room.north),
            ]
        else:
            cut = round(room.south + draw(st.integers(26, int(spans[1] * 10) - 26)) / 10, 1)
            rooms += [
                Room(room.west, room.south, room.east, cut),
                Room(room.west, cut, room.east, room.north),
            ]
    return rooms


def doors_of(rooms: list[Room]) -> dict[int, list[Door]]:
    """A door in the middle of every shared wall of at least 2 m, by the first of its rooms."""
    found: dict[int, list[Door]] = {}
    for index, one in enumerate(rooms):
        for other in rooms[index + 1 :]:
            west, east = max(one.west, other.west), min(one.east, other.east)
            south, north = max(one.south, other.south), min(one.north, other.north)
            if east == west and north - south >= 2.4:
                found.setdefault(index, []).append(Door((east, (south + north) / 2), (1, 0)))
            if north == south and east - west >= 2.4:
                found.setdefault(index, []).append(Door(((west + east) / 2, north), (0, 1)))
    return found


def furnished(rooms: list[Room], kinds: list[SpaceKind]) -> list[Space]:
    """A storey with a space for each room and its doors."""
    width, depth = max(room.east for room in rooms), max(room.north for room in rooms)
    doors = doors_of(rooms)
    spaces = [
        space(
            f"r{index}",
            "s",
            kinds[index % len(kinds)],
            room.ring,
            doors=[door.place for door in doors.get(index, [])],
        )
        for index, room in enumerate(rooms)
    ]
    return [storey("s", rectangle(0, 0, width, depth)), *spaces]


ANGLES = st.floats(0, 3.2)
KINDS = st.lists(st.sampled_from(list(SpaceKind)[5:]), min_size=1, max_size=10)


@settings(deadline=None, max_examples=40)
@given(rooms=plans(), kinds=KINDS, angle=ANGLES)
def test_floors_close_up(rooms: list[Room], kinds: list[SpaceKind], angle: float) -> None:
    built = build(placed(furnished(rooms, kinds), angle, 300.0, -200.0))

    whole = max(room.east for room in rooms) * max(room.north for room in rooms)
    assert area(built.triangles(0, Part.FLOOR)) == pytest.approx(whole, rel=1e-3)


@settings(deadline=None, max_examples=40)
@given(rooms=plans(), angle=ANGLES)
def test_every_door_is_open(rooms: list[Room], angle: float) -> None:
    spaces = furnished(rooms, [SpaceKind.OFFICE])

    built = build(placed(spaces, angle, 0, 0))

    faces = built.triangles(0)
    met = [
        hits(faces, turned(door, angle, -0.6, height), turned(door, angle, 0.6, height))
        for doors in doors_of(rooms).values()
        for door in doors
        for height in (0.3, 2.3)
    ]
    assert set(met) <= {0}
    assert built.codes == []


def turned(door: Door, angle: float, off: float, height: float) -> tuple[float, float, float]:
    """A place before (off < 0) or behind a door of a turned building [m]."""
    x, y = (place + off * way for place, way in zip(door.place, door.way, strict=True))
    return x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle), height


@settings(deadline=None, max_examples=40)
@given(rooms=plans(), kinds=st.lists(st.sampled_from(WALLED), min_size=1), data=st.data())
def test_above_its_doors_every_room_is_closed(
    rooms: list[Room], kinds: list[SpaceKind], data: st.DataObject
) -> None:
    faces = build(furnished(rooms, kinds)).triangles(0)
    share = st.floats(0.15, 0.85)

    def within(room: Room) -> tuple[float, float, float]:
        x = room.west + data.draw(share) * (room.east - room.west)
        return x, room.south + data.draw(share) * (room.north - room.south), 2.5

    for index, room in enumerate(rooms):
        other = rooms[data.draw(st.integers(0, len(rooms) - 1))]
        if other is not room:
            assert hits(faces, within(room), within(other)) > 0, index
        x, y, z = within(room)
        assert hits(faces, (x, y, z), (x + 100, y + 63, z)) > 0, index
