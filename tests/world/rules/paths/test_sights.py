"""What is worth going to: plazas, doors, gardens, and the spots where people stand there."""

from collections import Counter
from math import atan2, degrees

import numpy as np
from tests.world.yards import ENTRANCE, SPACES, YARD, in_house, yard_ground, yard_sights

from shulian.park.types import SpaceId
from shulian.world.rules.paths.ground import ground
from shulian.world.rules.paths.sights import MOST_SIGHTS, sights
from shulian.world.rules.paths.ways import net, way

GROUND = yard_ground()
SIGHTS = yard_sights(GROUND)


def test_the_entrance_plazas_doors_and_gardens_are_sights() -> None:
    found = Counter(one.space for one in SIGHTS)

    names = {None: 1, SpaceId("plaza"): 2, SpaceId("house"): 1, SpaceId("garden"): 2}
    assert found == names


def test_from_every_sight_one_gets_to_every_spot_of_the_others() -> None:
    missed = [
        (start.space, end.space, spot.point)
        for start in SIGHTS
        for end in SIGHTS
        for spot in end.spots[::7]
        if way(GROUND, end.down, start.spots[0].point, spot.point)[-1:] != (spot.point,)
    ]

    assert missed == []


def test_nobody_stands_in_a_house() -> None:
    assert [spot for one in SIGHTS for spot in one.spots if in_house(spot.point)] == []


def test_circles_are_of_four_who_face_each_other() -> None:
    plaza = next(one for one in SIGHTS if one.space == SpaceId("plaza"))
    circle = [spot for spot in plaza.spots if spot.circle == 0]
    east, north = np.mean([spot.point for spot in circle], axis=0).tolist()

    facing = [degrees(atan2(east - s.point[0], north - s.point[1])) % 360 for s in circle]

    assert [round(spot.heading, 3) for spot in circle] == [round(one, 3) for one in facing]
    assert len(circle) == 4


def test_one_sits_in_gardens_only() -> None:
    assert {one.space for one in SIGHTS if any(spot.seat for spot in one.spots)} == {"garden"}


def test_the_same_luck_finds_the_same_spots() -> None:
    again = yard_sights(GROUND)

    assert [one.spots for one in again] == [one.spots for one in SIGHTS]


def test_a_place_that_cannot_be_reached_is_no_sight() -> None:
    dry = ground(SPACES, (), YARD, walls=np.array([[[0.0, 65.0], [120.0, 65.0]]]))
    found = sights(net(dry), SPACES, ENTRANCE, YARD, rng=np.random.default_rng(1))

    assert {one.space for one in found} == {None, "plaza", "house"}


def test_there_are_never_more_sights_than_one_keeps_ways_to() -> None:
    many = [one for one in SPACES if one.id == "plaza"] * MOST_SIGHTS
    found = sights(net(GROUND), many, ENTRANCE, YARD, rng=np.random.default_rng(1))

    assert len(found) == MOST_SIGHTS
