"""The first lane: picows parses frames in C and calls us; it is there as soon as the process is.

The handshake is the door's: picows gets the socket with all that came on it and completes it.
"""

import asyncio
import logging
import socket
from collections.abc import Callable
from typing import Any, cast

import numpy as np
import structlog
from numpy.typing import NDArray
from picows import (
    WSFrame,
    WSListener,
    WSMsgType,
    WSTransport,
    WSUpgradeRequest,
    WSUpgradeResponse,
    WSUpgradeResponseWithListener,
    api,
)

from shulian.world.live.ports import Close
from shulian.world.live.sockets.desk import BROKE, Desk, Ending, ending
from shulian.world.live.sockets.framing import Opcode
from shulian.world.live.sockets.handshake import Arrival
from shulian.world.live.sockets.lane import Lane
from shulian.world.live.sockets.requests import END
from shulian.world.rules.moves import MOVE_BYTES, put_move
from shulian.world.wire.frames import SUBPROTOCOL

_PATIENCE = 2.0
"""[s] until a connection that ends is cut off."""
_READ_BUFFER = 4096
_NOWHERE = -1
_BINARY = WSMsgType.BINARY

_Send = Callable[[Any], int]

log = structlog.stdlib.get_logger("shulian.world.sockets")

_SILENT = logging.getLogger("shulian.world.picows")
_SILENT.setLevel(logging.CRITICAL + 1)
"""What clients do wrong is counted, not written down."""


def _send_nothing(_part: object) -> int:
    return 0


class _Line(WSListener):
    """One connection, from the handshake to its end."""

    def __init__(self, lane: "PicowsLane", slot: int, sock: socket.socket) -> None:
        self.lane, self.slot, self.sock = lane, slot, sock
        self.socket: WSTransport | None = None
        self.out: asyncio.Transport | None = None
        self.whole = True
        """No message has come in part."""

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.socket, self.out = transport, transport.underlying_transport
        self.lane.connected(self)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if self.slot >= 0:
            self.lane.came(self, frame)
        elif frame.msg_type is WSMsgType.CLOSE:
            transport.disconnect()

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        self.lane.gone(self, transport)

    def pause_writing(self) -> None:
        """Something waits to be sent."""
        self.lane.stuck(self)

    def resume_writing(self) -> None:
        """Nothing waits any more."""
        self.lane.free(self)


class PicowsLane(Lane):
    """Connections in the hands of picows."""

    def __init__(self, desk: Desk, clock: Callable[[], float]) -> None:
        self._desk, self._clock = desk, clock
        self._loop = asyncio.get_running_loop()
        self._lines: dict[int, _Line] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._leavers: set[_Line] = set()
        self._stuck: dict[_Line, float] = {}
        """For whom something waits to be sent, and since when [s]."""
        self._left = asyncio.Event()
        self._sends: list[_Send] = [_send_nothing] * len(desk.there)
        """By slot: past the transport, straight to the socket, unless something waits there."""
        self._spent = memoryview(cast("Any", desk.budgets.spent))
        self._allowed = memoryview(cast("Any", desk.budgets.allowed))

    @property
    def busy(self) -> bool:
        """Whether there are any."""
        return bool(self._lines)

    def adopt(self, slot: int, arrival: Arrival) -> None:
        """Hand the socket to picows, which takes a moment."""
        line = self._lines[slot] = _Line(self, slot, arrival.sock)
        task = self._loop.create_task(self._adopt(line, arrival))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _adopt(self, line: _Line, arrival: Arrival) -> None:
        protocol, transport = _protocol(line, self._desk.config.most_bytes), None
        try:
            transport, _ = await self._loop.connect_accepted_socket(lambda: protocol, arrival.sock)
            _feed(protocol, _plain(arrival))
        except Exception as error:  # noqa: BLE001  # a link that breaks now breaks in many ways
            log.info("a connection broke while it was taken over", error=repr(error))
            if transport is None:
                arrival.sock.close()
            else:
                transport.abort()
        # it may have ended before picows had anybody to tell so
        if line.slot >= 0 and (transport is None or line.out is None or transport.is_closing()):
            self._forget(line, BROKE)
        self._left.set()

    def connected(self, line: _Line) -> None:
        """The handshake is complete."""
        if line.slot < 0:
            self._hang_up(line, b"")
        else:
            if line.out is not None:
                # what is written goes out at once, and we are told when it cannot
                line.out.set_write_buffer_limits(high=0)
                self._sends[line.slot] = line.sock.send
            self._desk.opened(line.slot, self._clock())

    def stuck(self, line: _Line) -> None:
        """The system takes no more bytes of a connection for now."""
        if line.slot >= 0:
            self._stuck[line] = self._clock()
            self._sends[line.slot] = _send_nothing

    def free(self, line: _Line) -> None:
        """It has taken all."""
        if self._stuck.pop(line, None) is not None and line.slot >= 0:
            self._desk.blocked[line.slot] = 0
            self._sends[line.slot] = line.sock.send

    def came(self, line: _Line, frame: WSFrame) -> None:
        """A frame came in."""
        slot = line.slot
        self._spent[slot] += 1
        if self._spent[slot] > self._allowed[slot]:
            self.end(slot, ending(Close.FLOOD))
        elif frame.rsv1 or frame.rsv2 or frame.rsv3:
            self.end(slot, ending(Close.BROKEN))
        elif (
            line.whole
            and frame.msg_type is _BINARY
            and frame.fin
            and frame.payload_size == MOVE_BYTES
        ):
            if not put_move(self._desk.inbox, slot, frame.get_payload_as_bytes()):
                self.end(slot, ending(Close.BROKEN))
        else:
            self._other(line, frame)

    def _other(self, line: _Line, frame: WSFrame) -> None:
        opcode, slot = frame.msg_type.value, line.slot
        if opcode < Opcode.CLOSE:
            line.whole = frame.fin
        payload = frame.get_payload_as_bytes()
        answer = self._desk.frame(slot, opcode, fin=frame.fin, payload=payload)
        if isinstance(answer, Ending):
            self.end(slot, answer)
        elif answer is not None and line.out is not None:
            line.out.write(answer)

    def gone(self, line: _Line, transport: WSTransport) -> None:
        """The connection is closed; picows did so itself where frames were wrong."""
        if line.slot >= 0:
            shaken = cast("Any", transport.close_handshake)
            sent = None if shaken is None else shaken.sent
            large = sent is not None and sent.code.value == Close.TOO_LARGE
            wrong = Close.TOO_LARGE if large else Close.BROKEN
            self._forget(line, BROKE if sent is None else int(wrong))
        self._leavers.discard(line)
        self._left.set()

    def tell(self, slot: int, frame: bytes) -> None:
        """Write a frame, which never waits."""
        line = self._lines.get(slot)
        if line is None or line.out is None:
            return
        if self._desk.fits(slot, line.out.get_write_buffer_size(), len(frame)):
            line.out.write(frame)
        else:
            self.end(slot, ending(Close.STALLED))

    def end(self, slot: int, ending: Ending) -> None:
        """Write the last frame; the client may hang up first."""
        line = self._lines.get(slot)
        if line is None:
            return
        self._forget(line, ending.code)
        self._hang_up(line, ending.last)

    def receive(self) -> None:
        """Nothing: picows calls."""

    def flush(self, now: float) -> None:
        """See who is stuck, and for how long."""
        for line, since in tuple(self._stuck.items()):
            if line.slot >= 0:
                self._desk.blocked[line.slot] = 1
                if now - since > self._desk.config.stalled:
                    self.end(line.slot, ending(Close.STALLED))

    def deliver(
        self,
        receivers: NDArray[np.int32],
        data: NDArray[np.uint8],
        begin: NDArray[np.int64],
        end: NDArray[np.int64],
    ) -> None:
        """Write to each their part."""
        frames, sends = memoryview(cast("Any", data)), self._sends
        skipped: list[int] = []
        full = end > begin
        to: list[int] = receivers[full].tolist()
        for slot, first, last in zip(to, begin[full].tolist(), end[full].tolist(), strict=True):
            try:
                sent = sends[slot](frames[first:last])
            except OSError:  # of a broken link the transport is the one to hear
                skipped.append(slot)
                continue
            if sent < last - first:
                self._go_on(slot, frames[first + sent : last])
        self._desk.missed[skipped] = 1
        counters = self._desk.counters
        counters.skipped += len(skipped)
        counters.snapshots += int(np.count_nonzero(full)) - len(skipped)
        counters.bytes_out += int((end - begin).sum())

    def _go_on(self, slot: int, rest: memoryview) -> None:
        """What went out in part goes on by the transport."""
        line = self._lines.get(slot)
        if line is not None and line.out is not None:
            line.out.write(bytes(rest))

    async def all_gone(self) -> None:
        """Wait until nobody is left whose last frame is on its way."""
        while self._leavers or self._tasks:
            self._left.clear()
            await self._left.wait()

    def close(self) -> None:
        """Cut off whatever is left."""
        for slot in tuple(self._lines):
            line = self._lines[slot]
            self._forget(line, BROKE)
            self._leavers.add(line)
        for line in tuple(self._leavers):
            if line.socket is not None:
                line.socket.disconnect(graceful=False)

    def _hang_up(self, line: _Line, last: bytes) -> None:
        """Send `last`; the client may hang up first, but not for long."""
        socket = line.socket
        if socket is None or line.out is None or socket.is_disconnected:
            return
        self._leavers.add(line)
        line.out.write(last)
        line.out.write_eof()
        self._loop.call_later(_PATIENCE, lambda: socket.disconnect(graceful=False))

    def _forget(self, line: _Line, code: int) -> None:
        self._stuck.pop(line, None)
        self._sends[line.slot] = _send_nothing
        del self._lines[line.slot]
        self._desk.lost(line.slot, code)
        line.slot = _NOWHERE


def _feed(protocol: Any, came: bytes) -> None:
    """Have picows read what came before it had the socket."""
    while came:
        room = protocol.get_buffer(len(came))
        size = min(len(room), len(came))
        room[:size] = came[:size]
        protocol.buffer_updated(size)
        came = came[size:]


def _plain(arrival: Arrival) -> bytes:
    """The handshake without whatever picows might object to, and what came with it."""
    key = arrival.request.headers["sec-websocket-key"]
    lines = (
        "GET / HTTP/1.1",
        "Host: shulian",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {key}",
    )
    return "\r\n".join(lines).encode() + END + arrival.came.partition(END)[2]


def _protocol(line: _Line, most_bytes: int) -> Any:
    """The protocol that picows' own server makes, for a socket that is accepted already."""

    def answer(_request: WSUpgradeRequest) -> WSUpgradeResponseWithListener:
        headers = {"Sec-WebSocket-Protocol": SUBPROTOCOL}
        return WSUpgradeResponseWithListener(
            cast("Any", WSUpgradeResponse).create_101_response(headers), line
        )

    parts = cast("Any", api)
    options = {
        "host_port": None,
        "ws_path": None,
        "is_client_side": False,
        "ws_listener_factory": answer,
        "logger": _SILENT,
        "disconnect_on_exception": True,
        "websocket_handshake_timeout": _PATIENCE,
        "enable_auto_ping": False,
        "auto_ping_idle_timeout": 0,
        "auto_ping_reply_timeout": 0,
        "auto_ping_strategy": parts.WSAutoPingStrategy.PING_WHEN_IDLE,
        "enable_auto_pong": False,
        "max_frame_size": most_bytes,
        "extra_headers": None,
        "read_buffer_init_size": _READ_BUFFER,
    }
    return parts.WSProtocol(**options)
