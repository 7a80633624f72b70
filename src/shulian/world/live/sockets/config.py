"""How the sockets of one process behave."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from shulian.world.wire.messages import MOST_BYTES


class Stage(StrEnum):
    """Which lane takes connections."""

    AUTO = "auto"
    """The first until the second is compiled, then that."""
    FIRST = "1"
    """picows."""
    SECOND = "2"
    """The compiled loop; starting waits for it."""


@dataclass(frozen=True, slots=True)
class SocketsConfig:
    """Limits and rates; times in seconds."""

    host: str = "127.0.0.1"
    port: int = 0
    """0: a free one."""
    stage: Stage = Stage.AUTO
    path: str = "/world"
    cache: Path | None = None
    """Where compiled code is kept; None: beside the source."""
    compiled: bool = True
    """Whether the first lane uses compiled rules once they are there."""
    hertz: int = 20
    """Ticks in a second: so many snapshots everyone gets."""
    crowded: int = 1_500
    """From so many connections on half of them are served between two ticks of the others: the
    last ones wait half as long for their turn, for what it costs to look twice as often."""
    radius: float = 50.0
    """[m] one sees …"""
    most: int = 32
    """… and so many at a time."""
    everyone: int = 0
    """Up to so many people, if they stand close enough for one frame, all see all."""
    guests: int = 512
    """Handshakes at a time."""
    handshake: float = 5.0
    """For a handshake to be complete."""
    stalled: float = 5.0
    """Without progress, after which who does not read is dropped."""
    ping: float = 15.0
    dead: float = 40.0
    """Without a frame, after which a link counts as lost."""
    frames: float = 60.0
    """Frames a second that one may send …"""
    burst: int = 180
    """… and so many at once: who was stuck for some seconds has as many."""
    most_bytes: int = MOST_BYTES
    """Of one message."""
    queue: int = 65_536
    """Bytes that wait for one who does not read; nothing is added to more."""
    burst_bytes: int = 262_144
    """Bytes that may be told between two ticks to one who has read all: a welcome is long."""
