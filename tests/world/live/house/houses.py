"""What tests of the house are built from: a house over a real database, sockets that remember."""

import asyncio
from collections.abc import Generator, Iterable
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TypeVar

import msgspec
from tests.park.plans import imported, small_park
from tests.world.visitors import NOW, PARK, visitor

from shulian.app.features import catalogue
from shulian.app.grants import GRANTS
from shulian.kit.bus import Reactions
from shulian.kit.db import Database
from shulian.park.types import ParkPlan, SpaceId
from shulian.world.live.house import grounds, records
from shulian.world.live.house.book import Book, Terms
from shulian.world.live.house.household import Household
from shulian.world.live.house.journal import Journal
from shulian.world.live.house.presence import Presence
from shulian.world.live.ports import Close, Denied, Knock
from shulian.world.rules.bands import BAND
from shulian.world.rules.crowd import Crowd, empty_crowd
from shulian.world.rules.tickets import LIFE, Kind, Ticket, sign
from shulian.world.types import Stand, Visitor
from shulian.world.wire import messages
from shulian.world.wire.frames import CM

SECRET = "a secret of tests that is long enough for SHA-256"  # noqa: S105
SLOTS = 64
M = TypeVar("M")

_news = msgspec.json.Decoder(messages.News)
_numbers = count(1)


class Recorder:
    """Sockets that remember what was told, and to whom."""

    def __init__(self) -> None:
        self.told: dict[int, list[messages.News]] = {}
        self.dropped: list[tuple[int, Close]] = []
        self.hidden: dict[int, set[int]] = {}

    def tell(self, slot: int, text: bytes) -> None:
        self.told.setdefault(slot, []).append(_news.decode(text))

    def drop(self, slot: int, code: Close) -> None:
        self.dropped.append((slot, code))

    def set_hidden(self, slot: int, others: Iterable[int]) -> None:
        self.hidden[slot] = set(others)


class House:
    """A house, its sockets and its clocks, in the hands of a test."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        database: Database,
        folder: Path,
        *,
        crowd: Crowd | None = None,
        shard: int = 0,
        urls: tuple[str, ...] = ("ws://one",),
    ) -> None:
        self.loop, self.database, self.folder = loop, database, folder
        self.seconds = 1000.0
        self.sockets = Recorder()
        self.crowd = crowd or empty_crowd(SLOTS)
        self.journal = Journal(Database(database.url, pool=2), Reactions(), loop)
        terms = Terms(SECRET, self.clock, self.time, catalogue(), GRANTS, shard=shard, urls=urls)
        self.book = loop.run_until_complete(self._book(terms))
        self.home = Household(self.book)
        self.home.attach(self.sockets)
        self.read_parks()
        grounds.restore(self.book)

    async def _book(self, terms: Terms) -> Book:
        return Book(terms, self.crowd, self.journal)

    def time(self) -> float:
        return self.seconds

    def clock(self) -> datetime:
        return NOW + timedelta(seconds=self.seconds - 1000.0)

    def read_parks(self) -> None:
        """Have the parks as they are in the database."""
        with self.database.transaction() as db:
            found = records.plots(db, {}, now=self.clock())
        strips = grounds.Strips(self.folder / "strips.json")
        grounds.settle(self.book, strips, found or ())

    def settle(self) -> None:
        """Let the journal do what it was asked, and the loop hear of it."""
        for _ in range(2):  # what is done may ask for more
            done = self.loop.create_future()
            self.journal.work(lambda _db, _bus: None, done.set_result, done.set_result)
            self.loop.run_until_complete(done)

    def ticket(self, who: Visitor, park: SpaceId = PARK, space: str | None = None) -> str:
        """A ticket for somebody."""
        wanted = SpaceId(space) if space else None
        ticket = Ticket(who, park, wanted, nonce=f"n{next(_numbers)}")
        return sign(ticket, kind=Kind.TICKET, secret=SECRET, now=self.clock(), life=LIFE)

    def knock(self, **query: str) -> int | Denied:
        return self.home.knock(Knock(query, "127.0.0.1"))

    def come(self, name: str = "ann", space: str | None = None, **changes: object) -> int:
        """The slot of somebody who has come in and was welcomed."""
        who = visitor(name, **changes)
        slot = self.knock(ticket=self.ticket(who, space=space))
        assert isinstance(slot, int), slot
        self.open(slot)
        return slot

    def open(self, slot: int) -> None:
        self.home.opened(slot)
        self.settle()

    def ask(self, slot: int, call: messages.Call) -> None:
        """Have somebody ask for something, and wait until it is done."""
        self.home.heard(slot, msgspec.json.encode(call))
        self.settle()

    def lose(self, slot: int) -> None:
        """Have somebody's link break."""
        self.home.closed(slot, 1006)

    def pass_(self, seconds: float) -> None:
        """Let time pass, with a tick at its end."""
        self.seconds += seconds
        self.home.tick(self.seconds)
        self.settle()

    def walk(self, slot: int, east: float, north: float, height: float = 0.0) -> None:
        """Have somebody stand elsewhere, as the sockets would, and look at it."""
        band = int(self.crowd.band[slot])
        place = (round(east * CM) + band * BAND, round(north * CM), round(height * CM))
        self.crowd.place[slot] = place
        self.pass_(0.3)

    def stand(self, slot: int) -> Stand:
        return self.book.stand(slot)

    def told(self, slot: int, kind: type[M]) -> list[M]:
        """What somebody was told, of one kind."""
        return [one for one in self.sockets.told.get(slot, []) if isinstance(one, kind)]

    def clear(self) -> None:
        """Forget what was told."""
        self.sockets.told.clear()

    def presence(self, slot: int) -> Presence:
        return self.book.presences[slot]

    def zone(self, slot: int) -> SpaceId:
        one = self.presence(slot)
        return self.book.ground_of(one).space(one.zone)

    def session(self, slot: int) -> str:
        return self.told(slot, messages.Welcome)[-1].session

    def close(self) -> None:
        self.journal.close()


class Build:
    """Builds houses over one database."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.folder = database, folder
        self.loop = asyncio.new_event_loop()
        self._built: list[House] = []

    def __call__(
        self, *, crowd: Crowd | None = None, shard: int = 0, urls: tuple[str, ...] = ("ws://one",)
    ) -> House:
        house = House(self.loop, self.database, self.folder, crowd=crowd, shard=shard, urls=urls)
        self._built.append(house)
        return house

    def close(self) -> None:
        for house in self._built:
            house.close()
        self.loop.close()


@contextmanager
def building(url: str, folder: Path, plan: ParkPlan | None = None) -> Generator[Build]:
    """Builds houses over the database at `url` with `plan`, or the small park, in it."""
    with closing(Database(url, pool=2)) as database:
        with database.transaction() as db:
            imported(db, plan or small_park())
        with closing(Build(database, folder)) as build:
            yield build
