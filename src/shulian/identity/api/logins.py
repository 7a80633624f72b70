"""Logging in and out.

Checking a password takes time and memory, and a refused one must stay counted. So `log_in` does
its work in three steps: count the try, check the password outside of any transaction, open the
login; the first and the last are a short transaction each.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from shulian.identity.api.actors import IDLE, as_actor, own_account
from shulian.identity.api.audit import record
from shulian.identity.api.hashing import hashed, is_outdated, matches
from shulian.identity.api.tries import admit_try, forgive_try, password_line
from shulian.identity.errors import LoginRefused
from shulian.identity.events import LoggedOut
from shulian.identity.rules import entries, keys
from shulian.identity.store import logins, people
from shulian.identity.types import Actor, Login, LoginId, Person, Subject
from shulian.kit.bus import Bus, Transactions
from shulian.kit.db import Db
from shulian.kit.ids import new_id

LONGEST = timedelta(days=30)
"""A login ends after so long, however much it is used."""

_MOST = 20
"""Browsers in which one person is logged in; the one used longest ago gives way."""
_SWEPT = 50
_LONGEST_AGENT = 200


@dataclass(frozen=True, slots=True)
class OpenedLogin:
    """A new login, and the secret that only the browser gets."""

    login: Login
    person: Person
    secret: str


def log_in(
    transactions: Transactions,
    *,
    email: str,
    password: str,
    address: str,
    agent: str,
    demo: bool,
    now: datetime,
    replacing: str | None = None,
) -> OpenedLogin:
    """Open the account named `email` with its password.

    Raises LoginRefused, in the same words and after the same time whether the account does not
    exist, is shut, or has another password; TooMany when it was tried too often from `address` or
    for that account. The login `replacing`, which the browser had before, ends.
    """
    name = entries.tidy_email(email)
    line = password_line(name, address)
    with transactions() as (db, _):
        admit_try(db, line, now)
        account = people.find_account(db, name) if entries.email_fault(name) is None else None
    if not matches(password, account.password if account else None) or not account:
        raise LoginRefused
    if account.person.disabled or (account.person.sample and not demo):
        raise LoginRefused
    fresh = hashed(password) if is_outdated(account.password) else None
    with transactions() as (db, _):
        if people.find_account(db, name) != account:  # changed while the password was checked
            raise LoginRefused
        if fresh:
            people.put_password(db, account.person.id, fresh)
        if replacing:
            logins.drop(db, keys.fingerprint(replacing))
        forgive_try(db, line, now)
        subject = Subject("person", str(account.person.id))
        record(db, as_actor(account.person), "identity.log_in", subject, now=now)
        return open_login(db, account.person, agent=agent, now=now)


def log_out(db: Db, bus: Bus, actor: Actor, secret: str, *, now: datetime) -> None:
    """End the login that the cookie `secret` belongs to, if it is the actor's."""
    if logins.drop(db, keys.fingerprint(secret)) is not None and actor.person is not None:
        subject = Subject("person", str(actor.person))
        record(db, actor, "identity.log_out", subject, now=now)
        bus.publish(LoggedOut(actor.person))


def log_out_everywhere(db: Db, bus: Bus, actor: Actor, *, now: datetime) -> int:
    """End every login of the actor, this one included; how many there were."""
    person = own_account(actor)
    ended = logins.drop_all(db, person)
    subject = Subject("person", str(person))
    record(db, actor, "identity.log_out_everywhere", subject, {"logins": ended}, None, now=now)
    bus.publish(LoggedOut(person))
    return ended


def own_logins(db: Db, actor: Actor, *, now: datetime) -> tuple[Login, ...]:
    """Where the actor is logged in, the browser used last first."""
    return logins.list_(db, own_account(actor), now=now, idle=IDLE)


def open_login(db: Db, person: Person, *, agent: str, now: datetime) -> OpenedLogin:
    """A new login for a person who has shown who they are."""
    secret = secrets.token_urlsafe(keys.CHANCE)
    login = Login(
        id=LoginId(new_id(now)),
        person=person.id,
        created=now,
        seen=now,
        expires=now + LONGEST,
        agent="".join(sign for sign in agent[:_LONGEST_AGENT] if sign.isprintable()),
    )
    logins.put_new(db, login, keys.fingerprint(secret))
    logins.drop_surplus(db, person.id, most=_MOST)
    logins.drop_ended(db, now=now, most=_SWEPT)
    return OpenedLogin(login, person, secret)
