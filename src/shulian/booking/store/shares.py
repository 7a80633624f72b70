"""What one holder has of what people book for themselves, counted by one call at a time."""

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Range

from shulian.booking import tables
from shulian.booking.store import bookings
from shulian.booking.types import Booking, BookingId, Holder, ResourceId
from shulian.kit.db import Db

_b = tables.booking.c
_c = tables.claim.c
_r = tables.resource.c
_LOCK = sa.text("select pg_advisory_xact_lock(hashtextextended(:name, 11))")
"""Of a name, and not of the holder's row: that one is read by everything that names the holder."""


def lock(db: Db, holder: Holder) -> None:
    """Be the only one who counts what `holder` has, until the transaction ends."""
    db.execute(_LOCK, {"name": f"booking.share/{holder.organization or holder.person}"})


def standing(db: Db, source: str, holder: Holder, *, now: datetime) -> tuple[Booking, ...]:
    """What somebody holds of spaces at `now` or later, with the claims alone that count."""
    whose = (
        _b.organization == holder.organization
        if holder.organization is not None
        else (_b.person == holder.person) & _b.organization.is_(None)
    )
    query = (
        sa.select(_b.id, sa.func.array_agg(_c.resource.distinct()).label("resources"))
        .join(tables.claim, _c.booking == _b.id)
        .join(tables.resource, _r.id == _c.resource)
        .where(
            _b.active,
            _b.source == source,
            whose,
            _r.space.is_not(None),
            _c.span.overlaps(Range(now, None)),
        )
        .group_by(_b.id)
        .order_by(sa.func.min(sa.func.lower(_c.span)), _b.id)
    )
    rows = db.execute(query).all()
    spaces = {ResourceId(each) for row in rows for each in row.resources}
    return tuple(
        replace(
            one,
            claims=tuple(
                claim
                for claim in one.claims
                if claim.resource in spaces and (claim.span.end is None or claim.span.end > now)
            ),
        )
        for one in bookings.many(db, [BookingId(row.id) for row in rows])
    )
