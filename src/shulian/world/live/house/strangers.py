"""Strangers: people of neighbouring processes who are seen across a border.

Each has a slot here, in which the arrays say where they are; a name they get from introductions.

Symbols: s slots.
"""

import msgspec
import numpy as np
from numpy.typing import NDArray

from shulian.world.live.house.book import Book
from shulian.world.live.house.foreign import Introduced
from shulian.world.live.house.ground import Ground
from shulian.world.rules.bands import BAND
from shulian.world.rules.crowd import State
from shulian.world.types import MOST_SLOTS
from shulian.world.wire.messages import PersonView


class _Neighbour:
    """One process and its people whom we see."""

    def __init__(self) -> None:
        self.heard = 0.0
        """[s] when it last said who is near."""
        self.ours = np.full(MOST_SLOTS, -1, np.int32)
        """(s,) our slot for each slot there; -1: none."""
        self.visits = np.zeros(MOST_SLOTS, np.int64)
        """(s,) which visit there it stands for."""
        self.people: dict[tuple[int, int], PersonView] = {}
        """By slot and visit: those who were introduced."""


class Strangers:
    """The people of all neighbouring processes whom we see."""

    def __init__(self, book: Book) -> None:
        """Nobody is seen."""
        self._book = book
        self._neighbours: dict[int, _Neighbour] = {}

    def slot(self, shard: int, slot: int) -> int:
        """Our slot for one there; -1: they are not seen."""
        known = 0 <= slot < MOST_SLOTS and shard in self._neighbours
        return int(self._neighbours[shard].ours[slot]) if known else -1

    def see(
        self, shard: int, seen: list[tuple[Ground, NDArray[np.void]]], now: float
    ) -> list[tuple[int, int]]:
        """Have those in sight who a process says are there; answers whom nobody introduced."""
        neighbour = self._neighbours.setdefault(shard, _Neighbour())
        neighbour.heard = now
        there = np.zeros(MOST_SLOTS, np.bool_)
        unknown: list[tuple[int, int]] = []
        for ground, found in seen:
            records = found[found["slot"] < MOST_SLOTS]
            slots = records["slot"]
            other = neighbour.visits[slots] != records["visit"]
            for record in records[other | (neighbour.ours[slots] < 0)]:
                self._drop(neighbour, int(record["slot"]))
                who = (int(record["slot"]), int(record["visit"]))
                if who not in neighbour.people:
                    unknown.append(who)
                elif neighbour.people[who].key not in self._book.by_key:
                    self._take(neighbour, who)
            ours = neighbour.ours[slots]
            self._place(ground, ours[ours >= 0], records[ours >= 0])
            there[slots] = True
        for slot in np.flatnonzero((neighbour.ours >= 0) & ~there).tolist():
            self._drop(neighbour, slot)
        gone = [who for who in neighbour.people if not there[who[0]]]
        if len(gone) > MOST_SLOTS // 8:
            for who in gone:
                del neighbour.people[who]
        return unknown

    def introduce(self, shard: int, told: Introduced) -> None:
        """Know who somebody is; whoever was told of them here is told again if that is new."""
        neighbour = self._neighbours.setdefault(shard, _Neighbour())
        slot = told.person.slot
        if not 0 <= slot < MOST_SLOTS:
            return
        neighbour.people[slot, told.visit] = told.person
        ours = int(neighbour.ours[slot])
        if ours >= 0 and neighbour.visits[slot] == told.visit:
            self._book.strangers[ours] = _view(told.person, ours)
            self._book.introduce(ours)

    def sweep(self, since: float) -> None:
        """Have nobody in sight whose process was not heard since then, or who is here by now."""
        for neighbour in self._neighbours.values():
            for slot in np.flatnonzero(neighbour.ours >= 0).tolist():
                person = neighbour.people.get((slot, int(neighbour.visits[slot])))
                here = person is not None and person.key in self._book.by_key
                if neighbour.heard < since or here:
                    self._drop(neighbour, slot)

    def _take(self, neighbour: _Neighbour, who: tuple[int, int]) -> None:
        """Give somebody a slot here."""
        book, person = self._book, neighbour.people[who]
        slot = book.allot()
        if slot is None:
            return
        neighbour.ours[who[0]], neighbour.visits[who[0]] = slot, who[1]
        book.strangers[slot] = _view(person, slot)
        book.stranger_slots[person.key] = slot
        for presence in book.presences.values():
            if person.key in presence.hidden:
                book.hide(presence)

    def _drop(self, neighbour: _Neighbour, slot: int) -> None:
        """Have somebody not in sight any more."""
        book, ours = self._book, int(neighbour.ours[slot])
        if ours < 0:
            return
        neighbour.ours[slot] = -1
        book.strangers.pop(ours, None)
        person = neighbour.people[slot, int(neighbour.visits[slot])]
        if book.stranger_slots.get(person.key) == ours:
            del book.stranger_slots[person.key]
        book.vacate(ours)

    def _place(self, ground: Ground, ours: NDArray[np.int32], records: NDArray[np.void]) -> None:
        crowd = self._book.crowd
        place = records["place"].copy()
        place[:, 0] += ground.band * BAND
        before = crowd.place[ours]
        changed = (before != place).any(axis=1) | (crowd.posture[ours] != records["posture"])
        changed |= (crowd.heading[ours] != records["heading"]) | (crowd.state[ours] != State.BEYOND)
        crowd.place[ours] = place
        crowd.heading[ours] = records["heading"]
        crowd.posture[ours] = records["posture"]
        crowd.band[ours] = ground.band
        crowd.state[ours] = State.BEYOND
        crowd.moved[ours[changed]] = 1


def _view(person: PersonView, slot: int) -> bytes:
    return msgspec.json.encode(msgspec.structs.replace(person, slot=slot))
