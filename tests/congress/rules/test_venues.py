"""What a programme tells of rooms that no park has: their storey, their size, who shares them."""

from dataclasses import replace
from uuid import UUID

import pytest
from tests.congress.gatherings import (
    BIG,
    FIRST,
    FORUMS,
    HALLS,
    MODELS_1,
    MODELS_2,
    PLENARY,
    SESSIONS,
    SILICON_1,
    SMALL,
    at,
)
from tests.identity.accounts import NOWHERE

from shulian.congress.rules.venues import Divided, apart, capacity_of, storey_of
from shulian.congress.types import Congress, CongressId, Minutes, Placement, Programme, SessionId
from shulian.identity.types import OrganizationId
from shulian.kit.text import Text
from shulian.park.types import SpaceId

CONGRESS = Congress(
    CongressId(UUID(int=1)),
    OrganizationId(NOWHERE),
    SpaceId("yq"),
    Text("示例大会"),
    Text(),
    FIRST,
    FIRST,
    "Asia/Shanghai",
    "sample",
)
PART, THIRD = SpaceId(f"{BIG}-2"), SpaceId(f"{BIG}-3")


def programme(*places: tuple[Placement | None, int]) -> Programme:
    """A congress whose sessions are there for so many minutes."""
    sessions = tuple(
        replace(one, placed=where, minutes=Minutes(minutes))
        for one, (where, minutes) in zip(SESSIONS, places, strict=False)
    )
    return Programme(CONGRESS, (), HALLS, FORUMS, sessions)


def where(made: Programme) -> dict[SessionId, SpaceId]:
    """In which hall each session is."""
    return {one.id: one.placed.hall for one in made.sessions if one.placed}


@pytest.mark.parametrize(
    ("name", "storey"),
    [
        ("618会议室", 5),
        ("204会议室", 1),
        ("2204室", 21),
        ("3楼多功能厅", 2),
        ("三层宴会厅", 2),
        ("十二楼会议室", 11),
        ("二十一层观景厅", 20),
        ("B1多功能厅", -1),
        ("地下二层影厅", -2),
        ("1F大堂", 0),
        ("5/F 会议室", 4),
        ("L3 论坛区", 2),
        ("301号会议室", 2),
        ("红厅", 0),
        ("2号厅A", 0),
        ("H4 领航舞台", 0),
        ("金厅A+B", 0),
        ("2026年会厅", 0),
        ("花木路1388号大酒店", 0),
        ("龙腾大道2350号艺术中心", 0),
        ("会议室9999", 0),
        ("会议室007", 0),
    ],
)
def test_a_room_says_its_storey_by_its_number_or_its_name(name: str, storey: int) -> None:
    assert storey_of(Text(name)) == storey


@pytest.mark.parametrize(
    ("name", "storey"),
    [
        ("Room 302", 2),
        ("Level 4 Ballroom", 3),
        ("Hall B1", -1),
        ("2nd floor lounge", 1),
        ("12F Sky Room", 11),
        ("Hall 5", 0),
        ("Form 3", 0),
    ],
)
def test_it_does_so_in_english(name: str, storey: int) -> None:
    assert storey_of(Text(en=name)) == storey


def test_two_at_a_time_in_a_room_get_a_part_each_and_are_told() -> None:
    before = programme((at(0), 60), (at(0), 180), (at(4), 60), (at(0, SMALL), 60))

    made, parts, told = apart(before, {BIG, SMALL})

    assert where(made) == {PLENARY: PART, MODELS_1: BIG, SILICON_1: BIG, MODELS_2: SMALL}
    assert parts == {PART: BIG}
    name = Text("多功能厅1东 · 2区", "Multi-function Hall 1 East · Part 2")
    assert made.halls == (*HALLS, replace(HALLS[0], space=PART, name=name))
    assert told == (Divided(PLENARY, MODELS_1, HALLS[0].name, name),)
    assert [one.placed and one.placed.start for one in made.sessions] == [
        one.placed and one.placed.start for one in before.sessions
    ]


def test_a_part_is_used_again_when_it_is_free_and_a_third_where_it_is_not() -> None:
    before = programme((at(0), 240), (at(1), 60), (at(2), 90), (at(3), 60))

    made, parts, told = apart(before, {BIG})

    assert where(made) == {PLENARY: BIG, MODELS_1: PART, SILICON_1: PART, MODELS_2: THIRD}
    assert parts == {PART: BIG, THIRD: BIG}
    assert [(one.session, one.other) for one in told] == [
        (MODELS_1, PLENARY),
        (SILICON_1, PLENARY),
        (MODELS_2, PLENARY),
    ]


def test_one_after_the_other_and_halls_that_stand_are_left_as_they_are() -> None:
    before = programme((at(0), 60), (at(1), 60), (at(0, SMALL), 60), (at(0.5, SMALL), 60))

    assert apart(before, {BIG}) == (before, {}, ())


def test_sessions_without_a_place_are_in_nobodys_way() -> None:
    before = programme((at(0), 60), (None, 60))

    assert apart(before, {BIG}) == (before, {}, ())


@pytest.mark.parametrize(
    ("said", "expected", "capacity"), [(80, 300, 80), (0, 300, 300), (0, 0, None)]
)
def test_a_room_holds_what_is_said_of_it_or_as_many_as_are_expected(
    said: int, expected: int, capacity: int | None
) -> None:
    made = programme((at(0), 60), (at(2), 60), (at(4, SMALL), 60))
    numbers = (expected, expected // 2, 999)
    sessions = tuple(
        replace(one, attendance=count) for one, count in zip(made.sessions, numbers, strict=True)
    )
    hall = replace(HALLS[0], capacity=said)

    assert capacity_of(replace(made, sessions=sessions), hall) == capacity
