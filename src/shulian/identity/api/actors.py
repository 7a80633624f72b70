"""Finding out who acts: from a cookie, an API token, a job, or the command line."""

from datetime import datetime, timedelta

from shulian.identity.errors import LoginOnly, TokenRefused
from shulian.identity.rules import keys
from shulian.identity.store import logins, organizations, people, tokens
from shulian.identity.types import GUEST, Actor, Grants, Person, PersonId, Token, Via
from shulian.kit.db import Db

IDLE = timedelta(days=7)
"""A login ends when it was not used for so long."""

_LOGIN_FRESH = timedelta(minutes=5)
_TOKEN_FRESH = timedelta(minutes=1)
"""How exactly it is known when something was last used: a write for every read is too dear."""


def actor_of_login(db: Db, grants: Grants, secret: str, *, demo: bool, now: datetime) -> Actor:
    """Whom the cookie `secret` speaks for: a guest, if it opens nothing (any more)."""
    found = logins.find(db, keys.fingerprint(secret), now=now, idle=IDLE)
    if found is None:
        return GUEST
    login, person = found
    if person.sample and not demo:
        return GUEST
    if now - login.seen > _LOGIN_FRESH:
        logins.touch(db, login.id, now=now)
    return _actor(db, grants, person, Via.LOGIN)


def actor_of_token(db: Db, grants: Grants, text: str, *, demo: bool, now: datetime) -> Actor:
    """Whom the API token `text` speaks for, in the limits of its scopes; raises TokenRefused."""
    found = tokens.find(db, keys.fingerprint(text), now=now) if keys.is_token(text) else None
    if found is None:
        raise TokenRefused
    token, person = found
    if person.sample and not demo:
        raise TokenRefused
    if token.used is None or now - token.used > _TOKEN_FRESH:
        tokens.touch(db, token.id, now=now)
    return _actor(db, grants, person, Via.TOKEN, token)


def actor_of_person(db: Db, grants: Grants, person: PersonId) -> Actor:
    """Whom a job speaks for that `person` left behind; a guest, if the account is shut now."""
    found = people.get(db, person)
    return GUEST if found.disabled else _actor(db, grants, found, Via.TASK)


def command_actor(grants: Grants) -> Actor:
    """Whoever runs a command on the machine itself, who may do everything."""
    return Actor(person=None, name="", via=Via.COMMAND, permissions=grants.known)


def own_account(actor: Actor) -> PersonId:
    """The person who acts, if they may change their own account: not by an API token."""
    person = actor.demand_person()
    if actor.via is not Via.LOGIN:
        raise LoginOnly
    return person


def as_actor(person: Person) -> Actor:
    """`person` at the moment they come in, for the log: no permission is needed for that."""
    return Actor(person=person.id, name=person.name, via=Via.LOGIN)


def _actor(db: Db, grants: Grants, person: Person, via: Via, token: Token | None = None) -> Actor:
    belongings = organizations.belongings(db, person.id)
    permissions, within = grants.everywhere(belongings), grants.within(belongings)
    if token is not None:
        permissions &= token.scopes
        within = frozenset(one for one in within if one[1] in token.scopes)
    return Actor(
        person=person.id,
        name=person.name,
        via=via,
        permissions=permissions,
        within=within,
        belongings=belongings,
        token=token.id if token else None,
    )
