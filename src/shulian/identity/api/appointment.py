"""How an installation gets its administrator: by a command on the machine itself."""

from dataclasses import replace
from datetime import datetime

from shulian.identity.api.audit import record
from shulian.identity.api.hashing import hashed
from shulian.identity.api.organizations import create_organization
from shulian.identity.api.people import demand_person, new_person
from shulian.identity.store import logins, organizations, people
from shulian.identity.types import (
    ADMINISTER,
    Actor,
    Membership,
    OrganizationKind,
    Person,
    Role,
    Subject,
)
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.text import Language, Text


def appoint_administrator(
    db: Db,
    bus: Bus,
    actor: Actor,
    *,
    email: str,
    name: str,
    password: str,
    operator: Text,
    language: Language,
    now: datetime,
) -> Person:
    """Make a person administrator of the park's operator, which is made where there is none.

    Who has an account already keeps it and gets this password: it is also the way back in for an
    administrator who lost theirs. Raises Invalid with the wrong fields.
    """
    actor.demand(ADMINISTER)
    asked = new_person(email=email, name=name, language=language, now=now)
    demand_person(asked, password)
    person = _with_password(db, asked, hashed(password))
    where = organizations.find_of_kind(db, OrganizationKind.OPERATOR) or create_organization(
        db, bus, actor, name=operator, kind=OrganizationKind.OPERATOR, now=now
    )
    new = Membership(person.id, where.id, Role.ADMINISTRATOR)
    if not organizations.put_member(db, new):
        organizations.put_role(db, new)
    subject = Subject("person", str(person.id))
    record(db, actor, "identity.appoint_administrator", subject, None, person, now=now)
    return person


def _with_password(db: Db, asked: Person, known: str) -> Person:
    """The person as stored: new, or the one who had the account, open and with no login left."""
    if people.put_new(db, asked, known):
        return asked
    account = people.find_account(db, asked.email)
    assert account is not None  # noqa: S101  # it was in the way just now
    person = replace(account.person, disabled=None)
    people.put(db, person)
    people.put_password(db, person.id, known)
    logins.drop_all(db, person.id)
    return person
