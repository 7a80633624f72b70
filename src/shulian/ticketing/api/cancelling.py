"""Tickets and orders cancelled: what they held is free at once, what was paid is due."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from shulian.booking import api as ledger
from shulian.identity.api import record
from shulian.identity.types import Actor, Subject
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.ticketing.api.holding import claims_of, end, in_turn
from shulian.ticketing.api.orders import order as visible
from shulian.ticketing.api.refunds import owe
from shulian.ticketing.api.settling import withdraw
from shulian.ticketing.errors import (
    HandedOn,
    OrderUnknown,
    TicketOver,
    TicketUnknown,
    TicketUsed,
    TooLate,
)
from shulian.ticketing.events import TicketCancelled
from shulian.ticketing.store import figures, occasions, orders, payments
from shulian.ticketing.types import (
    SELL,
    Fen,
    Order,
    OrderId,
    OrderState,
    PaymentState,
    Ticket,
    TicketId,
    TicketState,
)


def cancel_ticket(db: Db, bus: Bus, actor: Actor, wanted: TicketId, *, now: datetime) -> Ticket:
    """Give one ticket of a paid order back, before it begins; its price is due to who paid.

    Its buyer may while it is theirs and nobody came in by it, its organizer at any time. Raises
    TicketUnknown, TicketOver, HandedOn, TicketUsed, TooLate.
    """
    seen = orders.get_ticket(db, wanted)
    known = orders.get(db, seen.order)
    if actor.person not in (seen.owner, known.buyer) and not _sells(db, actor, known):
        actor.demand_person()
        raise TicketUnknown
    order = in_turn(db, bus, seen.order, now=now)
    mine = next(one for one in order.tickets if one.id == wanted)
    if order.state is not OrderState.PAID or mine.state is not TicketState.VALID:
        raise TicketOver
    if not _sells(db, actor, order):
        _demand_unused(db, actor, order, [mine], now)
    after = _without(db, bus, order, {wanted}, "cancelled", now=now)
    record(db, actor, "ticketing.cancel_ticket", _about("ticket", wanted), order, after, now=now)
    return replace(mine, state=TicketState.CANCELLED)


def cancel_order(db: Db, bus: Bus, actor: Actor, wanted: OrderId, *, now: datetime) -> Order:
    """Give all of an order back; what is over already stays so.

    One that is paid its buyer may while all its tickets are theirs and nobody came in by them; its
    organizer at any time. Raises OrderUnknown, HandedOn, TicketUsed, TooLate.
    """
    visible(db, actor, wanted)
    order = in_turn(db, bus, wanted, now=now)
    if order.state in (OrderState.EXPIRED, OrderState.CANCELLED):
        return order
    valid = [one for one in order.tickets if one.state is not TicketState.CANCELLED]
    if order.state is OrderState.PAID and not _sells(db, actor, order):
        if order.buyer != actor.person:
            raise OrderUnknown
        _demand_unused(db, actor, order, valid, now)
    after = undo(db, bus, order, "cancelled", now=now)
    record(db, actor, "ticketing.cancel_order", _about("order", wanted), order, after, now=now)
    return after


def undo(db: Db, bus: Bus, order: Order, reason: str, *, now: datetime) -> Order:
    """End an order that is held or paid, and is the caller's to change."""
    if order.state is OrderState.HELD:
        withdraw(db, order.id, now=now)
        return end(db, bus, order, OrderState.CANCELLED)
    valid = {one.id for one in order.tickets if one.state is TicketState.VALID}
    return _without(db, bus, order, valid, reason, now=now)


def _without(
    db: Db, bus: Bus, order: Order, gone: Collection[TicketId], reason: str, *, now: datetime
) -> Order:
    """A paid order without some of its tickets, whose prices are due back."""
    tickets = tuple(
        replace(one, state=TicketState.CANCELLED) if one.id in gone else one
        for one in order.tickets
    )
    cancelled = [one for one in tickets if one.id in gone]
    kept = [one for one in tickets if one.state is TicketState.VALID]
    after = replace(order, tickets=tickets)
    if kept:
        for one in cancelled:
            orders.put_ticket(db, one)
        where = occasions.get(db, order.occasion)
        ledger.reduce(db, bus, order.booking, claims_of(db, where, kept), now=now)
    else:
        after = end(db, bus, order, OrderState.CANCELLED)
        withdraw(db, order.id, now=now)
    for one in cancelled:
        _owe(db, bus, order, one, reason, now=now)
        bus.publish(TicketCancelled(one))
    return after


def _owe(db: Db, bus: Bus, order: Order, ticket: Ticket, reason: str, *, now: datetime) -> None:
    """Let the price of a ticket be due back out of the payment that counts."""
    for payment in payments.of_order(db, order.id):
        if payment.state is PaymentState.PAID:
            price = Fen(ticket.price)
            owe(db, bus, order, payment, price, reason, ticket=ticket.id, now=now)


def _demand_unused(
    db: Db, actor: Actor, order: Order, gone: Collection[Ticket], now: datetime
) -> None:
    """Raise what keeps a buyer from giving tickets back."""
    if order.buyer != actor.person or any(one.owner != actor.person for one in gone):
        raise HandedOn
    if occasions.get(db, order.occasion).span.start <= now:
        raise TooLate
    if any(figures.was_admitted(db, one.id) for one in gone):
        raise TicketUsed


def _sells(db: Db, actor: Actor, order: Order) -> bool:
    return actor.may(SELL, occasions.get(db, order.occasion).organizer)


def _about(kind: str, wanted: TicketId | OrderId) -> Subject:
    return Subject(kind, str(wanted))
