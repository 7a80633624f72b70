"""The people of a soak: they come, walk, talk and queue, and each goes in one of several ways."""

import asyncio
import math
import secrets
import time
from collections import Counter, deque
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from urllib.parse import urlencode, urlsplit

import numpy as np
from picows import WSCloseCode, WSTransport

from shulian.kit.clock import system_clock
from shulian.kit.text import Language
from shulian.park.types import SpaceId
from shulian.world.live.visitor import Refused, Visitor
from shulian.world.rules.looks import guest_look
from shulian.world.rules.tickets import LIFE, Kind, Ticket, sign
from shulian.world.types import Gait, Gesture, Scope, Stand, VisitorKey
from shulian.world.types import Visitor as Person
from shulian.world.wire.frames import SUBPROTOCOL
from shulian.world.wire.messages import (
    Block,
    Dress,
    Go,
    Greet,
    Hand,
    History,
    News,
    Placed,
    Roster,
    Say,
    StandView,
    Welcome,
    look_view,
)
from soak.serving import KIOSK, PARK, SIDE

STEP = 0.25
"""[s] between two moves of one person."""
PACE = 1.4
"""[m/s]"""
TALK = 8.0
"""Calls a second of all together."""
STRANGE = 3.0
"""A second: who comes to the door and not in."""
_AWAY = 4.0
"""[s] in the mean until one whose link is lost comes back."""
_AGAIN, _TO_QUEUE = 0.1, 0.1
"""The share of those who were there a moment ago, and of those who come for the full kiosk."""
_ON_AGAIN = 5.0
"""[s] that they stay then."""
_PATIENCE = 30.0
"""[s] for a welcome."""


class End(Enum):
    """How a visit ends."""

    LEAVE = auto()
    """With a word."""
    CLOSE = auto()
    """The connection is closed in good order, nothing is said."""
    CUT = auto()
    """The socket is gone without a word."""
    RETURN = auto()
    """The link is lost; they resume, and leave later."""
    TWICE = auto()
    """They come in once more elsewhere, which ends the first visit; then they leave."""


_ENDS = {End.LEAVE: 0.4, End.CLOSE: 0.15, End.CUT: 0.2, End.RETURN: 0.2, End.TWICE: 0.05}


class Client(Visitor):
    """A client that can also hang up without saying that it leaves."""

    def on_ws_connected(self, transport: WSTransport) -> None:
        """The handshake is done."""
        super().on_ws_connected(transport)
        self._line = transport

    def hang_up(self) -> None:
        """Close the connection as a browser does whose page is closed."""
        self._line.send_close(WSCloseCode.OK)
        self._line.disconnect()


@dataclass(slots=True, eq=False)
class Guest:
    """One visit."""

    key: VisitorKey
    stand: Stand
    client: Client = field(init=False)
    welcomed: asyncio.Event = field(default_factory=asyncio.Event)
    oldest: int = 0
    """Number of the first message they know."""

    def hear(self, news: News) -> None:
        """Keep what they act on."""
        if isinstance(news, Welcome):
            self.stand = _stand(news.stand)
            self.oldest = min((one.number for one in news.messages), default=0)
            self.welcomed.set()
        elif isinstance(news, Placed):
            self.stand = _stand(news.stand)


class Company:
    """All of them."""

    def __init__(self, url: str, secret: str, *, rate: float, present: float) -> None:
        """`rate` come in a second, and about `present` are there at a time."""
        self.here: dict[VisitorKey, Guest] = {}
        """Who was welcomed and has not gone."""
        self.gone: dict[VisitorKey, float] = {}
        """When they went [s]."""
        self.did: Counter[str] = Counter()
        self._url, self._secret = url, secret
        self._rate, self._stay = rate, present / rate
        self._rng = np.random.default_rng(7)
        self._over = asyncio.Event()
        self._visits: set[asyncio.Task[None]] = set()
        self._used: deque[str] = deque(maxlen=64)
        """Tickets that were used."""
        self._lately: deque[VisitorKey] = deque(maxlen=200)
        """Who went last."""
        self._numbers = 0

    async def live(self, seconds: float) -> None:
        """Come and go for so long; then everybody goes, each in their way."""
        goings = [
            asyncio.create_task(one)
            for one in (
                self._every(1 / self._rate, self._come),
                self._every(1 / STRANGE, self._disturb),
                self._every(1 / TALK, self._talk),
                self._every(STEP, self._walk),
            )
        ]
        await asyncio.sleep(seconds)
        for going in goings:
            going.cancel()
        await asyncio.gather(*goings, return_exceptions=True)
        self._over.set()
        await asyncio.gather(*self._visits, return_exceptions=True)

    def ticket(self, key: VisitorKey, *, space: str | None = None) -> str:
        """Lets `key` in."""
        name = f"示例访客 · Sample {key}"
        person = Person(key, None, name, guest_look(key), Language.ZH, simulated=True)
        stand = None if space else self._anywhere()
        wanted = SpaceId(space) if space else None
        asked = Ticket(person, SpaceId(PARK), wanted, secrets.token_urlsafe(12), stand)
        now = system_clock()
        return sign(asked, kind=Kind.TICKET, secret=self._secret, now=now, life=LIFE)

    async def _every(self, period: float, do: Callable[[], None]) -> None:
        """Do it again and again; what comes too late is made up for, but not more than a second."""
        due = time.monotonic()
        while True:
            due = max(due + period, time.monotonic() - 1.0)
            await asyncio.sleep(max(due - time.monotonic(), 0.0))
            do()

    def _start(self, visit: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(visit)
        self._visits.add(task)
        task.add_done_callback(self._visits.discard)

    # coming and going

    def _come(self) -> None:
        self._start(self._visit())

    async def _visit(self) -> None:
        """Somebody comes, stays, and goes."""
        self._numbers += 1
        key = VisitorKey(f"b-{self._numbers}")
        if self._lately and self._rng.random() < _AGAIN:
            key = self._lately[int(self._rng.integers(len(self._lately)))]
        if key in self.here:
            return
        until = time.monotonic() + float(self._rng.exponential(self._stay))
        guest = await self._enter(key)
        if guest is None:
            return
        end = list(_ENDS)[int(self._rng.choice(len(_ENDS), p=list(_ENDS.values())))]
        await self._linger(until)
        self.did[end.name.lower()] += 1
        if end is End.RETURN:
            await self._return(guest)
        elif end is End.TWICE:
            await self._enter(key)
        guest = self.here.pop(key, guest)
        self._went(key)
        self._go(guest, end)
        await guest.client.gone()

    async def _enter(self, key: VisitorKey) -> Guest | None:
        """Come in as `key`; none: not let in."""
        guest = Guest(key, self._anywhere())
        space = KIOSK if self._rng.random() < _TO_QUEUE else None
        ticket = self.ticket(key, space=space)
        self._used.append(ticket)
        self.gone.pop(key, None)
        guest.client = Client(self._url, lambda: ticket, hear=guest.hear)
        try:
            await guest.client.connect()
            self.did["joins"] += 1
            await asyncio.wait_for(guest.welcomed.wait(), _PATIENCE)
        except (Refused, TimeoutError):
            self.did["refused"] += 1
            guest.client.drop()
            return None
        self.here[key] = guest
        return guest

    async def _linger(self, until: float) -> None:
        """Stay until then [s], or until everybody goes."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._over.wait(), max(until - time.monotonic(), 0.0))

    async def _return(self, guest: Guest) -> None:
        """Lose the link, and come back to the same place."""
        guest.client.drop()
        guest.welcomed.clear()
        away = float(self._rng.exponential(_AWAY))
        until = time.monotonic() + away + _ON_AGAIN
        await asyncio.sleep(0.0 if self._over.is_set() else away)
        try:
            await guest.client.connect()
            await asyncio.wait_for(guest.welcomed.wait(), _PATIENCE)
        except (Refused, TimeoutError):
            self.did["not_back"] += 1
            return
        self.did["resumed"] += 1
        await self._linger(until)

    def _go(self, guest: Guest, end: End) -> None:
        if end is End.CUT:
            guest.client.drop()
        elif end is End.CLOSE:
            guest.client.hang_up()
        else:
            guest.client.leave()

    def _went(self, key: VisitorKey) -> None:
        self.gone[key] = time.monotonic()
        self._lately.append(key)

    # what they do meanwhile

    def _walk(self) -> None:
        """A step of everybody, most of them straight on."""
        for guest in self.here.values():
            if not guest.client.here:
                continue
            turn = float(self._rng.normal(0.0, 20.0))
            guest.stand = _onward(guest.stand, turn)
            guest.client.move(guest.stand, Gait.WALK, Gesture.NONE)

    def _talk(self) -> None:
        """One of them asks for something."""
        people = [one for one in self.here.values() if one.client.here]
        if not people:
            return
        one, other = (people[int(n)] for n in self._rng.integers(len(people), size=2))
        key = secrets.token_hex(6)
        calls = (
            Say(key, Scope.ZONE, "你好 · hello"),
            Say(key, Scope.NEARBY, "这边走 · this way"),
            Say(key, Scope.DIRECT, "一会儿见 · see you", other.key),
            Greet(key, other.key),
            Go(key, SpaceId(KIOSK)),
            Go(key, SpaceId(KIOSK)),
            Go(key, person=other.key),
            Hand(raised=self._toss()),
            Roster(key),
            History(key, one.oldest),
            Dress(look_view(guest_look(other.key))),
            Block(key, other.key, on=self._toss()),
        )
        one.client.call(calls[int(self._rng.integers(len(calls)))])

    # who comes to the door and not in

    def _disturb(self) -> None:
        """Somebody asks for nonsense, comes with a used ticket, or hangs up in the door."""
        self._numbers += 1
        stray = VisitorKey(f"b-{self._numbers}")
        requests = (
            b"",
            b"GET / HT",
            b"\x16\x03\x01 this is not HTTP\r\n\r\n",
            _handshake("ticket", "no ticket"),
            _handshake("resume", self.ticket(stray)),
            _handshake("ticket", self._used[0]) if self._used else b"",
            _handshake("ticket", self.ticket(stray)),
        )
        request = requests[int(self._rng.integers(len(requests)))]
        self._start(self._knock(request, wait=self._toss()))

    async def _knock(self, request: bytes, *, wait: bool) -> None:
        """Say `request`, hear the first of the answer or not, and be gone."""
        self.did["strays"] += 1
        address = urlsplit(self._url)
        with suppress(OSError, TimeoutError):
            reader, writer = await asyncio.open_connection(address.hostname, address.port)
            writer.write(request)
            if wait:
                await asyncio.wait_for(reader.read(64), 1.0)
            writer.transport.abort()

    def _toss(self) -> bool:
        return bool(self._rng.integers(2))

    def _anywhere(self) -> Stand:
        east, north = self._rng.uniform(0.0, SIDE, 2).round(2).tolist()
        return Stand(east, north, 0.0, float(self._rng.uniform(0.0, 359.0)))


def _onward(stand: Stand, turn: float) -> Stand:
    """A step on; who comes to the edge turns around."""
    heading = (stand.heading + turn) % 360.0
    east = stand.east + math.sin(math.radians(heading)) * PACE * STEP
    north = stand.north + math.cos(math.radians(heading)) * PACE * STEP
    if 0.0 < east < SIDE and 0.0 < north < SIDE:
        return Stand(east, north, 0.0, heading)
    return Stand(stand.east, stand.north, 0.0, (heading + 180.0) % 360.0)


def _stand(view: StandView) -> Stand:
    return Stand(view.east, view.north, view.height, view.heading)


def _handshake(name: str, value: str) -> bytes:
    """A good one by its form."""
    lines = (
        f"GET /world?{urlencode({name: value})} HTTP/1.1",
        "Host: world",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: c2hvcnQgYW5kIHN3ZWV0IQ==",
        f"Sec-WebSocket-Protocol: {SUBPROTOCOL}",
    )
    return "\r\n".join([*lines, "", ""]).encode()
