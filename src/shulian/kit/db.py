"""The database: one engine a process, one transaction a request or task."""

from collections.abc import Generator
from contextlib import contextmanager
from time import monotonic

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

Db = Connection
"""What domain code takes to reach the database. It never commits: the edge does."""

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""Every table of every feature; one pattern names constraints so that migrations find them."""


def driver_url(url: str) -> str:
    """`url` with the driver spelled out, whichever way PostgreSQL was written in it."""
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


class Database:
    """The process's connections to one PostgreSQL."""

    def __init__(self, url: str, *, pool: int = 16) -> None:
        """Open nothing yet: the first transaction does."""
        self.url = driver_url(url)
        self.connections = pool
        self.engine = sa.create_engine(self.url, pool_size=pool, max_overflow=0, pool_timeout=10)
        _try_stale_ones(self.engine)

    @contextmanager
    def transaction(self) -> Generator[Db]:
        """A connection whose work is kept if the block ends well, and undone if it raises."""
        with self.engine.begin() as db:
            yield db

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @property
    def dsn(self) -> str:
        """The URL as libpq and psycopg read it."""
        url = sa.make_url(self.url).set(drivername="postgresql")
        return url.render_as_string(hide_password=False)


_FRESH = 1.0
"""[s] of rest after which a connection is tried before it is used."""


def _try_stale_ones(engine: Engine) -> None:
    """Have a connection tried that was at rest for long: its database may have gone meanwhile.

    Under load none is, and trying it each time would cost every transaction one more way there
    and back.
    """

    def rest(_connection: object, entry: ConnectionPoolEntry) -> None:
        entry.info["since"] = monotonic()

    def use(connection: object, entry: ConnectionPoolEntry, _used: PoolProxiedConnection) -> None:
        if monotonic() - entry.info.get("since", monotonic()) < _FRESH:
            return
        try:
            engine.dialect.do_ping(connection)  # pyright: ignore[reportArgumentType]  # the pool's own
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error  # the pool opens another one

    event.listen(engine, "checkin", rest)
    event.listen(engine, "checkout", use)
