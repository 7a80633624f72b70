"""Speakers: who they are, and when they can be there."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import insert

from shulian.congress import tables
from shulian.congress.errors import GuidTaken, SpeakerUnknown
from shulian.congress.store import rows
from shulian.congress.types import CongressId, Presence, Speaker, SpeakerId
from shulian.identity.types import PersonId
from shulian.kit.db import Db
from shulian.kit.text import Text

_s = tables.speaker.c


def put(db: Db, congress: CongressId, speaker: Speaker) -> None:
    """Keep a speaker, new or changed; raises GuidTaken."""
    values: dict[str, Any] = {
        **rows.said("name", speaker.name),
        **rows.said("title", speaker.title),
        **rows.said("about", speaker.about),
        "person": speaker.person,
        "presence": speaker.presence.value,
        "available": rows.ranges(speaker.available),
        "wished": rows.ranges(speaker.wished),
        "version": speaker.version,
    }
    statement = insert(tables.speaker).values({"id": speaker.id, "congress": congress, **values})
    ours = _s.congress == congress
    kept = statement.on_conflict_do_update(index_elements=["id"], set_=values, where=ours)
    if not db.execute(kept).rowcount:
        raise GuidTaken(guid=str(speaker.id))


def list_(db: Db, congress: CongressId) -> tuple[Speaker, ...]:
    """The speakers of a congress, in the order in which they came."""
    query = sa.select(tables.speaker).where(_s.congress == congress).order_by(_s.id)
    return tuple(_speaker(row) for row in db.execute(query))


def congress_of(db: Db, wanted: SpeakerId) -> CongressId:
    """The congress in which somebody speaks."""
    found = db.scalar(sa.select(_s.congress).where(_s.id == wanted))
    if found is None:
        raise SpeakerUnknown
    return CongressId(found)


def count_sessions(db: Db, wanted: SpeakerId) -> int:
    """In how many sessions somebody speaks."""
    query = sa.select(sa.func.count(tables.speaks.c.session.distinct()))
    return db.execute(query.where(tables.speaks.c.speaker == wanted)).scalar_one()


def drop(db: Db, wanted: SpeakerId) -> None:
    """Have a speaker no more, who speaks nowhere."""
    db.execute(sa.delete(tables.speaker).where(_s.id == wanted))


def _speaker(row: Row[Any]) -> Speaker:
    return Speaker(
        id=SpeakerId(row.id),
        name=Text(row.name_zh, row.name_en),
        title=Text(row.title_zh, row.title_en),
        about=Text(row.about_zh, row.about_en),
        person=PersonId(row.person) if row.person else None,
        presence=Presence(row.presence),
        available=rows.spans(row.available),
        wished=rows.spans(row.wished),
        version=row.version,
    )
