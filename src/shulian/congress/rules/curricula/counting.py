"""What a change of a timetable costs, and making it: compiled, in a few steps each.

All kernels take arrays that outlive them and make none, so nobody counts references to them:
counting takes longer than most of these functions do.
"""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

from numba import njit

from shulian.congress.rules.curricula.arrays import NOWHERE, Data, State
from shulian.congress.rules.curricula.check import PER_ISOLATED_LECTURE, PER_MISSING_DAY

P = ParamSpec("P")
R = TypeVar("R")
_NOWHERE, _DAY, _ISOLATED = NOWHERE, PER_MISSING_DAY, PER_ISOLATED_LECTURE


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """`function` compiled when it is first called, kept on disk, and run without the lock."""
    uncounted: Any = {"_nrt": False}
    return cast("Callable[P, R]", njit(nogil=True, cache=True, **uncounted)(function))


@kernel
def isolated(bits: int) -> int:
    """How many of the periods of a day, a bit each, have no other beside them."""
    left = bits & ~(bits << 1) & ~(bits >> 1)
    count = 0
    while left:
        left &= left - 1
        count += 1
    return count


@kernel
def attend(data: Data, state: State, course: int, period: int, sign: int) -> None:
    """Count a lecture more (1) or less (-1) in the days of a course and of its curricula."""
    day = period // data.slots
    bit = 1 << (period - day * data.slots)
    for place in range(data.parts_from[course], data.parts_from[course + 1]):
        part = int(data.parts[place])
        state.held[part, period] += sign
        if state.held[part, period] > 0:
            state.bits[part, day] |= bit
        else:
            state.bits[part, day] &= ~bit
    state.on_day[course, day] += sign
    if sign > 0 and state.on_day[course, day] == 1:
        state.days[course] += 1
    elif sign < 0 and state.on_day[course, day] == 0:
        state.days[course] -= 1


@kernel
def oppose(data: Data, state: State, course: int, period: int, sign: int) -> None:
    """Count a lecture more or less against all courses that clash with its own."""
    for place in range(data.rivals_from[course], data.rivals_from[course + 1]):
        state.against[data.rivals[place], period] += sign


@kernel
def enter(data: Data, state: State, lecture: int, period: int, room: int) -> None:
    """Put a lecture, whose period is counted already, into a room that is free."""
    course = int(data.course[lecture])
    state.in_room[course, room] += 1
    if state.in_room[course, room] == 1:
        state.rooms[course] += 1
    state.room[lecture] = room
    state.holder[period * data.places + room] = lecture


@kernel
def leave(data: Data, state: State, lecture: int) -> None:
    """Take a lecture out of its room."""
    course, room = int(data.course[lecture]), int(state.room[lecture])
    state.in_room[course, room] -= 1
    if state.in_room[course, room] == 0:
        state.rooms[course] -= 1
    state.holder[state.period[lecture] * data.places + room] = _NOWHERE


@kernel
def put(data: Data, state: State, lecture: int, period: int, room: int) -> None:
    """Give a lecture that has none a time and a place, which is free."""
    course = int(data.course[lecture])
    attend(data, state, course, period, 1)
    oppose(data, state, course, period, 1)
    state.period[lecture] = period
    enter(data, state, lecture, period, room)


@kernel
def take(data: Data, state: State, lecture: int) -> None:
    """Take a lecture out of its time and place."""
    course, period = int(data.course[lecture]), int(state.period[lecture])
    leave(data, state, lecture)
    oppose(data, state, course, period, -1)
    attend(data, state, course, period, -1)


@kernel
def change_of_time(
    data: Data, state: State, course: int, before: int, after: int, other: int
) -> int:
    """What it costs more if a lecture of a course goes to another period.

    Curricula that also have the course `other` (none: -1) see no change: that goes the other way.
    """
    slots = data.slots
    day, then = before // slots, after // slots
    cost = 0
    if day != then:
        days = int(state.days[course])
        there = (
            days - (int(state.on_day[course, day]) == 1) + (int(state.on_day[course, then]) == 0)
        )
        least = int(data.least[course])
        cost = _DAY * (max(least - there, 0) - max(least - days, 0))
    gone, come = 1 << (before - day * slots), 1 << (after - then * slots)
    alone = 0
    for place in range(data.parts_from[course], data.parts_from[course + 1]):
        part = int(data.parts[place])
        if other >= 0 and data.member[part, other] == 1:
            continue
        old = int(state.bits[part, day])
        new = old & ~gone if int(state.held[part, before]) == 1 else old
        if day == then:
            new |= come
        else:
            much = int(state.bits[part, then])
            if much & come == 0:
                alone += isolated(much | come) - isolated(much)
        if new != old:
            alone += isolated(new) - isolated(old)
    return cost + _ISOLATED * alone


@kernel
def change_of_room(data: Data, state: State, course: int, before: int, after: int) -> int:
    """What it costs more if a lecture of a course goes to another room."""
    if before == after:
        return 0
    cost = int(data.over[course, after]) - int(data.over[course, before])
    return cost - (state.in_room[course, before] == 1) + (state.in_room[course, after] == 0)


@kernel
def count(data: Data, state: State) -> None:
    """Count `total` anew."""
    cost, pairs = 0, 0
    for lecture in range(len(data.course)):
        course = int(data.course[lecture])
        pairs += int(state.against[course, state.period[lecture]]) - 1
        cost += int(data.over[course, state.room[lecture]])
    for course in range(len(data.least)):
        cost += _DAY * max(int(data.least[course]) - int(state.days[course]), 0)
        cost += max(state.rooms[course] - 1, 0)
    for part in range(state.bits.shape[0]):
        for day in range(state.bits.shape[1]):
            cost += _ISOLATED * isolated(int(state.bits[part, day]))
    state.total[0], state.total[1] = cost, pairs // 2
