"""Sessions of the draft: what they are, and where in the timetable they are placed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from shulian.congress.api.congresses import subject, touch
from shulian.congress.api.forums import locked_draft
from shulian.congress.api.rights import demand_edit
from shulian.congress.errors import (
    DraftMoved,
    GuidTaken,
    HallUnknown,
    SessionUnknown,
    SpeakerUnknown,
)
from shulian.congress.rules import entries
from shulian.congress.store import sessions as store
from shulian.congress.types import CongressId, Placement, Programme, Session, SessionId
from shulian.identity.api import record
from shulian.identity.types import Actor
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.errors import Invalid

MOST_PLACED = 2_000
"""Sessions that are placed at once."""


def add_session(
    db: Db, bus: Bus, actor: Actor, wanted: CongressId, new: Session, *, now: datetime
) -> Session:
    """Have one more session in a forum that the actor may change.

    Raises ForumUnknown, Refused, Invalid, SpeakerUnknown, HallUnknown, GuidTaken.
    """
    draft = locked_draft(db, wanted)
    demand_edit(actor, draft, new.forum)
    session = _checked(draft, replace(new, version=0))
    if session.id in {one.id for one in draft.sessions}:
        raise GuidTaken(guid=str(session.id))
    store.put(db, wanted, session)
    record(db, actor, "congress.add_session", subject(wanted), None, session, now=now)
    touch(db, bus, wanted, by=actor.name)
    return session


def change_session(db: Db, bus: Bus, actor: Actor, new: Session, *, now: datetime) -> Session:
    """Have a session be `new`, if it still is of the version of `new`.

    Raises SessionUnknown, Refused, DraftMoved, Invalid, SpeakerUnknown, HallUnknown.
    """
    draft, before = _own(db, actor, new.id)
    if new.version != before.version:
        raise DraftMoved(before)
    demand_edit(actor, draft, new.forum)
    after = _checked(draft, new)
    if after == before:
        return before
    after = replace(after, version=before.version + 1)
    store.put(db, draft.congress.id, after)
    of = subject(draft.congress.id)
    record(db, actor, "congress.change_session", of, before, after, now=now)
    touch(db, bus, draft.congress.id, by=actor.name)
    return after


def drop_session(db: Db, bus: Bus, actor: Actor, wanted: SessionId, *, now: datetime) -> None:
    """Have a session no more, nor its talks; raises SessionUnknown and Refused."""
    draft, before = _own(db, actor, wanted)
    store.drop(db, wanted)
    record(db, actor, "congress.drop_session", subject(draft.congress.id), before, None, now=now)
    touch(db, bus, draft.congress.id, by=actor.name)


def place_sessions(
    db: Db,
    bus: Bus,
    actor: Actor,
    wanted: CongressId,
    placed: Mapping[SessionId, Placement | None],
    *,
    versions: Mapping[SessionId, int],
    now: datetime,
) -> int:
    """Place sessions in the timetable, or take them out of it: all of them, or none.

    A session has to be of the version that the actor saw. What is wrong with the new timetable is
    no error: the draft says it. Answers the version of the draft. Raises SessionUnknown, Refused,
    DraftMoved with the first that is not what it was, HallUnknown, Invalid.
    """
    if len(placed) > MOST_PLACED:
        raise Invalid(fields={"sessions": "congress.too_many_placed"}, most=MOST_PLACED)
    draft = locked_draft(db, wanted)
    known = {one.id: one for one in draft.sessions}
    halls = {one.space for one in draft.halls}
    moved: dict[SessionId, Placement | None] = {}
    for which, where in placed.items():
        session = known.get(which)
        if session is None:
            raise SessionUnknown
        demand_edit(actor, draft, session.forum)
        if versions.get(which) != session.version:
            raise DraftMoved(session)
        if where is not None and where.hall not in halls:
            raise HallUnknown(space=where.hall)
        if where != session.placed:
            moved[which] = where
    if not moved:
        return draft.congress.version
    store.place(db, moved)
    before = {str(one): known[one].placed for one in moved}
    after = {str(one): where for one, where in moved.items()}
    record(db, actor, "congress.place", subject(wanted), before, after, now=now)
    return touch(db, bus, wanted, by=actor.name)


def _own(db: Db, actor: Actor, wanted: SessionId) -> tuple[Programme, Session]:
    """A session that the actor may change, with the draft that it is part of, locked."""
    congress, _ = store.get(db, wanted)
    draft = locked_draft(db, congress)
    session = next((one for one in draft.sessions if one.id == wanted), None)
    if session is None:
        raise SessionUnknown
    demand_edit(actor, draft, session.forum)
    return draft, session


def _checked(draft: Programme, new: Session) -> Session:
    session = replace(
        new,
        title=entries.tidy(new.title),
        about=entries.tidy(new.about),
        language=new.language.replace(" ", ""),
        link=new.link.strip(),
        talks=tuple(
            replace(one, title=entries.tidy(one.title), about=entries.tidy(one.about))
            for one in new.talks
        ),
    )
    entries.demand(entries.session_faults(session))
    if not session.everyone <= {one.id for one in draft.speakers}:
        raise SpeakerUnknown
    if session.placed and session.placed.hall not in {one.space for one in draft.halls}:
        raise HallUnknown(space=session.placed.hall)
    return session
