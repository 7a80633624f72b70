"""`rules.interest` compiled: a grid whose cells are as small as the crowd around them is dense.

All that can be seen is put in the order of a curve that runs through the cells of a grid, through
the cells of a grid twice as coarse, and so on (Morton 1966): the people of a cell of any of these
grids are neighbours in that order, found by bisection. A search begins with cells that hold about
as many as are wanted, so it looks at some hundreds at the most, however many stand in one place.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shulian.world.rules import interest
from shulian.world.rules.compiled.kernel import Kept, Shelf, bisect, inlined, kernel
from shulian.world.rules.compiled.people import People, end_of, people_at, people_of
from shulian.world.rules.crowd import Crowd, State
from shulian.world.rules.interest import Reach, Sight, no_sight

_STEEP = interest.STEEP
_HERE, _BEYOND = int(State.HERE), int(State.BEYOND)
_TOP = 8
"""Grids above the finest; a cell of the coarsest is as long as one sees."""
_SLOT_BITS = 16
_DIGIT_BITS = 11
_DIGITS = 1 << _DIGIT_BITS
_MIDDLE = 1 << 30
"""[cm] from the edge of the plane to its origin; nobody gets that far."""

_AROUND = ((0, 0), (-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, -1), (-1, 1), (1, 1))

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bits = NDArray[np.uint8]


class _Books(NamedTuple):
    """What of `Sight` the search fills, and room for what it works with."""

    seen: NDArray[np.int32]
    far: NDArray[np.int32]
    number: NDArray[np.int32]
    known: NDArray[np.uint8]
    hidden: NDArray[np.uint8]
    hides: NDArray[np.uint8]
    keys: Ints
    """(2, s) and so on as in `_Curve`; in the second row, while they are put in order."""
    slots: NDArray[np.int32]
    """(2, s)"""
    spots: Floats
    """(3, s)"""
    ways: Floats
    best: Ints
    counts: Ints
    """(`_DIGITS`,)"""
    met: NDArray[np.int32]
    """(s k, 2) what is answered."""


class _Curve(NamedTuple):
    """Who is there, in the order of the curve."""

    finest: int
    """[cm] of the smallest cells; those of the next grid are twice as long …"""
    keys: Ints
    slots: NDArray[np.int32]
    x: Floats
    y: Floats
    z: Floats
    """[cm] where they are."""
    ways: Floats
    """[cm²] how far each is from who looks, where that has been measured."""
    best: Ints
    """The nearest: how far, and who in the lowest bits."""
    radius: int
    """[cm] Nobody farther away counts."""


class _Eye(NamedTuple):
    """Who looks, and from where."""

    slot: int
    x: int
    y: int
    z: int


def look(crowd: Crowd, sight: Sight, reach: Reach, due: NDArray[np.int32]) -> NDArray[np.int32]:
    """`rules.interest.Look`; the array is good until the next call."""
    books, met = _books(sight)
    count = _look(people_of(crowd).address, books.address, due, reach.radius, reach.most)
    return met[:count]


def _gathered(sight: Sight) -> _Books:
    """The same memory, and some more."""
    slots, most = sight.seen.shape
    return _Books(
        sight.seen,
        sight.far,
        sight.count,
        sight.known,
        sight.hidden,
        sight.hides,
        keys=np.empty((2, slots), np.int64),
        slots=np.empty((2, slots), np.int32),
        spots=np.empty((3, slots)),
        ways=np.empty(slots),
        best=np.empty(most, np.int64),
        counts=np.empty(_DIGITS, np.int64),
        met=np.empty((slots * most, 2), np.int32),
    )


_SHELF = Shelf(_gathered(no_sight(8, 1)))
_books_at = _SHELF.at


@lru_cache(maxsize=8)
def _books(sight: Sight) -> tuple[Kept, NDArray[np.int32]]:
    """They, and `met`; a process has one of each."""
    books = _gathered(sight)
    return _SHELF.keep(books), books.met


@inlined
def _spread(number: int) -> int:
    """The bits of `number` with a gap after each."""
    x = number & 0xFFFFFFFF
    x = (x | (x << 16)) & 0x0000FFFF0000FFFF
    x = (x | (x << 8)) & 0x00FF00FF00FF00FF
    x = (x | (x << 4)) & 0x0F0F0F0F0F0F0F0F
    x = (x | (x << 2)) & 0x3333333333333333
    return (x | (x << 1)) & 0x5555555555555555


@inlined
def _cell(coordinate: int, finest: int) -> int:
    return min(max(coordinate + _MIDDLE, 0), 2 * _MIDDLE) // finest


@inlined
def _key(x: int, y: int, finest: int) -> int:
    """Where the cell of a point stands on the curve."""
    return _spread(_cell(x, finest)) | _spread(_cell(y, finest)) << 1


@inlined
def _level(curve: _Curve, eye: _Eye, most: int) -> int:
    """How coarse the cells are of which nine around a point hold `most` near enough to it.

    That is so where one of the next grid, as large as four of them, holds about twice as many.
    """
    i, j = _cell(eye.x, curve.finest), _cell(eye.y, curve.finest)
    key, level = _spread(i) | _spread(j) << 1, _TOP
    while level > 0:
        first = (key >> (2 * level)) << (2 * level)
        held = bisect(curve.keys, first + (1 << (2 * level))) - bisect(curve.keys, first)
        if held < 2 * most:
            break
        level -= 1
    return level


@inlined
def _insert(best: Ints, count: int, most: int, mark: int) -> int:
    """Put `mark` among the smallest, which stand in order; the new number of them."""
    if count == most:
        count -= 1
    at = count
    while at > 0 and best[at - 1] > mark:
        best[at] = best[at - 1]
        at -= 1
    best[at] = mark
    return count + 1


@inlined
def _way_to(x: int, y: int, column: int, row: int, size: int) -> int:
    """[cm²] from a point to a cell of that size, squared."""
    west, south = column * size - _MIDDLE, row * size - _MIDDLE
    dx = max(west - x, x - west - size, 0)
    dy = max(south - y, y - south - size, 0)
    return dx * dx + dy * dy


@inlined
def _measure(eye: _Eye, curve: _Curve, at: int, end: int) -> None:
    """[cm²] from `eye` to all between two places of the curve.

    A plain loop of its own, so that the processor takes several of them at a time.
    """
    x, y, z = float(eye.x), float(eye.y), float(eye.z)
    for place in range(at, end):
        dx, dy, dz = curve.x[place] - x, curve.y[place] - y, curve.z[place] - z
        curve.ways[place] = dx * dx + dy * dy + dz * dz * (_STEEP * _STEEP)


@inlined
def _search(
    eye: _Eye,
    level: int,
    curve: _Curve,
    hidden: Bits,
    hides: int,
) -> int:
    """Put the nearest into `curve.best`, of the cell where `eye` is and the eight around it.

    Answers how many there are.
    """
    best, count = curve.best, 0
    most, limit = len(best), float(curve.radius * curve.radius)
    size = curve.finest << level
    edge = 2 * _MIDDLE // size
    for turn in range(9):
        i = (_cell(eye.x, curve.finest) >> level) + _AROUND[turn][0]
        j = (_cell(eye.y, curve.finest) >> level) + _AROUND[turn][1]
        if i < 0 or j < 0 or i > edge or j > edge or _way_to(eye.x, eye.y, i, j, size) > limit:
            continue
        key = _spread(i) | _spread(j) << 1
        at, beyond = bisect(curve.keys, key << (2 * level)), (key + 1) << (2 * level)
        end = at
        while end < len(curve.keys) and curve.keys[end] < beyond:
            end += 1
        _measure(eye, curve, at, end)
        for place in range(at, end):
            if curve.ways[place] > limit:
                continue
            other = int(curve.slots[place])
            if other == eye.slot or (hides and (hidden[other >> 3] >> (other & 7)) & 1):
                continue
            count = _insert(best, count, most, int(curve.ways[place]) << _SLOT_BITS | other)
            if count == most:
                # who is as far as the last of them may still come before them
                limit = float(best[most - 1] >> _SLOT_BITS) - 1
                if limit < 0:
                    return count
    return count


@inlined
def _put_in_order(keys: Ints, slots: NDArray[np.int32], number: int, counts: Ints) -> int:
    """Put the first `number` of each row in the order of `keys` (2, s); in which row they are then.

    By one digit after the other, from the last one; those that all have in common are left out.
    """
    differ, row, shift = 0, 0, 0
    for at in range(number):
        differ |= keys[0, at] ^ keys[0, 0]
    while differ >> shift > 0:
        if (differ >> shift) & (_DIGITS - 1):
            counts[:] = 0
            for at in range(number):
                counts[(keys[row, at] >> shift) & (_DIGITS - 1)] += 1
            begin = 0
            for digit in range(_DIGITS):
                begin, counts[digit] = begin + counts[digit], begin
            for at in range(number):
                digit = (keys[row, at] >> shift) & (_DIGITS - 1)
                place = counts[digit]
                keys[1 - row, place], slots[1 - row, place] = keys[row, at], slots[row, at]
                counts[digit] = place + 1
            row = 1 - row
        shift += _DIGIT_BITS
    return row


@inlined
def _curve(people: People, books: _Books, radius: int, most: int) -> _Curve:
    """Who can be seen, along the curve."""
    state, keys, slots, number = people.state, books.keys, books.slots, 0
    finest = (radius + (1 << _TOP) - 1) >> _TOP
    for slot in range(end_of(state)):
        if state[slot] == _HERE or state[slot] == _BEYOND:
            slots[0, number] = slot
            keys[0, number] = _key(int(people.place[slot, 0]), int(people.place[slot, 1]), finest)
            number += 1
    row = _put_in_order(keys, slots, number, books.counts)
    for at in range(number):
        place = people.place[slots[row, at]]
        books.spots[0, at], books.spots[1, at], books.spots[2, at] = place[0], place[1], place[2]
    x, y, z = books.spots[0, :number], books.spots[1, :number], books.spots[2, :number]
    ways, best = books.ways[:number], books.best[:most]
    return _Curve(finest, keys[row, :number], slots[row, :number], x, y, z, ways, best, radius)


@inlined
def _eye(people: People, slot: int) -> _Eye:
    """From where somebody looks: a focus lies as high as they stand."""
    place = people.place[slot]
    if people.focused[slot] == 1:
        return _Eye(slot, int(people.focus[slot, 0]), int(people.focus[slot, 1]), int(place[2]))
    return _Eye(slot, int(place[0]), int(place[1]), int(place[2]))


@inlined
def _introduce(
    slot: int, seen: NDArray[np.int32], known: Bits, met: NDArray[np.int32], fresh: int
) -> int:
    """Note whom of `seen` the one in `slot` did not know; the new number of such pairs."""
    for other in seen:
        bit = np.uint8(1 << (other & 7))
        if not known[other >> 3] & bit:
            known[other >> 3] |= bit
            met[fresh, 0], met[fresh, 1] = slot, other
            fresh += 1
    return fresh


@kernel
def _look(people_are: int, books_are: int, due: NDArray[np.int32], radius: int, most: int) -> int:
    people, books = people_at(people_are), _books_at(books_are)
    curve, fresh = _curve(people, books, radius, most), 0
    for at in range(len(due)):
        slot = int(due[at])
        eye = _eye(people, slot)
        level = _level(curve, eye, most)
        while True:
            count = _search(eye, level, curve, books.hidden[slot], books.hides[slot])
            width = curve.finest << level
            whole = count == most and curve.best[most - 1] >> _SLOT_BITS <= width * width
            if level == _TOP or whole:
                break
            level += 1
        books.number[slot] = count
        for turn in range(count):
            books.far[slot, turn] = curve.best[turn] >> _SLOT_BITS
            books.seen[slot, turn] = curve.best[turn] & ((1 << _SLOT_BITS) - 1)
        fresh = _introduce(slot, books.seen[slot, :count], books.known[slot], books.met, fresh)
    return fresh
