"""A world for tests of its sockets: an inn that takes in anyone, and guests who speak in bytes."""

import asyncio
import base64
import contextlib
import socket
import struct
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import uvloop
import websockets

from shulian.world.live.ports import Denied, Knock
from shulian.world.live.sockets.config import SocketsConfig, Stage
from shulian.world.live.sockets.framing import Opcode
from shulian.world.live.sockets.requests import END
from shulian.world.live.sockets.server import Server
from shulian.world.rules.crowd import Crowd, State, empty_crowd
from shulian.world.rules.walls import Walls, no_walls
from shulian.world.wire.frames import MOVE, SUBPROTOCOL

STAGES = ("1", "2")
QUICK = SocketsConfig(hertz=100, compiled=False)
"""Tests wait for ticks: ten times as many go by."""
PATIENCE = 60.0
"""[s] after which what was waited for does not come any more."""

Event = tuple[str, int, object]


class Inn:
    """`House`: whoever knocks gets the next slot, a metre beside the last."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self.events: list[Event] = []
        self.knocks: list[Knock] = []
        self.answer: int | Denied | None = None
        self.welcome: Callable[[int], object] = lambda _slot: None
        self.introduce: Callable[[int], None] = lambda _slot: None
        self.hear: Callable[[int, bytes], None] = lambda _slot, _text: None
        self.now = 0.0
        self._slots = iter(range(len(crowd.state)))
        self._news = asyncio.Event()

    def knock(self, knock: Knock) -> int | Denied:
        self.knocks.append(knock)
        if self.answer is not None:
            return self.answer
        slot = next(self._slots)
        self.crowd.visit[slot] += 1
        self.crowd.place[slot] = (100 * slot, 0, 0)
        return slot

    def opened(self, slot: int) -> None:
        self.crowd.state[slot] = State.HERE
        self.crowd.moved[slot] = 1
        self._note("opened", slot, None)
        self.welcome(slot)

    def heard(self, slot: int, text: bytes) -> None:
        self._note("heard", slot, text)
        self.hear(slot, text)

    def closed(self, slot: int, code: int) -> None:
        self.crowd.state[slot] = State.FREE
        self._note("closed", slot, code)

    def strayed(self, slot: int, why: int) -> None:
        self._note("strayed", slot, why)

    def meet(self, slot: int, met: Iterable[int]) -> None:
        self._note("meet", slot, list(met))
        self.introduce(slot)

    def tick(self, now: float) -> None:
        self.now = now
        self._news.set()

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait for the tick in which something is so."""
        async with asyncio.timeout(PATIENCE):
            while not true():
                self._news.clear()
                await self._news.wait()

    async def event(self, what: str, slot: int) -> object:
        """Wait for the first event of a kind about somebody, and for what it says."""
        await self.until(lambda: bool(self.all(what, slot)))
        return self.all(what, slot)[0]

    def all(self, what: str, slot: int) -> list[object]:
        """Everything of a kind that happened to somebody."""
        return [said for kind, whom, said in self.events if (kind, whom) == (what, slot)]

    def _note(self, what: str, slot: int, said: object) -> None:
        self.events.append((what, slot, said))
        self._news.set()


@dataclass
class Watch:
    """A clock that goes on, and jumps when it is told to."""

    ahead: float = 0.0

    def __call__(self) -> float:
        return asyncio.get_running_loop().time() + self.ahead


@dataclass
class World:
    """A server with an inn."""

    server: Server
    inn: Inn
    watch: Watch = field(default_factory=Watch)

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.server.port}/world?ticket=abc"

    def visit(self, **options: Any) -> websockets.connect:
        """A client by other hands."""
        protocols = [websockets.Subprotocol(SUBPROTOCOL)]
        return websockets.connect(self.url, subprotocols=protocols, compression=None, **options)

    @asynccontextmanager
    async def guest(self, *, room: int = 0) -> AsyncGenerator["Guest"]:
        """A connection that has shaken hands; `room` [bytes] the system keeps of what comes."""
        async with self.raw(room=room) as guest:
            await guest.send(request())
            head = await guest.head()
            assert head.startswith(b"HTTP/1.1 101 "), head
            yield guest

    @asynccontextmanager
    async def raw(self, *, room: int = 0) -> AsyncGenerator["Guest"]:
        """A connection that has said nothing yet."""
        sock = socket.socket()
        if room:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        sock.settimeout(0)
        loop = asyncio.get_running_loop()
        try:
            await loop.sock_connect(sock, ("127.0.0.1", self.server.port))
            yield Guest(sock)
        finally:
            sock.close()


@dataclass
class Guest:
    """One end of a connection, without any manners."""

    sock: socket.socket
    came: bytes = b""

    async def send(self, data: bytes) -> None:
        await asyncio.get_running_loop().sock_sendall(self.sock, data)

    async def head(self) -> bytes:
        """All up to the end of an HTTP head."""
        return await self._until(lambda: self.came.find(END) + len(END) if END in self.came else 0)

    async def rest(self) -> bytes:
        """All up to the end."""
        with contextlib.suppress(ConnectionError):
            while await self._more():
                pass
        whole, self.came = self.came, b""
        return whole

    async def frame(self) -> tuple[int, bytes]:
        """The next frame: opcode and payload."""
        head = await self._until(lambda: 2 if len(self.came) >= 2 else 0)
        size, wide = head[1], {126: 2, 127: 8}.get(head[1], 0)
        if wide:
            size = int.from_bytes(await self._exactly(wide), "big")
        return head[0] & 15, await self._exactly(size)

    async def said(self, opcode: Opcode) -> bytes:
        """The payload of the next frame of a kind; others are dropped."""
        while True:
            kind, payload = await self.frame()
            if kind == opcode:
                return payload

    async def _exactly(self, size: int) -> bytes:
        if size == 0:
            return b""
        return await self._until(lambda: size if len(self.came) >= size else 0)

    async def _until(self, enough: Callable[[], int]) -> bytes:
        while not enough():
            if not await self._more():
                raise EOFError(self.came)
        size = enough()
        found, self.came = self.came[:size], self.came[size:]
        return found

    async def _more(self) -> bytes:
        async with asyncio.timeout(PATIENCE):
            data = await asyncio.get_running_loop().sock_recv(self.sock, 65_536)
        self.came += data
        return data


def run(test: Coroutine[Any, Any, None]) -> None:
    """Run a test as the server runs: on uvloop."""
    uvloop.run(test)


@asynccontextmanager
async def world(
    stage: str, *, slots: int = 64, walls: Walls | None = None, **changes: Any
) -> AsyncGenerator[World]:
    """A server of that stage on a free port."""
    crowd, watch = empty_crowd(slots), Watch()
    inn = Inn(crowd)
    config = replace(QUICK, stage=Stage(stage), **changes)
    server = Server(inn, crowd, walls or no_walls(), config, clock=watch)
    await server.start()
    try:
        yield World(server, inn, watch)
        assert server.counters.failures == 0
    finally:
        await server.stop()


def request(
    target: str = "/world?ticket=abc",
    *,
    method: str = "GET",
    without: str = "",
    **headers: str,
) -> bytes:
    """A handshake; headers are written with underscores."""
    lines = {
        "Host": "127.0.0.1",
        "Upgrade": "websocket",
        "Connection": "keep-alive, Upgrade",
        "Sec-WebSocket-Key": base64.b64encode(bytes(16)).decode(),
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Protocol": f"chat, {SUBPROTOCOL}",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    lines.pop(without, None)
    text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{method} {target} HTTP/1.1\r\n{text}\r\n".encode()


def masked(
    opcode: int, payload: bytes, *, fin: bool = True, size: int | None = None, wide: int = 0
) -> bytes:
    """A frame as clients send it; `size` and `wide`: another length than it has."""
    size = len(payload) if size is None else size
    wide = wide or (0 if size < 126 else 2 if size < 1 << 16 else 8)
    second = size if wide == 0 else 126 if wide == 2 else 127
    length = size.to_bytes(wide, "big") if wide else b""
    key = b"\x1b\x2c\x3d\x4e"
    body = bytes(byte ^ key[place & 3] for place, byte in enumerate(payload))
    return bytes((opcode | (0x80 if fin else 0), second | 0x80)) + length + key + body


def move(east: int, north: int = 0, height: int = 0, *, posture: int = 1) -> bytes:
    """The payload of a move [cm]."""
    return struct.pack("<BBHiii", MOVE, posture, 0, east, north, height)
