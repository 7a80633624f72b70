"""What each source says spaces are now."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import insert

from shulian.kit.db import Db
from shulian.kit.text import Text
from shulian.park import tables
from shulian.park.errors import SpaceUnknown
from shulian.park.types import LiveStatus, LiveToken, SpaceId

_t = tables.live.c
_s = tables.space.c


def lock(db: Db, space: SpaceId) -> SpaceId:
    """Let nobody else say what `space` is until the transaction ends; answers its park."""
    query = sa.select(_s.park).where(_s.id == space).with_for_update(key_share=True)
    park = db.execute(query).scalar_one_or_none()
    if park is None:
        raise SpaceUnknown(space=space)
    return SpaceId(park)


def of_space(db: Db, space: SpaceId) -> tuple[LiveStatus, ...]:
    """What all sources say of `space`."""
    return tuple(_status_of(row) for row in db.execute(_all().where(_t.space == space)))


def around(db: Db, space: SpaceId) -> tuple[LiveStatus, ...]:
    """What all sources say of `space` and of its children."""
    children = sa.select(_s.id).where(_s.parent == space)
    query = _all().where((_t.space == space) | _t.space.in_(children))
    return tuple(_status_of(row) for row in db.execute(query))


def of_park(db: Db, park: SpaceId) -> tuple[LiveStatus, ...]:
    """What all sources say of the spaces of `park`."""
    query = _all().join(tables.space, _s.id == _t.space).where(_s.park == park)
    return tuple(_status_of(row) for row in db.execute(query))


def put(db: Db, status: LiveStatus) -> None:
    """Keep `status` as what its source says now."""
    values = {
        "space": status.space,
        "source": status.source,
        "token": status.token.value,
        "zh": status.words.zh,
        "en": status.words.en,
        "number": status.number,
        "until": status.until,
        "since": status.since,
    }
    statement = insert(tables.live).values(values)
    db.execute(statement.on_conflict_do_update(index_elements=["space", "source"], set_=values))


def remove(db: Db, space: SpaceId, source: str) -> None:
    """Forget what `source` says of `space`."""
    db.execute(sa.delete(tables.live).where(_t.space == space, _t.source == source))


def _all() -> sa.Select[Any]:
    return sa.select(tables.live)


def _status_of(row: Row[Any]) -> LiveStatus:
    return LiveStatus(
        SpaceId(row.space),
        row.source,
        LiveToken(row.token),
        Text(row.zh, row.en),
        row.number,
        row.until,
        row.since,
    )
