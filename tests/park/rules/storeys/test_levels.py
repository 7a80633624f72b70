"""What is wrong with a building is said in a line, and the rest of it is built."""

from dataclasses import replace

import pytest
from tests.park.rules.storeys.buildings import (
    BUILDING,
    area,
    build,
    office_building,
    rectangle,
    space,
    storey,
)

from shulian.kit.text import Text
from shulian.park.rules.storeys.models import storey_models
from shulian.park.rules.storeys.pieces import Part
from shulian.park.rules.tiles.check_content import check_content
from shulian.park.types import Mesh, Prism, Ring, Shape, Space, SpaceId, SpaceKind

OUTLINE = rectangle(0, 0, 12, 8)


def test_a_building_without_storeys_has_none() -> None:
    assert storey_models(BUILDING, []) == ((), ())


def test_a_model_says_where_its_storey_is() -> None:
    ell: Ring = ((0, 0), (30, 0), (30, 2), (2, 2), (2, 20), (0, 20))
    spaces = [storey("s0", ell), storey("s1", ell, (4.4, 8.0), order=1)]

    models, _ = storey_models(BUILDING, spaces)

    upper = replace(models[1], glb=b"", center=(0, 0))
    assert (upper.building, upper.storey, upper.name, upper.order) == (
        "building",
        "s1",
        Text("s1号", "s1"),
        1,
    )
    assert (upper.base, upper.height, upper.bounds) == (4.4, pytest.approx(3.6), (0, 0, 30, 20))
    east, north = models[1].center
    assert (east < 2 or north < 2) is True


def test_storeys_come_from_the_lowest_up_in_whatever_order_they_are_given() -> None:
    models, _ = storey_models(BUILDING, list(reversed(office_building())))

    assert [model.storey for model in models] == ["s0", "s1", "s2"]


def test_the_same_building_gives_the_same_bytes() -> None:
    first, second = (storey_models(BUILDING, office_building()) for _ in range(2))

    assert first == second


def test_a_storey_without_a_footprint_is_named() -> None:
    flat = storey("flat", rectangle(0, 0, 12, 0), (4.4, 8.0), order=1)
    none = replace(storey("none", OUTLINE, order=2), shape=None)

    built = build([storey("s", OUTLINE), flat, none])

    assert built.codes == [("flat", "storey_without_area"), ("none", "storey_without_area")]
    assert len(built.surfaces) == 1


def test_a_storey_at_no_height_is_named() -> None:
    assert build([storey("s", OUTLINE, (float("nan"), 4.0))]).codes == [
        ("s", "storey_without_area")
    ]


def test_the_files_are_tiles_as_they_should_be() -> None:
    models, _ = storey_models(BUILDING, office_building())

    assert [check_content(model.uri, model.glb).problems for model in models] == [[], [], []]


def test_a_space_that_sticks_out_is_cut() -> None:
    wide = space("wide", "s", SpaceKind.OFFICE, rectangle(8, 2, 8, 4))

    built = build([storey("s", OUTLINE), wide])

    assert built.codes == [("wide", "space_cut_at_storey")]
    assert built.notices[0].words == "the space sticks out of its storey and is cut: 16.00 m²"
    assert area(built.triangles(0, Part.FLOOR, "wide")) == pytest.approx(16, abs=0.01)
    assert built.triangles(0)[..., 0].max() == pytest.approx(12, abs=0.001)


@pytest.mark.parametrize("kind", [SpaceKind.OFFICE, SpaceKind.SEAT, SpaceKind.STAIRS])
def test_a_space_outside_is_left_out(kind: SpaceKind) -> None:
    built = build([storey("s", OUTLINE), space("far", "s", kind, rectangle(40, 2, 3, 3))])

    assert built.codes == [("far", "space_outside_storey")]
    assert {name for name, _ in built.features(0)} == {"s"}


@pytest.mark.parametrize(
    "ring",
    [
        (),
        ((1.0, 1.0), (3.0, 1.0)),
        ((1.0, 1.0), (3.0, 1.0), (5.0, 1.0)),
        ((1.0, 1.0), (3.0, float("nan")), (3.0, 3.0)),
        ((1.0, 1.0), (3.0, float("inf")), (3.0, 3.0)),
    ],
)
@pytest.mark.parametrize("kind", [SpaceKind.OFFICE, SpaceKind.BOOTH])
def test_a_space_that_encloses_nothing_is_named(ring: Ring, kind: SpaceKind) -> None:
    empty = replace(space("empty", "s", kind, OUTLINE), shape=Shape((Prism((ring,), 0.2, 4.4),)))

    assert build([storey("s", OUTLINE), empty]).codes == [("empty", "space_without_area")]


def test_a_space_that_crosses_itself_is_repaired() -> None:
    bow: Ring = ((1, 1), (5, 5), (5, 1), (1, 5))

    built = build([storey("s", OUTLINE), space("bow", "s", SpaceKind.OFFICE, bow)])

    assert area(built.triangles(0, Part.FLOOR, "bow")) == pytest.approx(8, abs=0.05)


def test_a_space_that_is_only_a_mesh_has_no_area() -> None:
    mesh = Mesh(((0, 0, 0), (1, 0, 0), (0, 1, 0)))
    odd = replace(space("odd", "s", SpaceKind.OFFICE, OUTLINE), shape=Shape(mesh=mesh))

    assert build([storey("s", OUTLINE), odd]).codes == [("odd", "space_without_area")]


def test_a_space_without_a_shape_is_not_drawn_and_not_wrong() -> None:
    known = replace(space("known", "s", SpaceKind.OFFICE, OUTLINE), shape=None)

    built = build([storey("s", OUTLINE), known])

    assert built.codes == []
    assert {name for name, _ in built.features(0)} == {"s"}


def test_spaces_stand_in_the_storey_above_them_however_deep() -> None:
    deep = [
        space("hall", "s", SpaceKind.HALL, rectangle(0, 0, 6, 8)),
        space("part", "hall", SpaceKind.STAGE, rectangle(1, 1, 4, 4)),
        space("seat", "part", SpaceKind.SEAT, rectangle(2, 2, 0.6, 0.6)),
    ]

    built = build([storey("s", OUTLINE), *reversed(deep)])

    assert {name for name, _ in built.features(0)} == {"s", "hall", "part", "seat"}


def test_spaces_of_another_building_and_circles_of_parents_are_left_alone() -> None:
    strange = [
        space("other", "elsewhere", SpaceKind.OFFICE, OUTLINE),
        space("egg", "hen", SpaceKind.OFFICE, OUTLINE),
        space("hen", "egg", SpaceKind.OFFICE, OUTLINE),
        space("self", "self", SpaceKind.OFFICE, OUTLINE),
    ]

    built = build([storey("s", OUTLINE), *strange])

    assert {name for name, _ in built.features(0)} == {"s"}


def test_wings_of_different_height_stand_on_their_own_storeys() -> None:
    west, east = rectangle(0, 0, 6, 8), rectangle(6, 0, 6, 8)
    spaces = [
        storey("w0", west, (0.2, 4.4)),
        storey("e0", east, (0.2, 6.4)),
        storey("w1", west, (4.4, 8.6), order=1),
        storey("e1", east, (6.4, 10.6), order=1),
    ]

    models, notices = storey_models(BUILDING, spaces)

    assert {model.storey: round(model.height, 2) for model in models} == {
        "w0": 4.2,
        "e0": 6.2,
        "w1": 4.2,
        "e1": 4.2,
    }
    assert notices == ()


def test_a_storey_that_hangs_in_the_air_leaves_the_one_below_its_roof() -> None:
    spaces = [storey("s0", OUTLINE), storey("s9", OUTLINE, (40, 44), order=9)]

    models, _ = storey_models(BUILDING, spaces)

    assert [model.height for model in models] == [pytest.approx(4.2), pytest.approx(4)]


def test_a_storey_of_no_height_is_a_floor() -> None:
    built = build([storey("s", OUTLINE, (0.2, 0.2)), office("s")])

    assert area(built.triangles(0, Part.FLOOR)) == pytest.approx(96, abs=0.1)


def office(parent: str) -> Space:
    """An office with a door."""
    return space("office", parent, SpaceKind.OFFICE, rectangle(0, 0, 6, 8), doors=[(6, 4)])


def test_many_spaces_of_a_storey_are_told_apart() -> None:
    booths = [
        Space(
            SpaceId(f"b{n}"),
            SpaceId("s"),
            SpaceKind.BOOTH,
            Text(),
            shape=Shape(
                (Prism((rectangle(0.3 + n % 40 * 0.28, 0.3 + n // 40, 0.25, 0.9),), 0, 1),)
            ),
        )
        for n in range(280)
    ]

    built = build([storey("s", OUTLINE), *booths])

    assert len(built.features(0)) == 280 + 3
