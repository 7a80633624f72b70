"""`rules.motion` compiled: the same decisions, a move at a time."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shulian.world.rules import motion, walls
from shulian.world.rules.bands import BAND, REACH
from shulian.world.rules.compiled.kernel import Kept, Shelf, bisect, inlined, kernel
from shulian.world.rules.compiled.people import people_at, people_of
from shulian.world.rules.crowd import Crowd, State
from shulian.world.rules.motion import Purse, Verdict, Why, full_purse
from shulian.world.rules.moves import Inbox, empty_inbox
from shulian.world.rules.walls import Walls, no_walls

_SPEED, _CLIMB = motion.SPEED, motion.CLIMB
_RESERVE, _CLIMB_RESERVE = motion.RESERVE, motion.CLIMB_RESERVE
_FARTHEST, _DEEPEST, _HIGHEST = REACH, motion.DEEPEST, motion.HIGHEST
_CELL, _LINES, _BAND = walls.CELL, walls.LINES, BAND
_HERE = int(State.HERE)
_FINE, _SLOW, _WALL, _OUTSIDE = int(Why.FINE), int(Why.SPEED), int(Why.WALL), int(Why.OUTSIDE)

Ints = NDArray[np.int64]


class _Walls(NamedTuple):
    """What of `Walls` the search needs."""

    lines: Ints
    span: Ints
    cells: Ints
    first: NDArray[np.int32]
    order: NDArray[np.int32]


class _Books(NamedTuple):
    """`Inbox` and `Purse`, and room for who is named."""

    moves: NDArray[np.uint8]
    tally: NDArray[np.int32]
    plane: NDArray[np.float64]
    climb: NDArray[np.float64]
    since: NDArray[np.float64]
    strayed: NDArray[np.int32]


class _Step(NamedTuple):
    """From where to where [cm]."""

    x: int
    y: int
    z: int
    to_x: int
    to_y: int
    to_z: int


def judge(inbox: Inbox, crowd: Crowd, purse: Purse, walls: Walls, now: float) -> Verdict:
    """`rules.motion.Judge`; the array is good until the next call."""
    books, strayed = _books(inbox, purse)
    people, faces = people_of(crowd), _walls(walls)
    moves, some = _judge(books.address, people.address, faces.address, float(now))
    return Verdict(moves, strayed[:some])


def _gathered(inbox: Inbox, purse: Purse) -> _Books:
    """The same memory."""
    strayed = np.empty((len(inbox.count), 2), np.int32)
    return _Books(inbox.moves, inbox.count, purse.plane, purse.climb, purse.since, strayed)


def _faces(walls: Walls) -> _Walls:
    """Of `walls`, which never change."""
    tight = np.ascontiguousarray
    return _Walls(
        tight(walls.lines),
        tight(walls.span),
        tight(walls.cells),
        tight(walls.first),
        tight(walls.index),
    )


_SHELF, _WALLS = Shelf(_gathered(empty_inbox(8), full_purse(8))), Shelf(_faces(no_walls()))
_books_at, _walls_at = _SHELF.at, _WALLS.at


@lru_cache(maxsize=8)
def _books(inbox: Inbox, purse: Purse) -> tuple[Kept, NDArray[np.int32]]:
    """They, and `strayed`; a process has one of each."""
    books = _gathered(inbox, purse)
    return _SHELF.keep(books), books.strayed


@lru_cache(maxsize=8)
def _walls(walls: Walls) -> Kept:
    """A process has some at a time."""
    return _WALLS.keep(_faces(walls))


@inlined
def _side(ax: int, ay: int, bx: int, by: int, px: int, py: int) -> int:
    return (bx - ax) * (py - ay) - (by - ay) * (px - ax)


@inlined
def _meets(line: Ints, step: _Step) -> bool:
    ax, ay, bx, by = int(line[0]), int(line[1]), int(line[2]), int(line[3])
    before = _side(ax, ay, bx, by, step.x, step.y)
    after = _side(ax, ay, bx, by, step.to_x, step.to_y)
    if not ((before < 0 and after >= 0) or (before > 0 and after <= 0)):
        return False
    right = _side(step.x, step.y, step.to_x, step.to_y, ax, ay)
    left = _side(step.x, step.y, step.to_x, step.to_y, bx, by)
    return (right <= 0 and left >= 0) or (right >= 0 and left <= 0)


@inlined
def _stopped(step: _Step, walls: _Walls) -> bool:
    """Whether a wall near the step is on its way."""
    west, east = min(step.x, step.to_x) // _CELL, max(step.x, step.to_x) // _CELL
    south, north = min(step.y, step.to_y) // _CELL, max(step.y, step.to_y) // _CELL
    feet = min(step.z, step.to_z)
    for row in range(south, north + 1):
        at = bisect(walls.cells, row * _LINES + west)
        last = row * _LINES + east
        while at < len(walls.cells) and walls.cells[at] <= last:
            for place in range(walls.first[at], walls.first[at + 1]):
                wall = walls.order[place]
                low, high = walls.span[wall, 0], walls.span[wall, 1]
                if low < feet < high and _meets(walls.lines[wall], step):
                    return True
            at += 1
    return False


@inlined
def _number(move: NDArray[np.uint8], at: int) -> int:
    """A whole number of four bytes."""
    low = int(move[at]) | int(move[at + 1]) << 8 | int(move[at + 2]) << 16
    number = low | int(move[at + 3]) << 24
    return number - (1 << 32) if number >= 1 << 31 else number


@inlined
def _weigh(step: _Step, band: int, plane: float, climb: float, walls: _Walls) -> int:
    """Why a step cannot be."""
    if max(abs(step.to_x - band * _BAND), abs(step.to_y)) > _FARTHEST:
        return _OUTSIDE
    if step.to_z < _DEEPEST or step.to_z > _HIGHEST:
        return _OUTSIDE
    if _way(step) > plane or step.to_z - step.z > climb:
        return _SLOW
    if (step.to_x != step.x or step.to_y != step.y) and _stopped(step, walls):
        return _WALL
    return _FINE


@inlined
def _way(step: _Step) -> float:
    return np.sqrt(float((step.to_x - step.x) ** 2 + (step.to_y - step.y) ** 2))


@kernel
def _judge(books_are: int, people_are: int, walls_are: int, now: float) -> tuple[int, int]:
    books, people, walls = _books_at(books_are), people_at(people_are), _walls_at(walls_are)
    moves, count, strayed = books.moves, books.tally, books.strayed
    place, plane, climb = people.place, books.plane, books.climb
    moved, some = 0, 0
    for slot in range(len(count)):
        if count[slot] == 0:
            continue
        moved += count[slot]
        if people.state[slot] != _HERE:
            count[slot] = 0
            continue
        band = int(people.band[slot])
        passed = max(now - books.since[slot], 0.0)
        plane[slot] = min(plane[slot] + passed * _SPEED, _RESERVE)
        climb[slot] = min(climb[slot] + passed * _CLIMB, _CLIMB_RESERVE)
        books.since[slot] = now
        why = _FINE
        for turn in range(count[slot]):
            move = moves[slot, turn]
            x, y, z = int(place[slot, 0]), int(place[slot, 1]), int(place[slot, 2])
            step = _Step(
                x, y, z, _number(move, 4) + band * _BAND, _number(move, 8), _number(move, 12)
            )
            found = _weigh(step, band, plane[slot], climb[slot], walls)
            if found != _FINE:
                why = max(why, found)
                continue
            place[slot, 0], place[slot, 1], place[slot, 2] = step.to_x, step.to_y, step.to_z
            people.heading[slot] = int(move[2]) | int(move[3]) << 8
            people.posture[slot] = move[1]
            plane[slot] -= _way(step)
            climb[slot] -= max(step.to_z - z, 0)
            people.heard[slot] = now
            people.moved[slot] = 1
        count[slot] = 0
        if why != _FINE:
            strayed[some, 0], strayed[some, 1] = slot, why
            some += 1
    return moved, some
