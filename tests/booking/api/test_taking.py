"""Taking what is free, and what one is told where it is not."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from tests.booking.ledgers import DAY, NOW, claim, hours, resource, spans, take
from tests.identity.accounts import COMMAND

from shulian.booking import api
from shulian.booking.errors import (
    BookingOver,
    ClaimsWrong,
    HoldExpired,
    KeyClash,
    ResourceUnknown,
    SpanWrong,
    Taken,
    UnitsWrong,
)
from shulian.booking.events import Booked, Confirmed, Moved, Released
from shulian.booking.types import (
    MOST_CLAIMS,
    MOST_UNITS,
    BookingState,
    Claim,
    ResourceId,
    Span,
)
from shulian.kit.bus import Bus
from shulian.kit.db import Db

SOON = NOW + timedelta(minutes=15)
LATER = NOW + timedelta(minutes=16)


def test_what_is_free_is_taken(db: Db, bus: Bus) -> None:
    room = resource(db)
    booking = take(db, bus, claim(room, 9, 11), key="k")

    assert booking.state is BookingState.CONFIRMED
    assert booking.claims == (claim(room, 9, 11),)
    assert api.confirm(db, bus, booking.id, now=NOW) == booking
    assert bus.published == [Booked(booking)]


def test_what_ends_when_the_other_starts_is_free(db: Db, bus: Bus) -> None:
    room = resource(db)
    for start in (9, 11, 10):
        take(db, bus, claim(room, start, start + 1))

    parts = api.calendar(db, room.id, hours(8, 13), now=NOW).parts
    assert spans([one.span for one in parts]) == [(8, 9), (9, 12), (12, 13)]
    assert [one.units for one in parts] == [0, 1, 0]


@pytest.mark.parametrize("turn", range(6))
def test_what_is_free_at_any_time_is_had_whichever_units_are_free_when(
    db: Db, bus: Bus, turn: int
) -> None:
    room = resource(db, 2)
    for start in (9, 10) if turn % 2 else (10, 9):
        take(db, bus, claim(room, start, start + 1))
    booking = take(db, bus, claim(room, 8, 12), key="k")

    assert booking.claims == (claim(room, 8, 12),)
    assert api.booking(db, COMMAND, booking.id).claims == booking.claims
    assert take(db, bus, claim(room, 8, 12), key="k").id == booking.id
    with pytest.raises(Taken) as told:
        take(db, bus, claim(room, 9, 10))
    assert told.value.shortages


def test_what_is_taken_is_refused_with_what_is_in_the_way_and_when_it_is_free(
    db: Db, bus: Bus
) -> None:
    room = resource(db)
    take(db, bus, claim(room, 9, 11))
    take(db, bus, claim(room, 12, 13))
    with pytest.raises(Taken) as refusal:
        take(db, bus, claim(room, 10, 12))

    (short,) = refusal.value.shortages
    assert (short.claim, short.left) == (claim(room, 10, 12), 0)
    assert spans([one.span for one in short.in_the_way]) == [(9, 11)]
    assert spans(short.next_free) == [(13, 15), (15, 17), (17, 19)]


def test_the_next_free_spans_follow_each_other(db: Db, bus: Bus) -> None:
    room = resource(db)
    for start in (9, 11, 13, 16):
        take(db, bus, claim(room, start, start + 1))
    with pytest.raises(Taken) as refusal:
        take(db, bus, claim(room, 9.5, 10.5))

    assert spans(refusal.value.shortages[0].next_free) == [(10, 11), (12, 13), (14, 15)]


def test_all_is_taken_or_nothing(db: Db, bus: Bus) -> None:
    first, second, third = (resource(db, name=str(number)) for number in range(3))
    take(db, bus, claim(second, 9, 11))
    with pytest.raises(Taken) as refusal:
        take(db, bus, claim(first, 9, 11), claim(second, 10, 12), claim(third, 9, 11))

    assert [one.claim.resource for one in refusal.value.shortages] == [second.id]
    for free in (first, third):
        assert [one.units for one in api.calendar(db, free.id, hours(0, 24), now=NOW).parts] == [0]


def test_what_of_several_things_is_taken_is_told_whatever_else_is_shared(db: Db, bus: Bus) -> None:
    room, desks = resource(db), resource(db, capacity=5)
    take(db, bus, claim(room, 9, 11))

    with pytest.raises(Taken) as refused:
        take(db, bus, claim(desks, 10, 12), claim(room, 10, 12))

    (short,) = refused.value.shortages
    assert (short.claim, spans(short.next_free)) == (
        claim(room, 10, 12),
        [(11, 13), (13, 15), (15, 17)],
    )


def test_units_are_shared_until_there_are_none_left(db: Db, bus: Bus) -> None:
    quota = resource(db, 10)
    for units in (4, 3, 2):
        take(db, bus, claim(quota, 9, None, units))
    with pytest.raises(Taken) as refusal:
        take(db, bus, claim(quota, 9, None, 2))
    take(db, bus, claim(quota, 9, None, 1))

    assert refusal.value.shortages[0].left == 1
    assert refusal.value.shortages[0].next_free == ()


def test_units_that_were_given_back_are_taken_again_however_they_lie(db: Db, bus: Bus) -> None:
    quota = resource(db, 10)
    taken = [take(db, bus, claim(quota, 9, 10)) for _ in range(10)]
    for one in taken[::2]:
        api.release(db, bus, one.id)
    booking = take(db, bus, claim(quota, 9, 10, 5))

    assert booking.claims == (claim(quota, 9, 10, 5),)
    assert api.calendar(db, quota.id, hours(9, 10), now=NOW).parts[0].units == 10


def test_one_of_ten_million_is_taken_at_once(db: Db, bus: Bus) -> None:
    stadium = resource(db, 10_000_000)
    take(db, bus, claim(stadium, 9, 10, 9_999_999))
    take(db, bus, claim(stadium, 9, 10))
    with pytest.raises(Taken):
        take(db, bus, claim(stadium, 9, 10))


def test_asking_again_with_the_same_key_books_nothing_twice(db: Db, bus: Bus) -> None:
    room = resource(db)
    first = take(db, bus, claim(room, 9, 11), key="k")

    assert take(db, bus, claim(room, 9, 11), key="k", now=LATER) == first
    assert bus.published == [Booked(first)]


def test_the_same_instants_in_another_zone_are_the_same(db: Db, bus: Bus) -> None:
    room = resource(db)
    first = take(db, bus, claim(room, 9, 11), key="k")
    shanghai = [datetime.fromisoformat(f"2026-12-01T{hour}:00+08:00") for hour in (17, 19)]

    assert take(db, bus, Claim(room.id, Span(*shanghai)), key="k") == first


def test_another_booking_under_the_same_key_is_refused(db: Db, bus: Bus) -> None:
    room = resource(db)
    take(db, bus, claim(room, 9, 11), key="k")
    with pytest.raises(KeyClash):
        take(db, bus, claim(room, 11, 12), key="k")


def test_a_hold_is_confirmed_in_time(db: Db, bus: Bus) -> None:
    held = take(db, bus, claim(resource(db), 9, 11), expires=SOON)
    longer = api.prolong(db, held.id, expires=LATER, now=NOW)
    confirmed = api.confirm(db, bus, held.id, now=SOON)

    assert longer == replace(held, expires=LATER)
    assert confirmed == replace(held, state=BookingState.CONFIRMED, expires=None)
    assert bus.published == [Booked(held), Confirmed(confirmed)]


def test_a_hold_that_has_expired_is_not_confirmed(db: Db, bus: Bus) -> None:
    held = take(db, bus, claim(resource(db), 9, 11), expires=SOON)
    with pytest.raises(HoldExpired):
        api.confirm(db, bus, held.id, now=SOON)
    with pytest.raises(HoldExpired):
        api.prolong(db, held.id, expires=LATER, now=LATER)


def test_what_an_expired_hold_held_is_free_though_nobody_swept(db: Db, bus: Bus) -> None:
    room, quota = resource(db), resource(db, 5)
    held = take(db, bus, claim(room, 9, 11), claim(quota, 9, 11, 5), expires=SOON)
    with pytest.raises(Taken):
        take(db, bus, claim(room, 10, 12))
    take(db, bus, claim(room, 10, 12), claim(quota, 9, 12, 1), now=SOON)

    assert Released(held, expired=True) in bus.published
    with pytest.raises(BookingOver):
        api.confirm(db, bus, held.id, now=NOW)


def test_expired_holds_are_swept(db: Db, bus: Bus) -> None:
    room = resource(db)
    held = take(db, bus, claim(room, 9, 11), expires=SOON)
    take(db, bus, claim(room, 11, 12), expires=LATER)

    assert [api.expire(db, bus, now=at) for at in (NOW, SOON, SOON)] == [0, 1, 0]
    assert bus.published[-1] == Released(held, expired=True)


def test_what_is_released_is_free_and_stays_released(db: Db, bus: Bus) -> None:
    room = resource(db)
    first = take(db, bus, claim(room, 9, 11))
    released = api.release(db, bus, first.id)
    take(db, bus, claim(room, 9, 11))

    assert released == replace(first, state=BookingState.RELEASED)
    assert api.release(db, bus, first.id) == released
    assert bus.published[1] == Released(first, expired=False)
    with pytest.raises(BookingOver):
        api.confirm(db, bus, first.id, now=NOW)


def test_a_booking_moves_over_itself(db: Db, bus: Bus) -> None:
    room = resource(db)
    first = take(db, bus, claim(room, 9, 11))
    moved = api.change(db, bus, first.id, [claim(room, 10, 12)], now=NOW)
    take(db, bus, claim(room, 9, 10))

    assert moved == replace(first, claims=(claim(room, 10, 12),))
    assert bus.published[1] == Moved(first, moved)


def test_a_booking_that_cannot_move_stays_where_it_was(db: Db, bus: Bus) -> None:
    room = resource(db)
    first = take(db, bus, claim(room, 9, 11))
    take(db, bus, claim(room, 11, 12))
    with pytest.raises(Taken) as refusal:
        api.change(db, bus, first.id, [claim(room, 9, 11.5)], now=NOW)

    assert spans(refusal.value.shortages[0].next_free) == [(12, 14.5), (14.5, 17), (17, 19.5)]
    parts = api.calendar(db, room.id, hours(9, 12), now=NOW).parts
    assert [(one.units, spans([one.span])) for one in parts] == [(1, [(9, 12)])]


def test_what_is_closed_is_not_booked_and_says_so(db: Db, bus: Bus) -> None:
    quota = resource(db, 5)
    take(db, bus, claim(quota, 9, 11, 5))
    with pytest.raises(Taken) as refusal:
        take(db, bus, claim(quota, 10, 12, 1))

    assert [one.closed for one in refusal.value.shortages[0].in_the_way] == [True]


@pytest.mark.parametrize(
    ("span", "code"),
    [
        (hours(11, 9), "booking.span_backwards"),
        (hours(9, 9), "booking.span_backwards"),
        (Span(DAY, DAY + timedelta(seconds=59)), "booking.span_short"),
        (Span(DAY.replace(tzinfo=None), DAY), "booking.span_without_zone"),
        (Span(DAY, DAY.replace(tzinfo=None, hour=5)), "booking.span_without_zone"),
        (Span(DAY.replace(year=1999), DAY), "booking.span_far"),
        (Span(DAY, DAY.replace(year=2201)), "booking.span_far"),
    ],
)
def test_a_span_that_makes_no_sense_is_refused(db: Db, bus: Bus, span: Span, code: str) -> None:
    with pytest.raises(SpanWrong) as refusal:
        take(db, bus, Claim(resource(db).id, span))

    assert refusal.value.fields == {"span": code}


@pytest.mark.parametrize("units", [0, -1, 6, MOST_UNITS, 1 << 40])
def test_units_that_there_are_not_are_refused(db: Db, bus: Bus, units: int) -> None:
    with pytest.raises(UnitsWrong):
        take(db, bus, claim(resource(db, 5), 9, 11, units))


def test_one_thing_is_not_wanted_twice_at_a_time(db: Db, bus: Bus) -> None:
    room = resource(db)
    for wanted in ((), (claim(room, 9, 11), claim(room, 10, 12))):
        with pytest.raises(ClaimsWrong):
            take(db, bus, *wanted)
    with pytest.raises(ClaimsWrong):
        take(db, bus, *[claim(room, 9, 11)] * (MOST_CLAIMS + 1))
    take(db, bus, claim(room, 9, 11), claim(room, 11, 12))


def test_what_is_not_there_is_not_booked(db: Db, bus: Bus) -> None:
    with pytest.raises(ResourceUnknown):
        take(db, bus, Claim(ResourceId(UUID(int=1)), hours(9, 11)))


def test_one_thing_that_is_taken_is_told_beside_one_of_which_there_is_enough(
    db: Db, bus: Bus
) -> None:
    room, quota = resource(db), resource(db, capacity=10)
    take(db, bus, claim(room, 9, 11))

    with pytest.raises(Taken) as refusal:
        take(db, bus, claim(quota, 9, 11, 3), claim(room, 9, 11))

    assert [(one.claim.resource, one.left) for one in refusal.value.shortages] == [(room.id, 0)]
