"""What every request needs from its process, and how a handler gets it."""

from asyncio import Semaphore
from collections.abc import AsyncGenerator, Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
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


Opening = Callable[[AnyRequest, Db], None]
"""What a request's transaction begins with."""

_OTHERS = 2
"""Connections for guards, live channels and probes."""
_THREADS_OF_OTHERS = 32
"""Of what has no transaction of a request: it reads files, or waits for a connection."""


def _nothing(_request: AnyRequest, _db: Db) -> None:
    """Begin with nothing."""


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
    opening: Opening = _nothing
    """Done in the thread that opens a transaction: each way into a thread and back costs."""
    turns: Semaphore = field(init=False)
    """Of requests that have a transaction: the others wait for one in order, and in no thread.

    In threads they would keep those that do have one from ending it.
    """

    def __post_init__(self) -> None:
        """Leave some connections to what opens and ends a transaction in one thread."""
        turns = Semaphore(max(1, self.database.connections - _OTHERS))
        object.__setattr__(self, "turns", turns)

    def threads(self) -> ThreadPoolExecutor:
        """What handlers run in: a thread for every transaction that may be open, and some more.

        Whoever is waited for, by a row that others want, must find one to go on in; were there
        fewer threads than transactions, those who wait could have them all.
        """
        most = self.database.connections + _THREADS_OF_OTHERS
        return ThreadPoolExecutor(most, thread_name_prefix="handler")

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
    edge = edge_of(request)
    async with edge.turns:
        transaction = edge.database.transaction()
        db = await sync_to_thread(_open, transaction, request)
        try:
            yield db
        except BaseException as error:
            await sync_to_thread(transaction.__exit__, type(error), error, error.__traceback__)
            raise
        else:
            await sync_to_thread(transaction.__exit__, None, None, None)


def _open(transaction: AbstractContextManager[Db], request: AnyRequest) -> Db:
    db = transaction.__enter__()
    try:
        edge_of(request).opening(request, db)
    except BaseException as error:
        transaction.__exit__(type(error), error, error.__traceback__)
        raise
    return db


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
