"""Rights: the usual, the rules of the nearest zone, and who they are for."""

from itertools import pairwise

import pytest
from tests.world.visitors import HALL, NOW, PARK, STOREY, visitor

from shulian.identity.types import OrganizationId, PersonId
from shulian.kit.ids import new_id
from shulian.park.types import SpaceId
from shulian.world.rules.rights import rights_in
from shulian.world.types import MODERATE, PRESENT, Audience, Right, Rule, Visitor

PARENTS: dict[SpaceId, SpaceId | None] = {
    **{lower: upper for upper, lower in pairwise([PARK, STOREY, HALL])},
    PARK: None,
}
FIRM = OrganizationId(new_id(NOW))
GUEST = visitor()
PERSON = visitor("bob", person=PersonId(new_id(NOW)), organizations=frozenset({FIRM}))
STAFF = visitor("sue", permissions=frozenset({PRESENT}))
BOSS = visitor("max", permissions=frozenset({MODERATE}))
USUAL = {Right.ENTER, Right.SPEAK}


@pytest.mark.parametrize(
    ("who", "rights"),
    [
        (GUEST, USUAL),
        (PERSON, USUAL),
        (STAFF, {*USUAL, Right.PRESENT}),
        (BOSS, set(Right)),
    ],
)
def test_where_no_rule_stands_the_usual_holds(who: Visitor, rights: set[Right]) -> None:
    assert rights_in(HALL, PARENTS, [], who) == rights


@pytest.mark.parametrize(
    ("audience", "may"),
    [
        (Audience.EVERYONE, {"g-ann", "g-bob", "g-sue", "g-max"}),
        (Audience.ACCOUNTS, {"g-bob", "g-max"}),
        (Audience.STAFF, {"g-max"}),
        (Audience.MEMBERS, {"g-bob", "g-max"}),
    ],
)
def test_a_rule_gives_a_right_to_its_audience(audience: Audience, may: set[str]) -> None:
    rule = Rule(HALL, Right.SPEAK, audience, FIRM if audience is Audience.MEMBERS else None)

    assert {
        who.key
        for who in (GUEST, PERSON, STAFF, BOSS)
        if Right.SPEAK in rights_in(HALL, PARENTS, [rule], who)
    } == may


def test_the_rule_of_the_nearest_zone_counts() -> None:
    rules = [
        Rule(PARK, Right.ENTER, Audience.STAFF),
        Rule(STOREY, Right.ENTER, Audience.EVERYONE),
    ]

    assert [
        Right.ENTER in rights_in(one, PARENTS, rules, GUEST) for one in (PARK, STOREY, HALL)
    ] == [
        False,
        True,
        True,
    ]


def test_a_rule_holds_for_its_own_right_alone() -> None:
    rules = [Rule(PARK, Right.SPEAK, Audience.STAFF)]

    assert rights_in(HALL, PARENTS, rules, GUEST) == {Right.ENTER}
