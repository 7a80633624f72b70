"""The spaces of a whole park, read and written at once."""

from collections.abc import Collection, Iterable, Mapping
from typing import cast

import sqlalchemy as sa
from psycopg import Connection, Cursor, sql
from sqlalchemy import ColumnElement
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import IntegrityError

from shulian.kit.db import Db
from shulian.park import tables
from shulian.park.errors import SpaceHeld, SpaceIdTaken
from shulian.park.store import rows
from shulian.park.types import Record, SpaceId

_t = tables.space.c
_MANY = 1000
"""From so many rows on COPY pays, and the planner should learn of them."""

_WIDTH = len(rows.WRITTEN)
_COLUMNS = sql.SQL(", ").join(map(sql.Identifier, rows.WRITTEN))
_UPDATES = sql.SQL(", ").join(
    sql.SQL("{0} = excluded.{0}").format(sql.Identifier(name)) for name in rows.WRITTEN[1:]
)
_UPSERT = sql.SQL(
    "insert into park_space ({columns}) {source} on conflict (id) do update set {updates}"
    " where park_space.park = coalesce(excluded.ancestors[1], excluded.id)"
)


def lock(db: Db, park: SpaceId) -> None:
    """Wait until nobody else changes `park`, and let nobody else until the transaction ends."""
    db.execute(
        sa.text("select pg_advisory_xact_lock(hashtextextended('park/' || :park, 0))"),
        {"park": park},
    )


def held(db: Db, park: SpaceId) -> dict[SpaceId, Record]:
    """Every record of `park`, parents before their children."""
    query = (
        rows.select(*rows.SPACE, rows.shape_text(), *rows.EXTENT, *rows.KEPT)
        .where(_t.park == park)
        .order_by(sa.func.cardinality(_t.ancestors), _t.parent, _t.order, _t.id)
    )
    found: dict[SpaceId, Record] = {}
    for row in db.execute(query):
        above = found[row.parent].ancestors if row.parent is not None else ()
        line = above if row.parent is None else (*above, SpaceId(row.parent))
        found[SpaceId(row.id)] = rows.record_of(row, line)
    return found


def put(db: Db, park: SpaceId, records: Collection[Record]) -> None:
    """Keep `records` of `park`, new ones and changed ones alike.

    Raises SpaceIdTaken if another park has taken an id since it was last asked.
    """
    if not records:
        return
    write = _copy if len(records) >= _MANY else _insert
    if write(_cursor(db), records) == len(records):
        return
    for space, owner in taken(db, [one.space.id for one in records], park=park).items():
        raise SpaceIdTaken(space=space, park=owner)


def remove(db: Db, spaces: Iterable[SpaceId]) -> None:
    """Forget `spaces`; raises SpaceHeld if a row of another feature still names one."""
    try:
        with db.begin_nested():
            db.execute(sa.delete(tables.space).where(_is_one_of(spaces)))
    except IntegrityError as error:
        raise SpaceHeld(detail=str(error.orig).splitlines()[-1]) from error


def taken(db: Db, spaces: Iterable[SpaceId], *, park: SpaceId) -> Mapping[SpaceId, SpaceId]:
    """Which of `spaces` are ids of other parks than `park`, and of which."""
    query = sa.select(_t.id, _t.park).where(_is_one_of(spaces), _t.park != park)
    return {SpaceId(row.id): SpaceId(row.park) for row in db.execute(query)}


def settle(db: Db) -> None:
    """Let the database check the tree now instead of at the end of the transaction."""
    db.execute(sa.text("set constraints fk_park_space_parent immediate"))
    db.execute(sa.text("set constraints fk_park_space_parent deferred"))


def _is_one_of(spaces: Iterable[SpaceId]) -> ColumnElement[bool]:
    return _t.id == sa.any_(sa.literal(list(spaces), ARRAY(sa.Text)))


def _insert(cursor: Cursor, records: Iterable[Record]) -> int:
    """Write records one by one; answers how many were written."""
    source = sql.SQL("values ({})").format(sql.SQL(", ").join([sql.Placeholder()] * _WIDTH))
    cursor.executemany(_upsert(source), [rows.values_of(one) for one in records])
    return cursor.rowcount


def _copy(cursor: Cursor, records: Iterable[Record]) -> int:
    """Write many records at once; answers how many were written."""
    cursor.execute("create temporary table park_incoming (like park_space)")
    cursor.execute(
        "alter table park_incoming alter lineage drop not null, alter park drop not null"
    )
    incoming = sql.SQL("copy park_incoming ({}) from stdin").format(_COLUMNS)
    with cursor.copy(incoming) as copy:
        for record in records:
            copy.write_row(rows.values_of(record))
    cursor.execute(_upsert(sql.SQL("select {} from park_incoming").format(_COLUMNS)))
    written = cursor.rowcount
    cursor.execute("drop table park_incoming")
    cursor.execute("analyze park_space")
    return written


def _upsert(source: sql.Composed) -> sql.Composed:
    return _UPSERT.format(columns=_COLUMNS, source=source, updates=_UPDATES)


def _cursor(db: Db) -> Cursor:
    """A cursor of psycopg itself in the transaction of `db`: SQLAlchemy has no COPY."""
    connection = cast("Connection", db.connection.driver_connection)
    return connection.cursor()
