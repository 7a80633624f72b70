"""Migrations: the database is brought to the code's version at start, by one process at a time."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from shulian.kit.db import Database, Db
from shulian.kit.errors import Unavailable

_LOCK = 0x5348554C49414E
"""Key of the advisory lock that lets one process migrate while the others wait ("SHULIAN")."""


class DatabaseNewer(Unavailable):
    """The database is at version `found`, which only newer code knows."""

    code = "kit.database_newer"


def upgrade(database: Database, scripts: Path) -> None:
    """Bring `database` to the newest version of the migrations in `scripts`."""
    with database.engine.connect() as connection:
        connection.execute(sa.text("select pg_advisory_lock(:key)"), {"key": _LOCK})
        connection.commit()
        try:
            _upgrade(connection, scripts)
        finally:
            connection.rollback()
            connection.execute(sa.text("select pg_advisory_unlock(:key)"), {"key": _LOCK})
            connection.commit()


def is_current(db: Db, scripts: Path) -> bool:
    """Whether the database is at the newest version of `scripts`."""
    return _version(db) == ScriptDirectory(str(scripts)).get_current_head()


def _upgrade(connection: Db, scripts: Path) -> None:
    directory = ScriptDirectory(str(scripts))
    found = _version(connection)
    if found == directory.get_current_head():
        return
    if found is not None and found not in {step.revision for step in directory.walk_revisions()}:
        raise DatabaseNewer(found=found)
    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.attributes["connection"] = connection
    connection.commit()
    command.upgrade(config, "head")
    connection.commit()


def _version(connection: Db) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
