"""Payments: begun by the buyer, told by providers, confirmed by the organizer.

Money that comes is never lost, whenever and however often it comes: it pays for its order, or it
is due back.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from shulian.booking import api as ledger
from shulian.booking.errors import Taken
from shulian.booking.types import Holder
from shulian.identity.api import record
from shulian.identity.types import Actor, Subject, Via
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.errors import Failure
from shulian.kit.ids import new_id
from shulian.kit.jobs import enqueue, name_of
from shulian.ticketing.api.holding import SOURCE, claims_of, in_turn
from shulian.ticketing.api.occasions import organized
from shulian.ticketing.api.orders import order as visible
from shulian.ticketing.api.payees import demand_payee
from shulian.ticketing.api.providers import Provider
from shulian.ticketing.api.providers.transfer import TRANSFER
from shulian.ticketing.api.refunds import owe
from shulian.ticketing.api.settling import settle, withdraw
from shulian.ticketing.errors import (
    NoticeWrong,
    OrderOver,
    OrderUnknown,
    PaymentUnknown,
    PriceDue,
    PriceZero,
    TransferLate,
)
from shulian.ticketing.events import OrderPaid
from shulian.ticketing.store import occasions, orders, sales
from shulian.ticketing.store import payments as store
from shulian.ticketing.types import (
    AskAgain,
    Notice,
    Occasion,
    OccasionState,
    Order,
    OrderId,
    OrderState,
    Outcome,
    Payment,
    PaymentId,
    PaymentState,
    TicketState,
)

ASK_AFTER = timedelta(minutes=5)
"""So long a provider may take before it is asked."""
GIVE_UP = timedelta(days=3)
"""So long it is asked; what is paid later still counts."""
MOST_ASKED = 100
"""Payments that are asked about at a time."""
_AWAITED = (PaymentState.PENDING, PaymentState.WITHDRAWN)
"""States in which money may still come that the provider has said nothing of."""


def pay(
    db: Db, bus: Bus, actor: Actor, wanted: OrderId, provider: Provider, *, now: datetime
) -> Payment:
    """Begin to pay for an order of the actor's; asked again, the same payment goes on.

    An order that costs nothing is paid at once. Raises OrderUnknown, OrderOver, PriceZero,
    PriceDue, TransferLate, NoPayee.
    """
    buyer = actor.demand_person()
    order = in_turn(db, bus, wanted, now=now)
    if order.buyer != buyer:
        raise OrderUnknown
    known = [one for one in store.of_order(db, wanted) if one.provider == provider.name]
    for one in known:
        counts = order.state is OrderState.PAID and one.state is PaymentState.PAID
        if counts or (order.state is OrderState.HELD and one.state is PaymentState.PENDING):
            return one
    if order.state is not OrderState.HELD or _is_off(db, order):
        raise OrderOver
    free = provider.name == "free"
    if free != (order.total == 0):
        raise PriceDue if free else PriceZero
    demand_payee(db, order, provider)
    order = _waiting(db, order, provider, now)
    payment = Payment(
        id=PaymentId(new_id(now)),
        order=wanted,
        provider=provider.name,
        amount=order.total,
        state=PaymentState.PENDING,
        reference=provider.begin(db, order.total),
        created=now,
    )
    store.put_new(db, payment)
    record(db, actor, "ticketing.pay", _subject(payment), None, payment, now=now)
    if provider.answers:
        enqueue(db, AskAgain(), alone=name_of(AskAgain), at=now + ASK_AFTER)
    return _receive(db, bus, actor, order, payment, now=now) if free else payment


def hear(db: Db, bus: Bus, provider: Provider, notice: Notice, *, now: datetime) -> Payment:
    """What a provider says of a payment, however late or often it says so.

    What is paid stays paid. Raises PaymentUnknown, and NoticeWrong where the amount is another.
    """
    payment = store.get_by_reference(db, provider.name, notice.reference)
    if payment.amount != notice.amount:
        raise NoticeWrong(fields={"amount": "ticketing.notice_amount"})
    order = in_turn(db, bus, payment.order, now=now)
    payment = store.get(db, payment.id)
    actor = Actor(None, provider.name, Via.TASK)
    if notice.outcome is Outcome.PAID:
        return _receive(db, bus, actor, order, payment, now=now)
    if payment.state not in _AWAITED:
        return payment
    return settle(db, actor, payment, PaymentState.FAILED, now=now)


def refuse_notice(db: Db, provider: str, failure: Failure, body: bytes, *, now: datetime) -> None:
    """Write down what came in the name of a provider and was refused, and why."""
    told = {"code": failure.code, "body": body[:_KEPT].decode("utf-8", "replace")}
    actor = Actor(None, provider[:_LONGEST_NAME], Via.GUEST)
    subject = Subject("provider", provider[:_LONGEST_NAME])
    record(db, actor, "ticketing.refuse_notice", subject, None, told, now=now)


def confirm_transfer(
    db: Db, bus: Bus, actor: Actor, wanted: PaymentId, *, now: datetime
) -> Payment:
    """Say as the organizer that a bank transfer has come; raises PaymentUnknown."""
    payment = store.get(db, wanted)
    if payment.provider != TRANSFER:
        raise PaymentUnknown
    organized(db, actor, orders.get(db, payment.order).occasion)
    order = in_turn(db, bus, payment.order, now=now)
    return _receive(db, bus, actor, order, store.get(db, wanted), now=now)


def overdue(db: Db, providers: Sequence[str], *, now: datetime) -> tuple[Payment, ...]:
    """Payments that `providers` should have said something about by now."""
    return store.pending(db, before=now - ASK_AFTER, providers=providers, most=MOST_ASKED)


def waits(db: Db, providers: Sequence[str], *, now: datetime) -> bool:
    """Whether `providers` still owe a word on a payment."""
    return bool(store.pending(db, before=now, providers=providers, most=1))


def ask_again(db: Db, bus: Bus, provider: Provider, wanted: PaymentId, *, now: datetime) -> Payment:
    """Ask what became of a payment of which nothing was heard; after long it is given up."""
    payment = store.get(db, wanted)
    notice = provider.ask(db, payment.reference)
    if notice is not None:
        return hear(db, bus, provider, notice, now=now)
    if payment.state in _AWAITED and payment.created + GIVE_UP <= now:
        in_turn(db, bus, payment.order, now=now)
        payment = store.get(db, wanted)
        if payment.state in _AWAITED:
            actor = Actor(None, provider.name, Via.TASK)
            return settle(db, actor, payment, PaymentState.FAILED, now=now)
    return payment


def payments(db: Db, actor: Actor, wanted: OrderId) -> tuple[Payment, ...]:
    """The payments for an order that the actor may see, the oldest first."""
    return store.of_order(db, visible(db, actor, wanted).id)


def _waiting(db: Db, order: Order, provider: Provider, now: datetime) -> Order:
    """`order`, waiting as long as the provider needs; never past its sale, or its beginning."""
    if not provider.patience or order.expires is None:
        return order
    where = occasions.get(db, order.occasion)
    types = {one.id: one for one in sales.types_of(db, order.occasion)}
    ends = [types[one.type].sale.end for one in order.tickets]
    latest = min(end for end in (*ends, where.span.start) if end is not None)
    until = min(now + provider.patience, latest)
    if until <= now:
        raise TransferLate
    if until <= order.expires:
        return order
    ledger.prolong(db, order.booking, expires=until, now=now)
    return orders.prolong(db, order, until)


def _receive(
    db: Db, bus: Bus, actor: Actor, order: Order, payment: Payment, *, now: datetime
) -> Payment:
    """Money has come: let it pay for its order, or be due back; once, however often it is said."""
    if payment.state in (PaymentState.PAID, PaymentState.REFUNDED):
        return payment
    where = occasions.get(db, order.occasion)
    reason = _reason_against(order, where, now)
    paid = None if reason else _taken(db, bus, order, where, now)
    if paid is None:
        settled = settle(db, actor, payment, PaymentState.REFUNDED, now=now)
        owe(db, bus, order, settled, settled.amount, reason or "late", now=now)
        return settled
    settled = settle(db, actor, payment, PaymentState.PAID, now=now)
    withdraw(db, order.id, now=now)
    record(db, actor, "ticketing.paid", Subject("order", str(order.id)), order, paid, now=now)
    bus.publish(OrderPaid(paid))
    return settled


def _is_off(db: Db, order: Order) -> bool:
    """Whether what an order is for is called off, and the order will be undone."""
    return occasions.get(db, order.occasion).state is OccasionState.CANCELLED


def _reason_against(order: Order, where: Occasion, now: datetime) -> str | None:
    """Why money that comes for an order cannot pay for it."""
    if order.state is OrderState.PAID:
        return "twice"
    if where.state is OccasionState.CANCELLED:
        return "occasion"
    if order.state is OrderState.CANCELLED:
        return "cancelled"
    over = where.span.end is not None and where.span.end <= now
    return "late" if order.state is OrderState.EXPIRED and over else None


def _taken(db: Db, bus: Bus, order: Order, where: Occasion, now: datetime) -> Order | None:
    """The order, paid: what it held is confirmed, or taken again; none: somebody else has it."""
    if order.state is OrderState.HELD:
        ledger.confirm(db, bus, order.booking, now=now)
        return orders.set_state(db, order, OrderState.PAID, TicketState.VALID)
    again = [replace(one, state=TicketState.VALID) for one in order.tickets]
    claims = claims_of(db, where, again)
    holder, title = Holder(order.buyer), order.code
    try:
        booking = ledger.take(db, bus, claims, source=SOURCE, holder=holder, title=title, now=now)
    except Taken:
        return None
    return orders.set_state(db, order, OrderState.PAID, TicketState.VALID, booking.id)


def _subject(one: Payment) -> Subject:
    return Subject("payment", str(one.id))


_KEPT = 500
"""Bytes that are kept of what was refused."""
_LONGEST_NAME = 40
