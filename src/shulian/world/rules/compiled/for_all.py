"""`rules.snapshots.pack_for_all` compiled: the same bytes, in a few walks over all."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shulian.world.rules import snapshots
from shulian.world.rules.bands import BAND_STEPS
from shulian.world.rules.compiled.kernel import Kept, Shelf, inlined, kernel
from shulian.world.rules.compiled.people import People, end_of, people_at, people_of
from shulian.world.rules.compiled.snapshots import Words, put_frame_head, put_header, room
from shulian.world.rules.crowd import Crowd, State
from shulian.world.rules.snapshots import (
    BITMAP_BYTES,
    MOST_IN_FRAME,
    WORD,
    Beat,
    ForAll,
    Told,
    most_bytes,
    nothing_told,
)
from shulian.world.wire import frames

_STRIDE, _RISE, _SPAN = snapshots.STRIDE, snapshots.RISE, snapshots.SPAN
_HEADER, _RECORD = snapshots.HEADER_BYTES // 2, snapshots.RECORD_BYTES // 2
_BITMAP, _STEP = snapshots.BITMAP_BYTES // 2, snapshots.STEP_BYTES // 2
_LONG_HEAD = 2
"""All of them in words of two bytes: no frame has an odd number of bytes."""
_HERE, _BEYOND = int(State.HERE), int(State.BEYOND)
_LONGEST_AGE, _LONGEST_STEP = snapshots.LONGEST_AGE, snapshots.LONGEST_STEP
_BAND_STEPS, _WORD, _MOST_IN_FRAME = BAND_STEPS, WORD, MOST_IN_FRAME
_WHOLE, _MOVED = frames.SNAPSHOT_WHOLE, frames.SNAPSHOT_MOVED
_STEPS = frames.SNAPSHOT_STEPS
_SAME, _NAMED = -1, -2
"""Instead of a step: nothing is told of somebody, or everything."""


class _Told(NamedTuple):
    """`Told`, and room for what is told now."""

    last: NDArray[np.int64]
    tick: NDArray[np.int64]
    visit: NDArray[np.int64]
    place: NDArray[np.int32]
    heading: NDArray[np.uint16]
    posture: NDArray[np.uint8]
    news: NDArray[np.int32]
    ends: NDArray[np.int64]


class _Extent(NamedTuple):
    """Where those are who can be seen."""

    number: int
    first: int
    """Slot of the first of them …"""
    end: int
    """… and the one after the last."""
    west: int
    """[cm]"""
    east: int
    south: int
    north: int


def pack_for_all(crowd: Crowd, told: Told, stirred: NDArray[np.int64], beat: Beat) -> ForAll | None:
    """`rules.snapshots.PackForAll`; the bytes are good until the next call."""
    slots = len(crowd.state)
    data, words = room(2 * most_bytes(MOST_IN_FRAME) + BITMAP_BYTES + 2 * (slots // WORD + 1))
    base, ends = _told(told)
    if not _pack_for_all(people_of(crowd).address, base.address, stirred, beat, words):
        return None
    return data[: ends[1]], int(ends[0])


def _gathered(told: Told) -> _Told:
    """The same memory."""
    news, ends = np.empty(len(told.tick), np.int32), np.zeros(2, np.int64)
    return _Told(
        told.last, told.tick, told.visit, told.place, told.heading, told.posture, news, ends
    )


_SHELF = Shelf(_gathered(nothing_told(8)))
_told_at = _SHELF.at


@lru_cache(maxsize=8)
def _told(told: Told) -> tuple[Kept, NDArray[np.int64]]:
    """They, and `ends`; a process has one of each."""
    base = _gathered(told)
    return _SHELF.keep(base), base.ends


@inlined
def _extent(people: People) -> _Extent:
    """Of everyone."""
    state, place = people.state, people.place
    number, first, end = 0, 0, 0
    west, east, south, north = 1 << 40, -(1 << 40), 1 << 40, -(1 << 40)
    for slot in range(end_of(state)):
        if state[slot] != _HERE and state[slot] != _BEYOND:
            continue
        first, end = slot if number == 0 else first, slot + 1
        number += 1
        west, east = min(west, int(place[slot, 0])), max(east, int(place[slot, 0]))
        south, north = min(south, int(place[slot, 1])), max(north, int(place[slot, 1]))
    return _Extent(number, first, end, west, east, south, north)


@inlined
def _put_everyone(
    words: Words,
    at: int,
    extent: _Extent,
    people: People,
    stirred: NDArray[np.int64],
    base: tuple[int, int],
    now: Beat,
) -> None:
    """The records of all, who are in sight of an origin [cm]."""
    state, place = people.state, people.place
    heading, posture = people.heading, people.posture
    for slot in range(extent.first, extent.end):
        if state[slot] != _HERE and state[slot] != _BEYOND:
            continue
        height = min(max(int(place[slot, 2]) // _RISE, -32_768), 32_767)
        age = min((now.tick - int(stirred[slot])) // now.phases, _LONGEST_AGE)
        words[at] = slot
        words[at + 1] = int(place[slot, 0]) - base[0]
        words[at + 2] = int(place[slot, 1]) - base[1]
        words[at + 3] = height & 0xFFFF
        words[at + 4] = heading[slot]
        words[at + 5] = int(posture[slot]) | age << 8
        at += _RECORD


@inlined
def _way(east: int, north: int) -> int:
    """A step as the first word of it, `_NAMED` where it is too long."""
    if max(abs(east), abs(north)) > _LONGEST_STEP:
        return _NAMED
    return (east & 0xFF) | (north & 0xFF) << 8


@inlined
def _tell(
    records: Words,
    people: People,
    told: _Told,
    stirred: NDArray[np.int64],
    now: Beat,
    news: NDArray[np.int32],
) -> None:
    """What is told of those whose `records` these are, and that it is told from now on.

    news  (n,) of each: a step, as its first word, or `_SAME` or `_NAMED`
    """
    place, last, before = people.place, told.place, now.tick - now.phases
    visit, counts = people.visit, told.last[0] == before
    for row in range(len(news)):
        slot = int(records[_RECORD * row])
        height = min(max(int(place[slot, 2]) // _RISE, -32_768), 32_767)
        heading, posture = people.heading[slot], people.posture[slot]
        east = int(place[slot, 0]) - int(last[slot, 0])
        north = int(place[slot, 1]) - int(last[slot, 1])
        moved = stirred[slot] > before
        alike = told.tick[slot] == before and told.visit[slot] == visit[slot]
        alike = alike and last[slot, 2] == height and told.posture[slot] == posture
        if not counts:
            news[row] = _NAMED if moved else _SAME
        elif alike and moved:
            news[row] = _way(east, north)
        elif alike and east == 0 and north == 0 and told.heading[slot] == heading:
            news[row] = _SAME
        else:
            news[row] = _NAMED
        told.tick[slot], told.visit[slot] = now.tick, visit[slot]
        last[slot, 0], last[slot, 1], last[slot, 2] = place[slot, 0], place[slot, 1], height
        told.heading[slot], told.posture[slot] = heading, posture
    told.last[0] = now.tick


@inlined
def _put_steps(words: Words, at: int, records: Words, news: NDArray[np.int32]) -> int:
    """The bitmap and the steps of those whose whole `records` these are; where they end."""
    first, last = -1, 0
    for row in range(len(news)):
        if news[row] >= 0:
            last = int(records[_RECORD * row]) // _WORD
            first = last if first < 0 else first
    words[at], words[at + 1] = first * _WORD, last - first + 1
    bits = at + _BITMAP
    at = bits + last - first + 1
    for place in range(bits, at):
        words[place] = 0
    for row in range(len(news)):
        if news[row] >= 0:
            slot = int(records[_RECORD * row])
            words[bits + slot // _WORD - first] |= 1 << slot % _WORD
            words[at], words[at + 1] = news[row], records[_RECORD * row + 4]
            at += _STEP
    return at


@inlined
def _put_news(
    words: Words,
    at: int,
    records: Words,
    news: NDArray[np.int32],
    origin: tuple[int, int],
    now: Beat,
) -> int:
    """The frame that tells the `news` of those whose whole `records` these are; where it ends."""
    # its head is as long as its size wants: it is written last, and what is behind it moved up
    begin = at + _LONG_HEAD
    behind, steps = begin + _HEADER, 0
    for row in range(len(news)):
        steps += news[row] >= 0
        if news[row] == _NAMED:
            for place in range(_RECORD):
                words[behind + place] = records[_RECORD * row + place]
            behind += _RECORD
    number = (behind - begin - _HEADER) // _RECORD
    if number == 0 and steps == 0:
        return at
    if steps > 0:
        behind = _put_steps(words, behind, records, news)
    put_header(words, begin, _STEPS if steps > 0 else _MOVED, number, origin, now)
    head = put_frame_head(words, at, 2 * (behind - begin))
    if head < begin:
        for place in range(begin, behind):
            words[place - 1] = words[place]
    return behind - (begin - head)


@kernel
def _pack_for_all(
    people_are: int, told_is: int, stirred: NDArray[np.int64], now: Beat, words: Words
) -> bool:
    people, told = people_at(people_are), _told_at(told_is)
    news, ends = told.news, told.ends
    extent = _extent(people)
    if extent.number == 0 or extent.number > _MOST_IN_FRAME:
        return False
    column, line = extent.west // _STRIDE, extent.south // _STRIDE
    base = (column * _STRIDE, line * _STRIDE)
    if extent.east - base[0] >= _SPAN or extent.north - base[1] >= _SPAN:
        return False
    origin = (column - int(people.band[extent.first]) * _BAND_STEPS, line)
    head = put_frame_head(words, 0, 2 * (_HEADER + _RECORD * extent.number))
    records = put_header(words, head, _WHOLE, extent.number, origin, now)
    end = records + _RECORD * extent.number
    _put_everyone(words, records, extent, people, stirred, base, now)
    told_of = news[: extent.number]
    _tell(words[records:end], people, told, stirred, now, told_of)
    ends[0] = 2 * end
    ends[1] = 2 * _put_news(words, end, words[records:end], told_of, origin, now)
    return True
