"""What every request needs from its process, and how a handler gets it."""

from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from litestar import Request
from litestar.concurrency import sync_to_thread
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency, Provide

from shulian.kit.blobs import Blobs
from shulian.kit.bus import Bus, Reactions
from shulian.kit.clock import Clock
from shulian.kit.db import Database, Db
from shulian.kit.i18n import Catalogue, preferred
from shulian.kit.live import Hub
from shulian.kit.pages import Pages
from shulian.kit.text import Language

LANGUAGE_COOKIE = "lang"

AnyRequest = Request[Any, Any, Any]
AnyConnection = ASGIConnection[Any, Any, Any, Any]

RequestDb = NamedDependency[Db]
RequestBus = NamedDependency[Bus]
RequestNow = NamedDependency[datetime]
RequestLanguage = NamedDependency[Language]
"""What handlers write as the type of `db`, `bus`, `now` and `language`."""


@dataclass(frozen=True)
class Edge:
    """The parts of a web process that requests share."""

    database: Database
    reactions: Reactions
    clock: Clock
    catalogue: Catalogue
    pages: Pages
    blobs: Blobs
    hub: Hub
    demo: bool
    """Whether this is a demo, whose login page names its accounts."""
    channels: int
    """How many live channels it holds open at the most."""

    @contextmanager
    def transaction(self) -> Generator[tuple[Db, Bus]]:
        """A transaction and its bus, for the rare handler that does not ask for `db`."""
        with self.database.transaction() as db:
            yield db, Bus(db, self.reactions)


def edge_of(connection: AnyConnection) -> Edge:
    """The edge of the process that serves `connection`."""
    edge = connection.app.state["edge"]
    assert isinstance(edge, Edge)  # noqa: S101  # put there by the composition
    return edge


def language_of(connection: AnyConnection) -> Language:
    """The language a person asks for: in the query, else by cookie, else by their browser."""
    known = set(Language)
    for wish in (connection.query_params.get("lang"), connection.cookies.get(LANGUAGE_COOKIE)):
        if wish in known:
            return Language(wish)
    return preferred(connection.headers.get("accept-language", ""))


async def provide_db(request: AnyRequest) -> AsyncGenerator[Db]:
    """One transaction for the request: committed before the answer leaves, undone by any error."""
    transaction = edge_of(request).database.transaction()
    db = await sync_to_thread(transaction.__enter__)
    try:
        yield db
    except BaseException as error:
        await sync_to_thread(transaction.__exit__, type(error), error, error.__traceback__)
        raise
    else:
        await sync_to_thread(transaction.__exit__, None, None, None)


async def provide_bus(request: AnyRequest, db: RequestDb) -> Bus:
    """The bus of the request's transaction."""
    return Bus(db, edge_of(request).reactions)


async def provide_now(request: AnyRequest) -> datetime:
    """The instant at which the request is served."""
    return edge_of(request).clock()


async def provide_language(request: AnyRequest) -> Language:
    """The language to answer in."""
    return language_of(request)


DEPENDENCIES = {
    "db": Provide(provide_db),
    "bus": Provide(provide_bus),
    "now": Provide(provide_now),
    "language": Provide(provide_language),
}
"""What a handler may ask for by name; the composition adds `actor`."""
