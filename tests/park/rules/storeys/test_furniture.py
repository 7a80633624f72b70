"""Seats, tables, booths and stages stand in their rooms, turned the way people use them."""

import numpy as np
import pytest
from tests.park.rules.storeys.buildings import (
    Built,
    area,
    build,
    hits,
    rectangle,
    space,
    storey,
)

from shulian.park.rules.storeys.pieces import Part
from shulian.park.types import Point, SpaceKind

OUTLINE = rectangle(0, 0, 30, 20)
HALL = space("hall", "s", SpaceKind.HALL, OUTLINE)


def furnished(*pieces: tuple[str, SpaceKind, tuple[float, float, float, float]]) -> Built:
    """A storey with one hall and furniture: id, kind, rectangle [m]."""
    made = [space(name, "hall", kind, rectangle(*place)) for name, kind, place in pieces]
    return build([storey("s", OUTLINE), HALL, *made])


def box(built: Built, name: str, *, above: float = -1.0) -> list[float]:
    """Least and greatest corner [m] of those faces of a piece that reach above a height."""
    faces = built.triangles(0, Part.FURNITURE, name)
    faces = faces[(faces[..., 2] > above).any(axis=1)].reshape(-1, 3)
    return [*faces.min(axis=0).round(2).tolist(), *faces.max(axis=0).round(2).tolist()]


def test_a_hall_of_400_seats_stays_light() -> None:
    seats = [
        (f"seat{row}-{place}", SpaceKind.SEAT, (2.0 + row, 2 + 0.6 * place, 0.6, 0.6))
        for row in range(20)
        for place in range(20)
    ]

    built = furnished(*seats)

    assert len(built.triangles(0)) <= 30_000
    assert len(built.features(0)) == 400 + 3
    assert len(built.triangles(0, Part.FURNITURE, "seat7-9")) == 36


def test_a_seat_has_a_seat_and_a_back_inside_its_place() -> None:
    built = furnished(("seat", SpaceKind.SEAT, (4, 4, 0.6, 0.6)))

    assert box(built, "seat") == [4.04, 4.04, 0.2, 4.56, 4.56, 1.08]


@pytest.mark.parametrize(
    ("stage", "back"),
    [
        ((1, 3, 2, 4), (4.5, 4.3)),
        ((8, 3, 2, 4), (4.1, 4.3)),
        ((3, 9, 4, 2), (4.3, 4.1)),
        ((3, 0.5, 4, 2), (4.3, 4.5)),
    ],
)
def test_seats_face_the_stage(stage: tuple[float, float, float, float], back: Point) -> None:
    built = furnished(("seat", SpaceKind.SEAT, (4, 4, 0.6, 0.6)), ("stage", SpaceKind.STAGE, stage))

    low = box(built, "seat", above=0.9)

    assert ((low[0] + low[3]) / 2, (low[1] + low[4]) / 2) == pytest.approx(back, abs=0.05)


def test_a_seat_at_a_table_faces_the_table_not_the_stage() -> None:
    built = furnished(
        ("seat", SpaceKind.SEAT, (4, 4, 0.6, 0.6)),
        ("table", SpaceKind.TABLE, (3, 4.8, 8, 1)),
        ("stage", SpaceKind.STAGE, (20, 3, 2, 4)),
    )

    assert box(built, "seat", above=0.9)[4] == pytest.approx(4.1, abs=0.05)


def test_a_raised_seat_stands_on_a_foot_down_to_the_floor() -> None:
    seat = space("seat", "hall", SpaceKind.SEAT, rectangle(4, 4, 0.6, 0.6), (1.2, 2.0))

    built = build([storey("s", OUTLINE), HALL, seat])

    assert box(built, "seat")[2::3] == [0.2, 2.08]


def test_a_table_is_a_top_on_a_box() -> None:
    built = furnished(("table", SpaceKind.TABLE, (4, 4, 2, 1)))

    assert box(built, "table") == [4.0, 4.0, 0.2, 6.0, 5.0, 0.94]
    assert hits(built.triangles(0), (4.1, 4.1, 0.85), (4.1, 4.1, 0.3)) == 0


def test_a_round_table_has_a_round_top() -> None:
    turn = np.linspace(0, 2 * np.pi, 13)[:-1]
    ring = tuple((5 + float(np.cos(t)), 5 + float(np.sin(t))) for t in turn)

    built = build([storey("s", OUTLINE), HALL, space("table", "hall", SpaceKind.TABLE, ring)])

    top = built.triangles(0, Part.FURNITURE, "table")
    over = top[(top[..., 2] > 0.935).all(axis=1)]
    assert area(over) == pytest.approx(3.0, abs=0.01)


def test_a_booth_is_a_platform_with_a_back_wall_and_a_fascia() -> None:
    built = furnished(("booth", SpaceKind.BOOTH, (0.4, 8, 3, 4)))
    faces = built.triangles(0, Part.FURNITURE, "booth")

    assert box(built, "booth") == [0.4, 8.0, 0.2, 3.4, 12.0, 2.7]
    assert hits(faces, (2, 10.1, 3), (2, 10.1, 0)) == 2
    assert hits(faces, (0, 10.1, 1.5), (1, 10.1, 1.5)) == 2
    assert hits(faces, (3, 10.1, 1.5), (4, 10.1, 1.5)) == 0
    assert hits(faces, (3, 10.1, 2.5), (4, 10.1, 2.5)) == 2


def test_booths_back_to_back_open_to_their_aisles() -> None:
    built = furnished(
        ("west", SpaceKind.BOOTH, (10, 8, 3, 3)), ("east", SpaceKind.BOOTH, (13, 8, 3, 3))
    )
    faces = built.triangles(0, Part.FURNITURE)

    assert hits(faces, (9, 9.4, 1.5), (11, 9.4, 1.5)) == 0
    assert hits(faces, (15, 9.4, 1.5), (17, 9.4, 1.5)) == 0
    assert hits(faces, (12, 9.4, 1.5), (14, 9.4, 1.5)) == 4


def test_a_booth_opens_to_its_door() -> None:
    booth = space("booth", "hall", SpaceKind.BOOTH, rectangle(10, 8, 3, 3), doors=[(11.5, 8)])

    faces = build([storey("s", OUTLINE), HALL, booth]).triangles(0, Part.FURNITURE)

    assert hits(faces, (11.4, 7, 1.5), (11.4, 9, 1.5)) == 0


@pytest.mark.parametrize(("asked", "top"), [(0.2, 0.8), (0.8, 1.0), (3.0, 1.2)])
def test_a_stage_is_as_high_as_stages_are(asked: float, top: float) -> None:
    stage = space("stage", "hall", SpaceKind.STAGE, rectangle(4, 4, 6, 4), (0.2, 0.2 + asked))

    built = build([storey("s", OUTLINE), HALL, stage])

    assert box(built, "stage") == [4.0, 4.0, 0.2, 10.0, 8.0, top]


def test_furniture_has_no_floor_and_no_walls() -> None:
    built = furnished(("booth", SpaceKind.BOOTH, (4, 4, 3, 3)))

    assert {part for name, part in built.features(0) if name == "booth"} == {Part.FURNITURE}
    assert area(built.triangles(0, Part.FLOOR, "hall")) == pytest.approx(600, abs=0.1)
