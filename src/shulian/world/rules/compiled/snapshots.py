"""`rules.snapshots.pack` compiled: the same bytes, a receiver at a time."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shulian.world.rules import interest, snapshots
from shulian.world.rules.bands import BAND_STEPS
from shulian.world.rules.compiled.kernel import inlined, kernel
from shulian.world.rules.compiled.people import People, people_of
from shulian.world.rules.crowd import Crowd, State
from shulian.world.rules.interest import Reach, Sight
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
_rooms: list[Bytes] = [np.empty(0, np.uint8)]


class _Views(NamedTuple):
    """What of `Sight` is packed."""

    seen: NDArray[np.int32]
    far: NDArray[np.int32]
    number: NDArray[np.int32]
    sent: NDArray[np.int32]


class Now(NamedTuple):
    """What all snapshots of a tick have in common."""

    tick: int
    hertz: int
    phases: int
    radius: int


def pack(
    crowd: Crowd,
    sight: Sight,
    stirred: NDArray[np.int64],
    receivers: NDArray[np.int32],
    whole: NDArray[np.bool_],
    beat: Beat,
    reach: Reach,
) -> Frames:
    """`rules.snapshots.Pack`; the bytes are good until the next call."""
    data = room(len(receivers) * most_bytes(reach.most))
    start = np.zeros(len(receivers) + 1, np.int64)
    views = _Views(sight.seen, sight.far, sight.count, sight.sent)
    now = Now(beat.tick, beat.hertz, beat.phases, reach.radius)
    _pack(people_of(crowd), views, stirred, receivers, whole, now, data.view("<u2"), start)
    return Frames(data[: start[-1]], start)


def room(size: int) -> Bytes:
    """Room for `size` bytes, the same in every tick: fresh memory would have to be cleared."""
    if len(_rooms[0]) < size:
        _rooms[0] = np.empty(2 * size, np.uint8)
    return _rooms[0]


@inlined
def _lines(people: People, stirred: NDArray[np.int64], now: Now) -> NDArray[np.int32]:
    """(s, 8) everyone who can be seen, as their records will have them, side by side in memory.

    East and north [cm] of the plane; height, heading, and posture with age, as they travel; and
    the age itself [ticks].
    """
    lines = np.empty((len(people.state), _LINE), np.int32)
    for slot in range(len(people.state)):
        if people.state[slot] != _HERE and people.state[slot] != _BEYOND:
            continue
        line, age = lines[slot], now.tick - int(stirred[slot])
        height = min(max(int(people.place[slot, 2]) // _RISE, -32_768), 32_767)
        line[_EAST], line[_NORTH] = people.place[slot, 0], people.place[slot, 1]
        line[_RISEN] = height & 0xFFFF
        line[_TURNED] = people.heading[slot]
        line[_LOOKS] = int(people.posture[slot]) | min(age // now.phases, _LONGEST_AGE) << 8
        line[_AGE] = min(age, _NEVER)
    return lines


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
    words: Words, at: int, kind: int, number: int, origin: tuple[int, int], now: Now
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
    now: Now,
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
    lines: NDArray[np.int32],
    now: Now,
    base: tuple[int, int],
    words: Words,
    at: int,
) -> int:
    """The records of all in sight, or of those who moved and have waited long enough.

    Answers how many there are.
    """
    number, reach = 0, now.radius * now.radius
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
    people: People,
    views: _Views,
    stirred: NDArray[np.int64],
    receivers: NDArray[np.int32],
    whole: NDArray[np.bool_],
    now: Now,
    words: Words,
    start: NDArray[np.int64],
) -> None:
    lines = _lines(people, stirred, now)
    at = 0
    for row in range(len(receivers)):
        start[row] = 2 * at
        slot = int(receivers[row])
        eye = people.focus[slot] if people.focused[slot] == 1 else people.place[slot]
        column, line = (int(eye[0]) - _AHEAD) // _STEP, (int(eye[1]) - _AHEAD) // _STEP
        base = (column * _STEP, line * _STEP)
        first = at + _LONG_HEAD + _HEADER
        number = _put_records(slot, whole[row], views, lines, now, base, words, first)
        if number == 0 and not whole[row]:
            continue
        origin = (column - int(people.band[slot]) * _BAND_STEPS, line)
        head = _put_heads(words, at, number, whole[row], origin, now)
        at = head + _HEADER + _RECORD * number
        if head + _HEADER < first:
            for place in range(head + _HEADER, at):
                words[place] = words[place + 1]
    start[len(receivers)] = 2 * at
