"""What identity takes and tells over HTTP: forms of pages, and JSON of programs."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from shulian.identity.types import (
    Actor,
    AuditEntry,
    AuditPage,
    Belonging,
    Member,
    Membership,
    Organization,
    OrganizationId,
    OrganizationKind,
    Person,
    PersonId,
    Role,
    Token,
    TokenId,
    Via,
)
from shulian.kit.text import Language, Text


class LoginForm(Struct, frozen=True):
    """What one types to log in; `next` is the page one wanted."""

    email: str = ""
    password: str = ""
    next: str = "/"


class SignUpForm(Struct, frozen=True):
    """What one types to make an account."""

    name: str = ""
    email: str = ""
    password: str = ""
    next: str = "/"


class PasswordForm(Struct, frozen=True):
    """What one types to change one's password."""

    current: str = ""
    new: str = ""


class Profile(Struct, frozen=True):
    """What a person says about themselves."""

    name: str = ""
    language: Language = Language.ZH


class ProfileChange(Struct, frozen=True):
    """What shall change of a profile; what is missing stays."""

    name: str | None = None
    language: Language | None = None


class NewToken(Struct, frozen=True):
    """The token that is wanted; it lives for `days`."""

    name: str = ""
    scopes: list[str] = []
    days: int = 90


class TokenForm(Struct, frozen=True):
    """The token that is wanted, as a form gives it: one scope comes alone, several as a list."""

    name: str = ""
    scopes: list[str] | str = []
    days: int = 90

    @property
    def all_scopes(self) -> list[str]:
        """The scopes as a list, however many there are."""
        return [self.scopes] if isinstance(self.scopes, str) else self.scopes


class OrganizationForm(Struct, frozen=True):
    """An organization as a form gives it: its name in both languages apart."""

    zh: str = ""
    en: str = ""
    kind: OrganizationKind = OrganizationKind.FIRM


class NewOrganization(Struct, frozen=True):
    """The organization that is wanted."""

    name: Text
    kind: OrganizationKind


class NewName(Struct, frozen=True):
    """Another name of an organization."""

    name: Text


class NewMember(Struct, frozen=True):
    """Who shall be what in an organization."""

    email: str = ""
    role: Role = Role.MEMBER


class NewRole(Struct, frozen=True):
    """What a member shall be."""

    role: Role


class BelongingView(Struct, frozen=True):
    """An organization somebody is in, and as what."""

    id: OrganizationId
    name: Text
    kind: OrganizationKind
    role: Role


class MeView(Struct, frozen=True):
    """Who the asker is, and what they may do; a guest has no person."""

    person: PersonId | None
    name: str
    email: str | None
    language: Language | None
    via: Via
    permissions: list[str]
    organizations: list[BelongingView]


class PersonView(Struct, frozen=True):
    """A person, to who may see all."""

    id: PersonId
    email: str
    name: str
    language: Language
    created: datetime
    disabled: datetime | None
    sample: bool


class TokenView(Struct, frozen=True):
    """A token without its text."""

    id: TokenId
    name: str
    scopes: list[str]
    created: datetime
    expires: datetime
    used: datetime | None


class FreshToken(Struct, frozen=True):
    """A new token, and its text for this one time."""

    token: TokenView
    text: str


class OrganizationView(Struct, frozen=True):
    """An organization."""

    id: OrganizationId
    name: Text
    kind: OrganizationKind
    created: datetime


class MemberView(Struct, frozen=True):
    """A member of an organization."""

    person: PersonId
    email: str
    name: str
    role: Role


class MembershipView(Struct, frozen=True):
    """A person's role in an organization."""

    person: PersonId
    organization: OrganizationId
    role: Role


class AuditEntryView(Struct, frozen=True):
    """Who did what to which subject, when, and how it was before and after."""

    number: int
    at: datetime
    person: PersonId | None
    name: str
    via: Via
    token: TokenId | None
    verb: str
    subject_kind: str
    subject_id: str
    before: Any
    """Whatever JSON the audit log keeps; `after` as well."""
    after: Any


class AuditPageView(Struct, frozen=True):
    """Entries, the newest first; `next` is the `below` of the next page."""

    entries: list[AuditEntryView]
    next: int | None


def me_view(actor: Actor, person: Person | None) -> MeView:
    """`actor` and the person behind it, as told to the asker."""
    return MeView(
        person=actor.person,
        name=actor.name,
        email=person.email if person else None,
        language=person.language if person else None,
        via=actor.via,
        permissions=sorted(actor.permissions),
        organizations=[_belonging_view(one) for one in actor.belongings],
    )


def person_view(person: Person) -> PersonView:
    """A person as told to who may see all."""
    return PersonView(
        id=person.id,
        email=person.email,
        name=person.name,
        language=person.language,
        created=person.created,
        disabled=person.disabled,
        sample=person.sample,
    )


def token_view(token: Token) -> TokenView:
    """A token as told to its person."""
    return TokenView(
        id=token.id,
        name=token.name,
        scopes=sorted(token.scopes),
        created=token.created,
        expires=token.expires,
        used=token.used,
    )


def organization_view(one: Organization) -> OrganizationView:
    """An organization as told to who may see it."""
    return OrganizationView(id=one.id, name=one.name, kind=one.kind, created=one.created)


def member_view(member: Member) -> MemberView:
    """A member as told to who may see the organization."""
    person = member.person
    return MemberView(person=person.id, email=person.email, name=person.name, role=member.role)


def membership_view(one: Membership) -> MembershipView:
    """A membership as told to who changed it."""
    return MembershipView(person=one.person, organization=one.organization, role=one.role)


def audit_page_view(page: AuditPage) -> AuditPageView:
    """A page of the log as told to who may read it."""
    return AuditPageView([_entry_view(entry) for entry in page.entries], page.next)


def _entry_view(entry: AuditEntry) -> AuditEntryView:
    return AuditEntryView(
        number=entry.number,
        at=entry.at,
        person=entry.person,
        name=entry.name,
        via=entry.via,
        token=entry.token,
        verb=entry.verb,
        subject_kind=entry.subject.kind,
        subject_id=entry.subject.id,
        before=entry.before,
        after=entry.after,
    )


def _belonging_view(one: Belonging) -> BelongingView:
    where = one.organization
    return BelongingView(id=where.id, name=where.name, kind=where.kind, role=one.role)
