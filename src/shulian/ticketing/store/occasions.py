"""Occasions."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import Range

from shulian.booking.types import BookingId, Span
from shulian.identity.types import OrganizationId
from shulian.kit.db import Db
from shulian.kit.text import Text
from shulian.park.types import SpaceId
from shulian.ticketing import tables
from shulian.ticketing.errors import OccasionUnknown
from shulian.ticketing.types import Occasion, OccasionId, OccasionState

_o = tables.occasion.c


def put_new(db: Db, occasion: Occasion, park: SpaceId) -> None:
    """Keep a new one, which takes place somewhere in `park`."""
    values = {**_values(occasion), "id": occasion.id, "park": park}
    db.execute(sa.insert(tables.occasion).values(values))


def put(db: Db, occasion: Occasion) -> None:
    """Keep a changed one; it stays in its park."""
    statement = sa.update(tables.occasion).where(_o.id == occasion.id)
    db.execute(statement.values(_values(occasion)))


def get(db: Db, wanted: OccasionId) -> Occasion:
    """An occasion as it is."""
    return _one(db, sa.select(tables.occasion).where(_o.id == wanted))


def join(db: Db, wanted: OccasionId) -> Occasion:
    """An occasion that stays as it is meanwhile; many may want that at a time."""
    query = sa.select(tables.occasion).where(_o.id == wanted)
    return _one(db, query.with_for_update(read=True, key_share=True))


def lock(db: Db, wanted: OccasionId) -> Occasion:
    """An occasion that is to be changed: when all who have joined are done."""
    return _one(db, sa.select(tables.occasion).where(_o.id == wanted).with_for_update())


def note_undone(db: Db, wanted: OccasionId, count: int) -> None:
    """Keep how many orders there were to undo when an occasion was called off."""
    db.execute(sa.update(tables.occasion).where(_o.id == wanted).values(undone=count))


def undone(db: Db, wanted: OccasionId) -> int:
    """How many orders there were to undo; 0: it was not called off."""
    return db.execute(sa.select(_o.undone).where(_o.id == wanted)).scalar_one_or_none() or 0


def find_by_booking(db: Db, booking: BookingId) -> Occasion | None:
    """The occasion whose hall is held by `booking`."""
    row = db.execute(sa.select(tables.occasion).where(_o.booking == booking)).one_or_none()
    return _occasion(row) if row else None


def park_of(db: Db, wanted: OccasionId) -> SpaceId:
    """The park that an occasion takes place in."""
    return SpaceId(db.execute(sa.select(_o.park).where(_o.id == wanted)).scalar_one())


def list_(db: Db, park: SpaceId, *, since: datetime) -> tuple[Occasion, ...]:
    """The occasions in a park that end after `since`, the first first."""
    query = (
        sa.select(tables.occasion)
        .where(_o.park == park, _o.span.overlaps(Range(since, None)))
        .order_by(sa.func.lower(_o.span), _o.id)
    )
    return tuple(_occasion(row) for row in db.execute(query))


def span_of(found: Range[Any]) -> Span:
    """A range of the database as a span; none of ours is open."""
    return Span(found.lower, found.upper)  # pyright: ignore[reportArgumentType]


def _one(db: Db, query: sa.Select[Any]) -> Occasion:
    row = db.execute(query).one_or_none()
    if row is None:
        raise OccasionUnknown
    return _occasion(row)


def _values(occasion: Occasion) -> dict[str, object]:
    return {
        "organizer": occasion.organizer,
        "title_zh": occasion.title.zh,
        "title_en": occasion.title.en,
        "about_zh": occasion.about.zh,
        "about_en": occasion.about.en,
        "space": occasion.space,
        "span": Range(occasion.span.start, occasion.span.end),
        "state": occasion.state.value,
        "booking": occasion.booking,
        "gentle": occasion.gentle,
    }


def _occasion(row: Row[Any]) -> Occasion:
    return Occasion(
        id=OccasionId(row.id),
        organizer=OrganizationId(row.organizer),
        title=Text(row.title_zh, row.title_en),
        about=Text(row.about_zh, row.about_en),
        space=SpaceId(row.space),
        span=span_of(row.span),
        state=OccasionState(row.state),
        booking=BookingId(row.booking) if row.booking else None,
        gentle=row.gentle,
    )
