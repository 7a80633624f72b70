"""One's own programme: what one wants to see, what is in its way, what became of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from shulian.congress.api.congresses import congress
from shulian.congress.api.drafts import surroundings
from shulian.congress.api.releases import Shown
from shulian.congress.errors import SessionUnknown
from shulian.congress.rules import history
from shulian.congress.rules.clashes import Clash, clashes
from shulian.congress.store import congresses
from shulian.congress.store import own as store
from shulian.congress.store import releases as release_store
from shulian.congress.types import (
    Change,
    ChangeKind,
    Congress,
    CongressId,
    Programme,
    Release,
    Session,
    SessionId,
)
from shulian.identity.types import Actor, PersonId
from shulian.kit.db import Db

TOLD = frozenset({ChangeKind.MOVED, ChangeKind.HALL, ChangeKind.GONE})
"""Changes of which people are told; of others the public list tells."""


@dataclass(frozen=True, slots=True)
class Notice:
    """That something one wants to see, or speaks in, is not where it was."""

    release: Release
    change: Change
    seen: datetime | None


@dataclass(frozen=True, slots=True)
class Own:
    """What somebody has of a congress."""

    shown: Shown | None
    """None: nothing is public yet."""
    sessions: tuple[Session, ...]
    """In the order of the programme."""
    speaking: frozenset[SessionId]
    """In which of them one speaks."""
    gone: tuple[Change, ...]
    """What one wanted to see and was dropped."""
    clashes: tuple[Clash, ...]
    notices: tuple[Notice, ...]
    """The newest first."""
    link: datetime | None
    """Since when a calendar may follow; none: it may not."""

    @property
    def unseen(self) -> int:
        """How many notices one has not seen."""
        return sum(one.seen is None for one in self.notices)


def star(db: Db, actor: Actor, wanted: CongressId, session: SessionId, *, now: datetime) -> None:
    """Keep that the actor wants to see a session; raises SessionUnknown where it is not public."""
    person = actor.demand_person()
    congress(db, actor, wanted)
    found = release_store.newest(db, wanted)
    if found is None or session not in {one.id for one in found[1].sessions}:
        raise SessionUnknown
    store.star(db, person, wanted, session, now)


def unstar(db: Db, actor: Actor, wanted: CongressId, session: SessionId) -> None:
    """Keep it no more, also of what was dropped."""
    store.unstar(db, actor.demand_person(), wanted, session)


def starred(db: Db, actor: Actor, wanted: CongressId) -> frozenset[SessionId]:
    """What the actor wants to see of a congress; nothing for guests."""
    return store.starred(db, actor.person, wanted) if actor.person else frozenset()


def own(db: Db, actor: Actor, wanted: CongressId, *, now: datetime) -> Own:
    """What the actor has of a congress; raises CongressUnknown and LoginNeeded."""
    person = actor.demand_person()
    congress(db, actor, wanted)
    stars = store.starred(db, person, wanted)
    found = release_store.newest(db, wanted)
    programme = found[1] if found else None
    speaking = _speaking(programme, person)
    sessions = tuple(
        one for one in (programme.sessions if programme else ()) if one.id in stars | speaking
    )
    releases = release_store.list_(db, wanted)
    left = stars - {one.id for one in sessions}
    return Own(
        shown=Shown(*found) if found else None,
        sessions=sessions,
        speaking=speaking,
        gone=tuple(
            step.change
            for which, step in history.latest(releases).items()
            if which in left and step.change.kind is ChangeKind.GONE
        ),
        clashes=_clashes(db, programme, sessions, now=now),
        notices=_notices(db, person, wanted, releases),
        link=store.link(db, person, wanted),
    )


def own_congresses(db: Db, actor: Actor) -> tuple[tuple[Congress, int], ...]:
    """The congresses of which the actor has something, the newest first; how much is not seen."""
    person = actor.demand_person()
    found = [congresses.get(db, one) for one in store.congresses_of(db, person)]
    found.sort(key=lambda one: (one.first, str(one.id)), reverse=True)
    return tuple(
        (one, sum(told.seen is None for told in store.notices(db, person, one.id))) for one in found
    )


def mark_seen(db: Db, actor: Actor, wanted: CongressId, up_to: int, *, now: datetime) -> None:
    """Keep that the actor has seen the notices of the releases up to that number."""
    store.see(db, actor.demand_person(), wanted, up_to, now)


def tell(db: Db, release: Release) -> None:
    """Keep notices of a new release for those whom it concerns.

    They want to see a session that moved, changed its hall or was dropped, or speak in it.
    """
    touched = {one.session for one in release.changes if one.kind in TOLD}
    if not touched:
        return
    _, after = release_store.get(db, release.congress, release.number)
    _, before = release_store.get(db, release.congress, release.number - 1)
    concerned = {
        (session, person)
        for session, people in store.starring(db, release.congress, touched).items()
        for person in people
    }
    for programme in (before, after):
        concerned |= _speakers_of(programme, touched)
    store.put_notices(db, release.id, sorted(concerned))


def _speaking(programme: Programme | None, person: PersonId) -> frozenset[SessionId]:
    """The sessions in which somebody with an account speaks."""
    if programme is None:
        return frozenset()
    theirs = {one.id for one in programme.speakers if one.person == person}
    return frozenset(one.id for one in programme.sessions if one.everyone & theirs)


def _speakers_of(
    programme: Programme, sessions: Collection[SessionId]
) -> set[tuple[SessionId, PersonId]]:
    accounts = {one.id: one.person for one in programme.speakers}
    return {
        (one.id, person)
        for one in programme.sessions
        if one.id in sessions
        for who in one.everyone
        if (person := accounts.get(who)) is not None
    }


def _clashes(
    db: Db, programme: Programme | None, sessions: tuple[Session, ...], *, now: datetime
) -> tuple[Clash, ...]:
    if programme is None or not sessions:
        return ()
    return clashes(sessions, surroundings(db, programme, now=now).walks)


def _notices(
    db: Db, person: PersonId, wanted: CongressId, releases: tuple[Release, ...]
) -> tuple[Notice, ...]:
    by_id: Mapping[object, Release] = {one.id: one for one in releases}
    return tuple(
        Notice(by_id[told.release], change, told.seen)
        for told in store.notices(db, person, wanted)
        for change in by_id[told.release].changes
        if change.session == told.session
    )
