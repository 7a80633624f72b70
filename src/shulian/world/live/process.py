"""The presence server as a process: the world of all parks, or this process's share of it."""

import asyncio
import gc
import signal
import time
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec
import numpy as np
import structlog
import uvloop
from numpy.typing import NDArray

from shulian.identity.types import Grants
from shulian.kit.bus import Reactions
from shulian.kit.clock import Clock
from shulian.kit.db import Database
from shulian.kit.errors import Failure
from shulian.kit.i18n import Catalogue
from shulian.kit.jobs import enqueue, name_of
from shulian.kit.live import END, Hub
from shulian.kit.memory import give_back
from shulian.park.types import SpaceId
from shulian.world import api
from shulian.world.live.borders import Alone, Link
from shulian.world.live.house import order, renewal
from shulian.world.live.house.across import Across
from shulian.world.live.house.book import Book, Terms
from shulian.world.live.house.gauges import exposition
from shulian.world.live.house.ground import Ground
from shulian.world.live.house.grounds import Strips, restore, settle
from shulian.world.live.house.household import Household
from shulian.world.live.house.journal import Journal
from shulian.world.live.house.records import plots
from shulian.world.live.kept import kept_crowd
from shulian.world.live.sockets.config import SocketsConfig, Stage
from shulian.world.live.sockets.counters import exposition as sockets_exposition
from shulian.world.live.sockets.server import Server
from shulian.world.rules.bands import BAND
from shulian.world.rules.walls import Walls, lay_walls, no_walls
from shulian.world.types import ForgetMessages
from shulian.world.wire.frames import CM

_AGAIN = 1.0
"""[s] between two tries to read the parks before the first has succeeded …"""
_POLL = 5.0
"""… and between two looks whether they have changed."""
_TIDY = 60.0
"""[s] between two times that memory is given back: that takes a few milliseconds."""

Floats = NDArray[np.float64]

log = structlog.stdlib.get_logger("shulian.world")


@dataclass(frozen=True)
class WorldConfig:
    """What a presence server is run with."""

    database_url: str
    folder: Path
    """Where it keeps who is here, so that they can come back after its death."""
    secret: str
    """Signs tickets and sessions, here and in the web application."""
    grants: Grants
    words: Catalogue
    clock: Clock
    reactions: Reactions
    host: str = "127.0.0.1"
    port: int = 8001
    stage: Stage = Stage.AUTO
    compiled: bool = True
    """Whether the first stage uses compiled rules once they are there."""
    cache: Path | None = None
    """Where compiled code is kept; none: beside the source."""
    shard: int = 0
    """Which of the processes of the world this is …"""
    urls: tuple[str, ...] = ("",)
    """… and where browsers find each."""
    nats_url: str = ""
    """Of the link between the processes; needed where there are several."""

    @property
    def shards(self) -> int:
        """How many processes there are."""
        return len(self.urls)


Company = Callable[[], Coroutine[None, None, None]]
"""What goes on beside the server in its event loop, such as simulated visitors."""


async def _nobody() -> None:
    pass


def run(config: WorldConfig, company: Company = _nobody) -> None:
    """Serve until SIGTERM or SIGINT, with `company` beside it."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(config, company))


async def _serve(config: WorldConfig, company: Company) -> None:
    ours, loop = asyncio.current_task(), asyncio.get_running_loop()
    if ours is not None:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, ours.cancel)
    with suppress(asyncio.CancelledError):
        async with World(config).running() as world:
            gc.freeze()  # what is there now stays: nobody waits while it is searched for waste
            log.info("the world is open", port=world.server.port, shard=config.shard)
            beside = asyncio.create_task(company())
            try:
                await asyncio.Event().wait()
            finally:
                await _ended(beside)


class World:
    """One process of the world and all that belongs to it."""

    def __init__(self, config: WorldConfig) -> None:
        """Nothing runs yet; make it in the event loop that it is to run in."""
        self._config = config
        loop = asyncio.get_running_loop()
        database = Database(config.database_url, pool=2)
        self._hub = Hub(database.dsn)
        self._journal = Journal(database, config.reactions, loop)
        config.folder.mkdir(parents=True, exist_ok=True)
        self._strips = Strips(config.folder / f"world-{config.shard}.parks")
        crowd = kept_crowd(config.folder / f"world-{config.shard}.crowd")
        terms = Terms(
            secret=config.secret,
            clock=config.clock,
            time=time.monotonic,
            words=config.words,
            grants=config.grants,
            shard=config.shard,
            urls=config.urls,
        )
        self.book = Book(terms, crowd, self._journal)
        self.house = Household(self.book)
        sockets = SocketsConfig(
            host=config.host,
            port=config.port,
            stage=config.stage,
            cache=config.cache,
            compiled=config.compiled,
        )
        self.server = Server(self.house, crowd, no_walls(), sockets, metrics=self._metrics)
        self._link = _link(config)
        self._swept: date | None = None
        self._followers: dict[SpaceId, asyncio.Task[None]] = {}

    @asynccontextmanager
    async def running(self) -> AsyncGenerator["World"]:
        """Serve until the block ends; then everyone is told to come back soon."""
        async with AsyncExitStack() as stack:
            stack.callback(self._journal.close)
            await stack.enter_async_context(self._hub.running())
            await self._read_first()
            await self._sweep()
            restore(self.book)
            self.house.attach(self.server)
            if self._config.shards > 1:
                across = Across(self.book, self._link)
                await self._link.open(across.receive)
                stack.push_async_callback(self._link.close)
                self.book.abroad = across
            if self._config.stage is Stage.SECOND:
                log.info("the world opens when its loop is compiled: at first that takes minutes")
            await self.server.start()
            stack.push_async_callback(self._stop)
            for follow in (self._watch, self._read_people, _stay_small):
                stack.push_async_callback(_ended, asyncio.create_task(follow()))
            yield self

    async def _read_first(self) -> None:
        """Have the parks as soon as the database answers."""
        while True:
            if await self._read_parks():
                return
            await asyncio.sleep(_AGAIN)

    async def _stop(self) -> None:
        for follower in self._followers.values():
            await _ended(follower)
        self.house.close()
        with suppress(Failure):  # what was said is kept before those who said it go
            await self._journal.ask(lambda _db, _bus: None)
        self.house.say_goodbye()
        await self.server.stop()

    async def _watch(self) -> None:
        """Follow how parks are imported, built on and removed, for ever."""
        while True:
            await asyncio.sleep(_POLL)
            await self._read_parks()
            await self._sweep()

    async def _sweep(self) -> None:
        """Have old messages deleted once a day."""
        today = self._config.clock().date()
        if today == self._swept:
            return
        with suppress(Failure):  # then it is tried again
            await self._journal.ask(
                lambda db, _bus: enqueue(db, ForgetMessages(), alone=name_of(ForgetMessages))
            )
            self._swept = today

    async def _read_parks(self) -> bool:
        """Have the parks as they stand; whether the database answered."""
        plans = {park: ground.plot for park, ground in self.book.grounds.items()}
        known = {park: (plot.revision, plot.day) for park, plot in plans.items()}
        now = self._config.clock()
        try:
            found = await self._journal.ask(lambda db, _bus: plots(db, known, now=now))
        except Failure:
            return False
        order.catch_up(self.book)
        if found is not None:
            settle(self.book, self._strips, found)
            self.server.walls = _walls(self.book)
            await self._follow()
        return True

    async def _follow(self) -> None:
        """Follow what is decided about each park."""
        for park in [one for one in self._followers if one not in self.book.grounds]:
            await _ended(self._followers.pop(park))
        for park in self.book.grounds:
            if park not in self._followers:
                self._followers[park] = asyncio.create_task(self._read_decisions(park))

    async def _read_decisions(self, park: SpaceId) -> None:
        async with self._hub.subscribed({api.topic(park)}) as subscription:
            order.refresh(self.book, park)  # what was decided before anybody listened
            while await subscription.queue.get() is not END:
                order.refresh(self.book, park)

    async def _read_people(self) -> None:
        """Follow whose accounts change."""
        async with self._hub.subscribed({api.PEOPLE}) as subscription:
            while (told := await subscription.queue.get()) is not END:
                if told is None:
                    renewal.renew_all(self.book)
                    continue
                one = msgspec.json.decode(told.data, type=api.PersonTurned)
                renewal.turned(self.book, one.person, out=one.out)

    def _metrics(self) -> bytes:
        return sockets_exposition(self.server.counters) + exposition(self.house)


def _link(config: WorldConfig) -> Link:
    if config.shards == 1:
        return Alone()
    # one process alone stays small
    from shulian.world.live.nats import NatsLink, subject_of  # noqa: PLC0415

    return NatsLink(config.nats_url, subject_of(config.secret))


def _walls(book: Book) -> Walls:
    """The walls of all parks, each in its strip."""
    if not book.grounds:
        return no_walls()
    lines, low, high = zip(*(_barriers(ground) for ground in book.grounds.values()), strict=True)
    return lay_walls(np.concatenate(lines), np.concatenate(low), np.concatenate(high))


def _barriers(ground: Ground) -> tuple[Floats, Floats, Floats]:
    barriers = ground.plot.barriers
    strip = np.array([ground.band * BAND / CM, 0.0])
    return barriers.lines + strip, barriers.low, barriers.high


async def _stay_small() -> None:
    """Give back what is free between the things that are in use, for ever."""
    while True:
        await asyncio.sleep(_TIDY)
        await asyncio.to_thread(give_back)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
