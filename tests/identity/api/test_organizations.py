"""Organizations and their members at the door."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.identity.accounts import (
    GRANTS,
    NOW,
    Entry,
    actor,
    administrator,
    entries,
    join,
    kept_member,
    kept_organization,
    organization,
    person,
    some_uuid,
)

from shulian.identity import api
from shulian.identity.errors import (
    LastAdministrator,
    MemberAlready,
    MembershipMissing,
    OrganizationMissing,
)
from shulian.identity.events import (
    MemberAdded,
    MemberRemoved,
    OrganizationCreated,
    OrganizationRenamed,
    RoleChanged,
)
from shulian.identity.types import (
    GUEST,
    Actor,
    Belonging,
    Member,
    Membership,
    Organization,
    OrganizationId,
    OrganizationKind,
    PersonId,
    Role,
    Via,
)
from shulian.kit.bus import Bus, Reactions
from shulian.kit.clock import system_clock
from shulian.kit.db import Database, Db
from shulian.kit.errors import Invalid, LoginNeeded, Refused
from shulian.kit.jobs import Work
from shulian.kit.text import Text

FIRM = OrganizationKind.FIRM


def owned(db: Db) -> tuple[Organization, Actor]:
    """A firm and its only administrator."""
    firm, owner = organization(db, "Firm"), person(db, "owner@firm.example")
    join(db, owner, firm, Role.ADMINISTRATOR)
    return firm, actor(db, owner)


def test_the_operator_s_administrator_makes_organizations(db: Db, bus: Bus) -> None:
    boss = administrator(db)

    new = api.create_organization(
        db, bus, boss, name=Text(" 镜海  ", "Mirror\nsea"), kind=FIRM, now=NOW
    )

    assert new == Organization(new.id, Text("镜海", "Mirror sea"), FIRM, NOW)
    assert api.organization(db, boss, new.id) == new
    assert api.members(db, boss, new.id) == ()
    assert bus.published == [OrganizationCreated(new)]
    assert entries(db) == [
        Entry(
            boss.person,
            Via.LOGIN,
            "identity.create_organization",
            ("organization", str(new.id)),
            None,
            kept_organization(new),
        )
    ]


@pytest.mark.parametrize(
    ("name", "faults"),
    [
        (Text(), {"zh": "identity.name_missing"}),
        (Text(" ", "\t"), {"zh": "identity.name_missing"}),
        (Text("a" * 101, "\u202e"), {"zh": "identity.name_long", "en": "identity.name_invalid"}),
    ],
)
def test_an_organization_needs_a_name_in_one_language(
    db: Db, bus: Bus, name: Text, faults: dict[str, str]
) -> None:
    boss = administrator(db)

    with pytest.raises(Invalid) as refused:
        api.create_organization(db, bus, boss, name=name, kind=FIRM, now=NOW)

    assert dict(refused.value.fields) == faults


def test_nobody_else_makes_organizations(db: Db, bus: Bus) -> None:
    _, owner = owned(db)

    with pytest.raises(Refused):
        api.create_organization(db, bus, owner, name=Text("A"), kind=FIRM, now=NOW)
    with pytest.raises(LoginNeeded):
        api.create_organization(db, bus, GUEST, name=Text("A"), kind=FIRM, now=NOW)


def test_its_administrator_renames_an_organization(db: Db, bus: Bus) -> None:
    firm, owner = owned(db)

    after = api.rename_organization(db, bus, owner, firm.id, name=Text("新", "New"), now=NOW)

    assert after == replace(firm, name=Text("新", "New"))
    assert api.organization(db, owner, firm.id) == after
    assert bus.published == [OrganizationRenamed(firm, after)]
    assert entries(db) == [
        Entry(
            owner.person,
            Via.LOGIN,
            "identity.rename_organization",
            ("organization", str(firm.id)),
            kept_organization(firm),
            kept_organization(after),
        )
    ]


def test_the_same_name_again_is_no_change(db: Db, bus: Bus) -> None:
    firm, owner = owned(db)

    api.rename_organization(db, bus, owner, firm.id, name=firm.name, now=NOW)

    assert (bus.published, entries(db)) == ([], [])


def test_one_sees_the_organizations_one_is_in(db: Db) -> None:
    firm, owner = owned(db)
    organization(db, "Other")

    assert api.organizations(db, owner) == (firm,)
    assert owner.belongings == (Belonging(firm, Role.ADMINISTRATOR),)


def test_who_may_see_all_sees_all(db: Db) -> None:
    boss = administrator(db)
    (park,) = [one.organization for one in boss.belongings]
    firm, other = organization(db, "Firm"), organization(db, "Other")

    assert set(api.organizations(db, boss)) == {park, firm, other}


def test_to_strangers_an_organization_is_not_there(db: Db) -> None:
    firm, _ = owned(db)
    stranger = actor(db, person(db, "stranger@example.org"))

    for door in (api.organization, api.members):
        with pytest.raises(OrganizationMissing):
            door(db, stranger, firm.id)
        with pytest.raises(LoginNeeded):
            door(db, GUEST, firm.id)
    with pytest.raises(LoginNeeded):
        api.organizations(db, GUEST)


def test_an_unknown_organization_is_missing(db: Db, bus: Bus) -> None:
    boss, nowhere = administrator(db), OrganizationId(some_uuid())

    with pytest.raises(OrganizationMissing):
        api.organization(db, boss, nowhere)
    with pytest.raises(OrganizationMissing):
        api.rename_organization(db, bus, boss, nowhere, name=Text("A"), now=NOW)
    with pytest.raises(OrganizationMissing):
        api.remove_member(db, bus, boss, nowhere, PersonId(some_uuid()), now=NOW)


def test_its_administrator_adds_a_member(db: Db, bus: Bus) -> None:
    firm, owner = owned(db)
    ada = person(db, "ada@example.org")

    new = api.add_member(
        db, bus, owner, firm.id, email=" ADA@example.org", role=Role.STAFF, now=NOW
    )

    assert new == Membership(ada.id, firm.id, Role.STAFF)
    assert api.members(db, owner, firm.id)[0] == Member(ada, Role.STAFF)
    assert actor(db, ada).belongings == (Belonging(firm, Role.STAFF),)
    assert bus.published == [MemberAdded(new)]
    assert entries(db) == [
        Entry(
            owner.person,
            Via.LOGIN,
            "identity.add_member",
            ("organization", str(firm.id)),
            None,
            kept_member(ada, Role.STAFF),
        )
    ]


@pytest.mark.parametrize(
    ("email", "role", "faults"),
    [
        ("nobody@example.org", Role.STAFF, {"email": "identity.person_unknown"}),
        ("nobody", Role.STAFF, {"email": "identity.email_invalid"}),
        ("", Role.OPERATOR, {"email": "identity.email_missing", "role": "identity.role_unfit"}),
        ("ada@example.org", Role.OPERATOR, {"role": "identity.role_unfit"}),
    ],
)
def test_who_or_what_there_is_not_is_not_added(
    db: Db, bus: Bus, email: str, role: Role, faults: dict[str, str]
) -> None:
    firm, owner = owned(db)
    person(db, "ada@example.org")

    with pytest.raises(Invalid) as refused:
        api.add_member(db, bus, owner, firm.id, email=email, role=role, now=NOW)

    assert dict(refused.value.fields) == faults


def test_a_member_is_not_added_twice(db: Db, bus: Bus) -> None:
    firm, owner = owned(db)

    with pytest.raises(MemberAlready):
        api.add_member(
            db, bus, owner, firm.id, email="owner@firm.example", role=Role.STAFF, now=NOW
        )


def test_a_member_s_role_is_changed(db: Db, bus: Bus) -> None:
    firm, owner = owned(db)
    ada = person(db, "ada@example.org")
    join(db, ada, firm, Role.STAFF)

    after = api.change_role(db, bus, owner, firm.id, ada.id, role=Role.ADMINISTRATOR, now=NOW)

    assert after == Membership(ada.id, firm.id, Role.ADMINISTRATOR)
    assert actor(db, ada).may("identity.administer", firm.id)
    assert bus.published == [RoleChanged(replace(after, role=Role.STAFF), after)]
    assert entries(db) == [
        Entry(
            owner.person,
            Via.LOGIN,
            "identity.change_role",
            ("organization", str(firm.id)),
            kept_member(ada, Role.STAFF),
            kept_member(ada, Role.ADMINISTRATOR),
        )
    ]


def test_the_same_role_again_is_no_change(db: Db, bus: Bus) -> None:
    firm, owner = owned(db)

    api.change_role(
        db, bus, owner, firm.id, owner.demand_person(), role=Role.ADMINISTRATOR, now=NOW
    )

    assert (bus.published, entries(db)) == ([], [])


def test_a_role_must_fit_the_kind_of_organization(db: Db, bus: Bus) -> None:
    firm, owner = owned(db)
    ada = person(db, "ada@example.org")
    join(db, ada, firm, Role.STAFF)

    with pytest.raises(Invalid) as refused:
        api.change_role(db, bus, owner, firm.id, ada.id, role=Role.OPERATOR, now=NOW)

    assert dict(refused.value.fields) == {"role": "identity.role_unfit"}


def test_a_member_is_removed(db: Db, bus: Bus) -> None:
    firm, owner = owned(db)
    ada = person(db, "ada@example.org")
    join(db, ada, firm, Role.STAFF)

    api.remove_member(db, bus, owner, firm.id, ada.id, now=NOW)

    assert actor(db, ada).belongings == ()
    assert bus.published == [MemberRemoved(Membership(ada.id, firm.id, Role.STAFF))]
    assert entries(db) == [
        Entry(
            owner.person,
            Via.LOGIN,
            "identity.remove_member",
            ("organization", str(firm.id)),
            kept_member(ada, Role.STAFF),
            None,
        )
    ]


def test_a_member_may_leave(db: Db, bus: Bus) -> None:
    firm, _ = owned(db)
    ada = person(db, "ada@example.org")
    join(db, ada, firm, Role.STAFF)

    api.remove_member(db, bus, actor(db, ada), firm.id, ada.id, now=NOW)

    assert actor(db, ada).belongings == ()


def test_the_last_administrator_neither_leaves_nor_becomes_less(db: Db, bus: Bus) -> None:
    firm, owner = owned(db)
    me, boss = owner.demand_person(), administrator(db)

    for who in (owner, boss):
        with pytest.raises(LastAdministrator):
            api.remove_member(db, bus, who, firm.id, me, now=NOW)
        with pytest.raises(LastAdministrator):
            api.change_role(db, bus, who, firm.id, me, role=Role.STAFF, now=NOW)

    assert [one.role for one in api.members(db, boss, firm.id)] == [Role.ADMINISTRATOR]


def test_who_is_no_member_is_neither_changed_nor_removed(db: Db, bus: Bus) -> None:
    firm, owner = owned(db)
    ada = person(db, "ada@example.org")

    with pytest.raises(MembershipMissing):
        api.change_role(db, bus, owner, firm.id, ada.id, role=Role.STAFF, now=NOW)
    with pytest.raises(MembershipMissing):
        api.remove_member(db, bus, owner, firm.id, ada.id, now=NOW)
    with pytest.raises(MembershipMissing):
        api.remove_member(db, bus, actor(db, ada), firm.id, ada.id, now=NOW)


def test_members_without_the_permission_change_nobody(db: Db, bus: Bus) -> None:
    firm, owner = owned(db)
    ada = person(db, "ada@example.org")
    join(db, ada, firm, Role.STAFF)
    staff, me, other = actor(db, ada), ada.id, owner.demand_person()

    with pytest.raises(Refused):
        api.add_member(db, bus, staff, firm.id, email="x@x.example", role=Role.STAFF, now=NOW)
    with pytest.raises(Refused):
        api.change_role(db, bus, staff, firm.id, me, role=Role.ADMINISTRATOR, now=NOW)
    with pytest.raises(Refused):
        api.remove_member(db, bus, staff, firm.id, other, now=NOW)
    with pytest.raises(Refused):
        api.rename_organization(db, bus, staff, firm.id, name=Text("A"), now=NOW)


def test_two_administrators_who_leave_at_once_cannot_both(own_database: Database) -> None:
    work = Work(own_database, Reactions(), system_clock)
    with own_database.transaction() as db:
        firm = organization(db, "Firm")
        people = [person(db, f"{number}@firm.example") for number in range(6)]
        for one in people:
            join(db, one, firm, Role.ADMINISTRATOR)

    def leave(who: PersonId) -> str:
        try:
            with work.transaction() as (db, bus):
                mine = replace(api.actor_of_person(db, GRANTS, who), via=Via.LOGIN)
                api.remove_member(db, bus, mine, firm.id, who, now=NOW + timedelta(seconds=1))
        except LastAdministrator:
            return "stays"
        return "left"

    with ThreadPoolExecutor(6) as threads:
        answers = Counter(threads.map(leave, [one.id for one in people]))

    assert answers == {"left": 5, "stays": 1}
