"""The gate: who may come in and go out, asked online or told afterwards.

The scans are their own log: who let whom pass where and when. What turns out otherwise later is in
the audit log.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile
from uuid import UUID

from shulian.identity.api import record
from shulian.identity.types import Actor, Subject
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.ticketing.api.occasions import occasion as occasion_of
from shulian.ticketing.errors import ScanKnown, TicketUnknown
from shulian.ticketing.events import Scanned
from shulian.ticketing.rules import gate, ticket_codes
from shulian.ticketing.rules.gate import Standing
from shulian.ticketing.rules.ticket_codes import LARGEST_ISSUE, Code, Keyring
from shulian.ticketing.store import orders
from shulian.ticketing.store import scans as store
from shulian.ticketing.types import (
    CHECK,
    Counts,
    Double,
    Entry,
    Fault,
    Occasion,
    OccasionId,
    OccasionState,
    Passage,
    Scan,
    ScanId,
    Showing,
    Ticket,
    TicketId,
    TicketState,
    Verdict,
)

MOST_DOUBLES = 50
"""Tickets with copies that are told at once."""
OVERLAP = timedelta(minutes=1)
"""What is told again the next time: one change may be seen only after later ones."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a scan that was told."""

    scan: Scan
    fault: Fault | None
    """Why the code cannot be read, where it cannot."""
    before: Passage | None
    """How somebody passed by the ticket before."""


def open_gate(db: Db, actor: Actor, wanted: OccasionId) -> Occasion:
    """An occasion at whose gates the actor may stand; raises Refused, OccasionUnknown."""
    found = occasion_of(db, actor, wanted)
    actor.demand(CHECK, found.organizer)
    return found


def gate_tickets(db: Db, actor: Actor, wanted: OccasionId, keys: Keyring) -> tuple[Entry, ...]:
    """Every ticket of an occasion, for a gate to work by without us."""
    where = open_gate(db, actor, wanted)
    found = orders.tickets_of_occasion(db, wanted)
    return tuple(_entry(_standing(one, where), keys) for _, _, one in found)


def passages(
    db: Db, actor: Actor, wanted: OccasionId, *, since: datetime | None, now: datetime
) -> tuple[tuple[Passage, ...], datetime]:
    """How somebody passed last by each ticket shown since then, and from when to ask next time.

    Some of it may have been told before.
    """
    open_gate(db, actor, wanted)
    return store.passages(db, wanted, since=since), now - OVERLAP


def gate_counts(db: Db, actor: Actor, wanted: OccasionId) -> Counts:
    """How many passed the gates of an occasion."""
    open_gate(db, actor, wanted)
    return store.counts(db, wanted)


def doubles(db: Db, actor: Actor, wanted: OccasionId) -> tuple[tuple[Ticket, Double], ...]:
    """The copies that came in, those of which we heard last first."""
    open_gate(db, actor, wanted)
    found = store.doubled(db, wanted, most=MOST_DOUBLES)
    scans = store.of_tickets(db, found)
    return tuple(
        (orders.get_ticket(db, ticket), double)
        for ticket in found
        for double in gate.doubles(gate.replayed(scans[ticket]))
    )


def hear_scans(
    db: Db,
    bus: Bus,
    actor: Actor,
    wanted: OccasionId,
    showings: Sequence[Showing],
    *,
    where: str,
    sent: datetime,
    keys: Keyring,
    now: datetime,
) -> tuple[Answer, ...]:
    """What the gate called `where` has scanned: it asks us, or tells us afterwards.

    sent   what the gate's clock says now, by which its times are corrected
    Telling a scan again changes nothing. Raises ScanKnown where its id is one of another occasion.
    """
    occasion = open_gate(db, actor, wanted)
    person = actor.demand_person()
    read = {one.id: _read(db, one, wanted, keys) for one in showings}
    tickets = _locked(db, {one.ticket for one in read.values() if one.ticket})
    histories = store.of_tickets(db, tickets)
    kept = store.get(db, read) | {one.id: one for scans in histories.values() for one in scans}
    if any(kept[one].occasion != wanted for one in read if one in kept):
        raise ScanKnown
    latest = dict(kept)
    for one in sorted(showings, key=lambda one: one.at):
        if one.id in latest and one.told in {None, latest[one.id].told}:
            continue
        ticket = tickets.get(read[one.id].ticket or _NOTHING)
        others = [scan for scan in histories[ticket.id] if scan.id != one.id] if ticket else []
        shown = _standing(ticket, occasion) if ticket else None
        standing = Standing(shown, gate.is_inside(others)) if shown else None
        found = gate.verdict(wanted, standing, read[one.id].issue, one.direction)
        told, verdict = gate.judged(one.told, found)
        at = now if one.told is None else gate.corrected(one.at, sent=sent, heard=now)
        scan = Scan(
            one.id,
            wanted,
            ticket.id if ticket else None,
            one.direction,
            verdict,
            where,
            at,
            now,
            person,
            told,
        )
        settled = gate.replayed([*others, scan])
        if ticket:
            histories[ticket.id] = list(settled)
        latest |= {scan.id: scan for scan in settled}
    _keep(db, bus, actor, kept, latest, now=now)
    return tuple(
        Answer(latest[one.id], read[one.id].fault, _passage_before(latest[one.id], histories))
        for one in showings
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """Which ticket is meant by what was shown; none: it is no ticket, and perhaps we know why."""

    ticket: TicketId | None = None
    issue: int = LARGEST_ISSUE
    fault: Fault | None = None


_NOTHING = TicketId(UUID(int=0))


def _read(db: Db, one: Showing, occasion: OccasionId, keys: Keyring) -> _Read:
    if one.ticket is not None:
        return _Read(one.ticket)
    if number := ticket_codes.typed_number(one.code):
        tickets = orders.tickets_of_occasion(db, occasion)
        found = [
            one.id for _, _, one in tickets if ticket_codes.number_of(_code(one), keys) == number
        ]
        return _Read(found[0]) if found else _Read(fault=Fault.FOREIGN)
    code = ticket_codes.read(one.code, keys.public)
    return _Read(code.ticket, code.issue) if isinstance(code, Code) else _Read(fault=code)


def _locked(db: Db, wanted: Collection[TicketId]) -> dict[TicketId, Ticket]:
    """Those of `wanted` that there are, for nobody else to scan meanwhile; all in one order."""
    found: dict[TicketId, Ticket] = {}
    for one in sorted(wanted):
        with suppress(TicketUnknown):  # signed by us, and not there: of a database since restored
            found[one] = orders.get_ticket(db, one, lock=True)
    return found


def _keep(
    db: Db,
    bus: Bus,
    actor: Actor,
    before: Mapping[ScanId, Scan],
    after: Mapping[ScanId, Scan],
    *,
    now: datetime,
) -> None:
    """Keep the scans that are new, and what others turn out to be."""
    new = [scan for scan in after.values() if scan.id not in before]
    changed = [scan for scan in after.values() if scan.id in before and before[scan.id] != scan]
    store.put_new(db, new)
    store.change(db, changed)
    for scan in changed:
        subject = Subject("scan", str(scan.id))
        record(db, actor, "ticketing.correct_scan", subject, before[scan.id], scan, now=now)
    for scan in [*new, *changed]:
        bus.publish(Scanned(before.get(scan.id), scan))


def _passage_before(scan: Scan, histories: Mapping[TicketId, Sequence[Scan]]) -> Passage | None:
    """How somebody passed by the ticket of `scan` before it was shown then."""
    if scan.ticket is None:
        return None
    earlier = [
        one
        for one in takewhile(lambda one: one.id != scan.id, histories[scan.ticket])
        if one.verdict in gate.PASSED
    ]
    if not earlier:
        return None
    last = earlier[-1]
    return Passage(scan.ticket, last.verdict is Verdict.ADMITTED, last.at, last.gate)


def _standing(one: Ticket, where: Occasion) -> Ticket:
    """A ticket as it counts at a gate: of what is called off none does, undone already or not."""
    off = where.state is OccasionState.CANCELLED and one.occasion == where.id
    return replace(one, state=TicketState.CANCELLED) if off else one


def _entry(ticket: Ticket, keys: Keyring) -> Entry:
    return Entry(
        ticket.id,
        ticket.issue,
        ticket.state,
        ticket.attendance,
        ticket.type,
        ticket.name,
        ticket_codes.number_of(_code(ticket), keys),
    )


def _code(ticket: Ticket) -> Code:
    return Code(ticket.occasion, ticket.id, ticket.issue)
