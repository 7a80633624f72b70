"""What was said, and what is shown in the zones."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import insert

from shulian.kit.db import Db
from shulian.park.types import SpaceId
from shulian.world import tables
from shulian.world.types import Draft, Exhibit, Message, MessageNumber, Scope, VisitorKey

_m = tables.message.c
_e = tables.exhibit.c

_OVERLAP = timedelta(minutes=1)
"""Longer than a word takes from one process to another, or is kept for one whose link is lost."""


def put(db: Db, drafts: Sequence[Draft]) -> tuple[Message, ...]:
    """Keep what is said, in its order; a draft whose key is known gives the message of then.

    Until the end of the transaction nobody else can: so numbers are committed in their order, and
    who has read one has read, or can read, all before it.
    """
    values = [
        {
            "at": draft.at,
            "park": draft.park,
            "zone": draft.zone,
            "scope": draft.scope.value,
            "sender": draft.sender,
            "key": draft.key,
            "name": draft.name,
            "text": draft.text,
            "to": draft.to,
        }
        for draft in drafts
    ]
    if not values:
        return ()
    db.execute(sa.text("select pg_advisory_xact_lock(hashtextextended('world/message', 0))"))
    statement = insert(tables.message).values(values)
    db.execute(statement.on_conflict_do_nothing(index_elements=["sender", "key"]))
    pairs = sa.tuple_(_m.sender, _m.key)
    wanted = [(draft.sender, draft.key) for draft in drafts]
    rows = db.execute(sa.select(tables.message).where(pairs.in_(wanted)))
    found = {(row.sender, row.key): _message(row) for row in rows}
    return tuple(found[pair] for pair in wanted)


def find(db: Db, number: MessageNumber) -> Message | None:
    """The message with that number."""
    row = db.execute(sa.select(tables.message).where(_m.number == number)).one_or_none()
    return _message(row) if row else None


def page(
    db: Db,
    park: SpaceId,
    zone: SpaceId,
    *,
    reader: VisitorKey,
    since: datetime,
    after: int,
    before: int | None,
    limit: int,
) -> tuple[Message, ...]:
    """The last messages between two numbers that `reader` may read, the oldest first.

    What was said to them alone shortly before `after` is told again: it comes from any process, so
    they may have heard later messages sooner.
    """
    here = (_m.park == park) & (_m.zone == zone)
    # numbers grow with time: by its index, so that what was said for weeks is not looked at
    too_old = sa.select(_m.number).where(here, _m.at < since).order_by(_m.number.desc()).limit(1)
    oldest = sa.func.greatest(sa.func.coalesce(too_old.scalar_subquery(), 0), after)
    to_all = here & (_m.scope == Scope.ZONE.value) & (_m.number > oldest)
    own = (_m.scope == Scope.DIRECT.value) & ((_m.sender == reader) | (_m.to == reader))
    if after:
        seen = sa.select(_m.at - _OVERLAP).where(_m.number == after).scalar_subquery()
        own &= (_m.number > after) | (_m.at >= seen)
    hides = sa.select(tables.block.c.other).where(tables.block.c.visitor == reader)
    query = (
        sa.select(tables.message)
        .where(_m.park == park, _m.at >= since, to_all | own)
        .where(_m.sender.not_in(hides))
        .order_by(_m.number.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(_m.number < before)
    return tuple(reversed([_message(row) for row in db.execute(query)]))


def forget(db: Db, *, before: datetime) -> int:
    """Delete what was said before then; answers how much that was."""
    return db.execute(sa.delete(tables.message).where(_m.at < before)).rowcount


def shown(db: Db, spaces: Sequence[SpaceId]) -> dict[SpaceId, Exhibit]:
    """What is shown in which of `spaces`."""
    rows = db.execute(sa.select(tables.exhibit).where(_e.space.in_(spaces)))
    return {SpaceId(row.space): Exhibit(row.title, row.link, row.by) for row in rows}


def show(db: Db, space: SpaceId, exhibit: Exhibit | None) -> None:
    """Show `exhibit` in `space` from now on, or nothing."""
    if exhibit is None:
        db.execute(sa.delete(tables.exhibit).where(_e.space == space))
        return
    told = {"title": exhibit.title, "link": exhibit.link, "by": exhibit.by}
    statement = insert(tables.exhibit).values(space=space, **told)
    db.execute(statement.on_conflict_do_update(index_elements=["space"], set_=told))


def _message(row: Row[Any]) -> Message:
    return Message(
        MessageNumber(row.number),
        row.at,
        SpaceId(row.park),
        SpaceId(row.zone),
        Scope(row.scope),
        VisitorKey(row.sender),
        row.name,
        row.text,
        VisitorKey(row.to) if row.to is not None else None,
    )
