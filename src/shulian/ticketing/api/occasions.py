"""Occasions: made, changed, opened, looked at."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from shulian.booking import api as ledger
from shulian.booking.types import BookingId, Claim, Holder, Span
from shulian.identity.api import organization, record
from shulian.identity.types import Actor, OrganizationId, Subject
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.ids import new_id
from shulian.kit.text import Text
from shulian.park import api as park_api
from shulian.park.errors import SpaceUnknown
from shulian.park.types import SpaceId, SpaceKind
from shulian.ticketing.api.holding import SOURCE, claims_of, in_turn
from shulian.ticketing.errors import HallInUse, OccasionNotReady, OccasionOver, OccasionUnknown
from shulian.ticketing.events import OccasionChanged
from shulian.ticketing.rules import entries
from shulian.ticketing.store import occasions as store
from shulian.ticketing.store import orders, sales
from shulian.ticketing.types import SELL, Occasion, OccasionId, OccasionState, OrderState


def add_occasion(
    db: Db,
    bus: Bus,
    actor: Actor,
    *,
    organizer: OrganizationId,
    title: Text,
    about: Text,
    space: SpaceId,
    span: Span,
    gentle: bool = False,
    now: datetime,
) -> Occasion:
    """Plan an occasion, and hold its hall for it: a draft, until it is opened.

    Raises Invalid with the wrong fields, OrganizationMissing, SpaceUnknown, and booking's Taken
    where the hall is not free.
    """
    actor.demand(SELL, organizer)
    organization(db, actor, organizer)
    called, told = entries.tidy(title), entries.tidy(about)
    new = Occasion(
        id=OccasionId(new_id(now)),
        organizer=organizer,
        title=called,
        about=told,
        space=space,
        span=span,
        state=OccasionState.DRAFT,
        gentle=gentle,
    )
    _demand(new)
    place = park_api.path(db, space)
    if place[-1].kind is not SpaceKind.PARK:
        new = replace(new, booking=_hold(db, bus, new, now=now))
    store.put_new(db, new, place[0].id)
    record(db, actor, "ticketing.add_occasion", _subject(new), None, new, now=now)
    bus.publish(OccasionChanged(None, new))
    return new


def change_occasion(
    db: Db,
    bus: Bus,
    actor: Actor,
    wanted: OccasionId,
    *,
    title: Text | None = None,
    about: Text | None = None,
    space: SpaceId | None = None,
    span: Span | None = None,
    gentle: bool | None = None,
    now: datetime,
) -> Occasion:
    """Call an occasion otherwise, or let it take place at another time, with all that is held.

    It may take place elsewhere in its park as long as no seat was ever ordered: which seats there
    are for sale is said anew then. Raises Invalid, OccasionOver, HallInUse, SpaceUnknown, and
    booking's Taken where the hall or a seat is not free then.
    """
    before = organized(db, actor, wanted, locked=True)
    if before.state is OccasionState.CANCELLED:
        raise OccasionOver
    after = replace(
        before,
        title=before.title if title is None else entries.tidy(title),
        about=before.about if about is None else entries.tidy(about),
        space=space or before.space,
        span=span or before.span,
        gentle=before.gentle if gentle is None else gentle,
    )
    _demand(after)
    if after == before:
        return before
    if after.space != before.space:
        after = _elsewhere(db, bus, before, after, now=now)
    else:
        store.put(db, after)
        if after.span != before.span and after.booking is not None:
            held = ledger.held(db, after.booking)
            claims = [replace(one, span=after.span) for one in held.claims]
            ledger.change(db, bus, after.booking, claims, now=now)
            show_hall(db, after, now=now)
    if after.span != before.span:
        _move(db, bus, before.span, after, now=now)
    record(db, actor, "ticketing.change_occasion", _subject(after), before, after, now=now)
    bus.publish(OccasionChanged(before, after))
    return after


def open_occasion(db: Db, bus: Bus, actor: Actor, wanted: OccasionId, *, now: datetime) -> Occasion:
    """Sell its tickets, in their windows; raises OccasionNotReady, OccasionOver."""
    before = organized(db, actor, wanted, locked=True)
    if before.state is OccasionState.CANCELLED:
        raise OccasionOver
    if before.state is OccasionState.OPEN:
        return before
    if not sales.types_of(db, wanted):
        raise OccasionNotReady
    after = replace(before, state=OccasionState.OPEN)
    store.put(db, after)
    record(db, actor, "ticketing.open_occasion", _subject(after), before, after, now=now)
    bus.publish(OccasionChanged(before, after))
    return after


def close_occasion(
    db: Db, bus: Bus, actor: Actor, wanted: OccasionId, *, now: datetime
) -> Occasion:
    """Sell nothing more for it until it is opened again; what is not open stays as it is.

    Raises OccasionOver.
    """
    before = organized(db, actor, wanted, locked=True)
    if before.state is OccasionState.CANCELLED:
        raise OccasionOver
    if before.state is not OccasionState.OPEN:
        return before
    after = replace(before, state=OccasionState.CLOSED)
    store.put(db, after)
    record(db, actor, "ticketing.close_occasion", _subject(after), before, after, now=now)
    bus.publish(OccasionChanged(before, after))
    return after


def hall_is_fixed(db: Db, wanted: OccasionId) -> bool:
    """Whether an occasion must stay in its hall: a seat of it was ordered."""
    return sales.any_seat_ordered(db, wanted)


def occasion(db: Db, actor: Actor, wanted: OccasionId) -> Occasion:
    """An occasion; a draft is there for its organizer alone."""
    found = store.get(db, wanted)
    if not _may_see(actor, found):
        raise OccasionUnknown
    return found


def occasions(db: Db, actor: Actor, park: SpaceId, *, now: datetime) -> tuple[Occasion, ...]:
    """What takes place in a park now or later, the first first, as far as the actor may see it."""
    park_api.space(db, park)
    found = store.list_(db, park, since=now)
    return tuple(one for one in found if _may_see(actor, one))


def organized(db: Db, actor: Actor, wanted: OccasionId, *, locked: bool = False) -> Occasion:
    """An occasion whose organizer the actor speaks for; raises OccasionUnknown and Refused."""
    found = store.lock(db, wanted) if locked else store.get(db, wanted)
    if not _may_see(actor, found):
        raise OccasionUnknown
    actor.demand(SELL, found.organizer)
    return found


def _may_see(actor: Actor, one: Occasion) -> bool:
    return one.state is not OccasionState.DRAFT or actor.may(SELL, one.organizer)


def _demand(one: Occasion) -> None:
    entries.demand(
        {
            "title": entries.title_fault(one.title),
            "about": entries.about_fault(one.about),
            "span": entries.span_fault(one.span),
        }
    )


def _hold(db: Db, bus: Bus, new: Occasion, *, now: datetime) -> BookingId:
    """Hold all of the hall."""
    hall = park_api.space(db, new.space)
    resource = ledger.resources_of(db, [hall], now=now)[hall.id]
    claims = [Claim(resource.id, new.span, resource.capacity)]
    holder = Holder(organization=new.organizer)
    title = new.title.zh or new.title.en
    made = ledger.take(db, bus, claims, source=SOURCE, holder=holder, title=title, now=now)
    ledger.show_all_later(db, [resource.id])
    return made.id


def show_hall(db: Db, where: Occasion, *, now: datetime) -> None:
    """Have the hall of an occasion say anew what it is, from when to when."""
    found = ledger.resources_of(db, [park_api.space(db, where.space)], now=now)
    ledger.show_all_later(db, [one.id for one in found.values()])


def _elsewhere(db: Db, bus: Bus, before: Occasion, after: Occasion, *, now: datetime) -> Occasion:
    """`after`, which holds its own hall and none of the seats of the one before."""
    if hall_is_fixed(db, after.id):
        raise HallInUse
    place = park_api.path(db, after.space)
    if place[0].id != store.park_of(db, after.id):
        raise SpaceUnknown(space=after.space)
    sales.drop_all_seats(db, after.id)
    halls = place[-1].kind is not SpaceKind.PARK
    after = replace(after, booking=_hold(db, bus, after, now=now) if halls else None)
    store.put(db, after)
    if before.booking is not None:
        ledger.release(db, bus, before.booking)
        show_hall(db, before, now=now)
    return after


def _move(db: Db, bus: Bus, before: Span, after: Occasion, *, now: datetime) -> None:
    """Have all orders hold the time of `after` instead of `before`, all of them or none.

    One statement moves them. Where the time is not free for all it is asked for one by one: that
    finds other units where there are, or tells what is in the way.
    """
    in_force: Sequence[OrderState] = (OrderState.HELD, OrderState.PAID)
    for one in orders.of_occasion(db, after.id, [OrderState.HELD]):
        if one.expires is not None and one.expires <= now:
            in_turn(db, bus, one.id, now=now)  # has expired by then, and takes no room anywhere
    known = orders.of_occasion(db, after.id, in_force)
    if ledger.move_all(db, [one.booking for one in known], before, after.span):
        return
    for seen in known:
        one = in_turn(db, bus, seen.id, now=now)
        if one.state in in_force:
            ledger.change(db, bus, one.booking, claims_of(db, after, one.tickets), now=now)


def _subject(one: Occasion) -> Subject:
    return Subject("occasion", str(one.id))
