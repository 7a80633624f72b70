"""A little world by other hands: it lets everyone in and shows everyone to everyone."""

import asyncio
import struct
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import astuple
from itertools import count

import msgspec
import numpy as np
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from shulian.kit.text import Text
from shulian.park.types import SpaceId
from shulian.world.rules.looks import guest_look
from shulian.world.rules.snapshots import HEADER, RECORD
from shulian.world.types import Right, VisitorKey
from shulian.world.wire.frames import MOVE_FIELDS, SNAPSHOT_WHOLE, SUBPROTOCOL, layout
from shulian.world.wire.messages import (
    LookView,
    MessageView,
    News,
    PersonView,
    StandView,
    Welcome,
    ZoneView,
)

ZONE = SpaceId("plaza")


def person(slot: int, key: VisitorKey, *, simulated: bool = True) -> PersonView:
    """Somebody in the world."""
    look = LookView(*astuple(guest_look(key)))
    return PersonView(slot, key, "One", look, simulated=simulated, staff=False)


def welcome(session: str, *messages: MessageView, slot: int = 7) -> Welcome:
    """One is in."""
    return Welcome(
        you=person(slot, VisitorKey(f"b-{slot}")),
        zone=ZoneView(ZONE, Text("广场", "Plaza"), 1, 50),
        stand=StandView(1.0, 2.0, 0.0, 90.0),
        rights=(Right.ENTER,),
        session=session,
        resumed=False,
        hands=(),
        messages=messages,
        shown=None,
        blocked=(),
        reports=None,
    )


async def tell(to: ServerConnection, *news: News) -> None:
    """Send news, one after the other."""
    for one in news:
        await to.send(msgspec.json.encode(one).decode())


class LittleWorld:
    """Who is in it, where they say they are, and what they ask."""

    def __init__(self) -> None:
        self.port = 0
        self.moves: dict[int, list[tuple[int, ...]]] = {}
        """The moves of each by their slot, as they travel: kind, posture, heading, east, north."""
        self.asked: list[str] = []
        """Calls as they came."""
        self.news: list[News] = []
        """What everyone is told after the welcome."""
        self._slots = count()
        self._here: set[ServerConnection] = set()

    @property
    def url(self) -> str:
        """Its address."""
        return f"ws://127.0.0.1:{self.port}/world"

    async def take(self, connection: ServerConnection) -> None:
        """Somebody, from their handshake to their end."""
        slot = next(self._slots)
        self.moves[slot] = []
        with suppress(ConnectionClosed):
            await tell(connection, welcome(f"s{slot}", slot=slot), *self.news)
            self._here.add(connection)
            async for message in connection:
                if isinstance(message, bytes):
                    self.moves[slot].append(struct.unpack(layout(MOVE_FIELDS), message))
                else:
                    self.asked.append(message)
        self._here.discard(connection)

    async def show(self) -> None:
        """Whole snapshots, twenty a second."""
        for tick in count():
            await asyncio.sleep(0.05)
            said = [(slot, moves[-1]) for slot, moves in self.moves.items() if moves]
            header = np.array([(SNAPSHOT_WHOLE, 20, tick % 65_536, 0, 0, len(said))], HEADER)
            rows = [
                (slot, move[3] & 0xFFFF, move[4] & 0xFFFF, 0, move[2], move[1], 0)
                for slot, move in said
            ]
            frame = header.tobytes() + np.array(rows, RECORD).tobytes()
            for connection in tuple(self._here):
                with suppress(ConnectionClosed):
                    await connection.send(frame)


@asynccontextmanager
async def little_world() -> AsyncGenerator[LittleWorld]:
    """Such a world for as long as the block lasts."""
    world = LittleWorld()
    protocols = [Subprotocol(SUBPROTOCOL)]
    async with serve(world.take, "127.0.0.1", 0, subprotocols=protocols, compression=None) as it:
        world.port = next(iter(it.sockets)).getsockname()[1]
        showing = asyncio.create_task(world.show())
        yield world
        showing.cancel()
