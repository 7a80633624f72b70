"""Versions of parks' scenes whose files may exist."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shulian.kit.db import Db
from shulian.park import tables
from shulian.park.types import SpaceId, Tileset

_t = tables.tileset.c


def find(db: Db, park: SpaceId) -> Tileset | None:
    """The tileset of `park` that is shown."""
    row = db.execute(
        sa.select(tables.tileset).where(_t.park == park, _t.retired.is_(None))
    ).one_or_none()
    return Tileset(SpaceId(row.park), row.version, row.built) if row else None


def put_draft(db: Db, tileset: Tileset) -> None:
    """Note that files of `tileset` are being written; it is not shown."""
    values = {
        "park": tileset.park,
        "version": tileset.version,
        "built": tileset.built,
        "retired": tileset.built,
    }
    statement = insert(tables.tileset).values(values)
    db.execute(statement.on_conflict_do_update(index_elements=["park", "version"], set_=values))


def show(db: Db, park: SpaceId, version: str, *, now: datetime) -> None:
    """Show `version` instead of the one that is shown, which retires."""
    retire(db, park, now=now)
    ours = _t.park == park
    db.execute(sa.update(tables.tileset).where(ours, _t.version == version).values(retired=None))


def retire(db: Db, park: SpaceId, *, now: datetime) -> None:
    """Show no version of `park`."""
    shown = (_t.park == park, _t.retired.is_(None))
    db.execute(sa.update(tables.tileset).where(*shown).values(retired=now))


def remove_retired(db: Db, park: SpaceId, *, before: datetime) -> tuple[str, ...]:
    """Forget the versions that retired before an instant; answers which."""
    statement = (
        sa.delete(tables.tileset).where(_t.park == park, _t.retired < before).returning(_t.version)
    )
    return tuple(row.version for row in db.execute(statement))


def first_retired(db: Db, park: SpaceId) -> datetime | None:
    """When the oldest of the versions that are not shown retired."""
    return db.execute(sa.select(sa.func.min(_t.retired)).where(_t.park == park)).scalar_one()
