"""What both lanes share: the arrays of connections, and what becomes of a frame.

Symbols: s slots.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shulian.world.live.ports import Close, House
from shulian.world.live.sockets.config import SocketsConfig
from shulian.world.live.sockets.counters import Counters
from shulian.world.live.sockets.framing import (
    Assembly,
    BadFrame,
    Opcode,
    close_code,
    close_frame,
    frame,
)
from shulian.world.rules.budgets import Income, Settle, no_budgets
from shulian.world.rules.moves import empty_inbox, put_move
from shulian.world.rules.turns import Links

BROKE = 1006
"""The code of a link that just broke."""


@dataclass(frozen=True, slots=True)
class Ending:
    """A connection ends: with which code, and what is sent before."""

    code: int
    last: bytes


def ending(close: Close) -> Ending:
    """An ending of the server's own."""
    return Ending(int(close), close_frame(close))


class Desk:
    """The state of all connections, whatever lane they came by."""

    def __init__(self, house: House, config: SocketsConfig, counters: Counters, slots: int) -> None:
        self.config, self.counters = config, counters
        self.inbox = empty_inbox(slots)
        self.budgets = no_budgets(slots)
        self.pinged = np.zeros(slots, np.float64)
        """(s,) [s] when they were asked whether they live."""
        self.progress = np.zeros(slots, np.float64)
        """(s,) [s] when something was sent that had waited, or nothing waited."""
        self.blocked = np.zeros(slots, np.uint8)
        """(s,) 1: something waits to be sent; snapshots are left out."""
        self.missed = np.zeros(slots, np.uint8)
        """(s,) 1: the last snapshot could not be sent."""
        self.there = self.budgets.there
        """(s,) 1: the socket is there."""
        self.links = Links(self.there, self.blocked, self.missed)
        self.taken = np.zeros(slots, np.uint8)
        """(s,) 1: somebody was let in, whose connection is there or on its way."""
        self.on_open: Callable[[int], None] = lambda _slot: None
        """Called before the house hears of a new connection."""
        self.high = 0
        """No slot from here on has a connection."""
        self._house = house
        self._assemblies: dict[int, Assembly] = {}
        self._ended: list[tuple[int, int]] = []

    def opened(self, slot: int, now: float) -> None:
        """A connection is there: the house may tell it things."""
        self._assemblies[slot] = Assembly(self.config.most_bytes)
        budgets = self.budgets
        self.inbox.count[slot] = budgets.spent[slot] = 0
        budgets.left[slot] = budgets.allowed[slot] = self.config.burst
        # not all at once are asked who came at once
        self.pinged[slot] = now - slot % 64 / 64 * self.config.ping
        budgets.alive[slot] = self.progress[slot] = now
        self.blocked[slot] = self.missed[slot] = 0
        self.there[slot] = 1
        self.high = max(self.high, slot + 1)
        self.counters.opened += 1
        self.counters.connected += 1
        self.on_open(slot)
        self._house.opened(slot)

    def lost(self, slot: int, code: int) -> None:
        """A connection is gone; the house hears of it at the next tick."""
        self._ended.append((slot, code))
        if self.there[slot]:
            self.counters.connected -= 1
        self.there[slot] = self.taken[slot] = 0
        self._assemblies.pop(slot, None)
        known = code in Close.__members__.values()
        self.counters.ended[Close(code).name.lower() if known else str(code)] += 1

    def frame(self, slot: int, opcode: int, *, fin: bool, payload: bytes) -> bytes | Ending | None:
        """What a frame of `slot` is answered with; a move or a message goes its way."""
        try:
            message = self._assemblies[slot].add(opcode, fin, payload)
            if message is None:
                return None
            if message.opcode is Opcode.CLOSE:
                code = close_code(message.payload)
                return Ending(code, close_frame(code))
        except BadFrame as error:
            return ending(error.close)
        if message.opcode is Opcode.PING:
            return frame(Opcode.PONG, message.payload)
        if message.opcode is Opcode.BINARY and not put_move(self.inbox, slot, message.payload):
            return ending(Close.BROKEN)
        if message.opcode is Opcode.TEXT:
            self.counters.texts += 1
            self._house.heard(slot, message.payload)
        return None

    def fits(self, slot: int, waiting: int, size: int) -> bool:
        """Whether `size` bytes more may be queued behind those that are `waiting`."""
        limit = self.config.queue if self.blocked[slot] else self.config.burst_bytes
        return waiting <= limit and waiting + size <= self.config.burst_bytes

    def report(self) -> None:
        """Tell the house whose connections are gone."""
        ended, self._ended = self._ended, []
        for slot, code in ended:
            self._house.closed(slot, code)
        if ended:
            self.high = int(np.flatnonzero(self.there)[-1]) + 1 if self.there.any() else 0

    def settle(self, settle: Settle, elapsed: float, now: float) -> NDArray[np.intp]:
        """Pay for the frames of this tick; answers who sent more than a person can."""
        income = Income(now, elapsed * self.config.frames, float(self.config.burst))
        return settle(self.budgets, self.high, income)

    def silent(self, now: float) -> NDArray[np.intp]:
        """Who has not given a sign of life for too long."""
        there = np.flatnonzero(self.there)
        return there[now - self.budgets.alive[there] > self.config.dead]

    def to_ping(self, now: float) -> NDArray[np.intp]:
        """Who is to be asked for one."""
        there = np.flatnonzero(self.there)
        due = there[now - self.pinged[there] >= self.config.ping]
        self.pinged[due] = now
        return due
