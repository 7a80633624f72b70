"""Sessions of the draft, their talks, who speaks in them, and where they are placed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import insert

from shulian.congress import tables
from shulian.congress.errors import GuidTaken, SessionUnknown
from shulian.congress.store import rows
from shulian.congress.types import (
    CongressId,
    ForumId,
    Minutes,
    Placement,
    Session,
    SessionId,
    SessionKind,
    SpeakerId,
    Talk,
    TalkId,
)
from shulian.kit.db import Db
from shulian.kit.text import Text
from shulian.park.types import SpaceId

_s = tables.session.c
_t = tables.talk.c
_w = tables.speaks.c

_Spoken = Mapping[tuple[SessionId, TalkId | None], Sequence[SpeakerId]]


def put(db: Db, congress: CongressId, session: Session) -> None:
    """Keep a session, new or changed, with its talks and who speaks; raises GuidTaken."""
    values = _values(session)
    statement = insert(tables.session).values({"id": session.id, "congress": congress, **values})
    ours = _s.congress == congress
    kept = statement.on_conflict_do_update(index_elements=["id"], set_=values, where=ours)
    if not db.execute(kept).rowcount:
        raise GuidTaken(guid=str(session.id))
    db.execute(sa.delete(tables.talk).where(_t.session == session.id))
    db.execute(sa.delete(tables.speaks).where(_w.session == session.id))
    _put_talks(db, session)
    speaking = [(one, None) for one in session.speakers]
    speaking += [(who, one.id) for one in session.talks for who in one.speakers]
    if speaking:
        shared = {"session": session.id, "congress": congress}
        db.execute(
            sa.insert(tables.speaks),
            [
                {**shared, "place": place, "speaker": who, "talk": talk}
                for place, (who, talk) in enumerate(speaking)
            ],
        )


def _put_talks(db: Db, session: Session) -> None:
    for place, one in enumerate(session.talks):
        values = {
            "id": one.id,
            "session": session.id,
            "place": place,
            **rows.said("title", one.title),
            **rows.said("about", one.about),
            "minutes": one.minutes,
        }
        kept = insert(tables.talk).values(values).on_conflict_do_nothing(index_elements=["id"])
        if not db.execute(kept).rowcount:  # a talk of another session
            raise GuidTaken(guid=str(one.id))


def place(db: Db, wanted: Mapping[SessionId, Placement | None]) -> None:
    """Place sessions, or take them out of the timetable; each counts it as a change."""
    statement = (
        sa.update(tables.session)
        .where(_s.id == sa.bindparam("which"))
        .values(hall=sa.bindparam("where"), start=sa.bindparam("when"), version=_s.version + 1)
    )
    told = [
        {
            "which": one,
            "where": placed.hall if placed else None,
            "when": placed.start if placed else None,
        }
        for one, placed in wanted.items()
    ]
    if told:
        db.execute(statement, told)


def list_(db: Db, congress: CongressId) -> tuple[Session, ...]:
    """The sessions of a draft: those that are placed by start and hall, then the others."""
    query = (
        sa.select(tables.session)
        .where(_s.congress == congress)
        .order_by(_s.start.nulls_last(), _s.hall, _s.id)
    )
    found = db.execute(query).all()
    spoken = _spoken(db, _w.congress == congress)
    talks = _talks(db, spoken, _s.congress == congress)
    return tuple(_session(row, talks, spoken) for row in found)


def get(db: Db, wanted: SessionId) -> tuple[CongressId, Session]:
    """A session of a draft, and the congress it is part of."""
    row = db.execute(sa.select(tables.session).where(_s.id == wanted)).one_or_none()
    if row is None:
        raise SessionUnknown
    spoken = _spoken(db, _w.session == wanted)
    talks = _talks(db, spoken, _t.session == wanted)
    return CongressId(row.congress), _session(row, talks, spoken)


def session_of_talk(db: Db, wanted: TalkId) -> SessionId | None:
    """The session that a talk is part of, if there is such a talk."""
    found = db.scalar(sa.select(_t.session).where(_t.id == wanted))
    return SessionId(found) if found else None


def drop(db: Db, wanted: SessionId) -> None:
    """Have a session no more, nor its talks."""
    db.execute(sa.delete(tables.session).where(_s.id == wanted))


def count_in_hall(db: Db, congress: CongressId, hall: SpaceId) -> int:
    """How many sessions are placed in a hall."""
    query = sa.select(sa.func.count()).where(_s.congress == congress, _s.hall == hall)
    return db.execute(query).scalar_one()


def count_of_forum(db: Db, forum: ForumId) -> int:
    """How many sessions a forum has."""
    return db.execute(sa.select(sa.func.count()).where(_s.forum == forum)).scalar_one()


def _spoken(db: Db, where: sa.ColumnElement[bool]) -> _Spoken:
    query = sa.select(_w.session, _w.talk, _w.speaker).where(where).order_by(_w.session, _w.place)
    found: defaultdict[tuple[SessionId, TalkId | None], list[SpeakerId]] = defaultdict(list)
    for row in db.execute(query):
        key = (SessionId(row.session), TalkId(row.talk) if row.talk else None)
        found[key].append(SpeakerId(row.speaker))
    return found


def _talks(
    db: Db, spoken: _Spoken, where: sa.ColumnElement[bool]
) -> Mapping[SessionId, Sequence[Talk]]:
    query = (
        sa.select(tables.talk)
        .join(tables.session, _s.id == _t.session)
        .where(where)
        .order_by(_t.session, _t.place)
    )
    found: defaultdict[SessionId, list[Talk]] = defaultdict(list)
    for row in db.execute(query):
        session, talk = SessionId(row.session), TalkId(row.id)
        found[session].append(
            Talk(
                id=talk,
                title=Text(row.title_zh, row.title_en),
                about=Text(row.about_zh, row.about_en),
                minutes=Minutes(row.minutes),
                speakers=tuple(spoken.get((session, talk), ())),
            )
        )
    return found


def _values(session: Session) -> dict[str, Any]:
    return {
        "forum": session.forum,
        "kind": session.kind.value,
        **rows.said("title", session.title),
        **rows.said("about", session.about),
        "minutes": session.minutes,
        "attendance": session.attendance,
        "language": session.language,
        "hall": session.placed.hall if session.placed else None,
        "start": session.placed.start if session.placed else None,
        "pinned": session.pinned,
        "link": session.link,
        "version": session.version,
    }


def _session(row: Row[Any], talks: Mapping[SessionId, Sequence[Talk]], spoken: _Spoken) -> Session:
    which = SessionId(row.id)
    return Session(
        id=which,
        forum=ForumId(row.forum),
        kind=SessionKind(row.kind),
        title=Text(row.title_zh, row.title_en),
        minutes=Minutes(row.minutes),
        about=Text(row.about_zh, row.about_en),
        attendance=row.attendance,
        language=row.language,
        talks=tuple(talks.get(which, ())),
        speakers=tuple(spoken.get((which, None), ())),
        placed=Placement(SpaceId(row.hall), row.start) if row.hall is not None else None,
        pinned=row.pinned,
        link=row.link,
        version=row.version,
    )
