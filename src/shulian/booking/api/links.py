"""A private address by which somebody's calendar follows their bookings; made anew or revoked."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from shulian.booking.api.listing import own_since
from shulian.booking.errors import LinkUnknown
from shulian.booking.store import links as store
from shulian.booking.types import Booking, Link
from shulian.identity.api import actor_of_person, persons, record
from shulian.identity.errors import LoginOnly
from shulian.identity.types import Actor, Grants, PersonId, Subject, Via
from shulian.kit.db import Db
from shulian.kit.text import Language

_CHANCE = 32
"""Bytes of chance in an address."""
_KEPT = timedelta(days=90)
"""So long a calendar shows what is over."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What a calendar that follows somebody's bookings is told."""

    actor: Actor
    language: Language
    bookings: tuple[Booking, ...]


def make_link(db: Db, actor: Actor, *, now: datetime) -> str:
    """The secret of a new address, told once; the one before is no more. Raises LoginOnly."""
    person = _in_person(actor)
    secret = secrets.token_urlsafe(_CHANCE)
    new = Link(person, now)
    store.put(db, new, _fingerprint(secret))
    record(db, actor, "booking.make_link", _subject(person), None, new, now=now)
    return secret


def own_link(db: Db, actor: Actor) -> Link | None:
    """The address of the actor, if there is one: not the secret, which nobody knows any more."""
    return store.find(db, actor.demand_person())


def revoke_link(db: Db, actor: Actor, *, now: datetime) -> None:
    """Let no calendar follow the actor's bookings any more; raises LinkUnknown."""
    person = actor.demand_person()
    gone = store.find(db, person)
    if gone is None:
        raise LinkUnknown
    store.drop(db, person)
    record(db, actor, "booking.revoke_link", _subject(person), gone, None, now=now)


def follow(db: Db, grants: Grants, secret: str, *, now: datetime) -> Followed:
    """What stands at an address now; raises LinkUnknown, also where the account is shut."""
    link = store.find_by_secret(db, _fingerprint(secret), now=now)
    if link is None:
        raise LinkUnknown
    actor = actor_of_person(db, grants, link.person)
    if actor.person is None:
        raise LinkUnknown
    language = persons(db, [link.person])[link.person].language
    return Followed(actor, language, own_since(db, actor, _KEPT, now=now))


def _in_person(actor: Actor) -> PersonId:
    """Who acts; not by a token, which would leave behind what outlives it."""
    person = actor.demand_person()
    if actor.via is not Via.LOGIN:
        raise LoginOnly
    return person


def _fingerprint(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _subject(person: PersonId) -> Subject:
    return Subject("person", str(person))
