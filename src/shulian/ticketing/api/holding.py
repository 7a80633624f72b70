"""What orders hold in the ledger, and how the two are kept of one mind.

Who changes an order waits in one order with all others: see `store/orders.py`.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from shulian.booking import api as ledger
from shulian.booking.types import Booking, Claim
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.errors import Unavailable
from shulian.ticketing.errors import HeldByTickets
from shulian.ticketing.events import OrderEnded
from shulian.ticketing.rules import holdings
from shulian.ticketing.store import occasions, orders, sales
from shulian.ticketing.types import (
    Occasion,
    OccasionState,
    Order,
    OrderId,
    OrderState,
    Ticket,
    TicketState,
)

SOURCE = "ticketing"
"""Of the bookings by which halls, seats and quotas are held."""
_TRIES = 5
"""Times that an order is looked for anew which is held by another booking meanwhile."""


def in_turn(db: Db, bus: Bus, wanted: OrderId, *, now: datetime) -> Order:
    """An order that nobody else changes meanwhile; one whose time is over has expired by then.

    Raises OrderUnknown.
    """
    for _ in range(_TRIES):
        seen = orders.get(db, wanted)
        occasions.join(db, seen.occasion)
        with db.begin_nested() as attempt:
            ledger.held(db, seen.booking, locked=True)
            found = orders.lock(db, wanted)
            settled = found.booking == seen.booking
            if not settled:
                attempt.rollback()  # lets go of both, so that nobody waits in a ring
        if settled:
            return _as_of(db, bus, found, now)
    raise Unavailable


def end(db: Db, bus: Bus, order: Order, state: OrderState) -> Order:
    """Let an order, which is the caller's to change, hold nothing any more."""
    after = orders.set_state(db, order, state, TicketState.CANCELLED)
    ledger.release(db, bus, order.booking)
    bus.publish(OrderEnded(order, after))
    return after


def claims_of(db: Db, where: Occasion, tickets: Iterable[Ticket]) -> list[Claim]:
    """What `tickets` hold, as the ledger has it."""
    found = list(tickets)
    types = {one.id: one for one in sales.types_of(db, where.id)}
    seats = sales.seats_of(db, where.id, [one.seat for one in found if one.seat is not None])
    resources = {space: one.resource for space, one in seats.items()}
    return holdings.claims(found, types, resources, where.span)


def follow_release(db: Db, bus: Bus, before: Booking, *, expired: bool) -> None:
    """Let an order end whose hold has: by itself, or because somebody gave it back.

    Raises HeldByTickets where it is paid, or the hall of an occasion was given back.
    """
    if before.source != SOURCE:
        return
    order = orders.find_by_booking(db, before.id)
    if order is None:
        where = occasions.find_by_booking(db, before.id)
        if where is not None and where.state is not OccasionState.CANCELLED:
            raise HeldByTickets
    elif order.state is OrderState.PAID:
        raise HeldByTickets
    elif order.state is OrderState.HELD:
        state = OrderState.EXPIRED if expired else OrderState.CANCELLED
        after = orders.set_state(db, order, state, TicketState.CANCELLED)
        bus.publish(OrderEnded(order, after))


def follow_move(db: Db, after: Booking) -> None:
    """Raise HeldByTickets where tickets or an occasion would hold something else than is theirs."""
    if after.source != SOURCE:
        return
    order = orders.find_by_booking(db, after.id, locked=False)
    if order is not None:
        where = occasions.get(db, order.occasion)
        if _sorted(after.claims) != _sorted(claims_of(db, where, order.tickets)):
            raise HeldByTickets
        return
    hall = occasions.find_by_booking(db, after.id)
    if hall is not None and any(one.span != hall.span for one in after.claims):
        raise HeldByTickets


def _as_of(db: Db, bus: Bus, order: Order, now: datetime) -> Order:
    if order.expires is not None and order.expires <= now:
        return end(db, bus, order, OrderState.EXPIRED)
    return order


def _sorted(claims: Sequence[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda one: (one.resource, one.span.start))
