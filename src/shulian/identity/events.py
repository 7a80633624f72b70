"""Facts about people and organizations, published inside the transaction they are true in."""

from dataclasses import dataclass

from shulian.identity.types import Membership, Organization, Person, PersonId


@dataclass(frozen=True, slots=True)
class PersonSignedUp:
    """Someone has an account now."""

    person: Person


@dataclass(frozen=True, slots=True)
class ProfileChanged:
    """A person has another name or language."""

    before: Person
    after: Person


@dataclass(frozen=True, slots=True)
class PersonDisabled:
    """An account was shut: its logins and tokens open nothing any more."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class PersonEnabled:
    """An account was opened again."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class LoggedOut:
    """A person logged out of one browser or of all; they may still be logged in elsewhere."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class OrganizationCreated:
    """There is a new organization."""

    organization: Organization


@dataclass(frozen=True, slots=True)
class OrganizationRenamed:
    """An organization has another name."""

    before: Organization
    after: Organization


@dataclass(frozen=True, slots=True)
class MemberAdded:
    """A person became a member of an organization."""

    membership: Membership


@dataclass(frozen=True, slots=True)
class RoleChanged:
    """A member has another role."""

    before: Membership
    after: Membership


@dataclass(frozen=True, slots=True)
class MemberRemoved:
    """A person is not a member of an organization any more."""

    membership: Membership
