"""Rules, sanctions, silences, blocks and reports."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from shulian.identity.types import OrganizationId
from shulian.kit.db import Db
from shulian.park.types import SpaceId
from shulian.world import tables
from shulian.world.errors import ReportUnknown, RuleWrong
from shulian.world.types import (
    Audience,
    Block,
    Measure,
    MessageNumber,
    Report,
    Right,
    Rule,
    Sanction,
    VisitorKey,
)

_r = tables.rule.c
_s = tables.sanction.c
_q = tables.silence.c
_b = tables.block.c
_c = tables.report.c


def rules(db: Db, spaces: Sequence[SpaceId]) -> tuple[Rule, ...]:
    """The rules of `spaces`."""
    query = sa.select(tables.rule).where(_r.space.in_(spaces)).order_by(_r.space, _r.right)
    return tuple(_rule(row) for row in db.execute(query))


def find_rule(db: Db, space: SpaceId, right: Right) -> Rule | None:
    """The own rule of `space` for `right`."""
    query = sa.select(tables.rule).where(_r.space == space, _r.right == right.value)
    row = db.execute(query).one_or_none()
    return _rule(row) if row else None


def put_rule(db: Db, rule: Rule) -> None:
    """Let `rule` hold from now on; raises RuleWrong where there is no such organization."""
    told = {"audience": rule.audience.value, "organization": rule.organization}
    statement = insert(tables.rule).values(space=rule.space, right=rule.right.value, **told)
    try:
        with db.begin_nested():
            db.execute(
                statement.on_conflict_do_update(index_elements=["space", "right"], set_=told)
            )
    except IntegrityError as error:
        raise RuleWrong(fields={"organization": "world.rule_members"}) from error


def remove_rule(db: Db, space: SpaceId, right: Right) -> None:
    """Let the usual hold again."""
    db.execute(sa.delete(tables.rule).where(_r.space == space, _r.right == right.value))


def sanctions(
    db: Db, park: SpaceId, visitor: VisitorKey | None = None, *, now: datetime
) -> tuple[Sanction, ...]:
    """The mutes, bans and removals in force in `park`, or of `visitor` there, the newest first."""
    lasting = _s.until.is_(None) | (_s.until > now)
    query = sa.select(tables.sanction).where(_s.park == park, lasting).order_by(_s.since.desc())
    if visitor is not None:
        query = query.where(_s.visitor == visitor)
    return tuple(_sanction(row) for row in db.execute(query))


def forget_sanctions(db: Db, *, now: datetime) -> None:
    """Delete those that are over."""
    db.execute(sa.delete(tables.sanction).where(_s.until <= now))


def put_sanction(db: Db, sanction: Sanction) -> None:
    """Let `sanction` be in force instead of an older one of its kind."""
    told = {
        "name": sanction.name,
        "since": sanction.since,
        "until": sanction.until,
        "by": sanction.by,
        "reason": sanction.reason,
    }
    key = {
        "park": sanction.park,
        "zone": sanction.zone,
        "visitor": sanction.visitor,
        "measure": sanction.measure.value,
    }
    statement = insert(tables.sanction).values(**key, **told)
    db.execute(statement.on_conflict_do_update(index_elements=list(key), set_=told))


def remove_sanction(db: Db, park: SpaceId, visitor: VisitorKey, measure: Measure) -> None:
    """Take a mute or a ban back."""
    mine = (_s.park == park) & (_s.visitor == visitor) & (_s.measure == measure.value)
    db.execute(sa.delete(tables.sanction).where(mine))


def silences(db: Db, spaces: Sequence[SpaceId]) -> frozenset[SpaceId]:
    """Those of `spaces` in which all are muted."""
    rows = db.execute(sa.select(_q.space).where(_q.space.in_(spaces)))
    return frozenset(SpaceId(row.space) for row in rows)


def put_silence(db: Db, space: SpaceId, *, on: bool, now: datetime) -> None:
    """Mute all in `space`, or let them speak again."""
    if on:
        statement = insert(tables.silence).values(space=space, since=now)
        db.execute(statement.on_conflict_do_nothing(index_elements=["space"]))
    else:
        db.execute(sa.delete(tables.silence).where(_q.space == space))


def blocked_by(db: Db, visitor: VisitorKey) -> frozenset[VisitorKey]:
    """Whom `visitor` does not want to meet."""
    rows = db.execute(sa.select(_b.other).where(_b.visitor == visitor))
    return frozenset(VisitorKey(row.other) for row in rows)


def blocks(db: Db, visitor: VisitorKey) -> tuple[Block, ...]:
    """The same with their names, the newest first."""
    query = sa.select(tables.block).where(_b.visitor == visitor).order_by(_b.since.desc(), _b.other)
    return tuple(Block(VisitorKey(row.other), row.name, row.since) for row in db.execute(query))


def blocking(db: Db, visitor: VisitorKey) -> frozenset[VisitorKey]:
    """Who does not want to meet `visitor`."""
    rows = db.execute(sa.select(_b.visitor).where(_b.other == visitor))
    return frozenset(VisitorKey(row.visitor) for row in rows)


def block_pairs(db: Db, visitor: VisitorKey) -> tuple[frozenset[VisitorKey], frozenset[VisitorKey]]:
    """Whom `visitor` does not want to meet, and who does not want to meet `visitor`."""
    query = sa.select(_b.visitor, _b.other).where((_b.visitor == visitor) | (_b.other == visitor))
    pairs = db.execute(query).all()
    blocked = frozenset(VisitorKey(row.other) for row in pairs if row.visitor == visitor)
    return blocked, frozenset(VisitorKey(row.visitor) for row in pairs if row.other == visitor)


def put_block(
    db: Db, visitor: VisitorKey, other: VisitorKey, *, name: str, on: bool, now: datetime
) -> None:
    """Keep `other`, called `name`, from `visitor`, or no longer."""
    if on:
        statement = insert(tables.block).values(visitor=visitor, other=other, name=name, since=now)
        db.execute(statement.on_conflict_do_nothing(index_elements=["visitor", "other"]))
    else:
        db.execute(sa.delete(tables.block).where(_b.visitor == visitor, _b.other == other))


def put_report(db: Db, report: Report) -> None:
    """Keep a complaint."""
    db.execute(
        sa.insert(tables.report).values(
            id=report.id,
            at=report.at,
            park=report.park,
            zone=report.zone,
            about=report.about,
            about_name=report.about_name,
            by=report.by,
            by_name=report.by_name,
            reason=report.reason,
            message=report.message,
            said=report.said,
        )
    )


def reports(db: Db, park: SpaceId, *, settled: bool, limit: int) -> tuple[Report, ...]:
    """Complaints from `park`, the newest first: those still open, or those settled."""
    done = _c.settled.is_not(None) if settled else _c.settled.is_(None)
    query = sa.select(tables.report).where(_c.park == park, done)
    return tuple(_report(row) for row in db.execute(query.order_by(_c.at.desc()).limit(limit)))


def open_reports(db: Db, park: SpaceId) -> int:
    """How many complaints from `park` are still open."""
    mine = (_c.park == park) & _c.settled.is_(None)
    return db.execute(sa.select(sa.func.count()).where(mine)).scalar_one()


def settle(db: Db, park: SpaceId, report: UUID, *, now: datetime) -> Report:
    """Lay a complaint from `park` aside; raises ReportUnknown."""
    mine = (_c.id == report) & (_c.park == park)
    statement = sa.update(tables.report).where(mine).values(settled=now)
    row = db.execute(statement.returning(*tables.report.c)).one_or_none()
    if row is None:
        raise ReportUnknown
    return _report(row)


def _rule(row: Row[Any]) -> Rule:
    organization = OrganizationId(row.organization) if row.organization else None
    return Rule(SpaceId(row.space), Right(row.right), Audience(row.audience), organization)


def _sanction(row: Row[Any]) -> Sanction:
    return Sanction(
        SpaceId(row.park),
        SpaceId(row.zone),
        VisitorKey(row.visitor),
        row.name,
        Measure(row.measure),
        row.since,
        row.until,
        row.by,
        row.reason,
    )


def _report(row: Row[Any]) -> Report:
    return Report(
        row.id,
        row.at,
        SpaceId(row.park),
        SpaceId(row.zone),
        VisitorKey(row.about),
        row.about_name,
        VisitorKey(row.by),
        row.by_name,
        row.reason,
        MessageNumber(row.message) if row.message is not None else None,
        row.said,
        row.settled,
    )
