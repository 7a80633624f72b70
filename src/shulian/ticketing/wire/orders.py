"""Orders over HTTP: what is wanted, and what is held."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from shulian.park.types import SpaceId
from shulian.ticketing.types import (
    Attendance,
    OccasionId,
    Order,
    OrderId,
    OrderState,
    Ticket,
    TicketId,
    TicketState,
    TicketTypeId,
    Wanted,
)


class WantedAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """So many tickets of a type; of a seated one these seats, or where none is named any."""

    type: TicketTypeId
    count: Annotated[int, Meta(le=1000)] = 1
    seats: Annotated[tuple[SpaceId, ...], Meta(max_length=1000)] = ()


class OrderAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody wants to buy together: all of it, or nothing."""

    wanted: Annotated[tuple[WantedAsk, ...], Meta(max_length=100)]


class TicketView(Struct, frozen=True):
    """One ticket of an order."""

    id: TicketId
    type: TicketTypeId
    seat: SpaceId | None
    price: int
    """[fen]"""
    state: TicketState
    attendance: Attendance


class OrderView(Struct, frozen=True):
    """Tickets that somebody buys together."""

    id: OrderId
    code: str
    occasion: OccasionId
    state: OrderState
    total: int
    """[fen]"""
    created: datetime
    expires: datetime | None
    """When it ends by itself; none: it is paid, or over."""
    tickets: tuple[TicketView, ...]


def wanted_of(asked: OrderAsk) -> tuple[Wanted, ...]:
    """What is asked for."""
    return tuple(Wanted(one.type, one.count, one.seats) for one in asked.wanted)


def order_view(one: Order) -> OrderView:
    """An order as its buyer sees it."""
    tickets = tuple(_ticket_view(ticket) for ticket in one.tickets)
    return OrderView(
        one.id, one.code, one.occasion, one.state, one.total, one.created, one.expires, tickets
    )


def _ticket_view(one: Ticket) -> TicketView:
    return TicketView(one.id, one.type, one.seat, one.price, one.state, one.attendance)
