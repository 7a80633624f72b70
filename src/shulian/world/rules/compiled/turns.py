"""`rules.turns` compiled: the same turns, in one walk over all."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shulian.world.rules import turns
from shulian.world.rules.compiled.kernel import Kept, Shelf, inlined, kernel
from shulian.world.rules.compiled.people import end_of
from shulian.world.rules.crowd import Crowd, State, empty_crowd
from shulian.world.rules.turns import Links, Past, Step, Turns, no_past

_FREE, _HERE, _BEYOND = int(State.FREE), int(State.HERE), int(State.BEYOND)
_NEVER = turns.NEVER

Bits = NDArray[np.uint8]
Ticks = NDArray[np.int64]


class _Books(NamedTuple):
    """All that is read and written of the people and their connections."""

    state: Bits
    moved: Bits
    visit: Ticks
    there: Bits
    blocked: Bits
    missed: Bits
    stirred: Ticks
    whole: Ticks
    seen: Ticks
    """`Past.visit`."""
    part: Bits
    follow: Bits
    regrouped: Bits
    receivers: NDArray[np.int32]
    """Room for what is found …"""
    full: NDArray[np.bool_]
    """… of whom those are whole …"""
    changed: NDArray[np.int32]


def take(crowd: Crowd, links: Links, past: Past, step: Step) -> Turns:
    """`rules.turns.Take`; the arrays are good until the next call."""
    books, room = _books(crowd, links, past)
    number, news, skipped, shared = _take(books.address, step)
    return Turns(room.receivers[:number], room.full[:number], room.changed[:news], skipped, shared)


def _gathered(crowd: Crowd, links: Links, past: Past) -> _Books:
    """The same memory."""
    slots = len(crowd.state)
    return _Books(
        np.asarray(crowd.state),
        np.asarray(crowd.moved),
        np.asarray(crowd.visit),
        links.there,
        links.blocked,
        links.missed,
        past.stirred,
        past.whole,
        past.visit,
        past.part,
        past.follow,
        past.regrouped,
        receivers=np.empty(slots, np.int32),
        full=np.empty(slots, np.bool_),
        changed=np.empty(slots, np.int32),
    )


def _shelf() -> Shelf[_Books]:
    crowd, none = empty_crowd(8), np.zeros(8, np.uint8)
    return Shelf(_gathered(crowd, Links(none, none, none), no_past(crowd)))


_SHELF = _shelf()
_books_at = _SHELF.at


@lru_cache(maxsize=8)
def _books(crowd: Crowd, links: Links, past: Past) -> tuple[Kept, _Books]:
    """A process has one of each."""
    books = _gathered(crowd, links, past)
    return _SHELF.keep(books), books


@inlined
def _note(books: _Books, number: int) -> tuple[int, int]:
    """Note who moved and where there is somebody else; how many of the latter, how many to see."""
    state, moved, part, stirred = books.state, books.moved, books.part, books.stirred
    visit, known, changed, regrouped = books.visit, books.seen, books.changed, False
    news, there = 0, 0
    for slot in range(max(end_of(state), end_of(part), end_of(moved))):
        if moved[slot] == 1:
            stirred[slot] = number
            moved[slot] = 0
        here = state[slot]
        seen = 1 if here == _HERE or here == _BEYOND else 0  # noqa: PLR1714, SIM109  # compiled
        if part[slot] & 1 != seen:
            regrouped = True
            part[slot] = (part[slot] & 2) | seen
        there += seen
        if here != _FREE and visit[slot] != known[slot]:
            known[slot] = visit[slot]
            changed[news] = slot
            news += 1
    if regrouped:
        books.regrouped[0] = 1
    return news, there


@kernel
def _take(books_are: int, step: Step) -> tuple[int, int, int, bool]:
    books = _books_at(books_are)
    news, there = _note(books, step.number)
    shared = 0 < there <= step.everyone
    last, part, follow = books.whole, books.part, books.follow
    receivers, whole = books.receivers, books.full
    if shared != step.shared:
        last[:] = _NEVER
    period, tick = step.seldom if shared else step.often, step.number // step.phases
    count, skipped, regrouped = 0, 0, False
    # remainders are counted along, for divisions would be most of this walk
    phase, turn = step.number % step.phases, tick % period
    to_turn = step.phases
    # whoever missed something begins anew, and is shown something where they can be told things
    missed, present, blocked, state = books.missed, books.there, books.blocked, books.state
    for slot in range(step.high):
        mine, full = phase == 0 or not step.part, turn == 0
        phase = phase + 1 if phase + 1 < step.phases else 0
        to_turn -= 1
        if to_turn == 0:
            to_turn, turn = step.phases, turn + 1 if turn + 1 < period else 0
        follows, follow[slot] = follow[slot] == 1, 0
        if missed[slot]:
            last[slot], missed[slot] = _NEVER, 0
        here = present[slot] == 1 and state[slot] == _HERE
        if here and blocked[slot] == 1:
            skipped += 1
            here = False
        has = 2 if here and mine else 0
        if part[slot] & 2 != has:
            regrouped = True
            part[slot] = (part[slot] & 1) | has
        if has:
            full = full or last[slot] == _NEVER or tick - last[slot] >= period
            full = full or (shared and step.counts and not follows)
            if full:
                last[slot] = tick
            follow[slot] = 1 if shared and (full or step.counts) else 0
            receivers[count], whole[count] = slot, full
            count += 1
    if regrouped:
        books.regrouped[0] = 1
    return count, news, skipped, shared
