"""Rooms into which nobody comes on foot are named."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from tests.park.rules.storeys.buildings import (
    BUILDING,
    office_building,
    placed,
    rectangle,
    space,
    storey,
)

from shulian.park.rules.storeys.reach import out_of_reach
from shulian.park.types import Point, Shape, Space, SpaceKind

HOUSE = rectangle(0, 0, 20, 10)
ENTRANCE = (0.0, 5.0)


def unreached(spaces: Sequence[Space]) -> list[str]:
    return [notice.feature for notice in out_of_reach(BUILDING, spaces)]


def room(id_: str, *rectangle_: float, doors: Sequence[Point] = ()) -> Space:
    return space(id_, "s", SpaceKind.OFFICE, rectangle(*rectangle_), doors=doors)


def shut(each: Space) -> Space:
    """The same space without its doors."""
    assert each.shape is not None
    return replace(each, shape=Shape(each.shape.prisms))


def test_one_comes_into_every_room_of_a_good_building() -> None:
    assert unreached(office_building()) == []


def test_a_turned_building_is_like_a_straight_one() -> None:
    assert unreached(placed(office_building(), 0.6, 30_000.0, -20_000.0)) == []


def test_a_room_without_a_door_is_not_meant_to_be_entered() -> None:
    spaces = [shut(each) if each.id == "s2-b" else each for each in office_building()]

    assert unreached(spaces) == []


def test_without_an_entrance_nobody_comes_in() -> None:
    ground, *others = office_building()
    doors = [each.id for each in others if each.shape and each.shape.doors]

    assert unreached([shut(ground), *others]) == doors


def test_without_stairs_nobody_comes_up() -> None:
    spaces = [each for each in office_building() if each.id != "s1-stairs"]

    above = [each for each in spaces if each.parent == "s2"]
    assert unreached(spaces) == [each.id for each in above if each.shape and each.shape.doors]


def test_a_room_behind_a_reached_room_is_reached() -> None:
    front = room("front", 8, 0, 6, 10, doors=[(8.0, 5.0)])
    back = room("back", 14, 0, 6, 10, doors=[(14.0, 5.0)])

    assert unreached([storey("s", HOUSE, doors=[ENTRANCE]), front, back]) == []


def test_rooms_that_open_to_one_another_alone_are_cut_off() -> None:
    front = room("front", 8, 0, 6, 10)
    back = room("back", 14, 0, 6, 10, doors=[(14.0, 5.0)])

    assert unreached([storey("s", HOUSE, doors=[ENTRANCE]), front, back]) == ["back"]


@pytest.mark.parametrize(("left", "found"), [(0.6, ["hall"]), (1.4, [])])
def test_a_passage_must_be_wide_enough_for_a_person(left: float, found: list[str]) -> None:
    hall = room("hall", 4, 2, 16, 8 - left, doors=[(12.0, 10 - left)])
    side = room("side", 4, 0, 16, 2)

    assert unreached([storey("s", HOUSE, doors=[ENTRANCE]), hall, side]) == found


def test_a_door_of_the_room_itself_leads_outside() -> None:
    shop = room("shop", 8, 0, 6, 10, doors=[(11.0, 0.0)])

    assert unreached([storey("s", HOUSE), shop]) == []


def test_a_door_in_an_upper_facade_lets_nobody_in() -> None:
    lower = storey("s", HOUSE)
    upper = storey("u", HOUSE, (4.4, 8.6), order=1)
    loft = space("loft", "u", SpaceKind.OFFICE, rectangle(8, 0, 6, 10), (4.4, 8.6), [(11.0, 0.0)])

    assert unreached([lower, upper, loft]) == ["loft"]


def test_it_is_said_why() -> None:
    (told,) = out_of_reach(BUILDING, [storey("s", HOUSE), room("a", 8, 0, 6, 10, doors=[(8, 5)])])

    assert (told.feature, told.code, told.words) == (
        "a",
        "space_out_of_reach",
        "no way on foot leads from outside into the space",
    )
