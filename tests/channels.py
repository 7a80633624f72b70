"""Live channels of the whole application, served on a port, read event by event."""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any

import msgspec
import uvicorn

from shulian.app.main import create_app
from shulian.kit.db import Database, Db
from shulian.settings import read_settings

PATIENCE = 20
"""[s] after which a test that waits for a message fails."""

Event = tuple[str, Any]


@dataclass
class Channel:
    """One open channel, read event by event."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def line(self) -> str:
        return (await asyncio.wait_for(self.reader.readline(), PATIENCE)).decode().rstrip("\r\n")

    async def event(self) -> Event:
        """The next event and its data; comments and settings are skipped."""
        while not (line := await self.line()).startswith("event: "):
            assert not self.reader.at_eof()
        data = (await self.line()).removeprefix("data: ")
        return line.removeprefix("event: "), msgspec.json.decode(data)

    async def rest(self) -> bytes:
        return await asyncio.wait_for(self.reader.read(), PATIENCE)

    async def close(self) -> None:
        self.writer.close()
        await self.writer.wait_closed()


class Served:
    """A server of the whole application on a port of its own."""

    def __init__(self, port: int, database: Database, path: str) -> None:
        self.port = port
        self.database = database
        self.path = path
        self.channels: list[Channel] = []

    async def open(self, path: str = "", **headers: str) -> Channel:
        """Ask for the channel at `path`; without one for that of the server's tests."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        writer.write(f"GET {path or self.path} HTTP/1.0\r\n{told}\r\n".encode())
        self.channels.append(Channel(reader, writer))
        return self.channels[-1]

    async def do(self, act: Callable[[Db], object]) -> None:
        """`act` in a transaction of another thread."""

        def transact() -> None:
            with self.database.transaction() as db:
                act(db)

        await asyncio.to_thread(transact)


def _heed(_number: int, _frame: FrameType | None) -> None:
    """What happens at a signal that a server of this process has passed on: nothing more."""


@asynccontextmanager
async def served(
    database_url: str,
    folder: Path,
    prepare: Callable[[Db], str],
    *,
    now: datetime,
    channels: int = 100,
) -> AsyncGenerator[Served]:
    """A server that is asked to stop at the end, as an operator would, and must do so.

    prepare  fills its database, and tells which channel its tests ask for
    """
    database = Database(database_url)
    with database.transaction() as db:
        path = prepare(db)
    settings = read_settings({"DATABASE_URL": database_url, "SHULIAN_CLIENT": str(folder)})
    app = create_app(settings, data=folder, secret="s" * 32, clock=lambda: now, channels=channels)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None))
    ours = signal.signal(signal.SIGTERM, _heed)  # uvicorn passes it on when it ends
    running = asyncio.create_task(server.serve())
    try:
        while not server.started:
            assert not running.done()
            await asyncio.sleep(0)
        there = Served(server.servers[0].sockets[0].getsockname()[1], database, path)
        yield there
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(running, PATIENCE)
        for channel in there.channels:
            await channel.close()
    finally:
        signal.signal(signal.SIGTERM, ours)
        database.close()


def run(
    database_url: str,
    folder: Path,
    story: Callable[[Served], Coroutine[Any, Any, Any]],
    prepare: Callable[[Db], str],
    *,
    now: datetime,
    channels: int = 100,
) -> Any:
    """What `story` finds out at a running server."""

    async def told() -> Any:
        async with served(database_url, folder, prepare, now=now, channels=channels) as server:
            return await story(server)

    return asyncio.run(told())
