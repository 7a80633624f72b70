"""The second lane's loop, compiled: receives, parses, and sends over bare sockets.

Moves go straight to where they are judged; every other frame is copied out for Python. Nothing is
allocated for what a client announces, and nobody is waited for.
"""

import platform
from collections.abc import Callable
from typing import Any, NamedTuple, cast

import numpy as np
from numba import types  # pyright: ignore[reportPrivateImportUsage]
from numba.extending import intrinsic
from numpy.typing import NDArray

from shulian.world.live.ports import Close
from shulian.world.live.sockets.heads import BINARY, CONTROL, MASK, NOWHERE, Frame, frame_head
from shulian.world.rules import moves
from shulian.world.rules.compiled.kernel import Shelf, inlined, kernel
from shulian.world.wire import frames

EOF = 256
"""An event: the other side is gone. Below are frames, their first byte without the reserved bits;
above, what a client is dropped for: `DROP` and the close code."""
DROP = 1 << 16

_MOVE, _DEPTH, _MOVE_BYTES = frames.MOVE, moves.DEPTH, moves.MOVE_BYTES
_POSTURES = np.frombuffer(moves.POSTURES, np.uint8)
_BROKEN, _FLOOD = int(Close.BROKEN), int(Close.FLOOD)
_DONTWAIT, _NOSIGNAL = 0x40, 0x4000
_EINTR, _EAGAIN = 4, 11
_WATCH, _CAME, _NEWS = 1, 1, 1 | 1 << 13 | 1 << 31
"""Of epoll: one socket more; something came; to be told once whenever something comes or ends."""
_PACKED = platform.machine() in {"x86_64", "AMD64"}
_MARK = 1 if _PACKED else 2
"""Where the mark of a socket is in an event of epoll, in words of four bytes; there are so many:"""
EVENT_WORDS = 3 if _PACKED else 4
BATCH = 32
"""So many are asked for at a time from whom anything came: few enough that what the system looked
at of a socket, to tell so, is still in the cache when it is received from."""
_FEWEST = 6
"""Bytes of a frame at the least."""

Bytes = NDArray[np.uint8]

_recv = types.ExternalFunction(
    "recv", types.int64(types.int32, types.uintp, types.uintp, types.int32)
)
_send = types.ExternalFunction(
    "send", types.int64(types.int32, types.uintp, types.uintp, types.int32)
)
_epoll_ctl = types.ExternalFunction(
    "epoll_ctl", types.int32(types.int32, types.int32, types.int32, types.uintp)
)
_epoll_wait = types.ExternalFunction(
    "epoll_wait", types.int32(types.int32, types.uintp, types.int32, types.int32)
)
_errno = types.ExternalFunction("__errno_location", types.CPointer(types.int32)())


def _load(_typing: Any, pointer: Any) -> Any:
    def written(_context: Any, builder: Any, _types: Any, given: Any) -> Any:
        return builder.load(given[0])

    return types.int32(pointer), written


_number_at: Callable[[Any], int] = cast("Any", intrinsic)(_load)
"""The number that a pointer points to."""


class Pipes(NamedTuple):
    """The connections: s slots, r bytes of room to receive, q bytes of room to send."""

    fd: NDArray[np.int32]
    """(s,) −1: none."""
    ready: NDArray[np.uint32]
    """(`BATCH`, 3 or 4) the system's answer from whom anything came, as its `epoll_event`."""
    queue: NDArray[np.int32]
    """(s,) slots that wait for their turn to be received from, in that order."""
    later: NDArray[np.int32]
    """(s,) those who had it, and have their next in the next tick."""
    queued: Bytes
    """(s,) 1: is in the queue."""
    last: Bytes
    """(s,) 1: will say no more than has come already."""
    length: NDArray[np.int32]
    """(2,) of both."""
    gulp: Bytes
    """(r,) what just came, of whoever has their turn: in one place, which stays in the cache."""
    came: Bytes
    """(s, r) what has come of frames that are not complete."""
    filled: NDArray[np.int32]
    """(s,) bytes of it."""
    split: Bytes
    """(s,) 1: a message has come in part."""
    spent: NDArray[np.int32]
    allowed: NDArray[np.int32]
    waits: Bytes
    """(s, q) what waits to be sent …"""
    head: NDArray[np.int32]
    """(s,) … from here …"""
    tail: NDArray[np.int32]
    """(s,) … to here."""
    progress: NDArray[np.float64]


class Events(NamedTuple):
    """What came in a turn: moves go to where they are judged, Python has to look at the rest."""

    moves: Bytes
    """As in `Inbox`."""
    tally: NDArray[np.int32]
    what: NDArray[np.int64]
    """(e, 4) slot, what, begin and size of its payload in `data`."""
    data: Bytes
    number: NDArray[np.int64]
    """(3,) events, bytes of data, bytes received."""


_PIPES = Shelf(
    Pipes(
        fd=np.zeros(1, np.int32),
        ready=np.zeros((1, EVENT_WORDS), np.uint32),
        queue=np.zeros(1, np.int32),
        later=np.zeros(1, np.int32),
        queued=np.zeros(1, np.uint8),
        last=np.zeros(1, np.uint8),
        length=np.zeros(2, np.int32),
        gulp=np.zeros(1, np.uint8),
        came=np.zeros((1, 1), np.uint8),
        filled=np.zeros(1, np.int32),
        split=np.zeros(1, np.uint8),
        spent=np.zeros(1, np.int32),
        allowed=np.zeros(1, np.int32),
        waits=np.zeros((1, 1), np.uint8),
        head=np.zeros(1, np.int32),
        tail=np.zeros(1, np.int32),
        progress=np.zeros(1, np.float64),
    )
)
_EVENTS = Shelf(
    Events(
        moves=np.zeros((1, 1, _MOVE_BYTES), np.uint8),
        tally=np.zeros(1, np.int32),
        what=np.zeros((1, 4), np.int64),
        data=np.zeros(1, np.uint8),
        number=np.zeros(3, np.int64),
    )
)
_pipes_at, _events_at = _PIPES.at, _EVENTS.at
keep_pipes, keep_events = _PIPES.keep, _EVENTS.keep
"""Have them where the loop finds them, by their address."""


@inlined
def _note(events: Events, slot: int, what: int, begin: int, size: int) -> None:
    at = events.number[0]
    events.what[at, 0], events.what[at, 1] = slot, what
    events.what[at, 2], events.what[at, 3] = begin, size
    events.number[0] = at + 1


@inlined
def _unmask(came: Bytes, one: Frame, to: Bytes, begin: int) -> None:
    for turn in range(one.size):
        to[begin + turn] = came[one.mask + MASK + turn] ^ came[one.mask + (turn & 3)]


@inlined
def _take(slot: int, pipes: Pipes, one: Frame, events: Events) -> int:
    """Put a frame where it belongs; the close code of what it is wrong with."""
    came, opcode = pipes.gulp, one.first & 15
    if opcode < CONTROL:
        if (opcode == 0) != (pipes.split[slot] == 1):
            return _BROKEN
        if opcode == BINARY and one.first & 0x80 and one.size == _MOVE_BYTES:
            place = min(events.tally[slot], _DEPTH - 1)
            move = events.moves[slot, place]
            _unmask(came, one, move, 0)
            if move[0] != _MOVE or not _POSTURES[move[1]]:
                return _BROKEN
            events.tally[slot] = place + 1
            return 0
        pipes.split[slot] = 0 if one.first & 0x80 else 1
    begin = events.number[1]
    _unmask(came, one, events.data, begin)
    _note(events, slot, one.first, begin, one.size)
    events.number[1] = begin + one.size
    return 0


@inlined
def _parse(slot: int, end: int, pipes: Pipes, most: int, events: Events) -> int:
    """Take all complete frames out of what has come, up to `end`, and keep the rest.

    Answers the close code of what is wrong with it.
    """
    came, at = pipes.gulp, 0
    while True:
        one = frame_head(came, at, end, most)
        if one.fault:
            return one.fault
        if one.mask == NOWHERE:
            break
        pipes.spent[slot] += 1
        if pipes.spent[slot] > pipes.allowed[slot]:
            return _FLOOD
        fault = _take(slot, pipes, one, events)
        if fault:
            return fault
        at = one.mask + MASK + one.size
    pipes.filled[slot] = end - at
    for turn in range(end - at):
        pipes.came[slot, turn] = came[at + turn]
    return 0


@inlined
def _enqueue(slot: int, pipes: Pipes) -> None:
    """Have `slot` wait for their turn."""
    if not pipes.queued[slot]:
        pipes.queued[slot] = 1
        pipes.queue[pipes.length[0]] = slot
        pipes.length[0] += 1


@inlined
def _receive(slot: int, pipes: Pipes, events: Events) -> int:
    """Receive once, behind what is kept; how much there is, −1: the other side is gone.

    Who may have more to say has their turn again in the next tick.
    """
    room, filled = len(pipes.gulp), int(pipes.filled[slot])
    for turn in range(filled):
        pipes.gulp[turn] = pipes.came[slot, turn]
    size = _recv(pipes.fd[slot], pipes.gulp.ctypes.data + filled, room - filled, _DONTWAIT)
    if size > 0:
        events.number[2] += size
        if filled + size == room or pipes.last[slot]:
            pipes.queued[slot] = 1
            pipes.later[pipes.length[1]] = slot
            pipes.length[1] += 1
        return filled + size
    if size < 0 and _number_at(_errno()) in (_EAGAIN, _EINTR):
        return filled
    return -1


@inlined
def _hear(slot: int, pipes: Pipes, most: int, events: Events) -> None:
    """Give `slot` their turn."""
    end = _receive(slot, pipes, events)
    if end < 0:
        pipes.fd[slot] = -1
        _note(events, slot, EOF, 0, 0)
        return
    fault = _parse(slot, end, pipes, most, events)
    if fault:
        pipes.fd[slot] = -1
        _note(events, slot, DROP + fault, 0, 0)


@inlined
def _has_room(pipes: Pipes, events: Events) -> bool:
    """Whether all that one more can say fits into `events`."""
    room = len(pipes.gulp)
    if events.number[1] + room > len(events.data):
        return False
    return events.number[0] + room // _FEWEST + 1 <= len(events.what)


@kernel
def watch(epoll: int, fd: int, slot: int, pipes_are: int) -> int:
    """Have `epoll` tell when anything comes for `slot`, which is heard once now; 0: it will."""
    pipes = _pipes_at(pipes_are)
    event = pipes.ready[0]
    event[0], event[_MARK] = _NEWS, slot
    pipes.last[slot] = 0
    _enqueue(slot, pipes)
    return _epoll_ctl(epoll, _WATCH, fd, event.ctypes.data)


@inlined
def _enqueue_next(epoll: int, pipes: Pipes) -> bool:
    """Have some wait for their turn for whom anything came; whether there may be more of them."""
    count = _epoll_wait(epoll, pipes.ready.ctypes.data, len(pipes.ready), 0)
    for place in range(count):
        slot = int(pipes.ready[place, _MARK])
        if pipes.ready[place, 0] != _CAME:
            pipes.last[slot] = 1
        _enqueue(slot, pipes)
    return count == len(pipes.ready)


@kernel
def receive(epoll: int, pipes_are: int, most: int, events_are: int) -> tuple[int, int]:
    """Receive once from each for whom anything came; who finds no room in `events` waits.

    Answers how many events there are, and how many bytes were received.
    """
    pipes, events = _pipes_at(pipes_are), _events_at(events_are)
    queue, later, length = pipes.queue, pipes.later, pipes.length
    turn, more, batches = 0, True, len(pipes.fd) // len(pipes.ready) + 1
    events.number[:] = 0
    while True:
        while turn < length[0] and _has_room(pipes, events):
            slot = int(queue[turn])
            turn += 1
            pipes.queued[slot] = 0
            if pipes.fd[slot] >= 0:
                _hear(slot, pipes, most, events)
        if turn < length[0] or not more or batches == 0:
            break
        turn, length[0] = 0, 0
        more, batches = _enqueue_next(epoll, pipes), batches - 1
    for place in range(turn, length[0]):
        queue[place - turn] = queue[place]
    length[0] -= turn
    for place in range(length[1]):
        queue[length[0] + place] = later[place]
    length[0] += length[1]
    length[1] = 0
    return int(events.number[0]), int(events.number[2])


@inlined
def _flush(slot: int, pipes: Pipes, now: float) -> bool:
    """Send what waits; whether nothing waits any more."""
    head, tail = int(pipes.head[slot]), int(pipes.tail[slot])
    if head == tail:
        return True
    source = pipes.waits.ctypes.data + slot * pipes.waits.shape[1] + head
    sent = _send(pipes.fd[slot], source, tail - head, _DONTWAIT | _NOSIGNAL)
    if sent > 0:
        head += sent
        pipes.progress[slot] = now
    if head < tail:
        pipes.head[slot] = head
        return False
    pipes.head[slot] = pipes.tail[slot] = 0
    return True


@kernel
def flush(high: int, pipes_are: int, now: float, blocked: Bytes) -> int:
    """Send what waits for each below `high`, and note for whom something waits on; how many."""
    pipes, count = _pipes_at(pipes_are), 0
    for slot in range(high):
        if pipes.tail[slot] > 0:
            waits = 0 if _flush(slot, pipes, now) else 1
            blocked[slot] = waits
            count += waits
    return count


@kernel
def deliver(
    receivers: NDArray[np.int32],
    data: Bytes,
    begin: NDArray[np.int64],
    end: NDArray[np.int64],
    pipes_are: int,
    now: float,
    missed: Bytes,
) -> tuple[int, int, int]:
    """Send each of `receivers` their part of `data`, behind what waits.

    What is sent in part goes on before anything else; who reads too slowly gets nothing new.
    Answers how many snapshots were sent, how many bytes of them, and how many were left out.
    """
    pipes = _pipes_at(pipes_are)
    snapshots, volume, skipped = 0, 0, 0
    for turn in range(len(receivers)):
        slot, first, size = int(receivers[turn]), int(begin[turn]), int(end[turn] - begin[turn])
        if size == 0 or pipes.fd[slot] < 0:
            continue
        sent = 0
        if _flush(slot, pipes, now):
            source = data.ctypes.data + first
            sent = _send(pipes.fd[slot], source, size, _DONTWAIT | _NOSIGNAL)
        if sent <= 0:
            missed[slot] = 1
            skipped += 1
            continue
        snapshots += 1
        volume += sent
        if sent < size:
            for place in range(size - sent):
                pipes.waits[slot, place] = data[first + sent + place]
            pipes.tail[slot] = size - sent
            pipes.progress[slot] = now
    return snapshots, volume, skipped


def warm() -> None:
    """Have the loop compiled for the kinds of arrays that it gets."""
    pipes, events = _PIPES.keep(_PIPES.example), _EVENTS.keep(_EVENTS.example)
    nobody, numbers, some = np.zeros(0, np.int32), np.zeros(0, np.int64), np.zeros(1, np.uint8)
    watch(-1, -1, 0, pipes.address)
    receive(-1, pipes.address, 1, events.address)
    flush(0, pipes.address, 0.0, some)
    deliver(nobody, some, numbers, numbers, pipes.address, 0.0, some)
