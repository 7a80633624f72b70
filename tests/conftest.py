"""What tests stand on: a real database, cheap to have, and the shared data where it is."""

import json
import logging
import tempfile
from collections.abc import Generator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import exists, inspect, select, table

from shulian.app.features import MIGRATIONS
from shulian.kit.db import Database, Db
from shulian.kit.migrate import upgrade
from shulian.kit.postgres.databases import create_database, drop_database
from shulian.kit.postgres.server import Server

ROOT = Path(__file__).parents[1]
SCRIPT = "export const park = '数链';\n" * 200
"""What a built client holds in tests."""
_TEMPLATE = "template_shulian"
_BROWSER = "browser"
_numbers = count(1)

logging.raiseExceptions = False
"""An application that outlives its test goes on to log, where no output is open any more."""

settings.register_profile("ci", max_examples=30, deadline=None, derandomize=True, print_blob=True)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile("ci")
"""The same examples in every run; `pytest --hypothesis-profile thorough` looks for new ones."""


def pytest_itemcollected(item: pytest.Item) -> None:
    """Where tests run in several processes, those of a file stay together.

    All that needs the browser is in one process: it shares one browser and one demo park.
    """
    if item.get_closest_marker("xdist_group") is None:
        place = item.path.relative_to(ROOT / "tests")
        item.add_marker(pytest.mark.xdist_group(_BROWSER if _in_browser(item) else str(place)))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first: no process waits for them in the end."""
    items.sort(key=lambda item: not _in_browser(item))


def _in_browser(item: pytest.Item) -> bool:
    return item.path.is_relative_to(ROOT / "tests" / "e2e")


@pytest.fixture(scope="session")
def postgres() -> Generator[Server]:
    """A server of this process's own; what is in it is lost with the machine, for speed."""
    with (
        tempfile.TemporaryDirectory(prefix="shulian-tests-") as folder,
        Server.running(Path(folder), durable=False) as server,
    ):
        yield server


@pytest.fixture(scope="session")
def migrated(postgres: Server) -> str:
    """The name of a migrated, empty database to copy."""
    with closing(Database(create_database(postgres.url, _TEMPLATE))) as database:
        upgrade(database, MIGRATIONS)
    return _TEMPLATE


@pytest.fixture(scope="session")
def database_url(postgres: Server, migrated: str) -> Generator[str]:
    """A migrated database for the tests of this process, all of which leave it as it was."""
    url = create_database(postgres.url, "shared_by_tests", template=migrated)
    before = _filled(url)
    yield url
    assert _filled(url) == before, "a test left rows in the database that all tests share"


def _filled(url: str) -> list[str]:
    """The tables that hold anything."""
    with closing(Database(url)) as database, database.transaction() as db:
        tables = inspect(db).get_table_names()
        return [name for name in tables if db.scalar(select(exists().select_from(table(name))))]


@pytest.fixture
def own_database_url(postgres: Server, migrated: str) -> Generator[str]:
    """A migrated database for one test, which may commit to it."""
    name = f"own_{next(_numbers)}"
    yield create_database(postgres.url, name, template=migrated)
    drop_database(postgres.url, name)


@pytest.fixture(scope="session")
def database(database_url: str) -> Generator[Database]:
    """Connections to the shared database."""
    with closing(Database(database_url)) as database:
        yield database


@pytest.fixture
def db(database: Database) -> Generator[Db]:
    """A connection in a transaction that is undone after the test."""
    with database.engine.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real data beside the repository, for tests of real size."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no ../shared/data: real data is not here")
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the client's build leaves it: two entries, a style, the manifest."""
    folder = tmp_path_factory.mktemp("client")
    (folder / ".vite").mkdir()
    (folder / "assets").mkdir()
    (folder / "assets" / "pages-1a2b3c.js").write_text(SCRIPT)
    (folder / "assets" / "worker-7a8b9c.js").write_text(SCRIPT)
    (folder / "assets" / "pages-4d5e6f.css").write_text("body { color: black }")
    manifest = {
        "src/pages/pages.ts": {
            "file": "assets/pages-1a2b3c.js",
            "css": ["assets/pages-4d5e6f.css"],
        },
        "src/ticketing/worker.ts": {"file": "assets/worker-7a8b9c.js"},
    }
    (folder / ".vite" / "manifest.json").write_text(json.dumps(manifest))
    return folder
