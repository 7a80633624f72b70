"""The list of a park opens level by level."""

from shulian.kit.text import Text
from shulian.park.rules.outline import MOST, Node, nameless, outline
from shulian.park.types import SpaceId, SpaceKind, Step

PARK = Step(SpaceId("p"), None, SpaceKind.PARK, Text("p"))


def step(name: str, parent: str, kind: SpaceKind, *, named: bool = True) -> Step:
    return Step(SpaceId(name), SpaceId(parent), kind, Text(name) if named else Text())


def test_nests_what_stands_in_something() -> None:
    site = step("s", "p", SpaceKind.SITE)
    house = step("b", "s", SpaceKind.BUILDING)
    plaza = step("z", "s", SpaceKind.PLAZA)
    standing = {PARK.id: 1, site.id: 2, house.id: 5}

    assert outline([PARK, site, plaza, house], standing) == Node(
        PARK,
        (Node(site, (Node(house, (), 5, 0), Node(plaza, (), 0, 0)), 2, 0),),
        1,
        0,
    )


def test_what_is_in_a_building_is_loaded_when_it_is_opened() -> None:
    house = step("b", "p", SpaceKind.BUILDING)
    node = outline([PARK, house], {PARK.id: 1, house.id: 5}).children[0]

    assert (node.opens_later, node.cut) == (True, 0)


def test_a_park_without_anything_is_an_empty_list() -> None:
    assert outline([PARK], {}) == Node(PARK, (), 0, 0)


def test_lists_no_more_than_a_page_holds_and_says_how_many_more_there_are() -> None:
    site = step("s", "p", SpaceKind.SITE)
    inside = [step(f"c{number}", "s", SpaceKind.BUILDING) for number in range(MOST + 5)]

    node = outline([PARK, site, *inside], {PARK.id: 1, site.id: MOST + 5}).children[0]

    assert (len(node.children), node.cut, node.nameless) == (MOST, 5, 0)


def test_a_few_without_a_name_come_after_those_that_have_one() -> None:
    plain = step("a", "p", SpaceKind.BUILDING, named=False)
    named = step("b", "p", SpaceKind.BUILDING)

    listed = outline([PARK, plain, named], {PARK.id: 2})

    assert [node.step.id for node in listed.children] == ["b", "a"]


def test_many_without_a_name_are_left_out_until_they_are_asked_for() -> None:
    crowd = [step(f"a{number}", "p", SpaceKind.BUILDING, named=False) for number in range(30)]
    plaza = step("z", "p", SpaceKind.PLAZA, named=False)
    tower = step("t", "p", SpaceKind.BUILDING)

    listed = outline([PARK, *crowd, plaza, tower], {PARK.id: 32})

    assert [node.step.id for node in listed.children] == ["t", "z"]
    assert (listed.nameless, listed.cut) == (30, 0)
    assert nameless([*crowd, plaza, tower]) == frozenset(crowd)
