"""The metronome: has a server tick so many times a second, whatever a tick costs."""

import asyncio
import time
from collections.abc import Callable

import structlog

from shulian.world.live.sockets.counters import Counters

_NAP = 0.015
"""[s] in which what comes by the first lane gathers, so that it is not taken up one by one."""

log = structlog.stdlib.get_logger("shulian.world.sockets")


class Metronome:
    """Calls of the event loop, one after the other: a task that sleeps would cost a tick more."""

    def __init__(
        self, tick: Callable[[], None], period: Callable[[], float], counters: Counters
    ) -> None:
        """Call `tick` every `period` [s], which may change from one to the next."""
        self.gathers = False
        """Whether so much comes by the first lane that it is better taken up in heaps."""
        self._tick, self._period, self._counters = tick, period, counters
        self._due, self._goes = 0.0, False
        self._next: asyncio.Handle | None = None

    def start(self) -> None:
        """Begin, in a period's time."""
        self._goes = True
        self._due = time.monotonic() + self._period()
        self._wait()

    def stop(self) -> None:
        """Tick no more."""
        self._goes = False
        if self._next is not None:
            self._next.cancel()

    def _wait(self) -> None:
        if not self._goes:
            return
        loop, left = asyncio.get_running_loop(), self._due - time.monotonic()
        if self.gathers and left > _NAP:
            time.sleep(_NAP)  # nobody in this loop has anything else to do
            self._next = loop.call_soon(self._wait)
        elif left > 0:
            self._next = loop.call_later(left, self._run)
        else:
            self._next = loop.call_soon(self._run)

    def _run(self) -> None:
        try:
            self._tick()
        except Exception:
            self._counters.failures += 1
            log.exception("a tick went wrong")
        self._due += self._period()
        now = time.monotonic()
        if now - self._due > self._period():  # a tick that comes too late is not made up for
            self._counters.late += 1
            self._due = now
        self._wait()
