"""The doors that one may not use too often: counted here, for forms and for programs alike.

How often is said in `counter.py`. Every way in calls these and not the doors behind them, so that
whoever is refused by one way is refused by the other.
"""

from collections.abc import Sequence
from datetime import datetime

from shulian.identity.types import Actor
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.http.edge import AnyRequest
from shulian.ticketing import api
from shulian.ticketing.routes.counter import counter_of, who
from shulian.ticketing.types import (
    Gift,
    OccasionId,
    Order,
    OrderId,
    Payment,
    Position,
    Ticket,
    TicketId,
    TicketTypeId,
    Wanted,
)


def counted_place(
    request: AnyRequest,
    db: Db,
    bus: Bus,
    actor: Actor,
    occasion: OccasionId,
    wanted: Sequence[Wanted],
    *,
    key: str | None,
    now: datetime,
) -> Order:
    """`api.place`, counted as an order."""
    counter_of(request).orders.count(who(actor))
    return api.place(db, bus, actor, occasion, wanted, key=key, now=now)


def counted_hand_on(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    ticket: TicketId,
    *,
    email: str,
    name: str,
    now: datetime,
) -> Gift:
    """`api.hand_on`, counted as a gift."""
    counter_of(request).gifts.count(who(actor))
    return api.hand_on(db, actor, ticket, email=email, name=name, now=now)


def counted_join(
    request: AnyRequest, db: Db, actor: Actor, occasion: OccasionId, *, now: datetime
) -> Position:
    """`api.join`, counted as a place."""
    counter_of(request).waits.count(who(actor))
    return api.join(db, actor, occasion, now=now)


def counted_leave(
    request: AnyRequest, db: Db, actor: Actor, occasion: OccasionId, *, now: datetime
) -> None:
    """`api.leave`, counted as a place."""
    counter_of(request).waits.count(who(actor))
    api.leave(db, actor, occasion, now=now)


def counted_wish(
    request: AnyRequest, db: Db, actor: Actor, type_: TicketTypeId, count: int, *, now: datetime
) -> api.Place:
    """`api.wish`, counted as a place."""
    counter_of(request).waits.count(who(actor))
    return api.wish(db, actor, type_, count, now=now)


def counted_give_up(
    request: AnyRequest, db: Db, bus: Bus, actor: Actor, type_: TicketTypeId, *, now: datetime
) -> None:
    """`api.give_up`, counted as a place."""
    counter_of(request).waits.count(who(actor))
    api.give_up(db, bus, actor, type_, now=now)


def counted_pay(
    request: AnyRequest,
    db: Db,
    bus: Bus,
    actor: Actor,
    order: OrderId,
    provider: api.Provider,
    *,
    now: datetime,
) -> Payment:
    """`api.pay`, counted as a payment."""
    counter_of(request).payments.count(who(actor))
    return api.pay(db, bus, actor, order, provider, now=now)


def counted_cancel_order(
    request: AnyRequest, db: Db, bus: Bus, actor: Actor, order: OrderId, *, now: datetime
) -> Order:
    """`api.cancel_order`, counted as a payment."""
    counter_of(request).payments.count(who(actor))
    return api.cancel_order(db, bus, actor, order, now=now)


def counted_cancel_ticket(
    request: AnyRequest, db: Db, bus: Bus, actor: Actor, ticket: TicketId, *, now: datetime
) -> Ticket:
    """`api.cancel_ticket`, counted as a payment."""
    counter_of(request).payments.count(who(actor))
    return api.cancel_ticket(db, bus, actor, ticket, now=now)
