"""Whether the process lives, and whether it can serve."""

from litestar import get
from litestar.concurrency import sync_to_thread

from shulian.app.features import MIGRATIONS
from shulian.kit.db import Database
from shulian.kit.errors import Unavailable
from shulian.kit.http.edge import AnyRequest, edge_of
from shulian.kit.migrate import is_current


class DatabaseAway(Unavailable):
    """The database does not answer."""

    code = "app.database_away"


class DatabaseBehind(Unavailable):
    """The database is not at the version of this code."""

    code = "app.database_behind"


@get("/healthz", include_in_schema=False, opt={"quiet": True})
async def healthz() -> dict[str, str]:
    """The process lives."""
    return {"status": "ok"}


@get("/readyz", include_in_schema=False, opt={"quiet": True})
async def readyz(request: AnyRequest) -> dict[str, str]:
    """The process can serve: the database answers and has this code's version."""
    if not await sync_to_thread(_is_current, edge_of(request).database):
        raise DatabaseBehind
    return {"status": "ok"}


def _is_current(database: Database) -> bool:
    try:
        with database.transaction() as db:
            return is_current(db, MIGRATIONS)
    except Exception as error:
        raise DatabaseAway from error
