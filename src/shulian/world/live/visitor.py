"""A client of the shared world in Python: for simulated visitors, tests and benchmarks.

A `Visitor` keeps a place in the world: it connects with a ticket, comes back with its session
when the link is lost, and follows its place to another server.
"""

import asyncio
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from math import floor
from urllib.parse import urlencode, urlsplit

import msgspec
import numpy as np
from numpy.typing import NDArray
from picows import (
    WSCloseCode,
    WSError,
    WSFrame,
    WSListener,
    WSMsgType,
    WSTransport,
    ws_connect,  # pyright: ignore[reportUnknownVariableType]  # its options are untyped
)

from shulian.world.live.ports import Close
from shulian.world.rules.snapshots import (
    HEADER,
    HEADER_BYTES,
    RECORD,
    SLOTS,
    STRIDE,
    unpack_steps,
)
from shulian.world.types import Gait, Gesture, Stand
from shulian.world.wire.frames import (
    CM,
    GESTURE_SHIFT,
    HEIGHT_STEP,
    MOVE,
    MOVE_FIELDS,
    SNAPSHOT_WHOLE,
    SUBPROTOCOL,
    TURN,
    layout,
)
from shulian.world.wire.messages import Call, Ended, Leave, Moved, News, Said, Welcome

_MOVE = struct.Struct(layout(MOVE_FIELDS))
_CODE = struct.Struct("!H")
_LOST = 1006
_FINAL = frozenset({Close.TAKEN, Close.REMOVED, Close.LEFT, Close.BROKEN, Close.FLOOD})
"""After these it makes no sense to come back."""
_PAUSE, _LONGEST_PAUSE = 0.25, 4.0
"""[s] before one tries again, at first and at the most."""
_PATIENCE = 10.0
"""[s] that a handshake may take."""

_ROW = np.dtype(
    [
        ("slot", np.uint16),
        ("east", np.int32),
        ("north", np.int32),
        ("height", np.int16),
        ("heading", np.uint16),
        ("posture", np.uint8),
        ("age", np.uint8),
    ]
)
"""A record, its place in the plane of the park [cm]."""

_news = msgspec.json.Decoder(News)
_call = msgspec.json.Encoder()


class Refused(Exception):
    """The world did not let one in: `status` of HTTP, 0 where nobody answered, and why."""

    def __init__(self, status: int, words: str) -> None:
        """Keep both."""
        super().__init__(status, words)
        self.status = status
        self.words = words


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """Who is seen where, as one frame told."""

    whole: bool
    """Whether it names everyone in sight."""
    tick: int
    slot: NDArray[np.int64]
    """(n,)"""
    place: NDArray[np.float64]
    """(n, 3) [m] east, north, height."""
    heading: NDArray[np.float64]
    """(n,) [°]."""
    posture: NDArray[np.uint8]
    age: NDArray[np.uint8]
    """(n,) ticks."""


class SnapshotReader:
    """Reads the snapshots of one connection: of some, steps count from what the last ones told."""

    def __init__(self) -> None:
        """Nobody was shown yet."""
        self._known = np.zeros(SLOTS, np.bool_)
        self._rows = np.zeros(SLOTS, _ROW)

    def read(self, frame: bytes) -> Snapshot:
        """What a binary frame of the server says; ValueError for one that is too short.

        Whose place is not known takes no step: the next whole snapshot tells it.
        """
        header, rows = _named(frame)
        slots, steps = unpack_steps(frame)
        if int(header["kind"]) == SNAPSHOT_WHOLE:
            self._known[:] = False
        known = self._known[slots]
        moved = self._rows[slots[known]]
        moved["east"] += steps["east"][known]
        moved["north"] += steps["north"][known]
        moved["heading"], moved["age"] = steps["heading"][known], 0
        told = np.concatenate([rows, moved])
        self._known[told["slot"]] = True
        self._rows[told["slot"]] = told
        return Snapshot(
            whole=int(header["kind"]) == SNAPSHOT_WHOLE,
            tick=int(header["tick"]),
            slot=told["slot"].astype(np.int64),
            place=np.column_stack(
                [told["east"] / CM, told["north"] / CM, told["height"] * HEIGHT_STEP]
            ),
            heading=told["heading"] * (360 / TURN),
            posture=told["posture"],
            age=told["age"],
        )


def read_snapshot(frame: bytes) -> Snapshot:
    """What a binary frame says to whom nothing was told before."""
    return SnapshotReader().read(frame)


def _named(frame: bytes) -> tuple[np.void, NDArray[np.void]]:
    """The header of a snapshot, and whom it names in full (n,) as `_ROW`s."""
    header = np.frombuffer(frame, HEADER, 1)[0]
    records = np.frombuffer(frame, RECORD, int(header["count"]), HEADER_BYTES)
    rows = records.astype(_ROW)
    rows["east"] += int(header["origin_east"]) * STRIDE
    rows["north"] += int(header["origin_north"]) * STRIDE
    return header, rows


def write_move(stand: Stand, gait: Gait, gesture: Gesture) -> bytes:
    """The frame that says where one is."""
    return _MOVE.pack(
        MOVE,
        gait + (gesture << GESTURE_SHIFT),
        round(stand.heading / 360 * TURN) % TURN,
        floor(stand.east * CM + 0.5),
        floor(stand.north * CM + 0.5),
        floor(stand.height * CM + 0.5),
    )


class Visitor(WSListener):
    """One who is in the world, or on the way back into it."""

    def __init__(
        self,
        url: str,
        ticket: Callable[[], str],
        *,
        hear: Callable[[News], None] = lambda _news: None,
        see: Callable[[bytes], None] = lambda _frame: None,
    ) -> None:
        """Connect nothing yet.

        url     of the world, such as `ws://127.0.0.1:8001/world`
        ticket  gives a new ticket whenever one is needed
        hear    is told the news, in order; what it raises ends the connection
        see     is given each snapshot as it travels
        """
        self.welcome: Welcome | None = None
        """The latest; none: one was never in."""
        self.session = ""
        self.last = 0
        """Number of the last message one heard."""
        self.code = 0
        """Why the last connection ended."""
        self._url, self._ticket, self._hear, self._see = url, ticket, hear, see
        self._transport: WSTransport | None = None
        self._again = True

    @property
    def here(self) -> bool:
        """Whether there is an open connection on which one was welcomed."""
        return self._transport is not None and self.welcome is not None

    async def connect(self) -> None:
        """Open a connection: with the session where there is one; raises Refused."""
        asked = {"resume": self.session, "last": str(self.last)}
        query = asked if self.session else {"ticket": self._ticket()}
        try:
            await ws_connect(
                lambda: self,
                f"{self._url}?{urlencode(query)}",
                websocket_handshake_timeout=_PATIENCE,
                extra_headers=[("Sec-WebSocket-Protocol", SUBPROTOCOL)],
                max_redirects=0,
            )
        except WSError as error:
            response = getattr(error, "response", None)
            status = int(response.status) if response is not None else 0
            if self.session and 400 <= status < 500:  # noqa: PLR2004  # one's place is gone
                self.session = ""
            raise Refused(status, str(error)) from error
        except (OSError, TimeoutError) as error:
            raise Refused(0, str(error)) from error

    async def stay(self) -> None:
        """Be in the world until one leaves it or may not come back."""
        pause, before = _PAUSE, self.welcome
        self._again = True
        while self._again:
            with suppress(Refused):
                await self.connect()
                await self.gone()
            if self.welcome is not before:
                pause, before = _PAUSE, self.welcome
            if self._again:
                await asyncio.sleep(pause)
                pause = min(_LONGEST_PAUSE, pause * 2)

    async def gone(self) -> None:
        """Wait until the connection has ended, whoever ended it."""
        if self._transport is not None:
            await self._transport.wait_disconnected()

    def move(self, stand: Stand, gait: Gait, gesture: Gesture = Gesture.NONE) -> None:
        """Say where one is."""
        if self._transport is not None:
            self._transport.send(WSMsgType.BINARY, write_move(stand, gait, gesture))

    def call(self, call: Call) -> None:
        """Ask for something."""
        if self._transport is not None:
            self._transport.send(WSMsgType.TEXT, _call.encode(call))

    def leave(self) -> None:
        """Go for good: the place is free at once."""
        self._again = False
        self.call(Leave())
        if self._transport is not None:
            self._transport.send_close(WSCloseCode.OK)
            self._transport.disconnect()

    def drop(self) -> None:
        """Lose the link, as if a cable were cut; the place is kept for a minute."""
        if self._transport is not None:
            self._transport.disconnect(graceful=False)

    def on_ws_connected(self, transport: WSTransport) -> None:
        """The handshake is done."""
        self._transport, self.code = transport, _LOST

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        """A frame is whole."""
        kind = frame.msg_type
        if kind == WSMsgType.BINARY:
            self._see(frame.get_payload_as_bytes())
        elif kind == WSMsgType.TEXT:
            self._take(_news.decode(frame.get_payload_as_bytes()))
        elif kind == WSMsgType.CLOSE:
            said = frame.get_payload_as_bytes()
            self.code = _CODE.unpack_from(said)[0] if len(said) >= _CODE.size else 1005
            transport.send_close(frame.get_close_code())
            transport.disconnect()

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        """The connection is gone."""
        if self._transport is transport:
            self._transport = None
        self._again = self._again and self.code not in _FINAL

    def _take(self, news: News) -> None:
        """Keep what one needs to come back."""
        match news:
            case Welcome():
                self.welcome, self.session = news, news.session
                self.last = max((self.last, *(one.number for one in news.messages)))
            case Said():
                self.last = max(self.last, news.message.number)
            case Moved():
                self._url, self.session = _beside(self._url, news.url), news.session
            case Ended():
                self._again = self._again and news.again
            case _:
                pass
        self._hear(news)


def _beside(url: str, there: str) -> str:
    """The address `there`; one that begins with a colon is another port of the host of `url`."""
    if not there.startswith(":"):
        return there
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return parts._replace(netloc=f"{host}{there}").geturl()
