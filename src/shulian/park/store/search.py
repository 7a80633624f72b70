"""Spaces found by their names, through the trigram index."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Row

from shulian.kit.db import Db
from shulian.kit.text import Language, Text
from shulian.park import tables
from shulian.park.store import rows
from shulian.park.types import Hit, SpaceId, SpaceKind

_t = tables.space.c
_RANKED = sa.literal([kind.value for kind in SpaceKind], sa.ARRAY(sa.Text))
_BETWEEN = " · "


def matching(
    db: Db,
    phrases: Sequence[str],
    patterns: Sequence[str],
    *,
    park: SpaceId | None,
    kind: SpaceKind | None,
    limit: int,
) -> tuple[Hit, ...]:
    """Spaces whose needle is like all `patterns`: whole names first, then beginnings, then rest."""
    asked = " ".join(phrases)
    exact = sa.func.strpos(_t.needle, f"| {asked} |") > 0
    begins = sa.func.strpos(_t.needle, f"| {asked}") > 0
    closeness = sa.case((exact, 0), (begins, 1), else_=2)
    return _hits(
        db,
        [*(_t.needle.like(one) for one in patterns), *_scope(park, kind)],
        [
            closeness,
            sa.func.array_position(_RANKED, _t.kind),
            sa.func.char_length(_t.needle),
            _t.order,
            _t.id,
        ],
        limit,
    )


def resembling(
    db: Db, asked: str, *, park: SpaceId | None, kind: SpaceKind | None, limit: int
) -> tuple[Hit, ...]:
    """Spaces with words that resemble `asked`, as with a letter wrong; the nearest first."""
    near: ColumnElement[bool] = sa.literal(asked).op("<%", is_comparison=True)(_t.needle)
    nearness = sa.func.word_similarity(asked, _t.needle)
    return _hits(db, [near, *_scope(park, kind)], [nearness.desc(), _t.id], limit)


def _scope(park: SpaceId | None, kind: SpaceKind | None) -> list[ColumnElement[bool]]:
    scope = [(park, _t.park == park), (kind, _t.kind == kind)]
    return [condition for asked, condition in scope if asked is not None]


def _hits(
    db: Db,
    conditions: Sequence[ColumnElement[bool]],
    order: Sequence[ColumnElement[Any]],
    limit: int,
) -> tuple[Hit, ...]:
    query = (
        rows.select(*rows.STEP, *rows.EXTENT, _t.park, _t.ancestors)
        .where(*conditions)
        .order_by(*order)
        .limit(limit)
    )
    found = db.execute(query).all()
    names = _names(db, {above for row in found for above in row.ancestors})
    return tuple(_hit_of(row, names) for row in found)


def _names(db: Db, spaces: Collection[str]) -> dict[str, Text]:
    if not spaces:
        return {}
    query = sa.select(_t.id, _t.zh, _t.en).where(_t.id.in_(spaces))
    return {row.id: Text(row.zh, row.en) for row in db.execute(query)}


def _hit_of(row: Row[Any], names: Mapping[str, Text]) -> Hit:
    above = [names[one] for one in row.ancestors if names[one]]
    path = Text(
        _BETWEEN.join(name.into(Language.ZH) for name in above),
        _BETWEEN.join(name.into(Language.EN) for name in above),
    )
    return Hit(rows.step_of(row), SpaceId(row.park), path)
