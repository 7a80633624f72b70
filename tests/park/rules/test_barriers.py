"""Barriers: walls stop who walks, doors do not, and what does not stand yet stops nobody."""

from datetime import date

import numpy as np
import shapely
from tests.park.plans import DELIVERED, box, in_plan, small_park, space, with_spaces

from shulian.park.rules.barriers import find_barriers
from shulian.park.types import ParkPlan, Shape, SpaceKind, SpaceStatus

TODAY = date(2026, 11, 22)


def crosses(plan: ParkPlan, *way: tuple[float, float], height: float = 1.0) -> bool:
    """Whether a way is stopped at that height."""
    found = find_barriers(plan.spaces, TODAY)
    there = (found.low <= height) & (height <= found.high)
    walls = shapely.linestrings(found.lines[there])
    return bool(shapely.intersects(shapely.linestrings(way), walls).any())


def block(**changes: object) -> ParkPlan:
    """A park with one building of 10 × 10 m that nobody can enter."""
    return ParkPlan(
        small_park().place,
        (
            space("", None, SpaceKind.PARK),
            space("block", "", SpaceKind.BUILDING, shape=box(0, 0, 10, 10, 0, 12), **changes),
        ),
    )


def test_a_building_stops_who_walks_into_it() -> None:
    assert crosses(block(), (-5, 5), (5, 5))
    assert not crosses(block(), (-5, 5), (-5, 50))
    assert not crosses(block(), (-5, 5), (5, 5), height=13.0)


def test_its_walls_are_one_line_a_side() -> None:
    found = find_barriers(block().spaces, TODAY)

    assert found.lines.shape == (4, 2, 2)
    assert (set(found.low), set(found.high)) == ({0.0}, {12.0})
    assert np.hypot(*(found.lines[:, 1] - found.lines[:, 0]).T).tolist() == [10.0] * 4


def test_what_does_not_stand_yet_stops_nobody() -> None:
    assert not crosses(block(status=SpaceStatus.PLANNED), (-5, 5), (5, 5))
    assert not crosses(block(delivered=date(2030, 1, 1)), (-5, 5), (5, 5))
    assert crosses(block(delivered=DELIVERED), (-5, 5), (5, 5))


def test_a_room_is_entered_by_its_door() -> None:
    plan = small_park()
    hall = in_plan(plan, "hall")
    assert hall.shape is not None
    door = Shape(prisms=hall.shape.prisms, doors=((21.0, 10.0),))
    opened = with_spaces(plan, space("hall", "f1", SpaceKind.HALL, shape=door))

    assert crosses(plan, (25.0, 10.0), (18.0, 10.0))
    assert not crosses(opened, (25.0, 10.0), (18.0, 10.0))
    assert crosses(opened, (25.0, 6.0), (18.0, 6.0))


def test_a_park_without_buildings_has_no_walls() -> None:
    assert find_barriers([space("", None, SpaceKind.PARK)], TODAY).lines.shape == (0, 2, 2)
