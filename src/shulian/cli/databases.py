"""A database as commands find it: fit for Shulian, at this version, and gone without a riddle."""

from collections.abc import Generator
from contextlib import closing, contextmanager

import psycopg
from sqlalchemy.exc import OperationalError

from shulian.app.features import MIGRATIONS
from shulian.kit.db import Database
from shulian.kit.errors import Unavailable
from shulian.kit.migrate import upgrade
from shulian.kit.postgres.requirements import check


class DatabaseUnnamed(Unavailable):
    """DATABASE_URL is empty, and the command brings no database along."""

    code = "cli.database_unnamed"


class DatabaseLost(Unavailable):
    """The database broke off, for `reason`; what was not committed is undone."""

    code = "cli.database_lost"


@contextmanager
def opened(url: str, *, pool: int) -> Generator[Database]:
    """The database at `url`, migrated; raises a PostgresFailure, DatabaseNewer or DatabaseLost."""
    if not url:
        raise DatabaseUnnamed
    check(url)
    with closing(Database(url, pool=pool)) as database:
        try:
            upgrade(database, MIGRATIONS)
            yield database
        except (OperationalError, psycopg.OperationalError) as error:
            told = error.orig if isinstance(error, OperationalError) else error
            raise DatabaseLost(reason=" ".join(str(told).split())) from error
