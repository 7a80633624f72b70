"""Zones: which spaces they are, what they are called, how many people they take."""

from dataclasses import replace

import pytest
from tests.park.plans import box, in_plan, small_park, space, with_spaces

from shulian.kit.text import Text
from shulian.park.types import Prism, Shape, SpaceId, SpaceKind
from shulian.world.rules.zoning import zones_of


def told(**changes: object) -> dict[str, tuple[str | None, int]]:
    """Zone above and cap of each zone of the small park, in which the hall is changed."""
    plan = small_park()
    hall = replace(in_plan(plan, "hall"), **changes)
    zones = zones_of(with_spaces(plan, hall).spaces)
    return {zone.space: (zone.parent, zone.cap) for zone in zones}


def test_places_where_people_gather_are_zones() -> None:
    found = told()

    assert {name: found[name] for name in ("yq", "yq-f1", "yq-hall")} == {
        "yq": (None, 8192),
        "yq-f1": ("yq", 200),
        "yq-hall": ("yq-f1", 400),
    }
    assert "yq-tower" not in found
    assert "yq-seat-1" not in found


def test_a_storey_is_called_with_its_building() -> None:
    zones = {zone.space: zone for zone in zones_of(small_park().spaces)}

    assert zones[SpaceId("yq-f1")].name == Text("数链大厦 1层", "Shulian Tower 1F")


def test_a_place_without_a_shape_is_no_zone() -> None:
    assert "yq-hall" not in told(shape=None)


@pytest.mark.parametrize(("size", "cap"), [((20, 18), 360), ((1, 1), 4)])
def test_a_cap_comes_from_the_ground_where_none_is_told(size: tuple[int, int], cap: int) -> None:
    shape = box(1, 1, *size, 0, 6)

    assert told(capacity=None, shape=shape)["yq-hall"] == ("yq-f1", cap)


def test_holes_take_nobody() -> None:
    shell = ((0.0, 0.0), (20.0, 0.0), (20.0, 10.0), (0.0, 10.0))
    hole = ((5.0, 2.0), (5.0, 7.0), (15.0, 7.0), (15.0, 2.0))

    assert told(capacity=None, shape=Shape((Prism((shell, hole), 0, 6),)))["yq-hall"][1] == 150


def test_a_hall_that_holds_nobody_takes_one() -> None:
    assert told(capacity=0)["yq-hall"] == ("yq-f1", 1)


def test_a_park_may_say_how_many_it_takes() -> None:
    park = space("", None, SpaceKind.PARK, capacity=3)

    assert [zone.cap for zone in zones_of([park])] == [3]
