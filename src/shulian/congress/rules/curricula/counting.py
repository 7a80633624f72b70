"""What a change of a timetable costs, and making it: compiled, in a few steps each."""

import numpy as np

from shulian.congress.rules.compiled import inlined, ones
from shulian.congress.rules.curricula.arrays import Data, State, Words
from shulian.congress.rules.curricula.check import PER_ISOLATED_LECTURE, PER_MISSING_DAY

_DAY, _ISOLATED = PER_MISSING_DAY, PER_ISOLATED_LECTURE


@inlined
def isolated(bits: int) -> int:
    """How many of the periods of a day, a bit each, have no other beside them."""
    return ones(bits & ~(bits << 1) & ~(bits >> 1))


@inlined
def has(words: Words, row: int, course: int) -> bool:
    """Whether a row of bits has that of a course."""
    return (words[row, course >> 6] >> np.uint64(course & 63)) & np.uint64(1) != np.uint64(0)


@inlined
def turn(words: Words, row: int, course: int) -> None:
    """Set the bit of a course in a row that has it not, or clear it."""
    words[row, course >> 6] ^= np.uint64(1) << np.uint64(course & 63)


@inlined
def cost_of_time(data: Data, state: State, course: int, before: int, after: int) -> int:
    """What it costs more if a lecture of a course goes to another period.

    A curriculum that has a lecture there already sees no change: that one clashes, so it goes the
    other way.
    """
    slots = data.slots
    day, then = before // slots, after // slots
    cost = 0
    if day != then:
        days, least = state.days[course], data.least[course]
        there = days - (state.on_day[course, day] == 1) + (state.on_day[course, then] == 0)
        cost = _DAY * (max(least - there, 0) - max(least - days, 0))
    gone, come = 1 << (before - day * slots), 1 << (after - then * slots)
    alone = 0
    for place in range(data.parts_from[course], data.parts_from[course + 1]):
        part = data.parts[place]
        much = state.bits[part, then]
        if much & come:
            continue
        if day == then:
            alone += isolated(much ^ gone ^ come) - isolated(much)
        else:
            old = state.bits[part, day]
            alone += isolated(old ^ gone) - isolated(old)
            alone += isolated(much | come) - isolated(much)
    return cost + _ISOLATED * alone


@inlined
def cost_of_room(data: Data, state: State, course: int, before: int, after: int) -> int:
    """What it costs more if a lecture of a course goes to another room."""
    cost = data.over[course, after] - data.over[course, before]
    return cost - (state.in_room[course, before] == 1) + (state.in_room[course, after] == 0)


@inlined
def attend(data: Data, state: State, course: int, before: int, after: int) -> None:
    """Count a lecture in another period, in the days of its course and of its curricula."""
    slots = data.slots
    day, then = before // slots, after // slots
    if day != then:
        state.on_day[course, day] -= 1
        if state.on_day[course, day] == 0:
            state.days[course] -= 1
        state.on_day[course, then] += 1
        if state.on_day[course, then] == 1:
            state.days[course] += 1
    gone, come = 1 << (before - day * slots), 1 << (after - then * slots)
    for place in range(data.parts_from[course], data.parts_from[course + 1]):
        part = data.parts[place]
        if state.bits[part, then] & come:
            continue
        state.bits[part, day] ^= gone
        state.bits[part, then] |= come


@inlined
def enter(state: State, course: int, room: int) -> None:
    """Count a lecture of a course in a room."""
    state.in_room[course, room] += 1
    if state.in_room[course, room] == 1:
        state.rooms[course] += 1


@inlined
def leave(state: State, course: int, room: int) -> None:
    """Count a lecture of a course in a room no more."""
    state.in_room[course, room] -= 1
    if state.in_room[course, room] == 0:
        state.rooms[course] -= 1


@inlined
def changed(state: State, cost: int) -> None:
    """Count a change that was made, and keep what is the best so far."""
    state.total[0] += cost
    if state.total[0] < state.best[0]:
        state.best[0] = state.total[0]
        for period in range(state.holder.shape[0]):
            for room in range(state.holder.shape[1]):
                state.best_holder[period, room] = state.holder[period, room]


@inlined
def count(data: Data, state: State) -> int:
    """What the timetable costs, of what is counted of it."""
    cost = 0
    for course in range(len(data.least)):
        cost += _DAY * max(data.least[course] - state.days[course], 0)
        cost += max(state.rooms[course] - 1, 0)
        for room in range(state.in_room.shape[1]):
            cost += state.in_room[course, room] * data.over[course, room]
    for part in range(state.bits.shape[0]):
        for day in range(state.bits.shape[1]):
            cost += _ISOLATED * isolated(state.bits[part, day])
    return cost
