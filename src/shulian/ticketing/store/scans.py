"""Scans: kept once whatever is told again, read by ticket, counted by occasion."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import distinct_on, insert

from shulian.identity.types import PersonId
from shulian.kit.db import Db
from shulian.ticketing import tables
from shulian.ticketing.types import (
    Counts,
    Direction,
    OccasionId,
    Passage,
    Scan,
    ScanId,
    TicketId,
    Verdict,
)

_s = tables.scan.c
_PASSED = (Verdict.ADMITTED.value, Verdict.OUT.value)


def put_new(db: Db, scans: Sequence[Scan]) -> None:
    """Keep `scans`; one that was kept meanwhile stays as it is."""
    if scans:
        statement = insert(tables.scan).on_conflict_do_nothing()
        db.execute(statement, [_values(one) for one in sorted(scans, key=_by_id)])


def change(db: Db, scans: Iterable[Scan]) -> None:
    """Keep what `scans` have turned out to be."""
    for one in scans:
        db.execute(
            sa.update(tables.scan)
            .where(_s.id == one.id)
            .values(verdict=one.verdict.value, told=one.told.value)
        )


def get(db: Db, wanted: Collection[ScanId]) -> dict[ScanId, Scan]:
    """Those of `wanted` that we know."""
    rows = db.execute(sa.select(tables.scan).where(_s.id.in_(wanted)))
    return {one.id: one for one in map(_scan, rows)}


def of_tickets(db: Db, wanted: Collection[TicketId]) -> dict[TicketId, list[Scan]]:
    """The scans of each of `wanted`, the first first."""
    found: dict[TicketId, list[Scan]] = {one: [] for one in wanted}
    query = sa.select(tables.scan).where(_s.ticket.in_(wanted)).order_by(_s.at, _s.id)
    for row in db.execute(query):
        found[TicketId(row.ticket)].append(_scan(row))
    return found


def passages(db: Db, occasion: OccasionId, *, since: datetime | None) -> tuple[Passage, ...]:
    """How somebody passed last by each ticket of which we heard since then."""
    last = (
        sa.select(_s.ticket, _s.verdict, _s.at, _s.gate)
        .ext(distinct_on(_s.ticket))
        .where(_s.occasion == occasion, _s.verdict.in_(_PASSED))
        .order_by(_s.ticket, _s.at.desc(), _s.id.desc())
    )
    if since is not None:
        heard = sa.select(_s.ticket).where(_s.occasion == occasion, _s.heard >= since)
        last = last.where(_s.ticket.in_(heard))
    return tuple(
        Passage(TicketId(row.ticket), row.verdict == Verdict.ADMITTED.value, row.at, row.gate)
        for row in db.execute(last)
    )


def counts(db: Db, occasion: OccasionId) -> Counts:
    """How many passed the gates of an occasion."""
    last = (
        sa.select(_s.verdict)
        .ext(distinct_on(_s.ticket))
        .where(_s.occasion == occasion, _s.verdict.in_(_PASSED))
        .order_by(_s.ticket, _s.at.desc(), _s.id.desc())
        .subquery()
    )
    inside = sa.func.count().filter(last.c.verdict == Verdict.ADMITTED.value)
    came = db.execute(sa.select(inside, sa.func.count()).select_from(last)).one()
    refused = sa.func.count().filter(_s.told.not_in(_PASSED))
    double = sa.func.count().filter(
        _s.told == Verdict.ADMITTED.value, _s.verdict == Verdict.ALREADY_IN.value
    )
    times = db.execute(sa.select(refused, double).where(_s.occasion == occasion)).one()
    return Counts(inside=came[0], out=came[1] - came[0], refused=times[0], doubles=times[1])


def doubled(db: Db, occasion: OccasionId, *, most: int) -> tuple[TicketId, ...]:
    """The tickets by which a copy came in, the latest first."""
    query = (
        sa.select(_s.ticket)
        .where(
            _s.occasion == occasion,
            _s.told == Verdict.ADMITTED.value,
            _s.verdict == Verdict.ALREADY_IN.value,
        )
        .group_by(_s.ticket)
        .order_by(sa.func.max(_s.heard).desc(), _s.ticket)
        .limit(most)
    )
    return tuple(TicketId(row.ticket) for row in db.execute(query))


def _by_id(scan: Scan) -> str:
    return str(scan.id)


def _values(one: Scan) -> dict[str, object]:
    return {
        "id": one.id,
        "occasion": one.occasion,
        "ticket": one.ticket,
        "direction": one.direction.value,
        "verdict": one.verdict.value,
        "told": one.told.value,
        "gate": one.gate,
        "at": one.at,
        "heard": one.heard,
        "by": one.by,
    }


def _scan(row: Row[Any]) -> Scan:
    return Scan(
        id=ScanId(row.id),
        occasion=OccasionId(row.occasion),
        ticket=TicketId(row.ticket) if row.ticket else None,
        direction=Direction(row.direction),
        verdict=Verdict(row.verdict),
        gate=row.gate,
        at=row.at,
        heard=row.heard,
        by=PersonId(row.by),
        told=Verdict(row.told),
    )
