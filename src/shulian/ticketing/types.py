"""The nouns of ticketing: what people may come to, what is sold for it, and who came.

What is held is a `Booking` of the ledger: an order holds its seats and its part of the quotas by
one. Money is whole fen (1 CNY = 100 fen). Instants carry their time zone.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

import msgspec

from shulian.booking.types import BookingId, ResourceId, Span
from shulian.identity.types import OrganizationId, Permission, PersonId
from shulian.kit.text import Text
from shulian.park.types import SpaceId

OccasionId = NewType("OccasionId", UUID)
TicketTypeId = NewType("TicketTypeId", UUID)
OrderId = NewType("OrderId", UUID)
TicketId = NewType("TicketId", UUID)
PaymentId = NewType("PaymentId", UUID)
RefundId = NewType("RefundId", UUID)
ScanId = NewType("ScanId", UUID)
WishId = NewType("WishId", UUID)
TurnNumber = NewType("TurnNumber", int)
Fen = NewType("Fen", int)

SELL = Permission("ticketing.sell")
"""Make occasions and ticket types, see the figures, cancel and refund."""
CHECK = Permission("ticketing.check")
"""Let people in and out at the gate."""
PERMISSIONS = (SELL, CHECK)


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


class PaymentState(StrEnum):
    """Where a payment stands."""

    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    REFUNDED = "refunded"
    WITHDRAWN = "withdrawn"
    """Its order was paid otherwise, or cancelled: money that comes nevertheless goes back."""


@dataclass(frozen=True, slots=True)
class Payment:
    """Money for an order, by way of a provider."""

    id: PaymentId
    order: OrderId
    provider: str
    """`free`, `transfer` or `test`."""
    amount: Fen
    state: PaymentState
    reference: str
    """What the provider calls it; of one provider no two are the same."""
    created: datetime
    settled: datetime | None = None


@dataclass(frozen=True, slots=True)
class Payee:
    """The bank account to which an organizer has transfers go."""

    name: str
    """Whose account it is."""
    bank: str
    account: str
    """Its number, without blanks."""


class Outcome(StrEnum):
    """What a provider says became of a payment."""

    PAID = "paid"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a provider says about a payment; it may come late, twice, or after a later one."""

    reference: str
    amount: Fen
    outcome: Outcome


class RefundState(StrEnum):
    """Where the way back of money stands."""

    DUE = "due"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Refund:
    """Money that goes back."""

    id: RefundId
    payment: PaymentId
    amount: Fen
    reason: str
    """A code: `cancelled`, `late`, `twice` or `occasion`."""
    state: RefundState
    at: datetime
    ticket: TicketId | None = None
    """For which ticket; none: all of what was left of the payment."""
    done: datetime | None = None


class Direction(StrEnum):
    """Which way somebody passes a gate."""

    IN = "in"
    OUT = "out"


class Verdict(StrEnum):
    """What a gate answers."""

    ADMITTED = "admitted"
    OUT = "out"
    """They went out, and may come in again."""
    ALREADY_IN = "already_in"
    """Somebody is in by this ticket: it is a copy, or was shown twice."""
    NOT_IN = "not_in"
    """Nobody who goes out came in by it."""
    NOT_PAID = "not_paid"
    CANCELLED = "cancelled"
    HANDED_ON = "handed_on"
    """The code is of an older issue."""
    ELSEWHERE = "elsewhere"
    """It is for another occasion."""
    UNREADABLE = "unreadable"
    """It is no ticket of ours."""


class Fault(StrEnum):
    """Why what was shown is no code of ours."""

    FOREIGN = "foreign"
    """Something else: a web address, a ticket of another system."""
    CUT = "cut"
    """The beginning of a code is there, but not all of it, or more than that."""
    NEWER = "newer"
    """A code of a later version than this program knows."""
    STRANGER = "stranger"
    """Signed by a key that is not ours: a ticket of another installation, or of a key we threw
    away."""
    FORGED = "forged"
    """It names a key of ours, which has not signed it."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A ticket that was shown at a gate."""

    id: ScanId
    """Given by the phone, so that telling it again counts nothing twice."""
    occasion: OccasionId
    ticket: TicketId | None
    """None: what was shown is no ticket."""
    direction: Direction
    verdict: Verdict
    gate: str
    at: datetime
    """When it was shown, as near as is known."""
    heard: datetime
    """When the server was told."""
    by: PersonId
    told: Verdict
    """What the gate answered on the spot; offline it may not have known what `verdict` knows."""


@dataclass(frozen=True, slots=True)
class Showing:
    """A ticket that is shown at a gate, as the gate tells us of it."""

    id: ScanId
    direction: Direction
    at: datetime
    """By the gate's clock."""
    code: str = ""
    """What was read or typed; empty where the ticket was found by its name or number."""
    ticket: TicketId | None = None
    """The one that was found in the list."""
    told: Verdict | None = None
    """What the gate answered offline; none: it asks."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A ticket in the list that a gate keeps for when it is offline: no more than it needs."""

    ticket: TicketId
    issue: int
    state: TicketState
    attendance: Attendance
    type: TicketTypeId
    name: str
    number: str
    """What is printed below the code, for who must type it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """How somebody passed a gate last by a ticket, as far as it counts."""

    ticket: TicketId
    inside: bool
    at: datetime
    gate: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many passed the gates of an occasion; tickets, not times."""

    inside: int
    """In now."""
    out: int
    """Were in, and are not."""
    refused: int
    """Times that somebody was refused."""
    doubles: int
    """Times that a copy came in."""


@dataclass(frozen=True, slots=True)
class Double:
    """Two who came in by one ticket while neither had gone out."""

    counted: Scan
    """The one that was earlier."""
    copy: Scan


class WishState(StrEnum):
    """Where a wish stands."""

    WAITING = "waiting"
    OFFERED = "offered"
    """Tickets are held for them, in an order that they may pay."""
    TAKEN = "taken"
    OVER = "over"
    """They gave up, or let the offer pass."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A group on the waiting list: it gets tickets for all of it, or waits on."""

    id: WishId
    occasion: OccasionId
    type: TicketTypeId
    person: PersonId
    count: int
    state: WishState
    created: datetime
    order: OrderId | None = None
    """What is offered to them."""
    overtaken: int = 0
    """Groups that came later and were served before it."""


class TurnState(StrEnum):
    """Where a turn in the line stands."""

    WAITING = "waiting"
    CALLED = "called"
    """Their turn has come; they have not come back yet."""
    BUYING = "buying"
    """They came, and choose."""
    BOUGHT = "bought"
    PASSED = "passed"
    """They did not come, or did not choose, in time."""
    REFUSED = "refused"
    """Nothing can be left for them."""
    LEFT = "left"
    """They gave up."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody's place in the line of those who want to buy for an occasion."""

    number: TurnNumber
    """Given by the database, in the order in which they came."""
    occasion: OccasionId
    person: PersonId
    state: TurnState
    arrived: datetime
    until: datetime | None = None
    """Until when they may come, or buy; none: they are not called."""


@dataclass(frozen=True, slots=True)
class Position:
    """How somebody stands in a line, as they are told."""

    turn: Turn
    ahead: int
    """Those who came before them and are still in line, called ones too."""
    left: int
    """Tickets that nobody holds; where they were refused, as it was then."""
    wait: int | None
    """[s] until they are called at the pace of the last minutes; none: it cannot be told yet."""
    again: int
    """[s] after which to ask again; 0: there is nothing to wait for."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many tickets are sold, held and used, and what was paid for them."""

    sold: int = 0
    held: int = 0
    left: int = 0
    """What could be sold still."""
    inside: int = 0
    """Who came in and is there."""
    out: int = 0
    """Who came in and went out again."""
    online: int = 0
    """Sold to people who attend from afar."""
    no_shows: int = 0
    """Sold for the place itself, and nobody came in by it."""
    revenue: Fen = Fen(0)
    """Paid for what is sold, without what went back or is to."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How an occasion sells: by type, and in all."""

    types: tuple[tuple[TicketTypeId, Count], ...]
    all: Count


@dataclass(frozen=True, slots=True)
class Undoing:
    """How far the orders of an occasion that is called off have been undone."""

    orders: int
    """Those that held or had paid for something when it was called off."""
    left: int
    """Those that still do."""


class UndoCalledOff(msgspec.Struct, frozen=True, tag="ticketing.undo_called_off"):
    """A job: undo the orders for what is called off, one after the other."""


class OfferBack(msgspec.Struct, frozen=True, tag="ticketing.offer_back"):
    """A job: offer what came back of a type to those who wait for it."""

    sold: TicketTypeId


class GiveBack(msgspec.Struct, frozen=True, tag="ticketing.give_back"):
    """A job: let the provider give back the money of a refund that is due."""

    refund: RefundId


class AskAgain(msgspec.Struct, frozen=True, tag="ticketing.ask_again"):
    """A job: ask providers about payments that have been pending for long."""


class CallBack(msgspec.Struct, frozen=True, tag="ticketing.call_back"):
    """A job: let the test provider say what became of a payment."""

    reference: str
