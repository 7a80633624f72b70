"""What actors may, by their roles in their organizations."""

import pytest
from tests.identity.accounts import NOW, some_uuid

from shulian.identity.types import (
    ADMINISTER,
    AUDIT_READ,
    GRANTS,
    GUEST,
    READ,
    Actor,
    Belonging,
    Grants,
    Organization,
    OrganizationId,
    OrganizationKind,
    PersonId,
    Role,
    Via,
)
from shulian.kit.errors import LoginNeeded, Refused
from shulian.kit.text import Text

FIRM = Organization(OrganizationId(some_uuid()), Text(en="Firm"), OrganizationKind.FIRM, NOW)
OTHER = Organization(OrganizationId(some_uuid()), Text(en="Other"), OrganizationKind.FIRM, NOW)
PARK = Organization(OrganizationId(some_uuid()), Text(en="Park"), OrganizationKind.OPERATOR, NOW)
ALL = Grants(GRANTS)


def acting(*belongings: Belonging) -> Actor:
    return Actor(
        person=PersonId(some_uuid()),
        name="Ada",
        via=Via.LOGIN,
        permissions=ALL.everywhere(belongings),
        within=ALL.within(belongings),
        belongings=belongings,
    )


def test_the_operator_s_administrators_may_do_everything() -> None:
    boss = acting(Belonging(PARK, Role.ADMINISTRATOR))

    assert [boss.may(one) for one in (ADMINISTER, READ, AUDIT_READ)] == [True, True, True]


def test_a_firm_s_administrators_look_after_their_firm_only() -> None:
    owner = acting(Belonging(FIRM, Role.ADMINISTRATOR), Belonging(OTHER, Role.MEMBER))

    assert [
        owner.may(ADMINISTER, FIRM.id),
        owner.may(ADMINISTER, OTHER.id),
        owner.may(ADMINISTER),
        owner.may(READ, FIRM.id),
    ] == [True, False, False, False]


def test_what_one_may_do_everywhere_one_may_do_in_an_organization() -> None:
    assert acting(Belonging(PARK, Role.ADMINISTRATOR)).may(ADMINISTER, FIRM.id)


def test_a_role_counts_in_its_kind_of_organization_only() -> None:
    assert acting(Belonging(FIRM, Role.OPERATOR)).permissions == frozenset()


def test_a_guest_may_nothing_that_needs_a_permission_and_is_asked_to_log_in() -> None:
    assert not GUEST.may(READ)
    with pytest.raises(LoginNeeded):
        GUEST.demand(READ)


def test_who_lacks_a_permission_is_told_which() -> None:
    with pytest.raises(Refused) as refused:
        acting().demand(AUDIT_READ)

    assert refused.value.params == {"permission": "audit.read"}


def test_who_has_it_goes_on() -> None:
    acting(Belonging(FIRM, Role.ADMINISTRATOR)).demand(ADMINISTER, FIRM.id)


def test_a_person_is_demanded() -> None:
    someone = acting()

    assert someone.demand_person() == someone.person
    with pytest.raises(LoginNeeded):
        GUEST.demand_person()


def test_an_installation_knows_every_permission_it_grants() -> None:
    assert ALL.known == {ADMINISTER, READ, AUDIT_READ}
