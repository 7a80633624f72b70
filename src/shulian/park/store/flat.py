"""Spaces as a plan shows them: those of a region or of one storey, with their bodies."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from shulian.kit.db import Db
from shulian.park import tables
from shulian.park.store import rows
from shulian.park.types import Extent, Space, SpaceId, SpaceKind, Step

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


def standing(db: Db, among: Collection[SpaceId]) -> dict[SpaceId, int]:
    """How many spaces stand directly in each of `among` in which there is any."""
    query = (
        sa.select(_t.parent, sa.func.count().label("spaces"))
        .where(_t.parent == sa.any_(sa.literal(list(among), ARRAY(sa.Text))))
        .group_by(_t.parent)
    )
    return {SpaceId(row.parent): row.spaces for row in db.execute(query)}


def highlights(
    db: Db, park: SpaceId, kinds: Sequence[SpaceKind], *, most_of_a_kind: int
) -> tuple[Space, ...]:
    """Named spaces of `park`, without their shapes.

    Of each kind those come first that say something of themselves, of these the largest.
    """
    size = (_t.east - _t.west) * (_t.north - _t.south) * (_t.top - _t.base + 1)
    silent = (_t.about_zh == "") & (_t.about_en == "")
    rank = sa.func.row_number().over(
        partition_by=_t.kind, order_by=(silent, size.desc().nulls_last(), _t.id)
    )
    found = (
        rows.select(*rows.SPACE, sa.null().label("shape"), rank.label("rank"))
        .where(_t.park == park, _t.kind.in_(kinds), (_t.zh != "") | (_t.en != ""))
        .subquery()
    )
    query = rows.select(found).where(found.c.rank <= most_of_a_kind).order_by(found.c.rank)
    return tuple(rows.space_of(row) for row in db.execute(query))


def building_extents(db: Db, park: SpaceId) -> tuple[Extent, ...]:
    """How far each building of `park` reaches."""
    query = rows.select(*rows.EXTENT).where(
        _t.park == park, _t.kind == SpaceKind.BUILDING, _t.base.is_not(None)
    )
    found = (rows.extent_of(row) for row in db.execute(query))
    return tuple(extent for extent in found if extent is not None)


def built(db: Db, park: SpaceId) -> dict[SpaceId, tuple[int, float]]:
    """By the space they stand in: how many buildings `park` has there, and their area [m²]."""
    query = (
        rows.select(
            _t.parent, sa.func.count().label("buildings"), sa.func.sum(_t.area).label("area")
        )
        .where(_t.park == park, _t.kind == SpaceKind.BUILDING)
        .group_by(_t.parent)
    )
    return {SpaceId(row.parent): (row.buildings, float(row.area or 0)) for row in db.execute(query)}


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
