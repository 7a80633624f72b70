"""Kempe chains, compiled: a lecture changes periods, who is in the way goes back, and so on.

Zhipeng Lü and Jin-Kao Hao, "Adaptive tabu search for course timetabling", 2010. In their chains
lectures clash; here those are in the way of each other, too, who want one room. All keep their
rooms, but that two of the rooms may change names on the way: the lecture that begins goes to
another one then.
"""

import numpy as np

from shulian.congress.rules.compiled import inlined, lowest
from shulian.congress.rules.curricula.arrays import LONGEST_CHAIN, NOBODY, NOWHERE, Data, State
from shulian.congress.rules.curricula.chance import accepted
from shulian.congress.rules.curricula.counting import (
    attend,
    changed,
    cost_of_room,
    cost_of_time,
    enter,
    has,
    leave,
    turn,
)

_NOBODY, _NOWHERE, _LONGEST = NOBODY, NOWHERE, LONGEST_CHAIN


@inlined
def renamed(place: int, room: int, other: int) -> int:
    """A room, where `room` and `other` have changed names."""
    if place == room:
        return other
    return room if place == other else place


@inlined
def follow(state: State, length: int, course: int, side: int, room: int) -> int:
    """Have a course follow in a chain; how long that is."""
    state.chain[0, length], state.chain[1, length], state.chain[2, length] = course, side, room
    turn(state.sides, side, course)
    return length + 1


@inlined
def follow_rivals(
    data: Data, state: State, length: int, course: int, side: int, here: int, there: int
) -> int:
    """Have those follow that clash with a course where it goes; how long it is, 0: they cannot."""
    back = 1 - side
    for word in range(data.clash.shape[1]):
        rivals = data.clash[course, word] & state.busy[there, word] & ~state.sides[back, word]
        if rivals & ~data.open[here, word] != np.uint64(0):
            return 0
        while rivals != np.uint64(0):
            if length == _LONGEST:
                return 0
            one = (word << 6) + lowest(rivals)
            rivals &= rivals - np.uint64(1)
            length = follow(state, length, one, back, state.room_at[there, one])
    return length


@inlined
def twice(state: State) -> bool:
    """Whether a course goes both ways."""
    for word in range(state.sides.shape[1]):
        if state.sides[0, word] & state.sides[1, word] != np.uint64(0):
            return True
    return False


@inlined
def gather(data: Data, state: State, period: int, room: int, then: int, other: int) -> int:
    """Gather who has to change if the course that is there goes; how many, 0: they cannot."""
    course = state.holder[period, room]
    if not has(data.open, then, course) or state.room_at[then, course] != _NOWHERE:
        return 0
    for word in range(state.sides.shape[1]):
        state.sides[0, word] = state.sides[1, word] = np.uint64(0)
    length, done = follow(state, 0, course, 0, room), 0
    while done < length:
        one, side = state.chain[0, done], state.chain[1, done]
        here = period if side == 0 else then
        there = period + then - here
        holder = state.holder[there, renamed(state.chain[2, done], room, other)]
        done += 1
        if holder != _NOBODY and not has(state.sides, 1 - side, holder):
            if length == _LONGEST or not has(data.open, here, holder):
                return 0
            length = follow(state, length, holder, 1 - side, state.room_at[there, holder])
        length = follow_rivals(data, state, length, one, side, here, there)
    # its rooms would be counted as if it went one way only
    return 0 if room != other and twice(state) else length


@inlined
def cost_of_chain(
    data: Data, state: State, length: int, period: int, room: int, then: int, other: int
) -> int:
    """What it costs more if all of a chain change."""
    cost = 0
    for place in range(length):
        course, side = state.chain[0, place], state.chain[1, place]
        before = state.chain[2, place]
        here = period if side == 0 else then
        if not has(state.sides, 1 - side, course):
            cost += cost_of_time(data, state, course, here, period + then - here)
        after = renamed(before, room, other)
        if after != before:
            cost += cost_of_room(data, state, course, before, after)
    return cost


@inlined
def change(
    data: Data, state: State, length: int, period: int, room: int, then: int, other: int
) -> None:
    """Have all of a chain change."""
    for place in range(length):
        course, side = state.chain[0, place], state.chain[1, place]
        here = period if side == 0 else then
        state.holder[here, state.chain[2, place]] = _NOBODY
        state.room_at[here, course] = _NOWHERE
        turn(state.busy, here, course)
    for place in range(length):
        course, side = state.chain[0, place], state.chain[1, place]
        before = state.chain[2, place]
        here = period if side == 0 else then
        there, after = period + then - here, renamed(before, room, other)
        if after != before:
            leave(state, course, before)
            enter(state, course, after)
        state.holder[there, after] = course
        state.room_at[there, course] = after
        turn(state.busy, there, course)
        attend(data, state, course, here, there)


@inlined
def shift(data: Data, state: State, period: int, room: int, then: int, other: int) -> None:
    """Propose that the course in a room goes to another period, and to another room there."""
    length = gather(data, state, period, room, then, other)
    if length == 0:
        return
    cost = cost_of_chain(data, state, length, period, room, then, other)
    if accepted(state, cost):
        change(data, state, length, period, room, then, other)
        changed(state, cost)
