"""How an installation gets its administrator."""

from dataclasses import replace

import pytest
from tests.identity.accounts import (
    COMMAND,
    NOW,
    PASSWORD,
    Entry,
    actor,
    entries,
    join,
    kept_organization,
    kept_person,
    organization,
    person,
)

from shulian.identity import api
from shulian.identity.store import organizations as organization_store
from shulian.identity.types import (
    ADMINISTER,
    GUEST,
    Actor,
    Belonging,
    Organization,
    OrganizationKind,
    Person,
    Role,
    Via,
)
from shulian.kit.bus import Bus, Transactions
from shulian.kit.db import Db
from shulian.kit.errors import Invalid, LoginNeeded, Refused
from shulian.kit.text import Language, Text


def appoint(db: Db, bus: Bus, *, who: Actor = COMMAND, password: str = PASSWORD) -> Person:
    return api.appoint_administrator(
        db,
        bus,
        who,
        email="Boss@park.example",
        name="Boss",
        password=password,
        operator=Text("园区", "Park"),
        language=Language.EN,
        now=NOW,
    )


def log_in(transactions: Transactions, email: str) -> Person:
    return api.log_in(
        transactions,
        email=email,
        password=PASSWORD,
        address="192.0.2.1",
        agent="",
        demo=False,
        now=NOW,
    ).person


def test_an_empty_installation_gets_an_operator_and_its_administrator(
    db: Db, bus: Bus, transactions: Transactions
) -> None:
    boss = appoint(db, bus)

    (park,) = organization_store.list_(db)
    assert park == Organization(park.id, Text("园区", "Park"), OrganizationKind.OPERATOR, NOW)
    assert actor(db, boss).belongings == (Belonging(park, Role.ADMINISTRATOR),)
    assert entries(db) == [
        Entry(
            None,
            Via.COMMAND,
            "identity.create_organization",
            ("organization", str(park.id)),
            None,
            kept_organization(park),
        ),
        Entry(
            None,
            Via.COMMAND,
            "identity.appoint_administrator",
            ("person", str(boss.id)),
            None,
            kept_person(boss),
        ),
    ]
    assert log_in(transactions, "boss@park.example") == boss


def test_the_operator_there_is_gets_another(db: Db, bus: Bus) -> None:
    park = organization(db, "Old park", OrganizationKind.OPERATOR)

    boss = appoint(db, bus)

    assert actor(db, boss).belongings == (Belonging(park, Role.ADMINISTRATOR),)


def test_who_has_an_account_gets_the_role_and_the_way_back_in(
    db: Db, bus: Bus, transactions: Transactions
) -> None:
    park = organization(db, "Park", OrganizationKind.OPERATOR)
    ada = person(db, "boss@park.example", name="Ada", disabled=NOW)
    join(db, ada, park, Role.STAFF)

    boss = appoint(db, bus)

    assert boss == replace(ada, disabled=None)
    assert actor(db, boss).may(ADMINISTER)
    assert log_in(transactions, "boss@park.example") == boss


def test_the_logins_opened_with_the_lost_password_end(
    db: Db, bus: Bus, transactions: Transactions
) -> None:
    ada = person(db, "boss@park.example")
    log_in(transactions, ada.email)

    boss = appoint(db, bus)

    assert api.own_logins(db, actor(db, boss), now=NOW) == ()


def test_a_weak_password_is_refused(db: Db, bus: Bus) -> None:
    with pytest.raises(Invalid) as refused:
        appoint(db, bus, password="password123")  # noqa: S106  # refused

    assert dict(refused.value.fields) == {"password": "identity.password_common"}
    assert organization_store.list_(db) == ()


def test_nobody_appoints_themselves(db: Db, bus: Bus) -> None:
    with pytest.raises(LoginNeeded):
        appoint(db, bus, who=GUEST)
    with pytest.raises(Refused):
        appoint(db, bus, who=actor(db, person(db, "ada@example.org")))
