"""Congresses, their themes, halls and rules."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import insert

from shulian.congress import tables
from shulian.congress.errors import CongressUnknown, HallUnknown
from shulian.congress.store import rows
from shulian.congress.types import (
    LEVELS,
    Congress,
    CongressId,
    Hall,
    Level,
    Rule,
    Theme,
    ThemeId,
)
from shulian.identity.types import OrganizationId
from shulian.kit.db import Db, metadata
from shulian.kit.text import Text
from shulian.park.types import SpaceId

_c = tables.congress.c
_t = tables.theme.c
_h = tables.hall.c


def put_new(db: Db, new: Congress) -> None:
    """Keep a new one."""
    db.execute(sa.insert(tables.congress).values({"id": new.id, **_values(new)}))


def put(db: Db, congress: Congress) -> None:
    """Keep a changed one."""
    db.execute(sa.update(tables.congress).where(_c.id == congress.id).values(_values(congress)))


def get(db: Db, wanted: CongressId) -> Congress:
    """A congress as it is."""
    return _one(db, sa.select(tables.congress).where(_c.id == wanted))


def lock(db: Db, wanted: CongressId) -> Congress:
    """A congress whose draft nobody else changes until the transaction ends."""
    return _one(db, sa.select(tables.congress).where(_c.id == wanted).with_for_update())


def find_by_slug(db: Db, slug: str) -> Congress:
    """The congress of that short name."""
    return _one(db, sa.select(tables.congress).where(_c.slug == slug))


def slug_is_taken(db: Db, slug: str) -> bool:
    """Whether a congress has that short name."""
    return db.scalar(sa.select(sa.exists().where(_c.slug == slug))) is True


def list_(db: Db, park: SpaceId) -> tuple[Congress, ...]:
    """The congresses of a park, the newest first."""
    query = sa.select(tables.congress).where(_c.park == park).order_by(_c.first.desc(), _c.id)
    return tuple(_congress(row) for row in db.execute(query))


def count_change(db: Db, wanted: CongressId) -> int:
    """Count a change of the draft; answers its version."""
    statement = sa.update(tables.congress).where(_c.id == wanted).values(version=_c.version + 1)
    return db.execute(statement.returning(_c.version)).scalar_one()


def themes(db: Db, congress: CongressId) -> tuple[Theme, ...]:
    """The themes of a congress, in its order."""
    query = sa.select(tables.theme).where(_t.congress == congress).order_by(_t.place, _t.id)
    return tuple(
        Theme(ThemeId(row.id), Text(row.zh, row.en), row.colour) for row in db.execute(query)
    )


def put_themes(db: Db, congress: CongressId, wanted: Sequence[Theme]) -> None:
    """Have these themes, in this order; those that are not named are there no more."""
    kept = [one.id for one in wanted]
    gone = sa.delete(tables.theme).where(_t.congress == congress, _t.id.not_in(kept))
    db.execute(gone)
    for place, one in enumerate(wanted):
        values = {"place": place, "zh": one.name.zh, "en": one.name.en, "colour": one.colour}
        statement = insert(tables.theme).values(id=one.id, congress=congress, **values)
        db.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))


def halls(db: Db, congress: CongressId) -> tuple[tuple[SpaceId, int, Any], ...]:
    """The halls of a congress in its order: space, capacity, hours."""
    query = sa.select(tables.hall).where(_h.congress == congress).order_by(_h.place, _h.space)
    return tuple(
        (SpaceId(row.space), row.capacity, rows.spans(row.hours)) for row in db.execute(query)
    )


def put_hall(db: Db, congress: CongressId, hall: Hall, place: int | None = None) -> None:
    """Have a hall, as it is now; a new one without a `place` stands behind the others."""
    last = sa.select(sa.func.coalesce(sa.func.max(_h.place) + 1, 0)).where(_h.congress == congress)
    values: dict[str, Any] = {"capacity": hall.capacity, "hours": rows.ranges(hall.hours)}
    moved = {} if place is None else {"place": place}
    new = {"congress": congress, "space": hall.space, "place": last.scalar_subquery()}
    statement = insert(tables.hall).values({**new, **values, **moved})
    db.execute(
        statement.on_conflict_do_update(index_elements=["congress", "space"], set_=values | moved)
    )


def drop_hall(db: Db, congress: CongressId, space: SpaceId) -> None:
    """Use a hall no more."""
    gone = sa.delete(tables.hall).where(_h.congress == congress, _h.space == space)
    if not db.execute(gone).rowcount:
        raise HallUnknown(space=space)


def congress_of(db: Db, kind: str, wanted: UUID) -> CongressId | None:
    """The congress that a theme, forum, session or speaker is part of, if it is there at all."""
    table = metadata.tables[f"congress_{kind}"]
    found = db.scalar(sa.select(table.c.congress).where(table.c.id == wanted))
    return CongressId(found) if found else None


def levels(db: Db, congress: CongressId) -> Mapping[Rule, Level]:
    """How much each rule matters to a congress."""
    found = db.execute(
        sa.select(tables.level.c.rule, tables.level.c.level).where(
            tables.level.c.congress == congress
        )
    )
    return {**LEVELS, **{Rule(row.rule): Level(row.level) for row in found}}


def put_level(db: Db, congress: CongressId, rule: Rule, level: Level) -> None:
    """Have a rule matter so much."""
    values = {"level": level.value}
    statement = insert(tables.level).values(congress=congress, rule=rule.value, **values)
    db.execute(statement.on_conflict_do_update(index_elements=["congress", "rule"], set_=values))


def _one(db: Db, query: sa.Select[Any]) -> Congress:
    row = db.execute(query).one_or_none()
    if row is None:
        raise CongressUnknown
    return _congress(row)


def _values(congress: Congress) -> dict[str, object]:
    return {
        "organizer": congress.organizer,
        "park": congress.park,
        "slug": congress.slug,
        **rows.said("title", congress.title),
        **rows.said("about", congress.about),
        "first": congress.first,
        "last": congress.last,
        "timezone": congress.timezone,
        "version": congress.version,
    }


def _congress(row: Row[Any]) -> Congress:
    return Congress(
        id=CongressId(row.id),
        organizer=OrganizationId(row.organizer),
        park=SpaceId(row.park),
        title=Text(row.title_zh, row.title_en),
        about=Text(row.about_zh, row.about_en),
        first=row.first,
        last=row.last,
        timezone=row.timezone,
        slug=row.slug,
        version=row.version,
    )
