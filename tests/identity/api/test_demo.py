"""The sample accounts of a demo."""

import pytest
from tests.identity.accounts import (
    COMMAND,
    NOW,
    actor,
    administrator,
    organization,
    person,
)

from shulian.identity import api
from shulian.identity.rules.passwords import password_fault
from shulian.identity.store import organizations as organization_store
from shulian.identity.store import people as person_store
from shulian.identity.types import GUEST, OrganizationKind, Role
from shulian.kit.bus import Bus, Transactions
from shulian.kit.db import Db
from shulian.kit.errors import LoginNeeded, Refused
from shulian.kit.text import Text

FIRM = OrganizationKind.FIRM
OPERATOR = OrganizationKind.OPERATOR


def seeded(db: Db, bus: Bus) -> dict[str, list[tuple[OrganizationKind, Role]]]:
    """Each account and its roles, after seeding."""
    api.seed_demo(db, bus, COMMAND, now=NOW)
    found: dict[str, list[tuple[OrganizationKind, Role]]] = {}
    for one in api.DEMO_ACCOUNTS:
        account = person_store.find_account(db, one.email)
        assert account is not None
        assert (account.person.name, account.person.sample) == (one.name, True)
        belongings = organization_store.belongings(db, account.person.id)
        found[one.kind] = [(here.organization.kind, here.role) for here in belongings]
    return found


ROLES = {
    "visitor": [],
    "firm": [(FIRM, Role.ADMINISTRATOR)],
    "organizer": [(OPERATOR, Role.ORGANIZER)],
    "operator": [(OPERATOR, Role.OPERATOR)],
    "administrator": [(OPERATOR, Role.ADMINISTRATOR)],
}


def test_there_is_one_account_for_each_kind_of_user(db: Db, bus: Bus) -> None:
    assert seeded(db, bus) == ROLES


def test_sowing_twice_changes_nothing(db: Db, bus: Bus) -> None:
    seeded(db, bus)
    before = (bus.published.copy(), organization_store.list_(db))

    assert seeded(db, bus) == ROLES
    assert (bus.published, organization_store.list_(db)) == before


def test_everything_sampled_says_so(db: Db, bus: Bus) -> None:
    seeded(db, bus)

    names = [one.name for one in api.DEMO_ACCOUNTS]
    assert [name for name in names if "示例 · sample" not in name] == []
    assert {(one.name.zh[:2], one.name.en[:6]) for one in organization_store.list_(db)} == {
        ("示例", "Sample")
    }


def test_the_accounts_open_with_the_shown_password(
    db: Db, bus: Bus, transactions: Transactions
) -> None:
    seeded(db, bus)

    opened = api.log_in(
        transactions,
        email="operator@shulian.example",
        password=api.DEMO_PASSWORD,
        address="192.0.2.1",
        agent="",
        demo=True,
        now=NOW,
    )

    assert opened.person.email == "operator@shulian.example"
    assert password_fault(api.DEMO_PASSWORD, opened.person.email) is None


def test_an_account_somebody_made_themselves_is_given_no_role(db: Db, bus: Bus) -> None:
    theirs = person(db, "administrator@shulian.example")
    organization(db, "Firm")

    api.seed_demo(db, bus, COMMAND, now=NOW)

    assert organization_store.belongings(db, theirs.id) == ()
    assert person_store.get(db, theirs.id) == theirs


def test_an_organization_of_the_same_name_is_used_again(db: Db, bus: Bus) -> None:
    boss = administrator(db)
    name = Text("示例 · 镜海实时渲染", "Sample · Mirrorsea Realtime")
    firm = api.create_organization(db, bus, boss, name=name, kind=FIRM, now=NOW)

    api.seed_demo(db, bus, COMMAND, now=NOW)

    assert [one.person.email for one in api.members(db, boss, firm.id)] == ["firm@shulian.example"]


def test_only_administrators_sow(db: Db, bus: Bus) -> None:
    with pytest.raises(LoginNeeded):
        api.seed_demo(db, bus, GUEST, now=NOW)
    with pytest.raises(Refused):
        api.seed_demo(db, bus, actor(db, person(db, "ada@example.org")), now=NOW)
