"""Single spaces and the spaces around them."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from shulian.kit.db import Db
from shulian.kit.text import Text
from shulian.park import tables
from shulian.park.errors import SpaceUnknown
from shulian.park.store import rows
from shulian.park.types import Extent, Locality, Record, Space, SpaceId, SpaceKind, Step

_t = tables.space.c
_p = tables.place.c


def line(db: Db, space: SpaceId) -> tuple[Record, ...]:
    """The records from the park down to `space`, those above it without their shapes."""
    lineage = sa.select(sa.func.unnest(_t.lineage)).where(_t.id == space).scalar_subquery()
    shape = sa.case((_t.id == space, rows.shape_text())).label("shape")
    query = (
        rows.select(*rows.SPACE, shape, *rows.EXTENT, *rows.KEPT)
        .where(_t.id.in_(lineage))
        .order_by(sa.func.cardinality(_t.ancestors))
    )
    above: tuple[SpaceId, ...] = ()
    found: list[Record] = []
    for row in db.execute(query):
        found.append(rows.record_of(row, above))
        above = (*above, SpaceId(row.id))
    if not found:
        raise SpaceUnknown(space=space)
    return tuple(found)


def get(db: Db, space: SpaceId) -> Space:
    """The space `space`; raises SpaceUnknown."""
    query = rows.select(*rows.SPACE, rows.shape_text()).where(_t.id == space)
    row = db.execute(query).one_or_none()
    if row is None:
        raise SpaceUnknown(space=space)
    return rows.space_of(row)


def steps(db: Db, space: SpaceId) -> tuple[Step, ...]:
    """The spaces from the park down to `space` itself."""
    lineage = sa.select(sa.func.unnest(_t.lineage)).where(_t.id == space).scalar_subquery()
    query = (
        rows.select(*rows.STEP, *rows.EXTENT)
        .where(_t.id.in_(lineage))
        .order_by(sa.func.cardinality(_t.ancestors))
    )
    found = tuple(rows.step_of(row) for row in db.execute(query))
    if not found:
        raise SpaceUnknown(space=space)
    return found


def children(db: Db, space: SpaceId) -> tuple[Step, ...]:
    """The spaces that stand directly in `space`, by their order."""
    query = (
        rows.select(*rows.STEP, *rows.EXTENT).where(_t.parent == space).order_by(_t.order, _t.id)
    )
    return tuple(rows.step_of(row) for row in db.execute(query))


def list_(
    db: Db, *, kind: SpaceKind | None = None, within: SpaceId | None = None
) -> tuple[Space, ...]:
    """Spaces of one kind, anywhere below one space; by their way down and their order."""
    query = rows.select(*rows.SPACE, rows.shape_text()).order_by(_t.ancestors, _t.order, _t.id)
    if kind is not None:
        query = query.where(_t.kind == kind)
    if within is not None:
        query = query.where(_t.ancestors.contains([within]))
    return tuple(rows.space_of(row) for row in db.execute(query))


def park_of(db: Db, space: SpaceId) -> SpaceId:
    """The park that `space` belongs to; raises SpaceUnknown."""
    park = db.execute(sa.select(_t.park).where(_t.id == space)).scalar_one_or_none()
    if park is None:
        raise SpaceUnknown(space=space)
    return SpaceId(park)


def localities(db: Db, wanted: Collection[SpaceId]) -> dict[SpaceId, Locality]:
    """Where those spaces are; what is not there is left out."""
    query = (
        rows.select(*rows.STEP, _t.park, _p.timezone)
        .join(tables.place, _p.park == _t.park)
        .where(_t.id == sa.any_(sa.bindparam("wanted", type_=ARRAY(sa.Text))))
    )
    return {
        SpaceId(row.id): Locality(
            SpaceId(row.park), SpaceKind(row.kind), Text(row.zh, row.en), row.timezone
        )
        for row in db.execute(query, {"wanted": sorted(set(wanted))})
    }


def buildings(db: Db, wanted: Collection[SpaceId]) -> dict[SpaceId, Text]:
    """The name of the building in which each space is; what is in none is left out."""
    above = tables.space.alias("above")
    query = (
        rows.select(_t.id, above.c.zh, above.c.en)
        .join(above, (above.c.id == sa.any_(_t.ancestors)) & (above.c.kind == SpaceKind.BUILDING))
        .where(_t.id == sa.any_(sa.bindparam("wanted", type_=ARRAY(sa.Text))))
    )
    told = db.execute(query, {"wanted": sorted(set(wanted))})
    return {SpaceId(row.id): Text(row.zh, row.en) for row in told}


def levels(db: Db, park: SpaceId) -> tuple[Record, ...]:
    """The records of `park`, its sites and its phases; parents before their children."""
    kinds = (SpaceKind.PARK, SpaceKind.SITE, SpaceKind.PHASE)
    query = (
        rows.select(*rows.SPACE, rows.shape_text(), *rows.EXTENT, *rows.KEPT, _t.ancestors)
        .where(_t.park == park, _t.kind.in_(kinds))
        .order_by(_t.lineage)
    )
    return tuple(rows.record_of(row, tuple(row.ancestors)) for row in db.execute(query))


def important(
    db: Db, park: SpaceId, kinds: Sequence[SpaceKind], *, most_of_a_kind: int, limit: int
) -> tuple[Step, ...]:
    """Named spaces of `park`: of each kind those that it tells of, then the largest.

    The first kind fills up to `limit`.
    """
    size = (_t.east - _t.west) * (_t.north - _t.south) * (_t.top - _t.base + 1)
    told = sa.or_(_t.about_zh != "", _t.about_en != "").desc()
    largest = size.desc().nulls_last()
    rank = sa.func.row_number().over(partition_by=_t.kind, order_by=(told, largest, _t.id))
    found = (
        rows.select(*rows.STEP, *rows.EXTENT, rank.label("rank"))
        .where(_t.park == park, _t.kind.in_(kinds), (_t.zh != "") | (_t.en != ""))
        .subquery()
    )
    first = found.c.kind == kinds[0]
    query = (
        rows.select(found)
        .where(first | (found.c.rank <= most_of_a_kind))
        .order_by(first, found.c.rank, found.c.kind)
        .limit(limit)
    )
    return tuple(rows.step_of(row) for row in db.execute(query))


def buildings_near(db: Db, park: SpaceId, reach: Extent) -> tuple[Extent, ...]:
    """How far the buildings of `park` reach whose bounds meet those of `reach`."""
    west, south, east, north = reach.bounds
    query = rows.select(*rows.EXTENT).where(
        _t.park == park,
        _t.kind == SpaceKind.BUILDING,
        _t.west <= east,
        _t.east >= west,
        _t.south <= north,
        _t.north >= south,
    )
    found = (rows.extent_of(row) for row in db.execute(query))
    return tuple(extent for extent in found if extent is not None)
