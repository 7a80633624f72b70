"""The household: what the sockets ask of the people's side, handed to whoever does it."""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec
import numpy as np
import structlog

from shulian.kit.errors import Failure
from shulian.world.errors import CallWrong, TooFast, WorldStopping, WorldUnavailable
from shulian.world.live.house import (
    asks,
    crossing,
    door,
    going,
    order,
    outsiders,
    passage,
    talk,
    walking,
)
from shulian.world.live.house.book import Book, introduction
from shulian.world.live.house.presence import Presence
from shulian.world.live.ports import Close, Denied, Knock, Sockets
from shulian.world.rules.crowd import State
from shulian.world.rules.limits import KINDS, Kind
from shulian.world.rules.motion import Why
from shulian.world.wire import messages

_LOOK = 0.24
"""[s] between two looks at who is in another zone."""
_BEAT = 1.0
"""[s] between two looks at queues, counts and absences."""
_HELD = 10.0
"""[s] that a welcome may wait for the database."""
_MOST_FAULTS = 60
"""So many calls that make no sense or come too fast end a connection."""
_REASONS: dict[int, walking.Reason] = {Why.WALL: "wall"}

_calls: msgspec.json.Decoder[messages.Call] = msgspec.json.Decoder(messages.Call)
_DOES: dict[type[Any], Callable[[Book, Presence, Any], None]] = {
    messages.Say: talk.say,
    messages.Greet: talk.greet,
    messages.Hand: talk.hand,
    messages.Go: asks.go,
    messages.Invite: talk.invite,
    messages.Focus: asks.focus,
    messages.Roster: asks.roster,
    messages.History: talk.tell_history,
    messages.Show: asks.show,
    messages.Dress: asks.dress,
    messages.Block: order.block,
    messages.Complain: order.complain,
    messages.Moderate: order.moderate,
    messages.Unqueue: asks.unqueue,
}
"""Who does what is asked; each raises the Failure that stands against it."""

log = structlog.stdlib.get_logger("shulian.world")


class Household:
    """The people's side of one process."""

    def __init__(self, book: Book) -> None:
        """Look after those in `book`."""
        self.book = book
        self._looked = self._beaten = -math.inf
        self._closed = False

    def attach(self, sockets: Sockets) -> None:
        """Tell people through `sockets` from now on."""
        self.book.sockets = sockets

    @property
    def counters(self) -> Mapping[str, int]:
        """How often what happened, since the process began."""
        return {**self.book.counters, "database_failures": self.book.journal.failures}

    @property
    def gauges(self) -> Mapping[str, int]:
        """How many are here now, are away for a while, wait, are seen across borders."""
        book = self.book
        return {
            "people": int(np.count_nonzero(book.crowd.state == State.HERE)),
            "away": len(book.absences),
            "waiting": len(book.queued),
            "strangers": len(book.strangers),
        }

    def close(self) -> None:
        """Let nobody in any more."""
        self._closed = True

    def say_goodbye(self) -> None:
        """Tell everyone that the server stops; their places and sessions stay good."""
        self._closed = True
        for slot in tuple(self.book.presences):
            self.book.tell_end(slot, WorldStopping(), again=True)

    def knock(self, knock: Knock) -> int | Denied:
        """The slot of who comes in by a handshake; the socket is not there yet."""
        if self._closed:
            return Denied(503, WorldStopping.code)
        return door.knock(self.book, knock)

    def opened(self, slot: int) -> None:
        """Their socket is there: messages can be told."""
        door.opened(self.book, slot)

    def closed(self, slot: int, code: int) -> None:  # noqa: ARG002  # the sockets count it
        """The socket is gone, whoever ended it; 1006 where it just broke."""
        going.closed(self.book, slot)

    def heard(self, slot: int, text: bytes) -> None:
        """A message came in; never raises."""
        presence = self.book.presences.get(slot)
        if presence is None or not presence.open:
            return
        try:
            self._answer(presence, text)
        except Exception:
            # one call that we cannot do must not end the visits of all others
            log.exception("a call could not be done")
            self.book.counters["calls_failed"] += 1
            self.book.refuse(presence, None, CallWrong())

    def _answer(self, presence: Presence, text: bytes) -> None:
        book, now = self.book, self.book.terms.time()
        if not presence.allowance.take(Kind.CALL, now):
            self._fault(presence, None, TooFast())
            return
        call = _read(text)
        if call is None:
            self._fault(presence, None, CallWrong())
            return
        key: str | None = getattr(call, "key", None)
        kind = KINDS.get(type(call))
        if kind is not None and not presence.allowance.take(kind, now):
            self._fault(presence, key, TooFast())
            return
        try:
            self._do(presence, call)
        except Failure as failure:
            book.refuse(presence, key, failure)

    def _do(self, presence: Presence, call: messages.Call) -> None:
        if isinstance(call, messages.Leave):
            if self.book.sockets is not None:
                self.book.sockets.drop(presence.slot, Close.LEFT)
            going.release(self.book, presence)
        elif isinstance(call, messages.Unfocus):
            self.book.crowd.focused[presence.slot] = 0
        elif presence.welcomed:
            _DOES[call.__class__](self.book, presence, call)
        else:
            raise WorldUnavailable

    def _fault(self, presence: Presence, key: str | None, failure: Failure) -> None:
        """Refuse a call, and end the connection of who does not stop."""
        presence.faults += 1
        if presence.faults <= _MOST_FAULTS:
            self.book.refuse(presence, key, failure)
        elif presence.faults == _MOST_FAULTS + 1:
            self.book.end(presence.slot, TooFast(), Close.FLOOD, again=False)

    def strayed(self, slot: int, why: int) -> None:
        """Moves of theirs were refused since the last tick; `why` as in rules/motion.py."""
        walking.strayed(self.book, slot, _REASONS.get(why, "speed"))

    def meet(self, slot: int, met: Iterable[int]) -> None:
        """These come into the sight of `slot` for the first time."""
        book = self.book
        if slot not in book.presences:
            return
        views = {one: view for one in met if (view := book.view_of(one)) is not None}
        if views:
            book.known.meet(slot, views)
            book.tell_raw(slot, introduction(views.values()))

    def tick(self, now: float) -> None:
        """Before each snapshot; `now` [s] of the monotonic clock."""
        book = self.book
        book.part()
        if now - self._looked >= _LOOK:
            self._looked = now
            crossing.look(book)
            for ground in book.grounds.values():
                if ground.waving:
                    walking.tell_hands(book, ground)
        if book.abroad is not None:
            book.abroad.tick(now)
        if now - self._beaten >= _BEAT:
            self._beaten = now
            self._beat(now)

    def _beat(self, now: float) -> None:
        book = self.book
        going.expire(book, now)
        book.forget(now)
        walking.lose_patience(book)
        passage.send_unanswered(book, now)
        for ground in tuple(book.grounds.values()):
            outsiders.expire(ground, now)
            order.lift(book, ground)
            if book.queued or ground.outsiders:
                walking.admit(book, ground)
            if ground.crowded:
                walking.tell_crowd(book, ground)
        for slot in tuple(book.holding):
            presence = book.presences[slot]
            if now - presence.held_since > _HELD:
                self._go_on(presence)
        # a fault is forgiven with time
        for presence in book.presences.values():
            if presence.faults and presence.faults <= _MOST_FAULTS:
                presence.faults -= 1

    def _go_on(self, presence: Presence) -> None:
        """Welcome somebody without what the database does not tell."""
        if presence.welcomed:
            walking.entered(self.book, presence, presence.turn, walking.Arrival())
        else:
            door.welcome(self.book, presence, presence.turn, walking.Arrival())


def _read(text: bytes) -> messages.Call | None:
    """What is asked for in `text`; none: nothing that makes sense."""
    try:
        call = _calls.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    # no database keeps the letter NUL, and no key or name has it
    parts = msgspec.structs.astuple(call) if b"u0000" in text else ()
    return None if any(isinstance(part, str) and "\0" in part for part in parts) else call
