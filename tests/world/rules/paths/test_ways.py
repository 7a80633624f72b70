"""Ways over the ground: around houses, across bridges, to the very spot."""

from itertools import pairwise
from math import hypot

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.world.yards import YARD, in_house, yard_ground

from shulian.park.types import Point
from shulian.world.rules.paths.ground import ground
from shulian.world.rules.paths.ways import Field, field, nearest_open, net, reaches, way

GROUND = yard_ground()
NET = net(GROUND)


def _down(goal: Point) -> Field:
    found = field(NET, goal)
    assert found
    return found


BEHIND = _down((60.0, 80.0))
"""To the garden behind the house."""


def _points(found: tuple[Point, ...]) -> list[Point]:
    """The way, every half a metre."""
    points: list[Point] = []
    for start, end in pairwise(found):
        steps = 1 + int(hypot(end[0] - start[0], end[1] - start[1]) * 2)
        for share in np.linspace(0, 1, steps + 1).tolist():
            east = start[0] + (end[0] - start[0]) * share
            points.append((east, start[1] + (end[1] - start[1]) * share))
    return points


@given(st.floats(12, 108), st.floats(6, 32), st.floats(-2, 2))
def test_no_way_leads_through_a_house_or_over_open_water(
    east: float, north: float, aside: float
) -> None:
    found = way(GROUND, BEHIND, (east, north), (70.0, 85.0), aside=aside)

    assert (found[0], found[-1]) == ((east, north), (70.0, 85.0))
    assert [one for one in _points(found) if in_house(one) or GROUND.at(one) == np.inf] == []


def test_the_way_over_the_water_is_the_bridge() -> None:
    found = _points(way(GROUND, BEHIND, (100.0, 10.0), aside=1.0))

    assert {16 <= east <= 22 for east, north in found if 62 < north < 68} == {True}


def test_across_a_plaza_one_walks_straight() -> None:
    found = way(GROUND, _down((100.0, 20.0)), (20.0, 20.0))

    length = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(found))
    assert round(length) == 81


def test_people_keep_to_their_own_side() -> None:
    down = _down((100.0, 20.0))
    left, right = (way(GROUND, down, (12.0, 20.0), aside=aside) for aside in (-1.5, 1.5))

    highest, lowest = max(north for _, north in left), min(north for _, north in right)

    assert (highest > 22, lowest < 20.5) == (True, True)


def test_who_stands_where_nobody_can_has_no_way() -> None:
    inside, beyond = (way(GROUND, BEHIND, start) for start in ((60.0, 50.0), (-50.0, 0.0)))

    assert (inside, beyond) == ((), ())
    assert not reaches(GROUND, BEHIND, (60.0, 50.0))


def test_a_goal_inside_a_house_is_its_nearest_open_cell() -> None:
    assert _down((60.0, 41.0)).goal == (61.0, 37.0)


def test_where_nothing_is_open_there_is_no_goal() -> None:
    closed = ground((), (), YARD)
    closed.cost[:] = np.inf

    assert (nearest_open(closed, (1.0, 1.0)), field(net(closed), (1.0, 1.0))) == (None, None)
