"""Orders: placed, looked at, cancelled before they are paid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shulian.booking import api as ledger
from shulian.booking.errors import Taken
from shulian.booking.types import Holder, ResourceId
from shulian.identity.api import record
from shulian.identity.types import Actor, PersonId, Subject
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.errors import Unavailable
from shulian.kit.ids import new_id
from shulian.park.types import SpaceId
from shulian.ticketing.api.halls import Hall, hall, propose
from shulian.ticketing.api.holding import SOURCE
from shulian.ticketing.api.line import admit, settle
from shulian.ticketing.errors import (
    KeyClash,
    OccasionOver,
    OccasionUnknown,
    OrderUnknown,
    SeatsTaken,
    SeatWrong,
    SoldOut,
)
from shulian.ticketing.events import OrderPlaced
from shulian.ticketing.rules import codes, entries, holdings, wants
from shulian.ticketing.rules.wants import Want
from shulian.ticketing.store import occasions, sales
from shulian.ticketing.store import orders as store
from shulian.ticketing.types import (
    SELL,
    Attendance,
    Occasion,
    OccasionId,
    OccasionState,
    Order,
    OrderId,
    OrderState,
    SeatState,
    Ticket,
    TicketId,
    TicketState,
    TicketType,
    TicketTypeId,
    Wanted,
)

HOLD = timedelta(minutes=15)
"""How long an order waits for its payment."""
_TRIES = 12
"""Times that seats are chosen anew where others took the same ones meanwhile."""


@dataclass(frozen=True, slots=True)
class _Shop:
    """What is sold for an occasion, as far as an order asks for it."""

    where: Occasion
    types: Mapping[TicketTypeId, TicketType]
    resources: Mapping[SpaceId, ResourceId]


def place(
    db: Db,
    bus: Bus,
    actor: Actor,
    occasion: OccasionId,
    wanted: Sequence[Wanted],
    *,
    key: str | None = None,
    now: datetime,
) -> Order:
    """Hold tickets for the actor, all of `wanted` or nothing, until they are paid: `HOLD` long.

    Asked again with the same `key` it answers the same order. Raises WantedWrong, SeatWrong,
    TypeUnknown, NotOnSale, NotForYou, SoldOut, SeatsTaken, OccasionOver, KeyClash; and where others
    wait in line, TurnNeeded and KeptForOthers.
    """
    buyer = actor.demand_person()
    entries.demand({"key": entries.key_fault(key)})
    where = _open(db, actor, occasion)
    types = {one.id: one for one in sales.types_of(db, occasion)}
    found = wants.wants(wanted, types)
    if key is not None:
        store.take_turns(db, buyer, key)
        if known := store.find_by_key(db, buyer, key):
            return _same(known, occasion, found)
    wants.demand_sale(found, where, actor, now=now)
    called = admit(db, where, buyer, now=now)
    order = _held(db, bus, _Shop(where, types, {}), buyer, found, now + HOLD, key, now)
    settle(db, where, buyer, len(order.tickets), called=called, now=now)
    store.put_new(db, order)
    record(db, actor, "ticketing.place", _subject(order.id), None, order, now=now)
    bus.publish(OrderPlaced(order))
    return order


def place_for(
    db: Db,
    bus: Bus,
    where: Occasion,
    buyer: PersonId,
    wanted: Sequence[Wanted],
    *,
    until: datetime,
    now: datetime,
) -> Order:
    """Hold tickets until then for somebody who waited for them; raises SoldOut and SeatsTaken."""
    types = {one.id: one for one in sales.types_of(db, where.id)}
    found = wants.wants(wanted, types)
    order = _held(db, bus, _Shop(where, types, {}), buyer, found, until, None, now)
    store.put_new(db, order)
    bus.publish(OrderPlaced(order))
    return order


def order(db: Db, actor: Actor, wanted: OrderId) -> Order:
    """An order of the actor's, or for an occasion whose organizer they speak for."""
    found = store.get(db, wanted)
    if found.buyer == actor.person:
        return found
    if not actor.may(SELL, occasions.get(db, found.occasion).organizer):
        actor.demand_person()
        raise OrderUnknown
    return found


def own_orders(db: Db, actor: Actor) -> tuple[Order, ...]:
    """What the actor ordered, the newest first."""
    return store.of_buyer(db, actor.demand_person())


def _open(db: Db, actor: Actor, occasion: OccasionId) -> Occasion:
    """An occasion that is not cancelled meanwhile, if its tickets are sold at all."""
    where = occasions.join(db, occasion)
    if where.state is OccasionState.CANCELLED:
        raise OccasionOver
    if where.state is OccasionState.DRAFT and not actor.may(SELL, where.organizer):
        raise OccasionUnknown
    return where


def _same(known: Order, occasion: OccasionId, found: Sequence[Want]) -> Order:
    """What was ordered under a key before; raises KeyClash where something else is wanted now."""
    asked = {one.type.id: one for one in found}
    had: dict[TicketTypeId, list[SpaceId | None]] = {}
    for ticket in known.tickets:
        had.setdefault(ticket.type, []).append(ticket.seat)
    same = known.occasion == occasion and {one: len(had[one]) for one in had} == {
        one: asked[one].count for one in asked
    }
    if not same or any(not set(one.seats) <= set(had[one.type.id]) for one in found):
        raise KeyClash
    return known


def _held(
    db: Db,
    bus: Bus,
    shop: _Shop,
    buyer: PersonId,
    found: Sequence[Want],
    expires: datetime,
    key: str | None,
    now: datetime,
) -> Order:
    """A new order that the ledger holds; seats that nobody named are chosen until some are had."""
    id_, code = OrderId(new_id(now)), _new_code(db)
    chooses = any(one.type.seated and one.more for one in found)
    for turn in range(_TRIES if chooses else 1):
        seats, shop = _seats(db, shop, found, id_.int >> 8 if turn else 0, now)
        tickets = _tickets(id_, shop.where.id, buyer, found, seats, now)
        claims = holdings.claims(tickets, shop.types, shop.resources, shop.where.span)
        holder = Holder(buyer)
        try:
            booking = ledger.take(
                db, bus, claims, source=SOURCE, holder=holder, title=code, expires=expires, now=now
            )
        except Taken as taken:
            _refuse(taken, shop, found)
            continue
        return Order(
            id=id_,
            code=code,
            occasion=shop.where.id,
            buyer=buyer,
            state=OrderState.HELD,
            total=wants.total(found),
            booking=booking.id,
            created=now,
            expires=expires,
            tickets=tickets,
            key=key,
        )
    raise Unavailable


def _seats(
    db: Db, shop: _Shop, found: Sequence[Want], luck: int, now: datetime
) -> tuple[Mapping[TicketTypeId, Sequence[SpaceId]], _Shop]:
    """The seats for each seated type: those named, and others where more are wanted."""
    if not any(one.type.seated for one in found):
        return {}, shop
    chooses = any(one.type.seated and one.more for one in found)
    named = [seat for one in found for seat in one.seats]
    assigned = sales.seats_of(db, shop.where.id, None if chooses else named)
    for one in found:
        for seat in one.seats:
            if seat not in assigned or assigned[seat].type != one.type.id:
                raise SeatWrong(seat=seat)
    seen = hall(db, shop.where, now=now) if chooses else None
    chosen: dict[TicketTypeId, Sequence[SpaceId]] = {}
    for one in found:
        if one.type.seated:
            more = _best(seen, one, named, luck) if seen and one.more else ()
            chosen[one.type.id] = (*one.seats, *more)
    resources = {space: one.resource for space, one in assigned.items()}
    return chosen, _Shop(shop.where, shop.types, resources)


def _best(seen: Hall, want: Want, named: Sequence[SpaceId], luck: int) -> Sequence[SpaceId]:
    """So many of the free seats that nobody names; raises SoldOut.

    luck  0: the best ones; else any that stand near each other, for under rush all want the best
    """
    sold = {space: one for space, one in seen.sold.items() if space not in named}
    free = [
        one.id
        for one in seen.seats
        if one.id in sold
        and sold[one.id].type == want.type.id
        and sold[one.id].state is SeatState.FREE
    ]
    if len(free) < want.more:
        raise SoldOut(left=len(free))
    if luck:
        start = luck % (len(free) - want.more + 1)
        return free[start : start + want.more]
    best = propose(replace(seen, sold=sold), want.type.id, want.more)
    return best.seats if best else free[: want.more]


def _tickets(
    order: OrderId,
    occasion: OccasionId,
    buyer: PersonId,
    found: Sequence[Want],
    seats: Mapping[TicketTypeId, Sequence[SpaceId]],
    now: datetime,
) -> tuple[Ticket, ...]:
    made = [
        Ticket(
            id=TicketId(new_id(now)),
            order=order,
            occasion=occasion,
            type=one.type.id,
            seat=seat,
            price=one.type.price,
            owner=buyer,
            name="",
            state=TicketState.RESERVED,
            attendance=Attendance.ON_SITE if one.type.on_site else Attendance.ONLINE,
        )
        for one in found
        for seat in (seats[one.type.id] if one.type.seated else [None] * one.count)
    ]
    return tuple(sorted(made, key=lambda one: one.id))


def _refuse(taken: Taken, shop: _Shop, found: Sequence[Want]) -> None:
    """Raise what cannot be had whichever seats are chosen, in words of tickets."""
    short = {one.claim.resource: one.left for one in taken.shortages}
    quotas = {one.type.quota for one in found}
    if left := [short[one] for one in quotas if one in short]:
        raise SoldOut(left=max(0, min(left))) from taken
    named = [seat for one in found for seat in one.seats if shop.resources[seat] in short]
    if named:
        raise SeatsTaken(named, seats=", ".join(named)) from taken


def _new_code(db: Db) -> str:
    code = codes.order_code()
    while store.code_known(db, code):
        code = codes.order_code()
    return code


def _subject(wanted: OrderId) -> Subject:
    return Subject("order", str(wanted))
