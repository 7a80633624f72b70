"""What is released around now: whose halls have something to say."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Select

from shulian.congress import tables
from shulian.congress.store import releases
from shulian.congress.types import CongressId, Programme
from shulian.kit.db import Db
from shulian.park.types import SpaceId

_c = tables.congress.c
_r = tables.release.c
_LOCK = sa.text("select pg_advisory_xact_lock(hashtextextended('congress.signs/' || :park, 0))")
_HALLS = sa.text("""
    select distinct jsonb_path_query(r.programme, '$.sessions[*].placed.hall') #>> '{}' as space
    from congress_release r join congress_congress c on c.id = r.congress
    where c.park = :park and c.last >= :since
""")


def lock(db: Db, park: SpaceId) -> None:
    """Let nobody else say what is on in the halls of a park until the transaction ends."""
    db.execute(_LOCK, {"park": park})


def parks(db: Db, *, since: date) -> tuple[SpaceId, ...]:
    """The parks with a congress that is public and not over before `since`."""
    found = db.execute(_public(since).with_only_columns(_c.park).distinct().order_by(_c.park))
    return tuple(SpaceId(row.park) for row in found)


def programmes(db: Db, park: SpaceId, *, since: date) -> tuple[Programme, ...]:
    """What is public of each such congress in a park."""
    found = db.execute(_public(since).where(_c.park == park).order_by(_c.first, _c.id))
    shown = (releases.newest(db, CongressId(row.id)) for row in found)
    return tuple(one[1] for one in shown if one is not None)


def halls(db: Db, park: SpaceId, *, since: date) -> frozenset[SpaceId]:
    """The halls of all that ever was public of such congresses."""
    found = db.execute(_HALLS, {"park": park, "since": since})
    return frozenset(SpaceId(row.space) for row in found)


def _public(since: date) -> Select[Any, Any, Any]:
    public = sa.exists().where(_r.congress == _c.id)
    return sa.select(_c.id, _c.first, _c.park).where(_c.last >= since, public)
