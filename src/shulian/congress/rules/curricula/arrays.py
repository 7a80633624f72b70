"""An instance, and a timetable that is being searched, as arrays that kernels work on.

Symbols: l lectures, c courses, r rooms, q curricula, d days, p periods, s = p r places.
"""

from collections.abc import Iterable, Sequence
from itertools import chain as joined
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shulian.congress.rules.curricula.instance import Instance, Lecture, Solution

Ints = NDArray[np.int64]
"""All of one width, so that each kernel is compiled once."""
Bytes = NDArray[np.uint8]

ODDS = 64
"""Nothing that makes a timetable this much worse is ever accepted."""
LONGEST_CHAIN = 6
"""Lectures that change places at once; longer chains are hardly ever accepted."""
NOWHERE = -1
NEVER = 1 << 40
"""The cost of a timetable that was not found yet."""


class Data(NamedTuple):
    """An instance; several states may share it."""

    slots: int
    """Periods of a day."""
    places: int
    """Rooms."""
    course: Ints
    """(l,) of each lecture."""
    first: Ints
    """(c + 1,) its first lecture: those of a course stand together."""
    least: Ints
    """(c,) working days."""
    over: Ints
    """(c, r) students who find no seat."""
    clash: Bytes
    """(c, c) 1: never at the same time; a course clashes with itself."""
    rivals_from: Ints
    """(c + 1,) where the courses begin that clash with each …"""
    rivals: Ints
    """… in one row."""
    parts_from: Ints
    """(c + 1,) where the curricula of each begin …"""
    parts: Ints
    """… in one row."""
    member: Bytes
    """(q, c) 1: the curriculum has the course."""
    open_from: Ints
    """(c + 1,) where the periods begin in which each can be …"""
    open_periods: Ints
    """… in one row."""
    open: Bytes
    """(c, p) the same as a table."""


class State(NamedTuple):
    """A timetable with a place for every lecture, all that is counted of it, and the best one."""

    period: Ints
    """(l,)"""
    room: Ints
    """(l,)"""
    holder: Ints
    """(s,) the lecture in a room in a period, or `NOWHERE`."""
    against: Ints
    """(c, p) lectures of a period that clash with a course, its own too."""
    held: Ints
    """(q, p) lectures of a curriculum."""
    bits: Ints
    """(q, d) a bit for each period of the day that has one."""
    on_day: Ints
    """(c, d) lectures."""
    days: Ints
    """(c,) working days."""
    in_room: Ints
    """(c, r) lectures."""
    rooms: Ints
    """(c,) rooms in use."""
    total: Ints
    """(2,) cost, and pairs of lectures that clash."""
    best: Ints
    """(1,) the cost of the best timetable so far in which nothing clashes, or `NEVER`."""
    best_period: Ints
    best_room: Ints
    luck: NDArray[np.uint64]
    """(1,) state of the generator (xorshift64; Marsaglia 2003)."""
    odds: NDArray[np.uint64]
    """(`ODDS`,) how likely it is to accept what is so much worse, of 2³²."""
    mark: Ints
    """(l,) in which chain a lecture was last …"""
    stamp: Ints
    """(1,) … and the number of the present one."""
    chain: Ints
    """Room for a chain, or for what is undone."""
    rooms_before: Ints


def data_of(instance: Instance) -> Data:
    """The arrays of an instance."""
    courses, curricula = instance.courses, instance.curricula
    number, periods = len(courses), instance.periods
    lectures = [one.lectures for one in courses]
    students = np.array([one.students for one in courses], np.int64)
    seats = np.array([one.capacity for one in instance.rooms], np.int64)
    member = np.zeros((len(curricula), number), np.uint8)
    for place, one in enumerate(curricula):
        member[place, list(one.courses)] = 1
    open_ = np.ones((number, periods), np.uint8)
    for course, period in instance.closed:
        open_[course, period] = 0
    clash = clashes(instance)
    rivals_from, rivals = _rows(clash)
    parts_from, parts = _rows(member.T)
    open_from, open_periods = _rows(open_)
    return Data(
        instance.slots,
        len(seats),
        np.repeat(np.arange(number, dtype=np.int64), lectures),
        np.cumsum([0, *lectures], dtype=np.int64),
        np.array([one.days for one in courses], np.int64),
        np.maximum(students[:, None] - seats[None, :], 0),
        clash,
        rivals_from,
        rivals,
        parts_from,
        parts,
        member,
        open_from,
        open_periods,
        open_,
    )


def clashes(instance: Instance) -> Bytes:
    """(c, c) 1: two courses are of one teacher or one curriculum, or the same."""
    number = len(instance.courses)
    clash = np.eye(number, dtype=np.uint8)
    teachers: dict[str, list[int]] = {}
    for place, one in enumerate(instance.courses):
        teachers.setdefault(one.teacher, []).append(place)
    for together in joined(teachers.values(), (one.courses for one in instance.curricula)):
        clash[np.ix_(list(together), list(together))] = 1
    return clash


def empty_state(data: Data, curricula: int, seed: int, number: int = 0) -> State:
    """A state in which nothing has a place yet; `number` tells those of one seed apart."""
    lectures, (courses, periods) = len(data.course), data.open.shape
    days = periods // data.slots
    most = max(lectures, 1)
    luck = np.random.SeedSequence([abs(seed), number]).generate_state(1, np.uint64)
    return State(
        period=np.full(lectures, NOWHERE, np.int64),
        room=np.full(lectures, NOWHERE, np.int64),
        holder=np.full(periods * data.places, NOWHERE, np.int64),
        against=np.zeros((courses, periods), np.int64),
        held=np.zeros((curricula, periods), np.int64),
        bits=np.zeros((curricula, days), np.int64),
        on_day=np.zeros((courses, days), np.int64),
        days=np.zeros(courses, np.int64),
        in_room=np.zeros((courses, data.places), np.int64),
        rooms=np.zeros(courses, np.int64),
        total=np.zeros(2, np.int64),
        best=np.full(1, NEVER, np.int64),
        best_period=np.zeros(lectures, np.int64),
        best_room=np.zeros(lectures, np.int64),
        luck=luck | np.uint64(1),
        odds=np.zeros(ODDS, np.uint64),
        mark=np.zeros(most, np.int64),
        stamp=np.zeros(1, np.int64),
        chain=np.zeros(most, np.int64),
        rooms_before=np.zeros(most, np.int64),
    )


def solution_of(data: Data, period: Ints, room: Ints) -> Solution:
    """The lectures in these periods and rooms."""
    return tuple(
        Lecture(course, when, where)
        for course, when, where in zip(
            data.course.tolist(), period.tolist(), room.tolist(), strict=True
        )
    )


def arrays_of(solution: Sequence[Lecture]) -> tuple[Ints, Ints]:
    """Periods and rooms of the lectures of a whole solution, in the order of `Data`."""
    ordered = sorted(solution)
    period = np.array([one.period for one in ordered], np.int64)
    return period, np.array([one.room for one in ordered], np.int64)


def _rows(table: Iterable[Bytes]) -> tuple[Ints, Ints]:
    """Where each row of a table is not 0: all in one row, and where each begins."""
    rows = [np.flatnonzero(row).astype(np.int64) for row in table]
    starts = np.cumsum([0, *(len(one) for one in rows)], dtype=np.int64)
    return starts, np.concatenate([np.zeros(0, np.int64), *rows])
