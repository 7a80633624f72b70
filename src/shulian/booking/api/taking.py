"""Taking what is free: all of what is wanted or nothing, and an answer that helps where it is not.

The database decides, in one call. What is asked afterwards is asked to tell what is in the way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from shulian.booking.errors import (
    ClaimsWrong,
    KeyClash,
    ResourceUnknown,
    SpanWrong,
    Taken,
    UnitsWrong,
    Withdrawn,
)
from shulian.booking.events import Released
from shulian.booking.rules import gaps, patches, spans
from shulian.booking.store import bookings as store
from shulian.booking.store import resources
from shulian.booking.store.bookings import Short
from shulian.booking.store.claims import Piece, joined
from shulian.booking.store.resources import Holding
from shulian.booking.types import (
    MOST_CLAIMS,
    MOST_UNITS,
    Booking,
    BookingId,
    BookingState,
    Claim,
    Resource,
    ResourceId,
    Shortage,
    Span,
)
from shulian.kit.bus import Bus
from shulian.kit.db import Db

_TRIES = 8
"""Times that it is looked anew where others gave back or took something meanwhile."""
_MOST_PATCHES = 2_000
"""Claims of others beyond which no claim is put together from units one after the other."""
_AHEAD = timedelta(days=92)
"""So far ahead it is looked for a time that is free."""


def demand(wanted: Sequence[Claim]) -> None:
    """Raise what is wrong with `wanted`, whatever there is."""
    if not wanted or len(wanted) > MOST_CLAIMS:
        raise ClaimsWrong(most=MOST_CLAIMS)
    for one in wanted:
        if code := spans.fault(one.span):
            raise SpanWrong(fields={"span": code})
        if not 0 < one.units <= MOST_UNITS:
            raise UnitsWrong(units=one.units, capacity=MOST_UNITS)
    if len(wanted) > 1:
        _demand_apart(wanted)


def take_for(
    db: Db,
    bus: Bus,
    booking: BookingId,
    wanted: Sequence[Claim],
    *,
    new: Booking | None = None,
    now: datetime,
) -> None:
    """Have a booking hold units for all of `wanted`; raises Taken, UnitsWrong, ResourceUnknown.

    new  the booking itself, where it is to be kept with them
    """
    seen = _hull(wanted, now)
    for _ in range(_TRIES):
        short = store.take(db, booking, wanted, new=new, seen=seen, now=now)
        if short is None:
            return
        _demand_there(wanted, short.capacities)
        expired = {each for one in short.held if _hinders(one, wanted) for each in one.expired}
        gone = store.still_expired(db, expired, now=now) if expired else ()
        release_all(db, bus, gone)
        if gone:
            continue
        if shortages := _shortages(wanted, short, now=now):
            raise Taken(shortages)
        # there is enough at any time, but no unit is free all the time
        pieces = _pieces(db, wanted, short.capacities, booking.int)
        if pieces and store.take_pieces(db, booking, pieces, new=new):
            return
    raise Taken


def _demand_apart(wanted: Sequence[Claim]) -> None:
    """Raise ClaimsWrong where one thing is wanted twice at a time."""
    ordered = sorted(wanted, key=lambda one: (one.resource, one.span.start))
    for one, other in pairwise(ordered):
        if one.resource == other.resource and spans.meet(one.span, other.span):
            raise ClaimsWrong(most=MOST_CLAIMS)


def demand_offered(
    wanted: Sequence[Claim], known: dict[ResourceId, Resource], had: Sequence[Claim] = ()
) -> None:
    """Raise Withdrawn where a resource is not to be booked anew; what one `had` one may keep."""
    for one in wanted:
        if known[one.resource].withdrawn and not any(spans.covers(each, one) for each in had):
            raise Withdrawn


def _demand_there(wanted: Sequence[Claim], capacities: Mapping[ResourceId, int]) -> None:
    """Raise ResourceUnknown and UnitsWrong: there is no such thing, or not so much of it."""
    for one in wanted:
        if one.resource not in capacities:
            raise ResourceUnknown(resource=str(one.resource))
        if one.units > capacities[one.resource]:
            raise UnitsWrong(units=one.units, capacity=capacities[one.resource])


def release_all(db: Db, bus: Bus, gone: Sequence[Booking]) -> None:
    """Let holds that have expired hold nothing any more."""
    for one in gone:
        store.change(db, one.id, BookingState.RELEASED)
        bus.publish(Released(one, expired=True))


def same(known: Booking, wanted: Booking) -> Booking:
    """What was booked under a key before; raises KeyClash where something else is wanted now."""
    if (sorted_claims(known), known.title) != (sorted_claims(wanted), wanted.title):
        raise KeyClash(key=known.key or "")
    return known


def sorted_claims(booking: Booking) -> list[Claim]:
    """What it holds, in one order, however it was written."""
    return list(joined(replace(one, span=spans.in_utc(one.span)) for one in booking.claims))


def _shortages(wanted: Sequence[Claim], short: Short, *, now: datetime) -> tuple[Shortage, ...]:
    """Which of `wanted` cannot be had, and when each of it could be."""
    found: list[Shortage] = []
    for one in wanted:
        capacity = short.capacities[one.resource]
        occupied = [each.occupied for each in short.held if each.resource == one.resource]
        left = gaps.left(occupied, capacity, one.span)
        if left >= one.units:
            continue
        way = tuple(taken for taken in occupied if spans.meet(taken.span, one.span))
        length = None if one.span.end is None else one.span.end - one.span.start
        ahead = Span(max(one.span.start, now), _hull([one], now).end)
        free = gaps.next_free(occupied, capacity, one.units, length, ahead)
        found.append(Shortage(one, left, way, free))
    return tuple(found)


def _hull(wanted: Sequence[Claim], now: datetime) -> Span:
    """All of the time that is wanted, and the time in which it is looked for instead."""
    start = min(one.span.start for one in wanted)
    if any(one.span.end is None for one in wanted):
        return Span(start, None)
    return Span(start, max(now, *(spans.end_of(one.span) for one in wanted)) + _AHEAD)


def _hinders(one: Holding, wanted: Sequence[Claim]) -> bool:
    return any(
        one.resource == each.resource and spans.meet(one.occupied.span, each.span)
        for each in wanted
    )


def _pieces(
    db: Db, wanted: Sequence[Claim], capacities: Mapping[ResourceId, int], place: int
) -> list[Piece] | None:
    """Units for all of `wanted`, of some several one after the other; None: not so many."""
    pieces: list[Piece] = []
    for one in wanted:
        if ranges := store.free_units(db, one, place=place):
            pieces += [Piece(one.resource, one.span, low, high) for low, high in ranges]
        elif found := _patches(db, one, capacities[one.resource]):
            pieces += [Piece(one.resource, span, low, high) for (low, high), span in found]
        else:
            return None
    return pieces


def _patches(db: Db, one: Claim, capacity: int) -> tuple[patches.Patch, ...] | None:
    """Units that are free one after the other, where none is all the time."""
    taken = resources.taken_patches(db, one.resource, one.span, _MOST_PATCHES)
    return None if taken is None else patches.patches(taken, capacity, one.units, one.span)
