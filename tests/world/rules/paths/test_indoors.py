"""In at a door, to look around, and out again."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from tests.park.plans import box
from tests.world.yards import ENTRANCE, HOUSE, SPACES, YARD, in_house, yard_ground

from shulian.kit.text import Text
from shulian.park.types import Point, Space, SpaceId, SpaceKind
from shulian.world.rules.paths.ground import Lines
from shulian.world.rules.paths.indoors import Indoors
from shulian.world.rules.paths.sights import sights
from shulian.world.rules.paths.ways import net
from shulian.world.rules.strolls import begin, moved, step
from shulian.world.types import Stand

DOOR = (60.0, 40.0)
GROUND = yard_ground()
_CORNERS: list[Point] = [(58.5, 40), (40, 40), (40, 60), (80, 60), (80, 40), (61.5, 40)]
WALLS: Lines = np.array(list(pairwise(_CORNERS)), float)
"""Of the house, open at its door."""


def room(kind: SpaceKind, name: str, *place: float) -> Space:
    return Space(SpaceId(name), SpaceId("house"), kind, Text(en=name), shape=box(*place))


LOBBY = room(SpaceKind.LOBBY, "lobby", 40, 40, 40, 20, 0, 4)


def behind(*spaces: Space, walls: Lines = WALLS) -> tuple[tuple[Point, ...], ...]:
    return Indoors((*SPACES, *spaces), walls).ways(GROUND, DOOR)


def test_ways_lead_through_the_door_into_the_lobby_and_meet_no_wall() -> None:
    ways = behind(LOBBY)

    assert len(ways) == 3
    for front, door, stand in ways:
        assert (door, in_house(front), in_house(stand)) == (DOOR, False, True)
        assert np.isfinite(GROUND.at(front))
        line = shapely.LineString([front, door, stand])
        assert min(line.distance(shapely.LineString(wall)) for wall in WALLS) > 0.35


@pytest.mark.parametrize(
    "spaces",
    [
        (),
        (room(SpaceKind.OFFICE, "office", 40, 40, 40, 20, 0, 4),),
        (room(SpaceKind.LOBBY, "upstairs", 40, 40, 40, 20, 4, 8),),
        (LOBBY, room(SpaceKind.BOOTH, "booth", 50, 40.5, 20, 19, 0, 2.5)),
    ],
)
def test_there_is_no_way_where_nothing_public_is_or_something_stands_in_it(
    spaces: tuple[Space, ...],
) -> None:
    assert behind(*spaces) == ()


def test_there_is_no_way_through_a_closed_wall() -> None:
    shut = np.concatenate([WALLS, [[(58.5, 40), (61.5, 40)]]])

    assert behind(LOBBY, walls=shut) == ()


def test_somebody_goes_in_looks_and_comes_out_without_meeting_a_wall() -> None:
    rng = np.random.default_rng(3)
    indoors = Indoors((*SPACES, LOBBY), WALLS)
    found = sights(net(GROUND), SPACES, ENTRANCE, YARD, rng=rng, indoors=indoors)
    doors = tuple(one for one in found if one.space == SpaceId("house"))
    one = begin(doors, (), now=0, rng=rng)
    life: list[Point] = []
    for tick in range(9000):
        one = step(one, GROUND, doors, taken=(), gap=np.inf, now=tick / 10, passed=0.1, rng=rng)
        life.append((one.east, one.north))
    inside = [in_house(point) for point in life]
    lines = shapely.linestrings(np.array(list(pairwise(life))))
    walls = [shapely.LineString(wall) for wall in WALLS]
    met = shapely.STRtree(walls).query(lines, predicate="intersects")

    assert sum(a != b for a, b in pairwise(inside)) >= 4  # in and out, twice at least
    assert met.size == 0


def test_who_is_put_somewhere_on_the_way_in_finds_out_again() -> None:
    rng = np.random.default_rng(3)
    indoors = Indoors((*SPACES, LOBBY), WALLS)
    found = sights(net(GROUND), SPACES, ENTRANCE, YARD, rng=rng, indoors=indoors)
    way = indoors.ways(GROUND, DOOR)[0]
    half = ((way[1][0] + way[2][0]) / 2, (way[1][1] + way[2][1]) / 2)
    one = moved(begin(found, (), now=0, rng=rng), Stand(*half, 0.0, 0.0))
    one = step(one, GROUND, found, taken=(), gap=np.inf, now=1, passed=0.1, rng=rng)

    assert one.way[:2] == (DOOR, way[0])
    assert HOUSE[0] < half[0] < HOUSE[2]
