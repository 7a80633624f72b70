"""What is withdrawn is booked by nobody anew, and what is booked of it stays."""

import pytest
from tests.booking.ledgers import NOW, claim, hours, resource, take
from tests.identity.accounts import COMMAND, actor, entries, person
from tests.park.plans import HALL, imported

from shulian.booking import api
from shulian.booking.errors import ResourceUnknown, Withdrawn
from shulian.booking.types import Audience, Holder, Remaining, ResourceId
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.errors import Refused
from shulian.park.types import SpaceId

SOMEBODY = "somebody@somewhere.example"


def test_nobody_books_it_anew_neither_people_nor_features(db: Db, bus: Bus) -> None:
    room = resource(db, audience=Audience.PEOPLE)
    ann = actor(db, person(db, SOMEBODY))
    api.withdraw_resource(db, COMMAND, room.id, now=NOW)

    for who in (ann, COMMAND):
        with pytest.raises(Withdrawn):
            api.book(
                db, bus, who, [claim(room, 1, 2)], holder=Holder(ann.person), title="", now=NOW
            )
    with pytest.raises(Withdrawn):
        take(db, bus, claim(room, 1, 2))
    assert api.free(db, [room.id], hours(1, 2), now=NOW) == {room.id: 0}


def test_the_operator_is_told_what_is_held_of_it_still(db: Db, bus: Bus) -> None:
    desks = resource(db, capacity=5)
    ann = Holder(person(db, SOMEBODY).id)
    take(db, bus, claim(desks, -400, -399), holder=ann)  # over
    take(db, bus, claim(desks, 1, 2), claim(desks, 5, 6), holder=ann)
    take(db, bus, claim(desks, 2, 4), holder=ann)
    take(db, bus, claim(desks, 20, 24, 5))  # closed
    assert api.remaining(db, COMMAND, desks.id, now=NOW) == Remaining(2, hours(0, 6).end)

    assert api.withdraw_resource(db, COMMAND, desks.id, now=NOW) == Remaining(2, hours(0, 6).end)
    for one in api.bookings_of(db, COMMAND, desks.id, hours(0, 10)):
        api.release(db, bus, one.id)
    assert api.remaining(db, COMMAND, desks.id, now=NOW) == Remaining(0, None)


def test_what_has_no_end_remains_without_end(db: Db, bus: Bus) -> None:
    room = resource(db)
    take(db, bus, claim(room, 1, None), holder=Holder(person(db, SOMEBODY).id))

    assert api.withdraw_resource(db, COMMAND, room.id, now=NOW) == Remaining(1, None)


def test_what_is_booked_is_kept_shortened_and_not_prolonged(db: Db, bus: Bus) -> None:
    room = resource(db)
    made = take(db, bus, claim(room, 1, 4))
    api.withdraw_resource(db, COMMAND, room.id, now=NOW)

    assert api.change(db, bus, made.id, [claim(room, 2, 3)], now=NOW).claims == (claim(room, 2, 3),)
    for other in (claim(room, 2, 4), claim(room, 5, 6)):
        with pytest.raises(Withdrawn):
            api.change(db, bus, made.id, [other], now=NOW)
    assert api.held(db, made.id).claims == (claim(room, 2, 3),)


def test_of_several_things_the_others_still_move(db: Db, bus: Bus) -> None:
    room, desk = resource(db), resource(db)
    made = take(db, bus, claim(room, 1, 2), claim(desk, 1, 2))
    api.withdraw_resource(db, COMMAND, room.id, now=NOW)

    after = api.change(db, bus, made.id, [claim(room, 1, 2), claim(desk, 3, 4)], now=NOW)

    assert after.claims == (claim(room, 1, 2), claim(desk, 3, 4))


def test_who_asks_again_with_the_same_key_is_answered_the_same(db: Db, bus: Bus) -> None:
    room = resource(db)
    made = take(db, bus, claim(room, 1, 2), key="k")
    api.withdraw_resource(db, COMMAND, room.id, now=NOW)

    assert take(db, bus, claim(room, 1, 2), key="k") == made


def test_that_is_taken_back_and_each_is_on_record_once(db: Db, bus: Bus) -> None:
    room = resource(db)
    for _ in range(2):
        api.withdraw_resource(db, COMMAND, room.id, now=NOW)
    for _ in range(2):
        assert api.offer_resource(db, COMMAND, room.id, now=NOW) == room

    assert take(db, bus, claim(room, 1, 2)).claims == (claim(room, 1, 2),)
    assert [one.verb for one in entries(db)] == [
        "booking.add_resource",
        "booking.withdraw_resource",
        "booking.offer_resource",
    ]


def test_it_is_no_more_among_what_can_be_booked(db: Db) -> None:
    imported(db)
    hall = api.add_resource(db, COMMAND, space=HALL, audience=Audience.PEOPLE, now=NOW)
    park = SpaceId("yq")
    assert api.resources_in(db, park) == (hall,)

    api.withdraw_resource(db, COMMAND, hall.id, now=NOW)

    assert api.resources_in(db, park) == ()
    assert api.resource_of(db, HALL).withdrawn


def test_operators_alone_do_so(db: Db) -> None:
    room = resource(db)
    ann = actor(db, person(db, SOMEBODY))

    for act in (api.withdraw_resource, api.offer_resource, api.remaining):
        with pytest.raises(Refused):
            act(db, ann, room.id, now=NOW)


def test_what_is_not_there_is_not_withdrawn(db: Db) -> None:
    nowhere = ResourceId(person(db, SOMEBODY).id)

    for act in (api.withdraw_resource, api.offer_resource, api.remaining):
        with pytest.raises(ResourceUnknown):
            act(db, COMMAND, nowhere, now=NOW)
