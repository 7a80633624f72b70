"""API tokens."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row

from shulian.identity.errors import TokenMissing
from shulian.identity.store import people
from shulian.identity.tables import person
from shulian.identity.tables import token as table
from shulian.identity.types import Permission, Person, PersonId, Token, TokenId
from shulian.kit.db import Db


def put_new(db: Db, token: Token, secret: bytes) -> None:
    """Store a token, found again by the fingerprint `secret`."""
    values = {
        "id": token.id,
        "secret": secret,
        "person": token.person,
        "name": token.name,
        "scopes": sorted(token.scopes),
        "created": token.created,
        "expires": token.expires,
    }
    db.execute(sa.insert(table).values(values))


def find(db: Db, secret: bytes, *, now: datetime) -> tuple[Token, Person] | None:
    """The token with that fingerprint and its person, unless it ended or the account is shut."""
    query = (
        sa.select(person, *(column.label(f"token_{column.name}") for column in table.c))
        .join(person, person.c.id == table.c.person)
        .where(table.c.secret == secret, table.c.expires > now, person.c.disabled.is_(None))
    )
    row = db.execute(query).one_or_none()
    return (_token_of(row, "token_"), people.person_of(row)) if row else None


def get(db: Db, token: TokenId, who: PersonId) -> Token:
    """The token, if it is that person's; raises TokenMissing."""
    query = sa.select(table).where(table.c.id == token, table.c.person == who)
    row = db.execute(query).one_or_none()
    if row is None:
        raise TokenMissing
    return _token_of(row)


def list_(db: Db, who: PersonId, *, now: datetime) -> tuple[Token, ...]:
    """The tokens of a person that have not ended, the newest first."""
    query = sa.select(table).where(table.c.person == who, table.c.expires > now)
    rows = db.execute(query.order_by(table.c.id.desc()))
    return tuple(_token_of(row) for row in rows)


def touch(db: Db, token: TokenId, *, now: datetime) -> None:
    """Note that a token is used; whoever else notes the same just now is not waited for."""
    free = sa.select(table.c.id).where(table.c.id == token).with_for_update(skip_locked=True)
    db.execute(sa.update(table).where(table.c.id.in_(free)).values(used=now))


def drop(db: Db, token: TokenId) -> None:
    """Forget a token."""
    db.execute(sa.delete(table).where(table.c.id == token))


def drop_ended(db: Db, who: PersonId, *, now: datetime) -> None:
    """Forget the tokens of a person that ended."""
    db.execute(sa.delete(table).where(table.c.person == who, table.c.expires <= now))


def drop_all(db: Db, who: PersonId) -> int:
    """Forget every token of a person; how many there were."""
    return db.execute(sa.delete(table).where(table.c.person == who)).rowcount


def _token_of(row: Row[Any], prefix: str = "") -> Token:
    said = {name: getattr(row, prefix + name) for name in Token.__dataclass_fields__}
    scopes = frozenset(map(Permission, said.pop("scopes")))
    return Token(**said, scopes=scopes)
