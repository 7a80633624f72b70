"""Sockets on their way out: the last bytes are sent, and then the other side may hang up first."""

import asyncio
import contextlib
import socket
from dataclasses import dataclass

_MOST = 4096
"""So many at a time; more are cut off."""
_PATIENCE = 2.0
"""[s] until a socket is closed, whatever is left."""
_GULP = 65_536


@dataclass(slots=True, eq=False)
class _Leaver:
    sock: socket.socket
    rest: bytes
    timer: asyncio.TimerHandle


class Leaving:
    """Closes sockets without losing what was just sent: who closes with unread bytes resets."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._leavers: set[_Leaver] = set()

    def see_out(self, sock: socket.socket, last: bytes) -> None:
        """Send `last`, and close `sock` when the other side has, or soon."""
        if len(self._leavers) >= _MOST:
            sock.close()
            return
        timer = self._loop.call_later(_PATIENCE, lambda: self._close(leaver))
        leaver = _Leaver(sock, last, timer)
        self._leavers.add(leaver)
        self._loop.add_reader(sock, self._read, leaver)
        self._write(leaver)

    async def all_gone(self) -> None:
        """Wait for those that are left, which is not long."""
        while self._leavers:
            timers = [leaver.timer.when() for leaver in self._leavers]
            await asyncio.sleep(min(0.02, max(min(timers) - self._loop.time(), 0.0)))

    def close(self) -> None:
        """Cut everyone off."""
        for leaver in tuple(self._leavers):
            self._close(leaver)

    def _write(self, leaver: _Leaver) -> None:
        try:
            sent = leaver.sock.send(leaver.rest) if leaver.rest else 0
        except BlockingIOError:
            sent = 0
        except OSError:
            self._close(leaver)
            return
        leaver.rest = leaver.rest[sent:]
        if leaver.rest:
            self._loop.add_writer(leaver.sock, self._write, leaver)
            return
        self._loop.remove_writer(leaver.sock)
        with contextlib.suppress(OSError):
            leaver.sock.shutdown(socket.SHUT_WR)

    def _read(self, leaver: _Leaver) -> None:
        try:
            gone = not leaver.sock.recv(_GULP)
        except BlockingIOError:
            gone = False
        except OSError:
            gone = True
        if gone:
            self._close(leaver)

    def _close(self, leaver: _Leaver) -> None:
        if leaver not in self._leavers:
            return
        self._leavers.discard(leaver)
        leaver.timer.cancel()
        self._loop.remove_reader(leaver.sock)
        self._loop.remove_writer(leaver.sock)
        leaver.sock.close()
