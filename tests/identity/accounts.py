"""What tests of identity are built from: people, organizations, actors, a browser of ours."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from shulian.app.grants import GRANTS
from shulian.identity import api
from shulian.identity.api.hashing import hashed
from shulian.identity.store import organizations as organization_store
from shulian.identity.store import people as person_store
from shulian.identity.types import (
    Actor,
    AuditFilter,
    Json,
    Membership,
    Organization,
    OrganizationId,
    OrganizationKind,
    Person,
    PersonId,
    Role,
    Via,
)
from shulian.kit.bus import Bus, Reactions, Transactions
from shulian.kit.db import Db
from shulian.kit.ids import new_id
from shulian.kit.text import Language, Text

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"  # noqa: S105  # opens what tests make
PASSWORD_HASH = hashed(PASSWORD)
COMMAND = api.command_actor(GRANTS)
NOWHERE = UUID(int=7)
"""The id of nothing, the same in every process."""


def person(db: Db, email: str, **changes: object) -> Person:
    """A stored person whose password is PASSWORD; `changes` are fields of theirs."""
    plain = Person(
        id=PersonId(new_id(NOW)),
        email=email,
        name=email.partition("@")[0].title(),
        language=Language.EN,
        created=NOW,
    )
    one = replace(plain, **changes)  # pyright: ignore[reportArgumentType]
    assert person_store.put_new(db, one, PASSWORD_HASH)
    if one.disabled:
        person_store.put(db, one)
    return one


def organization(db: Db, name: str, kind: OrganizationKind = OrganizationKind.FIRM) -> Organization:
    """A stored organization."""
    one = Organization(OrganizationId(new_id(NOW)), Text(en=name), kind, NOW)
    organization_store.put_new(db, one)
    return one


def join(db: Db, who: Person, where: Organization, role: Role) -> None:
    """Make a person a member."""
    assert organization_store.put_member(db, Membership(who.id, where.id, role))


def actor(db: Db, who: Person) -> Actor:
    """A person who is logged in."""
    return replace(api.actor_of_person(db, GRANTS, who.id), via=Via.LOGIN)


def administrator(db: Db) -> Actor:
    """An administrator of the park's operator, logged in."""
    boss = person(db, "boss@park.example")
    join(db, boss, organization(db, "Park", OrganizationKind.OPERATOR), Role.ADMINISTRATOR)
    return actor(db, boss)


def savepoints(db: Db) -> Transactions:
    """Transactions inside that of `db`: undone where they raise, else kept as long as it lasts."""

    @contextmanager
    def transaction() -> Generator[tuple[Db, Bus]]:
        with db.begin_nested():
            yield db, Bus(db, Reactions())

    return transaction


@dataclass(frozen=True)
class Entry:
    """What a test compares of an entry of the audit log."""

    who: PersonId | None
    via: Via
    verb: str
    subject: tuple[str, str]
    before: Json
    after: Json


def entries(db: Db) -> list[Entry]:
    """The audit log, the oldest first."""
    found = api.audit_trail(db, COMMAND, AuditFilter(), limit=api.MOST_ENTRIES).entries
    return [
        Entry(
            one.person,
            one.via,
            one.verb,
            (one.subject.kind, one.subject.id),
            one.before,
            one.after,
        )
        for one in reversed(found)
    ]


def kept_person(one: Person) -> Json:
    """A person as the audit log keeps them."""
    return {
        "id": str(one.id),
        "email": one.email,
        "name": one.name,
        "language": one.language,
        "created": _moment(one.created),
        "disabled": _moment(one.disabled) if one.disabled else None,
        "sample": one.sample,
    }


def kept_organization(one: Organization) -> Json:
    """An organization as the audit log keeps it."""
    return {
        "id": str(one.id),
        "name": {"zh": one.name.zh, "en": one.name.en},
        "kind": one.kind,
        "created": _moment(one.created),
    }


def kept_member(who: Person, role: Role) -> Json:
    """A membership as the audit log keeps it."""
    return {"person": str(who.id), "name": who.name, "role": role}


def some_uuid() -> UUID:
    """An id of nothing."""
    return new_id(NOW)


def _moment(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


class Ticker:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now
