"""An instance, and a timetable that is being searched, as arrays that kernels work on.

A course has at most one lecture in a period here: no hard rule is ever broken. So lectures of a
course need no names, and which courses clash is told by bits: those of 64 courses in one word.

Symbols: c courses, r rooms, q curricula, d days, p periods, w words.
"""

from collections.abc import Iterable, Sequence
from itertools import chain as joined
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shulian.congress.rules.curricula.instance import Instance, Lecture, Solution

Ints = NDArray[np.int32]
"""All of one width, so that each kernel is compiled once, and small, so that they stay at hand."""
Whole = NDArray[np.int64]
Words = NDArray[np.uint64]

ODDS = 64
"""Nothing that makes a timetable this much worse is ever accepted."""
LONGEST_CHAIN = 8
"""Lectures that change places at once; longer chains are hardly ever accepted."""
NOBODY = -1
NOWHERE = -1
NEVER = 1 << 40
"""The cost of a timetable that was not found yet."""
_BITS = 64


class Data(NamedTuple):
    """An instance; several states may share it."""

    slots: int
    """Periods of a day."""
    least: Ints
    """(c,) working days."""
    over: Ints
    """(c, r) students who find no seat."""
    clash: Words
    """(c, w) the courses that are never at the same time; each clashes with itself."""
    open: Words
    """(p, w) the courses whose teacher is there."""
    parts_from: Ints
    """(c + 1,) where the curricula of each begin …"""
    parts: Ints
    """… in one row."""
    open_from: Ints
    """(c + 1,) where the periods begin in which each can be …"""
    open_periods: Ints
    """… in one row."""


class State(NamedTuple):
    """A timetable with a place for every lecture, all that is counted of it, and the best one."""

    holder: Ints
    """(p, r) the course in a room in a period, or `NOBODY`."""
    room_at: Ints
    """(p, c) the room of a course, or `NOWHERE`."""
    busy: Words
    """(p, w) the courses that have a lecture."""
    bits: Whole
    """(q, d) a bit for each period of the day that has a lecture of the curriculum."""
    on_day: Ints
    """(c, d) lectures."""
    days: Ints
    """(c,) working days."""
    in_room: Ints
    """(c, r) lectures."""
    rooms: Ints
    """(c,) rooms in use."""
    total: Whole
    """(1,) the cost."""
    best: Whole
    """(1,) the cost of the best timetable so far."""
    best_holder: Ints
    luck: Words
    """(1,) state of the generator (xorshift64; Marsaglia 2003)."""
    odds: Words
    """(`ODDS`,) how likely it is to accept what is so much worse, of 2³²."""
    chain: Ints
    """(3, `LONGEST_CHAIN`) courses that change periods, from which side, and their rooms there."""
    sides: Words
    """(2, w) the courses of a chain by the side from which they come."""
    rooms_before: Ints
    """(p,) for what is undone."""


def data_of(instance: Instance) -> Data:
    """The arrays of an instance."""
    courses, curricula = instance.courses, instance.curricula
    number, periods = len(courses), instance.periods
    students = np.array([one.students for one in courses], np.int32)
    seats = np.array([one.capacity for one in instance.rooms], np.int32)
    member = np.zeros((len(curricula), number), np.uint8)
    for place, one in enumerate(curricula):
        member[place, list(one.courses)] = 1
    open_ = np.ones((number, periods), np.uint8)
    for course, period in instance.closed:
        open_[course, period] = 0
    parts_from, parts = _rows(member.T)
    open_from, open_periods = _rows(open_)
    return Data(
        slots=instance.slots,
        least=np.array([one.days for one in courses], np.int32),
        over=np.maximum(students[:, None] - seats[None, :], 0),
        clash=_words(clashes(instance)),
        open=_words(open_.T),
        parts_from=parts_from,
        parts=parts,
        open_from=open_from,
        open_periods=open_periods,
    )


def clashes(instance: Instance) -> NDArray[np.uint8]:
    """(c, c) 1: two courses are of one teacher or one curriculum, or the same."""
    number = len(instance.courses)
    clash = np.eye(number, dtype=np.uint8)
    teachers: dict[str, list[int]] = {}
    for place, one in enumerate(instance.courses):
        teachers.setdefault(one.teacher, []).append(place)
    for together in joined(teachers.values(), (one.courses for one in instance.curricula)):
        clash[np.ix_(list(together), list(together))] = 1
    return clash


def empty_state(instance: Instance, data: Data, seed: int, number: int = 0) -> State:
    """A state in which nothing has a place yet; `number` tells those of one seed apart."""
    courses, rooms = data.over.shape
    days, periods = instance.days, instance.periods
    luck = np.random.SeedSequence([abs(seed), number]).generate_state(1, np.uint64)
    return State(
        holder=np.full((periods, rooms), NOBODY, np.int32),
        room_at=np.full((periods, courses), NOWHERE, np.int32),
        busy=np.zeros_like(data.open),
        bits=np.zeros((len(instance.curricula), days), np.int64),
        on_day=np.zeros((courses, days), np.int32),
        days=np.zeros(courses, np.int32),
        in_room=np.zeros((courses, rooms), np.int32),
        rooms=np.zeros(courses, np.int32),
        total=np.zeros(1, np.int64),
        best=np.full(1, NEVER, np.int64),
        best_holder=np.full((periods, rooms), NOBODY, np.int32),
        luck=luck | np.uint64(1),
        odds=np.zeros(ODDS, np.uint64),
        chain=np.zeros((3, LONGEST_CHAIN), np.int32),
        sides=np.zeros((2, data.open.shape[1]), np.uint64),
        rooms_before=np.zeros(periods, np.int32),
    )


def solution_of(holder: Ints) -> Solution:
    """The lectures of a table of who is where."""
    return tuple(
        sorted(
            Lecture(int(holder[period, room]), int(period), int(room))
            for period, room in np.argwhere(holder != NOBODY)
        )
    )


def holder_of(instance: Instance, solution: Sequence[Lecture]) -> Ints:
    """(p, r) who is where in a solution that breaks no hard rule."""
    holder = np.full((instance.periods, len(instance.rooms)), NOBODY, np.int32)
    for one in solution:
        holder[one.period, one.room] = one.course
    return holder


def _rows(table: Iterable[NDArray[np.uint8]]) -> tuple[Ints, Ints]:
    """Where each row of a table is not 0: all in one row, and where each begins."""
    rows = [np.flatnonzero(row).astype(np.int32) for row in table]
    starts = np.cumsum([0, *(len(one) for one in rows)], dtype=np.int32)
    return starts, np.concatenate([np.zeros(0, np.int32), *rows])


def _words(table: NDArray[np.uint8]) -> Words:
    """Each row of a table as words, a bit for each number; at least one word."""
    rows, number = table.shape
    words = np.zeros((rows, max(-(-number // _BITS), 1), _BITS), np.uint64)
    words.reshape(rows, -1)[:, :number] = table
    return (words << np.arange(_BITS, dtype=np.uint64)).sum(axis=2, dtype=np.uint64)
