"""What tests of identity stand on: a bus, transactions, and its own HTTP in one process."""

from collections.abc import Callable, Generator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.middleware import DefineMiddleware
from tests.identity.accounts import Ticker, savepoints
from tests.identity.browser import Browser

from shulian.app import features
from shulian.app.grants import GRANTS
from shulian.identity.routes import PROBLEMS, ROUTES, provide_actor, refuse_wrong_token
from shulian.kit.blobs import FolderBlobs
from shulian.kit.bus import Bus, Reactions, Transactions
from shulian.kit.db import Database, Db
from shulian.kit.http.edge import DEPENDENCIES, Edge
from shulian.kit.http.guards import ForgeryGuard
from shulian.kit.http.problems import HANDLERS
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
def browse(own_database: Database, ticker: Ticker, tmp_path: Path) -> Generator[Browse]:
    """Opens browsers on one process that serves identity: `browse(demo=…, https=…, address=…)`."""
    with ExitStack() as stack:

        def opened(*, demo: bool = False, https: bool = False, address: str = "") -> Browser:
            app = _application(own_database, ticker, tmp_path, demo=demo)
            scheme = "https" if https else "http"
            browser = Browser(app, scheme=scheme, address=address or "192.0.2.1")
            return stack.enter_context(browser)

        yield opened


@pytest.fixture
def browser(browse: Browse) -> Browser:
    """One browser of a guest."""
    return browse()


def _application(database: Database, clock: Ticker, folder: Path, *, demo: bool) -> Litestar:
    words = features.catalogue()
    edge = Edge(
        database=database,
        reactions=Reactions(),
        clock=clock,
        catalogue=words,
        pages=features.pages(words, folder),
        blobs=FolderBlobs(folder),
        hub=Hub(database.dsn),
        demo=demo,
    )
    return Litestar(
        list(ROUTES),
        dependencies={**DEPENDENCIES, "actor": Provide(provide_actor)},
        exception_handlers={**HANDLERS, **PROBLEMS},
        guards=[refuse_wrong_token],
        middleware=[
            DefineMiddleware(
                ForgeryGuard,
                config=CSRFConfig(secret="s" * 32, cookie_httponly=True, cookie_name="csrf"),
            )
        ],
        state=State({"edge": edge, "grants": GRANTS}),
        openapi_config=None,
        logging_config=None,
    )
