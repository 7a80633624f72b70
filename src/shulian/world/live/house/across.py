"""Across the border: people of neighbouring processes seen here, and ours seen there."""

import math
from collections.abc import Callable, Iterable
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from shulian.kit.errors import Failure
from shulian.world.live.borders import Link
from shulian.world.live.house import foreign, order, outsiders, passage, talk
from shulian.world.live.house.book import Book
from shulian.world.live.house.errands import Errands
from shulian.world.live.house.going import take_over
from shulian.world.live.house.ground import Ground
from shulian.world.live.house.presence import Presence
from shulian.world.live.house.strangers import Strangers
from shulian.world.rules.bands import BAND
from shulian.world.rules.crowd import State
from shulian.world.types import Message, Stand, VisitorKey
from shulian.world.wire.frames import CM
from shulian.world.wire.messages import Invited

_PACE = 0.1
"""[s] between two borders."""
_WISHES = 1.0
"""[s] between two times that it is said who wants into zones of others."""
_TURNS = 30
"""So many of those times until all who are here were said to be."""
_AT_ONCE = 500
"""People introduced in one message: a link takes none that is too long."""
_SILENT = 2.0
"""[s] without a word after which the people of a process are not seen any more."""


class Across:
    """What one process tells the others of its people, and hears of theirs."""

    def __init__(self, book: Book, link: Link) -> None:
        """Speak and hear through `link`, once it is open."""
        self._book, self._link = book, link
        self._strangers = Strangers(book)
        self._errands = Errands(book, self._say)
        self._shown: dict[int, bytes] = {}
        """By slot: the views with which our people near a border were introduced."""
        self._paced = self._wished = -math.inf
        self._turn = 0
        self._wanted: set[int] = set()
        """The processes of whose zones our people want some, as was said last."""

        self._does: dict[type[foreign.Told], Callable[[Any], None]] = {
            foreign.Introduce: self._meet,
            foreign.Ask: self._answer,
            foreign.Nearby: self._overhear,
            foreign.Direct: self._deliver,
            foreign.Came: self._over,
            foreign.Blocked: self._reblock,
            foreign.Wishes: self._take_wishes,
            foreign.Places: self._take_places,
            foreign.Errand: self._run,
            foreign.Done: self._errands.answered,
            foreign.Beckon: self._beckoned,
        }

    def tick(self, now: float) -> None:
        """Say who of ours is near a border, ten times a second."""
        if now - self._paced < _PACE:
            return
        self._paced = now
        self._strangers.sweep(now - _SILENT)
        near = [
            (ground, slots)
            for ground in self._book.grounds.values()
            if len(slots := self._near(ground))
        ]
        self._introduce([int(slot) for _, slots in near for slot in slots])
        records = [self._records(ground, slots) for ground, slots in near]
        packed = np.concatenate(records) if records else np.zeros(0, foreign.RECORD)
        self._link.publish(foreign.pack(self._book.terms.shard, packed))
        self._errands.give_up(now)
        if now - self._wished >= _WISHES:
            self._wished = now
            self._say_wishes()
            self._say_who_is_here()

    def _near(self, ground: Ground) -> NDArray[np.intp]:
        crowd = self._book.crowd
        here = (crowd.state == State.HERE) & (crowd.band == ground.band)
        slots = np.flatnonzero(here)
        if ground.border is None or len(slots) == 0:
            return slots[:0]
        return slots[ground.border.shown(self._book.points(slots, ground.band)[:, :2])]

    def _records(self, ground: Ground, slots: NDArray[np.intp]) -> NDArray[np.void]:
        crowd = self._book.crowd
        records = np.zeros(len(slots), foreign.RECORD)
        records["park"] = foreign.park_mark(ground.park)
        records["visit"] = crowd.visit[slots]
        records["place"] = crowd.place[slots]
        records["place"][:, 0] -= ground.band * BAND
        records["slot"] = slots
        records["heading"] = crowd.heading[slots]
        records["posture"] = crowd.posture[slots]
        return records

    def _introduce(self, slots: list[int]) -> None:
        """Tell the others who those are whom they do not know, or know as they were."""
        people = [self._book.presences[slot] for slot in slots]
        fresh = [one for one in people if self._shown.get(one.slot) is not one.encoded]
        self._shown = {one.slot: one.encoded for one in people}
        if fresh:
            self._say_who(fresh)

    def _say_who(self, people: list[Presence]) -> None:
        told = tuple(foreign.Introduced(one.visit, one.park, one.view()) for one in people)
        for first in range(0, len(told), _AT_ONCE):
            part = told[first : first + _AT_ONCE]
            self._say(foreign.Introduce(self._book.terms.shard, part))

    def _say(self, told: foreign.Told) -> None:
        self._link.publish(msgspec.json.encode(told))

    # what those here say to people there

    def nearby(self, ground: Ground, message: Message, stand: Stand) -> None:
        """Tell those there who stand near `stand` what was said."""
        sender = self._book.by_key.get(message.sender)
        if self._shows(ground, stand):
            slot = sender.slot if sender else -1
            self._say(foreign.Nearby(self._book.terms.shard, message, slot, stand))

    def direct(self, message: Message) -> None:
        """Tell the one it is for what was said."""
        self._say(foreign.Direct(self._book.terms.shard, message))

    def blocked(self, key: VisitorKey) -> None:
        """Have the blocks of somebody read anew who may be there."""
        self._say(foreign.Blocked(self._book.terms.shard, key))

    def wish(self, presence: Presence) -> None:
        """Ask for a place in the zone that somebody wants, which another process has."""
        ground = self._book.ground_of(presence)
        owner = ground.owners[ground.space(presence.wants)]
        wish = passage.wish(self._book, presence)
        self._wanted.add(owner)
        self._say(foreign.Wishes(self._book.terms.shard, owner, (wish,), all=False))

    def call(self, shard: int, place: foreign.Place) -> None:
        """Tell another process that there is a place for somebody of its."""
        self._say(foreign.Places(self._book.terms.shard, shard, (place,)))

    def send(
        self,
        presence: Presence,
        to: VisitorKey,
        what: foreign.What,
        *,
        done: Callable[[Stand], None],
        failed: Callable[[Failure], None],
    ) -> None:
        """Want something of one there; `done` is told where they stand."""
        self._errands.send(presence, to, what, done=done, failed=failed)

    def beckon(self, ground: Ground, presence: Presence) -> None:
        """Ask those there to follow who stand near somebody."""
        shard, name, slot = self._book.terms.shard, presence.visitor.name, presence.slot
        stand = self._book.stand(slot)
        if self._shows(ground, stand):
            self._say(foreign.Beckon(shard, ground.park, presence.key, name, slot, stand))

    def _shows(self, ground: Ground, stand: Stand) -> bool:
        """Whether somebody at `stand` is seen from zones of others."""
        if ground.border is None:
            return False
        return bool(ground.border.shown(np.array([[stand.east, stand.north]]))[0])

    def _say_wishes(self) -> None:
        wishes = passage.wishes(self._book)
        for shard in {*wishes, *self._wanted}:
            told = tuple(wishes.get(shard, ()))
            self._say(foreign.Wishes(self._book.terms.shard, shard, told, all=True))
        self._wanted = set(wishes)

    def came(self, presence: Presence) -> None:
        """Have whoever they were elsewhere be over."""
        self._say_came([presence])

    def _say_came(self, people: Iterable[Presence]) -> None:
        told = tuple((one.key, one.visit) for one in people)
        if told:
            self._say(foreign.Came(self._book.terms.shard, told))

    def _say_who_is_here(self) -> None:
        """Say of a part of our people that they are here.

        What was said when they came may be lost: then they are here and there, once as a ghost.
        """
        self._turn = (self._turn + 1) % _TURNS
        here = self._book.presences.items()
        self._say_came(one for slot, one in here if one.open and slot % _TURNS == self._turn)

    # what is heard from there

    def receive(self, data: bytes) -> None:
        """Hear what another process said; what cannot be read is counted."""
        if data[:1] == bytes((foreign.BORDER,)):
            border = foreign.unpack(data)
            if border is not None and self._is_other(border[0]):
                self._see(*border)
                return
        elif (told := foreign.read(data)) is not None and self._is_other(told.shard):
            self._hear(told)
            return
        self._book.counters["link_broken"] += 1

    def _is_other(self, shard: int) -> bool:
        """Whether there is such a process beside this one."""
        return 0 <= shard < self._book.terms.shards and shard != self._book.terms.shard

    def _see(self, shard: int, records: NDArray[np.void]) -> None:
        parks = {foreign.park_mark(park): ground for park, ground in self._book.grounds.items()}
        seen = [
            (ground, found)
            for mark in np.unique(records["park"]).tolist()
            if (ground := parks.get(mark)) is not None
            and len(found := self._in_sight(ground, records[records["park"] == mark]))
        ]
        unknown = self._strangers.see(shard, seen, self._book.terms.time())
        if unknown:
            self._say(foreign.Ask(self._book.terms.shard, shard, tuple(unknown)))

    def _in_sight(self, ground: Ground, records: NDArray[np.void]) -> NDArray[np.void]:
        if ground.border is None:
            return records[:0]
        return records[ground.border.seen(records["place"][:, :2] / CM)]

    def _hear(self, told: foreign.Told) -> None:
        """Do what is told, if it is for us."""
        if getattr(told, "of", self._book.terms.shard) == self._book.terms.shard:
            self._does[told.__class__](told)

    def _meet(self, told: foreign.Introduce) -> None:
        for one in told.people:
            self._strangers.introduce(told.shard, one)

    def _answer(self, asked: foreign.Ask) -> None:
        found = [
            one
            for slot, visit in asked.who
            if (one := self._book.presences.get(slot)) is not None and one.visit == visit
        ]
        self._say_who(found)

    def _overhear(self, told: foreign.Nearby) -> None:
        ground = self._book.grounds.get(told.message.park)
        if ground is not None:
            slot = self._strangers.slot(told.shard, told.slot)
            talk.deliver(self._book, ground, told.message, told.stand, slot)

    def _deliver(self, told: foreign.Direct) -> None:
        message = told.message
        ground = self._book.grounds.get(message.park)
        if ground is not None and message.to in self._book.by_key:
            talk.deliver(self._book, ground, message, ground.plot.entrance, -1)

    def _over(self, told: foreign.Came) -> None:
        for key, visit in told.people:
            ours = self._book.by_key.get(key)
            if ours is not None and ours.visit < visit:
                take_over(self._book, ours)

    def _reblock(self, told: foreign.Blocked) -> None:
        order.reblock(self._book, told.key)

    def _take_wishes(self, told: foreign.Wishes) -> None:
        places = outsiders.hear(self._book, told)
        if places:
            self._say(foreign.Places(self._book.terms.shard, told.shard, places))

    def _run(self, told: foreign.Errand) -> None:
        self._errands.take(told, self._strangers.slot(told.shard, told.slot))

    def _beckoned(self, told: foreign.Beckon) -> None:
        ground = self._book.grounds.get(told.park)
        if ground is not None:
            slot = self._strangers.slot(told.shard, told.slot)
            talk.beckon(self._book, ground, told.stand, Invited(told.sender, told.name, slot))

    def _take_places(self, told: foreign.Places) -> None:
        for place in told.places:
            passage.answered(self._book, place)
