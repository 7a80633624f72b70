"""Tickets: looked at, named, used from afar instead."""

from dataclasses import replace
from datetime import datetime

from shulian.identity.api import record
from shulian.identity.types import Actor, Subject
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.ticketing.errors import AttendanceWrong, TicketOver, TicketUnknown, TooLate
from shulian.ticketing.events import TicketChanged
from shulian.ticketing.rules import entries
from shulian.ticketing.store import occasions, sales
from shulian.ticketing.store import orders as store
from shulian.ticketing.types import (
    CHECK,
    SELL,
    Attendance,
    OccasionState,
    Ticket,
    TicketId,
    TicketState,
)


def ticket(db: Db, actor: Actor, wanted: TicketId) -> Ticket:
    """A ticket of the actor's, or one they may sell or check; raises TicketUnknown."""
    found = store.get_ticket(db, wanted)
    if found.owner == actor.person:
        return found
    organizer = occasions.get(db, found.occasion).organizer
    if not (actor.may(SELL, organizer) or actor.may(CHECK, organizer)):
        actor.demand_person()
        raise TicketUnknown
    return found


def own_tickets(db: Db, actor: Actor) -> tuple[Ticket, ...]:
    """The actor's valid tickets, the newest first."""
    return store.of_owner(db, actor.demand_person())


def rename(db: Db, bus: Bus, actor: Actor, wanted: TicketId, *, name: str, now: datetime) -> Ticket:
    """Say whom a ticket lets in; empty: whoever shows it.

    Raises Invalid, TicketUnknown, TicketOver, TooLate.
    """
    before = own(db, actor, wanted, now=now)
    after = replace(before, name=entries.tidy_name(name))
    entries.demand({"name": entries.name_fault(after.name)})
    return keep(db, bus, actor, "ticketing.rename", before, after, now)


def attend(
    db: Db, bus: Bus, actor: Actor, wanted: TicketId, attendance: Attendance, *, now: datetime
) -> Ticket:
    """Take part on site or from afar, and keep everything else.

    Raises AttendanceWrong where the ticket is not for that, and as `rename`.
    """
    before = own(db, actor, wanted, now=now)
    type_ = sales.get(db, before.type)
    if not (type_.online if attendance is Attendance.ONLINE else type_.on_site):
        raise AttendanceWrong
    after = replace(before, attendance=attendance)
    return keep(db, bus, actor, "ticketing.attend", before, after, now)


def own(db: Db, actor: Actor, wanted: TicketId, *, now: datetime) -> Ticket:
    """A valid ticket of the actor's for an occasion that is not over, theirs to change."""
    actor.demand_person()
    found = store.get_ticket(db, wanted, lock=True)
    if found.owner != actor.person:
        raise TicketUnknown
    demand_valid(db, found, now=now)
    return found


def demand_valid(db: Db, one: Ticket, *, now: datetime) -> None:
    """Raise TicketOver or TooLate unless a ticket lets somebody in still."""
    where = occasions.get(db, one.occasion)
    if one.state is not TicketState.VALID or where.state is OccasionState.CANCELLED:
        raise TicketOver
    if where.span.end is not None and where.span.end <= now:
        raise TooLate


def keep(
    db: Db, bus: Bus, actor: Actor, verb: str, before: Ticket, after: Ticket, now: datetime
) -> Ticket:
    """Keep a changed ticket, and have it known."""
    if after != before:
        store.put_ticket(db, after)
        record(db, actor, verb, Subject("ticket", str(after.id)), before, after, now=now)
        bus.publish(TicketChanged(before, after))
    return after
