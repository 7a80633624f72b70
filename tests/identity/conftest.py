"""What tests of identity stand on: a bus, transactions, and its own HTTP in one process."""

from collections.abc import Callable, Generator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
from litestar import Litestar, Router
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.middleware import DefineMiddleware
from tests.identity.accounts import Ticker, savepoints
from tests.identity.browser import Browser, Process, placed

from shulian.app import features
from shulian.app.grants import GRANTS
from shulian.identity.routes import (
    PROBLEMS,
    ROUTES,
    find_who_asks,
    provide_actor,
    refuse_wrong_token,
)
from shulian.kit.blobs import FolderBlobs
from shulian.kit.bus import Bus, Reactions, Transactions
from shulian.kit.db import Database, Db
from shulian.kit.http.edge import DEPENDENCIES, Edge
from shulian.kit.http.guards import ForgeryGuard
from shulian.kit.http.problems import HANDLERS  # pyright: ignore[reportUnknownVariableType]
from shulian.kit.i18n import Catalogue
from shulian.kit.live import Hub

Browse = Callable[..., Browser]


@pytest.fixture
def bus(db: Db) -> Bus:
    """The bus of the test's transaction."""
    return Bus(db, Reactions())


@pytest.fixture
def transactions(db: Db) -> Transactions:
    """Transactions inside the test's own."""
    return savepoints(db)


@pytest.fixture
def own_database(own_database_url: str) -> Generator[Database]:
    """A database of the test's own, which requests commit to."""
    with closing(Database(own_database_url)) as database:
        yield database


@pytest.fixture
def ticker() -> Ticker:
    """The clock of the process that serves the browsers."""
    return Ticker()


@pytest.fixture
def rehearsal(db: Db) -> Database:
    """The database that browsers reach: what is committed to it is undone after the test."""
    return Rehearsal(db)


@pytest.fixture(scope="session")
def processes() -> Generator[dict[bool, Process]]:
    """The process of a demo, and that of any other installation; each test gives them an edge."""
    with ExitStack() as stack:
        yield {
            demo: stack.enter_context(Process(_application(), raise_server_exceptions=False))
            for demo in (True, False)
        }


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The words of every feature."""
    return features.catalogue()


@pytest.fixture
def browse(
    rehearsal: Database,
    ticker: Ticker,
    processes: dict[bool, Process],
    catalogue: Catalogue,
    tmp_path: Path,
) -> Browse:
    """Opens browsers on a process that serves identity: `browse(demo=…, https=…, address=…)`."""
    for demo, process in processes.items():
        process.app.state["edge"] = edge(rehearsal, ticker, catalogue, tmp_path, demo=demo)

    def opened(*, demo: bool = False, https: bool = False, address: str = "192.0.2.1") -> Browser:
        return Browser(processes[demo], scheme="https" if https else "http", address=address)

    return opened


@pytest.fixture
def browser(browse: Browse) -> Browser:
    """One browser of a guest."""
    return browse()


class Rehearsal(Database):
    """A database whose transactions are savepoints of one connection: one request at a time."""

    def __init__(self, db: Db) -> None:
        super().__init__("postgresql://nowhere/")
        self._db = db

    @contextmanager
    def transaction(self) -> Generator[Db]:
        with self._db.begin_nested():
            yield self._db


def edge(
    database: Database, clock: Ticker, words: Catalogue, folder: Path, *, demo: bool = False
) -> Edge:
    """The edge of a process on `database`."""
    return Edge(
        database=database,
        reactions=Reactions(),
        clock=clock,
        catalogue=words,
        pages=features.pages(words, folder),
        blobs=FolderBlobs(folder),
        hub=Hub(database.dsn),
        demo=demo,
        channels=1,
        opening=find_who_asks,
    )


def _application() -> Litestar:
    return Litestar(
        [Router("/", route_handlers=ROUTES)],
        dependencies={**DEPENDENCIES, "actor": Provide(provide_actor)},
        exception_handlers={**HANDLERS, **PROBLEMS},
        guards=[refuse_wrong_token],
        middleware=[
            placed,
            DefineMiddleware(
                ForgeryGuard,
                config=CSRFConfig(secret="s" * 32, cookie_httponly=True, cookie_name="csrf"),
            ),
        ],
        state=State({"grants": GRANTS}),
        openapi_config=None,
        logging_config=None,
    )
