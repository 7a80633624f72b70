"""What tests of the organizers' desk stand on."""

from collections.abc import Generator
from pathlib import Path

import pytest
from tests.congress.desk_sites import DeskSite, opened


@pytest.fixture
def desk(own_database_url: str, built: Path, tmp_path: Path) -> Generator[DeskSite]:
    """An application of the test's own, with a congress in it."""
    with opened(own_database_url, built, tmp_path) as site:
        yield site
