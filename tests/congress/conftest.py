"""What tests of congresses stand on."""

from collections.abc import Generator
from pathlib import Path

import pytest
from tests.congress.gatherings import Gathering, gather
from tests.congress.visits import Visit, visited

from shulian.kit.db import Db
from shulian.kit.postgres.databases import create_database
from shulian.kit.postgres.server import Server


@pytest.fixture
def gathering(db: Db) -> Gathering:
    """A congress with a draft."""
    return gather(db)


@pytest.fixture
def visit(own_database_url: str, tmp_path: Path) -> Generator[Visit]:
    """The pages of a congress whose draft was never public, of the test's own."""
    with visited(own_database_url, tmp_path) as visit:
        yield visit


@pytest.fixture(scope="session")
def still_visit(
    postgres: Server, migrated: str, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Visit]:
    """The pages of a congress that is public, for tests that change nothing in its database."""
    url = create_database(postgres.url, "still_visit", template=migrated)
    with visited(url, tmp_path_factory.mktemp("still_visit")) as visit:
        visit.release("v1")
        yield visit


@pytest.fixture(scope="session")
def still_draft(
    postgres: Server, migrated: str, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Visit]:
    """The same of one that never was."""
    url = create_database(postgres.url, "still_draft", template=migrated)
    with visited(url, tmp_path_factory.mktemp("still_draft")) as visit:
        yield visit
