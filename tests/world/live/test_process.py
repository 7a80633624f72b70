"""The presence server as a whole: real sockets, a real database, a process that dies."""

import asyncio
import signal
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from tests.commands import free_port
from tests.park.plans import imported, quiet_bus
from tests.world.live.worlds import connected, process, ticket, world_config
from tests.world.visitors import HALL, PARK

from shulian.app.grants import GRANTS
from shulian.identity import api as identity
from shulian.kit.clock import system_clock
from shulian.kit.db import Database
from shulian.world import api
from shulian.world.live.process import World, WorldConfig
from shulian.world.types import Measure, Scope, VisitorKey
from shulian.world.wire.messages import Ended, Met, Order, Said, Say, Welcome


@pytest.fixture
def config(own_database_url: str, tmp_path: Path) -> WorldConfig:
    with closing(Database(own_database_url)) as database, database.transaction() as db:
        imported(db)
    return world_config(own_database_url, tmp_path)


def test_two_people_meet_and_talk(config: WorldConfig) -> None:
    async def talk() -> tuple[str, str]:
        async with (
            World(config).running() as world,
            connected(world.server.port, ticket=ticket("ann")) as ann,
            connected(world.server.port, ticket=ticket("ben")) as ben,
        ):
            await ann.hear(Welcome)
            await ben.hear(Welcome)
            (met,) = (await ben.hear(Met)).people
            await ann.ask(Say(key="1", scope=Scope.ZONE, text="你好"))
            return met.name, (await ben.hear(Said)).message.text

    assert asyncio.run(talk()) == ("Ann", "你好")


def test_a_ban_from_the_pages_takes_effect_at_once(config: WorldConfig) -> None:
    async def banned() -> tuple[Measure, str]:
        async with (
            World(config).running() as world,
            connected(world.server.port, ticket=ticket("ann")) as ann,
        ):
            await ann.hear(Welcome)
            await asyncio.to_thread(_ban, config.database_url)
            return (await ann.hear(Order)).measure, (await ann.hear(Ended)).code

    assert asyncio.run(banned()) == (Measure.BAN, "world.banned")


def test_a_world_that_stops_says_so_and_keeps_places(config: WorldConfig) -> None:
    async def stopped() -> tuple[str, bool, bool]:
        first = World(config).running()
        world = await first.__aenter__()
        async with connected(world.server.port, ticket=ticket("ann")) as ann:
            session = (await ann.hear(Welcome)).session
            _, ended = await asyncio.gather(first.__aexit__(None, None, None), ann.hear(Ended))
        async with (
            World(config).running() as world,
            connected(world.server.port, resume=session, last="0") as ann,
        ):
            return ended.code, ended.again, (await ann.hear(Welcome)).resumed

    assert asyncio.run(stopped()) == ("world.stopping", True, True)


def test_people_outlive_a_killed_process_and_what_was_kept_is_there(config: WorldConfig) -> None:
    config = replace(config, port=int(free_port()))

    async def before() -> Welcome:
        async with connected(config.port, ticket=ticket("ann")) as ann:
            welcome = await ann.hear(Welcome)
            await ann.ask(Say(key="1", scope=Scope.ZONE, text="kept"))
            await ann.hear(Said)
            running.send(signal.SIGKILL)
            running.end()
            return welcome

    async def after(session: str) -> Welcome:
        async with connected(config.port, resume=session, last="0") as ann:
            return await ann.hear(Welcome)

    with process(config) as running:
        first = asyncio.run(before())
    with process(config):
        second = asyncio.run(after(first.session))
    assert [one.text for one in second.messages] == ["kept"]
    assert (second.resumed, second.you, second.stand) == (True, first.you, first.stand)


def test_a_process_ends_at_a_signal(config: WorldConfig) -> None:
    with process(config) as running:
        running.send(signal.SIGTERM)

        assert running.end() == 0


def _ban(url: str) -> None:
    with closing(Database(url)) as database, database.transaction() as db:
        api.moderate(
            db,
            quiet_bus(db),
            identity.command_actor(GRANTS),
            PARK,
            HALL,
            measure=Measure.BAN,
            visitor=VisitorKey("g-ann"),
            now=system_clock(),
        )
