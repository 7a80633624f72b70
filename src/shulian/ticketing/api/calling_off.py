"""An occasion called off: over at once for everyone, its orders undone one after the other.

What must be at once is one transaction: nothing more is sold, nobody comes in, the hall is free,
and money that comes is due back. What follows from it for each order is done by a job, which may
be stopped anywhere and goes on with the orders that are left.
"""

from dataclasses import replace
from datetime import datetime

from shulian.booking import api as ledger
from shulian.identity.api import record
from shulian.identity.types import Actor, Subject
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.jobs import enqueue, name_of
from shulian.ticketing.api.cancelling import undo
from shulian.ticketing.api.holding import in_turn
from shulian.ticketing.api.occasions import organized, show_hall
from shulian.ticketing.api.settling import withdraw
from shulian.ticketing.events import OccasionChanged
from shulian.ticketing.store import occasions, orders
from shulian.ticketing.types import (
    Occasion,
    OccasionId,
    OccasionState,
    OrderId,
    OrderState,
    UndoCalledOff,
    Undoing,
)

PORTION = 100
"""Orders that are looked up at a time; each is undone in a transaction of its own."""


def cancel_occasion(
    db: Db, bus: Bus, actor: Actor, wanted: OccasionId, *, now: datetime
) -> Occasion:
    """Call an occasion off: nobody comes in any more, and all that was paid will be due back."""
    before = organized(db, actor, wanted, locked=True)
    if before.state is OccasionState.CANCELLED:
        return before
    after = replace(before, state=OccasionState.CANCELLED)
    occasions.put(db, after)
    occasions.note_undone(db, wanted, orders.in_force(db, wanted))
    if after.booking is not None:
        ledger.release(db, bus, after.booking)
        show_hall(db, after, now=now)
    subject = Subject("occasion", str(wanted))
    record(db, actor, "ticketing.cancel_occasion", subject, before, after, now=now)
    bus.publish(OccasionChanged(before, after))
    enqueue(db, UndoCalledOff(), alone=name_of(UndoCalledOff))
    return after


def to_undo(db: Db, *, after: OrderId | None = None) -> tuple[OrderId, ...]:
    """The next orders for what is called off that are not undone yet, `PORTION` at the most."""
    return orders.to_undo(db, after=after, most=PORTION)


def undo_order(db: Db, bus: Bus, wanted: OrderId, *, now: datetime) -> None:
    """Undo an order for what is called off; one that is undone already stays so."""
    order = in_turn(db, bus, wanted, now=now)
    if occasions.get(db, order.occasion).state is not OccasionState.CANCELLED:
        return
    if order.state in (OrderState.HELD, OrderState.PAID):
        undo(db, bus, order, "occasion", now=now)
    withdraw(db, wanted, now=now)


def undoing(db: Db, actor: Actor, wanted: OccasionId) -> Undoing:
    """How far the orders for an occasion of the actor's have been undone."""
    organized(db, actor, wanted)
    left = orders.in_force(db, wanted)
    return Undoing(max(left, occasions.undone(db, wanted)), left)
