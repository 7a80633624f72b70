"""What stands in a space, as a page lists it."""

from shulian.kit.text import Text
from shulian.park.rules.listing import Group, grouped
from shulian.park.types import SpaceId, SpaceKind, Step


def step(number: int, kind: SpaceKind, name: str = "x") -> Step:
    return Step(SpaceId(f"{kind}-{number}"), None, kind, Text(name))


def test_few_of_several_kinds_stand_in_one_list_by_kind() -> None:
    stage, hall = step(1, SpaceKind.STAGE), step(1, SpaceKind.HALL)

    assert grouped([stage, hall], None) == (Group(None, (hall, stage), 2),)


def test_one_kind_alone_gives_the_list_its_name() -> None:
    garden = step(1, SpaceKind.GARDEN)

    assert grouped([garden], None) == (Group(SpaceKind.GARDEN, (garden,), 1),)


def test_many_of_a_kind_have_a_list_of_their_own_behind_the_others() -> None:
    seats = tuple(step(number, SpaceKind.SEAT) for number in range(30))
    stage = step(1, SpaceKind.STAGE)

    assert grouped([*seats, stage], 10) == (
        Group(SpaceKind.STAGE, (stage,), 1),
        Group(SpaceKind.SEAT, seats[:10], 30),
    )


def test_those_with_a_name_come_first() -> None:
    plain, named = step(1, SpaceKind.BUILDING, ""), step(2, SpaceKind.BUILDING, "Tower")

    assert grouped([plain, named], None)[0].steps == (named, plain)


def test_nothing_makes_no_list() -> None:
    assert grouped([], None) == ()
