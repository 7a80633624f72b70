"""Money that goes back: due in the transaction that gives the reason, done by its provider."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from shulian.identity.api import record
from shulian.identity.types import Actor, Subject, Via
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.ids import new_id
from shulian.kit.jobs import enqueue
from shulian.ticketing.api.occasions import organized
from shulian.ticketing.api.orders import order as visible
from shulian.ticketing.api.providers import Providers
from shulian.ticketing.events import RefundDue
from shulian.ticketing.store import orders
from shulian.ticketing.store import payments as store
from shulian.ticketing.types import (
    Fen,
    GiveBack,
    Order,
    OrderId,
    Payment,
    PaymentState,
    Refund,
    RefundId,
    RefundState,
    TicketId,
)

REMIND_AFTER = timedelta(minutes=10)
"""After so long a refund that is still due is tried again."""
MOST_REMINDED = 100


def owe(
    db: Db,
    bus: Bus,
    order: Order,
    payment: Payment,
    amount: Fen,
    reason: str,
    *,
    ticket: TicketId | None = None,
    now: datetime,
) -> None:
    """Let `amount` of a payment be due back, and have its provider told; nothing is no refund."""
    if not amount:
        return
    refund = Refund(
        id=RefundId(new_id(now)),
        payment=payment.id,
        amount=amount,
        reason=reason,
        state=RefundState.DUE,
        at=now,
        ticket=ticket,
    )
    store.put_refund(db, refund, payment.amount)
    if payment.state is PaymentState.PAID and store.back(db, payment.id) == payment.amount:
        store.put(db, replace(payment, state=PaymentState.REFUNDED))
    enqueue(db, GiveBack(refund.id))
    actor = Actor(None, payment.provider, Via.TASK)
    record(db, actor, "ticketing.owe", _subject(refund), None, refund, now=now)
    bus.publish(RefundDue(order, refund))


def give_back(db: Db, providers: Providers, wanted: RefundId, *, now: datetime) -> Refund:
    """Let the provider give back what is due; where people do that, it stays due until they say."""
    before = store.refund(db, wanted, lock=True)
    payment = store.get(db, before.payment)
    provider = providers.get(payment.provider)
    if before.state is RefundState.DONE or not provider.answers:
        return before
    provider.give_back(db, payment.reference, before.amount, wanted)
    return _done(db, Actor(None, provider.name, Via.TASK), before, now)


def remind(db: Db, providers: Sequence[str], *, now: datetime) -> int:
    """Have `providers` told again of what they should have given back; how much that is."""
    found = store.due(db, before=now - REMIND_AFTER, providers=providers, most=MOST_REMINDED)
    for one in found:
        enqueue(db, GiveBack(one), alone=f"ticketing.give_back/{one}")
    return len(found)


def settle_refund(db: Db, actor: Actor, wanted: RefundId, *, now: datetime) -> Refund:
    """Say as the organizer that the money has been sent back; raises RefundUnknown."""
    before = store.refund(db, wanted, lock=True)
    payment = store.get(db, before.payment)
    organized(db, actor, orders.get(db, payment.order).occasion)
    return before if before.state is RefundState.DONE else _done(db, actor, before, now)


def refunds(db: Db, actor: Actor, wanted: OrderId) -> tuple[Refund, ...]:
    """What goes back of the payments for an order that the actor may see, the oldest first."""
    return store.refunds_of_order(db, visible(db, actor, wanted).id)


def _done(db: Db, actor: Actor, before: Refund, now: datetime) -> Refund:
    after = replace(before, state=RefundState.DONE, done=now)
    store.settle_refund(db, after)
    record(db, actor, "ticketing.refund", _subject(after), before, after, now=now)
    return after


def _subject(one: Refund) -> Subject:
    return Subject("refund", str(one.id))
