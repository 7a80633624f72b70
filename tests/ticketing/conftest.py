"""What tests of ticketing stand on."""

import pytest
from tests.park.plans import imported
from tests.ticketing.houses import House, open_house, theatre

from shulian.kit.db import Db


@pytest.fixture
def house(db: Db) -> House:
    """An occasion on sale."""
    imported(db, theatre())
    return open_house(db)
