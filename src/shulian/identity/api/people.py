"""People and their accounts."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from shulian.identity.api.actors import own_account
from shulian.identity.api.audit import record
from shulian.identity.api.hashing import hashed, matches
from shulian.identity.api.logins import OpenedLogin, open_login
from shulian.identity.api.tries import admit_try, forgive_try, password_line, sign_up_line
from shulian.identity.errors import SampleFixed
from shulian.identity.events import (
    LoggedOut,
    PersonDisabled,
    PersonEnabled,
    PersonSignedUp,
    ProfileChanged,
)
from shulian.identity.rules import entries, memberships, passwords
from shulian.identity.store import logins, organizations, tokens
from shulian.identity.store import people as store
from shulian.identity.types import (
    ADMINISTER,
    READ,
    Actor,
    Names,
    OrganizationId,
    Person,
    PersonId,
    Role,
    Subject,
    Via,
)
from shulian.kit.bus import Bus, Transactions
from shulian.kit.db import Db
from shulian.kit.errors import Invalid
from shulian.kit.ids import new_id
from shulian.kit.text import Language

MOST_PEOPLE = 200
"""People on one page."""


def sign_up(
    transactions: Transactions,
    *,
    email: str,
    name: str,
    password: str,
    language: Language,
    address: str,
    now: datetime,
) -> None:
    """Make an account, unless the e-mail address has one: which of the two is not told.

    Raises Invalid with the wrong fields, TooMany after too many accounts from `address`.
    """
    person = new_person(email=email, name=name, language=language, now=now)
    demand_person(person, password)
    with transactions() as (db, _):
        admit_try(db, sign_up_line(address), now)
    known = hashed(password)
    with transactions() as (db, bus):
        if store.put_new(db, person, known):
            who = Actor(person=person.id, name=person.name, via=Via.GUEST)
            record(db, who, "identity.sign_up", _subject(person.id), None, person, now=now)
            bus.publish(PersonSignedUp(person))


def own_person(db: Db, actor: Actor) -> Person:
    """The person who acts."""
    return store.get(db, actor.demand_person())


def change_profile(
    db: Db, bus: Bus, actor: Actor, *, name: str, language: Language, now: datetime
) -> Person:
    """Give the actor another name and language."""
    before = store.get(db, own_account(actor), lock=True)
    after = replace(before, name=entries.tidy_name(name), language=language)
    entries.demand({"name": entries.name_fault(after.name)})
    if after != before:
        store.put(db, after)
        record(db, actor, "identity.change_profile", _subject(after.id), before, after, now=now)
        bus.publish(ProfileChanged(before, after))
    return after


def change_password(
    transactions: Transactions,
    actor: Actor,
    *,
    current: str,
    new: str,
    agent: str,
    now: datetime,
) -> OpenedLogin:
    """Give the actor another password; every login ends, and a new one opens for this browser.

    Raises Invalid where `current` is not the password or `new` cannot be one, SampleFixed for an
    account of the demo, TooMany after too many wrong ones.
    """
    person = own_account(actor)
    with transactions() as (db, _):
        account = store.get_account(db, person)
        if account.person.sample:
            raise SampleFixed
        fault = passwords.password_fault(passwords.tidy_password(new), account.person.email)
        entries.demand({"new": fault})
        line = password_line(account.person.email, None)
        admit_try(db, line, now)
    if not matches(current, account.password):
        raise Invalid(fields={"current": "identity.password_wrong"})
    known = hashed(new)
    with transactions() as (db, bus):
        forgive_try(db, line, now)
        store.put_password(db, person, known)
        logins.drop_all(db, person)
        bus.publish(LoggedOut(person))
        record(db, actor, "identity.change_password", _subject(person), now=now)
        return open_login(db, account.person, agent=agent, now=now)


def people(
    db: Db, actor: Actor, *, text: str = "", after: str = "", limit: int = 50
) -> tuple[Person, ...]:
    """People whose e-mail address or name contains `text`, from the address behind `after`."""
    actor.demand(READ)
    return store.list_(
        db,
        text.replace("\0", "").strip(),
        after=after.replace("\0", ""),
        limit=max(1, min(limit, MOST_PEOPLE)),
    )


def person_of(db: Db, email: str) -> Person | None:
    """Whose account is named `email`: for the features above, which know who may ask."""
    found = store.find_account(db, entries.tidy_email(email).replace("\0", ""))
    return found.person if found and found.person.disabled is None else None


def persons(db: Db, wanted: Collection[PersonId]) -> dict[PersonId, Person]:
    """Those people, as far as they are known: for the features above, which know who may ask."""
    return store.many(db, wanted)


def names(
    db: Db, actor: Actor, wanted: Collection[PersonId], of: Collection[OrganizationId]
) -> Names:
    """What people and organizations are called, as far as the actor may know; others are left out.

    Everyone knows themselves and their own organizations.
    """
    if actor.may(READ):
        return Names(store.names(db, wanted), organizations.names(db, of))
    own = {one.organization.id: one.organization.name for one in actor.belongings}
    return Names(
        {one: actor.name for one in wanted if one == actor.person},
        {one: own[one] for one in of if one in own},
    )


def disable_person(db: Db, bus: Bus, actor: Actor, person: PersonId, *, now: datetime) -> Person:
    """Shut an account: it opens by no password, login or token until it is enabled again.

    Raises LastAdministrator where an organization would be left without one, SampleFixed for an
    account of the demo.
    """
    actor.demand(ADMINISTER)
    for one in organizations.belongings(db, person):
        if one.role is Role.ADMINISTRATOR:
            organizations.get(db, one.organization.id, lock=True)
            members = organizations.members(db, one.organization.id)
            memberships.keep_an_administrator(members, person)
    before = store.get(db, person, lock=True)
    if before.sample:
        raise SampleFixed
    if before.disabled:
        return before
    after = replace(before, disabled=now)
    store.put(db, after)
    logins.drop_all(db, person)
    tokens.drop_all(db, person)
    record(db, actor, "identity.disable_person", _subject(person), before, after, now=now)
    bus.publish(PersonDisabled(person))
    return after


def enable_person(db: Db, bus: Bus, actor: Actor, person: PersonId, *, now: datetime) -> Person:
    """Open an account again that was shut."""
    actor.demand(ADMINISTER)
    before = store.get(db, person, lock=True)
    if not before.disabled:
        return before
    after = replace(before, disabled=None)
    store.put(db, after)
    record(db, actor, "identity.enable_person", _subject(person), before, after, now=now)
    bus.publish(PersonEnabled(person))
    return after


def new_person(*, email: str, name: str, language: Language, now: datetime) -> Person:
    """A person who is not stored yet, from what was typed."""
    return Person(
        id=PersonId(new_id(now)),
        email=entries.tidy_email(email),
        name=entries.tidy_name(name),
        language=language,
        created=now,
    )


def demand_person(person: Person, password: str) -> None:
    """Raises Invalid unless a new person can have this name, e-mail address and password."""
    tidy = passwords.tidy_password(password)
    entries.demand(
        {
            "name": entries.name_fault(person.name),
            "email": entries.email_fault(person.email),
            "password": passwords.password_fault(tidy, person.email),
        }
    )


def _subject(person: PersonId) -> Subject:
    return Subject("person", str(person))
