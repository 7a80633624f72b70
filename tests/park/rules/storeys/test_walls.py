"""Walls stand where they should, once, closed, and each face belongs to the space before it."""

import numpy as np
import pytest
from tests.park.rules.storeys.buildings import (
    Built,
    area,
    build,
    hits,
    office_building,
    rectangle,
    space,
    storey,
)

from shulian.park.rules.storeys.pieces import Part
from shulian.park.types import SpaceKind

OUTLINE = rectangle(0, 0, 12, 8)
HIGH = 3.9
"""From the floor to the ceiling of the storeys here [m]."""


def offices(*kinds: SpaceKind) -> Built:
    """A storey of 12 m × 8 m with spaces of equal width side by side from the west."""
    width = 12 / len(kinds)
    made = [
        space(f"r{k}", "s", kind, rectangle(k * width, 0, width, 8)) for k, kind in enumerate(kinds)
    ]
    return build([storey("s", OUTLINE), *made])


def test_rooms_that_touch_share_one_wall_of_15_centimetres() -> None:
    walls = offices(SpaceKind.OFFICE, SpaceKind.LAB).triangles(0, Part.WALL)

    upright = walls[np.ptp(walls[..., 2], axis=1) > 1]

    assert set(upright[..., 0].round(3).reshape(-1).tolist()) == {5.925, 6.075}
    assert area(upright) == pytest.approx((2 * 7.54 + 2 * 0.15) * HIGH, abs=0.1)


@pytest.mark.parametrize(
    ("kinds", "walls"),
    [
        ((SpaceKind.LOBBY, SpaceKind.CORRIDOR), 0),
        ((SpaceKind.PLAZA, SpaceKind.LOBBY), 0),
        ((SpaceKind.LOBBY, SpaceKind.CAFE), 2),
        ((SpaceKind.HALL, SpaceKind.SHOP), 2),
        ((SpaceKind.SERVICE, SpaceKind.STUDIO), 2),
    ],
)
def test_open_kinds_have_no_wall_between_them(kinds: tuple[SpaceKind, ...], walls: int) -> None:
    assert hits(offices(*kinds).triangles(0), (4.1, 3, 1), (8.1, 3.3, 1)) == walls


def test_a_room_has_a_wall_towards_what_no_space_covers() -> None:
    built = build([storey("s", OUTLINE), space("r", "s", SpaceKind.OFFICE, rectangle(0, 0, 6, 8))])

    assert hits(built.triangles(0), (4.1, 3, 1), (8.1, 3.3, 1)) == 2


def test_each_face_belongs_to_the_space_before_it() -> None:
    built = offices(SpaceKind.OFFICE, SpaceKind.LAB)

    places: dict[str, set[float]] = {}
    for name in ("r0", "r1"):
        faces = built.triangles(0, Part.WALL, name)
        long = faces[np.ptp(faces[..., 1], axis=1) > 1]
        places[name] = set(long[..., 0].round(3).reshape(-1).tolist())

    assert places == {"r0": {5.925}, "r1": {6.075}}


def test_a_long_wall_is_divided_where_the_space_before_it_changes() -> None:
    spaces = [
        storey("s", OUTLINE),
        space("room", "s", SpaceKind.OFFICE, rectangle(0, 0, 12, 4)),
        space("lobby", "s", SpaceKind.LOBBY, rectangle(0, 4, 5, 4)),
        space("corridor", "s", SpaceKind.CORRIDOR, rectangle(5, 4, 7, 4)),
    ]

    built = build(spaces)

    lobby = built.triangles(0, Part.WALL, "lobby")
    corridor = built.triangles(0, Part.WALL, "corridor")
    assert (lobby[..., 0].max(), corridor[..., 0].min()) == (
        pytest.approx(5, abs=0.01),
        pytest.approx(5, abs=0.01),
    )


def test_the_features_are_parts_of_spaces() -> None:
    built = build(office_building())

    assert built.features(2) == {
        ("s2", Part.FACADE),
        ("s2", Part.SLAB),
        ("s2", Part.WALL),
        ("s2-stairs", Part.STAIRS),
        *(
            (f"s2-{room}", part)
            for room in ("corridor", "stairs", "a", "b", "west", "hall")
            for part in (Part.FLOOR, Part.WALL)
        ),
    }


def test_the_table_says_what_each_feature_is() -> None:
    built = build([storey("s", OUTLINE), space("r", "s", SpaceKind.LAB, rectangle(0, 0, 6, 8))])
    kinds = list(SpaceKind)

    rows = zip(*(built.tables[0][name] for name in ("id", "kind", "part", "zh", "en")), strict=True)

    assert list(rows) == [
        ("s", kinds.index(SpaceKind.STOREY), 0, "s号", "s"),
        ("s", kinds.index(SpaceKind.STOREY), 1, "s号", "s"),
        ("s", kinds.index(SpaceKind.STOREY), 2, "s号", "s"),
        ("s", kinds.index(SpaceKind.STOREY), 3, "s号", "s"),
        ("r", kinds.index(SpaceKind.LAB), 0, "r号", "r"),
        ("r", kinds.index(SpaceKind.LAB), 1, "r号", "r"),
    ]


def test_rooms_drawn_inside_their_walls_are_closed_all_the_same() -> None:
    net = [
        space("r0", "s", SpaceKind.OFFICE, rectangle(0.3, 0.3, 5.6, 7.4)),
        space("r1", "s", SpaceKind.OFFICE, rectangle(6.1, 0.3, 5.6, 7.4)),
    ]

    built = build([storey("s", OUTLINE), *net])

    faces = built.triangles(0)
    beside_facade = [hits(faces, (5, north, 1), (7, north, 1)) for north in (0.26, 0.4, 7.6, 7.74)]
    assert min(beside_facade) >= 2
    assert hits(faces, (3.1, 1.2, 1), (3.1, -1, 1)) == 2


def wall_of(built: Built, part: Part) -> dict[tuple[float, float], set[tuple[int, ...]]]:
    """Of each upright face's lower corners (east, north) [m], the wall measures [dm] there."""
    surface, table = built.surfaces[0], built.tables[0]
    assert surface.wall is not None
    upright = np.abs(surface.normals[:, 2]) < 0.5
    chosen = upright & (np.array(table["part"])[surface.features] == part)
    low = chosen & (surface.positions[:, 2] < 0.3)
    found: dict[tuple[float, float], set[tuple[int, ...]]] = {}
    for place, measure in zip(surface.positions[low], surface.wall[low].tolist(), strict=True):
        key = (round(float(place[0]), 2), round(float(place[1]), 2))
        found.setdefault(key, set()).add(tuple(measure))
    return found


def test_the_facade_is_measured_along_the_outline_inside_and_outside_alike() -> None:
    measures = wall_of(build([storey("s", OUTLINE)]), Part.FACADE)

    assert measures == {
        (0.0, 0.0): {(0, 0, 120, 39), (80, 0, 80, 39)},
        (12.0, 0.0): {(120, 0, 120, 39), (0, 0, 80, 39)},
        (12.0, 8.0): {(80, 0, 80, 39), (0, 0, 120, 39)},
        (0.0, 8.0): {(120, 0, 120, 39), (0, 0, 80, 39)},
        (0.25, 0.25): {(2, 0, 120, 39), (78, 0, 80, 39)},
        (11.75, 0.25): {(118, 0, 120, 39), (2, 0, 80, 39)},
        (11.75, 7.75): {(78, 0, 80, 39), (2, 0, 120, 39)},
        (0.25, 7.75): {(118, 0, 120, 39), (2, 0, 80, 39)},
    }


def test_a_door_in_the_facade_leaves_the_measures_beside_it() -> None:
    measures = wall_of(build([storey("s", OUTLINE, doors=[(6, 0)])]), Part.FACADE)

    assert measures[(4.8, 0.0)] == {(48, 0, 120, 39), (0, 0, 0, 0)}


def test_walls_end_at_the_ceiling() -> None:
    built = build(office_building())

    tops = [built.triangles(order, Part.WALL)[..., 2].max() for order in range(3)]

    assert tops == [pytest.approx(top, abs=0.001) for top in (4.1, 8.3, 12.5)]
