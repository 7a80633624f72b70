"""Observers of a soak: visitors who stay, and look whether somebody is seen who has gone."""

import asyncio
import time
from collections.abc import Mapping

from shulian.world.live.visitor import Visitor, read_snapshot
from shulian.world.types import VisitorKey
from shulian.world.wire.frames import SNAPSHOT_WHOLE
from shulian.world.wire.messages import Met, News, Parted, Welcome
from soak.company import Company

_GRACE = 5.0
"""[s] after which who has gone must not be seen any more, however busy the machine is."""


class Observer:
    """One who stays all the while."""

    def __init__(self, url: str, company: Company, number: int) -> None:
        """Not there yet."""
        self.key = VisitorKey(f"b-observer-{number}")
        self.ghosts = 0
        """How often somebody was seen who had gone."""
        self.nameless = 0
        """How often somebody was seen who had not been introduced."""
        self.seen = 0
        """How many were seen in the last whole snapshot."""
        self.visitor = Visitor(
            url, lambda: company.ticket(self.key), hear=self._hear, see=self._see
        )
        self.welcomed = asyncio.Event()
        self._gone: Mapping[VisitorKey, float] = company.gone
        self._people: dict[int, VisitorKey] = {}

    def _hear(self, news: News) -> None:
        if isinstance(news, Welcome):
            self._people.clear()
            self.welcomed.set()
        elif isinstance(news, Met):
            self._people |= {one.slot: one.key for one in news.people}
        elif isinstance(news, Parted):
            for slot in news.slots:
                self._people.pop(slot, None)

    def _see(self, frame: bytes) -> None:
        if frame[0] != SNAPSHOT_WHOLE:
            return
        slots = read_snapshot(frame).slot.tolist()
        before = time.monotonic() - _GRACE
        self.seen = len(slots)
        for slot in slots:
            key = self._people.get(slot)
            self.nameless += key is None
            self.ghosts += key is not None and self._gone.get(key, before) < before


class Observers:
    """All of them."""

    def __init__(self, url: str, company: Company, count: int) -> None:
        """Not there yet."""
        self.each = [Observer(url, company, number) for number in range(count)]
        self._staying: list[asyncio.Task[None]] = []

    async def come(self) -> None:
        """Have them in the world, until they go."""
        self._staying = [asyncio.create_task(one.visitor.stay()) for one in self.each]
        await asyncio.gather(*(one.welcomed.wait() for one in self.each))

    async def go(self) -> None:
        """Have them leave."""
        for one in self.each:
            one.visitor.leave()
        await asyncio.gather(*self._staying)

    @property
    def ghosts(self) -> int:
        """How often one of them saw somebody who had gone."""
        return sum(one.ghosts for one in self.each)

    @property
    def nameless(self) -> int:
        """How often one of them saw somebody who had not been introduced."""
        return sum(one.nameless for one in self.each)

    @property
    def seen(self) -> int:
        """How many they see now, one with the other."""
        return sum(one.seen for one in self.each)
