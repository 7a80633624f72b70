"""Bookings: taken, confirmed, moved, given back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from shulian.booking.api.limits import OWN, demand_room
from shulian.booking.api.taking import (
    demand,
    demand_offered,
    release_all,
    same,
    sorted_claims,
    take_for,
)
from shulian.booking.errors import (
    BookingOver,
    BookingUnknown,
    HeldByFeature,
    HoldExpired,
    SpanWrong,
    Taken,
    Withdrawn,
    WordsWrong,
)
from shulian.booking.events import Booked, Confirmed, Moved, Released
from shulian.booking.rules import spans, terms
from shulian.booking.store import bookings as store
from shulian.booking.store import resources
from shulian.booking.types import (
    LONGEST_KEY,
    LONGEST_TITLE,
    MANAGE,
    NOBODY,
    Audience,
    Booking,
    BookingId,
    BookingState,
    Claim,
    Holder,
    ResourceId,
    Span,
)
from shulian.identity.api import record
from shulian.identity.types import Actor, Subject
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.errors import Refused
from shulian.kit.ids import new_id

MOST_EXPIRED = 500
"""Holds that are ended in one transaction."""


def take(
    db: Db,
    bus: Bus,
    wanted: Sequence[Claim],
    *,
    source: str,
    holder: Holder,
    title: str = "",
    expires: datetime | None = None,
    key: str | None = None,
    now: datetime,
) -> Booking:
    """Hold all of `wanted` for `holder`, until `expires` or for good: for the features above.

    Asked again with the same `key` it answers the same booking. Raises SpanWrong, UnitsWrong,
    ClaimsWrong, ResourceUnknown, Withdrawn, KeyClash, and Taken with what is in the way: then
    nothing is held.
    """
    demand(wanted)
    state = BookingState.CONFIRMED if expires is None else BookingState.HELD
    made = Booking(
        BookingId(new_id(now)), source, holder, title, state, tuple(wanted), now, expires, key
    )
    try:
        take_for(db, bus, made.id, wanted, new=made, now=now)
    except (store.KeyKnown, Taken, Withdrawn):  # what is taken may be so by the one who asks again
        known_by_key = store.find_by_key(db, source, holder, key) if key is not None else None
        if known_by_key is None:
            raise
        return same(known_by_key, made)
    booking = replace(made, claims=tuple(sorted_claims(made)))
    bus.publish(Booked(booking))
    return booking


def book(
    db: Db,
    bus: Bus,
    actor: Actor,
    wanted: Sequence[Claim],
    *,
    holder: Holder,
    title: str,
    key: str | None = None,
    now: datetime,
) -> Booking:
    """Book for oneself or one's organization; operators book for anyone. As `take`, or Refused.

    What people book has terms (`rules.terms`): SpanWrong says which are not kept.
    """
    known = resources.get(db, {one.resource for one in wanted})
    _demand(actor, holder, {one.audience for one in known.values()})
    _demand_words(title, key)
    _demand_terms(actor, wanted, now)
    demand_room(db, actor, holder, wanted, known, key=key, now=now)
    booking = take(
        db, bus, wanted, source=OWN, holder=holder, title=title.strip(), key=key, now=now
    )
    record(db, actor, "booking.book", _subject(booking.id), None, booking, now=now)
    return booking


def close(
    db: Db,
    bus: Bus,
    actor: Actor,
    wanted: ResourceId,
    span: Span,
    *,
    title: str,
    now: datetime,
) -> Booking:
    """Let nobody book a resource in `span`; raises Taken where somebody has already."""
    actor.demand(MANAGE)
    _demand_words(title)
    capacity = resources.get(db, [wanted])[wanted].capacity
    closed = [Claim(wanted, span, capacity)]
    booking = take(db, bus, closed, source=OWN, holder=NOBODY, title=title.strip(), now=now)
    record(db, actor, "booking.close", _subject(booking.id), None, booking, now=now)
    return booking


def confirm(db: Db, bus: Bus, wanted: BookingId, *, now: datetime) -> Booking:
    """Hold for good what was held for a while; raises HoldExpired and BookingOver."""
    before = in_force(db, wanted, now=now)
    if before.state is BookingState.CONFIRMED:
        return before
    after = replace(before, state=BookingState.CONFIRMED, expires=None)
    store.change(db, wanted, after.state)
    bus.publish(Confirmed(after))
    return after


def prolong(db: Db, wanted: BookingId, *, expires: datetime, now: datetime) -> Booking:
    """Let a hold last until `expires`; raises HoldExpired and BookingOver."""
    before = in_force(db, wanted, now=now)
    if before.state is BookingState.CONFIRMED:
        return before
    store.change(db, wanted, BookingState.HELD, expires)
    return replace(before, expires=expires)


def release(db: Db, bus: Bus, wanted: BookingId) -> Booking:
    """Hold nothing any more; what is released already stays so."""
    before = store.get(db, wanted, lock=True)
    if before.state is BookingState.RELEASED:
        return before
    store.change(db, wanted, BookingState.RELEASED)
    bus.publish(Released(before, expired=False))
    return replace(before, state=BookingState.RELEASED, expires=None)


def change(
    db: Db, bus: Bus, wanted: BookingId, claims: Sequence[Claim], *, now: datetime
) -> Booking:
    """Hold `claims` instead: later, longer, more, something else; raises Taken as `take` does.

    What it holds already it may keep. Nothing is given back unless all of `claims` can be had.
    """
    before = in_force(db, wanted, now=now)
    demand(claims)
    after = replace(before, claims=tuple(claims))
    after = replace(after, claims=tuple(sorted_claims(after)))
    if sorted_claims(before) == list(after.claims):
        return before
    known = resources.get(db, {one.resource for one in claims})
    demand_offered(after.claims, known, before.claims)
    with db.begin_nested():  # what it held comes back where it cannot have what it wants
        store.drop_claims(db, wanted)
        take_for(db, bus, wanted, after.claims, now=now)
    bus.publish(Moved(before, after))
    return after


def give_back(db: Db, bus: Bus, actor: Actor, wanted: BookingId, *, now: datetime) -> Booking:
    """Release one's own booking, or as an operator anyone's; raises HeldByFeature."""
    before = _own(db, actor, wanted, lock=True)
    _demand_own_source(before)
    after = release(db, bus, wanted)
    if after.state is not before.state:
        record(db, actor, "booking.release", _subject(wanted), before, after, now=now)
    return after


def move(
    db: Db, bus: Bus, actor: Actor, wanted: BookingId, claims: Sequence[Claim], *, now: datetime
) -> Booking:
    """Change one's own booking, or as an operator anyone's; as `change` and `book`."""
    before = _own(db, actor, wanted, lock=True)
    _demand_own_source(before)
    known = resources.get(db, {one.resource for one in claims})
    _demand(actor, before.holder, {one.audience for one in known.values()})
    _demand_terms(actor, claims, now)
    demand_room(db, actor, before.holder, claims, known, before=before, now=now)
    after = change(db, bus, wanted, claims, now=now)
    if after != before:
        record(db, actor, "booking.move", _subject(wanted), before, after, now=now)
    return after


def book_again(db: Db, bus: Bus, actor: Actor, wanted: BookingId, *, now: datetime) -> Booking:
    """Take back that a booking was given back: hold the same anew, if nobody else does by now.

    It is another booking with another id. Raises Taken, and BookingUnknown for what still holds
    something.
    """
    before = _own(db, actor, wanted)
    _demand_own_source(before)
    if before.state is not BookingState.RELEASED or before.holder == NOBODY:
        raise BookingUnknown
    again = book(
        db,
        bus,
        actor,
        before.claims,
        holder=before.holder,
        title=before.title,
        key=f"again/{wanted}",
        now=now,
    )
    if again.state is BookingState.RELEASED:  # it was booked again before, and given back again
        return book_again(db, bus, actor, again.id, now=now)
    return again


def bookings_of(db: Db, actor: Actor, wanted: ResourceId, span: Span) -> tuple[Booking, ...]:
    """Who holds a resource in `span`, for operators; raises ResourceUnknown and SpanWrong."""
    actor.demand(MANAGE)
    if code := spans.fault(span):
        raise SpanWrong(fields={"span": code})
    resources.get(db, [wanted])
    return store.of_resource(db, wanted, span)


def own_bookings(db: Db, actor: Actor, *, now: datetime) -> tuple[Booking, ...]:
    """What the actor and their organizations hold now or later."""
    found = list(store.of_holder(db, Holder(actor.demand_person()), since=now))
    for one in actor.belongings:
        found += store.of_holder(db, Holder(organization=one.organization.id), since=now)
    unique = {one.id: one for one in found}
    return tuple(sorted(unique.values(), key=lambda one: (one.claims[0].span.start, one.id)))


def booking(db: Db, actor: Actor, wanted: BookingId) -> Booking:
    """A booking that the actor may see: their own, or as an operator anyone's."""
    return _own(db, actor, wanted)


def expire(db: Db, bus: Bus, *, now: datetime) -> int:
    """End the holds whose time is over, some at a time; answers how many that were."""
    gone = store.expired(db, now=now, most=MOST_EXPIRED)
    release_all(db, bus, gone)
    return len(gone)


def in_force(db: Db, wanted: BookingId, *, now: datetime) -> Booking:
    """A booking that holds something, for nobody else to change meanwhile."""
    found = store.get(db, wanted, lock=True)
    if found.state is BookingState.RELEASED:
        raise BookingOver
    if found.expires is not None and found.expires <= now:
        raise HoldExpired
    return found


def _own(db: Db, actor: Actor, wanted: BookingId, *, lock: bool = False) -> Booking:
    found = store.get(db, wanted, lock=lock)
    if actor.may(MANAGE) or _is_holder(actor, found.holder):
        return found
    actor.demand_person()
    raise BookingUnknown


def _is_holder(actor: Actor, holder: Holder) -> bool:
    if holder.organization is not None:
        return holder.organization in {one.organization.id for one in actor.belongings}
    return holder.person is not None and holder.person == actor.person


def _demand(actor: Actor, holder: Holder, audiences: set[Audience]) -> None:
    """Raise LoginNeeded or Refused where the actor may not book what is for `audiences`."""
    if actor.may(MANAGE):
        return
    actor.demand_person()
    members = holder.organization is not None
    open_to = {Audience.PEOPLE, Audience.MEMBERS} if members else {Audience.PEOPLE}
    if not _is_holder(actor, holder) or not audiences <= open_to:
        raise Refused(permission=MANAGE)


def _demand_own_source(booking: Booking) -> None:
    """Raise HeldByFeature for what a feature above has sold or given: it must know of a change."""
    if booking.source != OWN:
        raise HeldByFeature(source=booking.source)


def _demand_words(title: str, key: str | None = None) -> None:
    """Raise WordsWrong where a title or a key is too long to keep."""
    wrong = {
        "title": "booking.title_long" if len(title) > LONGEST_TITLE else "",
        "key": "booking.key_long" if key and len(key) > LONGEST_KEY else "",
    }
    if any(wrong.values()):
        fields = {name: code for name, code in wrong.items() if code}
        raise WordsWrong(fields=fields, most=LONGEST_TITLE)


def _demand_terms(actor: Actor, wanted: Sequence[Claim], now: datetime) -> None:
    """Raise SpanWrong where a claim does not keep the terms; operators need only look ahead."""
    for one in wanted:
        if code := spans.fault(one.span):
            raise SpanWrong(fields={"span": code})
        code = "booking.span_past" if terms.past(one.span, now) else None
        code = code or (None if actor.may(MANAGE) else terms.fault(one.span, now))
        if code:
            days = {"longest": terms.LONGEST.days, "ahead": terms.AHEAD.days}
            raise SpanWrong(fields={"span": code}, **days)


def _subject(wanted: BookingId) -> Subject:
    return Subject("booking", str(wanted))
