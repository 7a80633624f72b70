"""Stairs stand in their spaces, one above the other, and open the floor above."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from tests.park.rules.storeys.buildings import (
    Built,
    build,
    hits,
    office_building,
    rectangle,
    space,
    storey,
)

from shulian.park.rules.storeys.pieces import Part
from shulian.park.types import Point, Ring, Shape, Space, SpaceKind

OUTLINE = rectangle(0, 0, 16, 12)
SPANS = ((0.2, 4.4), (4.4, 8.6))


def storeys(stairs: Ring, *others: Space) -> Built:
    """Two storeys with stairs on the ground, and other spaces."""
    made = [storey(f"s{order}", OUTLINE, span, order=order) for order, span in enumerate(SPANS)]
    return build([*made, space("stairs", "s0", SpaceKind.STAIRS, stairs, SPANS[0]), *others])


def treads(built: Built, storey_: int = 0) -> list[float]:
    """Heights of all steps and landings of a storey's stairs [m]."""
    faces = built.triangles(storey_, Part.STAIRS)
    level = faces[(np.ptp(faces[..., 2], axis=1) < 1e-3)]
    up = np.cross(level[:, 1] - level[:, 0], level[:, 2] - level[:, 0])[:, 2] > 0
    return sorted(set(level[up][:, 0, 2].round(3).tolist()))


def test_steps_rise_evenly_from_floor_to_floor() -> None:
    heights = treads(storeys(rectangle(4, 3, 3.2, 6.4)))

    assert np.diff([0.2, *heights, 4.4]).tolist() == pytest.approx([0.175] * 24, abs=0.002)


def test_the_floor_above_is_open_over_the_steps_and_closed_before_them() -> None:
    floor = storeys(rectangle(4, 3, 3.2, 6.4)).triangles(1, Part.FLOOR)

    over = [hits(floor, (5.1, north, 5), (5.1, north, 4)) for north in (3.3, 6.1, 9.2)]

    assert sorted(over) == [0, 0, 1]


def test_stairs_keep_inside_their_walls() -> None:
    faces = storeys(rectangle(4, 3, 3.2, 6.4)).triangles(0, Part.STAIRS)

    assert faces[..., 0].min() >= 4.07
    assert faces[..., 0].max() <= 7.13
    assert faces[..., 1].min() >= 3.07
    assert faces[..., 1].max() <= 9.33


def test_one_enters_stairs_from_the_side_that_is_open() -> None:
    rooms = [
        space(f"{name}{order}", f"s{order}", SpaceKind.OFFICE, ring, SPANS[order])
        for order in range(2)
        for name, ring in (
            ("west", rectangle(0, 0, 4, 12)),
            ("east", rectangle(7.2, 0, 8.8, 12)),
            ("south", rectangle(4, 0, 3.2, 3)),
        )
    ]

    built = storeys(rectangle(4, 3, 3.2, 6.4), *rooms)

    assert hits(built.triangles(0, Part.WALL), (5.1, 11, 1), (5.1, 8.9, 1)) == 0
    assert hits(built.triangles(0, Part.WALL), (5.1, 2.8, 1), (5.1, 3.3, 1)) == 2
    assert built.codes == []


def test_one_enters_stairs_from_the_side_of_their_door() -> None:
    stairs = space(
        "stairs", "s0", SpaceKind.STAIRS, rectangle(4, 3, 3.2, 6.4), SPANS[0], [(5.6, 9.4)]
    )
    made = [storey(f"s{order}", OUTLINE, span, order=order) for order, span in enumerate(SPANS)]

    steps = build([*made, stairs]).triangles(0, Part.STAIRS)

    landing = steps[(steps[..., 2] > 2.2).all(axis=1) & (steps[..., 2] < 2.4).all(axis=1)]
    assert landing[..., 1].max() < 6.0


def test_stairs_walled_in_on_all_sides_are_named() -> None:
    around = [
        space(f"r{order}", f"s{order}", SpaceKind.OFFICE, rings, SPANS[order])
        for order in range(2)
        for rings in [[OUTLINE, tuple(reversed(rectangle(4, 3, 3.2, 6.4)))]]
    ]

    assert storeys(rectangle(4, 3, 3.2, 6.4), *around).codes == [("stairs", "stairs_out_of_reach")]


def test_stairs_in_a_rectangle_too_small_are_steep_and_named() -> None:
    built = storeys(rectangle(4, 3, 1.8, 3.4))

    assert built.codes == [("stairs", "stairs_steep")]
    assert np.diff([0.2, *treads(built), 4.4]).max() < 0.302


def test_stairs_in_which_nobody_fits_are_named() -> None:
    built = storeys(rectangle(4, 3, 0.6, 0.8))

    assert built.codes == [("stairs", "stairs_too_small")]
    assert built.features(0) >= {("stairs", Part.FLOOR)}
    assert ("stairs", Part.STAIRS) not in built.features(0)


def test_stairs_with_no_storey_above_are_named() -> None:
    spaces = [storey("s", OUTLINE), space("up", "s", SpaceKind.STAIRS, rectangle(4, 3, 3.2, 6.4))]

    assert build(spaces).codes == [("up", "stairs_lead_nowhere")]


def test_stairs_on_the_top_storey_only_close_the_opening() -> None:
    built = build(office_building())

    assert built.codes == []
    assert built.triangles(2, Part.STAIRS)[..., 2].max() == pytest.approx(9.6, abs=0.01)


def test_stairs_without_a_space_above_come_up_within_rails() -> None:
    built = storeys(rectangle(4, 3, 3.2, 6.4))
    rails = built.triangles(1, Part.STAIRS, "s1")
    north = 6.2

    across = [hits(rails, (3, north, 5), (5, north, 5)), hits(rails, (6, north, 5), (8, north, 5))]

    assert across == [2, 2]


def test_flights_of_one_shaft_stand_above_one_another() -> None:
    built = build(office_building())
    first, second = (built.triangles(order, Part.STAIRS) for order in range(2))

    assert first[..., :2].min(axis=(0, 1)) == pytest.approx(
        second[..., :2].min(axis=(0, 1)), abs=0.01
    )
    assert first[..., :2].max(axis=(0, 1)) == pytest.approx(
        second[..., :2].max(axis=(0, 1)), abs=0.01
    )


def test_stairs_of_any_outline_get_the_largest_rectangle_inside() -> None:
    ell = ((4.0, 3.0), (9.0, 3.0), (9.0, 5.0), (7.2, 5.0), (7.2, 9.4), (4.0, 9.4))

    faces = storeys(ell).triangles(0, Part.STAIRS)

    assert faces[..., 0].max() <= 7.13


def test_stairs_do_not_come_up_outside_the_storey_above() -> None:
    made = [
        storey("s0", OUTLINE, SPANS[0]),
        storey("s1", rectangle(0, 0, 8, 12), SPANS[1], order=1),
    ]
    stairs = space("stairs", "s0", SpaceKind.STAIRS, rectangle(10, 3, 3.2, 6.4), SPANS[0])

    assert build([*made, stairs]).codes == [("stairs", "stairs_too_small")]


def test_stairs_without_a_shape_are_no_stairs() -> None:
    made = [storey(f"s{order}", OUTLINE, span, order=order) for order, span in enumerate(SPANS)]
    stairs = space("stairs", "s0", SpaceKind.STAIRS, OUTLINE)

    assert build([*made, replace(stairs, shape=None)]).codes == []
    assert build([*made, replace(stairs, shape=Shape())]).codes == [
        ("stairs", "space_without_area")
    ]


def around_stairs(
    *doors: Point, stairs: tuple[float, float, float, float] = (4, 3, 3.2, 6.4)
) -> Built:
    """Two storeys, each an office around stairs, with doors between them."""
    ring = rectangle(*stairs)
    made: list[Space] = []
    for order, span in enumerate(SPANS):
        name = f"s{order}"
        made += [
            storey(name, OUTLINE, span, order=order),
            space(f"{name}-office", name, SpaceKind.OFFICE, [OUTLINE, ring[::-1]], span, doors),
            space(f"{name}-stairs", name, SpaceKind.STAIRS, ring, span, doors),
        ]
    return build(made)


def test_a_door_beside_a_flight_moves_to_its_landing() -> None:
    built = around_stairs((4, 6.2))

    for order, height in enumerate((1.2, 5.4)):
        walls = built.triangles(order, Part.WALL)
        places = [
            y for y in np.arange(3.3, 9.2, 0.2) if not hits(walls, (3, y, height), (4.5, y, height))
        ]
        assert len(places) in {5, 6, 7}
        assert max(places) < 5.4 or min(places) > 7.0
    assert built.codes == []


def test_stairs_with_doors_at_both_ends_open_at_one() -> None:
    built = around_stairs((5.6, 3), (5.6, 9.4))

    walls = built.triangles(1, Part.WALL)
    open_ = [hits(walls, (5.7, y - 0.6, 5.4), (5.7, y + 0.6, 5.4)) == 0 for y in (3, 9.4)]
    assert sorted(open_) == [False, True]
    assert built.codes == [("s0-office", "door_beside_flight"), ("s1-office", "door_beside_flight")]


def test_a_door_that_only_the_stairs_ask_for_opens_the_wall_of_the_room() -> None:
    office = space(
        "office", "s0", SpaceKind.OFFICE, [OUTLINE, tuple(reversed(rectangle(4, 3, 3.2, 6.4)))]
    )
    stairs = space("stairs", "s0", SpaceKind.STAIRS, rectangle(4, 3, 3.2, 6.4), doors=[(5.6, 3)])
    made = [storey(f"s{order}", OUTLINE, span, order=order) for order, span in enumerate(SPANS)]

    built = build([*made, office, stairs])

    assert hits(built.triangles(0, Part.WALL), (5.6, 2.4, 1), (5.6, 3.6, 1)) == 0
    assert built.codes == []


def test_stairs_of_one_run_are_open_at_both_ends() -> None:
    built = storeys(rectangle(2, 5, 9.5, 1.5))
    walls = built.triangles(0, Part.WALL)

    assert hits(walls, (1, 5.7, 1), (12.5, 5.7, 1)) == 0
    assert hits(walls, (6, 4, 1), (6, 7.5, 1)) == 4


def test_a_door_beside_a_flight_of_one_run_moves_to_the_nearer_end() -> None:
    built = around_stairs((5, 5), (9, 5), stairs=(2, 5, 9.5, 1.5))

    walls = built.triangles(0, Part.WALL)
    open_ = [
        round(east, 1)
        for east in np.arange(2.3, 11.4, 0.1)
        if not hits(walls, (east, 4.6, 1.2), (east, 5.4, 1.2))
    ]
    assert max(b - a for a, b in pairwise(open_)) > 5
    assert open_[0] < 3.5
    assert open_[-1] > 10
    assert built.codes == []
