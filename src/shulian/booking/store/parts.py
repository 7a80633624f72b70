"""Parts of what bookings hold: given back, given other numbers, moved all together."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError

from shulian.booking import tables
from shulian.booking.store.bookings import take_pieces
from shulian.booking.store.claims import Piece, fewer
from shulian.booking.store.resources import range_of, span_of
from shulian.booking.types import BookingId, ResourceId, Span
from shulian.kit.db import Db

_b = tables.booking.c
_c = tables.claim.c
_r = tables.resource.c


def keep(db: Db, booking: BookingId, resource: ResourceId, units: int) -> None:
    """Let a booking hold no more than `units` of a resource at a time, of those it holds."""
    mine = (_c.booking == booking) & (_c.resource == resource)
    rows = db.execute(sa.select(_c.units, _c.span).where(mine).order_by(_c.units)).all()
    held = [Piece(resource, span_of(one.span), one.units.lower, one.units.upper) for one in rows]
    db.execute(sa.delete(tables.claim).where(mine))
    take_pieces(
        db, booking, fewer(held, units)
    )  # of its own: nobody else can have had them meanwhile


def move(db: Db, bookings: Sequence[BookingId], before: Span, after: Span) -> bool:
    """Let `bookings` hold at `after` all that they hold at `before`, nobody else changing them.

    False where one holds something at another time, or somebody else has a unit of it then: then
    nothing is moved.
    """
    ids = sorted(bookings)
    db.execute(sa.select(_b.id).where(_b.id.in_(ids)).order_by(_b.id).with_for_update())
    mine, there = _c.booking.in_(ids), range_of(after)
    with db.begin_nested() as attempt:
        try:
            with db.begin_nested():
                statement = sa.update(tables.claim).where(mine, _c.span == range_of(before))
                db.execute(statement.values(span=there))
        except IntegrityError:  # the constraint by which nobody takes what somebody has
            return False
        left = db.execute(sa.select(_c.booking).where(mine, _c.span != there).limit(1))
        if left.one_or_none() is not None:
            attempt.rollback()
            return False
    return True


def beyond(db: Db, resource: ResourceId, capacity: int) -> list[tuple[BookingId, Piece]]:
    """The pieces in force whose units a smaller capacity would not have; nobody adds to them now.

    The first first.
    """
    db.execute(sa.select(_r.id).where(_r.id == resource).with_for_update())
    query = (
        sa.select(_c.booking, _c.span, _c.units)
        .where(_c.resource == resource, _c.active, sa.func.upper(_c.units) > capacity)
        .order_by(_c.span, _c.units)
    )
    return [
        (
            BookingId(row.booking),
            Piece(resource, span_of(row.span), row.units.lower, row.units.upper),
        )
        for row in db.execute(query)
    ]


def drop(db: Db, booking: BookingId, piece: Piece) -> None:
    """Let a booking hold a piece no more, for the moment."""
    units = Range(piece.low, piece.high)
    span = range_of(piece.span)
    db.execute(
        sa.delete(tables.claim).where(
            _c.booking == booking,
            _c.resource == piece.resource,
            _c.units == units,
            _c.span == span,
        )
    )
