"""What ticketing does when the ledger lets go: whom it tells of seats, and who is next."""

from shulian.booking.events import Moved, Released
from shulian.kit.bus import Bus, Reactions
from shulian.kit.db import Db
from shulian.ticketing import api
from shulian.ticketing.api import tidings
from shulian.ticketing.events import (
    OccasionChanged,
    OrderEnded,
    OrderPaid,
    OrderPlaced,
    TicketCancelled,
    TypeChanged,
)
from shulian.ticketing.types import Order, SeatState, WishState


def react(reactions: Reactions) -> None:
    """Keep orders and the ledger of one mind, tell of seats, offer what comes back."""
    reactions.on(Released, _released)
    reactions.on(Moved, _moved)
    reactions.on(OrderPlaced, _placed)
    reactions.on(OrderPaid, _paid)
    reactions.on(OrderEnded, _ended)
    reactions.on(TicketCancelled, _cancelled)
    reactions.on(TypeChanged, _changed)
    reactions.on(OccasionChanged, _occasion)


def _released(db: Db, bus: Bus, event: Released) -> None:
    api.follow_release(db, bus, event.before, expired=event.expired)
    api.follow_back(db, bus, event.before, ())


def _moved(db: Db, bus: Bus, event: Moved) -> None:
    api.follow_move(db, event.after)
    api.follow_back(db, bus, event.before, event.after.claims)


def _placed(db: Db, _bus: Bus, event: OrderPlaced) -> None:
    _tell(db, event.order, SeatState.HELD)


def _paid(db: Db, _bus: Bus, event: OrderPaid) -> None:
    _tell(db, event.order, SeatState.SOLD)
    api.follow_offer(db, event.order, WishState.TAKEN)


def _ended(db: Db, _bus: Bus, event: OrderEnded) -> None:
    _tell(db, event.before, SeatState.FREE)
    api.follow_offer(db, event.after, WishState.OVER)


def _cancelled(db: Db, _bus: Bus, event: TicketCancelled) -> None:
    tidings.tell(db, event.ticket.occasion, [event.ticket.seat], SeatState.FREE)


def _changed(db: Db, _bus: Bus, event: TypeChanged) -> None:
    tidings.tell_anew(db, event.occasion.id)
    api.ask_to_offer(db, event.type)


def _occasion(db: Db, bus: Bus, event: OccasionChanged) -> None:
    tidings.tell_anew(db, event.after.id)
    if event.before is not None:
        api.follow_occasion(db, bus, event.after)


def _tell(db: Db, order: Order, state: SeatState) -> None:
    tidings.tell(db, order.occasion, [one.seat for one in order.tickets], state)
