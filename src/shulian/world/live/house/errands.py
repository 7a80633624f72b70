"""Errands: what people want of one who may be in another process, each answered or given up."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from shulian.kit.errors import Failure
from shulian.world.errors import PersonGone
from shulian.world.live.house import foreign
from shulian.world.live.house.book import Book
from shulian.world.live.house.presence import Presence
from shulian.world.types import Stand, VisitorKey
from shulian.world.wire.messages import Greeted, Invited

_PATIENCE = 1.0
"""[s] after which whom nobody knows is gone."""


@dataclass(frozen=True, slots=True)
class _Open:
    """An errand that is not answered yet."""

    until: float
    presence: Presence
    done: Callable[[Stand], None]
    failed: Callable[[Failure], None]


class Errands:
    """What those here want of people there, and the other way round."""

    def __init__(self, book: Book, say: Callable[[foreign.Told], None]) -> None:
        """Nobody wants anything."""
        self._book, self._say = book, say
        self._numbers = count(1)
        self._open: dict[int, _Open] = {}

    def send(
        self,
        presence: Presence,
        to: VisitorKey,
        what: foreign.What,
        *,
        done: Callable[[Stand], None],
        failed: Callable[[Failure], None],
    ) -> None:
        """Want something of `to`; `done` is told where they stand, else `failed` that they don't.

        Neither is called for somebody who is not here any more.
        """
        shard, number = self._book.terms.shard, next(self._numbers)
        name, slot = presence.visitor.name, presence.slot

        until = self._book.terms.time() + _PATIENCE
        self._open[number] = _Open(until, presence, done, failed)
        self._say(
            foreign.Errand(shard, number, presence.park, to, presence.key, name, slot, what),
        )

    def take(self, told: foreign.Errand, slot: int) -> None:
        """Do what somebody there wants, who has `slot` here, if the one it is for is here."""
        book, other = self._book, self._book.by_key.get(told.to)
        if other is None or not other.welcomed or other.park != told.park:
            return
        if told.sender in other.hidden:
            return
        if told.what == "greet":
            book.tell(other.slot, Greeted(told.sender, told.name, slot))
        elif told.what == "invite":
            book.tell(other.slot, Invited(told.sender, told.name, slot))
        stand = book.stand(other.slot)
        self._say(foreign.Done(book.terms.shard, told.shard, told.number, stand))

    def answered(self, told: foreign.Done) -> None:
        """An errand is done."""
        one = self._open.pop(told.number, None)
        if one is None or not self._book.has(one.presence):
            return
        try:
            one.done(told.stand)
        except Failure as failure:
            one.failed(failure)

    def give_up(self, now: float) -> None:
        """Tell those so whose errands nobody has answered."""
        for number, one in tuple(self._open.items()):
            if one.until <= now:
                del self._open[number]
                if self._book.has(one.presence):
                    one.failed(PersonGone())
