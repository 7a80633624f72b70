"""What Shulian asks of a PostgreSQL that it did not bring along."""

import psycopg
from psycopg import Connection, errors, sql
from psycopg.conninfo import conninfo_to_dict

from shulian.kit.postgres.address import for_libpq
from shulian.kit.postgres.errors import (
    AddressWrong,
    EncodingWrong,
    ExtensionMissing,
    ExtensionRefused,
    SearchBlind,
    TooOld,
    Unreachable,
)

OLDEST = 15
"""The oldest major version."""
EXTENSIONS = ("btree_gist", "pg_trgm", "vector")
"""What must be there, or be ours to install."""

_PATIENCE = 10
"""[s] for a connection."""
_PROBE = "园区"
_HOME_OF_TRIGRAMS = """
    select nspname from pg_extension join pg_namespace on pg_namespace.oid = extnamespace
    where extname = 'pg_trgm'
"""


def check(url: str) -> None:
    """Raise the first of the PostgresFailures that keep Shulian from using the database at `url`.

    Extensions are really installed to see that they can be, and that the search sees Chinese with
    them; then all of it is undone.
    """
    address = for_libpq(url)
    try:
        conninfo_to_dict(address)
    except psycopg.ProgrammingError as error:
        raise AddressWrong(reason=_line(error)) from error
    try:
        with psycopg.connect(address, connect_timeout=_PATIENCE) as db:
            check_version(db.info.server_version)
            check_encoding(db.info.parameter_status("server_encoding") or "")
            with db.transaction(force_rollback=True):
                for name in EXTENSIONS:
                    _install(db, name)
                _search(db)
    except psycopg.Error as error:
        raise Unreachable(reason=_line(error)) from error


def check_version(number: int) -> None:
    """Raise TooOld for a server of another age; `number` is as in `server_version_num`."""
    if number < OLDEST * 10_000:
        raise TooOld(found=f"{number // 10_000}.{number % 10_000}", needed=OLDEST)


def check_encoding(encoding: str) -> None:
    """Raise EncodingWrong for a database that does not hold every character."""
    if encoding != "UTF8":
        raise EncodingWrong(encoding=encoding)


def _install(db: Connection, name: str) -> None:
    statement = sql.SQL("create extension if not exists {}").format(sql.Identifier(name))
    try:
        with db.transaction():
            db.execute(statement)
    except errors.UniqueViolation:
        return  # another Shulian installs it this moment
    except errors.InsufficientPrivilege as error:
        raise ExtensionRefused(name=name) from error
    except (errors.FeatureNotSupported, errors.UndefinedFile) as error:
        raise ExtensionMissing(name=name) from error


def _search(db: Connection) -> None:
    for (schema,) in db.execute(_HOME_OF_TRIGRAMS).fetchall():
        probe = sql.SQL("select cardinality({}(%s))").format(sql.Identifier(schema, "show_trgm"))
        if db.execute(probe, [_PROBE]).fetchone() == (0,):
            raise SearchBlind


def _line(error: Exception) -> str:
    return " ".join(str(error).split())
