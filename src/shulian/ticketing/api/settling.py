"""Where payments come to stand, kept and written down."""

from dataclasses import replace
from datetime import datetime

from shulian.identity.api import record
from shulian.identity.types import Actor, Subject, Via
from shulian.kit.db import Db
from shulian.ticketing.store import payments as store
from shulian.ticketing.types import OrderId, Payment, PaymentState


def settle(db: Db, actor: Actor, before: Payment, state: PaymentState, *, now: datetime) -> Payment:
    """Let a payment stand there; who locked its order decides that it does."""
    after = replace(before, state=state, settled=now)
    store.put(db, after)
    record(db, actor, "ticketing.settle", _subject(after), before, after, now=now)
    return after


def withdraw(db: Db, order: OrderId, *, now: datetime) -> None:
    """Wait no more for the payments of an order: it is paid otherwise, or cancelled.

    Money that comes by one nevertheless is due back, as all money that pays for nothing.
    """
    for one in store.of_order(db, order):
        if one.state is PaymentState.PENDING:
            settle(db, Actor(None, one.provider, Via.TASK), one, PaymentState.WITHDRAWN, now=now)


def _subject(one: Payment) -> Subject:
    return Subject("payment", str(one.id))
