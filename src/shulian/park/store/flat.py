"""Spaces as a plan shows them: those of a region or of one storey, with their bodies."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa

from shulian.kit.db import Db
from shulian.park import tables
from shulian.park.store import rows
from shulian.park.types import Space, SpaceId, SpaceKind, Step

_t = tables.space.c
Bounds = tuple[float, float, float, float]


def ground(
    db: Db,
    within: SpaceId,
    kinds: Sequence[SpaceKind],
    *,
    region: Bounds | None,
    limit: int,
) -> tuple[Space, ...]:
    """Spaces of `kinds` below `within` that reach into `region`; the `limit` largest."""
    query = (
        rows.select(*rows.SPACE, rows.shape_text())
        .where(_t.ancestors.contains([within]), _t.kind.in_(kinds), _t.shape.is_not(None))
        .order_by(((_t.east - _t.west) * (_t.north - _t.south)).desc(), _t.id)
        .limit(limit)
    )
    if region is not None:
        west, south, east, north = region
        query = query.where(_t.east > west, _t.west < east, _t.north > south, _t.south < north)
    return tuple(rows.space_of(row) for row in db.execute(query))


def steps(db: Db, park: SpaceId, kinds: Sequence[SpaceKind]) -> tuple[Step, ...]:
    """The spaces of `kinds` in `park`, parents before their children, by their order."""
    query = (
        rows.select(*rows.STEP, *rows.EXTENT)
        .where(_t.park == park, _t.kind.in_(kinds))
        .order_by(sa.func.cardinality(_t.ancestors), _t.order, _t.id)
    )
    return tuple(rows.step_of(row) for row in db.execute(query))


def parents(db: Db, among: Collection[SpaceId]) -> frozenset[SpaceId]:
    """Those of `among` in which something stands."""
    query = sa.select(_t.parent).distinct().where(_t.parent.in_(list(among)))
    return frozenset(SpaceId(row.parent) for row in db.execute(query))


def delivery_days(
    db: Db, park: SpaceId
) -> tuple[tuple[SpaceId, tuple[SpaceId, ...], date | None], ...]:
    """Each building of `park`, the spaces above it, and its own day of delivery."""
    query = sa.select(_t.id, _t.ancestors, _t.delivered).where(
        _t.park == park, _t.kind == SpaceKind.BUILDING
    )
    return tuple(
        (SpaceId(row.id), tuple(row.ancestors), row.delivered) for row in db.execute(query)
    )
