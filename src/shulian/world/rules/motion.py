"""Whether somebody can have moved as they say: no faster than legs carry, and through no wall.

Everyone has a purse of metres that fills with time and from which each step is paid, so that moves
that come late and all at once are no offence. Down one may fall; up one climbs. This version serves
until the compiled one is there (rules/compiled/motion.py); both decide the same.

Symbols: s slots, m moves that are judged together.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from shapely import linestrings

from shulian.world.rules.bands import BAND, REACH
from shulian.world.rules.crowd import Crowd, State
from shulian.world.rules.moves import MOVE_KIND, Inbox
from shulian.world.rules.walls import Walls
from shulian.world.wire.frames import CM

SPEED = 8.0 * CM
"""[cm/s] in the plane: a run, and a little for clocks that differ."""
CLIMB = 6.0 * CM
"""[cm/s] upwards: a run on steep stairs."""
RESERVE = 20.0 * CM
"""[cm] one can have saved: two and a half seconds without a word at a run."""
CLIMB_RESERVE = 12.0 * CM
DEEPEST = -10_000
"""[cm]"""
HIGHEST = 60_000
"""[cm]"""


class Why(IntEnum):
    """Why a move is refused; the strongest reason is the greatest."""

    FINE = 0
    SPEED = 1
    WALL = 2
    OUTSIDE = 3
    """No such place."""


@dataclass(frozen=True, slots=True, eq=False)
class Purse:
    """What everyone has saved for steps."""

    plane: NDArray[np.float64]
    """(s,) [cm]"""
    climb: NDArray[np.float64]
    """(s,) [cm]"""
    since: NDArray[np.float64]
    """(s,) [s] of the monotonic clock: until when it is filled."""


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """What became of the moves of a tick."""

    moves: int
    """How many came."""
    strayed: NDArray[np.int32]
    """(n, 2) the slots of whom some were refused, and `Why`."""


class Judge(Protocol):
    """Takes all moves out of `inbox`, and lets `crowd` make those that can be."""

    def __call__(
        self, inbox: Inbox, crowd: Crowd, purse: Purse, walls: Walls, now: float
    ) -> Verdict:
        """Of one moment."""
        ...


def full_purse(slots: int) -> Purse:
    """Nobody has moved yet."""
    return Purse(np.full(slots, RESERVE), np.full(slots, CLIMB_RESERVE), np.zeros(slots))


def judge(inbox: Inbox, crowd: Crowd, purse: Purse, walls: Walls, now: float) -> Verdict:
    """`Judge`, move by move of each, the first of all at once."""
    why = np.zeros(len(crowd.state), np.int32)
    moves = int(inbox.count.sum())
    inbox.count[crowd.state != State.HERE] = 0
    who = np.flatnonzero(inbox.count)
    _fill(purse, who, now)
    for turn in range(int(inbox.count.max(initial=0))):
        slots = who[inbox.count[who] > turn]
        found = _weighed(crowd, purse, walls, slots, inbox.moves[slots, turn].view(MOVE_KIND)[:, 0])
        fine = slots[found == Why.FINE]
        crowd.heard[fine] = now
        crowd.moved[fine] = 1
        why[slots] = np.maximum(why[slots], found)
    inbox.count[who] = 0
    strayed = np.flatnonzero(why).astype(np.int32)
    return Verdict(moves, np.stack([strayed, why[strayed]], axis=1))


def _fill(purse: Purse, who: NDArray[np.intp], now: float) -> None:
    # a clock that jumps back fills nothing, one that jumps ahead fills a purse at the most
    passed = np.maximum(now - purse.since[who], 0.0)
    purse.plane[who] = np.minimum(purse.plane[who] + passed * SPEED, RESERVE)
    purse.climb[who] = np.minimum(purse.climb[who] + passed * CLIMB, CLIMB_RESERVE)
    purse.since[who] = now


def _weighed(
    crowd: Crowd, purse: Purse, walls: Walls, slots: NDArray[np.intp], moves: NDArray[np.void]
) -> NDArray[np.uint8]:
    """Why each of `moves` cannot be; those that can are made and paid."""
    old = crowd.place[slots].astype(np.int64)
    new = np.stack([moves["east"], moves["north"], moves["height"]], axis=1).astype(np.int64)
    outside = (np.abs(new[:, :2]) > REACH).any(1)
    new[:, 0] += crowd.band[slots].astype(np.int64) * BAND
    outside |= (new[:, 2] < DEEPEST) | (new[:, 2] > HIGHEST)
    step = np.where(outside[:, None], 0, new - old)
    way = np.sqrt((step[:, :2] ** 2).sum(1).astype(float))
    rise = np.maximum(step[:, 2], 0).astype(float)
    fast = (way > purse.plane[slots]) | (rise > purse.climb[slots])
    walking = np.flatnonzero(~outside & ~fast & (way > 0))
    stopped = np.zeros(len(slots), bool)
    stopped[walking] = _stopped(walls, old[walking], new[walking])
    found = np.select([outside, fast, stopped], [Why.OUTSIDE, Why.SPEED, Why.WALL], Why.FINE)
    fine = found == Why.FINE
    made = slots[fine]
    crowd.place[made] = new[fine]
    crowd.heading[made] = moves["heading"][fine]
    crowd.posture[made] = moves["posture"][fine]
    purse.plane[made] -= way[fine]
    purse.climb[made] -= rise[fine]
    return found.astype(np.uint8)


def _stopped(walls: Walls, old: NDArray[np.int64], new: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether a wall lies between `old` and `new` (m, 3)."""
    stopped = np.zeros(len(old), bool)
    if len(walls.lines) and len(old):
        steps = linestrings(np.stack([old[:, :2], new[:, :2]], axis=1).astype(float))
        step, wall = walls.tree.query(steps)
        met = _meet(old[step], new[step], walls.lines[wall], walls.span[wall])
        stopped[step[met]] = True
    return stopped


def _meet(
    old: NDArray[np.int64], new: NDArray[np.int64], line: NDArray[np.int64], span: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Whether each step from `old` to `new` goes through the wall on the same row.

    Nobody comes to stand on a line; who was put there leaves to either side.
    """
    begin, end = line[:, :2], line[:, 2:]
    before, after = _side(begin, end, old), _side(begin, end, new)
    right, left = _side(old, new, begin), _side(old, new, end)
    apart = (before < 0) & (after >= 0) | (before > 0) & (after <= 0)
    between = (right <= 0) & (left >= 0) | (right >= 0) & (left <= 0)
    feet = np.minimum(old[:, 2], new[:, 2])
    return apart & between & (feet > span[:, 0]) & (feet < span[:, 1])


def _side(
    begin: NDArray[np.int64], end: NDArray[np.int64], point: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Positive where `point` lies left of the line from `begin` to `end`."""
    way, to = end - begin, point[:, :2] - begin[:, :2]
    return way[:, 0] * to[:, 1] - way[:, 1] * to[:, 0]
