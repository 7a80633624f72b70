"""Floors, slabs and roofs cover exactly what they should."""

from dataclasses import replace

import numpy as np
import pytest
from tests.park.rules.storeys.buildings import (
    area,
    build,
    hits,
    office_building,
    rectangle,
    space,
    storey,
)

from shulian.park.rules.storeys.pieces import Part
from shulian.park.types import Prism, Shape, SpaceKind

RING = rectangle(0, 0, 10, 8)
HOLE = tuple(reversed(rectangle(4, 3, 2, 2)))
LOWER, UPPER = (0.2, 4.2), (4.2, 8.2)


def close(value: float) -> object:
    return pytest.approx(value, abs=0.02)


def test_floors_cover_the_storey_once_without_gaps() -> None:
    built = build(office_building())

    floors = [area(built.triangles(order, Part.FLOOR)) for order in range(3)]

    flights = (280 - floors[1], 280 - floors[2])
    assert floors[0] == close(280)
    assert flights == (close(flights[0]), close(flights[0]))
    assert 10 < flights[0] < 15


def test_each_space_has_its_own_floor() -> None:
    built = build(office_building())

    floors = {
        name: area(built.triangles(0, Part.FLOOR, f"s0-{name}"))
        for name in ("corridor", "stairs", "a", "b", "west", "hall")
    }

    assert floors == {
        "corridor": close(24),
        "stairs": close(19.2),
        "a": close(36),
        "b": close(36),
        "west": close(112),
        "hall": close(52.8),
    }


def test_what_no_space_covers_is_floor_of_the_storey() -> None:
    office = space("office", "s", SpaceKind.OFFICE, rectangle(0, 0, 4, 4))

    built = build([storey("s", RING), office])

    assert area(built.triangles(0, Part.FLOOR, "s")) == close(64)


def test_a_space_inside_another_takes_its_floor() -> None:
    outer = space("outer", "s", SpaceKind.OFFICE, rectangle(0, 0, 6, 8))
    inner = space("inner", "outer", SpaceKind.MEETING_ROOM, rectangle(1, 1, 3, 2))

    built = build([storey("s", RING), outer, inner])

    floors = [area(built.triangles(0, Part.FLOOR, name)) for name in ("s", "outer", "inner")]
    assert floors == [close(32), close(42), close(6)]


def test_the_slab_is_open_where_stairs_come_up() -> None:
    built = build(office_building())
    slab, floor = built.triangles(1, Part.SLAB), area(built.triangles(1, Part.FLOOR))

    under = slab[(slab[..., 2] < 4.11).all(axis=1)]
    over = [hits(built.triangles(1), (9.5, 12, 4.6), (9.5, 12, 4.0))]

    assert area(under) == close(floor)
    assert over == [0]


def test_a_storey_without_spaces_is_floor_and_facade_and_roof() -> None:
    built = build([storey("s", RING)])

    assert built.features(0) == {("s", Part.FLOOR), ("s", Part.FACADE), ("s", Part.SLAB)}
    assert built.codes == []


def test_an_atrium_stays_open_through_all_storeys() -> None:
    spaces = [storey("s0", [RING, HOLE], LOWER), storey("s1", [RING, HOLE], UPPER, order=1)]

    built = build(spaces)

    assert area(built.triangles(0, Part.FLOOR)) == close(76)
    assert hits(built.all, (5.3, 4.1, 20), (5.3, 4.1, -5)) == 0


def test_an_atrium_that_begins_on_the_ground_has_no_roof_under_it() -> None:
    built = build([storey("s0", RING, LOWER), storey("s1", [RING, HOLE], UPPER, order=1)])

    assert hits(built.triangles(0, Part.SLAB), (5.3, 4.1, 20), (5.3, 4.1, 1)) == 0


def test_a_storey_of_two_parts_has_two_floors() -> None:
    prisms = tuple(Prism((rectangle(east, 0, 4, 4),), *LOWER) for east in (0, 10))

    built = build([replace(storey("s", RING), shape=Shape(prisms))])

    assert area(built.triangles(0, Part.FLOOR)) == close(32)
    assert hits(built.all, (7.1, 2, 20), (7.1, 2, -5)) == 0


def test_the_roof_lies_on_the_topmost_storey() -> None:
    built = build([storey("s0", RING, LOWER), storey("s1", RING, UPPER, order=1)])

    assert hits(built.triangles(0, Part.SLAB), (5.3, 4.1, 20), (5.3, 4.1, 4)) == 0
    assert hits(built.triangles(1, Part.SLAB), (5.3, 4.1, 20), (5.3, 4.1, 8.1)) == 1


def test_a_parapet_stands_around_the_roof() -> None:
    slab = build([storey("s", RING, LOWER)]).triangles(0, Part.SLAB)

    assert hits(slab, (-1, 4, 4.4), (5.3, 4.1, 4.4)) == 2
    assert hits(slab, (-1, 4, 4.7), (5.3, 4.1, 4.7)) == 0


def test_what_the_storey_above_leaves_bare_gets_a_roof() -> None:
    tower = storey("s1", rectangle(0, 0, 5, 8), UPPER, order=1)

    slab = build([storey("s0", RING, LOWER), tower]).triangles(0, Part.SLAB)

    assert hits(slab, (8.3, 4.1, 20), (8.3, 4.1, 4.1)) == 1
    assert hits(slab, (2.3, 4.1, 20), (2.3, 4.1, 4.1)) == 0


def test_the_ground_floor_lies_above_the_ground() -> None:
    built = build([storey("s", RING, (0.0, 4.0))])

    floor = built.triangles(0, Part.FLOOR)

    assert set(floor[..., 2].round(3).reshape(-1).tolist()) == {0.2}


def test_all_faces_look_outwards() -> None:
    for surface in build(office_building()).surfaces:
        corners = surface.positions[surface.indices.reshape(-1, 3)].astype(float)
        normals = surface.normals[surface.indices.reshape(-1, 3)[:, 0]]
        seen = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])

        assert ((seen * normals).sum(axis=1) > 0).all()
