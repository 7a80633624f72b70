"""Who comes in and out, and what gates keep and tell."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shulian.identity.types import PersonId
from shulian.ticketing.types.ids import OccasionId, ScanId, TicketId, TicketTypeId
from shulian.ticketing.types.orders import Attendance, TicketState


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
