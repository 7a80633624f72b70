"""One's own tickets over HTTP. Prices are fen."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from shulian.park.types import SpaceId
from shulian.ticketing.types import Attendance, Gift, Ticket, TicketState

_LONG = 300


class OwnTicketView(Struct, frozen=True):
    """A ticket as its owner sees it."""

    id: UUID
    order: UUID
    occasion: UUID
    type: UUID
    seat: SpaceId | None
    price: int
    name: str
    state: TicketState
    attendance: Attendance
    issue: int


class TicketPatch(Struct, frozen=True, forbid_unknown_fields=True):
    """What changes of a ticket; what is left out stays."""

    name: Annotated[str, Meta(max_length=_LONG)] | UnsetType = UNSET
    attendance: Attendance | UnsetType = UNSET


class HandOnAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """To whom a ticket goes."""

    email: Annotated[str, Meta(max_length=_LONG)]
    name: Annotated[str, Meta(max_length=_LONG)] = ""


class GiftView(Struct, frozen=True):
    """A ticket that one is handing on; whether anybody has that account nobody is told."""

    ticket: UUID
    email: str
    name: str
    at: datetime


class OfferedView(Struct, frozen=True):
    """A ticket that one may take."""

    ticket: UUID
    occasion: UUID
    type: UUID
    seat: SpaceId | None
    name: str
    """Whom it lets in then."""
    at: datetime


class GiftsView(Struct, frozen=True):
    """What one may take of others, and what one is handing on; the newest first."""

    to: tuple[OfferedView, ...]
    by: tuple[GiftView, ...]


def gift_view(one: Gift) -> GiftView:
    """What one is handing on."""
    return GiftView(one.ticket, one.email, one.name, one.at)


def gifts_view(to: Sequence[tuple[Gift, Ticket]], by: Sequence[Gift]) -> GiftsView:
    """What one may take, and what one is handing on."""
    offered = (
        OfferedView(one.ticket, ticket.occasion, ticket.type, ticket.seat, one.name, one.at)
        for one, ticket in to
    )
    return GiftsView(tuple(offered), tuple(gift_view(one) for one in by))


def ticket_view(one: Ticket) -> OwnTicketView:
    """A ticket."""
    return OwnTicketView(
        id=one.id,
        order=one.order,
        occasion=one.occasion,
        type=one.type,
        seat=one.seat,
        price=one.price,
        name=one.name,
        state=one.state,
        attendance=one.attendance,
        issue=one.issue,
    )
