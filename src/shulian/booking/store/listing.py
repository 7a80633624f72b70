"""Lists of bookings: of one holder, of a park, filtered, counted, page by page."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, Range

from shulian.booking import tables
from shulian.booking.store import bookings
from shulian.booking.store.resources import range_of
from shulian.booking.types import Booking, BookingFilter, BookingId, Holder
from shulian.kit.db import Db

_b = tables.booking.c
_c = tables.claim.c
_r = tables.resource.c


def count(db: Db, wanted: BookingFilter, *, now: datetime) -> int:
    """How many bookings there are of those."""
    query = sa.select(sa.func.count()).select_from(_matching(wanted, now).subquery())
    return db.scalar(query) or 0


def some(
    db: Db, wanted: BookingFilter, *, skip: int, most: int, now: datetime
) -> tuple[Booking, ...]:
    """So many of them after so many others: what begins first first, of past ones what was last."""
    found = _matching(wanted, now).subquery()
    first = found.c.first.desc() if wanted.past else found.c.first
    query = sa.select(found.c.id).order_by(first, found.c.id).offset(skip).limit(most)
    return bookings.many(db, [BookingId(one) for one in db.scalars(query)])


def _matching(wanted: BookingFilter, now: datetime) -> sa.Select[Any, Any]:
    """The ids, and `first`: when what was asked for of each begins."""
    return (
        sa.select(_b.id, sa.func.min(sa.func.lower(_c.span)).label("first"))
        .join(tables.claim, _c.booking == _b.id)
        .join(tables.resource, _r.id == _c.resource)
        .where(*_conditions(wanted, now))
        .group_by(_b.id)
    )


def _conditions(wanted: BookingFilter, now: datetime) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if wanted.holders is not None:
        found.append(sa.or_(sa.false(), *(_held_by(one) for one in wanted.holders)))
    if wanted.resources is not None:
        ids = sa.bindparam("resources", sorted(wanted.resources), type_=ARRAY(sa.Uuid))
        found.append(_c.resource == sa.any_(ids))
    if wanted.state is not None:
        found.append(_b.state == wanted.state.value)
    if wanted.released is not None:
        found.append(~_b.active if wanted.released else _b.active.is_(sa.true()))
    if wanted.closed is not None:
        nobody = _b.person.is_(None) & _b.organization.is_(None)
        found.append(nobody if wanted.closed else ~nobody)
    if wanted.span is not None:
        found.append(_c.span.overlaps(range_of(wanted.span)))
    if wanted.words:
        texts = (_b.title, _r.zh, _r.en)
        found.append(sa.or_(*(one.icontains(wanted.words, autoescape=True) for one in texts)))
    if wanted.past is not None:
        other = tables.claim.alias()
        ahead = sa.exists().where(other.c.booking == _b.id, other.c.span.overlaps(Range(now, None)))
        found.append(~(_b.active & ahead) if wanted.past else _b.active & ahead)
    return found


def _held_by(holder: Holder) -> sa.ColumnElement[bool]:
    if holder.organization is not None:
        return _b.organization == holder.organization
    return (_b.person == holder.person) & _b.organization.is_(None)
