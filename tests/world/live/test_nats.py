"""Worlds that are linked by a real NATS."""

import asyncio
import subprocess
import sys
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from shutil import which

import pytest
from tests.commands import free_port
from tests.park.plans import imported
from tests.processes import wait_until
from tests.world.live.worlds import (
    EAST,
    PATIENCE,
    WEST,
    connected,
    process,
    ticket,
    two_sites,
    world_config,
)

from shulian.kit.db import Database
from shulian.world.live.nats import NatsLink, subject_of
from shulian.world.rules.shards import shards_of
from shulian.world.rules.zoning import zones_of
from shulian.world.types import Scope, Stand
from shulian.world.wire.messages import Met, Moved, Said, Say, Welcome


@contextmanager
def nats(port: int, folder: Path) -> Generator[str]:
    """A NATS of the test's own."""
    log = folder / "nats.log"
    program = which("nats-server", path=str(Path(sys.executable).parent))
    assert program is not None
    command = [program, "--addr", "127.0.0.1", "--port", str(port), "--log", str(log)]
    with subprocess.Popen(command) as running:
        try:
            wait_until(lambda: log.exists() and "Server is ready" in log.read_text())
            yield f"nats://127.0.0.1:{port}"
        finally:
            running.kill()
            running.wait()
            log.unlink()


@pytest.fixture
def url(tmp_path: Path) -> Generator[str]:
    with nats(int(free_port()), tmp_path) as url:
        yield url


def test_what_one_says_the_others_hear_and_oneself_does_not(url: str) -> None:
    async def say() -> tuple[list[bytes], list[bytes]]:
        heard: tuple[list[bytes], list[bytes]] = ([], [])
        came = asyncio.Event()
        ends = [NatsLink(url, subject_of("one")) for _ in range(2)]
        stranger = NatsLink(url, subject_of("another"))

        def hear(data: bytes) -> None:
            heard[1].append(data)
            if data == b"last":
                came.set()

        await ends[0].open(heard[0].append)
        await ends[1].open(hear)
        await stranger.open(heard[0].append)
        for end in (*ends, stranger):
            await asyncio.wait_for(end.connected.wait(), PATIENCE)
        for data in (b"first", b"last"):
            ends[0].publish(data)
        await asyncio.wait_for(came.wait(), PATIENCE)
        for end in (*ends, stranger):
            await end.close()
        return heard

    assert asyncio.run(say()) == ([], [b"first", b"last"])


def test_the_others_can_be_heard_once_nats_has_said_that_it_knows_of_us() -> None:
    order: list[str] = []
    link = NatsLink("", "")

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b'INFO {"max_payload":1048576,"headers":true}\r\n')
        while line := await reader.readline():
            word = line.decode().split(maxsplit=1)[0]
            order.append(f"{word} {'connected' if link.connected.is_set() else ''}".strip())
            if word == "PING":
                writer.write(b"PONG\r\n")
        writer.close()

    async def meet() -> None:
        nonlocal link
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        link = NatsLink(f"nats://127.0.0.1:{port}", subject_of("one"))
        await link.open(lambda _data: None)
        await asyncio.wait_for(link.connected.wait(), PATIENCE)
        await link.close()
        server.close()

    asyncio.run(meet())

    assert order[:2] == ["CONNECT", "PING"]
    assert order[order.index("SUB") + 1 :][:1] == ["PING"]


def test_a_link_waits_for_nats_to_come_and_to_come_back(tmp_path: Path) -> None:
    port = int(free_port())

    async def wait() -> int:
        times = 0
        link = NatsLink(f"nats://127.0.0.1:{port}", subject_of("one"))
        await link.open(lambda _data: None)
        link.publish(b"lost")
        for _ in range(2):
            with nats(port, tmp_path):
                await asyncio.wait_for(link.connected.wait(), PATIENCE)
                times += 1
            await asyncio.wait_for(_cleared(link.connected), PATIENCE)
        await link.close()
        return times

    assert asyncio.run(wait()) == 2


async def _cleared(event: asyncio.Event) -> None:
    while event.is_set():  # noqa: ASYNC110  # an event can be waited for, its end cannot
        await asyncio.sleep(0.01)


def test_people_of_two_processes_meet_at_the_border_and_walk_over_it(
    url: str, own_database_url: str, tmp_path: Path
) -> None:
    plan = two_sites()
    with closing(Database(own_database_url)) as database, database.transaction() as db:
        imported(db, plan)
    owners = shards_of(zones_of(plan.spaces), 2)
    ports = (int(free_port()), int(free_port()))
    urls = tuple(f"ws://127.0.0.1:{port}/world" for port in ports)
    config = world_config(own_database_url, tmp_path, urls=urls, nats_url=url)
    west, east = ports[owners[WEST]], ports[owners[EAST]]

    async def walk() -> tuple[str, list[str], Moved, Welcome]:
        there = Stand(5.0, 100.0, 0.0, 0.0)
        async with connected(east, ticket=ticket("ben", EAST, there)) as ben:
            await ben.hear(Welcome)
            here = Stand(-5.0, 100.0, 0.0, 0.0)
            async with connected(west, ticket=ticket("ann", WEST, here)) as ann:
                await ann.hear(Welcome)
                (met,) = (await ben.hear(Met)).people
                await ann.ask(Say(key="1", scope=Scope.NEARBY, text="coming"))
                texts = [(await ben.hear(Said)).message.text]
                await ann.step(1.0, 101.0)
                moved = await ann.hear(Moved)
            async with connected(east, resume=moved.session, last="0") as ann:
                welcome = await ann.hear(Welcome)
                await ann.ask(Say(key="2", scope=Scope.ZONE, text="here"))
                texts.append((await ben.hear(Said)).message.text)
        return met.name, texts, moved, welcome

    with (
        process(replace(config, port=ports[0], shard=0)),
        process(replace(config, port=ports[1], shard=1)),
    ):
        name, texts, moved, welcome = asyncio.run(walk())
    assert (name, texts, moved.url) == ("Ann", ["coming", "here"], urls[owners[EAST]])
    assert (welcome.you.name, welcome.zone.space, welcome.resumed) == ("Ann", EAST, True)
    assert (welcome.stand.east, welcome.stand.north) == (1.0, 101.0)
