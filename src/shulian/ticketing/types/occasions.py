"""What people may come to, what is sold for it, and its seats."""

from dataclasses import dataclass
from enum import StrEnum

from shulian.booking.types import BookingId, ResourceId, Span
from shulian.identity.types import OrganizationId
from shulian.kit.text import Text
from shulian.park.types import SpaceId
from shulian.ticketing.types.ids import Fen, OccasionId, TicketTypeId


class OccasionState(StrEnum):
    """Where an occasion stands."""

    DRAFT = "draft"
    """Its organizer sees it, and nobody else."""
    OPEN = "open"
    """Its tickets are sold in their windows of sale."""
    CLOSED = "closed"
    """Nothing more is sold for it until it is opened again; what is sold lets people in."""
    CANCELLED = "cancelled"
    """It does not take place; what was paid is given back."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What tickets let people into: a performance, a congress, a day of an expo."""

    id: OccasionId
    organizer: OrganizationId
    title: Text
    about: Text
    space: SpaceId
    """The hall it takes place in, or the park."""
    span: Span
    state: OccasionState
    booking: BookingId | None = None
    """By which its hall is held; none: where a whole park is its place."""
    gentle: bool = False
    """Whether those who come at the same time are let in to buy one after the other."""


class Buyers(StrEnum):
    """Whom a ticket type is for."""

    PEOPLE = "people"
    """Everyone with an account."""
    MEMBERS = "members"
    """Members of any organization of the park."""
    ORGANIZER = "organizer"
    """Members of the organization that holds the occasion."""


@dataclass(frozen=True, slots=True)
class TicketType:
    """One thing that is sold for an occasion."""

    id: TicketTypeId
    occasion: OccasionId
    name: Text
    price: Fen
    quota: ResourceId
    """The allowance it is taken from; types may share one."""
    sale: Span
    """When it is sold."""
    buyers: Buyers = Buyers.PEOPLE
    seated: bool = False
    """Whether each of its tickets is for a seat."""
    online: bool = True
    """Whether one may attend from afar by it."""
    on_site: bool = True
    """Whether one may attend at the place by it."""
    most: int = 10
    """Tickets of it in one order."""
    place: int = 0
    """Its place in the list, the first is 0."""


class SeatState(StrEnum):
    """What a seat is for an occasion, now."""

    FREE = "free"
    HELD = "held"
    """Somebody is buying it."""
    SOLD = "sold"
    CLOSED = "closed"
    """Something else has it."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of an occasion: the space it is, what it is sold as, whether it is free."""

    space: SpaceId
    type: TicketTypeId
    state: SeatState


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many tickets of a type; of a seated one these seats, or where none is named any."""

    type: TicketTypeId
    count: int = 1
    seats: tuple[SpaceId, ...] = ()
