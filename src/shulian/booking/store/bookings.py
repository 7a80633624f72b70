"""Bookings and their claims: made by one call, in which the database has the last word."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import Range

from shulian.booking import tables
from shulian.booking.errors import BookingUnknown, Withdrawn
from shulian.booking.store.claims import Piece, joined
from shulian.booking.store.resources import HELD, Holding, holding, range_of, span_of, written
from shulian.booking.types import (
    Booking,
    BookingId,
    BookingState,
    Claim,
    Holder,
    ResourceId,
    Span,
)
from shulian.identity.types import OrganizationId, PersonId
from shulian.kit.db import Db

_b = tables.booking.c
_c = tables.claim.c


class KeyKnown(Exception):  # a fact, for who asked
    """Something was booked under that key before."""


_WHAT = """
    :booking, cast(:resources as uuid[]), cast(:amounts as integer[]), cast(:units as int4range[]),
    cast(:spans as tstzrange[]), :place,
    :source, :person, :organization, :title, :state, :created, :expires, :key
"""
_TAKE = sa.text(f"select booking_take({_WHAT})")  # of a constant
_TRY = sa.text(
    f"select * from booking_try({_WHAT}, cast(:seen as tstzrange), :now)"  # noqa: S608  # the same
).columns(*map(sa.column, ("outcome", *HELD)))
"""Columns that are named, and lists that are written, cost a third less than those that are not."""
_UNITS = sa.text("""
    select lower(part), upper(part)
    from booking_resource as one cross join lateral unnest(booking_units(
        one.id, coalesce(:capacity, one.capacity), :amount, cast(:span as tstzrange), :place
    )) as part
    where one.id = :resource
""")
_PLACES = 1 << 30
_NEW: tuple[str, ...] = (
    "source",
    "person",
    "organization",
    "title",
    "state",
    "created",
    "expires",
    "key",
)


@dataclass(frozen=True, slots=True)
class Short:
    """Why a booking cannot hold what is wanted."""

    capacities: Mapping[ResourceId, int]
    """Of what there is."""
    held: tuple[Holding, ...]


def take(
    db: Db,
    booking: BookingId,
    wanted: Sequence[Claim],
    *,
    new: Booking | None = None,
    seen: Span,
    now: datetime,
) -> Short | None:
    """Have a booking that holds nothing hold units for all of `wanted`; or none: then it is short.

    new   the booking itself, where it is to be kept with them
    seen  the time in which it is told what others hold

    Raises KeyKnown, Withdrawn. Units are looked for from a place that the booking's id says, so
    that those who ask at the same time choose different ones.
    """
    values = {
        "resources": _list(one.resource for one in wanted),
        "amounts": _list(one.units for one in wanted),
        "units": None,
        "spans": _list(written(one.span) for one in wanted),
        "seen": written(seen),
        "now": now,
    }
    rows = db.execute(_TRY, values | _mine(booking, new)).all()
    outcome = rows[0].outcome if rows else "short"
    if outcome == "known":
        raise KeyKnown
    if outcome == "withdrawn":
        raise Withdrawn
    if outcome == "taken":
        return None
    capacities = {ResourceId(row.resource): row.capacity for row in rows}
    return Short(capacities, tuple(holding(row) for row in rows if row.units is not None))


def take_pieces(
    db: Db, booking: BookingId, pieces: Sequence[Piece], *, new: Booking | None = None
) -> bool:
    """Have a booking that holds nothing hold those very units, or none: False.

    Raises KeyKnown.
    """
    values = {
        "resources": _list(one.resource for one in pieces),
        "amounts": None,
        "units": _list(f"[{one.low},{one.high})" for one in pieces),
        "spans": _list(written(one.span) for one in pieces),
    }
    outcome = db.scalar(_TAKE, values | _mine(booking, new))
    if outcome == "known":
        raise KeyKnown
    return outcome == "taken"


def free_units(
    db: Db, wanted: Claim, *, place: int = 0, capacity: int | None = None
) -> tuple[tuple[int, int], ...]:
    """Units for a claim that are free throughout its span; none where there are not so many.

    place     the number from which on they are looked for
    capacity  only below that number; none: of all there are
    """
    values = {
        "resource": wanted.resource,
        "amount": wanted.units,
        "span": written(wanted.span),
        "place": place % _PLACES,
        "capacity": capacity,
    }
    return tuple((low, high) for low, high in db.execute(_UNITS, values))


def _mine(booking: BookingId, new: Booking | None) -> dict[str, Any]:
    """What says which booking it is, and what is to be kept of a new one."""
    mine: dict[str, Any] = {"booking": booking, "place": booking.int % _PLACES}
    if new is None:
        return mine | dict.fromkeys(_NEW)
    return mine | {
        "source": new.source,
        "person": new.holder.person,
        "organization": new.holder.organization,
        "title": new.title,
        "state": new.state.value,
        "created": new.created,
        "expires": new.expires,
        "key": new.key,
    }


def drop_claims(db: Db, booking: BookingId) -> None:
    """Let a booking hold nothing, for the moment."""
    db.execute(sa.delete(tables.claim).where(_c.booking == booking))


def change(
    db: Db, booking: BookingId, state: BookingState, expires: datetime | None = None
) -> None:
    """Let a booking be in that state; its claims follow."""
    statement = sa.update(tables.booking).where(_b.id == booking)
    db.execute(statement.values(state=state.value, expires=expires))


def get(db: Db, wanted: BookingId, *, lock: bool = False) -> Booking:
    """A booking, which nobody else changes meanwhile if it is to be locked."""
    query = sa.select(tables.booking).where(_b.id == wanted)
    row = db.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise BookingUnknown
    return _bookings(db, [row])[0]


def many(db: Db, wanted: Sequence[BookingId]) -> tuple[Booking, ...]:
    """Those bookings, in that order; what is not there is left out."""
    found = _bookings(db, db.execute(sa.select(tables.booking).where(_b.id.in_(wanted))).all())
    known = {one.id: one for one in found}
    return tuple(known[one] for one in wanted if one in known)


def find_by_key(db: Db, source: str, holder: Holder, key: str) -> Booking | None:
    """The booking that was made under `key`, if any was."""
    query = sa.select(tables.booking).where(
        _b.source == source,
        _b.person.is_not_distinct_from(holder.person),
        _b.organization.is_not_distinct_from(holder.organization),
        _b.key == key,
    )
    row = db.execute(query).one_or_none()
    return _bookings(db, [row])[0] if row is not None else None


def of_holder(db: Db, holder: Holder, *, since: datetime) -> tuple[Booking, ...]:
    """What somebody holds now or later, what begins first first."""
    query = sa.select(tables.booking).where(
        _b.active,
        _b.person == holder.person
        if holder.organization is None
        else _b.organization == holder.organization,
        sa.exists().where(_c.booking == _b.id, _c.span.overlaps(Range(since, None))),
    )
    found = _bookings(db, db.execute(query).all())
    return tuple(sorted(found, key=lambda one: (one.claims[0].span.start, one.id)))


def of_resource(db: Db, resource: ResourceId, span: Span) -> tuple[Booking, ...]:
    """What is in force of a resource at some time in `span`, what begins first first."""
    query = sa.select(tables.booking).where(
        _b.active,
        sa.exists().where(
            _c.booking == _b.id, _c.resource == resource, _c.span.overlaps(range_of(span))
        ),
    )
    found = _bookings(db, db.execute(query).all())
    return tuple(sorted(found, key=lambda one: (_first(one, resource), one.id)))


def _first(booking: Booking, resource: ResourceId) -> datetime:
    return min(one.span.start for one in booking.claims if one.resource == resource)


def expired(db: Db, *, now: datetime, most: int) -> tuple[Booking, ...]:
    """Holds that have ended by themselves, locked; those that somebody is changing are left out."""
    query = (
        sa.select(tables.booking)
        .where(_b.state == BookingState.HELD.value, _b.expires <= now)
        .order_by(_b.expires, _b.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return _bookings(db, db.execute(query).all())


def still_expired(db: Db, wanted: Collection[BookingId], *, now: datetime) -> tuple[Booking, ...]:
    """Those of `wanted` that are holds whose time is over, locked; not those others change."""
    query = (
        sa.select(tables.booking)
        .where(_b.id.in_(wanted), _b.state == BookingState.HELD.value, _b.expires <= now)
        .order_by(_b.id)
        .with_for_update(skip_locked=True)
    )
    return _bookings(db, db.execute(query).all())


def _bookings(db: Db, rows: Sequence[Row[Any]]) -> tuple[Booking, ...]:
    """The bookings in `rows`, with their claims."""
    ids = [row.id for row in rows]
    units = sa.func.sum(sa.func.upper(_c.units) - sa.func.lower(_c.units)).label("taken")
    query = (
        sa.select(_c.booking, _c.resource, _c.span, units)
        .where(_c.booking.in_(ids))
        .group_by(_c.booking, _c.resource, _c.span)
        .order_by(_c.span, _c.resource)
    )
    claims: dict[BookingId, list[Claim]] = {BookingId(one): [] for one in ids}
    for one in db.execute(query):
        claim = Claim(ResourceId(one.resource), span_of(one.span), one.taken)
        claims[BookingId(one.booking)].append(claim)
    return tuple(_booking(row, joined(claims[BookingId(row.id)])) for row in rows)


def _booking(row: Row[Any], claims: Iterable[Claim]) -> Booking:
    person = PersonId(row.person) if row.person else None
    organization = OrganizationId(row.organization) if row.organization else None
    return Booking(
        BookingId(row.id),
        row.source,
        Holder(person, organization),
        row.title,
        BookingState(row.state),
        tuple(claims),
        row.created,
        row.expires,
        row.key,
    )


def _list(values: Iterable[object]) -> str:
    """A list as the database reads it, of what has no quotes in it."""
    return "{" + ",".join(f'"{one}"' for one in values) + "}"
