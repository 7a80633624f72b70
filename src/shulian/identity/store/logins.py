"""Logins: the browsers in which people are logged in."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row

from shulian.identity.store import people
from shulian.identity.tables import login as table
from shulian.identity.tables import person
from shulian.identity.types import Login, LoginId, Person, PersonId
from shulian.kit.db import Db

_FIND = (
    sa.select(person, *(column.label(f"login_{column.name}") for column in table.c))
    .join(person, person.c.id == table.c.person)
    .where(
        table.c.secret == sa.bindparam("secret"),
        table.c.expires > sa.bindparam("now"),
        table.c.seen > sa.bindparam("seen"),
        person.c.disabled.is_(None),
    )
)
"""Put together once, for every request of somebody who is logged in asks for it."""


def put_new(db: Db, login: Login, secret: bytes) -> None:
    """Store a login, found again by the fingerprint `secret`."""
    values = {
        "id": login.id,
        "secret": secret,
        "person": login.person,
        "created": login.created,
        "seen": login.seen,
        "expires": login.expires,
        "agent": login.agent,
    }
    db.execute(sa.insert(table).values(values))


def find(db: Db, secret: bytes, *, now: datetime, idle: timedelta) -> tuple[Login, Person] | None:
    """The login with that fingerprint and its person, unless it ended or the account is shut."""
    values = {"secret": secret, "now": now, "seen": now - idle}
    row = db.execute(_FIND, values).one_or_none()
    return (_login_of(row, "login_"), people.person_of(row)) if row else None


def list_(db: Db, who: PersonId, *, now: datetime, idle: timedelta) -> tuple[Login, ...]:
    """The logins of a person that have not ended, the last used first."""
    query = (
        sa.select(table)
        .where(table.c.person == who, table.c.expires > now, table.c.seen > now - idle)
        .order_by(table.c.seen.desc(), table.c.id.desc())
    )
    return tuple(_login_of(row) for row in db.execute(query))


def touch(db: Db, login: LoginId, *, now: datetime) -> None:
    """Note that a login is used; whoever else notes the same just now is not waited for."""
    free = sa.select(table.c.id).where(table.c.id == login).with_for_update(skip_locked=True)
    db.execute(sa.update(table).where(table.c.id.in_(free)).values(seen=now))


def drop(db: Db, secret: bytes) -> PersonId | None:
    """Forget the login with that fingerprint; whose it was."""
    statement = sa.delete(table).where(table.c.secret == secret).returning(table.c.person)
    who = db.execute(statement).scalar_one_or_none()
    return PersonId(who) if who else None


def drop_all(db: Db, who: PersonId) -> int:
    """Forget every login of a person; how many there were."""
    return db.execute(sa.delete(table).where(table.c.person == who)).rowcount


def drop_surplus(db: Db, who: PersonId, *, most: int) -> None:
    """Forget the logins of a person that were used longest ago, beyond the `most` last ones."""
    mine = sa.select(table.c.id).where(table.c.person == who)
    surplus = mine.order_by(table.c.seen.desc(), table.c.id.desc()).offset(most)
    db.execute(sa.delete(table).where(table.c.id.in_(surplus)))


def drop_ended(db: Db, *, now: datetime, most: int) -> None:
    """Forget some of the logins that ended, whoever's they were."""
    ended = sa.select(table.c.id).where(table.c.expires <= now).limit(most)
    some = ended.with_for_update(skip_locked=True)
    db.execute(sa.delete(table).where(table.c.id.in_(some)))


def _login_of(row: Row[Any], prefix: str = "") -> Login:
    said = {name: getattr(row, prefix + name) for name in Login.__dataclass_fields__}
    return Login(**said)
