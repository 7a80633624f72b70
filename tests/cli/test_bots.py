"""`shulian bots` against a real presence server: visitors who walk where people walk."""

import asyncio
import re
import threading
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from tests.cli.conftest import Shulian
from tests.cli.parks import definition
from tests.processes import DEADLINE
from tests.world.live.worlds import world_config

from shulian.cli.bots import Nowhere, ParkMissing, find_walks
from shulian.cli.installation import secret_of
from shulian.kit.clock import system_clock
from shulian.kit.db import Database
from shulian.world.live.process import World, WorldConfig


@dataclass(frozen=True)
class Opened:
    """A database with the small park of these tests."""

    database_url: str
    data: Path


@pytest.fixture
def opened(own_database_url: str, tmp_path: Path, shulian: Shulian) -> Opened:
    """Such a database, and the folder of its installation."""
    data = tmp_path / "data"
    files = definition(tmp_path / "riverside")
    said = shulian("park", "import", files, DATABASE_URL=own_database_url, SHULIAN_DATA=data)
    assert said.code == 0, said.err
    return Opened(own_database_url, data)


@pytest.fixture
def url(opened: Opened) -> Generator[str]:
    """The address of a presence server of that installation."""
    ready, stop = threading.Event(), threading.Event()
    found: list[str] = []
    config = world_config(opened.database_url, opened.data, secret=secret_of(opened.data))
    thread = threading.Thread(target=lambda: asyncio.run(_open(config, found, ready, stop)))
    thread.start()
    try:
        assert ready.wait(DEADLINE)
        yield found[0]
    finally:
        stop.set()
        thread.join(DEADLINE)


async def _open(
    config: WorldConfig, found: list[str], ready: threading.Event, stop: threading.Event
) -> None:
    async with World(config).running() as world:
        found.append(f"ws://127.0.0.1:{world.server.port}/world")
        ready.set()
        await asyncio.to_thread(stop.wait)


def test_bots_come_walk_and_go(opened: Opened, url: str, shulian: Shulian) -> None:
    said = shulian(
        *("bots", "--count", 5, "--seconds", 6, "--url", url),
        DATABASE_URL=opened.database_url,
        SHULIAN_DATA=opened.data,
    )

    assert (said.code, said.err) == (0, "")
    (line,) = re.findall(r"let in (\d+) times, put back (\d+) times", said.out)
    assert line == ("5", "0")


def test_a_world_that_is_not_there_is_named(opened: Opened, shulian: Shulian) -> None:
    said = shulian(
        *("bots", "--count", 1, "--url", "ws://127.0.0.1:9/world", "--patience", 1),
        DATABASE_URL=opened.database_url,
        SHULIAN_DATA=opened.data,
    )

    assert (said.code, "ws://127.0.0.1:9/world" in said.err) == (1, True)


def test_without_a_park_there_is_nowhere_to_walk(own_database_url: str) -> None:
    with closing(Database(own_database_url)) as database, database.transaction() as db:
        rng = np.random.default_rng(1)
        with pytest.raises(ParkMissing):
            find_walks(db, None, None, now=system_clock(), rng=rng)


def test_they_stay_around_the_space_that_was_named(opened: Opened) -> None:
    with closing(Database(opened.database_url)) as database, database.transaction() as db:
        rng = np.random.default_rng(1)
        found = find_walks(db, None, "plaza", now=system_clock(), rng=rng)

    assert {one.space for one in found.sights} == {"plaza"}
    assert {abs(east) <= 20 for one in found.sights for east in (one.down.goal[0],)} == {True}


def test_upstairs_there_is_nowhere_to_walk(opened: Opened) -> None:
    with closing(Database(opened.database_url)) as database, database.transaction() as db:
        rng = np.random.default_rng(1)
        with pytest.raises(Nowhere):
            find_walks(db, None, "b08", now=system_clock(), rng=rng)
