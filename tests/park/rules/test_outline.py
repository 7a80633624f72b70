"""The list of a park opens level by level."""

from shulian.kit.text import Text
from shulian.park.rules.outline import MOST, Node, outline
from shulian.park.types import SpaceId, SpaceKind, Step

PARK = SpaceId("p")


def step(name: str, parent: str, kind: SpaceKind) -> Step:
    return Step(SpaceId(name), SpaceId(parent), kind, Text(name))


def test_nests_what_stands_in_something() -> None:
    site = step("s", "p", SpaceKind.SITE)
    house = step("b", "s", SpaceKind.BUILDING)
    plaza = step("z", "s", SpaceKind.PLAZA)

    assert outline([site, house, plaza], PARK, frozenset({site.id, house.id})) == [
        Node(site, (Node(house, (), more=True), Node(plaza, (), more=False)), more=False)
    ]


def test_a_park_without_anything_is_an_empty_list() -> None:
    assert outline([], PARK, frozenset()) == []


def test_lists_no_more_than_a_page_holds() -> None:
    houses = [step(f"b{number}", "p", SpaceKind.BUILDING) for number in range(MOST + 5)]
    site = step("s", "p", SpaceKind.SITE)
    inside = [step(f"c{number}", "s", SpaceKind.BUILDING) for number in range(MOST + 5)]

    listed = outline([site, *houses, *inside], PARK, frozenset())

    assert len(listed[0].children) == MOST
