"""The live channel: the whole first, every change within the second, a clean end."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from tests.channels import Event, Served, served
from tests.channels import run as channels_run
from tests.park.plans import HALL, LATER, NOW, OPERATOR, PARK, imported, quiet_bus

from shulian.kit import progress
from shulian.kit.db import Db
from shulian.kit.progress import Progress
from shulian.kit.text import Text
from shulian.park import api
from shulian.park import live as channel
from shulian.park.types import LiveToken, SpaceId

BUSY = {
    "space": "yq-hall",
    "token": "busy",
    "words": {"zh": "使用中", "en": "In use"},
    "number": None,
    "until": None,
}


def run(
    database_url: str,
    folder: Path,
    story: Callable[[Served], Coroutine[Any, Any, Any]],
    channels: int = 100,
) -> Any:
    """What `story` finds out at a running server with the small park."""
    return channels_run(database_url, folder, story, filled, now=LATER, channels=channels)


def filled(db: Db) -> str:
    """The small park, and where its channel is."""
    imported(db)
    return f"/api/live?park={PARK}"


def say_busy(db: Db) -> None:
    api.put_status(
        db,
        quiet_bus(db),
        source="booking",
        space=HALL,
        token=LiveToken.BUSY,
        words=Text("使用中", "In use"),
        now=NOW,
    )


def say_nothing(db: Db) -> None:
    api.clear_status(db, quiet_bus(db), source="booking", space=HALL, now=NOW)


def test_a_channel_begins_with_what_is(own_database_url: str, tmp_path: Path) -> None:
    async def story(server: Served) -> Event:
        await server.do(say_busy)
        channel = await server.open()
        return await channel.event()

    assert run(own_database_url, tmp_path, story) == ("snapshot", {"statuses": [BUSY]})


def test_a_channel_tells_what_changes(own_database_url: str, tmp_path: Path) -> None:
    async def story(server: Served) -> list[Event]:
        channel = await server.open()
        await channel.event()
        await server.do(say_busy)
        first = await channel.event()
        await server.do(say_nothing)
        return [first, await channel.event()]

    assert run(own_database_url, tmp_path, story) == [
        ("status", BUSY),
        ("status", {**BUSY, "token": None, "words": {"zh": "", "en": ""}}),
    ]


def test_a_channel_tells_of_a_new_scene(own_database_url: str, tmp_path: Path) -> None:
    def show(db: Db) -> None:
        api.begin_tileset(db, PARK, "0123456789abcdef", now=NOW)
        api.show_tileset(db, PARK, "0123456789abcdef", now=NOW)

    async def story(server: Served) -> Event:
        channel = await server.open()
        await channel.event()
        await server.do(show)
        return await channel.event()

    assert run(own_database_url, tmp_path, story) == (
        "tileset",
        {"park": "yq", "version": "0123456789abcdef"},
    )


def test_a_channel_tells_the_progress_of_its_own_park_alone(
    own_database_url: str, tmp_path: Path
) -> None:
    def build(db: Db) -> None:
        for park in ("zj", "yq"):
            work = api.tiles_work(SpaceId(park))
            progress.report(db, Progress(work, "park.stage.writing", 66, 100), now=NOW)
        failed = Progress(
            api.tiles_work(PARK), "park.stage.writing", 70, 100, failure="kit.blobs_full"
        )
        progress.report(db, failed, now=NOW)

    async def story(server: Served) -> list[Event]:
        channel = await server.open()
        await channel.event()
        await server.do(build)
        return [await channel.event(), await channel.event()]

    (name, data), (_, failure) = run(own_database_url, tmp_path, story)

    assert (name, data) == (
        "progress",
        {
            "job": "park.tiles/yq",
            "done": 66,
            "total": 100,
            "words": {"zh": "正在写入场景文件", "en": "Writing the files of the scene"},
            "failed": False,
        },
    )
    assert (failure["done"], failure["failed"]) == (70, True)


def test_a_lost_listener_is_mended_by_the_whole(own_database_url: str, tmp_path: Path) -> None:
    def cut(db: Db) -> None:
        cursor = db.connection.cursor()
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %'"
            " and datname = current_database()"
        )

    async def story(server: Served) -> Event:
        channel = await server.open()
        await channel.event()
        await server.do(say_busy)
        await channel.event()
        await server.do(cut)
        return await channel.event()

    assert run(own_database_url, tmp_path, story) == ("snapshot", {"statuses": [BUSY]})


def test_the_channel_of_a_park_that_is_removed_ends(own_database_url: str, tmp_path: Path) -> None:
    def remove(db: Db) -> None:
        api.remove_park(db, quiet_bus(db), OPERATOR, PARK, now=NOW)

    async def story(server: Served) -> tuple[bytes, bytes]:
        channel = await server.open()
        await channel.event()
        await server.do(remove)
        return await channel.rest(), await (await server.open()).rest()

    rest, again = run(own_database_url, tmp_path, story)

    assert rest == b"\n\r\n0\r\n\r\n"  # the last chunk: whole, not cut
    assert again.startswith(b"HTTP/1.1 404")
    assert b"application/problem+json" in again
    assert b"park.park_unknown" in again


def test_a_silent_channel_beats(
    own_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "_HEARTBEAT", 0.01)

    async def story(server: Served) -> str:
        channel = await server.open()
        await channel.event()
        while (line := await channel.line()) != ":":
            assert not channel.reader.at_eof()
        return line

    assert run(own_database_url, tmp_path, story) == ":"


def test_one_address_holds_so_many_channels(
    own_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "MOST_CHANNELS", 2)

    async def story(server: Served) -> tuple[bytes, Event]:
        held = [await server.open() for _ in range(2)]
        for one in held:
            await one.event()
        refused = await (await server.open()).rest()
        await held[0].close()
        while True:
            again = await server.open()
            if b"200" in (await again.reader.readline()):
                return refused, await again.event()

    refused, again = run(own_database_url, tmp_path, story)

    assert refused.startswith(b"HTTP/1.1 429")
    assert b"park.channels_too_many" in refused
    assert b"retry-after: 30" in refused
    assert again == ("snapshot", {"statuses": []})


def test_a_process_holds_so_many_channels(own_database_url: str, tmp_path: Path) -> None:
    async def story(server: Served) -> tuple[bytes, Event]:
        held = [await server.open() for _ in range(2)]
        for one in held:
            await one.event()
        refused = await (await server.open()).rest()
        await held[0].close()
        while True:
            again = await server.open()
            if b"200" in (await again.reader.readline()):
                return refused, await again.event()

    refused, again = run(own_database_url, tmp_path, story, channels=2)

    assert refused.startswith(b"HTTP/1.1 503")
    assert b"park.channels_full" in refused
    assert b"retry-after: 30" in refused
    assert again == ("snapshot", {"statuses": []})


def test_a_server_that_stops_ends_its_channels(own_database_url: str, tmp_path: Path) -> None:
    async def story(server: Served) -> asyncio.Task[bytes]:
        channel = await server.open()
        await channel.event()
        return asyncio.create_task(channel.rest())

    async def told() -> bytes:
        async with served(own_database_url, tmp_path, filled, now=LATER) as server:
            rest = await story(server)
        return await rest

    assert asyncio.run(told()) == b"\n\r\n0\r\n\r\n"  # the last chunk: whole, not cut
