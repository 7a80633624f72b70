"""The second lane: bare sockets, and one compiled loop over all of them in every tick."""

import mmap
import select
import socket
from collections.abc import Callable
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray

from shulian.world.live.ports import Close
from shulian.world.live.sockets import kernels
from shulian.world.live.sockets.desk import BROKE, Desk, Ending, ending
from shulian.world.live.sockets.handshake import Arrival
from shulian.world.live.sockets.kernels import DROP, EOF, Events, Pipes
from shulian.world.live.sockets.lane import Lane
from shulian.world.live.sockets.leaving import Leaving
from shulian.world.live.sockets.requests import END, MOST_HEAD, switching

_ROOM = MOST_HEAD + 1
"""Bytes received at a time and slot: more than a frame has, and as many as a guest may say."""
_NORESERVE = 0x4000
"""Of Linux; Python knows the name from 3.13 on."""
_EVENTS = 1 << 16
_EVENT_BYTES = 1 << 22


class LoopLane(Lane):
    """Connections in our own hands."""

    def __init__(self, desk: Desk, leaving: Leaving, clock: Callable[[], float]) -> None:
        self._desk, self._leaving, self._clock = desk, leaving, clock
        self._sockets: dict[int, socket.socket] = {}
        self._epoll = select.epoll()
        self._waiting = _Reserve(len(desk.there), desk.config.burst_bytes)
        self.pipes, self.events = empty_pipes(desk, self._waiting), empty_events(desk)
        self._pipes = kernels.keep_pipes(self.pipes)
        self._events = kernels.keep_events(self.events)

    @property
    def busy(self) -> bool:
        """Whether there are any."""
        return bool(self._sockets)

    def adopt(self, slot: int, arrival: Arrival) -> None:
        """Answer the handshake here and now."""
        early = arrival.came.partition(END)[2]
        self._sockets[slot] = arrival.sock
        pipes = self.pipes
        pipes.fd[slot] = arrival.sock.fileno()
        pipes.came[slot, : len(early)] = np.frombuffer(early, np.uint8)
        pipes.filled[slot] = len(early)
        pipes.split[slot] = pipes.head[slot] = pipes.tail[slot] = 0
        kernels.watch(self._epoll.fileno(), arrival.sock.fileno(), slot, self._pipes.address)
        reply = switching(arrival.request)
        with suppress(OSError):  # who has hung up already is found out by the loop
            reply = reply[arrival.sock.send(reply) :]
        if reply:
            self._put(slot, reply)
        self._desk.opened(slot, self._clock())

    def tell(self, slot: int, frame: bytes) -> None:
        """Queue a frame behind what waits."""
        if slot not in self._sockets:
            return
        waiting = int(self.pipes.tail[slot] - self.pipes.head[slot])
        if self._desk.fits(slot, waiting, len(frame)):
            self._put(slot, frame)
        else:
            self.end(slot, ending(Close.STALLED))

    def end(self, slot: int, ending: Ending) -> None:
        """Leave the rest to `Leaving`."""
        if slot in self._sockets:
            waits = self.pipes.waits[slot, self.pipes.head[slot] : self.pipes.tail[slot]].tobytes()
            self._leaving.see_out(self._forget(slot, ending.code), waits + ending.last)

    def receive(self) -> None:
        """One turn of the loop."""
        events, desk = self.events, self._desk
        if not self._sockets:
            return
        number, size = kernels.receive(
            self._epoll.fileno(), self._pipes.address, desk.config.most_bytes, self._events.address
        )
        desk.counters.bytes_in += size
        if not number:
            return
        for slot, what, begin, size in events.what[:number].tolist():
            if slot in self._sockets:
                self._happened(slot, what, events.data[begin : begin + size])

    def flush(self, now: float) -> None:
        """Another one, for whom something waits."""
        desk = self._desk
        if not kernels.flush(desk.high, self._pipes.address, now, desk.blocked):
            return
        slots = np.flatnonzero(self.pipes.tail[: desk.high])
        waits = now - desk.progress[slots] > desk.config.stalled
        for slot in slots[waits & (desk.blocked[slots] == 1)].tolist():
            self.end(slot, ending(Close.STALLED))

    def deliver(
        self,
        receivers: NDArray[np.int32],
        data: NDArray[np.uint8],
        begin: NDArray[np.int64],
        end: NDArray[np.int64],
    ) -> None:
        """And the last."""
        counters, missed = self._desk.counters, self._desk.missed
        sent, size, skipped = kernels.deliver(
            receivers, data, begin, end, self._pipes.address, self._clock(), missed
        )
        counters.snapshots += sent
        counters.bytes_out += size
        counters.skipped += skipped

    async def all_gone(self) -> None:
        """Nothing: who leaves is in the hands of `Leaving`."""

    def close(self) -> None:
        """Let go of all at once."""
        for slot in tuple(self._sockets):
            self._forget(slot, BROKE).close()
        self._epoll.close()

    def _happened(self, slot: int, what: int, payload: NDArray[np.uint8]) -> None:
        if what == EOF:
            self._forget(slot, BROKE).close()
        elif what >= DROP:
            self.end(slot, ending(Close(what - DROP)))
        else:
            answer = self._desk.frame(
                slot, what & 15, fin=bool(what & 0x80), payload=payload.tobytes()
            )
            if isinstance(answer, Ending):
                self.end(slot, answer)
            elif answer is not None:
                self.tell(slot, answer)

    def _put(self, slot: int, frame: bytes) -> None:
        """Append to what waits, which begins at the front again where there is no room behind."""
        pipes = self.pipes
        head, tail = int(pipes.head[slot]), int(pipes.tail[slot])
        if head == tail:
            head = tail = 0
            pipes.progress[slot] = self._clock()
        elif tail + len(frame) > pipes.waits.shape[1]:
            pipes.waits[slot, : tail - head] = pipes.waits[slot, head:tail].copy()
            head, tail = 0, tail - head
        self._waiting.write(slot, tail, frame)
        pipes.head[slot], pipes.tail[slot] = head, tail + len(frame)

    def _forget(self, slot: int, code: int) -> socket.socket:
        self.pipes.fd[slot] = -1
        sock = self._sockets.pop(slot)
        with suppress(OSError):
            self._epoll.unregister(sock)
        self._waiting.give_back(slot)
        self.pipes.head[slot] = self.pipes.tail[slot] = 0
        self._desk.lost(slot, code)
        return sock


class _Reserve:
    """Room for each slot that takes memory only where it is used, until it is given back."""

    def __init__(self, slots: int, size: int) -> None:
        self._row = -(-size // mmap.PAGESIZE) * mmap.PAGESIZE
        flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | _NORESERVE
        self._memory = mmap.mmap(-1, slots * self._row, flags)
        with suppress(OSError):  # where there are no large pages, which hold the room of many
            self._memory.madvise(mmap.MADV_NOHUGEPAGE)
        self.rows: NDArray[np.uint8] = np.frombuffer(self._memory, np.uint8).reshape(slots, -1)

    def write(self, slot: int, at: int, data: bytes) -> None:
        """Put `data` into the room of `slot`."""
        start = slot * self._row + at
        self._memory[start : start + len(data)] = data

    def give_back(self, slot: int) -> None:
        """Forget what is in the room of `slot`: a welcome is long, and rare."""
        self._memory.madvise(mmap.MADV_DONTNEED, slot * self._row, self._row)


def empty_pipes(desk: Desk, waiting: _Reserve) -> Pipes:
    """No connections."""
    slots = len(desk.there)
    return Pipes(
        fd=np.full(slots, -1, np.int32),
        ready=np.zeros((kernels.BATCH, kernels.EVENT_WORDS), np.uint32),
        queue=np.zeros(slots, np.int32),
        later=np.zeros(slots, np.int32),
        queued=np.zeros(slots, np.uint8),
        last=np.zeros(slots, np.uint8),
        length=np.zeros(2, np.int32),
        gulp=np.zeros(_ROOM, np.uint8),
        came=_Reserve(slots, _ROOM).rows,
        filled=np.zeros(slots, np.int32),
        split=np.zeros(slots, np.uint8),
        spent=desk.budgets.spent,
        allowed=desk.budgets.allowed,
        waits=waiting.rows,
        head=np.zeros(slots, np.int32),
        tail=np.zeros(slots, np.int32),
        progress=desk.progress,
    )


def empty_events(desk: Desk) -> Events:
    """Nothing happened."""
    return Events(
        moves=desk.inbox.moves,
        tally=desk.inbox.count,
        what=np.zeros((_EVENTS, 4), np.int64),
        data=np.zeros(_EVENT_BYTES, np.uint8),
        number=np.zeros(3, np.int64),
    )
