"""What tests of the organizers' desk stand on."""

from collections.abc import Generator
from pathlib import Path

import pytest
from tests.congress.desk_sites import DeskSite, opened

from shulian.kit.postgres.databases import create_database
from shulian.kit.postgres.server import Server


@pytest.fixture
def desk(own_database_url: str, built: Path, tmp_path: Path) -> Generator[DeskSite]:
    """An application of the test's own, with a congress in it."""
    with opened(own_database_url, built, tmp_path) as site:
        yield site


@pytest.fixture(scope="session")
def still_desk(
    postgres: Server, migrated: str, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[DeskSite]:
    """The same, for tests that change nothing of the draft."""
    url = create_database(postgres.url, "still_desk", template=migrated)
    with opened(url, built, tmp_path_factory.mktemp("still_desk")) as site:
        yield site
