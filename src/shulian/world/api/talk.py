"""What is said in the world."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from shulian.kit.db import Db
from shulian.park.types import SpaceId
from shulian.world.store import order
from shulian.world.store import talk as store
from shulian.world.types import Draft, Message, VisitorKey

KEPT = timedelta(days=30)
"""So long what was said is kept, for moderators; visitors are shown the last hour."""


def say(db: Db, drafts: Sequence[Draft]) -> tuple[Message, ...]:
    """Keep what is said, all of it or nothing; who may say it has been checked.

    A draft that comes again with the key of its sender gives the message of then.
    """
    return store.put(db, drafts)


def history(
    db: Db,
    park: SpaceId,
    zone: SpaceId,
    *,
    reader: VisitorKey,
    since: datetime,
    after: int = 0,
    before: int | None = None,
    limit: int = 100,
) -> tuple[Message, ...]:
    """The last of what was said to all in `zone`, or to and by `reader` alone; the oldest first.

    Since the message `after`, and for what was said to one alone since a minute before.
    """
    return store.page(
        db, park, zone, reader=reader, since=since, after=after, before=before, limit=limit
    )


def forget(db: Db, *, now: datetime) -> int:
    """Delete what was said too long ago, and measures that are over; answers how much was said."""
    order.forget_sanctions(db, now=now)
    return store.forget(db, before=now - KEPT)
