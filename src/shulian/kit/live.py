"""The live channel: what one transaction announces reaches every open browser after its commit.

PostgreSQL's NOTIFY carries an announcement from any process to the hub of each web process, and
drops it when the transaction is undone. The hub hands it to its subscribers and waits for none.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Collection
from contextlib import asynccontextmanager, suppress

import msgspec
import psycopg
import sqlalchemy as sa
import structlog

from shulian.kit.db import Db

_CHANNEL = "shulian_live"
_BACKLOG = 256
_ANEW = "anew"
_LARGEST = 7900
"""NOTIFY takes less than 8,000 bytes (PostgreSQL manual, NOTIFY)."""

log = structlog.stdlib.get_logger("shulian.live")


class Announcement(msgspec.Struct, frozen=True):
    """One message on the channel: for whom, what it is, and its content as JSON."""

    topic: str
    event: str
    data: msgspec.Raw


def announce(db: Db, topic: str, event: str, message: msgspec.Struct) -> None:
    """Tell every browser that follows `topic`, once the transaction of `db` is committed."""
    _notify(db, Announcement(topic, event, msgspec.Raw(msgspec.json.encode(message))))


def announce_anew(db: Db, topic: str) -> None:
    """Have everyone who follows `topic` read it anew, once the transaction of `db` is committed."""
    _notify(db, Announcement(topic, _ANEW, msgspec.Raw(b"null")))


def _notify(db: Db, announcement: Announcement) -> None:
    payload = msgspec.json.encode(announcement)
    if len(payload) > _LARGEST:
        raise ValueError(f"an announcement of {len(payload)} bytes is too long for the channel")
    db.execute(
        sa.text("select pg_notify(:channel, :payload)"),
        {"channel": _CHANNEL, "payload": payload.decode()},
    )


END = Announcement("", "end", msgspec.Raw(b"null"))
"""The last thing a subscription gets: its process ends."""


class Subscription:
    """One browser's place on the channel."""

    def __init__(self, topics: Collection[str], owner: str = "") -> None:
        """Follow `topics` for `owner`, such as the address of the browser."""
        self.topics = frozenset(topics)
        self.owner = owner
        self.queue: asyncio.Queue[Announcement | None] = asyncio.Queue(_BACKLOG)

    def offer(self, announcement: Announcement | None) -> None:
        """Queue an announcement; one who reads too slowly loses the backlog and must read anew."""
        try:
            self.queue.put_nowait(announcement)
        except asyncio.QueueFull:
            while not self.queue.empty():
                self.queue.get_nowait()
            self.queue.put_nowait(None if announcement is not END else END)


class Hub:
    """The subscribers of one web process and its one listening connection."""

    def __init__(self, dsn: str) -> None:
        """Listen nowhere yet: `running` does."""
        self._dsn = dsn
        self._subscriptions: set[Subscription] = set()
        self._owners: Counter[str] = Counter()
        self._closed = False

    @property
    def open(self) -> int:
        """How many browsers follow the channel now."""
        return len(self._subscriptions)

    def open_of(self, owner: str) -> int:
        """How many of them are `owner`'s."""
        return self._owners[owner]

    def close(self) -> None:
        """End every subscription; a server that stops does this before it waits for its answers."""
        self._closed = True
        self._tell_all(END)

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Listen until the block ends."""
        ready = asyncio.Event()
        listening = asyncio.create_task(self._listen(ready))
        await ready.wait()
        try:
            yield
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening

    @asynccontextmanager
    async def subscribed(
        self, topics: Collection[str], *, owner: str = ""
    ) -> AsyncGenerator[Subscription]:
        """A subscription to `topics` for as long as the block lasts."""
        subscription = Subscription(topics, owner)
        self._subscriptions.add(subscription)
        self._owners[owner] += 1
        if self._closed:
            subscription.offer(END)
        try:
            yield subscription
        finally:
            self._subscriptions.discard(subscription)
            self._owners[owner] -= 1
            if not self._owners[owner]:
                del self._owners[owner]

    async def _listen(self, ready: asyncio.Event) -> None:
        pause = 0.1
        while True:
            try:
                connection = await psycopg.AsyncConnection.connect(self._dsn, autocommit=True)
                async with connection:
                    await connection.execute(f"listen {_CHANNEL}")
                    self._tell_all(None)
                    pause = 0.1
                    ready.set()
                    async for payload in _notices(connection):
                        self._hand_out(payload)
            except (psycopg.Error, OSError) as error:
                log.warning("live channel lost its database", error=str(error))
                ready.set()
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5.0)

    def _hand_out(self, payload: str) -> None:
        try:
            announcement = msgspec.json.decode(payload, type=Announcement)
        except msgspec.MsgspecError:
            log.warning("live channel got a foreign notification")
            return
        offered = None if announcement.event == _ANEW else announcement
        for subscription in self._subscriptions:
            if announcement.topic in subscription.topics:
                subscription.offer(offered)

    def _tell_all(self, announcement: Announcement | None) -> None:
        for subscription in self._subscriptions:
            subscription.offer(announcement)


async def _notices(connection: psycopg.AsyncConnection) -> AsyncGenerator[str]:
    """What is announced, as it comes: psycopg's own iterator wakes up ten times a second."""
    loop, came = asyncio.get_running_loop(), asyncio.Event()
    number, link = connection.fileno(), connection.pgconn
    loop.add_reader(number, came.set)
    try:
        while True:
            while (notify := link.notifies()) is not None:
                yield notify.extra.decode()
            await came.wait()
            came.clear()
            link.consume_input()
    finally:
        loop.remove_reader(number)
