"""Ways on foot between halls: through doors, by stairs, over the ground, or along streets."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from math import hypot

import pytest
from tests.park.plans import box

from shulian.congress.rules.walks.indoors import CLIMB, SPEED, House, middle
from shulian.congress.rules.walks.times import DETOUR, Whereabouts, minutes
from shulian.kit.text import Text
from shulian.park.rules.barriers import find_barriers
from shulian.park.types import (
    Point,
    Scenery,
    SceneryId,
    SceneryKind,
    Shape,
    Space,
    SpaceId,
    SpaceKind,
)

DAY = date(2026, 12, 7)
PARK = Space(SpaceId("p"), None, SpaceKind.PARK, Text(en="park"))
EAST, WEST, LOFT, LAWN = (SpaceId(one) for one in ("east", "west", "loft", "lawn"))
SPEED_A_MINUTE = SPEED * 60


def space(name: str, parent: str, kind: SpaceKind, shape: Shape | None = None) -> Space:
    return Space(SpaceId(name), SpaceId(parent), kind, Text(en=name), shape=shape)


def doors(shape: Shape, *middles: Point) -> Shape:
    return replace(shape, doors=middles)


def tower(*, stairs: bool = True, entrance: bool = True) -> House:
    """40 × 20 m, two storeys of 4 m: two rooms at the ends of a corridor, and one above them."""
    ground = box(0, 0, 40, 20, 0, 4)
    front = doors(ground, (20, 0)) if entrance else ground
    below = [
        space("f0", "tower", SpaceKind.STOREY, front),
        replace(space("f1", "tower", SpaceKind.STOREY, box(0, 0, 40, 20, 4, 8)), order=1),
        space("west", "f0", SpaceKind.HALL, doors(box(0, 6, 10, 14, 0, 4), (5, 6))),
        space("east", "f0", SpaceKind.HALL, doors(box(30, 6, 10, 14, 0, 4), (35, 6))),
        space("loft", "f1", SpaceKind.HALL, doors(box(30, 6, 10, 14, 4, 8), (35, 6))),
    ]
    if stairs:
        below += [
            space("up0", "f0", SpaceKind.STAIRS, box(14, 12, 8, 4, 0, 4)),
            space("up1", "f1", SpaceKind.STAIRS, box(14, 12, 8, 4, 4, 8)),
        ]
    building = space("tower", "p", SpaceKind.BUILDING, box(0, 0, 40, 20, 0, 8))
    return House(building, tuple(below), find_barriers([PARK, building, *below], DAY))


def halls(house: House, *names: SpaceId) -> list[Whereabouts]:
    found = [one for one in house.below if one.id in names]
    return [Whereabouts(one, middle(one) or (0, 0), house) for one in found]


def outdoors(east: float, north: float, name: SpaceId = LAWN) -> Whereabouts:
    plaza = space(name, "p", SpaceKind.PLAZA, box(east - 5, north - 5, 10, 10, 0, 0))
    return Whereabouts(plaza, (east, north))


def along(*points: Point) -> float:
    """Minutes along straight pieces."""
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)) / SPEED_A_MINUTE


def both_ways(
    found: Sequence[Whereabouts], scenery: Sequence[Scenery] = (), *, others: Sequence[Space] = ()
) -> float:
    """Minutes between two halls, the same there and back."""
    buildings = {one.house.building.id: one.house.building for one in found if one.house}
    one, other = (each.hall.id for each in found)
    told = minutes(found, [*buildings.values(), *others], scenery)
    assert told == {(one, other): told[other, one], (other, one): told[one, other]}
    assert told[one, other] == pytest.approx(told[other, one], abs=0.1)
    return told[one, other]


def test_nobody_walks_where_there_is_one_hall() -> None:
    assert minutes([outdoors(0, 0)], (), ()) == {}
    assert minutes([], (), ()) == {}


def test_far_apart_the_straight_line_counts_as_streets_make_it() -> None:
    found = both_ways([outdoors(0, 0), outdoors(3_000, 4_000, SpaceId("far"))])

    assert found == round(5_000 * DETOUR / SPEED_A_MINUTE, 1)


def test_from_room_to_room_one_goes_through_their_doors() -> None:
    found = both_ways(halls(tower(), WEST, EAST))

    assert found == pytest.approx(along((5, 13), (5, 6), (35, 6), (35, 13)), abs=0.05)


def test_upstairs_one_goes_by_the_stairs() -> None:
    found = both_ways(halls(tower(), EAST, LOFT))

    level = along((35, 13), (35, 6), (18, 14), (35, 6), (35, 13))
    climb = 4 / CLIMB / 60
    assert found == pytest.approx(level + climb, abs=0.2)


def test_without_stairs_the_straight_line_and_the_climb_count() -> None:
    found = both_ways(halls(tower(stairs=False), EAST, LOFT))

    assert found == round(4 / CLIMB / 60, 1)


def test_out_of_a_building_one_goes_through_its_front_door() -> None:
    north = both_ways([*halls(tower(), WEST), outdoors(20, 60)])
    south = both_ways([*halls(tower(), WEST), outdoors(20, -40)])

    off_paths = 1.25
    straight_out = along((5, 13), (5, 6), (20, 0)) + off_paths * along((20, 0), (20, -40))
    assert south == pytest.approx(straight_out, abs=0.15)
    assert north > south + along((0, 20), (0, 0))


def test_no_door_no_way_and_the_straight_line_counts() -> None:
    inside, outside = *halls(tower(entrance=False), WEST), outdoors(20, -40)

    straight = hypot(15, 53) * DETOUR / SPEED_A_MINUTE
    nearest_ground = both_ways([inside, outside])
    assert nearest_ground == pytest.approx(straight, abs=0.3)


def test_round_a_building_and_over_a_bridge() -> None:
    here, there = outdoors(0, 0), outdoors(0, 100, SpaceId("there"))
    river = Scenery(
        SceneryId("river"),
        PARK.id,
        SceneryKind.WATER,
        Text(),
        ((((-500, 40), (500, 40), (500, 60), (-500, 60)),),),
    )
    bridge = Scenery(
        SceneryId("bridge"),
        PARK.id,
        SceneryKind.PATH,
        Text(),
        ((((50, 30), (60, 30), (60, 70), (50, 70)),),),
    )

    free = both_ways([here, there])
    bridged = both_ways([here, there], [river, bridge])
    cut = both_ways([here, there], [river])

    off_paths = 1.25
    assert free == pytest.approx(off_paths * along((0, 0), (0, 100)), abs=0.15)
    around = along((0, 0), (51, 38), (51, 62), (0, 100))
    assert bridged == pytest.approx(off_paths * around, abs=0.25)
    assert cut == round(100 * DETOUR / SPEED_A_MINUTE, 1)


def test_a_path_is_quicker_than_the_lawn() -> None:
    path = Scenery(
        SceneryId("path"),
        PARK.id,
        SceneryKind.PATH,
        Text(),
        ((((-5, -5), (5, -5), (5, 105), (-5, 105)),),),
    )

    found = both_ways([outdoors(0, 0), outdoors(0, 100, SpaceId("there"))], [path])

    assert found == pytest.approx(along((0, 0), (0, 100)), abs=0.15)


def test_a_hall_without_a_way_in_is_reached_on_the_ground_before_it() -> None:
    closed = House(
        space("shut", "p", SpaceKind.BUILDING, box(0, 0, 40, 20, 0, 8)),
        (),
        find_barriers([], DAY),
    )
    hall = Whereabouts(space("inner", "shut", SpaceKind.HALL), (20, 10), closed)

    found = both_ways([hall, outdoors(20, -40)])

    assert found == pytest.approx(1.25 * along((20, 10), (20, -40)), abs=0.2)
