"""`rules.turns` compiled: the same turns, in one walk over all."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shulian.world.rules import turns
from shulian.world.rules.compiled.kernel import inlined, kernel
from shulian.world.rules.crowd import Crowd, State
from shulian.world.rules.turns import Links, Past, Step, Turns

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


class _Step(NamedTuple):
    """`Step`, as compiled code takes it."""

    number: int
    phases: int
    part: bool
    high: int
    everyone: int
    shared: bool
    counts: bool
    often: int
    seldom: int


def take(crowd: Crowd, links: Links, past: Past, step: Step) -> Turns:
    """`rules.turns.Take`."""
    now = _Step(
        step.number,
        step.phases,
        step.part,
        step.high,
        step.everyone,
        step.shared,
        step.counts,
        step.often,
        step.seldom,
    )
    receivers, whole = np.empty(step.high, np.int32), np.empty(step.high, np.bool_)
    changed = np.empty(len(crowd.state), np.int32)
    books = _books(crowd, links, past)
    number, news, skipped, shared = _take(books, now, receivers, whole, changed)
    return Turns(receivers[:number], whole[:number], changed[:news], skipped, shared)


@lru_cache(maxsize=8)
def _books(crowd: Crowd, links: Links, past: Past) -> _Books:
    """The same memory; a process has one of each."""
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
    )


@inlined
def _note(books: _Books, number: int, changed: NDArray[np.int32]) -> tuple[int, int]:
    """Note who moved and where there is somebody else; how many of the latter, how many to see."""
    news, there = 0, 0
    for slot in range(len(books.state)):
        if books.moved[slot] == 1:
            books.stirred[slot] = number
            books.moved[slot] = 0
        state = books.state[slot]
        seen = 1 if state == _HERE or state == _BEYOND else 0  # noqa: PLR1714, SIM109  # compiled
        if books.part[slot] & 1 != seen:
            books.regrouped[0] = 1
            books.part[slot] = (books.part[slot] & 2) | seen
        there += seen
        if state == _FREE:
            continue
        if books.visit[slot] != books.seen[slot]:
            books.seen[slot] = books.visit[slot]
            changed[news] = slot
            news += 1
    return news, there


@inlined
def _take_part(books: _Books, slot: int, turn: int) -> None:
    """Note whether `slot` has a turn, and whether that is news."""
    if books.part[slot] & 2 != turn:
        books.regrouped[0] = 1
        books.part[slot] = (books.part[slot] & 1) | turn


@inlined
def _admitted(books: _Books, slot: int) -> bool:
    """Whether `slot` is shown anything at all; who missed something begins anew."""
    if books.missed[slot]:
        books.whole[slot], books.missed[slot] = _NEVER, 0
    return books.there[slot] == 1 and books.state[slot] == _HERE


@kernel
def _take(
    books: _Books,
    step: _Step,
    receivers: NDArray[np.int32],
    whole: NDArray[np.bool_],
    changed: NDArray[np.int32],
) -> tuple[int, int, int, bool]:
    news, there = _note(books, step.number, changed)
    shared = 0 < there <= step.everyone
    if shared != step.shared:
        books.whole[:] = _NEVER
    period, tick = step.seldom if shared else step.often, step.number // step.phases
    count, skipped = 0, 0
    # remainders are counted along, for divisions would be most of this walk
    phase, turn = step.number % step.phases, tick % period
    to_turn = step.phases
    for slot in range(step.high):
        mine, full = phase == 0 or not step.part, turn == 0
        phase = phase + 1 if phase + 1 < step.phases else 0
        to_turn -= 1
        if to_turn == 0:
            to_turn, turn = step.phases, turn + 1 if turn + 1 < period else 0
        follows, books.follow[slot] = books.follow[slot] == 1, 0
        here = _admitted(books, slot)
        if here and books.blocked[slot] == 1:
            skipped += 1
            here = False
        _take_part(books, slot, 2 if here and mine else 0)
        if here and mine:
            last = books.whole[slot]
            full = full or last == _NEVER or tick - last >= period
            full = full or (shared and step.counts and not follows)
            if full:
                books.whole[slot] = tick
            books.follow[slot] = 1 if shared and (full or step.counts) else 0
            receivers[count], whole[count] = slot, full
            count += 1
    return count, news, skipped, shared
