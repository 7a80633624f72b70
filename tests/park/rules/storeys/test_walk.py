"""One walks from the ground outside through doors and up stairs into every room."""

from dataclasses import replace

import numpy as np
import pytest
from tests.park.rules.storeys.buildings import (
    Triangles,
    build,
    office_building,
    placed,
    rectangle,
    space,
    storey,
)
from tests.park.rules.storeys.walking import Reached, walk

from shulian.park.types import Shape, Space, SpaceKind

GROUND = np.array(
    [[[-2, 5, 0], [0, 5, 0], [0, 9, 0]], [[-2, 5, 0], [0, 9, 0], [-2, 9, 0]]], np.float64
)
OUTSIDE = (-1.5, 7.0, 0.0)
FLOORS = (0.2, 4.4, 8.6)
ROOMS = {"west": (2, 2), "corridor": (16, 7), "a": (12, 4), "b": (17, 3), "hall": (16, 9)}


def turned(triangles: Triangles, angle: float) -> Triangles:
    """Triangles turned around the origin [rad]."""
    turn = np.eye(3)
    turn[:2, :2] = [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
    return triangles @ turn.T


def reached_rooms(reached: Reached) -> set[tuple[int, str]]:
    """(storey, room) of all rooms of the office building in which one can stand."""
    return {
        (order, room)
        for order, base in enumerate(FLOORS)
        for room, place in ROOMS.items()
        if reached.at(*place, base)
    }


ALL = {(order, room) for order in range(3) for room in ROOMS}


def test_one_walks_from_the_ground_into_every_room_of_every_storey() -> None:
    reached = walk(np.concatenate([build(office_building()).all, GROUND]), OUTSIDE)

    assert reached_rooms(reached) == ALL


def test_a_turned_building_is_walked_like_a_straight_one() -> None:
    triangles = turned(build(placed(office_building(), 0.6, 0.0, 0.0)).all, -0.6)

    reached = walk(np.concatenate([triangles, GROUND]), OUTSIDE)

    assert reached_rooms(reached) == ALL


def test_without_an_entrance_nobody_comes_in() -> None:
    ground, *others = office_building()
    assert ground.shape is not None
    closed = replace(ground, shape=Shape(ground.shape.prisms))

    reached = walk(np.concatenate([build([closed, *others]).all, GROUND]), OUTSIDE)

    assert reached_rooms(reached) == set()


def test_a_room_without_a_door_is_not_reached() -> None:
    spaces = [
        replace(each, shape=Shape(each.shape.prisms)) if each.shape and each.id == "s2-b" else each
        for each in office_building()
    ]

    reached = walk(np.concatenate([build(spaces).all, GROUND]), OUTSIDE)

    assert reached_rooms(reached) == ALL - {(2, "b")}


OPEN = rectangle(0, 0, 14, 14)


def two_halls(stairs: tuple[float, float, float, float], height: float) -> list[Space]:
    """Two open storeys of 14 m × 14 m with an entrance in the west, joined by stairs."""
    spans = [(0.2, 0.2 + height), (0.2 + height, 3.2 + height)]
    made: list[Space] = []
    for order, span in enumerate(spans):
        name = f"s{order}"
        door = [(0.0, 7.0)] if order == 0 else []
        made.append(storey(name, OPEN, span, door, order))
        made.append(space(f"{name}-stairs", name, SpaceKind.STAIRS, rectangle(*stairs), span))
    return made


@pytest.mark.parametrize(
    ("stairs", "height"),
    [
        ((4, 4, 3.2, 6.4), 4.2),  # two runs
        ((4, 4, 3.2, 6.4), 6.0),  # two runs, high
        ((4, 0, 3.2, 6.0), 4.5),  # at the façade
        ((2, 4, 9.5, 1.5), 3.6),  # one run
        ((4, 4, 2.2, 4.2), 3.3),  # narrow
        ((4, 4, 5.0, 5.0), 4.2),  # square
    ],
)
def test_one_walks_up_stairs_of_any_form(
    stairs: tuple[float, float, float, float], height: float
) -> None:
    built = build(two_halls(stairs, height))

    reached = walk(np.concatenate([built.all, GROUND]), OUTSIDE)

    assert built.codes == []
    assert reached.at(13, 13, 0.2 + height)


def test_one_walks_through_an_office_into_the_stairs_it_surrounds() -> None:
    hole = tuple(reversed(rectangle(4, 4, 3.2, 6.4)))
    spaces = two_halls((4, 4, 3.2, 6.4), 4.2)
    spaces += [
        space(f"office{order}", f"s{order}", SpaceKind.OFFICE, [OPEN, hole], span, doors)
        for order, (span, doors) in enumerate(
            [((0.2, 4.4), [(0.0, 7.0), (4.0, 7.2)]), ((4.4, 7.4), [(7.2, 7.2)])]
        )
    ]
    built = build(spaces)

    reached = walk(np.concatenate([built.all, GROUND]), OUTSIDE)

    assert built.codes == []
    assert reached.at(13, 13, 4.4)


def test_nobody_falls_into_the_opening_of_stairs_on_the_top_storey() -> None:
    upper = [each for each in two_halls((4, 4, 3.2, 6.4), 4.2) if each.id != "s1-stairs"]
    floor = 4.4
    without_flight = [each for each in build(upper).all if not on_flight(each, floor)]

    reached = walk(np.array(without_flight), (13.0, 13.0, floor))

    assert reached.places[:, 2].min() > floor - 0.3


def on_flight(triangle: Triangles, floor: float) -> bool:
    """Whether a triangle stands in the place of the stairs below a floor [m]."""
    east, north, up = triangle.mean(axis=0)
    return bool(4 < east < 7.2 and 4 < north < 10.4 and up < floor - 0.31)
