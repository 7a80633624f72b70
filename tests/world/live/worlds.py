"""What tests of whole worlds are built from: people at real sockets, worlds in own processes."""

import asyncio
import secrets
import struct
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import TypeVar

import msgspec
import websockets
from tests.park.plans import box, space
from tests.processes import Talker, talking
from tests.world.visitors import HALL, PARK, visitor
from websockets.typing import Subprotocol

from shulian.app.features import catalogue
from shulian.app.grants import GRANTS
from shulian.kit.bus import Reactions
from shulian.kit.clock import system_clock
from shulian.kit.text import Text
from shulian.park.types import Entrance, ParkPlan, Place, SpaceId, SpaceKind
from shulian.world.live.process import WorldConfig
from shulian.world.live.sockets.config import Stage
from shulian.world.rules.tickets import LIFE, Kind, Ticket, sign
from shulian.world.types import Gait, Stand
from shulian.world.wire.frames import CM, MOVE, MOVE_FIELDS, SUBPROTOCOL, layout
from shulian.world.wire.messages import Call, News

SECRET = "a secret of tests that is long enough for SHA-256"  # noqa: S105
PATIENCE = 60.0
"""[s] after which a test that waits for a message fails."""
_PROGRAM = """
import sys
from pathlib import Path
from shulian.app.features import catalogue
from shulian.app.grants import GRANTS
from shulian.kit.bus import Reactions
from shulian.kit.clock import system_clock
from shulian.world.live.process import WorldConfig, run
from shulian.world.live.sockets.config import Stage

url, folder, secret, port, shard, urls, nats = sys.argv[1:]
run(WorldConfig(
    database_url=url, folder=Path(folder), secret=secret, grants=GRANTS, words=catalogue(),
    clock=system_clock, reactions=Reactions(), port=int(port), stage=Stage.FIRST,
    compiled=False, shard=int(shard), urls=tuple(urls.split(",")), nats_url=nats,
))
"""
WEST, EAST = SpaceId("yq-west"), SpaceId("yq-east")
M = TypeVar("M")

_news = msgspec.json.Decoder(News)


class Person:
    """Somebody at the other end of a real socket."""

    def __init__(self, socket: websockets.ClientConnection) -> None:
        self.socket = socket

    async def hear(self, kind: type[M]) -> M:
        """The next message of that kind."""
        while True:
            data = await asyncio.wait_for(self.socket.recv(), PATIENCE)
            if isinstance(data, str) and isinstance(news := _news.decode(data), kind):
                return news

    async def ask(self, call: Call) -> None:
        await self.socket.send(msgspec.json.encode(call).decode())

    async def step(self, east: float, north: float) -> None:
        """Say on the fast lane that they walked there."""
        place = (round(east * CM), round(north * CM), 0)
        await self.socket.send(struct.pack(layout(MOVE_FIELDS), MOVE, Gait.WALK, 0, *place))


@asynccontextmanager
async def connected(port: int, **query: str) -> AsyncGenerator[Person]:
    """Somebody who comes in with a ticket, or back with a session."""
    parts = "&".join(f"{name}={value}" for name, value in query.items())
    address = f"ws://127.0.0.1:{port}/world?{parts}"
    async with websockets.connect(address, subprotocols=[Subprotocol(SUBPROTOCOL)]) as socket:
        yield Person(socket)


def ticket(name: str, space: SpaceId = HALL, stand: Stand | None = None, **changes: object) -> str:
    """A ticket for somebody, perhaps to a very place; `changes` are fields of theirs."""
    who = visitor(name, **changes)
    made = Ticket(who, PARK, space, nonce=secrets.token_hex(8), stand=stand)
    return sign(made, kind=Kind.TICKET, secret=SECRET, now=system_clock(), life=LIFE)


def world_config(url: str, folder: object, **changes: object) -> WorldConfig:
    """A world over the database at `url`; `changes` are fields of it."""
    plain: dict[str, object] = {
        "database_url": url,
        "folder": folder,
        "secret": SECRET,
        "grants": GRANTS,
        "words": catalogue(),
        "clock": system_clock,
        "reactions": Reactions(),
        "port": 0,
        "stage": Stage.FIRST,
        "compiled": False,
    }
    return WorldConfig(**{**plain, **changes})  # pyright: ignore[reportArgumentType]


def two_sites() -> ParkPlan:
    """A park of two sites that touch at a line north."""
    spaces = (
        space("", None, SpaceKind.PARK, name=Text("园区", "Park")),
        space("east", "", SpaceKind.SITE, shape=box(0, 0, 300, 300, 0, 0)),
        space("west", "", SpaceKind.SITE, order=1, shape=box(-300, 0, 300, 300, 0, 0)),
    )
    return ParkPlan(Place(PARK, 121.58, 31.15, entrance=Entrance(150.0, 150.0)), spaces)


@contextmanager
def process(config: WorldConfig) -> Generator[Talker]:
    """That world in a process of its own, open."""
    urls = ",".join(config.urls)
    words = (config.database_url, config.folder, SECRET, config.port, config.shard, urls)
    with talking(_PROGRAM, *words, config.nats_url) as talker:
        talker.until("the world is open")
        yield talker
