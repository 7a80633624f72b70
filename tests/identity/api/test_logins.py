"""Logging in and out at the door."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from tests.identity.accounts import (
    GRANTS,
    NOW,
    PASSWORD,
    Entry,
    actor,
    entries,
    person,
    savepoints,
)

from shulian.identity import api
from shulian.identity.api.actors import IDLE
from shulian.identity.api.hashing import is_outdated
from shulian.identity.api.logins import LONGEST, open_login
from shulian.identity.errors import LoginOnly, LoginRefused
from shulian.identity.events import LoggedOut
from shulian.identity.store import people as person_store
from shulian.identity.tables import login as login_table
from shulian.identity.types import GUEST, Actor, Person, Via
from shulian.kit.bus import Bus, Transactions
from shulian.kit.db import Db
from shulian.kit.errors import LoginNeeded


def log_in(
    transactions: Transactions,
    email: str,
    password: str = PASSWORD,
    *,
    demo: bool = False,
    replacing: str | None = None,
) -> api.OpenedLogin:
    return api.log_in(
        transactions,
        email=email,
        password=password,
        address="192.0.2.1",
        agent="Firefox\n\0 on a phone" + "x" * 300,
        demo=demo,
        now=NOW,
        replacing=replacing,
    )


def who(db: Db, secret: str, *, demo: bool = False, later: timedelta = timedelta(0)) -> Actor:
    return api.actor_of_login(db, GRANTS, secret, demo=demo, now=NOW + later)


def test_the_right_password_opens_the_account(db: Db, transactions: Transactions) -> None:
    ada = person(db, "ada@example.org")

    opened = log_in(transactions, " ADA@example.org ")

    assert opened.person == ada
    assert opened.login == replace(
        opened.login,
        person=ada.id,
        created=NOW,
        seen=NOW,
        expires=NOW + LONGEST,
        agent=("Firefox on a phone" + "x" * 300)[:198],
    )
    assert who(db, opened.secret) == Actor(ada.id, "Ada", Via.LOGIN)


def test_a_login_is_written_down(db: Db, transactions: Transactions) -> None:
    ada = person(db, "ada@example.org")

    log_in(transactions, ada.email)

    subject = ("person", str(ada.id))
    assert entries(db) == [Entry(ada.id, Via.LOGIN, "identity.log_in", subject, None, None)]


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ada@example.org", "correct horse batterx"),
        ("ada@example.org", ""),
        ("ada@example.org", PASSWORD + " " * 300),
        ("nobody@example.org", PASSWORD),
        ("gone@example.org", PASSWORD),
        ("sample@shulian.example", PASSWORD),
        ("no address", PASSWORD),
        ("", PASSWORD),
        ("\0@example.org", PASSWORD),
        ("\ud800@example.org", PASSWORD),
    ],
)
def test_whatever_is_wrong_the_same_is_said(
    db: Db, transactions: Transactions, email: str, password: str
) -> None:
    person(db, "ada@example.org")
    person(db, "gone@example.org", disabled=NOW)
    person(db, "sample@shulian.example", sample=True)

    with pytest.raises(LoginRefused) as refused:
        log_in(transactions, email, password)

    assert (refused.value.code, dict(refused.value.params)) == ("identity.login_refused", {})
    assert entries(db) == []


def test_a_sample_account_opens_in_a_demo_only(db: Db, transactions: Transactions) -> None:
    person(db, "sample@shulian.example", sample=True)

    opened = log_in(transactions, "sample@shulian.example", demo=True)

    assert [who(db, opened.secret, demo=demo).via for demo in (True, False)] == [
        Via.LOGIN,
        Via.GUEST,
    ]


def test_a_secret_nobody_was_given_is_a_guest_s(db: Db) -> None:
    assert who(db, "made up") == GUEST


def test_only_the_fingerprint_of_a_secret_is_stored(db: Db, transactions: Transactions) -> None:
    person(db, "ada@example.org")

    opened = log_in(transactions, "ada@example.org")

    row = db.execute(sa.select(login_table)).one()
    assert opened.secret not in repr(row)
    assert len(opened.secret) >= 43


def test_a_login_rests_for_a_week_and_ends_after_a_month(
    db: Db, transactions: Transactions
) -> None:
    person(db, "ada@example.org")
    secret = log_in(transactions, "ada@example.org").secret
    day = timedelta(days=1)

    used = [who(db, secret, later=times * 6 * day).via for times in range(1, 6)]

    assert used == [Via.LOGIN, Via.LOGIN, Via.LOGIN, Via.LOGIN, Via.GUEST]


def test_an_idle_login_ends(db: Db, transactions: Transactions) -> None:
    person(db, "ada@example.org")
    secret = log_in(transactions, "ada@example.org").secret

    assert [who(db, secret, later=IDLE - timedelta(seconds=1)).via, who(db, secret).via] == [
        Via.LOGIN,
        Via.LOGIN,
    ]
    assert who(db, secret, later=2 * IDLE).via is Via.GUEST


def test_a_new_login_replaces_the_one_the_browser_had(db: Db, transactions: Transactions) -> None:
    person(db, "ada@example.org")
    person(db, "bob@example.org")
    first = log_in(transactions, "ada@example.org")

    second = log_in(transactions, "bob@example.org", replacing=first.secret)

    assert [who(db, first.secret).name, who(db, second.secret).name] == ["", "Bob"]


def test_logging_out_ends_this_login_only(db: Db, bus: Bus, transactions: Transactions) -> None:
    ada = person(db, "ada@example.org")
    here, there = (log_in(transactions, ada.email).secret for _ in range(2))

    api.log_out(db, bus, who(db, here), here, now=NOW)

    assert bus.published == [LoggedOut(ada.id)]
    assert [who(db, here).via, who(db, there).via] == [Via.GUEST, Via.LOGIN]
    assert [one.verb for one in entries(db)][2:] == ["identity.log_out"]


def test_logging_out_of_nothing_is_no_change(db: Db, bus: Bus) -> None:
    api.log_out(db, bus, GUEST, "made up", now=NOW)

    assert entries(db) == []


def test_logging_out_everywhere_ends_all_logins_of_the_person(
    db: Db, bus: Bus, transactions: Transactions
) -> None:
    ada, bob = person(db, "ada@example.org"), person(db, "bob@example.org")
    secrets = [log_in(transactions, one.email).secret for one in (ada, ada, bob)]

    ended = api.log_out_everywhere(db, bus, actor(db, ada), now=NOW)

    assert bus.published == [LoggedOut(ada.id)]
    assert (ended, [who(db, one).name for one in secrets]) == (2, ["", "", "Bob"])
    assert entries(db)[-1] == Entry(
        ada.id,
        Via.LOGIN,
        "identity.log_out_everywhere",
        ("person", str(ada.id)),
        {"logins": 2},
        None,
    )


def test_one_sees_where_one_is_logged_in(db: Db, transactions: Transactions) -> None:
    ada, bob = person(db, "ada@example.org"), person(db, "bob@example.org")
    opened = [log_in(transactions, one.email).login for one in (ada, bob)]

    assert api.own_logins(db, actor(db, ada), now=NOW) == (opened[0],)


def test_the_logins_of_one_person_are_limited_to_the_last_used(db: Db) -> None:
    ada = person(db, "ada@example.org")

    opened = [
        open_login(db, ada, agent="", now=NOW + timedelta(minutes=minute)).login
        for minute in range(22)
    ]

    assert api.own_logins(db, actor(db, ada), now=NOW) == tuple(reversed(opened[2:]))


def test_guests_and_tokens_have_no_logins(db: Db, bus: Bus) -> None:
    ada = person(db, "ada@example.org")

    with pytest.raises(LoginNeeded):
        api.log_out_everywhere(db, bus, GUEST, now=NOW)
    with pytest.raises(LoginOnly):
        api.own_logins(db, replace(actor(db, ada), via=Via.TOKEN), now=NOW)


def test_a_disabled_person_s_login_is_a_guest_s(db: Db, transactions: Transactions) -> None:
    ada = person(db, "ada@example.org")
    secret = log_in(transactions, ada.email).secret

    person_store.put(db, replace(ada, disabled=NOW))

    assert who(db, secret) == GUEST


def test_an_old_hash_is_made_anew_at_login(db: Db, transactions: Transactions) -> None:
    ada = person(db, "ada@example.org")
    weak = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
    person_store.put_password(db, ada.id, weak)

    log_in(transactions, ada.email)
    log_in(transactions, ada.email)

    assert [is_outdated(one) for one in (weak, _password_of(db, ada))] == [True, False]


def test_a_password_changed_while_it_was_checked_opens_nothing(db: Db) -> None:
    ada = person(db, "ada@example.org")
    plain, opened = savepoints(db), 0

    def meddling() -> object:
        nonlocal opened
        opened += 1
        if opened == 2:
            person_store.put_password(db, ada.id, "another")
        return plain()

    with pytest.raises(LoginRefused):
        log_in(meddling, ada.email)  # pyright: ignore[reportArgumentType]  # answers plain's


def _password_of(db: Db, one: Person) -> str:
    return person_store.get_account(db, one.id).password
