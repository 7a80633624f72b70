"""The addresses by which calendars follow bookings: found by their fingerprint, never kept."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shulian.booking import tables
from shulian.booking.types import Link
from shulian.identity.types import PersonId
from shulian.kit.db import Db

_l = tables.link.c
_FRESH = timedelta(hours=1)
"""So long it is not noted again that a link is used."""


def put(db: Db, link: Link, secret: bytes) -> None:
    """Keep a link; the one that its person had before is none any more."""
    values = {"secret": secret, "created": link.created, "used": None}
    statement = insert(tables.link).values(person=link.person, **values)
    db.execute(statement.on_conflict_do_update(index_elements=["person"], set_=values))


def find(db: Db, person: PersonId) -> Link | None:
    """The link of somebody, if there is one."""
    query = sa.select(_l.created, _l.used).where(_l.person == person)
    row = db.execute(query).one_or_none()
    return Link(person, row.created, row.used) if row else None


def find_by_secret(db: Db, secret: bytes, *, now: datetime) -> Link | None:
    """The link with that fingerprint, if there is one; noted as used."""
    query = sa.select(_l.person, _l.created, _l.used).where(_l.secret == secret)
    row = db.execute(query).one_or_none()
    if row is None:
        return None
    if row.used is None or now - row.used > _FRESH:
        db.execute(sa.update(tables.link).where(_l.secret == secret).values(used=now))
    return Link(PersonId(row.person), row.created, row.used)


def drop(db: Db, person: PersonId) -> None:
    """Let nobody follow somebody's bookings any more."""
    db.execute(sa.delete(tables.link).where(_l.person == person))
