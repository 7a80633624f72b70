"""The whole web application on a database with the small park in it, and an operator's token."""

from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from tests.identity.accounts import administrator
from tests.park.plans import LATER, NOW, imported

from shulian.app.main import create_app
from shulian.identity import api as identity
from shulian.kit.blobs import FolderBlobs
from shulian.kit.db import Database
from shulian.kit.postgres.databases import create_database
from shulian.kit.postgres.server import Server
from shulian.park.types import PERMISSIONS
from shulian.settings import read_settings


@dataclass(frozen=True)
class Site:
    """A running application, from outside and from behind."""

    client: TestClient[Any]
    database: Database
    blobs: FolderBlobs
    operator: dict[str, str]
    """The headers by which an operator's program says who it is."""


@contextmanager
def serving(database_url: str, folder: Path) -> Generator[Site]:
    """The application on a migrated, empty database, which it fills with the small park."""
    with closing(Database(database_url)) as database:
        with database.transaction() as db:
            imported(db)
            boss = administrator(db)
            _, token = identity.create_token(
                db, boss, name="test", scopes=PERMISSIONS, days=1, now=NOW
            )
        settings = read_settings({"DATABASE_URL": database_url, "SHULIAN_CLIENT": str(folder)})
        app = create_app(settings, data=folder, secret="s" * 32, clock=lambda: LATER)
        operator = {"authorization": f"Bearer {token}"}
        with TestClient(app) as client:
            yield Site(client, database, FolderBlobs(folder / "blobs"), operator)


@pytest.fixture
def site(own_database_url: str, tmp_path: Path) -> Generator[Site]:
    """An application of the test's own."""
    with serving(own_database_url, tmp_path) as site:
        yield site


@pytest.fixture(scope="session")
def still(
    postgres: Server, migrated: str, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Site]:
    """An application for all tests that change nothing in its database."""
    url = create_database(postgres.url, "still_park", template=migrated)
    with serving(url, tmp_path_factory.mktemp("still")) as site:
        yield site
