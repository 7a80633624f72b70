"""Tickets that are being handed on, until they are taken."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import insert

from shulian.identity.types import PersonId
from shulian.kit.db import Db
from shulian.ticketing import tables
from shulian.ticketing.types import Gift, TicketId, TicketState

_g = tables.gift.c
_t = tables.ticket.c
_VALID = _t.state == TicketState.VALID.value


def put(db: Db, gift: Gift) -> None:
    """Keep to whom a ticket is being handed on, whoever it was before."""
    values = {"email": gift.email, "person": gift.person, "name": gift.name, "at": gift.at}
    statement = insert(tables.gift).values(ticket=gift.ticket, **values)
    db.execute(statement.on_conflict_do_update(index_elements=["ticket"], set_=values))


def find(db: Db, ticket: TicketId) -> Gift | None:
    """To whom a ticket is being handed on."""
    row = db.execute(sa.select(tables.gift).where(_g.ticket == ticket)).one_or_none()
    return _gift(row) if row else None


def drop(db: Db, ticket: TicketId) -> None:
    """Hand a ticket on no more."""
    db.execute(sa.delete(tables.gift).where(_g.ticket == ticket))


def to(db: Db, person: PersonId) -> tuple[Gift, ...]:
    """What somebody may take, of tickets that are valid, the newest first."""
    return _gifts(db, _g.person == person)


def by(db: Db, owner: PersonId) -> tuple[Gift, ...]:
    """What somebody is handing on, of tickets that are valid, the newest first."""
    return _gifts(db, _t.owner == owner)


def _gifts(db: Db, whose: sa.ColumnElement[bool]) -> tuple[Gift, ...]:
    query = sa.select(tables.gift).join(tables.ticket, _t.id == _g.ticket).where(whose, _VALID)
    return tuple(_gift(row) for row in db.execute(query.order_by(_g.at.desc(), _g.ticket)))


def _gift(row: Row[Any]) -> Gift:
    person = PersonId(row.person) if row.person else None
    return Gift(TicketId(row.ticket), row.email, person, row.name, row.at)
