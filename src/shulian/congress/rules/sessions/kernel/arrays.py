"""The arrays that compiled code works on.

A *cell* is a room in a session; it holds one track or none.

Symbols: i submissions, t tracks, s sessions, r rooms, k time slots of a session.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shulian.congress.rules.compiled import kernel, part

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Words = NDArray[np.uint64]

TOTAL, LOST = 0, 1
"""Places in `State.sums`: what everything costs, and the time slots of all that has no place."""


class Prices(NamedTuple):
    """What never changes: all penalties are weighted."""

    capacity: Integers
    """(s,) time slots."""
    track: Integers
    """(i,)."""
    needs: Integers
    """(i,) time slots."""
    order: Integers
    """(i,) wanted place in the track; 0: any."""
    in_session: Integers
    """(i, s), for all time slots of the submission together."""
    in_room: Integers
    """(i, r), likewise."""
    track_session: Integers
    """(t, s)."""
    track_room: Integers
    """(t, r)."""
    session_room: Integers
    """(s, r)."""
    beside: Integers
    """(t, t) for two cells of a session."""
    first: Integers
    """(i + 1,) where the conflicts of each submission begin."""
    other: Integers
    """(conflicts,) with whom."""
    same_session: Integers
    """(conflicts,) in two rooms of one session."""
    same_slot: Integers
    """(conflicts,) for each time slot that they share."""
    members: Integers
    """(t + 1,) where the submissions of each track begin in `listed`."""
    listed: Integers
    """(i,) submissions by track."""
    ordered: Integers
    """(t,) 1 where somebody wants a place in the track, and that counts."""
    shape: Integers
    """(4,) weights: rooms of a track, parallel, not consecutive, out of order."""
    price: Integers
    """(1,) of each time slot of a submission that has no place."""
    fine: Integers
    """(1,) 1 where it matters when in a session a submission begins."""


class State(NamedTuple):
    """Where everything is, and what that costs."""

    grid: Integers
    """(s, r) track; -1: none."""
    slots: Integers
    """(s, r, k) submission; -1: none."""
    session: Integers
    """(i,); -1: no place."""
    room: Integers
    """(i,)."""
    begin: Integers
    """(i,) first time slot."""
    held: Integers
    """(t, s) rooms."""
    used: Integers
    """(t, r) sessions."""
    disorder: Integers
    """(t,) what the order of each track costs."""
    sums: Integers
    """(2,) see `TOTAL`, `LOST`."""
    whole: Integers
    """(n,) all of the above, one after the other."""
    luck: Words
    """(1,) of the generator of random numbers."""


class Desk(NamedTuple):
    """Where moves are prepared."""

    cells: Integers
    """(m, 2) session and room of each cell that is rewritten."""
    before: Integers
    """(m, k) what was there."""
    after: Integers
    """(m, k) what comes there."""
    tracks: Integers
    """(t,) tracks that are touched."""
    touched: Integers
    """(t,) 1 for each of them."""
    items: Integers
    """(i + k,) a sequence of submissions, -1 for each free slot."""
    spare: Integers
    """(i + k,)."""


@part
def random(luck: Words) -> np.uint64:
    """The next of 2^64 numbers (Marsaglia, "Xorshift RNGs", 2003)."""
    x = luck[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    luck[0] = x
    return x


@part
def below(luck: Words, most: int) -> int:
    """A number from 0 to `most` - 1."""
    return int(np.int64((random(luck) >> np.uint64(33)) % np.uint64(most)))


@part
def chance(luck: Words) -> float:
    """A number from 0 to 1."""
    return float(random(luck) >> np.uint64(11)) / 2.0**53


@kernel
def copy(st: State, into: State) -> None:
    """Have `into` say the same as `st`, but for the luck."""
    for n in range(len(st.whole)):
        into.whole[n] = st.whole[n]


@part
def write(row: Integers, begin: int, end: int, what: int) -> None:
    """Write a number into a part of a row."""
    for k in range(begin, end):
        row[k] = what


@part
def repeat(row: Integers, into: Integers) -> None:
    """Have a row say the same as another."""
    for k in range(len(row)):
        into[k] = row[k]
