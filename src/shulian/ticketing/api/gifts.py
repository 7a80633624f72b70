"""Tickets handed on: offered to an address, theirs once whoever has it takes them.

Who hands a ticket on is told the same whether or not anybody has an account of that name; so
nobody learns by it who has one. Until it is taken the ticket stays with its giver.
"""

from dataclasses import replace
from datetime import datetime

from shulian.identity.api import person_of, record
from shulian.identity.types import Actor, Subject
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.ticketing.api.tickets import demand_valid, keep, own
from shulian.ticketing.errors import GiftUnknown
from shulian.ticketing.rules import entries
from shulian.ticketing.store import gifts as store
from shulian.ticketing.store import orders
from shulian.ticketing.types import Gift, Ticket, TicketId


def hand_on(
    db: Db, actor: Actor, wanted: TicketId, *, email: str, name: str, now: datetime
) -> Gift:
    """Offer a ticket to the person with the account `email`, instead of whom it was offered before.

    Raises Invalid, TicketUnknown, TicketOver, TooLate; nothing that tells whose account there is.
    """
    ticket = own(db, actor, wanted, now=now)
    told, called = email.strip(), entries.tidy_name(name)
    entries.demand({"name": entries.name_fault(called), "email": entries.email_fault(told)})
    person = person_of(db, told)
    if person is not None and person.id == ticket.owner:
        entries.demand({"email": "ticketing.email_own"})
    gift = Gift(wanted, told, person.id if person else None, called, now)
    before = store.find(db, wanted)
    store.put(db, gift)
    record(db, actor, "ticketing.hand_on", _subject(wanted), before, gift, now=now)
    return gift


def take_gift(db: Db, bus: Bus, actor: Actor, wanted: TicketId, *, now: datetime) -> Ticket:
    """Take a ticket that is handed on to the actor: older codes let nobody in any more.

    Raises GiftUnknown, TicketOver, TooLate.
    """
    person = actor.demand_person()
    _find(db, actor, wanted)
    before = orders.get_ticket(db, wanted, lock=True)
    gift = _find(db, actor, wanted)  # as it is now that nobody else changes it
    if gift.person != person:
        raise GiftUnknown
    demand_valid(db, before, now=now)
    store.drop(db, wanted)
    after = replace(before, owner=person, name=gift.name, issue=before.issue + 1)
    return keep(db, bus, actor, "ticketing.take_gift", before, after, now)


def end_gift(db: Db, actor: Actor, wanted: TicketId, *, now: datetime) -> None:
    """Hand a ticket on no more, as its owner; or decline it, as whom it is for.

    Raises GiftUnknown.
    """
    gift = _find(db, actor, wanted)
    store.drop(db, wanted)
    record(db, actor, "ticketing.end_gift", _subject(wanted), gift, None, now=now)


def gifts_to(db: Db, actor: Actor) -> tuple[tuple[Gift, Ticket], ...]:
    """What the actor may take, the newest first."""
    found = store.to(db, actor.demand_person())
    return tuple((one, orders.get_ticket(db, one.ticket)) for one in found)


def gifts_by(db: Db, actor: Actor) -> tuple[Gift, ...]:
    """What the actor is handing on, the newest first."""
    return store.by(db, actor.demand_person())


def _find(db: Db, actor: Actor, wanted: TicketId) -> Gift:
    """A gift by the actor or to them; raises GiftUnknown."""
    person = actor.demand_person()
    gift = store.find(db, wanted)
    if gift is None or person not in (gift.person, orders.get_ticket(db, wanted).owner):
        raise GiftUnknown
    return gift


def _subject(wanted: TicketId) -> Subject:
    return Subject("ticket", str(wanted))
