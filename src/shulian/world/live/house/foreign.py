"""What the processes of one world tell each other: packed borders, and the rest as JSON."""

from typing import Literal
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from shulian.park.types import SpaceId
from shulian.world.types import Message, Stand, VisitorKey
from shulian.world.wire.messages import PersonView

BORDER = 1
"""The first byte of a packed border; a JSON object begins with a brace."""

RECORD = np.dtype(
    [
        ("park", "<u4"),
        ("visit", "<i8"),
        ("place", "<i4", (3,)),
        ("slot", "<u2"),
        ("heading", "<u2"),
        ("posture", "u1"),
    ]
)
"""Somebody near a border: `place` [cm] in the plane of their park."""

_HEADER = 4


What = Literal["greet", "invite", "seek"]
"""To wave to somebody, to ask them to follow, to learn where they are."""


class Introduced(msgspec.Struct, frozen=True):
    """Somebody whom others may see across a border."""

    visit: int
    park: SpaceId
    person: PersonView
    """With the slot they have in their own process."""


class _Told(msgspec.Struct, frozen=True, tag_field="type"):
    """What a process says; `shard` is its number."""

    shard: int


class Introduce(_Told, frozen=True, tag="introduce"):
    """These may be seen across a border."""

    people: tuple[Introduced, ...]


class Ask(_Told, frozen=True, tag="ask"):
    """A question to the process `of`: who these of it are, by slot and visit."""

    of: int
    who: tuple[tuple[int, int], ...]


class Nearby(_Told, frozen=True, tag="nearby"):
    """Somebody at `stand`, with `slot` there, said something to those nearby."""

    message: Message
    slot: int
    stand: Stand


class Direct(_Told, frozen=True, tag="direct"):
    """Somebody said something to one who may be elsewhere."""

    message: Message


class Came(_Told, frozen=True, tag="came"):
    """These are here, in these visits: whoever they were elsewhere before is over."""

    people: tuple[tuple[VisitorKey, int], ...]


class Blocked(_Told, frozen=True, tag="blocked"):
    """Whom somebody must not meet has changed."""

    key: VisitorKey


class Wish(msgspec.Struct, frozen=True):
    """Somebody who wants into a zone of another process."""

    park: SpaceId
    space: SpaceId
    key: VisitorKey
    away: bool
    """Whether their link is lost for now."""


class Wishes(_Told, frozen=True, tag="wishes"):
    """Who wants into the zones of the process `of`, who wanted it first first."""

    of: int
    wishes: tuple[Wish, ...]
    all: bool
    """Whether nobody else of `shard` does."""


class Place(msgspec.Struct, frozen=True):
    """Where somebody is who wants into a zone."""

    park: SpaceId
    space: SpaceId
    key: VisitorKey
    position: int
    """In its queue; 0: a place is kept for them."""
    count: int
    """How many are in the zone."""


class Places(_Told, frozen=True, tag="places"):
    """Where those of the process `of` are who want into zones of `shard`."""

    of: int
    places: tuple[Place, ...]


class Errand(_Told, frozen=True, tag="errand"):
    """Somebody wants something of one who may be elsewhere."""

    number: int
    """Of the process that says it: the answer names it."""
    park: SpaceId
    to: VisitorKey
    sender: VisitorKey
    name: str
    slot: int
    what: What


class Done(_Told, frozen=True, tag="done"):
    """The errand `number` of the process `of` is done: who it was for stands there."""

    of: int
    number: int
    stand: Stand


class Beckon(_Told, frozen=True, tag="beckon"):
    """Somebody at `stand` asks all nearby to follow them."""

    park: SpaceId
    sender: VisitorKey
    name: str
    slot: int
    stand: Stand


Told = Introduce | Ask | Nearby | Direct | Came | Blocked | Wishes | Places | Errand | Done | Beckon

_told: msgspec.json.Decoder[Told] = msgspec.json.Decoder(Told)


def park_mark(park: SpaceId) -> int:
    """A park in a packed border."""
    return crc32(park.encode())


def pack(shard: int, records: NDArray[np.void]) -> bytes:
    """A border as it travels."""
    return bytes((BORDER, 0)) + shard.to_bytes(2, "little") + records.tobytes()


def unpack(data: bytes) -> tuple[int, NDArray[np.void]] | None:
    """The process and the records of a border; none: it is broken."""
    if len(data) < _HEADER or (len(data) - _HEADER) % RECORD.itemsize:
        return None
    return int.from_bytes(data[2:4], "little"), np.frombuffer(data[_HEADER:], RECORD)


def read(data: bytes) -> Told | None:
    """What another process told; none: nobody can read it."""
    try:
        return _told.decode(data)
    except msgspec.DecodeError:
        return None
