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
from shulian.world.rules.crowd import Crowd, State
from shulian.world.rules.interest import PERIODS, Reach, forget, hide, no_sight, visible
from shulian.world.rules.motion import RESERVE, Purse
from shulian.world.rules.snapshots import Beat
from shulian.world.wire.frames import CM

PHASES = 2
"""Turns that a tick is divided into where many are there."""
_NEVER = -1
"""The tick of a whole snapshot that is due at once."""

Ticks = NDArray[np.int64]
Parcel = tuple[NDArray[np.int32], NDArray[np.uint8], Ticks, Ticks]
"""Receivers (n,), bytes, and where each one's part of them begins and ends (n,)."""


class Show:
    """Sights and snapshots of one process."""

    def __init__(
        self, house: House, crowd: Crowd, desk: Desk, purse: Purse, config: SocketsConfig
    ) -> None:
        slots = len(crowd.state)
        self._house, self._crowd, self._desk, self._purse = house, crowd, desk, purse
        self._config = config
        self._reach = Reach(round(config.radius * CM), config.most)
        self._sight = no_sight(slots, config.most)
        self._visit = crowd.visit.copy()
        self._whole = np.full(slots, _NEVER, np.int64)
        """(s,) tick of everyone's last whole snapshot."""
        self._stirred = np.zeros(slots, np.int64)
        """(s,) tick in which everyone moved last."""
        self._hiding: set[int] = set()
        self._shared = False
        self._company = b""
        """Who was shown to whom when all were last shown to all; empty: look again."""
        self._step = 0
        """Counts from 0, `PHASES` of them in a tick."""

    def opened(self, slot: int) -> None:
        """A new connection knows nobody and has seen nothing."""
        self.renew()
        self._company = b""
        self._sight.known[slot] = 0
        self._whole[slot] = _NEVER

    def hide(self, slot: int, others: Iterable[int]) -> None:
        """Have `slot` and each of `others` not see each other."""
        self.renew()
        hidden = tuple(others)
        hide(self._sight, slot, hidden)
        self._hiding.add(slot) if hidden else self._hiding.discard(slot)

    def renew(self) -> None:
        """Forget those in whose slots there is somebody else now."""
        changed = np.flatnonzero(self._crowd.visit != self._visit)
        if len(changed):
            self._company = b""
        for slot in changed.tolist():
            forget(self._sight, slot)
            self._hiding.discard(slot)
            self._purse.plane[slot] = self._purse.climb[slot] = RESERVE
        self._visit[changed] = self._crowd.visit[changed]

    def tick(self, engine: Engine, *, part: bool = False) -> Parcel:
        """What goes out now: to everyone, or to that part of them who have their turn."""
        self.renew()
        crowd, desk = self._crowd, self._desk
        self._step += 1 if part else PHASES
        self._stirred[crowd.moved == 1] = self._step
        crowd.moved[:] = 0
        some = slice(0, desk.high)
        missed = np.flatnonzero(desk.missed[some])
        self._whole[missed], desk.missed[missed] = _NEVER, 0
        here = (desk.there[some] == 1) & (crowd.state[some] == State.HERE)
        blocked = desk.blocked[some] == 1
        desk.counters.skipped += int(np.count_nonzero(here & blocked))
        receivers = np.flatnonzero(here & ~blocked).astype(np.int32)
        if part:
            receivers = receivers[(receivers + self._step) % PHASES == 0]
        shared = self._for_all(receivers, engine) if self._small() else None
        if (shared is None) == self._shared:
            self._whole[:] = _NEVER
            self._shared = not self._shared
            shared = self._for_all(receivers, engine) if shared is not None else None
        return self._for_each(receivers, engine) if shared is None else shared

    def _due(self, receivers: NDArray[np.int32], period: int) -> NDArray[np.bool_]:
        """Whose snapshot is whole: a part of them in every tick, and who had none for long."""
        last = self._whole[receivers]
        tick = self._step // PHASES
        turn = (tick + receivers // PHASES) % period == 0
        due = turn | (last == _NEVER) | (tick - last >= period)
        self._whole[receivers[due]] = tick
        return due

    def _for_each(self, receivers: NDArray[np.int32], engine: Engine) -> Parcel:
        """The nearest, for each of `receivers` their own."""
        whole = self._due(receivers, PERIODS)
        met = engine.look(self._crowd, self._sight, self._reach, receivers[whole])
        self._meet(met)
        frames = engine.pack(
            self._crowd, self._sight, self._stirred, receivers, whole, self._beat(), self._reach
        )
        return receivers, frames.data, frames.start[:-1], frames.start[1:]

    def _beat(self) -> Beat:
        return Beat(self._step, self._config.hertz, PHASES)

    def _small(self) -> bool:
        """Whether all may be shown to all."""
        most = self._config.everyone
        if self._hiding or not most:
            return False
        return 0 < int(np.count_nonzero(visible(self._crowd))) <= most

    def _for_all(self, receivers: NDArray[np.int32], engine: Engine) -> Parcel | None:
        """One frame for all of `receivers`, whole once a second; None where it would not do."""
        since = self._step - PHASES
        packed = engine.pack_for_all(self._crowd, self._stirred, since, self._beat())
        if packed is None:
            return None
        every, some = packed
        self._meet(self._strangers(receivers))
        whole = self._due(receivers, self._config.hertz)
        data = np.concatenate([every, some])
        begin = np.where(whole, 0, len(every))
        return receivers, data, begin, np.where(whole, len(every), len(data))

    def _strangers(self, receivers: NDArray[np.int32]) -> NDArray[np.int32]:
        """(m, 2) whom of all `receivers` do not know yet; from now on they do."""
        known = self._sight.known
        there = np.packbits(visible(self._crowd), bitorder="little")
        company = receivers.tobytes() + there.tobytes()
        if company == self._company:
            return np.zeros((0, 2), np.int32)
        self._company = company
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
