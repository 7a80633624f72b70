"""What the server and the gates tell each other.

A gate works offline by the list of tickets (`GateTickets`) and who is in (`Passages`), and tells
its scans later (`ScansTold`). Instants of a gate are by its own clock.
"""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from shulian.kit.text import Text
from shulian.ticketing.types import (
    Attendance,
    Counts,
    Direction,
    Entry,
    Fault,
    Occasion,
    OccasionState,
    Passage,
    Scan,
    TicketState,
    TicketType,
    Verdict,
)

MOST_SCANS = 200
"""Scans told at once."""
LONGEST_GATE = 40
"""Characters of what a gate is called."""
LONGEST_CODE = 1000
"""Characters of what was read or typed; a code of ours has a quarter of that."""

Moment = Annotated[datetime, Meta(tz=True)]


class GateKey(Struct, frozen=True):
    """A key of this installation: what it has signed is ours."""

    id: int
    key: str
    """The public key, as 64 hexadecimal digits."""


class GateType(Struct, frozen=True):
    """A ticket type by its name."""

    id: UUID
    name: Text


class GateView(Struct, frozen=True):
    """What a gate must know of its occasion."""

    occasion: UUID
    title: Text
    start: datetime
    end: datetime | None
    state: OccasionState
    timezone: str
    keys: tuple[GateKey, ...]
    types: tuple[GateType, ...]
    now: datetime


class GateEntry(Struct, frozen=True, array_like=True):
    """A ticket in the list: what decides, and what is shown to who stands at the gate."""

    ticket: UUID
    issue: int
    state: TicketState
    attendance: Attendance
    type: UUID
    name: str
    number: str


class GateTickets(Struct, frozen=True):
    """Every ticket of an occasion, for when there is no network."""

    tickets: tuple[GateEntry, ...]


class PassageView(Struct, frozen=True):
    """How somebody passed last by a ticket: whether they are in."""

    ticket: UUID
    inside: bool
    at: datetime
    gate: str


class CountsView(Struct, frozen=True):
    """How many are in, were in, were refused, and came in by a copy."""

    inside: int
    out: int
    refused: int
    doubles: int


class Passages(Struct, frozen=True):
    """Who passed since the gate asked last; `cursor` is to be named the next time."""

    passages: tuple[PassageView, ...]
    cursor: datetime
    counts: CountsView


class ScanTold(Struct, frozen=True, forbid_unknown_fields=True):
    """A ticket that was shown: its code as it was read, or the ticket that was found by hand."""

    id: UUID
    direction: Direction
    at: Moment
    code: Annotated[str, Meta(max_length=LONGEST_CODE)] = ""
    ticket: UUID | None = None
    told: Verdict | None = None
    """What the gate answered on the spot; none: it waits for our answer."""


class ScansTold(Struct, frozen=True, forbid_unknown_fields=True):
    """Scans of one gate, whose clock says `sent` when it sends them."""

    gate: Annotated[str, Meta(min_length=1, max_length=LONGEST_GATE)]
    sent: Moment
    scans: Annotated[tuple[ScanTold, ...], Meta(max_length=MOST_SCANS)]


class ScanView(Struct, frozen=True):
    """A scan and what it came to."""

    id: UUID
    ticket: UUID | None
    direction: Direction
    verdict: Verdict
    told: Verdict
    fault: Fault | None
    """Why it is unreadable, where it is."""
    gate: str
    at: datetime
    before: PassageView | None
    """How somebody passed by this ticket before."""


class ScansHeard(Struct, frozen=True):
    """What became of the scans that were told; each of them can be forgotten by the gate."""

    scans: tuple[ScanView, ...]
    ahead: float
    """[s] by which the gate's clock is before ours; below zero: behind."""
    wrong: bool
    """Whether that is too much: its people should set it; what it told was corrected."""
    counts: CountsView


class DoubleView(Struct, frozen=True):
    """Two who came in by one ticket: the one that counts, and the copy."""

    ticket: UUID
    name: str
    first_gate: str
    first_at: datetime
    first_offline: bool
    second_gate: str
    second_at: datetime
    second_offline: bool


class Doubles(Struct, frozen=True):
    """The copies that came in, the latest first."""

    doubles: tuple[DoubleView, ...]


def gate_view(
    one: Occasion,
    types: tuple[TicketType, ...],
    *,
    keys: tuple[GateKey, ...],
    timezone: str,
    now: datetime,
) -> GateView:
    """What a gate of the occasion `one` must know."""
    return GateView(
        one.id,
        one.title,
        one.span.start,
        one.span.end,
        one.state,
        timezone,
        keys,
        tuple(GateType(each.id, each.name) for each in types),
        now,
    )


def gate_entry(one: Entry) -> GateEntry:
    """`one` as a gate keeps it."""
    return GateEntry(
        one.ticket, one.issue, one.state, one.attendance, one.type, one.name, one.number
    )


def passage_view(one: Passage) -> PassageView:
    """`one` as gates see it."""
    return PassageView(one.ticket, one.inside, one.at, one.gate)


def counts_view(one: Counts) -> CountsView:
    """`one` as gates see it."""
    return CountsView(one.inside, one.out, one.refused, one.doubles)


def scan_view(one: Scan, fault: Fault | None, before: Passage | None) -> ScanView:
    """`one` as the gate sees it that told it."""
    return ScanView(
        one.id,
        one.ticket,
        one.direction,
        one.verdict,
        one.told,
        fault,
        one.gate,
        one.at,
        passage_view(before) if before else None,
    )
