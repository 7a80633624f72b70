"""What a timetable costs, compiled: of all of it, or of what some sessions have a part in."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from shulian.congress.rules.compiled import part
from shulian.congress.rules.timetable.search.arrays import Arrays, Ints

HARD, ALONE, FAR, HALLS, DAYS, GAP, BUFFER, MOVE = range(8)
"""Places of `Arrays.prices`."""
SOFT, APART_FORUMS = 0, 2
FORBIDDEN = -1
Whole = Any
"""A whole number: as an element of an array it is of numpy's type, which depends on the index."""


@part
def by_itself(told: Arrays, hall: Ints, time: Ints, one: Whole) -> Whole:
    """What a session costs where it is, whatever else there is; -1: it may not be there."""
    by_time = told.by_time[time[one], told.hall_class[hall[one]]]
    by_hall = told.by_hall[one, hall[one]]
    if min(by_time, by_hall) == FORBIDDEN:
        return -1
    moved = told.now[one, 0] != -1 and (
        told.now[one, 0] != hall[one] or told.now[one, 1] != told.times.items[time[one]]
    )
    return by_time + by_hall + (told.prices[MOVE] if moved else 0)


@part
def beside(told: Arrays, hall: Ints, time: Ints, one: Whole, moved: NDArray[np.bool_]) -> Whole:
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


@part
def of_group(told: Arrays, time: Ints, group: Whole, room: NDArray[np.int64]) -> Whole:
    """What somebody misses who should be at all sessions of a group, at its price.

    Weighted interval scheduling: by ends, the most minutes that do not meet.
    """
    first, last = told.group.first[group], told.group.first[group + 1]
    if told.kind[group] != SOFT:
        return apart(told, time, group)
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


@part
def apart(told: Arrays, time: Ints, group: Whole) -> Whole:
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


@part
def of_forum(told: Arrays, hall: Ints, time: Ints, forum: Whole) -> Whole:
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


@part
def of_sessions(
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
        alone = by_itself(told, hall, time, one)
        if alone < 0:
            return -1
        cost += alone + beside(told, hall, time, one, moved)
        for at in range(told.groups_of.first[one], told.groups_of.first[one + 1]):
            group = told.groups_of.items[at]
            if stamps[0, group] != stamp:
                stamps[0, group] = stamp
                cost += of_group(told, time, group, room)
        forum = told.forum_of[one]
        if forum >= 0 and stamps[1, forum] != stamp:
            stamps[1, forum] = stamp
            cost += of_forum(told, hall, time, forum)
    return cost


@part
def of_all(
    told: Arrays,
    hall: Ints,
    time: Ints,
    chosen: Ints,
    moved: NDArray[np.bool_],
    stamps: NDArray[np.int64],
    room: NDArray[np.int64],
) -> Whole:
    """What a timetable costs; at least the price of a hard rule if one is broken."""
    count = len(hall)
    for one in range(count):
        chosen[one], moved[one] = one, True
    cost = of_sessions(told, hall, time, chosen, count, moved, stamps, room)
    for one in range(count):
        moved[one] = False
    return cost
