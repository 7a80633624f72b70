"""What can be booked, and how much of it is taken."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import ARRAY, TSTZRANGE, Range, insert
from sqlalchemy.exc import IntegrityError

from shulian.booking import tables
from shulian.booking.errors import CapacityInUse, ResourceUnknown
from shulian.booking.types import (
    Audience,
    BookingId,
    Occupied,
    Remaining,
    Resource,
    ResourceId,
    Span,
)
from shulian.kit.db import Db
from shulian.kit.text import Text
from shulian.park.types import SpaceId

_IDS = ARRAY(sa.Uuid)
_r = tables.resource.c
_c = tables.claim.c
_b = tables.booking.c


@dataclass(frozen=True, slots=True)
class Holding:
    """What is held of a resource over one span, by however many."""

    resource: ResourceId
    occupied: Occupied
    expired: tuple[BookingId, ...] = ()
    """Whose it is, where these are holds whose time is over, which nobody has released yet."""


_UNITS = sa.func.upper(_c.units) - sa.func.lower(_c.units)
_GET = sa.select(tables.resource).where(_r.id == sa.any_(sa.bindparam("wanted", type_=_IDS)))
HELD = ("resource", "capacity", "starts", "ends", "units", "closed", "expired")
"""The columns of `booking_held`."""
_HELD = sa.text("""
    select * from booking_held(:wanted, cast(:span as tstzrange), :now) where units is not null
""").columns(*map(sa.column, HELD))
_IN_FORCE = (
    sa.select(_c.resource, sa.func.unnest(sa.func.range_agg(_c.units)).label("units"))
    .join(tables.booking, _b.id == _c.booking)
    .where(
        _c.resource == sa.any_(sa.bindparam("wanted", type_=_IDS)),
        _c.active,
        _c.span.overlaps(sa.bindparam("span", type_=TSTZRANGE)),
        sa.or_(_b.expires.is_(None), _b.expires > sa.bindparam("now")),
    )
    .group_by(_c.resource)
    .subquery()
)
_COUNTED = sa.select(
    _IN_FORCE.c.resource,
    sa.func.sum(sa.func.upper(_IN_FORCE.c.units) - sa.func.lower(_IN_FORCE.c.units)).label("taken"),
).group_by(_IN_FORCE.c.resource)
"""Written once: putting a statement together takes as long as the database takes for it."""


def put_new(db: Db, resource: Resource) -> bool:
    """Keep a new one; False where its space is one already, which somebody has just made it."""
    statement = insert(tables.resource).values(_values(resource))
    unique = statement.on_conflict_do_nothing(index_elements=["space"])
    return db.execute(unique.returning(_r.id)).one_or_none() is not None


def put(db: Db, resource: Resource) -> None:
    """Keep a changed one; raises CapacityInUse where more is booked than it would hold."""
    statement = sa.update(tables.resource).where(_r.id == resource.id)
    try:
        with db.begin_nested():
            db.execute(statement.values(_values(resource)))
    except IntegrityError as error:
        raise CapacityInUse(capacity=resource.capacity) from error


def get(db: Db, wanted: Iterable[ResourceId]) -> dict[ResourceId, Resource]:
    """Those resources; raises ResourceUnknown where one is missing."""
    ids = set(wanted)
    rows = db.execute(_GET, {"wanted": sorted(ids)})
    found = {ResourceId(row.id): _resource(row) for row in rows}
    for missing in sorted(ids - found.keys()):
        raise ResourceUnknown(resource=str(missing))
    return found


def find_of_space(db: Db, space: SpaceId) -> Resource | None:
    """The resource that a space is."""
    row = db.execute(sa.select(tables.resource).where(_r.space == space)).one_or_none()
    return _resource(row) if row else None


def find(db: Db, wanted: ResourceId, *, lock: bool = False) -> Resource | None:
    """A resource, which nobody else locks meanwhile if it is to be locked; bookings go on."""
    query = sa.select(tables.resource).where(_r.id == wanted)
    row = db.execute(query.with_for_update(key_share=True) if lock else query).one_or_none()
    return _resource(row) if row else None


def locked(db: Db, wanted: ResourceId) -> Resource:
    """A resource, once all who are taking some of it are done; raises ResourceUnknown."""
    query = sa.select(tables.resource).where(_r.id == wanted).with_for_update()
    row = db.execute(query).one_or_none()
    if row is None:
        raise ResourceUnknown(resource=str(wanted))
    return _resource(row)


def remaining(db: Db, wanted: ResourceId, *, now: datetime) -> Remaining:
    """What people hold of it at `now` or later; holds that have expired count until they end."""
    query = (
        sa.select(
            sa.func.count(_c.booking.distinct()).label("bookings"),
            sa.func.max(sa.func.upper(_c.span)).label("until"),
            sa.func.bool_or(sa.func.upper_inf(_c.span)).label("endless"),
        )
        .join(tables.booking, _b.id == _c.booking)
        .where(
            _c.resource == wanted,
            _c.active,
            _c.span.overlaps(Range(now, None)),
            _b.person.is_not(None) | _b.organization.is_not(None),
        )
    )
    row = db.execute(query).one()
    return Remaining(row.bookings, None if row.endless else row.until)


def of_all_spaces(db: Db) -> tuple[Resource, ...]:
    """All resources that are spaces."""
    query = sa.select(tables.resource).where(_r.space.is_not(None)).order_by(_r.space)
    return tuple(_resource(row) for row in db.execute(query))


def taken_patches(
    db: Db, resource: ResourceId, span: Span, most: int
) -> list[tuple[tuple[int, int], Span]] | None:
    """Which units are taken in `span`, and when; None where those are more than `most` claims."""
    query = (
        sa.select(_c.units, _c.span)
        .where(_c.resource == resource, _c.active, _c.span.overlaps(range_of(span)))
        .limit(most + 1)
    )
    found = [((row.units.lower, row.units.upper), span_of(row.span)) for row in db.execute(query)]
    return found if len(found) <= most else None


def holdings(
    db: Db, wanted: Iterable[ResourceId], span: Span, *, now: datetime
) -> tuple[Holding, ...]:
    """What is in force of those resources in `span`, of each the first first."""
    values = {"wanted": sorted(set(wanted)), "span": written(span), "now": now}
    return tuple(holding(row) for row in db.execute(_HELD, values))


def holding(row: Row[Any]) -> Holding:
    """What a row of `booking_held` says."""
    return Holding(
        ResourceId(row.resource),
        Occupied(Span(row.starts, row.ends), row.units, row.closed),
        tuple(BookingId(one) for one in row.expired or ()),
    )


def written(span: Span) -> str:
    """A span as the database reads it."""
    end = "" if span.end is None else span.end.isoformat()
    return f"[{span.start.isoformat()},{end})"


def range_of(span: Span) -> Range[Any]:
    """A span as the database has it."""
    return Range(span.start, span.end)


def span_of(found: Range[Any]) -> Span:
    """A range of the database as a span; its start is never open."""
    return Span(found.lower, found.upper)  # pyright: ignore[reportArgumentType]


def _values(resource: Resource) -> dict[str, object]:
    return {
        "id": resource.id,
        "zh": resource.name.zh,
        "en": resource.name.en,
        "capacity": resource.capacity,
        "space": resource.space,
        "audience": resource.audience.value,
        "withdrawn": resource.withdrawn,
    }


def _resource(row: Row[Any]) -> Resource:
    space = SpaceId(row.space) if row.space is not None else None
    audience = Audience(row.audience)
    name = Text(row.zh, row.en)
    return Resource(ResourceId(row.id), name, row.capacity, space, audience, row.withdrawn)


def of_spaces(db: Db, spaces: Collection[SpaceId]) -> dict[SpaceId, Resource]:
    """The resources that those spaces are, as far as they can be booked."""
    query = sa.select(tables.resource).where(_r.space.in_(spaces))
    return {SpaceId(row.space): _resource(row) for row in db.execute(query)}


def held_spans(
    db: Db,
    spaces: Collection[SpaceId],
    span: Span,
    ours: Collection[BookingId],
    *,
    now: datetime,
) -> dict[SpaceId, list[Span]]:
    """From when to when `spaces` are held in `span`, wholly or in part, by other bookings."""
    _b = tables.booking.c
    query = (
        sa.select(_r.space, _c.span)
        .distinct()
        .join(tables.claim, _c.resource == _r.id)
        .join(tables.booking, _b.id == _c.booking)
        .where(
            _r.space.in_(spaces),
            _b.active,
            _b.expires.is_(None) | (_b.expires > now),
            _b.id.not_in(ours),
            _c.span.overlaps(range_of(span)),
        )
        .order_by(_r.space, _c.span)
    )
    found: dict[SpaceId, list[Span]] = {}
    for row in db.execute(query):
        found.setdefault(SpaceId(row.space), []).append(span_of(row.span))
    return found


def put_many(db: Db, new: Collection[Resource]) -> None:
    """Keep new ones; a space that somebody else has made bookable meanwhile stays as they did."""
    statement = insert(tables.resource).on_conflict_do_nothing(index_elements=["space"])
    db.execute(statement, [_values(one) for one in new])


def taken(
    db: Db, wanted: Iterable[ResourceId], span: Span, *, now: datetime
) -> dict[ResourceId, int]:
    """How many units of each are taken at some time in `span`, if any are."""
    values = {"wanted": sorted(set(wanted)), "span": range_of(span), "now": now}
    return {ResourceId(one.resource): one.taken for one in db.execute(_COUNTED, values)}
