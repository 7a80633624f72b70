"""Orders and their tickets.

Who waits for whom: what changes an order holds its occasion still (`occasions.join`), then locks
its booking in the ledger, then the order (`lock`), then single tickets. A hold that expires is
locked by the ledger first, too, so that nobody waits in a ring.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row

from shulian.booking.types import BookingId
from shulian.identity.types import PersonId
from shulian.kit.db import Db
from shulian.park.types import SpaceId
from shulian.ticketing import tables
from shulian.ticketing.errors import OrderUnknown, TicketUnknown
from shulian.ticketing.types import (
    Attendance,
    Fen,
    OccasionId,
    OccasionState,
    Order,
    OrderId,
    OrderState,
    PaymentState,
    Ticket,
    TicketId,
    TicketState,
    TicketTypeId,
)

_o = tables.order.c
_t = tables.ticket.c
_p = tables.payment.c
_IN_FORCE = (OrderState.HELD.value, OrderState.PAID.value)
_KEY_LOCK = sa.text("select pg_advisory_xact_lock(hashtextextended(:key, 10))")


def take_turns(db: Db, buyer: PersonId, key: str) -> None:
    """Let those who order under the same key do so one after the other."""
    db.execute(_KEY_LOCK, {"key": f"ticketing.order/{buyer}/{key}"})


def put_new(db: Db, order: Order) -> None:
    """Keep a new order with its tickets."""
    values = {
        "id": order.id,
        "code": order.code,
        "occasion": order.occasion,
        "buyer": order.buyer,
        "state": order.state.value,
        "total": order.total,
        "booking": order.booking,
        "created": order.created,
        "expires": order.expires,
        "key": order.key,
    }
    db.execute(sa.insert(tables.order).values(values))
    db.execute(sa.insert(tables.ticket), [_ticket_values(one) for one in order.tickets])


def code_known(db: Db, code: str) -> bool:
    """Whether an order is called `code`."""
    return db.execute(sa.select(_o.id).where(_o.code == code)).one_or_none() is not None


def set_state(
    db: Db, order: Order, state: OrderState, tickets: TicketState, booking: BookingId | None = None
) -> Order:
    """Let an order be in that state, and all of its tickets in theirs; it waits no more.

    A `booking` is one by which it is held instead.
    """
    after = replace(
        order,
        state=state,
        expires=None,
        booking=booking or order.booking,
        tickets=tuple(replace(one, state=tickets) for one in order.tickets),
    )
    statement = sa.update(tables.order).where(_o.id == order.id)
    db.execute(statement.values(state=state.value, expires=None, booking=after.booking))
    db.execute(sa.update(tables.ticket).where(_t.order == order.id).values(state=tickets.value))
    return after


def prolong(db: Db, order: Order, expires: datetime) -> Order:
    """Let an order wait longer for its payment."""
    db.execute(sa.update(tables.order).where(_o.id == order.id).values(expires=expires))
    return replace(order, expires=expires)


def put_ticket(db: Db, ticket: Ticket) -> None:
    """Keep a changed ticket."""
    changing = {
        "owner": ticket.owner,
        "name": ticket.name,
        "state": ticket.state.value,
        "attendance": ticket.attendance.value,
        "issue": ticket.issue,
    }
    db.execute(sa.update(tables.ticket).where(_t.id == ticket.id).values(changing))


def get(db: Db, wanted: OrderId) -> Order:
    """An order as it is; raises OrderUnknown."""
    return _one(db, sa.select(tables.order).where(_o.id == wanted))


def lock(db: Db, wanted: OrderId) -> Order:
    """An order that nobody else changes meanwhile; its booking is locked by who asks."""
    return _one(db, sa.select(tables.order).where(_o.id == wanted).with_for_update())


def find_by_key(db: Db, buyer: PersonId, key: str) -> Order | None:
    """What somebody ordered under `key`."""
    rows = db.execute(sa.select(tables.order).where(_o.buyer == buyer, _o.key == key)).all()
    return _orders(db, rows)[0] if rows else None


def find_by_booking(db: Db, booking: BookingId, *, locked: bool = True) -> Order | None:
    """The order that is held by `booking`, for nobody else to change meanwhile if `locked`."""
    query = sa.select(tables.order).where(_o.booking == booking)
    rows = db.execute(query.with_for_update() if locked else query).all()
    return _orders(db, rows)[0] if rows else None


def of_buyer(db: Db, buyer: PersonId) -> tuple[Order, ...]:
    """What somebody ordered, the newest first."""
    query = sa.select(tables.order).where(_o.buyer == buyer)
    return _orders(db, db.execute(query.order_by(_o.created.desc(), _o.id)).all())


def of_occasion(
    db: Db, occasion: OccasionId, states: Collection[OrderState] = tuple(OrderState)
) -> tuple[Order, ...]:
    """The orders for an occasion in those states, the oldest first."""
    query = (
        sa.select(tables.order)
        .where(_o.occasion == occasion, _o.state.in_([one.value for one in states]))
        .order_by(_o.created, _o.id)
    )
    return _orders(db, db.execute(query).all())


def in_force(db: Db, occasion: OccasionId) -> int:
    """How many orders for an occasion hold something."""
    query = sa.select(sa.func.count()).where(_o.occasion == occasion, _o.state.in_(_IN_FORCE))
    return db.execute(query).scalar_one()


def to_undo(db: Db, *, after: OrderId | None, most: int) -> tuple[OrderId, ...]:
    """Orders for what is called off that hold something or await money, from `after` on."""
    awaits = sa.exists().where(_p.order == _o.id, _p.state == PaymentState.PENDING.value)
    query = (
        sa.select(_o.id)
        .join(tables.occasion, tables.occasion.c.id == _o.occasion)
        .where(
            tables.occasion.c.state == OccasionState.CANCELLED.value,
            _o.state.in_(_IN_FORCE) | awaits,
        )
        .order_by(_o.id)
        .limit(most)
    )
    if after is not None:
        query = query.where(_o.id > after)
    return tuple(OrderId(one) for (one,) in db.execute(query))


def get_ticket(db: Db, wanted: TicketId, *, lock: bool = False) -> Ticket:
    """A ticket, for nobody else to change meanwhile if `lock`; raises TicketUnknown."""
    query = sa.select(tables.ticket).where(_t.id == wanted)
    row = db.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise TicketUnknown
    return _ticket(row)


def of_owner(db: Db, owner: PersonId) -> tuple[Ticket, ...]:
    """The tickets of somebody that are valid, the newest first."""
    query = (
        sa.select(tables.ticket)
        .where(_t.owner == owner, _t.state == TicketState.VALID.value)
        .order_by(_t.id.desc())
    )
    return tuple(_ticket(row) for row in db.execute(query))


def tickets_of_occasion(db: Db, occasion: OccasionId) -> tuple[tuple[str, PersonId, Ticket], ...]:
    """All tickets for an occasion with the code and the buyer of their order, by their age."""
    query = (
        sa.select(tables.ticket, _o.code, _o.buyer)
        .join(tables.order, _o.id == _t.order)
        .where(_t.occasion == occasion)
        .order_by(_t.id)
    )
    return tuple((row.code, PersonId(row.buyer), _ticket(row)) for row in db.execute(query))


def seat_states(db: Db, occasion: OccasionId) -> dict[SpaceId, TicketState]:
    """The seats for which there is a ticket that is not cancelled, and what it is."""
    query = sa.select(_t.seat, _t.state).where(
        _t.occasion == occasion, _t.seat.is_not(None), _t.state != TicketState.CANCELLED.value
    )
    return {SpaceId(seat): TicketState(state) for seat, state in db.execute(query)}


def _one(db: Db, query: sa.Select[Any]) -> Order:
    rows = db.execute(query).all()
    if not rows:
        raise OrderUnknown
    return _orders(db, rows)[0]


def _orders(db: Db, rows: Sequence[Row[Any]]) -> tuple[Order, ...]:
    """The orders in `rows`, with their tickets."""
    ids = [row.id for row in rows]
    query = sa.select(tables.ticket).where(_t.order.in_(ids)).order_by(_t.id)
    tickets: dict[OrderId, list[Ticket]] = {OrderId(one): [] for one in ids}
    for one in db.execute(query) if ids else ():
        tickets[OrderId(one.order)].append(_ticket(one))
    return tuple(_order(row, tuple(tickets[OrderId(row.id)])) for row in rows)


def _order(row: Row[Any], tickets: tuple[Ticket, ...]) -> Order:
    return Order(
        id=OrderId(row.id),
        code=row.code,
        occasion=OccasionId(row.occasion),
        buyer=PersonId(row.buyer),
        state=OrderState(row.state),
        total=Fen(row.total),
        booking=BookingId(row.booking),
        created=row.created,
        expires=row.expires,
        tickets=tickets,
        key=row.key,
    )


def _ticket_values(one: Ticket) -> dict[str, object]:
    return {
        "id": one.id,
        "order": one.order,
        "occasion": one.occasion,
        "type": one.type,
        "seat": one.seat,
        "price": one.price,
        "owner": one.owner,
        "name": one.name,
        "state": one.state.value,
        "attendance": one.attendance.value,
        "issue": one.issue,
    }


def _ticket(row: Row[Any]) -> Ticket:
    return Ticket(
        id=TicketId(row.id),
        order=OrderId(row.order),
        occasion=OccasionId(row.occasion),
        type=TicketTypeId(row.type),
        seat=SpaceId(row.seat) if row.seat is not None else None,
        price=Fen(row.price),
        owner=PersonId(row.owner),
        name=row.name,
        state=TicketState(row.state),
        attendance=Attendance(row.attendance),
        issue=row.issue,
    )
