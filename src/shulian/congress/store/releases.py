"""Releases: programmes as they were made public, and the bookings that hold their halls."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import insert

from shulian.booking.types import BookingId
from shulian.congress import tables
from shulian.congress.errors import ReleaseUnknown
from shulian.congress.types import (
    Change,
    CongressId,
    Programme,
    Release,
    ReleaseId,
    SessionId,
)
from shulian.identity.types import PersonId
from shulian.kit.db import Db
from shulian.kit.text import Text

_r = tables.release.c
_h = tables.held.c
_TOLD: tuple[sa.ColumnElement[Any], ...] = (
    _r.id,
    _r.congress,
    _r.number,
    _r.name,
    _r.note_zh,
    _r.note_en,
    _r.at,
    _r.by,
    _r.changes,
)


def put_new(db: Db, release: Release, programme: Programme) -> None:
    """Keep a release for ever, with its programme."""
    values = {
        "id": release.id,
        "congress": release.congress,
        "number": release.number,
        "name": release.name,
        "note_zh": release.note.zh,
        "note_en": release.note.en,
        "at": release.at,
        "by": release.by,
        "programme": msgspec.to_builtins(programme),
        "changes": msgspec.to_builtins(release.changes),
    }
    db.execute(sa.insert(tables.release).values(values))


def list_(db: Db, congress: CongressId) -> tuple[Release, ...]:
    """The releases of a congress, the newest first."""
    query = sa.select(*_TOLD).where(_r.congress == congress)
    query = query.order_by(_r.number.desc())
    return tuple(_release(row) for row in db.execute(query))


def newest(db: Db, congress: CongressId) -> tuple[Release, Programme] | None:
    """The release that visitors see, if there is one."""
    query = sa.select(tables.release).where(_r.congress == congress)
    row = db.execute(query.order_by(_r.number.desc()).limit(1)).one_or_none()
    return (_release(row), _programme(row)) if row else None


def any_(db: Db, congress: CongressId) -> bool:
    """Whether anything of a congress is public."""
    return db.scalar(sa.select(sa.exists().where(_r.congress == congress))) is True


def get(db: Db, congress: CongressId, number: int) -> tuple[Release, Programme]:
    """A release of a congress by its number."""
    query = sa.select(tables.release).where(_r.congress == congress, _r.number == number)
    row = db.execute(query).one_or_none()
    if row is None:
        raise ReleaseUnknown
    return _release(row), _programme(row)


def holds(db: Db, congress: CongressId) -> dict[SessionId, BookingId]:
    """By which bookings the halls of released sessions are held."""
    query = sa.select(_h.session, _h.booking).where(_h.congress == congress)
    return {SessionId(row.session): BookingId(row.booking) for row in db.execute(query)}


def put_holds(
    db: Db,
    congress: CongressId,
    gone: Sequence[SessionId],
    new: Mapping[SessionId, BookingId],
) -> None:
    """Forget the bookings of `gone`, and keep `new` ones."""
    db.execute(sa.delete(tables.held).where(_h.congress == congress, _h.session.in_(gone)))
    if new:
        db.execute(
            insert(tables.held),
            [
                {"congress": congress, "session": session, "booking": booking}
                for session, booking in new.items()
            ],
        )


def session_of(db: Db, booking: BookingId) -> tuple[CongressId, SessionId] | None:
    """The session whose hall a booking holds, if it is one of ours."""
    row = db.execute(sa.select(_h.congress, _h.session).where(_h.booking == booking)).one_or_none()
    return (CongressId(row.congress), SessionId(row.session)) if row else None


def _release(row: Row[Any]) -> Release:
    return Release(
        id=ReleaseId(row.id),
        congress=CongressId(row.congress),
        number=row.number,
        name=row.name,
        note=Text(row.note_zh, row.note_en),
        at=row.at,
        by=PersonId(row.by) if row.by else None,
        changes=msgspec.convert(row.changes, tuple[Change, ...]),
    )


def _programme(row: Row[Any]) -> Programme:
    return msgspec.convert(row.programme, Programme)
