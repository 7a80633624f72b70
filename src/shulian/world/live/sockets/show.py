"""What everyone is shown in a tick, and whom they meet by it.

Symbols: s slots, n receivers.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from shulian.world.live.ports import House
from shulian.world.live.sockets.config import SocketsConfig
from shulian.world.live.sockets.desk import Desk
from shulian.world.live.sockets.engine import Engine
from shulian.world.rules.crowd import Crowd
from shulian.world.rules.interest import PERIODS, Reach, forget, hide, no_sight, visible
from shulian.world.rules.motion import RESERVE, Purse
from shulian.world.rules.snapshots import Beat, nothing_told
from shulian.world.rules.turns import NEVER, Step, Turns, no_past
from shulian.world.wire.frames import CM

_SELDOM = 5
"""[s] between two frames that tell everything of all to all; who missed one gets such a one."""
PHASES = 2
"""Turns that a tick is divided into where many are there."""

Parcel = tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64]]
"""Receivers (n,), bytes, and where each one's part of them begins and ends (n,)."""


class Show:
    """Sights and snapshots of one process."""

    def __init__(
        self, house: House, crowd: Crowd, desk: Desk, purse: Purse, config: SocketsConfig
    ) -> None:
        self._house, self._crowd, self._desk, self._purse = house, crowd, desk, purse
        self._config = config
        self._reach = Reach(round(config.radius * CM), config.most)
        self._sight = no_sight(len(crowd.state), config.most)
        self._past = no_past(crowd)
        self._hiding: set[int] = set()
        self._shared = False
        self._apart = 0
        """Before this step nobody tries again to show all to all: they stand too far apart."""
        self._told = nothing_told(len(crowd.state))
        self._complete = False
        """Whether the last step came to its end; else nobody got what it told, and all need all."""
        self._step = 0
        """Counts from 0, `PHASES` of them in a tick."""

    def opened(self, slot: int) -> None:
        """A new connection knows nobody and has seen nothing."""
        self.renew()
        self._past.regrouped[0] = 1
        self._sight.known[slot] = 0
        self._past.whole[slot] = NEVER

    def hide(self, slot: int, others: Iterable[int]) -> None:
        """Have `slot` and each of `others` not see each other."""
        self.renew()
        hidden = tuple(others)
        hide(self._sight, slot, hidden)
        self._hiding.add(slot) if hidden else self._hiding.discard(slot)

    def renew(self) -> None:
        """Forget those in whose slots there is somebody else now."""
        visit = self._crowd.visit
        changed = np.flatnonzero(visit != self._past.visit)
        self._past.visit[changed] = visit[changed]
        self._forget(changed.tolist())

    def tick(self, engine: Engine, *, part: bool = False) -> Parcel:
        """What goes out now: to everyone, or to that part of them who have their turn."""
        self._step += 1 if part else PHASES
        if not self._complete:
            self._past.whole[:] = NEVER
        self._complete = False
        turns = self._turns(engine, part=part)
        shared = self._for_all(turns, engine) if turns.shared else None
        if turns.shared and shared is None:
            self._apart = self._step + self._config.hertz * PHASES
            turns = self._turns(engine, part=part)
        parcel = self._for_each(turns, engine) if shared is None else shared
        self._complete = True
        return parcel

    def _turns(self, engine: Engine, *, part: bool) -> Turns:
        """Whose turn it is."""
        all_to_all = not self._hiding and self._step >= self._apart
        step = Step(
            number=self._step,
            phases=PHASES,
            part=part,
            high=self._desk.high,
            everyone=self._config.everyone if all_to_all else 0,
            shared=self._shared,
            counts=bool(self._told.last[0] == self._beat().before),
            often=PERIODS,
            seldom=_SELDOM * self._config.hertz,
        )
        turns = engine.take(self._crowd, self._desk.links, self._past, step)
        self._shared = turns.shared
        self._desk.counters.skipped += turns.skipped
        self._forget(turns.changed.tolist())
        return turns

    def _forget(self, slots: list[int]) -> None:
        if slots:
            self._past.regrouped[0] = 1
        for slot in slots:
            forget(self._sight, slot)
            self._hiding.discard(slot)
            self._purse.plane[slot] = self._purse.climb[slot] = RESERVE

    def _for_each(self, turns: Turns, engine: Engine) -> Parcel:
        """The nearest, for each of the receivers their own."""
        receivers, whole, stirred = turns.receivers, turns.whole, self._past.stirred
        self._meet(engine.look(self._crowd, self._sight, self._reach, receivers[whole]))
        frames = engine.pack(
            self._crowd, self._sight, stirred, receivers, whole, self._beat(), self._reach
        )
        return receivers, frames.data, frames.start[:-1], frames.start[1:]

    def _beat(self) -> Beat:
        return Beat(self._step, self._config.hertz, PHASES)

    def _for_all(self, turns: Turns, engine: Engine) -> Parcel | None:
        """One frame for all receivers, now and then a whole one; None where it would not do."""
        stirred = self._past.stirred
        packed = engine.pack_for_all(self._crowd, self._told, stirred, self._beat())
        if packed is None:
            return None
        data, end = packed
        if self._past.regrouped[0]:
            self._past.regrouped[0] = 0
            self._meet(self._strangers(turns.receivers))
        begin = np.where(turns.whole, 0, end)
        return turns.receivers, data, begin, np.where(turns.whole, end, len(data))

    def _strangers(self, receivers: NDArray[np.int32]) -> NDArray[np.int32]:
        """(m, 2) whom of all `receivers` do not know yet; from now on they do."""
        known = self._sight.known
        there = np.packbits(visible(self._crowd), bitorder="little")
        known[receivers, receivers >> 3] |= (1 << (receivers & 7)).astype(np.uint8)
        fresh = ~known[receivers] & there
        rows = np.flatnonzero(fresh.any(1))
        known[receivers[rows]] |= there
        row, whom = np.nonzero(np.unpackbits(fresh[rows], axis=1, bitorder="little"))
        return np.stack([receivers[rows][row], whom.astype(np.int32)], axis=1)

    def _meet(self, met: NDArray[np.int32]) -> None:
        """Tell the house who meets whom; whoever it drops gets nothing any more."""
        if not len(met):
            return
        others: dict[int, list[int]] = {}
        for slot, whom in met.tolist():
            others.setdefault(slot, []).append(whom)
        for slot, news in others.items():
            self._house.meet(slot, news)
