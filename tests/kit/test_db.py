"""Connections: those whose database went away are replaced before anybody uses them."""

from collections.abc import Generator
from contextlib import closing

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from shulian.kit import db as module
from shulian.kit.db import Database


@pytest.fixture
def database(own_database_url: str) -> Generator[Database]:
    with closing(Database(own_database_url, pool=1)) as one:
        yield one


def cut(own_database_url: str) -> None:
    """End every other connection to the database."""
    with closing(Database(own_database_url, pool=1)) as other, other.transaction() as db:
        db.execute(
            sa.text("""
                select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid()
            """)
        )


def ask(database: Database) -> int | None:
    """Something that needs a connection."""
    with database.transaction() as db:
        return db.scalar(sa.text("select 1"))


def test_a_connection_that_was_cut_while_it_rested_is_replaced(
    database: Database, own_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_FRESH", 0.0)
    ask(database)
    cut(own_database_url)

    assert ask(database) == 1


def test_one_that_was_cut_just_now_fails_once(
    database: Database, own_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_FRESH", 3600.0)
    ask(database)
    cut(own_database_url)
    with pytest.raises(OperationalError):
        ask(database)

    assert ask(database) == 1
