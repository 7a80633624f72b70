"""Where zones are, and where in them one appears."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.park.plans import box

from shulian.kit.text import Text
from shulian.park.types import Barriers, Shape, SpaceId, SpaceKind
from shulian.world.rules.cells import NO_BOX
from shulian.world.rules.zones import Zones
from shulian.world.types import Stand, Zone

ENTRANCE = Stand(-10.0, -10.0, 0.0, 45.0)


def zone(name: str, parent: str | None, shape: Shape | None = None, cap: int = 10) -> Zone:
    prisms = shape.prisms if shape else ()
    above = SpaceId(parent) if parent else None
    return Zone(SpaceId(name), above, SpaceKind.HALL, Text(en=name), prisms, cap)


HOUSE = (
    zone("park", None),
    zone("ground", "park", box(0, 0, 40, 20, 0, 4)),
    zone("upper", "park", box(0, 0, 40, 20, 4, 8)),
    zone("hall", "ground", box(1, 1, 20, 18, 0, 4)),
    zone("plaza", "park", box(60, 0, 30, 30, 0, 0)),
)


Spot = tuple[float, float, float]
SPOTS = st.lists(
    st.tuples(
        *([st.floats(-5, 95) | st.sampled_from([0.0, 1.0, 20.0, 40.0])] * 2),
        st.floats(-3, 12) | st.sampled_from([3.7, 4.0, 7.7]),
    ),
    min_size=1,
    max_size=40,
)


def named(zones: Zones, *points: Spot) -> list[str]:
    return [zones.zones[place].space for place in zones.locate(np.array(points, float))]


@pytest.fixture(scope="module")
def zones() -> Zones:
    return Zones(HOUSE, ENTRANCE)


def test_one_is_in_the_smallest_zone_around(zones: Zones) -> None:
    found = named(zones, (5, 5, 0), (30, 5, 0), (70, 5, 0), (50, 5, 0))

    assert found == ["hall", "ground", "plaza", "park"]


def test_heights_tell_storeys_apart(zones: Zones) -> None:
    found = named(zones, (5, 5, 3.6), (5, 5, 4), (5, 5, 3.8), (5, 5, 9), (70, 5, -2))

    assert found == ["hall", "upper", "upper", "park", "park"]


@given(SPOTS)
def test_what_is_remembered_of_the_ground_is_what_a_search_finds(points: list[Spot]) -> None:
    zones = Zones(HOUSE, ENTRANCE)

    first, again = named(zones, *points), named(zones, *points)

    assert first == [named(Zones(HOUSE, ENTRANCE), point)[0] for point in points]
    assert again == first


@given(SPOTS, st.lists(st.tuples(*[st.floats(0, 1, exclude_max=True)] * 3), min_size=1, max_size=9))
def test_around_a_point_that_is_known_all_is_one_zone(
    points: list[Spot], parts: list[Spot]
) -> None:
    zones = Zones(HOUSE, ENTRANCE)
    places = zones.locate(np.array(points)).tolist()

    for point, place in zip(points, places, strict=True):
        found, box = zones.recall(point) or (place, NO_BOX)
        low, high = np.array(box).clip(-100, 100)
        within = low + (high - low) * np.array(parts)
        assert found == place
        assert box == NO_BOX or (zones.locate(within) == place).all()


def test_around_a_point_nothing_is_known_before_it_was_looked_for() -> None:
    zones, plaza, corner = Zones(HOUSE, ENTRANCE), (70.0, 10.0, 0.0), (1.0, 1.0, 0.0)
    before = zones.recall(plaza), zones.recall(corner)
    places = zones.locate(np.array([plaza, corner]))
    place, (low, high) = zones.recall(plaza) or (-1, NO_BOX)

    assert before == (None, None)
    assert (place, zones.recall(corner)) == (places[0], None)  # two zones meet at the corner
    assert all(least < most for least, most in zip(low, high, strict=True))


def test_beside_all_zones_one_is_in_the_park() -> None:
    assert Zones(HOUSE, ENTRANCE).recall((-500.0, 0.0, 0.0)) == (0, NO_BOX)


def test_nobody_is_nowhere(zones: Zones) -> None:
    assert zones.locate(np.zeros((0, 3))).tolist() == []


def test_a_park_without_zones_is_one() -> None:
    assert Zones(HOUSE[:1], ENTRANCE).locate_one(Stand(5, 5, 0, 0)) == 0


def test_the_chain_of_a_zone_ends_at_the_park(zones: Zones) -> None:
    assert zones.chain(3) == ("hall", "ground", "park")


@pytest.mark.parametrize("place", range(5))
def test_those_who_appear_stand_apart_in_their_zone(zones: Zones, place: int) -> None:
    taken = np.zeros((0, 2))
    for turn in range(30):
        stand = zones.spawn(place, turn, taken)
        assert zones.locate_one(stand) == place
        taken = np.vstack([taken, [stand.east, stand.north]])

    apart = np.linalg.norm(taken[:, None] - taken[None], axis=2) + np.eye(30) * 9
    assert apart.min() > 0.9


def test_the_ground_floor_is_entered_beside_its_hall(zones: Zones) -> None:
    stand = zones.spawn(1, 0, np.zeros((0, 2)))

    assert stand.east > 21


def test_a_crowded_zone_still_has_a_place(zones: Zones) -> None:
    everywhere = np.stack(np.meshgrid(np.arange(1, 21, 0.5), np.arange(1, 19, 0.5)), -1)
    stand = zones.spawn(3, 7, everywhere.reshape(-1, 2))

    assert zones.locate_one(stand) == 3


def test_an_entrance_inside_a_zone_leads_to_a_place_between_zones() -> None:
    inside = Zones(HOUSE, Stand(5, 5, 0, 0))

    assert inside.locate_one(inside.spawn(0, 0, np.zeros((0, 2)))) == 0


def test_nobody_appears_behind_a_wall() -> None:
    lines = np.array([[[-50.0, -9.0], [50.0, -9.0]]])
    wall = Barriers(lines, np.array([0.0]), np.array([3.0]))
    walled = Zones(HOUSE, ENTRANCE, wall)
    stands = [walled.spawn(0, turn, np.zeros((0, 2))) for turn in range(60)]

    assert max(stand.north for stand in stands) < -9


def test_one_is_brought_to_the_side_of_a_person(zones: Zones) -> None:
    other = Stand(5.0, 5.0, 0.0, 90.0)
    stand = zones.beside(other, np.array([[5.0, 5.0]]))

    assert (round(stand.east, 6), round(stand.north, 6), stand.heading) == (6.5, 5.0, 270.0)


def test_beside_somebody_in_a_corner_is_inside_their_zone(zones: Zones) -> None:
    corner = Stand(1.2, 1.2, 0.0, 225.0)

    assert zones.locate_one(zones.beside(corner, np.zeros((0, 2)))) == 3


@given(
    st.lists(
        st.tuples(st.floats(-20, 100), st.floats(-20, 40), st.floats(-2, 10)),
        min_size=1,
        max_size=20,
    )
)
def test_many_are_found_as_each_alone(points: list[tuple[float, float, float]]) -> None:
    zones = Zones(HOUSE, ENTRANCE)

    assert zones.locate(np.array(points)).tolist() == [
        zones.locate_one(Stand(*point, 0.0)) for point in points
    ]
