"""Nobody holds more than their share of the spaces that people book."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest
from tests.booking.ledgers import NOW, claim, resource
from tests.identity.accounts import COMMAND, actor, join, organization, person
from tests.park.plans import imported

from shulian.booking import api
from shulian.booking.errors import LimitReached, TooManyAhead, TooManyAtOnce
from shulian.booking.rules import terms
from shulian.booking.types import Audience, Booking, Claim, Holder, Resource
from shulian.identity.types import Actor, Role
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.park.types import SpaceId

NAMES = ("yq-hall", "yq-plaza", "yq-seat-1", "yq-seat-2", "yq-seat-3")


@dataclass(frozen=True)
class Desk:
    """Rooms of a park, each of which a thousand may have at a time, and who books them."""

    db: Db
    bus: Bus
    rooms: tuple[Resource, ...]
    ann: Actor
    bob: Actor

    def book(
        self,
        who: Actor,
        *wanted: Claim,
        organization: bool = False,
        key: str | None = None,
        by: Actor | None = None,
    ) -> Booking:
        """A booking by somebody, for themselves or their organization."""
        of = who.belongings[0].organization.id if organization else None
        holder = Holder(who.person, of)
        return api.book(
            self.db, self.bus, by or who, wanted, holder=holder, title="", key=key, now=NOW
        )

    def fill(self, who: Actor, most: int, *, organization: bool = False) -> list[Booking]:
        """So many bookings, one after the other."""
        room = self.rooms[0]
        return [
            self.book(who, claim(room, 2 * one, 2 * one + 1), organization=organization)
            for one in range(most)
        ]


@pytest.fixture
def desk(db: Db, bus: Bus) -> Desk:
    imported(db)
    rooms = [
        api.add_resource(
            db, COMMAND, space=SpaceId(one), capacity=1000, audience=Audience.PEOPLE, now=NOW
        )
        for one in NAMES
    ]
    firm = organization(db, "Firm")
    people = [person(db, f"{one}@firm.example") for one in ("ann", "bob")]
    for one in people:
        join(db, one, firm, Role.MEMBER)
    ann, bob = (actor(db, one) for one in people)
    return Desk(db, bus, tuple(rooms), ann, bob)


def counted(caught: pytest.ExceptionInfo[LimitReached]) -> list[object]:
    """The bookings that count."""
    return [one.id for one in caught.value.bookings]


def ids(found: Sequence[Booking]) -> list[object]:
    return [one.id for one in found]


def test_a_person_is_in_two_spaces_at_a_time_at_the_most(desk: Desk) -> None:
    first = desk.book(desk.ann, claim(desk.rooms[0], 1, 3))
    second = desk.book(desk.ann, claim(desk.rooms[1], 2, 4))
    desk.book(desk.ann, claim(desk.rooms[1], 6, 8))

    with pytest.raises(TooManyAtOnce) as caught:
        desk.book(desk.ann, claim(desk.rooms[2], 2.5, 9))

    assert (caught.value.params, counted(caught)) == ({"most": 2}, [first.id, second.id])
    desk.book(desk.ann, claim(desk.rooms[2], 4, 6))
    desk.book(desk.bob, claim(desk.rooms[2], 2, 3))


def test_what_is_wanted_together_counts_together(desk: Desk) -> None:
    with pytest.raises(TooManyAtOnce):
        desk.book(desk.ann, *(claim(one, 1, 2) for one in desk.rooms[:3]))

    assert len(desk.book(desk.ann, *(claim(one, 1, 2) for one in desk.rooms[:2])).claims) == 2


def test_a_person_has_so_many_ahead_at_the_most(desk: Desk) -> None:
    made = desk.fill(desk.ann, terms.PERSON.ahead)

    with pytest.raises(TooManyAhead) as caught:
        desk.book(desk.ann, claim(desk.rooms[1], 100, 101))

    assert caught.value.params == {"most": 20, "held": 20}
    assert counted(caught) == ids(made)
    api.give_back(desk.db, desk.bus, desk.ann, made[3].id, now=NOW)
    desk.book(desk.ann, claim(desk.rooms[1], 100, 101))


def test_what_is_over_does_not_count(desk: Desk) -> None:
    made = desk.fill(desk.ann, terms.PERSON.ahead)
    end = made[0].claims[0].span.end
    assert end is not None

    api.book(
        desk.db,
        desk.bus,
        desk.ann,
        [claim(desk.rooms[1], 100, 101)],
        holder=Holder(desk.ann.person),
        title="",
        now=end,
    )


def test_an_organization_has_its_own_share_whoever_books(desk: Desk) -> None:
    desk.fill(desk.ann, 2)
    for number in range(terms.ORGANIZATION.at_once):
        who = (desk.ann, desk.bob)[number % 2]
        desk.book(who, claim(desk.rooms[0], 1, 2), organization=True)

    with pytest.raises(TooManyAtOnce) as caught:
        desk.book(desk.bob, claim(desk.rooms[1], 1, 2), organization=True)

    assert caught.value.params == {"most": 10}
    assert len(caught.value.bookings) == 10
    desk.book(desk.bob, claim(desk.rooms[1], 1, 2))


def test_operators_book_for_anyone_without_a_limit(desk: Desk) -> None:
    for one in desk.rooms:
        desk.book(desk.ann, claim(one, 1, 2), by=COMMAND)

    with pytest.raises(TooManyAtOnce):
        desk.book(desk.ann, claim(desk.rooms[0], 1.5, 2))


def test_allowances_and_what_features_hold_do_not_count(desk: Desk) -> None:
    quota = resource(desk.db, capacity=50, audience=Audience.PEOPLE)
    for one in desk.rooms:
        api.take(
            desk.db,
            desk.bus,
            [claim(one, 1, 2)],
            source="ticketing",
            holder=Holder(desk.ann.person),
            now=NOW,
        )
    for _ in range(30):
        desk.book(desk.ann, claim(quota, 1, 2))

    desk.book(desk.ann, claim(desk.rooms[0], 1, 2))


def test_units_of_one_space_count_once(desk: Desk) -> None:
    desk.book(desk.ann, claim(desk.rooms[0], 1, 2, 30))
    desk.book(desk.ann, claim(desk.rooms[1], 1, 2, 30))


def test_who_asks_again_with_the_same_key_is_answered_at_the_limit(desk: Desk) -> None:
    desk.book(desk.ann, claim(desk.rooms[0], 1, 2))
    made = desk.book(desk.ann, claim(desk.rooms[1], 1, 2), key="k")

    assert desk.book(desk.ann, claim(desk.rooms[1], 1, 2), key="k") == made


def test_a_booking_moves_within_the_limit_and_not_beyond(desk: Desk) -> None:
    made = desk.fill(desk.ann, terms.PERSON.ahead)
    room, other = desk.rooms[0], desk.rooms[1]

    def move(to: Claim) -> Booking:
        return api.move(desk.db, desk.bus, desk.ann, made[0].id, [to], now=NOW)

    assert move(claim(room, 2, 3)).claims == (claim(room, 2, 3),)
    assert move(claim(other, 4, 6)).claims == (claim(other, 4, 6),)
    api.give_back(desk.db, desk.bus, desk.ann, made[5].id, now=NOW)
    desk.book(desk.ann, claim(other, 6, 7))
    with pytest.raises(TooManyAtOnce) as caught:
        move(claim(other, 5.5, 6.5))
    assert len(caught.value.bookings) == 2


def test_a_booking_does_not_grow_beyond_what_one_may_have(desk: Desk) -> None:
    made = desk.fill(desk.ann, terms.PERSON.ahead)[0]
    wanted = [*made.claims, claim(desk.rooms[1], 200, 201)]

    with pytest.raises(TooManyAhead):
        api.move(desk.db, desk.bus, desk.ann, made.id, wanted, now=NOW)


def test_who_has_more_by_an_operator_keeps_and_shortens_it(desk: Desk) -> None:
    made = [desk.book(desk.ann, claim(one, 1, 4), by=COMMAND) for one in desk.rooms]

    after = api.move(desk.db, desk.bus, desk.ann, made[0].id, [claim(desk.rooms[0], 2, 3)], now=NOW)

    assert after.claims == (claim(desk.rooms[0], 2, 3),)


def test_what_is_given_back_comes_back_within_the_limit_alone(desk: Desk) -> None:
    made = desk.book(desk.ann, claim(desk.rooms[0], 1, 2))
    api.give_back(desk.db, desk.bus, desk.ann, made.id, now=NOW)
    for one in desk.rooms[1:3]:
        desk.book(desk.ann, claim(one, 1, 2))

    with pytest.raises(TooManyAtOnce):
        api.book_again(desk.db, desk.bus, desk.ann, made.id, now=NOW + timedelta(minutes=1))
