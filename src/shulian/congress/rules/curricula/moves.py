"""The moves of the search, compiled: each proposes one change and makes it if it is accepted."""

from shulian.congress.rules.compiled import inlined, kernel
from shulian.congress.rules.curricula.arrays import NEVER, NOBODY, NOWHERE, Data, Ints, State
from shulian.congress.rules.curricula.chains import shift
from shulian.congress.rules.curricula.chance import accepted, drawn, weigh
from shulian.congress.rules.curricula.counting import (
    changed,
    cost_of_room,
    count,
    enter,
    leave,
    turn,
)

_PART, _KEPT, _FREE = 15, 60, 97
"""Of 100 moves: up to which change the room alone, the time alone, both; the rest whole courses."""
_NOBODY, _NOWHERE, _NEVER = NOBODY, NOWHERE, NEVER


@inlined
def swap_rooms(state: State, period: int, room: int, other: int) -> None:
    """Put a course into another room in a period, and who is there into its own."""
    course, rival = state.holder[period, room], state.holder[period, other]
    leave(state, course, room)
    enter(state, course, other)
    state.room_at[period, course] = other
    if rival != _NOBODY:
        leave(state, rival, other)
        enter(state, rival, room)
        state.room_at[period, rival] = room
    state.holder[period, other], state.holder[period, room] = course, rival


@inlined
def cost_of_swap(data: Data, state: State, period: int, room: int, other: int) -> int:
    """What it costs more if a course changes rooms with who is there."""
    cost = cost_of_room(data, state, state.holder[period, room], room, other)
    rival = state.holder[period, other]
    return cost if rival == _NOBODY else cost + cost_of_room(data, state, rival, other, room)


@inlined
def move(data: Data, state: State, period: int, room: int, other: int) -> None:
    """Propose that the course in a room changes rooms with who is in another one."""
    if room == other:
        return
    cost = cost_of_swap(data, state, period, room, other)
    if accepted(state, cost):
        swap_rooms(state, period, room, other)
        changed(state, cost)


@kernel
def settle(data: Data, state: State, course: int, room: int) -> None:
    """Propose that all lectures of a course go to one room, and who is there to where they were."""
    cost, periods = 0, state.holder.shape[0]
    for period in range(periods):
        before = state.room_at[period, course]
        state.rooms_before[period] = before
        if before not in (_NOWHERE, room):
            cost += cost_of_swap(data, state, period, before, room)
            swap_rooms(state, period, before, room)
    if accepted(state, cost):
        changed(state, cost)
        return
    for period in range(periods):
        before = state.rooms_before[period]
        if before not in (_NOWHERE, room):
            swap_rooms(state, period, room, before)


@inlined
def propose(data: Data, state: State) -> None:
    """Propose one change; there is a lecture at least."""
    periods, rooms = state.holder.shape
    period, room = drawn(state.luck, periods), drawn(state.luck, rooms)
    while state.holder[period, room] == _NOBODY:
        period, room = drawn(state.luck, periods), drawn(state.luck, rooms)
    kind, course = drawn(state.luck, 100), state.holder[period, room]
    if kind < _PART:
        move(data, state, period, room, drawn(state.luck, rooms))
        return
    if kind >= _FREE:
        settle(data, state, course, drawn(state.luck, rooms))
        return
    begin = int(data.open_from[course])
    choice = drawn(state.luck, int(data.open_from[course + 1]) - begin)
    then = int(data.open_periods[begin + choice])
    if then != period:
        other = drawn(state.luck, rooms) if kind >= _KEPT else room
        shift(data, state, period, room, then, other)


@kernel
def load(data: Data, state: State, holder: Ints) -> None:
    """Begin anew with a timetable that breaks no hard rule; the best one is kept."""
    state.room_at[:] = _NOWHERE
    state.busy[:] = 0
    state.bits[:] = 0
    state.on_day[:] = 0
    state.days[:] = 0
    state.in_room[:] = 0
    state.rooms[:] = 0
    for period in range(holder.shape[0]):
        day = period // data.slots
        for room in range(holder.shape[1]):
            course = holder[period, room]
            state.holder[period, room] = course
            if course == _NOBODY:
                continue
            state.room_at[period, course] = room
            turn(state.busy, period, course)
            enter(state, course, room)
            state.on_day[course, day] += 1
            if state.on_day[course, day] == 1:
                state.days[course] += 1
            for place in range(data.parts_from[course], data.parts_from[course + 1]):
                state.bits[data.parts[place], day] |= 1 << (period - day * data.slots)
    state.total[0] = count(data, state)
    changed(state, 0)


@kernel
def anneal(data: Data, state: State, temperature: float, proposals: int) -> None:
    """Propose so many changes at one temperature."""
    weigh(state, temperature)
    for _ in range(proposals):
        propose(data, state)
