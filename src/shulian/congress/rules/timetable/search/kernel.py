"""Simulated annealing over timetables, compiled.

S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi: Optimization by simulated annealing. Science 220 (1983).
Sessions and whole forums are moved, swapped and put in another order; hard rules may be broken on
the way, at a price that nothing soft is worth. What a step changes is counted over the sessions,
groups and forums that it touches.
"""

from collections.abc import Callable
from math import exp
from typing import Any, ParamSpec, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

from shulian.congress.rules.timetable.search.arrays import Arrays, Ints

P = ParamSpec("P")
R = TypeVar("R")
HARD, ALONE, FAR, HALLS, DAYS, GAP, BUFFER, MOVE = range(8)
"""Places of `Arrays.prices`."""
ANYWHERE, NEARBY, SIBLING, HOME, SWAP, ROW, HALL, ORDER, EXCHANGE = range(9)
"""Kinds of steps: one session, two, or whole forums."""
KINDS = np.repeat(np.arange(9), (15, 10, 15, 5, 5, 20, 10, 5, 15))
"""How likely each is, in a hundred."""
Whole = Any
"""A whole number: as an element of an array it is of numpy's type, which depends on the index."""
Truth = Any
SOFT, APART_FORUMS = 0, 2
FORBIDDEN = -1


def _compiled(function: Callable[P, R]) -> Callable[P, R]:
    """`function` in machine code, kept on disk, which runs beside other threads."""
    return cast("Callable[P, R]", njit(nogil=True, cache=True)(function))


def _part(function: Callable[P, R]) -> Callable[P, R]:
    """`function` as a part of compiled ones: Python cannot call it, so it compiles sooner."""
    inner: Any = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    return cast("Callable[P, R]", njit(nogil=True, cache=True, **inner)(function))


@_part
def _random(seed: NDArray[np.uint64], below: Whole) -> Whole:
    """A number from 0 to just before `below` (xorshift64*: S. Vigna, 2016)."""
    seed[0] ^= seed[0] >> np.uint64(12)
    seed[0] ^= seed[0] << np.uint64(25)
    seed[0] ^= seed[0] >> np.uint64(27)
    high = (seed[0] * np.uint64(2685821657736338717)) >> np.uint64(33)
    return np.int64(high) % below


@_part
def _at_or_after(told: Arrays, session: Whole, start: Whole) -> Whole:
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


@_part
def _by_itself(told: Arrays, hall: Ints, time: Ints, one: Whole) -> Whole:
    """What a session costs where it is, whatever else there is; -1: it may not be there."""
    by_time = told.by_time[time[one], told.hall_class[hall[one]]]
    by_hall = told.by_hall[one, hall[one]]
    if min(by_time, by_hall) == FORBIDDEN:
        return -1
    moved = told.now[one, 0] != -1 and (
        told.now[one, 0] != hall[one] or told.now[one, 1] != told.times.items[time[one]]
    )
    return by_time + by_hall + (told.prices[MOVE] if moved else 0)


@_part
def _beside(told: Arrays, hall: Ints, time: Ints, one: Whole, moved: NDArray[np.bool_]) -> Whole:
    """What a session costs with others; those moved too count with the later of two."""
    cost = 0
    start = told.times.items[time[one]]
    end = start + told.minutes[one]
    for other in range(len(hall)):
        same = hall[other] == hall[one]
        alone = told.plenary[one] + told.plenary[other] > 0
        if other == one or not (same or alone) or (moved[other] and other < one):
            continue
        begins = told.times.items[time[other]]
        gap = max(begins - end, start - begins - told.minutes[other])
        if gap < 0:
            if same:
                cost += told.prices[HARD] - told.prices[HARD] * gap // 60
            if alone:
                cost += told.prices[ALONE]
        elif same and gap < told.buffer:
            cost += told.prices[BUFFER]
    for at in range(told.beside.first[one], told.beside.first[one + 1]):
        other = told.beside.items[at]
        if moved[other] and other < one:
            continue
        begins = told.times.items[time[other]]
        gap = max(begins - end, start - begins - told.minutes[other])
        if gap < told.walk[hall[one], hall[other]]:
            cost += told.prices[FAR]
    return cost


@_part
def _group(told: Arrays, time: Ints, group: Whole, room: NDArray[np.int64]) -> Whole:
    """What somebody misses who should be at all sessions of a group, at its price.

    Weighted interval scheduling: by ends, the most minutes that do not meet.
    """
    first, last = told.group.first[group], told.group.first[group + 1]
    if told.kind[group] != SOFT:
        return _apart(told, time, group)
    whole, count = 0, 0
    for at in range(first, last):
        one = told.group.items[at]
        start = told.times.items[time[one]]
        end = start + told.minutes[one]
        whole += told.minutes[one]
        place = count
        while place > 0 and room[1, place - 1] > end:
            room[0, place], room[1, place] = room[0, place - 1], room[1, place - 1]
            place -= 1
        room[0, place], room[1, place] = start, end
        count += 1
    room[2, 0] = 0
    for place in range(count):
        before = place
        while before > 0 and room[1, before - 1] > room[0, place]:
            before -= 1
        seen = room[2, before] + room[1, place] - room[0, place]
        room[2, place + 1] = max(room[2, place], seen)
    return told.weight[group] * (whole - room[2, count])


@_part
def _apart(told: Arrays, time: Ints, group: Whole) -> Whole:
    """The price of sessions that meet and must not."""
    cost = 0
    first, last = told.group.first[group], told.group.first[group + 1]
    for at in range(first, last):
        one = told.group.items[at]
        start = told.times.items[time[one]]
        end = start + told.minutes[one]
        for then in range(at + 1, last):
            other = told.group.items[then]
            begins = told.times.items[time[other]]
            gap = max(begins - end, start - begins - told.minutes[other])
            own = told.forum_of[one] == told.forum_of[other] and told.forum_of[one] >= 0
            if gap < 0 and not (told.kind[group] == APART_FORUMS and own):
                cost += told.prices[HARD] - told.prices[HARD] * gap // 60
    return cost


@_part
def _forum(told: Arrays, hall: Ints, time: Ints, forum: Whole) -> Whole:
    """What a forum costs that changes its hall, goes on for days or makes pauses."""
    cost = -told.prices[HALLS] - told.prices[DAYS]
    first, last = told.forum.first[forum], told.forum.first[forum + 1]
    for at in range(first, last):
        one = told.forum.items[at]
        new_hall, new_day = True, True
        for before in range(first, at):
            other = told.forum.items[before]
            new_hall = new_hall and hall[other] != hall[one]
            new_day = new_day and told.day[time[other]] != told.day[time[one]]
        if new_hall:
            cost += told.prices[HALLS]
        if new_day:
            cost += told.prices[DAYS]
            begin, end, busy = np.int64(1 << 60), np.int64(0), -told.buffer
            for then in range(at, last):
                other = told.forum.items[then]
                if told.day[time[other]] == told.day[time[one]]:
                    start = told.times.items[time[other]]
                    begin, end = min(begin, start), max(end, start + told.minutes[other])
                    busy += told.minutes[other] + told.buffer
            cost += told.prices[GAP] * max(0, end - begin - busy)
    return cost


@_part
def _local(
    told: Arrays,
    hall: Ints,
    time: Ints,
    chosen: Ints,
    count: Whole,
    moved: NDArray[np.bool_],
    stamps: NDArray[np.int64],
    room: NDArray[np.int64],
) -> Whole:
    """What all costs that the first `count` of `chosen` have a part in; -1: they may not be so."""
    stamps[2, 0] += 1
    stamp = stamps[2, 0]
    cost = 0
    for index in range(count):
        one = chosen[index]
        alone = _by_itself(told, hall, time, one)
        if alone < 0:
            return -1
        cost += alone + _beside(told, hall, time, one, moved)
        for at in range(told.groups_of.first[one], told.groups_of.first[one + 1]):
            group = told.groups_of.items[at]
            if stamps[0, group] != stamp:
                stamps[0, group] = stamp
                cost += _group(told, time, group, room)
        forum = told.forum_of[one]
        if forum >= 0 and stamps[1, forum] != stamp:
            stamps[1, forum] = stamp
            cost += _forum(told, hall, time, forum)
    return cost


@_part
def _whole(told: Arrays, hall: Ints, time: Ints) -> Whole:
    """What a timetable costs; at least the price of a hard rule if one is broken."""
    count = len(hall)
    moved = np.ones(count, np.bool_)
    size = max(count, len(told.group.first), len(told.forum.first)) + 1
    stamps, room = np.zeros((3, size), np.int64), np.zeros((3, count + 1), np.int64)
    return _local(told, hall, time, np.arange(count), count, moved, stamps, room)


@_part
def _row(told: Arrays, time: Ints, chosen: Ints, low: Whole, high: Whole, start: Whole) -> Truth:
    """Give the sessions `chosen[low:high]` times one after the other; whether that can be."""
    at = start
    for index in range(low, high):
        one = chosen[index]
        found = _at_or_after(told, one, at)
        if found < 0:
            return False
        time[one] = found
        at = told.times.items[found] + told.minutes[one] + told.buffer
    return True


@_part
def _members(
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


@_part
def _choose(
    told: Arrays,
    seed: NDArray[np.uint64],
    free: NDArray[np.bool_],
    time: Ints,
    chosen: Ints,
) -> tuple[Whole, Whole, Whole]:
    """Choose a kind of step and what it moves: so many of `chosen`, then so many more."""
    one, other = _random(seed, len(free)), _random(seed, len(free))
    kind = KINDS[_random(seed, len(KINDS))]
    forum, another = told.forum_of[one], told.forum_of[other]
    if not free[one]:
        return kind, 0, 0
    if kind < ROW or forum < 0:
        chosen[0], chosen[1] = one, other
        if kind < SWAP or forum < 0:
            return min(kind, HOME), 1, 0
        return kind, int(other != one and free[other]), 1
    count = _members(told, free, time, forum, chosen, 0)
    if kind < EXCHANGE:
        return kind, count, 0
    if another < 0 or another == forum:
        return kind, 0, 0
    return kind, count, _members(told, free, time, another, chosen, count)


@_part
def _move(
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
        return _beside_sibling(told, seed, hall, time, one)
    if kind == SWAP or kind == EXCHANGE:  # noqa: PLR1714, SIM109  # numba compiles no sets
        return _swap(told, hall, time, chosen, count, more)
    if kind >= ROW:
        return _move_forum(told, seed, hall, time, chosen, step)
    first, last = told.times.first[one], told.times.first[one + 1]
    if kind == NEARBY:
        time[one] += _random(seed, 9) - 4
    elif kind == ANYWHERE:
        hall[one], time[one] = _any_hall(told, seed, one), first + _random(seed, last - first)
    elif told.now[one, 0] >= 0:
        hall[one], time[one] = told.now[one, 0], _at_or_after(told, one, told.now[one, 1])
    return first <= time[one] < last


@_part
def _any_hall(told: Arrays, seed: NDArray[np.uint64], one: Whole) -> Whole:
    """A hall where a session may be."""
    first, last = told.halls_of.first[one], told.halls_of.first[one + 1]
    return told.halls_of.items[first + _random(seed, last - first)]


@_part
def _swap(told: Arrays, hall: Ints, time: Ints, chosen: Ints, count: Whole, more: Whole) -> Truth:
    """Let two sessions or forums change places."""
    one, other = chosen[0], chosen[count]
    begin, begins = told.times.items[time[one]], told.times.items[time[other]]
    here, there = hall[one], hall[other]
    for index in range(count + more):
        hall[chosen[index]] = there if index < count else here
    return _row(told, time, chosen, 0, count, begins) and _row(
        told, time, chosen, count, count + more, begin
    )


@_part
def _move_forum(
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
    begin, there = told.times.items[time[one]], _any_hall(told, seed, one)
    if kind == ORDER or (kind == ROW and _random(seed, 3) == 0):
        there = hall[one]
    if kind == ROW:
        begin = told.times.items[first + _random(seed, last - first)]
    for index in range(count):
        hall[chosen[index]] = there
    if kind == HALL:
        return True
    if kind == ORDER or _random(seed, 3) == 0:
        for index in range(count - 1, 0, -1):
            other = _random(seed, index + 1)
            chosen[index], chosen[other] = chosen[other], chosen[index]
    return _row(told, time, chosen, 0, count, begin)


@_part
def _beside_sibling(
    told: Arrays, seed: NDArray[np.uint64], hall: Ints, time: Ints, one: Whole
) -> Truth:
    """Move a session into the hall of another of its forum, right before or after that."""
    forum = told.forum_of[one]
    if forum < 0:
        return False
    first, last = told.forum.first[forum], told.forum.first[forum + 1]
    other = told.forum.items[first + _random(seed, last - first)]
    begins = told.times.items[time[other]]
    hall[one] = hall[other]
    if _random(seed, 2) == 0:
        time[one] = _at_or_after(told, one, begins + told.minutes[other] + told.buffer)
        return other != one and time[one] >= 0
    found = _at_or_after(told, one, begins - told.minutes[one] - told.buffer + 1) - 1
    if found < -1:
        found = told.times.first[one + 1] - 1
    time[one] = found
    return other != one and found >= told.times.first[one]


@_compiled
def anneal(
    told: Arrays,
    hall: Ints,
    time: Ints,
    best: NDArray[np.int64],
    seed: NDArray[np.uint64],
    heat: tuple[float, float],
    steps: Whole,
) -> Whole:
    """Make a timetable better in `steps` steps, from the first to the last temperature of `heat`.

    hall, time  (n,)     where it is, changed in place
    best        (2, n)   halls and times of the best, set on return
    seed        (1,)     of the numbers that are drawn, never 0
    return               what the best costs
    """
    count = len(hall)
    free = np.zeros(count, np.bool_)
    for one in range(count):
        halls = told.halls_of.first[one + 1] - told.halls_of.first[one]
        free[one] = halls > 1 or told.times.first[one + 1] - told.times.first[one] > 1
    size = max(count, len(told.group.first), len(told.forum.first)) + 1
    stamps, room = np.zeros((3, size), np.int64), np.zeros((3, count + 1), np.int64)
    moved, chosen = np.zeros(count, np.bool_), np.zeros(2 * count + 2, np.int64)
    halls, times = np.zeros(2 * count + 2, np.int64), np.zeros(2 * count + 2, np.int64)
    cost = _whole(told, hall, time)
    least = cost
    best[0], best[1] = hall, time
    warm, cooling = heat[0], (heat[1] / heat[0]) ** (1.0 / max(1, steps))
    for _ in range(steps):
        warm *= cooling
        step = _choose(told, seed, free, time, chosen)
        number = step[1] + step[2]
        if step[1] == 0 or (step[2] == 0 and step[0] == EXCHANGE):
            continue
        for index in range(number):
            one = chosen[index]
            moved[one], halls[one], times[one] = True, hall[one], time[one]
        before = _local(told, hall, time, chosen, number, moved, stamps, room)
        after = -1
        if _move(told, seed, hall, time, chosen, step):
            after = _local(told, hall, time, chosen, number, moved, stamps, room)
        worse = after - before
        taken = after >= 0 and (
            worse <= 0 or (_random(seed, 1 << 30) + 0.5) / (1 << 30) < exp(-worse / warm)
        )
        if taken:
            cost += worse
        for index in range(number):
            one = chosen[index]
            moved[one] = False
            if not taken:
                hall[one], time[one] = halls[one], times[one]
        if taken and cost < least:
            least = cost
            best[0], best[1] = hall, time
    return least
