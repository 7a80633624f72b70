"""What is sold for an occasion: ticket types, and the seats of each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import Range, insert

from shulian.booking.types import ResourceId
from shulian.kit.db import Db
from shulian.kit.text import Text
from shulian.park.types import SpaceId
from shulian.ticketing import tables
from shulian.ticketing.errors import TypeUnknown
from shulian.ticketing.store.occasions import span_of
from shulian.ticketing.types import Buyers, Fen, OccasionId, TicketType, TicketTypeId

_t = tables.type_.c
_s = tables.seat.c
_k = tables.ticket.c


@dataclass(frozen=True, slots=True)
class Assigned:
    """A seat of an occasion: what it is sold as, and what it is booked as."""

    space: SpaceId
    type: TicketTypeId
    resource: ResourceId


def put_new(db: Db, new: TicketType) -> None:
    """Keep a new type."""
    db.execute(sa.insert(tables.type_).values(_values(new)))


def put(db: Db, changed: TicketType) -> None:
    """Keep a changed type."""
    db.execute(sa.update(tables.type_).where(_t.id == changed.id).values(_values(changed)))


def get(db: Db, wanted: TicketTypeId) -> TicketType:
    """A type; raises TypeUnknown."""
    row = db.execute(sa.select(tables.type_).where(_t.id == wanted)).one_or_none()
    if row is None:
        raise TypeUnknown
    return _type(row)


def types_of(db: Db, occasion: OccasionId) -> tuple[TicketType, ...]:
    """The types of an occasion, in the order of their places."""
    query = sa.select(tables.type_).where(_t.occasion == occasion).order_by(_t.place, _t.id)
    return tuple(_type(row) for row in db.execute(query))


def types_by_quota(db: Db, quotas: Collection[ResourceId]) -> tuple[TicketType, ...]:
    """The types that are taken from one of `quotas`."""
    query = sa.select(tables.type_).where(_t.quota.in_(quotas)).order_by(_t.place, _t.id)
    return tuple(_type(row) for row in db.execute(query)) if quotas else ()


def seats_of(
    db: Db, occasion: OccasionId, among: Collection[SpaceId] | None = None
) -> dict[SpaceId, Assigned]:
    """The seats of an occasion, or those of `among` that are."""
    query = sa.select(_s.space, _s.type, _s.resource).where(_s.occasion == occasion)
    if among is not None:
        query = query.where(_s.space.in_(among))
    rows = db.execute(query.order_by(_s.space))
    return {
        SpaceId(row.space): Assigned(
            SpaceId(row.space), TicketTypeId(row.type), ResourceId(row.resource)
        )
        for row in rows
    }


def put_seats(
    db: Db, occasion: OccasionId, type_: TicketTypeId, seats: Mapping[SpaceId, ResourceId]
) -> None:
    """Sell `seats` as `type_`, whatever they were sold as."""
    values = [
        {"occasion": occasion, "space": space, "type": type_, "resource": resource}
        for space, resource in seats.items()
    ]
    statement = insert(tables.seat)
    again = statement.on_conflict_do_update(
        index_elements=["occasion", "space"], set_={"type": statement.excluded.type}
    )
    if values:
        db.execute(again, values)


def drop_seats(db: Db, occasion: OccasionId, seats: Collection[SpaceId]) -> None:
    """Sell `seats` no more; no ticket was ever for one of them."""
    db.execute(sa.delete(tables.seat).where(_s.occasion == occasion, _s.space.in_(seats)))


def drop_all_seats(db: Db, occasion: OccasionId) -> None:
    """Sell no seat any more; no ticket was ever for one."""
    db.execute(sa.delete(tables.seat).where(_s.occasion == occasion))


def any_seat_ordered(db: Db, occasion: OccasionId) -> bool:
    """Whether there ever was a ticket for a seat."""
    return _any_ticket(db, _k.occasion == occasion, _k.seat.is_not(None))


def is_sold(db: Db, type_: TicketTypeId) -> bool:
    """Whether a valid ticket is of a type."""
    return _any_ticket(db, _k.type == type_, _k.state == "valid")


def is_attended_online(db: Db, type_: TicketTypeId) -> bool:
    """Whether somebody attends from afar by a ticket of a type, or is buying it."""
    return _any_ticket(db, _k.type == type_, _k.state != "cancelled", _k.attendance == "online")


def with_tickets(
    db: Db, occasion: OccasionId, among: Collection[SpaceId], *, ever: bool
) -> Sequence[SpaceId]:
    """Those of `among` for which there is a ticket that is not cancelled, or `ever` was any."""
    query = sa.select(_k.seat).distinct().where(_k.occasion == occasion, _k.seat.in_(among))
    if not ever:
        query = query.where(_k.state != "cancelled")
    return [SpaceId(seat) for (seat,) in db.execute(query)]


def _any_ticket(db: Db, *which: sa.ColumnElement[bool]) -> bool:
    return db.execute(sa.select(_k.id).where(*which).limit(1)).one_or_none() is not None


def _values(one: TicketType) -> dict[str, object]:
    return {
        "id": one.id,
        "occasion": one.occasion,
        "zh": one.name.zh,
        "en": one.name.en,
        "price": one.price,
        "quota": one.quota,
        "sale": Range(one.sale.start, one.sale.end),
        "buyers": one.buyers.value,
        "seated": one.seated,
        "online": one.online,
        "on_site": one.on_site,
        "most": one.most,
        "place": one.place,
    }


def _type(row: Row[Any]) -> TicketType:
    return TicketType(
        id=TicketTypeId(row.id),
        occasion=OccasionId(row.occasion),
        name=Text(row.zh, row.en),
        price=Fen(row.price),
        quota=ResourceId(row.quota),
        sale=span_of(row.sale),
        buyers=Buyers(row.buyers),
        seated=row.seated,
        online=row.online,
        on_site=row.on_site,
        most=row.most,
        place=row.place,
    )
