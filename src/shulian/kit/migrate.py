"""Migrations: the database is brought to the code's version at start, by one process at a time.

Alembic is loaded by who has something to bring: it takes memory and time, and at most starts there
is nothing to be done.
"""

import re
from pathlib import Path

import sqlalchemy as sa

from shulian.kit.db import Database, Db
from shulian.kit.errors import Unavailable

_REVISION = re.compile(r'^(down_)?revision = "(\w+)"$', re.MULTILINE)
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
    return _version(db) == _newest(_revisions(scripts))


def _upgrade(connection: Db, scripts: Path) -> None:
    revisions = _revisions(scripts)
    found = _version(connection)
    if found == _newest(revisions):
        return
    if found is not None and found not in revisions:
        raise DatabaseNewer(found=found)
    from alembic import command  # noqa: PLC0415  # as the module says
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.attributes["connection"] = connection
    connection.commit()
    command.upgrade(config, "head")
    connection.commit()


def _revisions(scripts: Path) -> dict[str, str | None]:
    """The versions that `scripts` make, each with the one before it; read, not run."""
    found: dict[str, str | None] = {}
    for path in sorted((scripts / "versions").glob("*.py")):
        told = dict(_REVISION.findall(path.read_text(encoding="utf-8")))
        found[told[""]] = told.get("down_")
    return found


def _newest(revisions: dict[str, str | None]) -> str | None:
    """The version from which none goes on."""
    return next((one for one in revisions if one not in revisions.values()), None)


def _version(connection: Db) -> str | None:
    """The version that the database is at; none: nobody ever migrated it."""
    if connection.scalar(sa.text("select to_regclass('alembic_version')")) is None:
        return None
    version: str | None = connection.scalar(sa.text("select version_num from alembic_version"))
    return version
