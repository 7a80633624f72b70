"""The book of the house: who has which slot, who knows whom, and how they are told.

Everything here is the event loop's. A slot that somebody leaves is given to another only after all
who knew it were told so, and after its socket is gone.
"""

import asyncio
import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

import msgspec
import numpy as np
from numpy.typing import NDArray

from shulian.identity.types import Grants
from shulian.kit.clock import Clock
from shulian.kit.errors import Failure
from shulian.kit.i18n import Catalogue
from shulian.park.types import SpaceId
from shulian.world.live.house.abroad import Abroad
from shulian.world.live.house.allowances import Allowances
from shulian.world.live.house.echoes import Echoes
from shulian.world.live.house.ground import Ground
from shulian.world.live.house.journal import Journal
from shulian.world.live.house.presence import MOST_HELD, Presence
from shulian.world.live.ports import Close, Sockets
from shulian.world.rules.acquaintance import Acquaintance
from shulian.world.rules.admission import Absences
from shulian.world.rules.bands import BAND
from shulian.world.rules.crowd import Crowd, State
from shulian.world.rules.slots import Slots
from shulian.world.rules.tickets import LIFE
from shulian.world.types import Stand, VisitorKey
from shulian.world.wire.frames import CM, TURN
from shulian.world.wire.messages import Accepted, Ended, News, Parted, Refusal, StandView

_NONCES = 300.0
"""[s] that the mark of a ticket is remembered: longer than one is good for."""
_NAMES = 2_048
"""Of those who were here: as many as somebody may still speak of."""
_UNOPENED = 15.0
"""[s] after which nobody comes any more to a slot they knocked for."""


@dataclass(frozen=True)
class Terms:
    """What a house is run with."""

    secret: str
    clock: Clock
    time: Callable[[], float]
    """[s] of the monotonic clock, the same as ticks are told by."""
    words: Catalogue
    grants: Grants
    shard: int = 0
    urls: tuple[str, ...] = ("",)
    """The address of each process, as browsers see it."""

    @property
    def shards(self) -> int:
        """How many processes there are."""
        return len(self.urls)


@dataclass(slots=True)
class Afloat:
    """Somebody who stands on nothing."""

    since: float
    """[s] when they came there, or fell last."""
    lowest: int
    """[cm] how low they have been since."""
    before: tuple[int, int, int]
    """[cm] where they stood."""


class Book:
    """Who is in the world."""

    def __init__(self, terms: Terms, crowd: Crowd, journal: Journal) -> None:
        """Nobody is here; `start` fills it."""
        self.terms, self.crowd, self.journal = terms, crowd, journal
        self.loop = asyncio.get_running_loop()
        self.counters: Counter[str] = Counter()
        self.grounds: dict[SpaceId, Ground] = {}
        self.presences: dict[int, Presence] = {}
        self.by_key: dict[VisitorKey, Presence] = {}
        self.names: dict[VisitorKey, str] = {}
        """Of those who are here, and of the last `_NAMES` who were."""
        self.absences = Absences()
        self.reading: dict[SpaceId, bool] = {}
        """Parks of which it is being read what is decided; whether that has to be read again."""
        self.shadows: dict[int, Ground] = {}
        """Slots of those who were here before this process was, and may come back."""
        self.strangers: dict[int, bytes] = {}
        """By slot: the views of those in neighbouring processes, as JSON."""
        self.stranger_slots: dict[VisitorKey, int] = {}
        self.afloat: dict[int, Afloat] = {}
        """By slot: those who stand on nothing."""
        self.queued: set[int] = set()
        """Slots of those who wait for a zone."""
        self.holding: set[int] = set()
        """Slots of those for whom messages are held back."""
        size = len(crowd.state)
        self.known = Acquaintance(size)
        """Who was told who has which slot."""
        self.seen = np.zeros((size, 3), np.int32)
        """(s, 3) [cm] where everyone stood when zones were last looked at."""
        self.leeway = np.zeros((2, size, 3), np.int32)
        """[cm] least and greatest corners of boxes within which everyone may go and stay in their
        zone, and on the ground; empty where none is known."""
        self._free = Slots(size)
        self._leaving: list[int] = []
        self._cooling: set[int] = set()
        """Slots that nobody has, of which a socket is left."""
        self._sockets_of: dict[int, float] = {}
        """Slots that have a socket, or wait for one until [s]."""
        self._nonces: dict[str, float] = {}
        self.turned: dict[VisitorKey, float] = {}
        """[s] when the account of somebody changed lately: their ticket may be older."""
        self.unread: set[SpaceId] = set()
        """Parks about which it could not be read what was decided."""
        self.unmet: set[VisitorKey] = set()
        """Those of whom it could not be read whom they must not meet."""
        self.echoes = Echoes()
        self.allowances = Allowances()
        self.sockets: Sockets | None = None
        self.abroad: Abroad | None = None

    def now(self) -> datetime:
        """What time it is."""
        return self.terms.clock()

    # slots

    @property
    def free(self) -> int:
        """How many slots nobody has."""
        return len(self._free)

    def allot(self) -> int | None:
        """A slot for somebody new, if there is one."""
        slot = self._free.take(self.terms.time())
        if slot is None:
            return None
        microseconds = int(self.now().timestamp() * 1e6)
        self.crowd.visit[slot] = max(int(self.crowd.visit[slot]) + 1, microseconds)
        return slot

    def reserve(self, slots: Iterable[int]) -> None:
        """Take `slots` as used: somebody had them before this process was."""
        self._free.without(set(slots))

    def expect(self, slot: int) -> None:
        """Keep `slot` from others until its socket comes and goes."""
        self._sockets_of[slot] = self.terms.time() + _UNOPENED

    def opened(self, slot: int) -> None:
        """Its socket is there."""
        self._sockets_of[slot] = math.inf

    def closed(self, slot: int) -> None:
        """Its socket is gone, and with it whatever it was told."""
        self._sockets_of.pop(slot, None)
        self.known.forget(slot)
        if slot in self._cooling:
            self._cooling.discard(slot)
            self._free.give_back(slot, self.terms.time())

    def vacate(self, slot: int) -> None:
        """Nobody has `slot` any more: everyone who knew it is told so at the next tick."""
        self.crowd.state[slot] = State.FREE
        self.crowd.moved[slot] = 0
        self.crowd.focused[slot] = 0
        self.assign(slot, -1)
        self.echoes.take(slot)
        self._leaving.append(slot)

    def part(self) -> None:
        """Tell of those who left; their slots are free where no socket is left."""
        if not self._leaving:
            return
        gone, self._leaving = self._leaving, []
        for knower, slots in self.known.part(gone):
            self.tell(knower, Parted(slots))
        for slot in gone:
            if slot in self._sockets_of:
                self._cooling.add(slot)
            else:
                self._free.give_back(slot, self.terms.time())

    def first_use(self, nonce: str) -> bool:
        """Whether the mark of a ticket was never seen; it is now."""
        if nonce in self._nonces:
            return False
        self._nonces[nonce] = self.terms.time() + _NONCES
        return True

    def forget(self, now: float) -> None:
        """Drop what is remembered only for a while."""
        for slot, until in tuple(self._sockets_of.items()):
            if until <= now:
                self.closed(slot)
        # every mark is remembered equally long: the oldest stand first
        while self._nonces and self._nonces[oldest := next(iter(self._nonces))] <= now:
            del self._nonces[oldest]
        recent = now - LIFE.total_seconds()
        self.turned = {key: at for key, at in self.turned.items() if at > recent}
        spare = max(len(self.names) - len(self.by_key) - _NAMES, 0)
        gone = (key for key in self.names if key not in self.by_key)
        for key in tuple(islice(gone, spare)):
            del self.names[key]

    # places

    def ground_of(self, presence: Presence) -> Ground:
        """The park they are in."""
        return self.grounds[presence.park]

    def stand(self, slot: int) -> Stand:
        """Where somebody stands, in the plane of their park."""
        east, north, height = (int(number) for number in self.crowd.place[slot])
        return Stand(
            (east - int(self.crowd.band[slot]) * BAND) / CM,
            north / CM,
            height / CM,
            int(self.crowd.heading[slot]) * 360.0 / TURN,
        )

    def put(self, slot: int, stand: Stand, band: int, now: float) -> None:
        """Have somebody stand there."""
        place = (
            round(stand.east * CM) + band * BAND,
            round(stand.north * CM),
            round(stand.height * CM),
        )
        self.crowd.band[slot] = band
        self.crowd.place[slot] = place
        self.seen[slot] = place
        self.leeway[:, slot] = 0
        self.crowd.heading[slot] = round(stand.heading % 360.0 / 360.0 * TURN) % TURN
        self.crowd.posture[slot] = 0
        self.crowd.focused[slot] = 0
        self.crowd.moved[slot] = 1
        self.crowd.heard[slot] = now

    def assign(self, slot: int, zone: int) -> None:
        """Have somebody counted in a zone of their park; none: -1."""
        self.crowd.zone[slot] = zone
        self.leeway[:, slot] = 0

    def points(self, slots: NDArray[np.intp] | Sequence[int], band: int) -> NDArray[np.float64]:
        """(n, 3) [m] where `slots` stand in the plane of the park in `band`."""
        places = self.crowd.place[slots].astype(np.float64)
        places[:, 0] -= band * BAND
        return places / CM

    def around(self, ground: Ground, stand: Stand, reach: float) -> NDArray[np.intp]:
        """The slots of all who stand within `reach` [m] of `stand`, of other processes too."""
        there = self.crowd.state != State.FREE
        slots = np.flatnonzero(there & (self.crowd.band == ground.band))
        apart = self.points(slots, ground.band) - (stand.east, stand.north, stand.height)
        return slots[(apart**2).sum(axis=1) <= reach**2]

    # telling

    def tell(self, slot: int, news: News) -> None:
        """Tell somebody something."""
        self.tell_raw(slot, msgspec.json.encode(news))

    def tell_raw(self, slot: int, text: bytes, number: int = 0) -> None:
        """Tell somebody what is written already; `number` is that of a message in it."""
        presence = self.presences.get(slot)
        if presence is None or not presence.open or self.sockets is None:
            return
        if presence.held is None:
            self.sockets.tell(slot, text)
        elif len(presence.held) < MOST_HELD:
            presence.held.append((number, text))
        else:
            # what is left out would never be told: they come back, and begin anew
            self.sockets.drop(slot, Close.STALLED)

    def tell_at_once(self, slot: int, news: News) -> None:
        """Tell somebody who was welcomed something that cannot wait behind what is held back."""
        presence = self.presences.get(slot)
        if presence is None or not presence.welcomed or self.sockets is None:
            self.tell(slot, news)
        else:
            self.sockets.tell(slot, msgspec.json.encode(news))

    def hold(self, presence: Presence) -> int:
        """Hold back what they are told until `let_go`; answers the turn that this is for."""
        if presence.held is None:
            presence.held = []
        presence.held_since = self.terms.time()
        self.holding.add(presence.slot)
        presence.turn += 1
        return presence.turn

    def let_go(self, presence: Presence, first: News, read: Collection[int]) -> None:
        """Tell them `first`, then what was held back but the messages with the numbers `read`."""
        held, presence.held = presence.held or [], None
        self.holding.discard(presence.slot)
        self.tell(presence.slot, first)
        for number, text in held:
            if number not in read:
                self.tell_raw(presence.slot, text)

    def tell_zone(self, ground: Ground, space: SpaceId, news: News) -> None:
        """Tell all in a zone."""
        text = msgspec.json.encode(news)
        for slot in tuple(ground.members.get(space, ())):
            self.tell_raw(slot, text)

    def has(self, presence: Presence) -> bool:
        """Whether somebody still has their slot."""
        return self.presences.get(presence.slot) is presence

    def answer(self, presence: Presence, news: News) -> None:
        """Tell somebody what they asked for, unless their slot is another's by now."""
        if self.has(presence):
            self.tell(presence.slot, news)

    def accept(self, presence: Presence, key: str, number: int | None = None) -> None:
        """Tell somebody that it is done."""
        self.answer(presence, Accepted(key, number))

    def refuse(self, presence: Presence, key: str | None, failure: Failure) -> None:
        """Tell somebody that it is not done, and why."""
        self.counters[f"refused_{failure.code.rpartition('.')[2]}"] += 1
        words = self.terms.words.text(f"error.{failure.code}", **failure.params)
        self.answer(presence, Refusal(key, failure.code, words))

    def tell_end(self, slot: int, failure: Failure, *, again: bool) -> None:
        """Tell somebody why their connection ends."""
        words = self.terms.words.text(f"error.{failure.code}", **failure.params)
        presence = self.presences.get(slot)
        if presence is not None:
            presence.held = None
            self.tell(slot, Ended(failure.code, words, again))

    def end(self, slot: int, failure: Failure, close: Close, *, again: bool) -> None:
        """Tell somebody why their connection ends, and end it."""
        self.tell_end(slot, failure, again=again)
        if self.sockets is not None:
            self.sockets.drop(slot, close)

    def view_of(self, slot: int) -> bytes | None:
        """How others are told of whoever has `slot`, as JSON."""
        presence = self.presences.get(slot)
        return presence.encoded if presence is not None else self.strangers.get(slot)

    def introduce(self, slot: int) -> None:
        """Tell all who know them what has changed about whoever has `slot`."""
        text = introduction([self.view_of(slot) or b""])
        for knower in self.known.knowers(slot):
            self.tell_raw(knower, text)

    def hide(self, presence: Presence) -> None:
        """Have somebody not meet whom they must not."""
        here = [self.by_key[key].slot for key in presence.hidden if key in self.by_key]
        there = [self.stranger_slots[key] for key in presence.hidden if key in self.stranger_slots]
        if self.sockets is not None:
            self.sockets.set_hidden(presence.slot, [*here, *there])


def introduction(views: Iterable[bytes]) -> bytes:
    """The message that introduces those with these views."""
    return b'{"type":"met","people":[' + b",".join(views) + b"]}"


def stand_view(stand: Stand) -> StandView:
    """A place as it travels."""
    return StandView(stand.east, stand.north, stand.height, stand.heading)
