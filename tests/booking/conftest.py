"""What tests of the ledger stand on."""

import pytest
from tests.park.plans import quiet_bus

from shulian.kit.bus import Bus
from shulian.kit.db import Db


@pytest.fixture
def bus(db: Db) -> Bus:
    return quiet_bus(db)
