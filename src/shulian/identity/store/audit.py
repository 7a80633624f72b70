"""The audit log: rows are added and read, nothing else."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row

from shulian.identity.tables import audit as table
from shulian.identity.types import (
    Actor,
    AuditEntry,
    AuditFilter,
    Json,
    PersonId,
    Subject,
    TokenId,
    Via,
)
from shulian.kit.db import Db


def put_new(
    db: Db, actor: Actor, verb: str, subject: Subject, before: Json, after: Json, *, now: datetime
) -> None:
    """Add an entry."""
    values = {
        "at": now,
        "person": actor.person,
        "name": actor.name,
        "via": actor.via,
        "token": actor.token,
        "verb": verb,
        "subject_kind": subject.kind,
        "subject_id": subject.id,
        "before": before,
        "after": after,
    }
    db.execute(sa.insert(table).values(values))


def list_(db: Db, wanted: AuditFilter, *, below: int | None, limit: int) -> tuple[AuditEntry, ...]:
    """Entries that match, the newest first, from the one before number `below`."""
    query = sa.select(table).where(*_conditions(wanted)).order_by(table.c.number.desc())
    if below is not None:
        query = query.where(table.c.number < below)
    return tuple(_entry_of(row) for row in db.execute(query.limit(limit)))


def _conditions(wanted: AuditFilter) -> list[sa.ColumnElement[bool]]:
    verb = (
        table.c.verb.startswith(wanted.verb, autoescape=True)
        if wanted.verb.endswith(".")
        else table.c.verb == wanted.verb
    )
    offered = (
        (wanted.subject_kind, table.c.subject_kind == wanted.subject_kind),
        (wanted.subject_id, table.c.subject_id == wanted.subject_id),
        (wanted.person, table.c.person == wanted.person),
        (wanted.verb, verb),
        (wanted.since, table.c.at >= sa.literal(wanted.since, table.c.at.type)),
        (wanted.until, table.c.at < sa.literal(wanted.until, table.c.at.type)),
    )
    return [condition for asked, condition in offered if asked]


def _entry_of(row: Row[Any]) -> AuditEntry:
    return AuditEntry(
        number=row.number,
        at=row.at,
        person=PersonId(row.person) if row.person else None,
        name=row.name,
        via=Via(row.via),
        token=TokenId(row.token) if row.token else None,
        verb=row.verb,
        subject=Subject(row.subject_kind, row.subject_id),
        before=row.before,
        after=row.after,
    )
