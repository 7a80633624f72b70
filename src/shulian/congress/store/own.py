"""What people want to see of congresses, the addresses by which calendars follow it, notices."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shulian.congress import tables
from shulian.congress.types import CongressId, ReleaseId, SessionId
from shulian.identity.types import PersonId
from shulian.kit.db import Db

_s = tables.star.c
_l = tables.link.c
_n = tables.notice.c
_r = tables.release.c


@dataclass(frozen=True, slots=True)
class Told:
    """That somebody is told of what a release changed of a session."""

    release: ReleaseId
    session: SessionId
    seen: datetime | None


def star(db: Db, person: PersonId, congress: CongressId, session: SessionId, now: datetime) -> None:
    """Keep that somebody wants to see a session."""
    new = insert(tables.star).values(person=person, congress=congress, session=session, at=now)
    db.execute(new.on_conflict_do_nothing())


def unstar(db: Db, person: PersonId, congress: CongressId, session: SessionId) -> None:
    """Keep it no more."""
    gone = (_s.person == person) & (_s.congress == congress) & (_s.session == session)
    db.execute(sa.delete(tables.star).where(gone))


def starred(db: Db, person: PersonId, congress: CongressId) -> frozenset[SessionId]:
    """What somebody wants to see of a congress, also what was dropped."""
    query = sa.select(_s.session).where(_s.person == person, _s.congress == congress)
    return frozenset(SessionId(row.session) for row in db.execute(query))


def starring(
    db: Db, congress: CongressId, sessions: Collection[SessionId]
) -> Mapping[SessionId, frozenset[PersonId]]:
    """Who wants to see each of those sessions."""
    query = sa.select(_s.session, _s.person)
    query = query.where(_s.congress == congress, _s.session.in_(sessions))
    found: defaultdict[SessionId, set[PersonId]] = defaultdict(set)
    for row in db.execute(query):
        found[SessionId(row.session)].add(PersonId(row.person))
    return {session: frozenset(people) for session, people in found.items()}


def congresses_of(db: Db, person: PersonId) -> tuple[CongressId, ...]:
    """The congresses of which somebody wants to see something, or is told something."""
    stars = sa.select(_s.congress).where(_s.person == person)
    told = sa.select(_r.congress).join(tables.notice, _n.release == _r.id)
    query = stars.union(told.where(_n.person == person))
    return tuple(CongressId(row.congress) for row in db.execute(query))


def put_link(db: Db, person: PersonId, congress: CongressId, secret: bytes, now: datetime) -> None:
    """Keep an address by its fingerprint; the one before is none any more."""
    values = {"secret": secret, "created": now}
    new = insert(tables.link).values(person=person, congress=congress, **values)
    db.execute(new.on_conflict_do_update(index_elements=["person", "congress"], set_=values))


def link(db: Db, person: PersonId, congress: CongressId) -> datetime | None:
    """Since when there is an address; none: there is none."""
    return db.scalar(sa.select(_l.created).where(_l.person == person, _l.congress == congress))


def find_by_secret(db: Db, secret: bytes) -> tuple[PersonId, CongressId] | None:
    """Whose programme of which congress stands at the address with that fingerprint."""
    row = db.execute(sa.select(_l.person, _l.congress).where(_l.secret == secret)).one_or_none()
    return (PersonId(row.person), CongressId(row.congress)) if row else None


def drop_link(db: Db, person: PersonId, congress: CongressId) -> None:
    """Let nobody follow it any more."""
    db.execute(sa.delete(tables.link).where(_l.person == person, _l.congress == congress))


def put_notices(db: Db, release: ReleaseId, told: Iterable[tuple[SessionId, PersonId]]) -> None:
    """Keep whom a release concerns, and by which session."""
    new = [
        {"release": release, "session": session, "person": person, "seen": None}
        for session, person in told
    ]
    if new:
        db.execute(insert(tables.notice).on_conflict_do_nothing(), new)


def notices(db: Db, person: PersonId, congress: CongressId) -> tuple[Told, ...]:
    """What somebody is told of a congress, the newest release first."""
    query = (
        sa.select(_n.release, _n.session, _n.seen)
        .join(tables.release, _r.id == _n.release)
        .where(_n.person == person, _r.congress == congress)
        .order_by(_r.number.desc(), _n.session)
    )
    return tuple(
        Told(ReleaseId(row.release), SessionId(row.session), row.seen) for row in db.execute(query)
    )


def see(db: Db, person: PersonId, congress: CongressId, up_to: int, now: datetime) -> None:
    """Keep that somebody has seen what the releases up to that number told them."""
    known = sa.select(_r.id).where(_r.congress == congress, _r.number <= up_to)
    unseen = (_n.person == person) & _n.seen.is_(None) & _n.release.in_(known)
    db.execute(sa.update(tables.notice).where(unseen).values(seen=now))
