"""Many bookings of a feature, moved by one statement: all of them, or none."""

import pytest
from tests.booking.ledgers import NOW, claim, hours, resource, take

from shulian.booking import api
from shulian.booking.errors import SpanWrong
from shulian.booking.types import BookingId, Span
from shulian.kit.bus import Bus
from shulian.kit.db import Db

MORNING, NOON = hours(9, 11), hours(10, 12)


def held(db: Db, wanted: BookingId) -> set[tuple[Span, int]]:
    """What a booking holds: when, and how much."""
    return {(one.span, one.units) for one in api.held(db, wanted).claims}


def test_all_move_also_to_a_time_that_meets_the_one_before(db: Db, bus: Bus) -> None:
    seat, quota = resource(db), resource(db, capacity=3)
    first = take(db, bus, claim(seat, 9, 11), claim(quota, 9, 11, units=2))
    second = take(db, bus, claim(quota, 9, 11))
    published = list(bus.published)

    assert api.move_all(db, [first.id, second.id], MORNING, NOON)
    assert (held(db, first.id), held(db, second.id)) == ({(NOON, 1), (NOON, 2)}, {(NOON, 1)})
    assert bus.published == published
    assert api.free(db, [seat.id, quota.id], hours(9, 10), now=NOW) == {seat.id: 1, quota.id: 3}
    assert api.free(db, [seat.id, quota.id], NOON, now=NOW) == {seat.id: 0, quota.id: 0}


def test_none_moves_where_somebody_else_holds_one_thing(db: Db, bus: Bus) -> None:
    seats = [resource(db) for _ in range(3)]
    mine = [take(db, bus, claim(one, 9, 11)) for one in seats]
    take(db, bus, claim(seats[2], 11, 12))

    assert not api.move_all(db, [one.id for one in mine], MORNING, NOON)
    assert [held(db, one.id) for one in mine] == [{(MORNING, 1)}] * 3


def test_none_moves_where_one_holds_something_at_another_time(db: Db, bus: Bus) -> None:
    seats = [resource(db) for _ in range(2)]
    plain = take(db, bus, claim(seats[0], 9, 11))
    other = take(db, bus, claim(seats[1], 9, 10))

    assert not api.move_all(db, [plain.id, other.id], MORNING, NOON)
    assert held(db, plain.id) == {(MORNING, 1)}


def test_nothing_is_moved_at_once(db: Db) -> None:
    assert api.move_all(db, [], MORNING, NOON)


def test_a_time_that_makes_no_sense_is_refused(db: Db, bus: Bus) -> None:
    one = take(db, bus, claim(resource(db), 9, 11))
    with pytest.raises(SpanWrong):
        api.move_all(db, [one.id], MORNING, hours(12, 10))
