"""Who can be what, and that an organization keeps an administrator."""

from dataclasses import replace

import pytest
from tests.identity.accounts import NOW, some_uuid

from shulian.identity.errors import LastAdministrator
from shulian.identity.rules.memberships import ROLES, keep_an_administrator, role_fault
from shulian.identity.types import Member, OrganizationKind, Person, PersonId, Role
from shulian.kit.text import Language

ADA = Person(PersonId(some_uuid()), "ada@example.org", "Ada", Language.EN, NOW)
BOB = replace(ADA, id=PersonId(some_uuid()), email="bob@example.org")


def test_every_kind_of_organization_has_roles_and_an_administrator() -> None:
    assert {kind: Role.ADMINISTRATOR in roles for kind, roles in ROLES.items()} == dict.fromkeys(
        OrganizationKind, True
    )


@pytest.mark.parametrize(
    ("kind", "role", "fault"),
    [
        (OrganizationKind.OPERATOR, Role.OPERATOR, None),
        (OrganizationKind.FIRM, Role.STAFF, None),
        (OrganizationKind.FIRM, Role.OPERATOR, "identity.role_unfit"),
        (OrganizationKind.FIRM, Role.ORGANIZER, "identity.role_unfit"),
        (OrganizationKind.UNIVERSITY, Role.ORGANIZER, None),
        (OrganizationKind.AGENCY, Role.OPERATOR, "identity.role_unfit"),
    ],
)
def test_a_role_fits_the_kind(kind: OrganizationKind, role: Role, fault: str | None) -> None:
    assert role_fault(kind, role) == fault


@pytest.mark.parametrize(
    "members",
    [
        [Member(ADA, Role.ADMINISTRATOR)],
        [Member(ADA, Role.ADMINISTRATOR), Member(BOB, Role.STAFF)],
        [
            Member(ADA, Role.ADMINISTRATOR),
            Member(replace(BOB, disabled=NOW), Role.ADMINISTRATOR),
        ],
    ],
)
def test_the_only_one_who_can_administer_stays(members: list[Member]) -> None:
    with pytest.raises(LastAdministrator):
        keep_an_administrator(members, ADA.id)


@pytest.mark.parametrize(
    "members",
    [
        [],
        [Member(BOB, Role.ADMINISTRATOR)],
        [Member(ADA, Role.MEMBER), Member(BOB, Role.ADMINISTRATOR)],
        [Member(ADA, Role.ADMINISTRATOR), Member(BOB, Role.ADMINISTRATOR)],
    ],
)
def test_others_may_go(members: list[Member]) -> None:
    keep_an_administrator(members, ADA.id)
