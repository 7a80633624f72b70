"""Who sees whom: the nearest within a radius, and how often each of them is shown.

Another storey is further away than the same way on foot, so heights count fourfold. This version
serves until the compiled one is there (rules/compiled/grid.py); both find the same distances, and
where several are equally far either may leave out another one of them.

Symbols: s slots, k `Reach.most`, d receivers whose sight is due.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from shulian.world.rules.crowd import Crowd, State

STEEP = 4
"""So much more than a way in the plane a way up counts."""
PERIODS = 5
"""Ticks between two records of those at the edge of sight; of the nearest, one."""

_NOWHERE = int(np.iinfo(np.int32).max)
"""[cm²] farther than anybody is seen."""
_SPARE = 8
"""More candidates than are shown: oneself, and who is hidden."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one sees."""

    radius: int
    """[cm] No more than 46,340: its square has 32 bits."""
    most: int
    """So many at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """Whom everyone sees."""

    seen: NDArray[np.int32]
    """(s, k) slots, the nearest first."""
    far: NDArray[np.int32]
    """(s, k) [cm²] their distances, squared."""
    count: NDArray[np.int32]
    """(s,) how many there are."""
    sent: NDArray[np.int32]
    """(s, k) tick in which they were shown last; counts from 1."""
    known: NDArray[np.uint8]
    """(s, s/8) a bit for each who was ever seen by the one of that row."""
    hidden: NDArray[np.uint8]
    """(s, s/8) a bit for each who is never shown to the one of that row."""
    hides: NDArray[np.uint8]
    """(s,) 0: no bit of that row of `hidden` is set."""


class Look(Protocol):
    """Finds anew whom `due` (d,) see; answers who is seen for the first time, (n, 2) by whom."""

    def __call__(
        self, crowd: Crowd, sight: Sight, reach: Reach, due: NDArray[np.int32]
    ) -> NDArray[np.int32]:
        """`Look`."""
        ...


def no_sight(slots: int, most: int) -> Sight:
    """Nobody has seen anybody; `slots` is a multiple of 8."""
    return Sight(
        seen=np.zeros((slots, most), np.int32),
        far=np.zeros((slots, most), np.int32),
        count=np.zeros(slots, np.int32),
        sent=np.zeros((slots, most), np.int32),
        known=np.zeros((slots, slots // 8), np.uint8),
        hidden=np.zeros((slots, slots // 8), np.uint8),
        hides=np.zeros(slots, np.uint8),
    )


def forget(sight: Sight, slot: int) -> None:
    """Somebody else is behind `slot` now: whom they know and who knows them begins anew."""
    for bits in (sight.known, sight.hidden):
        bits[slot] = 0
        bits[:, slot >> 3] &= np.uint8(~(1 << (slot & 7)) & 255)
    sight.count[slot] = sight.hides[slot] = 0


def hide(sight: Sight, slot: int, others: Iterable[int]) -> None:
    """From now on `slot` and each of `others` are not shown to each other; nobody else counts."""
    hidden, bit = sight.hidden, np.uint8(1 << (slot & 7))
    hidden[slot] = 0
    hidden[:, slot >> 3] &= np.uint8(~bit & 255)
    for other in others:
        hidden[slot, other >> 3] |= np.uint8(1 << (other & 7))
        hidden[other, slot >> 3] |= bit
        sight.hides[other] = sight.hides[slot] = 1


def visible(crowd: Crowd) -> NDArray[np.bool_]:
    """(s,) who can be seen at all."""
    return (crowd.state == State.HERE) | (crowd.state == State.BEYOND)


def eyes(crowd: Crowd, slots: NDArray[np.int32]) -> NDArray[np.int64]:
    """(d, 3) [cm] from where `slots` look: a focus lies as high as they stand."""
    places = crowd.place[slots].astype(np.int64)
    focused = crowd.focused[slots] == 1
    places[focused, :2] = crowd.focus[slots[focused]]
    return places


def look(crowd: Crowd, sight: Sight, reach: Reach, due: NDArray[np.int32]) -> NDArray[np.int32]:
    """`Look`, by a tree of all that can be seen."""
    there = np.flatnonzero(visible(crowd)).astype(np.int32)
    sight.count[due] = 0
    if not len(there) or not len(due):
        return np.zeros((0, 2), np.int32)
    places = crowd.place[there].astype(np.int64)
    looks = eyes(crowd, due)
    steep = np.array([1, 1, STEEP])
    tree = KDTree(places * steep, balanced_tree=False)
    hidden = int(np.bitwise_count(sight.hidden[due]).sum(1).max())
    asked = min(reach.most + hidden + _SPARE, len(there))
    # a little further than needed: what is in reach is decided in whole numbers
    # scipy's stubs know no array of answers
    found = cast("Any", tree.query(looks * steep, k=asked, distance_upper_bound=reach.radius + 1))
    index: NDArray[np.intp] = np.asarray(found[1]).reshape(len(due), asked)
    inside = index < len(there)
    others = there[np.where(inside, index, 0)]
    way = (crowd.place[others].astype(np.int64) - looks[:, None]) * steep
    far = (way**2).sum(2)
    inside &= (far <= reach.radius**2) & (others != due[:, None])
    inside &= ~_bit(sight.hidden, due, others)
    _keep(sight, reach, due, others, np.where(inside, far, _NOWHERE))
    return introduce(sight, due)


def _keep(
    sight: Sight,
    reach: Reach,
    due: NDArray[np.int32],
    others: NDArray[np.int32],
    far: NDArray[np.int64],
) -> None:
    """The nearest of the candidates, and not those that are infinitely far."""
    order = np.argsort(far, axis=1, kind="stable")[:, : reach.most]
    near = np.take_along_axis(far, order, 1)
    width = order.shape[1]
    sight.seen[due, :width] = np.take_along_axis(others, order, 1)
    sight.far[due, :width] = near
    sight.count[due] = (near < _NOWHERE).sum(1)


def introduce(sight: Sight, due: NDArray[np.int32]) -> NDArray[np.int32]:
    """(n, 2) whom of `due` see whom for the first time; from now on they know them."""
    shown = np.less(np.arange(int(sight.seen.shape[1])), sight.count[due, None])
    others = sight.seen[due]
    fresh = shown & ~_bit(sight.known, due, others)
    row, column = np.nonzero(fresh)
    who, whom = due[row], others[row, column]
    np.bitwise_or.at(sight.known, (who, whom >> 3), (1 << (whom & 7)).astype(np.uint8))
    return np.stack([who, whom], axis=1).astype(np.int32)


def _bit(
    bits: NDArray[np.uint8], rows: NDArray[np.int32], others: NDArray[np.int32]
) -> NDArray[np.bool_]:
    return (bits[rows[:, None], others >> 3] >> (others & 7) & 1).astype(bool)
