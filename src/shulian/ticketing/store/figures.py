"""How an occasion sells, counted by the database."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from shulian.kit.db import Db
from shulian.ticketing import tables
from shulian.ticketing.types import (
    Attendance,
    Direction,
    Fen,
    OccasionId,
    TicketId,
    TicketState,
    TicketTypeId,
    Verdict,
)

_o = tables.order.c
_t = tables.ticket.c
_s = tables.scan.c


@dataclass(frozen=True, slots=True)
class Sold:
    """How many tickets of a type are what."""

    sold: int
    held: int
    inside: int
    out: int
    online: int
    absent: int
    """For the place itself, and nobody ever came in by it."""
    revenue: Fen


def of_occasion(db: Db, occasion: OccasionId, *, now: datetime) -> dict[TicketTypeId, Sold]:
    """The counts of each type of which there is a ticket."""
    passed = (
        sa.select(_s.ticket, _s.direction)
        .ext(distinct_on(_s.ticket))
        .where(
            _s.occasion == occasion,
            _s.verdict.in_([Verdict.ADMITTED.value, Verdict.OUT.value]),
        )
        .order_by(_s.ticket, _s.at.desc(), _s.heard.desc(), _s.id.desc())
        .subquery()
    )
    valid = _t.state == TicketState.VALID.value
    held = (_t.state == TicketState.RESERVED.value) & (_o.expires > now)
    on_site = valid & (_t.attendance == Attendance.ON_SITE.value)
    query = (
        sa.select(
            _t.type,
            _count(valid, "sold"),
            _count(held, "held"),
            _count(valid & (passed.c.direction == Direction.IN.value), "inside"),
            _count(valid & (passed.c.direction == Direction.OUT.value), "out"),
            _count(valid & (_t.attendance == Attendance.ONLINE.value), "online"),
            _count(on_site & passed.c.ticket.is_(None), "absent"),
            sa.func.coalesce(sa.func.sum(_t.price).filter(valid), 0).label("revenue"),
        )
        .join(tables.order, _o.id == _t.order)
        .outerjoin(passed, passed.c.ticket == _t.id)
        .where(_t.occasion == occasion)
        .group_by(_t.type)
    )
    return {
        TicketTypeId(row.type): Sold(
            row.sold, row.held, row.inside, row.out, row.online, row.absent, Fen(int(row.revenue))
        )
        for row in db.execute(query)
    }


def was_admitted(db: Db, ticket: TicketId) -> bool:
    """Whether somebody ever came in by a ticket."""
    query = sa.select(_s.id).where(_s.ticket == ticket, _s.verdict == Verdict.ADMITTED.value)
    return db.execute(query.limit(1)).one_or_none() is not None


def _count(what: sa.ColumnElement[bool], name: str) -> sa.Label[int]:
    return sa.func.count().filter(what).label(name)
