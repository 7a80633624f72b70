"""Rows of the park's tables as its nouns, and back."""

from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import ColumnElement, Row

from shulian.kit.text import Text
from shulian.park import tables
from shulian.park.types import (
    Extent,
    Field,
    FieldValue,
    Record,
    Shape,
    Space,
    SpaceId,
    SpaceKind,
    SpaceStatus,
    Step,
)

_t = tables.space.c
_shape = msgspec.json.Decoder(Shape)
_told = msgspec.json.Decoder(dict[Field, FieldValue])

_KINDS = {kind.value: kind for kind in SpaceKind}
_STATUSES = {status.value: status for status in SpaceStatus}

STEP = (_t.id, _t.parent, _t.kind, _t.zh, _t.en, _t.order)
EXTENT = (_t.west, _t.south, _t.east, _t.north, _t.base, _t.top)
SPACE = (
    *STEP,
    _t.about_zh,
    _t.about_en,
    _t.area,
    _t.capacity,
    _t.delivered,
    _t.status,
    _t.link,
)
"""The columns of a space, apart from its shape."""
KEPT = (
    sa.cast(_t.origin, sa.Text).label("origin"),
    sa.cast(_t.undo, sa.Text).label("undo"),
    _t.needle,
    _t.version,
)


def select(*columns: Any) -> sa.Select[Any]:
    """A query for `columns`, whose rows the functions here take."""
    chosen: Any = sa.select(*columns)  # its columns' types are not known here
    return chosen


def shape_text() -> ColumnElement[str]:
    """The shape as JSON text: decoded straight into its type, many times faster than by a dict."""
    return sa.cast(_t.shape, sa.Text).label("shape")


def space_of(row: Row[Any]) -> Space:
    """The space in a row with the columns SPACE and `shape`."""
    return Space(
        id=SpaceId(row.id),
        parent=row.parent,
        kind=_KINDS[row.kind],
        name=Text(row.zh, row.en),
        about=Text(row.about_zh, row.about_en),
        order=row.order,
        shape=_shape.decode(row.shape) if row.shape is not None else None,
        area=row.area,
        capacity=row.capacity,
        delivered=row.delivered,
        status=_STATUSES[row.status],
        link=row.link,
    )


def extent_of(row: Row[Any]) -> Extent | None:
    """The extent in a row with the columns EXTENT."""
    if row.base is None:
        return None
    return Extent((row.west, row.south, row.east, row.north), row.base, row.top)


def step_of(row: Row[Any]) -> Step:
    """The step in a row with the columns STEP and EXTENT."""
    name = Text(row.zh, row.en)
    return Step(SpaceId(row.id), row.parent, _KINDS[row.kind], name, row.order, extent_of(row))


def record_of(row: Row[Any], ancestors: tuple[SpaceId, ...]) -> Record:
    """The record in a row with the columns SPACE, EXTENT, KEPT and `shape`."""
    return Record(
        space=space_of(row),
        ancestors=ancestors,
        extent=extent_of(row),
        needle=row.needle,
        origin=_told.decode(row.origin) if row.origin != "{}" else {},
        undo=_told.decode(row.undo) if row.undo is not None else None,
        version=row.version,
    )


WRITTEN = (
    "id",
    "parent",
    "ancestors",
    "kind",
    "zh",
    "en",
    "about_zh",
    "about_en",
    "order",
    "shape",
    "west",
    "south",
    "east",
    "north",
    "base",
    "top",
    "area",
    "capacity",
    "delivered",
    "status",
    "link",
    "needle",
    "origin",
    "undo",
    "version",
)
"""The columns of a space that are written, in the order of `values_of`."""

Value = str | int | float | date | list[SpaceId] | None


def values_of(record: Record) -> tuple[Value, ...]:
    """What a record writes into the columns WRITTEN; JSON as text."""
    space, extent = record.space, record.extent
    reach = (*extent.bounds, extent.base, extent.top) if extent else (None,) * 6
    return (
        space.id,
        space.parent,
        list(record.ancestors),
        space.kind.value,
        space.name.zh,
        space.name.en,
        space.about.zh,
        space.about.en,
        space.order,
        json_text(space.shape) if space.shape is not None else None,
        *reach,
        space.area,
        space.capacity,
        space.delivered,
        space.status.value,
        space.link,
        record.needle,
        json_text(dict(record.origin)),
        json_text(dict(record.undo)) if record.undo is not None else None,
        record.version,
    )


def json_text(value: object) -> str:
    """`value` as JSON."""
    return msgspec.json.encode(value).decode()
