"""The waiting list: who waits for how many tickets of which type, and what is kept for them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import insert

from shulian.booking.types import BookingId
from shulian.identity.types import PersonId
from shulian.kit.db import Db
from shulian.ticketing import tables
from shulian.ticketing.errors import WishUnknown
from shulian.ticketing.types import OccasionId, OrderId, TicketTypeId, Wish, WishId, WishState

_w = tables.wish.c
_k = tables.kept.c
_OPEN = (WishState.WAITING.value, WishState.OFFERED.value)


def put_new(db: Db, wish: Wish) -> bool:
    """Keep a new wish; False where its person has an open one for the type."""
    statement = insert(tables.wish).values(_values(wish)).on_conflict_do_nothing()
    return db.execute(statement.returning(_w.id)).one_or_none() is not None


def put(db: Db, wish: Wish) -> None:
    """Keep a changed wish."""
    db.execute(sa.update(tables.wish).where(_w.id == wish.id).values(_values(wish)))


def note_overtaken(db: Db, wanted: WishId, times: int) -> None:
    """Keep how often a group was overtaken."""
    db.execute(sa.update(tables.wish).where(_w.id == wanted).values(overtaken=times))


def get(db: Db, wanted: WishId) -> Wish:
    """A wish, for nobody else to change meanwhile; raises WishUnknown."""
    row = db.execute(_wishes().where(_w.id == wanted).with_for_update()).one_or_none()
    if row is None:
        raise WishUnknown
    return _wish(row)


def find_open(db: Db, type_: TicketTypeId, person: PersonId) -> Wish | None:
    """What somebody waits for, of a type, for nobody else to change meanwhile."""
    query = _wishes().where(_w.type == type_, _w.person == person, _w.state.in_(_OPEN))
    row = db.execute(query.with_for_update()).one_or_none()
    return _wish(row) if row else None


def find_by_order(db: Db, order: OrderId) -> Wish | None:
    """The wish that an order was offered to, for nobody else to change meanwhile."""
    query = _wishes().where(_w.order == order).with_for_update()
    row = db.execute(query).one_or_none()
    return _wish(row) if row else None


def of_person(db: Db, person: PersonId, occasion: OccasionId) -> tuple[Wish, ...]:
    """What somebody wished for an occasion, the newest first."""
    query = _wishes().where(_w.person == person, _w.occasion == occasion)
    rows = db.execute(query.order_by(_w.created.desc(), _w.id.desc()))
    return tuple(_wish(row) for row in rows)


def waiting(db: Db, types: Iterable[TicketTypeId]) -> tuple[Wish, ...]:
    """Who waits for tickets of `types`, the first to come first."""
    query = (
        _wishes()
        .where(_w.type.in_(tuple(types)), _w.state == WishState.WAITING.value)
        .order_by(_w.created, _w.id)
    )
    return tuple(_wish(row) for row in db.execute(query))


def end_all(db: Db, occasion: OccasionId) -> None:
    """Let nobody wait for an occasion, or be offered anything of it, any more."""
    statement = sa.update(tables.wish).where(_w.occasion == occasion, _w.state.in_(_OPEN))
    db.execute(statement.values(state=WishState.OVER.value))


def lock_kept(db: Db, type_: TicketTypeId) -> BookingId | None:
    """By which booking it is kept what came back of a type; nobody else changes that meanwhile."""
    db.execute(insert(tables.kept).values(type=type_).on_conflict_do_nothing())
    query = sa.select(_k.booking).where(_k.type == type_).with_for_update()
    found = db.execute(query).scalar_one()
    return BookingId(found) if found else None


def put_kept(db: Db, type_: TicketTypeId, booking: BookingId | None) -> None:
    """Say by which booking it is kept; none: nothing is."""
    db.execute(sa.update(tables.kept).where(_k.type == type_).values(booking=booking))


def _wishes() -> sa.Select[Any]:
    """All of them; `units` is their `count`, which of a row is something else."""
    return sa.select(tables.wish, _w["count"].label("units"))


def _values(wish: Wish) -> dict[str, object]:
    return {
        "id": wish.id,
        "occasion": wish.occasion,
        "type": wish.type,
        "person": wish.person,
        "count": wish.count,
        "state": wish.state.value,
        "created": wish.created,
        "order": wish.order,
        "overtaken": wish.overtaken,
    }


def _wish(row: Row[Any]) -> Wish:
    moment: datetime = row.created
    return Wish(
        WishId(row.id),
        OccasionId(row.occasion),
        TicketTypeId(row.type),
        PersonId(row.person),
        row.units,
        WishState(row.state),
        moment,
        OrderId(row.order) if row.order else None,
        row.overtaken,
    )
