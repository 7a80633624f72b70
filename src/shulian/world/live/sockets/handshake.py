"""The door: accepts connections, reads what they ask for, and lets in whom the house lets in.

It is the same for both lanes. Whoever is not done in time, says too much or comes when too many
stand in the door is turned away before anything else is kept of them.
"""

import asyncio
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from shulian.world.live.ports import Denied, Knock
from shulian.world.live.sockets.config import SocketsConfig
from shulian.world.live.sockets.counters import Counters
from shulian.world.live.sockets.leaving import Leaving
from shulian.world.live.sockets.requests import (
    END,
    MOST_HEAD,
    Request,
    fault,
    read_request,
    refusal,
    reply,
)

Admit = Callable[["Arrival"], Denied | None]
"""Takes the socket of who may come in; else says why not."""

_AT_ONCE = 64
"""Connections accepted in one go: between two goes there is time for everyone else."""
_BREATH = 0.1
"""[s] without accepting, when the system has no sockets left."""
_SEND_BUFFER = 65_536
"""Bytes the system keeps for who does not read: the less, the sooner that is noticed."""
_TEXT = "text/plain; version=0.0.4; charset=utf-8"
_HERE = {"127.0.0.1", "::1"}
"""Figures are told to this machine alone."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A good handshake."""

    sock: socket.socket
    request: Request
    knock: Knock
    came: bytes
    """Everything that came on the socket."""


@dataclass(slots=True, eq=False)
class _Guest:
    sock: socket.socket
    address: str
    until: float
    came: bytearray = field(default_factory=bytearray)


class Door:
    """The listening socket and those who stand before it."""

    def __init__(
        self,
        config: SocketsConfig,
        counters: Counters,
        leaving: Leaving,
        *,
        admit: Admit,
        metrics: Callable[[], bytes],
        clock: Callable[[], float],
    ) -> None:
        self._config, self._counters, self._leaving = config, counters, leaving
        self._admit, self._metrics, self._clock = admit, metrics, clock
        self._guests: dict[_Guest, None] = {}
        """In the order they came."""
        self._loop = asyncio.get_running_loop()
        self._socket = socket.create_server((config.host, config.port), backlog=1024)
        self._socket.settimeout(0)
        self._open = False

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._socket.getsockname()[1])

    def open(self) -> None:
        """Begin to accept."""
        self._open = True
        self._listen()

    def close(self) -> None:
        """Accept nobody any more; who stands in the door is cut off."""
        self._open = False
        self._loop.remove_reader(self._socket)
        self._socket.close()
        for guest in tuple(self._guests):
            self._forget(guest)
            guest.sock.close()

    def sweep(self, now: float) -> None:
        """Turn away who took too long."""
        for guest in tuple(self._guests):
            if guest.until > now:
                break
            self._counters.timeouts += 1
            self._refuse(guest, Denied(HTTPStatus.REQUEST_TIMEOUT, "timeout"))

    def _listen(self) -> None:
        if self._open:
            self._loop.add_reader(self._socket, self._accept)

    def _accept(self) -> None:
        for _ in range(_AT_ONCE):
            try:
                sock, address = self._socket.accept()
            except BlockingIOError:
                return
            except OSError:
                self._counters.refused["sockets"] += 1
                self._loop.remove_reader(self._socket)
                self._loop.call_later(_BREATH, self._listen)
                return
            self._counters.accepted += 1
            sock.settimeout(0)
            guest = _Guest(sock, str(address[0]), self._clock() + self._config.handshake)
            if len(self._guests) >= self._config.guests:
                self._turn_away(guest)
                continue
            self._guests[guest] = None
            self._counters.guests += 1
            self._loop.add_reader(sock, self._read, guest)

    def _turn_away(self, guest: _Guest) -> None:
        """Say no without waiting for the question, nor for whether it is heard."""
        self._counters.refused["busy"] += 1
        try:
            guest.sock.send(refusal(Denied(HTTPStatus.SERVICE_UNAVAILABLE, "busy")))
        except OSError:
            pass
        finally:
            guest.sock.close()

    def _read(self, guest: _Guest) -> None:
        try:
            data = guest.sock.recv(MOST_HEAD + 1 - len(guest.came))
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._forget(guest)
            guest.sock.close()
            return
        guest.came += data
        if END in guest.came:
            self._decide(guest)
        elif len(guest.came) > MOST_HEAD:
            self._refuse(guest, Denied(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "long"))

    def _decide(self, guest: _Guest) -> None:
        request = read_request(bytes(guest.came[: guest.came.index(END)]))
        if request is None:
            self._refuse(guest, Denied(HTTPStatus.BAD_REQUEST, "request"))
        elif request.path == "/healthz":
            self._answer(guest, reply(HTTPStatus.OK, _TEXT, b"ok\n"))
        elif request.path == "/metrics" and _from_here(guest, request):
            self._answer(guest, reply(HTTPStatus.OK, _TEXT, self._metrics()))
        elif request.path != self._config.path:
            self._refuse(guest, Denied(HTTPStatus.NOT_FOUND, "path"))
        else:
            self._let_in(guest, request)

    def _let_in(self, guest: _Guest, request: Request) -> None:
        denied = fault(request)
        if denied is None:
            self._forget(guest)
            guest.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            guest.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
            knock = Knock(request.query, guest.address)
            denied = self._admit(Arrival(guest.sock, request, knock, bytes(guest.came)))
        if denied is not None:
            self._refuse(guest, denied)

    def _refuse(self, guest: _Guest, denied: Denied) -> None:
        self._counters.refused[denied.code] += 1
        self._answer(guest, refusal(denied))

    def _answer(self, guest: _Guest, last: bytes) -> None:
        self._forget(guest)
        self._leaving.see_out(guest.sock, last)

    def _forget(self, guest: _Guest) -> None:
        if guest in self._guests:
            del self._guests[guest]
            self._counters.guests -= 1
            self._loop.remove_reader(guest.sock)


def _from_here(guest: _Guest, request: Request) -> bool:
    """Whether somebody on this machine asks, and not a proxy here for somebody elsewhere."""
    return guest.address in _HERE and "x-forwarded-for" not in request.headers
