"""Codes of tickets, for those who may show them or hand them out."""

from dataclasses import dataclass

from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.ticketing.api.orders import order as visible_order
from shulian.ticketing.errors import TicketUnknown
from shulian.ticketing.rules.ticket_codes import Code, Keyring, number_of, write
from shulian.ticketing.store import occasions, orders, sales
from shulian.ticketing.types import (
    SELL,
    Occasion,
    OccasionState,
    OrderId,
    Ticket,
    TicketId,
    TicketState,
    TicketType,
)


@dataclass(frozen=True, slots=True)
class Proof:
    """A ticket with what lets its owner in."""

    ticket: Ticket
    occasion: Occasion
    type: TicketType
    order: str
    """The code of its order, as people call it."""
    code: str
    """What its QR says; empty: it lets nobody in."""
    number: str
    """What stands below the QR; empty like the code."""


def proof(db: Db, actor: Actor, wanted: TicketId, keys: Keyring) -> Proof:
    """The proof of a ticket for its owner, or who sells it; raises TicketUnknown."""
    found = orders.get_ticket(db, wanted)
    where = occasions.get(db, found.occasion)
    if not _may_hold(actor, found, where):
        actor.demand_person()
        raise TicketUnknown
    return _proof(db, found, where, orders.get(db, found.order).code, keys)


def proofs(db: Db, actor: Actor, wanted: OrderId, keys: Keyring) -> tuple[Proof, ...]:
    """Those of an order that are the actor's, or theirs to sell, and let somebody in.

    Raises OrderUnknown, and TicketUnknown where there is none, such as when all are handed on.
    """
    found = visible_order(db, actor, wanted)
    where = occasions.get(db, found.occasion)
    held = [
        _proof(db, one, where, found.code, keys)
        for one in found.tickets
        if _counts(one, where) and _may_hold(actor, one, where)
    ]
    if not held:
        raise TicketUnknown
    return tuple(held)


def _counts(one: Ticket, where: Occasion) -> bool:
    """Whether a ticket lets somebody in: of what is called off none does, undone already or not."""
    return one.state is TicketState.VALID and where.state is not OccasionState.CANCELLED


def _may_hold(actor: Actor, one: Ticket, where: Occasion) -> bool:
    owns = actor.person is not None and one.owner == actor.person
    return owns or actor.may(SELL, where.organizer)


def _proof(db: Db, one: Ticket, where: Occasion, order: str, keys: Keyring) -> Proof:
    type_ = sales.get(db, one.type)
    if not _counts(one, where):
        return Proof(one, where, type_, order, "", "")
    code = Code(one.occasion, one.id, one.issue)
    return Proof(one, where, type_, order, write(code, keys), number_of(code, keys))
