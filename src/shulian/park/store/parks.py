"""Parks as wholes: which there are, where they lie, what lies between their buildings."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert

from shulian.kit.db import Db
from shulian.kit.text import Text
from shulian.park import tables
from shulian.park.errors import ParkUnknown
from shulian.park.store import rows
from shulian.park.types import (
    Entrance,
    ParkSummary,
    Place,
    Point,
    Ring,
    Scenery,
    SceneryId,
    SceneryKind,
    SpaceId,
    SpaceKind,
)

_t = tables.space.c
_s = tables.scenery.c
_rings = msgspec.json.Decoder(tuple[tuple[Ring, ...], ...])
_points = msgspec.json.Decoder(tuple[Point, ...])


def summaries(db: Db) -> tuple[ParkSummary, ...]:
    """Every park, by its id."""
    root = tables.space.alias("root").c
    counts = (
        sa.select(
            _t.park,
            sa.func.count().label("spaces"),
            sa.func.count().filter(_t.kind == SpaceKind.BUILDING).label("buildings"),
        )
        .group_by(_t.park)
        .subquery()
    )
    query = (
        sa.select(root.id, root.zh, root.en, root.about_zh, root.about_en, counts.c.spaces)
        .add_columns(counts.c.buildings)
        .join_from(root.id.table, counts, counts.c.park == root.id)
        .order_by(root.id)
    )
    return tuple(
        ParkSummary(
            SpaceId(row.id),
            Text(row.zh, row.en),
            Text(row.about_zh, row.about_en),
            row.spaces - 1,
            row.buildings,
        )
        for row in db.execute(query)
    )


def place(db: Db, park: SpaceId) -> Place:
    """Where `park` lies; raises ParkUnknown."""
    found = find_place(db, park)
    if found is None:
        raise ParkUnknown(park=park)
    return found


def find_place(db: Db, park: SpaceId) -> Place | None:
    """Where `park` lies, if there is such a park."""
    row = db.execute(sa.select(tables.place).where(tables.place.c.park == park)).one_or_none()
    if row is None:
        return None
    entrance = Entrance(*row.entrance) if row.entrance else None
    return Place(SpaceId(row.park), row.longitude, row.latitude, row.timezone, entrance)


def put_place(db: Db, place: Place) -> None:
    """Keep where a park lies."""
    entrance = place.entrance
    values = {
        "park": place.park,
        "longitude": place.longitude,
        "latitude": place.latitude,
        "timezone": place.timezone,
        "entrance": entrance and [entrance.east, entrance.north, entrance.heading],
    }
    statement = insert(tables.place).values(values)
    db.execute(statement.on_conflict_do_update(index_elements=["park"], set_=values))


def remove(db: Db, park: SpaceId) -> None:
    """Forget where `park` lies and what lies between its buildings."""
    db.execute(sa.delete(tables.scenery).where(_s.park == park))
    db.execute(sa.delete(tables.place).where(tables.place.c.park == park))


def revision(db: Db, park: SpaceId) -> UUID:
    """A mark that is new after each change of `park`; raises ParkUnknown."""
    found = db.execute(sa.select(tables.place.c.revision).where(tables.place.c.park == park))
    mark = found.scalar_one_or_none()
    if mark is None:
        raise ParkUnknown(park=park)
    return mark


def renew(db: Db, park: SpaceId) -> None:
    """Give `park` a new revision: something that a plan of it shows has changed."""
    fresh = sa.func.gen_random_uuid()
    ours = tables.place.c.park == park
    db.execute(sa.update(tables.place).where(ours).values(revision=fresh))


def scenery(db: Db, park: SpaceId) -> dict[SceneryId, Scenery]:
    """What lies between the buildings of `park`, by id."""
    query = (
        sa.select(
            _s.id,
            _s.kind,
            _s.zh,
            _s.en,
            sa.cast(_s.rings, sa.Text).label("rings"),
            sa.cast(_s.points, sa.Text).label("points"),
        )
        .where(_s.park == park)
        .order_by(_s.id)
    )
    return {
        SceneryId(row.id): Scenery(
            SceneryId(row.id),
            park,
            SceneryKind(row.kind),
            Text(row.zh, row.en),
            _rings.decode(row.rings),
            _points.decode(row.points),
        )
        for row in db.execute(query)
    }


def put_scenery(db: Db, pieces: Sequence[Scenery]) -> None:
    """Keep `pieces`, new ones and changed ones alike."""
    if not pieces:
        return
    statement = sa.text(
        "insert into park_scenery (park, id, kind, zh, en, rings, points) values"
        " (:park, :id, :kind, :zh, :en, cast(:rings as jsonb), cast(:points as jsonb))"
        " on conflict (park, id) do update set kind = excluded.kind, zh = excluded.zh,"
        " en = excluded.en, rings = excluded.rings, points = excluded.points"
    )
    db.execute(
        statement,
        [
            {
                "park": piece.park,
                "id": piece.id,
                "kind": piece.kind.value,
                "zh": piece.name.zh,
                "en": piece.name.en,
                "rings": rows.json_text(piece.rings),
                "points": rows.json_text(piece.points),
            }
            for piece in pieces
        ],
    )


def remove_scenery(db: Db, park: SpaceId, pieces: Iterable[SceneryId]) -> None:
    """Forget `pieces`."""
    ids = sa.literal(list(pieces), ARRAY(sa.Text))
    db.execute(sa.delete(tables.scenery).where(_s.park == park, _s.id == sa.any_(ids)))
