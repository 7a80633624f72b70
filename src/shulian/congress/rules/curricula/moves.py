"""The moves of the search, compiled: each proposes one change and makes it if it is accepted.

Periods are exchanged by Kempe chains (Lü and Hao, "Adaptive tabu search for course timetabling",
2010): who is in the way goes back the other way, and so on. Rooms keep to courses in two of the
moves, so that a course does not have to lose its one room to find a better time.
"""

import numpy as np
from numpy.typing import NDArray

from shulian.congress.rules.curricula.arrays import (
    LONGEST_CHAIN,
    NEVER,
    NOWHERE,
    ODDS,
    Data,
    Ints,
    State,
)
from shulian.congress.rules.curricula.counting import (
    attend,
    change_of_room,
    change_of_time,
    count,
    enter,
    kernel,
    leave,
    oppose,
    put,
    take,
)

CLASH = 10
"""What the search holds a clash to be worth: few last, and yet it can pass through one."""
_PART, _KEPT, _FREE = 15, 60, 95
"""Of 100 moves: up to which change the room alone, the time alone, both; the rest whole courses."""
_NOWHERE, _NEVER, _ODDS, _LONGEST, _CLASH = NOWHERE, NEVER, ODDS, LONGEST_CHAIN, CLASH
_SCALE = 4294967296.0


@kernel
def drawn(luck: NDArray[np.uint64], number: int) -> int:
    """A number from 0 to `number` - 1."""
    word = luck[0]
    word ^= word << np.uint64(13)
    word ^= word >> np.uint64(7)
    word ^= word << np.uint64(17)
    luck[0] = word
    return int(np.int64(((word >> np.uint64(32)) * np.uint64(number)) >> np.uint64(32)))


@kernel
def accepted(state: State, worse: int) -> bool:
    """Whether a change that makes it so much worse is made (Metropolis et al. 1953)."""
    if worse <= 0:
        return True
    return worse < _ODDS and np.uint64(drawn(state.luck, 4294967296)) < state.odds[worse]


@kernel
def changed(state: State, cost: int, pairs: int) -> None:
    """Count a change that was made, and keep what is the best so far."""
    state.total[0] += cost
    state.total[1] += pairs
    if state.total[1] == 0 and state.total[0] < state.best[0]:
        state.best[0] = state.total[0]
        for lecture in range(len(state.period)):
            state.best_period[lecture] = state.period[lecture]
            state.best_room[lecture] = state.room[lecture]


@kernel
def exchange(data: Data, state: State, lecture: int, period: int, room: int) -> None:
    """Propose that a lecture goes to a time and place, and who is there to its own."""
    course, before = int(data.course[lecture]), int(state.period[lecture])
    place, other = int(state.room[lecture]), int(state.holder[period * data.places + room])
    rival = -1 if other == _NOWHERE else int(data.course[other])
    if other != _NOWHERE and (rival == course or data.open[rival, before] == 0):
        return
    pairs, cost = 0, 0
    if period != before:
        pairs = int(state.against[course, period]) - int(state.against[course, before]) + 1
        if rival >= 0:
            pairs += int(state.against[rival, before]) - int(state.against[rival, period]) + 1
            pairs -= 2 * int(data.clash[course, rival])
        if pairs > 0 and state.odds[_CLASH] == 0:
            return  # it is too cold for a clash, whatever else is won
        cost = change_of_time(data, state, course, before, period, rival)
        if rival >= 0:
            cost += change_of_time(data, state, rival, period, before, course)
    cost += change_of_room(data, state, course, place, room)
    if rival >= 0:
        cost += change_of_room(data, state, rival, room, place)
    if not accepted(state, cost + _CLASH * pairs):
        return
    if period == before:
        swap_rooms(data, state, lecture, room)
    else:
        swap_times(data, state, lecture, period, room)
    changed(state, cost, pairs)


@kernel
def swap_rooms(data: Data, state: State, lecture: int, room: int) -> None:
    """Put a lecture into another room in its period, and who is there into its own."""
    period, place = int(state.period[lecture]), int(state.room[lecture])
    other = int(state.holder[period * data.places + room])
    if other != _NOWHERE:
        leave(data, state, other)
    leave(data, state, lecture)
    enter(data, state, lecture, period, room)
    if other != _NOWHERE:
        enter(data, state, other, period, place)


@kernel
def swap_times(data: Data, state: State, lecture: int, period: int, room: int) -> None:
    """Put a lecture into another period and room, and who is there into its own."""
    before, place = int(state.period[lecture]), int(state.room[lecture])
    other = int(state.holder[period * data.places + room])
    if other != _NOWHERE:
        take(data, state, other)
    take(data, state, lecture)
    put(data, state, lecture, period, room)
    if other != _NOWHERE:
        put(data, state, other, before, place)


@kernel
def chain_of(data: Data, state: State, lecture: int, period: int) -> int:
    """Gather who has to change between two periods if a lecture goes; how many, 0 if they cannot.

    Its own teacher is there, as for all that is proposed. All keep their rooms, so who holds the
    same room is in the way as well. That another lecture of the same course does, in the same
    room, is a change of nothing, and no chain.
    """
    both = int(state.period[lecture]) + period
    state.stamp[0] += 1
    stamp, chain = int(state.stamp[0]), state.chain
    chain[0], state.mark[lecture] = lecture, stamp
    length, done = 1, 0
    while done < length:
        one = int(chain[done])
        done += 1
        course, here = int(data.course[one]), int(state.period[one])
        row = (both - here) * data.places
        left = int(state.against[course, both - here])
        holder = int(state.holder[row + state.room[one]])
        if holder != _NOWHERE:
            rival = int(data.course[holder])
            left -= int(data.clash[course, rival])
            if state.mark[holder] != stamp:
                if rival == course or data.open[rival, here] == 0 or length == _LONGEST:
                    return 0
                chain[length], state.mark[holder] = holder, stamp
                length += 1
        for place in range(data.places if left > 0 else 0):
            other = int(state.holder[row + place])
            if other == _NOWHERE or data.clash[course, data.course[other]] == 0:
                continue
            if state.mark[other] != stamp:
                if data.open[data.course[other], here] == 0 or length == _LONGEST:
                    return 0
                chain[length], state.mark[other] = other, stamp
                length += 1
    return length


@kernel
def shift(data: Data, state: State, lecture: int, period: int) -> None:
    """Propose that a lecture goes to another period in its room, with all who have to change."""
    before = int(state.period[lecture])
    both, chain = before + period, state.chain
    length = chain_of(data, state, lecture, period)
    if length == 0:
        return
    cost = 0
    for place in range(length):
        course, here = int(data.course[chain[place]]), int(state.period[chain[place]])
        cost += change_of_time(data, state, course, here, both - here, -1)
        attend(data, state, course, here, -1)
        attend(data, state, course, both - here, 1)
    if not accepted(state, cost):
        for back in range(length):
            one = chain[length - 1 - back]
            course, here = int(data.course[one]), int(state.period[one])
            attend(data, state, course, both - here, -1)
            attend(data, state, course, here, 1)
        return
    pairs = 0
    for place in range(length):
        one = chain[place]
        course, here = int(data.course[one]), int(state.period[one])
        pairs += int(state.against[course, both - here]) - int(state.against[course, here]) + 1
        oppose(data, state, course, here, -1)
        oppose(data, state, course, both - here, 1)
        if state.holder[here * data.places + state.room[one]] == one:
            state.holder[here * data.places + state.room[one]] = _NOWHERE
        state.holder[(both - here) * data.places + state.room[one]] = one
        state.period[one] = both - here
    changed(state, cost, pairs)


@kernel
def settle(data: Data, state: State, course: int, room: int) -> None:
    """Propose that all lectures of a course go to one room, and who is there to where they were."""
    cost, number = 0, 0
    for lecture in range(data.first[course], data.first[course + 1]):
        place = int(state.room[lecture])
        other = int(state.holder[state.period[lecture] * data.places + room])
        if place == room or (other != _NOWHERE and data.course[other] == course):
            continue
        cost += change_of_room(data, state, course, place, room)
        if other != _NOWHERE:
            cost += change_of_room(data, state, int(data.course[other]), room, place)
        swap_rooms(data, state, lecture, room)
        state.chain[number], state.rooms_before[number] = lecture, place
        number += 1
    if accepted(state, cost):
        changed(state, cost, 0)
        return
    for back in range(number):
        place = number - 1 - back
        swap_rooms(data, state, state.chain[place], state.rooms_before[place])


@kernel
def propose(data: Data, state: State) -> None:
    """Propose one change."""
    lecture = drawn(state.luck, len(data.course))
    course, before = int(data.course[lecture]), int(state.period[lecture])
    kind = drawn(state.luck, 100)
    if kind < _PART:
        exchange(data, state, lecture, before, drawn(state.luck, data.places))
        return
    if kind >= _FREE:
        settle(data, state, course, drawn(state.luck, data.places))
        return
    begin = int(data.open_from[course])
    choice = drawn(state.luck, int(data.open_from[course + 1]) - begin)
    period = int(data.open_periods[begin + choice])
    if kind >= _KEPT:
        exchange(data, state, lecture, period, drawn(state.luck, data.places))
    elif period != before:
        shift(data, state, lecture, period)


@kernel
def begin(data: Data, state: State) -> bool:
    """Give every lecture a place of its own, clashing little; whether there is one for each."""
    for lecture in range(len(data.course)):
        course = int(data.course[lecture])
        least, when, where = _NEVER, _NOWHERE, _NOWHERE
        start, end = int(data.open_from[course]), int(data.open_from[course + 1])
        # from a place of its own for each, so that seeds differ
        turn = drawn(state.luck, max((end - start) * data.places, 1))
        for step in range((end - start) * data.places):
            place = (step + turn) % ((end - start) * data.places)
            period = int(data.open_periods[start + place // data.places])
            room = place % data.places
            if state.holder[period * data.places + room] != _NOWHERE:
                continue
            worth = 1000 * int(state.against[course, period]) + min(
                int(data.over[course, room]), 999
            )
            if worth < least:
                least, when, where = worth, period, room
        if when == _NOWHERE:
            return False
        put(data, state, lecture, when, where)
    count(data, state)
    changed(state, 0, 0)
    return True


@kernel
def load(data: Data, state: State, period: Ints, room: Ints) -> None:
    """Give all lectures these times and places instead of those that they have."""
    for lecture in range(len(data.course)):
        if state.period[lecture] != _NOWHERE:
            take(data, state, lecture)
    for lecture in range(len(data.course)):
        put(data, state, lecture, period[lecture], room[lecture])
    count(data, state)
    changed(state, 0, 0)


@kernel
def anneal(data: Data, state: State, temperature: float, proposals: int) -> None:
    """Propose so many changes at one temperature."""
    for worse in range(_ODDS):
        state.odds[worse] = np.uint64(np.exp(-worse / temperature) * (_SCALE - 1))
    for _ in range(proposals):
        propose(data, state)
