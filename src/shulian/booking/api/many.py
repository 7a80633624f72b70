"""What an operator does to many bookings at a time: all of it, or nothing; and back again."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from shulian.booking.api.bookings import book_again, close, give_back, take
from shulian.booking.api.limits import OWN
from shulian.booking.errors import BookingUnknown, ClaimsWrong, Taken
from shulian.booking.store import bookings as store
from shulian.booking.types import (
    MANAGE,
    NOBODY,
    Booking,
    BookingId,
    BookingState,
    ResourceId,
    Shortage,
    Span,
)
from shulian.identity.api import record
from shulian.identity.types import Actor, Subject
from shulian.kit.bus import Bus
from shulian.kit.db import Db

MOST_AT_ONCE = 100
"""Bookings that are released, opened or closed at a time."""


def release_many(
    db: Db, bus: Bus, actor: Actor, wanted: Iterable[BookingId], *, now: datetime
) -> tuple[Booking, ...]:
    """Release all of those, and open what is closed; answers those that held something until now.

    Raises ClaimsWrong, BookingUnknown, HeldByFeature: then none is released.
    """
    actor.demand(MANAGE)
    ids = _some(wanted)
    held = [one for one in store.many(db, ids) if one.state is not BookingState.RELEASED]
    with db.begin_nested():
        for one in ids:
            give_back(db, bus, actor, one, now=now)
    return tuple(held)


def restore_many(
    db: Db, bus: Bus, actor: Actor, wanted: Iterable[BookingId], *, now: datetime
) -> tuple[Booking, ...]:
    """Take back that those were released, and close again what was opened: each is a new one.

    Raises ClaimsWrong, BookingUnknown, Withdrawn, SpanWrong for what is over, and Taken with all
    that is in the way: then none comes back.
    """
    actor.demand(MANAGE)
    ids = _some(wanted)
    made: list[Booking] = []
    short: list[Shortage] = []
    with db.begin_nested():
        for one in ids:
            try:
                made.append(_restored(db, bus, actor, one, now=now))
            except Taken as taken:
                short += taken.shortages
        if short:
            raise Taken(short)
    return tuple(made)


def close_many(
    db: Db,
    bus: Bus,
    actor: Actor,
    wanted: ResourceId,
    closed: Sequence[Span],
    *,
    title: str,
    now: datetime,
) -> tuple[Booking, ...]:
    """Let nobody book a resource in any of `closed`: each is a booking by nobody of its own.

    Raises Taken with what is in the way of each that cannot be closed: then none is.
    """
    actor.demand(MANAGE)
    if not 0 < len(closed) <= MOST_AT_ONCE:
        raise ClaimsWrong(most=MOST_AT_ONCE)
    made: list[Booking] = []
    short: list[Shortage] = []
    with db.begin_nested():
        for one in closed:
            try:
                made.append(close(db, bus, actor, wanted, one, title=title, now=now))
            except Taken as taken:
                short += taken.shortages
        if short:
            raise Taken(short)
    return tuple(made)


def _some(wanted: Iterable[BookingId]) -> list[BookingId]:
    """Those ids, in one order for all who come at the same time; raises ClaimsWrong."""
    ids = sorted(set(wanted))
    if not 0 < len(ids) <= MOST_AT_ONCE:
        raise ClaimsWrong(most=MOST_AT_ONCE)
    return ids


def _restored(db: Db, bus: Bus, actor: Actor, wanted: BookingId, *, now: datetime) -> Booking:
    before = store.get(db, wanted)
    if before.holder != NOBODY:
        return book_again(db, bus, actor, wanted, now=now)
    if before.state is not BookingState.RELEASED or before.source != OWN:
        raise BookingUnknown
    again = take(
        db,
        bus,
        before.claims,
        source=OWN,
        holder=NOBODY,
        title=before.title,
        key=f"again/{wanted}",
        now=now,
    )
    if again.state is BookingState.RELEASED:  # it was closed again before, and opened again
        return _restored(db, bus, actor, again.id, now=now)
    record(db, actor, "booking.close", Subject("booking", str(again.id)), None, again, now=now)
    return again
