"""Sessions in calendars: one, one's own, and a private address by which a calendar follows."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from shulian.congress.api.congresses import congress
from shulian.congress.api.own import own
from shulian.congress.api.releases import Shown, shown
from shulian.congress.errors import AddressUnknown, SessionUnknown
from shulian.congress.rules import history
from shulian.congress.store import own as store
from shulian.congress.store import releases as release_store
from shulian.congress.types import (
    ChangeKind,
    Congress,
    CongressId,
    Programme,
    Release,
    Session,
    SessionId,
)
from shulian.identity.api import actor_of_person, persons, record
from shulian.identity.errors import LoginOnly
from shulian.identity.types import Actor, Grants, PersonId, Subject, Via
from shulian.kit.db import Db
from shulian.kit.text import Language

_CHANCE = 32
"""Bytes of chance in an address."""
_KEPT = timedelta(days=30)
"""So long a calendar is told that a session was dropped."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A session as a calendar is told of it."""

    session: Session
    programme: Programme
    """What it is, or was, part of."""
    revised: datetime
    sequence: int
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """What a calendar that follows somebody's programme is told."""

    congress: Congress
    language: Language
    entries: tuple[Dated, ...]


def make_link(db: Db, actor: Actor, wanted: CongressId, *, now: datetime) -> str:
    """The secret of a new address, told once; the one before is no more. Raises LoginOnly."""
    person = actor.demand_person()
    if actor.via is not Via.LOGIN:  # a token would leave behind what outlives it
        raise LoginOnly
    congress(db, actor, wanted)
    secret = secrets.token_urlsafe(_CHANCE)
    store.put_link(db, person, wanted, _fingerprint(secret), now)
    told = {"congress": str(wanted)}
    record(db, actor, "congress.make_link", _subject(person), None, told, now=now)
    return secret


def revoke_link(db: Db, actor: Actor, wanted: CongressId, *, now: datetime) -> None:
    """Let no calendar follow any more; raises AddressUnknown where none does."""
    person = actor.demand_person()
    if store.link(db, person, wanted) is None:
        raise AddressUnknown
    store.drop_link(db, person, wanted)
    told = {"congress": str(wanted)}
    record(db, actor, "congress.revoke_link", _subject(person), told, None, now=now)


def follow(db: Db, grants: Grants, secret: str, *, now: datetime) -> Followed:
    """What stands at an address now; raises AddressUnknown, also where the account is shut."""
    found = store.find_by_secret(db, _fingerprint(secret))
    if found is None:
        raise AddressUnknown
    person, wanted = found
    actor = actor_of_person(db, grants, person)
    if actor.person is None:
        raise AddressUnknown
    there = congress(db, actor, wanted)
    language = persons(db, [person])[person].language
    return Followed(there, language, own_dates(db, actor, wanted, now=now))


def own_dates(db: Db, actor: Actor, wanted: CongressId, *, now: datetime) -> tuple[Dated, ...]:
    """What the actor has of a congress, for a calendar; also what was dropped lately."""
    mine = own(db, actor, wanted, now=now)
    if mine.shown is None:
        return ()
    releases = release_store.list_(db, wanted)
    there = _dates(mine.shown, mine.sessions, releases)
    return (*there, *_dropped(db, releases, {one.session for one in mine.gone}, now=now))


def session_date(db: Db, actor: Actor, wanted: CongressId, session: SessionId) -> Dated:
    """A session for a calendar; raises CongressUnknown, ReleaseUnknown, SessionUnknown."""
    seen = shown(db, actor, wanted)
    one = next((one for one in seen.programme.sessions if one.id == session), None)
    if one is None:
        raise SessionUnknown
    return _dates(seen, (one,), release_store.list_(db, wanted))[0]


def _dates(
    seen: Shown, sessions: tuple[Session, ...], releases: tuple[Release, ...]
) -> tuple[Dated, ...]:
    steps, first = history.latest(releases), releases[-1]
    return tuple(
        Dated(one, seen.programme, step.release.at, step.sequence)
        if (step := steps.get(one.id))
        else Dated(one, seen.programme, first.at, first.number)
        for one in sessions
    )


def _dropped(
    db: Db, releases: tuple[Release, ...], sessions: Collection[SessionId], *, now: datetime
) -> tuple[Dated, ...]:
    """Those of `sessions` that a release dropped lately, as they were before."""
    found: list[Dated] = []
    for which, step in history.latest(releases).items():
        lately = now - step.release.at <= _KEPT
        if which not in sessions or step.change.kind is not ChangeKind.GONE or not lately:
            continue
        _, before = release_store.get(db, step.release.congress, step.release.number - 1)
        one = next(one for one in before.sessions if one.id == which)
        found.append(Dated(one, before, step.release.at, step.sequence, gone=True))
    return tuple(found)


def _fingerprint(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _subject(person: PersonId) -> Subject:
    return Subject("person", str(person))
