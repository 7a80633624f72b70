"""Migrations bring a database to the code's version, once, whoever starts at the same time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from shulian.app.features import MIGRATIONS
from shulian.kit.db import Database
from shulian.kit.migrate import DatabaseNewer, is_current, upgrade
from shulian.kit.postgres.databases import create_database, drop_database
from shulian.kit.postgres.server import Server


@pytest.fixture
def empty(postgres: Server) -> Database:
    drop_database(postgres.url, "to_migrate")
    return Database(create_database(postgres.url, "to_migrate"))


def test_four_that_start_at_once_migrate_once(empty: Database) -> None:
    with ThreadPoolExecutor(4) as pool:
        for running in [pool.submit(upgrade, empty, MIGRATIONS) for _ in range(4)]:
            running.result()

    with empty.transaction() as db:
        assert is_current(db, MIGRATIONS)
        assert db.execute(sa.text("select count(*) from alembic_version")).scalar_one() == 1
    empty.close()


def test_an_empty_database_is_not_current(empty: Database) -> None:
    with empty.transaction() as db:
        assert not is_current(db, MIGRATIONS)
    empty.close()


def test_a_database_of_newer_code_is_refused_and_left_alone(empty: Database) -> None:
    upgrade(empty, MIGRATIONS)
    with empty.transaction() as db:
        db.execute(sa.text("update alembic_version set version_num = '9999'"))

    with pytest.raises(DatabaseNewer) as caught:
        upgrade(empty, MIGRATIONS)

    assert dict(caught.value.params) == {"found": "9999"}
    empty.close()
