"""The link between the processes of one world: what one says, the others hear.

Nothing that goes over it is kept: what counts for long is in the database, and who is near a border
is said anew ten times a second.
"""

from asyncio import AbstractEventLoop
from collections.abc import Callable
from typing import Protocol

Receive = Callable[[bytes], None]
"""Hears what another process said; called in the event loop."""


class Link(Protocol):
    """One process's end of it."""

    async def open(self, receive: Receive) -> None:
        """Hear what the others say from now on."""
        ...

    def publish(self, data: bytes) -> None:
        """Say something to all others; it may be lost."""
        ...

    async def close(self) -> None:
        """Hear and say no more."""
        ...


class Alone:
    """The link of a process that has everything."""

    async def open(self, receive: Receive) -> None:
        """Nobody says anything."""

    def publish(self, data: bytes) -> None:
        """Nobody hears it."""

    async def close(self) -> None:
        """There was nothing."""


class Wire:
    """A link between several worlds in one process."""

    def __init__(self, loop: AbstractEventLoop) -> None:
        """Nobody is on it."""
        self._loop = loop
        self._ends: dict[WireEnd, Receive] = {}

    def end(self) -> "WireEnd":
        """One more end of it."""
        return WireEnd(self)

    def join(self, end: "WireEnd", receive: Receive) -> None:
        """Have `end` hear what the others say."""
        self._ends[end] = receive

    def leave(self, end: "WireEnd") -> None:
        """Have `end` hear no more."""
        self._ends.pop(end, None)

    def say(self, sender: "WireEnd", data: bytes) -> None:
        """Have all but `sender` hear it, soon."""
        for end, receive in self._ends.items():
            if end is not sender:
                self._loop.call_soon(receive, data)


class WireEnd:
    """One world's end of a wire."""

    def __init__(self, wire: Wire) -> None:
        """It is not open."""
        self._wire = wire

    async def open(self, receive: Receive) -> None:
        """Hear what the others say from now on."""
        self._wire.join(self, receive)

    def publish(self, data: bytes) -> None:
        """Say something to all others."""
        self._wire.say(self, data)

    async def close(self) -> None:
        """Hear no more."""
        self._wire.leave(self)
