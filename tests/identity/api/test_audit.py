"""The audit log: written in the transaction it tells of, read by filter and page, never changed."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError
from tests.identity.accounts import COMMAND, NOW, actor, administrator, person

from shulian.identity import api
from shulian.identity.rules.trail import COLUMNS
from shulian.identity.types import (
    GUEST,
    Actor,
    AuditEntry,
    AuditFilter,
    AuditPage,
    PersonId,
    Subject,
    TokenId,
    Via,
)
from shulian.kit.bus import Transactions
from shulian.kit.db import Db
from shulian.kit.errors import LoginNeeded, Refused

ADA = Actor(PersonId(UUID(int=1)), "Ada", Via.TOKEN, token=TokenId(UUID(int=9)))
BOB = Actor(PersonId(UUID(int=2)), "Bob", Via.LOGIN)
HALL, BOOTH = Subject("space", "hall"), Subject("space", "booth")


@dataclass(frozen=True)
class Hall:
    capacity: int
    access_secret: str


def test_an_entry_says_who_did_what_to_what_and_how_it_was_before_and_after(db: Db) -> None:
    api.record(db, ADA, "park.edit", HALL, Hall(100, "x"), Hall(120, "y"), now=NOW)

    (entry,) = read(db).entries
    assert entry == AuditEntry(
        number=entry.number,
        at=NOW,
        person=ADA.person,
        name="Ada",
        via=Via.TOKEN,
        token=ADA.token,
        verb="park.edit",
        subject=HALL,
        before={"capacity": 100, "access_secret": "***"},
        after={"capacity": 120, "access_secret": "***"},
    )


def test_nobody_s_entry_names_nobody(db: Db) -> None:
    api.record(db, COMMAND, "park.import", HALL, now=NOW)

    (entry,) = read(db).entries
    assert entry == AuditEntry(
        entry.number, NOW, None, "", Via.COMMAND, None, "park.import", HALL, None, None
    )


def test_an_entry_goes_with_the_change_that_is_undone(db: Db, transactions: Transactions) -> None:
    def broken() -> None:
        with transactions() as (inner, _):
            api.record(inner, BOB, "park.edit", HALL, now=NOW)
            raise LookupError

    with pytest.raises(LookupError):
        broken()

    assert read(db) == AuditPage(())


@pytest.mark.parametrize(
    "statement",
    [
        "update identity_audit set name = 'Mallory'",
        "update identity_audit set name = 'Mallory' where number = -1",
        "delete from identity_audit",
        "delete from identity_audit where number = -1",
        "truncate identity_audit",
        "set local session_replication_role = replica; delete from identity_audit",
    ],
)
def test_the_database_itself_refuses_to_change_the_past(db: Db, statement: str) -> None:
    api.record(db, BOB, "park.edit", HALL, now=NOW)

    with pytest.raises(ProgrammingError, match="append-only"), db.begin_nested():
        db.execute(sa.text(statement))

    assert [entry.name for entry in read(db).entries] == ["Bob"]


def test_entries_are_numbered_by_the_database_alone(db: Db) -> None:
    statement = sa.text(
        "insert into identity_audit (number, at, name, via, verb, subject_kind, subject_id)"
        " values (1, now(), '', '', '', '', '')"
    )

    with pytest.raises(ProgrammingError, match="number"), db.begin_nested():
        db.execute(statement)


def four(db: Db) -> None:
    """Four entries, one a minute."""
    api.record(db, ADA, "park.edit", HALL, now=minute(0))
    api.record(db, BOB, "park.edit_kind", BOOTH, now=minute(1))
    api.record(db, ADA, "parking.open", Subject("garage", "hall"), now=minute(2))
    api.record(db, BOB, "identity.log_in", Subject("person", "2"), now=minute(3))


def minute(number: int) -> datetime:
    return NOW + timedelta(minutes=number)


@pytest.mark.parametrize(
    ("wanted", "verbs"),
    [
        (AuditFilter(), "identity.log_in parking.open park.edit_kind park.edit"),
        (AuditFilter(verb="park.edit"), "park.edit"),
        (AuditFilter(verb="park."), "park.edit_kind park.edit"),
        (AuditFilter(verb="pa%."), ""),
        (AuditFilter(person=ADA.person), "parking.open park.edit"),
        (AuditFilter(subject_kind="space"), "park.edit_kind park.edit"),
        (AuditFilter(subject_id="hall"), "parking.open park.edit"),
        (AuditFilter(subject_kind="space", subject_id="hall"), "park.edit"),
        (AuditFilter(since=minute(1), until=minute(3)), "parking.open park.edit_kind"),
        (AuditFilter(person=BOB.person, verb="park."), "park.edit_kind"),
    ],
)
def test_one_reads_what_one_asks_for_the_newest_first(
    db: Db, wanted: AuditFilter, verbs: str
) -> None:
    four(db)

    assert [entry.verb for entry in read(db, wanted).entries] == verbs.split()


def test_the_log_is_read_page_by_page(db: Db) -> None:
    four(db)

    first = read(db, limit=3)
    rest = read(db, below=first.next, limit=3)

    assert [len(first.entries), first.next == first.entries[-1].number] == [3, True]
    assert [[entry.verb for entry in rest.entries], rest.next] == [["park.edit"], None]
    assert first.entries + rest.entries == read(db).entries


def test_a_page_that_ends_with_the_log_is_the_last(db: Db) -> None:
    four(db)

    assert read(db, limit=4).next is None


@pytest.mark.parametrize(("limit", "count"), [(-5, 1), (0, 1), (10**9, 4)])
def test_a_page_has_a_sensible_size(db: Db, limit: int, count: int) -> None:
    four(db)

    assert len(read(db, limit=limit).entries) == count


def test_only_who_may_reads_the_log(db: Db, transactions: Transactions) -> None:
    ada = actor(db, person(db, "ada@example.org"))
    doors: list[Callable[[Actor], object]] = [
        lambda who: api.audit_trail(db, who, AuditFilter()),
        lambda who: api.audit_as_csv(transactions, who, AuditFilter()),
    ]

    for door in doors:
        door(administrator(db) if door is doors[0] else COMMAND)
        with pytest.raises(Refused):
            door(ada)
        with pytest.raises(LoginNeeded):
            door(GUEST)


def test_the_log_is_exported_as_a_table_for_spreadsheets(
    db: Db, transactions: Transactions
) -> None:
    four(db)

    text = "".join(api.audit_as_csv(transactions, COMMAND, AuditFilter(verb="park.")))

    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert text.startswith("\ufeff")
    assert [rows[0], [row[6] for row in rows[1:]]] == [
        list(COLUMNS),
        ["park.edit_kind", "park.edit"],
    ]


def test_an_empty_log_is_exported_as_its_columns(transactions: Transactions) -> None:
    pieces = list(api.audit_as_csv(transactions, COMMAND, AuditFilter()))

    assert pieces == ["\ufeff" + ",".join(COLUMNS) + "\r\n"]


def test_a_long_log_is_exported_whole(
    db: Db, transactions: Transactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shulian.identity.api.audit._EXPORTED", 2)
    four(db)
    api.record(db, ADA, "park.edit", HALL, now=minute(4))

    pieces = list(api.audit_as_csv(transactions, COMMAND, AuditFilter()))

    assert [piece.count("\r\n") for piece in pieces] == [1, 2, 2, 1]


def read(
    db: Db,
    wanted: AuditFilter = AuditFilter(),  # noqa: B008  # a frozen value
    *,
    below: int | None = None,
    limit: int = 50,
) -> AuditPage:
    return api.audit_trail(db, COMMAND, wanted, below=below, limit=limit)
