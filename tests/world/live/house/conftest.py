"""A house for every test."""

from collections.abc import Generator
from pathlib import Path

import pytest
from tests.world.live.house.houses import Build, House, building


@pytest.fixture
def build(own_database_url: str, tmp_path: Path) -> Generator[Build]:
    with building(own_database_url, tmp_path) as build:
        yield build


@pytest.fixture
def house(build: Build) -> House:
    return build()
