"""`rules.snapshots.pack` compiled: the same bytes, a receiver at a time."""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from shulian.world.rules import interest, snapshots
from shulian.world.rules.bands import BAND_STEPS
from shulian.world.rules.compiled.kernel import Kept, Shelf, inlined, kernel
from shulian.world.rules.compiled.people import People, end_of, people_at, people_of
from shulian.world.rules.crowd import Crowd, State
from shulian.world.rules.interest import Reach, Sight, no_sight
from shulian.world.rules.snapshots import Beat, Frames, most_bytes
from shulian.world.wire import frames

_STEP, _RISE, _AHEAD, _SPAN = snapshots.STRIDE, snapshots.RISE, snapshots.AHEAD, snapshots.SPAN
_HEADER, _RECORD = snapshots.HEADER_BYTES // 2, snapshots.RECORD_BYTES // 2
_LONG_HEAD = 2
"""All three in words of two bytes: no frame has an odd number of bytes."""
_EAST, _NORTH, _RISEN, _TURNED, _LOOKS, _AGE = range(6)
_LINE = 8
"""Numbers of a line; as many bytes as a cache takes in at a time, or half of them."""
_NEVER = 1 << 30
"""[ticks] older than anything that was ever sent."""
_HERE, _BEYOND = int(State.HERE), int(State.BEYOND)
_LONGEST_AGE, _PERIODS = snapshots.LONGEST_AGE, interest.PERIODS
_BAND_STEPS = BAND_STEPS
_BINARY, _SHORT = snapshots.BINARY, snapshots.SHORT
_WHOLE, _MOVED = frames.SNAPSHOT_WHOLE, frames.SNAPSHOT_MOVED

Bytes = NDArray[np.uint8]
Words = NDArray[np.uint16]
_rooms: list[Any] = [np.empty(0, np.uint8), np.empty(0, "<u2")]
"""The same memory as bytes and as words."""


class _Views(NamedTuple):
    """What of `Sight` is packed, and of whom."""

    seen: NDArray[np.int32]
    far: NDArray[np.int32]
    number: NDArray[np.int32]
    sent: NDArray[np.int32]
    lines: NDArray[np.int32]
    """(s, 8) everyone as their records will have them, side by side in memory.

    East and north [cm] of the plane; height, heading, and posture with age, as they travel; and
    the age itself [ticks].
    """
    start: NDArray[np.int64]
    """Room for `Frames.start`."""


def pack(
    crowd: Crowd,
    sight: Sight,
    stirred: NDArray[np.int64],
    receivers: NDArray[np.int32],
    whole: NDArray[np.bool_],
    beat: Beat,
    reach: Reach,
) -> Frames:
    """`rules.snapshots.Pack`; the arrays are good until the next call."""
    data, words = room(len(receivers) * most_bytes(reach.most))
    views, start = _views(sight)
    people = people_of(crowd)
    size = _pack(
        people.address, views.address, stirred, receivers, whole, beat, reach.radius, words
    )
    return Frames(data[:size], start[: len(receivers) + 1])


def room(size: int) -> tuple[Bytes, Words]:
    """Room for `size` bytes, the same in every tick: fresh memory would have to be cleared."""
    if len(_rooms[0]) < size:
        _rooms[0] = np.empty(2 * size, np.uint8)
        _rooms[1] = _rooms[0].view("<u2")
    return _rooms[0], _rooms[1]


def _gathered(sight: Sight) -> _Views:
    """The same memory, and some more."""
    slots = len(sight.count)
    return _Views(
        sight.seen,
        sight.far,
        sight.count,
        sight.sent,
        lines=np.empty((slots, _LINE), np.int32),
        start=np.empty(slots + 1, np.int64),
    )


_SHELF = Shelf(_gathered(no_sight(8, 1)))
_views_at = _SHELF.at


@lru_cache(maxsize=8)
def _views(sight: Sight) -> tuple[Kept, NDArray[np.int64]]:
    """They, and `start`; a process has one of each."""
    views = _gathered(sight)
    return _SHELF.keep(views), views.start


@inlined
def _put_lines(
    people: People, stirred: NDArray[np.int64], now: Beat, lines: NDArray[np.int32]
) -> None:
    """Write everyone who can be seen into `lines`."""
    for slot in range(end_of(people.state)):
        if people.state[slot] != _HERE and people.state[slot] != _BEYOND:
            continue
        line, age = lines[slot], now.tick - int(stirred[slot])
        height = min(max(int(people.place[slot, 2]) // _RISE, -32_768), 32_767)
        line[_EAST], line[_NORTH] = people.place[slot, 0], people.place[slot, 1]
        line[_RISEN] = height & 0xFFFF
        line[_TURNED] = people.heading[slot]
        line[_LOOKS] = int(people.posture[slot]) | min(age // now.phases, _LONGEST_AGE) << 8
        line[_AGE] = min(age, _NEVER)


@inlined
def _put_record(
    words: Words, at: int, slot: int, base: tuple[int, int], line: NDArray[np.int32]
) -> None:
    """How `slot` is, seen from an origin [cm]."""
    words[at] = slot
    words[at + 1] = min(max(int(line[_EAST]) - base[0], 0), _SPAN - 1)
    words[at + 2] = min(max(int(line[_NORTH]) - base[1], 0), _SPAN - 1)
    words[at + 3] = line[_RISEN]
    words[at + 4] = line[_TURNED]
    words[at + 5] = line[_LOOKS]


@inlined
def put_frame_head(words: Words, at: int, size: int) -> int:
    """The head of a WebSocket frame; where its payload begins."""
    if size < _SHORT:
        words[at] = _BINARY | size << 8
        return at + 1
    words[at] = _BINARY | _SHORT << 8
    words[at + 1] = size >> 8 | (size & 255) << 8
    return at + 2


@inlined
def put_header(
    words: Words, at: int, kind: int, number: int, origin: tuple[int, int], now: Beat
) -> int:
    """The header of a snapshot with so many records; where they begin."""
    words[at] = kind | now.hertz << 8
    words[at + 1] = (now.tick // now.phases) & 0xFFFF
    words[at + 2] = origin[0] & 0xFFFF
    words[at + 3] = origin[1] & 0xFFFF
    words[at + 4] = number
    return at + _HEADER


@inlined
def _put_heads(
    words: Words,
    at: int,
    number: int,
    whole: bool,  # noqa: FBT001  # compiled code takes no keywords
    origin: tuple[int, int],
    now: Beat,
) -> int:
    """The heads of a frame and of the snapshot in it; where the latter begins."""
    head = put_frame_head(words, at, 2 * (_HEADER + _RECORD * number))
    put_header(words, head, _WHOLE if whole else _MOVED, number, origin, now)
    return head


@inlined
def _put_records(
    slot: int,
    whole: bool,  # noqa: FBT001  # compiled code takes no keywords
    views: _Views,
    now: Beat,
    radius: int,
    base: tuple[int, int],
    words: Words,
    at: int,
) -> int:
    """The records of all in sight, or of those who moved and have waited long enough.

    Answers how many there are.
    """
    number, reach, lines = 0, radius * radius, views.lines
    for column in range(views.number[slot]):
        other = int(views.seen[slot, column])
        waited = now.tick - int(views.sent[slot, column])
        if not whole and (
            lines[other, _AGE] >= waited
            # in ticks that clients know: no longer than (periods − 1) · far / reach
            or (_PERIODS - 1) * int(views.far[slot, column]) * now.phases >= waited * reach
        ):
            continue
        _put_record(words, at, other, base, lines[other])
        views.sent[slot, column] = now.tick
        number += 1
        at += _RECORD
    return number


@kernel
def _pack(
    people_are: int,
    views_are: int,
    stirred: NDArray[np.int64],
    receivers: NDArray[np.int32],
    whole: NDArray[np.bool_],
    now: Beat,
    radius: int,
    words: Words,
) -> int:
    people, views = people_at(people_are), _views_at(views_are)
    start = views.start
    _put_lines(people, stirred, now, views.lines)
    at = 0
    for row in range(len(receivers)):
        start[row] = 2 * at
        slot = int(receivers[row])
        eye = people.focus[slot] if people.focused[slot] == 1 else people.place[slot]
        column, line = (int(eye[0]) - _AHEAD) // _STEP, (int(eye[1]) - _AHEAD) // _STEP
        base = (column * _STEP, line * _STEP)
        first = at + _LONG_HEAD + _HEADER
        number = _put_records(slot, whole[row], views, now, radius, base, words, first)
        if number == 0 and not whole[row]:
            continue
        origin = (column - int(people.band[slot]) * _BAND_STEPS, line)
        head = _put_heads(words, at, number, whole[row], origin, now)
        at = head + _HEADER + _RECORD * number
        if head + _HEADER < first:
            for place in range(head + _HEADER, at):
                words[place] = words[place + 1]
    start[len(receivers)] = 2 * at
    return 2 * at
