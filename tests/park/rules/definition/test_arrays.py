"""Seats, booths and tables: rows of spaces in a room."""

from dataclasses import replace

import pytest
from tests.park.rules.definition.making import refused, shell, spaces

from shulian.kit.text import Text
from shulian.park.types import Prism, Shape, Space, SpaceId, SpaceKind

HALL = "spaces:\n  - {{id: h, kind: hall, box: [30, 30], {}}}\n"


def test_a_seat_is_a_space_with_a_name_people_know() -> None:
    seat = spaces(HALL.format("seats: {rows: 20, per_row: 20}"))["h-r05-s12"]

    assert replace(seat, shape=None) == Space(
        SpaceId("h-r05-s12"),
        SpaceId("h"),
        SpaceKind.SEAT,
        Text("5排12座", "Row 5 Seat 12"),
        order=91,
        area=0.25,
        capacity=1,
    )


def test_a_hall_with_seats_holds_as_many_persons() -> None:
    found = spaces(HALL.format("seats: {rows: 20, per_row: 20}"))

    assert found["h"].capacity == 400
    assert sum(space.kind is SpaceKind.SEAT for space in found.values()) == 400


def test_the_first_row_is_in_front_and_seats_count_from_the_left() -> None:
    found = spaces(
        HALL.format("seats: {rows: 2, per_row: 3, pitch: [1, 1], aisles: [2], aisle: 2}")
    )

    assert {name: shell(space)[0] for name, space in found.items() if space.parent == "h"} == {
        "h-r01-s01": (-2.25, 0.25),
        "h-r01-s02": (-1.25, 0.25),
        "h-r01-s03": (1.75, 0.25),
        "h-r02-s01": (-2.25, -0.75),
        "h-r02-s02": (-1.25, -0.75),
        "h-r02-s03": (1.75, -0.75),
    }


def test_booths_stand_back_to_back_in_pairs() -> None:
    found = spaces(HALL.format("booths: {rows: 4, per_row: 2, size: [3, 2], aisle: 4}"))
    booths = {name: space for name, space in found.items() if space.parent == "h"}

    assert [(name, space.name, shell(space)[0]) for name, space in booths.items()] == [
        ("h-a01", Text("A01展位", "Booth A01"), (-3.0, 4.0)),
        ("h-a02", Text("A02展位", "Booth A02"), (0.0, 4.0)),
        ("h-b01", Text("B01展位", "Booth B01"), (-3.0, 2.0)),
        ("h-b02", Text("B02展位", "Booth B02"), (0.0, 2.0)),
        ("h-c01", Text("C01展位", "Booth C01"), (-3.0, -4.0)),
        ("h-c02", Text("C02展位", "Booth C02"), (0.0, -4.0)),
        ("h-d01", Text("D01展位", "Booth D01"), (-3.0, -6.0)),
        ("h-d02", Text("D02展位", "Booth D02"), (0.0, -6.0)),
    ]


def test_tables_are_numbered_through_and_seat_persons() -> None:
    found = spaces(HALL.format("tables: {rows: 2, per_row: 2, seats: 6}"))
    tables = [space for space in found.values() if space.kind is SpaceKind.TABLE]

    assert [(table.id, table.name.zh, table.capacity) for table in tables] == [
        ("h-t01", "1号桌", 6),
        ("h-t02", "2号桌", 6),
        ("h-t03", "3号桌", 6),
        ("h-t04", "4号桌", 6),
    ]


def test_furniture_stands_on_the_floor_of_its_room() -> None:
    found = spaces("""
        buildings:
          - id: b
            box: [30, 30]
            storeys:
              - {storeys: 1, height: 5}
              - storeys: 2
                spaces:
                  - id: h
                    kind: hall
                    box: [20, 20]
                    tables: {rows: 1, per_row: 1}
                    spaces: [{id: -stage, kind: stage, box: [6, 3], at: [0, 7], height: 1.2}]
    """)
    table = ((-0.8, -0.4), (0.8, -0.4), (0.8, 0.4), (-0.8, 0.4))
    stage = ((-3.0, 5.5), (3.0, 5.5), (3.0, 8.5), (-3.0, 8.5))

    assert found["h-t01"].shape == Shape((Prism((table,), 5.0, 5.75),))
    assert found["h-stage"].shape == Shape((Prism((stage,), 5.0, 6.2),))


def test_one_seat_can_be_said_more_of() -> None:
    found = spaces(
        HALL.format(
            "seats: {rows: 2, per_row: 2}, spaces: [{id: -r01-s01, status: closed, "
            "name: {zh: 轮椅席, en: Wheelchair}}]"
        )
    )

    assert (found["h-r01-s01"].name.en, found["h-r01-s01"].status) == ("Wheelchair", "closed")
    assert sum(space.kind is SpaceKind.SEAT for space in found.values()) == 4


def test_a_block_turns_with_its_room() -> None:
    found = spaces(
        "spaces: [{id: h, kind: hall, at: [100, 0], turn: 90, box: [20, 10], "
        "tables: {rows: 1, per_row: 1, at: [5, 0], size: [2, 1]}}]"
    )

    assert shell(found["h-t01"]) == ((100.5, 4.0), (100.5, 6.0), (99.5, 6.0), (99.5, 4.0))


@pytest.mark.parametrize(
    ("array", "said"),
    [
        ("seats: {rows: 40, per_row: 40}", {"width": 21.95, "depth": 37.55}),
        ("booths: {rows: 2, per_row: 12}", {"width": 36.0, "depth": 6.0}),
        ("tables: {rows: 1, per_row: 1, at: [15, 0]}", {"width": 1.6, "depth": 0.8}),
    ],
)
def test_what_does_not_fit_its_room_is_refused(array: str, said: dict[str, object]) -> None:
    key = array.partition(":")[0]

    assert refused(HALL.format(array)) == said | {
        "code": "block_unfit",
        "file": "park.yaml",
        "line": 4,
        "place": f"spaces[0].{key}",
    }


def test_ten_million_seats_are_refused_before_one_is_made() -> None:
    said = refused(HALL.format("seats: {rows: 10000, per_row: 1000}"))

    assert (said["code"], said["what"], said["limit"]) == ("too_large", "spaces", 250_000)
