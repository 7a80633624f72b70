"""Doors are open, walls above and beside them are not, and a door that cannot be is named."""

from math import cos, pi, sin

import pytest
from tests.park.rules.storeys.buildings import Built, build, hits, rectangle, space, storey

from shulian.park.rules.storeys.pieces import Part
from shulian.park.types import Point, Ring, Space, SpaceKind

OUTLINE = rectangle(0, 0, 20, 10)


def room(kind: SpaceKind, ring: Ring, *doors: Point) -> Space:
    return space("room", "s", kind, ring, doors=doors)


def through(built: Built, place: Point, height: float, storey_: int = 0, reach: float = 0.7) -> int:
    """Walls hit when going north through a place [m]."""
    east, north = place
    faces = built.triangles(storey_)
    return hits(faces, (east, north - reach, height), (east, north + reach, height))


@pytest.mark.parametrize("height", [0.3, 1.0, 2.35])
def test_a_door_is_open(height: float) -> None:
    built = build([storey("s", OUTLINE), room(SpaceKind.OFFICE, rectangle(0, 0, 6, 5), (3, 5))])

    open_ = [through(built, (3 + aside, 5), height) for aside in (-0.55, 0, 0.55)]

    assert open_ == [0, 0, 0]


def test_beside_and_above_a_door_the_wall_is_closed() -> None:
    built = build([storey("s", OUTLINE), room(SpaceKind.OFFICE, rectangle(0, 0, 6, 5), (3, 5))])

    closed = [
        through(built, (2.3, 5), 1.0),
        through(built, (3.7, 5), 1.0),
        through(built, (3.1, 5), 2.5),
    ]

    assert closed == [2, 2, 2]


@pytest.mark.parametrize("kind", [SpaceKind.HALL, SpaceKind.EXHIBITION_HALL])
def test_halls_have_wide_doors(kind: SpaceKind) -> None:
    built = build([storey("s", OUTLINE), room(kind, rectangle(0, 0, 6, 5), (3, 5))])

    walls = [through(built, (3 + aside, 5), 1.0) for aside in (-1.3, -1.1, 1.1, 1.3)]

    assert walls == [2, 0, 0, 2]


def test_the_entrance_of_the_building_is_open() -> None:
    built = build([storey("s", OUTLINE, doors=[(10, 0)])])

    walls = [through(built, (10 + aside, 0.1), 1.0) for aside in (-1.3, -1.1, 0, 1.1, 1.3)]

    assert walls == [2, 0, 0, 0, 2]


def test_a_door_of_the_building_opens_its_ground_storey() -> None:
    house = space("building", "phase", SpaceKind.BUILDING, OUTLINE, doors=[(10, 0)])
    spaces = [storey("s0", OUTLINE), storey("s1", OUTLINE, (4.4, 8), order=1)]

    built = build(spaces, house)

    assert (through(built, (10, 0.1), 1.0), through(built, (10, 0.1), 5.0, 1)) == (0, 2)
    assert built.codes == []


def test_a_room_opens_to_the_street_through_the_facade() -> None:
    built = build([storey("s", OUTLINE), room(SpaceKind.SHOP, rectangle(0, 0, 6, 5), (3, 0))])

    assert (through(built, (3, 0.1), 1.0), through(built, (4, 0.1), 1.0)) == (0, 2)


def test_a_room_drawn_inside_its_walls_opens_to_the_street_too() -> None:
    net = rectangle(0.3, 0.3, 5.6, 4.6)

    built = build([storey("s", OUTLINE), room(SpaceKind.SHOP, net, (3, 0.3))])

    assert (through(built, (3, 0.1), 1.0), through(built, (4, 0.1), 1.0)) == (0, 2)


def test_two_spaces_that_ask_for_the_same_door_get_one() -> None:
    office = room(SpaceKind.OFFICE, rectangle(0, 0, 6, 5), (3, 5))
    lab = space("lab", "s", SpaceKind.LAB, rectangle(0, 5, 6, 5), doors=[(3, 5)])

    built = build([storey("s", OUTLINE), office, lab])

    assert through(built, (3, 5), 1.0) == 0
    assert len(built.triangles(0, Part.WALL)) == len(
        build(
            [storey("s", OUTLINE), office, space("lab", "s", SpaceKind.LAB, rectangle(0, 5, 6, 5))]
        ).triangles(0, Part.WALL)
    )


def test_a_door_between_a_hall_and_an_office_is_as_wide_as_the_halls() -> None:
    office = room(SpaceKind.OFFICE, rectangle(0, 0, 6, 5), (3, 5))
    hall = space("hall", "s", SpaceKind.HALL, rectangle(0, 5, 6, 5), doors=[(3, 5)])

    built = build([storey("s", OUTLINE), office, hall])

    walls = [through(built, (3 + aside, 5), 1.0) for aside in (-1.3, -1.1, 0, 1.1, 1.3)]
    assert walls == [2, 0, 0, 0, 2]


def test_a_door_beside_its_wall_moves_onto_it() -> None:
    built = build([storey("s", OUTLINE), room(SpaceKind.OFFICE, rectangle(0, 0, 6, 5), (3, 5.6))])

    assert through(built, (3, 5), 1.0) == 0
    assert built.codes == []


def test_a_door_far_from_its_walls_is_left_out() -> None:
    built = build([storey("s", OUTLINE), room(SpaceKind.OFFICE, rectangle(0, 0, 6, 5), (3, 6.1))])

    assert through(built, (3, 5), 1.0) == 2
    assert built.codes == [("room", "door_off_wall")]


def test_a_door_at_a_corner_moves_beside_it() -> None:
    built = build([storey("s", OUTLINE), room(SpaceKind.OFFICE, rectangle(3, 0, 6, 5), (9, 5))])

    sides = [
        through(built, (8.2, 5), 1.0),
        hits(built.triangles(0), (8.3, 4.2, 1), (9.7, 4.2, 1)),
    ]

    assert sorted(sides) == [0, 2]


def test_a_door_in_a_short_wall_is_as_wide_as_it_can_be() -> None:
    built = build(
        [storey("s", OUTLINE), room(SpaceKind.SERVICE, rectangle(3, 3, 1.4, 4), (3.7, 7))]
    )

    walls = [through(built, (3.7 + aside, 7), 1.0) for aside in (-0.55, -0.45, 0.45, 0.55)]

    assert walls == [2, 0, 0, 2]


def test_a_wall_too_short_for_a_door_stays_closed() -> None:
    built = build([storey("s", OUTLINE), room(SpaceKind.SERVICE, rectangle(3, 3, 1, 4), (3.5, 7))])

    assert through(built, (3.5, 7), 1.0) == 2
    assert built.codes == [("room", "door_too_narrow")]


def test_no_door_of_an_upper_storey_leads_into_the_air() -> None:
    spaces = [storey("s0", OUTLINE), storey("s1", OUTLINE, (4.4, 8), [(10, 0)], 1)]

    built = build(spaces)

    assert through(built, (10, 0.1), 5.0, 1) == 2
    assert built.codes == [("s1", "door_into_air")]


def test_a_door_of_an_upper_storey_leads_onto_the_roof_below() -> None:
    tower = storey("s1", rectangle(0, 4, 20, 6), (4.4, 8), [(10, 4)], 1)

    built = build([storey("s0", OUTLINE), tower])

    assert through(built, (10, 4.1), 5.0, 1) == 0
    assert built.codes == []


def test_a_door_in_a_round_wall_is_open() -> None:
    ring = tuple((10 + 4 * cos(pi * k / 16), 5 + 4 * sin(pi * k / 16)) for k in range(32))

    built = build([storey("s", OUTLINE), room(SpaceKind.MEETING_ROOM, ring, (10, 9))])

    walls = [through(built, (10 + aside, 9), 1.0, reach=0.6) for aside in (-0.5, 0.01, 0.5)]
    assert walls == [0, 0, 0]
    assert through(built, (10.8, 9), 1.0) == 2


@pytest.mark.parametrize("place", [(float("nan"), 5.0), (float("inf"), 5.0)])
def test_a_door_that_is_nowhere_is_left_out(place: Point) -> None:
    built = build([storey("s", OUTLINE), room(SpaceKind.OFFICE, rectangle(0, 0, 6, 5), place)])

    assert built.codes == [("room", "door_off_wall")]


def test_low_storeys_have_doors_up_to_the_ceiling() -> None:
    office = space("room", "s", SpaceKind.OFFICE, rectangle(0, 0, 6, 5), (0.2, 2.5), [(3, 5)])

    built = build([storey("s", OUTLINE, (0.2, 2.5)), office])

    assert through(built, (3, 5), 2.15) == 0


def test_a_round_column_has_no_door() -> None:
    ring = tuple((10 + 0.19 * cos(pi * k / 16), 5 + 0.19 * sin(pi * k / 16)) for k in range(32))

    built = build([storey("s", OUTLINE), room(SpaceKind.SERVICE, ring, (10, 5.2))])

    assert built.codes == [("room", "door_too_narrow")]
