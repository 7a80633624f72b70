"""Where the sockets and the people behind them meet: what each side asks of the other.

The sockets know bytes and slots; the house knows visitors, zones and messages. Both work on one
`Crowd` (rules/crowd.py) and in one thread, the event loop's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol


class Close(IntEnum):
    """Why the server ended a connection, as a WebSocket close code (RFC 6455, 7.4)."""

    GONE = 1001
    """The server stops; come back."""
    BROKEN = 1002
    """What came is no WebSocket, or not our frames."""
    TOO_LARGE = 1009
    TAKEN = 4001
    """The same person came in elsewhere."""
    STALLED = 4002
    """Nothing could be sent for too long."""
    FLOOD = 4003
    """More than a person can do."""
    REMOVED = 4004
    """A moderator's measure."""
    LEFT = 4005
    """As one asked for."""
    FULL = 4006
    """No place left in this process."""
    MOVED = 4007
    """The place is on another server now."""


@dataclass(frozen=True, slots=True)
class Knock:
    """A handshake: the query of its address, and from where it comes."""

    query: Mapping[str, str]
    address: str


@dataclass(frozen=True, slots=True)
class Denied:
    """A handshake that is refused, before anything is kept of it."""

    status: int
    """Of HTTP."""
    code: str


class House(Protocol):
    """The people's side."""

    def knock(self, knock: Knock) -> int | Denied:
        """The slot of who comes in by a handshake; the socket is not there yet."""
        ...

    def opened(self, slot: int) -> None:
        """Their socket is there: messages can be told."""
        ...

    def heard(self, slot: int, text: bytes) -> None:
        """A message came in; never raises."""
        ...

    def closed(self, slot: int, code: int) -> None:
        """The socket is gone, whoever ended it; 1006 where it just broke."""
        ...

    def strayed(self, slot: int, why: int) -> None:
        """Moves of theirs were refused since the last tick; `why` as in rules/motion.py."""
        ...

    def meet(self, slot: int, met: Iterable[int]) -> None:
        """These come into the sight of `slot` for the first time."""
        ...

    def tick(self, now: float) -> None:
        """Before each snapshot; `now` [s] of the monotonic clock."""
        ...


class Sockets(Protocol):
    """The connections of one process."""

    def tell(self, slot: int, text: bytes) -> None:
        """Queue a message; who does not read is dropped as STALLED when the queue is full."""
        ...

    def drop(self, slot: int, code: Close) -> None:
        """End a connection after what is queued; `House.closed` is called later, never within."""
        ...

    def set_hidden(self, slot: int, others: Iterable[int]) -> None:
        """Have `slot` and each of `others` not see each other, instead of those said before."""
        ...
