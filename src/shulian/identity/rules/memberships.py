"""Who can be what in which organization, and that none loses its last administrator."""

from collections.abc import Iterable

from shulian.identity.errors import LastAdministrator
from shulian.identity.types import Member, OrganizationKind, PersonId, Role

_ANYWHERE = (Role.ADMINISTRATOR, Role.STAFF, Role.MEMBER)

ROLES: dict[OrganizationKind, tuple[Role, ...]] = {
    OrganizationKind.OPERATOR: tuple(Role),
    OrganizationKind.FIRM: _ANYWHERE,
    OrganizationKind.UNIVERSITY: (Role.ADMINISTRATOR, Role.ORGANIZER, Role.STAFF, Role.MEMBER),
    OrganizationKind.AGENCY: (Role.ADMINISTRATOR, Role.ORGANIZER, Role.STAFF, Role.MEMBER),
}
"""The roles there are in each kind of organization."""


def role_fault(kind: OrganizationKind, role: Role) -> str | None:
    """What is wrong with `role` in an organization of `kind`."""
    return None if role in ROLES[kind] else "identity.role_unfit"


def keep_an_administrator(members: Iterable[Member], leaving: PersonId) -> None:
    """Raises LastAdministrator if `leaving` is the only administrator who can still log in."""
    administrators = {
        one.person.id
        for one in members
        if one.role is Role.ADMINISTRATOR and one.person.disabled is None
    }
    if administrators == {leaving}:
        raise LastAdministrator
