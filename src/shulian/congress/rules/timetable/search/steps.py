"""The steps of a search, compiled: which sessions move, and where to."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from shulian.congress.rules.compiled import part
from shulian.congress.rules.timetable.search.arrays import Arrays, Ints
from shulian.congress.rules.timetable.search.costs import Whole

ANYWHERE, NEARBY, SIBLING, HOME, SWAP, ROW, HALL, ORDER, EXCHANGE = range(9)
"""Kinds of steps: one session, two, or whole forums."""
KINDS = np.repeat(np.arange(9), (15, 10, 15, 5, 5, 20, 10, 5, 15))
"""How likely each is, in a hundred."""
Truth = Any


@part
def random(seed: NDArray[np.uint64], below: Whole) -> Whole:
    """A number from 0 to just before `below` (xorshift64*: S. Vigna, 2016)."""
    seed[0] ^= seed[0] >> np.uint64(12)
    seed[0] ^= seed[0] << np.uint64(25)
    seed[0] ^= seed[0] >> np.uint64(27)
    high = (seed[0] * np.uint64(2685821657736338717)) >> np.uint64(33)
    return np.int64(high) % below


@part
def at_or_after(told: Arrays, session: Whole, start: Whole) -> Whole:
    """The first time of a session that is not before `start`; -1: there is none."""
    low, end = told.times.first[session], told.times.first[session + 1]
    high = end
    while low < high:
        middle = (low + high) >> 1
        if told.times.items[middle] < start:
            low = middle + 1
        else:
            high = middle
    return low if low < end else -1


@part
def row(told: Arrays, time: Ints, chosen: Ints, low: Whole, high: Whole, start: Whole) -> Truth:
    """Give the sessions `chosen[low:high]` times one after the other; whether that can be."""
    at = start
    for index in range(low, high):
        one = chosen[index]
        found = at_or_after(told, one, at)
        if found < 0:
            return False
        time[one] = found
        at = told.times.items[found] + told.minutes[one] + told.buffer
    return True


@part
def members(
    told: Arrays, free: NDArray[np.bool_], time: Ints, forum: Whole, chosen: Ints, low: Whole
) -> Whole:
    """Put the free sessions of a forum into `chosen` from `low`, by time; how many there are."""
    count = 0
    for at in range(told.forum.first[forum], told.forum.first[forum + 1]):
        one = told.forum.items[at]
        if free[one]:
            place = low + count
            while place > low and (
                told.times.items[time[chosen[place - 1]]] > told.times.items[time[one]]
            ):
                chosen[place] = chosen[place - 1]
                place -= 1
            chosen[place] = one
            count += 1
    return count


@part
def choose(
    told: Arrays,
    seed: NDArray[np.uint64],
    free: NDArray[np.bool_],
    time: Ints,
    chosen: Ints,
) -> tuple[Whole, Whole, Whole]:
    """Choose a kind of step and what it moves: so many of `chosen`, then so many more."""
    one, other = random(seed, len(free)), random(seed, len(free))
    kind = KINDS[random(seed, len(KINDS))]
    forum, another = told.forum_of[one], told.forum_of[other]
    if not free[one]:
        return kind, 0, 0
    if kind < ROW or forum < 0:
        chosen[0], chosen[1] = one, other
        if kind < SWAP or forum < 0:
            return min(kind, HOME), 1, 0
        return kind, int(other != one and free[other]), 1
    count = members(told, free, time, forum, chosen, 0)
    if kind < EXCHANGE:
        return kind, count, 0
    if another < 0 or another == forum:
        return kind, 0, 0
    return kind, count, members(told, free, time, another, chosen, count)


@part
def move(
    told: Arrays,
    seed: NDArray[np.uint64],
    hall: Ints,
    time: Ints,
    chosen: Ints,
    step: tuple[Whole, Whole, Whole],
) -> Truth:
    """Move what was chosen; whether that can be."""
    kind, count, more = step
    one = chosen[0]
    if kind == SIBLING:
        return beside_sibling(told, seed, hall, time, one)
    if kind == SWAP or kind == EXCHANGE:  # noqa: PLR1714, SIM109  # numba compiles no sets
        return swap(told, hall, time, chosen, count, more)
    if kind >= ROW:
        return move_forum(told, seed, hall, time, chosen, step)
    first, last = told.times.first[one], told.times.first[one + 1]
    if kind == NEARBY:
        time[one] += random(seed, 9) - 4
    elif kind == ANYWHERE:
        hall[one], time[one] = any_hall(told, seed, one), first + random(seed, last - first)
    elif told.now[one, 0] >= 0:
        hall[one], time[one] = told.now[one, 0], at_or_after(told, one, told.now[one, 1])
    return first <= time[one] < last


@part
def any_hall(told: Arrays, seed: NDArray[np.uint64], one: Whole) -> Whole:
    """A hall where a session may be."""
    first, last = told.halls_of.first[one], told.halls_of.first[one + 1]
    return told.halls_of.items[first + random(seed, last - first)]


@part
def swap(told: Arrays, hall: Ints, time: Ints, chosen: Ints, count: Whole, more: Whole) -> Truth:
    """Let two sessions or forums change places."""
    one, other = chosen[0], chosen[count]
    begin, begins = told.times.items[time[one]], told.times.items[time[other]]
    here, there = hall[one], hall[other]
    for index in range(count + more):
        hall[chosen[index]] = there if index < count else here
    return row(told, time, chosen, 0, count, begins) and row(
        told, time, chosen, count, count + more, begin
    )


@part
def move_forum(
    told: Arrays,
    seed: NDArray[np.uint64],
    hall: Ints,
    time: Ints,
    chosen: Ints,
    step: tuple[Whole, Whole, Whole],
) -> Truth:
    """Give a forum another hall, another time or another order."""
    kind, count, _ = step
    one = chosen[0]
    first, last = told.times.first[one], told.times.first[one + 1]
    begin, there = told.times.items[time[one]], any_hall(told, seed, one)
    if kind == ORDER or (kind == ROW and random(seed, 3) == 0):
        there = hall[one]
    if kind == ROW:
        begin = told.times.items[first + random(seed, last - first)]
    for index in range(count):
        hall[chosen[index]] = there
    if kind == HALL:
        return True
    if kind == ORDER or random(seed, 3) == 0:
        for index in range(count - 1, 0, -1):
            other = random(seed, index + 1)
            chosen[index], chosen[other] = chosen[other], chosen[index]
    return row(told, time, chosen, 0, count, begin)


@part
def beside_sibling(
    told: Arrays, seed: NDArray[np.uint64], hall: Ints, time: Ints, one: Whole
) -> Truth:
    """Move a session into the hall of another of its forum, right before or after that."""
    forum = told.forum_of[one]
    if forum < 0:
        return False
    first, last = told.forum.first[forum], told.forum.first[forum + 1]
    other = told.forum.items[first + random(seed, last - first)]
    begins = told.times.items[time[other]]
    hall[one] = hall[other]
    if random(seed, 2) == 0:
        time[one] = at_or_after(told, one, begins + told.minutes[other] + told.buffer)
        return other != one and time[one] >= 0
    found = at_or_after(told, one, begins - told.minutes[one] - told.buffer + 1) - 1
    if found < -1:
        found = told.times.first[one + 1] - 1
    time[one] = found
    return other != one and found >= told.times.first[one]
