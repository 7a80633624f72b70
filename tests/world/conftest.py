"""What tests of the shared world stand on: the small park, and people who come into it."""

import pytest
from tests.park.plans import imported, quiet_bus

from shulian.kit.bus import Bus
from shulian.kit.db import Db


@pytest.fixture
def bus(db: Db) -> Bus:
    return quiet_bus(db)


@pytest.fixture
def park(db: Db) -> Db:
    """A database with the small park in it."""
    imported(db)
    return db
