"""The sockets of one process: a door, the lanes behind it, and the beat that drives them."""

import asyncio
import contextlib
import math
import time
from collections.abc import Callable, Iterable
from http import HTTPStatus

import numpy as np
import structlog

from shulian.kit.child import Child
from shulian.world.live.ports import Close, Denied, House
from shulian.world.live.sockets.compiling import Compiled, command, load
from shulian.world.live.sockets.config import SocketsConfig, Stage
from shulian.world.live.sockets.counters import Counters, exposition
from shulian.world.live.sockets.desk import Desk, ending
from shulian.world.live.sockets.engine import PLAIN
from shulian.world.live.sockets.framing import Opcode, frame
from shulian.world.live.sockets.handshake import Arrival, Door
from shulian.world.live.sockets.lane import Lane
from shulian.world.live.sockets.leaving import Leaving
from shulian.world.live.sockets.metronome import Metronome
from shulian.world.live.sockets.picows import PicowsLane
from shulian.world.live.sockets.show import PHASES, Parcel, Show
from shulian.world.rules.crowd import Crowd
from shulian.world.rules.motion import Why, full_purse
from shulian.world.rules.walls import Walls

log = structlog.stdlib.get_logger("shulian.world.sockets")

_PING = frame(Opcode.PING, b"")
_FAREWELL = 1.0
"""[s] that those who are connected have to read that the server stops."""
_BUSY = 50
"""So many moves in a tick are better taken up in heaps by the first lane."""


class Server:
    """`Sockets`, and the clock of the world; works in the event loop it is started in."""

    def __init__(
        self,
        house: House,
        crowd: Crowd,
        walls: Walls,
        config: SocketsConfig,
        *,
        metrics: Callable[[], bytes] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.counters = Counters()
        self.walls = walls
        """May be replaced at any time."""
        self._house, self._crowd, self._config, self._clock = house, crowd, config, clock
        self._metrics = metrics or (lambda: exposition(self.counters))
        slots = len(crowd.state)
        self._purse = full_purse(slots)
        self._desk = Desk(house, config, self.counters, slots)
        self._show = Show(house, crowd, self._desk, self._purse, config)
        self._desk.on_open = self._show.opened
        self._engine = PLAIN
        self._lanes: list[Lane] = []
        self._lane_of = np.full(slots, -1, np.int8)
        """(s,) place of everyone's lane."""
        self._door: Door | None = None
        self._leaving: Leaving | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._last = clock()
        self._looked = -math.inf
        self._metronome = Metronome(self.tick, self._period, self.counters)

    @property
    def port(self) -> int:
        """Where it listens."""
        if self._door is None:
            raise RuntimeError("the sockets are not open")
        return self._door.port

    @property
    def stage(self) -> Stage:
        """Which lane takes who comes now."""
        return Stage.SECOND if len(self._lanes) > 1 else Stage.FIRST

    async def start(self) -> None:
        """Listen, and let the beat begin; only the second stage alone waits for the compiler."""
        config, loop = self._config, asyncio.get_running_loop()
        self._leaving = Leaving(loop)
        self._lanes = [PicowsLane(self._desk, self._clock)]
        if config.stage is Stage.SECOND:
            self.take_up(await asyncio.to_thread(load, config.cache))
        self._door = Door(
            config,
            self.counters,
            self._leaving,
            admit=self._admit,
            metrics=self._metrics,
            clock=self._clock,
        )
        self._last = self._clock()
        self._metronome.start()
        if config.compiled and config.stage is not Stage.SECOND:
            self._tasks.append(asyncio.create_task(self._compile()))
        self._door.open()

    async def stop(self) -> None:
        """Say goodbye to everyone, and close."""
        self._metronome.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._door is None or self._leaving is None:
            return
        door, self._door = self._door, None
        door.close()
        for slot in np.flatnonzero(self._lane_of >= 0).tolist():
            self.drop(slot, Close.GONE)
        self._desk.report()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._gone(self._leaving), _FAREWELL)
        for lane in self._lanes:
            lane.close()
        self._leaving.close()

    def tell(self, slot: int, text: bytes) -> None:
        """`Sockets.tell`."""
        lane = self._lane(slot)
        if lane is not None:
            self.counters.told += 1
            lane.tell(slot, frame(Opcode.TEXT, text))

    def drop(self, slot: int, code: Close) -> None:
        """`Sockets.drop`."""
        lane = self._lane(slot)
        if lane is not None:
            lane.end(slot, ending(code))

    def set_hidden(self, slot: int, others: Iterable[int]) -> None:
        """`Sockets.set_hidden`."""
        self._show.hide(slot, others)

    def take_up(self, compiled: Compiled) -> None:
        """Go on with compiled rules, and with the loop, unless the first lane is wanted."""
        self._engine = compiled.engine
        if self._config.stage is not Stage.FIRST and self._leaving is not None:
            self._lanes.append(compiled.lane(self._desk, self._leaving, self._clock))
        log.info("the compiled rules are in use", stage=self.stage.value)

    def tick(self) -> None:
        """One beat: hear, judge, think, show."""
        now = self._clock()
        elapsed, self._last = max(now - self._last, 0.0), now
        self.counters.ticks += 1
        desk = self._desk
        for lane in self._lanes:
            lane.receive()
        desk.report()
        for slot in desk.settle(self._engine.settle, elapsed, now).tolist():
            self.drop(slot, Close.FLOOD)
        self._judge(now)
        self._house.tick(now)
        self._look_after(now)
        for lane in self._lanes:  # before it is decided who is too slow for a snapshot
            lane.flush(now)
        self._deliver(self._show.tick(self._engine, part=self._crowded))

    def _deliver(self, parcel: Parcel) -> None:
        """Give each lane what is for those in it."""
        receivers, data, begin, end = parcel
        busy = [place for place, lane in enumerate(self._lanes) if lane.busy]
        if len(busy) == 1:
            self._lanes[busy[0]].deliver(receivers, data, begin, end)
            return
        lanes = self._lane_of[receivers]
        for place in busy:
            ours = lanes == place
            if ours.any():
                self._lanes[place].deliver(receivers[ours], data, begin[ours], end[ours])

    def _period(self) -> float:
        """[s] to the next tick."""
        return 1 / self._config.hertz / (PHASES if self._crowded else 1)

    @property
    def _crowded(self) -> bool:
        return self.counters.connected >= self._config.crowded

    def _judge(self, now: float) -> None:
        found = self._engine.judge(self._desk.inbox, self._crowd, self._purse, self.walls, now)
        self.counters.moves += found.moves
        self._metronome.gathers = found.moves > _BUSY and self.stage is Stage.FIRST
        for slot, why in found.strayed.tolist():
            reason = Why(why)
            self.counters.strayed[reason.name.lower()] += 1
            self._house.strayed(slot, reason)

    def _look_after(self, now: float) -> None:
        """Once a second: ask who lives, and let go who does not."""
        if abs(now - self._looked) < 1.0:
            return
        self._looked = now
        if self._door is not None:
            self._door.sweep(now)
        for slot in self._desk.to_ping(now).tolist():
            lane = self._lane(slot)
            if lane is not None:
                lane.tell(slot, _PING)
        for slot in self._desk.silent(now).tolist():
            self.drop(slot, Close.STALLED)

    def _admit(self, arrival: Arrival) -> Denied | None:
        """`handshake.Admit`: whom the house lets in goes to the newest lane."""
        answer = self._house.knock(arrival.knock)
        if isinstance(answer, Denied):
            return answer
        if self._desk.taken[answer]:
            return Denied(HTTPStatus.SERVICE_UNAVAILABLE, "taken")
        self._desk.taken[answer] = 1
        self._lane_of[answer] = len(self._lanes) - 1
        self._lanes[-1].adopt(answer, arrival)
        return None

    def _lane(self, slot: int) -> Lane | None:
        place = int(self._lane_of[slot])
        return self._lanes[place] if place >= 0 else None

    async def _compile(self) -> None:
        """Have the compiler fill its cache in a process of its own, and load what it made."""
        loop, done = asyncio.get_running_loop(), asyncio.Event()
        lines: list[str] = []
        child = Child(
            command(self._config.cache),
            hear=lines.append,
            on_end=lambda: _tell(loop, done),
        )
        try:
            await done.wait()
        finally:
            await asyncio.shield(asyncio.to_thread(child.kill))
        if child.code:
            self.counters.uncompiled = 1
            log.warning("nothing is compiled", code=child.code, said=lines[-1:])
            return
        self.take_up(await asyncio.to_thread(load, self._config.cache))

    async def _gone(self, leaving: Leaving) -> None:
        await leaving.all_gone()
        for lane in self._lanes:
            await lane.all_gone()


def _tell(loop: asyncio.AbstractEventLoop, done: asyncio.Event) -> None:
    with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
        loop.call_soon_threadsafe(done.set)
