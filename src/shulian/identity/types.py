"""The nouns of who acts: people, organizations, what they may do, and the log of what they did."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType, TypeAlias
from uuid import UUID

from shulian.kit.errors import LoginNeeded, Refused
from shulian.kit.text import Language, Text

OrganizationId = NewType("OrganizationId", UUID)
PersonId = NewType("PersonId", UUID)
LoginId = NewType("LoginId", UUID)
TokenId = NewType("TokenId", UUID)

Permission = NewType("Permission", str)
"""What one may do, as `feature.verb`; its words stand in the catalogues under `permission.…`."""

ADMINISTER = Permission("identity.administer")
"""Make organizations and change who is in them; granted within one organization: in that one."""
READ = Permission("identity.read")
"""See all people and organizations."""
AUDIT_READ = Permission("audit.read")
"""Read the audit log."""

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
"""What the audit log keeps of a value."""


class OrganizationKind(StrEnum):
    """What an organization is to the park."""

    OPERATOR = "operator"
    FIRM = "firm"
    UNIVERSITY = "university"
    AGENCY = "agency"


class Role(StrEnum):
    """What a member is in an organization; a visitor is a person who is a member of none."""

    ADMINISTRATOR = "administrator"
    OPERATOR = "operator"
    ORGANIZER = "organizer"
    STAFF = "staff"
    MEMBER = "member"


class Via(StrEnum):
    """By which way an actor came."""

    GUEST = "guest"
    LOGIN = "login"
    TOKEN = "token"  # noqa: S105  # a way to come, no secret
    COMMAND = "command"
    TASK = "task"


@dataclass(frozen=True, slots=True)
class Organization:
    """Any legal body: firm, university, agency, or the park's operator."""

    id: OrganizationId
    name: Text
    kind: OrganizationKind
    created: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """A human being with an account."""

    id: PersonId
    email: str
    """In lower case; it is the name of the account."""
    name: str
    language: Language
    created: datetime
    disabled: datetime | None = None
    """Since when the account is shut."""
    sample: bool = False
    """Whether it is an account of the demo, which nobody can log in to elsewhere."""


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's role in an organization."""

    person: PersonId
    organization: OrganizationId
    role: Role


@dataclass(frozen=True, slots=True)
class Member:
    """A person as a member: the organization's view of a membership."""

    person: Person
    role: Role


@dataclass(frozen=True, slots=True)
class Belonging:
    """An organization that somebody is a member of: the person's view of a membership."""

    organization: Organization
    role: Role


@dataclass(frozen=True, slots=True)
class Names:
    """What people and organizations are called, for those who know their ids."""

    people: Mapping[PersonId, str]
    organizations: Mapping[OrganizationId, Text]


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in a kind of organization, and a permission it gives."""

    kind: OrganizationKind
    role: Role
    permission: Permission
    within: bool = False
    """Whether it holds in the member's own organization only, instead of everywhere."""


@dataclass(frozen=True, slots=True)
class Grants:
    """Which role gives which permission in this installation: every feature's grants together."""

    grants: tuple[Grant, ...]

    @property
    def known(self) -> frozenset[Permission]:
        """Every permission that some role gives."""
        return frozenset(grant.permission for grant in self.grants)

    def everywhere(self, belongings: Iterable[Belonging]) -> frozenset[Permission]:
        """What members of `belongings` may do anywhere."""
        roles = {(one.organization.kind, one.role) for one in belongings}
        return frozenset(
            grant.permission
            for grant in self.grants
            if not grant.within and (grant.kind, grant.role) in roles
        )

    def within(
        self, belongings: Iterable[Belonging]
    ) -> frozenset[tuple[OrganizationId, Permission]]:
        """What members of `belongings` may do in which of their own organizations."""
        return frozenset(
            (one.organization.id, grant.permission)
            for one in belongings
            for grant in self.grants
            if grant.within and (grant.kind, grant.role) == (one.organization.kind, one.role)
        )


PERMISSIONS = (ADMINISTER, READ, AUDIT_READ)

GRANTS = (
    *(Grant(OrganizationKind.OPERATOR, Role.ADMINISTRATOR, one) for one in PERMISSIONS),
    Grant(OrganizationKind.OPERATOR, Role.OPERATOR, READ),
    *(Grant(kind, Role.ADMINISTRATOR, ADMINISTER, within=True) for kind in OrganizationKind),
)
"""The park operator's administrators look after everything, others after their own organization."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who a call speaks for, and what they may do."""

    person: PersonId | None
    name: str
    via: Via
    permissions: frozenset[Permission] = frozenset()
    """What the actor may do anywhere."""
    within: frozenset[tuple[OrganizationId, Permission]] = frozenset()
    """What the actor may do in one organization only."""
    belongings: tuple[Belonging, ...] = ()
    """The organizations the actor is a member of."""
    token: TokenId | None = None
    """The API token that speaks, whose scopes have narrowed the permissions already."""

    def may(self, permission: str, organization: OrganizationId | None = None) -> bool:
        """Whether the actor has `permission`: anywhere, or at least in `organization`."""
        return permission in self.permissions or (organization, permission) in self.within

    def demand(self, permission: str, organization: OrganizationId | None = None) -> None:
        """Go on only with `permission`: raises LoginNeeded for a guest, else Refused."""
        if self.may(permission, organization):
            return
        if self.via is Via.GUEST:
            raise LoginNeeded
        raise Refused(permission=permission)

    def demand_person(self) -> PersonId:
        """The person who acts; raises LoginNeeded where it is nobody."""
        if self.person is None:
            raise LoginNeeded
        return self.person


GUEST = Actor(person=None, name="", via=Via.GUEST)
"""Someone without an account, who may look around."""


@dataclass(frozen=True, slots=True)
class Login:
    """A browser in which a person is logged in."""

    id: LoginId
    person: PersonId
    created: datetime
    seen: datetime
    """When it was last used, to within a few minutes."""
    expires: datetime
    agent: str
    """What the browser says it is."""


@dataclass(frozen=True, slots=True)
class Token:
    """A key by which a program acts for a person, in the limits of its scopes."""

    id: TokenId
    person: PersonId
    name: str
    scopes: frozenset[Permission]
    created: datetime
    expires: datetime
    used: datetime | None = None
    """When it was last used, to within a minute."""


@dataclass(frozen=True, slots=True)
class Tries:
    """How often something was tried that one may guess at, such as a password."""

    made: int
    until: datetime
    """When the next one may be made."""
    last: datetime


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry of the audit log is about."""

    kind: str
    """`person`, `organization`, `space` …"""
    id: str


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to which subject, when, and how it was before and after."""

    number: int
    """Grows with every entry."""
    at: datetime
    person: PersonId | None
    name: str
    """The person's name at that time."""
    via: Via
    token: TokenId | None
    verb: str
    """`feature.verb`, such as `identity.add_member`."""
    subject: Subject
    before: Json
    after: Json


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries of the audit log are wanted; what is empty does not restrict."""

    subject_kind: str = ""
    subject_id: str = ""
    person: PersonId | None = None
    verb: str = ""
    """A whole verb, or the beginning of one that ends with a dot, such as `park.`."""
    since: datetime | None = None
    until: datetime | None = None
    """The first instant that is too late."""


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Some entries, the newest first, and where the next page starts."""

    entries: tuple[AuditEntry, ...]
    next: int | None = None
    """Number below which the next page starts; none: this is the last one."""
