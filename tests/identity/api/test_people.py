"""Accounts at the door: sign-up, profile, password, shutting."""

from dataclasses import replace

import pytest
from tests.identity.accounts import (
    NOW,
    PASSWORD,
    Entry,
    actor,
    administrator,
    entries,
    join,
    kept_person,
    organization,
    person,
    some_uuid,
)

from shulian.identity import api
from shulian.identity.errors import (
    LastAdministrator,
    LoginOnly,
    LoginRefused,
    PersonMissing,
    SampleFixed,
)
from shulian.identity.events import PersonDisabled, PersonEnabled, PersonSignedUp, ProfileChanged
from shulian.identity.store import people as store
from shulian.identity.types import GUEST, Names, Person, PersonId, Role, Via
from shulian.kit.bus import Bus, Reactions, Transactions
from shulian.kit.db import Db
from shulian.kit.errors import Invalid, LoginNeeded, Refused, TooMany
from shulian.kit.text import Language

NEW_PASSWORD = "another battery staple"  # noqa: S105  # opens what tests make


def sign_up(
    transactions: Transactions,
    *,
    email: str = "Ada@Example.org",
    name: str = " Ada  L ",
    password: str = PASSWORD,
) -> None:
    api.sign_up(
        transactions,
        email=email,
        name=name,
        password=password,
        language=Language.ZH,
        address="192.0.2.1",
        now=NOW,
    )


def log_in(transactions: Transactions, email: str, password: str) -> api.OpenedLogin:
    return api.log_in(
        transactions,
        email=email,
        password=password,
        address="192.0.2.1",
        agent="",
        demo=False,
        now=NOW,
    )


def change_password(
    transactions: Transactions, one: Person, db: Db, *, current: str, new: str = NEW_PASSWORD
) -> api.OpenedLogin:
    return api.change_password(
        transactions, actor(db, one), current=current, new=new, agent="", now=NOW
    )


def test_who_signs_up_has_an_account(db: Db, transactions: Transactions) -> None:
    sign_up(transactions)

    opened = log_in(transactions, "ada@example.org", PASSWORD)

    assert opened.person == Person(
        id=opened.person.id,
        email="ada@example.org",
        name="Ada L",
        language=Language.ZH,
        created=NOW,
    )
    assert entries(db)[0] == Entry(
        opened.person.id,
        Via.GUEST,
        "identity.sign_up",
        ("person", str(opened.person.id)),
        None,
        kept_person(opened.person),
    )


def test_the_features_above_hear_of_it(db: Db) -> None:
    heard = Bus(db, Reactions())

    class Nested:
        def __enter__(self) -> tuple[Db, Bus]:
            return db, heard

        def __exit__(self, *_: object) -> None:
            return None

    sign_up(Nested)

    assert heard.published == [PersonSignedUp(store.find_account(db, "ada@example.org").person)]  # pyright: ignore[reportOptionalMemberAccess]


def test_signing_up_with_an_address_that_has_an_account_tells_and_changes_nothing(
    db: Db, transactions: Transactions
) -> None:
    ada = person(db, "ada@example.org")

    sign_up(transactions, name="Mallory", password=NEW_PASSWORD)

    assert store.get(db, ada.id) == ada
    assert entries(db) == []
    with pytest.raises(LoginRefused):
        log_in(transactions, ada.email, NEW_PASSWORD)


def test_every_wrong_field_of_a_sign_up_is_told(transactions: Transactions) -> None:
    with pytest.raises(Invalid) as refused:
        sign_up(transactions, email="ada", name="", password="short")  # noqa: S106  # refused

    assert dict(refused.value.fields) == {
        "name": "identity.name_missing",
        "email": "identity.email_invalid",
        "password": "identity.password_short",
    }


def test_a_profile_is_changed_and_both_states_are_written_down(db: Db, bus: Bus) -> None:
    ada = person(db, "ada@example.org")

    after = api.change_profile(
        db, bus, actor(db, ada), name=" 艾达 ", language=Language.ZH, now=NOW
    )

    assert after == replace(ada, name="艾达", language=Language.ZH)
    assert store.get(db, ada.id) == after
    assert bus.published == [ProfileChanged(ada, after)]
    assert entries(db) == [
        Entry(
            ada.id,
            Via.LOGIN,
            "identity.change_profile",
            ("person", str(ada.id)),
            kept_person(ada),
            kept_person(after),
        )
    ]


def test_a_profile_that_stays_the_same_is_no_change(db: Db, bus: Bus) -> None:
    ada = person(db, "ada@example.org")

    api.change_profile(db, bus, actor(db, ada), name="Ada", language=Language.EN, now=NOW)

    assert (bus.published, entries(db)) == ([], [])


def test_a_profile_needs_a_name(db: Db, bus: Bus) -> None:
    ada = person(db, "ada@example.org")

    with pytest.raises(Invalid) as refused:
        api.change_profile(db, bus, actor(db, ada), name=" ", language=Language.EN, now=NOW)

    assert dict(refused.value.fields) == {"name": "identity.name_missing"}


def test_guests_and_tokens_change_no_profile(db: Db, bus: Bus) -> None:
    token = replace(actor(db, person(db, "ada@example.org")), via=Via.TOKEN)

    with pytest.raises(LoginNeeded):
        api.change_profile(db, bus, GUEST, name="A", language=Language.EN, now=NOW)
    with pytest.raises(LoginOnly):
        api.change_profile(db, bus, token, name="A", language=Language.EN, now=NOW)


def test_another_password_ends_every_login_and_opens_one(
    db: Db, transactions: Transactions
) -> None:
    ada = person(db, "ada@example.org")
    for _ in range(2):
        log_in(transactions, ada.email, PASSWORD)

    opened = change_password(transactions, ada, db, current=PASSWORD)

    assert api.own_logins(db, actor(db, ada), now=NOW) == (opened.login,)
    assert log_in(transactions, ada.email, NEW_PASSWORD).person == ada
    with pytest.raises(LoginRefused):
        log_in(transactions, ada.email, PASSWORD)


def test_a_password_is_not_in_the_log(db: Db, transactions: Transactions) -> None:
    ada = person(db, "ada@example.org")

    change_password(transactions, ada, db, current=PASSWORD)

    assert entries(db) == [
        Entry(
            ada.id,
            Via.LOGIN,
            "identity.change_password",
            ("person", str(ada.id)),
            None,
            None,
        )
    ]


def test_the_current_password_is_asked_for_and_may_not_be_guessed(
    db: Db, transactions: Transactions
) -> None:
    ada = person(db, "ada@example.org")

    for _ in range(5):
        with pytest.raises(Invalid) as refused:
            change_password(transactions, ada, db, current="guess")
        assert dict(refused.value.fields) == {"current": "identity.password_wrong"}
    with pytest.raises(TooMany):
        change_password(transactions, ada, db, current=PASSWORD)


def test_the_new_password_must_be_a_good_one(db: Db, transactions: Transactions) -> None:
    ada = person(db, "ada@example.org")

    with pytest.raises(Invalid) as refused:
        change_password(transactions, ada, db, current=PASSWORD, new="password123")

    assert dict(refused.value.fields) == {"new": "identity.password_common"}


def test_a_sample_account_keeps_its_password(db: Db, transactions: Transactions) -> None:
    sample = person(db, "visitor@shulian.example", sample=True)

    with pytest.raises(SampleFixed):
        change_password(transactions, sample, db, current=PASSWORD)


def test_a_guest_has_no_password(transactions: Transactions) -> None:
    with pytest.raises(LoginNeeded):
        api.change_password(
            transactions, GUEST, current=PASSWORD, new=NEW_PASSWORD, agent="", now=NOW
        )


def test_one_knows_oneself(db: Db) -> None:
    ada = person(db, "ada@example.org")

    assert api.own_person(db, actor(db, ada)) == ada
    with pytest.raises(LoginNeeded):
        api.own_person(db, GUEST)


def test_people_are_found_by_address_and_name_page_by_page(db: Db) -> None:
    boss = administrator(db)
    ada, bob = person(db, "ada@example.org"), person(db, "bob@example.org", name="Ada_100%")

    assert api.people(db, boss, text=" ADA ") == (ada, bob)
    assert api.people(db, boss, text="_100%") == (bob,)
    assert api.people(db, boss, text="%") == (bob,)
    assert api.people(db, boss, limit=1) == (ada,)
    assert api.people(db, boss, limit=1, after=ada.email) == (bob,)
    assert api.people(db, boss, text="no\0body") == ()


def test_only_who_may_see_people_sees_them(db: Db) -> None:
    with pytest.raises(Refused):
        api.people(db, actor(db, person(db, "ada@example.org")))


def test_a_shut_account_opens_by_nothing(db: Db, bus: Bus, transactions: Transactions) -> None:
    boss, ada = administrator(db), person(db, "ada@example.org")
    log_in(transactions, ada.email, PASSWORD)

    after = api.disable_person(db, bus, boss, ada.id, now=NOW)

    assert after == replace(ada, disabled=NOW)
    assert bus.published == [PersonDisabled(ada.id)]
    assert entries(db)[-1] == Entry(
        boss.person,
        Via.LOGIN,
        "identity.disable_person",
        ("person", str(ada.id)),
        kept_person(ada),
        kept_person(after),
    )
    with pytest.raises(LoginRefused):
        log_in(transactions, ada.email, PASSWORD)


def test_a_member_s_account_can_be_shut(db: Db, bus: Bus) -> None:
    boss, ada = administrator(db), person(db, "ada@example.org")
    join(db, ada, organization(db, "Firm"), Role.STAFF)

    assert api.disable_person(db, bus, boss, ada.id, now=NOW).disabled == NOW


def test_an_account_opens_again(db: Db, bus: Bus, transactions: Transactions) -> None:
    boss, ada = administrator(db), person(db, "ada@example.org", disabled=NOW)

    after = api.enable_person(db, bus, boss, ada.id, now=NOW)

    assert (after, log_in(transactions, ada.email, PASSWORD).person) == (
        replace(ada, disabled=None),
        replace(ada, disabled=None),
    )
    assert bus.published == [PersonEnabled(ada.id)]


def test_shutting_what_is_shut_and_opening_what_is_open_changes_nothing(db: Db, bus: Bus) -> None:
    boss = administrator(db)
    ada, bob = person(db, "ada@example.org", disabled=NOW), person(db, "bob@example.org")

    answers = [
        api.disable_person(db, bus, boss, ada.id, now=NOW),
        api.enable_person(db, bus, boss, bob.id, now=NOW),
    ]

    assert (answers, bus.published, entries(db)) == ([ada, bob], [], [])


def test_no_organization_loses_its_last_administrator_by_a_shut_account(db: Db, bus: Bus) -> None:
    boss, ada, bob = administrator(db), person(db, "ada@x.example"), person(db, "bob@x.example")
    firm = organization(db, "Firm")
    join(db, ada, firm, Role.ADMINISTRATOR)

    with pytest.raises(LastAdministrator):
        api.disable_person(db, bus, boss, ada.id, now=NOW)
    with pytest.raises(LastAdministrator):
        api.disable_person(db, bus, boss, boss.demand_person(), now=NOW)

    join(db, bob, firm, Role.ADMINISTRATOR)
    assert api.disable_person(db, bus, boss, ada.id, now=NOW).disabled == NOW
    with pytest.raises(LastAdministrator):
        api.disable_person(db, bus, boss, bob.id, now=NOW)


def test_sample_accounts_stay_open(db: Db, bus: Bus) -> None:
    sample = person(db, "visitor@shulian.example", sample=True)

    with pytest.raises(SampleFixed):
        api.disable_person(db, bus, administrator(db), sample.id, now=NOW)


def test_only_administrators_shut_and_open(db: Db, bus: Bus) -> None:
    ada = person(db, "ada@example.org")
    firm = organization(db, "Firm")
    join(db, ada, firm, Role.ADMINISTRATOR)

    for door in (api.disable_person, api.enable_person):
        with pytest.raises(Refused):
            door(db, bus, actor(db, ada), ada.id, now=NOW)
        with pytest.raises(LoginNeeded):
            door(db, bus, GUEST, ada.id, now=NOW)


def test_nobody_unknown_is_shut_or_opened(db: Db, bus: Bus) -> None:
    boss = administrator(db)

    for door in (api.disable_person, api.enable_person):
        with pytest.raises(PersonMissing):
            door(db, bus, boss, PersonId(some_uuid()), now=NOW)


def test_names_are_told_to_those_who_may_know_them(db: Db) -> None:
    boss, ada = administrator(db), person(db, "ada@example.org")
    firm, other = organization(db, "Firm"), organization(db, "Other")
    join(db, ada, firm, Role.MEMBER)
    people, firms = [ada.id, boss.demand_person(), PersonId(some_uuid())], [firm.id, other.id]

    told = [api.names(db, who, people, firms) for who in (boss, actor(db, ada), GUEST)]

    assert told == [
        Names(
            {ada.id: "Ada", boss.demand_person(): "Boss"},
            {firm.id: firm.name, other.id: other.name},
        ),
        Names({ada.id: "Ada"}, {firm.id: firm.name}),
        Names({}, {}),
    ]
