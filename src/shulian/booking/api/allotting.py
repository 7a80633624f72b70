"""What the features above have booked: their allowances, and the spaces they sell.

They know who may, as they do for `take`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from shulian.booking.api.bookings import in_force
from shulian.booking.api.capacities import checked, put_resized
from shulian.booking.errors import ClaimsWrong, SpanWrong
from shulian.booking.events import Moved
from shulian.booking.rules import spans
from shulian.booking.store import bookings, parts
from shulian.booking.store import resources as store
from shulian.booking.types import Booking, BookingId, Claim, Resource, ResourceId, Span
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.ids import new_id
from shulian.kit.text import Text
from shulian.park.types import Space, SpaceId


def add_allowance(db: Db, *, name: Text, capacity: int, now: datetime) -> Resource:
    """A new allowance, such as a quota of tickets; raises UnitsWrong."""
    new = Resource(ResourceId(new_id(now)), name, checked(capacity))
    store.put_new(db, new)
    return new


def change_allowance(db: Db, wanted: ResourceId, *, capacity: int) -> Resource:
    """Let an allowance hold more or less; raises UnitsWrong, CapacityInUse."""
    before = store.get(db, [wanted])[wanted]
    after = replace(before, capacity=checked(capacity))
    put_resized(db, before, after)
    return after


def resources_of(db: Db, spaces: Collection[Space], *, now: datetime) -> Mapping[SpaceId, Resource]:
    """The resources that `spaces` are; what could not be booked before can be, as one unit."""
    ids = [one.id for one in spaces]
    known = store.of_spaces(db, ids)
    new = [
        Resource(ResourceId(new_id(now)), one.name, 1, one.id)
        for one in sorted(spaces, key=lambda one: one.id)  # as all: nobody waits in a ring
        if one.id not in known
    ]
    if new:
        store.put_many(db, new)
        known = store.of_spaces(db, ids)
    return known


def held_by_others(
    db: Db,
    spaces: Collection[SpaceId],
    span: Span,
    ours: Collection[BookingId],
    *,
    now: datetime,
) -> Mapping[SpaceId, tuple[Span, ...]]:
    """When bookings that are not `ours` hold anything of `spaces` in `span`.

    For features that plan on paper before they take: nobody is kept from booking meanwhile.
    """
    found = store.held_spans(db, spaces, span, ours, now=now)
    return {space: tuple(spans) for space, spans in found.items()}


def free(
    db: Db, wanted: Iterable[ResourceId], span: Span, *, now: datetime
) -> Mapping[ResourceId, int]:
    """The units of each that are free throughout `span`, seen at `now`; of what is withdrawn, 0."""
    known = store.get(db, wanted)
    taken = store.taken(db, known, span, now=now)
    return {
        one.id: 0 if one.withdrawn else one.capacity - taken.get(one.id, 0)
        for one in known.values()
    }


def held(db: Db, wanted: BookingId, *, locked: bool = False) -> Booking:
    """A booking of a feature above, for nobody else to change meanwhile if `locked`."""
    return bookings.get(db, wanted, lock=locked)


def reduce(
    db: Db, bus: Bus, wanted: BookingId, claims: Sequence[Claim], *, now: datetime
) -> Booking:
    """Give back what is not in `claims`: fewer units at the same time, or nothing of a resource.

    Nothing is taken, so nobody is waited for. Raises ClaimsWrong where that would be more or
    something else, HoldExpired and BookingOver.
    """
    before = in_force(db, wanted, now=now)
    had = {(one.resource, one.span): one.units for one in before.claims}
    kept = {(one.resource, one.span): one.units for one in claims}
    more = any(units > had.get(what, 0) for what, units in kept.items())
    if not kept or more or len(kept) < len(claims) or len({one for one, _ in had}) < len(had):
        raise ClaimsWrong(most=len(had))
    for (resource, span), amount in had.items():
        if kept.get((resource, span), 0) < amount:
            parts.keep(db, wanted, resource, kept.get((resource, span), 0))
    left = (
        replace(one, units=kept[one.resource, one.span])
        for one in before.claims
        if (one.resource, one.span) in kept
    )
    after = replace(before, claims=tuple(left))
    bus.publish(Moved(before, after))
    return after


def move_all(db: Db, wanted: Sequence[BookingId], before: Span, after: Span) -> bool:
    """Have bookings of a feature hold at `after` what they hold at `before`: all, or none.

    One statement, however many they are, that nobody else is told of: the feature knows. False
    where it cannot be so; `change` tells of each why, and finds other units where there are any.
    """
    if code := spans.fault(after):
        raise SpanWrong(fields={"span": code})
    return parts.move(db, wanted, before, after)
