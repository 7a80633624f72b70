"""What people notice when the world process dies under them and is started again."""

import asyncio
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from math import hypot

from shulian.kit.clock import system_clock
from shulian.kit.db import Database
from shulian.park.types import SpaceId
from shulian.world import api
from shulian.world.live.visitor import Visitor
from shulian.world.types import Gait, Scope, Stand, VisitorKey
from shulian.world.wire.messages import Accepted, News, Say, Welcome
from world.ours import PARK, Ours, World
from world.people import stands, ticket

USERS = 500
SPEAKERS = 40
"""Of the users: they chat all the while, two messages in three seconds each."""
_AT_PLACE = 0.02
"""[m]: places travel in centimetres."""
_JOINS = 64
"""At a time."""
_STEPS = 10
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Recovery:
    """How it went."""

    seconds: float
    """From the kill until all were back at their places; infinite: never."""
    acked: int
    """Messages that had been acknowledged before the kill …"""
    lost: int
    """… and of those, how many nobody will find again."""


@dataclass(slots=True, eq=False)
class _User:
    stand: Stand
    visitor: Visitor = field(init=False)
    back: float | None = None
    """When they were welcomed to their old place after the kill."""
    killed: bool = False
    acked: set[int] = field(default_factory=set[int])

    def hear(self, news: News) -> None:
        """Keep what counts."""
        if isinstance(news, Accepted) and news.number is not None and not self.killed:
            self.acked.add(news.number)
        if isinstance(news, Welcome) and self.killed and news.resumed:
            far = hypot(news.stand.east - self.stand.east, news.stand.north - self.stand.north)
            self.back = time.monotonic() if far < _AT_PLACE else None


def recover(ours: Ours, world: World) -> Recovery:
    """Kill `world` under its users while they talk, start it at once, and wait for them."""
    return asyncio.run(_recover(ours, world))


async def _recover(ours: Ours, world: World) -> Recovery:
    users = [_User(stand) for stand in stands(USERS, seed=9)]
    for number, user in enumerate(users):
        user.visitor = Visitor(
            world.url,
            lambda number=number, user=user: ticket(
                number, user.stand, park=PARK, secret=ours.secret
            ),
            hear=user.hear,
        )
    staying = await _let_in(users)
    talking = [asyncio.create_task(_talk(user.visitor)) for user in users[:SPEAKERS]]
    await _walk(users)
    for user in users:
        user.killed = True
    began = time.monotonic()
    world.kill()
    for task in talking:
        task.cancel()
    await asyncio.to_thread(world.start)
    seconds = await _until_back(users, began)
    for task in staying:
        task.cancel()
    await asyncio.gather(*staying, *talking, return_exceptions=True)
    acked = set[int]().union(*(user.acked for user in users))
    zone = next(user.visitor.welcome.zone.space for user in users if user.visitor.welcome)
    kept = await asyncio.to_thread(_history, ours, zone)
    return Recovery(seconds, len(acked), len(acked - kept))


async def _let_in(users: Sequence[_User]) -> list[asyncio.Task[None]]:
    """Everyone is welcomed; answers their stays."""
    staying: list[asyncio.Task[None]] = []
    for start in range(0, len(users), _JOINS):
        some = users[start : start + _JOINS]
        staying += [asyncio.create_task(user.visitor.stay()) for user in some]
        await _until(lambda some=some: all(user.visitor.here for user in some))
    return staying


async def _walk(users: Sequence[_User]) -> None:
    """A few steps away from where everyone's ticket put them; then they stand for a second."""
    for turn in range(_STEPS):
        for user in users:
            east = min(399.0, user.stand.east + 0.2)
            user.stand = Stand(round(east, 2), user.stand.north, 0.0, 90.0)
            user.visitor.move(user.stand, Gait.WALK if turn < _STEPS - 1 else Gait.STILL)
        await asyncio.sleep(0.1)
    await asyncio.sleep(3.0)


async def _talk(visitor: Visitor) -> None:
    while True:
        visitor.call(Say(secrets.token_hex(8), Scope.ZONE, "你好 · hello"))
        await asyncio.sleep(1.5)


async def _until_back(users: Sequence[_User], began: float) -> float:
    """Seconds until the last is back."""
    if await _until(lambda: all(user.back is not None for user in users)):
        return max(user.back or 0.0 for user in users) - began
    missing = sum(user.back is None for user in users)
    print(f"  {missing} of {len(users)} did not come back to their places")
    return float("inf")


async def _until(done: Callable[[], bool]) -> bool:
    """Wait until it is done, but not for ever; whether it is."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if done():
            return True
        await asyncio.sleep(0.02)
    return False


def _history(ours: Ours, zone: SpaceId) -> set[int]:
    """The numbers of all that is kept of what was said."""
    database = Database(ours.url, pool=1)
    since = system_clock() - timedelta(hours=1)
    with database.transaction() as db:
        reader = VisitorKey("b-0")
        page = api.history(db, PARK, zone, reader=reader, since=since, limit=1_000_000)
    database.close()
    return {int(one.number) for one in page}
