"""The accounts of the demo: one for each kind of user."""

from dataclasses import dataclass, replace
from datetime import datetime

from shulian.identity.api.hashing import hashed
from shulian.identity.api.organizations import create_organization
from shulian.identity.api.people import new_person
from shulian.identity.store import organizations, people
from shulian.identity.types import (
    ADMINISTER,
    Actor,
    Membership,
    Organization,
    OrganizationKind,
    PersonId,
    Role,
)
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.text import Language, Text


@dataclass(frozen=True, slots=True)
class DemoPlace:
    """A sample organization and a role in it."""

    organization: Text
    kind: OrganizationKind
    role: Role


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demo."""

    kind: str
    """The kind of user; its words stand in the catalogues below `identity.demo.`."""
    name: str
    place: DemoPlace | None = None

    @property
    def email(self) -> str:
        """The name of the account, in a domain that belongs to nobody (RFC 2606)."""
        return f"{self.kind}@shulian.example"


DEMO_PASSWORD = "walk-in-the-park"  # noqa: S105  # everybody may know it: it opens demos only

_OPERATOR = Text("示例 · 数链园区运营", "Sample · Shulian Park Operations")
_FIRM = Text("示例 · 镜海实时渲染", "Sample · Mirrorsea Realtime")

DEMO_ACCOUNTS = (
    DemoAccount("visitor", "林知远（示例 · sample）"),
    DemoAccount(
        "firm",
        "陈曦（示例 · sample）",
        DemoPlace(_FIRM, OrganizationKind.FIRM, Role.ADMINISTRATOR),
    ),
    DemoAccount(
        "organizer",
        "周以宁（示例 · sample）",
        DemoPlace(_OPERATOR, OrganizationKind.OPERATOR, Role.ORGANIZER),
    ),
    DemoAccount(
        "operator",
        "沈卓（示例 · sample）",
        DemoPlace(_OPERATOR, OrganizationKind.OPERATOR, Role.OPERATOR),
    ),
    DemoAccount(
        "administrator",
        "顾明（示例 · sample）",
        DemoPlace(_OPERATOR, OrganizationKind.OPERATOR, Role.ADMINISTRATOR),
    ),
)
"""Shown on the login page of a demo; outside of one they open nothing, even if they are stored."""


def seed_demo(db: Db, bus: Bus, actor: Actor, *, now: datetime) -> None:
    """Make the accounts of the demo and their organizations, where they are not there yet.

    An account that somebody else made under such an address is left as it is.
    """
    actor.demand(ADMINISTER)
    for account in DEMO_ACCOUNTS:
        person = _sample_person(db, account, now)
        if person is not None and account.place is not None:
            where = _sample_organization(db, bus, actor, account.place, now)
            organizations.put_member(db, Membership(person, where.id, account.place.role))


def _sample_person(db: Db, account: DemoAccount, now: datetime) -> PersonId | None:
    known = people.find_account(db, account.email)
    if known is not None:
        return known.person.id if known.person.sample else None
    asked = new_person(email=account.email, name=account.name, language=Language.ZH, now=now)
    person = replace(asked, sample=True)
    people.put_new(db, person, hashed(DEMO_PASSWORD))
    return person.id


def _sample_organization(
    db: Db, bus: Bus, actor: Actor, place: DemoPlace, now: datetime
) -> Organization:
    for one in organizations.list_(db):
        if (one.name, one.kind) == (place.organization, place.kind):
            return one
    return create_organization(db, bus, actor, name=place.organization, kind=place.kind, now=now)
