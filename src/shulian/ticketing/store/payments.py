"""Payments, and the money that goes back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import Range

from shulian.kit.db import Db
from shulian.ticketing import tables
from shulian.ticketing.errors import PaymentUnknown, RefundUnknown
from shulian.ticketing.types import (
    Fen,
    OccasionId,
    OrderId,
    Payment,
    PaymentId,
    PaymentState,
    Refund,
    RefundId,
    RefundState,
    TicketId,
)

_p = tables.payment.c
_r = tables.refund.c
_o = tables.order.c


def put_new(db: Db, payment: Payment) -> None:
    """Keep a new payment."""
    db.execute(sa.insert(tables.payment).values(_values(payment)))


def put(db: Db, payment: Payment) -> None:
    """Keep where a payment stands."""
    statement = sa.update(tables.payment).where(_p.id == payment.id)
    db.execute(statement.values(state=payment.state.value, settled=payment.settled))


def get(db: Db, wanted: PaymentId) -> Payment:
    """A payment; raises PaymentUnknown."""
    return _one(db, sa.select(tables.payment).where(_p.id == wanted))


def get_by_reference(db: Db, provider: str, reference: str) -> Payment:
    """What a provider calls `reference`; raises PaymentUnknown."""
    query = sa.select(tables.payment).where(_p.provider == provider, _p.reference == reference)
    return _one(db, query)


def of_order(db: Db, order: OrderId) -> tuple[Payment, ...]:
    """The payments for an order, the oldest first."""
    query = sa.select(tables.payment).where(_p.order == order).order_by(_p.created, _p.id)
    return tuple(_payment(row) for row in db.execute(query))


def of_occasion(db: Db, occasion: OccasionId) -> tuple[tuple[str, Payment], ...]:
    """The payments for an occasion with the codes of their orders, the oldest first."""
    query = (
        sa.select(tables.payment, _o.code)
        .join(tables.order, _o.id == _p.order)
        .where(_o.occasion == occasion)
        .order_by(_p.created, _p.id)
    )
    return tuple((row.code, _payment(row)) for row in db.execute(query))


def pending(
    db: Db, *, before: datetime, providers: Sequence[str], most: int
) -> tuple[Payment, ...]:
    """Payments of which nothing was heard since `before`, the oldest first.

    Those that are withdrawn are among them: somebody may have paid all the same.
    """
    query = (
        sa.select(tables.payment)
        .where(
            _p.state.in_([PaymentState.PENDING.value, PaymentState.WITHDRAWN.value]),
            _p.provider.in_(providers),
            _p.created <= before,
        )
        .order_by(_p.created, _p.id)
        .limit(most)
    )
    return tuple(_payment(row) for row in db.execute(query))


def put_refund(db: Db, refund: Refund, whole: Fen) -> None:
    """Let so much of a payment of `whole` fen go back, of the fen that have not gone back yet."""
    query = sa.select(sa.func.coalesce(sa.func.max(sa.func.upper(_r.part)), 0))
    start: int = db.execute(query.where(_r.payment == refund.payment)).scalar_one()
    values = {
        "id": refund.id,
        "payment": refund.payment,
        "paid": whole,
        "part": Range(start, start + refund.amount),
        "ticket": refund.ticket,
        "reason": refund.reason,
        "state": refund.state.value,
        "at": refund.at,
        "done": refund.done,
    }
    db.execute(sa.insert(tables.refund).values(values))


def settle_refund(db: Db, refund: Refund) -> None:
    """Keep that the money has gone back."""
    statement = sa.update(tables.refund).where(_r.id == refund.id)
    db.execute(statement.values(state=refund.state.value, done=refund.done))


def refund(db: Db, wanted: RefundId, *, lock: bool = False) -> Refund:
    """A refund, for nobody else to settle meanwhile if `lock`; raises RefundUnknown."""
    query = sa.select(tables.refund).where(_r.id == wanted)
    row = db.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise RefundUnknown
    return _refund(row)


def due(db: Db, *, before: datetime, providers: Sequence[str], most: int) -> tuple[RefundId, ...]:
    """Refunds that `providers` should have done since `before`, the oldest first."""
    query = (
        sa.select(_r.id)
        .join(tables.payment, _p.id == _r.payment)
        .where(_r.state == RefundState.DUE.value, _r.at <= before, _p.provider.in_(providers))
        .order_by(_r.at, _r.id)
        .limit(most)
    )
    return tuple(RefundId(one) for (one,) in db.execute(query))


def refunds_of_order(db: Db, order: OrderId) -> tuple[Refund, ...]:
    """What goes back of the payments for an order, the oldest first."""
    query = (
        sa.select(tables.refund)
        .join(tables.payment, _p.id == _r.payment)
        .where(_p.order == order)
        .order_by(_r.at, _r.id)
    )
    return tuple(_refund(row) for row in db.execute(query))


def refunds_of_occasion(db: Db, occasion: OccasionId) -> tuple[Refund, ...]:
    """What goes back of the payments for an occasion, the oldest first."""
    query = (
        sa.select(tables.refund)
        .join(tables.payment, _p.id == _r.payment)
        .join(tables.order, _o.id == _p.order)
        .where(_o.occasion == occasion)
        .order_by(_r.at, _r.id)
    )
    return tuple(_refund(row) for row in db.execute(query))


def back(db: Db, payment: PaymentId) -> Fen:
    """How much of a payment has gone back, or is to."""
    query = sa.select(sa.func.coalesce(sa.func.max(sa.func.upper(_r.part)), 0))
    return Fen(db.execute(query.where(_r.payment == payment)).scalar_one())


def _one(db: Db, query: sa.Select[Any]) -> Payment:
    row = db.execute(query).one_or_none()
    if row is None:
        raise PaymentUnknown
    return _payment(row)


def _values(one: Payment) -> dict[str, object]:
    return {
        "id": one.id,
        "order": one.order,
        "provider": one.provider,
        "amount": one.amount,
        "state": one.state.value,
        "reference": one.reference,
        "created": one.created,
        "settled": one.settled,
    }


def _payment(row: Row[Any]) -> Payment:
    return Payment(
        id=PaymentId(row.id),
        order=OrderId(row.order),
        provider=row.provider,
        amount=Fen(row.amount),
        state=PaymentState(row.state),
        reference=row.reference,
        created=row.created,
        settled=row.settled,
    )


def _refund(row: Row[Any]) -> Refund:
    return Refund(
        id=RefundId(row.id),
        payment=PaymentId(row.payment),
        amount=Fen(row.part.upper - row.part.lower),
        reason=row.reason,
        state=RefundState(row.state),
        at=row.at,
        ticket=TicketId(row.ticket) if row.ticket else None,
        done=row.done,
    )
