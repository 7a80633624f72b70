"""What somebody wants or has bought, and the tickets of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shulian.booking.types import BookingId
from shulian.identity.types import PersonId
from shulian.park.types import SpaceId
from shulian.ticketing.types.ids import Fen, OccasionId, OrderId, TicketId, TicketTypeId


class OrderState(StrEnum):
    """Where an order stands."""

    HELD = "held"
    """Its tickets are kept until it is paid or its time is over."""
    PAID = "paid"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Order:
    """Tickets for one occasion that somebody buys together."""

    id: OrderId
    code: str
    """What people call it: eight letters and digits, none like another."""
    occasion: OccasionId
    buyer: PersonId
    state: OrderState
    total: Fen
    booking: BookingId
    """By which its seats and its part of the quotas are held."""
    created: datetime
    expires: datetime | None
    """When it ends by itself; none: it is paid or over."""
    tickets: tuple["Ticket", ...]
    key: str | None = None
    """What the one who asked called it, so that asking again orders nothing twice."""


@dataclass(frozen=True, slots=True)
class Gift:
    """A ticket that somebody wants to hand on: it stays theirs until the other takes it."""

    ticket: TicketId
    email: str
    """For whom, as it was typed."""
    person: PersonId | None
    """Who may take it; none: nobody has an account of that name, which its giver is not told."""
    name: str
    """Whom the ticket is to let in then."""
    at: datetime


class Attendance(StrEnum):
    """How one takes part; changing it changes nothing else."""

    ON_SITE = "on_site"
    ONLINE = "online"


class TicketState(StrEnum):
    """Where a ticket stands."""

    RESERVED = "reserved"
    """Its order is not paid yet."""
    VALID = "valid"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Ticket:
    """The right of one person to be at an occasion."""

    id: TicketId
    order: OrderId
    occasion: OccasionId
    type: TicketTypeId
    seat: SpaceId | None
    price: Fen
    """What was paid for it."""
    owner: PersonId
    """Who may show it, change it and hand it on."""
    name: str
    """Of whom it lets in; empty: whoever shows it."""
    state: TicketState
    attendance: Attendance = Attendance.ON_SITE
    issue: int = 1
    """Counts up whenever it is handed on: codes of older issues let nobody in."""
