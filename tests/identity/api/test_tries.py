"""Standing in line at the door: wrong passwords and new accounts, also many at the same time."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from tests.identity.accounts import NOW, PASSWORD, person

from shulian.identity import api
from shulian.identity.api.tries import admit_try, forgive_try, password_line, sign_up_line
from shulian.identity.errors import LoginRefused
from shulian.identity.rules.limits import ACCOUNT, ADDRESS, LONGEST_MEMORY, SIGN_UP
from shulian.identity.tables import tries as table
from shulian.kit.bus import Reactions, Transactions
from shulian.kit.clock import system_clock
from shulian.kit.db import Database, Db
from shulian.kit.errors import Failure, TooMany
from shulian.kit.jobs import Work

WRONG = "incorrect horse"


def said(
    transactions: Transactions,
    email: str = "ada@example.org",
    password: str = WRONG,
    *,
    address: str = "192.0.2.1",
    now: datetime = NOW,
) -> str:
    """What comes of a try to log in."""
    try:
        api.log_in(
            transactions,
            email=email,
            password=password,
            address=address,
            agent="",
            demo=False,
            now=now,
        )
    except TooMany as failure:
        return f"wait {failure.params['seconds']}"
    except LoginRefused:
        return "refused"
    return "open"


def counted(
    transactions: Transactions,
    email: str = "ada",
    *,
    right: bool = False,
    address: str = "192.0.2.1",
    now: datetime = NOW,
) -> str:
    """What comes of a try as `log_in` counts it, without the time it takes to check a password."""
    line = password_line(email, address)
    try:
        with transactions() as (db, _):
            admit_try(db, line, now)
    except TooMany as failure:
        return f"wait {failure.params['seconds']}"
    if not right:
        return "refused"
    with transactions() as (db, _):
        forgive_try(db, line, now)
    return "open"


@pytest.mark.parametrize("email", ["ada@example.org", "nobody@example.org"])
def test_after_five_wrong_passwords_one_waits_whether_the_account_exists_or_not(
    db: Db, transactions: Transactions, email: str
) -> None:
    person(db, "ada@example.org")

    assert [said(transactions, email) for _ in range(7)] == ["refused"] * 5 + ["wait 15"] * 2


def test_who_must_wait_is_not_let_in_with_the_right_password_either(
    db: Db, transactions: Transactions
) -> None:
    person(db, "ada@example.org")
    for _ in range(5):
        said(transactions)

    assert said(transactions, password=PASSWORD) == "wait 15"


def test_the_waits_grow_up_to_five_minutes(transactions: Transactions) -> None:
    now, waits = NOW, list[str]()
    for _ in range(5):
        counted(transactions)

    for _ in range(7):
        waits.append(answer := counted(transactions, now=now, address=f"192.0.2.{len(waits)}"))
        now += timedelta(seconds=int(answer.removeprefix("wait ")))
        counted(transactions, now=now, address=f"198.51.100.{len(waits)}")

    assert waits == [f"wait {seconds}" for seconds in (15, 30, 60, 120, 240, 300, 300)]


def test_the_right_password_ends_the_line_of_the_account(
    db: Db, transactions: Transactions
) -> None:
    person(db, "ada@example.org")
    for _ in range(4):
        said(transactions)

    answers = [said(transactions, password=PASSWORD), *(said(transactions) for _ in range(6))]

    assert answers == ["open", *["refused"] * 5, "wait 15"]


def test_one_address_may_not_try_many_accounts(transactions: Transactions) -> None:
    answers = [counted(transactions, f"victim{number}") for number in range(ADDRESS.free + 1)]

    assert answers == ["refused"] * ADDRESS.free + ["wait 5"]
    assert counted(transactions, "ada", address="192.0.2.2") == "refused"


def test_a_right_password_does_not_forgive_an_address_its_wrong_ones(
    transactions: Transactions,
) -> None:
    for number in range(ADDRESS.free - 1):
        counted(transactions, f"victim{number}")

    answers = [
        counted(transactions, "mallory", right=True),
        counted(transactions, "victim"),
        counted(transactions, "mallory", right=True),
    ]

    assert answers == ["open", "refused", "wait 5"]


def test_many_at_an_address_log_in_without_waiting(transactions: Transactions) -> None:
    answers = {counted(transactions, right=True) for _ in range(ADDRESS.free + 5)}

    assert answers == {"open"}


def test_a_wait_for_one_address_changes_nothing_for_the_account(
    transactions: Transactions,
) -> None:
    for number in range(ADDRESS.free):
        counted(transactions, f"victim{number}")

    answers = [counted(transactions, "ada") for _ in range(10)]

    assert answers == ["wait 5"] * 10
    assert counted(transactions, "ada", address="192.0.2.9") == "refused"


def test_old_tries_are_cleared_away(db: Db, transactions: Transactions) -> None:
    said(transactions, "old@example.org", address="198.51.100.1")

    said(transactions, now=NOW + LONGEST_MEMORY + timedelta(seconds=1))

    keys = db.execute(sa.select(table.c.key)).scalars().all()
    assert Counter(key.partition(":")[0] for key in keys) == {"account": 1, "address": 1}
    assert "address:192.0.2.1" in keys


def test_accounts_are_counted_without_their_names(db: Db, transactions: Transactions) -> None:
    said(transactions, "ada@example.org")

    assert "ada" not in " ".join(db.execute(sa.select(table.c.key)).scalars())


def test_new_accounts_from_one_network_are_limited(db: Db) -> None:
    for number in range(SIGN_UP.free):
        admit_try(db, sign_up_line(f"2001:db8::{number}"), NOW)

    with pytest.raises(TooMany) as refused:
        admit_try(db, sign_up_line("2001:db8::ffff"), NOW)

    assert refused.value.params == {"seconds": 30}


def test_tries_at_the_same_time_are_counted_one_by_one(own_database: Database) -> None:
    transactions = Work(own_database, Reactions(), system_clock).transaction
    with own_database.transaction() as db:
        person(db, "ada@example.org")

    def attempt(_number: int) -> str:
        return said(transactions)

    with ThreadPoolExecutor(12) as threads:
        answers = Counter(threads.map(attempt, range(40)))

    assert answers == {"refused": ACCOUNT.free, "wait 15": 40 - ACCOUNT.free}


def test_right_and_wrong_tries_at_the_same_time_never_lock_each_other(
    own_database: Database,
) -> None:
    transactions = Work(own_database, Reactions(), system_clock).transaction
    with own_database.transaction() as db:
        person(db, "ada@example.org")
        person(db, "bob@example.org")

    def attempt(number: int) -> str:
        email = ("ada@example.org", "bob@example.org")[number % 2]
        return said(transactions, email, PASSWORD, address=f"192.0.2.{number % 3}")

    with ThreadPoolExecutor(12) as threads:
        answers = Counter(threads.map(attempt, range(18)))

    assert set(answers) <= {"open", "wait 15", "wait 30"}
    assert answers["open"] > 0


def test_a_refused_try_stays_counted_though_its_request_is_undone(
    own_database: Database,
) -> None:
    work = Work(own_database, Reactions(), system_clock)

    with suppress(Failure):
        api.log_in(
            work.transaction,
            email="ada@example.org",
            password=WRONG,
            address="192.0.2.1",
            agent="",
            demo=False,
            now=NOW,
        )

    with own_database.transaction() as db:
        assert db.execute(sa.select(table.c.made)).scalars().all() == [1, 1]
