"""`rules.snapshots.pack` compiled: the same bytes, a receiver at a time."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shulian.world.rules import interest, snapshots
from shulian.world.rules.bands import BAND_STEPS
from shulian.world.rules.compiled.kernel import inlined, kernel
from shulian.world.rules.compiled.people import People, people_of
from shulian.world.rules.crowd import Crowd
from shulian.world.rules.interest import Reach, Sight
from shulian.world.rules.snapshots import Beat, Frames, most_bytes
from shulian.world.wire import frames

_STEP, _RISE, _AHEAD, _SPAN = snapshots.STEP, snapshots.RISE, snapshots.AHEAD, snapshots.SPAN
_HEADER, _RECORD = snapshots.HEADER_BYTES, snapshots.RECORD_BYTES
_LONGEST_AGE, _PERIODS = snapshots.LONGEST_AGE, interest.PERIODS
_BAND_STEPS = BAND_STEPS
_BINARY, _SHORT = snapshots.BINARY, snapshots.SHORT
_WHOLE, _MOVED = frames.SNAPSHOT_WHOLE, frames.SNAPSHOT_MOVED

Bytes = NDArray[np.uint8]
_rooms: list[Bytes] = [np.empty(0, np.uint8)]


class _Views(NamedTuple):
    """What of `Sight` is packed."""

    seen: NDArray[np.int32]
    far: NDArray[np.int64]
    number: NDArray[np.int32]
    sent: NDArray[np.int64]


class _Now(NamedTuple):
    """What all snapshots of a tick have in common."""

    tick: int
    hertz: int
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
    data = _room(len(receivers) * most_bytes(reach.most))
    start = np.zeros(len(receivers) + 1, np.int64)
    views = _Views(sight.seen, sight.far, sight.count, sight.sent)
    now = _Now(beat.tick, beat.hertz, reach.radius)
    _pack(people_of(crowd), views, stirred, receivers, whole, now, data, start)
    return Frames(data[: start[-1]], start)


def _room(size: int) -> Bytes:
    """Room for `size` bytes, the same in every tick: fresh memory would have to be cleared."""
    if len(_rooms[0]) < size:
        _rooms[0] = np.empty(2 * size, np.uint8)
    return _rooms[0]


@inlined
def _put(data: Bytes, at: int, number: int) -> None:
    """A whole number of two bytes."""
    data[at] = number & 255
    data[at + 1] = (number >> 8) & 255


@inlined
def _put_frame_head(data: Bytes, at: int, size: int) -> int:
    """The head of a WebSocket frame; where its payload begins."""
    data[at] = _BINARY
    if size < _SHORT:
        data[at + 1] = size
        return at + 2
    data[at + 1] = _SHORT
    data[at + 2], data[at + 3] = size >> 8, size & 255
    return at + 4


@inlined
def _put_record(
    data: Bytes, at: int, slot: int, east: int, north: int, people: People, age: int
) -> None:
    """How `slot` is, seen from an origin [cm]."""
    place = people.place[slot]
    _put(data, at, slot)
    _put(data, at + 2, min(max(int(place[0]) - east, 0), _SPAN - 1))
    _put(data, at + 4, min(max(int(place[1]) - north, 0), _SPAN - 1))
    _put(data, at + 6, min(max(int(place[2]) // _RISE, -32_768), 32_767))
    _put(data, at + 8, int(people.heading[slot]))
    data[at + 10] = people.posture[slot]
    data[at + 11] = min(age, _LONGEST_AGE)


@inlined
def _name(
    slot: int, views: _Views, stirred: NDArray[np.int64], now: _Now, named: NDArray[np.int64]
) -> int:
    """Which of those in sight moved and have waited long enough; their number."""
    number = 0
    for column in range(views.number[slot]):
        since = int(views.sent[slot, column])
        period = 1 + (_PERIODS - 1) * int(views.far[slot, column]) // (now.radius * now.radius)
        if stirred[views.seen[slot, column]] > since and now.tick - since >= period:
            named[number] = column
            number += 1
    return number


@kernel
def _pack(
    people: People,
    views: _Views,
    stirred: NDArray[np.int64],
    receivers: NDArray[np.int32],
    whole: NDArray[np.bool_],
    now: _Now,
    data: Bytes,
    start: NDArray[np.int64],
) -> None:
    everyone = np.arange(int(views.seen.shape[1]))
    some = np.empty(int(views.seen.shape[1]), np.int64)
    at = 0
    for row in range(len(receivers)):
        start[row] = at
        slot = int(receivers[row])
        number = int(views.number[slot]) if whole[row] else _name(slot, views, stirred, now, some)
        if number == 0 and not whole[row]:
            continue
        named = everyone if whole[row] else some
        eye = people.focus[slot] if people.focused[slot] == 1 else people.place[slot]
        column, line = (int(eye[0]) - _AHEAD) // _STEP, (int(eye[1]) - _AHEAD) // _STEP
        at = _put_frame_head(data, at, _HEADER + _RECORD * number)
        data[at], data[at + 1] = _WHOLE if whole[row] else _MOVED, now.hertz
        _put(data, at + 2, now.tick)
        _put(data, at + 4, column - int(people.band[slot]) * _BAND_STEPS)
        _put(data, at + 6, line)
        _put(data, at + 8, number)
        at += _HEADER
        for turn in range(number):
            other = int(views.seen[slot, named[turn]])
            age = now.tick - int(stirred[other])
            _put_record(data, at, other, column * _STEP, line * _STEP, people, age)
            views.sent[slot, named[turn]] = now.tick
            at += _RECORD
    start[len(receivers)] = at
