"""What is sold for an occasion: ticket types, and the seats of each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from shulian.booking import api as ledger
from shulian.booking.types import ResourceId, Span
from shulian.identity.api import record
from shulian.identity.types import Actor, Subject
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.errors import Invalid
from shulian.kit.ids import new_id
from shulian.kit.text import Text
from shulian.park import api as park_api
from shulian.park.types import SpaceId, SpaceKind
from shulian.ticketing.api.occasions import occasion as visible
from shulian.ticketing.api.occasions import organized
from shulian.ticketing.errors import (
    OccasionOver,
    OnlineInUse,
    PriceInUse,
    SeatInUse,
    SeatWrong,
    TypeUnknown,
)
from shulian.ticketing.events import TypeChanged
from shulian.ticketing.rules import entries
from shulian.ticketing.store import occasions, orders
from shulian.ticketing.store import sales as store
from shulian.ticketing.types import (
    Buyers,
    Fen,
    Occasion,
    OccasionId,
    OccasionState,
    Seat,
    SeatState,
    TicketState,
    TicketType,
    TicketTypeId,
)

MOST_SEATS = 20_000
"""Seats of one type."""
AS_MANY_AS_SEATS = 1_000_000
"""The quota of a seated type that names none: its seats alone set a limit."""


def add_type(
    db: Db,
    bus: Bus,
    actor: Actor,
    occasion: OccasionId,
    *,
    name: Text,
    price: Fen,
    capacity: int | None = None,
    shares: TicketTypeId | None = None,
    sale: Span,
    buyers: Buyers = Buyers.PEOPLE,
    seated: bool = False,
    online: bool = True,
    on_site: bool = True,
    most: int = 10,
    now: datetime,
) -> TicketType:
    """Sell something else for an occasion.

    capacity  how many there are; a seated type may leave that to its seats
    shares    the type from whose quota it is taken instead

    Raises Invalid with the wrong fields, TypeUnknown, and booking's UnitsWrong.
    """
    where = _to_change(db, actor, occasion)
    known = store.types_of(db, occasion)
    shared = _shared(known, shares)
    if shared is None and capacity is None and not seated:
        raise Invalid(fields={"capacity": "ticketing.capacity_missing"})
    if shared is not None and capacity is not None:
        raise Invalid(fields={"capacity": "ticketing.capacity_shared"})
    new = TicketType(
        id=TicketTypeId(new_id(now)),
        occasion=occasion,
        name=entries.tidy(name),
        price=price,
        quota=shared or ResourceId(new_id(now)),
        sale=sale,
        buyers=buyers,
        seated=seated,
        online=online,
        on_site=on_site,
        most=most,
        place=max((one.place for one in known), default=-1) + 1,
    )
    _demand(new, where)
    if shared is None:
        amount = AS_MANY_AS_SEATS if capacity is None else capacity
        quota = ledger.add_allowance(db, name=new.name, capacity=amount, now=now)
        new = replace(new, quota=quota.id)
    store.put_new(db, new)
    record(db, actor, "ticketing.add_type", _subject(new.id), None, new, now=now)
    bus.publish(TypeChanged(where, new.id))
    return new


def change_type(
    db: Db,
    bus: Bus,
    actor: Actor,
    wanted: TicketTypeId,
    *,
    name: Text | None = None,
    price: Fen | None = None,
    capacity: int | None = None,
    sale: Span | None = None,
    buyers: Buyers | None = None,
    online: bool | None = None,
    most: int | None = None,
    now: datetime,
) -> TicketType:
    """Sell a type otherwise from now on; what is ordered stays as it was ordered.

    Raises Invalid, PriceInUse where tickets are sold at its price, OnlineInUse where somebody
    attends from afar by it, and booking's CapacityInUse where more is sold than there would be.
    """
    where = _to_change(db, actor, store.get(db, wanted).occasion)
    before = store.get(db, wanted)  # as it is now that nobody else changes it
    after = replace(
        before,
        name=before.name if name is None else entries.tidy(name),
        price=before.price if price is None else price,
        sale=sale or before.sale,
        buyers=buyers or before.buyers,
        online=before.online if online is None else online,
        most=before.most if most is None else most,
    )
    _demand(after, where)
    _demand_loose(db, before, after)
    if capacity is not None:
        ledger.change_allowance(db, before.quota, capacity=capacity)
    if after != before or capacity is not None:
        store.put(db, after)
        told = {"type": after, "capacity": capacity}
        record(db, actor, "ticketing.change_type", _subject(wanted), before, told, now=now)
        bus.publish(TypeChanged(where, wanted))
    return after


def fixed(db: Db, wanted: TicketTypeId) -> frozenset[str]:
    """What can no longer change of a type: `price`, `online`."""
    return frozenset(
        name
        for name, is_so in (
            ("price", store.is_sold(db, wanted)),
            ("online", store.is_attended_online(db, wanted)),
        )
        if is_so
    )


def capacity_of(db: Db, actor: Actor, wanted: TicketTypeId) -> int | None:
    """How many tickets of a type of the actor's there are in all; none: as many as seats."""
    type_ = store.get(db, wanted)
    organized(db, actor, type_.occasion)
    found = ledger.resources(db, [type_.quota])[type_.quota].capacity
    return None if found == AS_MANY_AS_SEATS else found


def types(db: Db, actor: Actor, occasion: OccasionId) -> tuple[TicketType, ...]:
    """What is sold for an occasion that the actor may see."""
    visible(db, actor, occasion)
    return store.types_of(db, occasion)


def put_seats(
    db: Db,
    bus: Bus,
    actor: Actor,
    wanted: TicketTypeId,
    seats: Sequence[SpaceId],
    *,
    now: datetime,
) -> None:
    """Sell exactly `seats` as a type; those that were sold as another one change to it.

    Raises SeatWrong where one is no seat of the hall, SeatInUse where a ticket for one is in force
    under another type, or there ever was a ticket for one that is left out.
    """
    type_ = store.get(db, wanted)
    where = _to_change(db, actor, type_.occasion)
    if not type_.seated or len(seats) > MOST_SEATS:
        raise SeatWrong(seat="")
    in_hall = {one.id: one for one in park_api.spaces(db, kind=SpaceKind.SEAT, within=where.space)}
    for seat in seats:
        if seat not in in_hall:
            raise SeatWrong(seat=seat)
    known = store.seats_of(db, where.id)
    gone = {space for space, one in known.items() if one.type == wanted} - set(seats)
    moved = [seat for seat in set(seats) if seat in known and known[seat].type != wanted]
    if store.with_tickets(db, where.id, gone, ever=True) or store.with_tickets(
        db, where.id, moved, ever=False
    ):
        raise SeatInUse
    chairs = [in_hall[seat] for seat in dict.fromkeys(seats)]
    booked_as = ledger.resources_of(db, chairs, now=now)
    store.drop_seats(db, where.id, gone)
    store.put_seats(db, where.id, wanted, {one.id: booked_as[one.id].id for one in chairs})
    told = {"seats": len(chairs)}
    record(db, actor, "ticketing.put_seats", _subject(wanted), None, told, now=now)
    bus.publish(TypeChanged(where, wanted))


def seats(db: Db, occasion: OccasionId, *, now: datetime) -> tuple[Seat, ...]:
    """The seats of an occasion, by their ids, and whether each is free: as the ledger knows it.

    Those of an occasion that is cancelled are closed, whoever may use the hall instead.
    """
    where = occasions.get(db, occasion)
    assigned = store.seats_of(db, occasion)
    free = ledger.free(db, [one.resource for one in assigned.values()], where.span, now=now)
    taken = orders.seat_states(db, occasion)
    off = where.state is OccasionState.CANCELLED
    return tuple(
        Seat(
            space,
            one.type,
            SeatState.CLOSED if off else _state(free[one.resource], taken.get(space)),
        )
        for space, one in assigned.items()
    )


def left(db: Db, occasion: OccasionId, *, now: datetime) -> Mapping[TicketTypeId, int]:
    """How many tickets of each type could be sold still, were it on sale."""
    where = occasions.get(db, occasion)
    known = store.types_of(db, occasion)
    quotas = ledger.free(db, {one.quota for one in known}, where.span, now=now)
    seated = any(one.seated for one in known)
    shown = seats(db, occasion, now=now) if seated else ()
    free = Counter(one.type for one in shown if one.state is SeatState.FREE)
    return {
        one.id: min(quotas[one.quota], free[one.id]) if one.seated else quotas[one.quota]
        for one in known
    }


def _state(free: int, ticket: TicketState | None) -> SeatState:
    if free > 0:
        return SeatState.FREE
    if ticket is None:
        return SeatState.CLOSED
    return SeatState.SOLD if ticket is TicketState.VALID else SeatState.HELD


def _to_change(db: Db, actor: Actor, occasion: OccasionId) -> Occasion:
    where = organized(db, actor, occasion, locked=True)
    if where.state is OccasionState.CANCELLED:
        raise OccasionOver
    return where


def _demand_loose(db: Db, before: TicketType, after: TicketType) -> None:
    """Raise PriceInUse or OnlineInUse where something changes that tickets rely on."""
    if after.price != before.price and store.is_sold(db, before.id):
        raise PriceInUse
    if before.online and not after.online and store.is_attended_online(db, before.id):
        raise OnlineInUse


def _shared(known: Sequence[TicketType], shares: TicketTypeId | None) -> ResourceId | None:
    if shares is None:
        return None
    for one in known:
        if one.id == shares:
            return one.quota
    raise TypeUnknown


def _demand(one: TicketType, where: Occasion) -> None:
    somewhere = one.on_site if one.seated else one.on_site or one.online
    late = one.sale.end and where.span.end and one.sale.end > where.span.end
    entries.demand(
        {
            "name": entries.title_fault(one.name),
            "price": entries.price_fault(one.price),
            "sale": entries.span_fault(one.sale) or ("ticketing.sale_late" if late else None),
            "most": entries.most_fault(one.most),
            "on_site": None if somewhere else "ticketing.nowhere",
        }
    )


def _subject(wanted: TicketTypeId) -> Subject:
    return Subject("ticket_type", str(wanted))
