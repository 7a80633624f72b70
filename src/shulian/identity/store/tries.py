"""Tries: how often something was tried that one may guess at."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shulian.identity.tables import tries as table
from shulian.identity.types import Tries
from shulian.kit.db import Db


def get(db: Db, key: str, *, now: datetime) -> Tries:
    """The tries under `key`, kept from others until the transaction ends: tries stand in line."""
    first = {"key": key, "made": 0, "until": now, "last": now}
    statement = insert(table).values(first)
    locked = statement.on_conflict_do_update(
        index_elements=["key"], set_={"key": statement.excluded.key}
    )
    row = db.execute(locked.returning(table)).one()
    return Tries(row.made, row.until, row.last)


def put(db: Db, key: str, tries: Tries) -> None:
    """Store the tries under `key`."""
    values = {"made": tries.made, "until": tries.until, "last": tries.last}
    db.execute(sa.update(table).where(table.c.key == key).values(values))


def drop(db: Db, key: str) -> None:
    """Forget the tries under `key`."""
    db.execute(sa.delete(table).where(table.c.key == key))


def drop_before(db: Db, moment: datetime, *, most: int) -> None:
    """Forget some of the tries whose last one was before `moment`."""
    old = sa.select(table.c.key).where(table.c.last < moment).limit(most)
    some = old.with_for_update(skip_locked=True)
    db.execute(sa.delete(table).where(table.c.key.in_(some)))
