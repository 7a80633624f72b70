"""Simulated visitors over the real protocol: each has a connection and a life of its own."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from math import hypot

import numpy as np

from shulian.world.live.delays import Delays
from shulian.world.live.visitor import SnapshotReader, Visitor, read_snapshot
from shulian.world.rules.gaps import gaps
from shulian.world.rules.paths.ground import Ground
from shulian.world.rules.paths.sights import Sight
from shulian.world.rules.strolls import Place, Stroll, begin, greeting, moved, step
from shulian.world.types import Stand, VisitorKey
from shulian.world.wire.frames import SNAPSHOT_WHOLE
from shulian.world.wire.messages import (
    Greet,
    Greeted,
    Met,
    News,
    Parted,
    Placed,
    StandView,
    Welcome,
)

MOVES = 10
"""A second, of whoever moves."""
_TURNS = 5
"""In which the bots move, so that their moves do not come all at once."""
_LOOKS = 2
"""A second: so often they look who is ahead and who has come."""
_WAVED = 6.0
"""Visitors who are no bots are greeted within so many metres …"""
_ONCE = 15.0
"""… and no sooner again, by whichever bot [s]."""
_JOINS = 40
"""A second at the most."""
_MEANT = 0.5
"""[m] from where one wanted to be that one need not walk back."""
_OBSERVERS = 12
"""So many look at how late the moves of the others arrive."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How the bots fare."""

    count: int
    here: int
    """How many are in the world now."""
    welcomes: int
    """How often one was let in; more than `count`: some had to come back."""
    corrected: int
    """How often the server put one elsewhere."""
    half: float
    most: float
    """Half, and 99 of 100, of their moves were seen by others within so long [s]; nan: none."""


@dataclass(slots=True, eq=False)
class Bot:
    """One simulated visitor."""

    number: int
    life: Stroll
    visitor: Visitor
    said: tuple[Stand, int, int] | None = None
    """What was last said about it."""
    people: dict[int, VisitorKey] = field(default_factory=dict[int, VisitorKey])
    """Those in sight who are no bots, by slot."""
    sight: bytes = b""
    """The last whole snapshot."""

    @property
    def slot(self) -> int:
        """The bot's number in snapshots; -1: it is not in."""
        welcome = self.visitor.welcome
        return welcome.you.slot if welcome is not None and self.visitor.here else -1

    @property
    def stand(self) -> Stand:
        """Where it is."""
        return Stand(self.life.east, self.life.north, 0.0, self.life.heading)


class Bots:
    """All simulated visitors of one process, in one event loop."""

    def __init__(
        self,
        url: str,
        ticket: Callable[[int, Stand], str],
        size: int,
        *,
        ground: Ground,
        sights: Sequence[Sight],
        rng: np.random.Generator,
        clock: Callable[[], float],
    ) -> None:
        """`ticket` is asked for with the number of a bot and where it stands."""
        self._ground, self._sights, self._rng, self._clock = ground, sights, rng, clock
        self._taken: set[Place] = set()
        self._delays = Delays()
        self._readers = [SnapshotReader() for _ in range(min(size, _OBSERVERS))]
        self._waved: dict[VisitorKey, float] = {}
        self._calls = count(1)
        self._welcomes = self._corrected = 0
        self._ahead = np.full(size, np.inf)
        self._bots: list[Bot] = []
        for number in range(size):
            life = begin(sights, self._taken, now=clock(), rng=rng)
            self._taken.add(life.place)
            visitor = Visitor(
                url,
                lambda number=number: ticket(number, self._bots[number].stand),
                hear=lambda news, number=number: self._hear(self._bots[number], news),
                see=lambda frame, number=number: self._see(self._bots[number], frame),
            )
            self._bots.append(Bot(number, life, visitor))

    async def live(self, *, seconds: float | None, told: Callable[[Figures], None]) -> None:
        """Let them live for `seconds`, or until cancelled; tell every second how they fare."""
        staying = [asyncio.create_task(self._stay(bot)) for bot in self._bots]
        try:
            async with asyncio.timeout(seconds):
                await self._go_on(told)
        except TimeoutError:
            pass
        finally:
            for bot in self._bots:
                bot.visitor.leave()
            await asyncio.sleep(0)
            for task in staying:
                task.cancel()
            await asyncio.gather(*staying, return_exceptions=True)

    def figures(self) -> Figures:
        """How they fare now."""
        here = sum(bot.slot >= 0 for bot in self._bots)
        return Figures(
            len(self._bots), here, self._welcomes, self._corrected, *self._delays.percentiles()
        )

    async def _stay(self, bot: Bot) -> None:
        await asyncio.sleep(bot.number / _JOINS)
        await bot.visitor.stay()

    async def _go_on(self, told: Callable[[Figures], None]) -> None:
        """The clock of them all; a beat that is late is not made up for."""
        rate = MOVES * _TURNS
        due = self._clock()
        before = [due] * _TURNS
        for beat in count():
            due = max(due + 1 / rate, self._clock() - 1 / rate)
            await asyncio.sleep(due - self._clock())
            now, turn = self._clock(), beat % _TURNS
            for bot in self._bots[turn::_TURNS]:
                self._step(bot, now, min(now - before[turn], 0.5))
            before[turn] = now
            if beat % (rate // _LOOKS) == 0:
                self._look(now)
            if beat % rate == rate - 1:
                told(self.figures())

    def _step(self, bot: Bot, now: float, passed: float) -> None:
        """What one does next, said where it differs."""
        slot, before = bot.slot, bot.life
        if slot < 0:
            return
        bot.life = step(
            before,
            self._ground,
            self._sights,
            taken=self._taken,
            gap=float(self._ahead[bot.number]),
            now=now,
            passed=passed,
            rng=self._rng,
        )
        if bot.life.place != before.place:
            self._taken.discard(before.place)
            self._taken.add(bot.life.place)
        said = (bot.stand, int(bot.life.gait), int(bot.life.gesture))
        if said != bot.said:
            bot.said = said
            bot.visitor.move(bot.stand, bot.life.gait, bot.life.gesture)
            self._delays.sent(slot, bot.stand, now)

    def _look(self, now: float) -> None:
        """Who is ahead of whom, and who came that one can greet."""
        places = np.array([(bot.life.east, bot.life.north) for bot in self._bots])
        headings = np.array([bot.life.heading for bot in self._bots])
        self._ahead = gaps(places.reshape(-1, 2), headings)
        self._waved = {key: at for key, at in self._waved.items() if now < at + _ONCE}
        for bot in self._bots:
            if bot.people and bot.sight and bot.slot >= 0:
                self._wave(bot, now)

    def _wave(self, bot: Bot, now: float) -> None:
        """Greet somebody near who was not greeted lately."""
        seen = read_snapshot(bot.sight)
        for slot, place in zip(seen.slot.tolist(), seen.place.tolist(), strict=True):
            key = bot.people.get(slot)
            if key is None or now < self._waved.get(key, -_ONCE) + _ONCE:
                continue
            if hypot(place[0] - bot.life.east, place[1] - bot.life.north) < _WAVED:
                self._waved[key] = now
                bot.life = greeting(bot.life, (place[0], place[1]), now)
                bot.visitor.call(Greet(f"g{next(self._calls)}", key))

    def _see(self, bot: Bot, frame: bytes) -> None:
        if frame[0] == SNAPSHOT_WHOLE:
            bot.sight = frame
        if bot.number < len(self._readers):
            seen = self._readers[bot.number].read(frame)
            self._delays.seen(bot.number, seen, self._clock())

    def _hear(self, bot: Bot, news: News) -> None:
        match news:
            case Welcome():
                self._welcomes += 1
                bot.people.clear()
                bot.said = None
                if _apart(bot.stand, news.stand) > _MEANT:
                    bot.life = moved(bot.life, _stand(news.stand))
            case Placed():
                self._corrected += 1
                bot.life = moved(bot.life, _stand(news.stand))
            case Met():
                for one in news.people:
                    bot.people.pop(one.slot, None)
                    if not one.simulated:
                        bot.people[one.slot] = one.key
            case Parted():
                for slot in news.slots:
                    bot.people.pop(slot, None)
            case Greeted():
                self._waved[news.sender] = self._clock()
                bot.visitor.call(Greet(f"g{next(self._calls)}", news.sender))
            case _:
                pass


def _stand(view: StandView) -> Stand:
    return Stand(view.east, view.north, view.height, view.heading)


def _apart(one: Stand, other: StandView) -> float:
    return hypot(one.east - other.east, one.north - other.north)
